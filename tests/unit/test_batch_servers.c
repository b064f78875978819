/* The table of servers: each once, with the receivers that use it. */
#include "unit.h"

#include <stdio.h>
#include <stdlib.h>

#include "app/batch_servers.h"

enum { BOXES = 3000 };

static void use(struct model *model, enum section_kind kind, const char *device, const char *protocol)
{
	struct section *reader = model_add(model, &model->readers, kind, SECTION_reader, 1, 4);

	section_set(model, reader, KEY_reader_device, slice_of(device));
	section_set(model, reader, KEY_reader_protocol, slice_of(protocol));
}

static void add(struct servers *servers, const char *receiver, const struct model *model)
{
	struct buffer text = {0};

	servers_of(model, &text);
	servers_add(servers, receiver, buffer_slice(&text));
	buffer_free(&text);
}

static char *print_some(struct servers *servers, const struct servers_shown *shown, bool redact)
{
	char *text = NULL;
	size_t len = 0;
	FILE *to = open_memstream(&text, &len);

	assert_non_null(to);
	servers_print(servers, to, shown, redact);
	assert_int_equal(fclose(to), 0);
	servers_free(servers);
	return text;
}

static char *print(struct servers *servers, uint32_t receivers, bool redact)
{
	const struct servers_shown shown = {UINT32_MAX, receivers, UINT32_MAX};

	return print_some(servers, &shown, redact);
}

static struct servers *three_boxes(struct arena *arena)
{
	struct servers *servers = servers_new();
	struct model first, second, third;

	model_init(&first, arena);
	use(&first, KIND_CCCAM, "b.example.com,12000", "cccam");
	use(&first, KIND_CCCAM, "b.example.com,12000", "cccam"); /* another account there */
	use(&first, KIND_LOCAL, "/dev/sci0", "internal");
	(void)model_add(&first, &first.readers, KIND_REMARK, SECTION_reader, 9, 0);
	model_init(&second, arena);
	use(&second, KIND_CCCAM, "a.example.com,12000", "cccam");
	use(&second, KIND_CCCAM, "B.Example.COM,12000", "cccam");
	model_init(&third, arena);
	use(&third, KIND_NEWCAMD, "b.example.com,15000", "newcamd");
	use(&third, KIND_CCCAM, "b.example.com,12000", "cccam");
	add(servers, "first", &first);
	add(servers, "second", &second);
	add(servers, "third", &third);
	return servers;
}

static void test_small(void **state)
{
	struct arena arena;

	arena_init(&arena);
	char *text = print(three_boxes(&arena), 10, false);
	assert_string_equal(text,
		"\nreceivers  protocol  server                            used by\n"
		"        3  cccam     b.example.com:12000               first, second, third\n"
		"        1  cccam     a.example.com:12000               second\n"
		"        1  newcamd   b.example.com:15000               third\n");
	free(text);
	text = print(three_boxes(&arena), 2, true);
	assert_string_equal(text,
		"\nreceivers  protocol  server                            used by\n"
		"        3  cccam     server-1                          first, second and 1 more\n"
		"        1  cccam     server-2                          second\n"
		"        1  newcamd   server-3                          third\n");
	free(text);
	arena_free(&arena);
}

/* A table is for reading: what does not fit is counted. */
static void test_limits(void **state)
{
	static const struct servers_shown narrow = {2, 10, sizeof "first, second" - 1}, one = {1, 10, 2};
	struct arena arena;

	arena_init(&arena);
	char *text = print_some(three_boxes(&arena), &narrow, false);
	assert_string_equal(text,
		"\nreceivers  protocol  server                            used by\n"
		"        3  cccam     b.example.com:12000               first, second and 1 more\n"
		"        1  cccam     a.example.com:12000               second\n"
		"1 more server; -v shows all\n");
	free(text);
	text = print_some(three_boxes(&arena), &one, false);
	assert_string_equal(text, "\nreceivers  protocol  server                            used by\n"
				  "        3  cccam     b.example.com:12000               first and 2 more\n"
				  "2 more servers; -v shows all\n");
	free(text);
	arena_free(&arena);
}

static void test_none(void **state)
{
	char *text = print(servers_new(), 10, false);
	assert_string_equal(text, "");
	free(text);
}

/* One server that all use, one for each ten, one of each one's own. */
static struct servers *many_boxes(void)
{
	struct servers *servers = servers_new();

	for (uint32_t i = 0; i < BOXES; i++) {
		char own[64], tenth[64], name[64];
		struct arena arena;
		struct model model;
		arena_init(&arena);
		model_init(&model, &arena);
		(void)snprintf(own, sizeof own, "own%05lu.example.com,12000", (unsigned long)i);
		(void)snprintf(tenth, sizeof tenth, "tenth%05lu.example.com,12000", (unsigned long)i / 10);
		(void)snprintf(name, sizeof name, "site/with-a-long-name/box%05lu", (unsigned long)i);
		use(&model, KIND_CCCAM, own, "cccam");
		use(&model, KIND_CCCAM, "all.example.com,12000", "cccam");
		use(&model, KIND_CCCAM, tenth, "cccam");
		add(servers, name, &model);
		arena_free(&arena);
	}
	return servers;
}

static size_t count_lines(const char *text)
{
	size_t lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

static void test_many(void **state)
{
	char *text = print(many_boxes(), UINT32_MAX, false);
	assert_int_equal(count_lines(text), 2 + 1 + BOXES / 10 + BOXES);
	/* the names of the one that all use, in the order of the receivers */
	const char *at = strstr(text, "     3000  cccam     all.example.com:12000");
	assert_non_null(at);
	for (unsigned long i = 0; i < BOXES; i++) {
		char wanted[64];
		(void)snprintf(wanted, sizeof wanted, "site/with-a-long-name/box%05lu", i);
		at = strstr(at, wanted);
		assert_non_null(at);
	}
	assert_non_null(strstr(text, "\n       10  cccam     tenth00299.example.com:12000"));
	at = strstr(text, "\n        1  cccam     own00000.example.com:12000");
	assert_non_null(at);
	assert_non_null(strstr(at, "\n        1  cccam     own02999.example.com:12000"));
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_small),
		cmocka_unit_test(test_limits),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_many),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
