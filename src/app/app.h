/* What the files of the program share: what the user asked for, and what is said to him. */
#ifndef CC2OSCAM_APP_H
#define CC2OSCAM_APP_H

#include <stdio.h>

#include "cc2oscam/findings.h"
#include "cc2oscam/nearest.h"
#include "cc2oscam/report.h"
#include "cc2oscam/schema.h"
#include "cc2oscam/table.h"
#include "cc2oscam/translate.h"
#include "print.h"

enum command_id {
#define CC2OSCAM_COMMAND(id, ...) COMMAND_##id,
#include "commands.def"
#undef CC2OSCAM_COMMAND
	COMMANDS /* how many there are */
};

/* Exit statuses, the same for every command (README). */
enum status { STATUS_DONE = 0, STATUS_LOOK = 1, STATUS_FAILED = 2 };

enum override { OVERRIDE_NONE, OVERRIDE_WARNING, OVERRIDE_ERROR, OVERRIDE_SILENT };
/* What becomes of OSCam files that are there already. */
enum with_existing { EXISTING_REFUSE, EXISTING_REPLACE, EXISTING_MERGE };
enum when { WHEN_AUTO, WHEN_ALWAYS, WHEN_NEVER };

struct settings_layer;
struct heard;

struct request {
	const char *command;
	char **words; /* of the command line, from the command on, in their order */
	int word_count;
	char **operands;
	int operand_count;
	struct arena arena;  /* what lives as long as the run: settings */
	struct arena *texts; /* the same of the run itself: parts of messages. Not for threads */
	struct heard *hints; /* hints that a terminal showed already: each is shown once */
	struct heard *heard; /* migrate: findings of its look, which its check does not repeat; else NULL */
	bool again;          /* this is the check at the end of migrate */
	bool masks;          /* migrate: a diff masks passwords and keys */
	const char *output, *report, *templates;
	const char *settings; /* the settings file that was read, or NULL */
	bool settings_given;  /* by --settings */
	/* Where the choices come from, for batch to put those of a manifest between them. */
	const struct settings_layer *file_choices; /* of the settings file, or NULL */
	const struct list *assignments, *given;    /* the words of --set; the other options */
	bool only[OSCAM_FILE_COUNT];               /* as asked; all false: all files */
	bool help;                                 /* -h behind a command: only its help is wanted */
	bool uses_settings;                        /* the command does: its settings file counts */
	bool yes;                                  /* migrate writes without asking */
	bool allow_empty; /* an input in which nothing was understood may replace what is there */
	bool strict, redact, no_comments, quiet, verbose;
	enum with_existing existing;
	uint8_t color, progress;       /* enum when */
	unsigned jobs;                 /* batch: workers; 0: one for each processor */
	unsigned shard, shards;        /* batch: this run does part `shard` of `shards` */
	bool resume, diff;             /* batch */
	uint8_t report_format;         /* enum report_format */
	uint8_t overrides[CODE_COUNT]; /* enum override */
	bool skip[CODE_COUNT];         /* checks that are switched off */
	struct choices choices;
};

/* complain.c: one line on standard error, "cc2oscam: ...". Returns STATUS_FAILED. */
enum status complain(const char *format, ...) __attribute__((format(printf, 1, 2)));
/* Unless all is `fine`: prints the beginning of a line, and the reason that a function left in `why`. Frees
 * the reason. Returns `fine`. */
bool complain_unless(bool fine, struct buffer *why, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* The file cannot be read, as errno says. */
enum status cannot_read(const char *path);
/* All files get their names, or none does, which is said. `done`: "written". */
struct output;
enum status commit_output(struct output *output, const char *done);
/* What a command says when memory runs out. `written`: all names show the new files already; then the status
 * stays the one `so_far`. */
enum status complain_of_memory(bool written, enum status so_far);
/* From here on messages name the program that the target means, OSCam or NCam. */
void complain_of(const struct target *target);

/* command_line.c: reads the words behind the command. False: a message was printed. */
bool read_options(int argc, char **argv, struct request *request);

/* settings.c: reads the settings file `path`, or with NULL the one that is found by itself; then --set, whose
 * words (const char *) are in `assignments`. False: a message was printed. */
bool read_settings(struct request *request, const char *path, const struct list *assignments);

/* Takes what the layers say (each may be NULL), then --set. False: a message was printed; not for layers and
 * words that were taken before. */
bool take_settings(struct request *request, const struct settings_layer *const *layers, unsigned count,
	const struct list *assignments);

/* settings.c: whether what the target means knows every key that is set; else why not. The target may stand
 * behind the keys, so this is asked last. */
bool set_keys_fit_target(const struct request *request, struct buffer *why);

/* request.c: what was asked for, of a finding's code or a file. */
enum severity request_severity(const void *context, enum code code);
bool request_silent(const void *context, enum code code);
struct slice request_message(const void *context, const struct finding *finding);
/* The words of the command line that are no options, with blanks between. */
struct slice request_operands(const struct request *request, struct arena *arena);
/* What a report asks of the request. */
struct report request_report(const struct request *request);
/* Whether its findings are printed: details only with -v. */
bool request_shows(const struct request *request, enum code code);
/* How grave a finding of the ledger is: an error most; of one severity those on a line of which something got
 * lost come first. */
unsigned finding_weight(
	const struct request *request, const struct ledger *ledger, const struct finding *finding);
/* Whether --only leaves this file in. */
bool request_wants(const struct request *request, enum oscam_file file);
/* Something to look at: a loss, or a finding that the user made an error. */
bool has_losses(const struct request *request, const struct ledger *ledger);
/* A finding that the user made an error. */
bool has_raised(const struct request *request, const struct ledger *ledger);

/* print_findings.c: all findings in the order of their places. */
void print_findings_to(FILE *to, const struct request *request, const struct ledger *ledger);
/* The same on standard error. */
void print_findings(const struct request *request, const struct ledger *ledger);
/* request.c: the gravest of the codes that weigh is called for; those of one weight: the first. */
struct gravest {
	enum code code; /* CODE_COUNT: none yet */
	unsigned weight;
};
void weigh(struct gravest *gravest, enum code code, unsigned weight);
/* print_findings.c: what was said already, by code. Findings of a merge name the line of an existing file in
 * front. */
struct heard {
	struct arena *arena;
	struct table table; /* of list */
	struct list list;   /* struct slice: code and words */
	struct gravest gravest;
};
struct heard *heard_new(struct arena *arena);
/* Whether `to` is written in colour. */
bool use_color(const struct request *request, FILE *to);
/* "14 lines: 12 converted ... -> 9 readers ..." on standard error, nothing with -q; in a dry run "-> would
 * be". */
void print_summary(
	const struct request *request, const struct ledger *ledger, const struct model *model, bool dry);

/* check.c: as source_read_raw does, without waiting for a pipe. `flags` of open; *mode: the rights. False
 * with errno, which is 0 where this is no plain file. */
bool read_plain_file(struct source *source, const char *path, int flags, unsigned *mode);

/* locate.c */
/* The folder behind `option`, "" or "--root ", cannot be looked through; `why`: an errno. */
enum status no_root(const char *option, const char *root, int why);
/* For a command that was given no file: the only CCcam.cfg under --root, in the arena. NULL: a message was
 * printed. */
const char *only_cccam_file(const struct request *request, struct arena *arena);

/* Each in the file of its name. */
#define CC2OSCAM_COMMAND(id, name, ...) enum status command_##name(const struct request *request);
#include "commands.def"
#undef CC2OSCAM_COMMAND
/* help.c: the commands, one under the other. */
void print_usage(FILE *to);

#endif
