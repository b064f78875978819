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
	/* OP_SECTION and OP_INVERTED: the operation behind the section. OP_END: the first one inside.
	 * OP_LITERAL: the first of its pieces. */
	uint32_t target;
	unsigned line, column;
	struct slice text; /* of a literal, indentation of a partial, name of a section */
	struct template *partial;
};

/* A literal may come from several places, with comments between them. */
struct piece {
	size_t offset; /* in the literal */
	struct slice text;
	unsigned line, column;
};

enum visit { VISIT_NEW, VISIT_OPEN, VISIT_DONE };

struct template
{
	const char *name;
	struct slice text;
	struct op *ops;
	struct piece *pieces;
	uint32_t op_count, piece_count;
	enum visit visit;
	size_t levels; /* how deep sections nest, those of partials included */
	size_t calls;  /* how deep partials nest */
};

struct template_set {
	struct arena *arena;
	template_names names;
	struct list templates;
	bool compiled;
};

/* NULL: there is none of that name. */
struct template *template_find(const struct template_set *set, struct slice name);

/* False: *error says where and why. */
bool template_compile(struct template_set *set, struct template *template, struct template_error *error);

#endif
