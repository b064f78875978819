/* Texts of existing OSCam files made from a seed, about the same hosts, users and cards as the texts of
 * generate.h: tidy ones, hand-made ones, and broken ones. */
#ifndef CC2OSCAM_TESTS_GENERATE_OSCAM_H
#define CC2OSCAM_TESTS_GENERATE_OSCAM_H

#include "generate.h"

/* One line "key = value", with the habits of different hands. */
static inline void key_start(struct generator *g, const char *key)
{
	const char *form = DRAW(g, "%-30s= ", "%-30s= ", "%s=", "%s = ", " %s = ");

	if (form[0] == ' ')
		buffer_format(&g->text, " %s = ", key);
	else if (form[1] == '-')
		buffer_format(&g->text, "%-30s= ", key);
	else
		buffer_format(&g->text, form[2] == '=' ? "%s=" : "%s = ", key);
}

static inline void line_end(struct generator *g, const char *end)
{
	say(g, draw(g, 30) == 0 ? DRAW(g, " \n", "\r\n", "\n\n") : end);
}

static inline void key_line(struct generator *g, const char *key, const char *value, const char *end)
{
	key_start(g, key);
	say(g, value);
	line_end(g, end);
}

static inline void group_line(struct generator *g, const char *end)
{
	unsigned count = draw(g, 40) == 0 ? 60 : draw(g, 4);

	key_start(g, "group");
	for (unsigned i = 0; i < count; i++)
		buffer_format(&g->text, "%s%u", i > 0 ? "," : "", 1 + draw(g, draw(g, 4) == 0 ? 66 : 6));
	line_end(g, end);
}

static inline void header_line(struct generator *g, const char *name, const char *end)
{
	const char *form = DRAW(g, "[%s]", "[%s]", "[%s]", "[%s]", "[%s]", "[%s]", " [%s]", "[%s] # note",
		"[Reader]", "[ACCOUNT]", "[unknown]");

	for (; *form; form++) {
		if (form[0] == '%') {
			say(g, name);
			form++;
		} else {
			buffer_add(&g->text, form, 1);
		}
	}
	line_end(g, end);
}

static inline void odd_line(struct generator *g, const char *end)
{
	if (draw(g, 60) == 0) {
		say(g, "# ");
		say_many(g, 'x', 16000 + draw(g, 1000));
		say(g, " = y");
	}
	say(g, DRAW(g, "# a comment", "", "; old", "// x = y", "priority = 1", "icam = 1", "junk", "=", "\t",
		       "#user = x", "  # indented = 1", "user2"));
	line_end(g, end);
}

static inline const char *draw_name(struct generator *g)
{
	return DRAW(g, "host1.example.com", "host2.example.com", "HOST2.example.com", "192.0.2.1", "user1",
		"user2", "friend0", "friend1", "friend2", "host_3", "sci0", "sci1", "ttyS0", "dvbapi",
		"dvbapi2", "host1.example.com_12000", "host1.example.com_12001", "a,b", "x y", "my-own",
		"other", "Word");
}

static inline void device_line(struct generator *g, const char *end)
{
	key_start(g, "device");
	if (draw(g, 5) == 0) {
		say(g, DRAW(g, "/dev/sci0", "/dev/sci1", "/dev/ttyS0", "/dev/ttyUSB0", ""));
	} else {
		say_host(g);
		say(g, DRAW(g, ",12000", ",12001", ",12001", ", 12000", ",12000,5", "", ",x"));
	}
	line_end(g, end);
}

static inline void reader_line(struct generator *g, const char *end)
{
	switch (draw(g, 16)) {
	case 0:
		key_line(g, "label", draw_name(g), end);
		break;
	case 1:
		key_line(g, "protocol", DRAW(g, "cccam", "newcamd", "internal", "mouse", "CCcam", ""), end);
		break;
	case 2:
		device_line(g, end);
		break;
	case 3:
		key_start(g, "user");
		say_word(g);
		line_end(g, end);
		break;
	case 4:
		key_line(g, "cccmaxhops", DRAW(g, "1", "10", "0", "300"), end);
		break;
	case 5:
		key_line(g, "services", DRAW(g, "deny_0500", "!deny_0100,x", "allow_0500", ""), end);
		break;
	case 6:
		key_line(g, DRAW(g, "enable", "ident", "caid", "cccwantemu", "cccmindown", "ccchop", "key"),
			DRAW(g, "1", "0", "0500:032830", "0500"), end);
		break;
	case 7:
	case 8:
		group_line(g, end);
		break;
	default:
		odd_line(g, end);
	}
}

