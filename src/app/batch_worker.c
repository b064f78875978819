/* One worker: takes receivers, converts each in the same arena, and writes its files so far that they only
 * need their names. */
#include "batch.h"
#include "manifest.h"

#include <stdlib.h>

struct worker {
	struct batch *batch;
	struct arena item, conversion; /* of the file or archive at hand; of the receiver at hand */
	struct receivers receivers;    /* of the item at hand */
	struct request request;        /* the receiver's own */
	struct file_set set;           /* what is in its folder */
	struct arena own;              /* of the templates of a manifest's receivers; those used last stay */
	struct check_memory *memory;   /* of the receivers so far; NULL: there was none for it */
	struct remembered *kept;       /* the same, of their proofs */
	const char *own_folder;
	const struct template_set *own_templates;
};

/* ---- one receiver ---- */

/* A manifest may give its receivers templates of their own. */
static const struct template_set *templates_for(
	struct worker *worker, const struct request *own, struct slice *failed)
{
	const char *folder = own->templates ? own->templates : "";

	if (own->templates == worker->batch->request->templates)
		return worker->batch->templates;
	if (worker->own_templates && strcmp(folder, worker->own_folder) == 0)
		return worker->own_templates;
	worker->own_templates = NULL;
	arena_reset(&worker->own);
	worker->own_folder = arena_string(&worker->own, folder);
	if (!load_templates(own, &worker->own, &worker->own_templates, failed))
		worker->own_templates = NULL;
	return worker->own_templates;
}

static void convert_receiver(struct worker *worker, const struct receiver *receiver, struct done *done)
{
	struct batch *batch = worker->batch;
	const struct request *own = &worker->request;

	request_for(batch->request, receiver->tag, &worker->request);
	struct slice failed = {NULL, 0};
	const struct template_set *templates = templates_for(worker, own, &failed);
	struct conversion c;

	if (!templates) {
		done_fail(done, "%.*s", SLICE_ARG(failed));
		done_report(done, batch, NULL);
		return;
	}
	conversion_init(&c, own, templates, &worker->conversion);
	c.source = receiver->source;
	c.memory = worker->memory;
	c.kept = worker->kept;
	receiver_choose(receiver, &c.choices);
	if (batch->sets)
		convert_into_set(batch, &worker->set, &c, done);
	else
		convert_anew(batch, &c, done);
	bool translated = c.ledger.source != NULL; /* not where the old files could not be read */
	if (own->verbose && translated)
		done_say_findings(done, &c);
	done_report(done, batch, translated ? &c : NULL);
}

/* The receiver's failure, and nobody else's. */
static void fail_without_memory(struct worker *worker, struct done *done)
{
	arena_free(&worker->conversion);
	done_drop_output(done);
	buffer_free(&done->says);
	buffer_free(&done->diff);
	done_fail(done, "there is not enough memory for it");
	done_report(done, worker->batch, NULL);
}

static void convert_alone(struct worker *worker, const struct receiver *receiver, struct done *done)
{
	struct memory_guard guard;

	worker->set = (struct file_set){.merge = NULL};
	arena_init(&worker->request.arena);
	arena_reset(&worker->conversion);
	memory_guard_start(&guard);
	if (setjmp(guard.back) == 0)
		convert_receiver(worker, receiver, done);
	else
		fail_without_memory(worker, done);
	memory_guard_end(&guard);
	file_set_free(&worker->set);
	arena_free(&worker->request.arena);
}

static struct done *do_receiver(struct worker *worker, const struct receiver *receiver)
{
	struct done *done = done_new(receiver->name, receiver->origin);

	if (receiver->notice && !worker->batch->request->quiet)
		done_say(done, "%s", receiver->notice);
	if (receiver->failed) {
		done_fail(done, "%s", receiver->failed);
		done_report(done, worker->batch, NULL);
	} else {
		convert_alone(worker, receiver, done);
	}
	done->ordered.bytes = done_bytes(done);
	return done;
}

/* ---- one item ---- */

static void open_item(struct worker *worker, const struct fleet_item *item)
{
	struct fleet_limits limits = fleet_limits_default();
	struct memory_guard guard;

	arena_reset(&worker->item);
	memory_guard_start(&guard);
	if (setjmp(guard.back) == 0) {
		fleet_open(item, &limits, &worker->item, &worker->receivers);
	} else {
		arena_free(&worker->item);
		fleet_open_failed(
			item, "there is not enough memory for it", &worker->item, &worker->receivers);
	}
	memory_guard_end(&guard);
}

/* Where memory does not even suffice to say of a receiver that it failed, the run stops. */
static void do_item(struct worker *worker, const struct fleet_item *item, uint64_t ticket)
{
	struct batch *batch = worker->batch;
	struct memory_guard guard;

	memory_guard_start(&guard);
	if (setjmp(guard.back) == 0) {
		open_item(worker, item);
		for (uint32_t i = 0; i < worker->receivers.count && !atomic_load(&batch->stopped); i++)
			order_put(batch->order, ticket,
				&do_receiver(worker, &worker->receivers.at[i])->ordered);
		fleet_close(&worker->receivers);
	} else {
		batch_lacks_memory(batch);
	}
	memory_guard_end(&guard);
}

/* Tickets come in order, and each is the number of an item. */
void *batch_work(void *context)
{
	struct batch *batch = context;
	struct worker worker = {
		.batch = batch, .memory = check_memory_new(), .kept = calloc(1, sizeof(struct remembered))};
	bool more = true;

	arena_init(&worker.item);
	arena_init(&worker.conversion);
	arena_init(&worker.own);
	while (more) {
		uint64_t ticket = order_ticket(batch->order);
		more = ticket < batch->items->count && !atomic_load(&batch->stopped);
		if (more)
			do_item(&worker, list_at(batch->items, (uint32_t)ticket), ticket);
		order_finish(batch->order, ticket);
	}
	arena_free(&worker.item);
	arena_free(&worker.conversion);
	arena_free(&worker.own);
	free(worker.memory);
	free(worker.kept);
	order_leave(batch->order);
	return NULL;
}
