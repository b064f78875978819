/* The model as templates see it. The names that templates may use are listed in view_names.h and documented
 * in the README. */
#ifndef CC2OSCAM_VIEW_H
#define CC2OSCAM_VIEW_H

#include "cc2oscam/emit.h"

struct view_context {
	const struct emission *emission;
	struct buffer comment; /* the text of a comment that had to be made harmless */
	struct buffer message;
	char number[24];
	const struct finding **losses;
	size_t losses_room;
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
