/* Merging oscam.conf, oscam.services and the files without sections. */
#include "merge_help.h"

static void check_conf(const char *cccam, const char *conf, const char *expected)
{
	struct choices choices = choices_of_server();
	struct merged m FREED_BY(merged_free) = {0};

	merge_one(&m, cccam, OSCAM_CONF, conf, &choices);
	assert_string_equal(merged_text(&m, OSCAM_CONF), expected);
}

/* What nobody asked for is not added where OSCam is set up: but the tuner is switched on, and a [dvbapi] that
 * is new is whole. */
TEST(test_what_is_assumed)
{
	struct merged m FREED_BY(merged_free) = {0};

	check_conf("\n", "# empty\n", "# empty\n");
	check_conf("SERIAL READER : /dev/ttyS1 mouse\n", "[global]\n# log\nnice = 1\n",
		"[global]\n# log\nnice = 1\n");
	merge_one(&m, "\n", OSCAM_CONF, "[dvbapi]\nau = 1\n", NULL);
	assert_string_equal(merged_text(&m, OSCAM_CONF), "[dvbapi]\nenabled                       = 1\nau = "
							 "1\nuser                          = dvbapi\n");
	merge_one(&m, "\n", OSCAM_CONF, "[global]\nnice = 1\n", NULL);
	assert_string_equal(merged_text(&m, OSCAM_CONF),
		"[global]\nnice = 1\n\n[dvbapi]\nenabled                       = 1\n"
		"au                            = 1\nuser                          = dvbapi\nboxtype          "
		"             = dreambox\n\n");
}

TEST(test_web_interface)
{
	struct choices choices = choices_of_server();
	struct merged m FREED_BY(merged_free) = {0};

	check_conf("WEBINFO USERNAME : admin\n",
		"[global]\nlogfile = x\n[webif]\nhttpuser = me\nhttppwd = other\nhttpport = "
		"80\n[webif]\nhttpuser = you\n",
		"[global]\nlogfile = x\n[webif]\nhttpuser = me\nhttppwd = other\nhttpport = 80\n"
		"httpallowed                   = 127.0.0.1,10.0.0.0-10.255.255.255,172.16.0.0-172.31.255.255,"
		"192.168.0.0-192.168.255.255\n"
		"[webif]\nhttpuser                      = admin\n");
	merge_one(&m, "WEBINFO LISTEN PORT : 81\n", OSCAM_CONF, "[global]\nlogfile = x\n", &choices);
	assert_non_null(strstr(merged_text(&m, OSCAM_CONF), "[webif]\nhttpport                      = 81\n"));
	merge_one(&m, "WEBINFO LISTEN PORT : 81\n", OSCAM_CONF,
		"[webif]\nhttpuser = a\nhttppwd = b\nhttpport = +80\n", &choices);
	assert_non_null(strstr(merged_text(&m, OSCAM_CONF), "httpport                      = 81\n"));
}

/* Friends of both sides keep the ports that they know. */
TEST(test_ports)
{
	check_conf("F: friend pass\n", "[cccam]\nport = 13000 , 13001\n[global]\nlogfile = x\n",
		"[cccam]\nport                          = 13000,13001,12000\n[global]\nlogfile = x\n");
	check_conf("SERVER LISTEN PORT : 13001\n", "[cccam]\nport = 13000 , 13001\n[global]\nlogfile = x\n",
		"[cccam]\nport = 13000 , 13001\n[global]\nlogfile = x\n");
	check_conf("SERVER LISTEN PORT : 0\n", "[cccam]\nport = 1\n[global]\nlogfile = x\n",
		"[cccam]\nport = 1\n[global]\nlogfile = x\n");
	check_conf("F: friend pass\n", "[cccam]\nreshare = 1\n[global]\nlogfile = x\n",
		"[cccam]\nport                          = 12000\nreshare = 1\n[global]\nlogfile = x\n");
}

TEST(test_no_room_for_a_port)
{
	struct buffer text FREED_BY(buffer_free) = {0};
	struct merged m FREED_BY(merged_free) = {0};

	buffer_format(&text, "[global]\nlogfile = x\n[dvbapi]\nuser = dvbapi\n[cccam]\nport = 1");
	for (int port = 2; port <= 32; port++)
		buffer_format(&text, ",%d", port);
	buffer_add(&text, "\n", 2);
	merge_one(&m, "F: friend pass\nDVB API : -1\n", OSCAM_CONF, text.at, NULL);
	assert_true(has_finding(&m, CODE_VALUE_TOO_LONG, 0));
	assert_true(is_unchanged(&m, OSCAM_CONF));
}

