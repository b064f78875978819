/* Recognizes lines of MultiCS. See multics.h. */
#include "multics.h"

#include <string.h>

#include "scan.h"
#include "strays.h"

/* Starts of MultiCS lines; no line of CCcam's starts like that. With a colon at the end, the line must have
 * blanks and a colon there, for the word alone is too common. */
static const struct {
	const char *start;
	unsigned says;
} starts[] = {{"ACCEPT CAID", MULTICS_SURE}, {"ACCEPT NULL", MULTICS_SURE}, {"ACCEPT PROVIDER", MULTICS_SURE},
	{"BAD-DCW", MULTICS_LIST}, {"BLOCK COUNTRY", MULTICS_SURE}, {"CACHE", MULTICS_LIST},
	{"CACHEEX", MULTICS_LIST}, {"CACHE PEER", MULTICS_SURE}, {"CACHE PORT", MULTICS_SURE},
	{"CAID:", MULTICS_KEY}, {"CAMD35 PORT", MULTICS_SURE}, {"CAMD35 SERVER", MULTICS_SURE},
	{"CAMD35 USER", MULTICS_SURE}, {"CCCAM CLIENT", MULTICS_SURE}, {"CCCAM DCW", MULTICS_SURE},
	{"CCCAM DCWTIME", MULTICS_SURE}, {"CCCAM KEEPALIVE", MULTICS_SURE}, {"CCCAM NODEID", MULTICS_SURE},
	{"CCCAM PORT", MULTICS_SURE}, {"CCCAM PROFILES", MULTICS_SURE}, {"CCCAM SERVER", MULTICS_SURE},
	{"CCCAM VERSION", MULTICS_SURE}, {"CS378X KEEPALIVE", MULTICS_SURE}, {"CS378X PORT", MULTICS_SURE},
	{"CS378X SERVER", MULTICS_SURE}, {"CS378X USER", MULTICS_SURE}, {"DCW", MULTICS_LIST},
	{"DEFAULT CACHE", MULTICS_SURE}, {"DEFAULT DCW", MULTICS_SURE}, {"DEFAULT DISABLE", MULTICS_SURE},
	{"DEFAULT ENABLE", MULTICS_SURE}, {"DEFAULT KEY", MULTICS_SURE}, {"DEFAULT RETRY", MULTICS_SURE},
	{"DEFAULT SERVER", MULTICS_SURE}, {"DISABLE CACHE", MULTICS_SURE}, {"DISABLE CCCAM", MULTICS_SURE},
	{"DISABLE NEWCAMD", MULTICS_SURE}, {"DISABLE RADEGAST", MULTICS_SURE}, {"ENABLE CACHE", MULTICS_SURE},
	{"ENABLE CCCAM", MULTICS_SURE}, {"ENABLE NEWCAMD", MULTICS_SURE}, {"ENABLE RADEGAST", MULTICS_SURE},
	{"ENABLE SKIPCWC", MULTICS_SURE}, {"DISABLE CACHEEX", MULTICS_SURE}, {"ENABLE CACHEEX", MULTICS_SURE},
	{"FILE CHANNELINFO", MULTICS_SURE}, {"FILE IP2COUNTRY", MULTICS_SURE},
	{"FILE PROVIDERINFO", MULTICS_SURE}, {"FREECCCAM", MULTICS_LIST}, {"FREECCCAM PORT", MULTICS_SURE},
	{"HTTP AUTOREFRESH", MULTICS_SURE}, {"HTTP EDITOR", MULTICS_SURE}, {"HTTP PASS", MULTICS_SURE},
	{"HTTP PORT", MULTICS_SURE}, {"HTTP RESTART", MULTICS_SURE}, {"HTTP SHOW", MULTICS_SURE},
	{"HTTP TITLE", MULTICS_SURE}, {"HTTP USER", MULTICS_SURE}, {"KEY:", MULTICS_KEY}, {"LOGLEVEL:", 0},
	{"MG:", MULTICS_LIST}, {"MGCAMD", MULTICS_LIST}, {"MGCAMD KEY", MULTICS_SURE},
	{"MGCAMD PORT", MULTICS_SURE}, {"MGCAMD PROFILES", MULTICS_SURE}, {"MGUSER:", MULTICS_LIST},
	{"NEWCAMD CLIENTID", MULTICS_SURE}, {"NEWCAMD DCW", MULTICS_SURE},
	{"NEWCAMD KEEPALIVE", MULTICS_SURE}, {"NEWCAMD KEY", MULTICS_SURE}, {"NEWCAMD PORT", MULTICS_SURE},
	{"NEWCAMD PROFILES", MULTICS_SURE}, {"NEWCAMD SERVER", MULTICS_SURE}, {"ONID:", MULTICS_KEY},
	{"PASS:", 0}, {"PORT:", MULTICS_KEY}, {"PROFILE", MULTICS_SECTION}, {"PROVIDERS:", MULTICS_KEY},
	{"RADEGAST PORT", MULTICS_SURE}, {"RETRY", MULTICS_KEY}, {"RETRY CCCAM", MULTICS_SURE},
	{"RETRY NEWCAMD", MULTICS_SURE}, {"SERVER FIRST", MULTICS_SURE}, {"SERVER INTERVAL", MULTICS_SURE},
	{"SERVER MAX", MULTICS_SURE}, {"SERVER THRESHOLD", MULTICS_SURE}, {"SERVER TIMEOUT", MULTICS_SURE},
	{"SERVER VALIDECMTIME", MULTICS_SURE}, {"SID DENYLIST", MULTICS_SURE}, {"SID LIST", MULTICS_KEY},
	{"TELNET PASS", MULTICS_SURE}, {"TELNET PORT", MULTICS_SURE}, {"TELNET USER", MULTICS_SURE},
	{"TRACE:", 0}, {"USER:", MULTICS_KEY}};

