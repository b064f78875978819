/* An existing file is written back byte for byte, whatever is in it, and edits change nothing but what they
 * say. */
#include "unit.h"
#include <dirent.h>
#include <stdio.h>
#include <sys/stat.h>

#include "document_help.h"
#include "generate.h"

enum { ROUNDS = 2000, BYTES_MOST = 40000, INSERTS = 200000, PATH_ROOM = 4096 };

static const enum oscam_file FILES[] = {OSCAM_CONF, OSCAM_SERVER, OSCAM_USER, OSCAM_SERVICES};
enum { FILE_COUNT = sizeof FILES / sizeof *FILES };

static void check_unchanged(struct slice text)
{
	for (size_t i = 0; i < FILE_COUNT; i++) {
		struct trial trial FREED_BY(trial_end) = {0};
		trial_start(&trial, FILES[i], text);
		assert_sound(&trial);
		assert_written(&trial, text);
	}
}

TEST(random_bytes_come_back)
{
	static const char *const pieces[] = {"[", "]", "=", "\n", "\r", "\r\n", "#", " ", "\t",
		"\xef\xbb\xbf", "[reader]\n", "[account]\n", "user = ", "label = a\n", "[x]", "caid", "0500"};
	const unsigned count = sizeof pieces / sizeof *pieces;

	for (unsigned seed = 0; seed < ROUNDS; seed++) {
		struct generator g FREED_BY(generator_free) = generator_start(seed);
		unsigned most = draw(&g, 20) == 0 ? BYTES_MOST : 200;
		for (unsigned left = draw(&g, most); left > 0; left--) {
			char byte = (char)draw(&g, 256);
			if (draw(&g, 2))
				say(&g, draw_word(&g, pieces, count));
			else
				buffer_add(&g.text, &byte, 1);
		}
		check_unchanged(buffer_slice(&g.text));
	}
}

TEST(small_files_come_back)
{
	static const struct slice texts[] = {{NULL, 0}, {"", 0}, {"\n", 1}, {"\r", 1}, {"\0", 1}, {"x", 1},
		{"\xef\xbb\xbf", 3}, {"\r\n\r\n", 4}, {"[reader]", 8}, {"\n\n\0\n\n", 5}};

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		check_unchanged(texts[i]);
}

/* All files in a folder and below it; no links, for in an example there is one that leads nowhere. */
static unsigned check_folder(const char *path)
{
	DIR *folder = opendir(path);
	unsigned files = 0;

	assert_non_null(folder);
	for (struct dirent *entry; (entry = readdir(folder));) {
		char inner[PATH_ROOM];
		struct stat status;
		struct source source;
		if (entry->d_name[0] == '.')
			continue;
		assert_true(
			(size_t)snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name) < sizeof inner);
		assert_int_equal(lstat(inner, &status), 0);
		if (S_ISLNK(status.st_mode))
			continue;
		if (S_ISDIR(status.st_mode)) {
			files += check_folder(inner);
			continue;
		}
		assert_true(source_read_raw(&source, inner));
		check_unchanged(source.text);
		source_free(&source);
		files++;
	}
	assert_int_equal(closedir(folder), 0);
	return files;
}

TEST(files_of_the_tests_and_examples_come_back)
{
	assert_true(check_folder(SOURCE_DIR "/tests") > 100);
	assert_true(check_folder(SOURCE_DIR "/examples") > 8);
}

/* Edits by number of line; '+' in front of it, '-' without it, '=' in its place. */
struct edit {
	char what;
	uint32_t line;
	const char *text;
};

enum { EDITS_MOST = 6 };

struct edited {
	const char *before;
	struct edit edits[EDITS_MOST];
	const char *after;
};

static void make_edit(struct trial *trial, const struct edit *edit)
{
	if (edit->what == '+')
		document_insert(&trial->document, edit->line, slice_of(edit->text));
	else if (edit->what == '-')
		document_remove(&trial->document, edit->line);
	else
		document_replace(&trial->document, edit->line, slice_of(edit->text));
}

