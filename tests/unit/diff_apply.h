/* A small and strict reader of unified diffs, which makes the new text of the old one. */
#ifndef CC2OSCAM_TESTS_DIFF_APPLY_H
#define CC2OSCAM_TESTS_DIFF_APPLY_H

#include "cc2oscam/diff.h"

struct applied {
	struct buffer text;           /* the new text */
	unsigned long removed, added; /* lines */
	unsigned long hunks;
	unsigned long old_line, new_line; /* lines behind us */
};

/* "12,3" or "12" before `end`. */
static inline bool take_range(struct slice *rest, char sign, char end, uint64_t *line, uint64_t *count)
{
	struct slice range = slice_cut(rest, end), first;

	if (range.len == 0 || range.at[0] != sign)
		return false;
	range.at++;
	range.len--;
	first = slice_cut(&range, ',');
	*count = 1;
	return parse_decimal(first, UINT32_MAX, line) &&
	       (!range.at || (parse_decimal(range, UINT32_MAX, count) && *count != 1));
}

/* A line with its LF, or the rest. */
static inline struct slice take_line(struct slice *rest)
{
	struct slice before = *rest, line = slice_cut(rest, '\n');

	if (rest->at)
		line.len++;
	if (rest->len == 0)
		*rest = (struct slice){before.at + before.len, 0};
	return line;
}

/* The text of a line of the diff, whose LF does not count if the next line says so. */
static inline struct slice take_text(struct slice *diff)
{
	struct slice line = take_line(diff);

	if (slice_starts(*diff, SLICE("\\ No newline at end of file\n"))) {
		(void)take_line(diff);
		line.len--;
	}
	return (struct slice){line.at + 1, line.len - 1};
}

static inline bool apply_line(struct applied *applied, struct slice *old, struct slice *diff)
{
	char sign = diff->at[0];
	struct slice text = take_text(diff);

	if (sign != ' ' && sign != '-' && sign != '+')
		return false;
	if (sign != '+' && (old->len == 0 || !slice_equal(take_line(old), text)))
		return false;
	if (sign != '-')
		buffer_add_slice(&applied->text, text);
	applied->old_line += sign != '+';
	applied->new_line += sign != '-';
	applied->removed += sign == '-';
	applied->added += sign == '+';
	return true;
}

static inline bool apply_hunk(struct applied *applied, struct slice *old, struct slice *diff)
{
	uint64_t old_from, old_count, new_from, new_count;

	if (!slice_starts(*diff, SLICE("@@ ")))
		return false;
	struct slice head = take_line(diff);
	head = (struct slice){head.at + 3, head.len - 3};
	if (!take_range(&head, '-', ' ', &old_from, &old_count) ||
		!take_range(&head, '+', ' ', &new_from, &new_count) || !slice_starts(head, SLICE("@@")))
		return false;
	old_from -= old_count > 0;
	new_from -= new_count > 0;
	while (applied->old_line < old_from && old->len > 0) {
		buffer_add_slice(&applied->text, take_line(old));
		applied->old_line++;
		applied->new_line++;
	}
	if (applied->old_line != old_from || applied->new_line != new_from)
		return false;
	old_from += old_count;
	new_from += new_count;
	while (applied->old_line < old_from || applied->new_line < new_from)
		if (diff->len == 0 || !apply_line(applied, old, diff))
			return false;
	applied->hunks++;
	return applied->old_line == old_from && applied->new_line == new_from;
}

/* Applies the hunks of a diff of one file, after `heads` lines. False when it does not fit. */
static inline bool apply_diff(struct applied *applied, struct slice old, struct slice diff, int heads)
{
	while (diff.len > 0 && heads-- > 0)
		(void)take_line(&diff);
	while (diff.len > 0)
		if (!apply_hunk(applied, &old, &diff))
			return false;
	buffer_add_slice(&applied->text, old);
	return true;
}

/* Whether the diff of two texts makes one of the other. `applied` and `diff` are to be freed. */
static inline bool diff_and_apply(struct slice old, struct slice new, const struct diff_options *options,
	struct buffer *diff, struct applied *applied)
{
	struct sink sink = buffer_sink(diff);

	*applied = (struct applied){.text = {0}};
	return diff_write(old, new, options, &sink) && apply_diff(applied, old, buffer_slice(diff), 3) &&
	       slice_equal(buffer_slice(&applied->text), new);
}

#endif
