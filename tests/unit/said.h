/* What the program would print of a failure is kept here; for tests without src/app/complain.c. */
#ifndef CC2OSCAM_TESTS_SAID_H
#define CC2OSCAM_TESTS_SAID_H

#include <stdarg.h>
#include <stdio.h>

#include "app/app.h"

static char said[2048];

enum status complain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(said, sizeof said, format, args);
	va_end(args);
	return STATUS_FAILED;
}

void complain_of(const struct target *target)
{
	(void)target;
}

#endif
