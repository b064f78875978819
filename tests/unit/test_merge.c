/* Merging readers and accounts: which existing section stands for which line, what changes in it and what
 * stays, and what is added. */
#include "merge_help.h"

#define KEY14 "0102030405060708091011121314"

TEST(test_reader_is_changed_in_its_place)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, "C: host1.example.com 12000 user secret no { 0:0:2 }\nDVB API : -1\n",
		"# mine\n"
		"[reader]\n"
		"  label=sat\n"
		"protocol = cccam_ext\n"
		"# a remark\n"
		"device = host1.example.com , 12000,7\n"
		"user = user\n"
		"password = older\n"
		"icam = 1\n"
		"cccmindown = 2\n"
		"group = 3\n"
		"ident = 0500:032830\n",
		"");
	assert_string_equal(merged_text(&m, OSCAM_SERVER), "# mine\n"
							   "[reader]\n"
							   "  label=sat\n"
							   "protocol = cccam_ext\n"
							   "# a remark\n"
							   "device = host1.example.com , 12000,7\n"
							   "user = user\n"
							   "password                      = secret\n"
							   "icam = 1\n"
							   "group = 3\n"
							   "ident = 0500:032830\n"
							   "cccmaxhops                    = 1\n"
							   "ccckeepalive                  = 1\n");
	assert_true(is_unchanged(&m, OSCAM_USER));
	assert_true(has_finding(&m, CODE_MERGE_MATCHED, 1));
	assert_string_equal(message_of(&m, CODE_MERGE_CHANGED),
		"\"sat\" is there: set password, cccmaxhops, ccckeepalive; taken out cccmindown");
	assert_string_equal(message_of(&m, CODE_MERGE_KEPT), "\"sat\" keeps what no line asks for: ident");
}

/* What says the same already stays byte for byte, in whatever spelling. */
TEST(test_equal_sections_stay)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, "C: host1.example.com 12000 user secret\nDVB API : -1\nF: friend pass 1\n",
		"[Reader]\r\nLABEL=host1.example.com\r\nprotocol=cccam\r\ndevice=host1.example.com,12000\r\n"
		"user=user\r\npassword=secret\r\ngroup=1,1,70\r\nccckeepalive=1x\r\ncccmaxhops=10\r\n",
		"[account]\nuser = friend\npwd=pass\ncccmaxhops=1\ngroup = 0,1\n");
	assert_true(is_unchanged(&m, OSCAM_SERVER));
	assert_true(is_unchanged(&m, OSCAM_USER));
	assert_string_equal(message_of(&m, CODE_MERGE_CHANGED), "");
}

#define NAMED(device, user)                                                                                  \
	"[reader]\nlabel = host1.example.com\nprotocol = cccam\ndevice = " device "\nuser = " user "\n"

static const char *login_finding(struct merged *m, const char *server)
{
	merge_two(m, "C: host1.example.com 12000 user secret\nDVB API : -1\n", server, NULL);
	return message_of(m, CODE_MERGE_LOGIN);
}

/* Another place or another user is the same reader, and that is said; a port is no other place. */
TEST(test_same_label_and_another_login)
{
	struct merged m FREED_BY(merged_free) = {0};

	assert_string_equal(login_finding(&m, NAMED("old.example.com,1", "user")),
		"the reader \"host1.example.com\" is there at another place; it becomes that of this line");
	assert_string_equal(merged_text(&m, OSCAM_SERVER),
		"[reader]\nlabel = host1.example.com\nprotocol = cccam\n"
		"device                        = host1.example.com,12000\n"
		"user = user\n"
		"password                      = secret\n"
		"group                         = 1\n"
		"ccckeepalive                  = 1\n");
	assert_string_equal(login_finding(&m, NAMED("host1.example.com,12000,7", "me")),
		"the reader \"host1.example.com\" is there with another user; it becomes that of this line");
	assert_int_equal(merge_fresh(m.merge)->reader_count, 0);
	assert_string_equal(login_finding(&m, NAMED("host1.example.com,1", "user")), "");
	assert_int_equal(merge_fresh(m.merge)->reader_count, 0);
}

/* Neither its place nor its user: that is another reader. */
TEST(test_same_label_and_another_reader)
{
	struct merged m FREED_BY(merged_free) = {0};

	assert_string_equal(login_finding(&m, NAMED("old.example.com,1", "me")), "");
	assert_int_equal(merge_fresh(m.merge)->reader_count, 1);
	assert_int_equal(strncmp(merged_text(&m, OSCAM_SERVER), NAMED("old.example.com,1", "me"),
				 strlen(NAMED("old.example.com,1", "me"))),
		0);
	assert_true(has_finding(&m, CODE_MERGE_LABEL, 1));
}

