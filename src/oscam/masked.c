/* Passwords, keys and hosts of one line masked. See masked.h. */
#include "cc2oscam/masked.h"

#include "cc2oscam/cccam.h"
#include "cc2oscam/schema.h"

#define STARS SLICE("********")

static bool sounds_secret(struct slice name)
{
	return slice_holds(name, "pass pwd key secret pasw pwrd pswd") ||
	       slice_in_list(name, "pin pw psw pas", ' ');
}

/* Whether some section of OSCam's has such a key of this name. */
static bool is_some_key(struct slice name, bool (*is)(enum schema_key_id key))
{
	for (int section = SECTION_NONE + 1; section < SECTION_COUNT; section++)
		if (is(schema_find((enum schema_section)section, name)))
			return true;
	return false;
}

static bool is_known_key(enum schema_key_id key)
{
	return key != KEY_NONE;
}

/* Whether the value of the key is a host, or something that is often a host. */
static bool tells_host(enum schema_key_id key)
{
	return form_info((enum schema_form)schema_key(key)->form)->tells != TELLS_OPEN;
}

static bool is_between(char c)
{
	return is_blank(c) || c == '.' || c == '-' || c == '_';
}

/* If the text starts with single letters such as "p.w.d" or "p w d" that together are a word for a secret,
 * their length; else 0. */
static size_t spelled_secret(struct slice text)
{
	enum { LETTERS = 16 };
	char word[LETTERS];
	size_t count = 0, at = 0, found = 0;

	while (count < LETTERS && at < text.len && is_letter(text.at[at])) {
		word[count++] = text.at[at++];
		if (at < text.len && is_letter(text.at[at]))
			break; /* a word of several letters */
		if (count > 1 && sounds_secret((struct slice){word, count}))
			found = at;
		if (at == text.len || !is_between(text.at[at]))
			break;
		at++;
	}
	return found;
}

/* A name that OSCam does not know may have signs between its letters: "pw.d". */
static bool sounds_secret_without(struct slice name)
{
	enum { LONGEST = 32 };
	char word[LONGEST];
	size_t len = 0;

	if (name.len == 0 || memchr(name.at, ' ', name.len))
		return false;
	for (size_t i = 0; i < name.len && len < LONGEST; i++)
		if (!is_between(name.at[i]))
			word[len++] = name.at[i];
	return len < name.len && sounds_secret((struct slice){word, len}) && !is_some_key(name, is_known_key);
}

bool oscam_name_is_secret(struct slice name)
{
	return sounds_secret(name) || schema_names_secret(name) || sounds_secret_without(name) ||
	       (name.len > 0 && spelled_secret(name) == name.len);
}

struct masking {
	struct buffer out;
	bool hosts;
};

/* Copies the text up to `from`, and writes stars for the rest of the text. */
static void mask_from(struct masking *masking, struct slice text, const char *from)
{
	size_t kept = (size_t)(from - text.at);

	buffer_add_slice(&masking->out, (struct slice){text.at, kept});
	buffer_add_slice(&masking->out, kept < text.len ? STARS : SLICE(""));
}

static bool is_word_byte(char c)
{
	return is_letter(c) || is_digit(c) || c == '_' || c == '-';
}

/* The text behind the first word for a secret; with `sign` the word must have = or : behind it. NULL: there
 * is no such word. */
static const char *find_secret(struct slice text, bool sign)
{
	const char *at = text.at, *end = text.len > 0 ? text.at + text.len : at;

	while (at < end) {
		const char *start = at;
		size_t spelled = spelled_secret(slice_between(at, end));
		while (at < end && is_word_byte(*at))
			at++;
		struct slice word = slice_between(start, at);
		bool secret = word.len > 0 && (spelled > 0 || oscam_name_is_secret(word)), assigned = !sign;
		const char *value = spelled > word.len ? start + spelled : at;
		for (; secret && value < end && (is_blank(*value) || *value == '=' || *value == ':'); value++)
			assigned |= !is_blank(*value);
		if (secret && assigned && value < end)
			return value;
		at += at == start;
	}
	return NULL;
}

struct slice before_secret(struct slice text)
{
	const char *secret = find_secret(text, true);

	return secret ? slice_between(text.at, secret) : text;
}

/* The same of "account: user,password", which is no setting. */
static const char *find_account(struct slice text)
{
	struct slice word = SLICE("account");

	for (; text.len > word.len; text.at++, text.len--) {
		if (!slice_starts_nocase(text, word))
			continue;
		struct slice rest = slice_trim(slice_skip(text, word.len));
		if (rest.len == 0 || (*rest.at != ':' && *rest.at != '='))
			continue;
		(void)slice_cut(&rest, ',');
		return rest.at;
	}
	return NULL;
}

