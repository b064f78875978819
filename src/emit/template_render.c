/* Runs compiled templates over objects. Text goes through one buffer, names are numbers, and the stacks are
 * as deep as templates can nest, so that nothing is allocated while it runs. */
#include "template_internal.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFER_SIZE = 64 * 1024 };

/* One open section, or the object that the whole is rendered over. */
struct level {
	const struct level *object; /* the innermost level that holds an object: this one or one outside */
	const struct level *outer;  /* the next such level outside of an object's */
	const struct view_type *type;
	const void *item;
	int self_name; /* {{.}} is what this name stands for, or with NAME_SELF: */
	struct view_value self;

	const void *list;
	size_t index, count;
};

/* One template that is being rendered. */
struct call {
	const struct template *template;
	const struct op *back; /* where its caller goes on */
	struct slice indent;
	const struct call
		*first; /* the indentations of this call and of those outside, up to this one, count */
	bool indented;  /* any of them is not empty */
};

/* The line whose origin is wanted. */
struct search {
	uint64_t wanted, line;
	const struct template *template; /* NULL: not found yet */
	const struct op *op;
	size_t offset; /* in the literal */
};

struct render {
	const struct op *op;
	struct level *level;
	struct call *call;
	char *buffer;
	size_t used, room;
	bool stopped; /* the sink failed, or the line was found */
	const struct sink *sink;
	void *context;
	struct search *search; /* only to locate a line; then there is no buffer */
	size_t literal_done;   /* bytes of an indented literal that are already written */
	struct replay *replay; /* of a list whose items are written alike, while it is rendered; or NULL */
	const struct level *replayed; /* that list's */
};

/* Counts the lines of `text`; a line starts with the byte behind a newline, which may come later. */
static void search_text(struct render *r, const char *text, size_t len)
{
	struct search *search = r->search;

	for (size_t i = 0; i < len && !r->stopped; i++) {
		if (search->line == search->wanted) {
			search->template = r->call->template;
			search->op = r->op;
			search->offset = r->literal_done + i;
			r->stopped = true;
		}
		if (text[i] == '\n')
			search->line++;
	}
}

static void flush(struct render *r)
{
	if (r->used > 0 && !r->stopped)
		r->stopped = !r->sink->write(r->sink->context, r->buffer, r->used);
	r->used = 0;
}

static void put_large(struct render *r, const char *text, size_t len)
{
	if (r->search) {
		search_text(r, text, len);
		return;
	}
	flush(r);
	if (len <= r->room) {
		memcpy(r->buffer, text, len);
		r->used = len;
	} else if (!r->stopped) {
		r->stopped = !r->sink->write(r->sink->context, text, len);
	}
}

static inline void put_text(struct render *r, struct slice text)
{
	if (text.len > r->room - r->used) {
		put_large(r, text.at, text.len);
		return;
	}
	memcpy(r->buffer + r->used, text.at, text.len);
	r->used += text.len;
}

static inline void put(struct render *r, struct slice text)
{
	if (text.len == 0)
		return;
	if (r->replay)
		replay_note(r->replay, text);
	put_text(r, text);
}

static void put_indent(struct render *r)
{
	for (const struct call *call = r->call->first; call <= r->call; call++)
		put(r, call->indent);
}

/* The indentation of the first line was written before, when there was one. */
static void put_indented(struct render *r, struct slice text)
{
	for (size_t done = 0, len; done < text.len; done += len) {
		const char *at = text.at + done;
		const char *newline = memchr(at, '\n', text.len - done);
		len = newline ? (size_t)(newline - at) + 1 : text.len - done;
		r->literal_done = done;
		if (done > 0)
			put_indent(r);
		put(r, (struct slice){at, len});
	}
	r->literal_done = 0;
}

/* The innermost object that knows the name has it. */
static inline struct view_value look_up(const struct render *r, int name)
{
	struct view_value value = {.kind = VIEW_NOTHING};

	if (name == NAME_SELF)
		name = r->level->self_name;
	if (name == NAME_SELF)
		return r->level->self;
	for (const struct level *level = r->level->object; level; level = level->outer) {
		value = level->type->get(level->item, name, r->context);
		if (value.kind != VIEW_NOTHING)
			break;
	}
	return value;
}

static bool is_true(const struct view_value *value)
{
	return value->kind == VIEW_TRUE || (value->kind == VIEW_TEXT && value->text.len > 0) ||
	       (value->kind == VIEW_LIST && value->count > 0);
}

/* Makes the level hold an object or, without a type, a text; `below` is the level outside. */
static void hold(
	struct level *level, const struct level *below, const struct view_type *type, const void *item)
{
	level->type = type;
	level->item = item;
	level->outer = below ? below->object : NULL;
	level->self_name = NAME_SELF;
	level->object = type ? level : level->outer;
	level->self.kind = type ? VIEW_TRUE : VIEW_TEXT;
	if (!type)
		level->self.text = *(const struct slice *)item;
}

static void hold_item(const struct render *r, struct level *level)
{
	const struct view_type *type = level->type;

	if (type)
		hold(level, level - 1, type, type->item(level->list, level->index, r->context));
	else
		hold(level, level - 1, NULL, (const struct slice *)level->list + level->index);
}

/* With a name {{.}} is that name's text, else what it was outside. The text itself is not kept, as an object
 * may make it for one use. */
static void hold_name(struct level *level, int name)
{
	level->object = level[-1].object;
	level->self_name = level[-1].self_name;
	level->self = level[-1].self;
	if (name != NAME_SELF)
		level->self_name = name;
}

static void put_replayed(void *render, struct slice text)
{
	if (text.len > 0)
		put_text(render, text);
}

