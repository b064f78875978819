/* Masks the passwords and keys of lines, so that the lines can be shown. The parser says where the secrets of
 * a line are; of a line that the parser does not understand only words are shown that are certainly no
 * secret. */
#include "parse.h"

#include <string.h>

#include "strays.h"

struct line_masking {
	const char *original; /* the line */
	char *copy;           /* what is shown of it */
	bool hosts;
};

/* Blanks stay, to show where the words were. */
static void mask_bytes(struct line_masking *masking, const char *from, const char *to)
{
	for (; from < to; from++)
		if (!is_blank(*from))
			masking->copy[from - masking->original] = '*';
}

static void mask_slice(struct line_masking *masking, struct slice secret)
{
	if (secret.len > 0)
		mask_bytes(masking, secret.at, secret.at + secret.len);
}

static void show_slice(struct line_masking *masking, struct slice word)
{
	if (word.len > 0)
		memcpy(masking->copy + (word.at - masking->original), word.at, word.len);
}

static struct slice behind(struct slice text, const char *at)
{
	return slice_between(at, text.at + text.len);
}

/* ---- words that are certainly no secret ---- */

static bool is_number(struct slice word, size_t most)
{
	return word.len <= most && slice_all(word, is_digit);
}

/* Letters, digits and points; a port may be glued to them. */
static bool is_host(struct slice word, bool port_follows)
{
	bool point = port_follows;
	size_t i = 0;

	while (i < word.len && (is_letter(word.at[i]) || is_digit(word.at[i]) || strchr(".-_", word.at[i])))
		point |= word.at[i++] == '.' && i > 1;
	if (i == 0 || !point)
		return false;
	return i == word.len || (strchr(":,;", word.at[i]) && is_number(behind(word, word.at + i + 1), 5));
}

static bool next_word(struct slice *left, struct slice *word)
{
	const char *end = left->at + left->len, *at = skip_blanks(left->at, end);

	*word = (struct slice){at, 0};
	while (at < end && !is_blank(*at))
		at++;
	word->len = (size_t)(at - word->at);
	*left = behind(*left, at);
	return word->len > 0;
}

/* A group may have hexadecimal numbers, hops and hours: an entry with anything else is masked. */
static void show_group(struct line_masking *masking, struct slice text)
{
	struct slice word;

	while (next_word(&text, &word)) {
		bool plain = true;
		for (size_t i = 0; i < word.len; i++)
			plain = plain && (hex_value(word.at[i]) >= 0 || strchr(":,-{}xX", word.at[i]));
		if (plain)
			show_slice(masking, word);
	}
}

/* The words of a letter line, one character for each: host, port, user, secret, caid or ident, number,
 * device. A word is shown if it looks like the word that belongs there. */
static const char *letter_words(char letter)
{
	static const char *const lines[] = {
		"C:hpus", "N:hpus", "X:hpus", "F:usnnn", "L:hpuscc", "R:hpccn", "G:shpshp", "B:dc"};

	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
		if (lines[i][0] == to_upper(letter))
			return lines[i] + 2;
	return "ccn";
}

/* A user's name is shown if a password follows and every word before is in its place. Numbers behind a
 * password are shown if the password had no blank that shifted them. */
static bool may_show(char kind, struct slice word, struct slice left, bool in_place, bool fits)
{
	struct slice next;
	bool more = next_word(&left, &next);

	switch (kind) {
	case 'h':
		return is_host(word, more && is_number(next, 5));
	case 'p':
		return is_number(word, 5);
	case 'u':
		return in_place && more;
	case 'n':
		return fits && is_number(word, 3);
	case 'c':
		word = slice_without_0x(word);
		return fits && word.len <= IDENT_DIGITS && slice_all(word, is_hex_digit);
	case 'd':
		return word.at[0] == '/';
	default:
		return false;
	}
}

/* Finds a word that is glued to the word of this kind (a port to the host, a user to the port), so that all
 * words behind are one place too early. The number of a port is shown. */
static bool has_glued(struct line_masking *masking, char kind, struct slice word)
{
	struct slice digits = {word.at, 0}, markup;

	if (kind == 'h')
		return is_host(word, true) &&
		       (memchr(word.at, ':', word.len) || memchr(word.at, ',', word.len) ||
			       memchr(word.at, ';', word.len));
	while (digits.len < word.len && is_digit(word.at[digits.len]))
		digits.len++;
	if (kind != 'p' || digits.len == 0 || digits.len > 5 || digits.len == word.len)
		return false;
	struct slice rest = behind(word, word.at + digits.len);
	if (!find_markup(rest, &markup) || markup.at != rest.at)
		return false;
	show_slice(masking, digits);
	show_slice(masking, markup);
	return markup.len < rest.len;
}

