/* Sets of templates: they are gathered by name, compiled together, and checked for partials that recurse. */
#include "template_internal.h"

#include <string.h>

/* Finds templates that include themselves, and counts the sections of all. */
static bool search(struct template_set *set, struct template *template, struct template_error *error)
{
	template->visit = VISIT_OPEN;
	for (uint32_t i = 0; i < template->op_count; i++) {
		const struct op *op = &template->ops[i];
		set->sections += op->kind == OP_SECTION;
		if (op->kind != OP_PARTIAL || op->partial->visit == VISIT_DONE)
			continue;
		if (op->partial->visit == VISIT_OPEN) {
			error->place = (struct template_place){template->name, op->line, op->column};
			error->message = arena_format(
				set->arena, "the template \"%s\" includes itself", op->partial->name);
			return false;
		}
		if (!search(set, op->partial, error))
			return false;
	}
	template->visit = VISIT_DONE;
	return true;
}

int template_name_number(struct slice name, const char *const *identifiers, int count)
{
	for (int i = 0; i < count; i++) {
		const char *at = identifiers[i];
		size_t len = 0;
		while (len < name.len && at[len] && name.at[len] == (at[len] == '_' ? '-' : at[len]))
			len++;
		if (len == name.len && !at[len])
			return i;
	}
	return -1;
}

struct template *template_find(const struct template_set *set, struct slice name)
{
	for (uint32_t i = 0; i < set->templates.count; i++) {
		struct template *template = list_at(&set->templates, i);
		if (slice_equal(slice_of(template->name), name))
			return template;
	}
	return NULL;
}

struct template_set *template_set_new(struct arena *arena, template_names names)
{
	struct template_set *set = arena_zero(arena, sizeof *set);

	set->arena = arena;
	set->names = names;
	list_init(&set->templates, arena, sizeof(struct template));
	return set;
}

void template_set_add(struct template_set *set, const char *name, struct slice text)
{
	struct template *template = template_find(set, slice_of(name));

	if (!template) {
		template = list_add(&set->templates);
		template->name = arena_copy(set->arena, slice_of(name)).at;
	}
	template->text = text;
	set->compiled = false;
}

bool template_set_compile(struct template_set *set, struct template_error *error)
{
	const struct template *before = NULL;

	for (uint32_t i = 0; i < set->templates.count; i++) {
		struct template *template = list_at(&set->templates, i);
		if (before && before->text.at == template->text.at) /* the same text: only the name differs */
			*template = (struct template){.name = template->name,
				.text = before->text,
				.ops = before->ops,
				.op_count = before->op_count};
		else if (!template_compile(set, template, error))
			return false;
		before = template;
	}
	set->sections = 0;
	for (uint32_t i = 0; i < set->templates.count; i++) {
		struct template *template = list_at(&set->templates, i);
		if (template->visit == VISIT_NEW && !search(set, template, error))
			return false;
	}
	set->compiled = true;
	return true;
}

const char *template_set_name(const struct template_set *set, uint32_t number)
{
	if (number >= set->templates.count)
		return NULL;
	return ((const struct template *)list_at(&set->templates, number))->name;
}

bool template_set_includes(const struct template_set *set, const char *name)
{
	for (uint32_t i = 0; i < set->templates.count; i++) {
		const struct template *template = list_at(&set->templates, i);
		for (uint32_t k = 0; k < template->op_count; k++)
			if (template->ops[k].kind == OP_PARTIAL &&
				strcmp(template->ops[k].partial->name, name) == 0)
				return true;
	}
	return false;
}

/* The stack is as deep as partials nest, and they do not recurse. */
static void walk(
	const struct template *template, bool (*visit)(void *context, int name, bool opens), void *context)
{
	for (uint32_t i = 0; i < template->op_count; i++) {
		const struct op *op = &template->ops[i];
		if (op->kind == OP_VARIABLE)
			(void)visit(context, op->name, false);
		else if (op->kind == OP_SECTION && !visit(context, op->name, true))
			i = op->target - 1;
		else if (op->kind == OP_PARTIAL)
			walk(op->partial, visit, context);
	}
}

void template_walk(const struct template_set *set, const char *name,
	bool (*visit)(void *context, int name, bool opens), void *context)
{
	const struct template *template = template_find(set, slice_of(name));

	if (template)
		walk(template, visit, context);
}

static bool has_line(struct slice text, bool starts, struct slice word)
{
	for (struct slice line; text.at; starts = true) {
		line = slice_cut(&text, '\n');
		if (starts && slice_starts(line, word) &&
			(line.len == word.len || line.at[word.len] == ' ' || line.at[word.len] == '='))
			return true;
	}
	return false;
}

static bool writes_line(const struct template *template, struct slice word)
{
	for (uint32_t i = 0; i < template->op_count; i++) {
		const struct op *op = &template->ops[i];
		if ((op->kind == OP_LITERAL && has_line(op->text, op->starts_line, word)) ||
			(op->kind == OP_PARTIAL && writes_line(op->partial, word)))
			return true;
	}
	return false;
}

bool template_writes_line(const struct template_set *set, const char *name, struct slice word)
{
	const struct template *template = template_find(set, slice_of(name));

	return template && writes_line(template, word);
}
