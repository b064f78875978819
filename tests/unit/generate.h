/* Texts of a CCcam.cfg made from a seed: good lines, odd ones and broken ones. The same seed gives the same
 * text everywhere. */
#ifndef CC2OSCAM_TESTS_GENERATE_H
#define CC2OSCAM_TESTS_GENERATE_H

#include "cc2oscam/text.h"

struct generator {
	uint64_t state;
	struct buffer text;
	unsigned number; /* of the next host or user that no other line has */
};

static inline struct generator generator_start(uint64_t seed)
{
	return (struct generator){.state = seed * 0x9e3779b97f4a7c15u + 1};
}

/* 0 .. below - 1 */
static inline unsigned draw(struct generator *g, unsigned below)
{
	g->state = g->state * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)((g->state >> 33) % below);
}

static inline const char *draw_word(struct generator *g, const char *const *words, unsigned count)
{
	return words[draw(g, count)];
}

#define DRAW(g, ...)                                                                                         \
	draw_word((g), (const char *const[]){__VA_ARGS__},                                                   \
		sizeof((const char *const[]){__VA_ARGS__}) / sizeof(const char *))

static inline void say(struct generator *g, const char *text)
{
	buffer_add(&g->text, text, strlen(text));
}

static inline void say_many(struct generator *g, char c, unsigned count)
{
	while (count-- > 0)
		buffer_add(&g->text, &c, 1);
}

static inline void say_word(struct generator *g)
{
	if (draw(g, 40) == 0)
		say_many(g, 'w', 18 + draw(g, 120));
	else
		say(g, DRAW(g, "user1", "user2", "Word", "a#b", "x=y", "[z]", "p\xc3\xa4ss", "\xff\xfe", "1",
			       "dvbapi", "long-name-that-goes-on", "long-name-that-goes-off", "\\", "$%&!",
			       "a,b", "{", "}"));
}

static inline void say_host(struct generator *g)
{
	if (draw(g, 40) == 0)
		say_many(g, 'h', 50 + draw(g, 100));
	else
		say(g, DRAW(g, "host1.example.com", "host2.example.com", "HOST2.example.com", "192.0.2.1",
			       "h\xc3\xb6st", "#host", "a,b", "user1", "host_3", "host*3", "::1", "[h]",
			       "h=1"));
}

/* One entry of { caid:ident[:n] }. */
static inline void say_limit(struct generator *g)
{
	buffer_format(&g->text, "%s:%s", DRAW(g, "0", "100", "0500", "0622", "500", "0D96"),
		DRAW(g, "0", "0", "000000", "032830", "96", "1", "ffffff"));
	say(g, DRAW(g, "", "", ":0", ":1", ":2", ":2", ":9", ":11", ":128", ":129", ":2147483647"));
}

static inline void say_group(struct generator *g, void (*entry)(struct generator *))
{
	unsigned count = draw(g, 6) == 0 ? draw(g, 90) : draw(g, 5);

	say(g, " { ");
	for (unsigned i = 0; i < count; i++) {
		say(g, i > 0 ? ", " : "");
		entry(g);
	}
	say(g, " }");
}

static inline void say_limit_group(struct generator *g)
{
	say_group(g, say_limit);
}

static inline void say_channel(struct generator *g)
{
	buffer_format(&g->text, "%s:%s:%X", DRAW(g, "0", "0500", "0100"), DRAW(g, "0", "032830", "96"),
		draw(g, 40));
}

static inline void say_window(struct generator *g)
{
	unsigned from = draw(g, 1440), to = draw(g, 1441);

	if (draw(g, 20) == 0)
		say(g, DRAW(g, "8-24:00", "23:00-0:00", "0-24", "00:00-00:00"));
	else
		buffer_format(&g->text, "%02u:%02u-%02u:%02u", from / 60, from % 60, to / 60, to % 60);
}

static inline void say_port(struct generator *g)
{
	say(g, DRAW(g, "12000", "12001", "1", "65535", "8888", "0012", "0", "65536", "x"));
}

static inline void line_c(struct generator *g)
{
	say(g, DRAW(g, "C: ", "C: ", "C: ", "C: ", "c: ", "C:", " C: ", "C : "));
	say_host(g);
	say(g, DRAW(g, " ", "\t", "  "));
	say_port(g);
	say(g, " ");
	say_word(g);
	say(g, " ");
	say_word(g);
	say(g, DRAW(g, "", "", " yes", " no", " 2"));
	if (draw(g, 2))
		say_limit_group(g);
}

