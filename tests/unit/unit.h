/* cmocka, with what has to stand before it. */
#ifndef CC2OSCAM_TESTS_UNIT_H
#define CC2OSCAM_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#pragma GCC diagnostic ignored "-Wunused-parameter" /* few tests have a state */

#endif
