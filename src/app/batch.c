/* The command batch: many receivers, by several workers, while the main thread gives what is complete its
 * place.
 */
#define _DEFAULT_SOURCE /* flock */
#include "batch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cc2oscam/platform.h"
#include "manifest.h"
#include "next.h"

/* Groups are worth it up to some hundreds (tests/bench/bench_batch.c); what they hold is memory. */
enum { GROUP = 96, AHEAD = 2 * GROUP, HELD_MOST = 112 * 1024, GROUP_MILLIS = 200 };
enum { KEPT_MOST = 1024 * 1024, MALLOC_ARENAS = 2, DESCRIPTORS_EACH = 4, WORKER_STACK = 2 * 1024 * 1024 };

/* ---- the inputs ---- */

/* False: a message was printed. One manifest gives its receivers their names once. */
static bool is_named_once(const struct request *request, int number)
{
	struct stat one, other;

	if (stat(request->operands[number], &one) != 0)
		return true;
	for (int i = 0; i < number; i++)
		if (stat(request->operands[i], &other) == 0 && one.st_dev == other.st_dev &&
			one.st_ino == other.st_ino) {
			(void)complain("%s and %s are the same manifest: leave one of them out",
				request->operands[i], request->operands[number]);
			return false;
		}
	return true;
}

static bool add_inputs(const struct request *request, struct arena *arena, struct fleet *fleet)
{
	struct buffer why = {0};

	for (int i = 0; i < request->operand_count; i++) {
		const char *path = request->operands[i];
		if (!is_manifest(path))
			fleet_add(fleet, path);
		else if (!is_named_once(request, i) || !read_manifest(arena, path, request, fleet))
			return false;
	}
	fleet_leave_out(fleet, request->output);
	return complain_unless(fleet_check(fleet, &why), &why, "%s", "");
}

/* ---- the threads ---- */

static unsigned worker_count(const struct request *request)
{
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (request->jobs > 0)
		return request->jobs;
	return processors > 0 ? (unsigned)processors : 1;
}

/* Every set of files that waits for its names keeps some descriptors open. */
static uint32_t group_size(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return 1;
	limit.rlim_cur = limit.rlim_max;
	(void)setrlimit(RLIMIT_NOFILE, &limit);
	rlim_t room = limit.rlim_cur / DESCRIPTORS_EACH / (AHEAD / GROUP + 1);
	return room < GROUP ? (uint32_t)room + 1 : GROUP;
}

static bool start_workers(struct batch *batch)
{
	unsigned wanted = worker_count(batch->request);
	uint32_t group = group_size();
	struct order_limits limits = {
		.ahead = AHEAD / GROUP * group, .group = group, .bytes = HELD_MOST, .millis = GROUP_MILLIS};

	batch->order = order_new(&limits, wanted);
	batch->workers = calloc(wanted, sizeof *batch->workers);
	if (!batch->workers)
		out_of_memory();
	/* where little memory may be used, stacks of the usual eight megabytes cannot be had */
	pthread_attr_t how;
	(void)pthread_attr_init(&how);
	(void)pthread_attr_setstacksize(&how, WORKER_STACK);
	for (; batch->worker_count < wanted; batch->worker_count++)
		if (pthread_create(&batch->workers[batch->worker_count], &how, batch_work, batch) != 0)
			break;
	(void)pthread_attr_destroy(&how);
	for (unsigned i = batch->worker_count; i < wanted; i++)
		order_leave(batch->order);
	return batch->worker_count > 0;
}

/* Receivers that were not begun, as far as is known: an archive may hold several. */
static uint64_t count_left(const struct batch *batch)
{
	uint64_t all = batch->items->count, done = batch->totals.receivers;

	return all > done ? all - done : 0;
}

static void publish_all(struct batch *batch)
{
	bool ended = false;

	while (!ended) {
		struct ordered *list = order_get(batch->order, &ended);
		if (list)
			publish(batch, list);
		uint64_t done = batch->totals.receivers;
		progress_show(&batch->progress, done, done + count_left(batch));
	}
	progress_hide(&batch->progress);
}

/* ---- the end ---- */

static void print_stopped(const struct batch *batch)
{
	uint64_t done = batch->totals.receivers, left = count_left(batch);

	(void)fprintf(stderr, "cc2oscam: stopped: %llu", (unsigned long long)done);
	if (left > 0)
		(void)fprintf(stderr, " of %llu", (unsigned long long)done + left);
	(void)fprintf(stderr, " receivers done; the same command %s does the rest\n",
		batch->sets ? "again" : "with --resume");
}

