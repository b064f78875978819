/* Items that are written alike but for texts of their own: the text is the same as without that knowledge,
 * and the template runs for few of them. */
#include "template_data.h"

#include <stdio.h>

enum { ITEMS = 300, KINDS = 11 };

struct item {
	char label[16], user[16];
	unsigned kind;
};

static struct item items[ITEMS];
static unsigned asked; /* how often a template asked for a label */

static struct view_value item_get(const void *object, int name, void *context)
{
	const struct item *item = object;

	(void)context;
	if (strcmp(known_names[name], "label") == 0) {
		asked++;
		return (struct view_value){.kind = VIEW_TEXT, .text = slice_of(item->label)};
	}
	if (strcmp(known_names[name], "user") == 0)
		return (struct view_value){.kind = VIEW_TEXT, .text = slice_of(item->user)};
	if (strcmp(known_names[name], "texts") == 0)
		return (struct view_value){.kind = VIEW_LIST, .list = blank_texts, .count = item->kind % 4};
	if (strcmp(known_names[name], "on") == 0)
		return (struct view_value){.kind = item->kind % 2 ? VIEW_TRUE : VIEW_FALSE};
	return (struct view_value){.kind = VIEW_NOTHING};
}

static const void *item_at(const void *list, size_t index, void *context)
{
	(void)context;
	return (const struct item *)list + index;
}

static bool same_kind(const void *a, const void *b, void *context)
{
	(void)context;
	return ((const struct item *)a)->kind == ((const struct item *)b)->kind;
}

static int part_of(const void *object, struct slice text, void *context)
{
	const struct item *item = object;

	(void)context;
	if (text.at == item->label)
		return item->kind == 3 ? PART_UNCLEAR : 0;
	return text.at == item->user ? 1 : PART_SHARED;
}

static struct slice part_text(const void *object, int part, void *context)
{
	const struct item *item = object;

	(void)context;
	return slice_of(part == 0 ? item->label : item->user);
}

static const struct view_pattern pattern = {same_kind, part_of, part_text};
static const struct view_type plain = {item_get, item_at, NULL}, patterned = {item_get, item_at, &pattern};

static struct view_value all_get(const void *object, int name, void *context)
{
	const struct view_type *type = object;

	(void)context;
	if (strcmp(known_names[name], "readers") == 0)
		return (struct view_value){.kind = VIEW_LIST, .list = items, .count = ITEMS, .type = type};
	return (struct view_value){.kind = VIEW_NOTHING};
}

static const struct view_type all = {all_get, NULL, NULL};

static void make_items(unsigned kinds)
{
	for (unsigned i = 0; i < ITEMS; i++) {
		(void)snprintf(items[i].label, sizeof items[i].label, "label%u", i);
		(void)snprintf(items[i].user, sizeof items[i].user, "user%u", i * 7 % 13);
		items[i].kind = i * i % kinds;
	}
}

static unsigned render(const char *text, const struct view_type *type, struct buffer *out)
{
	static const struct part parts[] = {{"a", "<{{label}}\n{{user}}>\n"}, {NULL, NULL}};
	struct arena arena;

	arena_init(&arena);
	asked = 0;
	struct template_set *set = compiled_set(&arena, text, parts);
	struct sink sink = buffer_sink(out);
	assert_true(template_render(set, "main", &all, type, NULL, &sink));
	arena_free(&arena);
	return asked;
}

static void test_same_text(void **state)
{
	static const char *const texts[] = {"{{#readers}}\n[{{label}}] {{user}}\n{{/readers}}\n",
		"{{#readers}}{{#on}}{{label}}{{/on}}{{^on}}-{{/on}}{{label}},{{/readers}}",
		"{{#readers}}{{#texts}}{{.}}{{label}}{{/texts}}{{/readers}}.{{#readers}}{{user}}{{/readers}}",
		"x\n  {{#readers}}\n  {{> a}}\n  {{/readers}}\n", "{{#readers}}{{/readers}}",
		"{{#readers}}{{#readers}}{{label}}{{/readers}}{{user}}{{/readers}}"};

	for (unsigned kinds = 1; kinds <= KINDS; kinds += 5)
		for (size_t i = 0; i < COUNT(texts); i++) {
			struct buffer expected = {0}, out = {0};
			make_items(kinds);
			(void)render(texts[i], &plain, &expected);
			(void)render(texts[i], &patterned, &out);
			assert_int_equal(out.len, expected.len);
			assert_true(slice_equal(buffer_slice(&out), buffer_slice(&expected)));
			buffer_free(&expected);
			buffer_free(&out);
		}
}

static void test_few_runs(void **state)
{
	struct buffer out = {0};

	make_items(1);
	assert_int_equal(render("{{#readers}}{{label}}{{/readers}}", &plain, &out), ITEMS);
	assert_int_equal(render("{{#readers}}{{label}}{{/readers}}", &patterned, &out), 2);
	buffer_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_same_text),
		cmocka_unit_test(test_few_runs),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
