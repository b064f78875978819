/* One run with one fault in it. See trial.h. */
#include "trial.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { WORDS = 24, SECONDS = 30 };

void place_open(struct place *place, const char *program, const char *library, const char *folder)
{
	*place = (struct place){.program = program, .library = library};
	(void)snprintf(place->folder, sizeof place->folder, "%s", folder);
	place->memory = memfd_create("strike", 0);
	place->out = memfd_create("out", MFD_CLOEXEC);
	place->err = memfd_create("err", MFD_CLOEXEC);
	if (place->memory < 0 || place->out < 0 || place->err < 0 ||
		ftruncate(place->memory, sizeof *place->strike) != 0)
		give_up("no memory", folder);
	place->strike =
		mmap(NULL, sizeof *place->strike, PROT_READ | PROT_WRITE, MAP_SHARED, place->memory, 0);
	if (place->strike == MAP_FAILED || chdir(folder) != 0)
		give_up("cannot be used", folder);
}

void place_close(struct place *place)
{
	(void)munmap(place->strike, sizeof *place->strike);
	(void)close(place->memory);
	(void)close(place->out);
	(void)close(place->err);
}

static void text_of(int file, char **text)
{
	off_t size = lseek(file, 0, SEEK_END);

	*text = calloc(1, (size_t)size + 1);
	if (!*text || pread(file, *text, (size_t)size, 0) != size)
		give_up("cannot be read", "what the program says");
}

static void in_child(struct place *place, const char *command)
{
	char copy[256], *words[WORDS] = {(char *)place->program}, memory[16];
	int count = 1, input;

	(void)snprintf(copy, sizeof copy, "%s", command);
	for (char *word = strtok(copy, " "); word && count < WORDS - 1; word = strtok(NULL, " "))
		words[count++] = word;
	(void)snprintf(memory, sizeof memory, "%d", place->memory);
	if (chdir("run") != 0 || (input = open("stdin", O_RDONLY)) < 0 || dup2(input, 0) < 0 ||
		dup2(place->out, 1) < 0 || dup2(place->err, 2) < 0 || close(input) != 0)
		_exit(126);
	(void)setenv(STRIKE_ENVIRONMENT, memory, 1);
	(void)setenv("LD_PRELOAD", place->library, 1);
	(void)execv(place->program, words);
	_exit(127);
}

/* True when it did not end in time. */
static bool wait_for(pid_t child, int *status)
{
	struct pollfd wait = {.fd = (int)syscall(SYS_pidfd_open, child, 0), .events = POLLIN};
	bool hung = wait.fd >= 0 && poll(&wait, 1, SECONDS * 1000) == 0;

	if (hung)
		(void)kill(child, SIGKILL);
	if (wait.fd >= 0)
		(void)close(wait.fd);
	if (waitpid(child, status, 0) != child)
		give_up("cannot be waited for", "the program");
	return hung;
}

struct outcome run_scene(struct place *place, const struct scene *scene, const char *command)
{
	struct strike *strike = place->strike;
	struct outcome outcome = {0};

	strike->lacks = scene->lacks;
	strike->calls = strike->allocations = 0;
	strike->struck = strike->loaded = false;
	if (ftruncate(place->out, 0) != 0 || ftruncate(place->err, 0) != 0 ||
		lseek(place->out, 0, SEEK_SET) != 0 || lseek(place->err, 0, SEEK_SET) != 0)
		give_up("cannot be emptied", "what the program says");
	pid_t child = fork();
	if (child < 0)
		give_up("cannot be started", place->program);
	if (child == 0)
		in_child(place, command);
	outcome.hung = wait_for(child, &outcome.status);
	text_of(place->out, &outcome.out);
	text_of(place->err, &outcome.err);
	return outcome;
}

void outcome_free(struct outcome *outcome)
{
	free(outcome->out);
	free(outcome->err);
}

static void run_plain(struct place *place, const struct scene *scene, const char *command)
{
	place->strike->how = STRIKE_NOTHING;
	struct outcome outcome = run_scene(place, scene, command);
	outcome_free(&outcome);
}

