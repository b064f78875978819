#include "generated.h"

#include <stdio.h>
#include <stdlib.h>

const unsigned universe_cards[UNIVERSE_CARDS][2] = {{0x0100, 0x80}, {0x0100, 0x96}, {0x0500, 0x32830},
	{0x0500, 0x50800}, {0x0d05, 0x4}, {0x1802, 0x1234}, {0x0b00, 0x0}, {0x0622, 0x1}, {0x0622, 0x2}};
const unsigned universe_sids[UNIVERSE_SIDS] = {0x1, 0x12ab, 0xfffe};
const int universe_minutes[UNIVERSE_MINUTES] = {5, 8 * 60 + 15, 12 * 60 + 35, 23 * 60 + 45};

unsigned roll(struct dice *dice, unsigned sides)
{
	dice->state += 0x9e3779b97f4a7c15U;
	uint64_t mixed = dice->state;

	mixed = (mixed ^ mixed >> 30) * 0xbf58476d1ce4e5b9U;
	mixed = (mixed ^ mixed >> 27) * 0x94d049bb133111ebU;
	return (unsigned)((mixed ^ mixed >> 31) >> 32) % sides;
}

/* One in "sides". */
static int seldom(struct dice *dice, unsigned sides)
{
	return roll(dice, sides) == 0;
}

static const unsigned *card_of(struct dice *dice)
{
	return universe_cards[roll(dice, UNIVERSE_CARDS)];
}

static const char *blank(int close)
{
	return close ? "" : " ";
}

/* Everything, a CAID, or one ident of it. */
static void generate_card(struct dice *dice, FILE *file)
{
	const unsigned *card = card_of(dice);
	unsigned form = roll(dice, 6);

	if (form == 0)
		fprintf(file, "0:0");
	else if (form == 1)
		fprintf(file, "%x:0", card[0]);
	else if (form == 2)
		fprintf(file, "%04X:%06X", card[0], card[1]);
	else
		fprintf(file, "%04x:%06x", card[0], card[1]);
}

static void generate_limits(struct dice *dice, FILE *file)
{
	static const char *const all[] = {"0:0", "0:0:0", "0:0:1", "0:0:2", "0:0:3", "0:0:9"};
	static const char *const counts[] = {"", "", ":0", ":1", ":1", ":2", ":2", ":3", ":9"};
	int close = seldom(dice, 5);
	unsigned form = roll(dice, 4), entries = 1 + roll(dice, 5);
	unsigned common = roll(dice, 9);

	fprintf(file, "{%s", blank(close));
	if (form < 2)
		fprintf(file, "%s%s", all[form == 0 ? 0 : roll(dice, 6)], blank(close));
	for (unsigned i = 0; i < entries; i++) {
		fprintf(file, "%s%s", i > 0 || form < 2 ? "," : "", blank(close));
		generate_card(dice, file);
		fprintf(file, "%s", counts[seldom(dice, 2) ? common : roll(dice, 9)]);
	}
	fprintf(file, "%s}", blank(close));
}

static void generate_channels(struct dice *dice, FILE *file)
{
	unsigned entries = roll(dice, 3);

	fprintf(file, " {");
	for (unsigned i = 0; i < entries; i++) {
		const unsigned *card = card_of(dice);

		fprintf(file, "%s %04x:%06x:%x", i ? "," : "", card[0], seldom(dice, 4) ? 0 : card[1],
			universe_sids[roll(dice, UNIVERSE_SIDS)]);
	}
	fprintf(file, " }");
}

static void generate_hours(struct dice *dice, FILE *file)
{
	static const char *const hours[] = {
		"08:00-12:00", "23:00-01:00", "00:00-24:00", "12:30-23:50", "00:00-08:20", "20:00-06:00"};
	unsigned entries = roll(dice, 3);

	fprintf(file, " {");
	for (unsigned i = 0; i < entries; i++)
		fprintf(file, "%s %s", i ? "," : "", hours[roll(dice, 6)]);
	fprintf(file, " }");
}

