/* What check says of the ports that OSCam listens on. */
#include "check_help.h"

#define LOGIN "httpuser = u\nhttppwd = p\n"

TEST(test_ports)
{
	static const struct text_case rows[] = {
		{OSCAM_CONF, "[cccam]\nport = 12000,12001\n", ""},
		{OSCAM_CONF, "[cccam]\nport = 0\n", ""},
		{OSCAM_CONF, "[cccam]\nport = 70000,x,443\n",
			"2:8 port-range\n2:14 port-range\n2:16 port-privileged"},
		{OSCAM_CONF, "[cs357x]\nport = 99999\n", "2:8 port-range"},
		{OSCAM_CONF, "[monitor]\nport = 80\n", "2:8 port-privileged"},
		{OSCAM_CONF, "[webif]\nhttpport = +8443\nhttpallowed = 127.0.0.1\n" LOGIN, ""},
		{OSCAM_CONF, "[webif]\nhttpport = x\nhttpallowed = 127.0.0.1\n" LOGIN, "2:12 port-range"},
		{OSCAM_CONF, "[global]\nsyslogport = 514\n", ""},
		{OSCAM_CONF,
			"[webif]\nhttpport = 12000\nhttpallowed = 127.0.0.1\n" LOGIN
			"[cccam]\nport = 12000\n",
			"7:8 port-conflict"},
		{OSCAM_CONF,
			"[webif]\nhttpport = 12000\nhttpallowed = 127.0.0.1\nserverip = 192.0.2.1\n" LOGIN
			"[cccam]\nport = 12000\nserverip = 192.0.2.2\n",
			""},
		{OSCAM_CONF, "[cs357x]\nport = 12000\n[cccam]\nport = 12000,12000\n", "4:14 port-conflict"},
		{OSCAM_CONF, "[streamrelay]\nstream_relay_port = 12000\n[cccam]\nport = 12000\n", ""},
		{OSCAM_CONF,
			"[streamrelay]\nstream_relay_port = 12000\nstream_relay_enabled = 1\n[cccam]\nport = "
			"12000\n",
			"2:21 port-conflict"},
		{OSCAM_CONF,
			"[radegast]\nport = 17999\nallowed = 192.0.2.1\n[streamrelay]\nstream_relay_port = "
			"17999\nstream_relay_enabled = 1\n",
			"2:8 port-conflict"},
		{OSCAM_CONF,
			"[radegast]\nport = 17999\nallowed = 192.0.2.1\n[streamrelay]\nstream_relay_enabled "
			"= 1\n",
			"2:8 port-conflict"},
		{OSCAM_CONF,
			"[radegast]\nport = 17999\nallowed = 192.0.2.1\n[streamrelay]\nstream_source_port = "
			"17999\n",
			""},
	};

	CHECK_TEXTS(rows);
}

#define KEY_28 "{0102030405060708091011121314}"

/* Every listener beside one of its own kind, and beside one of the other. */
TEST(test_listeners)
{
	static const struct {
		const char *lines;
		bool udp;
	} listeners[] = {
		{"[monitor]\nport = 15000\n", true},
		{"[cache]\ncsp_port = 15000\n", true},
		{"[cs357x]\nport = 15000\n", true},
		{"[pandora]\npand_port = 15000\n", true},
		{"[gbox]\nport = 15000\n", true},
		{"[webif]\nhttpport = 15000\nhttpallowed = 127.0.0.1\n" LOGIN, false},
		{"[camd33]\nport = 15000\n", false},
		{"[cs378x]\nport = 15000\n", false},
		{"[newcamd]\nport = 15000@0500:030B00\n", false},
		{"[cccam]\nport = 15000\n", false},
		{"[scam]\nport = 15000\n", false},
		{"[streamrelay]\nstream_relay_port = 15000\nstream_relay_enabled = 1\n", false},
		{"[radegast]\nport = 15000\nallowed = 192.0.2.1\n", false},
		{"[dvbapi]\nlisten_port = 15000\n", false},
	};
	enum { COUNT = sizeof listeners / sizeof *listeners };

	for (int i = 0; i < COUNT; i++)
		for (int k = i + 1; k < COUNT; k++) {
			struct checked c;
			checked_start(&c);
			checked_add(&c, OSCAM_CONF,
				arena_format(&c.arena, "%s%s", listeners[i].lines, listeners[k].lines));
			check_run(&c.set);
			bool said = strstr(findings_text(&c, OSCAM_CONF), "port-conflict") != NULL;
			if (said != (listeners[i].udp == listeners[k].udp))
				fail_msg("%s%s", listeners[i].lines, listeners[k].lines);
			checked_free(&c);
		}
}

