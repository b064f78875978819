/* How rendered text reaches the sink: large texts, sinks that fail, deep nesting, where a line came from, and
 * lists for few of whose items the template runs. */
#include "template_data.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

/* Many readers whose labels have all lengths, and one text larger than the renderer's buffer. */
struct many {
	size_t count;
	struct slice large;
	unsigned char pattern[512];
};

struct many_item {
	struct slice label;
};

static struct view_value item_get(const void *object, int name, void *context)
{
	const struct many_item *item = object;

	(void)context;
	if (strcmp(known_names[name], "label") != 0)
		return (struct view_value){.kind = VIEW_NOTHING};
	return (struct view_value){.kind = VIEW_TEXT, .text = item->label};
}

static const void *many_item(const void *list, size_t index, void *context)
{
	const struct many *many = list;
	struct many_item *item = context;

	item->label = (struct slice){(const char *)many->pattern, index % sizeof many->pattern};
	return item;
}

static const struct view_type item_type = {item_get, many_item, NULL};

static struct view_value many_get(const void *object, int name, void *context)
{
	const struct many *many = object;

	(void)context;
	if (strcmp(known_names[name], "lines") == 0)
		return (struct view_value){.kind = VIEW_TEXT, .text = many->large};
	return (struct view_value){.kind = VIEW_LIST, .list = many, .count = many->count, .type = &item_type};
}

static const struct view_type many_type = {many_get, NULL, NULL};

static void make_many(struct many *many, size_t count, size_t large)
{
	char *text = malloc(large);

	assert_non_null(text);
	memset(text, 'L', large);
	*many = (struct many){.count = count, .large = {text, large}};
	for (size_t i = 0; i < sizeof many->pattern; i++)
		many->pattern[i] = (unsigned char)(i * 7 + 1);
}

struct pieces {
	struct buffer out;
	size_t calls, largest, fail_at; /* fail_at 0: never */
};

static bool sink_pieces(void *context, const char *text, size_t len)
{
	struct pieces *pieces = context;

	pieces->calls++;
	if (len > pieces->largest)
		pieces->largest = len;
	if (pieces->calls == pieces->fail_at) {
		errno = ENOSPC;
		return false;
	}
	buffer_add(&pieces->out, text, len);
	return true;
}

static void add_expected(struct buffer *expected, const struct many *many)
{
	for (size_t i = 0; i < many->count; i++) {
		buffer_add_slice(expected, SLICE("[reader]\nlabel = "));
		buffer_add(expected, (const char *)many->pattern, i % sizeof many->pattern);
		buffer_add_slice(expected, SLICE("\n"));
	}
}

TEST(test_large_output)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct many many;
	struct many_item item;
	struct pieces pieces = {.largest = 0};
	struct sink sink = {sink_pieces, &pieces};
	struct buffer expected FREED_BY(buffer_free) = {0};

	make_many(&many, 20000, 200000);
	struct template_set *set = compiled_set(&arena,
		"{{#readers}}\n[reader]\nlabel = {{label}}\n{{/readers}}\n{{lines}}.\n{{#readers}}\n"
		"[reader]\nlabel = {{label}}\n{{/readers}}\n",
		NULL);
	assert_true(template_render(set, "main", &many_type, &many, &item, &sink));
	add_expected(&expected, &many);
	buffer_add_slice(&expected, many.large);
	buffer_add_slice(&expected, SLICE(".\n"));
	add_expected(&expected, &many);
	assert_true(expected.len > 5 * 1000 * 1000);
	assert_int_equal(pieces.out.len, expected.len);
	assert_memory_equal(pieces.out.at, expected.at, expected.len);
	assert_int_equal(pieces.largest, many.large.len);
	assert_in_range(pieces.calls, 100, 300);
	buffer_free(&pieces.out);
	free((void *)(uintptr_t)many.large.at);
}

