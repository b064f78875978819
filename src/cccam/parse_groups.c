/* The { } groups: limits, channels, hours and lists of services. Nothing of a group is ever left out in
 * silence: an entry that cannot be read rejects the line. */
#include "parse.h"

#include <string.h>

/* The group in front of us. A remark, once a line, where blanks are missing. */
static bool open_group(struct reading *reading, struct group *group)
{
	if (!scan_group(&reading->scan, group)) {
		(void)reject(reading, CODE_LIMIT_SYNTAX, reading->scan.at, "a { without its }");
		hint(reading, "Write a } behind the group.");
		return false;
	}
	for (size_t i = 0; i < group->inside.len; i++) {
		if (!is_control(group->inside.at[i]) || group->inside.at[i] == '\t')
			continue;
		reading->scan.control = group->inside.at + i;
		return no_control(reading, "{ } group");
	}
	return true;
}

static void say_tight(struct reading *reading, const char *at)
{
	if (at && !reading->tight)
		remark(reading, CODE_BRACE_BLANKS, at, "a blank is missing beside a brace or after a comma");
	reading->tight = reading->tight || at;
}

/* More digits between two colons than the number there can have: caid:ident:sid. */
static bool has_long_part(struct slice entry)
{
	static const size_t most[] = {4, 6, 4};

	for (int part = 0; part < 3 && entry.len > 0; part++)
		if (slice_without_0x(slice_cut(&entry, ':')).len > most[part])
			return true;
	return false;
}

/* What a group holds: the form of its entries, and a group as an example. */
struct group_form {
	const char *entry, *example;
};

static const struct group_form limit_form = {"caid:ident or caid:ident:hops", "{ 0:0:2, 0100:000080:1 }"},
			       channel_form = {"caid:ident:sid", "{ 0100:000080:0df3 }"},
			       window_form = {"window of time like 08:00-23:30",
				       "{ 08:00-12:00, 18:00-23:30 }"},
			       sid_form = {"service id of 1 to 4 hexadecimal digits", "{ 0df3, 0de1 }"};

/* An entry may be quoted when it looks like one: it may be a password with a brace otherwise. */
static bool quote_entry(struct reading *reading, struct slice entry, const char *want)
{
	bool plain = true, digits = true;

	for (size_t i = 0; i < entry.len; i++) {
		digits = digits && (hex_value(entry.at[i]) >= 0 || strchr(":xX", entry.at[i]));
		plain = plain && (hex_value(entry.at[i]) >= 0 || is_blank(entry.at[i]) || entry.at[i] == '-');
	}
	if (digits && has_long_part(entry))
		return reject(reading, CODE_BAD_NUMBER, entry.at,
			"\"%s\" has too many digits: a CAID or service id has 4, an ident 6",
			show(entry).text);
	if (plain || memchr(entry.at, ':', entry.len))
		return reject(
			reading, CODE_LIMIT_SYNTAX, entry.at, "\"%s\" is no %s", show(entry).text, want);
	return reject(reading, CODE_LIMIT_SYNTAX, entry.at, "an entry of the { } group is no %s", want);
}

static bool bad_entry(struct reading *reading, struct slice entry, const struct group_form *form)
{
	(void)quote_entry(reading, entry, form->entry);
	hint(reading, "Write the group like %s", form->example);
	return false;
}

/* A group of nothing but commas is not the empty one that CCcam knows. */
static bool only_commas(struct reading *reading, const struct group *group, uint32_t count)
{
	if (count > 0 || !memchr(group->inside.at, ',', group->inside.len))
		return false;
	(void)reject(reading, CODE_LIMIT_SYNTAX, group->inside.at, "the { } group has commas, but no entry");
	hint(reading, "Write { } for an empty group, without commas.");
	return true;
}

/* The next entry with something in it; empty ones are left out with a remark. */
static bool next_entry(struct reading *reading, struct entries *entries, struct slice *entry)
{
	while (entries_next(entries, entry)) {
		if (entry->len > 0)
			return true;
		if (!reading->empty_entry)
			adjust(reading, CODE_EXTRA_FIELD, entry->at, "an empty entry in { } left out");
		reading->empty_entry = true;
	}
	return false;
}

/* Splits caid:ident[:third]. third->at is NULL when there is no second colon. */
static bool read_card(
	struct reading *reading, struct slice entry, uint16_t *caid, uint32_t *ident, struct slice *third)
{
	uint32_t number;

	*third = entry;
	if (!take_hex(reading, slice_cut(third, ':'), 4, &number) || !third->at)
		return false;
	*caid = (uint16_t)number;
	return take_hex(reading, slice_cut(third, ':'), 6, ident);
}

static bool all_digits(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!is_digit(text.at[i]))
			return false;
	return text.len > 0;
}

