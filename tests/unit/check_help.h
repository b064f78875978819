/* Checks over texts in memory. */
#ifndef CC2OSCAM_TESTS_CHECK_HELP_H
#define CC2OSCAM_TESTS_CHECK_HELP_H

#include "unit.h"

#include "cc2oscam/check.h"

struct checked {
	struct arena arena;
	struct check_file files[OSCAM_FILE_COUNT];
	struct check_set set;
	bool skip[CODE_COUNT];
};

static inline void checked_start(struct checked *c)
{
	memset(c, 0, sizeof *c);
	arena_init(&c->arena);
	c->set.arena = &c->arena;
	c->set.skip = c->skip;
}

/* The text has to stay. */
static inline void checked_add(struct checked *c, enum oscam_file file, struct slice text)
{
	struct check_file *made = &c->files[file];

	made->file = file;
	source_from_raw_text(&made->source, oscam_file_name(file), text);
	c->set.files[file] = made;
}

static inline void checked_free(struct checked *c)
{
	arena_free(&c->arena);
}

static inline uint32_t finding_count(const struct checked *c)
{
	uint32_t count = 0;

	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		count += c->set.files[file] ? c->files[file].ledger.findings.count : 0;
	return count;
}

/* "12:34 code" of each finding of a file in the order of the places, a line each; in the arena. */
static inline const char *findings_text(struct checked *c, enum oscam_file file)
{
	const struct ledger *ledger = &c->files[file].ledger;
	struct slice text = SLICE("");

	if (!c->set.files[file])
		return "";
	const struct finding **sorted = ledger_sorted(ledger);
	for (uint32_t i = 0; i < ledger->findings.count; i++)
		text = arena_format(&c->arena, "%.*s%s%u:%u %s", SLICE_ARG(text), i > 0 ? "\n" : "",
			sorted[i]->place.line, sorted[i]->place.column, code_info(sorted[i]->code)->name);
	return arena_copy(&c->arena, text).at;
}

/* One file alone, and what is found in it. */
struct text_case {
	enum oscam_file file;
	const char *text, *findings;
};

static inline void check_text(const struct text_case *row)
{
	struct checked c;

	checked_start(&c);
	checked_add(&c, row->file, slice_of(row->text));
	check_run(&c.set);
	const char *found = findings_text(&c, row->file);
	if (strcmp(found, row->findings) != 0)
		fail_msg("%s\nfound:\n%s\nnot:\n%s", row->text, found, row->findings);
	checked_free(&c);
}

#define CHECK_TEXTS(rows)                                                                                    \
	for (size_t i_ = 0; i_ < sizeof(rows) / sizeof *(rows); i_++)                                        \
	check_text(&(rows)[i_])

/* One line behind a section that is fine; "column code" of what is found there, a line each. */
struct line_case {
	const char *line, *findings;
};

static inline void check_line(enum oscam_file file, const char *before, const struct line_case *row)
{
	struct checked c;

	checked_start(&c);
	checked_add(&c, file, arena_format(&c.arena, "%s%s\n", before, row->line));
	check_run(&c.set);
	const struct ledger *ledger = &c.files[file].ledger;
	const struct finding **sorted = ledger_sorted(ledger);
	struct slice found = SLICE("");
	for (uint32_t i = 0; i < ledger->findings.count; i++)
		found = arena_format(&c.arena, "%.*s%s%u %s", SLICE_ARG(found), i > 0 ? "\n" : "",
			sorted[i]->place.column, code_info(sorted[i]->code)->name);
	if (!slice_equal(found, slice_of(row->findings)))
		fail_msg("%s\nfound:\n%.*s\nnot:\n%s", row->line, SLICE_ARG(found), row->findings);
	checked_free(&c);
}

#define CHECK_LINES(file, before, rows)                                                                      \
	for (size_t i_ = 0; i_ < sizeof(rows) / sizeof *(rows); i_++)                                        \
	check_line((file), (before), &(rows)[i_])

#define CCCAM_READER                                                                                         \
	"[reader]\nlabel = a\nprotocol = cccam\ndevice = h,1\nuser = u\npassword = p\ngroup = 1\n"
#define NEWCAMD_READER                                                                                       \
	"[reader]\nlabel = a\nprotocol = newcamd\ndevice = h,1\nuser = u\npassword = p\ngroup = 1\n"         \
	"connectoninit = 1\n"
#define ACCOUNT "[account]\nuser = u\npwd = p\ngroup = 1\n"

#endif