static inline void reader_section(struct generator *g, const char *end)
{
	static const char *const users[] = {"user1", "user2", "Word"};
	unsigned lines = draw(g, 6);

	header_line(g, "reader", end);
	if (draw(g, 8) > 0)
		key_line(g, "label", draw_name(g), end);
	if (draw(g, 8) > 0)
		key_line(g, "protocol",
			DRAW(g, "cccam", "cccam", "cccam", "newcamd", "newcamd525", "cccam_ext", "internal",
				"mouse", "cs357x", "radegast", "gbox", "constcw"),
			end);
	if (draw(g, 8) > 0)
		device_line(g, end);
	if (draw(g, 8) > 0)
		key_line(g, "user", users[draw(g, 3)], end);
	if (draw(g, 2))
		key_line(g, "password", DRAW(g, "user1", "user2", "secret"), end);
	if (draw(g, 3) > 0)
		group_line(g, end);
	while (lines-- > 0)
		reader_line(g, end);
}

static inline void account_line(struct generator *g, const char *end)
{
	switch (draw(g, 12)) {
	case 0:
		key_line(g, "user", draw_name(g), end);
		break;
	case 1:
		key_line(g, "pwd", DRAW(g, "user1", "user2", ""), end);
		break;
	case 2:
		key_line(g, "au", DRAW(g, "1", "sci0", "sci1,sci0", "0", "ttyS0"), end);
		break;
	case 3:
		key_line(g, "cccmaxhops", DRAW(g, "1", "10", "0", "-1"), end);
		break;
	case 4:
		key_line(g, "cccreshare", DRAW(g, "1", "-1", "0"), end);
		break;
	case 5:
		key_line(g, "services", DRAW(g, "deny_0500", "!deny_0100,x", "!deny_0500,deny_0100"), end);
		break;
	case 6:
		key_line(g, DRAW(g, "ident", "caid", "hostname", "disabled", "expdate", "uniq"),
			DRAW(g, "1", "0500", "0500:032830", "2030-01-01"), end);
		break;
	case 7:
		group_line(g, end);
		break;
	default:
		odd_line(g, end);
	}
}

static inline void account_section(struct generator *g, const char *end)
{
	unsigned lines = draw(g, 6);

	header_line(g, "account", end);
	if (draw(g, 10) > 0)
		key_line(g, "user", draw_name(g), end);
	if (draw(g, 3) > 0)
		key_line(g, "pwd", DRAW(g, "user1", "user2", "other"), end);
	if (draw(g, 4) > 0)
		group_line(g, end);
	while (lines-- > 0)
		account_line(g, end);
}

static inline void service_section(struct generator *g, const char *end)
{
	say(g, DRAW(g, "[deny_0500]", "[deny_0100]", "[Allow_0500]", "[x]", "[a b]", "[a,b]",
		       "[deny_0500_032830]", "[!no]", "[]"));
	line_end(g, end);
	if (draw(g, 4) > 0)
		key_line(g, "caid", DRAW(g, "0500", "0100", "0622", "500,0100"), end);
	if (draw(g, 3) == 0)
		key_line(g, DRAW(g, "provid", "provid", "ident"), DRAW(g, "032830", "000096", "96"), end);
	if (draw(g, 5) == 0)
		odd_line(g, end);
}

static inline void conf_section(struct generator *g, const char *end)
{
	unsigned lines = draw(g, 6);

	say(g, DRAW(g, "[global]", "[webif]", "[webif]", "[cccam]", "[cccam]", "[dvbapi]", "[newcamd]",
		       "[gbox]", "[Global]", "[monitor]", "[lb]"));
	line_end(g, end);
	while (lines-- > 0) {
		if (draw(g, 4) == 0)
			odd_line(g, end);
		else
			key_line(g,
				DRAW(g, "logfile", "port", "port", "httpport", "httpuser", "httppwd",
					"httpallowed", "httpallowed", "allowed", "enabled", "user", "boxtype",
					"hostname", "nocrypt", "preferlocalcards", "nice"),
				DRAW(g, "12000", "8888", "0", "1", "user1", "dvbapi", "192.0.2.1",
					"12000,12001", "", "127.0.0.1,192.0.2.0-192.0.2.255"),
				end);
	}
}

static inline void row_line(struct generator *g, const char *end)
{
	say(g, DRAW(g, "I: 0500", "P: 0500:032830", "0500:032830|old name", "0500@032830@000096|x",
		       "0500:0001||channel", "0500,0100@000096:0002||channel", "# comment", "", "0500|x",
		       "P: 0500:032830 5"));
	line_end(g, end);
}

/* Up to some dozen sections of one file; `form` writes one. generator_free afterwards. */
static inline struct slice generate_file(
	struct generator *g, void (*form)(struct generator *g, const char *end), unsigned most)
{
	const char *end = DRAW(g, "\n", "\n", "\n", "\r\n");
	unsigned count = draw(g, most);

	if (draw(g, 10) == 0)
		say(g, "\xef\xbb\xbf");
	if (draw(g, 4) == 0)
		odd_line(g, end);
	if (draw(g, 6) == 0)
		key_line(g, DRAW(g, "logfile", "label", "user", "preferlocalcards"), "1", end);
	for (unsigned i = 0; i < count; i++) {
		form(g, end);
		if (draw(g, 3) > 0)
			say(g, end);
	}
	if (g->text.len > 0 && draw(g, 4) == 0)
		g->text.len--; /* an unfinished last line */
	return buffer_slice(&g->text);
}

#endif
