/* What the compiler of templates hands to the renderer: each template as one flat array of operations. Every
 * operation knows the place in the template that it came from. */
#ifndef CC2OSCAM_TEMPLATE_INTERNAL_H
#define CC2OSCAM_TEMPLATE_INTERNAL_H

#include "cc2oscam/template.h"

enum op_kind {
	OP_LITERAL,
	OP_VARIABLE,
	OP_SECTION,
	OP_INVERTED,
	OP_END,  /* of a section */
	OP_JOIN, /* end of an inverted section */
	OP_PARTIAL,
	OP_RETURN /* end of the template */
};

/* The number of {{.}}. */
enum { NAME_SELF = -2 };

struct op {
	enum op_kind kind;
	bool starts_line; /* the indentation of a partial goes before it */
	bool standalone;  /* OP_PARTIAL: the partial's text is indented */
	int name;
	/* OP_SECTION and OP_INVERTED: the operation behind the section. OP_END: the first one inside. */
	uint32_t target;
	unsigned line, column;
	struct slice text; /* of a literal, indentation of a partial, name of a section */
	struct template *partial;
};

enum visit { VISIT_NEW, VISIT_OPEN, VISIT_DONE };

struct template
{
	const char *name;
	struct slice text;
	struct op *ops;
	uint32_t op_count;
	enum visit visit;
};

struct template_set {
	struct arena *arena;
	template_names names;
	struct list templates;
	size_t sections; /* of all templates: they cannot nest deeper, for none includes itself */
	bool compiled;
};

/* NULL: there is none of that name. */
struct template *template_find(const struct template_set *set, struct slice name);

/* False: *error says where and why. */
bool template_compile(struct template_set *set, struct template *template, struct template_error *error);

/* template_replay.c: items of a list that are written alike but for some texts of their own. */
struct replay;

/* For one list; replay_free afterwards, which takes NULL too. */
struct replay *replay_new(const struct view_pattern *pattern, void *context);
void replay_free(struct replay *replay);
/* True: the item was written, piece by piece to `put`. False: the template has to run for it, and all that it
 * writes goes to replay_note as well. */
bool replay_item(struct replay *replay, const void *item, void put(void *out, struct slice text), void *out);
void replay_note(struct replay *replay, struct slice text);
/* What is being noted hangs on more than the item. */
void replay_refuse(struct replay *replay);

#endif
