/* Lines as they may be shown. */
#include "parse_help.h"

struct row {
	const char *line, *masked;
};

static void check_rows(const struct row *rows, size_t count, bool hosts)
{
	for (size_t i = 0; i < count; i++) {
		struct arena arena FREED_BY(arena_free) = {0};
		assert_slice(mask_line(&arena, slice_of(rows[i].line), hosts), rows[i].masked);
	}
}

TEST(secrets_are_masked)
{
	static const struct row rows[] = {{"", ""}, {"  ", "  "},
		{"C: host1 12000 user1 pass # note", "C: host1 12000 user1 **** # note"},
		{"C:host1 12000 user1 pass", "C:host1 12000 user1 ****"},
		{"C: host1 12000 user1 pass no { 0:0:1 }", "C: host1 12000 user1 **** no { 0:0:1 }"},
		{"C: host1 12000 user1 my pass", "C: host1 12000 user1 ** ****"},
		{"C: host1 12000 user1 my pass { 0:0 }", "C: host1 12000 user1 ** **** * *** *"},
		{"N: h 1 u pass 0102 03 04 05 06 07 08 09 10 11 12 13 14 2",
			"N: h 1 u **** **** ** ** ** ** ** ** ** ** ** ** ** ** 2"},
		{"F: user1 pass 1 0 0", "F: user1 **** 1 0 0"}, {"L: h 1 u p4 1 2", "L: h 1 u ** 1 2"},
		{"R: h 1 100 80 1 x", "R: h 1 100 80 1 x"}, {"G: aa h 1 bb i 2", "G: ** h 1 ** i 2"},
		{"B: /dev/a 00 B: /dev/b 9 B: /dev/c 01", "B: /dev/a 00 B: /dev/b 9 B: /dev/c 01"},
		{"DEBUG : yes", "DEBUG : yes"}, {"OSD PASSWORD : \001a", "OSD PASSWORD : **"},
		{"WEBINFO PASSWORD : my pass # old", "WEBINFO PASSWORD : ** **** * ***"},
		{"WEBINFO PASSWORD :pass", "WEBINFO PASSWORD :****"},
		{"WEBINFO PASSWORD :", "WEBINFO PASSWORD :"},
		{"CAMKEY : /dev/a 11 22334455667788", "CAMKEY : /dev/a ** **************"},
		{"# C: host1 12000 user1 pass", "# ** ***** ***** ***** ****"},
		{"#C: host1 pass", "#C: ***** ****"}};

	check_rows(rows, sizeof rows / sizeof *rows, false);
}

