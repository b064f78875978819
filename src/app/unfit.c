/* Inputs of which nothing may be made. See unfit.h. */
#include "unfit.h"

#include <string.h>

#include "cc2oscam/check.h"
#include "cc2oscam/document.h"
#include "settings.h"
#include "shell.h"

/* ---- what else it is ---- */

static struct slice rest_from(struct slice text, size_t at)
{
	return (struct slice){text.at + at, text.len - at};
}

/* Up to the end of a comment, a string or a word of libConfuse's language, or behind one other byte. */
static size_t token_length(struct slice text)
{
	char first = text.at[0];
	bool block = slice_starts(text, SLICE("/*"));
	size_t len = 1;

	if (first == '#' || slice_starts(text, SLICE("//"))) {
		const char *feed = memchr(text.at, '\n', text.len);
		return feed ? (size_t)(feed - text.at) : text.len;
	}
	if (block)
		for (len = 2; len < text.len && !slice_starts(rest_from(text, len), SLICE("*/")); len++)
			;
	else if (first == '"' || first == '\'')
		while (len < text.len && text.at[len] != first)
			len += text.at[len] == '\\' ? 2 : 1;
	else if (!is_blank(first) && !is_control(first) && !strchr("{}=,", first))
		while (len < text.len && !is_blank(text.at[len]) && !is_control(text.at[len]) &&
			!strchr("{}=,\"'#", text.at[len]))
			len++;
	else
		return 1;
	len += block ? 2 : first == '"' || first == '\'' ? 1 : 0;
	return len < text.len ? len : text.len;
}

static bool is_between(struct slice token)
{
	return token.at[0] == '#' || is_blank(token.at[0]) || is_control(token.at[0]) ||
	       slice_starts(token, SLICE("//")) || slice_starts(token, SLICE("/*"));
}

bool text_is_manifest(const struct source *source)
{
	struct slice rest = source->text;
	bool begins = true; /* a line */
	int behind = 0;     /* so many words behind "receiver", from 1 */

	while (rest.len > 0) {
		struct slice token = {rest.at, token_length(rest)};
		rest = rest_from(rest, token.len);
		if (is_between(token)) {
			begins |= token.at[0] == '\n';
			continue;
		}
		bool string = token.at[0] == '"' || token.at[0] == '\'';
		if (behind > 0 && (token.at[0] == '{' || (behind == 1 && string)))
			return true;
		behind = begins && slice_equal(token, SLICE("receiver")) ? 1 : behind == 1 ? 2 : 0;
		begins = token.at[0] == '}';
	}
	return false;
}

/* What stands before the first = of a line; empty when there is none. */
static struct slice name_of(struct slice line)
{
	const char *equal = memchr(line.at, '=', line.len);

	return equal ? slice_trim((struct slice){line.at, (size_t)(equal - line.at)})
		     : (struct slice){line.at, 0};
}

static bool is_choice(struct slice line)
{
	struct slice name = name_of(line);

	for (const struct option_row *row = option_rows; name.len > 0 && row < option_end; row++)
		if (row->setting && slice_equal(name, slice_of(row->setting)))
			return true;
	return false;
}

/* A section of oscam.services, which may have any name, is followed by one of these. */
static bool is_service_key(struct slice line)
{
	static const char *const keys[] = {"caid", "provid", "srvid"};
	struct slice name = name_of(line);

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (slice_equal_nocase(name, slice_of(keys[i])))
			return true;
	return false;
}

static bool is_divider(char byte)
{
	return byte == ',' || byte == ';' || byte == '\t';
}

/* "backups/kitchen/CCcam.cfg", "attic.tar.gz", "/backups/kitchen"; `alone`: nothing else is on the line. */
static bool is_path(struct slice field, bool alone)
{
	static const char *const ends[] = {".cfg", ".gz", ".tgz", ".xz", ".bz2", ".zst", ".tar", ".zip"};

	for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
		size_t len = strlen(ends[i]);
		if (field.len > len &&
			slice_equal_nocase(rest_from(field, field.len - len), slice_of(ends[i])))
			return true;
	}
	if (slice_starts(field, SLICE("/dev/")) || memchr(field.at, ' ', field.len))
		return false;
	return !alone && field.len > 1 && memchr(field.at, '/', field.len);
}

