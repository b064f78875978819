/* Mustache templates: compiled once, rendered many times. Variables, sections, inverted sections, comments,
 * partials and the rules for standalone tags are those of the public specification; there is no escaping, and
 * a name that the data cannot have is an error of the template. Knows nothing of OSCam. */
#ifndef CC2OSCAM_TEMPLATE_H
#define CC2OSCAM_TEMPLATE_H

#include "cc2oscam/arena.h"
#include "cc2oscam/text.h"

/* What a name stands for at some place of the data. A variable writes the text of VIEW_TEXT, and nothing for
 * the other kinds. {{.}} is the text of the innermost section; in the section of an object it is just true.
 */
enum view_kind {
	VIEW_NOTHING, /* not set: empty text, false section; the name is then looked up in the outer object */
	VIEW_FALSE,   /* false, and not looked up further out */
	VIEW_TRUE,
	VIEW_TEXT, /* text; as a section it is true unless empty, and {{.}} is the text */
	VIEW_LIST  /* objects; the section is rendered for each */
};

struct view_type;
struct view_value {
	enum view_kind kind;
	union {
		struct slice text; /* VIEW_TEXT */
		struct {
			const void *list; /* VIEW_LIST */
			size_t count;
		};
	};
	const struct view_type *type; /* of the list's items; NULL: an array of struct slice */
};

/* How templates look into objects of one kind. */
struct view_type {
	/* The value of the name with this number. A text has to stay until the next call only, a
	 * list while its section is rendered. */
	struct view_value (*get)(const void *object, int name, void *context);
	/* Item `index` of a list whose items are of this type; called when the list is not empty. */
	const void *(*item)(const void *list, size_t index, void *context);
	/* NULL, or how items of a list are rendered that are written alike but for some texts of their own:
	 * the template runs for few of them, and the others get the same text with theirs in it. The items
	 * stay while the list is rendered. */
	const struct view_pattern *pattern;
};

struct view_pattern {
	/* Whether templates write the two items alike but for their own texts, none of which is empty. */
	bool (*alike)(const void *a, const void *b, void *context);
	/* The number of the item's own text that this one is, from 0 on; PART_SHARED: none; PART_UNCLEAR: it
	 * may be several. */
	int (*part)(const void *item, struct slice text, void *context);
	struct slice (*part_text)(const void *item, int part, void *context);
};

enum { PART_SHARED = -1, PART_UNCLEAR = -2 };

/* Gives every name that templates may use a number >= 0; -1: there is no such name. */
typedef int (*template_names)(struct slice name);
/* Its place among the identifiers, which have _ where the name has -; or -1. */
int template_name_number(struct slice name, const char *const *identifiers, int count);

struct template_place {
	const char *name; /* the template's, without folder and ending */
	unsigned line, column;
};

struct template_error {
	struct template_place place;
	struct slice message; /* in the arena */
};

struct template_set;

/* An empty set. Everything lives in the arena; `names` says which names there are. */
struct template_set *template_set_new(struct arena *arena, template_names names);
/* Adds or replaces the text of a template; the text must live as long as the set. */
void template_set_add(struct template_set *set, const char *name, struct slice text);
/* Compiles all; partials may refer to each other but not recurse. False: *error says where and why. */
bool template_set_compile(struct template_set *set, struct template_error *error);
/* The name of the template with this number, from 0 on; NULL behind the last. */
const char *template_set_name(const struct template_set *set, uint32_t number);
/* Whether some template of the compiled set includes this one. */
bool template_set_includes(const struct template_set *set, const char *name);

/* Renders `name` over one object into the sink, in pieces of some 64 KiB. False with errno when the sink
 * failed, or (EINVAL) when there is no such template or the set is not compiled. `context` is handed to the
 * view functions. Without a type the object is a struct slice. */
bool template_render(const struct template_set *set, const char *name, const struct view_type *type,
	const void *object, void *context, const struct sink *sink);

/* Calls `visit` for each variable and each section that rendering `name` may come to, partials included, in
 * their order; `opens`: a section, which is gone into only when `visit` returns true. */
void template_walk(const struct template_set *set, const char *name,
	bool (*visit)(void *context, int name, bool opens), void *context);

/* Whether a line that starts with this word stands in the template `name` or in its partials as it is. */
bool template_writes_line(const struct template_set *set, const char *name, struct slice word);

/* Which place of which template wrote line `line` (from 1) of the rendered text: renders again, counting.
 * Line 0: the text has no such line. */
struct template_place template_locate(const struct template_set *set, const char *name,
	const struct view_type *type, const void *object, void *context, uint64_t line);

#endif