/* The text behind the start, or NULL: the line does not start so. A run of blanks counts as one. */
static const char *behind_start(struct slice text, const char *start)
{
	const char *at = text.at, *end = text.at + text.len;

	for (; *start; start++) {
		if (*start == ':')
			at = skip_blanks(at, end);
		if (at == end || (*start == ' ' ? !is_blank(*at) : to_upper(*at) != *start))
			return NULL;
		at = *start == ' ' ? skip_blanks(at, end) : at + 1;
	}
	return start[-1] != ':' && at < end && (is_letter(*at) || is_digit(*at)) ? NULL : at;
}

static struct slice first_word(struct slice text)
{
	struct scan scan = {text.at, text.at + text.len, NULL};
	struct slice word = {NULL, 0};

	(void)scan_word(&scan, &word);
	return word;
}

/* Whether the text behind the start fits a line of MultiCS: a colon or an equals sign, or, without a sign, a
 * port or host and port. A list of services for a card's device is CCcam's. */
static bool fits_multics(struct slice text, const char *start, const char *at)
{
	const char *end = text.at + text.len;
	bool words = strchr(start, ' ') != NULL, port = strstr(start, " PORT") != NULL;
	const char *colon = memchr(text.at, ':', text.len), *equal = memchr(text.at, '=', text.len);
	struct slice rest;

	if (strcmp(start, "SID LIST") == 0 &&
		(memchr(at, '{', (size_t)(end - at)) || memchr(at, '/', (size_t)(end - at))))
		return false;
	if (colon && skip_blanks(colon + 1, end) == end) /* a headline */
		return false;
	if (colon && (!equal || colon < equal))
		return true;
	at = skip_blanks(at, end);
	if (at == end || !words)
		return false;
	if (*at == '=')
		return true;
	rest = slice_between(at, end);
	struct slice word = first_word(rest);
	if (strcmp(start, "CACHE PEER") == 0) { /* host port */
		rest = slice_between(word.at + word.len, end);
		word = first_word(rest);
		port = true;
	}
	return port && slice_all(word, is_digit);
}

