/* Every system call that matters fails or ends the program, one after the other, and every allocation fails,
 * in each of the commands of scenes.c; also where there are no links, no renameat2, no room, or no right to
 * write. Whatever happens: all is as before or as it was to be, the program says so, its status is right, and
 * nothing is left behind; after a kill, the next run sees to that.
 *
 * faults PROGRAM LIBRARY all                     everything
 * faults PROGRAM LIBRARY sample SECONDS SEED     some of it, which the seed chooses
 * faults PROGRAM LIBRARY SCENE WHAT NUMBER REASON one fault, as it is printed with a failure */
#include "trial.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* One fault. For WHAT_BLOCKS, WHAT_FILES and WHAT_READ_ONLY, `at` is the room that there is. */
enum what {
	WHAT_CALL,
	WHAT_KILL,
	WHAT_MEMORY,
	WHAT_MEMORY_ON,
	WHAT_READ_ONLY,
	WHAT_BLOCKS,
	WHAT_FILES,
	WHAT_COUNT
};
static const char *const what_names[WHAT_COUNT] = {
	"call", "kill", "memory", "memory-on", "read-only", "blocks", "files"};

struct fault {
	uint16_t scene;
	uint8_t what, reason;
	uint32_t at;
};

struct faults {
	struct fault *at;
	size_t count, room;
};

/* What the workers share. */
struct common {
	size_t next, wrong;
	size_t of[WHAT_COUNT];
};

struct job {
	const char *program, *library, *top;
	struct faults faults;
	struct common *common;
	double until; /* in seconds of the clock; 0: to the end */
};

