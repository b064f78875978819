/* Receivers in backup archives: what is found, what is kept, and what hostile and broken archives come to. */
#ifdef CC2OSCAM_LIBARCHIVE
#include "archive_help.h"

#include <fcntl.h>

#include "convert_help.h"

static const char cfg[] = "F: bert plum-2 1 0 0\n";

struct opened {
	struct arena arena;
	struct fleet *fleet;
	struct fleet_item item;
	struct receivers receivers;
};

static void open_with(struct opened *opened, const char *path, const struct fleet_limits *limits)
{
	struct fleet *fleet = opened->fleet = fleet_new(1, 1);
	struct fleet_limits normal = fleet_limits_default();

	arena_init(&opened->arena);
	fleet_add(fleet, path);
	opened->item = *(const struct fleet_item *)list_at(fleet_items(fleet), 0);
	fleet_open(&opened->item, limits ? limits : &normal, &opened->arena, &opened->receivers);
	assert_true(opened->receivers.count > 0);
}

static void end(struct opened *opened)
{
	fleet_close(&opened->receivers);
	arena_free(&opened->arena);
	fleet_free(opened->fleet);
}

/* One receiver a line: "name origin", then "=text", " !why", " ?notice". */
static void expect(const char *path, const char *receivers)
{
	struct opened opened;
	struct slice all = SLICE("");

	open_with(&opened, path, NULL);
	for (uint32_t i = 0; i < opened.receivers.count; i++) {
		const struct receiver *r = &opened.receivers.at[i];
		all = arena_format(&opened.arena, "%.*s%s %s%s%s%s%s%s%.*s\n", SLICE_ARG(all), r->name,
			r->origin, r->failed ? " !" : "", r->failed ? r->failed : "", r->notice ? " ?" : "",
			r->notice ? r->notice : "", r->source.text.len > 0 ? " =" : "",
			r->source.text.len > 0 ? (int)r->source.text.len - 1 : 0,
			r->source.text.at ? r->source.text.at : "");
	}
	assert_string_equal(all.at, receivers);
	end(&opened);
}

static void expect_failure_with(const char *path, const struct fleet_limits *limits, const char *why)
{
	struct opened opened;

	open_with(&opened, path, limits);
	assert_int_equal(opened.receivers.count, 1);
	const struct receiver *r = opened.receivers.at;
	assert_string_equal(r->name, opened.item.name);
	assert_null(r->source.text.at);
	if (!r->failed || !strstr(r->failed, why))
		fail_msg("%s: %s, not %s", path, r->failed ? r->failed : "no failure", why);
	end(&opened);
}

static void expect_failure(const char *path, const char *why)
{
	expect_failure_with(path, NULL, why);
}

