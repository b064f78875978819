/* The keys of OSCam that may be wanted with --set: what is taken, in which form, and what is refused with
 * which words. */
#include "settings_help.h"

TEST(test_wanted_keys)
{
	static const struct {
		const char *text, *value;
		enum schema_section section;
		enum section_kind kind;
		enum schema_key_id key;
	} cases[] = {
		{"reader.cccam.inactivitytimeout = 600", "600", SECTION_reader, KIND_CCCAM,
			KEY_reader_inactivitytimeout},
		{"reader.newcamd.connectoninit=0", "0", SECTION_reader, KIND_NEWCAMD,
			KEY_reader_connectoninit},
		{"reader.cs357x.keepalive=1", "1", SECTION_reader, KIND_CS357X, KEY_reader_keepalive},
		{"reader.radegast.lb_weight=200", "200", SECTION_reader, KIND_RADEGAST, KEY_reader_lb_weight},
		{"reader.gbox.gbox_max_distance=3", "3", SECTION_reader, KIND_GBOX,
			KEY_reader_gbox_max_distance},
		{"reader.local.mhz=368", "368", SECTION_reader, KIND_LOCAL, KEY_reader_mhz},
		{"Reader.Cccam.Reconnecttimeout=20", "20", SECTION_reader, KIND_CCCAM,
			KEY_reader_reconnecttimeout},
		{"reader.reconnecttimeout=20", "20", SECTION_reader, KIND_REMARK,
			KEY_reader_reconnecttimeout},
		{"account.max_connections = 2", "2", SECTION_account, KIND_REMARK,
			KEY_account_max_connections},
		{"global.nice = -1", "-1", SECTION_global, KIND_REMARK, KEY_global_nice},
		{"global.nice = 99", "99", SECTION_global, KIND_REMARK, KEY_global_nice},
		{"webif.httpport = 8889", "8889", SECTION_webif, KIND_REMARK, KEY_webif_httpport},
		{"cccam.nodeid = 0123456789abcdef", "0123456789ABCDEF", SECTION_cccam, KIND_REMARK,
			KEY_cccam_nodeid},
		{"account.betatunnel = 1833.FFFF:1702, 1234.1111:1801", "1833.FFFF:1702,1234.1111:1801",
			SECTION_account, KIND_REMARK, KEY_account_betatunnel},
		{"account.chid=500:1", "0500:000001", SECTION_account, KIND_REMARK, KEY_account_chid},
		{"reader.disablecrccws_only_for=0500:32830,00001 ; 600:a", "0500:032830,000001;0600:00000A",
			SECTION_reader, KIND_REMARK, KEY_reader_disablecrccws_only_for},
		{"newcamd.port=15000@0500:0;15001@0500:1", "15000@0500:000000;15001@0500:000001",
			SECTION_newcamd, KIND_REMARK, KEY_newcamd_port},
		{"cs378x.port=15000@0500:0", "15000@0500:000000", SECTION_cs378x, KIND_REMARK,
			KEY_cs378x_port},
		{"account.sleep=05", "5", SECTION_account, KIND_REMARK, KEY_account_sleep},
		{"account.sleep=+5", "5", SECTION_account, KIND_REMARK, KEY_account_sleep},
		{"reader.blockemm-u=01", "1", SECTION_reader, KIND_REMARK, KEY_reader_blockemm_u},
		{"global.lb_noproviderforcaid=,500,,0600,", "0500,0600", SECTION_global, KIND_REMARK,
			KEY_global_lb_noproviderforcaid},
		{"monitor.nocrypt=127.0.0.1, 10.0.0.1", "127.0.0.1,10.0.0.1", SECTION_monitor, KIND_REMARK,
			KEY_monitor_nocrypt},
		{"cache.cacheex_push_lg_groups=3, 01,3", "1,3", SECTION_cache, KIND_REMARK,
			KEY_cache_cacheex_push_lg_groups},
		{"reader.connectoninit=1", "1", SECTION_reader, KIND_NEWCAMD, KEY_reader_connectoninit},
		{"reader.connectoninit=0", "0", SECTION_reader, KIND_REMARK, KEY_reader_connectoninit},
		{"cccam.port=0", "", SECTION_cccam, KIND_REMARK, KEY_cccam_port},
		{"reader.auprovid=0", "", SECTION_reader, KIND_REMARK, KEY_reader_auprovid},
		{"reader.cccversion=2.3.0", "2.3.0", SECTION_reader, KIND_CCCAM, KEY_reader_cccversion},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct request request;
		if (!read_with(&request, "", cases[i].text))
			fail_msg("%s", said);
		assert_int_equal(request.choices.set_count, 1);
		const struct set_key *wanted = request.choices.set_keys;
		assert_int_equal(wanted->section, cases[i].section);
		assert_int_equal(wanted->kind, cases[i].kind);
		assert_int_equal(wanted->key, cases[i].key);
		if (!slice_equal(wanted->value, slice_of(cases[i].value)))
			fail_msg("%s gives %.*s", cases[i].text, SLICE_ARG(wanted->value));
		assert_true(schema_keeps(wanted->key, wanted->value, &request.arena));
		request_free(&request);
	}
}