static void print_summary_of(const struct batch *batch)
{
	const struct request *request = batch->request;
	struct buffer outcomes = {0};

	if (!batch->rows)
		return;
	print_totals(batch->rows, &batch->totals);
	servers_print(&batch->servers, batch->rows, request->verbose, request->redact);
	buffer_add(&outcomes, "\n", 1);
	add_outcomes(&outcomes, &batch->totals, request->diff);
	buffer_add(&outcomes, "\n", 1);
	print_buffer(batch->rows, &outcomes);
	say_batch_done(batch->rows, request, batch->written, batch->totals.of[OUTCOME_FAILED] > 0);
}

static void print_bare(struct batch *batch)
{
	const struct list *folders = fleet_passed_by(batch->fleet, true);

	for (uint32_t i = 0; i < folders->count; i++)
		(void)complain("%s: there is no CCcam.cfg in it, and no backup archive",
			arena_plain(&batch->arena, slice_of(*(const char **)list_at(folders, i))).at);
}

static void print_passed(struct batch *batch)
{
	const struct list *files = fleet_passed_by(batch->fleet, false);
	struct buffer text = {0};

	for (uint32_t i = 0; i < files->count; i++)
		buffer_format(&text, "\n  %s",
			arena_plain(&batch->arena, slice_of(*(const char **)list_at(files, i))).at);
	if (files->count > 0)
		(void)complain("passed by, for they are called neither CCcam.cfg nor like a backup archive; "
			       "each can be named as an INPUT of its own:%s",
			arena_take(&batch->arena, &text).at);
}

static enum status status_of(const struct batch *batch)
{
	const struct totals *totals = &batch->totals;

	if (totals->of[OUTCOME_FAILED] > 0 || atomic_load(&batch->stopped))
		return STATUS_FAILED;
	if (batch->request->diff && totals->of[OUTCOME_WRITTEN] > 0)
		return STATUS_LOOK;
	return totals->losses && !batch->request->diff ? STATUS_LOOK : STATUS_DONE;
}

/* The page of the fleet, and the names of all pages. */
static enum status finish_pages(struct batch *batch)
{
	enum status status = batch->lost ? STATUS_FAILED : pages_write(batch, count_left(batch));
	bool fine = pages_end(batch, batch->lost);

	batch->paged = false;
	if (status == STATUS_DONE && !fine)
		status =
			complain("%s: the report cannot be written: %s", batch->target.path, strerror(errno));
	return status;
}

static enum status finish_run(struct batch *batch)
{
	enum status status = status_of(batch);

	sentences_end(batch);
	print_summary_of(batch);
	if (batch->request->verbose && !batch->request->quiet) {
		print_bare(batch);
		print_passed(batch);
	}
	if (atomic_load(&batch->stopped))
		print_stopped(batch);
	if (batch->lost)
		status = complain("%s: the report is not whole", batch->target.path);
	if (batch->paged && finish_pages(batch) != STATUS_DONE)
		status = STATUS_FAILED;
	if (!publish_flush(batch))
		status = complain(
			"%s cannot be flushed to the disk: %s", batch->request->output, strerror(errno));
	return status;
}

/* ---- the command ---- */

/* To look for each receiver's folder in it costs more than to look once whether there is any. */
static bool is_empty(const char *path)
{
	DIR *folder = opendir(path);
	bool empty = folder != NULL;

	for (const struct dirent *entry; empty && (entry = readdir(folder));)
		empty = strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0;
	if (folder)
		(void)closedir(folder);
	return empty;
}

/* Two runs may work in one folder, as the parts of a fleet do, but not on the same receivers: each of those
 * would fail in one of them. Parts know of each other; anybody else is told. */
static void look_for_others(const struct batch *batch)
{
	const struct request *request = batch->request;
	int how = request->shards > 1 ? LOCK_SH : LOCK_EX;

	if (flock(batch->folder, how | LOCK_NB) == 0 || errno != EWOULDBLOCK || request->quiet)
		return;
	(void)complain(
		"another cc2oscam works in %s right now: what both want to write fails in one of them; "
		"--resume does it afterwards",
		request->output);
}

static enum status make_folder(struct batch *batch)
{
	const char *path = batch->request->output;
	struct output output;
	enum status status = STATUS_DONE;

	/* the set of no file at all: makes what is missing, with the rights of a folder for secrets */
	if (mkdir(path, 0700) != 0 && errno != EEXIST) {
		if (!output_begin(&output, path, 0) || !output_commit(&output))
			status = complain("%s", output.failed);
		output_end(&output);
	}
	if (status == STATUS_DONE) {
		batch->folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (batch->folder < 0)
			status = complain("%s: cannot open the folder: %s", path, strerror(errno));
		else
			look_for_others(batch);
	}
	batch->fresh = status == STATUS_DONE && is_empty(path);
	return status;
}

