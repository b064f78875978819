/* One line on a terminal that says how far a long run is. The line is hidden while anything else is printed.
 */
#ifndef CC2OSCAM_PROGRESS_H
#define CC2OSCAM_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <time.h>

struct progress {
	FILE *to; /* NULL: nothing is shown */
	struct timespec started, drawn;
	bool visible;
};

void progress_start(struct progress *progress, FILE *to);
/* `all`: 0 while the number is not known. Draws at most five times a second. */
void progress_show(struct progress *progress, uint64_t done, uint64_t all);
/* Takes the line away, so that something can be printed; the next progress_show draws it again. */
void progress_hide(struct progress *progress);
/* "  312 of 10000 receivers, 840 a second, 12 s left": returns its length, at most `room` - 1. */
int progress_text(char *text, size_t room, uint64_t done, uint64_t all, double seconds);

#endif