static const char *label_of(struct merged *m, uint32_t number)
{
	return key_text(&m->c, section_number(&m->c.model.readers, number), KEY_reader_label);
}

/* Names that the accounts of others have in a list, and that nothing had so far, stay without effect. */
TEST(test_lists_in_vain)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, "C: host1.example.com 1 user secret\nF: friend pass 1 0 0 { 0500:0 }\n", "",
		"[account]\nuser = other\nau = x,Host1.example.com\nservices = !deny_0500\n");
	assert_string_equal(label_of(&m, 0), "host1.example.com_1");
	assert_non_null(strstr(merged_text(&m, OSCAM_SERVICES), "[deny_0500_2]\n"));
}

/* Which existing reader each line is, by the labels that the model's readers have then. */
struct labelled {
	const char *cccam, *server, *user;
	const char *labels; /* with line feeds behind them */
};

#define ONE_AND_TWO                                                                                          \
	"[reader]\nlabel = a\nprotocol = cccam\ndevice = host1.example.com,1\nuser = user\npassword = one\n" \
	"[reader]\nlabel = b\nprotocol = cccam\ndevice = host1.example.com,1\nuser = user\npassword = two\n"

static const struct labelled labelled[] = {
	/* a label of another protocol, a user's name, and one that another new reader is to have */
	{"C: host1.example.com 1 user secret\nC: host1.example.com 2 user secret\n"
	 "C: host2.example.com 1 user secret\nC: host3.example.com 1 u/1 secret\n",
		"[reader]\nlabel = HOST1.example.com\nprotocol = newcamd\ndevice = host1.example.com,1\n"
		"[reader]\nlabel = host3.example.com\nprotocol = foreign\n"
		"[reader]\nlabel = host3.example.com_1\nprotocol = newcamd\n"
		"[reader]\nlabel = host1.example.com_1\nprotocol = newcamd\n"
		"[reader]\nlabel = host1.example.com_1_user\nprotocol = newcamd\n",
		"[account]\nuser = host2.example.com\n",
		"host1.example.com_3\nhost1.example.com_2\nhost2.example.com_1\nhost3.example.com_1_u_1\n"},
	/* of two readers with one login each finds its own by the password; one that fits neither is new */
	{"C: host1.example.com 1 user two\nC: host1.example.com 1 user one\n"
	 "C: host1.example.com 1 user three\n",
		ONE_AND_TWO, NULL, "b\na\nhost1.example.com_1_user\n"},
	/* two that could be meant, and the password is neither's: nobody is guessed */
	{"C: host1.example.com 1 user three\n", ONE_AND_TWO, NULL, "host1.example.com\n"},
	/* a card each */
	{"L: host1.example.com 1 user pass 0100 000080\nL: host1.example.com 1 user pass 0100 000081\n",
		"[reader]\nlabel = b\nprotocol = camd35\ndevice = host1.example.com,1\nuser = user\n"
		"password = pass\ncaid = 0100\nident = 0100:000081\nccchop = 1\n",
		NULL, "host1.example.com\nb\n"},
	/* a user that stands at a gbox reader means nothing; else each merge would add the second peer again
	 */
	{"G: AABBCCDD h 8000 11223344 i 8000\nG: AABBCCDD h 8000 11223344 i 8000 # another\nDVB API : -1\n",
		"[reader]\nlabel = i\nprotocol = gbox\ndevice = i,8000\nuser = somebody\npassword = "
		"11223344\n"
		"key = " KEY14 "\n[reader]\nlabel = i_8000_2\nprotocol = gbox\ndevice = i,8000\n"
		"password = 11223344\n",
		NULL, "i\ni_8000_2\n"},
};

static const char *labels_of(struct merged *m)
{
	const struct section *reader;
	struct slice all = SLICE("");

	for (uint32_t i = 0; (reader = section_number(&m->c.model.readers, i)); i++)
		all = arena_format(
			&m->c.arena, "%.*s%s\n", SLICE_ARG(all), key_text(&m->c, reader, KEY_reader_label));
	return all.at;
}

TEST(test_which_reader_is_meant)
{
	for (size_t i = 0; i < sizeof labelled / sizeof *labelled; i++) {
		struct merged m FREED_BY(merged_free) = {0};
		merge_two(&m, labelled[i].cccam, labelled[i].server, labelled[i].user);
		assert_string_equal(labels_of(&m), labelled[i].labels);
	}
}

