/* What the files of the command batch share: the work, and what came of one receiver. */
#ifndef CC2OSCAM_BATCH_H
#define CC2OSCAM_BATCH_H

#include <stdatomic.h>

#include "batch_order.h"
#include "batch_servers.h"
#include "cc2oscam/fleet.h"
#include "cc2oscam/output.h"
#include "cc2oscam/platform.h"
#include "conversion.h"
#include "fileset.h"
#include "progress.h"
#include "report_file.h"

enum outcome {
	OUTCOME_WRITTEN,   /* or would be */
	OUTCOME_UNCHANGED, /* what is there is the same, or there was nothing to write */
	OUTCOME_BEFORE,    /* an earlier run wrote it, says --resume */
	OUTCOME_FAILED,
	OUTCOME_COUNT
};

/* Text that waits for its turn to be printed: a little of it in memory, the rest in a file without a name,
 * which is gone when the program ends, however it ends. */
struct batch_text {
	const char *folder; /* where the file is made */
	struct buffer last; /* what is not in the file */
	FILE *file;         /* NULL: none yet */
	int error;          /* errno of the first failure; the text is not whole then */
};

/* A sink's write; `text` is a struct batch_text. False with errno. */
bool batch_text_add(void *text, const char *at, size_t len);
/* False with errno: what waited cannot be read. */
bool batch_text_print(const struct batch_text *text, FILE *to);
/* Nothing is in it afterwards. */
void batch_text_free(struct batch_text *text);

struct code_count {
	uint32_t code, count; /* of findings */
	bool lost;            /* some of them stand beside a loss, or are errors because the user said so */
};

/* What came of one receiver. malloc'ed, free with done_free. */
struct done {
	struct ordered ordered;
	enum outcome outcome;
	bool losses;
	bool empty; /* CCcam.cfg has only blank lines and comments */
	const char *name, *origin;
	struct output *output;             /* complete but for its names; or NULL */
	uint32_t lines, fates[FATE_COUNT]; /* of CCcam.cfg */
	uint32_t lost;                     /* lines with losses, those of side files too */
	struct code_count *codes;
	uint32_t code_count;
	struct buffer servers;    /* as servers_of gives them */
	struct buffer failed;     /* why */
	struct buffer sentences;  /* for standard error, about where it comes from: a zero byte ends each */
	struct buffer says;       /* the findings, line by line */
	struct batch_text report; /* its part of the report */
	FILE *page;               /* of the HTML report, while it is written; NULL */
	bool has_page;
	struct buffer diff; /* what would change */
};

/* Sentences about receivers: each is printed once, with the first receiver; here stands how many more
 * receivers each sentence is true of. */
struct sentences {
	struct keys texts;
	struct list more; /* uint64_t: of each text */
};

struct done *done_new(const char *name, const char *origin);
void done_free(struct done *done);

/* What is not written by now will not be. */
void done_drop_output(struct done *done);
size_t done_bytes(const struct done *done);
void done_fail(struct done *done, const char *why, ...) __attribute__((format(printf, 2, 3)));
/* A sentence for standard error about where it comes from. */
void done_say(struct done *done, const char *what, ...) __attribute__((format(printf, 2, 3)));
/* Takes over what there is to count. */
void done_count(struct done *done, const struct conversion *c);

/* Of all receivers so far. */
struct totals {
	uint64_t receivers, of[OUTCOME_COUNT];
	uint64_t empty[OUTCOME_COUNT]; /* of each outcome, those with an empty CCcam.cfg */
	uint64_t losses;               /* receivers with losses, without the failed ones */
	uint64_t lossy;                /* written receivers with losses, without the empty ones */
	uint64_t lines, fates[FATE_COUNT];
	struct {
		uint64_t findings, receivers;
	} codes[CODE_COUNT];
};

/* The HTML report: a page for each receiver that needs a look, and the page of the fleet that leads to them,
 * which is made in the end from a row for each receiver. */
struct pages {
	struct page_folder folder;
	struct slice home, links;  /* how a page leads to the page of the fleet, and that to the pages */
	struct list looks, others; /* struct fleet_row: receivers that need a look, and the rest */
};