static void show_words(struct line_masking *masking, struct slice text, const char *kinds)
{
	struct slice left = text, word;
	bool in_place = true;
	size_t count = 0;

	while (next_word(&left, &word) && word.at[0] != '{')
		count++;
	bool fits = count <= strlen(kinds);
	left = text;
	while (next_word(&left, &word)) {
		if (word.at[0] == '{' && (!*kinds || !strchr(kinds, 's'))) {
			show_group(masking, behind(text, word.at));
			return;
		}
		bool shown = *kinds && may_show(*kinds, word, left, in_place, fits);
		if (!*kinds)
			shown = slice_in_list(word, "yes no", ' ');
		bool glued = *kinds && has_glued(masking, *kinds, word);
		in_place = in_place && shown && !glued;
		fits = fits && !glued;
		if (shown)
			show_slice(masking, word);
		kinds += *kinds != '\0';
		kinds += glued && *kinds;
	}
}

/* Whether the word is part of a keyword of CCcam's. */
static bool is_own_word(struct slice word)
{
	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const struct directive *row = directive_at((enum directive_id)id);
		if (!row->letter && slice_in_list(word, row->keyword, ' '))
			return true;
	}
	return false;
}

/* "SOME OPTION :", in capitals as all options are. Returns the text behind it, or an empty text. */
static struct slice behind_option(struct slice text, struct slice *keyword)
{
	const char *colon = memchr(text.at, ':', text.len);
	size_t letters = 0;

	*keyword = (struct slice){text.at, colon ? (size_t)(colon - text.at) : 0};
	for (size_t i = 0; i < keyword->len; i++) {
		char c = keyword->at[i];
		letters += c >= 'A' && c <= 'Z';
		if (!(c >= 'A' && c <= 'Z') && c != '_' && !is_blank(c))
			return (struct slice){NULL, 0};
	}
	return letters >= 3 ? behind(text, colon + 1) : (struct slice){NULL, 0};
}

/* Whether the value of such an option may be a secret. */
static bool speaks_of_secret(struct slice keyword)
{
	return slice_holds(keyword, "PASS KEY PIN USER NAME LOGIN CODE SECRET DATA BOX ID");
}

/* caid:ident or caid:ident:hops, with braces and commas around. */
static bool is_limit(struct slice word)
{
	static const size_t most[] = {CAID_DIGITS, IDENT_DIGITS, 3};
	size_t parts = 0;

	while (word.len > 0 && word.at[0] == '{')
		word = behind(word, word.at + 1);
	while (word.len > 0 && strchr(",}", word.at[word.len - 1]))
		word.len--;
	if (word.len == 0)
		return true;
	for (; word.at && parts < 3; parts++) {
		struct slice part = slice_cut(&word, ':');
		if (part.len == 0 || part.len > most[parts] || !slice_all(part, is_hex_digit))
			return false;
	}
	return !word.at && parts >= 2;
}

static void show_plain_values(struct line_masking *masking, struct slice value)
{
	bool group = slice_starts(slice_trim(value), SLICE("{"));
	struct slice word;

	while (next_word(&value, &word))
		if (is_number(word, 5) || slice_in_list(word, "yes no on off", ' ') ||
			(group && is_limit(word)))
			show_slice(masking, word);
}

/* "host=h.example.com", "port=12000", "pass=": the name, and a value that is certainly no secret. */
static void show_named(struct line_masking *masking, struct slice word)
{
	struct slice value = word, name = slice_cut(&value, '=');

	if (!value.at || name.len == 0)
		return;
	for (size_t i = 0; i < name.len; i++)
		if (!is_letter(name.at[i]))
			return;
	show_slice(masking, (struct slice){word.at, name.len + 1});
	bool host = slice_equal_nocase(name, SLICE("host")) || slice_equal_nocase(name, SLICE("server"));
	if ((host && is_host(value, true)) ||
		(slice_equal_nocase(name, SLICE("port")) && is_number(value, 5)))
		show_slice(masking, value);
}

/* A letter of CCcam's without its colon, words with names, and the server behind "user:pass@". */
static void show_scattered(struct line_masking *masking, struct slice text)
{
	struct slice left = text, word;
	bool first = true;

	while (next_word(&left, &word)) {
		const char *at = word.at + word.len;
		while (at > word.at && at[-1] != '@')
			at--;
		if (at > word.at && is_host(behind(word, at), false))
			show_slice(masking, behind(word, at));
		show_named(masking, word);
		if (first && word.len == 1 && letter_words(word.at[0])[0] == 'h') {
			show_slice(masking, word);
			show_words(masking, left, "hp");
		}
		first = false;
	}
}

/* Of a line that is not CCcam's these are shown: its start, words of CCcam's, and a server before a login. */
static void show_unknown(struct line_masking *masking, struct slice text)
{
	struct slice start = harmless_start(text), left = behind(text, start.at + start.len), word, rest;
	bool colon = start.len > 0 && strchr(":=", start.at[start.len - 1]);
	struct slice keyword, value = behind_option(text, &keyword);

	show_scattered(masking, text);
	show_slice(masking, start);
	if (value.at) {
		show_slice(masking, (struct slice){text.at, keyword.len + 1});
		if (!speaks_of_secret(keyword))
			show_plain_values(masking, value);
	}
	for (rest = left; !colon && next_word(&rest, &word); left = rest) {
		colon = word.at[0] == ':' || word.at[0] == '=';
		if (!colon && !is_own_word(word))
			break;
		show_slice(masking, colon ? (struct slice){word.at, 1} : word);
	}
	rest = left;
	bool host = next_word(&rest, &word), port = host && next_word(&rest, &word);
	if (port && is_number(word, 5))
		show_words(masking, left, "hp");
}

