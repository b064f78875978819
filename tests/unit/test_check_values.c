/* What check says of values. */
#include "check_help.h"

#define DIGITS_28 "0102030405060708091011121314"
#define LONG_63   "123456789012345678901234567890123456789012345678901234567890123"

TEST(test_numbers)
{
	static const struct line_case account[] = {
		{"disabled = yes", "12 not-a-number"},
		{"monlevel = 3x", "13 not-a-number"},
		{"monlevel = 0x3", "13 not-a-number"},
		{"monlevel = +3", ""},
		{"monlevel = 4", ""},
		{"monlevel = 5", "12 value-range"},
		{"monlevel = 003", ""},
		{"monlevel =", ""},
		{"cccreshare = 300", "14 number-wraps"},
		{"cccreshare = -1", ""},
		{"max_connections = -1\nuniq = 1", "19 number-wraps"},
		{"cccmaxhops = 99999999999", "14 number-wraps"},
		{"sleepsend = 300", "13 number-changed"},
		{"sleepsend = -1", "13 number-changed"},
		{"preferlocalcards = -1", ""},
		{"preferlocalcards = 3", "20 value-range"},
		{"emmreassembly = 2", ""},
		{"emmreassembly = 3", "17 value-range"},
		{"uniq = 9", "8 value-replaced"},
		{"cccmaxhops = -2", "14 login-refused"},
		{"cccmaxhops = -1", ""},
	};
	static const struct line_case reader[] = {
		{"cccmaxhops = 200", "14 number-wraps\n14 value-replaced"},
		{"lb_weight = 5000", "13 number-changed"},
		{"ratelimittime = 9", "17 seconds"},
		{"blockemm-u = 2", "14 number-changed"},
		{"cccmaxhops = -1", "14 value-replaced"},
		{"inactivitytimeout = 5", "21 value-replaced"},
		{"inactivitytimeout = -1", ""},
		{"reconnecttimeout = 0", "20 value-replaced"},
		{"cccreconnect = 0", "16 value-replaced"},
	};
	static const struct line_case service[] = {
		{"no_wait_time = 1", ""},
		{"no_wait_time = xx", "16 not-a-number"},
	};
	CHECK_LINES(OSCAM_USER, ACCOUNT, account);
	CHECK_LINES(OSCAM_SERVER, CCCAM_READER, reader);
	CHECK_LINES(OSCAM_SERVICES, "[s]\n", service);
}

