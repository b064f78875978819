/* The model as templates see it, and the names that templates may use, which the README documents. */
#ifndef CC2OSCAM_VIEW_H
#define CC2OSCAM_VIEW_H

#include "cc2oscam/emit.h"

struct view_context {
	const struct emission *emission;
	struct buffer comment; /* the text of a comment that had to be made harmless */
	struct buffer message;
	char number[24];
	struct finding_list losses;
	struct buffer masked;
	/* Where the last key was found: templates mostly ask for keys in their order. */
	const struct section *section;
	unsigned cursor;
};

extern const struct view_type view_set;      /* of a struct emission */
extern const struct view_pattern view_alike; /* of a struct section */

/* The number in decimal; it lasts until the next one. */
struct slice view_number(struct view_context *context, uint32_t number);

/* What stands in the place of a password, a key or a host under --redact. */
#define VIEW_HIDDEN "********"
/* A value of the section as --redact shows it; it lasts until the next one. */
struct slice view_masked(struct view_context *context, const struct section *section, enum schema_key_id key,
	struct slice text);

/* X(id, name): the names beside OSCam's keys. IS_CCCAM to IS_ACCOUNT are in the order of enum section_kind.
 */
#define VIEW_NAMES(X)                                                                                        \
	X(READERS, "readers")                                                                                \
	X(ACCOUNTS, "accounts")                                                                              \
	X(SERVICES, "service-list")                                                                          \
	X(REMARKS, "remarks")                                                                                \
	X(SECTIONS, "sections")                                                                              \
	X(HEADER, "header")                                                                                  \
	X(KEYS, "keys")                                                                                      \
	X(VALUE, "value")                                                                                    \
	X(IS_REMARK, "is-remark")                                                                            \
	X(IS_CCCAM, "is-cccam")                                                                              \
	X(IS_NEWCAMD, "is-newcamd")                                                                          \
	X(IS_CS357X, "is-cs357x")                                                                            \
	X(IS_RADEGAST, "is-radegast")                                                                        \
	X(IS_GBOX, "is-gbox")                                                                                \
	X(IS_LOCAL, "is-local")                                                                              \
	X(IS_ACCOUNT, "is-account")                                                                          \
	X(SOURCE, "source")                                                                                  \
	X(LINE, "line")                                                                                      \
	X(NOTE, "note")                                                                                      \
	X(LOSSES, "losses")                                                                                  \
	X(FATE, "fate")                                                                                      \
	X(MESSAGE, "message")                                                                                \
	X(CODE, "code")                                                                                      \
	X(DVBAPI_ROWS, "dvbapi-rows")                                                                        \
	X(PROVID_ROWS, "provid-rows")                                                                        \
	X(SRVID_ROWS, "srvid-rows")                                                                          \
	X(DVBAPI_SOURCE, "dvbapi-source")                                                                    \
	X(PROVID_SOURCE, "provid-source")                                                                    \
	X(SRVID_SOURCE, "srvid-source")                                                                      \
	X(KIND, "kind")                                                                                      \
	X(SID, "sid")                                                                                        \
	X(NAME, "name")                                                                                      \
	X(MORE_CAIDS, "more-caids")

enum view_name {
#define X(id, name) NAME_##id,
	VIEW_NAMES(X)
#undef X
		NAME_COUNT
};

/* Behind the names of the table: sections of oscam.conf, then keys. A key name that several sections have is
 * numbered in the first of them, readers before all others. */
enum { FIRST_SECTION = NAME_COUNT, FIRST_KEY = FIRST_SECTION + SECTION_COUNT };

/* The kind that a name of the form "is-..." asks for; KIND_REMARK: another name. */
enum section_kind kind_asked(int name);

int view_names(struct slice name);

/* For template_walk: whether a key is written in sections of one kind. */
struct view_search {
	enum section_kind kind;
	enum schema_section section;
	int name; /* of the key: view_names */
	bool found;
};
bool view_search(void *search, int name, bool opens);

void view_context_free(struct view_context *context);

#endif
