/* Which CCcam.cfg and which folder of OSCam's migrate takes: those that are named, those that are in use, or
 * the ones that somebody chooses. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "migrate.h"
#include "next.h"
#include "shell.h"

void migrate_tell(const struct migrate *m, const char *format, ...)
{
	va_list args;

	if (m->request->quiet)
		return;
	va_start(args, format);
	print_args(stderr, format, args);
	va_end(args);
}

bool migrate_asks(const struct migrate *m)
{
	return !m->request->yes && isatty(STDIN_FILENO) == 1;
}

struct slice migrate_answer(char *line, size_t size)
{
	(void)fflush(stdout);
	(void)fflush(stderr);
	if (!fgets(line, (int)size, stdin)) {
		(void)fputc('\n', stderr); /* which nobody typed */
		return SLICE("");
	}
	line[strcspn(line, "\r\n")] = '\0';
	return slice_trim(slice_of(line));
}

static const struct place_found *ask_which(struct migrate *m, const struct list *found, const char *what)
{
	char line[80];
	uint64_t number;

	print_formatted(stderr, "Which %s is in use?\n", what);
	for (uint32_t i = 0; i < found->count; i++) {
		const struct place_found *at = *(const struct place_found *const *)list_at(found, i);
		print_formatted(stderr, "  %lu  %s  (%.*s)\n", (unsigned long)i + 1,
			arena_plain(&m->arena, at->file.path).at, SLICE_ARG(at->holds));
	}
	(void)fprintf(stderr, "Its number (nothing: none of them): ");
	if (!parse_decimal(migrate_answer(line, sizeof line), found->count, &number) || number == 0)
		return NULL;
	return *(const struct place_found *const *)list_at(found, (uint32_t)number - 1);
}

const char *migrate_again(const struct migrate *m, const char *cccam, const char *folder)
{
	const struct request *request = m->request;
	const char *named = request->operand_count > 0 ? request->operands[0] : NULL;

	return command_again(request, (struct command_words){.command = "migrate",
					      .first = cccam ? cccam : named,
					      .output = folder ? folder : request->output});
}

/* Said where nobody can be asked. */
static enum status say_several(
	const struct migrate *m, const struct list *found, const char *what, bool folders)
{
	struct buffer text = {0};

	for (uint32_t i = 0; i < found->count; i++) {
		const struct place_found *at = *(const struct place_found *const *)list_at(found, i);
		const char *path = at->file.path.at;
		buffer_format(&text, "\n  %s  # %.*s",
			migrate_again(m, folders ? NULL : path, folders ? path : NULL), SLICE_ARG(at->holds));
	}
	return complain("there are %lu %s, and nothing was written; name the one that is in use:%s",
		(unsigned long)found->count, what, arena_take(m->request->texts, &text).at);
}

/* The only one, or the one that is chosen; NULL: a message was printed. */
static const struct place_found *choose(
	struct migrate *m, const struct list *found, const char *what, bool folders)
{
	if (found->count == 1)
		return *(const struct place_found *const *)list_at(found, 0);
	if (!migrate_asks(m)) {
		(void)say_several(m, found, what, folders);
		return NULL;
	}
	const struct place_found *one = ask_which(m, found, folders ? "folder of OSCam's" : "CCcam.cfg");
	if (!one)
		(void)complain("none of them was chosen, so nothing was written");
	return one;
}

static bool is_readable_cccam(const struct place_found *found)
{
	return is_cccam_file(found) && !found->problem;
}

static bool is_used_folder(const struct place_found *found)
{
	return found->place->kind == PLACE_OSCAM && !found->same && !found->problem && found->used;
}

static bool is_folder_with_files(const struct place_found *found)
{
	return found->place->kind == PLACE_OSCAM && !found->same && !found->problem && found->any_file;
}

static bool is_oscam_folder(const struct place_found *found)
{
	return found->place->kind == PLACE_OSCAM && !found->same && !found->problem;
}

/* With `of_target` only folders that have files of the program that --target means. */
static struct list select_found(
	struct migrate *m, bool (*fits)(const struct place_found *found), bool of_target)
{
	bool ncam = target_is_ncam(&m->request->choices.target);
	struct list selected;

	list_init(&selected, &m->arena, sizeof(const struct place_found *));
	for (uint32_t i = 0; i < m->survey.found.count; i++) {
		const struct place_found *found = list_at(&m->survey.found, i);
		if (fits(found) && (!of_target || (ncam ? found->ncam : found->oscam)))
			*(const struct place_found **)list_add(&selected) = found;
	}
	return selected;
}

