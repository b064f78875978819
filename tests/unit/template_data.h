/* What the tests of templates share: names, a small tree of values to render, and sets made from texts. */
#ifndef TEMPLATE_DATA_H
#define TEMPLATE_DATA_H

#include "unit.h"

#include <string.h>

#include "cc2oscam/template.h"

#define COUNT(array) (sizeof(array) / sizeof *(array))

static const char *const known_names[] = {"label", "user", "on", "off", "gone", "empty", "lines", "texts",
	"none", "readers", "idents", "dot.ted", "shadow", "only-outside"};

static int name_number(struct slice name)
{
	for (size_t i = 0; i < COUNT(known_names); i++)
		if (slice_equal(name, slice_of(known_names[i])))
			return (int)i;
	return -1;
}

struct node;

struct field {
	const char *name;
	enum view_kind kind;
	const char *text;
	const void *list; /* of nodes or, without an item type, of texts */
	size_t count;
	const struct view_type *type;
};

struct node {
	const struct field *fields; /* up to one without a name */
};

static struct view_value node_get(const void *object, int name, void *context);
static const void *node_item(const void *list, size_t index, void *context);

static const struct view_type node_type = {node_get, node_item, NULL};

/* Texts are made anew for each call, to show that nobody keeps them. */
static struct {
	char text[32];
} context_mark;

static struct view_value node_get(const void *object, int name, void *context)
{
	const struct node *node = object;
	struct view_value value = {.kind = VIEW_NOTHING};

	assert_ptr_equal(context, &context_mark);
	assert_in_range(name, 0, COUNT(known_names) - 1);
	memset(context_mark.text, '?', sizeof context_mark.text);
	for (const struct field *field = node->fields; field->name; field++) {
		if (strcmp(field->name, known_names[name]) != 0)
			continue;
		value.kind = field->kind;
		if (field->kind == VIEW_LIST) {
			value.list = field->list;
			value.count = field->count;
		} else if (field->text) {
			value.text = slice_of(strcpy(context_mark.text, field->text));
		}
		value.type = field->type;
	}
	return value;
}

static const void *node_item(const void *list, size_t index, void *context)
{
	const struct node *node = (const struct node *)list + index;

	assert_ptr_equal(context, &context_mark);
	return node;
}

/* clang-format off */
static const struct slice idents[] = {{"0500:1", 6}, {"0100:2", 6}};
static const struct slice blank_texts[] = {{"a", 1}, {NULL, 0}, {"c", 1}};
static const struct field reader1[] = {
	{"label", VIEW_TEXT, "r1", NULL, 0, NULL},
	{"idents", VIEW_LIST, NULL, idents, 2, NULL},
	{"shadow", VIEW_FALSE, NULL, NULL, 0, NULL},
	{0}};
static const struct field reader2[] = {
	{"label", VIEW_TEXT, "r2", NULL, 0, NULL},
	{"idents", VIEW_LIST, NULL, NULL, 0, NULL},
	{"user", VIEW_NOTHING, NULL, NULL, 0, NULL},
	{"shadow", VIEW_TEXT, "", NULL, 0, NULL},
	{0}};
static const struct node readers[] = {{reader1}, {reader2}};
static const struct field root_fields[] = {
	{"label", VIEW_TEXT, "top", NULL, 0, NULL},
	{"user", VIEW_TEXT, "<u&\"x\">", NULL, 0, NULL},
	{"on", VIEW_TRUE, "never written", NULL, 0, NULL},
	{"off", VIEW_FALSE, "never written", NULL, 0, NULL},
	{"empty", VIEW_TEXT, "", NULL, 0, NULL},
	{"lines", VIEW_TEXT, "l1\nl2", NULL, 0, NULL},
	{"texts", VIEW_LIST, NULL, blank_texts, 3, NULL},
	{"none", VIEW_LIST, NULL, NULL, 0, &node_type},
	{"readers", VIEW_LIST, NULL, readers, 2, &node_type},
	{"dot.ted", VIEW_TEXT, "dotted", NULL, 0, NULL},
	{"shadow", VIEW_TEXT, "outer", NULL, 0, NULL},
	{"only-outside", VIEW_TRUE, NULL, NULL, 0, NULL},
	{0}};
/* clang-format on */
static const struct node root = {root_fields};

struct part {
	const char *name, *text;
};

/* A set of "main" and up to three partials. */
static struct template_set *make_set(struct arena *arena, const char *text, const struct part *parts)
{
	struct template_set *set = template_set_new(arena, name_number);

	template_set_add(set, "main", slice_of(text));
	for (size_t i = 0; i < 3 && parts && parts[i].name; i++)
		template_set_add(set, parts[i].name, slice_of(parts[i].text));
	return set;
}

static struct template_set *compiled_set(struct arena *arena, const char *text, const struct part *parts)
{
	struct template_set *set = make_set(arena, text, parts);
	struct template_error error;

	if (!template_set_compile(set, &error))
		fail_msg("%s: %u:%u: %.*s", error.place.name, error.place.line, error.place.column,
			SLICE_ARG(error.message));
	return set;
}

static inline void expect_text(const struct template_set *set, const char *name, const char *text)
{
	struct buffer out FREED_BY(buffer_free) = {0};
	struct sink sink = buffer_sink(&out);

	assert_true(template_render(set, name, &node_type, &root, &context_mark, &sink));
	buffer_add(&out, "", 1);
	assert_string_equal(out.at, text);
}

#endif
