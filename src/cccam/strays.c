/* Finds what a line brings along when it is copied from a web page: tags, entities, and characters that
 * cannot be seen. See strays.h. */
#include "strays.h"

#include <string.h>

static const char *const tags[] = {"!--", "*", "a", "align", "attach", "b", "big", "blockquote", "body", "br",
	"center", "code", "color", "div", "em", "email", "font", "h1", "h2", "h3", "h4", "head", "hidden",
	"hide", "highlight", "hr", "html", "i", "icode", "img", "indent", "justify", "left", "li", "list",
	"mention", "noparse", "ol", "p", "php", "plain", "pre", "quote", "right", "s", "size", "small",
	"span", "spoiler", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tr", "tt", "u", "ul",
	"url", "user", "xml"};

static const char *const entities[] = {"amp", "apos", "copy", "gt", "hellip", "laquo", "ldquo", "lsquo", "lt",
	"mdash", "middot", "nbsp", "ndash", "quot", "raquo", "rdquo", "rsquo", "shy", "zwj", "zwnj"};

static bool is_one_of(struct slice word, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (slice_equal_nocase(word, slice_of(names[i])))
			return true;
	return false;
}

static bool is_name_byte(char c)
{
	return is_letter(c) || is_digit(c) || c == '!' || c == '-' || c == '*';
}

/* The length of [b], [/b], [url=...], <br>, <br/> or <font ...> at the start of `text`; 0: it is none. */
static size_t tag_length(struct slice text)
{
	enum { LONGEST = 256 };
	char close = text.at[0] == '[' ? ']' : '>';
	const char *end = memchr(text.at, close, text.len < LONGEST ? text.len : LONGEST), *at = text.at + 1;
	struct slice name;

	if (!end)
		return 0;
	if (*at == '/')
		at++;
	name.at = at;
	while (at < end && is_name_byte(*at))
		at++;
	name.len = (size_t)(at - name.at);
	if (at < end && *at != '=' && *at != '/' && !is_blank(*at))
		return 0;
	return is_one_of(name, tags, sizeof tags / sizeof *tags) ? (size_t)(end - text.at) + 1 : 0;
}

/* The length of &nbsp; or &#160; or &#xA0; at the start of `text`; 0: it is none. */
static size_t entity_length(struct slice text)
{
	enum { LONGEST = 10 };
	const char *end = memchr(text.at, ';', text.len < LONGEST ? text.len : LONGEST);
	uint64_t number;
	uint32_t digits;

	if (!end)
		return 0;
	struct slice name = {text.at + 1, (size_t)(end - text.at) - 1};
	size_t len = name.len + 2;
	if (is_one_of(name, entities, sizeof entities / sizeof *entities))
		return len;
	if (name.len < 2 || name.at[0] != '#')
		return 0;
	name = slice_skip(name, 1);
	if (to_lower(name.at[0]) == 'x')
		return parse_hex(slice_skip(name, 1), 6, &digits) ? len : 0;
	return parse_decimal(name, 0x10ffff, &number) ? len : 0;
}

/* Of bytes below 0x80, with a top bit where the byte is '[', '<' or '&'; all others have one. Without a
 * branch, so that compilers look at many bytes at once. */
static unsigned char stray_bits(const char *at, size_t len)
{
	unsigned char bits = 0;

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)at[i];
		bits |= (unsigned char)(c | ((c ^ '[') - 1) | ((c ^ '<') - 1) | ((c ^ '&') - 1));
	}
	return bits;
}

/* In steps of one length: of a long text the last step may look at bytes of the step before again. */
bool may_have_strays(struct slice text)
{
	enum { STEP = 16 };
	unsigned char bits = text.len < STEP ? stray_bits(text.at, text.len)
					     : stray_bits(text.at, text.len / STEP * STEP) |
						       stray_bits(text.at + text.len - STEP, STEP);

	return bits & 0x80;
}

bool find_markup(struct slice text, struct slice *found)
{
	const char *end = text.at + text.len;

	for (const char *at = text.at; at < end; at++) {
		if (*at != '[' && *at != '<' && *at != '&')
			continue;
		struct slice left = slice_between(at, end);
		size_t len = *at == '&' ? entity_length(left) : tag_length(left);
		*found = (struct slice){at, len};
		if (len > 0)
			return true;
	}
	return false;
}

/* Blanks of other widths, joiners, marks of direction and of byte order, and C1 control characters. */
static const struct {
	uint32_t first, last;
	const char *name;
} invisible[] = {{0x80, 0x9f, "control character"}, {0xa0, 0xa0, "no-break space"},
	{0xad, 0xad, "soft hyphen"}, {0x34f, 0x34f, "joiner"}, {0x61c, 0x61c, "mark of direction"},
	{0x115f, 0x1160, "filler"}, {0x1680, 0x1680, "space"}, {0x17b4, 0x17b5, "vowel"},
	{0x180b, 0x180e, "separator"}, {0x2000, 0x200a, "space"}, {0x200b, 0x200b, "zero-width space"},
	{0x200c, 0x200d, "joiner"}, {0x200e, 0x200f, "mark of direction"}, {0x2028, 0x2029, "line end"},
	{0x202a, 0x202e, "mark of direction"}, {0x202f, 0x202f, "no-break space"}, {0x205f, 0x205f, "space"},
	{0x2060, 0x2064, "joiner"}, {0x2066, 0x2069, "mark of direction"},
	{0x206a, 0x206f, "control character"}, {0x2800, 0x2800, "pattern without dots"},
	{0x3000, 0x3000, "wide space"}, {0x3164, 0x3164, "filler"}, {0xfe00, 0xfe0f, "variation selector"},
	{0xfeff, 0xfeff, "byte order mark"}, {0xffa0, 0xffa0, "filler"},
	{0xfff9, 0xfffb, "control character"}, {0xe0000, 0xe0fff, "tag"}};

static const char *name_invisible(uint32_t character)
{
	for (size_t i = 0; i < sizeof invisible / sizeof *invisible && invisible[i].first <= character; i++)
		if (character <= invisible[i].last)
			return invisible[i].name;
	return NULL;
}

bool find_invisible(struct slice text, struct invisible *found)
{
	while (text.len > 0) {
		size_t len = utf8_length(text);
		unsigned char byte = (unsigned char)text.at[0];
		found->at = text.at;
		if (len > 0)
			found->character = utf8_character(text, len);
		else /* Latin-1, where only two bytes are sure to be nothing else */
			found->character = byte == 0xa0 || byte == 0xad ? byte : '?';
		len += len == 0;
		found->len = len;
		found->name = name_invisible(found->character);
		if (found->name)
			return true;
		text.at += len;
		text.len -= len;
	}
	return false;
}