static inline void line_n(struct generator *g)
{
	say(g, "N: ");
	say_host(g);
	say(g, " ");
	say_port(g);
	say(g, " ");
	say_word(g);
	say(g, " ");
	say_word(g);
	say(g, DRAW(g, " 0102030405060708091011121314", " 01 02 03 04 05 06 07 08 09 10 11 12 13 14",
		       " 0000000000000000000000000000", " 01 02", " aBcDeF0405060708091011121314"));
	if (draw(g, 2))
		buffer_format(&g->text, " %u%s", draw(g, 300), DRAW(g, "", " 0", " 1", " lan"));
}

static inline void line_f(struct generator *g)
{
	say(g, DRAW(g, "F: ", "F: ", "F: ", "F: ", "F:", "f: "));
	if (draw(g, 2))
		buffer_format(&g->text, "friend%u", g->number++);
	else
		say_word(g);
	say(g, " ");
	say_word(g);
	if (draw(g, 4))
		buffer_format(&g->text, " %s %u %u", DRAW(g, "0", "1", "2", "5", "10", "100", "2147483647"),
			draw(g, 2), draw(g, 2));
	if (draw(g, 2))
		say_limit_group(g);
	if (draw(g, 3) == 0)
		say_group(g, say_channel);
	if (draw(g, 3) == 0)
		say_group(g, say_window);
	if (draw(g, 6) == 0) {
		say(g, " ");
		say_host(g);
	}
}

static inline void line_option(struct generator *g)
{
	say(g, DRAW(g, "SERVER LISTEN PORT : 12000", "SERVER LISTEN PORT : 8888", "SERVER LISTEN PORT : 0",
		       "WEBINFO LISTEN PORT : 16001", "WEBINFO LISTEN PORT: 12000",
		       "WEBINFO USERNAME : admin", "WEBINFO PASSWORD : word", "ALLOW WEBINFO : no",
		       "ALLOW TELNETINFO : yes", "DEBUG :", "TELNETINFO LISTEN PORT : 16000",
		       "DISABLE EMM : yes", "EXTRA EMM LEVEL : yes", "DVB API : -1", "MINIMUM DOWNHOPS : 1",
		       "MINIMUM DOWNHOPS : 127", "MINIMUM DOWNHOPS : 128", "GLOBAL EMM : 2",
		       "MINIMUM DOWNHOPS : 2147483647", "zap osd time :0", "IGNORE NODE : 0123456789abcdef",
		       "SERIAL READER : /dev/ttyS0 phoenix", "BOXKEY : /dev/sci0 01 02 03 04",
		       "SCIDEVICES : 2", "LOADBALANCE : /dev/sci0 /dev/sci1 { 1, 2 }",
		       "WEBINFO LISTEN PORT : 0"));
	if (draw(g, 8) == 0) {
		say(g, "\nGLOBAL LIMITS :");
		say_limit_group(g);
	}
	if (draw(g, 30) == 0) {
		say(g, "\nWEBINFO PASSWORD : ");
		say_many(g, 'p', 16200 + draw(g, 400));
	}
}

static inline void line_other(struct generator *g)
{
	say(g, DRAW(g, "", "   ", "# comment", "#C: host1.example.com 1 a b", "#F: friend secret 1 0 0",
		       "#!C: host9.example.com 1 a b", "#FC: host8.example.com 1 a b", "# F: u p { 0:0",
		       "#N: h 1 u p 0102030405060708091011121314 # 0500:1",
		       "L: host3.example.com 2 u p 0100 000080", "R: host4.example.com 3 0100 000080 2",
		       "G: AABBCCDD h 8000 11223344 i 8000", "B: /dev/sci0 04",
		       "B: /dev/sci0 00 B: /dev/sci1 01", "X: 0100 000080", "CACHE PORT: 9000", "[global]",
		       "C:", "F: a", "hello world", "C: h \\", "N: h x \\", "\x01\x02", "C: h 1 u p\x7f",
		       "F: u \x1bp", "==", "C: h 1"));
}

static inline void generate_line(struct generator *g)
{
	static void (*const lines[])(struct generator *) = {line_c, line_n, line_f, line_option, line_other};

	lines[draw(g, sizeof lines / sizeof *lines)](g);
	if (draw(g, 5) == 0)
		say(g, DRAW(g, " # note", " #", " # n\xc3\xb6te \x01", " extra", " # [reader]", " # a = b",
			       " # 0500:032830,96", " # 1800:0", " #13-05-2011", " # 2030-02-31",
			       " # 31/12/99"));
	say(g, DRAW(g, "\n", "\n", "\n", "\n", "\n", "\r\n", "\r"));
}

/* A text of up to 40 lines; generator_free afterwards. */
static inline struct slice generate_text(struct generator *g)
{
	unsigned lines = draw(g, 40);

	if (draw(g, 10) == 0)
		say(g, "\xef\xbb\xbf");
	for (unsigned i = 0; i < lines; i++)
		generate_line(g);
	return buffer_slice(&g->text);
}

static inline void generator_free(struct generator *g)
{
	buffer_free(&g->text);
}

#endif
