/* The { } groups: limits, channels, hours and lists of services. No part of a group is left out without a
 * finding: an entry that cannot be read rejects the line. */
#include "parse.h"

#include <string.h>

/* The result of reading an entry. A bad entry has no finding yet. */
enum entry { ENTRY_READ, ENTRY_BAD, ENTRY_REJECTED };

/* A kind of group: how to read an entry, the entry's size, its form, and an example of a group. */
struct group_form {
	enum entry (*read)(struct reading *reading, struct slice entry, void *item);
	size_t size;
	const char *entry, *example;
};

/* The group in front of us. A remark, once a line, where blanks are missing. */
static bool open_group(struct reading *reading, struct group *group)
{
	if (!scan_group(&reading->scan, group))
		return reject(reading, CODE_LIMIT_SYNTAX, reading->scan.at,
			"a { without its }\nWrite a } behind the group.");
	for (size_t i = 0; i < group->inside.len; i++) {
		if (!is_control(group->inside.at[i]) || group->inside.at[i] == '\t')
			continue;
		reading->scan.control = group->inside.at + i;
		return no_control(reading, "{ } group");
	}
	return true;
}

/* Whether a number between two colons has too many digits: caid:ident:sid is meant. */
static bool has_long_part(struct slice entry)
{
	static const size_t most[] = {CAID_DIGITS, IDENT_DIGITS, SID_DIGITS};

	for (int part = 0; part < 3 && entry.len > 0; part++)
		if (slice_without_0x(slice_cut(&entry, ':')).len > most[part])
			return true;
	return false;
}

/* Whether an entry may be quoted: it must look like one, else it may be a password with a brace. */
static void quote_entry(struct reading *reading, struct slice entry, const struct group_form *form)
{
	bool plain = true, digits = true;

	for (size_t i = 0; i < entry.len; i++) {
		digits = digits && (hex_value(entry.at[i]) >= 0 || strchr(":xX", entry.at[i]));
		plain = plain && (hex_value(entry.at[i]) >= 0 || is_blank(entry.at[i]) || entry.at[i] == '-');
	}
	if (digits && has_long_part(entry))
		(void)reject(reading, CODE_BAD_NUMBER, entry.at,
			"\"%s\" has too many digits: a CAID or service id has 4, an ident 6\n"
			"Write the group like %s",
			show(entry).text, form->example);
	else if (plain || memchr(entry.at, ':', entry.len))
		(void)reject(reading, CODE_LIMIT_SYNTAX, entry.at, "\"%s\" is no %s\nWrite the group like %s",
			show(entry).text, form->entry, form->example);
	else
		(void)reject(reading, CODE_LIMIT_SYNTAX, entry.at,
			"an entry of the { } group is no %s\nWrite the group like %s", form->entry,
			form->example);
}

/* The next entry that is not empty; empty entries are left out with a finding. */
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
	if (!take_hex(reading, slice_cut(third, ':'), CAID_DIGITS, &number) || !third->at)
		return false;
	*caid = (uint16_t)number;
	return take_hex(reading, slice_cut(third, ':'), IDENT_DIGITS, ident);
}

static enum entry read_limit(struct reading *reading, struct slice entry, void *item)
{
	struct limit *limit = item;
	struct slice hops;
	uint64_t number = 0;

	*limit = (struct limit){.text = entry};
	if (!read_card(reading, entry, &limit->caid, &limit->ident, &hops) ||
		(hops.at && !slice_all(hops, is_digit)))
		return ENTRY_BAD;
	if (hops.at && !parse_decimal(hops, INT32_MAX, &number)) {
		(void)reject(reading, CODE_BAD_NUMBER, hops.at,
			"the hops \"%s\" are above %ld\nWrite a number of hops from 0 to %ld.",
			show(hops).text, (long)INT32_MAX, (long)INT32_MAX);
		return ENTRY_REJECTED;
	}
	limit->hops = (int32_t)number;
	return ENTRY_READ;
}

static enum entry read_channel(struct reading *reading, struct slice entry, void *item)
{
	struct channel *channel = item;
	struct slice sid;
	uint32_t number;

