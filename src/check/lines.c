/* Checks of whole lines: where OSCam reads something else than the user sees. */
#include <string.h>

#include "checks.h"

static const char byte_order_mark[] = "\xef\xbb\xbf";
enum { MARK_BYTES = sizeof byte_order_mark - 1, SHORTEST_LINE = 3 };

static struct document_line *line_at(const struct checking *c, uint32_t line)
{
	return document_line_at(c->document, line);
}

/* OSCam reads a long line in several pieces: this is not the first one. */
static bool is_piece(const struct document_line *line)
{
	return line->column > 1;
}

static bool has_mark(const struct document_line *line)
{
	return line->number == 1 && slice_starts(line->text, slice_of(byte_order_mark));
}

/* The line without blanks in front, also without those blanks that OSCam keeps. */
static struct slice visible(struct slice text)
{
	return slice_trim(oscam_trim(text));
}

void check_first_bytes(struct checking *c, uint32_t line)
{
	const struct document_line *first = line_at(c, line);

	if (!has_mark(first))
		return;
	struct slice rest = slice_skip(first->text, MARK_BYTES);
	rest = visible(rest);
	(void)found(c, CODE_BYTE_ORDER_MARK, line, NULL,
		rest.len > 0 && rest.at[0] == '['
			? "the file starts with a byte order mark: OSCam does not see the header %.*s"
			: "the file starts with a byte order mark: OSCam takes it for text%.*s",
		SLICE_ARG(rest.len > 0 && rest.at[0] == '[' ? shown_masked(c, rest) : SLICE("")));
}

void check_carriage_return(struct checking *c, uint32_t line)
{
	struct slice text = line_at(c, line)->text;
	const char *at = memchr(text.at, '\r', text.len), *end = text.at + text.len;

	while (at && at < end && (*at == '\r' || *at == '\n'))
		at++;
	if (!at || at == end)
		return;
	(void)found(c, CODE_CARRIAGE_RETURN, line, at - 1,
		"a carriage return stands within the line; for OSCam the line goes on behind it");
}

void check_zero_byte(struct checking *c, uint32_t line)
{
	struct slice text = line_at(c, line)->text;
	const char *zero = memchr(text.at, '\0', text.len);

	if (zero)
		(void)found(c, CODE_ZERO_BYTE, line, zero, "OSCam reads the line up to a zero byte");
}

void check_long_line(struct checking *c, uint32_t line)
{
	const struct document_line *piece = line_at(c, line);

	if (piece->column == OSCAM_LINE_MAX + 1)
		(void)found(c, CODE_LONG_LINE, line, NULL,
			"OSCam reads %d bytes as a line; from here on it is another line", OSCAM_LINE_MAX);
}

/* The section that gets the settings below a header that OSCam does not see. */
static struct slice where_they_go(struct checking *c, uint32_t index)
{
	const struct document_section *section = document_section_at(c->document, index);

	if (section->header == DOCUMENT_NONE)
		return section->section == SECTION_NONE ? SLICE("are dropped") : SLICE("go to [global]");
	return arena_format(c->arena, "go to [%.*s] of line %lu", SLICE_ARG(shown_masked(c, section->name)),
		line_number(c, section->header));
}

bool is_unseen_header(const struct document_line *line)
{
	struct slice text = visible(line->text);

	return !section_begins(line) && !is_piece(line) && text.len > 0 && text.at[0] == '[';
}

void check_unseen_header(struct checking *c, uint32_t line)
{
	const struct document_line *at = line_at(c, line);
	struct slice text = visible(at->text);

	if (!is_unseen_header(at))
		return;
	(void)found(c, CODE_HEADER_UNSEEN, line, text.at,
		"%.*s%s is no header for OSCam: the settings below it %.*s", SLICE_ARG(shown_masked(c, text)),
		at->text.at[0] == '\t' ? " behind a tab" : "", SLICE_ARG(where_they_go(c, at->section)));
}

static bool is_remark(struct slice text)
{
	return text.at[0] == '#' || text.at[0] == ';' || slice_starts(text, SLICE("//"));
}

