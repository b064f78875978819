/* The options: what follows the colon, one reader for each shape. */
#include "parse.h"

#include <string.h>

static bool has_groups(const struct directive *directive)
{
	uint8_t shape = directive->shape;

	return shape == SHAPE_LIMITS || shape == SHAPE_DEVICES_SIDS || shape == SHAPE_DEVICE_ASSIGN ||
	       shape == SHAPE_DEVICE_SIDS;
}

static bool take(struct reading *reading, struct slice *word)
{
	if (has_groups(reading->statement->directive))
		return scan_field(&reading->scan, word);
	return scan_word(&reading->scan, word);
}

/* Puts the words up to the first group into statement->words. */
static bool split(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct scan start = reading->scan;
	struct slice *words, word;
	uint32_t count = 0;

	while (take(reading, &word))
		count++;
	if (!no_control(reading, "value"))
		return false;
	words = arena_array(reading->parser->arena, count, sizeof *words);
	reading->scan = start;
	for (uint32_t i = 0; i < count; i++) {
		take(reading, &words[i]);
		if (has_groups(statement->directive) && memchr(words[i].at, '}', words[i].len))
			return unopened(reading, words[i].at);
	}
	statement->words = words;
	statement->word_count = count;
	return true;
}

/* Word `index`, which is the option's `name`. False, and said, when there is none. */
static bool word_at(struct reading *reading, uint32_t index, const char *name, struct slice *word)
{
	const struct statement *statement = reading->statement;

	if (index >= statement->word_count)
		return missing(reading, name);
	*word = statement->words[index];
	return true;
}

/* The words from `index` on are too many. */
static bool extra_from(struct reading *reading, uint32_t index)
{
	const struct statement *statement = reading->statement;

	for (; index < statement->word_count; index++)
		if (!extra_word(reading, statement->words[index]))
			return false;
	return true;
}

static bool finish_words(struct reading *reading, uint32_t index)
{
	return extra_from(reading, index) && finish(reading);
}

/* Quotes the value: the shapes that secrets have (a word, a device and bytes or a word) do not come here. */
static bool bad_word(struct reading *reading, enum code code, struct slice word, const char *want)
{
	return reject(reading, code, word.at, "\"%s\" is not %s\nWrite %s.", show(word).text, want, want);
}

static bool read_integer(struct reading *reading, struct slice word, int64_t *number)
{
	const struct directive *directive = reading->statement->directive;
	bool negative = word.len > 0 && word.at[0] == '-';
	struct slice digits = {negative ? word.at + 1 : word.at, negative ? word.len - 1 : word.len};
	uint64_t value;

	if (parse_decimal(digits, INT32_MAX, &value)) {
		*number = negative ? -(int64_t)value : (int64_t)value;
		if (*number >= directive->min && *number <= directive->max)
			return true;
	}
	long long min = directive->min, max = directive->max;
	return reject(reading, CODE_BAD_NUMBER, word.at,
		"\"%s\" is not a number from %lld to %lld\nWrite a number from %lld to %lld.",
		show(word).text, min, max, min, max);
}

static bool read_yesno(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct slice word = {NULL, 0};

	if (!word_at(reading, 0, "value", &word))
		return false;
	statement->value = word;
	statement->number = slice_equal_nocase(word, SLICE("yes")) || slice_equal(word, SLICE("1"));
	if (!statement->number && !slice_equal_nocase(word, SLICE("no")) && !slice_equal(word, SLICE("0"))) {
		statement->number = !slice_in_list(word, "no off false n none disable disabled", ' ');
		return bad_word(reading, CODE_BAD_VALUE, word, "yes or no");
	}
	return finish_words(reading, 1);
}

static bool read_number(struct reading *reading)
{
	struct statement *statement = reading->statement;

	return word_at(reading, 0, "number", &statement->value) &&
	       read_integer(reading, statement->value, &statement->number) && finish_words(reading, 1);
}

