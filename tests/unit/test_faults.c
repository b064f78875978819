/* Every system call of the writing fails, or kills the process, one after the other: whatever happens, the
 * names show the whole old set or the whole new one, and the next run leaves nothing but that. */
#include "files_help.h"

#include <sys/wait.h>

/* A set as it was and as it is to be. */
struct scenario {
	const char *title;
	void (*prepare)(const struct scene *scene);
	const char *folder; /* in the scene; NULL: the scene's own */
	struct {
		const char *name, *old, *new; /* NULL: not there */
		const char *real;             /* the real file's name, if there is an old one */
	} files[4];
	int entries_old, entries_new; /* in the scene, with those of sub */
	bool no_links;                /* as on FAT */
};

static void prepare_set(const struct scene *scene)
{
	put(in(scene, "notes"), "mine");
	put(in(scene, "conf"), "old conf");
	put(in(scene, "conf.bak"), "older conf");
	assert_int_equal(mkdir(in(scene, "sub"), 0700), 0);
	put(in(scene, "sub/real"), "old user");
	assert_int_equal(symlink("sub/real", in(scene, "user")), 0);
}

static void prepare_plain(const struct scene *scene)
{
	put(in(scene, "notes"), "mine");
	put(in(scene, "conf"), "old conf");
	put(in(scene, "conf.bak"), "older conf");
	put(in(scene, "user"), "old user");
}

static void prepare_nothing(const struct scene *scene)
{
	(void)scene;
}

static const struct scenario over_a_set = {"over a set", prepare_set, NULL,
	{{"conf", "old conf", "new conf", "conf"}, {"user", "old user", "new user", "sub/real"},
		{"server", NULL, "new server", NULL}, {NULL, NULL, NULL, NULL}},
	6, 9, false};
static const struct scenario without_links = {"without links", prepare_plain, NULL,
	{{"conf", "old conf", "new conf", "conf"}, {"user", "old user", "new user", "user"},
		{"server", NULL, "new server", NULL}, {NULL, NULL, NULL, NULL}},
	4, 7, true};
static const struct scenario new_folder = {"a new folder", prepare_nothing, "a/b",
	{{"a/b/oscam.conf", NULL, "new conf", NULL}, {"a/b/oscam.user", NULL, "new user", NULL},
		{"a/b/oscam.server", NULL, "new server", NULL}, {NULL, NULL, NULL, NULL}},
	0, 5, false};
static const struct scenario *const scenarios[] = {&over_a_set, &without_links, &new_folder};

enum shown { SHOWN_OLD = 1, SHOWN_NEW = 2, SHOWN_MIXED = 0 };

static bool shows(const char *text, const char *path)
{
	const char *there = content(path);

	return text ? there && strcmp(text, there) == 0 : !there;
}

/* What is read through the names. */
static enum shown shown(const struct scenario *scenario, const struct scene *scene)
{
	int which = SHOWN_OLD | SHOWN_NEW;

	for (int i = 0; scenario->files[i].name; i++) {
		const char *path = in(scene, scenario->files[i].name);
		which &= (shows(scenario->files[i].old, path) ? SHOWN_OLD : 0) |
			 (shows(scenario->files[i].new, path) ? SHOWN_NEW : 0);
	}
	return (enum shown)which;
}

static int all_entries(const char *path)
{
	DIR *folder = opendir(path);
	int count = 0;

	for (struct dirent *entry; folder && (entry = readdir(folder));) {
		char inner[512];
		if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
			continue;
		(void)snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
		count += 1 + all_entries(inner);
	}
	if (folder)
		(void)closedir(folder);
	return count;
}

static void print_entries(const char *path)
{
	char command[128];

	(void)snprintf(command, sizeof command, "ls -lAR %s >&2", path);
	(void)!system(command);
}

struct before {
	ino_t inodes[4];
};

static struct before look_before(const struct scenario *scenario, const struct scene *scene)
{
	struct before before = {{0}};

	for (int i = 0; scenario->files[i].name; i++)
		if (scenario->files[i].real)
			before.inodes[i] = inode(in(scene, scenario->files[i].real));
	return before;
}