/* OSCam ends at its start when a list of addresses stands twice. */
TEST(test_lists_of_addresses)
{
	struct merged m FREED_BY(merged_free) = {0};

	merge_one(&m, "DVB API : -1\n", OSCAM_CONF,
		"[global]\nlogfile = x\n[newcamd]\nallowed = 192.0.2.1\nport = 1\n[webif]\nhttpallowed =\n"
		"[newcamd]\nallowed = 192.0.2.2\nallowed =\n[radegast]\nallowed = 192.0.2.3\n",
		NULL);
	assert_string_equal(merged_text(&m, OSCAM_CONF),
		"[global]\nlogfile = x\n[newcamd]\nport = 1\n[webif]\nhttpallowed =\n"
		"[newcamd]\nallowed =\n[radegast]\nallowed = 192.0.2.3\n");
	assert_string_equal(message_of(&m, CODE_MERGE_REPEATED),
		"[newcamd] allowed stands 3 times in oscam.conf; the last one is kept");
}

TEST(test_wishes_for_oscam_conf)
{
	const struct set_key wanted[] = {
		{SECTION_global, KIND_REMARK, KEY_global_logfile, SLICE("/var/log/x"), 0},
		{SECTION_global, KIND_REMARK, KEY_global_nice, SLICE("99"), 0},
		{SECTION_monitor, KIND_REMARK, KEY_monitor_port, SLICE("988"), 0},
	};
	struct choices choices = choices_of_server();
	struct merged m FREED_BY(merged_free) = {0};

	choices.set_keys = wanted;
	choices.set_count = sizeof wanted / sizeof *wanted;
	merge_one(&m, "\n", OSCAM_CONF, "[global]\nnice = 3\nlogfile = y\nnice = -1\n", &choices);
	assert_string_equal(merged_text(&m, OSCAM_CONF),
		"[global]\nlogfile                       = /var/log/x\n\n"
		"[monitor]\nport                          = 988\n\n");
}

#define DENY "F: friend pass 1 0 0 { 0:0:1, 0500:0 }\n"

static const char *services_of(struct merged *m, uint32_t number)
{
	return key_text(&m->c, section_number(&m->c.model.accounts, number), KEY_account_services);
}

static void check_services(const char *services, const char *label, uint32_t added)
{
	struct choices choices = choices_of_server();
	struct merged m FREED_BY(merged_free) = {0};

	merge_one(&m, DENY, OSCAM_SERVICES, services, &choices);
	assert_string_equal(services_of(&m, 0), label);
	assert_int_equal(merge_fresh(m.merge)->services.count, added);
}

/* The content counts; a label that means something else, or two things, is not ours. */
TEST(test_services)
{
	check_services("[No Irdeto]\ncaid = 500\n", "!no irdeto", 0);
	check_services(
		"[x]\ncaid = 0500\n[deny_x]\ncaid = 0500\n[deny_0500]\ncaid = 0500\n", "!deny_0500", 0);
	check_services("[x]\ncaid = 0500\n[deny_x]\ncaid = 0500\n", "!deny_x", 0);
	check_services("[allow_0500]\ncaid = 0500\n", "!deny_0500", 1);
	check_services("[deny_0500]\ncaid = 0100\n[deny_0500_2]\n", "!deny_0500_3", 1);
	check_services("[x]\ncaid = 0500\n[x]\ncaid = 0100\n", "!deny_0500", 1);
	check_services("[x]\ncaid = 0500\nident = 1\n", "!deny_0500", 1);
	check_services("[a,b]\ncaid = 0500\n[!c]\ncaid = 0500\n[]\ncaid = 0500\n", "!deny_0500", 1);
}

/* In the order of the merged file; a list that says the same in another order stays. */
TEST(test_lists_of_services)
{
	struct texts texts = {{{NULL, 0}}};
	struct choices choices = choices_of_server();
	struct merged m FREED_BY(merged_free) = {0};

	texts.of[OSCAM_SERVICES] = SLICE("[b]\ncaid = 0500\n[a]\ncaid = 0100\n");
	texts.of[OSCAM_USER] = SLICE("[account]\nuser = friend\npwd = pass\nservices = !gone,!A, !b\n"
				     "cccmaxhops = 1\ncccreshare = 0\n");
	merge_into(&m, SLICE("F: friend pass 1 0 0 { 0:0:1, 0100:0, 0500:0 }\n"), &texts, &choices);
	assert_string_equal(services_of(&m, 0), "!b,!a");
	assert_true(is_unchanged(&m, OSCAM_USER));
}