TEST(test_port_tables)
{
	static const struct line_case newcamd[] = {
		{"port = 15000@0500:030B00;15001" KEY_28 "@1800:000000", ""},
		{"port = 15000", "8 port-table"},
		{"port = 150000", "8 port-table"},
		{"port = 15000,15001", "8 port-table"},
		{"port = 15000;15001", "8 port-table\n14 port-table"},
		{"port = 15000@0500:030B00;1800:000000", ""},
		{"port = 15000@0500:030B00;1800:000000;15001@0500:1", "38 port-table"},
		{"port = 15000@0500:030B00" KEY_28, "8 port-table"},
		{"port = 15000{0102}@0500:030B00", "14 key-digits"},
		{"port = 15000@0500", "8 port-table"},
		{"port = 99999@0500:1", "8 port-range"},
		{"port = 80@0500:000001", "8 port-privileged"},
		{"port = 15000@;15001@0000;15002@500:1", "8 respelled"},
		{"port = 15000@0000:000000;15001@0000:015050", ""},
		{"port = 0500:032830", "8 port-table"},
	};
	static const struct line_case camd35[] = {
		{"port = 15000;15001@0500:000001", ""},
		{"port = 15000@", "8 respelled"},
		{"port = 15000,15001", "8 port-range"},
	};

	CHECK_LINES(OSCAM_CONF, "[newcamd]\n", newcamd);
	CHECK_LINES(OSCAM_CONF, "[cs378x]\n", camd35);
}

/* "port = ", the start, and `count` items: in each, # stands for a number of five digits. */
static void check_many(
	const char *section, const char *start, const char *item, unsigned count, const char *findings)
{
	struct buffer line FREED_BY(buffer_free) = {0};

	buffer_format(&line, "port = %s", start);
	for (unsigned i = 0; i < count; i++)
		for (const char *at = item; *at; at++)
			if (*at == '#')
				buffer_format(&line, "%u", 10000 + i);
			else
				buffer_add(&line, at, 1);
	buffer_add(&line, "", 1);
	check_line(OSCAM_CONF, section, &(struct line_case){line.at, findings});
}

TEST(test_many_ports)
{
	static const char newcamd[] = "[newcamd]\n", cccam[] = "[cccam]\n";

	check_many(newcamd, "", "#@0500:1;", 32, "8 respelled");
	check_many(newcamd, "", "#@0500:1;", 34, "424 port-table"); /* said once */
	check_many(newcamd, "15000@0500:1", ";0600:#", 15, "8 respelled");
	check_many(newcamd, "15000@0500:1", ";0600:#", 17, "186 port-table");
	check_many(newcamd, "15000@0500:", "#,", 32, "8 respelled");
	check_many(newcamd, "15000@0500:", "#,", 34, "211 port-table");
	check_many(newcamd, "15000@0500:1;0600:", "#,", 33, "218 port-table");
	check_many("[cs378x]\n", "", "#;", 33, "200 port-table");
	check_many("[cs378x]\n", "15000@0500:", "#,", 33, "211 port-table");
	check_many(cccam, "", "#,", 32, "");
	check_many(cccam, "0,,", "#,", 32, "");
	check_many(cccam, "", "#,", 34, "200 port-table");
	check_many("[gbox]\n", "", "#,", 33, "200 port-table");
}