	channel->text = entry;
	if (!read_card(reading, entry, &channel->caid, &channel->ident, &sid) || !sid.at ||
		!take_hex(reading, sid, SID_DIGITS, &number))
		return ENTRY_BAD;
	channel->sid = (uint16_t)number;
	return ENTRY_READ;
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

static enum entry read_window(struct reading *reading, struct slice entry, void *item)
{
	struct window *window = item;
	struct slice to = entry;

	if (!read_time(slice_cut(&to, '-'), &window->from) || !to.at || !read_time(to, &window->to))
		return ENTRY_BAD;
	if (window->from != window->to && window->from != 1440)
		return ENTRY_READ;
	(void)reject(reading, CODE_LIMIT_SYNTAX, entry.at,
		"the window \"%s\" has no length\n"
		"Write two different times, like { 08:00-12:00, 18:00-23:30 }; 00:00-24:00 is the whole day.",
		show(entry).text);
	return ENTRY_REJECTED;
}

static enum entry read_sid(struct reading *reading, struct slice entry, void *item)
{
	uint32_t number;

	if (!take_hex(reading, entry, SID_DIGITS, &number))
		return ENTRY_BAD;
	*(uint16_t *)item = (uint16_t)number;
	return ENTRY_READ;
}

/* The entries of the group as an array; NULL: the line is rejected. `blanks`: the vendor writes a blank
 * behind each comma. */
static void *read_group(struct reading *reading, const struct group_form *form, bool blanks, uint32_t *count)
{
	struct group group;
	struct slice entry;

	if (!open_group(reading, &group))
		return NULL;
	struct entries entries = entries_of(group.inside);
	char *items = arena_array(reading->parser->arena, entries_room(group.inside), form->size);
	for (; next_entry(reading, &entries, &entry); ++*count) {
		enum entry read = form->read(reading, entry, items + *count * form->size);
		if (read == ENTRY_BAD)
			quote_entry(reading, entry, form);
		if (read != ENTRY_READ)
			return NULL;
	}
	if (*count == 0 && memchr(group.inside.at, ',', group.inside.len)) {
		/* not the empty one that CCcam knows */
		(void)reject(reading, CODE_LIMIT_SYNTAX, group.inside.at,
			"the { } group has commas, but no entry\nWrite { } for an empty group, without "
			"commas.");
		return NULL;
	}
	const char *tight = group.tight || !blanks ? group.tight : entries.tight;
	if (tight && !reading->tight)
		remark(reading, CODE_BRACE_BLANKS, tight,
			"a blank is missing beside a brace or after a comma");
	reading->tight |= tight != NULL;
	return items;
}

bool read_limits(struct reading *reading)
{
	static const struct group_form form = {read_limit, sizeof(struct limit),
		"caid:ident or caid:ident:hops", "{ 0:0:2, 0100:000080:1 }"};
	struct statement *statement = reading->statement;

	statement->limits = read_group(reading, &form, true, &statement->limit_count);
	statement->limits_given = statement->limits != NULL;
	return statement->limits_given;
}

bool read_channels(struct reading *reading)
{
	static const struct group_form form = {
		read_channel, sizeof(struct channel), "caid:ident:sid", "{ 0100:000080:0df3 }"};
	struct statement *statement = reading->statement;

	statement->channels = read_group(reading, &form, true, &statement->channel_count);
	return statement->channels != NULL;
}

bool read_windows(struct reading *reading)
{
	static const struct group_form form = {read_window, sizeof(struct window),
		"window of time like 08:00-23:30", "{ 08:00-12:00, 18:00-23:30 }"};
	struct statement *statement = reading->statement;

	statement->windows = read_group(reading, &form, true, &statement->window_count);
	return statement->windows != NULL;
}

bool read_sids(struct reading *reading)
{
	static const struct group_form form = {
		read_sid, sizeof(uint16_t), "service id of 1 to 4 hexadecimal digits", "{ 0df3, 0de1 }"};
	struct statement *statement = reading->statement;

	statement->sids = read_group(reading, &form, false, &statement->sid_count);
	statement->sids_given = statement->sids != NULL;
	return statement->sids_given;
}