static void say_cccam(struct migrate *m, const struct place_found *found)
{
	struct buffer text = {0};

	buffer_format(&text, "CCcam: %.*s (%.*s)", SLICE_ARG(arena_plain(&m->arena, found->file.path)),
		SLICE_ARG(found->holds));
	if (found == m->survey.one)
		add_passed_by(&text, &m->survey);
	migrate_tell(m, "%.*s\n", SLICE_ARG(buffer_slice(&text)));
	buffer_free(&text);
}

static enum status find_cccam(struct migrate *m)
{
	if (m->request->operand_count > 0) {
		m->cccam = m->request->operands[0];
		return STATUS_DONE;
	}
	struct list files = select_found(m, is_readable_cccam, false);
	if (files.count == 0)
		return complain(
			"no CCcam.cfg that can be read is at the known places under %s; name the file:\n  %s",
			m->root, migrate_again(m, "FILE", NULL));
	const struct place_found *found = m->survey.one;
	if (!found)
		found = choose(m, &files, "CCcam.cfg that differ", false);
	if (!found)
		return STATUS_FAILED;
	m->cccam = found->file.path.at;
	say_cccam(m, found);
	return STATUS_DONE;
}

const char *migrate_program(const struct migrate *m)
{
	return m->ncam ? "NCam" : "OSCam";
}

/* Whose files they are: those of the target; else NCam's, where the folder has only those. */
static void use_folder(struct migrate *m, const struct place_found *found, const char *nothing)
{
	const struct target *target = &m->request->choices.target;

	m->ncam = target_is_ncam(target) || (target->programs == 0 && is_ncam_folder(found));
	m->set_up = m->ncam ? found->ncam : found->oscam;
	migrate_tell(m, "%s: %s (%s)\n", migrate_program(m), arena_plain(&m->arena, slice_of(m->folder)).at,
		!found->any_file && found->holds.len > 0
			? arena_format(&m->arena, "no file of %s's", migrate_program(m)).at
			: arena_copy(&m->arena, found->holds.len > 0 ? found->holds : slice_of(nothing)).at);
}

/* Where OSCam is in use; else where files of it are; else the first of its folders that is there. With
 * --target those with files of that program come first. */
static struct list likely_folders(struct migrate *m)
{
	static bool (*const signs[])(const struct place_found *found) = {
		is_used_folder, is_folder_with_files};
	enum { SIGNS = sizeof signs / sizeof *signs };
	bool target = m->request->choices.target.programs != 0;

	for (int i = target ? 0 : SIGNS; i < 2 * SIGNS; i++) {
		struct list folders = select_found(m, signs[i % SIGNS], i < SIGNS);
		if (folders.count > 0)
			return folders;
	}
	struct list folders = select_found(m, is_oscam_folder, false);
	folders.count = folders.count > 1 ? 1 : folders.count;
	return folders;
}

static enum status find_folder(struct migrate *m)
{
	if (m->request->output) { /* as locate would describe it */
		struct place_found *named = arena_zero(&m->arena, sizeof *named);
		m->folder = m->request->output;
		look_into_named_folder(named, m->folder, &m->arena);
		use_folder(m, named, "not there yet");
		return STATUS_DONE;
	}
	struct list folders = likely_folders(m);
	if (folders.count == 0)
		return complain(
			"no folder of OSCam's is under %s; name the one that your OSCam looks in:\n  %s",
			m->root, migrate_again(m, NULL, "DIR"));
	const struct place_found *found = choose(m, &folders, "folders of OSCam's", true);
	if (!found)
		return STATUS_FAILED;
	m->folder = found->file.path.at;
	use_folder(m, found, "");
	return STATUS_DONE;
}

/* What cannot be looked at may be what is in use. */
static const struct place_found *find_unseen(const struct migrate *m)
{
	for (uint32_t i = 0; i < m->survey.found.count; i++) {
		const struct place_found *found = list_at(&m->survey.found, i);
		bool named = (found->place->kind == PLACE_CCCAM && m->request->operand_count > 0) ||
			     (found->place->kind == PLACE_OSCAM && m->request->output) ||
			     (found->place->kind != PLACE_CCCAM && found->place->kind != PLACE_OSCAM);
		if (found->unseen && !named)
			return found;
	}
	return NULL;
}

enum status migrate_find(struct migrate *m)
{
	if (!survey_start(&m->survey, m->root, &m->arena))
		return no_root("--root ", m->root, errno);
	const struct place_found *unseen = find_unseen(m);
	if (unseen)
		return complain("%s cannot be looked at: %s\nTo go on without it, name both CCcam.cfg and "
				"OSCam's folder:\n  %s",
			arena_plain(&m->arena, unseen->file.path).at, unseen->problem,
			migrate_again(m, m->request->operand_count > 0 ? NULL : "CCcam.cfg",
				m->request->output ? NULL : "DIR"));
	enum status status = find_cccam(m);
	return status == STATUS_DONE ? find_folder(m) : status;
}