/* No room for more: who would need them is not written, and lines merged into a reader are lost with it. */
TEST(test_too_many_services)
{
	struct texts texts = {{{NULL, 0}}};
	struct choices choices = choices_of_server();
	struct buffer text FREED_BY(buffer_free) = {0};
	struct merged m FREED_BY(merged_free) = {0};

	for (int i = 0; i < 63; i++)
		buffer_format(&text, "[s%d]\ncaid = %04X\n", i, i + 1);
	texts.of[OSCAM_SERVICES] = buffer_slice(&text);
	texts.of[OSCAM_USER] = SLICE("[account]\nuser = friend\npwd = pass\n");
	merge_into(&m,
		SLICE("C: h 1 u p { 0:0:2, 0501:0 }\nC: i 1 u p { 0:0:2, 0502:0 }\nC: i 1 u p { 0:0:2, "
		      "0502:0 }\n"
		      "C: j 1 u p { 0:0:2, 0002:0 }\n" DENY),
		&texts, &choices);
	assert_int_equal(m.c.model.reader_count, 2);
	assert_int_equal(m.c.model.account_count, 0);
	for (uint32_t line = 2; line <= 5; line++)
		assert_int_equal(has_finding(&m, CODE_SERVICE_OVERFLOW, line), line != 4);
	assert_int_equal(fate_of(&m.c, 3), FATE_UNSUPPORTED);
	assert_int_equal(fate_of(&m.c, 5), FATE_UNSUPPORTED);
	assert_true(is_unchanged(&m, OSCAM_USER));
}

static void add_rows(struct model *model)
{
	struct row *row = list_add(&model->dvbapi);
	*row = (struct row){.kind = 'P', .caid = 0x0500, .ident = 0x032830, .has_ident = true};
	row = list_add(&model->dvbapi);
	*row = (struct row){.kind = 'I', .caid = 0x0500};
	for (uint32_t ident = 1; ident <= 4; ident++) {
		row = list_add(&model->provid);
		*row = (struct row){.caid = 0x0500, .ident = ident, .has_ident = true, .name = SLICE("ours")};
	}
	for (uint16_t sid = 1; sid <= 5; sid++) {
		row = list_add(&model->srvid2);
		*row = (struct row){.caid = 0x0500, .sid = sid, .has_sid = true, .name = SLICE("ours")};
	}
	row->ident = 0x96;
	row->has_ident = true;
}

/* Rows that are there, alone or in a list, under whatever name, are not added again. */
TEST(test_rows)
{
	struct texts texts = {{{NULL, 0}}};
	struct merge_choices numbers = {.first_group = 1};
	struct merged m FREED_BY(merged_free) = {0};

	texts.of[OSCAM_DVBAPI] = SLICE("I: 0500\r\nP: 0100");
	texts.of[OSCAM_PROVID] =
		SLICE("0500:000001|theirs\n0500@000002@3|theirs|x\nx:1|\n# 0500:000004|x\n0500|x\n");
	texts.of[OSCAM_SRVID2] = SLICE("0001:0100,0500|theirs|x\n0005:0500@000001,zz,0500@000096@000097|y|z\n"
				       "zz:0500|\nx|y\n0002:0500@zz|a|b\n");
	merge_existing(&m, &texts);
	translate_text(&m.c, SLICE(""), NULL);
	add_rows(&m.c.model);
	m.merge = merge_plan(&m.c.model, &m.c.ledger, &m.existing, &numbers);
	merge_files(&m);
	assert_true(m.c.proved);
	assert_null(m.wrong);
	assert_string_equal(merged_text(&m, OSCAM_DVBAPI), "I: 0500\r\nP: 0100\r\nP: 0500:032830\r\n");
	assert_non_null(strstr(merged_text(&m, OSCAM_PROVID), "0500|x\n0500:000004|ours\n"));
	assert_int_equal(merge_fresh(m.merge)->provid.count, 1);
	assert_int_equal(merge_fresh(m.merge)->srvid2.count, 3);
}