/* A row of a table of paths, or of a list of them. A line of CCcam's that was broken may have a path, but has
 * a colon too. */
static bool is_row_of_paths(struct slice line)
{
	struct slice rest = line;
	bool alone = true;

	if (memchr(line.at, ':', line.len))
		return false;
	for (size_t i = 0; i < line.len; i++)
		alone &= !is_divider(line.at[i]);
	while (rest.len > 0) {
		size_t len = 0;
		while (len < rest.len && !is_divider(rest.at[len]))
			len++;
		struct slice field = slice_trim((struct slice){rest.at, len});
		if (field.len >= 2 && field.at[0] == '"' && field.at[field.len - 1] == '"')
			field = (struct slice){field.at + 1, field.len - 2};
		if (is_path(field, alone))
			return true;
		rest = rest_from(rest, len < rest.len ? len + 1 : len);
	}
	return false;
}

/* "receiver,user,password": words, and nothing that a line of CCcam's could have. */
static bool is_heading(struct slice line)
{
	bool divided = false;

	for (size_t i = 0; i < line.len; i++) {
		char byte = line.at[i];
		bool divides = is_divider(byte);
		if (!divides && !is_letter(byte) && byte != '_' && byte != ' ' && byte != '"')
			return false;
		divided |= divides && i > 0;
	}
	return divided;
}

/* A row of CCcam.prio ("P: 0500:030B00"), or of a file of names, which begins with a caid. */
static bool is_side_row(struct slice line)
{
	const char *colon = memchr(line.at, ':', line.len);
	struct slice head = slice_trim((struct slice){line.at, colon ? (size_t)(colon - line.at) : 0});
	uint32_t caid;

	return slice_equal_nocase(head, SLICE("P")) || slice_equal_nocase(head, SLICE("I")) ||
	       (head.len == 4 && parse_hex(head, 4, &caid));
}

/* By the first lines that say something. */
static enum file_kind kind_of_lines(const struct source *source)
{
	struct line_walk walk = line_walk_start(source);
	struct line line;
	bool section = false, heading = false;

	while (line_walk_next(&walk, &line)) {
		struct slice text = slice_trim(line.text);
		if (text.len == 0 || text.at[0] == '#' || text.at[0] == ';')
			continue;
		if (section)
			return is_service_key(text) ? FILE_OSCAM : FILE_TEXT;
		if (heading)
			return is_row_of_paths(text) ? FILE_PATHS : FILE_TABLE;
		if (text.at[0] == '<')
			return FILE_PAGE;
		if (text.at[0] == '{')
			return FILE_JSON;
		if (is_choice(text))
			return FILE_SETTINGS;
		if (is_side_row(text))
			return FILE_SIDE;
		if (is_row_of_paths(text))
			return FILE_PATHS;
		heading = is_heading(text);
		if (heading)
			continue;
		section = text.at[0] == '[' && text.at[text.len - 1] == ']';
		if (!section)
			return FILE_TEXT;
	}
	return heading ? FILE_TABLE : FILE_TEXT;
}

/* A line that starts like one of CCcam's may have a stray zero byte. */
static bool has_directive(const struct ledger *ledger)
{
	for (uint32_t i = 0; i < ledger->source->lines; i++)
		if (ledger->lines[i].directive != 0)
			return true;
	return false;
}

static struct kind kind_of_text(const struct source *source, const struct ledger *ledger)
{
	bool zero = source->text.len > 0 && memchr(source->text.at, '\0', source->text.len);

	if (zero && !has_directive(ledger))
		return kind_named(FILE_BINARY);
	if (text_is_manifest(source))
		return kind_named(FILE_MANIFEST);
	if (check_recognise(source) != OSCAM_FILE_COUNT)
		return kind_named(FILE_OSCAM);
	return kind_named(kind_of_lines(source));
}

