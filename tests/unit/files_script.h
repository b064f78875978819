/* Tests of src/output as scripts: steps divided by ";", each a word with what it is about. Where "!" stands
 * in a step, the step has to fail, and what follows is part of what is said then. */
#ifndef CC2OSCAM_FILES_SCRIPT_H
#define CC2OSCAM_FILES_SCRIPT_H

#include "files_help.h"

struct script {
	const char *title, *steps;
};

/* What a script remembers. */
static struct {
	const struct script *script;
	ino_t notes[128];
	int descriptors;
	char when[128]; /* the step that a call waits for; empty: it was done */
	char said[1024];
} run;

/* In a name "*300" is a long part of it, and "@" says which folder the set is in; behind "=" it is no name in
 * the scene. */
static const char *name_of(const struct scene *scene, const char *word)
{
	static char names[4][512];
	static int next;
	char *name = names[next++ % 4], *at = name;
	struct stat own;

	if (*word == '=')
		return word + 1;
	if (!*word || strcmp(word, ".") == 0)
		return scene->top;
	for (; *word && *word != '*'; word++)
		if (*word == '@' && stat(scene->top, &own) == 0)
			at += sprintf(at, "%jx-%jx", (uintmax_t)own.st_dev, (uintmax_t)own.st_ino);
		else
			*at++ = *word;
	if (*word)
		at = (char *)memset(at, 'n', strtoul(word + 1, NULL, 10)) + strtoul(word + 1, NULL, 10);
	*at = '\0';
	return in(scene, name);
}

static unsigned how_of(const char *word)
{
	unsigned how = 0;

	for (; *word; word++)
		how |= *word == 'r'   ? OUTPUT_REPLACE
		       : *word == 'd' ? OUTPUT_DEFER
		       : *word == 'l' ? OUTPUT_LOOK
		       : *word == 'n' ? OUTPUT_NEW
				      : 0;
	return how;
}

static struct trouble *trouble_of(const char *word)
{
	static const struct {
		const char *name;
		struct trouble *trouble;
	} rows[] = {{"write", &write_trouble}, {"fsync", &fsync_trouble}, {"link", &link_trouble},
		{"symlink", &symlink_trouble}, {"unlink", &unlink_trouble}, {"rename", &rename_trouble},
		{"renameat2", &renameat2_trouble}, {"flock", &flock_trouble}, {"fchown", &fchown_trouble},
		{"fchmod", &fchmod_trouble}, {"xattr", &xattr_trouble}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].name, word) == 0)
			return rows[i].trouble;
	fail_msg("no trouble with %s", word);
	return NULL;
}

