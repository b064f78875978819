/* OSCam's functions for the date an account expires on and for the hours it may be used in.
 * Both are rewritten from what was understood: a calendar day, and the minutes of each day. */
#include <string.h>

#include "values.h"

enum { MINUTES = 24 * 60, DAYS = 8 /* SUN .. SAT, then ALL */ };

static const char *const DAY_NAMES[DAYS] = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "ALL"};

/* The number up to the next `-` or `/`; several of them in a row count as one, and a missing part as 0. */
static int64_t next_part(struct slice *rest)
{
	struct slice part;

	while (rest->len > 0 && (rest->at[0] == '-' || rest->at[0] == '/'))
		*rest = slice_skip(*rest, 1);
	part = *rest;
	while (rest->len > 0 && rest->at[0] != '-' && rest->at[0] != '/')
		*rest = slice_skip(*rest, 1);
	part.len -= rest->len;
	return number_prefix(part);
}

struct date {
	int64_t year, month, day; /* the month from 1 */
};

/* Days since a first of March, by years that begin in March so that the leap day comes last. */
static int64_t days_of(struct date date)
{
	int64_t months = date.year * 12 + date.month - 3;
	int64_t year = months / 12, month = months % 12;

	return year * 365 + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + date.day - 1;
}

static struct date date_of(int64_t days)
{
	enum { PER_400 = 146097, PER_100 = 36524, PER_4 = 1461 };
	int64_t eras = days / PER_400, left = days % PER_400;
	int64_t year = (left - left / (PER_4 - 1) + left / PER_100 - left / (PER_400 - 1)) / 365;
	int64_t day = left - (year * 365 + year / 4 - year / 100);
	int64_t month = (5 * day + 2) / 153;

	year += eras * 400 + (month >= 10);
	return (struct date){year, month < 10 ? month + 3 : month - 9, day - (153 * month + 2) / 5 + 1};
}

/* Four digits, and twice one or two, with - or / between. */
static bool is_year_month_day(struct slice text)
{
	for (int part = 0; part < 3; part++) {
		size_t least = part == 0 ? 4 : 1, most = part == 0 ? 4 : 2, len = 0;
		while (len < text.len && is_digit(text.at[len]))
			len++;
		bool ends = len == text.len || text.at[len] == '-' || text.at[len] == '/';
		if (len < least || len > most || !ends || (part < 2) == (len == text.len))
			return false;
		len += part < 2;
		text = slice_skip(text, len);
	}
	return true;
}

static void compare_date(struct intake *in, struct slice raw, struct date written, struct slice kept)
{
	struct slice rest = kept;

	if (kept.len > 0 && is_year_month_day(raw) && written.year == next_part(&rest) &&
		written.month == next_part(&rest) && written.day == next_part(&rest))
		return;
	if (kept.len > 0)
		lose(in, LOSS_FORM, raw, NULL, "OSCam takes \"%.*s\" for %.*s (year-month-day)",
			SLICE_ARG(shown_part(in, raw)), SLICE_ARG(kept));
	else
		lose(in, LOSS_FORM, raw, NULL,
			"OSCam finds no date in \"%.*s\", and the account never expires",
			SLICE_ARG(shown_part(in, raw)));
}

/* Year, month, day in this order; days and months outside the calendar run on into the next ones, as they do
 * in the C library. What comes out before the year 1 is no date. */
struct slice read_date(struct slice raw, struct intake *in)
{
	struct slice rest = raw;
	struct date written, date;
	struct buffer out = {.arena = in->arena};

	written.year = next_part(&rest);
	written.month = rest.len ? next_part(&rest) : 1;
	written.day = next_part(&rest);
	if (written.year >= 1 && written.year <= INT32_MAX && written.month <= INT32_MAX &&
		written.day <= INT32_MAX) {
		date = date_of(days_of(written));
		if (date.year >= 1)
			buffer_format(
				&out, "%04ld-%02ld-%02ld", (long)date.year, (long)date.month, (long)date.day);
	}
	compare_date(in, raw, written, buffer_slice(&out));
	return buffer_slice(&out);
}

/* HH:MM as minutes of the day, 24:00 included. */
static bool read_clock(struct slice text, int *minute)
{
	struct slice minutes = oscam_trim(text);
	struct slice hours = slice_cut(&minutes, ':');
	uint64_t hour, rest;

	if (hours.len > 2 || minutes.len > 2 || !parse_decimal(hours, 24, &hour) ||
		!parse_decimal(minutes, 59, &rest))
		return false;
	*minute = (int)(hour * 60 + rest);
	return *minute <= MINUTES;
}

