/* What changed in OSCam from 2.24.07 to 2.26.05, in the emulator's builds and in NCam, row by row: what check
 * says of each setting for each target. */
#include "check_help.h"

#include <stdio.h>

#include "cc2oscam/target.h"

/* A verdict: '-' nothing, 'v' setting-version, 'e' needs-emu, 'u' unknown-setting. */
struct row {
	const char *setting;        /* SECTION.KEY = VALUE */
	const char *changed;        /* the version that brought the change, or NULL */
	const char *before, *since; /* for that version alone and the one before: oscam, oscam-emu */
	char any, ncam;
};

#define TWO   "!deny_0500_050800,!deny_0500_050900,"
#define EIGHT TWO TWO TWO TWO

static const struct row rows[] = {
	{"dvbapi.serverip = 192.0.2.1", "2.26.01", "uu", "--", 'v', '-'},
	{"global.cacheex_srcname_webif = 1", "2.25.03", "uu", "--", 'v', '-'},
	{"global.cwvote_caids = 0500", NULL, "uu", "uu", 'u', 'u'},
	{"global.cwvote_compare_len = 8", NULL, "uu", "uu", 'u', 'u'},
	{"global.cwvote_enabled = 1", NULL, "uu", "uu", 'u', 'u'},
	{"global.cwvote_fallback = 1", NULL, "uu", "uu", 'u', 'u'},
	{"global.cwvote_local_weight = 2", NULL, "uu", "uu", 'u', 'u'},
	{"global.cwvote_log_enabled = 1", NULL, "uu", "uu", 'u', 'u'},
	{"global.cwvote_max_candidates = 8", NULL, "uu", "uu", 'u', 'u'},
	{"global.cwvote_min_votes = 2", NULL, "uu", "uu", 'u', 'u'},
	{"global.cwvote_timeout = 1", NULL, "uu", "uu", 'u', 'u'},
	{"reader.card_expiredate_basemonth = 2", "2.25.10", "uu", "--", 'v', '-'},
	{"reader.card_expiredate_baseyear = 1998", "2.25.10", "uu", "--", 'v', '-'},
	{"reader.card_startdate_basemonth = 2", "2.25.10", "uu", "--", 'v', '-'},
	{"reader.card_startdate_baseyear = 1998", "2.25.10", "uu", "--", 'v', '-'},
	{"reader.maxparallel = 2", "2.26.01", "uu", "--", 'v', '-'},
	{"reader.parallelfactor = 1.5", "2.26.01", "uu", "--", 'v', '-'},
	{"reader.paralleltimeout = 900", "2.26.01", "uu", "--", 'v', '-'},
	{"reader.stbid = 0102", "2.24.10", "uu", "--", 'v', '-'},
	{"reader.tongfang3_calibsn = 0102", "2.24.10", "uu", "--", 'v', '-'},
	{"reader.tongfang3_deskey = 0102", "2.24.10", "uu", "--", 'v', '-'},
	{"reader.tongfang_boxid = 0102", "2.24.10", "uu", "--", 'v', '-'},
	{"streamrelay.stream_display_client = 1", "2.25.01", "uu", "--", 'v', '-'},
	{"streamrelay.stream_hide_client = 1", "2.25.01", "uu", "--", 'v', '-'},
	{"streamrelay.stream_relay_reconnect_count = 3", "2.24.08", "uu", "--", 'v', '-'},
	{"streamrelay.stream_relay_user = anna", "2.25.01", "uu", "--", 'v', '-'},
	{"streamrelay.stream_reuse_client = 1", "2.25.01", "uu", "--", 'v', '-'},
	{"webif.httpmaxrequestsize = 102400", "2.26.04", "uu", "--", 'v', '-'},
	{"webif.https_auto_create_cert = 0", "2.24.12", "uu", "--", 'v', '-'},
	{"dvbapi.cw_delay = 0500:100", "2.26.01", "--", "uu", 'v', 'u'},
	{"dvbapi.ignore = 0500", "2.26.01", "--", "uu", 'v', 'u'},
	{"dvbapi.priority = 0500", "2.26.01", "--", "uu", 'v', 'u'},
	{"global.resolvegethostbyname = 1", "2.26.04", "--", "uu", 'v', 'u'},
	{"reader.autype = 1", "2.24.12", "--", "uu", 'v', 'u'},
	{"reader.needsemmfirst = 1", "2.25.10", "--", "uu", 'v', 'u'},
	{"reader.cccwantemu = 1", NULL, "u-", "u-", 'e', '-'},
	{"reader.emu_auproviders = 0500:000000", NULL, "u-", "u-", 'e', '-'},
	{"reader.emu_datecodedenabled = 1", NULL, "u-", "u-", 'e', '-'},
	{"streamrelay.stream_ecm_delay = 500", NULL, "u-", "u-", 'e', '-'},
	{"streamrelay.stream_emm_enabled = 1", NULL, "u-", "u-", 'e', '-'},
	/* another default */
	{"streamrelay.stream_client_source_host = 0", NULL, "--", "--", '-', '-'},
	{"streamrelay.stream_client_source_host = 1", NULL, "--", "--", '-', '-'},
	/* saved in another way: the list was cut at 1023 bytes up to 2.26.04, a range at 32 up to 2.25.10;
	   OSCam reads all of them */
	{"reader.services = " EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT "last", "2.26.04", "--", "--",
		'-', '-'},
	{"account.services = " EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT EIGHT "last", "2.26.04", "--", "--",
		'-', '-'},
	{"webif.httpallowed = 100.100.100.100-200.200.200.200,192.168.100.100-192.168.200.200", "2.25.10",
		"--", "--", '-', '-'},
	/* known where it is built with card readers, or for one kind of card */
	{"reader.smargopatch = 1", NULL, "--", "--", '-', '-'},
	{"reader.autospeed = 0", NULL, "--", "--", '-', '-'},
	{"reader.sc8in1_dtrrts_patch = 1", NULL, "--", "--", '-', '-'},
	{"reader.boxid = 01020304", NULL, "--", "--", '-', '-'},
	{"reader.mhz = 450", NULL, "--", "--", '-', '-'},
	{"reader.cardmhz = 450", NULL, "--", "--", '-', '-'},
	{"reader.use_gpio = 1", NULL, "--", "--", '-', '-'},
	{"reader.deprecated = 1", NULL, "--", "--", '-', '-'},
	{"reader.nagra_read = 1", NULL, "--", "--", '-', '-'},
	{"reader.detect_seca_nagra_tunneled_card = 0", NULL, "--", "--", '-', '-'},
	{"reader.fix07 = 0", NULL, "--", "--", '-', '-'},
	{"reader.fix9993 = 1", NULL, "--", "--", '-', '-'},
	{"reader.readtiers = 0", NULL, "--", "--", '-', '-'},
	{"reader.ndsversion = 2", NULL, "--", "--", '-', '-'},
	{"reader.force_irdeto = 1", NULL, "--", "--", '-', '-'},
	{"reader.read_old_classes = 0", NULL, "--", "--", '-', '-'},
	{"reader.cak7_mode = 1", NULL, "--", "--", '-', '-'},
};

