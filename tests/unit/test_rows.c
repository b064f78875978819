/* How OSCam reads the lines of oscam.dvbapi, oscam.provid, oscam.srvid and oscam.srvid2. */
#include "unit.h"
#include <stdio.h>

#include "cc2oscam/emit.h"
#include "cc2oscam/rows.h"

/* What was read, as "kind caid ident sid name", or the event. */
static void describe(enum oscam_file file, const char *line, char *text, size_t room)
{
	struct row row;
	enum row_event event = oscam_read_row(file, slice_of(line), &row);
	char ident[16] = "-", sid[16] = "-";

	if (event != ROW_READ) {
		(void)snprintf(text, room, "%s", event == ROW_NOTHING ? "nothing" : "other");
		return;
	}
	if (row.has_ident)
		(void)snprintf(ident, sizeof ident, "%06X", (unsigned)row.ident);
	if (row.has_sid)
		(void)snprintf(sid, sizeof sid, "%04X", (unsigned)row.sid);
	(void)snprintf(text, room, "%c %04X%s%.*s %s %s %.*s", row.kind ? row.kind : '-', (unsigned)row.caid,
		row.more.at ? "+" : "", SLICE_ARG(row.more), ident, sid, SLICE_ARG(row.name));
}

struct reading {
	const char *line, *read;
};

static void check(enum oscam_file file, const struct reading *rows, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		char text[256];
		describe(file, rows[i].line, text, sizeof text);
		if (strcmp(text, rows[i].read) != 0)
			fail_msg("%s: %s, not %s", rows[i].line, text, rows[i].read);
	}
}

TEST(test_dvbapi)
{
	static const struct reading rows[] = {{"", "nothing"}, {"\n", "nothing"}, {"# P: 0100", "nothing"},
		{"/ P: 0100", "nothing"}, {"I: 0100\n", "I 0100 - - "}, {"i: 0100\n", "I 0100 - - "},
		{"P: 500:32830", "P 0500 032830 - "}, {"P:500@32830@1f\r\n", "P 0500 032830 001F "},
		{" P : 0500", "P 0500 - - "}, {"P: 1802:0:7", "P 1802 000000 0007 "},
		{"P: 1802:0", "P 1802 - - "}, {"M: 0100", "other"}, {"P 0100", "other"}, {"P:", "other"},
		{"P: zz", "other"}, {"P: 0100:zz", "other"}, {"P: 0100:1:zz", "other"},
		{"P: 0100:1:2:3", "other"}, {"P: 0100 extra", "other"}, {"P: 12345", "other"},
		{"PP: 0100", "other"}};

	check(OSCAM_DVBAPI, rows, sizeof rows / sizeof *rows);
}

TEST(test_provid)
{
	static const struct reading rows[] = {{"", "nothing"}, {"# 0100:000080|One", "nothing"},
		{"100:80|One", "nothing"}, {"0100:000080 One", "nothing"},
		{"0100:000080|One\n", "- 0100 000080 - One"},
		{"0100@000080| One |sat|en", "- 0100 000080 - One"}, {"0100:000080||sat", "- 0100 000080 - "},
		{"0100:000080@000081|One", "other"}, {"0100      |One", "other"},
		{"zzzz:000080|One", "other"}};

	check(OSCAM_PROVID, rows, sizeof rows / sizeof *rows);
}

TEST(test_srvid)
{
	static const struct reading rows[] = {{"", "nothing"}, {"# 0100:0001||One", "nothing"},
		{"1:2|", "nothing"}, {"0100:0001 One", "nothing"}, {"0100|0001|One", "nothing"},
		{"0100:0001||One\n", "- 0100 - 0001 One"},
		{"0500@032830:1f|Sky|One|TV|x", "- 0500 032830 001F One"},
		{"0100:0001|Sky", "- 0100 - 0001 "}, {"0100,0200:0001||One", "other"},
		{"0100@zz:0001||One", "other"}, {"0100:zz||One", "other"}, {"0100@1@2:0001||One", "other"}};

	check(OSCAM_SRVID, rows, sizeof rows / sizeof *rows);
}

