/* The command migrate: what a person does by hand with locate, convert and check, in one go. It starts and
 * stops no program, and opens no connection. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cc2oscam/document.h"
#include "cc2oscam/output.h"
#include "cc2oscam/protocols.h"
#include "convert.h"
#include "shell.h"
#include "survey.h"

struct migrate {
	const struct request *request;
	struct arena arena;
	struct survey survey;
	const char *root, *cccam, *folder;
	struct heard *heard;
	bool ncam;      /* the files are NCam's */
	bool set_up;    /* such a file is in the folder */
	bool keeps_old; /* writing leaves backups */
	bool nothing;   /* OSCam can do nothing with new files */
	bool losses;    /* something of CCcam.cfg got lost */
};

/* ---- which CCcam.cfg and which folder: those that are named, are in use, or are chosen ---- */

/* On standard error, unless -q is set. */
static void __attribute__((format(printf, 2, 3))) tell(const struct migrate *m, const char *format, ...)
{
	va_list args;

	if (m->request->quiet)
		return;
	va_start(args, format);
	print_args(stderr, format, args);
	va_end(args);
}

/* Whether somebody is there to be asked, and --yes does not answer already. */
static bool asks(const struct migrate *m)
{
	return !m->request->yes && isatty(STDIN_FILENO) == 1;
}

/* A line from the terminal without its end; "" at its end. */
static struct slice read_answer(char *line, size_t size)
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
	if (!parse_decimal(read_answer(line, sizeof line), found->count, &number) || number == 0)
		return NULL;
	return *(const struct place_found *const *)list_at(found, (uint32_t)number - 1);
}