/* What makes a reader of one protocol another: a key that CCcam's line has not, or hops. */
TEST(test_newcamd_keys_that_are_not_meant)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, "N: host1.example.com 1 user pass 0000000000000000000000000000 0\nDVB API : -1\n",
		"[reader]\nlabel = n\nprotocol = newcamd525\nkey = " KEY14
		"\nccchop = 3\ndevice = host1.example.com,1\n"
		"user = user\npassword = pass\ninactivitytimeout = -1\nconnectoninit = 1\ngroup = 1\nenable "
		"= 0\n",
		NULL);
	assert_string_equal(merged_text(&m, OSCAM_SERVER),
		"[reader]\nlabel = n\nprotocol = newcamd525\ndevice = host1.example.com,1\n"
		"user = user\npassword = pass\ninactivitytimeout = -1\nconnectoninit = 1\ngroup = 1\nenable "
		"= 0\n");
	assert_string_equal(message_of(&m, CODE_MERGE_KEPT), "\"n\" keeps what no line asks for: enable");
	assert_null(strstr(message_of(&m, CODE_MERGE_CHANGED), KEY14));
}

/* How a card reader of our own is driven is known better there; lists of labels follow. */
TEST(test_card_readers_of_our_own)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m,
		"SERIAL READER : /dev/ttyUSB0 smartreader+\nSERIAL READER : /dev/ttyS1 mouse\n"
		"SERIAL READER : /dev/ttyS2 mouse\nF: friend pass 1 0 1\nDVB API : -1\n",
		"[reader]\nlabel = my card\nprotocol = smargo\ndevice = /dev/ttyUSB0\ngroup = 1\n"
		"[reader]\nlabel = a,b\nprotocol = mouse\ndevice = /dev/ttyS1\ngroup = 1\n",
		"[account]\nuser = friend\nau = ttyUSB0\npwd = pass\ngroup = 1\n");
	assert_string_equal(merged_text(&m, OSCAM_SERVER),
		"[reader]\nlabel = my card\nprotocol = smargo\ndevice = /dev/ttyUSB0\ngroup = 1\n"
		"[reader]\nlabel = a,b\nprotocol = mouse\ndevice = /dev/ttyS1\ngroup = 1\n\n"
		"# CCcam.cfg:3\n[reader]\nlabel                         = ttyS2\n"
		"protocol                      = mouse\ndevice                        = /dev/ttyS2\n"
		"group                         = 1\n\n");
	assert_string_equal(merged_text(&m, OSCAM_USER), "[account]\nuser = friend\nau                       "
							 "     = my_card,ttyS2\npwd = pass\ngroup = 1\n"
							 "cccmaxhops                    = 1\n");
}

/* A label with a comma, and one that leads to another reader, cannot be named in a list; nor can more than a
 * line holds. */
TEST(test_lists_that_cannot_be)
{
	struct buffer cccam FREED_BY(buffer_free) = {0}, server FREED_BY(buffer_free) = {0};
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m,
		"SERIAL READER : /dev/ttyS1 mouse\nSERIAL READER : /dev/ttyS2 mouse\nF: friend pass 1 0 1\n"
		"DVB API : -1\n",
		"[reader]\nlabel = a,b\nprotocol = mouse\ndevice = /dev/ttyS1\n"
		"[reader]\nlabel = c\nprotocol = newcamd\n"
		"[reader]\nlabel = c\nprotocol = mouse\ndevice = /dev/ttyS2\n",
		"[account]\nuser = friend\nau = 1\n");
	assert_null(strstr(merged_text(&m, OSCAM_USER), "au "));
	buffer_format(&cccam, "F: friend pass 1 0 1\n");
	for (int i = 0; i < 300; i++) {
		buffer_format(&cccam, "SERIAL READER : /dev/tty%d mouse\n", i);
		buffer_format(
			&server, "[reader]\nlabel = %060d\nprotocol = mouse\ndevice = /dev/tty%d\n", i, i);
	}
	buffer_add(&cccam, "", 1);
	buffer_add(&server, "", 1);
	merge_two(&m, cccam.at, server.at, NULL);
	assert_true(has_finding(&m, CODE_VALUE_TOO_LONG, 1));
	assert_int_equal(fate_of(&m.c, 1), FATE_PARTIAL);
}

TEST(test_account_is_changed_in_its_place)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, "F: friend pass 10 0 0\nDVB API : -1\nC: host1.example.com 1 u p\n", NULL,
		"[account]\nuser = friend\nuser = friend\n"
		"[account]\n"
		"pwd = old\n"
		"user = bert\n"
		"[account]\n"
		"user = friend_x # not a name\n");
	assert_string_equal(merged_text(&m, OSCAM_USER),
		"[account]\nuser = friend\nuser = friend\n"
		"[account]\n"
		"pwd = old\n"
		"user = bert\n"
		"[account]\n"
		"user = friend_x # not a name\n\n"
		"# CCcam.cfg:1\n[account]\nuser                          = friend\npwd                       "
		"    = pass\n"
		"uniq                          = 3\ngroup                         = 1\n\n");
}

