/* The letter lines: C N F L R G B X. What stands behind a password is never quoted in a message. */
#include "parse.h"

enum { KEY_DIGITS = 28, MASK_BITS = 7 };

static bool read_port(struct slice word, uint16_t *port)
{
	uint64_t number = 0;

	if (!parse_decimal(word, 65535, &number) || number == 0)
		return false;
	*port = (uint16_t)number;
	return true;
}

/* Quoted only without letters: in a line whose fields are mixed up the word may be anything. */
static bool bad_port(struct reading *reading, struct slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (is_letter(word.at[i]) || (unsigned char)word.at[i] >= 0x80)
			return reject(reading, CODE_BAD_NUMBER, word.at,
				"the port is not a number from 1 to 65535");
	return reject(reading, CODE_BAD_NUMBER, word.at, "the port \"%s\" is not a number from 1 to 65535",
		show(word).text);
}

/* Not quoted, since it stands behind a password. */
static bool bad_number(struct reading *reading, struct slice word, const char *name, uint64_t max)
{
	if (!no_control(reading, name))
		return false;
	return reject(reading, CODE_BAD_NUMBER, word.at, "the %s is not a number from 0 to %lu", name,
		(unsigned long)max);
}

/* host port user pass. The port is judged last: on a short line the missing word is what matters. */
static bool read_login(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct slice port;

	if (!take_word(reading, "host", &statement->host) || !take_word(reading, "port", &port) ||
		!take_word(reading, "user name", &statement->user) ||
		!take_word(reading, "password", &statement->pass))
		return false;
	return read_port(port, &statement->port) || bad_port(reading, port);
}

static bool read_c(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct slice word;

	if (!read_login(reading))
		return false;
	if (scan_ended(&reading->scan))
		return true;
	if (scan_field(&reading->scan, &word)) {
		statement->wantemus = slice_equal_nocase(word, SLICE("yes"));
		if (!statement->wantemus && !slice_equal_nocase(word, SLICE("no")) &&
			!extra_word(reading, word))
			return false;
	}
	if (!extra_words(reading))
		return false;
	if (scan_at_group(&reading->scan) && !read_limits(reading))
		return false;
	return finish(reading);
}

/* Hex digits of a word that can be a part of a key, else 0. */
static size_t key_digits(struct slice word)
{
	for (size_t i = 0; i < word.len; i++)
		if (hex_value(word.at[i]) < 0)
			return 0;
	return word.len % 2 == 0 ? word.len : 0;
}

/* The words from here on that make up 28 digits, however they are glued. */
bool read_key(struct reading *reading)
{
	struct statement *statement = reading->statement;
	size_t digits = 0, more = 1;
	const char *start;
	struct slice word;

	if (scan_ended(&reading->scan))
		return reject(reading, CODE_MISSING_FIELD, reading->scan.at, "the DES key is missing");
	start = reading->scan.at;
	while (digits < KEY_DIGITS && scan_word(&reading->scan, &word)) {
		more = key_digits(word);
		if (more == 0 || digits + more > KEY_DIGITS) {
			digits += more;
			break;
		}
		for (size_t i = 0; i < more; i += 2)
			statement->key_bytes[(digits + i) / 2] =
				(unsigned char)(hex_value(word.at[i]) * 16 + hex_value(word.at[i + 1]));
		digits += more;
	}
	if (!no_control(reading, "DES key"))
		return false;
	statement->key = (struct slice){start, (size_t)(reading->scan.at - start)};
	if (digits < KEY_DIGITS && more == 0)
		return reject(reading, CODE_DES_KEY, start,
			"the DES key has a word that is not pairs of hexadecimal digits");
	if (digits != KEY_DIGITS)
		return reject(reading, CODE_DES_KEY, start, "the DES key has 14 bytes; %lu were found here",
			(unsigned long)(digits / 2));
	return true;
}

/* The optional decimal number at the end of N, L and R lines. False when it is there and no number. */
static bool read_hops(struct reading *reading, struct slice word)
{
	struct statement *statement = reading->statement;

	if (!parse_decimal(word, UINT32_MAX, &statement->hops))
		return bad_number(reading, word, "number of hops", UINT32_MAX);
	statement->hops_given = true;
	return true;
}

/* newcamd.conf has words behind the key ("lan server1 au"), which CCcam does not know. */
static bool is_label(struct slice word)
{
	return is_letter(word.at[0]) && key_digits(word) == 0;
}

static bool read_n(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct slice word;
	uint64_t stealth;

	statement->hops = 1;
	if (!read_login(reading) || !read_key(reading))
		return false;
	if (!scan_field(&reading->scan, &word))
		return finish(reading);
	if (is_label(word))
		return extra_word(reading, word) && finish(reading);
	if (!read_hops(reading, word))
		return false;
	if (!scan_field(&reading->scan, &word))
		return finish(reading);
	if (is_label(word))
		return extra_word(reading, word) && finish(reading);
	if (!parse_decimal(word, 4, &stealth))
		return bad_number(reading, word, "stealth", 4);
	statement->stealth = (unsigned)stealth;
	statement->stealth_given = true;
	return finish(reading);
}

/* The three numbers of an F line. True also when it ends, or its groups start, before this one. */
static bool read_number(
	struct reading *reading, const char *name, uint64_t max, uint64_t *number, bool *given)
{
	struct slice word;

	*given = scan_field(&reading->scan, &word);
	return !*given || parse_decimal(word, max, number) || bad_number(reading, word, name, max);
}