/* After the sink failed it is not called again, wherever that happened. */
TEST(test_failing_sink)
{
	static const char *const texts[] = {
		"{{#readers}}{{label}}\n{{/readers}}", "{{lines}}{{lines}}", "a{{lines}}{{label}}", "short"};
	struct arena arena FREED_BY(arena_free) = {0};
	struct many many;
	struct many_item item;

	make_many(&many, 5000, 70000);
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct template_set *set = compiled_set(&arena, texts[i], NULL);
		for (size_t fail_at = 1; fail_at <= (i == 3 ? 1 : 2); fail_at++) {
			struct pieces pieces = {.fail_at = fail_at};
			struct sink sink = {sink_pieces, &pieces};
			errno = 0;
			assert_false(template_render(set, "main", &many_type, &many, &item, &sink));
			assert_int_equal(errno, ENOSPC);
			assert_int_equal(pieces.calls, fail_at);
			buffer_free(&pieces.out);
		}
	}
	free((void *)(uintptr_t)many.large.at);
}

/* Sections nest as deep as the template says; the stack of the program does not grow with them. */
TEST(test_deep_nesting)
{
	enum { DEPTH = 100000 };
	struct arena arena FREED_BY(arena_free) = {0};
	struct template_error error;
	struct buffer text FREED_BY(buffer_free) = {0}, out FREED_BY(buffer_free) = {0};
	struct sink sink = buffer_sink(&out);

	for (int i = 0; i < DEPTH; i++)
		buffer_add_slice(&text, SLICE("{{#on}}"));
	buffer_add_slice(&text, SLICE("{{label}}"));
	for (int i = 0; i < DEPTH; i++)
		buffer_add_slice(&text, SLICE("{{/on}}"));
	struct template_set *set = template_set_new(&arena, name_number);
	template_set_add(set, "deep", buffer_slice(&text));
	template_set_add(set, "twice", SLICE("{{#on}}{{>deep}}{{/on}}{{>deep}}"));
	assert_true(template_set_compile(set, &error));
	assert_true(template_render(set, "twice", &node_type, &root, &context_mark, &sink));
	assert_int_equal(out.len, 6);
	assert_memory_equal(out.at, "toptop", 6);
}

static const struct part located_parts[3] = {{"p", "{{! c }}\n[reader]\nlabel = {{label}}\n{{lines}}\n"},
	{"q", "x\n{{! c }}\ny{{! d\n }}z\n\n{{#on}}{{label}}{{/on}}\n"}};
static const struct {
	const char *name;
	unsigned line, column;
} located_places[] = {
	{"main", 2, 1}, /* # top */
	{"p", 2, 1},    /* [reader] */
	{"p", 3, 1},    /* label = r1: the literal goes on */
	{"p", 4, 1},    /* l1 */
	{"p", 4, 1},    /* l2: inside of the variable */
	{"p", 2, 1},    /* [reader] */
	{"p", 3, 1},    /* label = r2 */
	{"p", 4, 1},    /* l1 */
	{"p", 4, 1},    /* l2 */
	{"q", 1, 1},    /* x, indented */
	{"q", 3, 1},    /* yz, indented */
	{"q", 5, 1},    /* empty but for the indentation */
	{"q", 6, 1},    /* top, indented */
	{"main", 8, 1}, /* end */
};

TEST(test_locate)
{
	struct arena arena FREED_BY(arena_free) = {0};

	struct template_set *set = compiled_set(&arena,
		"{{! first }}\n# {{label}}\n{{#readers}}\n{{>p}}\n{{/readers}}\n{{! here }}\n  {{>q}}\nend\n",
		located_parts);
	expect_text(set, "main",
		"# top\n[reader]\nlabel = r1\nl1\nl2\n[reader]\nlabel = r2\nl1\nl2\n  x\n  yz\n  \n  "
		"top\nend\n");
	for (unsigned i = 0; i < COUNT(located_places); i++) {
		struct template_place place =
			template_locate(set, "main", &node_type, &root, &context_mark, i + 1);
		assert_string_equal(place.name, located_places[i].name);
		assert_int_equal(place.line, located_places[i].line);
		assert_int_equal(place.column, located_places[i].column);
	}
	assert_int_equal(
		template_locate(set, "main", &node_type, &root, &context_mark, COUNT(located_places) + 1)
			.line,
		0);
	assert_int_equal(template_locate(set, "main", &node_type, &root, &context_mark, 0).line, 0);
	assert_int_equal(template_locate(set, "nope", &node_type, &root, &context_mark, 1).line, 0);
}