TEST(test_account_loses_what_nobody_granted)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, "F: friend pass 10 0 0\nDVB API : -1\n", NULL,
		"[account]\nuser = friend\nau = 1\npwd = pass\ncccmaxhops = 3\ncccmaxhops = 30\n"
		"cccreshare = 9\nexpdate = 2030-01-01\ndisabled = 0\ngroup = 1\ngroup = 2\n"
		"[account]\nuser = friend\npwd = pass\n");
	assert_string_equal(merged_text(&m, OSCAM_USER),
		"[account]\nuser = friend\npwd = pass\nexpdate = 2030-01-01\ndisabled = 0\n"
		"[account]\nuser = friend\npwd = pass\n");
	assert_string_equal(message_of(&m, CODE_MERGE_CHANGED),
		"\"friend\" is there: taken out au, cccmaxhops, cccreshare, group");
	assert_string_equal(
		message_of(&m, CODE_MERGE_KEPT), "\"friend\" keeps what no line asks for: expdate");
}

/* A header with a remark behind it is none: the keys are those of the reader before. */
TEST(test_header_with_a_remark)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, "C: host1.example.com 1 user secret\nDVB API : -1\n",
		"[reader]\nlabel = a\nprotocol = cccam\n[reader] # b\ndevice = host1.example.com,1\nuser = "
		"user\n"
		"password = secret",
		NULL);
	assert_string_equal(merged_text(&m, OSCAM_SERVER), "[reader]\nlabel = a\nprotocol = cccam\n[reader] "
							   "# b\ndevice = host1.example.com,1\nuser = user\n"
							   "password = secret\n"
							   "group                         = 1\n"
							   "ccckeepalive                  = 1\n");
}

TEST(test_line_ends_of_the_file)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, "C: host1.example.com 1 user secret\nDVB API : -1\nF: friend pass 1\n",
		"[reader]\r\nlabel = a\r\nprotocol = cccam\r\ndevice = host1.example.com,1\r\nuser = user",
		"[account]\r\nuser = other\r\n\r\n");
	assert_string_equal(merged_text(&m, OSCAM_SERVER),
		"[reader]\r\nlabel = a\r\nprotocol = cccam\r\ndevice = host1.example.com,1\r\nuser = user\r\n"
		"password                      = secret\r\n"
		"group                         = 1\r\n"
		"ccckeepalive                  = 1\r\n");
	assert_string_equal(merged_text(&m, OSCAM_USER),
		"[account]\r\nuser = other\r\n\r\n"
		"# CCcam.cfg:3\r\n[account]\r\nuser                          = friend\r\n"
		"pwd                           = pass\r\nuniq                          = 3\r\n"
		"group                         = 1\r\ncccmaxhops                    = 1\r\n\r\n");
}

/* Lines that were lost stand as comments in new files only, so that a second merge adds nothing. */
TEST(test_remarks_stand_in_new_files_only)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_two(&m, "C: host1.example.com x user secret\nF: friend\nDVB API : -1\n", "", NULL);
	assert_true(is_unchanged(&m, OSCAM_SERVER));
	assert_non_null(strstr(merged_text(&m, OSCAM_USER), "# CCcam.cfg:2"));
}

/* A wish for OSCam's default takes the key out. */
TEST(test_wishes)
{
	const struct set_key wanted[] = {
		{SECTION_reader, KIND_CCCAM, KEY_reader_inactivitytimeout, SLICE("600"), 0},
		{SECTION_reader, KIND_REMARK, KEY_reader_cccreshare, SLICE("3"), 0},
		{SECTION_reader, KIND_CCCAM, KEY_reader_ccckeepalive, SLICE("0"), 0},
		{SECTION_reader, KIND_REMARK, KEY_reader_cccreshare, SLICE("-1"), 0},
		{SECTION_reader, KIND_REMARK, KEY_reader_cccmindown, SLICE("0"), 0},
	};
	struct choices choices = choices_of_server();
	struct merged m FREED_BY(merged_free) = {0};

	choices.set_keys = wanted;
	choices.set_count = sizeof wanted / sizeof *wanted;
	merge_one(&m, "C: host1.example.com 1 user secret\n", OSCAM_SERVER,
		"[reader]\nlabel = a\nprotocol = cccam\ndevice = host1.example.com,1\nuser = user\n"
		"password = secret\ngroup = 1\ncccreshare = 5\ncccmindown = 4\nccckeepalive = 1\n",
		&choices);
	assert_string_equal(merged_text(&m, OSCAM_SERVER),
		"[reader]\nlabel = a\nprotocol = cccam\ndevice = host1.example.com,1\nuser = user\n"
		"password = secret\ninactivitytimeout             = 600\ngroup = 1\n");
	assert_string_equal(message_of(&m, CODE_MERGE_CHANGED),
		"\"a\" is there: set inactivitytimeout; taken out cccmindown, cccreshare, ccckeepalive");
}
