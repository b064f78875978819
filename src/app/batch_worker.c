/* One worker: takes receivers, converts each in the same arena, and writes its files so far that they only
 * need their names. */
#include "batch.h"
#include "manifest.h"

#include <stdlib.h>

struct worker {
	struct batch *batch;
	struct arena item, conversion; /* of the file or archive at hand; of the receiver at hand */
	struct buffer path;
	struct arena own; /* of the templates of a manifest's receivers; those used last stay */
	const char *own_folder;
	const struct template_set *own_templates;
};

/* ---- writing ---- */

static int output_text(void *output, const char *text, size_t len)
{
	return output_write(output, text, len);
}

static void fail_output(struct done *done)
{
	done_fail(done, slice_of(done->output->failed));
}

/* Every file is proved, wanted or not: who reaches whom stands in two of them. */
static bool write_file(struct conversion *c, enum oscam_file file, struct done *done)
{
	struct output *output = done->output;
	struct sink sink = {output_text, output};
	bool write = output && conversion_wants(c, file);

	if (write && output_open(output, oscam_file_name(file)) != 0) {
		fail_output(done);
		return false;
	}
	int result = conversion_prove(c, file, write ? &sink : NULL);
	if (result > 0)
		done_fail(done, c->failed);
	else if (result < 0 && write)
		fail_output(done);
	return result == 0;
}

static void write_files(struct conversion *c, struct done *done)
{
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		if (emit_has(&c->emission, (enum oscam_file)file) &&
			!write_file(c, (enum oscam_file)file, done))
			return;
	if (done->output && output_close(done->output) != 0)
		fail_output(done);
}

/* Which of the files that are to be written are there; in a new folder there are none. */
struct presence {
	int wanted;
	const char *existing, *missing; /* names, or NULL */
};

static struct presence look(const struct conversion *c, const struct output *output)
{
	struct presence presence = {0};

	for (int i = 0; i < OSCAM_FILE_COUNT; i++) {
		enum oscam_file file = (enum oscam_file)i;
		const char *name = oscam_file_name(file);
		bool wanted = conversion_wants(c, file);
		bool exists =
			!output->hidden && request_wants(c->request, file) && output_exists(output, name);
		presence.wanted += wanted;
		if (exists && !presence.existing)
			presence.existing = name;
		if (!exists && wanted && !presence.missing)
			presence.missing = name;
	}
	return presence;
}

static void refuse_existing(struct done *done, const struct presence *presence, bool resume)
{
	struct buffer why = {0};

	if (resume)
		buffer_format(&why,
			"%s is there and %s is not: no run of batch leaves that (--replace writes all)",
			presence->existing, presence->missing);
	else
		buffer_format(&why,
			"%s is there already (--resume leaves such receivers alone; --replace, --merge)",
			presence->existing);
	done_fail(done, buffer_slice(&why));
	buffer_free(&why);
}

/* Files that are there are refused, or with --resume taken for what an earlier run did. */
static void write_new(struct worker *worker, struct conversion *c, struct done *done)
{
	const struct request *request = c->request;

	worker->path.len = 0;
	buffer_format(&worker->path, "%s/%s%c", request->output, done->name, '\0');
	done->output = calloc(1, sizeof *done->output);
	if (!done->output)
		out_of_memory();
	if (output_begin(done->output, worker->path.at, OUTPUT_DEFER) != 0) {
		fail_output(done);
		return;
	}
	struct presence presence = look(c, done->output);
	if (!presence.existing) {
		if (presence.wanted == 0)
			done->outcome = OUTCOME_UNCHANGED;
		write_files(c, done);
	} else if (request->resume && !presence.missing) {
		done->outcome = OUTCOME_BEFORE;
	} else {
		refuse_existing(done, &presence, request->resume);
	}
}

/* What is not written by now will not be. */
static void drop_output(struct done *done)
{
	if (done->outcome == OUTCOME_WRITTEN || !done->output)
		return;
	output_end(done->output);
	free(done->output);
	done->output = NULL;
}

/* ---- one receiver ---- */

static void convert_source(struct worker *worker, struct conversion *c, struct done *done)
{
	const struct request *request = c->request;

	conversion_translate(c);
	done_count(done, c);
	if (request->strict && c->losses)
		done_fail(done, SLICE("something would be lost, and --strict is set"));
	else
		write_new(worker, c, done);
	drop_output(done);
}

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

static void convert_receiver(struct worker *worker, const struct receiver *receiver,
	const struct request *own, struct done *done)
{
	struct batch *batch = worker->batch;
	struct slice failed;
	const struct template_set *templates = templates_for(worker, own, &failed);
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
	convert_source(worker, &c, done);
	if (batch->servers)
		servers_add(batch->servers, done->ticket, done->part, done->name, &c.model);
	if (own->verbose)
		done_say_findings(done, &c);
	done_report(done, batch, &c);
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

/* Items get their tickets in the order in which the fleet gives them. */
static bool take_item(struct worker *worker, struct fleet_item *item, uint64_t *ticket)
{
	struct batch *batch = worker->batch;

	arena_reset(&worker->item);
	(void)pthread_mutex_lock(&batch->fleet_mutex);
	bool more = !atomic_load(&batch->stopped) && fleet_next(batch->fleet, &worker->item, item);
	if (more)
		*ticket = order_ticket(batch->order);
	(void)pthread_mutex_unlock(&batch->fleet_mutex);
	return more;
}

void *batch_work(void *batch)
{
	struct worker worker = {.batch = batch};
	struct fleet_item item;
	uint64_t ticket;

	arena_init(&worker.item);
	arena_init(&worker.conversion);
	arena_init(&worker.own);
	while (take_item(&worker, &item, &ticket)) {
		do_item(&worker, &item, ticket);
		order_finish(worker.batch->order, ticket);
	}
	arena_free(&worker.item);
	arena_free(&worker.conversion);
	arena_free(&worker.own);
	buffer_free(&worker.path);
	order_leave(worker.batch->order);
	return NULL;
}