/* "cc2oscam migrate ... CCCAM -o FOLDER": the options and words are the user's, where no others are given. */
static const char *migrate_again(const struct migrate *m, const char *cccam, const char *folder)
{
	const struct request *request = m->request;
	const char *named = request->operand_count > 0 ? request->operands[0] : NULL;

	return COMMAND(request, .command = "migrate", .first = cccam ? cccam : named,
		.output = folder ? folder : request->output);
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

/* The only place found, or the place that the user chooses; NULL: a message was printed. */
static const struct place_found *choose(
	struct migrate *m, const struct list *found, const char *what, bool folders)
{
	if (found->count == 1)
		return *(const struct place_found *const *)list_at(found, 0);
	if (!asks(m)) {
		(void)say_several(m, found, what, folders);
		return NULL;
	}
	const struct place_found *one = ask_which(m, found, folders ? "folder of OSCam's" : "CCcam.cfg");
	if (!one)
		(void)complain("none of them was chosen, so nothing was written");
	return one;
}

/* What is looked for among the places. Folders that look most like OSCam's folder in use come first; with
 * --target folders with files of that program. */
enum wanted { USED_OF_TARGET, FILES_OF_TARGET, USED, FILES, FOLDER, WANTED_FOLDERS, CCCAM = WANTED_FOLDERS };

static bool is_wanted(const struct migrate *m, const struct place_found *found, enum wanted wanted)
{
	bool ncam = target_is_ncam(&m->request->choices.target);

	if (wanted == CCCAM)
		return is_cccam_file(found) && !found->problem;
	if (found->place->kind != PLACE_OSCAM || found->same || found->problem)
		return false;
	if (wanted < USED && !(ncam ? found->ncam : found->oscam))
		return false;
	return wanted == FOLDER || (wanted % 2 == USED_OF_TARGET % 2 ? found->used : found->any_file);
}

static struct list find_wanted(struct migrate *m, enum wanted wanted)
{
	struct list selected;

	list_init(&selected, &m->arena, sizeof(const struct place_found *));
	for (uint32_t i = 0; i < m->survey.found.count; i++) {
		const struct place_found *found = list_at(&m->survey.found, i);
		if (is_wanted(m, found, wanted))
			*(const struct place_found **)list_add(&selected) = found;
	}
	return selected;
}

static enum status find_cccam(struct migrate *m)
{
	if (m->request->operand_count > 0) {
		m->cccam = m->request->operands[0];
		return STATUS_DONE;
	}
	struct list files = find_wanted(m, CCCAM);
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
	tell(m, "CCcam: %s (%.*s)%s\n", arena_plain(&m->arena, found->file.path).at, SLICE_ARG(found->holds),
		found == m->survey.one ? passed_by(&m->survey) : "");
	return STATUS_DONE;
}

static const char *program_of(const struct migrate *m)
{
	return m->ncam ? "NCam" : "OSCam";
}

/* Whose files they are: those of the target; else NCam's, where the folder has only those. */
static void use_folder(struct migrate *m, const struct place_found *found, const char *nothing)
{
	const struct target *target = &m->request->choices.target;

	m->ncam = target_is_ncam(target) || (target->programs == 0 && is_ncam_folder(found));
	m->set_up = m->ncam ? found->ncam : found->oscam;
	tell(m, "%s: %s (%s)\n", program_of(m), arena_plain(&m->arena, slice_of(m->folder)).at,
		!found->any_file && found->holds.len > 0
			? arena_format(&m->arena, "no file of %s's", program_of(m)).at
			: arena_copy(&m->arena, found->holds.len > 0 ? found->holds : slice_of(nothing)).at);
}

/* Where OSCam is in use; else where files of it are; else the first of its folders that is there. */
static struct list likely_folders(struct migrate *m)
{
	enum wanted wanted = m->request->choices.target.programs != 0 ? USED_OF_TARGET : USED;
	struct list folders = find_wanted(m, wanted);

	while (folders.count == 0 && ++wanted < WANTED_FOLDERS)
		folders = find_wanted(m, wanted);
	folders.count = wanted == FOLDER && folders.count > 1 ? 1 : folders.count;
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

/* A place that cannot be looked at: the files in use may be there. */
static const struct place_found *find_unseen(const struct migrate *m)
{
	for (uint32_t i = 0; i < m->survey.found.count; i++) {
		const struct place_found *found = list_at(&m->survey.found, i);
		enum place_kind kind = found->place->kind;
		if (found->unseen && ((kind == PLACE_CCCAM && m->request->operand_count == 0) ||
					     (kind == PLACE_OSCAM && !m->request->output)))
			return found;
	}
	return NULL;
}

static enum status find_both(struct migrate *m)
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

/* ---- looking, writing, checking ---- */

/* The request of the other command: into the folder, over what is there by merging. */
static struct request request_of(const struct migrate *m)
{
	struct request own = *m->request;

	own.choices.root = m->root;
	own.output = m->folder;
	own.heard = m->heard;
	if (m->ncam && own.choices.target.programs == 0)
		own.choices.target = target_ncam;
	if (own.existing == EXISTING_REFUSE && m->set_up)
		own.existing = EXISTING_MERGE;
	return own;
}

/* A new set-up is shown by the names of its files and its figures. */
static enum status look_at_changes(struct migrate *m)
{
	struct request own = request_of(m);
	struct convert v = {.request = &own,
		.path = m->cccam,
		.folder = m->folder,
		.how = OUTPUT_LOOK,
		.dry = true,
		.inner = true,
		.result = m->set_up && !m->request->quiet ? diff_show : diff_count};

	own.report = NULL;
	own.masks = true; /* a screen or a log shows it */
	enum status status = convert_one(&v);
	m->keeps_old = v.keeps_old;
	m->nothing = v.nothing && !m->set_up;
	m->losses = v.c.losses;
	if (status == STATUS_FAILED || !m->nothing || m->request->allow_empty)
		return status;
	/* an OSCam that has nothing to do must not take CCcam's place */
	return complain("%s has no server, no card reader and no friend that %s could use, and nothing was "
			"written.\nLeave CCcam as it is, and name the CCcam.cfg that is in use:\n  %s\n"
			"If an empty set-up is meant:\n  %s --allow-empty",
		strcmp(m->cccam, "-") == 0 ? "standard input" : m->cccam, program_of(m),
		migrate_again(m, "FILE", NULL), migrate_again(m, NULL, NULL));
}

static enum status check_files(const struct migrate *m)
{
	char *operands[] = {strdup(m->folder)};
	struct request own = request_of(m);

	own.operands = operands;
	own.operand_count = 1;
	own.report = NULL;
	own.again = true;
	if (!operands[0])
		out_of_memory();
	enum status status = command_check(&own);
	free(operands[0]);
	return status;
}

/* "8888"; empty: OSCam has no web page. */
static struct slice web_port(struct migrate *m)
{
	struct source source;
	struct document document;
	struct slice path = arena_format(
		&m->arena, "%s/%s", m->folder, target_file_name(m->ncam ? &target_ncam : NULL, OSCAM_CONF));
	struct slice port = SLICE("");

	if (!source_read_raw(&source, path.at))
		return port;
	document_read(&document, &m->arena, OSCAM_CONF, &source, NULL);
	const struct document_setting *setting = document_conf_setting(&document, KEY_webif_httpport);
	if (setting && !slice_equal(setting->value, SLICE("0")))
		port = arena_copy(&m->arena, setting->value);
	source_free(&source);
	return port;
}

static void say_now(struct migrate *m)
{
	const char *program = program_of(m);
	struct stat record;

	if (m->nothing) { /* an OSCam that has nothing to do must not take CCcam's place */
		tell(m,
			"now: leave CCcam as it is; %s has no server, no card reader and no friend, so %s "
			"can do nothing with these files\nthen: name the CCcam.cfg that is in use\n  %s\n",
			m->cccam, program, migrate_again(m, "FILE", NULL));
		return;
	}
	struct slice port = web_port(m);
	struct slice number = port_without_plus(port);

	tell(m, "now: stop CCcam for good, then start %s (restart it if it runs)\n", program);
	if (port.len > 0)
		tell(m, "then: look at %s's web page, %s://RECEIVER:%.*s/, where RECEIVER is its address\n",
			program, number.len < port.len ? "https" : "http", SLICE_ARG(number));
	else
		tell(m, "then: look at the picture; %s has no web page without [webif]\n", program);
	/* whether a run of ours can be undone: the last one, or an earlier one where this one changed nothing
	 */
	if (lstat(arena_format(&m->arena, "%s/" OUTPUT_RECORD_NAME, m->folder).at, &record) == 0 &&
		S_ISREG(record.st_mode))
		tell(m,
			"to go back: stop %s, start CCcam; cc2oscam undo %s puts its files back as they "
			"were\n",
			program, shell_file(&m->arena, m->folder));
	else
		tell(m, "to go back: stop %s, start CCcam; its CCcam.cfg is as before\n", program);
}

/* The files stay written, whatever check finds in them. */
static enum status check_written(struct migrate *m)
{
	struct memory_guard guard;
	enum status status;

	memory_guard_start(&guard);
	if (setjmp(guard.back) == 0) {
		tell(m, "%s: written%s\n", arena_plain(&m->arena, slice_of(m->folder)).at,
			m->keeps_old ? "; the old files are kept beside them as .bak" : "");
		if (m->request->report && strcmp(m->request->report, "-") != 0)
			tell(m, "the report is in %s\n", m->request->report);
		status = check_files(m);
		if (status == STATUS_FAILED)
			status = STATUS_LOOK;
		say_now(m);
	} else {
		status = complain_of_memory(true, STATUS_LOOK);
	}
	memory_guard_end(&guard);
	return status;
}

/* `changes`: of the look, STATUS_LOOK where something would change. */
static enum status write_and_check(struct migrate *m, enum status changes)
{
	enum status status = STATUS_DONE;

	if (changes == STATUS_LOOK) {
		char line[80] = "";
		if (!m->request->yes && !asks(m))
			return complain(
				"nothing was written: migrate asks on a terminal; a script says --yes");
		if (asks(m))
			print_formatted(stderr, "Write this into %s? [y/N] ",
				arena_plain(&m->arena, slice_of(m->folder)).at);
		if (asks(m) && !slice_in_list(read_answer(line, sizeof line), "y|yes", '|'))
			return complain("nothing was written");
		struct request own = request_of(m);
		own.quiet = true; /* all is said already */
		status = convert_into(&own, m->cccam, OUTPUT_RECORD);
		if (status == STATUS_FAILED)
			return status;
		enum status checked = check_written(m);
		return status > checked ? status : checked;
	}
	if (m->set_up && m->request->yes) {
		/* A run that was killed may have left something to finish, though OSCam reads the new files
		 * already. */
		struct output output;
		if (!output_begin(&output, m->folder, OUTPUT_REPLACE))
			status = complain("%s", output.failed);
		output_end(&output);
	}
	if (status == STATUS_DONE)
		status = check_files(m);
	if (status != STATUS_FAILED)
		say_now(m);
	return status == STATUS_DONE && m->losses ? STATUS_LOOK : status;
}

static enum status migrate(struct migrate *m)
{
	m->heard = heard_new(&m->arena);
	enum status status = find_both(m);
	if (status == STATUS_DONE)
		status = look_at_changes(m);
	return status == STATUS_FAILED ? status : write_and_check(m, status);
}

enum status command_migrate(const struct request *request)
{
	struct migrate m = {.request = request, .root = request->choices.root ? request->choices.root : "/"};

	arena_init(&m.arena);
	enum status status = migrate(&m);
	survey_end(&m.survey);
	arena_free(&m.arena);
	return status;
}