static void add_setting(struct checked *k, struct slice setting)
{
	struct slice rest = setting, section = slice_cut(&rest, '.');
	enum oscam_file file = slice_equal(section, SLICE("reader")) ? OSCAM_SERVER : OSCAM_CONF;
	const char *start =
		file == OSCAM_SERVER ? "label = a\nprotocol = internal\ndevice = /dev/sci0\ngroup = 1\n" : "";

	checked_add(k, file,
		arena_format(&k->arena, "[%.*s]\n%s%.*s\n", SLICE_ARG(section), start, SLICE_ARG(rest)));
}

/* The one verdict about the last line; other findings are no matter here. */
static char verdict_of(const struct checked *k)
{
	static const struct {
		enum code code;
		char verdict;
	} verdicts[] = {{CODE_SETTING_VERSION, 'v'}, {CODE_NEEDS_EMU, 'e'}, {CODE_UNKNOWN_SETTING, 'u'},
		{CODE_FOLK_SETTING, 'u'}};

	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		for (uint32_t i = 0; k->set.files[file] && i < k->files[file].ledger.findings.count; i++) {
			const struct finding *finding = list_at(&k->files[file].ledger.findings, i);
			for (size_t v = 0; v < sizeof verdicts / sizeof *verdicts; v++)
				if (finding->code == verdicts[v].code)
					return verdicts[v].verdict;
		}
	return '-';
}