/* The work. All threads see it; what follows `stopped` is the main thread's own. */
struct batch {
	const struct request *request;
	const struct template_set *templates;
	const struct list *items; /* struct fleet_item; the ticket is the number of the item */
	struct order *order;
	bool servers_wanted;
	bool reported; /* a report is wanted */
	bool paged;    /* the report is a folder of pages */
	struct pages pages;
	bool sets;             /* files that are there matter: --merge, --replace, --diff */
	int folder;            /* descriptor of the output folder, or -1 */
	bool fresh;            /* the output folder was empty, so no receiver has one there */
	const char *temporary; /* where a file without a name may be made */
	atomic_bool stopped;   /* no new receivers are begun */
	struct arena arena;    /* what lives as long as the run */
	struct fleet *fleet;
	pthread_t *workers;
	unsigned worker_count;
	struct report_target target; /* of the report */
	struct servers servers;
	struct sentences sentences;
	struct totals totals;
	struct progress progress;
	FILE *rows;    /* where the table and the summary go; NULL: nowhere */
	FILE *report;  /* or NULL */
	FILE *diff;    /* or NULL */
	char *written; /* malloc'ed: the first receiver that was written, or would be; or NULL */
	bool begun;    /* the head of the table is printed */
	bool lost;     /* a part of the report could not be kept */
};

/* All findings, as print_findings writes them. */
void done_say_findings(struct done *done, const struct conversion *c);
/* Its part of the report, if one is wanted; `c` is NULL when nothing was translated. */
void done_report(struct done *done, const struct batch *batch, const struct conversion *c);

/* batch_write.c: the conversion, up to files that only need their names. The receiver's CCcam.cfg is read;
 * what goes wrong is in `done`. With a set what is there is read, and replaced, merged into or only compared.
 * The model and the findings may then lie in the texts of the set, which the caller frees after them.
 */
void convert_anew(const struct batch *batch, struct conversion *c, struct done *done);
void convert_into_set(
	const struct batch *batch, struct file_set *set, struct conversion *c, struct done *done);

/* batch_worker.c: a thread's work, from the first receiver to the last; the context is the struct batch. */
void *batch_work(void *context);

/* batch_check.c: what is wrong is said. */
enum status batch_check(const struct request *request);
/* The report, or a part of it, must not be where the output folder is. */
enum status batch_check_place(const struct request *request, const char *path);

/* batch_publish.c: gives the receivers that are complete their names, and says what came of all in the list,
 * which is freed. */
void publish(struct batch *batch, struct ordered *list);
/* Says so, once; what is begun is brought to its end, and no new receivers are begun. */
void batch_lacks_memory(struct batch *batch);
/* So that the names outlive a power cut too. False with errno. */
bool publish_flush(const struct batch *batch);

/* batch_pages.c. False with a message: the pages cannot be made beside the report. Call pages_end in both
 * cases. */
bool pages_start(struct batch *batch);
/* Any thread: the receiver's page, if it needs a look. False with errno. */
bool pages_put(const struct batch *batch, struct done *done, const struct report *report);
/* Any thread: there is no page of it after all. */
void pages_drop(const struct batch *batch, struct done *done);
/* One thread, in order: the receiver's row. */
void pages_add(struct batch *batch, const struct done *done);
/* The page of the fleet. `left`: receivers that were not begun. */
enum status pages_write(struct batch *batch, uint64_t left);
/* Gives all of them their names, where the page of the fleet is complete and nothing is `lost`. False with
 * errno. */
bool pages_end(struct batch *batch, bool lost);

/* batch_sentences.c: before the first receiver; prints the sentences about a receiver; prints in the end how
 * many more receivers each sentence is true of. */
void sentences_start(struct batch *batch);
void sentences_say(struct batch *batch, const struct done *done);
void sentences_end(const struct batch *batch);

/* batch_summary.c */
void totals_add(struct totals *totals, const struct done *done);
void print_row(FILE *to, const struct done *done, bool head);
/* "des-key, port-range (3)": what stands beside losses. */
void add_codes(struct buffer *text, const struct done *done);
/* By fate and by finding. */
void print_totals(FILE *to, const struct totals *totals);
/* "300 receivers: 290 converted, 8 with losses, 2 failed"; in a dry run "290 would change". */
void add_outcomes(struct buffer *text, const struct totals *totals, bool dry);

/* batch_stop.c: from now on the first of SIGINT, SIGTERM and SIGHUP, unless it is ignored, sets *stopped,
 * says so unless `quiet`, and is otherwise without effect; the next one ends the program at once. */
void stopping_start(atomic_bool *stopped, bool quiet);
void stopping_end(void);

#endif
