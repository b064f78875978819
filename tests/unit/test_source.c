/* Input files and their lines: every kind of line end, the byte order mark, pipes, and what cannot be read.
 */
#include "unit.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cc2oscam/source.h"

enum { LARGE = 300000, LINES_MOST = 8 };

struct splitting {
	struct slice text;
	const char *lines[LINES_MOST];
};

static void check_splitting(const struct splitting *splitting, bool raw)
{
	struct source source;
	struct line line;
	uint32_t count = 0;

	(raw ? source_from_raw_text : source_from_text)(&source, "x", splitting->text);
	assert_int_equal(source.raw, raw);
	for (struct line_walk walk = line_walk_start(&source); line_walk_next(&walk, &line);) {
		assert_non_null(splitting->lines[count]);
		assert_true(slice_equal(line.text, slice_of(splitting->lines[count])));
		assert_int_equal(line.number, ++count);
	}
	assert_null(splitting->lines[count]);
	assert_int_equal(source.lines, count);
}

TEST(test_line_ends)
{
	static const struct splitting rows[] = {
		{{NULL, 0}, {NULL}},
		{{"", 0}, {NULL}},
		{{"a", 1}, {"a"}},
		{{"a\n", 2}, {"a"}},
		{{"a\r\n", 3}, {"a"}},
		{{"a\r", 2}, {"a"}},
		{{"\n", 1}, {""}},
		{{"a\nb\r\nc\rd", 8}, {"a", "b", "c", "d"}},
		{{"\r\r\n\n\r", 5}, {"", "", "", ""}},
		{{"a\n\rb", 4}, {"a", "", "b"}},
		{{"\xef\xbb\xbf"
		  "a\n",
			 5},
			{"a"}},
		{{"\xef\xbb\xbf", 3}, {NULL}},
		{{"\xef\xbb", 2}, {"\xef\xbb"}},
		{{"a\n\xef\xbb\xbf"
		  "b",
			 6},
			{"a", "\xef\xbb\xbf"
			      "b"}},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_splitting(&rows[i], false);
}

/* Lines end with a line feed only, and what stands before it is theirs, as is a byte order mark. */
TEST(test_raw_line_ends)
{
	static const struct splitting rows[] = {
		{{NULL, 0}, {NULL}},
		{{"", 0}, {NULL}},
		{{"a", 1}, {"a"}},
		{{"a\n", 2}, {"a"}},
		{{"a\r\n", 3}, {"a\r"}},
		{{"a\r", 2}, {"a\r"}},
		{{"\n", 1}, {""}},
		{{"\r", 1}, {"\r"}},
		{{"a\nb\r\nc\rd", 8}, {"a", "b\r", "c\rd"}},
		{{"\r\r\n\n\r", 5}, {"\r\r", "", "\r"}},
		{{"a\n\rb", 4}, {"a", "\rb"}},
		{{"\xef\xbb\xbf"
		  "a\n",
			 5},
			{"\xef\xbb\xbf"
			 "a"}},
		{{"\xef\xbb\xbf", 3}, {"\xef\xbb\xbf"}},
		{{"\xef\xbb\xbf\xef\xbb\xbf\n", 7}, {"\xef\xbb\xbf\xef\xbb\xbf"}},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_splitting(&rows[i], true);
}

TEST(test_raw_places)
{
	struct source source;
	struct line line;

	source_from_raw_text(&source, "a/oscam.user", SLICE("\xef\xbb\xbfx\ry\nz"));
	assert_true(slice_equal(source.name, SLICE("oscam.user")));
	assert_null(source.memory);
	struct line_walk walk = line_walk_start(&source);
	assert_true(line_walk_next(&walk, &line));
	assert_int_equal(place_in(&source, &line, line.text.at + 5).column, 6);
	assert_int_equal(place_in(&source, &line, line.text.at + 5).line, 1);
	assert_true(line_walk_next(&walk, &line));
	assert_int_equal(place_in(&source, &line, line.text.at).line, 2);
	assert_false(line_walk_next(&walk, &line));
}

TEST(test_names_and_places)
{
	static const struct {
		const char *path, *name;
	} rows[] = {{"a/b.cfg", "b.cfg"}, {"b.cfg", "b.cfg"}, {"/", "/"}, {"a/", "a/"}, {"", ""}};
	struct source source;
	struct line line;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		source_from_text(&source, rows[i].path, SLICE("x"));
		assert_true(slice_equal(source.name, slice_of(rows[i].name)));
		assert_string_equal(source.path, rows[i].path);
	}
	source_from_text(&source, "x", SLICE("ab\ncd\n"));
	struct line_walk walk = line_walk_start(&source);
	assert_true(line_walk_next(&walk, &line) && line_walk_next(&walk, &line));
	struct place place = place_in(&source, &line, line.text.at + 1);
	assert_ptr_equal(place.source, &source);
	assert_int_equal(place.line, 2);
	assert_int_equal(place.column, 2);
}

/* A file of its own, which is removed again. */
static char *write_file(const char *text, size_t len)
{
	char *path = strdup("/tmp/test_source_XXXXXX");

	assert_non_null(path);
	int file = mkstemp(path);
	assert_true(file >= 0);
	assert_int_equal(write(file, text, len), (ssize_t)len);
	assert_int_equal(close(file), 0);
	return path;
}

TEST(test_reading_files)
{
	char *text = malloc(LARGE);
	struct source source;

	assert_non_null(text);
	memset(text, 'x', LARGE);
	text[LARGE / 2] = '\n';
	static const size_t sizes[] = {0, 1, LARGE / 2 + 1, LARGE};
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		char *path = write_file(text, sizes[i]);
		assert_true(source_read(&source, path));
		assert_int_equal(source.text.len, sizes[i]);
		assert_int_equal(source.lines, sizes[i] == 0 ? 0 : sizes[i] == LARGE ? 2 : 1);
		assert_true(sizes[i] == 0 || memcmp(source.text.at, text, sizes[i]) == 0);
		source_free(&source);
		assert_null(source.text.at);
		assert_int_equal(unlink(path), 0);
		free(path);
	}
	free(text);
}

