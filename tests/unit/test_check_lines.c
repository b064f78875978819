/* What check says of lines, headers and names. */
#include "check_help.h"

TEST(test_bytes)
{
	static const struct text_case rows[] = {
		{OSCAM_USER, "\xef\xbb\xbf[account]\nuser = u\npwd = p\n",
			"1:1 byte-order-mark\n2:1 setting-before-header"},
		{OSCAM_CONF, "\xef\xbb\xbf# comment\n[global]\n", "1:1 byte-order-mark"},
		{OSCAM_USER, ACCOUNT "description = a\rb\r\r\n", "5:16 carriage-return"},
		{OSCAM_USER, "[account]\r\nuser = u\r\npwd = p\r\ngroup = 1\r\n", ""},
	};

	CHECK_TEXTS(rows);
}

TEST(test_zero_byte)
{
	static const char text[] = "[account]\nuser = u\npwd = p\ngroup = 1\0,2\n";
	struct checked c;

	checked_start(&c);
	checked_add(&c, OSCAM_USER, (struct slice){text, sizeof text - 1});
	check_run(&c.set);
	assert_string_equal(findings_text(&c, OSCAM_USER), "4:10 zero-byte");
	checked_free(&c);
}

TEST(test_long_line)
{
	struct buffer text FREED_BY(buffer_free) = {0};
	struct checked c;

	buffer_add_slice(&text, SLICE(ACCOUNT "description = "));
	for (int i = 0; i < 3 * OSCAM_LINE_MAX; i++)
		buffer_add(&text, "x", 1);
	buffer_add(&text, "\n", 1);
	checked_start(&c);
	checked_add(&c, OSCAM_USER, buffer_slice(&text));
	check_run(&c.set);
	assert_string_equal(findings_text(&c, OSCAM_USER), "5:16384 long-line");
	checked_free(&c);
}

TEST(test_headers)
{
	static const struct text_case rows[] = {
		{OSCAM_SERVER, CCCAM_READER "[reader] # note\nlabel = b\n", "8:1 header-unseen"},
		{OSCAM_SERVER, "\t[reader]\nlabel = b\n", "1:2 header-unseen\n2:1 setting-before-header"},
		{OSCAM_SERVER, "# nothing\n\n; nothing\n// nothing\n", ""},
		{OSCAM_CONF, "[global]\n[webif\n", "2:1 header-unseen"},
		{OSCAM_USER, "# x\na = 1\nb = 2\n; c = 3\n" ACCOUNT, "2:1 setting-before-header"},
		{OSCAM_CONF, "logfile = stdout\n", ""},
		{OSCAM_CONF, "[Global]\nlogfile = stdout\n", "1:1 unknown-section"},
		{OSCAM_CONF, "[camd35]\n", "1:1 unknown-section"},
		{OSCAM_SERVER, "[Reader]\nlabel = a\nprotocol = pcsc\ndevice = 0\ngroup = 1\n", ""},
		{OSCAM_SERVER, "[account]\nuser = a\n", "1:1 unknown-section"},
		{OSCAM_USER, "[user]\nuser = a\n", "1:1 unknown-section"},
	};

	CHECK_TEXTS(rows);
}

TEST(test_other_lines)
{
	static const struct line_case rows[] = {
		{"", ""},
		{"# comment", ""},
		{"\t# comment", ""},
		{"\t# a = b", "2 comment-mark"},
		{"; comment", ""},
		{"; caid = 0500", "1 comment-mark"},
		{"//caid = 0500", "1 comment-mark"},
		{"caid 0500", "1 line-skipped"},
		{"a=", "1 line-skipped"},
		{"\tcaid = 0500", "1 leading-tab"},
		{"  caid = 0500", ""},
		{"CAID = 0500", ""},
		{"description = x ; y # z", ""},
		{"hostname = example.com # home", "24 comment-in-value"},
		{"hostname = example.com ; home", "24 comment-in-value"},
		{"hostname = example.com;home", ""},
		{"hostname =\texample.com", "11 tab-in-value"},
		{"monlevel =\t1", ""},
		{"monlevel = 1 # all", ""},
		{"au = 1 ; all", "8 comment-in-value"},
		{"allowedprotocols = cccam // one", "26 comment-in-value"},
		{"expdate = 2030-12-31 # then", ""},
		{"group = 2 # friends", "1 repeated-setting\n9 group-form\n9 no-group"},
		{"pwd = p # q", "1 repeated-setting\n9 comment-in-value"},
		{"pwd = p ; q", "1 repeated-setting\n9 comment-in-value"},
		{"pwd = p // q", "1 repeated-setting\n9 comment-in-value"},
		{"pwd = p;q;//r #", "1 repeated-setting\n15 comment-in-value"},
		{"pwd = ;p", "1 repeated-setting"},
		{"ident = 0500:1 ; 0600:1", ""},
	};

	CHECK_LINES(OSCAM_USER, ACCOUNT, rows);
}