unsigned multics_line(struct slice text)
{
	struct slice markup;

	if (text.at[0] == '[') /* [code] is a forum's */
		return text.at[text.len - 1] == ']' && !(find_markup(text, &markup) && markup.at == text.at)
			       ? MULTICS_LINE | MULTICS_SECTION
			       : 0;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		const char *at = behind_start(text, starts[i].start);
		if (at && fits_multics(text, starts[i].start, at))
			return MULTICS_LINE | starts[i].says;
	}
	return 0;
}

/* ---- letter lines ---- */

/* profiles = ... */
static bool is_named(struct slice inside)
{
	const char *at = skip_blanks(inside.at, inside.at + inside.len), *end = inside.at + inside.len,
		   *start = at;

	while (at < end && (is_letter(*at) || *at == '_' || (at > start && is_digit(*at))))
		at++;
	return at > start && (at = skip_blanks(at, end)) < end && *at == '=';
}

/* Decimal numbers that can be ports, and at least one of them cannot be a CAID: the numbers may be CCcam's
 * limits without their colons. */
static bool are_ports(struct slice inside)
{
	struct entries entries = entries_of(inside);
	struct slice entry;
	bool any = false;

	while (entries_next(&entries, &entry)) {
		uint64_t port;
		if (entry.len < 4 || entry.at[0] == '0' || !parse_decimal(entry, PORT_MOST, &port))
			return false;
		/* four digits that begin like those of a system may be a CAID */
		any |= entry.len != 4 ||
		       !slice_in_list((struct slice){entry.at, 2}, "10 12 17 18 22 26 27", ' ');
	}
	return any;
}

/* 14000:14030 or 14000,14005 */
static bool several_ports(struct slice word)
{
	bool several = false;

	while (word.len > 0) {
		size_t len = 0;
		while (len < word.len && word.at[len] != ':' && word.at[len] != ',')
			len++;
		if (!slice_all((struct slice){word.at, len}, is_digit))
			return false;
		several |= len < word.len;
		word = len < word.len ? (struct slice){word.at + len + 1, word.len - len - 1}
				      : (struct slice){NULL, 0};
	}
	return several;
}

bool multics_letter(struct slice text, struct slice *at)
{
	struct scan scan = {skip_blanks(text.at, text.at + text.len), text.at + text.len, NULL};
	char letter = text.len > 0 ? to_upper(*scan.at) : '\0';
	bool braces = memchr(text.at, '{', text.len), newcamd = letter == 'N';
	/* the least number of words before the braces; 0: MultiCS has nothing special in this line */
	unsigned words = letter == 'F' ? 2 : letter == 'C' || letter == 'L' || newcamd ? 4 : 0;
	struct group group;

	if (words == 0 || (!braces && !newcamd))
		return false;
	scan.end = scan_comment(text.at, scan.end);
	scan.at = memchr(scan.at, ':', (size_t)(scan.end - scan.at));
	if (!scan.at)
		return false;
	scan.at++;
	for (unsigned i = 1; i <= words; i++) {
		if (!scan_word(&scan, at))
			return false;
		if (newcamd && i == 2 && several_ports(*at))
			return true;
	}
	while (braces && scan_field(&scan, at))
		continue;
	if (!braces || !scan_at_group(&scan))
		return false;
	struct slice inside = {scan.at + 1, (size_t)(scan.end - scan.at) - 1};
	if (scan_group(&scan, &group))
		inside = group.inside;
	*at = (struct slice){inside.at - 1, inside.len + 1};
	return is_named(inside) || are_ports(inside);
}

/* ---- ports ---- */

bool multics_port(struct slice text, struct multics_port *port)
{
	static const char *const names[] = {"CCCAM PORT", "FREECCCAM PORT", "CAMD35 PORT", "CS378X PORT",
		"MGCAMD PORT", "NEWCAMD PORT", "RADEGAST PORT"};
	const char *end = text.at + text.len, *at = NULL;
	size_t i = 0;

	while (i < sizeof names / sizeof *names && !(at = behind_start(text, names[i])))
		i++;
	if (!at)
		return false;
	while (at < end && (is_blank(*at) || *at == ':' || *at == '='))
		at++;
	*port = (struct multics_port){slice_of(names[i]), slice_between(at, end), i < 2};
	return true;
}