TEST(test_srvid2)
{
	static const struct reading rows[] = {{"", "nothing"}, {"# 0001:0100|One", "nothing"},
		{"1:2|", "nothing"}, {"0001:0100 One", "nothing"}, {"0001|0100|One", "nothing"},
		{"0001:0100|One|||\n", "- 0100 - 0001 One"},
		{"1f:0500@032830|One|TV||x", "- 0500 032830 001F One"},
		{"0001:0D05,0D95|One", "- 0D05+0D95 - 0001 One"}, {"0001:0D05,|One", "other"},
		{"0001:0D05@1,0D95|One", "other"}, {"0001:0D05@1@2|One", "other"}, {"zz:0D05|One", "other"},
		{"0001:0D05,0D95@1|One", "other"}};

	check(OSCAM_SRVID2, rows, sizeof rows / sizeof *rows);
}

/* A line is read whole up to so many bytes. */
TEST(test_lengths)
{
	static const struct {
		enum oscam_file file;
		const char *start;
	} files[] = {{OSCAM_DVBAPI, "I: 0100"}, {OSCAM_PROVID, "0100:000080|"}, {OSCAM_SRVID, "0100:0001||"},
		{OSCAM_SRVID2, "0001:0100|"}};

	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char line[2000];
		struct row row;
		size_t most = oscam_row_max(files[i].file);
		memset(line, ' ', sizeof line);
		memcpy(line, files[i].start, strlen(files[i].start));
		line[most] = '\n';
		assert_int_equal(
			oscam_read_row(files[i].file, (struct slice){line, most + 1}, &row), ROW_READ);
		line[most] = ' ';
		assert_int_equal(
			oscam_read_row(files[i].file, (struct slice){line, most + 1}, &row), ROW_OTHER);
	}
}

static bool count_bytes(void *context, const char *text, size_t len)
{
	(void)text;
	*(size_t *)context += len;
	return true;
}

/* A text of many pieces, whose lines end anywhere in them. */
TEST(test_many_rows)
{
	enum { ROWS = 20000 };
	struct arena arena FREED_BY(arena_free) = {0};
	struct model model;
	struct template_set *templates;
	struct template_error error;
	size_t bytes = 0;

	model_init(&model, &arena);
	for (uint32_t i = 0; i < ROWS; i++) {
		struct row *row = list_add(&model.srvid2);
		*row = (struct row){.caid = 0x100, .sid = (uint16_t)i, .has_sid = true};
		row->name = arena_format(&arena, "Channel %lu", (unsigned long)i);
	}
	assert_true(emit_templates(&arena, NULL, &templates, &error));
	struct emission emission = {.model = &model, .templates = templates};
	assert_true(emit_has(&emission, OSCAM_SRVID2));
	assert_false(emit_has(&emission, OSCAM_PROVID));
	assert_true(emit_proved(&emission, OSCAM_SRVID2, proof_new(&arena, NULL),
		&(struct sink){count_bytes, &bytes}, &error));
	assert_int_equal(bytes, 10 * 23 + 90 * 24 + 900 * 25 + 9000 * 26 + 10000 * 27);
}

TEST(test_files)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct model model;

	model_init(&model, &arena);
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		assert_int_equal(oscam_has_rows((enum oscam_file)file), file > OSCAM_SERVICES);
	assert_ptr_equal(oscam_rows(&model, OSCAM_DVBAPI), &model.dvbapi);
	assert_ptr_equal(oscam_rows(&model, OSCAM_PROVID), &model.provid);
	assert_ptr_equal(oscam_rows(&model, OSCAM_SRVID2), &model.srvid2);
	assert_null(oscam_rows(&model, OSCAM_SRVID));
}
