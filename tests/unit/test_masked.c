/* What of a line of OSCam's may be seen. */
#include "unit.h"

#include "cc2oscam/arena.h"
#include "cc2oscam/masked.h"

struct line_case {
	const char *line, *masked;
};

static void check_lines(const struct line_case *cases, size_t count, bool hosts)
{
	struct arena arena FREED_BY(arena_free) = {0};

	for (size_t i = 0; i < count; i++) {
		struct slice masked = oscam_mask(&arena, slice_of(cases[i].line), hosts);
		struct slice wanted = slice_of(cases[i].masked ? cases[i].masked : cases[i].line);
		if (!slice_equal(masked, wanted))
			fail_msg("%s\ncame out as\n%.*s", cases[i].line, SLICE_ARG(masked));
	}
}

#define CHECK(cases, hosts) check_lines((cases), sizeof(cases) / sizeof *(cases), hosts)

TEST(test_passwords_and_keys)
{
	static const struct line_case cases[] = {
		{"password                      = word\n", "password                      = ********\n"},
		{"pwd=a=b # c\r\n", "pwd=********\r\n"},
		{"\tPassword =\tword", "\tPassword =\t********"},
		{"pwd =\n", NULL},
		{"key = 01 02 03", "key = ********"},
		{"pincode = 1234", "pincode = ********"},
		{"boxid = 01020304", "boxid = ********"},
		{"boxkey = 0102030405060708", "boxkey = ********"},
		{"rsakey = 01", "rsakey = ********"},
		{"deskey = 01", "deskey = ********"},
		{"ins7e = 01", "ins7e = ********"},
		{"k1_generic = 01", "k1_generic = ********"},
		{"nuid = 01", "nuid = ********"},
		{"httppwd = word", "httppwd = ********"},
		{"my_password = AABBCCDD", "my_password = ********"},
		{"pand_pass = word", "pand_pass = ********"},
		{"stream_source_auth_password = word", "stream_source_auth_password = ********"},
		{"old_passphrase = word", "old_passphrase = ********"},
		{"pin = 1234", "pin = ********"},
		{"password word", "password ********"},
		{"port = 15000{0102030405060708091011121314}@0500:000000",
			"port = 15000{********}@0500:000000"},
		{"port = 15000{01", "port = 15000{********"},
		{"port = 12000", NULL},
		{"pasword = word", "pasword = ********"},
		{"pw = word", "pw = ********"},
		{"kode = word", "kode = ********"},
		{"#kode=word", "#kode=********"},
		{"kode = 12", NULL},
		{"stbid = 0102", "stbid = ********"},
		{"tongfang_boxid = 0102", "tongfang_boxid = ********"},
		{"nodeid = 0102030405060708", "nodeid = ********"},
		{"account = user1,word", "account = user1,********"},
		{"Account=user1 , word", "Account=user1 ,********"},
		{"#account = user1,word", "#account = user1,********"},
		{"account: user1,word", "account: user1,********"},
		{"old account = user1,word # x", "old account = user1,********"},
		{"account = user1", NULL},
		{"the pw: word", "the pw: ********"},
		{"the psw: word", "the psw: ********"},
		{"the pas: word", "the pas: ********"},
		{"the pin: 12", "the pin: ********"},
		{"his passwd: word", "his passwd: ********"},
		{"his pass 12", "his pass ********"},
		{"his pasw 12", "his pasw ********"},
		{"his pwrd 12", "his pwrd ********"},
		{"his pswd 12", "his pswd ********"},
		{"mypwd 12", "mypwd ********"},
		{"thekey 12", "thekey ********"},
		{"secretword 12", "secretword ********"},
		{"user = a ; password = word", "user = a ; password = ********"},
		{"user = a ; pwd=word", "user = a ; pwd=********"},
		{"group = 1 key: word", "group = 1 key: ********"},
		{"label = a # p.w.d = word", "label = a # p.w.d = ********"},
		{"device = host,1,word", "device = host,1,********"},
		{"device = host,1,2,word", "device = host,1,2,********"},
		{"p.w.d = word", "p.w.d = ********"},
		{"p-w-d = word", "p-w-d = ********"},
		{"p w d = word", "p w d = ********"},
		{"P.a.s.s = word", "P.a.s.s = ********"},
		{"pw.d = word", "pw.d = ********"},
		{"pa.ssw.ord = word", "pa.ssw.ord = ********"},
		{"# p.w.d: word", "# p.w.d: ********"},
		{"# the p w d is word", "# the p w d ********"},
	};

	CHECK(cases, false);
}

TEST(test_what_may_be_seen)
{
	static const struct line_case cases[] = {
		{"", NULL},
		{"\n", NULL},
		{"[reader]\n", NULL},
		{"label = monkey.example.com", NULL},
		{"device = host.example.com,12000", NULL},
		{"keepalive = 1", NULL},
		{"user = passenger", NULL},
		{"description = the one in the attic", NULL},
		{"# CCcam.cfg:12", NULL},
		{"# CCcam.cfg:12: the one in the attic", NULL},
		{"serverip = 192.0.2.1", NULL},
		{"cccmaxhops", NULL},
		{"unheard = of", "unheard = ********"},
		{"unheard = 1", NULL},
		{"user = a ; password", NULL},
		{"description = a; b = c", NULL},
		{"device = host,1, 2", NULL},
		{"device = /dev/a,1", NULL},
		{"# a b c = p", NULL},
		{"# top as sword", NULL},
	};

	CHECK(cases, false);
}

