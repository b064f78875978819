/* What check says of whole sections, and of what does not fit together between the files. */
#include "check_help.h"

#include <stdio.h>
#include <stdlib.h>

#define LOGIN "httpuser = u\nhttppwd = p\n"

TEST(test_lost_readers)
{
	static const struct text_case rows[] = {
		{OSCAM_SERVER, "[reader]\nprotocol = cccam\n" CCCAM_READER, "1:1 reader-lost"},
		{OSCAM_SERVER, "[reader]\nlabel = a\n" CCCAM_READER, "1:1 reader-lost"},
		{OSCAM_SERVER, CCCAM_READER "[reader]\n", "8:1 reader-lost"},
		{OSCAM_SERVER, "[reader]\nprotocol = pcsc\n[reader]\nlabel = b\ndevice = 0\ngroup = 1\n",
			"1:1 reader-lost\n3:1 reader-leak"},
		{OSCAM_SERVER, "[reader]\nlabel = a\nprotocol = cccam\ndevice = h,1\n",
			"1:1 reader-without-login\n1:1 no-group"},
	};

	CHECK_TEXTS(rows);
}

TEST(test_devices)
{
	static const char before[] =
		"[reader]\nlabel = a\nprotocol = cccam\nuser = u\npassword = p\ngroup = 1\n";
	static const char local[] = "[reader]\nlabel = a\nprotocol = mouse\ngroup = 1\n";
	static const char camd35[] = "[reader]\nlabel = a\nprotocol = camd35\ngroup = 1\n";
	static const struct line_case network[] = {
		{"device = host.example.com,12000", ""},
		{"device = host.example.com , 12000", ""},
		{"device = host.example.com:12000", "10 device-without-port"},
		{"device = host.example.com 12000", "10 device-without-port"},
		{"device = host.example.com", "10 device-without-port"},
		{"device = host.example.com,", "10 device-without-port"},
		{"device = host.example.com,0", "27 device-without-port"},
		{"device = host.example.com,99999", "27 port-range"},
		{"device = host.example.com,12000x", "27 device-form"},
		{"device = host.example.com,12000,", ""},
		{"device = host.example.com,12000,0", ""},
		{"device = host.example.com,12000,1", "33 device-form"},
		{"device = host.example.com,12000,1,2", "35 device-form"},
		{"device = ::1,12000", "10 ipv6-host"},
		{"device = [::1],12000", "10 device-form"},
		{"device =", "1 reader-without-device"},
		{"device = ,12000", "10 device-form"},
		{"device = , 12000 ; soon", "10 device-form"},
	};
	static const struct line_case cards[] = {
		{"device = /dev/ttyS0", ""},
		{"device = /dev/tty,1", "18 device-form"},
		{"device = ,1", "10 device-form"},
	};
	static const struct line_case udp[] = {
		{"device = h,1\nkeepalive = 1", "13 setting-unused"},
		{"device = h,1\nkeepalive = 0", ""},
		{"device = h,1\nkeepalive = 1\ncacheex = 3", ""},
		{"device = host.example.com,12000,1", ""},
		{"device = host.example.com,12000,x", "33 device-form"},
		{"device = host.example.com,12000 # note", ""},
	};

	CHECK_LINES(OSCAM_SERVER, before, network);
	CHECK_LINES(OSCAM_SERVER, local, cards);
	static const char *const others[] = {
		"newcamd\nenable = 0", "cs378x", "camd35", "camd33", "radegast", "gbox", "scam", "ghttp"};
	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		char start[100];
		(void)snprintf(
			start, sizeof start, "[reader]\nlabel = a\ngroup = 1\nprotocol = %s\n", others[i]);
		check_line(OSCAM_SERVER, start, &(struct line_case){"device = ,12000", "10 device-form"});
	}
	CHECK_LINES(OSCAM_SERVER, camd35, udp);
}

#define LONG_USER(protocol, rest)                                                                            \
	"[reader]\nlabel = a\nprotocol = " protocol "\ndevice = h,1\nuser = 123456789012345678901\n"         \
	"password = p\ngroup = 1\n" rest