/* Of a line that is not understood stays what is certainly no secret. */
TEST(the_rest_stays_readable)
{
	static const struct row rows[] = {{"C: h.example.com 12000 user1", "C: h.example.com 12000 *****"},
		{"C: host1 12000 user1", "C: host1 12000 *****"},
		{"C: host1 user1 pass", "C: ***** ***** ****"},
		{"C: host1 user1 pass 1 no", "C: ***** ***** **** * no"},
		{"C: h.example.com:12000 user1 pass", "C: h.example.com:12000 ***** ****"},
		{"C: h.example.com:12000 user1 pass yes", "C: h.example.com:12000 ***** **** yes"},
		{"C: h.example.com:12000 pass yes", "C: h.example.com:12000 **** ***"},
		{"L: h.example.com:1 u my beef 0100", "L: h.example.com:1 * ** **** ****"},
		{"C: h.example.com 12001&nbsp;user1 pass no", "C: h.example.com 12001&nbsp;***** **** no"},
		{"C: h.example.com 12001&nbsp;user1 pass", "C: h.example.com 12001&nbsp;***** ****"},
		{"C: h.example.com 12001&nbsp;", "C: h.example.com 12001&nbsp;"},
		{"SHARE LIMITS : { 0:0:1 }", "SHARE LIMITS : { 0:0:1 }"},
		{"SHARE LIMITS : {0:0:1, 0100:000068}", "SHARE LIMITS : {0:0:1, 0100:000068}"},
		{"SHARE LIMITS : { pass, beef, 0:0:1:pass }", "SHARE LIMITS : { ***** ***** ********** }"},
		{"SHARE LIMITS : 0:0:1", "SHARE LIMITS : *****"},
		{"SOME KEY : { 0:0:1 }", "SOME KEY : * ***** *"},
		{"SHARE LIMITS : { 01002:0 0:0000001 0:0:1000 }",
			"SHARE LIMITS : { ******* ********* ******** }"},
		{"SOME PASS : 123", "SOME PASS : ***"}, {"SOME PIN : 123", "SOME PIN : ***"},
		{"SOME USER : 123", "SOME USER : ***"}, {"SOME NAME : 123", "SOME NAME : ***"},
		{"SOME LOGIN : 123", "SOME LOGIN : ***"}, {"SOME CODE : 123", "SOME CODE : ***"},
		{"SOME SECRET : 123", "SOME SECRET : ***"}, {"SOME DATA : 123", "SOME DATA : ***"},
		{"SOME BOX : 123", "SOME BOX : ***"}, {"SOME ID : 123", "SOME ID : ***"},
		{"C: x://u:p@h.example.com 12000", "C: ********************* 12000"},
		{"C: h.example.com 70000 user1 pass no", "C: h.example.com 70000 user1 **** no"},
		{"C: h.example.com 12000 u pass no { 0:0:1, word }",
			"C: h.example.com 12000 u **** no { 0:0:1, **** }"},
		{"C: h.example.com 12000 u {p4ss", "C: h.example.com 12000 u *****"},
		{"C: Secret.net", "C: Secret.net"}, {"C: 12000 user1 pass", "C: ***** ***** ****"},
		{"N: h.example.com 1 u pass 01 02", "N: h.example.com 1 u **** ** **"},
		{"F:user1 pass", "F:user1 ****"}, {"F: pass", "F: ****"},
		{"F: user1 pass 1 x 0", "F: user1 **** 1 * 0"},
		{"F: user1 my pass 12 1 1 { 0:0:x }", "F: user1 ** **** ** * * { 0:0:x }"},
		{"L: h 1 u pass 0100 0000800", "L: h 1 u **** 0100 *******"},
		{"R: h 1 100 0000800 x", "R: h 1 100 ******* *"},
		{"G: aa h 1 bb i.example.com x", "G: ** h 1 ** i.example.com *"}, {"X: 1 2", "X: 1 2"},
		{"SERVER LISTEN PORT : 70000 # old", "SERVER LISTEN PORT : 70000 * ***"},
		{"WEBINFO PASSWORD = pass", "WEBINFO PASSWORD = ****"},
		{"WEBINFO PASSWORT : pass", "WEBINFO PASSWORT : ****"},
		{"WEBINFO PASSWORT : 12345", "WEBINFO PASSWORT : *****"},
		{"SERVER PORT : 12000", "SERVER PORT : 12000"},
		{"SOME OPTION : yes word", "SOME OPTION : yes ****"},
		{"Some Option : yes", "Some ****** * ***"},
		{"X: h.example.com 12000 user1 pass", "X: h.example.com 12000 user1 ****"},
		{"C h.example.com 12000 user1 pass", "C h.example.com 12000 ***** ****"},
		{"F user1 12345", "* ***** *****"},
		{"host=h.example.com port=12000 user=a pass=b",
			"host=h.example.com port=12000 user=* pass=*"},
		{"a:pass@h.example.com:12000", "a:*****h.example.com:12000"},
		{"WEBINFO PASSWORD pass", "WEBINFO PASSWORD ****"},
		{"CAMKEY : /dev/a 11", "CAMKEY : /dev/a **"}, {"CAMKEY : 1122 33", "CAMKEY : **** **"},
		{"HiC: h.example.com 12000 user1 pass", "HiC: h.example.com 12000 ***** ****"},
		{"CWS = h.example.com 12000 user1 pass 01 02", "CWS = h.example.com 12000 ***** **** ** **"},
		{" some words", " **** *****"}, {"WEBINFOPASSWORD:pass", "WEBINFOPASSWORD:****"},
		{"pass \\ # note", "**** * * ****"},
		{"0102030405060708091011121314", "****************************"}};

	check_rows(rows, sizeof rows / sizeof *rows, false);
}