TEST(test_refused_keys)
{
	expect_set_refusal("", "--set \"\": write NAME=VALUE, such as groups=single");
	expect_set_refusal(
		"profil=x", "--set \"profil\": there is no choice \"profil\"; did you mean \"profile\"?");
	expect_set_refusal("set=nice=1", "--set \"set\": nice: write SECTION.KEY = VALUE, not \"nice\"");
	expect_set_refusal("raeder.user=x",
		"--set \"raeder.user\": OSCam has no section \"raeder\"; did you mean \"reader\"?");
	expect_set_refusal("xyzzy.user=x", "--set \"xyzzy.user\": OSCam has no section \"xyzzy\"");
	expect_set_refusal("service.caid=0100",
		"--set \"service.caid\": the sections of oscam.services come from "
		"limits; their keys cannot be set");
	expect_set_refusal("reader.cccma.mhz=1",
		"--set \"reader.cccma.mhz\": there are no readers \"cccma\"; did you mean \"cccam\"?");
	expect_set_refusal("reader.xyzzy.mhz=1", "--set \"reader.xyzzy.mhz\": there are no readers "
						 "\"xyzzy\"; there are cccam, newcamd, cs357x, "
						 "radegast, gbox and local ones");
	expect_set_refusal("reader.inactivitytimeot=1", "--set \"reader.inactivitytimeot\": OSCam has no key "
							"\"inactivitytimeot\" in [reader]; did you mean "
							"\"inactivitytimeout\"?");
	expect_set_refusal("global.betatunnel=1",
		"--set \"global.betatunnel\": OSCam has no key \"betatunnel\" in [global]; did you mean "
		"\"account.betatunnel\"?");
	expect_set_refusal("global.xyzzyxyzzyxyzzy=1",
		"--set \"global.xyzzyxyzzyxyzzy\": OSCam has no key \"xyzzyxyzzyxyzzy\" in [global]");
	expect_set_refusal(
		"global.nice=", "--set \"global.nice\": the value is missing; OSCam's default is \"99\"");
	expect_set_refusal("global.nice=40", "--set \"global.nice\": OSCam would take \"40\" for \"99\" "
					     "(process priority, 99 = untouched; outside -20..20 -> 99)");
	expect_set_refusal("cache.cacheex_push_lg_groups=3,65,1",
		"--set \"cache.cacheex_push_lg_groups\": cacheex_push_lg_groups: OSCam drops \"65\", which "
		"is not a number from 1 to 64; from 2.26.04 on it takes such a group where it is built for "
		"64 bits [group-form]");
	expect_set_refusal("reader.cooldown=5,60,60",
		"--set \"reader.cooldown\": cooldown: OSCam makes 5,60 of it [number-changed]; that is about "
		"cccam readers: reader.PROTOCOL.KEY sets it for others");
	expect_set_refusal("account.max_connections=two",
		"--set \"account.max_connections\": OSCam would take \"two\" "
		"for \"0\" (parallel logins tolerated before uniq acts)");
}