/* Of texts that are no lists; logfile is one. */
TEST(test_semicolons)
{
	static const struct text_case rows[] = {
		{OSCAM_USER, "[account]\nuser = u ; my friend\npwd = p\ngroup = 1\n",
			"2:10 comment-in-value"},
		{OSCAM_SERVER,
			"[reader]\nlabel = a\nprotocol = cccam\ndevice = h,1\nuser = u ; me\n"
			"password = p ; word\ngroup = 1\n",
			"5:10 comment-in-value\n6:14 comment-in-value"},
		{OSCAM_CONF, "[dvbapi]\nuser = u ; tuner\n", "2:10 comment-in-value"},
	};
	static const struct line_case global[] = {
		{"logfile = /tmp/oscam.log ; all of it", "26 comment-in-value"},
		{"logfile = /tmp/oscam.log ; note", "26 comment-in-value"},
		{"logfile = stdout ; syslog; /tmp/oscam.log", ""},
		{"logfile = /tmp/oscam.log ; stdout", ""},
		{"logfile = stdout ; oscam.log", ""},
		{"logfile = stdout;/tmp/oscam.log # note", "33 comment-in-value"},
		{"usrfile = /tmp/oscam.users ; note", "28 comment-in-value"},
		{"ecmfmt = c ; p", ""},
	};

	CHECK_TEXTS(rows);
	CHECK_LINES(OSCAM_CONF, "[global]\n", global);
}

/* Where a list or a command can stand, ; and // may be meant, and # alone begins a comment; in other values
 * all three do. */
TEST(test_comments_of_forms)
{
	static const struct {
		enum oscam_file file;
		const char *text;
		bool found;
	} rows[] = {
		{OSCAM_CONF, "[global]\ndisablelog = 1 ; 1\n", false},
		{OSCAM_CONF, "[cache]\ncacheex_ecm_filter = 0500 ; 0500\n", false},
		{OSCAM_CONF, "[webif]\nhttpdyndns = h.example.com ; h.example.com\n", false},
		{OSCAM_CONF, "[newcamd]\nport = 15000@0500:000001 ; 15000@0500:000001\n", false},
		{OSCAM_CONF, "[cs378x]\nport = 15000@0500:000001 ; 15000@0500:000001\n", false},
		{OSCAM_CONF, "[gbox]\nmy_password = 01020304 ; x\n", false},
		{OSCAM_CONF, "[dvbapi]\nboxtype = dreambox ; dreambox\n", true},
		{OSCAM_SERVER, "[reader]\nlabel = b ; b\nprotocol = cccam\n", true},
		{OSCAM_SERVER, "[reader]\nlabel = b\nprotocol = cccam ; cccam\n", true},
		{OSCAM_SERVER, CCCAM_READER "device = h,1 ; h,1\n", true},
		{OSCAM_SERVER, CCCAM_READER "emmcache = 1,2,3 ; 1,2,3\n", false},
		{OSCAM_SERVER, CCCAM_READER "boxid = 01020304 ; x\n", false},
		{OSCAM_SERVER, CCCAM_READER "boxkey = 0102030405060708 ; 0102030405060708\n", false},
		{OSCAM_SERVER, CCCAM_READER "cwpkkey = 0102030405060708 ; 0102030405060708\n", false},
		{OSCAM_SERVER, CCCAM_READER "deskey = 0102030405060708 ; 0102030405060708\n", false},
		{OSCAM_SERVER, CCCAM_READER "k1_generic = 0102030405060708 ; 0102030405060708\n", false},
		{OSCAM_SERVER, CCCAM_READER "k1_generic = 0102030405060708 # 0102030405060708\n", true},
		{OSCAM_USER, ACCOUNT "caid = 0500 ; x\n", true},
		{OSCAM_USER, ACCOUNT "betatunnel = 1833.FFFF:1702 ; x\n", false},
		{OSCAM_USER, ACCOUNT "class = 01 ; 01\n", false},
		{OSCAM_USER, ACCOUNT "services = s ; s\n", false},
		{OSCAM_USER, ACCOUNT "allowedtimeframe = 10:00-12:00 // x\n", false},
		{OSCAM_USER, ACCOUNT "ident = 0500:000001 ; 0500:000001\n", false},
		{OSCAM_SERVICES, "[s]\ncaid = 0500, ; 0500\n", false},
		{OSCAM_SERVICES, "[s]\nprovid = 000001 ; x\n", false},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct checked c;
		checked_start(&c);
		checked_add(&c, rows[i].file, slice_of(rows[i].text));
		check_run(&c.set);
		bool found = strstr(findings_text(&c, rows[i].file), "comment-in-value") != NULL;
		if (found != rows[i].found)
			fail_msg("%s", rows[i].text);
		checked_free(&c);
	}
}