/* What is in an archive, and what comes of it. */
TEST(test_contents)
{
	static const struct {
		const char *path, *entries, *receivers;
	} rows[] = {
		/* tar -P, tar ., and a copy where no receiver has it */
		{"one.tar", "/var/etc/CCcam.cfg=# x\n|./media/x/old/CCcam.cfg=# old\n",
			"one one.tar:var/etc/CCcam.cfg"
			" ?1 other CCcam.cfg in the archive, where no receiver has it, is left out =# x\n"},
		{"fleet.tar",
			"./lr/etc/CCcam.cfg=# lr\n|attic/var/etc/CCcam.cfg=# attic\n|lr/b/etc/CCcam.cfg=# "
			"b\n|"
			"etc/CCcam.cfg=# top\n",
			"fleet/fleet fleet.tar:etc/CCcam.cfg =# top\n"
			"fleet/attic fleet.tar:attic/var/etc/CCcam.cfg =# attic\n"
			"fleet/lr fleet.tar:lr/etc/CCcam.cfg =# lr\n"
			"fleet/lr_b-d95401da fleet.tar:lr/b/etc/CCcam.cfg =# b\n"},
		/* the one that is called what it is keeps its name, though another one comes first */
		{"alike.tar", "a b/etc/CCcam.cfg=# 1\n|a_b/etc/CCcam.cfg=# 2\n",
			"alike/a_b-04833892 alike.tar:a b/etc/CCcam.cfg =# 1\n"
			"alike/a_b alike.tar:a_b/etc/CCcam.cfg =# 2\n"},
		{"flat.tar", "b/CCcam.cfg=# b\n|a/CCcam.cfg=# a\n",
			"flat/a flat.tar:a/CCcam.cfg =# a\nflat/b flat.tar:b/CCcam.cfg =# b\n"},
		{"two.tar", "var/etc/CCcam.cfg=b\n|etc/CCcam.cfg=a\n|usr/keys/CCcam.cfg=a\n",
			"two/two two.tar:etc/CCcam.cfg =a\n"
			"two/two.var_etc two.tar:var/etc/CCcam.cfg"
			" ?etc/CCcam.cfg of the same receiver says something else; each has a folder of its "
			"own =b\n"},
		/* one that says nothing does not count beside another */
		{"empty.tar", "etc/CCcam.cfg=|var/etc/CCcam.cfg=b\n|usr/keys/CCcam.cfg=# nothing\n",
			"empty empty.tar:var/etc/CCcam.cfg =b\n"},
		{"nothing.tar", "var/etc/CCcam.cfg=# nothing\n|etc/CCcam.cfg=",
			"nothing nothing.tar:etc/CCcam.cfg\n"},
		/* tar -r: the later one counts */
		{"again.tar", "etc/CCcam.cfg=# old\n|./etc//CCcam.cfg=# new\n",
			"again again.tar:etc/CCcam.cfg =# new\n"},
		{"link.tar", "etc/CCcam.cfg>../var/etc/CCcam.cfg|var/etc/CCcam.cfg=# x\n",
			"link link.tar:etc/CCcam.cfg =# x\n"},
		{"absolute.tar",
			"lr/etc/CCcam.cfg>/lr/var/etc/CCcam.cfg|lr/var>data|lr/data/etc/CCcam.cfg=# x\n",
			"absolute absolute.tar:lr/etc/CCcam.cfg =# x\n"},
		{"hard.tar", "etc/mine=# x\n|etc/CCcam.cfg&etc/mine", "hard hard.tar:etc/CCcam.cfg =# x\n"},
		{"odd.tar", "etc/CCcam.cfg>conf/home|etc/conf/home=# x\n",
			"odd odd.tar:etc/CCcam.cfg =# x\n"},
		{"out.tar", "etc/CCcam.cfg>../../etc/passwd",
			"out out.tar:etc/CCcam.cfg !it is a link to a file that is not in the archive\n"},
		{"gone.tar", "etc/CCcam.cfg>/var/etc/CCcam.cfg|usr/keys/CCcam.cfg=# x\n",
			"gone gone.tar:usr/keys/CCcam.cfg =# x\n"},
		{"circle.tar", "etc/CCcam.cfg>CCcam.cfg",
			"circle circle.tar:etc/CCcam.cfg !it is a link to a file that is not in the "
			"archive\n"},
		/* a key file is not opened under another name either */
		{"key.tar", "etc/CCcam.cfg>SoftCam.Key|etc/SoftCam.Key=secret\n",
			"key key.tar:etc/CCcam.cfg !it leads to a key file, and those are never opened\n"},
		{"fine.tar", "a/../etc/CCcam.cfg=# x\n|a/b/../c=x", "fine fine.tar:etc/CCcam.cfg =# x\n"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		pack(rows[i].path, rows[i].entries);
		expect(rows[i].path, rows[i].receivers);
	}
}

/* Downloads and old backups have names that say nothing. */
TEST(test_names)
{
	static const char *const names[] = {"a.tar", "a.tar.gz", "a.tgz", "a.tar.xz", "a.txz", "a.tar.bz2",
		"a.tbz2", "a.tar.zst", "a.zip"};

	make_folders_of("in/backup");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		char line[64];
		pack(names[i], "etc|etc/passwd=root|etc/CCcam.cfg=# x\n");
		(void)snprintf(line, sizeof line, "a %s:etc/CCcam.cfg =# x\n", names[i]);
		expect(names[i], line);
		assert_int_equal(rename(names[i], "in/backup"), 0);
		expect("in/backup", "backup in/backup:etc/CCcam.cfg =# x\n");
		/* in a folder nothing is opened to see what it is */
		expect("in", "in in !there is no CCcam.cfg in it, and no backup archive\n");
	}
	assert_int_equal(rename("in/backup", "in/CCcam.cfg"), 0);
	expect("in/",
		"in in/CCcam.cfg !it is an archive, in spite of its name; give it as an INPUT of its own\n");
	/* the name only says that it is one */
	assert_int_equal(rename("in/CCcam.cfg", "b.tar.gz"), 0);
	expect("b.tar.gz", "b b.tar.gz:etc/CCcam.cfg =# x\n");
}