static bool read_limit(struct reading *reading, struct slice entry, struct limit *limit)
{
	struct slice hops;
	uint64_t number = 0;

	*limit = (struct limit){.text = entry};
	if (!read_card(reading, entry, &limit->caid, &limit->ident, &hops) || (hops.at && !all_digits(hops)))
		return bad_entry(reading, entry, &limit_form);
	if (hops.at && !parse_decimal(hops, INT32_MAX, &number)) {
		(void)reject(reading, CODE_BAD_NUMBER, hops.at, "the hops \"%s\" are above %ld",
			show(hops).text, (long)INT32_MAX);
		hint(reading, "Write a number of hops from 0 to %ld.", (long)INT32_MAX);
		return false;
	}
	limit->hops = (int32_t)number;
	return true;
}

bool read_limits(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct entries entries;
	struct limit *limits;
	struct group group;
	struct slice entry;

	if (!open_group(reading, &group))
		return false;
	entries = entries_of(group.inside);
	limits = arena_array(reading->parser->arena, entries_room(group.inside), sizeof *limits);
	while (next_entry(reading, &entries, &entry))
		if (!read_limit(reading, entry, &limits[statement->limit_count++]))
			return false;
	if (only_commas(reading, &group, statement->limit_count))
		return false;
	say_tight(reading, group.tight ? group.tight : entries.tight);
	statement->limits = limits;
	statement->limits_given = true;
	return true;
}

bool read_channels(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct channel *channels, *channel;
	struct slice entry, sid;
	struct entries entries;
	struct group group;
	uint32_t number;

	if (!open_group(reading, &group))
		return false;
	entries = entries_of(group.inside);
	channels = arena_array(reading->parser->arena, entries_room(group.inside), sizeof *channels);
	while (next_entry(reading, &entries, &entry)) {
		channel = &channels[statement->channel_count++];
		channel->text = entry;
		if (!read_card(reading, entry, &channel->caid, &channel->ident, &sid) || !sid.at ||
			!take_hex(reading, sid, 4, &number))
			return bad_entry(reading, entry, &channel_form);
		channel->sid = (uint16_t)number;
	}
	if (only_commas(reading, &group, statement->channel_count))
		return false;
	say_tight(reading, group.tight ? group.tight : entries.tight);
	statement->channels = channels;
	return true;
}

/* h, hh, h:mm or hh:mm, from 0 to 24:00, as minutes since midnight. */
static bool read_time(struct slice text, uint16_t *minutes)
{
	struct slice minute = text;
	struct slice hour = slice_cut(&minute, ':');
	uint64_t hours, rest = 0;

	if (hour.len > 2 || !parse_decimal(hour, 24, &hours))
		return false;
	if (minute.at && (minute.len != 2 || !parse_decimal(minute, 59, &rest)))
		return false;
	*minutes = (uint16_t)(hours * 60 + rest);
	return *minutes <= 1440;
}

static bool no_length(struct reading *reading, struct slice entry)
{
	(void)reject(
		reading, CODE_LIMIT_SYNTAX, entry.at, "the window \"%s\" has no length", show(entry).text);
	hint(reading, "Write two different times, like %s; 00:00-24:00 is the whole day.",
		window_form.example);
	return false;
}

bool read_windows(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct window *windows, *window;
	struct entries entries;
	struct slice entry, to;
	struct group group;

	if (!open_group(reading, &group))
		return false;
	entries = entries_of(group.inside);
	windows = arena_array(reading->parser->arena, entries_room(group.inside), sizeof *windows);
	while (next_entry(reading, &entries, &entry)) {
		window = &windows[statement->window_count++];
		to = entry;
		if (!read_time(slice_cut(&to, '-'), &window->from) || !to.at || !read_time(to, &window->to))
			return bad_entry(reading, entry, &window_form);
		if (window->from == window->to || window->from == 1440)
			return no_length(reading, entry);
	}
	if (only_commas(reading, &group, statement->window_count))
		return false;
	say_tight(reading, group.tight ? group.tight : entries.tight);
	statement->windows = windows;
	return true;
}

/* No blank after a comma is fine here: the vendor writes such lists so. */
bool read_sids(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct entries entries;
	struct group group;
	struct slice entry;
	uint32_t number;
	uint16_t *sids;

	if (!open_group(reading, &group))
		return false;
	entries = entries_of(group.inside);
	sids = arena_array(reading->parser->arena, entries_room(group.inside), sizeof *sids);
	while (next_entry(reading, &entries, &entry)) {
		if (!take_hex(reading, entry, 4, &number))
			return bad_entry(reading, entry, &sid_form);
		sids[statement->sid_count++] = (uint16_t)number;
	}
	if (only_commas(reading, &group, statement->sid_count))
		return false;
	say_tight(reading, group.tight);
	statement->sids = sids;
	statement->sids_given = true;
	return true;
}
