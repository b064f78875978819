/* The readers that a friend's client may send EMMs to: ours as the line says, and somebody else's that the
 * list named before. */
#include "merge_help.h"

#define CARD    "SERIAL READER : /dev/ttyS1 mouse\n"
#define FOREIGN "[reader]\nlabel = z\nprotocol = newcamd\n[reader]\nlabel = 1\nprotocol = newcamd\n"
#define OURS    "[reader]\nlabel = card\nprotocol = mouse\ndevice = /dev/ttyS1\n"

static void check(const char *cccam, const char *server, const char *au, const char *expected)
{
	struct texts texts = {{{NULL, 0}}};
	struct choices choices = choices_of_server();
	struct buffer user FREED_BY(buffer_free) = {0};
	struct merged m FREED_BY(merged_free) = {0};

	buffer_format(&user, "[account]\nuser = friend\npwd = pass\nau = %s\n", au);
	texts.of[OSCAM_SERVER] = slice_of(server);
	texts.of[OSCAM_USER] = buffer_slice(&user);
	merge_into(&m, slice_of(cccam), &texts, &choices);
	assert_string_equal(key_text(&m.c, section_number(&m.c.model.accounts, 0), KEY_account_au), expected);
}

TEST(test_labels_of_others_stay)
{
	check(CARD "F: friend pass 1 0 1\n", FOREIGN OURS, "z,gone,card", "card,z");
	check("F: friend pass 1 0 1\n", FOREIGN, "z", "z");
	check(CARD "F: friend pass 1 0 1\n", FOREIGN OURS, "1", "card");
}

TEST(test_without_leave_they_go)
{
	check(CARD "F: friend pass 1 0 0\n", FOREIGN OURS, "z,card", "");
}

/* au = 1 means every reader. */
TEST(test_reader_called_1)
{
	check("F: friend pass 1 0 1\n", FOREIGN, "gone,1", "");
	check("F: friend pass 1 0 1\n", FOREIGN, "z,1", "z,1");
	check("F: friend pass 1 0 1\n", FOREIGN, "1", "");
}