static void generate_friend(struct dice *dice, FILE *file)
{
	static const int uphops[] = {0, 1, 1, 2, 2, 3, 5, 10, 12};
	unsigned form = roll(dice, 8);

	fprintf(file, "F: u%u friendpass", 1 + roll(dice, 6));
	if (form > 0)
		fprintf(file, " %d", uphops[roll(dice, 9)]);
	if (form > 1)
		fprintf(file, " %u %u ", roll(dice, 2), roll(dice, 2));
	if (form > 2 && seldom(dice, 6))
		fprintf(file, "{ }");
	else if (form > 2)
		generate_limits(dice, file);
	if (form > 4)
		generate_channels(dice, file);
	if (form > 5)
		generate_hours(dice, file);
	fprintf(file, "\n");
}

static void generate_server(struct dice *dice, FILE *file, unsigned host)
{
	static const char kinds[] = "CCCCNNLR";
	char kind = kinds[roll(dice, 8)];
	const unsigned *card = card_of(dice);

	fprintf(file, "%c: host%u.example.com 12000", kind, host);
	if (kind != 'R')
		fprintf(file, " anna wordone");
	if (kind == 'C' && !seldom(dice, 4)) {
		fprintf(file, " no ");
		generate_limits(dice, file);
	}
	if (kind == 'N')
		fprintf(file, " 01 02 03 04 05 06 07 08 09 10 11 12 13 14");
	if (kind == 'L' || kind == 'R')
		fprintf(file, " %04x %06x", card[0], seldom(dice, 4) ? 0 : card[1]);
	if (kind != 'C' && !seldom(dice, 3))
		fprintf(file, " %u", seldom(dice, 6) ? 256 : roll(dice, 5));
	fprintf(file, "\n");
}

void generate_cccam(struct dice *dice, const char *path)
{
	FILE *file = fopen(path, "w");
	unsigned hosts = roll(dice, 5), friends = 1 + roll(dice, 4);

	if (!file)
		abort();
	if (seldom(dice, 2))
		fprintf(file, "SERIAL READER : /dev/ttyUSB0 mouse\n");
	for (unsigned i = 0; i < hosts; i++)
		generate_server(dice, file, i + 1);
	for (unsigned i = 0; i < friends; i++)
		generate_friend(dice, file);
	if (seldom(dice, 4)) {
		fprintf(file, "GLOBAL LIMITS : ");
		generate_limits(dice, file);
		fprintf(file, "\n");
	}
	if (seldom(dice, 6))
		fprintf(file, "MINIMUM DOWNHOPS : 1\n");
	if (seldom(dice, 6))
		fprintf(file, "DISABLE EMM : yes\n");
	fprintf(file, "SERVER LISTEN PORT : 12000\n");
	fclose(file);
}

static FILE *file_in(const char *folder, const char *name)
{
	char path[4096];

	snprintf(path, sizeof path, "%s/%s", folder, name);
	FILE *file = fopen(path, "w");

	if (!file)
		abort();
	return file;
}

static void generate_groups(struct dice *dice, FILE *file)
{
	unsigned groups = 1 + roll(dice, 7); /* three bits */
	const char *comma = "";

	fprintf(file, "group = ");
	for (unsigned i = 0; i < 3; i++)
		if (groups >> i & 1) {
			fprintf(file, "%s%u", comma, i + 1);
			comma = ",";
		}
	fprintf(file, "\n");
}

static void generate_filters(struct dice *dice, FILE *file)
{
	static const char *const services[] = {"news", "!news", "sport", "!sport", "news,!sport", "!gone"};
	const unsigned *card = card_of(dice);
	unsigned form = roll(dice, 8);

	if (form == 0)
		fprintf(file, "caid = %04X,0500\n", card[0]);
	if (form == 1)
		fprintf(file, "ident = %04X:%06X;0500:050800\n", card[0], card[1]);
	if (form == 2 || form == 3)
		fprintf(file, "services = %s\n", services[roll(dice, 6)]);
}