static struct target target_of(const char *name)
{
	struct buffer why FREED_BY(buffer_free) = {0};
	struct target target;

	if (!target_read(slice_of(name), &target, &why))
		fail_msg("%s: %.*s", name, (int)why.len, why.at);
	return target;
}

static void expect(const char *setting, const char *target_name, char verdict)
{
	struct target target = target_of(target_name);
	struct checked k;

	checked_start(&k);
	k.set.target = &target;
	add_setting(&k, slice_of(setting));
	check_run(&k.set);
	char got = verdict_of(&k);
	if (got != verdict)
		fail_msg("%s for %s: %c, not %c", setting, target_name, got, verdict);
	checked_free(&k);
}

/* The oldest and the newest OSCam, and the two around the change. */
static void walk_row(const struct row *row)
{
	static const char *const programs[] = {"oscam", "oscam-emu"};
	char name[40];

	expect(row->setting, "any", row->any);
	expect(row->setting, "ncam", row->ncam);
	for (int i = 0; i < 2; i++) {
		(void)snprintf(name, sizeof name, "%s-" OSCAM_OLDEST_NAME, programs[i]);
		expect(row->setting, name, row->before[i]);
		(void)snprintf(name, sizeof name, "%s-" OSCAM_NEWEST_NAME, programs[i]);
		expect(row->setting, name, row->since[i]);
		if (!row->changed)
			continue;
		(void)snprintf(name, sizeof name, "%s-%s", programs[i], row->changed);
		expect(row->setting, name, row->since[i]);
		expect(row->setting, programs[i], row->any);
	}
}

TEST(every_row_holds)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		walk_row(&rows[i]);
}

struct group_case {
	const char *target, *value, *said;
};

/* From 2.26.04 on an item is a number as a whole, or nothing. */
TEST(groups_are_read_as_the_version_does)
{
	static const struct group_case cases[] = {
		{"oscam-2.24.07", "1,2 # x", ""},
		{"oscam-2.24.07", "1-3", "group: of \"1-3\" OSCam takes group 1"},
		{"oscam-2.24.07", "65", "group: OSCam drops \"65\", which is not a number from 1 to 64"},
		{"oscam-2.26.03", "1,2 # x", ""},
		{"oscam-2.26.04", "1,2 # x",
			"group: OSCam drops \"2 # x\", which is not a number from 1 to 128"},
		{"oscam-2.26.05", "1-3", "group: OSCam drops \"1-3\", which is not a number from 1 to 128"},
		{"oscam-2.26.05", "65",
			"group: OSCam takes group 65 where it is built for 64 bits, and drops it elsewhere"},
		{"oscam-2.26.05", "129", "group: OSCam drops \"129\", which is not a number from 1 to 128"},
		{"ncam", "1-3", "group: NCam drops \"1-3\", which is not a number from 1 to 128"},
		{"any", "1,2 # x", "group: of \"2 # x\" OSCam takes group 2, and nothing from 2.26.04 on"},
		{"any", "1-3", "group: of \"1-3\" OSCam takes group 1, and nothing from 2.26.04 on"},
		{"any", "65",
			"group: OSCam drops \"65\", which is not a number from 1 to 64; from 2.26.04 on it "
			"takes such a group where it is built for 64 bits"},
		{"any", "1,64", ""},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct target target = target_of(cases[i].target);
		struct checked k;
		checked_start(&k);
		k.set.target = &target;
		checked_add(&k, OSCAM_USER,
			arena_format(&k.arena, "[account]\nuser = a\npwd = b\ngroup = %s\n", cases[i].value));
		check_run(&k.set);
		const struct list *findings = &k.files[OSCAM_USER].ledger.findings;
		struct slice said = SLICE("");
		for (uint32_t n = 0; n < findings->count; n++) {
			const struct finding *finding = list_at(findings, n);
			if (finding->code == CODE_GROUP_FORM || finding->code == CODE_SETTING_VERSION)
				said = finding->message;
		}
		if (!slice_equal(said, slice_of(cases[i].said)))
			fail_msg("%s, %s: %.*s", cases[i].target, cases[i].value, SLICE_ARG(said));
		checked_free(&k);
	}
}