static double now(void)
{
	struct timespec time;

	(void)clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void add(struct faults *faults, size_t scene, enum what what, long at, int reason)
{
	if (faults->count == faults->room) {
		faults->room = faults->room ? faults->room * 2 : 1024;
		faults->at = realloc(faults->at, faults->room * sizeof *faults->at);
		if (!faults->at)
			give_up("no memory", "faults");
	}
	faults->at[faults->count++] =
		(struct fault){(uint16_t)scene, (uint8_t)what, (uint8_t)reason, (uint32_t)at};
}

static void add_calls(struct faults *faults, size_t scene, const struct normal *normal)
{
	for (long at = 1; at <= normal->calls; at++) {
		const struct strike_row *row = &strike_rows[normal->rows[at - 1]];
		for (int reason = 0; reason < STRIKE_REASONS && row->reasons[reason]; reason++)
			add(faults, scene, WHAT_CALL, at, reason);
		if (!row->looks)
			add(faults, scene, WHAT_KILL, at, 0);
	}
}

/* All that can happen in one scene. */
static void add_scene(struct faults *faults, size_t scene, const struct normal *normal, bool rooms)
{
	enum { BLOCKS_MOST = 40, FILES_MOST = 24 };

	add_calls(faults, scene, normal);
	/* with two workers, the number of an allocation says nothing of where it is */
	bool one_worker = !strstr(scenes[scene].command, "-j 2");
	for (long at = 1; one_worker && at <= normal->allocations; at++) {
		add(faults, scene, WHAT_MEMORY, at, 0);
		add(faults, scene, WHAT_MEMORY_ON, at, 0);
	}
	if (!rooms || scenes[scene].lacks)
		return;
	add(faults, scene, WHAT_READ_ONLY, 0, 0);
	for (long most = 0; most < BLOCKS_MOST; most++)
		add(faults, scene, WHAT_BLOCKS, most, 0);
	for (long most = 0; most < FILES_MOST; most++)
		add(faults, scene, WHAT_FILES, most, 0);
}

static char *try_one(struct place *place, const struct normal *normal, const struct fault *fault)
{
	static const enum strike_how hows[] = {STRIKE_CALL, STRIKE_KILL, STRIKE_MEMORY, STRIKE_MEMORY_ON};
	static const enum room rooms[] = {ROOM_NONE, ROOM_BLOCKS, ROOM_FILES};
	bool went_well;

	if (fault->what <= WHAT_MEMORY_ON)
		return try_fault(place, normal, hows[fault->what], fault->at, fault->reason);
	return try_room(place, normal, rooms[fault->what - WHAT_READ_ONLY], fault->at, &went_well);
}

static void say_wrong(const struct place *place, const struct fault *fault, const char *said)
{
	const char *call =
		place->strike->struck && fault->what <= WHAT_KILL ? strike_rows[place->strike->row].name : "";

	(void)printf("WRONG: %s %s %u %u (%s %s): %s\n", scenes[fault->scene].name, what_names[fault->what],
		fault->at, fault->reason, call,
		fault->what == WHAT_CALL ? strerror(strike_rows[place->strike->row].reasons[fault->reason])
					 : "",
		said);
	(void)fflush(stdout);
}

static char *own_folder(const struct job *job, unsigned worker)
{
	char *folder = NULL;

	if (asprintf(&folder, "%s/%u", job->top, worker) < 0 || mkdir(folder, 0700) != 0)
		give_up("cannot be made", folder);
	return folder;
}

/* The scene as it is without a fault, in this worker's folder. */
static const struct normal *normal_of(struct place *place, struct normal *normals, unsigned scene)
{
	if (!normals[scene].scene)
		normal_make(place, &scenes[scene], &normals[scene]);
	return &normals[scene];
}

static void try_next(
	const struct job *job, struct place *place, struct normal *normals, const struct fault *fault)
{
	struct common *common = job->common;
	char *said = try_one(place, normal_of(place, normals, fault->scene), fault);

	if (said)
		say_wrong(place, fault, said);
	(void)__atomic_fetch_add(&common->of[fault->what], 1, __ATOMIC_SEQ_CST);
	(void)__atomic_fetch_add(&common->wrong, said ? 1 : 0, __ATOMIC_SEQ_CST);
	free(said);
}

static void work(const struct job *job, unsigned worker)
{
	struct normal *normals = calloc(scene_count, sizeof *normals);
	char *folder = own_folder(job, worker);
	struct place place;
	size_t next;

	if (!normals)
		give_up("no memory", folder);
	place_open(&place, job->program, job->library, folder);
	while ((job->until <= 0 || now() < job->until) &&
		(next = __atomic_fetch_add(&job->common->next, 1, __ATOMIC_SEQ_CST)) < job->faults.count)
		try_next(job, &place, normals, &job->faults.at[next]);
	for (size_t i = 0; i < scene_count; i++)
		normal_free(&normals[i]);
	free(normals);
	place_close(&place);
	free(folder);
}

/* What there is to try. False: the library cannot watch the program here. */
static bool find_faults(struct job *job)
{
	char *folder = own_folder(job, 0);
	bool rooms = rooms_are_possible(), loaded = true;
	struct place place;

	place_open(&place, job->program, job->library, folder);
	for (size_t i = 0; i < scene_count && loaded; i++) {
		static struct normal normal;
		normal_make(&place, &scenes[i], &normal);
		loaded = place.strike->loaded;
		size_t before = job->faults.count;
		add_scene(&job->faults, i, &normal, rooms);
		(void)printf("%-22s status %d, %ld system calls, %ld allocations: %zu faults\n",
			scenes[i].name, WEXITSTATUS(normal.outcome.status), normal.calls, normal.allocations,
			job->faults.count - before);
		normal_free(&normal);
	}
	if (!rooms)
		(void)printf("skipped: file systems that are full or may only be read: nothing may be "
			     "mounted here\n");
	place_close(&place);
	free(folder);
	return loaded;
}

/* The seed says in which order. */
static void shuffle(struct faults *faults, unsigned long seed)
{
	uint64_t state = seed * 2654435761U + 1;

	for (size_t i = faults->count; i > 1; i--) {
		state = state * 6364136223846793005U + 1442695040888963407U;
		size_t other = (size_t)((state >> 33) % i);
		struct fault kept = faults->at[i - 1];
		faults->at[i - 1] = faults->at[other];
		faults->at[other] = kept;
	}
}

/* In one process for each processor. False: one of them could not go on. */
static bool try_all(const struct job *job)
{
	long workers = sysconf(_SC_NPROCESSORS_ONLN);
	bool good = true;

	(void)fflush(stdout);
	for (long i = 0; i < workers; i++) {
		pid_t child = fork();
		if (child == 0) {
			work(job, (unsigned)i + 1);
			exit(0);
		}
		good = good && child > 0;
	}
	for (int status; wait(&status) > 0;)
		good = good && status == 0;
	return good;
}

static int say_all(const struct job *job, double seconds)
{
	const struct common *common = job->common;
	size_t done = 0;

	for (int i = 0; i < WHAT_COUNT; i++) {
		done += common->of[i];
		(void)printf("%s%s %zu", i ? ", " : "", what_names[i], common->of[i]);
	}
	(void)printf("\n%zu of %zu faults in %zu scenes, %.0f s: %zu wrong\n", done, job->faults.count,
		scene_count, seconds, common->wrong);
	return common->wrong > 0 || done == 0;
}

/* Only those named. */
static bool choose(struct faults *faults, char **words)
{
	size_t kept = 0;

	for (size_t i = 0; i < faults->count; i++) {
		const struct fault *fault = &faults->at[i];
		if (strcmp(scenes[fault->scene].name, words[0]) == 0 &&
			(!words[1] || strcmp(what_names[fault->what], words[1]) == 0) &&
			(!words[1] || !words[2] || fault->at == strtoul(words[2], NULL, 10)) &&
			(!words[1] || !words[2] || !words[3] || fault->reason == strtoul(words[3], NULL, 10)))
			faults->at[kept++] = *fault;
	}
	faults->count = kept;
	return kept > 0;
}

static int run(struct job *job, char **words)
{
	double start = now();
	bool sample = strcmp(words[0], "sample") == 0;

	if (!find_faults(job)) {
		(void)printf("skipped: the system does not let one process watch the calls of another\n");
		return 77;
	}
	if (sample) {
		shuffle(&job->faults, strtoul(words[2], NULL, 10));
		job->until = start + strtod(words[1], NULL);
	} else if (strcmp(words[0], "all") != 0 && !choose(&job->faults, words)) {
		(void)fprintf(stderr, "faults: there is no such fault\n");
		return 2;
	}
	bool good = try_all(job);
	return say_all(job, now() - start) || !good;
}

int main(int count, char **words)
{
	const char *home = getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp";
	char top[256];
	struct job job = {.common = mmap(NULL, sizeof *job.common, PROT_READ | PROT_WRITE,
				  MAP_SHARED | MAP_ANONYMOUS, -1, 0)};

	if (count < 4 || (strcmp(words[3], "sample") == 0 && count != 6)) {
		(void)fprintf(stderr,
			"faults PROGRAM LIBRARY all|sample SECONDS SEED|SCENE [WHAT [NUMBER [REASON]]]\n");
		return 2;
	}
	(void)snprintf(top, sizeof top, "%s/faults-XXXXXX", home);
	job.program = realpath(words[1], NULL);
	job.library = realpath(words[2], NULL);
	job.top = mkdtemp(top);
	if (!job.program || !job.library || !job.top || job.common == MAP_FAILED)
		give_up("cannot begin", words[1]);
	(void)setenv("LC_ALL", "C", 1);
	(void)setenv("HOME", "/nowhere", 1);
	int status = run(&job, words + 3);
	if (chdir("/") != 0)
		give_up("cannot be entered", "/");
	tree_remove(job.top);
	return status;
}
