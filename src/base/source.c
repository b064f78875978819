/* Reading an input file and walking its lines. See source.h. */
#include "cc2oscam/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cc2oscam/arena.h"

bool is_key_file(struct slice path)
{
	return slice_ends_nocase(path, SLICE(".key")) || slice_ends_nocase(path, SLICE(".cw")) ||
	       slice_ends_nocase(path, SLICE(".bin"));
}

/* Files of line feeds only, which most are, are counted without walking them. */
static uint32_t count_lines(const struct source *source)
{
	struct slice text = source->text;

	if (text.len < UINT32_MAX && (text.len == 0 || source->raw || !memchr(text.at, '\r', text.len)))
		return (uint32_t)slice_lines(text);

	struct line_walk walk = line_walk_start(source);
	struct line line;

	while (line_walk_next(&walk, &line))
		continue;
	return walk.number;
}

static void from_text(struct source *source, const char *path, struct slice text, bool raw)
{
	const char *slash = strrchr(path, '/');

	*source = (struct source){.path = path, .text = text, .raw = raw};
	source->name = slice_of(slash && slash[1] ? slash + 1 : path);
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

const char *source_trouble(int why)
{
	return why == EFBIG ? "it has more than 128 MiB, and no file of CCcam or OSCam has: name another file"
			    : strerror(why);
}

/* More memory for a text that fills all of its room. */
static bool give_room(char **text, size_t *room)
{
	size_t wanted = *room < SOURCE_MOST / 2 ? *room * 2 : SOURCE_MOST + 1;

	if (*room > SOURCE_MOST) {
		errno = EFBIG;
		return false;
	}
	char *grown = realloc(*text, wanted);
	if (!grown) {
		errno = ENOMEM;
		return false;
	}
	*text = grown;
	*room = wanted;
	return true;
}

/* Where the file's size is known, one byte more: the end is found without a second piece of memory. */
static bool first_room(int file, size_t *room)
{
	struct stat status;

	*room = 64 * 1024;
	if (fstat(file, &status) != 0)
		return false;
	if (!S_ISREG(status.st_mode) || status.st_size <= 0)
		return true;
	if (status.st_size > SOURCE_MOST) {
		errno = EFBIG;
		return false;
	}
	*room = (size_t)status.st_size + 1;
	return true;
}

/* To the end, also of a pipe, and of a file that grows while it is read. */
static bool read_to_end(int file, char **text, size_t room, size_t *len)
{
	for (*len = 0;;) {
		ssize_t got = read(file, *text + *len, room - *len);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got == 0;
		*len += (size_t)got;
		if (*len == room && !give_room(text, &room))
			return false;
	}
}

/* How a source is made of text, raw or not. */
typedef void from_text_function(struct source *source, const char *path, struct slice text);

static bool read_file(struct source *source, int file, const char *path, from_text_function *from)
{
	size_t room, len;
	char *text = first_room(file, &room) ? memory_take(room) : NULL;

	if (text && read_to_end(file, &text, room, &len)) {
		from(source, path, (struct slice){text, len});
		source->memory = text;
		return true;
	}
	int why = errno;
	free(text);
	errno = why;
	return false;
}

bool source_read_raw_file(struct source *source, int file, const char *path)
{
	return read_file(source, file, path, source_from_raw_text);
}

static bool read_source(struct source *source, const char *path, from_text_function *from)
{
	bool standard = strcmp(path, "-") == 0;
	int file = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

	if (file < 0)
		return false;
	bool good = read_file(source, file, standard ? "standard input" : path, from);
	int why = errno;
	if (!standard)
		(void)close(file);
	errno = why;
	return good;
}

bool source_read(struct source *source, const char *path)
{
	return read_source(source, path, source_from_text);
}

bool source_read_raw(struct source *source, const char *path)
{
	return read_source(source, path, source_from_raw_text);
}

void source_free(struct source *source)
{
	free(source->memory);
	*source = (struct source){0};
}

uint32_t source_statements(const struct source *source)
{
	enum { SHORT_STATEMENT = 16 };
	size_t most = source->text.len / SHORT_STATEMENT;

	return most < source->lines ? (uint32_t)most : source->lines;
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
	*line = (struct line){slice_between(walk->at, end), ++walk->number};
	walk->at = next;
	return true;
}

struct place place_in(const struct source *source, const struct line *line, const char *at)
{
	return (struct place){source, line->number, (uint32_t)(at - line->text.at) + 1};
}