TEST(test_readers)
{
	static const char newcamd[] = "[reader]\nlabel = a\nprotocol = newcamd\ndevice = h,1\nuser = u\n"
				      "password = p\ngroup = 1\n";
	static const struct line_case idle[] = {
		{"connectoninit = 1", ""},
		{"inactivitytimeout = -1", ""},
		{"inactivitytimeout = 60", "1 newcamd-idle"},
		{"enable = 0", ""},
	};
	static const struct line_case unused[] = {
		{"keepalive = 1", "13 setting-unused"},
		{"connectoninit = 1", "17 setting-unused"},
		{"ccchop = 1", "10 setting-unused"},
		{"cccmaxhops = 1", ""},
		{"keepalive =", ""},
	};
	static const struct text_case rows[] = {
		{OSCAM_SERVER, "[reader]\nlabel = a b\nprotocol = pcsc\ndevice = 0\ngroup = 1\n",
			"2:9 label-blank"},
		{OSCAM_SERVER, CCCAM_READER CCCAM_READER, "9:9 duplicate-label"},
		{OSCAM_SERVER, NEWCAMD_READER "cccmaxhops = 1\n", "9:14 setting-unused"},
		{OSCAM_SERVER, LONG_USER("cccam", ""), "5:8 login-name-length"},
		{OSCAM_SERVER, LONG_USER("cccam", "enable = 0\n"), ""},
		{OSCAM_SERVER, LONG_USER("newcamd", "connectoninit = 1\n"), ""},
		{OSCAM_SERVER,
			"[reader]\nlabel = a\nprotocol = cs378x\ndevice = h,1\ngroup = 1\nkeepalive = 1\n",
			""},
		{OSCAM_SERVER, "[reader]\nlabel = a\nprotocol = cccam\ndevice = h,1\nenable = 0\n", ""},
		{OSCAM_SERVER, "[reader]\nlabel = a\nprotocol = pcsc\ndevice = 0\n", "1:1 no-group"},
	};

	CHECK_LINES(OSCAM_SERVER, newcamd, idle);
	CHECK_LINES(OSCAM_SERVER, CCCAM_READER, unused);
	CHECK_TEXTS(rows);
}

#define CARD(label, protocol, device)                                                                        \
	"[reader]\nlabel = " label "\nprotocol = " protocol "\ndevice = " device "\ngroup = 1\n"

TEST(test_card_devices)
{
	static const struct text_case rows[] = {
		{OSCAM_SERVER, CARD("a", "smartreader", "/dev/ttyUSB0"), "4:10 device-form"},
		{OSCAM_SERVER, CARD("a", "smartreader", "/dev/ttyUSB0") "enable = 0\n", ""},
		{OSCAM_SERVER, CARD("a", "smartreader", "Serial:A1B2C3"), ""},
		{OSCAM_SERVER, CARD("a", "smartreader", "001:003"), ""},
		{OSCAM_SERVER, CARD("a", "sc8in1", "/dev/ttyUSB0"), "4:10 device-form"},
		{OSCAM_SERVER, CARD("a", "sc8in1", "/dev/ttyUSB0:"), "4:10 device-form"},
		{OSCAM_SERVER, CARD("a", "sc8in1", "/dev/ttyUSB0:8"), ""},
		{OSCAM_SERVER, CARD("a", "sc8in1", "/dev/ttyUSB0") "enable = 0\n", ""},
	};

	CHECK_TEXTS(rows);
}

TEST(test_shared_devices)
{
	static const struct text_case rows[] = {
		{OSCAM_SERVER, CARD("a", "internal", "/dev/sci0") CARD("b", "internal", "/dev/sci1"), ""},
		{OSCAM_SERVER, CARD("a", "internal", "/dev/sci0") CARD("b", "internal", "/dev/sci0"),
			"9:10 device-shared"},
		{OSCAM_SERVER, CARD("a", "mouse", "/dev/ttyS0") CARD("b", "mp35", "/dev/ttyS0"),
			"9:10 device-shared"},
		{OSCAM_SERVER, CARD("a", "pcsc", "0") CARD("b", "mp35", "0"), ""},
		{OSCAM_SERVER, CARD("a", "pcsc", "0") CARD("b", "pcsc", "0"), "9:10 device-shared"},
		{OSCAM_SERVER, CARD("a", "sc8in1", "/dev/ttyS0:1") CARD("b", "sc8in1", "/dev/ttyS0:2"), ""},
		{OSCAM_SERVER,
			CARD("a", "internal", "/dev/sci0") "enable = 0\n" CARD("b", "internal", "/dev/sci0"),
			""},
		{OSCAM_SERVER,
			CCCAM_READER "[reader]\nlabel = b\nprotocol = cccam\ndevice = h,1\nuser = "
				     "v\npassword = p\ngroup = 1\n",
			""},
	};

	CHECK_TEXTS(rows);
}

