/* Runs one golden case: a text file that holds the options, the input files and everything that must come
 * out.
 *
 *   golden --program PROGRAM [--rewrite] CASE...
 *
 * A case begins with remarks; then come parts, each under a line "---- KIND [NAME]":
 *   options               the command line, a word a line, run in an empty folder that is also HOME
 *   input NAME, stdin     a file to make before, and the standard input
 *   input-dir NAME        a folder to make before
 *   status                the exit status; without this part 0
 *   stdout, stderr        without this part it must be empty
 *   file NAME             a file that must be there after the run
 *   no-file NAME          a file, made before or not, that must not be there after the run
 * A file that the run leaves, and that no part names, is an error (but for undo's record), and so is a
 * changed input. A part ends with the end of its last line; when the text has none there, the part's last
 * line is
 * "\ no newline". "input-escaped", "stdout-escaped" and so on are for texts with control characters: \r \n \t
 * \\ \xHH stand for them, and line ends do not count.
 * --rewrite replaces what must come out by what does. */
#include "case.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SECONDS = 60 }; /* for one run */

/* One run of a case. */
struct run {
	struct golden golden;
	char *top;  /* the temporary folder */
	char *work; /* the folder in it where the program runs */
	size_t differences;
	bool rewrite;
	FILE *fresh; /* with --rewrite: the parts that came out */
};

/* ---- running ---- */

static void prepare(struct run *run)
{
	const char *temporary = getenv("TMPDIR");

	run->top = joined(temporary && *temporary ? temporary : "/tmp", "/", "golden-XXXXXX");
	if (!mkdtemp(run->top))
		die("cannot make", run->top, strerror(errno));
	run->work = joined(run->top, "/", "work");
	char *stdin_path = joined(run->top, "/", "stdin"), *folder = joined(run->work, "/", "");
	const struct part *input = case_part(&run->golden, "stdin", "");
	write_file(stdin_path, input ? input->text : (struct text){0});
	make_parents(folder);
	free(stdin_path);
	for (size_t i = 0; i < run->golden.count; i++) {
		const struct part *part = &run->golden.parts[i];
		bool file = strcmp(part->kind, "input") == 0;
		if (!file && strcmp(part->kind, "input-dir") != 0)
			continue;
		char *path = joined(folder, part->name, file ? "" : "/");
		make_parents(path);
		if (file)
			write_file(path, part->text);
		free(path);
	}
	free(folder);
}

/* The words of the command line, cut out of `words`; the list is malloc'ed. */
static char **split_words(const char *program, char *words)
{
	char **list = checked(malloc(2 * sizeof *list));
	size_t count = 1;

	list[0] = checked(strdup(program));
	for (char *word = strtok(words, "\n"); word; word = strtok(NULL, "\n")) {
		list = checked(realloc(list, (count + 2) * sizeof *list));
		list[count++] = word;
	}
	list[count] = NULL;
	return list;
}

static void redirect(const struct run *run, const char *name, int flags, int to)
{
	char *path = joined(run->top, "/", name);
	int file = open(path, flags, 0600);

	if (file < 0 || dup2(file, to) < 0)
		die("cannot open", path, strerror(errno));
	(void)close(file);
	free(path);
}

_Noreturn static void become(const struct run *run, char **words)
{
	char *home = joined("HOME=", run->work, "");
	char locale[] = "LC_ALL=C", terminal[] = "TERM=dumb", path[] = "PATH=/usr/bin:/bin";
	char *environment[] = {home, locale, terminal, path, NULL};

	redirect(run, "stdin", O_RDONLY, STDIN_FILENO);
	redirect(run, "stdout", O_WRONLY | O_CREAT, STDOUT_FILENO);
	redirect(run, "stderr", O_WRONLY | O_CREAT, STDERR_FILENO);
	(void)alarm(SECONDS);
	if (chdir(run->work) == 0)
		(void)execve(words[0], words, environment);
	die("cannot run", words[0], strerror(errno));
}