/* A line break is missing in front of another line. */
TEST(glued_lines_are_masked)
{
	static const struct row rows[] = {
		{"ALLOW WEBINFO : C: h 1 user1 word", "ALLOW WEBINFO : C: h 1 user1 ****"},
		{"SERVER LISTEN PORT : 12000 C: h 1 user1 word",
			"SERVER LISTEN PORT : 12000 C: h 1 user1 ****"},
		{"SERVER LISTEN PORT : 12000C: h 1 user1 word",
			"SERVER LISTEN PORT : 12000C: h 1 user1 ****"},
		{"OSD USERNAME : x C: h 1 user1 word", "OSD USERNAME : x C: h 1 user1 ****"},
		{"DEBUG : yes F: user1 word", "DEBUG : yes F: user1 ****"},
		{"DEBUG : yes F :user1 word", "DEBUG : yes F :user1 ****"},
		{"DEBUG : yesF: user1 word", "DEBUG : yesF: user1 ****"},
		{"DEBUG : yes # Nr: 7, was c: h 1 user1 word", "DEBUG : yes # Nr: 7, was c: h 1 user1 ****"},
		{"DEBUG : yes # of Marc: on DISC: or 5C : all",
			"DEBUG : yes # of Marc: on DISC: or 5C : all"},
		{"OSD PASSWORD : p C: h.example.com 12000 user1 word",
			"OSD PASSWORD : * ** ************* ***** ***** ****"},
		{"DEBUG : yes R: h 1 { C: h 1 user1 beef }", "DEBUG : yes R: h 1 { C: * * ***** **** *"},
		{"DEBUG : yes B: /dev/a 07 L: h 1 user1 word", "DEBUG : yes B: /dev/a ** ** * * ***** ****"},
		{"DEBUG : yes PIN : /dev/a 1234", "DEBUG : yes PIN : ****** ****"},
		{"DEBUG : yes WEBINFO  password= word", "DEBUG : yes WEBINFO  password= ****"},
		{"DEBUG : yes CWS = h 1 user1 word 01", "DEBUG : yes CWS = * * ***** **** **"},
		{"DEBUG : yes CWS_MULTIPLE = h 1:2 user1 word",
			"DEBUG : yes CWS_MULTIPLE = * *** ***** ****"},
		{"CHANNELINFO FILE : x://h", "CHANNELINFO FILE : x://h"},
		{"C: c:1::2 12000 user1 word # C: h 1 user1 word",
			"C: c:1::2 12000 user1 **** # C: * * ***** ****"},
		{"R: h 1 100 80 1 C: h 1 user1 word", "R: h 1 100 80 1 C: * * ***** ****"},
		{"R: h 1 { 0:0 C: h 1 user1 beef }", "R: h 1 { 0:0 C: * * ***** **** *"},
		{"SMARTCARD SID REJECT : /dev/a { 0df3, C: h 1 user1 word }",
			"SMARTCARD SID REJECT : /dev/a { 0df3, C: h 1 user1 **** *"},
		{"FOO BAR : 5 C: h 1 user1 12345", "FOO BAR : 5 C: h 1 user1 *****"}};

	check_rows(rows, sizeof rows / sizeof *rows, false);
}

TEST(hosts_are_masked_when_asked)
{
	static const struct row rows[] = {{"C: h.example.com 12000 user1 pass # from i.example.com",
						  "C: ************* 12000 user1 **** # **** *************"},
		{"F: user1 pass 1 0 0 { } { } { } h.example.com",
			"F: user1 **** 1 0 0 { } { } { } *************"},
		{"G: aa h 1 bb i 2", "G: ** * 1 ** * 2"}, {"R: h 1 100 80 1 x", "R: * 1 100 80 1 *"},
		{"C: h.example.com 12000 user1", "C: ************* ***** *****"},
		{"h.example.com:12000 user1", "******************* *****"},
		{"HiC: h.example.com 12000 user1 pass", "HiC: ************* ***** ***** ****"},
		{"DEBUG : yes # C: h.example.com 12000 user1 pass",
			"DEBUG : yes # ** ************* ***** ***** ****"},
		{"ALLOW WEBINFO : C: h.example.com 12000 user1 pass",
			"ALLOW ******* * ** ************* ***** ***** ****"}};

	check_rows(rows, sizeof rows / sizeof *rows, true);
}