static bool read_flags(struct reading *reading)
{
	struct statement *statement = reading->statement;
	uint64_t uphops = 5, shareemus = 1, allowemm = 1;
	bool given;

	if (!read_number(reading, "uphops", INT32_MAX, &uphops, &given) ||
		!read_number(reading, "shareemus", 1, &shareemus, &statement->shareemus_given) ||
		!read_number(reading, "allowemm", 1, &allowemm, &given))
		return false;
	statement->uphops = (uint32_t)uphops;
	statement->shareemus = shareemus != 0;
	statement->allowemm = allowemm != 0;
	return true;
}

static bool read_f(struct reading *reading)
{
	static bool (*const groups[])(struct reading *) = {read_limits, read_channels, read_windows};
	struct statement *statement = reading->statement;
	size_t count = sizeof groups / sizeof *groups;

	if (!take_word(reading, "user name", &statement->user) ||
		!take_word(reading, "password", &statement->pass) || !read_flags(reading) ||
		!extra_words(reading))
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!scan_at_group(&reading->scan))
			return finish(reading);
		if (!groups[i](reading))
			return false;
	}
	if (scan_field(&reading->scan, &statement->host) && !no_control(reading, "host"))
		return false;
	return finish(reading);
}

/* caid ident [hops]. Behind a password nothing is quoted. */
static bool read_card(struct reading *reading, bool quote)
{
	struct statement *statement = reading->statement;
	struct slice caid, ident, hops;
	uint32_t number;

	statement->hops = 1;
	if (!take_field(reading, "caid", &caid) || !take_field(reading, "ident", &ident))
		return false;
	if (parse_hex(caid, 4, &number) && number == 0)
		return reject(reading, CODE_BAD_NUMBER, caid.at, "the caid is 0, which is no card");
	if (!parse_hex(caid, 4, &number))
		return reject(reading, CODE_BAD_NUMBER, caid.at,
			"the caid%s%s is not 1 to 4 hexadecimal digits", quote ? " " : "",
			quote ? show(caid).text : "");
	statement->caid = (uint16_t)number;
	if (!parse_hex(ident, 6, &statement->ident))
		return reject(reading, CODE_BAD_NUMBER, ident.at,
			"the ident%s%s is not 1 to 6 hexadecimal digits", quote ? " " : "",
			quote ? show(ident).text : "");
	if (scan_field(&reading->scan, &hops) && !read_hops(reading, hops))
		return false;
	return finish(reading);
}

static bool read_l(struct reading *reading)
{
	return read_login(reading) && read_card(reading, false);
}

static bool read_r(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct slice port;

	if (!take_word(reading, "host", &statement->host) || !take_word(reading, "port", &port))
		return false;
	if (!read_port(port, &statement->port)) {
		struct slice caid, ident;
		return take_word(reading, "caid", &caid) && take_word(reading, "ident", &ident) &&
		       bad_port(reading, port);
	}
	return read_card(reading, true);
}

/* The words of a G line: six, or the five of CCcam 2.0.0. */
enum { G_WORDS = 6, G_OLD_WORDS = 5 };

/* ip remoteport localport pass peerpass. */
static bool read_old_g(struct statement *statement, const struct slice *words)
{
	if (!read_port(words[1], &statement->port) || !read_port(words[2], &statement->my_port))
		return false;
	statement->host = words[0];
	statement->my_pass = words[3];
	statement->pass = words[4];
	return true;
}

static bool read_new_g(struct reading *reading, const struct slice *words)
{
	static const char want[] = "the %s port is not a number from 1 to 65535";
	struct statement *statement = reading->statement;

	statement->my_pass = words[0];
	statement->my_host = words[1];
	statement->pass = words[3];
	statement->host = words[4];
	if (!read_port(words[2], &statement->my_port))
		return reject(reading, CODE_BAD_NUMBER, words[2].at, want, "own");
	if (!read_port(words[5], &statement->port))
		return reject(reading, CODE_BAD_NUMBER, words[5].at, want, "peer's");
	return true;
}

static bool read_g(struct reading *reading)
{
	static const char *const names[G_WORDS] = {
		"password", "own host", "own port", "peer's password", "peer's address", "peer's port"};
	struct slice words[G_WORDS];
	size_t count = 0;

	while (count < G_OLD_WORDS) {
		if (!take_word(reading, names[count], &words[count]))
			return false;
		count++;
	}
	if (scan_field(&reading->scan, &words[count]))
		count++;
	if (!no_control(reading, "line"))
		return false;
	if (count == G_WORDS) {
		if (!read_new_g(reading, words))
			return false;
	} else if (!read_old_g(reading->statement, words)) {
		return reject(reading, CODE_MISSING_FIELD, reading->scan.at, "the peer's port is missing");
	}
	if (scan_at_group(&reading->scan) && !read_limits(reading))
		return false;
	return finish(reading);
}

static bool read_b(struct reading *reading)
{
	struct statement *statement = reading->statement;
	uint32_t number;

	if (!take_field(reading, "device", &statement->device) ||
		!take_field(reading, "mask", &statement->value))
		return false;
	if (!parse_hex(statement->value, 2, &number) || number > MASK_BITS)
		return reject(reading, CODE_BAD_NUMBER, statement->value.at,
			"the mask \"%s\" is not 00 to 07", show(statement->value).text);
	statement->number = (int64_t)number;
	return finish(reading);
}

static bool read_x(struct reading *reading)
{
	return reject(
		reading, CODE_UNKNOWN_LINE, reading->statement->text.at, "X lines ended with CCcam 1.7.1");
}

bool read_letter_line(struct reading *reading)
{
	static bool (*const readers[])(struct reading *) = {[SHAPE_C] = read_c,
		[SHAPE_N] = read_n,
		[SHAPE_F] = read_f,
		[SHAPE_L] = read_l,
		[SHAPE_R] = read_r,
		[SHAPE_G] = read_g,
		[SHAPE_B] = read_b,
		[SHAPE_X] = read_x};

	return readers[reading->statement->directive->shape](reading);
}
