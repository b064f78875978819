/* Reads one template and compiles it into operations. All rules about lines are applied here, so that the
 * renderer only copies text. */
#include "template_internal.h"

#include <string.h>

struct compiler {
	struct template_set *set;
	struct template *template;
	struct template_error *error;
	const char *at, *end;
	const char *line_start;
	unsigned line;
	struct slice open, close; /* the delimiters */
	struct list ops;
	bool at_line_start; /* nothing of the current line was compiled yet */
	uint32_t section;   /* the innermost open section: its index + 1; 0: none */
};

struct tag {
	char kind; /* one of the sigils, '\0' for a variable */
	struct slice name;
	const char *end; /* behind the tag, or behind its line when it stands alone */
	bool standalone;
	struct slice indent; /* before a tag that stands alone */
	unsigned line, column;
};

static bool fail(struct compiler *p, unsigned line, unsigned column, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

static bool fail(struct compiler *p, unsigned line, unsigned column, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	p->error->place = (struct template_place){p->template->name, line, column};
	p->error->message = arena_vformat(p->set->arena, format, args);
	va_end(args);
	return false;
}

/* NULL: not there. */
static const char *find(const char *from, const char *end, struct slice wanted)
{
	while ((size_t)(end - from) >= wanted.len) {
		size_t starts = (size_t)(end - from) - wanted.len + 1;
		const char *found = memchr(from, wanted.at[0], starts);
		if (!found || memcmp(found, wanted.at, wanted.len) == 0)
			return found;
		from = found + 1;
	}
	return NULL;
}

static bool is_space(char c)
{
	return is_blank(c) || c == '\n' || c == '\r';
}

static struct slice trim(const char *from, const char *end)
{
	while (from < end && is_space(from[0]))
		from++;
	while (from < end && is_space(end[-1]))
		end--;
	return slice_between(from, end);
}

static unsigned column_of(const struct compiler *p, const char *at)
{
	return (unsigned)(at - p->line_start) + 1;
}

/* Moves on and counts the lines. */
static void advance(struct compiler *p, const char *to)
{
	const char *found;

	while (p->at < to && (found = memchr(p->at, '\n', (size_t)(to - p->at)))) {
		p->at = found + 1;
		p->line_start = p->at;
		p->line++;
	}
	p->at = to;
}

static void add_literal(struct compiler *p, struct slice text, unsigned line, unsigned column)
{
	if (text.len == 0)
		return;
	struct op *op = list_add(&p->ops);
	*op = (struct op){.kind = OP_LITERAL,
		.starts_line = p->at_line_start,
		.text = text,
		.line = line,
		.column = column};
	p->at_line_start = text.at[text.len - 1] == '\n';
}

static struct op *add_op(struct compiler *p, enum op_kind kind, const struct tag *tag)
{
	struct op *op = list_add(&p->ops);

	op->kind = kind;
	op->line = tag->line;
	op->column = tag->column;
	op->standalone = tag->standalone;
	if (!tag->standalone) {
		op->starts_line = p->at_line_start;
		p->at_line_start = false;
	}
	return op;
}

static bool look_up(struct compiler *p, const struct tag *tag, int *name)
{
	*name = slice_equal(tag->name, SLICE(".")) ? NAME_SELF : p->set->names(tag->name);
	if (*name >= 0 || *name == NAME_SELF)
		return true;
	return fail(p, tag->line, tag->column, "unknown name \"%.*s\"", SLICE_ARG(tag->name));
}

/* Until it is closed, a section's target is the section around it. */
static bool open_section(struct compiler *p, const struct tag *tag)
{
	int name;

	if (!look_up(p, tag, &name))
		return false;

	struct op *op = add_op(p, tag->kind == '#' ? OP_SECTION : OP_INVERTED, tag);
	op->name = name;
	op->text = tag->name;
	op->target = p->section;
	p->section = p->ops.count;
	return true;
}

static bool close_section(struct compiler *p, const struct tag *tag)
{
	if (p->section == 0)
		return fail(p, tag->line, tag->column, "closing tag \"%.*s\" closes no section",
			SLICE_ARG(tag->name));

	struct op *start = list_at(&p->ops, p->section - 1);
	if (!slice_equal(start->text, tag->name))
		return fail(p, tag->line, tag->column,
			"closing tag \"%.*s\" does not match section \"%.*s\", opened in line %u",
			SLICE_ARG(tag->name), SLICE_ARG(start->text), start->line);

	struct op *end = add_op(p, start->kind == OP_SECTION ? OP_END : OP_JOIN, tag);
	end->target = p->section;
	p->section = start->target;
	start->target = p->ops.count;
	return true;
}

static bool add_partial(struct compiler *p, const struct tag *tag)
{
	struct template *partial = template_find(p->set, tag->name);

	if (!partial)
		return fail(p, tag->line, tag->column, "there is no template \"%.*s\"", SLICE_ARG(tag->name));

	struct op *op = add_op(p, OP_PARTIAL, tag);
	op->partial = partial;
	op->text = tag->indent;
	return true;
}

static bool is_word(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (text.at[i] == ' ' || is_control(text.at[i]))
			return false;
	return text.len > 0;
}

static bool set_delimiters(struct compiler *p, const struct tag *tag)
{
	struct slice open = tag->name;

	open.len = 0;
	while (open.len < tag->name.len && !is_space(open.at[open.len]))
		open.len++;

	struct slice close = trim(open.at + open.len, tag->name.at + tag->name.len);
	bool equals = tag->name.len > 0 && memchr(tag->name.at, '=', tag->name.len);
	if (!is_word(open) || !is_word(close) || equals)
		return fail(p, tag->line, tag->column, "a tag that sets delimiters needs two of them");
	p->open = open;
	p->close = close;
	return true;
}

static bool compile_tag(struct compiler *p, const struct tag *tag)
{
	if (tag->kind == '!')
		return true;
	if (tag->kind == '=')
		return set_delimiters(p, tag);
	if (tag->name.len == 0)
		return fail(p, tag->line, tag->column, "tag without a name");
	if (!is_word(tag->name))
		return fail(p, tag->line, tag->column,
			"the name in this tag is not one word; is its \"%.*s\" missing?",
			SLICE_ARG(p->close));
	if (tag->kind == '#' || tag->kind == '^')
		return open_section(p, tag);
	if (tag->kind == '/')
		return close_section(p, tag);
	if (tag->kind == '>')
		return add_partial(p, tag);
	int name;
	if (!look_up(p, tag, &name))
		return false;
	add_op(p, OP_VARIABLE, tag)->name = name;
	return true;
}

/* The closing delimiter, which has to stand behind `before` unless that is '\0'. */
static const char *find_close(const struct compiler *p, const char *from, char before)
{
	const char *found = find(from, p->end, p->close);

	while (found && before != '\0' && (found == from || found[-1] != before))
		found = find(found + 1, p->end, p->close);
	return found;
}

/* A tag other than a variable that has a line for itself takes that line with it. Blanks are looked at only
 * up to the neighbour tags, so this stays linear. */
static void check_standalone(const struct compiler *p, struct tag *tag, const char *start)
{
	const char *before = start, *behind = tag->end;

	while (before > p->line_start && is_blank(before[-1]))
		before--;
	while (behind < p->end && is_blank(*behind))
		behind++;
	if (before != p->line_start)
		return;
	if (p->end - behind >= 2 && behind[0] == '\r' && behind[1] == '\n')
		behind++;
	if (behind < p->end && *behind != '\n')
		return;
	tag->standalone = true;
	tag->indent = slice_between(before, start);
	tag->end = behind < p->end ? behind + 1 : behind;
}

/* Reads the tag at the compiler's place without moving on. */
static bool read_tag(struct compiler *p, struct tag *tag)
{
	static const char sigils[] = {'#', '^', '/', '>', '!', '=', '&', '{'};
	const char *from = p->at + p->open.len;

	*tag = (struct tag){.line = p->line, .column = column_of(p, p->at)};
	if (from < p->end && memchr(sigils, *from, sizeof sigils))
		tag->kind = *from++;

	char before = tag->kind == '{' ? '}' : tag->kind == '=' ? '=' : '\0';
	const char *close = find_close(p, from, before);
	if (!close)
		return fail(p, tag->line, tag->column, "tag is not closed: no \"%.*s%.*s\" follows",
			before != '\0', &before, SLICE_ARG(p->close));
	tag->name = trim(from, before != '\0' ? close - 1 : close);
	tag->end = close + p->close.len;
	if (tag->kind != '\0' && tag->kind != '&' && tag->kind != '{')
		check_standalone(p, tag, p->at);
	return true;
}

static bool parse(struct compiler *p)
{
	struct tag tag;

	while (p->at < p->end) {
		const char *start = find(p->at, p->end, p->open);
		struct slice text = {p->at, (size_t)((start ? start : p->end) - p->at)};
		unsigned line = p->line, column = column_of(p, p->at);

		advance(p, text.at + text.len);
		if (start && !read_tag(p, &tag))
			return false;
		if (start)
			text.len -= tag.indent.len;
		add_literal(p, text, line, column);
		if (!start)
			break;
		advance(p, tag.end);
		if (!compile_tag(p, &tag))
			return false;
	}
	if (p->section == 0)
		return true;
	const struct op *open = list_at(&p->ops, p->section - 1);
	return fail(p, open->line, open->column, "section \"%.*s\", opened in line %u, is never closed",
		SLICE_ARG(open->text), open->line);
}

bool template_compile(struct template_set *set, struct template *template, struct template_error *error)
{
	struct compiler p = {.set = set,
		.template = template,
		.error = error,
		.at = template->text.len > 0 ? template->text.at : "",
		.line = 1,
		.open = SLICE("{{"),
		.close = SLICE("}}"),
		.at_line_start = true};

	p.end = p.at + template->text.len;
	p.line_start = p.at;
	list_init(&p.ops, set->arena, sizeof(struct op));
	if (!parse(&p))
		return false;
	struct op *last = list_add(&p.ops);
	last->kind = OP_RETURN;
	template->op_count = p.ops.count;
	template->ops = arena_array(set->arena, p.ops.count, sizeof *template->ops);
	for (uint32_t i = 0; i < p.ops.count; i++)
		template->ops[i] = *(const struct op *)list_at(&p.ops, i);
	template->visit = VISIT_NEW;
	return true;
}
