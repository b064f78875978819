/* What to write in the place of a row of oscam.dvbapi that OSCam does not read as it is meant: lists, other
 * signs, 0x, too many digits. */
#include <string.h>

#include "cc2oscam/rows.h"
#include "checks.h"

enum { PARTS_MOST = 3, ITEMS_MOST = 8 };

/* One card of a row: caid, provider, service, as far as they stand there. */
struct row_item {
	struct slice text;
	uint32_t parts[PARTS_MOST];
	size_t digits[PARTS_MOST];
	unsigned count;
};

struct row_list {
	struct row_item items[ITEMS_MOST];
	unsigned count;
	char kind;
};

static bool read_item(struct slice text, struct row_item *item)
{
	*item = (struct row_item){.text = text};
	while (text.at) {
		struct slice part = slice_without_0x(row_cut_number(&text));
		if (item->count == PARTS_MOST || !parse_hex(part, IDENT_DIGITS, &item->parts[item->count]))
			return false;
		item->digits[item->count++] = part.len;
	}
	return true;
}

/* The caid and the service have no more than their digits. */
static bool is_card(const struct row_item *item)
{
	return item->digits[0] <= CAID_DIGITS && (item->count < 3 || item->digits[2] <= SID_DIGITS);
}

/* False: a part of the list is no number, or the list has too many items to write them out. */
static bool read_list(struct slice text, char kind, struct row_list *list)
{
	*list = (struct row_list){.kind = kind};
	while (text.at) {
		struct slice item = slice_trim(slice_cut(&text, ','));
		if (item.len == 0)
			continue;
		if (list->count == ITEMS_MOST || !read_item(item, &list->items[list->count++]))
			return false;
	}
	return list->count > 0 && list->items[0].digits[0] <= CAID_DIGITS;
}

/* ---- the rows that can be meant ---- */

static void add_row(struct buffer *rows, char kind, const uint32_t *parts, unsigned count)
{
	buffer_format(rows, "%s%c: %04X", rows->len > 0 ? " and " : "", kind, (unsigned)parts[0]);
	if (count > 1)
		buffer_format(rows, ":%06X", (unsigned)parts[1]);
	if (count > 2)
		buffer_format(rows, ":%04X", (unsigned)parts[2]);
}

/* Each item is a card of its own. */
static bool as_cards(const struct row_list *list, bool for_all, struct buffer *rows)
{
	(void)for_all;
	for (unsigned i = 0; i < list->count; i++) {
		if (!is_card(&list->items[i]))
			return false;
		add_row(rows, list->kind, list->items[i].parts, list->items[i].count);
	}
	return true;
}

/* The items behind the first are providers of its CAID; the service of the first is for all, or that of the
 * last for all or for the last alone. */
static bool as_providers(const struct row_list *list, bool for_all, struct buffer *rows)
{
	const struct row_item *first = &list->items[0], *last = &list->items[list->count - 1];
	bool late = last->count == 2;

	if (first->count < 2 || list->count < 2 || (first->count == 3 && late) ||
		(late && last->digits[1] > SID_DIGITS) || (!for_all && !late))
		return false;
	for (unsigned i = 0; i < list->count; i++) {
		const struct row_item *item = &list->items[i];
		uint32_t parts[PARTS_MOST] = {
			first->parts[0], item->parts[i == 0], late ? last->parts[1] : first->parts[2]};
		bool service = first->count == 3 || (late && (for_all || item == last));
		if (i > 0 && item->count != (late && item == last ? 2U : 1U))
			return false;
		add_row(rows, list->kind, parts, service ? 3 : 2);
	}
	return true;
}

/* The items behind the first are further services of its card. */
static bool as_services(const struct row_list *list, bool for_all, struct buffer *rows)
{
	const struct row_item *first = &list->items[0];

	(void)for_all;
	for (unsigned i = 0; i < list->count; i++) {
		const struct row_item *item = &list->items[i];
		uint32_t parts[PARTS_MOST] = {first->parts[0], first->parts[1], item->parts[i == 0 ? 2 : 0]};
		if (first->count < 3 || list->count < 2 ||
			(i > 0 && (item->count > 1 || item->digits[0] > SID_DIGITS)))
			return false;
		add_row(rows, list->kind, parts, 3);
	}
	return true;
}

static const struct {
	bool (*rows)(const struct row_list *list, bool for_all, struct buffer *rows);
	bool for_all;
	const char *what; /* of what stands behind a comma */
} readings[] = {{as_cards, false, "cards of their own"},
	{as_providers, true, "providers with one service for all"},
	{as_providers, false, "providers with a service for the last alone"},
	{as_services, false, "services"}};