#define LONG_64 "1234567890123456789012345678901234567890123456789012345678901234"

TEST(test_accounts)
{
	static const struct text_case rows[] = {
		{OSCAM_USER, "[account]\npwd = p\ngroup = 1\n", "1:1 account-without-user"},
		{OSCAM_USER, "[account]\nuser = u\ngroup = 1\n", "1:1 account-without-password"},
		{OSCAM_USER, "[account]\nuser = u\ndisabled = 1\n", ""},
		{OSCAM_USER, "[account]\nuser = u\ngroup = 1\nallowedprotocols = dvbapi\n", ""},
		{OSCAM_USER, "[account]\nuser = u\ngroup = 1\nallowedprotocols = dvbapi,camd35\n",
			"1:1 account-without-password"},
		{OSCAM_USER, "[account]\nuser = u\nuser = u\npwd = p\ngroup = 1\n", "3:8 duplicate-account"},
		{OSCAM_USER, ACCOUNT "max_connections = 2\n", "5:19 setting-unused"},
		{OSCAM_USER, ACCOUNT "max_connections = 2\nuniq = 1\n", ""},
		{OSCAM_USER, "[account]\nuser = u\npwd = p\ncccmaxhops = -1\n", ""},
		{OSCAM_USER,
			"[account]\nuser = 12345678901234567890a\npwd = p\ngroup = 1\n"
			"[account]\nuser = 12345678901234567890b\npwd = p\ngroup = 1\n"
			"[account]\nuser = 1234567890123456789\npwd = p\ngroup = 1\n",
			"2:8 login-name-length\n6:8 login-name-length\n6:8 users-alike"},
		{OSCAM_USER, "[account]\nuser = 12345678901234567890\npwd = " LONG_64 "\ngroup = 1\n", ""},
		{OSCAM_USER, "[account]\nuser = u\npwd = " LONG_64 "5\ngroup = 1\n", "3:7 login-name-length"},
		{OSCAM_USER,
			"[account]\nuser = 123456789012345678901\npwd = " LONG_64
			"5\ngroup = 1\nallowedprotocols = newcamd,dvbapi\n",
			""},
		{OSCAM_USER, "[account]\nuser = 123456789012345678901\npwd = p\ndisabled = 1\n", ""},
	};

	CHECK_TEXTS(rows);
}

TEST(test_access)
{
	static const struct text_case rows[] = {
		{OSCAM_CONF, "[webif]\nhttpport = 8888\n", "2:12 webif-forbidden"},
		{OSCAM_CONF, "[webif]\nhttpport = 0\n", ""},
		{OSCAM_CONF,
			"[webif]\nhttpport = 8888\nhttpallowed = 127.0.0.1,192.168.0.0-192.168.255.255\n",
			"2:12 webif-without-password"},
		{OSCAM_CONF, "[webif]\nhttpport = 8888\nhttpallowed = 127.0.0.1\n" LOGIN, ""},
		{OSCAM_CONF, "[webif]\nhttpport = +8888\nhttpallowed = 127.0.0.1\nhttpuser = u\n",
			"2:12 webif-without-password"},
		{OSCAM_CONF, "[webif]\nhttpport = 8888\nhttpdyndns = h.example.com\nhttppwd = p\n",
			"2:12 webif-without-password"},
		{OSCAM_CONF,
			"[webif]\n# cc2oscam: skip webif-without-password\nhttpport = 8888\nhttpallowed = "
			"127.0.0.1\n",
			""},
		{OSCAM_CONF, "[webif]\nhttpport = 8888\nhttpallowed = 0.0.0.0-255.255.255.255\n",
			"3:15 webif-open"},
		{OSCAM_CONF, "[webif]\nhttpport = 8888\nhttpallowed = 192.168.0.0-192.169.0.0\n",
			"3:15 webif-open"},
		{OSCAM_CONF,
			"[webif]\nhttpport = 8888\nhttpallowed = 0.0.0.0-255.255.255.255\nhttpuser = "
			"a\nhttppwd = b\n",
			""},
		{OSCAM_CONF, "[webif]\nhttpport = 8888\nhttpallowed = host.example.com\n",
			"2:12 webif-forbidden\n3:15 address-form"},
		{OSCAM_CONF, "[radegast]\nport = 5000\n", "2:8 radegast-closed"},
		{OSCAM_CONF, "[radegast]\nport = 5000\nallowed = 192.0.2.1\n", ""},
	};

	CHECK_TEXTS(rows);
}

