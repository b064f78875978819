/* The command batch: many receivers, by several workers, while the main thread gives what is complete its
 * place.
 */
#define _DEFAULT_SOURCE /* flock */
#include "batch_pages.h"

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
#include "report_file.h"

/* Groups are worth it up to some hundreds (tests/bench/bench_batch.c); what they hold is memory. */
enum { GROUP = 96, AHEAD = 2 * GROUP, HELD_MOST = 112 * 1024, GROUP_MILLIS = 200 };
enum { KEPT_MOST = 1024 * 1024, MALLOC_ARENAS = 2, DESCRIPTORS_EACH = 4 };

struct run {
	struct batch batch;
	struct fleet *fleet;
	struct report_target report;
	struct pages pages;
	pthread_t *workers;
	unsigned worker_count;
};

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

static bool start_workers(struct run *run)
{
	unsigned wanted = worker_count(run->batch.request);
	uint32_t group = group_size();
	struct order_limits limits = {
		.ahead = AHEAD / GROUP * group, .group = group, .bytes = HELD_MOST, .millis = GROUP_MILLIS};

	run->batch.order = order_new(&limits, wanted);
	run->workers = calloc(wanted, sizeof *run->workers);
	if (!run->workers)
		out_of_memory();
	for (; run->worker_count < wanted; run->worker_count++)
		if (pthread_create(&run->workers[run->worker_count], NULL, batch_work, &run->batch) != 0)
			break;
	for (unsigned i = run->worker_count; i < wanted; i++)
		order_leave(run->batch.order);
	return run->worker_count > 0;
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

static void join_workers(struct run *run)
{
	for (unsigned i = 0; i < run->worker_count; i++)
		(void)pthread_join(run->workers[i], NULL);
	order_free(run->batch.order);
	free(run->workers);
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

static void print_bare(struct run *run)
{
	const char *folder;

	for (uint32_t i = 0; (folder = fleet_bare(run->fleet, i)) && !run->batch.request->quiet; i++)
		(void)complain("%s: there is no CCcam.cfg in it, and no backup archive",
			arena_plain(&run->batch.arena, slice_of(folder)).at);
}

static void print_passed(struct run *run)
{
	const char *file = run->batch.request->quiet ? NULL : fleet_passed(run->fleet, 0);
	struct buffer text = {0};

	if (!file)
		return;
	buffer_format(&text,
		"passed by, for they are called neither CCcam.cfg nor like a backup archive; each can be "
		"named as an INPUT of its own:");
	for (uint32_t i = 0; (file = fleet_passed(run->fleet, i)); i++)
		buffer_format(&text, "\n  %s", arena_plain(&run->batch.arena, slice_of(file)).at);
	(void)complain_text(&text);
}

static enum status status_of(const struct run *run)
{
	const struct totals *totals = &run->batch.totals;

	if (totals->of[OUTCOME_FAILED] > 0 || atomic_load(&run->batch.stopped))
		return STATUS_FAILED;
	if (run->batch.request->diff && totals->of[OUTCOME_WRITTEN] > 0)
		return STATUS_LOOK;
	return totals->losses && !run->batch.request->diff ? STATUS_LOOK : STATUS_DONE;
}

/* The page of the fleet, and the names of all pages. */
static enum status finish_pages(struct run *run)
{
	const struct batch *batch = &run->batch;
	enum status status = STATUS_FAILED;

	if (!batch->lost)
		status = pages_write(&run->pages, &batch->totals, count_left(batch), &run->report);
	bool fine = pages_end(&run->pages, &run->report, batch->lost);
	run->batch.pages = NULL;
	if (status == STATUS_DONE && !fine)
		status = complain("%s: the report cannot be written: %s", run->report.path, strerror(errno));
	return status;
}

static enum status finish_run(struct run *run)
{
	enum status status = status_of(run);

	sentences_end(&run->batch);
	print_summary_of(&run->batch);
	print_bare(run);
	print_passed(run);
	if (atomic_load(&run->batch.stopped))
		print_stopped(&run->batch);
	if (run->batch.lost)
		status = complain("%s: the report is not whole", run->report.path);
	if (run->batch.pages && finish_pages(run) != STATUS_DONE)
		status = STATUS_FAILED;
	if (!publish_flush(&run->batch))
		status = complain(
			"%s cannot be flushed to the disk: %s", run->batch.request->output, strerror(errno));
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
static void look_for_others(const struct run *run)
{
	const struct request *request = run->batch.request;
	int how = request->shards > 1 ? LOCK_SH : LOCK_EX;

	if (flock(run->batch.folder, how | LOCK_NB) == 0 || errno != EWOULDBLOCK || request->quiet)
		return;
	(void)complain(
		"another cc2oscam works in %s right now: what both want to write fails in one of them; "
		"--resume does it afterwards",
		request->output);
}

static enum status make_folder(struct run *run)
{
	const char *path = run->batch.request->output;
	struct output output;
	enum status status = STATUS_DONE;

	/* the set of no file at all: makes what is missing, with the rights of a folder for secrets */
	if (mkdir(path, 0700) != 0 && errno != EEXIST) {
		if (!output_begin(&output, path, 0) || !output_commit(&output))
			status = complain("%s", output.failed);
		output_end(&output);
	}
	if (status == STATUS_DONE) {
		run->batch.folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (run->batch.folder < 0)
			status = complain("%s: cannot open the folder: %s", path, strerror(errno));
		else
			look_for_others(run);
	}
	run->batch.fresh = status == STATUS_DONE && is_empty(path);
	return status;
}

/* glibc gives memory back to the system with every receiver, and takes it again for the next one. And what
 * the main thread frees goes back to the thread that it came from, so each would keep its own most. */
static void keep_memory(void)
{
#ifdef __GLIBC__
	(void)mallopt(M_TRIM_THRESHOLD, KEPT_MOST);
	(void)mallopt(M_ARENA_MAX, MALLOC_ARENAS);
#endif
}

static void run_threads(struct run *run)
{
	const struct request *request = run->batch.request;
	bool shown = request->progress == WHEN_ALWAYS ||
		     (request->progress == WHEN_AUTO && !request->quiet && isatty(STDERR_FILENO) == 1);

	keep_memory();
	(void)signal(SIGPIPE, SIG_IGN); /* nobody reads the summary: no reason not to do the rest */
	stopping_start(&run->batch.stopped, request->quiet);
	progress_start(&run->batch.progress, shown ? stderr : NULL);
	bool started = start_workers(run);
	if (started)
		publish_all(&run->batch);
	join_workers(run);
	if (!started) {
		(void)complain("no thread can be started");
		atomic_store(&run->batch.stopped, true);
	}
}

/* Standard output has one thing: the report, the diff, or the summary. */
static void choose_outputs(struct run *run)
{
	const struct request *request = run->batch.request;
	bool report_printed = request->report && strcmp(request->report, "-") == 0;

	if (request->diff && !report_printed)
		run->batch.diff = stdout;
	if (!request->quiet)
		run->batch.rows = report_printed || request->diff ? stderr : stdout;
}

static const char *temporary_folder(const struct request *request)
{
	const char *temporary = getenv("TMPDIR");

	if (!request->diff)
		return request->output;
	return temporary && *temporary ? temporary : "/tmp";
}

static enum status run_batch(struct run *run)
{
	const struct request *request = run->batch.request;
	enum status status = request->diff ? STATUS_DONE : make_folder(run);

	if (status != STATUS_DONE)
		return status;
	run->batch.items = fleet_items(run->fleet);
	run->batch.sets = request->diff || request->existing != EXISTING_REFUSE;
	choose_outputs(run);
	run->batch.servers_wanted = !request->quiet;
	servers_init(&run->batch.servers, &run->batch.arena);
	run->batch.temporary = temporary_folder(request);
	sentences_start(&run->batch);
	run_threads(run);
	status = finish_run(run);
	stopping_end();
	free(run->batch.written);
	if (run->batch.folder >= 0)
		(void)close(run->batch.folder);
	return status;
}

/* The pages of the HTML report stand beside it, and not where the results go. */
static enum status open_pages(struct run *run)
{
	const struct request *request = run->batch.request;

	run->batch.report = NULL;
	run->batch.pages = &run->pages;
	if (!pages_start(&run->pages, request, &run->report))
		return STATUS_FAILED;
	return batch_check_place(request, run->pages.folder.place);
}

/* Everything that can be wrong before the first receiver. */
static enum status prepare(struct run *run)
{
	const struct request *request = run->batch.request;
	struct slice failed;
	enum status status = batch_check(request);

	if (status != STATUS_DONE)
		return status;
	if (!load_templates(request, &run->batch.arena, &run->batch.templates, &failed))
		return complain("%.*s\nNothing was written.", SLICE_ARG(failed));
	run->fleet = fleet_new(request->shard, request->shards);
	if (!add_inputs(request, &run->batch.arena, run->fleet))
		return STATUS_FAILED;
	if (request->verbose)
		fleet_keep_bare(run->fleet);
	/* other formats tell what is done as long as it goes on */
	bool page = report_format(request->report_format)->fleet == REPORT_FLEET_PAGES;
	status = open_report(request, &run->report, page ? REPORT_LEADS : REPORT_GROWS);
	run->batch.report = run->report.file;
	run->batch.reported = run->report.wanted;
	if (status != STATUS_DONE)
		return status;
	return page ? open_pages(run) : start_report(request, &run->report);
}

enum status command_batch(const struct request *request)
{
	struct run run = {.batch = {.request = request, .folder = -1}};

	arena_init(&run.batch.arena);
	enum status status = prepare(&run);
	if (status == STATUS_DONE)
		status = run_batch(&run);
	if (run.batch.pages)
		(void)pages_end(&run.pages, &run.report, true);
	if (close_report(request, &run.report) != STATUS_DONE)
		status = STATUS_FAILED;
	if (run.fleet)
		fleet_free(run.fleet);
	arena_free(&run.batch.arena);
	return status;
}