/* How many readings there are; what they are, and what to write for each. */
static unsigned find_readings(
	struct checking *c, const struct row_list *list, struct slice *names, struct slice *advice)
{
	struct buffer named = {0}, text = {0};
	struct slice only = {NULL, 0};
	unsigned count = 0;

	for (size_t i = 0; i < sizeof readings / sizeof *readings; i++) {
		struct buffer rows = {0};
		if (readings[i].rows(list, readings[i].for_all, &rows)) {
			only = arena_copy(c->arena, buffer_slice(&rows));
			buffer_format(&named, "%s%s", count > 0 ? ", or " : "", readings[i].what);
			buffer_format(&text, "%sfor %s: %.*s", count > 0 ? "; " : "", readings[i].what,
				SLICE_ARG(only));
			count++;
		}
		buffer_free(&rows);
	}
	*names = arena_take(c->arena, &named);
	*advice = arena_take(c->arena, &text);
	if (count == 1)
		*advice = only;
	return count;
}

static void say_list(
	struct checking *c, const struct line *line, const struct row_list *list, struct slice numbers)
{
	struct slice names, advice, wide = {NULL, 0}, unclear = {NULL, 0}, behind = numbers;
	unsigned count = find_readings(c, list, &names, &advice);

	(void)slice_cut(&behind, ',');
	if (list->items[0].count == 2)
		wide = arena_format(c->arena, ", so that it is for every channel of caid %04X",
			(unsigned)list->items[0].parts[0]);
	if (count > 1)
		unclear = arena_format(c->arena, "; \"%.*s\" can be %.*s",
			SLICE_ARG(shown(c, slice_trim(behind))), SLICE_ARG(names));
	(void)found_in_row(c, CODE_ROW_SKIPPED, line,
		count > 0 ? "OSCam knows no lists and cuts \"%.*s\" at the comma%.*s%.*s\n"
			    "Write a row for each in its place%s %.*s"
			  : "OSCam knows no lists and cuts \"%.*s\" at the comma%.*s%.*s",
		SLICE_ARG(shown(c, numbers)), SLICE_ARG(wide), SLICE_ARG(unclear), count > 1 ? "," : ":",
		SLICE_ARG(advice));
}

/* The numbers with colons between them and without 0x, if that is all that is wrong. */
static struct slice mended(struct checking *c, struct slice numbers)
{
	struct row_item item;
	char *copy = arena_bytes(c->arena, numbers.len);

	for (size_t i = 0; i < numbers.len; i++)
		copy[i] = strchr(";/.|-=_", numbers.at[i]) ? ':' : numbers.at[i];
	struct slice text = {copy, numbers.len};
	while (text.len > 0 && text.at[text.len - 1] == ':')
		text.len--;
	if (!read_item(text, &item) || !is_card(&item))
		return (struct slice){NULL, 0};
	struct buffer row = {0};
	add_row(&row, 'P', item.parts, item.count);
	text = arena_take(c->arena, &row);
	return slice_skip(text, 3);
}

/* The first number with too many digits: its name, and how many it may have. NULL: none, or there is another
 * sign in front of it. */
static const char *too_long(struct slice numbers, struct slice *part, unsigned *most)
{
	static const char *const names[PARTS_MOST] = {"caid", "provider", "service"};

	for (unsigned i = 0; i < PARTS_MOST && numbers.at; i++) {
		*part = slice_cut(&numbers, ':');
		for (size_t k = 0; k < part->len; k++)
			if (hex_value(part->at[k]) < 0)
				return NULL;
		*most = row_digits[i];
		if (part->len > *most)
			return names[i];
	}
	return NULL;
}

void say_row_form(struct checking *c, const struct line *line, char kind, struct slice numbers)
{
	struct row_list list;
	struct slice part, right;
	bool for_cards = kind == 'P' || kind == 'I';

	if (for_cards && memchr(numbers.at, ',', numbers.len) && read_list(numbers, kind, &list)) {
		say_list(c, line, &list, numbers);
		return;
	}
	unsigned most = 0;
	const char *name = too_long(numbers, &part, &most);
	struct finding *finding =
		name ? found_in_row(c, CODE_ROW_SKIPPED, line, "the %s \"%.*s\" has more than %u digits",
			       name, SLICE_ARG(shown(c, part)), most)
		     : found_in_row(c, CODE_ROW_SKIPPED, line, "\"%.*s\" is not CAID:PROVIDER:SERVICE",
			       SLICE_ARG(shown(c, numbers)));
	if (!name && (right = mended(c, numbers)).len > 0)
		advise(c, finding, "Write %c: %.*s", kind, SLICE_ARG(right));
	else if (for_cards)
		advise(c, finding, "Write the row like %c: 0500:030B00:1234, or put a # in front of it.",
			kind);
}