TEST(test_damage)
{
	static const char climbs[] = "an entry in it leads out of the archive", damaged[] = "it is damaged (",
			  other[] = "it is damaged, or no tar or zip archive";
	static const struct {
		const char *path, *entries; /* entries NULL: bytes by chance */
		off_t most;                 /* so much of it; 0: all */
		const char *why;
	} rows[] = {
		{"up.tar", "etc/CCcam.cfg=x\n|../evil=x", 0, climbs},
		{"up.zip", "etc/CCcam.cfg=x\n|a/../../evil=x", 0, climbs},
		{"special.tar", "etc/CCcam.cfg!|dev/null!", 0, "there is no CCcam.cfg in it"},
		{"cut.tar.gz", "etc/CCcam.cfg=x\n|big*5000000|last=x", 3000, damaged},
		{"cut.tar", "big*100000|etc/CCcam.cfg=x\n", 50000, damaged},
		{"random.tar.xz", NULL, 0, other},
		{"random.zip", NULL, 0, other},
		{"nothing.tar", "", 0, "there is nothing in it"},
		{"other.zip", "readme=x", 0, "there is no CCcam.cfg in it"},
		{"locked.zip", "etc/CCcam.cfg=x\n", 0, "it is protected with a password"},
	};
	static char bytes[300000];
	uint32_t random = 1;

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)((random = random * 1103515245 + 12345) >> 16);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (rows[i].entries)
			pack(rows[i].path, rows[i].entries);
		else
			write_bytes(rows[i].path, bytes, sizeof bytes);
		if (rows[i].most > 0)
			assert_int_equal(truncate(rows[i].path, rows[i].most), 0);
		expect_failure(rows[i].path, rows[i].why);
	}
	write_text("text.tgz", cfg);
	expect_failure("text.tgz", other);
	write_text("empty.zip", "");
	expect_failure("empty.zip", "it is empty");
}

/* libarchive takes the end of the file for the end of the archive: a mark has to be there, of 512 zeros. */
TEST(test_end_mark)
{
	pack("end.tar", "etc/CCcam.cfg=# x\n");
	assert_int_equal(truncate("end.tar", 512 + 512 + 512), 0);
	expect("end.tar", "end end.tar:etc/CCcam.cfg =# x\n");
	assert_int_equal(truncate("end.tar", 512 + 512), 0);
	expect_failure("end.tar", "it is damaged (the mark of its end is missing");
}

/* The check sum of gzip, and the length behind it, are looked at; not where another gzip file may begin, up
 * to the last bytes of a block that is looked through. */
TEST(test_gzip_sum)
{
	static const char sum[] = "it is damaged (the check sum of gzip does not fit)";
	char bytes[8192] = "";

	pack("sum.tar.gz", "etc/CCcam.cfg=# x\n");
	FILE *file = fopen("sum.tar.gz", "rb");
	assert_non_null(file);
	size_t len = fread(bytes, 1, sizeof bytes, file);
	assert_int_equal(fclose(file), 0);
	for (size_t back = 1; back <= 8; back++) {
		bytes[len - back] ^= 1;
		write_bytes("sum.tar.gz", bytes, len);
		expect_failure("sum.tar.gz", sum);
		bytes[len - back] ^= 1;
	}
	write_bytes("sum.tar.gz", bytes, len + 5000); /* zeros behind it */
	expect_failure("sum.tar.gz", sum);
	for (size_t at = 4080; at < 4110; at++) {
		memcpy(bytes + at, "\x1f\x8b\x08", 3);
		write_bytes("sum.tar.gz", bytes, len + 5000);
		expect("sum.tar.gz", "sum sum.tar.gz:etc/CCcam.cfg =# x\n");
		memset(bytes + at, 0, 3);
	}
}