TEST(test_numbers_of_conf)
{
	static const struct line_case global[] = {
		{"clienttimeout = 10", "17 timeout-unit"},
		{"clienttimeout = 5000", ""},
		{"fallbacktimeout = 5", "19 timeout-unit"},
		{"nice = 50", "8 number-changed"},
		{"netprio = 30", "11 number-changed"},
		{"disablelog = 1", ""},
		{"disablelog = yes", "14 not-a-number"},
		{"lb_mode = 0", ""},
		{"lb_mode = 3", ""},
		{"lb_mode = 4", "11 value-range"},
		{"lb_mode = -1", "11 value-range"},
		{"preferlocalcards = 2", ""},
		{"preferlocalcards = -1", "20 value-range"},
		{"preferlocalcards = 259", "20 number-wraps"},
		{"lb_retrylimits = 0500:50,0600:800", ""},
		{"lb_retrylimits = 0500:10", "18 number-changed"},
		{"lb_retrylimits = 0500:800, 0600:49 ,0700:0", "28 number-changed\n37 number-changed"},
		{"disableuserfile = 0", "19 value-replaced"},
		{"disableuserfile = 1", ""},
		{"disablemail = 0", "15 value-replaced"},
		{"disablemail = 0\nmailfile = /tmp/mail", ""},
		{"disableuserfile = 0\nusrfile = /tmp/users", ""},
	};
	static const struct text_case conf[] = {
		{OSCAM_CONF, "[cccam]\nupdateinterval = 5\n", "2:18 value-replaced"},
		{OSCAM_CONF, "[cccam]\nminimizecards = 1\nforward_origin_card = 1\n", "2:17 setting-unused"},
		{OSCAM_CONF, "[cccam]\nminimizecards = 1\n", ""},
		{OSCAM_CONF, "[cccam]\nminimizecards = 3\nreshare_mode = 4\n", ""},
		{OSCAM_CONF, "[cccam]\nminimizecards = 4\nreshare_mode = 5\n",
			"2:17 value-range\n3:16 value-range"},
		{OSCAM_CONF, "[dvbapi]\nau = 4\npmt_mode = 7\n", "2:6 value-range\n3:12 value-range"},
		{OSCAM_CONF, "[dvbapi]\nau = 3\npmt_mode = 6\n", ""},
		{OSCAM_CONF, "[monitor]\nmonlevel = 5\n", "2:12 value-range"},
		{OSCAM_CONF, "[cache]\nmax_time = 99999999999\n", "2:12 number-wraps"},
		{OSCAM_CONF, "[cache]\nmax_time = 1\n", "2:12 number-changed"},
		{OSCAM_CONF, "[cache]\nmax_time = 7\n", "2:12 number-changed"},
		{OSCAM_CONF, "[cache]\nmax_time = 8\n", ""},
		{OSCAM_CONF, "[cache]\nmax_time =\n", ""},
		{OSCAM_CONF, "[global]\nclienttimeout = 1000\n[cache]\nmax_time = 4\n", ""},
		{OSCAM_CONF, "[cache]\nmax_time = 15\n[global]\nclienttimeout = 20\n", "4:17 timeout-unit"},
		{OSCAM_CONF, "[global]\nclienttimeout = 9\n[cache]\nmax_time = 10\n",
			"2:17 seconds\n4:12 number-changed"},
		{OSCAM_CONF, "[anticasc]\nsamples = 5\ndenysamples = 9\n", "3:15 number-changed"},
		{OSCAM_CONF, "[anticasc]\ndenysamples = 9\n", ""},
		{OSCAM_CONF, "[anticasc]\ndenysamples = 10\n", "2:15 number-changed"},
		{OSCAM_CONF, "[dvbapi]\nenabled = 1\nau = 1\ndelayer = 30\n", "4:11 emulator-delay"},
		{OSCAM_CONF, "[dvbapi]\nenabled = 1\nau = 1\ndelayer = 60\n", ""},
		{OSCAM_CONF, "[dvbapi]\nenabled = 0\ndelayer = 30\n", ""},
		{OSCAM_CONF, "[global]\nclienttimeout = 12500\n[cache]\nmax_time = 15\n",
			"4:12 number-changed"},
	};

	CHECK_LINES(OSCAM_CONF, "[global]\n", global);
	CHECK_TEXTS(conf);
}

TEST(test_lengths)
{
	static const struct text_case rows[] = {
		{OSCAM_USER,
			"[account]\nuser = " LONG_63 "\npwd = p\ngroup = 1\nallowedprotocols = newcamd\n",
			""},
		{OSCAM_USER, "[account]\nuser = " LONG_63 "4\npwd = p\ngroup = 1\n",
			"2:8 login-name-length\n2:8 value-cut"},
		{OSCAM_SERVER,
			"[reader]\nlabel = " LONG_63 "4\nprotocol = cccam\ndevice = h,1\nuser = " LONG_63
			"45\npassword = " LONG_63 "4\ngroup = 1\n",
			"2:9 value-cut\n5:8 login-name-length\n5:8 value-cut\n6:12 value-cut"},
		{OSCAM_SERVER,
			"[reader]\nlabel = a\nprotocol = cccam\ndevice = " LONG_63 LONG_63
			"12,1\nuser = u\npassword = p\ngroup = 1\n",
			"4:10 value-cut"},
		{OSCAM_SERVER, CCCAM_READER "pincode = 12345\n", "8:11 value-cut"},
		{OSCAM_SERVER, CCCAM_READER "cccversion = 2.0.11x\n", "8:14 value-cut"},
		{OSCAM_CONF, "[cccam]\nversion = 2.3.0-xx\n", "2:11 value-cut"},
		{OSCAM_SERVICES, "[" LONG_63 "4]\ncaid = 0500\n", "1:1 value-cut"},
	};

	CHECK_TEXTS(rows);
}