#define CHECK(condition)                                                                                     \
	do {                                                                                                 \
		if (!(condition)) {                                                                          \
			print_entries(scene->top);                                                           \
			fail_msg("%s, call %ld: %s", scenario->title, number, #condition);                   \
		}                                                                                            \
	} while (0)

/* The old set is what it was; the new one has the old files beside it; and there is nothing else. */
static void assert_tidy(const struct scenario *scenario, const struct scene *scene,
	const struct before *before, enum shown which, long number)
{
	CHECK(shown(scenario, scene) == which);
	CHECK(all_entries(scene->top) ==
		(which == SHOWN_OLD ? scenario->entries_old : scenario->entries_new));
	for (int i = 0; scenario->files[i].name; i++) {
		char name[64] = "";
		if (!scenario->files[i].real)
			continue;
		bool second = strcmp(scenario->files[i].real, "conf") == 0;
		(void)snprintf(name, sizeof name, "%s%s", scenario->files[i].real,
			which == SHOWN_OLD ? ""
			: second           ? ".bak.1"
					   : ".bak");
		CHECK(inode(in(scene, name)) == before->inodes[i]);
	}
	if (scenario->entries_old > 0) {
		CHECK(shows("mine", in(scene, "notes")));
		CHECK(shows("older conf", in(scene, "conf.bak")));
	}
}

static void no_links(const struct scenario *scenario)
{
	if (scenario->no_links)
		link_trouble = symlink_trouble = (struct trouble){.times = 10000, .why = EPERM};
}

static bool write_set(const struct scenario *scenario, struct scene *scene)
{
	const char *folder = scenario->folder ? in(scene, scenario->folder) : scene->top;
	struct output *output = &scene->output;

	no_links(scenario);
	if (!output_begin(output, folder, OUTPUT_REPLACE))
		return false;
	for (int i = 0; scenario->files[i].name; i++) {
		const char *slash = strrchr(scenario->files[i].name, '/');
		if (!write_file(output, slash ? slash + 1 : scenario->files[i].name, scenario->files[i].new))
			return false;
	}
	return output_commit(output);
}

/* The next run: only begins, and gives up. */
static bool next_run(const struct scenario *scenario, struct scene *scene)
{
	const char *folder = scenario->folder ? in(scene, scenario->folder) : scene->top;

	no_links(scenario);
	bool good = output_begin(&scene->output, folder, OUTPUT_REPLACE);
	output_end(&scene->output);
	return good;
}

static void fail_each_call(const struct scenario *scenario, struct scene *scene, int why)
{
	int failures = 0, descriptors = entries("/proc/self/fd");

	for (long number = 1;; number++) {
		start_over(scene);
		scenario->prepare(scene);
		struct before before = look_before(scenario, scene);
		fsync_sleeps = true;
		all.fails = number;
		all.why = why;
		all.counting = true;
		bool written = write_set(scenario, scene);
		CHECK(written || scene->output.failed);
		bool left = scene->output.left != NULL;
		output_end(&scene->output);
		all.counting = false;
		failures += !written;
		CHECK(written || !left);
		CHECK(shown(scenario, scene) == (written ? SHOWN_NEW : SHOWN_OLD));
		if (!left)
			assert_tidy(scenario, scene, &before, written ? SHOWN_NEW : SHOWN_OLD, number);
		CHECK(entries("/proc/self/fd") == descriptors);
		long calls = all.calls;
		no_trouble();
		CHECK(next_run(scenario, scene));
		assert_tidy(scenario, scene, &before, written ? SHOWN_NEW : SHOWN_OLD, number);
		if (calls < number)
			break;
	}
	assert_true(failures > 15);
}

TEST(each_call_fails)
{
	for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
		fail_each_call(scenarios[i], *state, EIO);
		fail_each_call(scenarios[i], *state, ENOSPC);
		fail_each_call(scenarios[i], *state, EPERM);
	}
}

/* In a process of its own, killed at that call. True when it got to the end. */
static bool run_killed(const struct scenario *scenario, struct scene *scene,
	bool (*run)(const struct scenario *scenario, struct scene *scene), long number)
{
	int status;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		fsync_sleeps = true;
		all.kills = number;
		all.counting = true;
		bool good = run(scenario, scene);
		output_end(&scene->output);
		_exit(good ? 0 : 1);
	}
	assert_true(waitpid(child, &status, 0) == child);
	assert_true(WIFSIGNALED(status) ? WTERMSIG(status) == SIGKILL : status == 0);
	return !WIFSIGNALED(status);
}

/* The next runs are killed as well, each some calls later than the one before. */
static void kill_next_runs(
	const struct scenario *scenario, struct scene *scene, enum shown which, long number)
{
	for (long next = 1; !run_killed(scenario, scene, next_run, next); next += 5)
		CHECK(scenario->no_links || shown(scenario, scene) == which);
}

static void kill_each_call(const struct scenario *scenario, struct scene *scene)
{
	int seen = 0;

	for (long number = 1;; number++) {
		start_over(scene);
		scenario->prepare(scene);
		struct before before = look_before(scenario, scene);
		bool ended = run_killed(scenario, scene, write_set, number);
		enum shown which = shown(scenario, scene);
		CHECK(which != SHOWN_MIXED || scenario->no_links);
		if (number % 9 == 0)
			kill_next_runs(scenario, scene, which, number);
		fsync_sleeps = true;
		CHECK(next_run(scenario, scene));
		no_trouble();
		if (which == SHOWN_MIXED || scenario->no_links)
			which = shown(scenario, scene); /* there the next run may go on with what was begun */
		if (scenario->folder && which == SHOWN_OLD)
			remove_all(in(scene, "a")); /* the folders above stay for the next run */
		assert_tidy(scenario, scene, &before, which, number);
		CHECK(!(seen & SHOWN_NEW) || which == SHOWN_NEW);
		seen |= (int)which;
		if (ended)
			break;
	}
	assert_int_equal(seen, SHOWN_OLD | SHOWN_NEW);
}

TEST(each_call_kills)
{
	for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++)
		kill_each_call(scenarios[i], *state);
}

/* After a kill the next run does not only tidy up, it writes. */
TEST(the_next_run_writes)
{
	struct scene *scene = *state;

	for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
		const struct scenario *scenario = scenarios[i];
		for (long number = 10;; number += 17) {
			start_over(scene);
			scenario->prepare(scene);
			bool ended = run_killed(scenario, scene, write_set, number);
			fsync_sleeps = true;
			CHECK(write_set(scenario, scene));
			output_end(&scene->output);
			CHECK(shown(scenario, scene) == SHOWN_NEW);
			if (ended)
				break;
		}
	}
}

/* Thousands of sets: in memory, where that can be. */
static int set_up_quick(void **state)
{
	return set_up_in(state, access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp");
}

AROUND_EACH(set_up_quick, tear_down)
