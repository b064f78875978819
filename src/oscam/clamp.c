/* What OSCam makes of a number out of range: reads the rules that stand in the column `clamp` of schema.def.
 */
#include "values.h"

/* Numbers from `least` to `most` (or all others) become `becomes`, or so many times as much. */
struct rule {
	int64_t least, most, becomes;
	bool outside, factor;
};

static bool take(struct slice *text, struct slice word)
{
	if (text->len == 0 || text->at[0] != word.at[0] || !slice_starts(*text, word))
		return false;
	*text = (struct slice){text->at + word.len, text->len - word.len};
	return true;
}

static bool take_number(struct slice *text, int64_t *number)
{
	bool negative = take(text, SLICE("-"));
	size_t len = 0;

	*number = 0;
	for (; len < text->len && is_digit(text->at[len]); len++)
		*number = *number * 10 + (text->at[len] - '0');
	*text = (struct slice){text->at + len, text->len - len};
	if (negative)
		*number = -*number;
	return len > 0;
}

/* "1..20", or "1" for itself. */
static bool take_range(struct slice *text, int64_t *least, int64_t *most)
{
	if (!take_number(text, least))
		return false;
	*most = *least;
	return !take(text, SLICE("..")) || take_number(text, most);
}

/* "max 4000", "min 5" */
static bool read_bound(struct slice text, struct rule *rule)
{
	bool highest = take(&text, SLICE("max "));

	if ((!highest && !take(&text, SLICE("min "))) || !take_number(&text, &rule->becomes))
		return false;
	rule->least = highest ? rule->becomes + 1 : INT64_MIN;
	rule->most = highest ? INT64_MAX : rule->becomes - 1;
	return text.len == 0;
}

/* "<2", "<=0", ">1000", "1..63", "outside 1..20" */
static bool take_condition(struct slice *text, struct rule *rule)
{
	if (take(text, SLICE("<="))) {
		rule->least = INT64_MIN;
		return take_number(text, &rule->most);
	}
	if (take(text, SLICE("<"))) {
		rule->least = INT64_MIN;
		return take_number(text, &rule->most) && rule->most-- > INT64_MIN;
	}
	if (take(text, SLICE(">"))) {
		rule->most = INT64_MAX;
		return take_number(text, &rule->least) && rule->least++ < INT64_MAX;
	}
	rule->outside = take(text, SLICE("outside "));
	return take_range(text, &rule->least, &rule->most);
}

/* False for what is said to people only. */
static bool read_rule(struct slice text, struct rule *rule)
{
	*rule = (struct rule){.least = 0};
	if (read_bound(text, rule))
		return true;
	if (!memchr(text.at, '>', text.len))
		return false;
	*rule = (struct rule){.least = 0};
	if (!take_condition(&text, rule) || !take(&text, SLICE(" -> ")))
		return false;
	rule->factor = take(&text, SLICE("x"));
	return take_number(&text, &rule->becomes) && text.len == 0;
}

int64_t schema_clamp(enum schema_key_id id, int64_t number)
{
	struct slice rest = slice_of(schema_key(id)->clamp);
	struct rule rule;

	while (rest.len > 0) {
		if (!read_rule(slice_trim(slice_cut(&rest, ';')), &rule))
			continue;
		if ((number >= rule.least && number <= rule.most) != rule.outside)
			return rule.factor ? number * rule.becomes : rule.becomes;
	}
	return number;
}

bool schema_range(enum schema_key_id id, int64_t *least, int64_t *most)
{
	struct slice rest = slice_of(schema_key(id)->clamp);

	while (rest.len > 0) {
		struct slice text = slice_trim(slice_cut(&rest, ';'));
		if (take(&text, SLICE("knows ")) && take_range(&text, least, most) && text.len == 0)
			return true;
	}
	return false;
}