TEST(edits_change_what_they_say)
{
	static const struct edited rows[] = {
		{"a\nb\nc\n", {{'=', 1, "B\n"}}, "a\nB\nc\n"},
		{"a\nb\nc\n", {{'=', 0, "A\n"}, {'=', 2, "C\n"}}, "A\nb\nC\n"},
		{"a\nb\nc\n", {{'=', 1, "B1\nB2\n"}}, "a\nB1\nB2\nc\n"},
		{"a\nb\nc\n", {{'=', 1, "B1\n"}, {'=', 1, "B2\n"}}, "a\nB2\nc\n"},
		{"a\nb\nc\n", {{'-', 1, NULL}}, "a\nc\n"},
		{"a\nb\nc\n", {{'-', 0, NULL}, {'-', 1, NULL}, {'-', 2, NULL}}, ""},
		{"a\nb\nc\n", {{'-', 1, NULL}, {'=', 1, "B\n"}}, "a\nB\nc\n"},
		{"a\nb\nc\n", {{'=', 1, "B\n"}, {'-', 1, NULL}}, "a\nc\n"},
		{"a\nb\nc\n", {{'+', 0, "x\n"}}, "x\na\nb\nc\n"},
		{"a\nb\nc\n", {{'+', 1, "x\n"}}, "a\nx\nb\nc\n"},
		{"a\nb\nc\n", {{'+', 2, "x\n"}}, "a\nb\nx\nc\n"},
		{"a\nb\nc\n", {{'+', 3, "x\n"}}, "a\nb\nc\nx\n"},
		{"a\nb\nc\n", {{'+', 1, "x\n"}, {'+', 1, "y\n"}, {'+', 1, "z\n"}}, "a\nx\ny\nz\nb\nc\n"},
		{"a\nb\nc\n", {{'+', 1, "x\n"}, {'-', 1, NULL}, {'+', 1, "y\n"}}, "a\nx\ny\nc\n"},
		{"a\nb\nc\n", {{'+', 1, ""}, {'+', 1, "y\n"}, {'+', 2, "z\n"}}, "a\ny\nb\nz\nc\n"},
		{"a\nb\nc\n", {{'+', 3, "x\n"}, {'+', 3, "y\n"}}, "a\nb\nc\nx\ny\n"},
		{"a\nb\nc", {{'+', 3, "x\n"}, {'+', 3, "y\n"}}, "a\nb\nc\nx\ny\n"},
		{"a\nb\nc", {{'+', 3, ""}}, "a\nb\nc"},
		{"a\nb\nc", {{'+', 2, "x\n"}}, "a\nb\nx\nc"},
		{"a\nb\nc", {{'-', 2, NULL}, {'+', 3, "x\n"}}, "a\nb\nx\n"},
		{"a\nb\nc", {{'-', 0, NULL}, {'-', 1, NULL}, {'-', 2, NULL}, {'+', 3, "x\n"}}, "x\n"},
		{"a\nb\nc", {{'=', 2, "C\n"}, {'+', 3, "x\n"}}, "a\nb\nC\nx\n"},
		{"a\nb\nc", {{'=', 0, "A\n"}}, "A\nb\nc"},
		{"a\r\nb\r\nc", {{'=', 1, "B\r\n"}, {'+', 3, "x\r\n"}}, "a\r\nB\r\nc\r\nx\r\n"},
		{"a\r\nb\nc\r\n", {{'+', 1, "x\r\n"}}, "a\r\nx\r\nb\nc\r\n"},
		{"a\nb\r\nc", {{'+', 3, "x\n"}}, "a\nb\r\nc\nx\n"},
		{"a\rb\rc", {{'+', 1, "x\n"}}, "a\rb\rc\nx\n"},
		{"", {{'+', 0, "x\n"}, {'+', 0, "y\n"}}, "x\ny\n"},
		{"\xef\xbb\xbf", {{'+', 1, "[reader]\n"}}, "\xef\xbb\xbf\n[reader]\n"},
		{"\xef\xbb\xbf", {{'=', 0, "x\n"}}, "x\n"},
		{"\xef\xbb\xbf"
		 "a\nb\n",
			{{'+', 1, "x\n"}},
			"\xef\xbb\xbf"
			"a\nx\nb\n"},
		{"\n\n\n", {{'-', 1, NULL}, {'+', 0, "x\n"}}, "x\n\n\n"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct trial trial FREED_BY(trial_end) = {0};
		trial_start(&trial, OSCAM_SERVER, slice_of(rows[i].before));
		for (size_t k = 0; k < EDITS_MOST && rows[i].edits[k].what; k++)
			make_edit(&trial, &rows[i].edits[k]);
		assert_written(&trial, slice_of(rows[i].after));
		assert_written(&trial, slice_of(rows[i].after));
	}
}

TEST(zero_bytes_in_the_texts_stay)
{
	struct trial trial FREED_BY(trial_end) = {0};

	trial_start(&trial, OSCAM_USER, SLICE("a\0\nb\n"));
	document_insert(&trial.document, 1, SLICE("x\0\n"));
	document_insert(&trial.document, 1, SLICE("y\0\n"));
	document_replace(&trial.document, 1, SLICE("\0B\n"));
	assert_written(&trial, SLICE("a\0\nx\0\ny\0\n\0B\n"));
}

/* A part of a long line is a line: in its place something else can stand. */
TEST(a_part_of_a_long_line)
{
	struct buffer text FREED_BY(buffer_free) = {0}, expected FREED_BY(buffer_free) = {0};
	struct trial trial FREED_BY(trial_end) = {0};

	while (text.len < OSCAM_LINE_MAX)
		buffer_add(&text, "x", 1);
	buffer_format(&expected, "%.*s[reader]\nlabel = b\nend\n", (int)text.len, text.at);
	buffer_format(&text, "user = a\nend\n");
	trial_start(&trial, OSCAM_SERVER, buffer_slice(&text));
	assert_int_equal(trial.document.lines.count, 3);
	document_insert(&trial.document, 1, SLICE("[reader]\n"));
	document_replace(&trial.document, 1, SLICE("label = b\n"));
	assert_written(&trial, buffer_slice(&expected));
	trial_start(&trial, OSCAM_SERVER, buffer_slice(&expected));
	assert_value(&trial, 1, KEY_reader_label, "b");
}

TEST(new_lines_look_as_the_others_end)
{
	static const struct {
		const char *text, *line;
	} rows[] = {{"", "label                         = a b\n"},
		{"x", "label                         = a b\n"},
		{"\xef\xbb\xbf", "label                         = a b\n"},
		{"x\r", "label                         = a b\n"},
		{"\n\r\n", "label                         = a b\n"},
		{"x\r\ny\n", "label                         = a b\r\n"},
		{"\r\n", "label                         = a b\r\n"},
		{"\r\r\n", "label                         = a b\r\n"}};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct trial trial FREED_BY(trial_end) = {0};
		trial_start(&trial, OSCAM_SERVER, slice_of(rows[i].text));
		assert_text(document_format(&trial.document, KEY_reader_label, SLICE("a b")), rows[i].line);
	}
	struct trial trial FREED_BY(trial_end) = {0};
	trial_start(&trial, OSCAM_CONF, SLICE(""));
	assert_text(document_format(&trial.document, KEY_global_disablecrccws_only_for, SLICE("0500:000001")),
		"disablecrccws_only_for        = 0500:000001\n");
}