static bool read_word(struct reading *reading)
{
	return word_at(reading, 0, "value", &reading->statement->value) && finish_words(reading, 1);
}

static bool read_global_limits(struct reading *reading)
{
	struct statement *statement = reading->statement;
	const char *start;

	if (statement->word_count > 0)
		return reject(reading, CODE_LIMIT_SYNTAX, statement->words[0].at,
			"the value is no { } group\nWrite GLOBAL LIMITS : { caid:ident:downhops, ... }");
	start = reading->scan.at;
	if (!read_limits(reading))
		return false;
	statement->value = slice_between(start, reading->scan.at);
	return finish(reading);
}

static bool read_node(struct reading *reading)
{
	struct statement *statement = reading->statement;

	if (!word_at(reading, 0, "node", &statement->value))
		return false;
	statement->value = take_0x(reading, statement->value);
	if (statement->value.len != 16 || !slice_all(statement->value, is_hex_digit))
		return bad_word(reading, CODE_BAD_NUMBER, statement->value, "16 hexadecimal digits");
	return finish_words(reading, 1);
}

static bool read_version(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct slice left;
	uint64_t number;
	int parts = 0;

	if (!word_at(reading, 0, "version", &statement->value))
		return false;
	for (left = statement->value; left.at; parts++)
		if (!parse_decimal(slice_cut(&left, '.'), INT32_MAX, &number))
			return bad_word(reading, CODE_BAD_VALUE, statement->value, "a version like 2.3.0");
	if (parts != 3)
		return bad_word(reading, CODE_BAD_VALUE, statement->value, "a version like 2.3.0");
	return finish_words(reading, 1);
}

static bool read_device_at(struct reading *reading, uint32_t index)
{
	return word_at(reading, index, "device", &reading->statement->device);
}

static bool read_device_alone(struct reading *reading)
{
	return read_device_at(reading, 0) && finish_words(reading, 1);
}

static bool is_reader_type(struct slice word)
{
	return slice_in_list(word, "phoenix mouse uniprog sc8in1 smartreader+", ' ');
}

/* CCcam 1.1 wanted device:type. A device can have a colon of its own. */
static void split_device_type(struct statement *statement)
{
	struct slice device = statement->device;
	size_t colon = device.len;

	while (colon > 0 && device.at[colon - 1] != ':')
		colon--;
	if (colon < 2 || !is_reader_type(slice_skip(device, colon)))
		return;
	statement->value = slice_skip(device, colon);
	statement->device.len = colon - 1;
}

static bool read_device_type(struct reading *reading)
{
	struct statement *statement = reading->statement;

	if (!read_device_at(reading, 0))
		return false;
	if (statement->word_count == 1) {
		split_device_type(statement);
		return true;
	}
	statement->value = statement->words[1];
	if (!is_reader_type(statement->value))
		return reject(reading, CODE_BAD_VALUE, statement->value.at,
			"\"%s\" is not a type of reader\n"
			"Write phoenix, mouse, uniprog, sc8in1 or smartreader+.",
			show(statement->value).text);
	return finish_words(reading, 2);
}

static bool read_device_number(struct reading *reading)
{
	struct statement *statement = reading->statement;

	return read_device_at(reading, 0) && word_at(reading, 1, "number", &statement->value) &&
	       read_integer(reading, statement->value, &statement->number) && finish_words(reading, 2);
}

static bool read_device_word(struct reading *reading)
{
	return read_device_at(reading, 0) && word_at(reading, 1, "value", &reading->statement->value) &&
	       finish_words(reading, 2);
}

/* Pairs of digits, glued or not, from word 1 on. Returns how many bytes, or SIZE_MAX. */
static size_t count_bytes(struct reading *reading)
{
	const struct statement *statement = reading->statement;
	size_t digits = 0;

	for (uint32_t i = 1; i < statement->word_count; i++) {
		struct slice word = take_0x(reading, statement->words[i]);
		if (word.len % 2 != 0 || !slice_all(word, is_hex_digit))
			return SIZE_MAX;
		digits += word.len;
	}
	return digits / 2;
}

