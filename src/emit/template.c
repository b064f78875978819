/* Sets of templates: they are gathered by name, compiled together, and checked for partials that recurse. */
#include "template_internal.h"

static void raise_to(size_t *most, size_t value)
{
	if (*most < value)
		*most = value;
}

static bool measure(struct template_set *set, struct template *template, struct template_error *error);

/* `inside`: how many sections are open at the partial. */
static bool measure_partial(struct template_set *set, struct template *template, const struct op *op,
	size_t inside, struct template_error *error)
{
	struct template *partial = op->partial;

	if (partial->visit == VISIT_OPEN) {
		error->place = (struct template_place){template->name, op->line, op->column};
		error->message = arena_format(set->arena, "partial \"%s\" includes itself", partial->name);
		return false;
	}
	if (partial->visit == VISIT_NEW && !measure(set, partial, error))
		return false;
	raise_to(&template->levels, inside + partial->levels);
	raise_to(&template->calls, 1 + partial->calls);
	return true;
}

/* Finds how much stack the renderer needs, and templates that include themselves. */
static bool measure(struct template_set *set, struct template *template, struct template_error *error)
{
	size_t inside = 0;

	template->visit = VISIT_OPEN;
	for (uint32_t i = 0; i < template->op_count; i++) {
		const struct op *op = &template->ops[i];
		if (op->kind == OP_SECTION)
			raise_to(&template->levels, ++inside);
		else if (op->kind == OP_END)
			inside--;
		else if (op->kind == OP_PARTIAL && !measure_partial(set, template, op, inside, error))
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
	for (uint32_t i = 0; i < set->templates.count; i++) {
		struct template *template = list_at(&set->templates, i);
		if (template->visit == VISIT_NEW && !measure(set, template, error))
			return false;
	}
	set->compiled = true;
	return true;
}

bool template_set_has(const struct template_set *set, const char *name)
{
	return template_find(set, slice_of(name)) != NULL;
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
