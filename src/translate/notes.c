/* What the remark behind a line may say, where the user wants it to count: "# caid:ident,ident" behind an N
 * line (notes = filter), a date behind an F line (expiry-comments = convert). */
#include "translator.h"

#include <string.h>

static void say_unread(struct translator *t, const struct statement *s, const char *what)
{
	say(t, s, CODE_NOTE_UNREAD, s->note.at, "the remark was not read as %s", what);
}

/* The ident list of "0500:60c00,50f00"; empty where an ident of 0 stands for all. False: no such note. */
static bool read_note(struct translator *t, struct slice note, uint32_t *caid, struct slice *idents)
{
	struct slice rest = note, first = slice_cut(&rest, ':');
	struct buffer text = {0};
	unsigned count = 0;
	bool good = parse_hex(slice_without_0x(first), CAID_DIGITS, caid) && *caid != 0 && rest.len > 0,
	     all = false;

	while (good && rest.len > 0) {
		uint32_t ident;
		good = parse_hex(slice_without_0x(slice_trim(slice_cut(&rest, ','))), IDENT_DIGITS, &ident) &&
		       ++count <= PROVIDERS_MAX;
		if (!good)
			break;
		all |= ident == 0;
		if (text.len == 0)
			buffer_format(&text, "%04X:%06X", (unsigned)*caid, (unsigned)ident);
		else
			buffer_format(&text, ",%06X", (unsigned)ident);
	}
	*idents = all ? (struct slice){NULL, 0} : arena_copy(t->arena, buffer_slice(&text));
	buffer_free(&text);
	return good;
}

void set_note_filter(struct translator *t, struct statement *s, struct section *reader)
{
	uint32_t caid;
	struct slice idents;

	if (!t->choices->notes_filter)
		return;
	if (!read_note(t, s->note, &caid, &idents)) {
		if (s->note.len > 0 && memchr(s->note.at, ':', s->note.len))
			say_unread(t, s, "one caid:ident,ident,...; the reader has no filter");
		return;
	}
	section_set(t->model, reader, KEY_reader_caid, arena_format(t->arena, "%04X", (unsigned)caid));
	if (idents.len > 0 && !caid_has_ident((uint16_t)caid))
		say_ident_wide(t, s, s->note.at, WIDE_READER);
	else if (idents.len > 0)
		section_set(t->model, reader, KEY_reader_ident, idents);
}

/* 13-05-2011, 13.05.2011, 13/05/2011 or 2011-05-13, and nothing else. */
static bool read_note_date(struct slice note, uint64_t date[3])
{
	static const uint8_t days[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	char between = '\0';

	for (size_t i = 0; i < note.len && !between; i++)
		if (!is_digit(note.at[i]))
			between = note.at[i];
	if (between != '-' && between != '.' && between != '/')
		return false;
	for (int part = 0; part < 3; part++) {
		struct slice digits = slice_cut(&note, between);
		if (digits.len > 4 || !parse_decimal(digits, 9999, &date[part]))
			return false;
	}
	if (note.len > 0)
		return false;
	if (date[0] < 100) {
		uint64_t day = date[0];
		date[0] = date[2];
		date[2] = day;
	}
	bool leap = date[0] % 4 == 0 && (date[0] % 100 != 0 || date[0] % 400 == 0);
	return date[0] >= 1970 && date[1] >= 1 && date[1] <= 12 && date[2] >= 1 &&
	       date[2] <= days[date[1] - 1] && (date[1] != 2 || date[2] <= 28 || leap);
}

/* The one date among the words of the remark. */
static bool find_date(struct slice note, uint64_t date[3])
{
	unsigned found = 0;

	while (note.len > 0) {
		uint64_t other[3];
		if (!read_note_date(slice_cut(&note, ' '), other))
			continue;
		memcpy(date, other, sizeof other);
		found++;
	}
	return found == 1;
}

void set_expiry(struct translator *t, const struct statement *s, struct section *account)
{
	uint64_t date[3];
	bool digits = false;

	if (!t->choices->expiry_convert)
		return;
	for (size_t i = 0; i < s->note.len; i++)
		digits |= is_digit(s->note.at[i]);
	if (find_date(s->note, date))
		section_set(t->model, account, KEY_account_expdate,
			arena_format(t->arena, "%04llu-%02llu-%02llu", (unsigned long long)date[0],
				(unsigned long long)date[1], (unsigned long long)date[2]));
	else if (digits)
		say_unread(t, s,
			"a date (31-12-2030, 31.12.2030, 31/12/2030 or 2030-12-31); the account has none");
}