TEST(test_gone)
{
	struct fleet_limits limits = fleet_limits_default();
	struct fleet_item item = {.name = "x", .path = "gone.tar", .archive = true};
	struct receivers receivers;
	struct arena arena FREED_BY(arena_free) = {0};

	fleet_open(&item, &limits, &arena, &receivers);
	assert_string_equal(receivers.at->failed, "No such file or directory");
	item.path = ".";
	fleet_open(&item, &limits, &arena, &receivers);
	assert_string_equal(receivers.at->failed, "it is no regular file");
}

TEST(test_limits)
{
	static const char bomb[] = "it looks like a bomb", full[] = "it holds more files and links";
	static const struct {
		const char *path;
		uint64_t file, kept, entries, unpacked, harmless, ratio; /* 0: as they are */
		const char *why;
	} rows[] = {
		{"bomb.tar.gz", 0, 0, 0, 0, 100000, 100, bomb},
		{"bomb.tar.gz", 0, 0, 0, 2000000, 0, 0, bomb},
		{"bomb.tar.gz", 0, 0, 1, 0, 0, 0, bomb},
		{"bomb.zip", 0, 0, 0, 2000000, 0, 0, bomb},
		{"many.tar", 0, 2000, 0, 0, 0, 0, full},
		{"links.tar", 0, 1000, 0, 0, 0, 0, full},
		{"large.tar", 5, 0, 0, 0, 0, 0, "it is too large for a CCcam.cfg"},
	};
	struct fleet_limits limits = fleet_limits_default();
	struct opened opened;

	pack("bomb.tar.gz", "zeros*3000000|etc/CCcam.cfg=# x\n");
	pack("bomb.zip", "zeros*3000000");
	pack("many.tar", "etc/CCcam.cfg=x\n|a/CCcam.prio*1000|b/CCcam.prio*1000");
	pack("links.tar", "etc/CCcam.cfg=x\n|1>x|2>x|3>x|4>x|5>x|6>x|7>x|8>x|9>x|10>x|11>x|12>x");
	pack("large.tar", "etc/CCcam.cfg=# long\n");
	limits.harmless = 100000;
	limits.ratio = 10000;
	open_with(&opened, "bomb.tar.gz", &limits);
	assert_null(opened.receivers.at->failed);
	end(&opened);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		limits = fleet_limits_default();
#define LIMIT(name) limits.name = rows[i].name ? rows[i].name : limits.name
		LIMIT(file), LIMIT(kept), LIMIT(entries), LIMIT(unpacked), LIMIT(harmless), LIMIT(ratio);
#undef LIMIT
		expect_failure_with(rows[i].path, &limits, rows[i].why);
	}
}

/* Opens and translates it; the codes of its lines, one a line of the text; freed by end_sides. */
static const char *translate_archive(struct opened *opened, struct converted *converted, const char *path,
	const struct fleet_limits *limits)
{
	struct choices choices = choices_default();
	struct slice codes = SLICE("");

	open_with(opened, path, limits);
	assert_null(opened->receivers.at->failed);
	receiver_choose(opened->receivers.at, &choices);
	translate_text(converted, opened->receivers.at->source.text, &choices);
	for (uint32_t line = 1; line <= opened->receivers.at->source.lines; line++)
		codes = arena_format(
			&opened->arena, "%.*s%s\n", SLICE_ARG(codes), codes_of_line(converted, line));
	return codes.at;
}