static int why_of(const char *word)
{
	static const struct {
		const char *name;
		int why;
	} rows[] = {{"EINTR", EINTR}, {"EIO", EIO}, {"EINVAL", EINVAL}, {"ENOSYS", ENOSYS}, {"EPERM", EPERM},
		{"EMLINK", EMLINK}, {"ENOSPC", ENOSPC}, {"ENOLCK", ENOLCK}, {"EOPNOTSUPP", EOPNOTSUPP}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		if (strcmp(rows[i].name, word) == 0)
			return rows[i].why;
	fail_msg("no reason %s", word);
	return 0;
}

static void do_steps(struct scene *scene, const char *steps);
static struct scene *scene_of_hook;

static void do_when(void)
{
	char step[sizeof run.when];

	(void)strcpy(step, run.when);
	run.when[0] = '\0';
	do_steps(scene_of_hook, step);
}

static bool do_begin(struct output *output, const char *how, const char *path)
{
	output_end(output);
	return output_begin(output, path, how_of(how));
}

static bool do_other(const char *how, const char *path)
{
	struct output other = {.folder_path = NULL};
	bool good = do_begin(&other, how, path);

	(void)snprintf(run.said, sizeof run.said, "%s", other.failed ? other.failed : "");
	output_end(&other);
	return good;
}

/* The file is not there, or has the text. */
static bool do_read(struct scene *scene, const char *name, const char *text)
{
	struct source source;

	if (!output_existing(&scene->output, name, &source))
		return false;
	assert_true(slice_equal(source.text, slice_of(text)));
	if (source.path)
		assert_string_equal(source.path, in(scene, name));
	source_free(&source);
	return true;
}

static void do_fail(const char *call, const char *rest)
{
	int after, times;
	char why[16];

	assert_int_equal(sscanf(rest, "%d %d %15s", &after, &times, why), 3);
	*trouble_of(call) = (struct trouble){.after = after, .times = times, .why = why_of(why)};
}

static void await(struct scene *scene, const char *call, const char *rest)
{
	scene_of_hook = scene;
	(void)snprintf(run.when, sizeof run.when, "%s", strchr(rest, ' ') + 1);
	*trouble_of(call) = (struct trouble){.after = atoi(rest), .times = 1, .hook = do_when};
}

static bool is_plain(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0 && S_ISREG(status.st_mode) && status.st_nlink == 1;
}

static bool is_owned(const char *path)
{
	struct stat status;

	return geteuid() != 0 ||
	       (lstat(path, &status) == 0 && status.st_uid == 12345 && status.st_gid == 54321);
}

static bool has(const char *path, const char *text)
{
	const char *there = content(path);

	return there && strcmp(there, text) == 0;
}

/* One step: the word, what it is about, the rest of it, and both together. */
static bool do_step(
	struct scene *scene, const char *word, const char *what, const char *rest, const char *both)
{
	struct output *output = &scene->output;
	const char *path = name_of(scene, what), *to = name_of(scene, rest);

#define STEP(name) if (strcmp(word, name) == 0)
	/* what is there */
	STEP("file") return put(path, rest), true;
	STEP("new") return put(in(scene, "another"), rest), rename(in(scene, "another"), path) == 0;
	STEP("folder") return mkdir(path, 0700) == 0;
	STEP("link") return symlink(*rest == '%' ? in(scene, rest + 2) : rest, path) == 0;
	STEP("twin") return link(to, path) == 0;
	STEP("pipe") return mkfifo(path, 0600) == 0;
	STEP("remove") return remove(path) == 0;
	STEP("move") return rename(path, to) == 0;
	STEP("chmod") return chmod(path, (mode_t)strtoul(rest, NULL, 8)) == 0;
	STEP("root") return geteuid() == 0 ? true : (skip(), true);
	STEP("own") return geteuid() != 0 || lchown(path, 12345, 54321) == 0;
	/* what the system does */
	STEP("fail") return do_fail(what, rest), true;
	STEP("when") return await(scene, what, rest), true;
	STEP("no-links")
	return do_fail("link", "0 100 EPERM"), do_fail("symlink", "0 100 EPERM"), true;
	STEP("calm") return no_trouble(), true;
	STEP("most") return (write_most = strtoul(what, NULL, 10)) > 0;
	/* what the program does */
	STEP("begin") return do_begin(output, what, to);
	STEP("other") return do_other(what, to);
	STEP("open") return output_open(output, what);
	STEP("write") return output_write(output, both, strlen(both));
	STEP("put") return write_file(output, what, rest);
	STEP("read") return do_read(scene, what, rest);
	STEP("close") return output_close(output);
	STEP("commit") return output_commit(output);
	STEP("done") return output_commit(output) && !output->left && (output_end(output), true);
	STEP("abort") return output_abort(output), true;
	STEP("end") return output_end(output), true;
	/* what has to be */
	STEP("is") return has(path, rest);
	STEP("count") return entries(path) == atoi(rest);
	STEP("exists") return output_exists(output, what);
	STEP("absent") return !output_exists(output, what);
	STEP("mode") return rights(path) == strtoul(rest, NULL, 8);
	STEP("plain") return is_plain(path);
	STEP("owned") return is_owned(path);
	STEP("note") return (run.notes[(unsigned char)*what] = inode(to)) != 0;
	STEP("noted") return run.notes[(unsigned char)*what] == inode(to);
	STEP("fsyncs") return fsync_calls == atoi(what);
	STEP("left") return output->left && strstr(output->left, both);
	STEP("descriptors")
	return *what ? entries("/proc/self/fd") - run.descriptors == atoi(what)
		     : (run.descriptors = entries("/proc/self/fd")) > 0;
#undef STEP
	fail_msg("no step %s", word);
	return false;
}

/* Cuts off the word at the start. */
static char *cut_word(char **rest)
{
	char *word = *rest;

	*rest += strcspn(word, " ");
	if (**rest)
		*(*rest)++ = '\0';
	return word;
}

static void do_steps(struct scene *scene, const char *steps)
{
	for (const char *at = steps; *at;) {
		char step[512], both[512];
		size_t len = strcspn(at, ";");
		(void)snprintf(step, sizeof step, "%.*s", (int)len, at);
		at += len;
		at += strspn(at, "; ");
		char *said = strchr(step, '!');
		if (said) {
			said[-1] = '\0';
			said += 1 + (said[1] == ' ');
		}
		char *rest = step, *word = cut_word(&rest);
		(void)strcpy(both, rest);
		char *what = cut_word(&rest);
		run.said[0] = '\0';
		bool good = do_step(scene, word, what, rest, both);
		const char *failed = scene->output.failed && !run.said[0] ? scene->output.failed : run.said;
		if (good == (said != NULL) || (said && !strstr(failed, said)))
			fail_msg("%s: %s %s: %s", run.script->title, word, both, failed);
	}
}

static inline int set_up_script(void **state)
{
	run.script = *state;
	return set_up(state);
}

static inline void do_script(void **state)
{
	do_steps(*state, run.script->steps);
	assert_string_equal(run.when, "");
}

/* Adds a test for each script. */
static inline void add_scripts(struct CMUnitTest *tests, const struct script *scripts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		tests[i] = (struct CMUnitTest){scripts[i].title, do_script, set_up_script, tear_down,
			(void *)(uintptr_t)&scripts[i]};
}

/* An old set of two, and a new one of two that shares one name with it. */
#define OLD_SET "file oscam.conf old conf; file oscam.user old user; "
#define NEW_SET "begin r; put oscam.user new user; put oscam.server new server; "
#define ARE_OLD "count . 2; is oscam.conf old conf; is oscam.user old user; "

#endif
