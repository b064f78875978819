/* The end of a receiver's way: its files are on the disk, get their names, and it is said what came of it. */
#include "batch_pages.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cc2oscam/platform.h"

/* One flush for many receivers. It also flushes what other programs have written to the same file system, but
 * one fsync for each file takes many times as long (tests/bench/bench_batch.c). */
bool publish_flush(const struct publisher *publisher)
{
	return publisher->batch->folder < 0 || flush_file_system(publisher->batch->folder);
}

/* What was said of a receiver before its files had their names may be wrong by now. */
static void fail_late(const struct batch *batch, struct done *done, const char *what, const char *why)
{
	done_fail(done, "%s%s", what, why);
	done_report(done, batch, NULL);
}

static void flush_group(struct publisher *publisher, struct done *list)
{
	bool any = false;

	for (struct done *done = list; done; done = (struct done *)done->ordered.next)
		any |= done->output != NULL;
	if (!any || publish_flush(publisher))
		return;
	const char *why = strerror(errno);
	for (struct done *done = list; done; done = (struct done *)done->ordered.next)
		if (done->output)
			fail_late(publisher->batch, done, "its files cannot be flushed to the disk: ", why);
}

static void commit_within_memory(const struct batch *batch, struct done *done)
{
	if (!output_commit(done->output))
		fail_late(batch, done, "", done->output->failed);
	else if (done->output->left)
		done_say(done,
			"its files are written, but not all is tidied up: %s; the next run with this folder "
			"tidies up",
			done->output->left);
}

static void stop_commit(const struct batch *batch, struct done *done)
{
	output_abort(done->output);
	if (!done->output->written)
		fail_late(batch, done, "there is not enough memory for it", "");
}

/* Where memory runs out meanwhile, the old files stay, or what was switched already is brought to its end. */
static void commit(const struct batch *batch, struct done *done)
{
	struct memory_guard guard;

	if (!done->output || done->outcome == OUTCOME_FAILED)
		return;
	memory_guard_start(&guard);
	if (setjmp(guard.back) == 0) {
		commit_within_memory(batch, done);
	} else {
		stop_commit(batch, done);
	}
	memory_guard_end(&guard);
}

/* What failed hangs on no server: nothing of it is in the result. */
static void add_servers(const struct batch *batch, const struct done *done)
{
	if (batch->servers && done->outcome != OUTCOME_FAILED)
		servers_add(batch->servers, done->name, buffer_slice(&done->servers));
}

/* A part that the disk did not take is missing, which is said. */
static void print_report(struct publisher *publisher, struct done *done)
{
	struct pages *pages = publisher->batch->pages;

	if (pages)
		pages_add(pages, done);
	if (done->report.error == 0 && (pages || batch_text_print(&done->report, publisher->report) == 0))
		return;
	publisher->lost = true;
	done_say(done, "its part of the report cannot be kept: %s",
		strerror(done->report.error ? done->report.error : errno));
}

static void print_text(FILE *to, const struct buffer *text)
{
	if (text->len > 0)
		(void)fwrite(text->at, 1, text->len, to);
}

static void say(struct publisher *publisher, struct done *done)
{
	bool failed = done->outcome == OUTCOME_FAILED;

	if (publisher->report || publisher->batch->pages)
		print_report(publisher, done);
	if (done->sentences.len == 0 && done->says.len == 0 && done->diff.len == 0 && !failed &&
		!done->losses && !done->empty)
		return;
	progress_hide(&publisher->progress);
	if (failed)
		done_say(done, "%.*s", SLICE_ARG(buffer_slice(&done->failed)));
	sentences_say(publisher, done);
	print_text(stderr, &done->says);
	if (publisher->diff)
		print_text(publisher->diff, &done->diff);
	if (publisher->rows && (failed || done->losses || done->empty)) {
		print_row(publisher->rows, done, !publisher->begun);
		publisher->begun = true;
	}
}

void batch_lacks_memory(struct batch *batch)
{
	if (!atomic_exchange(&batch->stopped, true))
		(void)fputs("cc2oscam: there is not enough memory\n", stderr);
}

static void tell(struct publisher *publisher, struct done *done)
{
	struct memory_guard guard;

	memory_guard_start(&guard);
	if (setjmp(guard.back) == 0) {
		add_servers(publisher->batch, done);
		say(publisher, done);
	} else {
		batch_lacks_memory(publisher->batch);
	}
	memory_guard_end(&guard);
}

void publish(struct publisher *publisher, struct ordered *list)
{
	flush_group(publisher, (struct done *)list);
	for (struct ordered *at = list, *next; at; at = next) {
		struct done *done = (struct done *)at;
		next = at->next;
		commit(publisher->batch, done);
		totals_add(&publisher->totals, done);
		if (done->outcome == OUTCOME_WRITTEN && !publisher->written)
			publisher->written = strdup(done->name);
		tell(publisher, done);
		done_free(done);
	}
	if (publisher->report)
		(void)fflush(publisher->report);
	if (publisher->rows)
		(void)fflush(publisher->rows);
	(void)fflush(stderr);
}