/* What check would find in a value is refused with its words. */
TEST(test_refused_as_check_does)
{
	static const struct {
		const char *set, *says;
	} cases[] = {
		{"cccam.version=9.9.9",
			"version = 9.9.9: OSCam does not know it, and calls itself 2.3.2 [version-unknown]"},
		{"reader.cccam.inactivitytimeout=5",
			"inactivitytimeout = 5: a running OSCam takes 30 [value-replaced]"},
		{"reader.inactivitytimeout=5",
			"inactivitytimeout = 5: a running OSCam takes 30 [value-replaced]; that is about "
			"cccam readers: reader.PROTOCOL.KEY sets it for others"},
		{"cccam.updateinterval=5", "updateinterval = 5: a running OSCam takes 240 [value-replaced]"},
		{"account.uniq=5", "uniq = 5: a running OSCam takes 0 [value-replaced]"},
		{"webif.httpport=x",
			"httpport: \"x\" is no port from 1 to 65535, and OSCam opens none [port-range]"},
		{"webif.httpport=-1", "httpport: \"-1\" is no port from 1 to 65535 [port-range]"},
		{"reader.local.detect=foo",
			"detect = foo: OSCam does not know the word, and takes cd [unknown-word]"},
		{"global.lb_mode=9", "lb_mode = 9: OSCam knows 0 to 3 here [value-range]"},
		{"global.clienttimeout=10", "clienttimeout = 10: OSCam waits 10 milliseconds [timeout-unit]"},
		{"global.lb_noproviderforcaid=18",
			"lb_noproviderforcaid: OSCam takes \"18\" for the one CAID 0018 [caid-form]"},
		{"cccam.port=12000,12000", "it has a port twice [port-conflict]"},
		{"newcamd.port=15000",
			"port: 15000: OSCam opens it, and stores its digits as a provider too, which becomes "
			"a filter when the web interface saves [port-table]"},
		{"reader.gbox.connectoninit=1",
			"connectoninit has no effect: only newcamd readers have it [setting-unused]"},
		{"reader.cccam.keepalive=1",
			"keepalive has no effect: only cs357x and cs378x readers have it [setting-unused]"},
		{"global.logfile=/tmp/a #b",
			"OSCam takes the comment behind logfile for a part of the value [comment-in-value]"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct slice rest = slice_of(cases[i].set), name = slice_cut(&rest, '=');
		char message[256];
		(void)snprintf(message, sizeof message, "--set \"%.*s\": %s", SLICE_ARG(name), cases[i].says);
		expect_set_refusal(cases[i].set, message);
	}
	expect_refusal("\nset = { \"cccam.port = 12000\",\n\"account.uniq = 5\" }",
		AT(3) "set: account.uniq: uniq = 5: a running OSCam takes 0 [value-replaced]");
}

/* One value for all of what differs from line to line is never taken. */
TEST(test_keys_of_the_program)
{
	static const char *const keys[] = {"reader.label", "reader.protocol", "reader.device", "reader.user",
		"reader.password", "reader.key", "reader.enable", "reader.group", "reader.services",
		"reader.lb_whitelist_services", "reader.caid", "reader.ident", "reader.cccmaxhops",
		"reader.ccchop", "reader.cccwantemu", "reader.pincode", "reader.boxid", "reader.boxkey",
		"reader.rsakey", "account.user", "account.pwd", "account.group", "account.services",
		"account.caid", "account.ident", "account.au", "account.hostname", "account.disabled",
		"account.cccmaxhops", "account.cccreshare", "account.allowedtimeframe",
		"account.allowedprotocols", "account.expdate", "dvbapi.enabled", "dvbapi.user",
		"dvbapi.boxtype", "dvbapi.services", "gbox.port", "gbox.hostname", "gbox.my_password",
		"reader.cccam.label", "READER.Label"};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct request request;
		char set[64], start[96];
		(void)snprintf(set, sizeof set, "%s=1", keys[i]);
		(void)snprintf(start, sizeof start, "--set \"%s\": this key cannot be set: ", keys[i]);
		assert_false(read_with(&request, "", set));
		if (strncmp(said, start, strlen(start)) != 0 || strlen(said) == strlen(start))
			fail_msg("%s says %s", set, said);
		request_free(&request);
	}
}

TEST(test_secrets_are_not_said)
{
	static const char *const sets[] = {"webif.httppwd=wordone\x01\ntwo", "webif.httppasswd=wordone",
		"reader.password=wordone", "reader.pasword=wordone", "newcamd.key=wordone",
		"newcamd.port=15000@0500:000000{wordone}", "newcamd.port=15000{wordone}@0500:000000",
		"newcamd.port={wordone}", "webif.httppwd=wordone #two"};

	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		struct request request;
		assert_false(read_with(&request, "", sets[i]));
		assert_null(strstr(said, "wordone"));
		request_free(&request);
	}
}

AROUND_ALL(make_folder, remove_folder)
