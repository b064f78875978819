/* Slices, and the small readers of numbers that all stages share. See text.h. */
#include "cc2oscam/text.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/platform.h"

struct slice slice_of(const char *string)
{
	return (struct slice){string, strlen(string)};
}

bool slice_equal_nocase(struct slice a, struct slice b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (to_lower(a.at[i]) != to_lower(b.at[i]))
			return false;
	return true;
}

bool is_hex_digit(char c)
{
	return hex_value(c) >= 0;
}

bool slice_all(struct slice text, bool (*is)(char c))
{
	size_t i = 0;

	while (i < text.len && is(text.at[i]))
		i++;
	return i == text.len && i > 0;
}

bool slice_in_list(struct slice word, const char *list, char between)
{
	struct slice left = slice_of(list);

	while (left.len > 0)
		if (slice_equal_nocase(word, slice_cut(&left, between)))
			return true;
	return false;
}

bool slice_holds(struct slice text, const char *words)
{
	for (struct slice left = slice_of(words); left.len > 0;) {
		struct slice word = slice_cut(&left, ' ');
		for (size_t i = 0; i + word.len <= text.len; i++)
			if (slice_starts_nocase(slice_skip(text, i), word))
				return true;
	}
	return false;
}

size_t slice_lines(struct slice text)
{
	size_t count = 0;

	for (; text.len > 0; count++)
		(void)slice_cut(&text, '\n');
	return count;
}

int slice_compare(struct slice a, struct slice b)
{
	size_t shorter = a.len < b.len ? a.len : b.len;
	int order = shorter ? memcmp(a.at, b.at, shorter) : 0;

	if (order != 0)
		return order;
	return a.len < b.len ? -1 : a.len > b.len;
}

bool slice_starts(struct slice text, struct slice start)
{
	return text.len >= start.len && (start.len == 0 || memcmp(text.at, start.at, start.len) == 0);
}

bool slice_ends(struct slice text, struct slice end)
{
	return text.len >= end.len && slice_equal(slice_skip(text, text.len - end.len), end);
}

bool slice_starts_nocase(struct slice text, struct slice start)
{
	return text.len >= start.len && slice_equal_nocase((struct slice){text.at, start.len}, start);
}

bool slice_ends_nocase(struct slice text, struct slice end)
{
	return text.len >= end.len && slice_equal_nocase(slice_skip(text, text.len - end.len), end);
}

struct slice slice_head(struct slice text, size_t most)
{
	if (text.len <= most)
		return text;
	while (most > 0 && ((unsigned char)text.at[most] & 0xc0) == 0x80)
		most--;
	return (struct slice){text.at, most};
}

struct slice slice_trim(struct slice text)
{
	while (text.len > 0 && is_blank(text.at[0]))
		text = slice_skip(text, 1);
	while (text.len > 0 && is_blank(text.at[text.len - 1]))
		text.len--;
	return text;
}

struct slice slice_cut(struct slice *rest, char c)
{
	struct slice first = *rest;
	const char *found = first.len ? memchr(first.at, c, first.len) : NULL;

	if (!found) {
		*rest = (struct slice){NULL, 0};
		return first;
	}
	first.len = (size_t)(found - first.at);
	rest->at = found + 1;
	rest->len -= first.len + 1;
	return first;
}