static void generate_reader(struct dice *dice, FILE *file, unsigned number)
{
	static const char *const protocols[] = {"cccam", "cccam", "newcamd", "cs357x", "mouse"};
	const char *protocol = protocols[roll(dice, 5)];

	fprintf(file, "[reader]\nlabel = %s%u\nprotocol = %s\n", seldom(dice, 3) ? "host" : "mine", number,
		protocol);
	if (protocol[0] == 'm')
		fprintf(file, "device = /dev/ttyUSB%u\n", roll(dice, 2));
	else
		fprintf(file, "device = %s%u.example.com,12000\nuser = anna\npassword = wordone\n",
			seldom(dice, 4) ? "own" : "host", 1 + roll(dice, 5));
	if (protocol[0] == 'n')
		fprintf(file, "key = 0102030405060708091011121314\n");
	if (seldom(dice, 8))
		fprintf(file, "enable = 0\n");
	if (protocol[0] == 'c' && protocol[1] == 'c' && seldom(dice, 3))
		fprintf(file, "cccmaxhops = %u\n", roll(dice, 4));
	if (protocol[0] != 'c' && seldom(dice, 3))
		fprintf(file, "ccchop = %u\n", roll(dice, 4));
	generate_filters(dice, file);
	generate_groups(dice, file);
	fprintf(file, "\n");
}

static void generate_account(struct dice *dice, FILE *file, const char *kind, unsigned number)
{
	fprintf(file, "[account]\nuser = %s%u\npwd = friendpass\n", kind, number);
	if (seldom(dice, 3))
		fprintf(file, "cccmaxhops = %u\n", roll(dice, 4));
	if (seldom(dice, 3))
		fprintf(file, "cccreshare = %u\n", roll(dice, 3));
	if (seldom(dice, 4))
		fprintf(file, "allowedtimeframe = ALL@08:00-12:00,20:00-24:00\n");
	if (seldom(dice, 10))
		fprintf(file, "disabled = 1\n");
	generate_filters(dice, file);
	generate_groups(dice, file);
	fprintf(file, "\n");
}

/* The receiver's own tuner: an account of its own, a person's, or none. */
static void generate_tuner(struct dice *dice, FILE *conf, FILE *users)
{
	unsigned form = roll(dice, 4);

	if (form < 2) {
		fprintf(conf, "[dvbapi]\nenabled = 1\nuser = dvbapi\n\n");
		fprintf(users, "[account]\nuser = dvbapi\nallowedprotocols = dvbapi\n");
		generate_groups(dice, users);
		fprintf(users, "\n");
	} else if (form == 2) {
		fprintf(conf, "[dvbapi]\nenabled = 1\nuser = o1\n\n");
	}
}

void generate_oscam(struct dice *dice, const char *folder)
{
	FILE *conf = file_in(folder, "oscam.conf"), *users = file_in(folder, "oscam.user");
	FILE *servers = file_in(folder, "oscam.server"), *services = file_in(folder, "oscam.services");
	unsigned count = 1 + roll(dice, 4);

	fprintf(conf, "[cccam]\nport = 12000\nreshare = %u\n\n", 1 + roll(dice, 10));
	fprintf(services,
		"[news]\ncaid = 0500,0100\nsrvid = 0001,12AB\n\n[sport]\ncaid = 0622\nprovid = 000001\n");
	for (unsigned i = 0; i < count; i++)
		generate_reader(dice, servers, i + 1);
	for (unsigned i = 1; i < 7; i++)
		if (seldom(dice, 3))
			generate_account(dice, users, "u", i);
	generate_account(dice, users, "o", 1);
	if (seldom(dice, 2))
		generate_account(dice, users, "o", 2);
	generate_tuner(dice, conf, users);
	fclose(conf);
	fclose(users);
	fclose(servers);
	fclose(services);
}
