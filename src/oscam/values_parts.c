/* The parts that OSCam's values are read with and written from: trimming, lists, numbers, hex digits, and
 * what is said of a loss. */
#include <string.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/masked.h"
#include "cc2oscam/target.h"
#include "values.h"

void out_separate(struct buffer *out, char c)
{
	if (out->len > 0)
		buffer_add(out, &c, 1);
}

struct slice oscam_trim(struct slice text)
{
	if (text.len > 0 && text.at[0] == ' ')
		while (text.len > 0 && is_blank(text.at[0]))
			text = slice_skip(text, 1);
	while (text.len > 0) {
		char last = text.at[text.len - 1];

		if (!is_blank(last) && last != '\r' && last != '\n')
			break;
		text.len--;
	}
	return text;
}

bool next_item(struct slice *list, char separator, struct slice *item)
{
	if (!list->at)
		return false;
	*item = oscam_trim(slice_cut(list, separator));
	return true;
}

static bool is_white(char c)
{
	return c == ' ' || (c >= '\t' && c <= '\r');
}

int64_t number_prefix(struct slice text)
{
	size_t i = 0;
	bool minus = false;
	int64_t sum = 0;

	while (i < text.len && is_white(text.at[i]))
		i++;
	if (i < text.len && (text.at[i] == '-' || text.at[i] == '+'))
		minus = text.at[i++] == '-';
	for (; i < text.len && is_digit(text.at[i]); i++) {
		int digit = text.at[i] - '0';

		if (sum > (INT64_MAX - digit) / 10)
			return minus ? INT64_MIN : INT64_MAX;
		sum = sum * 10 + digit;
	}
	return minus ? -sum : sum;
}

bool hex_tail(struct slice text, unsigned digits, uint32_t *number)
{
	if (text.len > digits) {
		text.at += text.len - digits;
		text.len = digits;
	}
	return parse_hex(text, digits, number);
}

bool has_any(struct slice text, const char *bytes)
{
	for (; text.len > 0 && *bytes; bytes++)
		if (memchr(text.at, *bytes, text.len))
			return true;
	return false;
}

/* Of a quote a password that stands in it goes, too. */
enum { SHOWN_MOST = 60 };

struct slice shown_text(struct arena *arena, struct slice text)
{
	struct slice shown = slice_head(before_secret(text), SHOWN_MOST);

	return shown.len == text.len ? text : arena_format(arena, "%.*s...", SLICE_ARG(shown));
}

struct slice shown_part(struct intake *in, struct slice part)
{
	return in->losses ? shown_text(in->arena, part) : part;
}

void lose(
	struct intake *in, enum loss_kind kind, struct slice part, const char *hint, const char *format, ...)
{
	va_list args;

	if (!in->losses)
		return;
	bool ncam = in->target && target_is_ncam(in->target);
	va_start(args, format);
	struct slice text = arena_vformat(in->arena, ncam ? ncam_text(in->arena, format) : format, args);
	va_end(args);
	*(struct loss *)list_add(in->losses) = (struct loss){kind, part, text, hint};
}

void lose_length(struct intake *in, const char *what, struct slice value, size_t most)
{
	if (value.len > most)
		lose(in, LOSS_LENGTH, value, NULL, "%s has %zu bytes: OSCam keeps %zu%s", what, value.len,
			most, value.len == most + 1 ? ", without a warning" : "");
}

struct slice hex_word(struct slice text, struct arena *arena)
{
	char *word = arena_bytes(arena, text.len);

	for (size_t i = 0; i < text.len; i++) {
		if (hex_value(text.at[i]) < 0)
			return SLICE("");
		word[i] = to_upper(text.at[i]);
	}
	return (struct slice){word, text.len};
}