TEST(test_comments)
{
	static const struct line_case cases[] = {
		{"#password = word", "#password = ********"},
		{"; pwd = word", "; pwd = ********"},
		{"// key = 0102", "// key = ********"},
		{"# the password is word", "# the password ********"},
		{"# password: word", "# password: ********"},
		{"description = password: word", "description = password: ********"},
		{"#C: host.example.com 12000 user word", "#C: ********"},
		{"# F : user word", "# F : ********"},
		{"#!N: host 1 user word 01", "#!N: ********"},
		{"#FC: host 1 user word", "#FC: ********"},
		{"# was = C: host 1 user word", "# was = ********"},
		{"# it was = C: host 1 user word", "# it was = C: ********"},
		{"# C", NULL},
		{"# C:", NULL},
		{"# Done: fine", NULL},
		{"# partial: stealth 1 is left out: OSCam logs in as itself [newcamd-stealth]", NULL},
		{"# partial: C: host 1 user word [x]", "# partial: C: ********"},
	};

	CHECK(cases, false);
}

TEST(test_hosts)
{
	static const struct line_case cases[] = {
		{"label = host.example.com", "label = ********"},
		{"device = host.example.com,12000\n", "device = ********,12000\n"},
		{"device = host.example.com", "device = ********"},
		{"device = host.example.com,12000,word", "device = ********,12000,********"},
		{"device = /dev/sci0", NULL},
		{"device =", NULL},
		{"au = one,two", "au = ********"},
		{"au = 1", NULL},
		{"hostname = host.example.com", "hostname = ********"},
		{"description = the one in the attic", "description = ********"},
		{"httposcamlabel = Attic", "httposcamlabel = ********"},
		{"httpdyndns = host.example.com", "httpdyndns = ********"},
		{"password = word", "password = ********"},
		{"# from host.example.com, and 192.0.2.1 too", "# from ******** and ******** too"},
		{"# CCcam.cfg:12: of host.example.com", "# CCcam.cfg:12: ********"},
		{"# CCcam.cfg:6: anything here\r\n", "# CCcam.cfg:6: ********\r\n"},
		{"# my box.cfg:6: port = 12", "# my box.cfg:6: ********"},
		{"# a:b:6: the one in the attic", "# a:b:6: ********"},
		{"# CCcam.cfg:6", NULL},
		{"# CCcam.cfg:6: ", NULL},
		{"# CCcam.cfg:6:anything", NULL},
		{"# CCcam.cfg:", NULL},
		{"# adjusted: stealth 2 is left out, not:6: so [newcamd-stealth]", NULL},
		{"# adjusted: host.example.com:6 is left out [x]", "# adjusted: ******** is left out [x]"},
		{"# partial: stealth 1 is left out: OSCam logs in as itself [newcamd-stealth]", NULL},
		{"# partial: the hosts a.example.com are left out [x]",
			"# partial: the hosts ******** are left out [x]"},
		{"# partial: host 1 user word", "# partial: ********"},
		{"# rejected: the port \"word\" is not a number [bad-number]",
			"# rejected: the port \"********\" is not a number [bad-number]"},
		{"# rejected: \"wo\"rd\" = \"word\" is odd [x]", "# rejected: \"********\" is odd [x]"},
		{"# rejected: the port \"word [x]", "# rejected: the port \"********"},
		{"# home.cfg:12", NULL},
		{"# home.example.cfg:12", "# ********"},
		{"# host.example/home.cfg:12", "# ********"},
		{"# host.example.com:12", "# ********"},
		{"serverip = 192.0.2.1", "serverip = ********"},
		/* local networks are the same everywhere */
		{"httpallowed = 127.0.0.1,192.168.0.0-192.168.255.255,10.0.0.1", NULL},
		{"httpallowed = ::1, fe80::1", NULL},
		{"httpallowed = fc00::1-fdff::1", NULL},
		{"httpallowed = fc00::1-2001:db8::1", "httpallowed = ********"},
		{"httpallowed = 2001:db8::1-fd00::1", "httpallowed = ********"},
		{"httpallowed = 169.254.0.0-169.254.255.255, 172.16.0.0-172.31.255.255", NULL},
		{"httpallowed = 127.0.0.0-127.255.255.255, 255.255.255.255", NULL},
		{"httpallowed = 169.254.0.0-169.255.0.0", "httpallowed = ********"},
		{"httpallowed = 172.15.0.1", "httpallowed = ********"},
		{"httpallowed = 192.168.0.1,192.0.2.1", "httpallowed = ********"},
		{"allowed = 192.168.0.1-192.169.0.1", "allowed = ********"},
		{"nocrypt = 2001:db8::1", "nocrypt = ********"},
		{"#pand_allowed = 192.0.2.0-192.0.2.255", "#pand_allowed = ********"},
		{"httpallowed = 10.box.example.com", "httpallowed = ********"},
		{"httpallowed =", NULL},
		{"csp_serverip = 192.0.2.1", "csp_serverip = ********"},
		{"pand_srvid = 192.0.2.1", "pand_srvid = ********"},
		{"# oscam.server", NULL},
		{"httpallowed = 192.0.2.1", "httpallowed = ********"},
		{"unheard = host.example.com", "unheard = ********"},
	};

	CHECK(cases, true);
}