/* What an edit says is what OSCam reads then. */
TEST(what_was_put_in_is_read)
{
	struct buffer text FREED_BY(buffer_free) = {0};
	struct sink sink = buffer_sink(&text);
	struct trial trial FREED_BY(trial_end) = {0};

	trial_start(&trial, OSCAM_USER, SLICE("# mine\r\n[account]\r\nuser = a\r\ngroup = 1 # all"));
	struct document *document = &trial.document;
	const struct document_section *section = section_at(&trial, 1);
	const struct document_setting *group = document_setting(document, section, KEY_account_group);
	document_replace(document, group->line, document_format(document, KEY_account_group, SLICE("1,2")));
	document_insert(
		document, section->end, document_format(document, KEY_account_cccmaxhops, SLICE("3")));
	document_insert(document, document->lines.count, SLICE("[account]\r\n"));
	document_insert(
		document, document->lines.count, document_format(document, KEY_account_user, SLICE("b")));
	assert_true(document_write(document, &sink));
	struct trial again FREED_BY(trial_end) = {0};
	trial_start(&again, OSCAM_USER, buffer_slice(&text));
	assert_sound(&again);
	assert_int_equal(again.document.sections.count, 3);
	assert_value(&again, 1, KEY_account_group, "1,2");
	assert_value(&again, 1, KEY_account_cccmaxhops, "3");
	assert_text(section_at(&again, 2)->label, "b");
	assert_text(document_line_at(&again.document, 0)->text, "# mine\r\n");
}

