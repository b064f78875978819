/* Templates: the rules of Mustache one by one, and errors with their places. The data are in template_data.h.
 */
#include "template_data.h"

#include <errno.h>
#include <stdlib.h>

struct rendering {
	const char *text, *result;
	struct part parts[3];
};

static const struct rendering renderings[] = {
	/* variables */
	{"", "", {{0}}},
	{"plain\n", "plain\n", {{0}}},
	{"{{label}}", "top", {{0}}},
	{"a{{label}}b", "atopb", {{0}}},
	{"{{ label\t}} {{\nlabel\r\n}}", "top top", {{0}}},
	{"{{user}} {{{user}}} {{&user}} {{& user }} {{{ user }}}",
		"<u&\"x\"> <u&\"x\"> <u&\"x\"> <u&\"x\"> <u&\"x\">", {{0}}},
	{"{{dot.ted}}", "dotted", {{0}}},
	{"[{{gone}}{{on}}{{off}}{{empty}}{{readers}}{{.}}]", "[]", {{0}}},
	{"  {{label}}\n\n {{empty}} \n", "  top\n\n  \n", {{0}}},
	{"{ {label} } }}", "{ {label} } }}", {{0}}},
	{"{{label}}}", "top}", {{0}}},
	/* sections */
	{"{{#on}}a{{/on}}{{#off}}b{{/off}}{{#gone}}c{{/gone}}{{#empty}}d{{/empty}}{{#none}}e{{/"
	 "none}}",
		"a", {{0}}},
	{"{{^on}}a{{/on}}{{^off}}b{{/off}}{{^gone}}c{{/gone}}{{^empty}}d{{/empty}}{{^none}}e{{/"
	 "none}}",
		"bcde", {{0}}},
	{"{{^label}}a{{/label}}{{^readers}}b{{/readers}}", "", {{0}}},
	{"{{#label}}<{{.}}{{label}}{{#on}}{{.}}{{/on}}>{{/label}}", "<toptoptop>", {{0}}},
	{"{{#texts}}({{.}}{{#.}}+{{/.}}{{^.}}-{{/.}}){{/texts}}", "(a+)(-)(c+)", {{0}}},
	{"{{#label}}{{user}}{{.}}{{#.}}{{user}}{{.}}{{/.}}{{/label}}", "<u&\"x\">top<u&\"x\">top", {{0}}},
	{"{{#.}}{{label}}{{/.}}{{^.}}no{{/.}}", "top", {{0}}},
	{"{{#readers}}{{label}}:{{#idents}} {{.}}{{/idents}}{{^idents}} all{{/idents}};{{/readers}}",
		"r1: 0500:1 0100:2;r2: all;", {{0}}},
	{"{{#readers}}{{#readers}}{{label}}{{/readers}},{{/readers}}", "r1r2,r1r2,", {{0}}},
	{"{{#on}}{{#on}}{{#off}}x{{/off}}y{{/on}}{{^off}}{{#on}}z{{/on}}{{/off}}{{/on}}", "yz", {{0}}},
	{"{{#texts}}{{#readers}}{{label}}{{/readers}}{{.}} {{/texts}}", "r1r2a r1r2 r1r2c ", {{0}}},
	{"{{# on }}x{{/ on\n}}", "x", {{0}}},
	/* a name is looked up further out only where nothing is set */
	{"{{#readers}}{{user}},{{/readers}}", "<u&\"x\">,<u&\"x\">,", {{0}}},
	{"{{#readers}}[{{shadow}}{{#shadow}}x{{/shadow}}]{{/readers}}{{shadow}}", "[][]outer", {{0}}},
	{"{{#readers}}{{#idents}}{{label}}{{/idents}}{{/readers}}", "r1r1", {{0}}},
	{"{{#readers}}{{#only-outside}}{{label}}{{/only-outside}}{{/readers}}", "r1r2", {{0}}},
	{"{{#readers}}{{#texts}}{{.}}{{label}} {{/texts}}{{/readers}}", "ar1 r1 cr1 ar2 r2 cr2 ", {{0}}},
	{"{{#readers}}{{gone}}{{^gone}}-{{/gone}}{{/readers}}", "--", {{0}}},
	/* comments and delimiters */
	{"a{{! b }}c{{!\n d {{ }}e", "ace", {{0}}},
	{"a\n  {{! alone }}  \nb\n", "a\nb\n", {{0}}},
	{"a\n  {{! more\n lines }}\nb\n", "a\nb\n", {{0}}},
	{"a {{! not alone }}\n", "a \n", {{0}}},
	{"{{!}}", "", {{0}}},
	{"x{{=<% %>=}}<% label %>{{label}}<%#on%>y<%/on%><%={{ }}=%>{{label}}", "xtop{{label}}ytop", {{0}}},
	{"a\n{{= | | =}}\n|label||&label|", "a\ntoptop", {{0}}},
	{"{{=[ ]=}}[label][{label}]", "toptop", {{0}}},
	{"{{=<% %>=}}<%>p%>", "top<%label%>", {{"p", "{{label}}<%label%>"}}},
	/* tags with a line for themselves */
	{"a\n{{#on}}\nb\n{{/on}}\nc\n", "a\nb\nc\n", {{0}}},
	{"a\n  {{#on}}\t\nb\n\t{{/on}} \nc\n", "a\nb\nc\n", {{0}}},
	{"a\r\n{{#on}}\r\nb\r\n{{/on}}\r\nc", "a\r\nb\r\nc", {{0}}},
	{"a\n{{^off}}\nb\n{{/off}}", "a\nb\n", {{0}}},
	{"  {{#on}}\nb\n  {{/on}}", "b\n", {{0}}},
	{"{{#off}}\nb\n{{/off}}\n", "", {{0}}},
	{"{{#on}}{{/on}}\n", "\n", {{0}}},
	{"{{#on}} {{/on}}\n", " \n", {{0}}},
	{" {{#on}}x\n {{/on}}y", " x\n y", {{0}}},
	{"{{label}}\n{{#on}}\n{{label}}{{/on}}\n", "top\ntop\n", {{0}}},
	{"{{#on}}\r{{/on}}", "\r", {{0}}},
	{"{{#readers}}\n[reader]\nlabel = {{label}}\n{{#idents}}\nident = {{.}}\n{{/idents}}\n\n"
	 "{{/readers}}\n",
		"[reader]\nlabel = r1\nident = 0500:1\nident = 0100:2\n\n"
		"[reader]\nlabel = r2\n\n",
		{{0}}},
	/* partials */
	{"[{{>p}}]", "[top]", {{"p", "{{label}}"}}},
	{"{{#readers}}{{>p}}{{/readers}}", "r1r2", {{"p", "{{label}}"}}},
	{"{{>p}}{{> p }}", "xx", {{"p", "x"}}},
	{"{{>p}}\n{{>q}}\n", "[x]\nx", {{"p", "[{{>q}}]\n"}, {"q", "x"}}},
	{"a\n{{>p}}\nb", "a\nb", {{"p", ""}}},
	{"\\\n {{>p}}\n/\n", "\\\n |\n l1\nl2\n |\n/\n", {{"p", "|\n{{{lines}}}\n|\n"}}},
	{">\n  {{>p}}", ">\n  >\n  >", {{"p", ">\n>"}}},
	{"  {{>p}}\n>", "  >\n  >>", {{"p", ">\n>"}}},
	{"  {{label}}  {{> p}}\n", "  top  >\n>\n", {{"p", ">\n>"}}},
	{"|\r\n{{>p}}\r\n|", "|\r\n>|", {{"p", ">"}}},
	{" {{>p}}\n", " a\n \tb\n \tc\n d\n", {{"p", "a\n\t{{>q}}\nd\n"}, {"q", "b\nc\n"}}},
	{" {{>p}}\n", " a\n b\n c\n", {{"p", "a\n{{>q}}\n"}, {"q", "b\nc\n"}}},
	{" {{>p}}\n", " a x\ny\n b\n", {{"p", "a {{>q}}\nb\n"}, {"q", "x\ny"}}},
	{" {{>p}}\n", " x\ny\n b\n", {{"p", "{{>q}}{{empty}}\nb\n"}, {"q", "x\ny"}}},
	{" {{>p}}\n", " x1\nx2\n", {{"p", "{{#on}}{{>q}}{{/on}}\n"}, {"q", "x1\nx2"}}},
	/* indented partials with tags */
	{"  {{>p}}\n", "  a\n  r1\n  r2\n  z\n", {{"p", "a\n{{#readers}}\n{{label}}\n{{/readers}}\nz\n"}}},
	{"  {{>p}}\n", "  r1r2\n", {{"p", "{{#readers}}{{label}}{{/readers}}\n"}}},
	{"  {{>p}}\n", "  \n  b\n", {{"p", "{{#off}}x{{/off}}\nb\n"}}},
	{"  {{>p}}\n", "  a\n  b\n  c\n", {{"p", "a\n{{! gone }}\nb\n{{!x}}c\n"}}},
	{"  {{>p}}\n", "  {{top\n", {{"p", "{{!x}}{{=| |=}}{{|label|\n"}}},
	{"  {{>p}}\n", "  x\n  y", {{"p", "{{#on}}x\n{{!c}}{{/on}}y"}}},
	{"  {{>p}}\n", "  x\n  y", {{"p", "{{^off}}x\n{{/off}}y"}}},
	{"  {{>p}}\n{{#on}}\n{{label}}\n{{/on}}\n", "  x\ntop\n", {{"p", "x\n"}}},
};