static bool read_device_hex(struct reading *reading)
{
	struct statement *statement = reading->statement;
	const struct directive *directive = statement->directive;
	unsigned char *bytes;
	struct slice first = {NULL, 0}, last;
	size_t count;

	if (!read_device_at(reading, 0) || !word_at(reading, 1, "bytes", &first))
		return false;
	last = statement->words[statement->word_count - 1];
	statement->value = slice_between(first.at, last.at + last.len);
	count = count_bytes(reading);
	if (count < (size_t)directive->min || count > (size_t)directive->max) {
		const char *from = directive->min < directive->max ? "1 to " : "";
		const char *what = count == SIZE_MAX
					   ? "the bytes are not pairs of hexadecimal digits"
					   : arena_format(reading->parser->arena,
						     "%lu bytes where %s takes %s%lld", (unsigned long)count,
						     directive->keyword, from, (long long)directive->max)
						     .at;
		return reject(reading, CODE_BAD_NUMBER, first.at,
			"%s\nWrite %s%lld pairs of hexadecimal digits behind the device.", what, from,
			(long long)directive->max);
	}
	statement->bytes = bytes = arena_alloc(reading->parser->arena, count);
	for (uint32_t i = 1; i < statement->word_count; i++) {
		struct slice word = slice_without_0x(statement->words[i]);
		for (size_t j = 0; j < word.len; j += 2)
			*bytes++ = (unsigned char)(hex_value(word.at[j]) * 16 + hex_value(word.at[j + 1]));
	}
	statement->byte_count = (uint32_t)count;
	return true;
}

static bool read_device_file(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct slice flag;

	if (!read_device_at(reading, 0) || !word_at(reading, 1, "file", &statement->value))
		return false;
	if (statement->word_count == 2)
		return true;
	flag = statement->words[2];
	statement->number2 = slice_equal(flag, SLICE("1"));
	if (!statement->number2 && !slice_equal(flag, SLICE("0")))
		return bad_word(reading, CODE_BAD_NUMBER, flag, "0 or 1");
	return finish_words(reading, 3);
}

static bool read_idents_device(struct reading *reading)
{
	enum { IDENTS = 8 };
	struct statement *statement = reading->statement;
	struct slice word = {NULL, 0};
	uint32_t ident;

	for (uint32_t i = 0; i < IDENTS; i++) {
		if (!word_at(reading, i, "ident", &word))
			return false;
		if (!take_hex(reading, word, 8, &ident))
			return bad_word(reading, CODE_BAD_NUMBER, word,
				"one of 8 idents of at most 8 hexadecimal digits");
	}
	statement->value = statement->words[0];
	statement->value.len = (size_t)(word.at + word.len - statement->value.at);
	return read_device_at(reading, IDENTS) && finish_words(reading, IDENTS + 1);
}

static bool read_devices_sids(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct slice last;

	if (!read_device_at(reading, 0))
		return false;
	last = statement->words[statement->word_count - 1];
	statement->value = statement->device;
	statement->value.len = (size_t)(last.at + last.len - statement->value.at);
	if (scan_at_group(&reading->scan) && !read_sids(reading))
		return false;
	return finish(reading);
}

/* Without a number a list counts as with 0: the vendor's example of SMARTCARD SID REJECT is written so. */
static bool read_device_assign(struct reading *reading)
{
	struct statement *statement = reading->statement;
	bool group = scan_at_group(&reading->scan);

	if (!read_device_at(reading, 0))
		return false;
	if (group && statement->word_count == 1)
		return reject(reading, CODE_MISSING_FIELD, reading->scan.at,
			"the number of services is missing\n"
			"Write the number in front of the list, 0 for all of it. SMARTCARD SID REJECT takes "
			"a list alone.");
	if (!word_at(reading, 1, "number", &statement->value) ||
		!read_integer(reading, statement->value, &statement->number))
		return false;
	if (!group && statement->word_count > 2)
		return missing(reading, "{ } around the list of services");
	if (!extra_from(reading, 2) || (group && !read_sids(reading)))
		return false;
	return finish(reading);
}

