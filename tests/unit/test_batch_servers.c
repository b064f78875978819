/* The table of servers: each once, with the receivers that use it. */
#include "unit.h"

#include <stdlib.h>

#include "app/batch_servers.h"

enum { BOXES = 3000 };

struct use {
	const char *receiver, *device, *protocol;
};

/* One row each; rows of one receiver stand together. */
static void add(struct servers *servers, struct arena *arena, const struct use *uses, size_t count)
{
	for (size_t from = 0, at = 0; from < count; from = at) {
		struct buffer text FREED_BY(buffer_free) = {0};
		struct model model;
		model_init(&model, arena);
		for (; at < count && strcmp(uses[at].receiver, uses[from].receiver) == 0; at++) {
			bool local = strcmp(uses[at].protocol, "internal") == 0;
			struct section *reader = model_add(&model, &model.readers,
				local ? KIND_LOCAL : KIND_CCCAM, SECTION_reader, 1, 4);
			section_set(&model, reader, KEY_reader_device, slice_of(uses[at].device));
			section_set(&model, reader, KEY_reader_protocol, slice_of(uses[at].protocol));
		}
		(void)model_add(&model, &model.readers, KIND_REMARK, SECTION_reader, 9, 0);
		servers_of(&model, &text);
		servers_add(servers, uses[from].receiver, buffer_slice(&text));
	}
}

/* malloc'ed */
static char *print(struct servers *servers, bool all, bool redact)
{
	char *text = NULL;
	size_t len = 0;
	FILE *to = open_memstream(&text, &len);

	assert_non_null(to);
	servers_print(servers, to, all, redact);
	assert_int_equal(fclose(to), 0);
	return text;
}

/* What follows the first such words. */
static const char *behind(const char *text, const char *words)
{
	const char *at = strstr(text, words);

	if (!at)
		fail_msg("no %s", words);
	return at + strlen(words);
}

/* One server that all use, one for each ten, one of each one's own. A table is for reading: what does not fit
 * is counted. */
TEST(test_many)
{
	struct servers servers;
	struct arena arena FREED_BY(arena_free) = {0};

	servers_init(&servers, &arena);
	for (unsigned i = 0; i < BOXES; i++) {
		const char *name = arena_format(&arena, "site/with-a-long-name/box%05u", i).at;
		const struct use uses[] = {
			{name, arena_format(&arena, "own%05u.example.com,12000", i).at, "cccam"},
			{name, i % 2 ? "All.Example.COM,12000" : "all.example.com,12000", "cccam"},
			{name, "all.example.com,12000", "cccam"}, /* another account there */
			{name, "/dev/sci0", "internal"},
			{name, arena_format(&arena, "tenth%05u.example.com,12000", i / 10).at, "cccam"},
		};
		add(&servers, &arena, uses, sizeof uses / sizeof *uses);
	}
	char *text = print(&servers, true, false);
	assert_int_equal(slice_lines(slice_of(text)), 2 + 1 + BOXES / 10 + BOXES);
	/* the names of the one that all use, in the order of the receivers */
	const char *at = behind(text, "     3000  cccam     all.example.com:12000             ");
	for (unsigned i = 0; i < BOXES; i++)
		at = behind(at, arena_format(&arena, "site/with-a-long-name/box%05u", i).at);
	(void)behind(at, "\n       10  cccam     tenth00299.example.com:12000");
	at = behind(at, "\n        1  cccam     own00000.example.com:12000");
	(void)behind(at, "\n        1  cccam     own02999.example.com:12000");
	free(text);
	text = print(&servers, false, false);
	assert_int_equal(slice_lines(slice_of(text)), 2 + 100 + 1);
	(void)behind(text, "site/with-a-long-name/box00000, site/with-a-long-name/box00001 and 2998 more\n");
	(void)behind(text, "\n3201 more servers; -v shows all\n");
	free(text);
	text = print(&servers, false, true);
	(void)behind(text, "     3000  cccam     server-1                          site/");
	assert_null(strstr(text, "example"));
	free(text);
}
