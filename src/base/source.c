/* Reading an input file and walking its lines. See source.h. */
#include "cc2oscam/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cc2oscam/arena.h"

static struct slice base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slice_of(slash && slash[1] ? slash + 1 : path);
}

static bool ends_with(struct slice text, struct slice end)
{
	return text.len >= end.len &&
	       slice_equal_nocase((struct slice){text.at + text.len - end.len, end.len}, end);
}

bool is_key_file(struct slice path)
{
	return ends_with(path, SLICE(".key")) || ends_with(path, SLICE(".cw")) ||
	       ends_with(path, SLICE(".bin"));
}

/* Files of line feeds only, which most are, are counted without walking them. */
static bool count_feeds(struct slice text, bool raw, uint32_t *lines)
{
	size_t count = 0;

	if (text.len == 0 || text.len >= UINT32_MAX || (!raw && memchr(text.at, '\r', text.len)))
		return false;
	for (size_t i = 0; i < text.len; i++)
		count += text.at[i] == '\n';
	*lines = (uint32_t)(count + (text.at[text.len - 1] != '\n'));
	return true;
}

static uint32_t count_lines(const struct source *source)
{
	uint32_t lines;

	if (count_feeds(source->text, source->raw, &lines))
		return lines;

	struct line_walk walk = line_walk_start(source);
	struct line line;

	while (line_walk_next(&walk, &line))
		continue;
	return walk.number;
}

static void from_text(struct source *source, const char *path, struct slice text, bool raw)
{
	*source = (struct source){.path = path, .name = base_name(path), .text = text, .raw = raw};
	source->lines = count_lines(source);
}

void source_from_text(struct source *source, const char *path, struct slice text)
{
	if (slice_starts(text, SLICE("\xef\xbb\xbf"))) {
		text.at += 3;
		text.len -= 3;
	}
	from_text(source, path, text, false);
}

void source_from_raw_text(struct source *source, const char *path, struct slice text)
{
	from_text(source, path, text, true);
}

/* The file's size is only a first guess: it may be a pipe, or grow while it is read. */
static int read_all(int file, char **memory, size_t *len)
{
	struct stat status;
	size_t room = 64 * 1024, used = 0;

	if (fstat(file, &status) != 0)
		return -1;
	if (S_ISREG(status.st_mode) && status.st_size > 0 && (uintmax_t)status.st_size < SIZE_MAX / 2)
		room = (size_t)status.st_size + 1;
	char *text = malloc(room);
	if (!text)
		out_of_memory();
	for (;;) {
		ssize_t got = read(file, text + used, room - used);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			int why = errno;
			free(text);
			errno = why;
			return -1;
		}
		if (got == 0)
			break;
		used += (size_t)got;
		if (used < room)
			continue;
		char *grown = room < SIZE_MAX / 2 ? realloc(text, room * 2) : NULL;
		if (!grown)
			out_of_memory();
		text = grown;
		room *= 2;
	}
	*memory = text;
	*len = used;
	return 0;
}

/* How a source is made of text, raw or not. */
typedef void from_text_function(struct source *source, const char *path, struct slice text);

static int read_file(struct source *source, int file, const char *path, from_text_function *from)
{
	char *memory = NULL;
	size_t len = 0;

	if (read_all(file, &memory, &len) != 0)
		return -1;
	from(source, path, (struct slice){memory, len});
	source->memory = memory;
	if (source->lines == UINT32_MAX) {
		source_free(source);
		errno = EFBIG;
		return -1;
	}
	return 0;
}

int source_read_raw_file(struct source *source, int file, const char *path)
{
	return read_file(source, file, path, source_from_raw_text);
}

static int read_source(struct source *source, const char *path, from_text_function *from)
{
	bool standard = strcmp(path, "-") == 0;
	int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

	if (file < 0)
		return -1;
	int failed = read_file(source, file, standard ? "standard input" : path, from);
	int why = errno;
	if (!standard)
		(void)close(file);
	errno = why;
	return failed;
}

int source_read(struct source *source, const char *path)
{
	return read_source(source, path, source_from_text);
}

int source_read_raw(struct source *source, const char *path)
{
	return read_source(source, path, source_from_raw_text);
}

void source_free(struct source *source)
{
	free(source->memory);
	*source = (struct source){0};
}

struct slice source_line_end(const struct source *source)
{
	const char *feed = source->text.len ? memchr(source->text.at, '\n', source->text.len) : NULL;

	return feed && feed > source->text.at && feed[-1] == '\r' ? SLICE("\r\n") : SLICE("\n");
}

struct line_walk line_walk_start(const struct source *source)
{
	const char *at = source->text.at ? source->text.at : "";

	return (struct line_walk){.at = at, .end = at + source->text.len, .raw = source->raw};
}

/* Each end of line is looked for once, whether the text has many of them or none. */
static const char *find_end(const struct line_walk *walk, const char *known, char c)
{
	if (known && known >= walk->at)
		return known;
	const char *found = memchr(walk->at, c, (size_t)(walk->end - walk->at));
	return found ? found : walk->end;
}

bool line_walk_next(struct line_walk *walk, struct line *line)
{
	if (walk->at == walk->end || walk->number == UINT32_MAX)
		return false;
	walk->feed = find_end(walk, walk->feed, '\n');
	walk->carriage = walk->raw ? walk->end : find_end(walk, walk->carriage, '\r');

	const char *end = walk->carriage < walk->feed ? walk->carriage : walk->feed;
	const char *next = end == walk->end ? end : end + 1;
	if (end == walk->carriage && next == walk->feed && next != walk->end)
		next++;
	*line = (struct line){{walk->at, (size_t)(end - walk->at)}, ++walk->number};
	walk->at = next;
	return true;
}

struct place place_in(const struct source *source, const struct line *line, const char *at)
{
	return (struct place){source, line->number, (uint32_t)(at - line->text.at) + 1};
}