/* Side files come out of the archive, and never a key file; of devices nothing is known. */
TEST(test_sides)
{
	struct opened opened;
	struct converted converted FREED_BY(converted_free) = {0};

	pack("x.tar.gz",
		"lr/usr/keys>../etc|lr/var/etc/CCcam.prio=I: 0500:050800\n|"
		"lr/etc/names=05000801 \"name\"\n|"
		"lr/etc/CCcam.cfg=CAID PRIO FILE : /var/etc/CCcam.prio\n"
		"PROVIDERINFO FILE : /usr/keys/names\nCHANNELINFO FILE : /var/etc/CCcam.channelinfo\n"
		"NEWCAMD CONF : yes\nSERIAL READER : /dev/ttyUSB0 mouse\n|"
		"lr/etc/tuxbox/config/newcamd.conf=CWS = server1.example.com 12001 user pass 01 02 03 04 "
		"05 06 07 08 09 10 11 12 13 14\n|"
		"lr/var/etc/CCcam.channelinfo>k.key|lr/var/etc/k.key=0500:000000:0001 \"name\"\n");
	assert_string_equal(
		translate_archive(&opened, &converted, "x.tar.gz", NULL), "\n\nside-file-missing\n\n\n");
	assert_string_equal(opened.receivers.at->root, "x.tar.gz:lr");
	assert_int_equal(converted.model.sides.count, 3);
	const struct side_file *side = list_at(&converted.model.sides, 1);
	assert_string_equal(side->source.path, "x.tar.gz:lr/usr/keys/names");
	assert_int_equal(converted.model.provid.count, 1);
	assert_int_equal(converted.model.dvbapi.count, 1);
	end(&opened);
}

/* Without a known place they are beside CCcam.cfg; the second one is too large. */
TEST(test_sides_beside)
{
	struct fleet_limits limits = fleet_limits_default();
	struct opened opened;
	struct converted converted FREED_BY(converted_free) = {0};

	limits.file = 200;
	pack("x.zip",
		"CCcam.prio=I: 0500:050800\n|names*300|"
		"CCcam.cfg=CAID PRIO FILE : /var/etc/CCcam.prio\nPROVIDERINFO FILE : /usr/keys/../names\n"
		"CHANNELINFO FILE : ..\n");
	assert_string_equal(translate_archive(&opened, &converted, "x.zip", &limits),
		"\nside-file-missing\nside-file-missing\n");
	assert_null(opened.receivers.at->root);
	assert_string_equal(opened.receivers.at->folder, "x.zip:");
	assert_int_equal(converted.model.dvbapi.count, 1);
	end(&opened);
}

/* A file that SOFTKEY FILE names is a key file, whatever it is called. */
TEST(test_key_by_option)
{
	struct opened opened;
	struct converted converted FREED_BY(converted_free) = {0};

	pack("x.tar", "etc/names=05000801 \"name\"\n|etc/CCcam.cfg=SOFTKEY FILE : /var/keys/names\n"
		      "PROVIDERINFO FILE : /etc/names\nCAID PRIO FILE : /etc/CCcam.prio\n|"
		      "etc/CCcam.prio>names");
	const char *codes = translate_archive(&opened, &converted, "x.tar", NULL);
	assert_non_null(strstr(codes, "\nside-file-missing\nside-file-missing\n"));
	end(&opened);
}

/* Nothing is written, whatever is in the archive. */
TEST(test_nothing_is_written)
{
	struct opened opened;

	pack("sub/x.tar", "etc/CCcam.cfg=x\n|/absolute=x");
	assert_int_equal(chmod("sub", 0500), 0);
	open_with(&opened, "sub/x.tar", NULL);
	assert_null(opened.receivers.at->failed);
	assert_true(rmdir("etc") != 0 && errno == ENOENT);
	assert_int_equal(access("absolute", F_OK), -1);
	assert_int_equal(access("/absolute", F_OK), -1);
	end(&opened);
}

#else

#include "fleet_help.h"

/* Without libarchive an archive is a receiver that failed, and that says why. */
TEST(test_without)
{
	struct fleet *fleet = fleet_new(1, 1);
	struct fleet_limits limits = fleet_limits_default();
	struct receivers receivers;
	struct arena arena FREED_BY(arena_free) = {0};

	write_text("x.tar", "");
	fleet_add(fleet, "x.tar");
	fleet_open(list_at(fleet_items(fleet), 0), &limits, &arena, &receivers);
	assert_non_null(strstr(receivers.at->failed, "built without libarchive"));
	fleet_close(&receivers);
	fleet_free(fleet);
}

#endif

AROUND_EACH(make_folder, remove_folder)
