/* Checks of dates and hours of accounts. */
#include "checks.h"

/* ---- expdate ---- */

static bool take_number(struct slice *text, size_t least, size_t most)
{
	size_t len = 0;

	while (len < text->len && is_digit(text->at[len]))
		len++;
	text->at += len;
	text->len -= len;
	return len >= least && len <= most;
}

static bool take_separator(struct slice *text)
{
	if (text->len == 0 || (text->at[0] != '-' && text->at[0] != '/'))
		return false;
	text->at++;
	text->len--;
	return true;
}

static bool is_year_month_day(struct slice text)
{
	return take_number(&text, 4, 4) && take_separator(&text) && take_number(&text, 1, 2) &&
	       take_separator(&text) && take_number(&text, 1, 2) && text.len == 0;
}

/* The same day, or has it run on into another month? */
static bool is_same_day(struct slice written, struct slice kept)
{
	for (int part = 0; part < 3; part++) {
		if (number_prefix(written) != number_prefix(kept))
			return false;
		(void)take_number(&written, 0, SIZE_MAX);
		(void)take_number(&kept, 0, SIZE_MAX);
		(void)take_separator(&written);
		(void)take_separator(&kept);
	}
	return true;
}

void check_date(struct checking *c, const struct setting *setting)
{
	struct slice kept;

	if (schema_function(setting->key) != FN_account_expdate_fn)
		return;
	kept = schema_read(setting->key, setting->value, c->arena);
	if (is_year_month_day(setting->value) && is_same_day(setting->value, kept))
		return;
	if (kept.len > 0)
		(void)found(c, CODE_EXPDATE_FORM, setting->at->line, setting->value.at,
			"%.*s: OSCam takes it for %.*s (year-month-day)",
			SLICE_ARG(shown_setting(c, setting)), SLICE_ARG(kept));
	else
		(void)found(c, CODE_EXPDATE_FORM, setting->at->line, setting->value.at,
			"%.*s: OSCam finds no date in it, and the account never expires",
			SLICE_ARG(shown_setting(c, setting)));
}

/* ---- allowedtimeframe ---- */

enum { EVERY_DAY = DAYS - 1 };

static bool is_range(struct slice range, int *from, int *to)
{
	struct slice end = range, start = slice_cut(&end, '-');

	return end.at && read_clock(start, from) && read_clock(end, to);
}

/* The hours at hand, and whether OSCam is left with none. */
struct hours {
	const struct setting *setting;
	bool nothing;
};

static void say_hours(struct checking *c, const struct hours *hours, struct slice item, const char *what)
{
	(void)found(c, CODE_TIMEFRAME_FORM, hours->setting->at->line, item.at,
		"allowedtimeframe: \"%.*s\": %s%s", SLICE_ARG(shown(c, item)), what,
		hours->nothing ? "; nothing is left, and the account may be used at all hours" : "");
}

static void check_day_ranges(struct checking *c, const struct hours *hours, struct slice ranges, int day)
{
	struct slice range;
	int from, to;

	while (next_item(&ranges, ',', &range)) {
		if (range.len == 0)
			continue;
		if (!is_range(range, &from, &to))
			say_hours(c, hours, range, "OSCam cannot read it, and leaves it out");
		else if (to < from && day != EVERY_DAY)
			say_hours(
				c, hours, range, "behind midnight it goes on in the morning of the same day");
	}
}

static void check_item(struct checking *c, const struct hours *hours, struct slice item)
{
	struct slice ranges = item, name = oscam_trim(slice_cut(&ranges, '@'));
	int day = ranges.at ? read_day(name) : EVERY_DAY;

	if (day == DAYS) {
		say_hours(c, hours, item,
			"OSCam knows one day in front of the @, MON .. SUN or ALL, and leaves it out");
		return;
	}
	if (ranges.at) {
		check_day_ranges(c, hours, ranges, day);
		return;
	}
	ranges = item;
	struct slice first = slice_cut(&ranges, ',');
	check_day_ranges(c, hours, first, EVERY_DAY);
	if (ranges.len > 0)
		say_hours(c, hours, ranges, "without a day and @ OSCam takes one range, and drops this");
}

void check_hours(struct checking *c, const struct setting *setting)
{
	struct slice rest = setting->value, item;

	if (schema_function(setting->key) != FN_account_allowedtimeframe_fn)
		return;
	struct hours hours = {setting, schema_read(setting->key, rest, c->arena).len == 0};
	while (next_item(&rest, ';', &item))
		if (item.len > 0)
			check_item(c, &hours, item);
}
