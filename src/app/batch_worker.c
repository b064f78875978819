/* One worker: takes receivers, converts each in the same arena, and writes its files so far that they only
 * need their names. */
#include "batch.h"
#include "manifest.h"

#include <stdlib.h>

struct worker {
	struct batch *batch;
	struct arena item, conversion; /* of the file or archive at hand; of the receiver at hand */
	struct arena own;              /* of the templates of a manifest's receivers; those used last stay */
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
	arena_reset(&worker->own);
	worker->own_folder = arena_copy(&worker->own, slice_of(folder)).at;
	if (!load_templates(own, &worker->own, &worker->own_templates, failed))
		worker->own_templates = NULL;
	return worker->own_templates;
}

static void convert_receiver(
	struct worker *worker, const struct receiver *receiver, const struct request *own, struct done *done)
{
	struct batch *batch = worker->batch;
	struct slice failed = {NULL, 0};
	const struct template_set *templates = templates_for(worker, own, &failed);
	struct file_set set = {.merge = NULL};
	struct conversion c;

	if (!templates) {
		done_fail(done, failed);
		done_report(done, batch, NULL);
		return;
	}
	arena_reset(&worker->conversion);
	conversion_init(&c, own, templates, &worker->conversion);
	c.source = receiver->source;
	receiver_choose(receiver, &c.choices);
	if (batch->sets)
		convert_into_set(batch, &set, &c, done);
	else
		convert_anew(batch, &c, done);
	bool translated = conversion_is_translated(&c);
	if (own->verbose && translated)
		done_say_findings(done, &c);
	done_report(done, batch, translated ? &c : NULL);
	file_set_free(&set);
}

static struct done *do_receiver(
	struct worker *worker, const struct receiver *receiver, uint64_t ticket, uint32_t part)
{
	struct batch *batch = worker->batch;
	struct done *done = done_new(receiver->name, receiver->origin);
	struct request own;

	done->ticket = ticket;
	done->part = part;
	if (receiver->notice && !batch->request->quiet)
		done_say(done, receiver->notice);
	if (receiver->failed) {
		done_fail(done, slice_of(receiver->failed));
		done_report(done, batch, NULL);
		return done;
	}
	request_for(batch->request, receiver->tag, &own);
	convert_receiver(worker, receiver, &own, done);
	arena_free(&own.arena);
	return done;
}

static void put(struct batch *batch, uint64_t ticket, struct done *done)
{
	done->ordered.bytes = done_bytes(done);
	order_put(batch->order, ticket, &done->ordered);
}

static void do_item(struct worker *worker, const struct fleet_item *item, uint64_t ticket)
{
	struct batch *batch = worker->batch;
	struct fleet_limits limits = fleet_limits_default();
	struct receivers receivers;

	fleet_open(item, &limits, &worker->item, &receivers);
	for (uint32_t i = 0; i < receivers.count && !atomic_load(&batch->stopped); i++)
		put(batch, ticket, do_receiver(worker, &receivers.at[i], ticket, i));
	fleet_close(&receivers);
}

void *batch_work(void *batch)
{
	struct worker worker = {.batch = batch};
	struct fleet_item item;
	uint64_t ticket;

	arena_init(&worker.item);
	arena_init(&worker.conversion);
	arena_init(&worker.own);
	while (batch_walk_take(worker.batch->walk, &worker.item, &item, &ticket)) {
		if (!atomic_load(&worker.batch->stopped))
			do_item(&worker, &item, ticket);
		order_finish(worker.batch->order, ticket);
	}
	arena_free(&worker.item);
	arena_free(&worker.conversion);
	arena_free(&worker.own);
	order_leave(worker.batch->order);
	return NULL;
}
