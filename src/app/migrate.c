/* The command migrate: what a person does by hand with locate, convert and check, in one go. It starts and
 * stops no program, and opens no connection. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cc2oscam/document.h"
#include "cc2oscam/output.h"
#include "convert.h"
#include "migrate.h"
#include "next.h"
#include "shell.h"

static enum status ask_to_write(struct migrate *m)
{
	char line[80];

	print_formatted(stderr, "Write this into %s? [y/N] ", arena_plain(&m->arena, slice_of(m->folder)).at);
	struct slice answer = migrate_answer(line, sizeof line);
	if (slice_equal_nocase(answer, SLICE("y")) || slice_equal_nocase(answer, SLICE("yes")))
		return STATUS_DONE;
	return complain("nothing was written");
}

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

/* An OSCam that has nothing to do must not take CCcam's place. */
static enum status refuse_nothing(const struct migrate *m)
{
	bool input = strcmp(m->cccam, "-") == 0;

	return complain("%s has no server, no card reader and no friend that %s could use, and nothing was "
			"written.\nLeave CCcam as it is, and name the CCcam.cfg that is in use:\n  %s\n"
			"If an empty set-up is meant:\n  %s --allow-empty",
		input ? "standard input" : m->cccam, migrate_program(m), migrate_again(m, "FILE", NULL),
		migrate_again(m, NULL, NULL));
}

/* A new set-up is shown by the names of its files and its figures. */
static enum status look(struct migrate *m)
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
	if (status != STATUS_FAILED && m->nothing && !m->request->allow_empty)
		return refuse_nothing(m);
	return status;
}

static enum status write_files(const struct migrate *m)
{
	struct request own = request_of(m);

	own.quiet = true; /* all is said already */
	return convert_into(&own, m->cccam, OUTPUT_RECORD);
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
	document_read(&document, &m->arena, OSCAM_CONF, &source);
	const struct document_setting *setting = document_conf_setting(&document, KEY_webif_httpport);
	if (setting && !slice_equal(setting->value, SLICE("0")))
		port = arena_copy(&m->arena, setting->value);
	source_free(&source);
	return port;
}

/* Whether a run of ours can be undone: the last one, or an earlier one where this one changed nothing. */
static bool has_record(struct migrate *m)
{
	struct stat status;

	return lstat(arena_format(&m->arena, "%s/" OUTPUT_RECORD_NAME, m->folder).at, &status) == 0 &&
	       S_ISREG(status.st_mode);
}

static void say_now(struct migrate *m)
{
	const char *program = migrate_program(m);

	if (m->nothing) { /* an OSCam that has nothing to do must not take CCcam's place */
		migrate_tell(m,
			"now: leave CCcam as it is; %s has no server, no card reader and no friend, so %s "
			"can "
			"do nothing with these files\nthen: name the CCcam.cfg that is in use\n  %s\n",
			m->cccam, program, migrate_again(m, "FILE", NULL));
		return;
	}
	struct slice port = web_port(m);
	bool secure = slice_starts(port, SLICE("+"));

	migrate_tell(m, "now: stop CCcam for good, then start %s (restart it if it runs)\n", program);
	if (port.len > 0)
		migrate_tell(m,
			"then: look at %s's web page, %s://RECEIVER:%.*s/, where RECEIVER is its address\n",
			program, secure ? "https" : "http", (int)port.len - secure, port.at + secure);
	else
		migrate_tell(m, "then: look at the picture; %s has no web page without [webif]\n", program);
	if (has_record(m))
		migrate_tell(m,
			"to go back: stop %s, start CCcam; cc2oscam undo %s puts its files back as they "
			"were\n",
			program, shell_file(&m->arena, m->folder));
	else
		migrate_tell(m, "to go back: stop %s, start CCcam; its CCcam.cfg is as before\n", program);
}

/* The files stay written, whatever check finds in them. */
static enum status check_written(struct migrate *m)
{
	struct memory_guard guard;
	enum status status;

	memory_guard_start(&guard);
	if (setjmp(guard.back) == 0) {
		migrate_tell(m, "%s: written%s\n", arena_plain(&m->arena, slice_of(m->folder)).at,
			m->keeps_old ? "; the old files are kept beside them as .bak" : "");
		if (m->request->report && strcmp(m->request->report, "-") != 0)
			migrate_tell(m, "the report is in %s\n", m->request->report);
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

/* A run that was killed may have left something to finish, though OSCam reads the new files already. */
static enum status tidy_up(const struct migrate *m)
{
	struct output output;
	enum status status = STATUS_DONE;

	if (!output_begin(&output, m->folder, OUTPUT_REPLACE))
		status = complain("%s", output.failed);
	output_end(&output);
	return status;
}

/* `changes`: of the look, STATUS_LOOK where something would change. */
static enum status write_and_check(struct migrate *m, enum status changes)
{
	enum status status = STATUS_DONE;

	if (changes == STATUS_LOOK) {
		if (!m->request->yes && !migrate_asks(m))
			return complain(
				"nothing was written: migrate asks on a terminal; a script says --yes");
		if (migrate_asks(m))
			status = ask_to_write(m);
		if (status == STATUS_DONE)
			status = write_files(m);
		if (status == STATUS_FAILED)
			return status;
		enum status checked = check_written(m);
		return status > checked ? status : checked;
	}
	if (m->set_up && m->request->yes)
		status = tidy_up(m);
	if (status == STATUS_DONE)
		status = check_files(m);
	if (status != STATUS_FAILED)
		say_now(m);
	return status == STATUS_DONE && m->losses ? STATUS_LOOK : status;
}

static enum status migrate(struct migrate *m)
{
	m->heard = heard_new(&m->arena);
	enum status status = migrate_find(m);
	if (status == STATUS_DONE)
		status = look(m);
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
