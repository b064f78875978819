/* The tokens of a line. See scan.h. */
#include "scan.h"

#include <string.h>

#include "cc2oscam/cccam.h"

const char *skip_blanks(const char *at, const char *end)
{
	while (at < end && is_blank(*at))
		at++;
	return at;
}

const char *scan_comment(const char *at, const char *end)
{
	for (const char *p = at; p < end; p++) {
		p = memchr(p, '#', (size_t)(end - p));
		if (!p)
			return end;
		if (p == at || is_blank(p[-1]))
			return p;
	}
	return end;
}

bool scan_ended(struct scan *scan)
{
	scan->at = skip_blanks(scan->at, scan->end);
	return scan->at == scan->end;
}

/* Bytes up to 0x20 and 0x7f end the run of ordinary ones. How many of eight bytes are ordinary up to the
 * first that is not. The flag of each such byte is its top bit; flags above the first may be wrong. */
static unsigned ordinary_run(const char *at)
{
	const uint64_t each = 0x0101010101010101u;
	const unsigned char *b = (const unsigned char *)at;
	uint64_t word = b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24 |
			(uint64_t)b[4] << 32 | (uint64_t)b[5] << 40 | (uint64_t)b[6] << 48 |
			(uint64_t)b[7] << 56;
	uint64_t del = word ^ 0x7f * each;
	uint64_t low = (word - (' ' + 1) * each) & ~word, is_del = (del - each) & ~del;
	uint64_t flags = (low | is_del) & 0x80 * each;

	return flags ? (unsigned)__builtin_ctzll(flags) / 8 : 8;
}

static inline bool read_word(struct scan *scan, bool group, struct slice *word)
{
	const char *at = skip_blanks(scan->at, scan->end), *end = scan->end, *start = at;

	for (;; at++) {
		for (unsigned run = 8; !group && run == 8 && end - at >= 8; at += run)
			run = ordinary_run(at);
		while (at < end && (unsigned char)*at > ' ' && *at != 0x7f && !(group && *at == '{'))
			at++;
		if (at == end || is_blank(*at) || *at == '{')
			break;
		if (!scan->control)
			scan->control = at;
	}
	scan->at = at;
	*word = slice_between(start, at);
	return at > start;
}

bool scan_word(struct scan *scan, struct slice *word)
{
	return read_word(scan, false, word);
}

bool scan_field(struct scan *scan, struct slice *word)
{
	return read_word(scan, true, word);
}

bool scan_at_group(struct scan *scan)
{
	return !scan_ended(scan) && *scan->at == '{';
}

bool scan_group(struct scan *scan, struct group *group)
{
	const char *open = scan->at;
	const char *close = memchr(open, '}', (size_t)(scan->end - open));

	if (!close)
		return false;
	*group = (struct group){slice_between(open, close + 1), slice_between(open + 1, close), NULL};
	scan->at = close + 1;
	if (!is_blank(open[-1]))
		group->tight = open;
	else if (!is_blank(open[1]))
		group->tight = open + 1;
	else if (!is_blank(close[-1]))
		group->tight = close;
	else if (scan->at < scan->end && !is_blank(*scan->at))
		group->tight = scan->at;
	return true;
}

struct entries entries_of(struct slice inside)
{
	return (struct entries){inside, slice_trim(inside).len == 0, NULL};
}

size_t entries_room(struct slice inside)
{
	size_t room = 1;

	for (size_t i = 0; i < inside.len; i++)
		room += inside.at[i] == ',';
	return room;
}

bool entries_next(struct entries *entries, struct slice *entry)
{
	if (entries->done)
		return false;
	*entry = slice_trim(slice_cut(&entries->left, ','));
	entries->done = !entries->left.at;
	if (!entries->done && !entries->tight && entries->left.len > 0 && !is_blank(entries->left.at[0]))
		entries->tight = entries->left.at;
	return true;
}

struct shown show(struct slice text)
{
	struct shown shown;
	struct slice whole = text;
	const char *more_follows = "...";

	/* a sign within what is shown, and one byte behind it */
	struct slice near = {text.at, text.len < SHOWN_LENGTH + 1 ? text.len : SHOWN_LENGTH + 1};
	struct slice told = before_glued(near);
	if (told.len < near.len) {
		text = told;
		more_follows = " ...";
	}
	size_t len = text.len < SHOWN_LENGTH ? text.len : SHOWN_LENGTH, end = 0;

	/* not within a character of several bytes */
	while (len > SHOWN_LENGTH - 4 && len < text.len && ((unsigned char)text.at[len] & 0xc0) == 0x80)
		len--;

	for (struct slice left = {text.at, len}; left.len > 0;) {
		bool harmless;
		size_t more = shown_bytes(left, &harmless);
		if (harmless)
			memcpy(shown.text + end, left.at, more);
		else
			shown.text[end] = '?';
		end += harmless ? more : 1;
		left.at += more;
		left.len -= more;
	}
	memcpy(shown.text + end, whole.len > len ? more_follows : "",
		whole.len > len ? strlen(more_follows) + 1 : 1);
	return shown;
}