static const char *next_of(const struct scene *scene)
{
	return scene->next ? scene->next : scene->command;
}

void run_first(struct place *place, const struct scene *scene)
{
	if (scene->first)
		run_plain(place, scene, scene->first);
}

static void start_over(struct place *place, const struct scene *scene)
{
	tree_remove("run");
	if (!tree_copy(scene->name, "run"))
		give_up("cannot be made", "run");
	run_first(place, scene);
}

/* The folder as it is before, under the scene's name. */
static void make_before(const struct place *place, const struct scene *scene)
{
	char *script = NULL;

	if (asprintf(&script, "set -eu; mkdir %s; cd %s; %s%s", scene->name, scene->name, scene_start,
		    scene->made) < 0)
		give_up("no memory", scene->name);
	(void)setenv("CC2OSCAM", place->program, 1);
	pid_t child = fork();
	if (child == 0) {
		(void)execl("/bin/sh", "sh", "-c", script, (char *)NULL);
		_exit(127);
	}
	int status = -1;
	if (child < 0 || waitpid(child, &status, 0) != child || status != 0) {
		(void)fprintf(stderr, "faults: %s: what is before cannot be made\n", scene->name);
		exit(2);
	}
	free(script);
}

void normal_make(struct place *place, const struct scene *scene, struct normal *normal)
{
	*normal = (struct normal){.scene = scene};
	make_before(place, scene);
	start_over(place, scene);
	normal->old = tree_read("run", VIEW_ALL, scene->report);
	normal->old_names = tree_read("run", VIEW_NAMES, scene->report);
	run_plain(place, scene, next_of(scene));
	normal->next_old = tree_read("run", VIEW_ALL, scene->report);
	start_over(place, scene);
	place->strike->how = STRIKE_NOTHING;
	normal->outcome = run_scene(place, scene, scene->command);
	normal->calls = place->strike->calls;
	normal->allocations = place->strike->allocations;
	memcpy(normal->rows, place->strike->rows, sizeof normal->rows);
	normal->new = tree_read("run", VIEW_ALL, scene->report);
	normal->new_names = tree_read("run", VIEW_NAMES, scene->report);
	run_plain(place, scene, next_of(scene));
	normal->next_new = tree_read("run", VIEW_ALL, scene->report);
	if (normal->calls > STRIKE_CALLS)
		give_up("makes too many calls", scene->name);
}

void normal_free(struct normal *normal)
{
	struct tree *trees[] = {&normal->old, &normal->new, &normal->old_names, &normal->new_names,
		&normal->next_old, &normal->next_new};

	outcome_free(&normal->outcome);
	for (size_t i = 0; i < sizeof trees / sizeof *trees; i++)
		tree_free(trees[i]);
}

__attribute__((format(printf, 1, 2))) static char *wrong(const char *format, ...)
{
	char *text = NULL;
	va_list args;

	va_start(args, format);
	if (vasprintf(&text, format, args) < 0)
		give_up("no memory", format);
	va_end(args);
	return text;
}

/* What is there now, against what was before and what is to be. */
static char *look(const struct normal *normal, bool old, bool new, enum view view, const char *when)
{
	const struct tree *before = view == VIEW_ALL ? &normal->old : &normal->old_names;
	const struct tree *after = view == VIEW_ALL ? &normal->new : &normal->new_names;
	struct tree tree = tree_read("run", view, normal->scene->report);
	const char *path = old && new ? tree_differs(&tree, before, after, normal->scene->apart)
				      : tree_differs(&tree, old ? before : after, NULL, NULL);
	char *said = path ? wrong("%s: %s is neither what was there nor what was to be (%s)", when, path,
				    old && new ? "either may be"
				    : old      ? "all as before"
					       : "all new")
			  : NULL;

	tree_free(&tree);
	return said;
}

