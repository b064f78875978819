/* The line that says how far a run is: its words, and that nothing of it stays. */
#include "unit.h"

#include <stdlib.h>
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

static char *text_of(void (*draw)(struct progress *progress))
{
	char *text = NULL;
	size_t len = 0;
	FILE *to = open_memstream(&text, &len);
	struct progress progress;

	assert_non_null(to);
	progress_start(&progress, to);
	draw(&progress);
	assert_int_equal(fclose(to), 0);
	return text;
}

/* The second one comes too soon. */
static void draw_twice(struct progress *progress)
{
	progress_show(progress, 1, 3);
	progress_show(progress, 2, 3);
	progress_hide(progress);
	progress_hide(progress);
	progress_show(progress, 3, 3);
}

TEST(test_drawn)
{
	char *text = text_of(draw_twice);

	assert_non_null(strstr(text, "\r  1 of 3 receivers"));
	assert_null(strstr(text, "  2 of 3"));
	assert_non_null(strstr(text, "\r\033[K\r  3 of 3 receivers"));
	free(text);
}

TEST(test_not_shown)
{
	struct progress progress;

	progress_start(&progress, NULL);
	draw_twice(&progress);
	assert_false(progress.visible);
}