/* The message does not quote the line, which may hold a password. */
void check_skipped_line(struct checking *c, uint32_t line)
{
	const struct document_line *at = line_at(c, line);
	struct slice text = visible(at->text);

	if (at->read.event != OSCAM_NOTHING || is_piece(at) || has_mark(at) || text.len == 0 ||
		is_remark(text) || text.at[0] == '[')
		return;
	(void)found(c, CODE_LINE_SKIPPED, line, text.at,
		text.len < SHORTEST_LINE ? "a line of less than 3 bytes is skipped"
					 : "a line without a = is skipped");
}

void check_comment_mark(struct checking *c, uint32_t line)
{
	const struct document_line *at = line_at(c, line);
	struct slice text = visible(at->text);

	if (at->read.event != OSCAM_UNKNOWN_SETTING || text.len == 0 || !is_remark(text))
		return;
	(void)found(c, CODE_COMMENT_MARK, line, text.at,
		text.at[0] == '#' ? "OSCam keeps the tab in front of the #, and takes the line for a setting"
				  : "%s begins no comment; OSCam warns of an unknown setting, and ignores it",
		text.at[0] == ';' ? ";" : "//");
}

/* Settings before the first header: one finding, at the first of them. */
void check_before_header(struct checking *c, const struct document_section *section)
{
	unsigned long count = 0;
	uint32_t first = DOCUMENT_NONE;

	if (section->header != DOCUMENT_NONE)
		return;
	for (uint32_t line = section->first; line < section->end; line++) {
		if (line_at(c, line)->read.event != OSCAM_LOST_SETTING ||
			is_remark(visible(line_at(c, line)->text)))
			continue;
		if (count++ == 0)
			first = line;
	}
	if (count > 0)
		(void)found(c, CODE_SETTING_BEFORE_HEADER, first, NULL,
			"%lu setting%s above the first header: OSCam drops %s", count, count == 1 ? "" : "s",
			count == 1 ? "it" : "them");
}

/* A number is read behind any white space. */
void check_tab(struct checking *c, const struct setting *setting)
{
	struct slice value = setting->at->value;

	if (value.at[0] != '\t' || schema_is_number(setting->key))
		return;
	(void)found(c, CODE_TAB_IN_VALUE, setting->at->line, value.at,
		"the value of %s begins with a tab, which OSCam keeps", key_name(setting->key));
}

/* A list with semicolons: stdout, syslog and a path. */
static bool names_log(struct slice rest)
{
	struct slice item = slice_trim(slice_cut(&rest, ';'));
	bool path = false;

	for (size_t i = 0; i < item.len; i++) {
		if (is_blank(item.at[i]))
			return false;
		path |= item.at[i] == '/' || item.at[i] == '.';
	}
	return path || slice_equal(item, SLICE("stdout")) || slice_equal(item, SLICE("syslog"));
}

static bool starts_comment(enum form_remark remark, struct slice rest)
{
	if (rest.at[0] == '#' || remark == REMARK_HASH)
		return rest.at[0] == '#';
	if (rest.at[0] != ';')
		return slice_starts(rest, SLICE("//"));
	return remark != REMARK_LOG || !names_log(slice_skip(rest, 1));
}

struct slice without_comment(enum schema_key_id key, struct slice value)
{
	enum form_remark remark = form_of(key)->remark;

	if (remark == REMARK_FREE || slice_is_solid(value))
		return value;
	for (size_t i = 1; i < value.len; i++)
		if (is_blank(value.at[i - 1]) && starts_comment(remark, slice_skip(value, i)))
			return oscam_trim((struct slice){value.at, i});
	return value;
}

void check_comment(struct checking *c, const struct setting *setting)
{
	struct slice whole = setting->at->value, bare = setting->value;
	const char *comment = bare.at + bare.len;

	if (bare.len == whole.len || slice_equal(schema_read(setting->key, whole, c->arena),
					     schema_read(setting->key, bare, c->arena)))
		return;
	while (is_blank(*comment))
		comment++;
	(void)found(c, CODE_COMMENT_IN_VALUE, setting->at->line, comment,
		"OSCam takes the comment behind %s for a part of the value", key_name(setting->key));
}
