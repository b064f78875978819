/* The words of the line that says how far a run is. */
#include "unit.h"

#include <string.h>

#include "app/progress.h"

static void check_text(uint64_t done, uint64_t all, double seconds, const char *wanted)
{
	char text[128];
	int len = progress_text(text, sizeof text, done, all, seconds);

	assert_string_equal(text, wanted);
	assert_int_equal(len, strlen(wanted));
}

TEST(test_words)
{
	check_text(0, 0, 0, "  0 receivers, 0.0 a second");
	check_text(0, 10, 0.2, "  0 of 10 receivers, 0.0 a second");
	check_text(312, 10000, 0.371, "  312 of 10000 receivers, 841 a second, 12 s left");
	check_text(312, 0, 0.371, "  312 receivers, 841 a second");
	check_text(3, 10, 2, "  3 of 10 receivers, 1.5 a second, 5 s left");
	check_text(10, 10, 2, "  10 of 10 receivers, 5.0 a second");
	check_text(10, 610, 10, "  10 of 610 receivers, 1.0 a second, 10 min left");
	check_text(10, 10010, 10, "  10 of 10010 receivers, 1.0 a second, 2 h 46 min left");
}