TEST(test_renderings)
{
	for (size_t i = 0; i < COUNT(renderings); i++) {
		struct arena arena FREED_BY(arena_free) = {0};
		struct buffer out FREED_BY(buffer_free) = {0};
		struct sink sink = buffer_sink(&out);

		struct template_set *set = compiled_set(&arena, renderings[i].text, renderings[i].parts);
		assert_true(template_render(set, "main", &node_type, &root, &context_mark, &sink));
		buffer_add(&out, "", 1);
		if (strcmp(out.at, renderings[i].result) != 0)
			print_error("template: %s\n", renderings[i].text);
		assert_string_equal(out.at, renderings[i].result);
	}
}

static const struct {
	const char *text;
	struct part parts[3];
	const char *name;
	unsigned line, column;
	const char *message;
} mistakes[] = {
	{"a\n  {{lable}}\n", {{0}}, "main", 2, 3, "unknown name \"lable\""},
	{"x{{#lable}}", {{0}}, "main", 1, 2, "unknown name \"lable\""},
	{"{{^lable}}", {{0}}, "main", 1, 1, "unknown name \"lable\""},
	{"{{{lable}}}", {{0}}, "main", 1, 1, "unknown name \"lable\""},
	{"{{!\n\n}}{{lable}}", {{0}}, "main", 3, 3, "unknown name \"lable\""},
	{"ok", {{"p", "{{#on}}\r\n{{/on}}\r\n {{lable}}"}}, "p", 3, 2, "unknown name \"lable\""},
	{"a\n {{#on}}\nb", {{0}}, "main", 2, 2, "section \"on\", opened in line 2, is never closed"},
	{"{{#on}}\n{{^off}}\n{{/off}}", {{0}}, "main", 1, 1,
		"section \"on\", opened in line 1, is never closed"},
	{"a\nb{{/on}}", {{0}}, "main", 2, 2, "closing tag \"on\" closes no section"},
	{"{{#on}}\n{{#off}}\n{{/on}}", {{0}}, "main", 3, 1,
		"closing tag \"on\" does not match section \"off\", opened in line 2"},
	{"\n {{label", {{0}}, "main", 2, 2, "tag is not closed: no \"}}\" follows"},
	{"{{{label}}", {{0}}, "main", 1, 1, "tag is not closed: no \"}}}\" follows"},
	{"{{=<% %>}}", {{0}}, "main", 1, 1, "tag is not closed: no \"=}}\" follows"},
	{"{{=<% %>=}}<%label}}", {{0}}, "main", 1, 12, "tag is not closed: no \"%>\" follows"},
	{"{{", {{0}}, "main", 1, 1, "tag is not closed: no \"}}\" follows"},
	{"{{label\n{{user}}", {{0}}, "main", 1, 1,
		"the name in this tag is not one word; is its \"}}\" missing?"},
	{"{{ }}", {{0}}, "main", 1, 1, "tag without a name"},
	{"{{#}}", {{0}}, "main", 1, 1, "tag without a name"},
	{"{{>}}", {{0}}, "main", 1, 1, "tag without a name"},
	{"{{= <% =}}", {{0}}, "main", 1, 1, "a tag that sets delimiters needs two of them"},
	{"{{==}}", {{0}}, "main", 1, 1, "a tag that sets delimiters needs two of them"},
	{"{{=a b c=}}", {{0}}, "main", 1, 1, "a tag that sets delimiters needs two of them"},
	{"{{=a= b=}}", {{0}}, "main", 1, 1, "a tag that sets delimiters needs two of them"},
	{"a {{> nope }}", {{0}}, "main", 1, 3, "there is no template \"nope\""},
	{"a\n {{>main}}", {{0}}, "main", 2, 2, "the template \"main\" includes itself"},
	{"{{>p}}", {{"p", "{{#on}}\n{{>q}}\n{{/on}}"}, {"q", "\n\n {{>p}}"}}, "q", 3, 2,
		"the template \"p\" includes itself"},
};

