/* The end of a receiver's way: its files are on the disk and get their names; then a row says what came of
 * the receiver. */
#include "batch.h"

#include <errno.h>
#include <string.h>

#include "cc2oscam/platform.h"

/* One flush for many receivers. It also flushes what other programs have written to the same file system, but
 * one fsync for each file takes many times as long (tests/bench/bench_batch.c). */
bool publish_flush(const struct batch *batch)
{
	return batch->folder < 0 || flush_file_system(batch->folder);
}

/* Fails a receiver whose report was made already: the report is made again. */
static void fail_late(const struct batch *batch, struct done *done, const char *what, const char *why)
{
	done_fail(done, "%s%s", what, why);
	done_report(done, batch, NULL);
}

static void flush_group(const struct batch *batch, struct done *list)
{
	bool any = false;

	for (struct done *done = list; done; done = (struct done *)done->ordered.next)
		any |= done->output != NULL;
	if (!any || publish_flush(batch))
		return;
	const char *why = strerror(errno);
	for (struct done *done = list; done; done = (struct done *)done->ordered.next)
		if (done->output)
			fail_late(batch, done, "its files cannot be flushed to the disk: ", why);
}

/* Where memory runs out meanwhile, the old files stay, or what was switched already is brought to its end. */
static void commit(const struct batch *batch, struct done *done)
{
	struct memory_guard guard;

	if (!done->output || done->outcome == OUTCOME_FAILED)
		return;
	memory_guard_start(&guard);
	if (setjmp(guard.back) != 0) {
		output_abort(done->output);
		if (!done->output->written)
			fail_late(batch, done, "there is not enough memory for it", "");
	} else if (!output_commit(done->output)) {
		fail_late(batch, done, "", done->output->failed);
	} else if (done->output->left) {
		done_say(done,
			"its files are written, but not all is tidied up: %s; the next run with this folder "
			"tidies up",
			done->output->left);
	}
	memory_guard_end(&guard);
}

/* A part that the disk did not take is missing, which is said. */
static void print_report(struct batch *batch, struct done *done)
{
	if (batch->paged)
		pages_add(batch, done);
	if (done->report.error == 0 && (batch->paged || batch_text_print(&done->report, batch->report)))
		return;
	batch->lost = true;
	done_say(done, "its part of the report cannot be kept: %s",
		strerror(done->report.error ? done->report.error : errno));
}

static void print_text(FILE *to, const struct buffer *text)
{
	if (text->len > 0)
		(void)fwrite(text->at, 1, text->len, to);
}

static void say_done(struct batch *batch, struct done *done)
{
	bool failed = done->outcome == OUTCOME_FAILED, row = failed || done->losses || done->empty;

	if (batch->report || batch->paged)
		print_report(batch, done);
	if (done->sentences.len == 0 && done->says.len == 0 && done->diff.len == 0 && !row)
		return;
	progress_hide(&batch->progress);
	if (failed)
		done_say(done, "%.*s", SLICE_ARG(buffer_slice(&done->failed)));
	sentences_say(batch, done);
	print_text(stderr, &done->says);
	if (batch->diff)
		print_text(batch->diff, &done->diff);
	if (batch->rows && row) {
		print_row(batch->rows, done, !batch->begun);
		batch->begun = true;
	}
}

void batch_lacks_memory(struct batch *batch)
{
	if (!atomic_exchange(&batch->stopped, true))
		(void)fputs("cc2oscam: there is not enough memory\n", stderr);
}

static void tell(struct batch *batch, struct done *done)
{
	struct memory_guard guard;

	memory_guard_start(&guard);
	if (setjmp(guard.back) == 0) {
		/* a receiver that failed uses no server: its lines are not in the result */
		if (done->outcome != OUTCOME_FAILED)
			servers_add(&batch->servers, done->name, buffer_slice(&done->servers));
		say_done(batch, done);
	} else {
		batch_lacks_memory(batch);
	}
	memory_guard_end(&guard);
}

void publish(struct batch *batch, struct ordered *list)
{
	flush_group(batch, (struct done *)list);
	for (struct ordered *at = list, *next; at; at = next) {
		struct done *done = (struct done *)at;
		next = at->next;
		commit(batch, done);
		totals_add(&batch->totals, done);
		if (done->outcome == OUTCOME_WRITTEN && !batch->written)
			batch->written = strdup(done->name);
		tell(batch, done);
		done_free(done);
	}
	if (batch->report)
		(void)fflush(batch->report);
	if (batch->rows)
		(void)fflush(batch->rows);
	(void)fflush(stderr);
}