TEST(test_digits)
{
	static const struct line_case newcamd[] = {
		{"key = " DIGITS_28, ""},
		{"key = " DIGITS_28 " # note", ""},
		{"key = 01 02 03 04 05 06 07 08 09 10 11 12 13 14", "7 key-digits"},
		{"key = 0102", "7 key-digits"},
		{"key = " DIGITS_28 "15", "7 key-digits"},
		{"key = 0x" DIGITS_28, "7 key-digits"},
		{"boxid = 0102030405", "9 key-digits"},
		{"boxid = 01020304", ""},
		{"boxid = x", "9 key-digits"},
		{"boxkey = 010203", "10 key-digits"},
		{"boxkey = 0102030405060708", ""},
		{"rsakey = 01", "10 key-digits"},
		{"cwpkkey = xyz", "11 key-digits"},
		{"deskey = 01", "10 key-digits"},
		{"auprovid = 1234567", "12 key-digits"},
		{"k1_generic = 00", "14 key-digits"},
		{"k1_generic = 01020304050607zz", "14 key-digits"},
		{"k1_generic = 0102030405060708", ""},
		{"k1_unique = 01020304050607080102030405060708", ""},
		{"ins42 = zz", "9 key-digits"},
		{"ins7e11 = 15", ""},
		{"ins7e = 01 02", "9 key-digits"},
	};
	static const struct text_case conf[] = {
		{OSCAM_CONF, "[gbox]\nmy_password = AABBCCDDEE\n", "2:15 key-digits"},
		{OSCAM_CONF, "[cccam]\nnodeid = 01\n", "2:10 key-digits"},
		{OSCAM_CONF, "[gbox]\nmy_vers = 123\nmy_cpu_api = 40\n", "2:11 key-digits"},
	};

	CHECK_LINES(OSCAM_SERVER, NEWCAMD_READER, newcamd);
	CHECK_TEXTS(conf);
}

TEST(test_words)
{
	static const struct line_case reader[] = {
		{"detect = cd", ""},
		{"detect = !gpio1", ""},
		{"detect = CD", ""},
		{"detect = DSR", "10 unknown-word"},
		{"emmcache = 1", ""},
		{"emmcache = 1,3", ""},
		{"emmcache = 1,3,2", ""},
		{"emmcache = 1, 3, 2, 0", ""},
		{"emmcache = 1,0,2,0", "12 number-changed"},
		{"emmcache = 1,x,2", "12 number-changed"},
		{"emmcache = 1,1,2,0,5", "12 number-changed"},
		{"emmcache = 0,0,0,0", ""},
		{"cooldown = 1", "12 unknown-word"},
		{"blocknano = all", ""},
		{"blocknano = 82, 83,8F,00", ""},
		{"blocknano = 82,90,1,100,zz,0x82",
			"16 list-item\n19 list-item\n21 list-item\n25 list-item\n28 list-item"},
		{"savenano = All", "12 list-item"},
		{"cccversion = 2.3.0", ""},
		{"cccversion = 2.1.10", ""},
		{"cccversion = 2.0.5", "14 version-unknown"},
		{"cccversion = v2.3.0", "14 version-unknown"},
	};
	static const struct text_case conf[] = {
		{OSCAM_CONF, "[dvbapi]\nboxtype = Dreambox\n", "2:11 unknown-word"},
		{OSCAM_CONF, "[dvbapi]\nboxtype = dreambox\n", ""},
		{OSCAM_CONF, "[cccam]\nversion = 1.2.3\n", "2:11 version-unknown"},
	};
	static const struct line_case account[] = {
		{"au = 1", ""},
		{"au = 0", ""},
		{"au = one,two", ""},
		{"au = true", "6 au-form"},
		{"au = 2", "6 au-form"},
		{"au = one, two", "10 au-form"},
		{"allowedprotocols = cccam,newcamd", ""},
		{"allowedprotocols = cccam, newcamd", "26 protocols-unknown"},
		{"allowedprotocols = csp", "20 protocols-unknown"},
		{"allowedprotocols = cccam,csp", ""},
		{"allowedprotocols = cccam,csc", "26 protocols-unknown"},
	};

	CHECK_LINES(OSCAM_SERVER, CCCAM_READER, reader);
	CHECK_LINES(OSCAM_USER, ACCOUNT, account);
	CHECK_TEXTS(conf);
}

TEST(test_protocols)
{
	static const struct line_case rows[] = {
		{"protocol = cccam", ""},
		{"protocol = CCcam", "12 unknown-protocol"},
		{"protocol = Mouse", "12 unknown-protocol"},
		{"protocol = phoenix", "12 unknown-protocol"},
		{"protocol = zzzzzzzzzzzz", "12 unknown-protocol"},
		{"protocol = mouse # left", "18 comment-in-value"},
	};
	static const char before[] = "[reader]\n# cc2oscam: skip reader-lost, reader-without-login\n"
				     "label = a\ndevice = h,1\ngroup = 1\n";

	CHECK_LINES(OSCAM_SERVER, before, rows);
}