static struct slice refusal(const struct conversion *c, struct kind kind)
{
	bool input = strcmp(c->source.path, "standard input") == 0;

	if (kind.is == FILE_TEXT)
		return SLICE("");
	return kind_refusal(
		c->arena, kind, c->source.path, input ? "FILE" : shell_file(c->arena, c->source.path));
}

struct slice unfit_bytes(const struct conversion *c)
{
	return refusal(c, kind_of_head(c->source.text));
}

struct slice unfit_text(const struct conversion *c)
{
	return c->understood ? SLICE("") : refusal(c, kind_of_text(&c->source, &c->ledger));
}

struct slice unfit_text_in_fleet(const struct conversion *c)
{
	const char *why = c->understood ? NULL : kind_refused(c->arena, kind_of_text(&c->source, &c->ledger));

	return why ? slice_of(why) : SLICE("");
}

/* ---- what would have to make room ---- */

/* What OSCam holds of the files that are there. */
struct holding {
	bool files;
	uint64_t readers, accounts;
};

static struct holding holding_of(const struct file_set *set)
{
	struct holding holding = {.files = false};

	for (int i = 0; i < OSCAM_FILE_COUNT; i++)
		holding.files |= set->files[i].there;
	if (set->files[OSCAM_SERVER].there)
		holding.readers = document_count(
			&set->files[OSCAM_SERVER].old, set->target, OSCAM_SERVER, SECTION_reader);
	if (set->files[OSCAM_USER].there)
		holding.accounts =
			document_count(&set->files[OSCAM_USER].old, set->target, OSCAM_USER, SECTION_account);
	return holding;
}

/* The tuner's account is of no use alone. */
bool makes_nothing(const struct conversion *c)
{
	return c->model.reader_count == 0 && c->model.account_count <= (c->model.local_account ? 1U : 0U);
}

/* Readers or accounts are in the files that are to be replaced, and but for the tuner's account none would be
 * in the new ones. */
static bool empties(const struct conversion *c, const struct file_set *set, const struct holding *holding)
{
	uint32_t own = c->model.local_account ? 1 : 0;
	bool readers = holding->readers > 0 && request_wants(c->request, OSCAM_SERVER);
	bool accounts = holding->accounts > own && request_wants(c->request, OSCAM_USER);

	return !set->merge && makes_nothing(c) && (readers || accounts);
}

/* Why a CCcam.cfg that holds nothing does not replace files that hold something. */
static struct slice say_room(const struct conversion *c, const struct file_set *set,
	const struct holding *holding, const char *name, const char *folder)
{
	struct buffer text = {0};

	buffer_format(&text,
		c->understood ? "%s has no server, no card reader and no friend, and %s has "
			      : "nothing in %s was understood, and %s has ",
		name, folder);
	if (holding->readers > 0 || holding->accounts > 0) {
		buffer_add_count(&text, holding->readers, "reader");
		buffer_format(&text, " and ");
		buffer_add_count(&text, holding->accounts, "account");
	} else if (set->other) {
		buffer_format(&text, "files of %s's (%s)", target_is_ncam(set->target) ? "OSCam" : "NCam",
			set->other);
	} else {
		buffer_format(&text, "files of OSCam's");
	}
	return arena_take(c->arena, &text);
}

struct slice unfit_set(
	const struct conversion *c, const struct file_set *set, const char *name, const char *folder)
{
	struct holding holding;

	if (c->request->allow_empty || (c->understood && c->model.reader_count > 0))
		return SLICE("");
	holding = holding_of(set);
	uint32_t own = c->model.local_account ? 1 : 0;
	bool same = !file_set_differs_at_all(set) && holding.readers == 0 && holding.accounts <= own;
	bool refused = c->understood ? empties(c, set, &holding) : set->other || (holding.files && !same);

	return refused ? say_room(c, set, &holding, name, folder) : SLICE("");
}