/* The text behind the colon of "C: host port user password"; NULL: the text is no line of CCcam's. */
static const char *find_line(struct slice text)
{
	const char *at = text.at, *end = text.at + text.len;

	while (at < end && (is_blank(*at) || *at == '#' || *at == ';' || *at == '/' || *at == '!'))
		at++;
	while (at < end && is_letter(*at) && at + 1 < end && is_letter(at[1]))
		at++; /* FC: */
	if (at == end || !directive_letter(*at))
		return NULL;
	for (at++; at < end && is_blank(*at); at++)
		continue;
	if (at == end || *at++ != ':')
		return NULL;
	while (at < end && is_blank(*at))
		at++;
	return at;
}

/* Whether the word may be a host: it has a point in it, and is no file that our own comments name. */
static bool is_host(struct slice word)
{
	static const char *const files[] = {"CCcam.", "oscam.", "newcamd.conf"};
	struct slice line = word, file = slice_cut(&line, ':'), ending = file, name = slice_cut(&ending, '.');
	bool inner = false;

	/* "home.cfg:12", where a comment of convert's says its line */
	if (name.len > 0 && slice_equal(ending, SLICE("cfg")) && !memchr(name.at, '/', name.len))
		return false;
	for (size_t i = 0; i < sizeof files / sizeof *files; i++)
		if (slice_starts(word, slice_of(files[i])))
			return false;
	for (size_t i = 1; i + 1 < word.len; i++)
		inner |= word.at[i] == '.' && is_word_byte(word.at[i - 1]) && is_word_byte(word.at[i + 1]);
	return inner;
}

static void mask_hosts(struct masking *masking, struct slice text)
{
	while (text.at) {
		struct slice word = slice_cut(&text, ' ');
		buffer_add_slice(&masking->out, is_host(word) ? STARS : word);
		if (text.at)
			buffer_add_slice(&masking->out, SLICE(" "));
	}
}

/* The length of the text before the message in "# partial: message [code]", as convert writes it; else 0. */
static size_t finding_head(struct slice text)
{
	static const char *const fates[] = {"# adjusted: ", "# partial: ", "# ignored: ", "# dropped: ",
		"# unsupported: ", "# rejected: "};

	for (size_t i = 0; i < sizeof fates / sizeof *fates; i++)
		if (slice_starts(text, slice_of(fates[i])) && text.at[text.len - 1] == ']')
			return strlen(fates[i]);
	return 0;
}

/* A finding quotes the input, and the quoted text may be a password in the wrong field. It may contain quotes
 * itself, so everything between the first and the last quote is masked. Returns the text behind. */
static struct slice mask_quoted(struct masking *masking, struct slice text)
{
	const char *first = memchr(text.at, '"', text.len), *last = text.at + text.len - 1;

	if (!first)
		return text;
	while (*last != '"')
		last--;
	struct slice before = slice_between(text.at, first);
	mask_hosts(masking, before);
	buffer_add_slice(&masking->out, SLICE("\""));
	buffer_add_slice(&masking->out, STARS);
	buffer_add_slice(&masking->out, last > first ? SLICE("\"") : SLICE(""));
	return last > first ? slice_between(last + 1, text.at + text.len) : (struct slice){last + 1, 0};
}

/* A comment, or another line that is no setting. */
static void mask_prose(struct masking *masking, struct slice text)
{
	size_t head = finding_head(text);

	if (head > 0 && masking->hosts) {
		const char *start = text.at;
		text = mask_quoted(masking, text);
		head = text.at == start ? head : 0;
	}
	const char *secret = find_secret(text, false);
	const char *line = find_line(slice_skip(text, head));
	const char *equals = text.len > 0 ? memchr(text.at, '=', text.len) : NULL;

	if (!line && equals) /* "# was = C: ..." */
		line = find_line(slice_between(equals + 1, text.at + text.len));
	const char *account = find_account(text);
	if (line && (!secret || line < secret))
		secret = line;
	if (account && (!secret || account < secret))
		secret = account;
	struct slice shown = {text.at, secret ? (size_t)(secret - text.at) : text.len};
	if (masking->hosts)
		mask_hosts(masking, shown);
	else
		buffer_add_slice(&masking->out, shown);
	buffer_add_slice(&masking->out, shown.len < text.len ? STARS : SLICE(""));
}

/* host,port or host,port,port: only the host is masked, and the device of a local reader is not. */
static void mask_device(struct masking *masking, struct slice value)
{
	struct slice rest = value, host = slice_cut(&rest, ',');
	bool hidden = masking->hosts && value.len > 0 && value.at[0] != '/';

	buffer_add_slice(&masking->out, hidden ? STARS : host);
	for (bool port = true; rest.at; port = false) {
		struct slice part = slice_cut(&rest, ','), number = slice_trim(part);
		buffer_add_slice(&masking->out, SLICE(","));
		buffer_add_slice(
			&masking->out, port || number.len == 0 || slice_all(number, is_digit) ? part : STARS);
	}
}