/* A list within a list is written item by item; the texts of such items may be those of the item outside. */
static void start_replay(struct render *r, const struct level *level)
{
	if (r->search || !level->type || !level->type->pattern)
		return;
	if (r->replay) {
		replay_refuse(r->replay);
	} else if (level->count > 1) {
		r->replay = replay_new(level->type->pattern, r->context);
		r->replayed = level;
		(void)replay_item(r->replay, level->item, put_replayed, r);
	}
}

static void end_replay(struct render *r)
{
	replay_free(r->replay);
	r->replay = NULL;
	r->replayed = NULL;
}

static const struct op *begin_section(struct render *r, const struct op *op)
{
	struct view_value value = look_up(r, op->name);

	if (!is_true(&value))
		return r->call->template->ops + op->target;

	struct level *level = ++r->level;
	level->index = 0;
	level->count = 1;
	if (value.kind == VIEW_LIST) {
		level->list = value.list;
		level->count = value.count;
		level->type = value.type;
		hold_item(r, level);
		start_replay(r, level);
	} else {
		hold_name(level, value.kind == VIEW_TEXT ? op->name : NAME_SELF);
	}
	return op + 1;
}

/* The next item for which the template has to run. */
static bool next_in_level(struct render *r, struct level *level)
{
	while (++level->index < level->count && !r->stopped) {
		if (!level->type) {
			level->self.text = ((const struct slice *)level->list)[level->index];
			return true;
		}
		level->item = level->type->item(level->list, level->index, r->context);
		if (r->replayed != level || !replay_item(r->replay, level->item, put_replayed, r))
			return true;
	}
	return false;
}

static const struct op *end_section(struct render *r, const struct op *op)
{
	if (next_in_level(r, r->level))
		return r->call->template->ops + op->target;
	if (r->replayed == r->level)
		end_replay(r);
	r->level--;
	return op + 1;
}

static const struct op *skip_or_enter(const struct render *r, const struct op *op)
{
	struct view_value value = look_up(r, op->name);

	return is_true(&value) ? r->call->template->ops + op->target : op + 1;
}

static const struct op *begin_partial(struct render *r, const struct op *op)
{
	const struct call *caller = r->call;
	struct call *call = ++r->call;

	call->template = op->partial;
	call->back = op + 1;
	call->indent = op->text;
	call->first = op->standalone ? caller->first : call;
	call->indented = op->text.len > 0 || (op->standalone && caller->indented);
	return call->template->ops;
}

/* NULL: the whole is done. */
static const struct op *end_template(struct render *r)
{
	const struct op *back = r->call->back;

	if (back)
		r->call--;
	return back;
}

static void put_variable(struct render *r, int name)
{
	struct view_value value = look_up(r, name);

	if (value.kind == VIEW_TEXT)
		put(r, value.text);
}

/* One operation; the one to go on with. */
static inline const struct op *step(struct render *r, const struct op *op)
{
	switch (op->kind) {
	case OP_LITERAL:
		if (r->call->indented)
			put_indented(r, op->text);
		else
			put(r, op->text);
		return op + 1;
	case OP_VARIABLE:
		put_variable(r, op->name);
		return op + 1;
	case OP_SECTION:
		return begin_section(r, op);
	case OP_INVERTED:
		return skip_or_enter(r, op);
	case OP_END:
		return end_section(r, op);
	case OP_JOIN:
		return op + 1;
	case OP_PARTIAL:
		return begin_partial(r, op);
	case OP_RETURN:
		break;
	}
	return end_template(r);
}

static void run(struct render *r)
{
	const struct op *op = r->call->template->ops;

	while (op && !r->stopped) {
		r->op = op;
		if (op->starts_line && r->call->indented)
			put_indent(r);
		op = step(r, op);
	}
}

/* Runs with the stacks and the buffer in one piece of memory. */
static void run_template(struct render *r, const struct template_set *set, const struct template *template,
	const struct view_type *type, const void *object)
{
	size_t levels = (set->sections + 1) * sizeof(struct level);
	size_t calls = set->templates.count * sizeof(struct call);
	char *memory = malloc(levels + calls + r->room);

	if (!memory)
		out_of_memory();
	r->level = (struct level *)(void *)memory;
	r->call = (struct call *)(void *)(memory + levels);
	r->buffer = memory + levels + calls;
	*r->level = (struct level){0};
	hold(r->level, NULL, type, object);
	*r->call = (struct call){.template = template, .first = r->call};
	run(r);
	if (!r->search)
		flush(r);
	end_replay(r);
	free(memory);
}

bool template_render(const struct template_set *set, const char *name, const struct view_type *type,
	const void *object, void *context, const struct sink *sink)
{
	const struct template *template = template_find(set, slice_of(name));

	if (!template || !set->compiled) {
		errno = EINVAL;
		return false;
	}

	struct render r = {.room = BUFFER_SIZE, .sink = sink, .context = context};
	run_template(&r, set, template, type, object);
	return !r.stopped;
}

struct template_place template_locate(const struct template_set *set, const char *name,
	const struct view_type *type, const void *object, void *context, uint64_t line)
{
	const struct template *template = template_find(set, slice_of(name));
	struct search search = {.wanted = line, .line = 1};
	struct render r = {.context = context, .search = &search};
	struct template_place place = {.name = name};

	if (template && set->compiled)
		run_template(&r, set, template, type, object);
	if (!search.template)
		return place;
	place = (struct template_place){search.template->name, search.op->line, search.op->column};
	for (size_t i = 0; search.op->kind == OP_LITERAL && i < search.offset; i++) {
		place.column++;
		if (search.op->text.at[i] == '\n') {
			place.line++;
			place.column = 1;
		}
	}
	return place;
}