/* The same bytes, read as they are and without the mark. */
TEST(test_reading_raw_files)
{
	static const char text[] = "\xef\xbb\xbf[a]\rb\r\n\0c";
	const size_t len = sizeof text - 1;
	char *path = write_file(text, len);
	struct source source;

	assert_true(source_read_raw(&source, path));
	assert_true(source.raw);
	assert_string_equal(source.path, path);
	assert_int_equal(source.text.len, len);
	assert_memory_equal(source.text.at, text, len);
	assert_int_equal(source.lines, 2);
	source_free(&source);
	assert_true(source_read(&source, path));
	assert_false(source.raw);
	assert_int_equal(source.text.len, len - 3);
	assert_int_equal(source.lines, 3);
	source_free(&source);
	assert_int_equal(unlink(path), 0);
	free(path);
}

TEST(test_what_cannot_be_read)
{
	struct source source;

	assert_false(source_read_raw(&source, "/tmp"));
	assert_int_equal(errno, EISDIR);
	assert_false(source_read_raw(&source, "/tmp/no/such/file"));
	assert_int_equal(errno, ENOENT);
	assert_false(source_read(&source, "/tmp"));
	assert_int_equal(errno, EISDIR);
	assert_false(source_read(&source, "/tmp/no/such/file"));
	assert_int_equal(errno, ENOENT);
}

/* The writer at the other end of the pipe, which writes in pieces. */
static void feed(int file)
{
	char text[1000];

	memset(text, 'y', sizeof text);
	for (int i = 0; i < LARGE / 1000; i++)
		if (write(file, text, sizeof text) != (ssize_t)sizeof text)
			_exit(1);
	_exit(0);
}

TEST(test_standard_input)
{
	struct source source;
	int ends[2], saved = dup(STDIN_FILENO), status;

	assert_int_equal(pipe(ends), 0);
	pid_t child = fork();
	assert_true(child >= 0);
	if (child == 0)
		feed(ends[1]);
	assert_int_equal(close(ends[1]), 0);
	assert_int_equal(dup2(ends[0], STDIN_FILENO), STDIN_FILENO);
	assert_true(source_read(&source, "-"));
	assert_int_equal(source.text.len, LARGE);
	assert_string_equal(source.path, "standard input");
	source_free(&source);
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_int_equal(close(ends[0]), 0);
	if (saved >= 0) {
		assert_int_equal(dup2(saved, STDIN_FILENO), STDIN_FILENO);
		assert_int_equal(close(saved), 0);
	}
}