static bool read_device_sids(struct reading *reading)
{
	if (!read_device_at(reading, 0) || !extra_from(reading, 1))
		return false;
	if (!scan_at_group(&reading->scan))
		return missing(reading, "{ sid, ... }");
	return read_sids(reading) && finish(reading);
}

/* OSCam has milliseconds in the place of the seconds. */
enum { SECONDS_MOST = INT32_MAX / 1000 };

static bool read_device_limit(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct slice first = {NULL, 0}, second = {NULL, 0};

	if (!read_device_at(reading, 0) || !word_at(reading, 1, "number of services", &first) ||
		!word_at(reading, 2, "number of seconds", &second))
		return false;
	statement->value = first;
	if (!read_integer(reading, first, &statement->number) ||
		!read_integer(reading, second, &statement->number2))
		return false;
	if (statement->number2 > SECONDS_MOST)
		return reject(reading, CODE_BAD_NUMBER, second.at,
			"\"%s\" seconds are more than %d\nWrite a number of seconds from 0 to %d.",
			show(second).text, SECONDS_MOST, SECONDS_MOST);
	return finish_words(reading, 3);
}

/* Finds the device of a line that cannot be read, wherever it stands: its reader may have to stay disabled.
 */
static void keep_device(struct reading *reading)
{
	struct statement *statement = reading->statement;
	const char *colon = memchr(statement->text.at, ':', statement->text.len);

	if (statement->directive->shape < SHAPE_DEVICE || !colon || statement->device.at)
		return;
	statement->device = told_device(slice_between(colon + 1, statement->text.at + statement->text.len));
}

bool read_option(struct reading *reading)
{
	static bool (*const readers[])(struct reading *) = {[SHAPE_YESNO] = read_yesno,
		[SHAPE_NUMBER] = read_number,
		[SHAPE_WORD] = read_word,
		[SHAPE_PATH] = read_word,
		[SHAPE_LIMITS] = read_global_limits,
		[SHAPE_NODE] = read_node,
		[SHAPE_VERSION] = read_version,
		[SHAPE_DEVICE] = read_device_alone,
		[SHAPE_DEVICE_TYPE] = read_device_type,
		[SHAPE_DEVICE_NUMBER] = read_device_number,
		[SHAPE_DEVICE_WORD] = read_device_word,
		[SHAPE_DEVICE_HEX] = read_device_hex,
		[SHAPE_DEVICE_FILE] = read_device_file,
		[SHAPE_IDENTS_DEVICE] = read_idents_device,
		[SHAPE_DEVICES_SIDS] = read_devices_sids,
		[SHAPE_DEVICE_ASSIGN] = read_device_assign,
		[SHAPE_DEVICE_SIDS] = read_device_sids,
		[SHAPE_DEVICE_LIMIT] = read_device_limit};
	struct statement *statement = reading->statement;
	struct parser *parser = reading->parser, silent = *parser;
	bool (*read)(struct reading *) = readers[statement->directive->shape];

	if (scan_ended(&reading->scan)) {
		remark(reading, CODE_EMPTY_VALUE, statement->text.at, "%s has no value",
			statement->directive->keyword);
		statement->fate = FATE_DROPPED;
		return true;
	}
	if (statement->directive->fate == FATE_DROPPED) { /* the option has no effect with any value */
		silent.ledger = NULL;
		reading->parser = &silent;
		(void)(split(reading) && read(reading));
		reading->parser = parser;
		statement->fate = statement->spelling ? FATE_ADJUSTED : FATE_CONVERTED;
		return true;
	}
	if (one_sign(reading) && split(reading) && read(reading))
		return true;
	keep_device(reading);
	return false;
}
