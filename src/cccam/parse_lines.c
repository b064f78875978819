/* The letter lines: C N F L R G B X. Words behind a password are never quoted in a message. */
#include "parse.h"

enum { KEY_DIGITS = 28, MASK_BITS = 7 };

static bool read_port(struct slice word, uint16_t *port)
{
	uint64_t number = 0;

	if (!parse_decimal(word, PORT_MOST, &number) || number == 0)
		return false;
	*port = (uint16_t)number;
	return true;
}

#define WRITE_PORT "Write the port as a number from 1 to 65535."

/* The word is quoted only if it has no letters: if the fields are mixed up, it may be a secret. */
static bool bad_port(struct reading *reading, struct slice word)
{
	bool quote = true;

	for (size_t i = 0; i < word.len; i++)
		quote = quote && !is_letter(word.at[i]) && (unsigned char)word.at[i] < 0x80;
	return reject(reading, CODE_BAD_NUMBER, word.at,
		quote ? "the port \"%s\" is not a number from 1 to 65535\n" WRITE_PORT
		      : "the port is not a number from 1 to 65535\n" WRITE_PORT,
		show(word).text);
}

/* Not quoted, since it stands behind a password. */
static bool bad_number(struct reading *reading, struct slice word, const char *name, uint64_t max)
{
	return no_control(reading, name) &&
	       reject(reading, CODE_BAD_NUMBER, word.at,
		       max == 1 ? "the %s is not a number from 0 to %lu\nWrite 0 or 1."
				: "the %s is not a number from 0 to %lu\nWrite a number from 0 to %lu.",
		       name, (unsigned long)max, (unsigned long)max);
}