TEST(test_errors_have_places)
{
	for (size_t i = 0; i < COUNT(mistakes); i++) {
		struct arena arena FREED_BY(arena_free) = {0};
		struct template_error error;

		struct template_set *set = make_set(&arena, mistakes[i].text, mistakes[i].parts);
		assert_false(template_set_compile(set, &error));
		char *message = strndup(error.message.at, error.message.len);
		assert_string_equal(message, mistakes[i].message);
		assert_string_equal(error.place.name, mistakes[i].name);
		assert_int_equal(error.place.line, mistakes[i].line);
		assert_int_equal(error.place.column, mistakes[i].column);
		free(message);
	}
}

TEST(test_sets)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct template_error error;
	struct buffer out = {0};
	struct sink sink = buffer_sink(&out);
	char name[] = "extra";

	struct template_set *set = compiled_set(&arena, "{{>p}}", (struct part[3]){{"p", "old"}});
	expect_text(set, "main", "old");
	template_set_add(set, "p", SLICE("{{label}}"));
	template_set_add(set, name, (struct slice){NULL, 0});
	name[0] = 'X';
	errno = 0;
	assert_false(template_render(set, "main", &node_type, &root, &context_mark, &sink));
	assert_int_equal(errno, EINVAL);
	assert_int_equal(template_locate(set, "main", &node_type, &root, &context_mark, 1).line, 0);

	assert_true(template_set_compile(set, &error));
	expect_text(set, "main", "top");
	expect_text(set, "p", "top");
	expect_text(set, "extra", "");
	errno = 0;
	assert_false(template_render(set, "Xxtra", &node_type, &root, &context_mark, &sink));
	assert_int_equal(errno, EINVAL);
	assert_int_equal(out.len, 0);
}

TEST(test_texts_of_one_length)
{
	struct arena arena FREED_BY(arena_free) = {0};

	struct template_set *set = compiled_set(
		&arena, "{{>p}}{{>q}}", (struct part[3]){{"p", "{{label}} 1"}, {"q", "{{label}} 2"}});
	expect_text(set, "main", "top 1top 2");
}

TEST(test_a_text_as_the_object)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct buffer out FREED_BY(buffer_free) = {0};
	struct sink sink = buffer_sink(&out);
	struct slice text = SLICE("it");

	struct template_set *set = compiled_set(&arena, "{{.}}{{label}}{{#.}}!{{/.}}", NULL);
	assert_true(template_render(set, "main", NULL, &text, &context_mark, &sink));
	assert_int_equal(out.len, 3);
	assert_memory_equal(out.at, "it!", 3);
}
