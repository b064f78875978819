/* What the formats of the report have in common: the sources with their lines, and how lines, sections and
 * groups are named and counted. */
#ifndef CC2OSCAM_REPORT_FACTS_H
#define CC2OSCAM_REPORT_FACTS_H

#include "cc2oscam/report.h"
#include "cc2oscam/table.h"
#include "spool.h"

/* A source of the report with its lines: CCcam.cfg, or a side file. */
struct report_source {
	uint32_t number; /* 0: CCcam.cfg, then come the side files */
	const struct report *report;
	const struct ledger *ledger;
	const struct side_file *side; /* NULL: CCcam.cfg */
};

uint32_t report_source_count(const struct report *report);
struct report_source report_source_at(const struct report *report, uint32_t number);

/* NULL for blank lines, comments and lines that CCcam does not know. */
const char *line_directive(const struct report_source *from, const struct line_record *line);
/* Adds "oscam.server:[reader] host1.example.com", the label masked or not. */
void add_target(const struct report *report, const struct section *section, bool masked, struct buffer *text);
/* Calls `take` with such a text for all that was made of the line, and with nothing that was dropped in the
 * end. Lines of side files make rows, and no section (NULL). */
void line_targets(const struct report_source *from, const struct line_record *line,
	void (*take)(void *context, struct slice target, const struct section *section), void *context);

/* The findings of one line, and what the formats say of many lines in one language. */
void line_findings(
	const struct report_source *from, const struct line_record *line, struct finding_list *list);
/* Calls `look` for each source as a whole, line 0, and for each of its lines; `found` is empty for a line
 * that nothing is said of. */
void report_lines(const struct report *report,
	void (*look)(void *context, const struct report_source *from, uint32_t line,
		const struct finding_list *found),
	void *context);

struct fate_counts {
	uint32_t of[FATE_COUNT];
};
struct fate_counts count_fates(const struct ledger *ledger);
/* What the user made of the code. */
bool is_silent(const struct report *how, const struct finding *finding);
enum severity severity_in(const struct report *how, const struct finding *finding);
/* converted, partial, empty or failed. */
const char *report_status(const struct report *report);

/* The reader's label or the account's user; a masked label is made in `label`. */
enum { MASKED_ROOM = 40 };
struct slice member_name(const struct section *section, bool masked, char label[MASKED_ROOM]);
/* The groups that have a reader; bit n - 1 is group n. */
struct bits groups_with_readers(const struct report *report);
/* The next reader or account from *at on that is in this group, in none where the group is 0; NULL: there is
 * no other. */
const struct section *next_member(const struct list *sections, unsigned group, uint32_t *at);
/* Calls `row` for each group with a reader, by its number, and for "none": the names of its readers, with
 * their protocols if wanted, and of its accounts. */
void report_groups(const struct report *report, bool protocols,
	void (*row)(void *context, const char *group, struct slice readers, struct slice accounts),
	void *context);

/* The formats, each in a file of its name: report_json.c and so on; of a conversion, and of what `check`
 * found. */
#define CC2OSCAM_REPORT_FORMAT(id, name, ...)                                                                \
	bool report_##name(const struct report *report, const struct sink *sink);                            \
	bool check_report_##name(const struct check_report *report, const struct sink *sink);
#include "cc2oscam/report_formats.def"
#undef CC2OSCAM_REPORT_FORMAT
/* How many findings have each severity, SEVERITY_DETAIL .. SEVERITY_ERROR, and how many are silent. */
struct severity_counts {
	unsigned long of[SEVERITY_ERROR + 1];
	unsigned long silent;
};
struct severity_counts count_severities(const struct check_report *report);
/* Calls `put` for each finding that is not silent, in the order of their places; `first`: it is the first one
 * of its file. */
void shown_findings(const struct report *how, const struct ledger *ledger,
	void (*put)(void *context, const struct report *how, const struct finding *finding, bool first),
	void *context);

/* ---- findings that say the same, each once, with the lines that they are about ---- */

/* Lines first to last of one source; both 0: the whole file. */
struct range {
	uint32_t source, first, last;
};

struct topic {
	const char *name;   /* a code, or a directive */
	struct slice text;  /* a hint, or what the code means */
	struct list ranges; /* struct range */
};

struct topics {
	struct arena *arena;
	struct list list; /* struct topic, in the order in which they came up */
	struct table table;
};

void topics_init(struct topics *topics, struct arena *arena);
/* Sources and lines have to come in ascending order; the texts are kept, not copied. */
void topics_add(struct topics *topics, const char *name, struct slice text, uint32_t source, uint32_t line);

/* Hints and notes about all lines. */
struct report_topics {
	struct topics hints;   /* of all findings */
	struct topics notes;   /* findings that do not say why something got lost */
	struct topics dropped; /* directives of dropped lines without a finding */
};

void report_topics_init(struct report_topics *topics, struct arena *arena);
/* Whether the finding says why something got lost. */
bool is_reason(const struct finding *finding);
/* Keeps the hints and notes about a line: a `look` of report_lines. Beside a lost line its reasons are said,
 * or all of its findings (`all`). */
void keep_topics(struct report_topics *topics, const struct report_source *from, uint32_t line,
	const struct finding_list *found, bool all);
/* Adds "line 3", or "lines 3, 5-9; CCcam.prio: line 1". */
void topic_lines(const struct report *report, const struct topic *topic, struct buffer *text);

/* ---- report_page.c: text for people: paragraphs that are wrapped, headings, and rows of two cells ---- */

enum { PAGE_COLUMNS = 100 };

/* Text is put together in `text`, a paragraph at a time, and then laid out. */
struct page {
	struct spool spool;
	struct buffer text;
};

/* Lays `text` out and empties it. The first line is indented by `first`, the others by `rest`; words that do
 * not fit are cut. */
void page_paragraph(struct page *page, unsigned first, unsigned rest);
/* The same, underlined by `line`, with an empty line after it, and before it unless the line is "=". */
void page_heading(struct page *page, char line);
/* Two texts side by side behind a short one: columns 2, 9 and 56. */
void page_row(struct page *page, const char *name, struct slice left, struct slice right);

#endif