/* The files of one folder; "" for one that is not there. */
struct set_case {
	const char *conf, *server, *user, *services;
	const char *found_server, *found_user;
};

static void check_set_of(const struct set_case *row)
{
	const char *texts[] = {row->conf, row->server, row->user, row->services};
	struct checked c;

	checked_start(&c);
	for (int file = 0; file < 4; file++)
		if (texts[file] && *texts[file])
			checked_add(&c, (enum oscam_file)file, slice_of(texts[file]));
	check_run(&c.set);
	const char *server = findings_text(&c, OSCAM_SERVER), *user = findings_text(&c, OSCAM_USER);
	if (strcmp(server, row->found_server) != 0 || strcmp(user, row->found_user) != 0)
		fail_msg("%s\n%s\nfound:\n%s\n%s", row->server, row->user, server, user);
	checked_free(&c);
}

TEST(test_references)
{
	static const struct set_case rows[] = {
		{"", CCCAM_READER, ACCOUNT "au = a\n", "", "", ""},
		{"", CCCAM_READER, ACCOUNT "au = 1\n", "", "", ""},
		{"", CCCAM_READER, ACCOUNT "au = A,b\n", "", "", "5:6 au-unknown\n5:8 au-unknown"},
		{"", "", ACCOUNT "au = b\n", "", "", ""},
		{"", "", ACCOUNT "services = x,!Y\n", "[X]\ncaid = 0500\n", "", "5:14 services-unknown"},
		{"", "", ACCOUNT "services = x y\n", "[x y]\ncaid = 0500\n", "", ""},
		{"", CCCAM_READER "services = z\n", "", "[x]\ncaid = 0500\n", "8:12 services-unknown", ""},
		{"", CCCAM_READER, "[account]\nuser = a\npwd = p\ngroup = 1\n", "", "", "2:8 label-is-user"},
		{"[global]\nblock_same_name = 0\n", CCCAM_READER, "[account]\nuser = a\npwd = p\ngroup = 1\n",
			"", "", ""},
	};
	static const struct text_case services[] = {
		{OSCAM_SERVICES, "[a]\ncaid = 0500\n[A]\ncaid = 0600\n", "3:1 duplicate-service"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_set_of(&rows[i]);
	CHECK_TEXTS(services);
}

/* In a folder, what is not there is said; of files alone nothing is known, and of one main file no reader or
 * account. */
TEST(test_missing_files)
{
	static const char conf[] = "[dvbapi]\nenabled = 1\nuser = u\nservices = x\nau = 1\n";
	static const char user[] = ACCOUNT "au = b\nservices = x,!y\n", server[] = CCCAM_READER;
	static const struct {
		const char *texts[4], *found_conf, *found_user;
	} rows[] = {
		{{NULL, server, ACCOUNT "au = a\nservices = x,!y\n", NULL}, "", "6:12 services-missing"},
		{{conf, NULL, user, NULL}, "4:12 services-missing", "5:6 au-unknown"},
		{{conf, server, NULL, NULL}, "3:8 dvbapi-user\n4:12 services-missing", ""},
		{{NULL, server, ACCOUNT "au = 1\n", NULL}, "", ""},
		{{NULL, NULL, user, NULL}, "", "6:12 services-missing"},
		{{conf, NULL, NULL, NULL}, "4:12 services-missing", ""},
		{{NULL, NULL, user, "[x]\n[y]\n"}, "", ""},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows * 2; i++) {
		struct checked c;
		checked_start(&c);
		c.set.folder = i % 2;
		for (int file = 0; file < 4; file++)
			if (rows[i / 2].texts[file])
				checked_add(&c, (enum oscam_file)file, slice_of(rows[i / 2].texts[file]));
		check_run(&c.set);
		assert_string_equal(
			findings_text(&c, OSCAM_CONF), c.set.folder ? rows[i / 2].found_conf : "");
		assert_string_equal(
			findings_text(&c, OSCAM_USER), c.set.folder ? rows[i / 2].found_user : "");
		checked_free(&c);
	}
}

/* The tuner without an account gets nothing. */
TEST(test_dvbapi_user)
{
	static const struct {
		const char *conf, *user, *found;
	} rows[] = {
		{"[dvbapi]\nenabled = 1\nuser = u\nau = 1\n", ACCOUNT, ""},
		{"[dvbapi]\nenabled = 1\nuser = ghost\nau = 1\n", ACCOUNT, "3:8 dvbapi-user"},
		{"[dvbapi]\nenabled = 1\nuser = U\nau = 1\n", ACCOUNT, "3:8 dvbapi-user"},
		{"[dvbapi]\nenabled = 1\nuser = ghost\nau = 1\n", "# none\n", "3:8 dvbapi-user"},
		{"[dvbapi]\nenabled = 1\nuser = ghost\nau = 1\n", NULL, ""},
		{"[dvbapi]\nenabled = 0\nuser = ghost\n", ACCOUNT, ""},
		{"[dvbapi]\nenabled = 1\nau = 1\n", ACCOUNT, ""},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct checked c;
		checked_start(&c);
		checked_add(&c, OSCAM_CONF, slice_of(rows[i].conf));
		if (rows[i].user)
			checked_add(&c, OSCAM_USER, slice_of(rows[i].user));
		check_run(&c.set);
		assert_string_equal(findings_text(&c, OSCAM_CONF), rows[i].found);
		checked_free(&c);
	}
}

TEST(test_reach)
{
	static const char in_2[] = "[account]\nuser = v\npwd = p\ngroup = 2\n";
	static const struct set_case rows[] = {
		{"", CCCAM_READER, in_2, "", "7:9 reader-unreached", "4:9 account-reaches-none"},
		{"", CCCAM_READER, ACCOUNT "[account]\nuser = v\npwd = p\ngroup = 2\n", "", "",
			"8:9 account-reaches-none"},
		{"", CCCAM_READER, "# nobody\n", "", "", ""},
		{"", CCCAM_READER "enable = 0\n", in_2, "", "", "4:9 account-reaches-none"},
		{"", CCCAM_READER "enable = 0\n", ACCOUNT, "", "", ""},
		{"", "# none\n", ACCOUNT, "", "", "4:9 account-reaches-none"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_set_of(&rows[i]);
}

/* Without a password nobody gets in where no protocol asks for one. */
TEST(test_open_protocols)
{
	static const char nobody[] = "[account]\nuser = u\ngroup = 1\n";
	static const char long_name[] = "[account]\nuser = 123456789012345678901\npwd = p\ngroup = 1\n";
	static const struct set_case rows[] = {
		{"[webif]\nhttpport = 0\n", "", nobody, "", "", ""},
		{"[cccam]\nport = 12000\n", "", nobody, "", "", "1:1 account-without-password"},
		{"[cccam]\nport = 0\n", "", nobody, "", "", ""},
		{"[newcamd]\nport = 15000@0500:1\n", "", nobody, "", "", "1:1 account-without-password"},
		{"[cccam]\nport = 0\n", "", long_name, "", "", ""},
		{"[cccam]\nport = 12000\n", "", long_name, "", "", "2:8 login-name-length"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_set_of(&rows[i]);
}

TEST(test_many_services)
{
	struct buffer text FREED_BY(buffer_free) = {0};
	struct checked c;

	for (int i = 0; i < 66; i++)
		buffer_format(&text, "[s%d]\n", i);
	checked_start(&c);
	checked_add(&c, OSCAM_SERVICES, buffer_slice(&text));
	check_run(&c.set);
	assert_string_equal(findings_text(&c, OSCAM_SERVICES), "65:1 services-many");
	checked_free(&c);
}

TEST(test_rows)
{
	static const struct text_case rows[] = {
		{OSCAM_DVBAPI,
			"# x\n\n/ y\nP: 0500:030B00:1234\nI: 1800@000000 # note\nM: 1833:000000 1702\n"
			"D: 0500 250\nL: 0500 1\nJ: 1:2\nA: 0500 1\nX: 0500\n",
			""},
		{OSCAM_DVBAPI, "Q: 0500\nP 0500\nP: xyz\nP: 05000\n",
			"1:1 row-skipped\n2:1 row-skipped\n3:1 row-skipped\n4:1 row-skipped"},
		{OSCAM_DVBAPI,
			"P: 0500 # "
			"0123456789012345678901234567890123456789012345678901234567890123456789012345"
			"6789012345678901234567890123456789012345\n",
			""},
		{OSCAM_DVBAPI,
			"# 0123456789012345678901234567890123456789012345678901234567890123456789012345"
			"67890123456789012345678901234567890123456789012345\n",
			"1:1 row-skipped"},
		{OSCAM_DVBAPI,
			"I: 1880:000000:0FE6:18AD::0259:025A\nI: 098D:000000:14B8:::force\n"
			"I: 1880:000000:0FE6:18AD::0259\n",
			"1:1 row-skipped\n2:1 row-skipped"},
		{OSCAM_PROVID, "0500:030B00|Name\n# x\n0500|N\n0500 030B00 Name\n0500@030B00|Name|sat|lang\n",
			"3:1 row-skipped\n4:1 row-skipped"},
		{OSCAM_SRVID, "0500:1234|P|Name\n12\nName without key\n0500,0600:1234||Name\n",
			"2:1 row-skipped\n3:1 row-skipped"},
	};

	CHECK_TEXTS(rows);
}

TEST(test_rights)
{
	struct checked c;

	checked_start(&c);
	checked_add(&c, OSCAM_USER, SLICE(ACCOUNT));
	checked_add(&c, OSCAM_CONF, SLICE("[global]\nnice = 1\n"));
	c.files[OSCAM_USER].mode = c.files[OSCAM_CONF].mode = 0640;
	check_run(&c.set);
	assert_string_equal(findings_text(&c, OSCAM_USER), "0:0 world-readable");
	assert_string_equal(findings_text(&c, OSCAM_CONF), "");
	c.files[OSCAM_USER].mode = 0600;
	check_run(&c.set);
	assert_string_equal(findings_text(&c, OSCAM_USER), "");
	checked_free(&c);
}

static bool holds(struct slice text, const char *word)
{
	size_t len = strlen(word);

	for (size_t i = 0; i + len <= text.len; i++)
		if (memcmp(text.at + i, word, len) == 0)
			return true;
	return false;
}

/* No message holds a password or a key, and each says what to do. */
TEST(test_secrets)
{
	static const char server[] =
		"[reader]\nlabel = a\nprotocol = newcamd\ndevice = h,1\nuser = u\n"
		"password = HUSH456789012345678901234567890123456789012345678901234567890123 # HUSH\n"
		"password = \tHUSH\npincode = HUSH5\nkey = HUSH\nboxkey = HUSH\nrsakey = HUSH\n"
		"password HUSH\n; password = HUSH\n[reader] password = HUSH\npassword HUSH = x\n[password "
		"HUSH]\n";
	static const char conf[] = "[newcamd]\nport = 1{HUSH}@x;15001{HUSH}\nkey = HUSH\n[gbox]\n"
				   "my_password = HUSH\n";
	struct checked c;

	checked_start(&c);
	checked_add(&c, OSCAM_SERVER, slice_of(server));
	checked_add(&c, OSCAM_CONF, slice_of(conf));
	check_run(&c.set);
	assert_true(finding_count(&c) > 12);
	for (int file = OSCAM_CONF; file <= OSCAM_SERVER; file++)
		for (uint32_t i = 0; i < c.files[file].ledger.findings.count; i++) {
			const struct finding *finding = list_at(&c.files[file].ledger.findings, i);
			if (holds(finding->message, "HUSH"))
				fail_msg("%.*s", SLICE_ARG(finding->message));
			assert_true(finding->hint.len > 0);
		}
	checked_free(&c);
}

/* ---- what earlier sets leave ---- */

struct remembered_set {
	const char *user, *server, *services;
	uint8_t programs; /* of the target; 0: any */
	enum code skip;   /* CODE_COUNT: nothing */
};

static void check_remembered(const struct remembered_set *row, struct check_memory *memory, struct checked *c)
{
	struct target target = {OSCAM_OLDEST, OSCAM_NEWEST, row->programs};

	checked_start(c);
	c->set.memory = memory;
	c->set.target = &target;
	c->set.folder = true;
	checked_add(c, OSCAM_USER, slice_of(row->user));
	if (row->server)
		checked_add(c, OSCAM_SERVER, slice_of(row->server));
	if (row->services)
		checked_add(c, OSCAM_SERVICES, slice_of(row->services));
	if (row->skip != CODE_COUNT)
		c->skip[row->skip] = true;
	check_run(&c->set);
	c->set.target = NULL;
}

#define FIFTY "12345678901234567890123456789012345678901234567890"

TEST(test_memory_changes_nothing)
{
	static const struct remembered_set rows[] = {
		{ACCOUNT "au = a\n", CCCAM_READER, NULL, 0, CODE_COUNT},
		{ACCOUNT "au = a\n", NEWCAMD_READER "label = b\n", NULL, 0, CODE_COUNT},
		{ACCOUNT "services = s\n", CCCAM_READER, "[s]\ncaid = 0500\n", 0, CODE_COUNT},
		{ACCOUNT "services = s\n", CCCAM_READER, "[r]\ncaid = 0500\n", 0, CODE_COUNT},
		{ACCOUNT "services = s\n", CCCAM_READER, NULL, 0, CODE_COUNT},
		{ACCOUNT "uniq = x\n", CCCAM_READER, NULL, 0, CODE_NOT_A_NUMBER},
		{ACCOUNT "uniq = x\n", CCCAM_READER, NULL, 0, CODE_COUNT},
		{ACCOUNT, "[reader]\nlabel = a\nprotocol = emu\n", NULL, PROGRAM_EMU, CODE_COUNT},
		{ACCOUNT, "[reader]\nlabel = a\nprotocol = emu\n", NULL, PROGRAM_OSCAM, CODE_COUNT},
		{ACCOUNT "# cc2oscam: skip not-a-number\nuniq = y\n", CCCAM_READER, NULL, 0, CODE_COUNT},
		{ACCOUNT "uniq = y\n", CCCAM_READER, NULL, 0, CODE_COUNT},
		{ACCOUNT "caid = 0500\n", CCCAM_READER, NULL, 0, CODE_COUNT},
		{ACCOUNT "caid = 0500 0600\n", CCCAM_READER, NULL, 0, CODE_COUNT},
		{ACCOUNT "caid = 0500\n", CCCAM_READER, NULL, 0, CODE_COUNT},
		/* the text of a long value is kept nowhere: behind its 128th byte the next key's would be */
		{ACCOUNT "hostname = abcdefg\ndescription = " FIFTY FIFTY
			 "1234567890123456789012345678h ; abc\n",
			CCCAM_READER, NULL, 0, CODE_COUNT},
		{ACCOUNT "hostname = h ; abc\n", CCCAM_READER, NULL, 0, CODE_COUNT},
		{ACCOUNT "group = 2\n", NULL, NULL, 0, CODE_COUNT},
		{ACCOUNT "group = 2\n", CCCAM_READER, NULL, 0, CODE_COUNT},
	};
	const size_t count = sizeof rows / sizeof *rows;
	struct check_memory *memory = check_memory_new();

	assert_non_null(memory);
	for (size_t i = 0; i < 2 * count; i++) {
		const struct remembered_set *row = &rows[i % count];
		struct checked with, without;
		check_remembered(row, memory, &with);
		check_remembered(row, NULL, &without);
		for (int file = 0; file < OSCAM_FILE_COUNT; file++)
			assert_string_equal(findings_text(&with, (enum oscam_file)file),
				findings_text(&without, (enum oscam_file)file));
		checked_free(&with);
		checked_free(&without);
	}
	free(memory);
}