/* What the next run leaves. */
static char *look_after_next(struct place *place, const struct normal *normal)
{
	run_plain(place, normal->scene, next_of(normal->scene));
	struct tree tree = tree_read("run", VIEW_ALL, normal->scene->report);
	const char *path = tree_differs(&tree, &normal->next_old, &normal->next_new, normal->scene->apart);
	char *said = path ? wrong("the next run leaves something else at %s", path) : NULL;

	tree_free(&tree);
	return said;
}

static char *look_after_kill(struct place *place, const struct normal *normal)
{
	bool whole = !(normal->scene->lacks & LACKS_LINKS); /* else the next run mends */
	char *said = whole ? look(normal, true, true, VIEW_NAMES, "killed") : NULL;

	return said ? said : look_after_next(place, normal);
}

/* Standard error is told about nowhere else. */
static bool could_not_say(const struct strike *strike)
{
	return strike->how == STRIKE_CALL && strike->struck && strike->descriptor == 2;
}

/* By its first word: a line may end behind that. */
static bool says_why(const struct strike *strike, const char *said)
{
	char word[32];
	int why = ENOMEM;

	if (strike->how == STRIKE_CALL && strike->struck)
		why = strike_rows[strike->row].reasons[strike->reason];
	else if (strike->how != STRIKE_MEMORY && strike->how != STRIKE_MEMORY_ON)
		return false;
	(void)snprintf(word, sizeof word, "%s", strerror(why));
	word[strcspn(word, " ")] = '\0';
	return strstr(said, word) != NULL;
}

static char *look_at_end(struct place *place, const struct normal *normal, const struct outcome *outcome)
{
	int status = WEXITSTATUS(outcome->status), usual = WEXITSTATUS(normal->outcome.status);
	bool said_more =
		strcmp(outcome->err, normal->outcome.err) != 0 || says_why(place->strike, outcome->out);
	bool apart = normal->scene->apart != NULL;

	if (status > 2)
		return wrong("status %d", status);
	if (status == 2 && !*outcome->err && !could_not_say(place->strike))
		return wrong("status 2, and nothing is said");
	if (status != 2 && !said_more && !normal->scene->hints &&
		strcmp(outcome->out, normal->outcome.out) != 0)
		return wrong("status %d, nothing is said, and standard output is another:\n%s", status,
			outcome->out);
	if (status != 2 && status != usual && !said_more)
		return wrong("status %d rather than %d, and nothing is said", status, usual);
	if (place->strike->how == STRIKE_MEMORY_ON)
		return look_after_kill(place, normal);
	if (strstr(outcome->err, "standard output cannot be written") ||
		strstr(outcome->err, "the files are written, all but the report"))
		return look(normal, true, true, VIEW_ALL, "nothing more can be said");
	if (strstr(outcome->err, "not all is tidied up"))
		return look_after_next(place, normal);
	return look(normal, status == 2, status != 2 || apart, VIEW_ALL,
		status == 2 ? "status 2" : "status 0 or 1");
}

static char *look_at_run(struct place *place, const struct normal *normal, const struct outcome *outcome)
{
	if (outcome->hung)
		return wrong("does not end");
	if (WIFSIGNALED(outcome->status) && place->strike->how == STRIKE_KILL &&
		WTERMSIG(outcome->status) == SIGKILL)
		return look_after_kill(place, normal);
	if (WIFSIGNALED(outcome->status))
		return wrong("ends with signal %d", WTERMSIG(outcome->status));
	return look_at_end(place, normal, outcome);
}

char *look_at(struct place *place, const struct normal *normal, const struct outcome *outcome)
{
	char *said = look_at_run(place, normal, outcome), *all = NULL;

	if (said)
		all = wrong(
			"%s; status %x; standard error:\n%s", said, (unsigned)outcome->status, outcome->err);
	free(said);
	return all;
}

char *try_fault(struct place *place, const struct normal *normal, enum strike_how how, long at, int reason)
{
	start_over(place, normal->scene);
	place->strike->how = how;
	place->strike->at = at;
	place->strike->reason = reason;
	struct outcome outcome = run_scene(place, normal->scene, normal->scene->command);
	char *said = look_at(place, normal, &outcome);
	outcome_free(&outcome);
	return said;
}