TEST(test_lists)
{
	static const struct line_case account[] = {
		{"caid = 0500,1800&FF00:1702,0x1830", ""},
		{"caid = 0", ""},
		{"caid = 18", "8 caid-form"},
		{"caid = 123456", "8 caid-form"},
		{"caid = 0500;1800", "8 caid-form"},
		{"caid = 0500,18zz", "13 caid-form"},
		{"caid = 0500&xx,0500:yy", "8 caid-form\n16 caid-form"},
		{"ident = 0500:030B00,040600;1800:000000", ""},
		{"ident = 0500:", "9 ident-form"},
		{"ident = 0:1", "9 ident-form"},
		{"ident = 0x0500:030B00", "9 ident-form"},
		{"ident = 0500:0x030B00", "14 ident-form"},
		{"ident = 0500:030B00,1800:000000", "21 ident-form"},
		{"ident = 0500:1234567", "14 ident-form"},
		{"ident = "
		 "0500:1,2,3,4,5,6,7,8,9,a,b,c,d,e,f,10,11,12,13,14,15,16,17,18,19,1a,1b,1c,1d,1e,1f,20,"
		 "21",
			"95 ident-form"},
		{"chid = 0500:0x1", "13 ident-form"},
		{"class = 01,!0b", ""},
		{"class = 01,0x2", "12 class-form"},
		{"betatunnel = 1833.FFFF:1702,1801.0001", ""},
		{"services = a;b", "12 list-item"},
	};
	static const struct line_case service[] = {
		{"caid = 0500,0x0600", ""},
		{"srvid = 12345", "9 list-item"},
		{"srvid = 0001,zz", "14 list-item"},
		{"provid = 1234567", "10 list-item"},
		{"provid = 123456", ""},
	};

	CHECK_LINES(OSCAM_USER, ACCOUNT, account);
	CHECK_LINES(OSCAM_SERVICES, "[s]\n", service);
}

TEST(test_groups)
{
	static const struct line_case rows[] = {
		{"group = 1,64", ""},
		{"group = 1-3", "9 group-form\n9 no-group"},
		{"group = 1;2", "9 group-form\n9 no-group"},
		{"group = 1,65,0", "11 group-form\n14 group-form"},
		{"group = x", "9 group-form\n9 no-group"},
		{"group = 1 # friends", "9 group-form\n9 no-group"},
		{"group =", "8 no-group"},
	};

	CHECK_LINES(OSCAM_USER, "[account]\nuser = u\npwd = p\n", rows);
}

TEST(test_times)
{
	static const struct line_case rows[] = {
		{"expdate = 2030-12-31", ""},
		{"expdate = 2030/1/2", ""},
		{"expdate = 20301231", "11 expdate-form"},
		{"expdate = 2030-02-31", "11 expdate-form"},
		{"expdate = never", "11 expdate-form"},
		{"allowedtimeframe = 18:00-23:00", ""},
		{"allowedtimeframe = 23:00-01:00", ""},
		{"allowedtimeframe = ALL@00:00-01:00,18:00-24:00;SUN@06:00-07:00", ""},
		{"allowedtimeframe = 18:00-20:00,21:00-22:00", "32 timeframe-form"},
		{"allowedtimeframe = MON-FRI@18:00-20:00", "20 timeframe-form"},
		{"allowedtimeframe = MON,TUE@18:00-20:00", "20 timeframe-form"},
		{"allowedtimeframe = MON@22:00-02:00", "24 timeframe-form"},
		{"allowedtimeframe = MON@18-20", "24 timeframe-form"},
		{"allowedtimeframe = MON@25:00-26:00", "24 timeframe-form"},
	};

	CHECK_LINES(OSCAM_USER, ACCOUNT, rows);
}

TEST(test_addresses)
{
	static const struct text_case rows[] = {
		{OSCAM_CONF, "[global]\nserverip = 192.0.2.1\n", ""},
		{OSCAM_CONF, "[global]\nserverip = host.example.com\n", "2:12 address-form"},
		{OSCAM_CONF, "[newcamd]\nallowed = 192.0.2.1-192.0.2.9,host.example.com\n",
			"2:31 address-form"},
	};

	CHECK_TEXTS(rows);
}
