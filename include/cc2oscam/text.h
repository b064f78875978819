/* Slices point at text that somebody else owns; buffers own text that grows. */
#ifndef CC2OSCAM_TEXT_H
#define CC2OSCAM_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct arena;

struct slice {
	const char *at; /* not terminated; may be NULL when len is 0 */
	size_t len;
};

#define SLICE(literal) ((struct slice){(literal), sizeof(literal) - 1})

struct slice slice_of(const char *string);
static inline bool slice_equal(struct slice a, struct slice b)
{
	return a.len == b.len && (a.at == b.at || a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

/* Without regard to the case of ASCII letters; the locale does not matter. */
bool slice_equal_nocase(struct slice a, struct slice b);
/* Whether the word is one of the list, whose words have the byte `between` between them; the same of case. */
bool slice_in_list(struct slice word, const char *list, char between);
/* Whether one of the words, which have blanks between them, stands anywhere in the text; the same of case. */
bool slice_holds(struct slice text, const char *words);
/* The line feeds, and one line more where the text has no line feed at its end. */
size_t slice_lines(struct slice text);
/* memcmp order, the shorter first. */
int slice_compare(struct slice a, struct slice b);
bool slice_starts(struct slice text, struct slice start);
bool slice_ends(struct slice text, struct slice end);
/* Without the blanks (space, tab) at both ends. */
struct slice slice_trim(struct slice text);
/* Splits at the first `c`: the part before it is returned, `rest` keeps what follows; no `c`: everything,
 * and `rest` becomes empty with rest->at NULL. */
struct slice slice_cut(struct slice *rest, char c);

/* The text from one place up to another. */
static inline struct slice slice_between(const char *from, const char *to)
{
	return (struct slice){from, (size_t)(to - from)};
}

/* At most so many bytes from its start on, and no part of a character of UTF-8 at the end. */
struct slice slice_head(struct slice text, size_t most);
/* Whether it begins, or ends, with the other text; without regard to case. */
bool slice_starts_nocase(struct slice text, struct slice start);
bool slice_ends_nocase(struct slice text, struct slice end);

/* Without its first bytes, of which it has so many. */
static inline struct slice slice_skip(struct slice text, size_t bytes)
{
	return (struct slice){text.at + bytes, text.len - bytes};
}

/* ASCII only, whatever the locale. */
static inline bool is_blank(char c) /* space or tab */
{
	return c == ' ' || c == '\t';
}

static inline bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static inline bool is_control(char c) /* 0x00..0x1f and 0x7f */
{
	return (unsigned char)c < 0x20 || c == 0x7f;
}

static inline char to_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static inline char to_upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

int hex_value(char c); /* 0..15, or -1 */
bool is_hex_digit(char c);

/* The number in decimal, in the room. */
enum { DECIMAL_ROOM = 20 };
struct slice decimal_text(uint64_t number, char room[DECIMAL_ROOM]);

/* All of `text` as a decimal number of digits only. False when empty, not all digits or above `max`. */
bool parse_decimal(struct slice text, uint64_t max, uint64_t *number);
/* The highest port. */
enum { PORT_MOST = 65535 };
/* Hexadecimal digits of the numbers that name a card and its channels. */
enum { CAID_DIGITS = 4, IDENT_DIGITS = 6, SID_DIGITS = 4 };
/* All of `text` as hexadecimal with 1..digits digits, no prefix. */
bool parse_hex(struct slice text, unsigned digits, uint32_t *number);
/* Without the 0x that some write before hexadecimal digits. */
struct slice slice_without_0x(struct slice word);
/* The bytes of the UTF-8 character at the start of `text`, which is not empty; 0 when there is none. */
size_t utf8_length(struct slice text);
/* That character of so many bytes. */
uint32_t utf8_character(struct slice text, size_t len);
/* How many bytes at the start of `text`, which is not empty, are shown or replaced together; *harmless:
 * whether a terminal only shows them. Control characters, in UTF-8 and as bytes, and marks of direction are
 * not. */
size_t shown_bytes(struct slice text, bool *harmless);
/* The first of `bytes` not allowed in a value that OSCam reads from one line, or SIZE_MAX. */
size_t find_control(struct slice text);

/* Whether the text is not empty, and each of its bytes is such a one. */
bool slice_all(struct slice text, bool (*is)(char c));
/* Whether all of it is above the blank: no blank, no line end, no zero byte. */
bool slice_is_solid(struct slice text);

uint64_t slice_hash(struct slice text, uint64_t seed);
uint64_t slice_hash_nocase(struct slice text, uint64_t seed);

/* Copies into the arena (the copy is zero-terminated as well; len does not count the zero). */
struct slice arena_copy(struct arena *arena, struct slice text);
/* The same of a string; NULL stays NULL. */
const char *arena_string(struct arena *arena, const char *string);
/* The same with '?' for all that a terminal does not only show. */
struct slice arena_plain(struct arena *arena, struct slice text);
/* The same in small letters. */
struct slice arena_lower(struct arena *arena, struct slice text);
/* printf into the arena. */
struct slice arena_format(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct slice arena_vformat(struct arena *arena, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
/* For "%.*s". Lengths above INT_MAX are cut. */
#define SLICE_ARG(s) ((s).len > 0x7fffffff ? 0x7fffffff : (int)(s).len), ((s).at ? (s).at : "")

/* A text that grows: in the arena, else, where that is NULL, in memory that buffer_free frees. */
struct buffer {
	char *at; /* not terminated */
	size_t len, room;
	struct arena *arena;
};

/* Room for so many bytes more. */
void buffer_reserve(struct buffer *buffer, size_t len);
void buffer_add(struct buffer *buffer, const char *text, size_t len);
void buffer_add_slice(struct buffer *buffer, struct slice text);
void buffer_format(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void buffer_vformat(struct buffer *buffer, const char *format, va_list args)
	__attribute__((format(printf, 2, 0)));
/* "1 reader", "2 readers". */
void buffer_add_count(struct buffer *buffer, uint64_t count, const char *what);
/* With '?' for all that a terminal does not only show. */
void buffer_add_plain(struct buffer *buffer, struct slice text);
void buffer_free(struct buffer *buffer);
struct slice buffer_slice(const struct buffer *buffer);
/* The text in the arena, as arena_copy; the buffer is freed. */
struct slice arena_take(struct arena *arena, struct buffer *buffer);

/* Where text goes: a buffer, a file, standard output. `write` returns false with errno. */
struct sink {
	bool (*write)(void *context, const char *text, size_t len);
	void *context;
};

struct sink buffer_sink(struct buffer *buffer);
struct sink file_sink(FILE *file);

#endif
