/* The files beside CCcam.cfg that its options name: CCcam.prio, CCcam.providers, CCcam.channelinfo and
 * newcamd.conf. One parser each, from text to entries; they know nothing of OSCam and open no file. */
#ifndef CC2OSCAM_SIDEFILES_H
#define CC2OSCAM_SIDEFILES_H

#include "cc2oscam/cccam.h"

enum side_kind { SIDE_PRIO, SIDE_PROVIDERS, SIDE_CHANNELINFO, SIDE_NEWCAMD, SIDE_KINDS };

/* One card of an I: or P: line of CCcam.prio. */
struct prio_item {
	uint32_t ident, line, column;
	uint16_t caid, sid;
	bool has_ident, has_sid; /* an ident of 0, which means all, counts as none */
	char kind;               /* 'I' or 'P' */
};

/* A name of CCcam.providers (sid 0) or CCcam.channelinfo. */
struct side_name {
	struct slice name; /* without its quotation marks; not empty */
	uint32_t ident, line;
	uint16_t caid, sid;
};

/* A CWS line of newcamd.conf: an N line for each port from statement.port to last_port. */
struct side_server {
	struct statement statement; /* as of an N line with one hop */
	uint16_t last_port;
};

/* All of them read the ledger's source from its first line to its last, add what they find to `entries` (a
 * list of the struct above), and give every line its fate, but that of lines of parse_newcamd with an entry:
 * those are the translation's. Of two names for the same thing the first stays; the target of the other line
 * is its number in `entries`, plus 1. */
void parse_prio(struct ledger *ledger, struct list *entries);
void parse_providers(struct ledger *ledger, struct list *entries);
void parse_channelinfo(struct ledger *ledger, struct list *entries);
void parse_newcamd(struct ledger *ledger, struct list *entries);

/* What stands in line_record.directive for lines of these files, plus 1. */
enum side_directive { SIDE_NAME, SIDE_IGNORE, SIDE_PREFER, SIDE_CWS, SIDE_CWS_MULTIPLE, SIDE_SETTING };

/* side_lines.c: what can stand in them, a row each. */
struct side_line {
	enum side_directive directive;
	const char *name;         /* as a report names it: "P", "CWS_MULTIPLE" */
	const char *others;       /* of settings: their own names, with | between */
	enum directive_id option; /* that names the file */
	const char *file;         /* what it is called */
	const char *syntax, *mapping, *example;
};

enum { SIDE_LINES = 7 };
extern const struct side_line side_lines[SIDE_LINES];

/* The first of its rows. */
const struct side_line *side_line_of(enum side_directive directive);
/* Whether it is called so, by its name or one of the others; without regard to case. */
bool side_line_has(const struct side_line *line, struct slice name);

#endif
