/* What the side files have in common: comments, cards and names. See side.h. */
#include "side.h"

#include <string.h>

#include "scan.h"

static bool starts_comment(const char *at, const char *end)
{
	return *at == '#' || *at == ';' || (*at == '/' && at + 1 < end && at[1] == '/');
}

const char *side_comment(struct slice text)
{
	const char *end = text.at + text.len;

	for (const char *at = text.at; at < end; at++)
		if ((at == text.at || is_blank(at[-1])) && starts_comment(at, end))
			return at;
	return end;
}

bool side_skip(struct ledger *ledger, const struct line *line, struct slice *text)
{
	*text = slice_trim(line->text);
	if (text->len > 0 && !starts_comment(text->at, text->at + text->len))
		return false;
	ledger_fate(ledger, line->number, FATE_IGNORED);
	return true;
}

void side_directive(struct ledger *ledger, const struct line *line, enum side_directive directive)
{
	ledger_line(ledger, line->number)->directive = (directive + 1) & DIRECTIVE_BITS;
}

void side_find(struct ledger *ledger, const struct line *line, const char *at, enum code code, enum fate fate,
	const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)ledger_vfind(ledger, code, place_in(ledger->source, line, at), format, args);
	va_end(args);
	ledger_fate(ledger, line->number, fate);
}

struct slice side_digits(struct ledger *ledger, const struct line *line, struct slice word)
{
	struct slice digits = slice_without_0x(word);
	const char *at = line->text.at;

	if (digits.len == word.len)
		return word;
	while (at < word.at && (at[0] != '0' || to_lower(at[1]) != 'x'))
		at++;
	if (at == word.at) /* the first of the line; once is enough */
		side_find(ledger, line, at, CODE_HEX_PREFIX, FATE_NONE,
			"0x in front of a hexadecimal number was left out");
	return digits;
}

/* Where the name in quotation marks ends, which itself may have some: at the first that nothing is glued to,
 * else at the last. NULL: there is none. */
static const char *closing_quote(struct slice text, bool *inside)
{
	const char *end = text.at + text.len, *first = memchr(text.at, '"', text.len), *last = first;

	*inside = false;
	if (!first || first + 1 == end || is_blank(first[1]) || starts_comment(first + 1, end))
		return first;
	end = side_comment(slice_between(first + 1, end));
	for (const char *at = first + 1; at < end; at++)
		last = *at == '"' ? at : last;
	*inside = last > first;
	return last;
}

static struct slice quoted_name(
	struct ledger *ledger, const struct line *line, struct slice text, bool remarks)
{
	struct slice rest = slice_skip(text, 1);
	bool inside;
	const char *close = closing_quote(rest, &inside);

	if (close) {
		struct slice name = slice_between(rest.at, close);
		if (inside)
			side_find(ledger, line, text.at, CODE_NAME_QUOTES, FATE_ADJUSTED,
				"the name itself has quotation marks");
		rest = slice_trim(slice_between(close + 1, rest.at + rest.len));
		if (rest.len > 0 && !remarks && !starts_comment(rest.at, rest.at + rest.len))
			side_find(ledger, line, rest.at, CODE_EXTRA_FIELD, FATE_ADJUSTED,
				"the words behind the name are left out");
		return slice_trim(name);
	}
	side_find(ledger, line, text.at, CODE_NAME_QUOTES, FATE_ADJUSTED,
		"the quotation mark in front of the name is not closed");
	return slice_trim((struct slice){rest.at, (size_t)(side_comment(rest) - rest.at)});
}

/* Without other quotation marks at both ends. */
static struct slice unquoted(struct slice name)
{
	static const char *const pairs[][2] = {{"'", "'"}, {"`", "'"}, {"\xe2\x80\x9c", "\xe2\x80\x9d"},
		{"\xe2\x80\x9e", "\xe2\x80\x9c"}, {"\xe2\x80\x98", "\xe2\x80\x99"}, {"\xc2\xab", "\xc2\xbb"}};

	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		struct slice open = slice_of(pairs[i][0]), close = slice_of(pairs[i][1]);
		if (name.len > open.len + close.len && slice_starts(name, open) &&
			memcmp(name.at + name.len - close.len, close.at, close.len) == 0)
			return slice_trim(
				(struct slice){name.at + open.len, name.len - open.len - close.len});
	}
	return name;
}