/* Returns the text of the part "status". */
static struct text run_program(const struct run *run, const char *program)
{
	const struct part *options = case_part(&run->golden, "options", "");
	char *copy = joined(options ? options->text.at : "", "", "");
	char **words = split_words(program, copy);
	char line[32];
	struct text text = {0};
	int status = 0;
	pid_t child = fork();

	if (child == 0)
		become(run, words);
	if (child < 0 || waitpid(child, &status, 0) < 0)
		die("cannot run", program, strerror(errno));
	free(words[0]);
	free(words);
	free(copy);
	if (WIFEXITED(status))
		(void)snprintf(line, sizeof line, "%d\n", WEXITSTATUS(status));
	else
		(void)snprintf(line, sizeof line, "signal %d\n", WTERMSIG(status));
	text_add(&text, line, strlen(line));
	return text;
}

/* ---- comparing ---- */

/* The line that begins at `at`, on one line of the terminal. */
static void show_line(const char *what, struct text text, size_t at)
{
	printf("  %s: ", what);
	if (at == text.len)
		printf("(nothing more)");
	for (; at < text.len && text.at[at] != '\n'; at++) {
		unsigned char c = (unsigned char)text.at[at];
		if (c < 0x20 || c == 0x7f)
			printf("\\x%02x", c);
		else
			putchar(c);
	}
	putchar('\n');
}

static void show_difference(
	struct run *run, const char *kind, const char *name, struct text expected, struct text actual)
{
	size_t at = 0, start = 0, line = 1;

	for (; at < expected.len && at < actual.len && expected.at[at] == actual.at[at]; at++)
		if (expected.at[at] == '\n') {
			start = at + 1;
			line++;
		}
	run->differences++;
	printf("%s: %s%s%s differs in line %zu\n", run->golden.path, kind, *name ? " " : "", name, line);
	show_line("expected", expected, start);
	show_line("came out", actual, start);
	printf("All that came out:\n");
	put_part(stdout, kind, name, actual);
	putchar('\n');
}

static void complain(struct run *run, const char *name, const char *what)
{
	run->differences++;
	printf("%s: %s: %s\n", run->golden.path, name, what);
}

static bool same(struct text a, struct text b)
{
	return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* `otherwise` is expected when no part says what. */
static void compare(
	struct run *run, const char *kind, const char *name, struct text otherwise, struct text actual)
{
	const struct part *part = case_part(&run->golden, kind, name);
	struct text expected = part ? part->text : otherwise;

	if (run->rewrite)
		put_part(run->fresh, kind, name, actual);
	else if (!same(expected, actual))
		show_difference(run, kind, name, expected, actual);
}

static void compare_stream(struct run *run, const char *kind)
{
	char *path = joined(run->top, "/", kind);
	struct text actual = read_file(path);

	if (actual.len > 0 || !run->rewrite)
		compare(run, kind, "", (struct text){0}, actual);
	free(actual.at);
	free(path);
}

static void compare_file(struct run *run, const char *name)
{
	const struct part *input = case_part(&run->golden, "input", name);
	char *path = joined(run->work, "/", name);
	struct text actual = read_file(path);
	bool named = case_part(&run->golden, "file", name) != NULL;

	if (!run->rewrite && case_part(&run->golden, "no-file", name))
		complain(run, name, "must not be there");
	else if (named || !input || !same(input->text, actual)) {
		if (!run->rewrite && !named)
			complain(run, name,
				input ? "is an input and was changed" : "came out; no part names it");
		compare(run, "file", name, input ? input->text : (struct text){0}, actual);
	}
	free(actual.at);
	free(path);
}

static bool is_there(const struct names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++)
		if (strcmp(names->at[i], name) == 0)
			return true;
	return false;
}