/* Random edits beside the same edits of an array of lines. */
TEST(random_edits)
{
	enum { LINES_MOST = 12, TEXT_ROOM = 4000 };

	for (unsigned seed = 0; seed < ROUNDS; seed++) {
		struct generator g FREED_BY(generator_free) = generator_start(seed);
		unsigned count = draw(&g, LINES_MOST), open = draw(&g, 2);
		char before[LINES_MOST + 1][TEXT_ROOM] = {""}, lines[LINES_MOST][TEXT_ROOM];
		for (unsigned i = 0; i < count; i++) {
			(void)snprintf(
				lines[i], TEXT_ROOM, "line %u%s", i, i + 1 < count || !open ? "\n" : "");
			say(&g, lines[i]);
		}
		struct trial trial FREED_BY(trial_end) = {0};
		trial_start(&trial, OSCAM_CONF, buffer_slice(&g.text));
		assert_int_equal(trial.document.lines.count, count);
		for (unsigned i = draw(&g, 20); i > 0; i--) {
			unsigned line = draw(&g, count + 1);
			struct slice text = arena_format(&trial.arena, "new %u\n", i);
			if (line == count || draw(&g, 2)) {
				document_insert(&trial.document, line, text);
				strcat(before[line], text.at);
			} else {
				document_replace(&trial.document, line, draw(&g, 3) ? text : SLICE(""));
				strcpy(lines[line],
					document_line_at(&trial.document, line)->instead.len ? text.at : "");
			}
		}
		struct buffer expected FREED_BY(buffer_free) = {0};
		for (unsigned i = 0; i < count; i++)
			buffer_format(&expected, "%s%s", before[i], lines[i]);
		if (before[count][0] && expected.len && expected.at[expected.len - 1] != '\n')
			buffer_add(&expected, "\n", 1);
		buffer_add(&expected, before[count], strlen(before[count]));
		assert_written(&trial, buffer_slice(&expected));
	}
}

TEST(many_texts_in_front_of_one_line)
{
	struct trial trial FREED_BY(trial_end) = {0};
	struct buffer expected FREED_BY(buffer_free) = {0};

	trial_start(&trial, OSCAM_SERVER, SLICE("a\nb\n"));
	buffer_format(&expected, "a\n");
	for (int i = 0; i < INSERTS; i++) {
		document_insert(&trial.document, 1, SLICE("[reader]\n"));
		buffer_add(&expected, "[reader]\n", strlen("[reader]\n"));
	}
	buffer_format(&expected, "b\n");
	assert_written(&trial, buffer_slice(&expected));
}

struct stopping {
	int calls, stop_at;
};

static bool stop_writing(void *context, const char *text, size_t len)
{
	struct stopping *stopping = context;

	(void)text;
	assert_true(len > 0);
	return ++stopping->calls != stopping->stop_at;
}

/* Nothing is written after the first failure, wherever that is. */
TEST(a_sink_that_fails_ends_it)
{
	struct trial trial FREED_BY(trial_end) = {0};
	struct stopping all = {.stop_at = 0};
	struct sink sink = {stop_writing, &all};

	trial_start(&trial, OSCAM_SERVER, SLICE("a\nb\nc\nd"));
	document_insert(&trial.document, 1, SLICE("x\n"));
	document_insert(&trial.document, 1, SLICE("y\n"));
	document_insert(&trial.document, 1, SLICE("z\n"));
	document_replace(&trial.document, 2, SLICE("C\n"));
	document_insert(&trial.document, 4, SLICE("end\n"));
	document_insert(&trial.document, 4, SLICE("END\n"));
	assert_true(document_write(&trial.document, &sink));
	assert_true(all.calls > 8);
	for (int i = 1; i <= all.calls; i++) {
		struct stopping stopping = {.stop_at = i};
		sink.context = &stopping;
		assert_false(document_write(&trial.document, &sink));
		assert_int_equal(stopping.calls, i);
	}
}