/* host port user pass. The port is judged last: on a short line the missing word is what matters. */
static bool read_login(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct slice port;

	if (!take_word(reading, "host", &statement->host) || is_glued(reading, statement->host) ||
		!take_word(reading, "port", &port) || is_glued_port(reading, port) ||
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

/* How many hexadecimal digits the word is; 0: it is something else. */
static size_t hex_digits(struct slice word)
{
	return slice_all(word, is_hex_digit) ? word.len : 0;
}

static bool wrong_key_length(struct reading *reading, const char *at, size_t digits)
{
	if (digits % 2 != 0)
		return reject(reading, CODE_DES_KEY, at,
			"the DES key has 28 hexadecimal digits; %lu were found here", (unsigned long)digits);
	return reject(reading, CODE_DES_KEY, at, "the DES key has 14 bytes; %lu were found here",
		(unsigned long)(digits / 2));
}

bool key_ends(struct reading *reading, size_t least)
{
	struct scan ahead = reading->scan;
	size_t more = 0, digits;
	struct slice word;

	while (scan_word(&ahead, &word) && (digits = hex_digits(take_0x(reading, word))) == 2)
		more += digits;
	if (more < 2 * least)
		return true;
	return wrong_key_length(reading, reading->statement->key.at, KEY_DIGITS + more);
}

/* `digits`: how many digits the words before have. The message does not quote digits, which are a secret. */
static bool bad_digit(struct reading *reading, struct slice word, size_t digits)
{
	size_t at = 0;

	while (at < word.len && hex_value(word.at[at]) >= 0)
		at++;
	if (at == word.len)
		return reject(reading, CODE_DES_KEY, word.at,
			"byte %lu of the DES key is not two hexadecimal digits",
			(unsigned long)(digits / 2 + 1));
	return reject(reading, CODE_DES_KEY, word.at + at, "digit %lu of the DES key is none of 0-9 and A-F",
		(unsigned long)(digits + at + 1));
}

/* The words from here on that make up 28 digits, however they are glued. */
bool read_key(struct reading *reading)
{
	struct statement *statement = reading->statement;
	size_t digits = 0, more = 1;
	const char *start;
	struct slice word;

	if (scan_ended(&reading->scan))
		return missing(reading, "DES key");
	start = reading->scan.at;
	while (digits < KEY_DIGITS && scan_word(&reading->scan, &word)) {
		word = take_0x(reading, word);
		more = hex_digits(word);
		if (more % 2 != 0 && (digits > 0 || more < 3))
			more = 0; /* no pairs */
		if (more == 0 || more % 2 != 0 || digits + more > KEY_DIGITS) {
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
	statement->key = slice_between(start, reading->scan.at);
	if (digits < KEY_DIGITS && more == 0)
		return bad_digit(reading, word, digits);
	return digits == KEY_DIGITS || wrong_key_length(reading, start, digits);
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

/* Of the pairs of digits behind a key that is written in pairs, two may be hops and stealth. */
static bool key_ends_here(struct reading *reading)
{
	struct statement *statement = reading->statement;
	const char *end = statement->key.at + statement->key.len;
	struct scan ahead = reading->scan;
	struct slice hops, stealth;
	uint64_t number;

	if (statement->key.len < 3 || !is_blank(end[-3]) || !scan_word(&ahead, &hops) ||
		hex_digits(hops) != 2)
		return true;
	if (!parse_decimal(hops, UINT32_MAX, &number))
		return key_ends(reading, 1);
	bool two = scan_word(&ahead, &stealth) && hex_digits(stealth) == 2;
	return key_ends(reading, two && !parse_decimal(stealth, 4, &number) ? 2 : 3);
}

/* newcamd.conf has words behind the key ("lan server1 au"), which CCcam does not know. */
static bool is_label(struct slice word)
{
	size_t digits = hex_digits(word);

	return is_letter(word.at[0]) && (digits == 0 || digits % 2 != 0);
}

static bool read_n(struct reading *reading)
{
	struct statement *statement = reading->statement;
	struct slice word;
	uint64_t stealth;

	statement->hops = 1;
	if (!read_login(reading) || !read_key(reading) || !key_ends_here(reading))
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
	struct slice host;
	if (scan_field(&reading->scan, &host)) {
		if (starts_line(host))
			return extra_word(reading, host) && finish(reading);
		statement->host = host;
		if (!no_control(reading, "host"))
			return false;
	}
	return finish(reading);
}

static bool bad_hex(struct reading *reading, struct slice word, const char *name, unsigned digits, bool quote)
{
	return reject(reading, CODE_BAD_NUMBER, word.at,
		"the %s%s%s is not 1 to %u hexadecimal digits\n"
		"Write the %s as 1 to %u hexadecimal digits (0 to 9, A to F), like %s.",
		name, quote ? " " : "", quote ? show(word).text : "", digits, name, digits,
		digits == CAID_DIGITS ? "0100" : "000080");
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
	if (!take_hex(reading, caid, CAID_DIGITS, &number))
		return bad_hex(reading, caid, "caid", CAID_DIGITS, quote);
	if (number == 0)
		return reject(reading, CODE_BAD_NUMBER, caid.at,
			"the caid is 0, which is no card\n"
			"Write the card's CAID, 1 to 4 hexadecimal digits like 0100.");
	statement->caid = (uint16_t)number;
	if (!take_hex(reading, ident, IDENT_DIGITS, &statement->ident))
		return bad_hex(reading, ident, "ident", IDENT_DIGITS, quote);
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

	if (!take_word(reading, "host", &statement->host) || is_glued(reading, statement->host) ||
		!take_word(reading, "port", &port))
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
static bool read_old_g(struct reading *reading, const struct slice *words)
{
	struct statement *statement = reading->statement;

	if (!read_port(words[1], &statement->port) || !read_port(words[2], &statement->my_port))
		return false;
	statement->host = words[0];
	statement->my_pass = take_0x(reading, words[3]);
	statement->pass = take_0x(reading, words[4]);
	return true;
}

static bool read_new_g(struct reading *reading, const struct slice *words)
{
	struct statement *statement = reading->statement;

	statement->my_pass = take_0x(reading, words[0]);
	statement->my_host = words[1];
	statement->pass = take_0x(reading, words[3]);
	statement->host = words[4];
	bool own = read_port(words[2], &statement->my_port);
	return (own && read_port(words[5], &statement->port)) ||
	       reject(reading, CODE_BAD_NUMBER, words[own ? 5 : 2].at,
		       "the %s port is not a number from 1 to 65535\n" WRITE_PORT, own ? "peer's" : "own");
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
		if (count == 1 && is_glued(reading, words[count]))
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
	} else if (!read_old_g(reading, words)) {
		return !is_glued(reading, words[4]) && missing(reading, "peer's port");
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
	if (!take_hex(reading, statement->value, 2, &number) || number > MASK_BITS)
		return reject(reading, CODE_BAD_NUMBER, statement->value.at,
			"the mask \"%s\" is not 00 to 07\n"
			"Write 00, or the sum of 01 (shared), 02 (unique) and 04 (global).",
			show(statement->value).text);
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