TEST(services_are_counted_as_the_version_does)
{
	static const struct {
		const char *target;
		unsigned sections;
		bool said;
	} cases[] = {{"any", 64, false}, {"any", 65, true}, {"oscam-2.26.05", 65, true},
		{"oscam-2.26.05", 129, true}, {"oscam-2.24.07", 65, true}, {"ncam", 64, false}};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct target target = target_of(cases[i].target);
		struct buffer text FREED_BY(buffer_free) = {0};
		struct checked k;
		for (unsigned n = 0; n < cases[i].sections; n++)
			buffer_format(&text, "[s%u]\ncaid = 0500\n", n);
		checked_start(&k);
		k.set.target = &target;
		checked_add(&k, OSCAM_SERVICES, arena_copy(&k.arena, buffer_slice(&text)));
		check_run(&k.set);
		assert_int_equal(k.files[OSCAM_SERVICES].ledger.findings.count > 0, cases[i].said);
		checked_free(&k);
	}
}

TEST(targets_are_read)
{
	static const struct {
		const char *text;
		unsigned programs, oldest, newest;
	} cases[] = {
		{"any", PROGRAMS_OSCAMS, OSCAM_OLDEST, OSCAM_NEWEST},
		{"oscam", PROGRAM_OSCAM, OSCAM_OLDEST, OSCAM_NEWEST},
		{"oscam-emu", PROGRAM_EMU, OSCAM_OLDEST, OSCAM_NEWEST},
		{"ncam", PROGRAM_NCAM, OSCAM_OLDEST, OSCAM_NEWEST},
		{"ncam-15.8", PROGRAM_NCAM, OSCAM_OLDEST, OSCAM_NEWEST},
		{"oscam-2.26", PROGRAM_OSCAM, 22601, OSCAM_NEWEST},
		{"oscam-2.24", PROGRAM_OSCAM, OSCAM_OLDEST, 22499},
		{"oscam-emu-2.25.03", PROGRAM_EMU, 22503, 22503},
		{"any-2.26.05", PROGRAMS_OSCAMS, 22605, 22605},
	};
	static const char *const refused[] = {"", "OSCam", "oscam-", "oscam-2", "oscam-2.26.5", "oscam-2.27",
		"oscam-2.24.06", "oscam-1.20", "oscam-2.26.06", "oscam-2.26.05.1", "oscamx", "ncam-x",
		"ncam-", "oscam-emu-", "any-x"};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct target target = target_of(cases[i].text);
		assert_int_equal(target.programs, cases[i].programs);
		assert_int_equal(target.oldest, cases[i].oldest);
		assert_int_equal(target.newest, cases[i].newest);
	}
	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		struct target target;
		struct buffer why FREED_BY(buffer_free) = {0};
		if (target_read(slice_of(refused[i]), &target, &why))
			fail_msg("%s is taken", refused[i]);
		assert_true(why.len > 0);
	}
}
