/* Sorting more records than memory should hold, and a file for what has to wait: both keep a fixed amount in
 * memory and the rest in a file without a name, which is gone when the program ends, however it ends. */
#ifndef CC2OSCAM_SORTER_H
#define CC2OSCAM_SORTER_H

#include "cc2oscam/text.h"

/* Text that is added at the end and read anywhere. The file is made with the first piece that memory does not
 * hold. */
struct spill {
	const char *folder; /* where the file is made */
	int file;           /* or -1 */
	struct buffer last; /* what is not yet in the file */
	uint64_t written;   /* what is */
};

void spill_init(struct spill *spill, const char *folder);
uint64_t spill_end(const struct spill *spill);
/* Both return 0, or -1 with errno set. Reading beyond the end is an error. */
int spill_add(struct spill *spill, const char *text, size_t len);
int spill_read(struct spill *spill, uint64_t at, char *text, size_t len);
void spill_free(struct spill *spill);

struct sorter;

/* `memory`: how many bytes of records are kept before they go to a file in `folder`. */
struct sorter *sorter_new(const char *folder, size_t memory);
/* Copies a record. Returns 0, or -1 with errno set. */
int sorter_add(struct sorter *sorter, struct slice key, struct slice value);
/* No more records will be added. Returns 0, or -1 with errno set. */
int sorter_sort(struct sorter *sorter);
/* The records in the order of their keys (slice_compare), those of one key in the order in which they were
 * added. Returns 1, 0 after the last, or -1 with errno set. The slices are good until the next call. */
int sorter_next(struct sorter *sorter, struct slice *key, struct slice *value);
void sorter_free(struct sorter *sorter);

#endif
