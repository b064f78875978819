/* The report of one conversion, for programs, people or spreadsheets: every physical line with its fate,
 * findings, groups and files. No password, key or file content is in it. */
#ifndef CC2OSCAM_REPORT_H
#define CC2OSCAM_REPORT_H

#include "cc2oscam/findings.h"
#include "cc2oscam/model.h"
#include "cc2oscam/template.h"

/* How each format starts; the text's first line ends with its title. */
#define REPORT_JSON_START      "{\"version\":1,\"input\":"
#define REPORT_CSV_START       "file,line,fate"
#define REPORT_FLEET_CSV_START "receiver," REPORT_CSV_START
#define REPORT_HTML_START      "<!doctype html>\n<!-- A report of cc2oscam. -->"
#define REPORT_CHECK_CSV_START "file,line,column"
#define REPORT_TITLE           ": from CCcam to OSCam"
#define REPORT_TITLE_NCAM      ": from CCcam to NCam"
#define REPORT_CHECK_TITLE     ": what OSCam makes of it"

struct report_file {
	const char *name;
	uint64_t bytes;
	char sha256[65];
	/* For the HTML report only: its text, and that of the file that it takes the place of; else empty. */
	struct slice text, old;
};

struct report {
	const struct ledger *ledger; /* of a receiver that could not be read: NULL, like the model */
	const struct model *model;
	/* What the user made of each code, and which findings are silent. */
	enum severity (*severity)(const void *context, enum code code);
	bool (*silent)(const void *context, enum code code);
	struct slice (*message)(const void *context, const struct finding *finding);
	const void *context;
	const struct report_file *files;
	size_t file_count;
	const char *templates; /* the folder of the user's templates, or NULL */
	bool redact;           /* labels, which are mostly host names, are masked */
	bool failed;           /* refused: nothing was written */
	bool dry;              /* nothing is written, it is only looked at */
	/* Of a fleet; receiver is NULL for a single conversion: */
	const char *receiver, *input; /* its name, and where its CCcam.cfg is */
	const char
		*outcome; /* what became of its files: "written", "unchanged", "before", "empty", "failed" */
	struct slice error; /* why it failed */
	const char *home;   /* of an HTML page: a link to the page of the fleet, or NULL */
};

enum report_format {
#define CC2OSCAM_REPORT_FORMAT(id, ...) REPORT_##id,
#include "cc2oscam/report_formats.def"
#undef CC2OSCAM_REPORT_FORMAT
	REPORT_FORMAT_COUNT
};

/* How batch writes a format: not at all, as receivers are done, or a page for each. */
enum report_fleet { REPORT_FLEET_NONE, REPORT_FLEET_ROWS, REPORT_FLEET_PAGES };

struct check_report;
struct report_format_row {
	const char *name;
	enum report_fleet fleet;
	const char *starts,
		*ends; /* of earlier reports, divided by |: how they start, and how their first line ends */
	/* The report, with a final line end, to the sink. False with errno. */
	bool (*write)(const struct report *report, const struct sink *sink);
	bool (*write_check)(const struct check_report *report, const struct sink *sink);
};

const struct report_format_row *report_format(enum report_format format);

/* Whether the template of the HTML report, which `folder` (or NULL) may replace, can be used: else *error
 * says why, in the arena. */
bool report_html_template(struct arena *arena, const char *folder, struct template_error *error);
/* What stands before the reports of a fleet's receivers, each of which the format writes. */
struct slice report_fleet_head(enum report_format format);

/* A fleet on one HTML page: a row for each receiver. */
struct fleet_row {
	struct slice name, input, link; /* link: to its own page; empty: it has none */
	const char *outcome;            /* in words */
	bool failed;
	struct slice why; /* why it failed, or which findings stand beside its losses */
	uint32_t lines, lost;
};
struct fleet_code {
	enum code code;
	enum severity severity;
	uint64_t findings, receivers;
};
struct fleet_report {
	const char *templates; /* the folder of the user's templates, or NULL */
	bool ncam;             /* the files are for NCam */
	const char *status;    /* converted, partial or failed */
	struct slice sentence, summary;
	const uint64_t *fates; /* how many lines have each, FATE_COUNT of them */
	struct fleet_code *codes;
	size_t code_count;
	struct list *looks, *others; /* struct fleet_row: receivers that need a look, and the rest */
};

bool fleet_report_html(const struct fleet_report *report, const struct sink *sink);

/* What `check` found, in one run. */
struct check_report {
	struct report how; /* of it severity, silent, message and context count */
	struct slice input;
	const struct ledger *const *ledgers; /* one a file */
	size_t ledger_count;
	const bool *skip; /* CODE_COUNT of them: switched off, as if they were not there; or NULL */
};

/* "5 files: 2 errors, 3 warnings, 1 note". */
void check_summary(const struct check_report *report, struct buffer *text);

/* "14 lines: 12 converted, 1 partial, 1 rejected -> 9 readers, 4 accounts, 2 groups"; in a dry run "-> would
 * be 9 readers". */
void report_summary(const struct ledger *ledger, const struct model *model, bool dry, struct buffer *text);

#endif
