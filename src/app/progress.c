/* Drawing and erasing the line. See progress.h. */
#include "progress.h"

enum { LINE_ROOM = 128 };

static const double between_draws = 0.2;

static double seconds_since(const struct timespec *then)
{
	struct timespec now;

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)(now.tv_sec - then->tv_sec) + (double)(now.tv_nsec - then->tv_nsec) / 1e9;
}

void progress_start(struct progress *progress, FILE *to)
{
	*progress = (struct progress){.to = to};
	(void)clock_gettime(CLOCK_MONOTONIC, &progress->started);
	progress->drawn = progress->started;
}

static int time_text(char *text, size_t room, double seconds)
{
	unsigned long whole = (unsigned long)(seconds + 0.5);

	if (whole < 120)
		return snprintf(text, room, "%lu s", whole);
	if (whole < 7200)
		return snprintf(text, room, "%lu min", whole / 60);
	return snprintf(text, room, "%lu h %lu min", whole / 3600, whole / 60 % 60);
}

int progress_text(char *text, size_t room, uint64_t done, uint64_t all, double seconds)
{
	double rate = seconds > 0 ? (double)done / seconds : 0;
	char of[32] = "", left[48] = "", wait[32];

	if (all > 0)
		(void)snprintf(of, sizeof of, " of %llu", (unsigned long long)all);
	if (all > done && done > 0) {
		(void)time_text(wait, sizeof wait, (double)(all - done) / rate);
		(void)snprintf(left, sizeof left, ", %s left", wait);
	}
	return snprintf(text, room, "  %llu%s receivers, %.*f a second%s", (unsigned long long)done, of,
		rate < 10 ? 1 : 0, rate, left);
}

void progress_show(struct progress *progress, uint64_t done, uint64_t all)
{
	char line[LINE_ROOM];

	if (!progress->to || (progress->visible && seconds_since(&progress->drawn) < between_draws))
		return;
	(void)progress_text(line, sizeof line, done, all, seconds_since(&progress->started));
	(void)fprintf(progress->to, "\r%s\033[K", line);
	(void)fflush(progress->to);
	(void)clock_gettime(CLOCK_MONOTONIC, &progress->drawn);
	progress->visible = true;
}

void progress_hide(struct progress *progress)
{
	if (!progress->visible)
		return;
	(void)fputs("\r\033[K", progress->to);
	(void)fflush(progress->to);
	progress->visible = false;
}