struct slice side_name_start(struct ledger *ledger, const struct line *line, struct slice text)
{
	struct slice name = slice_trim(text);
	size_t signs = 0;

	while (signs < name.len && (strchr(":=,|-", name.at[signs]) || is_blank(name.at[signs])) &&
		name.at[signs])
		signs++;
	if (signs == 0 || signs == name.len || (name.at[signs] != '"' && !is_blank(name.at[signs - 1])))
		return name;
	side_find(ledger, line, name.at, CODE_EXTRA_FIELD, FATE_ADJUSTED,
		"the sign in front of the name is left out\n"
		"Write the name in quotation marks behind the numbers, and a blank between.");
	return slice_skip(name, signs);
}

struct slice side_name(struct ledger *ledger, const struct line *line, struct slice text, bool remarks)
{
	struct slice name = slice_trim(text);

	if (name.len > 0 && name.at[0] == '"') {
		name = quoted_name(ledger, line, name, remarks);
	} else {
		name = slice_trim((struct slice){name.at, (size_t)(side_comment(name) - name.at)});
		if (name.len == 0) {
			side_find(ledger, line, text.at + text.len, CODE_MISSING_FIELD, FATE_REJECTED,
				"the name is missing\nWrite the name behind the numbers, in quotation "
				"marks.");
			return name;
		}
		side_find(ledger, line, name.at, CODE_NAME_QUOTES, FATE_ADJUSTED,
			"the name has no quotation marks");
		name = unquoted(name);
	}
	if (name.len == 0)
		ledger_fate(ledger, line->number, FATE_DROPPED);
	return name;
}

static uint64_t card_hash(const struct side_name *entry)
{
	uint64_t key[] = {(uint64_t)entry->caid << 16 | entry->sid, entry->ident};

	return slice_hash((struct slice){(const char *)key, sizeof key}, 0);
}

static const struct side_name *find_name(
	const struct side_names *names, uint64_t hash, const struct side_name *entry)
{
	table_each (walk, &names->known, hash) {
		const struct side_name *other = list_at(names->entries, walk.number);
		if (other->caid == entry->caid && other->ident == entry->ident && other->sid == entry->sid)
			return other;
	}
	return NULL;
}

void side_names_add(struct side_names *names, const struct line *line, struct side_name entry)
{
	struct ledger *ledger = names->ledger;
	struct side_name all = entry;

	all.ident = 0;
	const struct side_name *found = entry.ident != 0 ? find_name(names, card_hash(&all), &all) : NULL;
	if (found && found->line == line->number)
		return; /* the line itself names all idents of the CAID */
	uint64_t hash = card_hash(&entry);
	const struct side_name *first = find_name(names, hash, &entry);

	if (!first) {
		entry.line = line->number;
		table_add(&names->known, hash, names->entries->count);
		*(struct side_name *)list_add(names->entries) = entry;
		ledger_fate(ledger, line->number, FATE_CONVERTED);
		return;
	}
	bool same = slice_equal(first->name, entry.name);
	ledger_made(ledger, line->number, first);
	side_find(ledger, line, entry.name.at, same ? CODE_REPEATED_NAME : CODE_DUPLICATE_NAME, FATE_ADJUSTED,
		same ? "the same name as on line %lu" : "line %lu has another name for it, which is used",
		(unsigned long)first->line);
}

void side_names_read(struct ledger *ledger, struct list *entries,
	void (*read_line)(struct side_names *names, const struct line *line, struct slice text))
{
	struct line_walk walk = line_walk_start(ledger->source);
	struct side_names names;
	struct slice text;
	struct line line;

	names = (struct side_names){.ledger = ledger, .entries = entries};
	list_init(entries, ledger->arena, sizeof(struct side_name));
	list_init(&names.cards, ledger->arena, sizeof(struct side_card));
	table_init(&names.known, ledger->arena, source_statements(ledger->source));
	while (line_walk_next(&walk, &line))
		if (!side_skip(ledger, &line, &text))
			read_line(&names, &line, text);
}