/* Names that guides give are shown by the golden cases check-folk-*. */
TEST(test_names)
{
	static const struct line_case reader[] = {
		{"grup = 1", "1 unknown-setting"},
		{"pwd = x", "1 misplaced-setting"},
		{"lb_mode = 1", "1 misplaced-setting"},
		{"= 1", "1 unknown-setting"},
	};
	static const struct line_case global[] = {
		{"lb_mode = 1", ""},
		{"lb_weight = 1", "1 misplaced-setting"},
	};
	static const struct line_case service[] = {
		{"caid = 0500", ""},
		{"label = x", "1 unknown-setting"},
		{"srvids = 1", "1 unknown-setting"},
	};

	CHECK_LINES(OSCAM_SERVER, CCCAM_READER, reader);
	CHECK_LINES(OSCAM_CONF, "[global]\n", global);
	CHECK_LINES(OSCAM_SERVICES, "[s]\n", service);
}

TEST(test_repeated)
{
	static const struct text_case rows[] = {
		{OSCAM_CONF, "[global]\nnice = 1\n[cccam]\n[global]\nnice = 1\n", "5:1 repeated-setting"},
		{OSCAM_CONF, "[webif]\nhttpallowed = 127.0.0.1\n[webif]\nhttpallowed = 10.0.0.1\n",
			"4:1 repeated-ranges"},
		{OSCAM_CONF, "[newcamd]\nallowed = 127.0.0.1\nallowed = 127.0.0.1\n", "3:1 repeated-ranges"},
		{OSCAM_CONF, "[monitor]\nnocrypt = 127.0.0.1\n[camd33]\nnocrypt = 127.0.0.1\n", ""},
		{OSCAM_SERVER,
			CCCAM_READER "caid = 0500\nident = 0500:1\nchid = 0500:1\nclass = 01\n"
				     "cccmaxhops = 1\nlb_weight = 1\nfallback = 1\nuser = v\n",
			"15:1 repeated-setting"},
		{OSCAM_USER, ACCOUNT ACCOUNT, "6:8 duplicate-account"},
	};

	CHECK_TEXTS(rows);
}

/* A comment switches a check off where it stands. */
TEST(test_marks)
{
	static const struct text_case rows[] = {
		{OSCAM_USER,
			ACCOUNT "# cc2oscam: skip not-a-number, caid-form\nmonlevel = x\ncaid = zz\n"
				"uniq = 9\n",
			"8:8 value-replaced"},
		{OSCAM_USER, ACCOUNT "monlevel = x\n\n# cc2oscam: skip not-a-number\n# more\n" ACCOUNT,
			"5:12 not-a-number\n10:8 duplicate-account"},
		{OSCAM_USER,
			"# cc2oscam: skip not-a-number\n[account]\nuser = u\npwd = p\ngroup = 1\n"
			"monlevel = x\n",
			""},
		{OSCAM_USER, "# cc2oscam: skip not-a-number\n\n" ACCOUNT "monlevel = x\n", ""},
		{OSCAM_USER, ACCOUNT "# cc2oscam: skip not-a-numer\nmonlevel = x\n", "6:12 not-a-number"},
	};

	CHECK_TEXTS(rows);
}

TEST(test_skip)
{
	struct checked c;

	checked_start(&c);
	checked_add(&c, OSCAM_USER, SLICE(ACCOUNT "monlevel = x\nmonlevel = 300\n"));
	c.skip[CODE_NOT_A_NUMBER] = c.skip[CODE_REPEATED_SETTING] = true;
	check_run(&c.set);
	assert_string_equal(findings_text(&c, OSCAM_USER), "6:12 number-wraps");
	checked_free(&c);
}

TEST(test_recognise)
{
	static const struct {
		const char *text;
		enum oscam_file file;
	} rows[] = {
		{"# x\n [Reader] \n", OSCAM_SERVER},
		{"[account]\n", OSCAM_USER},
		{"[webif]\n", OSCAM_CONF},
		{"[reader] # note\n", OSCAM_SERVER},
		{"C: host 1 user word\n", OSCAM_FILE_COUNT},
		{"[other]\n[cccam]\n", OSCAM_CONF},
		{"", OSCAM_FILE_COUNT},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct source source;
		source_from_raw_text(&source, "x", slice_of(rows[i].text));
		assert_int_equal(check_recognise(&source), rows[i].file);
	}
}