/* What should be there, or was, and is not. */
static void compare_missing(struct run *run, const struct names *names)
{
	for (size_t i = 0; i < run->golden.count; i++) {
		const struct part *part = &run->golden.parts[i];
		bool input = strcmp(part->kind, "input") == 0, gone = strcmp(part->kind, "no-file") == 0;
		if (!*part->name || strcmp(part->kind, "input-dir") == 0 || is_there(names, part->name))
			continue;
		if (run->rewrite && (gone || (input && !case_part(&run->golden, "no-file", part->name))))
			put_part(run->fresh, "no-file", part->name, (struct text){0});
		else if (!run->rewrite && !gone && !(input && case_part(&run->golden, "no-file", part->name)))
			complain(run, part->name, "is not there");
	}
}

/* For undo: made of the sums of the other files. */
static bool is_undo_record(const char *name)
{
	const char *slash = strrchr(name, '/');

	return strcmp(slash ? slash + 1 : name, ".cc2oscam.undo") == 0;
}

static void compare_files(struct run *run)
{
	struct names names = list_tree(run->work);

	for (size_t i = 0; i < names.count; i++) {
		const char *name = names.at[i];
		size_t len = strlen(name);
		if (is_undo_record(name))
			continue;
		if (name[len - 1] != '/') {
			compare_file(run, name);
			continue;
		}
		bool empty = i == 0 || strncmp(names.at[i - 1], name, len) != 0;
		names.at[i][len - 1] = '\0';
		if (empty && !case_part(&run->golden, "input-dir", name))
			complain(run, name, "is an empty folder; no part names it");
	}
	compare_missing(run, &names);
	names_free(&names);
}

/* Remarks, options and inputs stay as they stand. */
static void rewrite_case(struct run *run, char *fresh)
{
	FILE *file = fopen(run->golden.path, "wb");

	if (!file)
		die("cannot write", run->golden.path, strerror(errno));
	(void)fwrite(run->golden.remarks.at, 1, run->golden.remarks.len, file);
	for (size_t i = 0; i < run->golden.count; i++) {
		const char *kind = run->golden.parts[i].kind;
		if (strncmp(kind, "input", 5) == 0 || strcmp(kind, "options") == 0 ||
			strcmp(kind, "stdin") == 0)
			put_raw(file, &run->golden.parts[i]);
	}
	(void)fputs(fresh, file);
	if (ferror(file) || fclose(file) != 0)
		die("cannot write", run->golden.path, strerror(errno));
}

/* Returns the number of differences. */
static size_t run_case(const char *path, const char *program, bool rewrite)
{
	struct run run = {.rewrite = rewrite};
	char zero[] = "0\n", *fresh = NULL;
	size_t len = 0;

	case_read(&run.golden, path);
	prepare(&run);
	if (rewrite)
		run.fresh = checked(open_memstream(&fresh, &len));
	struct text status = run_program(&run, program);
	compare(&run, "status", "", (struct text){zero, 2}, status);
	compare_stream(&run, "stdout");
	compare_stream(&run, "stderr");
	compare_files(&run);
	if (rewrite) {
		(void)fclose(run.fresh);
		rewrite_case(&run, fresh);
	}
	remove_tree(run.top);
	free(fresh);
	free(status.at);
	free(run.top);
	free(run.work);
	case_free(&run.golden);
	return run.differences;
}

/* The program is run in another folder. */
static char *absolute(const char *path)
{
	char here[4096];

	if (*path == '/')
		return joined(path, "", "");
	if (!getcwd(here, sizeof here))
		die("cannot find", path, strerror(errno));
	return joined(here, "/", path);
}

int main(int count, char **words)
{
	char *program = NULL;
	bool rewrite = false;
	size_t differences = 0;
	int i = 1;

	(void)umask(022); /* the rights of inputs are the same everywhere */

	for (; i < count && strncmp(words[i], "--", 2) == 0; i++) {
		if (strcmp(words[i], "--rewrite") == 0)
			rewrite = true;
		else if (strcmp(words[i], "--program") == 0 && i + 1 < count)
			program = absolute(words[++i]);
	}
	if (!program)
		die("usage:", "golden --program PROGRAM [--rewrite] CASE...", NULL);
	for (; i < count; i++)
		differences += run_case(words[i], program, rewrite);
	free(program);
	return differences > 0;
}
