/* The HTML report of a batch: a page for each receiver that needs a look, and the page of the fleet that
 * leads to them, which is made in the end from a row for each receiver. */
#ifndef CC2OSCAM_BATCH_PAGES_H
#define CC2OSCAM_BATCH_PAGES_H

#include "batch.h"
#include "report_file.h"

struct pages {
	const struct request *request;
	struct page_folder folder;
	struct slice home, links; /* how a page leads to the page of the fleet, and that to the pages */
	struct arena arena;
	struct list looks, others; /* struct page_row: receivers that need a look, and the rest */
};

/* False with a message: the pages cannot be made beside the report. Call pages_end in both cases. */
bool pages_start(struct pages *pages, const struct request *request, const struct report_target *report);
/* Any thread: the receiver's page, if it needs a look. False with errno. */
bool pages_put(const struct pages *pages, struct done *done, const struct report *report);
/* Any thread: there is no page of it after all. */
void pages_drop(const struct pages *pages, struct done *done);
/* One thread, in order: the receiver's row. */
void pages_add(struct pages *pages, const struct done *done);
/* The page of the fleet. `left`: receivers that were not begun. */
enum status pages_write(
	const struct pages *pages, const struct totals *totals, uint64_t left, struct report_target *target);
/* Gives all of them their names, where the page of the fleet is complete and nothing is `lost`. False with
 * errno. */
bool pages_end(struct pages *pages, struct report_target *report, bool lost);

#endif