/* The hours read so far. */
struct hours {
	struct intake *in;
	bool nothing; /* OSCam is left with none */
};

static void lose_hours(const struct hours *hours, struct slice item, const char *what)
{
	lose(hours->in, LOSS_FORM, item, NULL, "\"%.*s\": %s%s", SLICE_ARG(shown_part(hours->in, item)), what,
		hours->nothing ? "; nothing is left, and the account may be used at all hours" : "");
}

/* An end before the start runs over midnight within the same day. */
static void mark_range(const struct hours *hours, struct slice range, int day, uint8_t minutes[MINUTES])
{
	struct slice to = range, from = slice_cut(&to, '-');
	int start, end;

	if (range.len == 0)
		return;
	if (!read_clock(from, &start) || !read_clock(to, &end)) {
		lose_hours(hours, range, "OSCam cannot read it, and leaves it out");
		return;
	}
	if (end < start) {
		if (day != DAYS - 1)
			lose_hours(hours, range, "behind midnight it goes on in the morning of the same day");
		memset(minutes, 1, (size_t)end);
		end = MINUTES;
	}
	memset(minutes + start, 1, (size_t)(end - start));
}

/* The marked minutes of each day; a day counts only when it is used. */
struct week {
	bool used[DAYS];
	uint8_t minutes[DAYS][MINUTES];
};

/* DAY@range,range; or one range for all days: what follows that is lost. */
static void mark_item(const struct hours *hours, struct slice item, struct week *week)
{
	struct slice ranges = item, range, name = oscam_trim(slice_cut(&ranges, '@')), further = {NULL, 0};
	bool all = !ranges.at;
	int day = all ? DAYS - 1 : 0;

	while (day < DAYS && !all && !slice_equal_nocase(slice_of(DAY_NAMES[day]), name))
		day++;

	if (day == DAYS) {
		lose_hours(hours, item,
			"OSCam knows one day in front of the @, MON .. SUN or ALL, and leaves it out");
		return;
	}
	if (all) {
		further = item;
		ranges = slice_cut(&further, ',');
	}
	if (!week->used[day])
		memset(week->minutes[day], 0, MINUTES);
	week->used[day] = true;
	while (next_item(&ranges, ',', &range))
		mark_range(hours, range, day, week->minutes[day]);
	if (further.len > 0)
		lose_hours(hours, further, "without a day and @ OSCam takes one range, and drops this");
}

/* The next minute that is marked, or not marked; MINUTES: there is no such minute. */
static int next_minute(const uint8_t minutes[MINUTES], int start, bool marked)
{
	const uint8_t *found = memchr(minutes + start, marked ? 1 : 0, (size_t)(MINUTES - start));

	return found ? (int)(found - minutes) : MINUTES;
}

static void write_day(struct buffer *out, const char *name, const uint8_t minutes[MINUTES])
{
	bool first = true;
	int end;

	for (int start = next_minute(minutes, 0, true); start < MINUTES;
		start = next_minute(minutes, end, true)) {
		end = next_minute(minutes, start, false);
		if (first) {
			out_separate(out, ';');
			buffer_format(out, "%s@", name);
		}
		buffer_format(out, "%s%02d:%02d-%02d:%02d", first ? "" : ",", start / 60, start % 60,
			end / 60, end % 60);
		first = false;
	}
}

static struct slice read_week(struct slice raw, const struct hours *hours, struct week *week)
{
	struct slice item;
	struct buffer out = {.arena = hours->in->arena};

	memset(week->used, 0, sizeof week->used);
	while (next_item(&raw, ';', &item))
		if (item.len > 0)
			mark_item(hours, item, week);
	for (int day = 0; day < DAYS; day++)
		if (week->used[day])
			write_day(&out, DAY_NAMES[day], week->minutes[day]);
	return buffer_slice(&out);
}

/* The message about a part depends on whether OSCam keeps any other part. */
struct slice read_hours(struct slice raw, struct intake *in)
{
	struct intake silent = {.arena = in->arena};
	struct hours hours = {&silent, false};
	struct week week;
	struct slice kept = read_week(raw, &hours, &week);

	if (in->losses) {
		hours = (struct hours){in, kept.len == 0};
		kept = read_week(raw, &hours, &week);
	}
	return kept;
}
