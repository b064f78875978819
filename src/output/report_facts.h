/* What the formats of the report have in common: the sources with their lines, and how lines, sections and
 * groups are named and counted. */
#ifndef CC2OSCAM_REPORT_FACTS_H
#define CC2OSCAM_REPORT_FACTS_H

#include "cc2oscam/report.h"
#include "spool.h"

/* One source with its lines: CCcam.cfg, or a side file. */
struct told {
	const struct report *report;
	const struct ledger *ledger;
	const struct side_file *side; /* NULL: CCcam.cfg */
};

/* Number 0 is CCcam.cfg, then come the side files. */
uint32_t told_count(const struct report *report);
struct told told_at(const struct report *report, uint32_t number);

/* NULL for blank lines, comments and lines that CCcam does not know. */
const char *told_directive(const struct told *told, const struct line_record *line);
/* Calls `take` with "oscam.server:[reader] host1.example.com" and so on for all that was made of the line,
 * and with nothing that was dropped in the end. */
void told_targets(const struct told *told, const struct line_record *line,
	void (*take)(void *context, struct slice target), void *context);

/* The findings of one line in the order in which they were made. The room is used again for the next line;
 * free(list.at) in the end. */
struct finding_list {
	const struct finding **at;
	size_t count, room;
};
void told_findings(const struct told *told, const struct line_record *line, struct finding_list *list);

struct fate_counts {
	uint32_t of[FATE_COUNT];
};
struct fate_counts count_fates(const struct ledger *ledger);
/* converted, partial or failed. */
/* What the user made of the code. */
bool is_silent(const struct report *how, const struct finding *finding);
enum severity severity_in(const struct report *how, const struct finding *finding);
const char *report_status(const struct report *report);

/* The reader's label or the account's user; a masked label is made in the buffer. */
struct slice member_name(const struct report *report, const struct section *section, struct buffer *label);
/* The groups that have a reader; bit n - 1 is group n. */
struct bits groups_with_readers(const struct report *report);
/* Whether the reader or account is in this group; group 0: whether it is in none. */
bool is_member(const struct section *section, unsigned group);

/* The formats, each in a file of its name: report_json.c and so on; of a conversion, and of what `check`
 * found. */
#define CC2OSCAM_REPORT_FORMAT(id, name, ...)                                                                \
	int report_##name(const struct report *report, const struct sink *sink);                             \
	int check_report_##name(const struct check_report *report, const struct sink *sink);
#include "cc2oscam/report_formats.def"
#undef CC2OSCAM_REPORT_FORMAT
/* How many findings have each severity, SEVERITY_DETAIL .. SEVERITY_ERROR, and how many are silent. */
struct severity_counts {
	unsigned long of[SEVERITY_ERROR + 1];
	unsigned long silent;
};
struct severity_counts count_severities(const struct check_report *report);

#endif