/* A line may start in the middle of a template's line: behind a variable that ends in a newline. */
TEST(test_locate_columns)
{
	static const struct slice ends = {"end\n", 4};
	struct arena arena FREED_BY(arena_free) = {0};

	struct template_set *set = compiled_set(&arena, "a{{! b }}c\n  {{.}}{{! d }}e\nf", NULL);
	static const struct {
		unsigned line, column;
	} places[] = {{1, 1}, {2, 1}, {2, 16}, {3, 1}};
	for (unsigned i = 0; i < COUNT(places); i++) {
		struct template_place place = template_locate(set, "main", NULL, &ends, &context_mark, i + 1);
		assert_int_equal(place.line, places[i].line);
		assert_int_equal(place.column, places[i].column);
	}
}

/* ---- items that are written alike but for texts of their own ---- */

enum { ITEMS = 300, KINDS = 11 };

struct item {
	char label[16], user[16];
	unsigned kind;
};

static struct item items[ITEMS];
static unsigned asked; /* how often a template asked for a label */

static struct view_value kind_get(const void *object, int name, void *context)
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
static const struct view_type plain = {kind_get, item_at, NULL}, patterned = {kind_get, item_at, &pattern};

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

static unsigned render_items(const char *text, const struct view_type *type, struct buffer *out)
{
	static const struct part parts[] = {{"a", "<{{label}}\n{{user}}>\n"}, {NULL, NULL}};
	struct arena arena FREED_BY(arena_free) = {0};

	asked = 0;
	struct template_set *set = compiled_set(&arena, text, parts);
	struct sink sink = buffer_sink(out);
	assert_true(template_render(set, "main", &all, type, NULL, &sink));
	return asked;
}

TEST(test_same_text)
{
	static const char *const texts[] = {"{{#readers}}\n[{{label}}] {{user}}\n{{/readers}}\n",
		"{{#readers}}{{#on}}{{label}}{{/on}}{{^on}}-{{/on}}{{label}},{{/readers}}",
		"{{#readers}}{{#texts}}{{.}}{{label}}{{/texts}}{{/readers}}.{{#readers}}{{user}}{{/readers}}",
		"x\n  {{#readers}}\n  {{> a}}\n  {{/readers}}\n", "{{#readers}}{{/readers}}",
		"{{#readers}}{{#readers}}{{label}}{{/readers}}{{user}}{{/readers}}"};

	for (unsigned kinds = 1; kinds <= KINDS; kinds += 5)
		for (size_t i = 0; i < COUNT(texts); i++) {
			struct buffer expected FREED_BY(buffer_free) = {0}, out FREED_BY(buffer_free) = {0};
			make_items(kinds);
			(void)render_items(texts[i], &plain, &expected);
			(void)render_items(texts[i], &patterned, &out);
			assert_int_equal(out.len, expected.len);
			assert_true(slice_equal(buffer_slice(&out), buffer_slice(&expected)));
		}
}

TEST(test_few_runs)
{
	struct buffer out FREED_BY(buffer_free) = {0};

	make_items(1);
	assert_int_equal(render_items("{{#readers}}{{label}}{{/readers}}", &plain, &out), ITEMS);
	assert_int_equal(render_items("{{#readers}}{{label}}{{/readers}}", &patterned, &out), 2);
}
