/* What there is to say about an input: findings, and the fate of every physical line.
 * Stages add; only the application prints. No finding ever holds a password or a key. */
#ifndef CC2OSCAM_FINDINGS_H
#define CC2OSCAM_FINDINGS_H

#include "cc2oscam/arena.h"
#include "cc2oscam/codes.h"
#include "cc2oscam/source.h"

/* DETAIL is a note that is shown only in the report and with -v. */
enum severity { SEVERITY_DETAIL, SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

struct code_info {
	const char *name; /* kebab-case, stable */
	enum severity severity;
	const char *meaning; /* what it says about the line */
	const char *way_out; /* the hint */
};

const struct code_info *code_info(enum code code);
/* CODE_COUNT when there is no such code. */
enum code code_by_name(struct slice name);
/* error, warning, note (a detail is a note). */
const char *severity_name(enum severity severity);

struct finding {
	struct place place;
	struct slice message; /* in the user's own words */
	struct slice hint;    /* may be empty */
	enum code code;
	uint32_t previous; /* the finding before this one on the same line: index + 1, or 0 */
};

/* Fates of lines, from harmless to severe. */
enum fate {
	FATE_NONE,
	FATE_IGNORED,
	FATE_DROPPED,
	FATE_CONVERTED,
	FATE_ADJUSTED,
	FATE_PARTIAL,
	FATE_UNSUPPORTED,
	FATE_REJECTED,
	FATE_COUNT
};

const char *fate_name(enum fate fate);
bool fate_is_loss(enum fate fate);

/* A thing made of a line: a struct section of the model, or an entry of a side file that has no sections. It
 * may have become a remark since. */
struct made {
	const void *thing;
	uint32_t next; /* of the same line: index + 1, or 0 */
	uint32_t last; /* of the same line, where this is the first: index + 1 */
};

/* Eight bytes, for a file may be nothing but line ends. */
enum { RECORD_BITS = 27, RECORD_MOST = (1 << RECORD_BITS) - 1, DIRECTIVE_BITS = 127 };

struct line_record {
	uint64_t made : RECORD_BITS;    /* the first thing made of this line: index + 1, or 0 */
	uint64_t finding : RECORD_BITS; /* the last finding of this line: index + 1, or 0 */
	uint64_t fate : 3;
	uint64_t directive : 7; /* index in the table of the language + 1, or 0 for blank lines, comments, the
				   unknown */
};

/* How the words of a finding are put for the program that the files are for; what the user wrote is no part
 * of them. */
typedef const char *ledger_words(struct arena *arena, const char *text);

/* Everything about one source. */
struct ledger {
	struct arena *arena;
	ledger_words *words; /* NULL: they stay */
	const struct source *source;
	struct line_record *lines; /* source->lines of them; line n is lines[n - 1] */
	struct list findings;      /* struct finding */
	struct list made;          /* struct made */
	uint32_t conversion;       /* so many findings are about the input, and those behind them about the
				      result; UINT32_MAX: all are about the input */
};

/* Of how many lines something got lost. */
uint32_t ledger_lost(const struct ledger *ledger);
void ledger_init(struct ledger *ledger, struct arena *arena, const struct source *source);
struct line_record *ledger_line(struct ledger *ledger, uint32_t number);
/* The fate of one statement of the line. A line of several statements gets the worst of them, but partial
 * when some are carried over and others are not. */
void ledger_fate(struct ledger *ledger, uint32_t number, enum fate fate);
/* Whether a statement on any line was understood, whatever became of it. */
bool ledger_understood(const struct ledger *ledger);
/* Makes the line's fate at least as bad as `fate`. */
void ledger_raise(struct ledger *ledger, uint32_t number, enum fate fate);
/* Says that the thing, which keeps its place in memory, was made of the line. */
void ledger_made(struct ledger *ledger, uint32_t number, const void *thing);
/* The message, or the code's meaning where the message may quote a host or any word of the user's. */
struct slice finding_redacted(const struct finding *finding);
/* All findings in the order of their places, in the arena; ledger->findings.count of them. */
const struct finding **ledger_sorted(const struct ledger *ledger);
/* The findings of one line in the order in which they were made. The room is used again for the next line;
 * free(list.at) in the end. */
struct finding_list {
	const struct finding **at;
	size_t count, room;
};
void finding_list_add(struct finding_list *list, const struct finding *finding);
/* Adds those of the line that are among the first `most` findings. */
void ledger_line_findings(const struct ledger *ledger, const struct line_record *line, uint32_t most,
	struct finding_list *list);
/* The text as the ledger puts it. */
const char *ledger_put(const struct ledger *ledger, const char *text);
/* Adds a finding with this message, which is kept; the hint is the code's own. */
struct finding *ledger_say(struct ledger *ledger, enum code code, struct place place, struct slice message);
/* The same; the message is formatted into the arena. What stands in the format behind a line feed, unless
 * that comes to nothing, is the hint in the place of the code's own: "the port is missing\nWrite a port." */
struct finding *ledger_find(struct ledger *ledger, enum code code, struct place place, const char *format,
	...) __attribute__((format(printf, 4, 5)));
/* Another hint for the finding that was made last. */
void ledger_hint(struct ledger *ledger, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct finding *ledger_vfind(struct ledger *ledger, enum code code, struct place place, const char *format,
	va_list args) __attribute__((format(printf, 4, 0)));

#endif
