/* cmocka, with what has to stand before it; and main, which runs the tests of the file in their order. */
#ifndef CC2OSCAM_TESTS_UNIT_H
#define CC2OSCAM_TESTS_UNIT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#pragma GCC diagnostic ignored "-Wunused-parameter" /* few tests have a state */

/* struct buffer text FREED_BY(buffer_free) = {0}: freed at the end of the block. */
#define FREED_BY(function) __attribute__((cleanup(function)))

#ifndef UNIT_OWN_MAIN

enum { UNIT_TESTS_MOST = 64 };

static struct CMUnitTest unit_tests[UNIT_TESTS_MOST];
static size_t unit_test_count;
static CMFixtureFunction unit_start, unit_end, unit_set_up, unit_tear_down;

static inline void unit_add(struct CMUnitTest test)
{
	if (unit_test_count == UNIT_TESTS_MOST)
		abort();
	unit_tests[unit_test_count++] = test;
}

#define UNIT_BEFORE_MAIN(name) __attribute__((constructor)) static void name(void)

/* TEST(name) { ... }: a test, which needs no other mention. */
#define TEST(name)                                                                                           \
	static void name(void **state);                                                                      \
	UNIT_BEFORE_MAIN(add_##name)                                                                         \
	{                                                                                                    \
		unit_add((struct CMUnitTest)cmocka_unit_test(name));                                         \
	}                                                                                                    \
	static void name(void **state)

/* What is done before and after each test of the file, and once before and after all of them. */
#define AROUND_EACH(set_up_, tear_down_)                                                                     \
	UNIT_BEFORE_MAIN(set_around_each)                                                                    \
	{                                                                                                    \
		unit_set_up = (set_up_);                                                                     \
		unit_tear_down = (tear_down_);                                                               \
	}
#define AROUND_ALL(start_, end_)                                                                             \
	UNIT_BEFORE_MAIN(set_around_all)                                                                     \
	{                                                                                                    \
		unit_start = (start_);                                                                       \
		unit_end = (end_);                                                                           \
	}

int main(void)
{
	for (size_t i = 0; i < unit_test_count; i++) {
		unit_tests[i].setup_func = unit_set_up;
		unit_tests[i].teardown_func = unit_tear_down;
	}
	/* places without a test are passed over */
	return cmocka_run_group_tests_name("unit", unit_tests, unit_start, unit_end);
}

#endif

#endif