static void run_threads(struct batch *batch)
{
	const struct request *request = batch->request;
	bool shown = request->progress == WHEN_ALWAYS ||
		     (request->progress == WHEN_AUTO && !request->quiet && isatty(STDERR_FILENO) == 1);

#ifdef __GLIBC__
	/* glibc gives memory back to the system with every receiver, and takes it again for the next one. And
	 * what the main thread frees goes back to the thread that it came from, so each would keep its own
	 * most. */
	(void)mallopt(M_TRIM_THRESHOLD, KEPT_MOST);
	(void)mallopt(M_ARENA_MAX, MALLOC_ARENAS);
#endif
	(void)signal(SIGPIPE, SIG_IGN); /* nobody reads the summary: no reason not to do the rest */
	stopping_start(&batch->stopped, request->quiet);
	progress_start(&batch->progress, shown ? stderr : NULL);
	bool started = start_workers(batch);
	if (started)
		publish_all(batch);
	for (unsigned i = 0; i < batch->worker_count; i++)
		(void)pthread_join(batch->workers[i], NULL);
	order_free(batch->order);
	free(batch->workers);
	if (!started) {
		(void)complain("no thread can be started");
		atomic_store(&batch->stopped, true);
	}
}

/* Standard output has one thing: the report, the diff, or the summary. */
static void choose_outputs(struct batch *batch)
{
	const struct request *request = batch->request;
	bool report_printed = request->report && strcmp(request->report, "-") == 0;

	if (request->diff && !report_printed)
		batch->diff = stdout;
	if (!request->quiet)
		batch->rows = report_printed || request->diff ? stderr : stdout;
}

static const char *temporary_folder(const struct request *request)
{
	const char *temporary = getenv("TMPDIR");

	if (!request->diff)
		return request->output;
	return temporary && *temporary ? temporary : "/tmp";
}

static enum status run_batch(struct batch *batch)
{
	const struct request *request = batch->request;
	enum status status = request->diff ? STATUS_DONE : make_folder(batch);

	if (status != STATUS_DONE)
		return status;
	batch->items = fleet_items(batch->fleet);
	batch->sets = request->diff || request->existing != EXISTING_REFUSE;
	choose_outputs(batch);
	batch->servers_wanted = !request->quiet;
	servers_init(&batch->servers, &batch->arena);
	batch->temporary = temporary_folder(request);
	sentences_start(batch);
	run_threads(batch);
	status = finish_run(batch);
	stopping_end();
	free(batch->written);
	if (batch->folder >= 0)
		(void)close(batch->folder);
	return status;
}

/* The pages of the HTML report stand beside it, and not where the results go. */
static enum status open_pages(struct batch *batch)
{
	batch->report = NULL;
	batch->paged = true;
	if (!pages_start(batch))
		return STATUS_FAILED;
	return batch_check_place(batch->request, batch->pages.folder.place);
}

/* Everything that can be wrong before the first receiver. */
static enum status prepare(struct batch *batch)
{
	const struct request *request = batch->request;
	struct slice failed;
	enum status status = batch_check(request);

	if (status != STATUS_DONE)
		return status;
	if (!load_templates(request, &batch->arena, &batch->templates, &failed))
		return complain("%.*s\nNothing was written.", SLICE_ARG(failed));
	batch->fleet = fleet_new(request->shard, request->shards);
	if (!add_inputs(request, &batch->arena, batch->fleet))
		return STATUS_FAILED;
	/* other formats tell what is done as long as it goes on */
	bool page = report_format(request->report_format)->fleet == REPORT_FLEET_PAGES;
	status = open_report(request, &batch->target, page ? REPORT_LEADS : REPORT_GROWS);
	batch->report = batch->target.file;
	batch->reported = batch->target.wanted;
	if (status != STATUS_DONE)
		return status;
	return page ? open_pages(batch) : start_report(request, &batch->target);
}

enum status command_batch(const struct request *request)
{
	struct batch batch = {.request = request, .folder = -1};

	arena_init(&batch.arena);
	enum status status = prepare(&batch);
	if (status == STATUS_DONE)
		status = run_batch(&batch);
	if (batch.paged)
		(void)pages_end(&batch, true);
	if (close_report(request, &batch.target) != STATUS_DONE)
		status = STATUS_FAILED;
	if (batch.fleet)
		fleet_free(batch.fleet);
	arena_free(&batch.arena);
	return status;
}
