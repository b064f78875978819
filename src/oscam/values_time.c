/* OSCam's functions for the date an account expires on and for the hours it may be used in.
 * Both are rewritten from what was understood: a calendar day, and the minutes of each day. */
#include <string.h>

#include "values.h"

enum { MINUTES = 24 * 60 };

static const char *const DAY_NAMES[DAYS] = {"SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "ALL"};

/* The number up to the next `-` or `/`; several of them in a row count as one, and a missing part as 0. */
static int64_t next_part(struct slice *rest)
{
	struct slice part;

	while (rest->len > 0 && (rest->at[0] == '-' || rest->at[0] == '/')) {
		rest->at++;
		rest->len--;
	}
	part = *rest;
	while (rest->len > 0 && rest->at[0] != '-' && rest->at[0] != '/') {
		rest->at++;
		rest->len--;
	}
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

/* Year, month, day in this order; days and months outside the calendar run on into the next ones, as they do
 * in the C library. What comes out before the year 1 is no date. */
struct slice read_date(struct slice raw, struct arena *arena)
{
	struct date date;
	struct out out;

	out_start(&out, arena);
	date.year = next_part(&raw);
	date.month = raw.len ? next_part(&raw) : 1;
	date.day = next_part(&raw);
	if (date.year < 1 || date.year > INT32_MAX || date.month > INT32_MAX || date.day > INT32_MAX)
		return out_text(&out);
	date = date_of(days_of(date));
	if (date.year >= 1)
		out_format(&out, "%04ld-%02ld-%02ld", (long)date.year, (long)date.month, (long)date.day);
	return out_text(&out);
}

bool read_clock(struct slice text, int *minute)
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

/* An end before the start runs over midnight within the same day. */
static void mark_range(struct slice range, uint8_t minutes[MINUTES])
{
	struct slice to = range, from = slice_cut(&to, '-');
	int start, end;

	if (!read_clock(from, &start) || !read_clock(to, &end))
		return;
	if (end < start) {
		memset(minutes, 1, (size_t)end);
		end = MINUTES;
	}
	memset(minutes + start, 1, (size_t)(end - start));
}

/* The minutes of a day count once it is in use. */
struct week {
	bool used[DAYS];
	uint8_t minutes[DAYS][MINUTES];
};

int read_day(struct slice name)
{
	int day = 0;

	while (day < DAYS && !slice_equal_nocase(slice_of(DAY_NAMES[day]), name))
		day++;
	return day;
}

/* DAY@range,range; or one range for all days: what follows that is lost. */
static void mark_item(struct slice item, struct week *week)
{
	struct slice ranges = item, range, name = slice_cut(&ranges, '@');
	bool all = !ranges.at;
	int day = all ? DAYS - 1 : read_day(oscam_trim(name));

	if (all)
		ranges = slice_cut(&item, ',');
	if (day == DAYS)
		return;
	if (!week->used[day])
		memset(week->minutes[day], 0, MINUTES);
	week->used[day] = true;
	while (next_item(&ranges, ',', &range))
		mark_range(range, week->minutes[day]);
}

/* Where the next minute is that is marked, or is not; MINUTES when there is none. */
static int next_minute(const uint8_t minutes[MINUTES], int start, bool marked)
{
	const uint8_t *found = memchr(minutes + start, marked ? 1 : 0, (size_t)(MINUTES - start));

	return found ? (int)(found - minutes) : MINUTES;
}

static void write_day(struct out *out, const char *name, const uint8_t minutes[MINUTES])
{
	bool first = true;
	int end;

	for (int start = next_minute(minutes, 0, true); start < MINUTES;
		start = next_minute(minutes, end, true)) {
		end = next_minute(minutes, start, false);
		if (first) {
			out_separate(out, ';');
			out_format(out, "%s@", name);
		}
		out_format(out, "%s%02d:%02d-%02d:%02d", first ? "" : ",", start / 60, start % 60, end / 60,
			end % 60);
		first = false;
	}
}

struct slice read_hours(struct slice raw, struct arena *arena)
{
	struct week week;
	struct slice item;
	struct out out;

	out_start(&out, arena);
	memset(week.used, 0, sizeof(week.used));
	while (next_item(&raw, ';', &item))
		mark_item(item, &week);
	for (int day = 0; day < DAYS; day++)
		if (week.used[day])
			write_day(&out, DAY_NAMES[day], week.minutes[day]);
	return out_text(&out);
}