int hex_value(char c)
{
	if (is_digit(c))
		return c - '0';
	c = to_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

struct slice decimal_text(uint64_t number, char room[DECIMAL_ROOM])
{
	size_t at = DECIMAL_ROOM;

	do
		room[--at] = (char)('0' + number % 10);
	while ((number /= 10) != 0);
	return (struct slice){room + at, DECIMAL_ROOM - at};
}

bool parse_decimal(struct slice text, uint64_t max, uint64_t *number)
{
	uint64_t sum = 0, tenth = max / 10;

	for (size_t i = 0; i < text.len; i++) {
		if (!is_digit(text.at[i]) || sum > tenth)
			return false;
		uint64_t digit = (uint64_t)(text.at[i] - '0');
		if (digit > max - sum * 10)
			return false;
		sum = sum * 10 + digit;
	}
	*number = sum;
	return text.len > 0;
}

bool parse_hex(struct slice text, unsigned digits, uint32_t *number)
{
	uint32_t sum = 0;

	if (text.len == 0 || text.len > digits)
		return false;
	for (size_t i = 0; i < text.len; i++) {
		int value = hex_value(text.at[i]);
		if (value < 0)
			return false;
		sum = sum << 4 | (uint32_t)value;
	}
	*number = sum;
	return true;
}

struct slice slice_without_0x(struct slice word)
{
	if (word.len > 2 && word.at[0] == '0' && to_lower(word.at[1]) == 'x')
		return slice_skip(word, 2);
	return word;
}

size_t utf8_length(struct slice text)
{
	unsigned char first = (unsigned char)text.at[0];
	size_t len = first < 0x80                    ? 1
		     : first >= 0xc2 && first < 0xe0 ? 2
		     : first >= 0xe0 && first < 0xf0 ? 3
		     : first >= 0xf0 && first < 0xf5 ? 4
						     : 0;

	if (len == 0 || len > text.len)
		return 0;
	for (size_t i = 1; i < len; i++)
		if (((unsigned char)text.at[i] & 0xc0) != 0x80)
			return 0;
	if (len < 3)
		return len;
	unsigned char second = (unsigned char)text.at[1];
	bool overlong = (first == 0xe0 && second < 0xa0) || (first == 0xf0 && second < 0x90);
	bool beyond = (first == 0xed && second >= 0xa0) || (first == 0xf4 && second >= 0x90);
	return overlong || beyond ? 0 : len;
}

uint32_t utf8_character(struct slice text, size_t len)
{
	uint32_t sum = (unsigned char)text.at[0];

	if (len > 1)
		sum &= 0xffu >> (len + 1);
	for (size_t i = 1; i < len; i++)
		sum = sum << 6 | ((unsigned char)text.at[i] & 0x3fu);
	return sum;
}

static bool is_shown(uint32_t c)
{
	return c >= 0x20 && (c < 0x7f || c > 0x9f) && c != 0x61c && c != 0x200e && c != 0x200f &&
	       (c < 0x2028 || c > 0x202e) && (c < 0x2066 || c > 0x2069);
}

size_t shown_bytes(struct slice text, bool *harmless)
{
	unsigned char first = (unsigned char)text.at[0];
	size_t len = first < 0x80 ? 1 : utf8_length(text);

	*harmless = len > 0 ? is_shown(utf8_character(text, len)) : first > 0x9f;
	return len > 0 ? len : 1;
}

size_t find_control(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (is_control(text.at[i]))
			return i;
	return SIZE_MAX;
}

/* Eight bytes at a time; the last ones may be looked at again. */
bool slice_is_solid(struct slice text)
{
	const uint64_t each = 0x0101010101010101u;
	uint64_t word, low = 0;
	size_t i = 0;

	for (; i + sizeof word <= text.len; i += sizeof word) {
		memcpy(&word, text.at + i, sizeof word);
		low |= (word - (' ' + 1) * each) & ~word;
	}
	if (i < text.len && text.len >= sizeof word) {
		memcpy(&word, text.at + text.len - sizeof word, sizeof word);
		low |= (word - (' ' + 1) * each) & ~word;
		i = text.len;
	}
	for (; i < text.len; i++)
		low |= (unsigned char)text.at[i] <= ' ' ? 0x80 : 0;
	return (low & 0x80 * each) == 0;
}

/* Eight bytes at a time. Two rounds, for after one a difference in the top bit could be taken back by the
 * next word whatever the text, so that anybody could write names that all meet in one slot. */
static uint64_t mix(uint64_t hash, uint64_t word)
{
	hash = (hash ^ word) * 0x9e3779b97f4a7c15u;
	hash = (hash ^ hash >> 29) * 0xbf58476d1ce4e5b9u;
	return hash ^ hash >> 32;
}

/* Another one in each run: who does not know the seed cannot write names that all have one hash. No result
 * hangs on the hash of anything. */
static uint64_t run_seed;

__attribute__((constructor)) static void choose_seed(void)
{
	struct timespec now = {0};
	const void *random = random_bytes();

	(void)clock_gettime(CLOCK_REALTIME, &now);
	run_seed = mix((uint64_t)now.tv_nsec, (uint64_t)(uintptr_t)&now);
	for (size_t i = 0; random && i < 2; i++) {
		uint64_t word;
		memcpy(&word, (const char *)random + i * sizeof word, sizeof word);
		run_seed = mix(run_seed, word);
	}
}

/* All eight bytes at once: A to Z become a to z, all others stay. */
static uint64_t lower(uint64_t word)
{
	const uint64_t each = 0x0101010101010101u;
	uint64_t low = word & 0x7f * each;
	uint64_t from_a = low + (0x80 - 'A') * each, behind_z = low + (0x7f - 'Z') * each;
	uint64_t capital = ~word & (from_a ^ behind_z) & 0x80 * each;

	return word | capital >> 2;
}

static inline uint64_t hash_bytes(struct slice text, uint64_t seed, bool nocase)
{
	uint64_t hash = mix(seed ^ run_seed, text.len), word;
	size_t i = 0;

	for (; i + sizeof word <= text.len; i += sizeof word) {
		memcpy(&word, text.at + i, sizeof word);
		hash = mix(hash, nocase ? lower(word) : word);
	}
	word = 0;
	if (i < text.len && text.len >= sizeof word) /* again a few of the bytes before */
		memcpy(&word, text.at + text.len - sizeof word, sizeof word);
	else
		for (; i < text.len; i++)
			word = word << 8 | (unsigned char)text.at[i];
	return mix(hash, nocase ? lower(word) : word);
}

uint64_t slice_hash(struct slice text, uint64_t seed)
{
	return hash_bytes(text, seed, false);
}

uint64_t slice_hash_nocase(struct slice text, uint64_t seed)
{
	return hash_bytes(text, seed, true);
}

struct slice arena_copy(struct arena *arena, struct slice text)
{
	char *copy = arena_bytes(arena, text.len + 1);

	if (text.len > 0)
		memcpy(copy, text.at, text.len);
	copy[text.len] = '\0';
	return (struct slice){copy, text.len};
}

const char *arena_string(struct arena *arena, const char *string)
{
	return string ? arena_copy(arena, slice_of(string)).at : NULL;
}

struct slice arena_lower(struct arena *arena, struct slice text)
{
	char *copy = arena_bytes(arena, text.len + 1);

	for (size_t i = 0; i < text.len; i++)
		copy[i] = to_lower(text.at[i]);
	copy[text.len] = '\0';
	return (struct slice){copy, text.len};
}

struct slice arena_plain(struct arena *arena, struct slice text)
{
	char *plain = arena_bytes(arena, text.len + 1);
	size_t len = 0;

	while (text.len > 0) {
		bool harmless;
		size_t more = shown_bytes(text, &harmless);
		if (harmless)
			memcpy(plain + len, text.at, more);
		else
			plain[len] = '?';
		len += harmless ? more : 1;
		text.at += more;
		text.len -= more;
	}
	plain[len] = '\0';
	return (struct slice){plain, len};
}

struct slice arena_vformat(struct arena *arena, const char *format, va_list args)
{
	va_list again;

	va_copy(again, args);
	size_t left = arena->left; /* mostly enough: then it is written where it will stand */
	int len = vsnprintf(arena->next, left, format, args);
	if (len < 0)
		out_of_memory();
	char *text = arena_bytes(arena, (size_t)len + 1);
	if ((size_t)len >= left)
		(void)vsnprintf(text, (size_t)len + 1, format, again);
	va_end(again);
	return (struct slice){text, (size_t)len};
}

struct slice arena_format(struct arena *arena, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	struct slice text = arena_vformat(arena, format, args);
	va_end(args);
	return text;
}
