/* Findings that say the same, each once, with the lines that they are about. */
#ifndef CC2OSCAM_REPORT_TOPICS_H
#define CC2OSCAM_REPORT_TOPICS_H

#include "cc2oscam/table.h"
#include "report_facts.h"

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

/* What there is to say about all lines. */
struct report_topics {
	struct topics hints;   /* of all findings */
	struct topics notes;   /* findings that do not say why something got lost */
	struct topics dropped; /* directives of dropped lines without a finding */
};

void report_topics_init(struct report_topics *topics, struct arena *arena);
/* Whether the finding says why something got lost. */
bool is_reason(const struct finding *finding);
/* Keeps what there is to say about a line: a look of report_lines. Beside a lost line its reasons are said,
 * or all of its findings (`all`). */
void keep_topics(struct report_topics *topics, const struct report_source *from, uint32_t line,
	const struct finding_list *found, bool all);
/* Adds "line 3", or "lines 3, 5-9; CCcam.prio: line 1". */
void topic_lines(const struct report *report, const struct topic *topic, struct buffer *text);

#endif
