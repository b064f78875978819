/* The model as templates see it, and the names that templates may use, which the README documents. */
#ifndef CC2OSCAM_VIEW_H
#define CC2OSCAM_VIEW_H

#include "cc2oscam/emit.h"

struct view_context {
	const struct emission *emission;
	struct buffer comment; /* the text of a comment that had to be made harmless */
	struct buffer message;
	char number[DECIMAL_ROOM];
	struct finding_list losses;
	struct buffer masked;
	/* Where the last key was found: templates mostly ask for keys in their order. */
	const struct section *section;
	unsigned cursor;
};

extern const struct view_type view_set; /* of a struct emission */

/* What stands in the place of a password, a key or a host under --redact. */
#define VIEW_HIDDEN "********"
/* A value of the section as --redact shows it; it lasts until the next one. */
struct slice view_masked(struct view_context *context, const struct section *section, enum schema_key_id key,
	struct slice text);

/* The names beside OSCam's keys, with _ for -; is_cccam to is_account are in the order of enum section_kind,
 * and the rows and sources of files without sections in one order. */
#define VIEW_NAMES(X)                                                                                        \
	X(readers), X(accounts), X(service_list), X(remarks), X(sections), X(header), X(keys), X(value),     \
		X(is_remark), X(is_cccam), X(is_newcamd), X(is_cs357x), X(is_radegast), X(is_gbox),          \
		X(is_local), X(is_account), X(source), X(line), X(note), X(losses), X(fate), X(message),     \
		X(code), X(dvbapi_rows), X(provid_rows), X(srvid_rows), X(dvbapi_source), X(provid_source),  \
		X(srvid_source), X(kind), X(sid), X(name), X(more_caids), X(skip)

enum view_name {
#define X(name) NAME_##name
	VIEW_NAMES(X),
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
