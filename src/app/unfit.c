/* Inputs of which nothing may be made. See unfit.h. */
#include "unfit.h"

#include <string.h>

#include "cc2oscam/check.h"
#include "cc2oscam/document.h"
#include "settings.h"
#include "shell.h"

/* ---- what the input is, where it is no CCcam.cfg ---- */

/* What stands before the first = of a line; empty when there is none. */
static struct slice name_of(struct slice line)
{
	const char *equal = memchr(line.at, '=', line.len);

	return equal ? slice_trim(slice_between(line.at, equal)) : (struct slice){line.at, 0};
}

static bool is_choice(struct slice line)
{
	struct slice name = name_of(line);

	for (const struct option_row *row = option_rows; name.len > 0 && row < option_end; row++)
		if (row->setting && slice_equal(name, slice_of(row->setting)))
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
		struct slice end = slice_of(ends[i]);
		if (field.len > end.len && slice_ends_nocase(field, end))
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
		len += len < rest.len;
		rest = (struct slice){rest.at + len, rest.len - len};
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
	       (head.len == CAID_DIGITS && parse_hex(head, CAID_DIGITS, &caid));
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
		if (section) /* one of oscam.services may have any name, and is followed by one of these */
			return slice_in_list(name_of(text), "caid|provid|srvid", '|') ? FILE_OSCAM
										      : FILE_TEXT;
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

static struct kind kind_of_text(const struct source *source, const struct ledger *ledger)
{
	bool zero = source->text.len > 0 && memchr(source->text.at, '\0', source->text.len);

	/* a line that starts like one of CCcam's may have a stray zero byte */
	for (uint32_t i = 0; i < ledger->source->lines && zero; i++)
		zero = ledger->lines[i].directive == 0;
	if (zero)
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

/* ---- readers and accounts that would be lost ---- */

/* How many sections OSCam holds of a file in the folder. */
static uint64_t count_old(const struct file_set *set, enum oscam_file file, enum schema_section section)
{
	const struct set_file *at = &set->files[file];

	return at->there ? document_count(&at->old, set->target, file, section) : 0;
}

/* The tuner's account is of no use alone. */
bool makes_nothing(const struct conversion *c)
{
	return c->model.reader_count == 0 && c->model.account_count <= (c->model.local_account ? 1U : 0U);
}

struct slice unfit_set(
	const struct conversion *c, const struct file_set *set, const char *name, const char *folder)
{
	uint32_t own = c->model.local_account ? 1 : 0;
	struct buffer text = {0};
	bool there = false;

	if (c->request->allow_empty || (c->understood && c->model.reader_count > 0))
		return SLICE("");
	uint64_t readers = count_old(set, OSCAM_SERVER, SECTION_reader),
		 accounts = count_old(set, OSCAM_USER, SECTION_account);
	for (int i = 0; i < OSCAM_FILE_COUNT; i++)
		there |= set->files[i].there;
	/* Readers or accounts would be replaced, and but for the tuner's account none would be in the new
	 * files; or what is there would make room for nothing. */
	bool empties = !set->merge && makes_nothing(c) &&
		       ((readers > 0 && request_wants(c->request, OSCAM_SERVER)) ||
			       (accounts > own && request_wants(c->request, OSCAM_USER)));
	bool same = !file_set_differs_at_all(set) && readers == 0 && accounts <= own;
	if (c->understood ? !empties : !set->other && (!there || same))
		return SLICE("");
	buffer_format(&text,
		c->understood ? "%s has no server, no card reader and no friend, and %s has "
			      : "nothing in %s was understood, and %s has ",
		name, folder);
	if (readers > 0 || accounts > 0) {
		buffer_add_count(&text, readers, "reader");
		buffer_format(&text, " and ");
		buffer_add_count(&text, accounts, "account");
	} else if (set->other) {
		buffer_format(&text, "files of %s's (%s)", target_is_ncam(set->target) ? "OSCam" : "NCam",
			set->other);
	} else {
		buffer_format(&text, "files of OSCam's");
	}
	return arena_take(c->arena, &text);
}