/* [newcamd] port = 15000{KEY}@0500:... */
static void mask_braces(struct masking *masking, struct slice value)
{
	while (value.at) {
		struct slice before = slice_cut(&value, '{');
		buffer_add_slice(&masking->out, before);
		if (!value.at)
			break;
		buffer_add_slice(&masking->out, SLICE("{"));
		(void)slice_cut(&value, '}');
		buffer_add_slice(&masking->out, STARS);
		buffer_add_slice(&masking->out, value.at ? SLICE("}") : SLICE(""));
	}
}

/* The value of a setting that OSCam does not know may be a secret, unless it is a short number. */
static bool is_short_number(struct slice value)
{
	for (size_t i = 0; i < value.len; i++)
		if (!is_digit(value.at[i]) && !(i == 0 && value.at[i] == '-'))
			return false;
	return value.len < 4;
}

/* `value` stands at the end of `text`, blanks in front of it excluded. */
static void mask_setting(struct masking *masking, struct slice text, struct slice name, struct slice value)
{
	bool free_text = slice_equal_nocase(name, SLICE("description"));

	bool prose = name.len > 0 && memchr(name.at, ' ', name.len);

	if (oscam_name_is_secret(name) && !prose) {
		mask_from(masking, text, value.at);
		return;
	}
	if (slice_equal_nocase(name, SLICE("account"))) {
		/* old versions of OSCam had account = user,password: the password goes */
		(void)slice_cut(&value, ',');
		mask_from(masking, text, value.at ? value.at : text.at + text.len);
		return;
	}
	if (slice_all(name, is_word_byte) && !is_some_key(name, is_known_key)) {
		mask_from(masking, text, is_short_number(value) ? text.at + text.len : value.at);
		return;
	}
	if (prose || !is_some_key(name, is_known_key) || (free_text && find_secret(value, false))) {
		mask_prose(masking, text);
		return;
	}
	const char *inside = find_secret(value, true);
	if (inside) { /* "user = a ; password = word" */
		buffer_add_slice(&masking->out, slice_between(text.at, inside));
		buffer_add_slice(&masking->out, STARS);
		return;
	}
	buffer_add_slice(&masking->out, (struct slice){text.at, text.len - value.len});
	if (slice_equal_nocase(name, SLICE("port")))
		mask_braces(masking, value);
	else if (masking->hosts && value.len > 0 && is_some_key(name, tells_host) &&
		 !(slice_equal_nocase(name, SLICE("au")) && is_short_number(value)))
		buffer_add_slice(&masking->out, STARS);
	else if (masking->hosts && is_some_key(name, schema_is_ranges) && ranges_identify(value))
		buffer_add_slice(&masking->out, STARS);
	else if (slice_equal_nocase(name, SLICE("device")))
		mask_device(masking, value);
	else
		buffer_add_slice(&masking->out, value);
}

/* The line without marks of comments in front: a setting in a comment is masked like the setting itself. */
static struct slice setting_name(struct slice text)
{
	while (text.len > 0 && !is_word_byte(text.at[0]) && text.at[0] != '[')
		text = slice_skip(text, 1);
	return slice_trim(text);
}

/* "# CCcam.cfg:6: remark", which convert writes: where the remark starts; NULL: it is no such comment. The
 * comments with findings, "# partial: message", have a blank behind their first colon. */
static const char *find_remark(struct slice text)
{
	const char *at = text.at, *end = text.at + text.len;

	if (!slice_starts(text, SLICE("# ")))
		return NULL;
	while ((at = memchr(at, ':', (size_t)(end - at))) != NULL) {
		const char *digits = ++at;
		while (at < end && is_digit(*at))
			at++;
		if (at > digits && end - at > 2 && at[0] == ':' && at[1] == ' ')
			return at + 2;
		if (digits < end && is_blank(*digits))
			return NULL;
	}
	return NULL;
}

/* Without blanks or line ends at its end. */
static void mask_oscam_line(struct masking *masking, struct slice text)
{
	const char *remark = masking->hosts ? find_remark(text) : NULL;
	struct slice value = text, name = setting_name(slice_cut(&value, '='));

	while (value.len > 0 && is_blank(value.at[0]))
		value = slice_skip(value, 1);
	if (remark)
		mask_from(masking, text, remark);
	else if (value.at)
		mask_setting(masking, text, name, value);
	else
		mask_prose(masking, text);
}

struct slice oscam_mask(struct arena *arena, struct slice line, bool hosts)
{
	struct masking masking = {.out = {.arena = arena}, .hosts = hosts};
	struct slice text = line;

	while (text.len > 0 && strchr(" \t\r\n", text.at[text.len - 1]) && text.at[text.len - 1])
		text.len--;
	if (text.len == 0)
		return line;
	mask_oscam_line(&masking, text);
	buffer_add_slice(&masking.out, slice_skip(line, text.len));
	struct slice made = buffer_slice(&masking.out);
	return slice_equal(made, line) ? line : made;
}