/* ---- lines ---- */

/* Another line that is glued to the text before. `show` says which parts of a letter line are shown; of other
 * lines nothing is shown. Any text that is glued behind is masked. */
static void mask_glued(struct line_masking *masking, struct slice text, bool show)
{
	struct slice glued = find_glued(text);

	if (glued.len == 0)
		return;
	text = behind(text, glued.at + glued.len);
	mask_slice(masking, text);
	if (!show || masking->hosts || is_letter(glued.at[1]))
		return;
	show_slice(masking, glued);
	show_words(masking, text, letter_words(glued.at[0]));
	mask_glued(masking, text, false);
}

/* Masks another line that is glued to the statement, which cannot be in a field that CCcam read. */
static void mask_glued_to(struct line_masking *masking, const struct statement *statement, struct slice text)
{
	const struct directive *directive = statement->directive;
	const char *colon = memchr(text.at, ':', text.len), *from = statement->extra;

	if (!directive->letter || statement->fate == FATE_REJECTED)
		from = colon ? colon + 1 : NULL;
	else if (!from)
		from = statement->text.at + statement->text.len;
	if (from)
		mask_glued(masking, behind(text, from), !directive->letter && !directive->secret);
}

static void mask_statement(struct line_masking *masking, const struct statement *statement)
{
	const char *end = statement->text.at + statement->text.len;
	const char *line_end = statement->line.text.at + statement->line.text.len;
	const struct directive *directive = statement->directive;

	if (directive->letter) {
		mask_slice(masking, statement->pass);
		mask_slice(masking, statement->key);
		mask_slice(masking, statement->my_pass);
		if (statement->extra && (directive->secret || masking->hosts))
			mask_bytes(masking, statement->extra, end);
	} else if (directive->secret && statement->word_count > 0) {
		mask_bytes(masking, statement->words[statement->device.at ? 1 : 0].at, line_end);
	} else if (directive->secret) { /* the value is a secret: not even known words are shown */
		mask_bytes(masking, (const char *)memchr(statement->text.at, ':', statement->text.len) + 1,
			line_end);
	}
	if (!masking->hosts)
		return;
	mask_slice(masking, statement->host);
	mask_slice(masking, statement->my_host);
	mask_slice(masking, statement->note);
}

/* A rejected statement: everything is masked that may be a secret. */
static void mask_rejected(struct line_masking *masking, const struct statement *statement, struct slice text)
{
	const struct directive *directive = statement->directive;
	struct slice said = statement->text;
	const char *colon = memchr(said.at, ':', said.len);
	struct slice value = colon ? behind(said, colon + 1) : (struct slice){said.at + said.len, 0}, word;

	mask_slice(masking, text);
	if (!colon)
		return;
	show_slice(masking, slice_between(said.at, colon + 1));
	if (directive->letter)
		show_words(masking, value, letter_words(directive->keyword[0]));
	else if (!directive->secret)
		show_slice(masking, value);
	else if (directive->shape >= SHAPE_DEVICE && next_word(&value, &word) && word.at[0] == '/')
		show_slice(masking, word);
}

/* Shows parts of a line, or of the rest of a line, that is not understood. */
static void mask_unknown(struct line_masking *masking, struct slice text, bool comment)
{
	struct slice said = slice_trim(text);
	bool continued = is_continued(
		(struct slice){said.at, (size_t)(scan_comment(said.at, said.at + said.len) - said.at)});

	mask_slice(masking, said);
	if (continued || said.len == 0)
		return;
	struct slice start = harmless_start(said);
	if (comment || masking->hosts)
		show_slice(masking, memchr(start.at, '.', start.len) ? (struct slice){start.at, 0} : start);
	else {
		show_unknown(masking, said);
		mask_glued(masking, behind(said, start.at + start.len), true);
	}
}

struct slice mask_line(struct arena *arena, struct slice line, bool hosts)
{
	struct parser parser = {.arena = arena};
	struct line whole = {line, 1};
	struct line_masking masking = {.original = line.at, .hosts = hosts};
	struct statement statement;
	struct slice rest = line, text;
	enum line_kind kind;

	if (line.len == 0)
		return line;
	masking.copy = arena_bytes(arena, line.len);
	memcpy(masking.copy, line.at, line.len);
	while (rest.len > 0) {
		text = rest;
		kind = parse_line(&parser, &whole, &rest, &statement);
		if (kind == LINE_BLANK)
			break;
		text.len -= rest.len;
		if (kind != LINE_STATEMENT)
			mask_unknown(&masking, text, kind == LINE_COMMENT);
		else if (statement.fate != FATE_REJECTED)
			mask_statement(&masking, &statement);
		else if (hosts)
			mask_unknown(&masking, text, false);
		else
			mask_rejected(&masking, &statement, text);
		if (kind == LINE_STATEMENT)
			mask_glued_to(&masking, &statement, text);
	}
	return (struct slice){masking.copy, line.len};
}
