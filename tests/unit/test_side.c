/* The parsers of the side files: entries, fates and findings. */
#include "unit.h"

#include "cc2oscam/sidefiles.h"

typedef void (*parser)(struct ledger *ledger, struct list *entries);

struct side {
	struct arena arena;
	struct source source;
	struct ledger ledger;
	struct list entries;
};

static void start(struct side *side, parser read, struct slice text)
{
	arena_init(&side->arena);
	source_from_text(&side->source, "side", text);
	ledger_init(&side->ledger, &side->arena, &side->source);
	read(&side->ledger, &side->entries);
}

/* "code@line:column code@line:column" */
static const char *findings_of(struct side *side)
{
	struct slice text = SLICE("");

	for (uint32_t i = 0; i < side->ledger.findings.count; i++) {
		const struct finding *finding = list_at(&side->ledger.findings, i);
		text = arena_format(&side->arena, "%.*s%s%s@%u:%u", SLICE_ARG(text), i ? " " : "",
			code_info(finding->code)->name, (unsigned)finding->place.line,
			(unsigned)finding->place.column);
	}
	return text.at;
}

static const char *fates_of(struct side *side)
{
	struct slice text = SLICE("");

	for (uint32_t i = 0; i < side->source.lines; i++)
		text = arena_format(&side->arena, "%.*s%s%s", SLICE_ARG(text), i ? " " : "",
			fate_name((enum fate)side->ledger.lines[i].fate));
	return text.at;
}

/* A file, its fates, its findings and its entries. */
struct verdict {
	const char *text, *fates, *findings, *entries;
};

typedef struct slice (*describer)(struct arena *arena, const void *entry);

static void check(parser read, describer tell, const struct verdict *verdicts, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct side side;
		struct slice entries = SLICE("");
		start(&side, read, slice_of(verdicts[i].text));
		for (uint32_t k = 0; k < side.entries.count; k++)
			entries = arena_format(&side.arena, "%.*s%s%.*s", SLICE_ARG(entries), k ? " " : "",
				SLICE_ARG(tell(&side.arena, list_at(&side.entries, k))));
		if (strcmp(fates_of(&side), verdicts[i].fates) != 0 ||
			strcmp(findings_of(&side), verdicts[i].findings) != 0 ||
			strcmp(entries.at, verdicts[i].entries) != 0)
			fail_msg("%s: fates %s, findings %s, entries %s", verdicts[i].text, fates_of(&side),
				findings_of(&side), entries.at);
		arena_free(&side.arena);
	}
}

#define CHECK(read, tell, verdicts) check(read, tell, verdicts, sizeof verdicts / sizeof *verdicts)

static struct slice describe_prio(struct arena *arena, const void *entry)
{
	const struct prio_item *item = entry;
	struct slice text = arena_format(arena, "%c%x", item->kind, (unsigned)item->caid);

	if (item->has_ident)
		text = arena_format(arena, "%.*s:%x", SLICE_ARG(text), (unsigned)item->ident);
	if (item->has_sid)
		text = arena_format(arena, "%.*s/%x", SLICE_ARG(text), (unsigned)item->sid);
	return text;
}

TEST(test_prio)
{
	static const struct verdict verdicts[] = {{"", "", "", ""},
		{"I: 0100\nP:0100\n", "converted converted", "", "I100 P100"},
		{"\xef\xbb\xbf# x\r\n\r\n \t\r\ni : 0100:80\r", "ignored ignored ignored converted", "",
			"I100:80"},
		{"I: 500:0\nI: 500:000000:1\t# x", "converted converted", "", "I500 I500/1"},
		{"P: 100, 500:32830 ,d96 #x", "converted", "", "P100 P500:32830 Pd96"},
		{"P: 100:80:1f, 500", "rejected", "card-unclear@1:15", ""},
		{"P: 100, 500:1:2", "adjusted", "prio-sid@1:15", "P100/2 P500:1/2"},
		{"P: 1802:0,004801,48001", "adjusted", "prio-ident@1:11", "P1802 P1802:4801 P1802:48001"},
		{"P: 1802:0:7,004801", "adjusted", "prio-ident@1:13", "P1802/7 P1802:4801/7"},
		{"P: 004801", "rejected", "bad-number@1:4", ""},
		{"P: 100,,200,", "adjusted", "extra-field@1:8 extra-field@1:13", "P100 P200"},
		{"P: x,200", "rejected", "bad-number@1:4", ""},
		{"P: 100,x,200", "rejected", "bad-number@1:8", ""},
		{"P:\nP: #x\nI", "rejected rejected rejected",
			"missing-field@1:3 missing-field@2:3 unknown-line@3:1", ""},
		{"C: 1\nPP: 1\n1:2", "rejected rejected rejected",
			"unknown-line@1:1 unknown-line@2:1 unknown-line@3:1", ""},
		{"I: 0", "rejected", "bad-number@1:4", ""},
		{"I: 1:2:3:4", "rejected", "bad-number@1:10", ""}};

	CHECK(parse_prio, describe_prio, verdicts);
}

/* Several idents behind one CAID, and one service id for all; whatever could be read in two ways is not. */
TEST(test_lists)
{
	static const struct verdict verdicts[] = {
		{"I: 0500:032830,030B00:427E", "adjusted", "prio-ident@1:16",
			"I500:32830/427e I500:30b00/427e"},
		{"P: 0500:30B00,43300:1F4B # x", "adjusted", "prio-ident@1:15",
			"P500:30b00/1f4b P500:43300/1f4b"},
		{"P: 1802:4801,4901:015F", "adjusted", "prio-ident@1:14", "P1802:4801/15f P1802:4901/15f"},
		{"P: 0100:0068,006A,0080:1234", "adjusted", "prio-ident@1:14",
			"P100:68/1234 P100:6a/1234 P100:80/1234"},
		{"I: 0D05:000000,0D95:000000:5274", "adjusted", "prio-sid@1:28", "Id05/5274 Id95/5274"},
		{"I: 0500:032830,030B00\nI: 1802:4801,4901", "adjusted adjusted",
			"prio-ident@1:16 prio-ident@2:14", "I500:32830 I500:30b00 I1802:4801 I1802:4901"},
		{"P: 0500:1:2, 0100:3:4", "adjusted", "prio-sid@1:21", "P500:1/2 P100:3/4"},
		/* the idents are written in another way, so that the next number is a CAID */
		{"P: 0500:032830, 0100:0080", "converted", "", "P500:32830 P100:80"},
		{"P: 0500:32830, 0100:0080", "converted", "", "P500:32830 P100:80"},
		{"P: 0500:7400, 0100:80, 1702:0, 0D96:000004", "converted", "",
			"P500:7400 P100:80 P1702 Pd96:4"},
		{"P: 0100:6A:1234, 1802:0401", "converted", "", "P100:6a/1234 P1802:401/1234"},
		{"P: 0500:32830, 1702", "converted", "", "P500:32830 P1702"},
		/* unclear */
		{"P: 1802:0401,0501:1234", "rejected", "card-unclear@1:14", ""},
		{"P: 1802:0401,0501,4801:1234", "rejected", "card-unclear@1:14", ""},
		{"I: 0500:32830, 1702:1234", "rejected", "card-unclear@1:16", ""},
		{"P: 0500:1, 0100:2:3, 0D96:4", "rejected", "card-unclear@1:4", ""},
		{"P: 0500:1:2, 0100:3, 0D96:4:5", "rejected", "card-unclear@1:4", ""},
		/* an I: line for whole cards names one; a service id 0 would be every channel */
		{"I: 0100, 0500\nI: 0500:032830, 0100:000080\nI: 0500:032830, 0100",
			"rejected rejected rejected", "extra-field@1:10 extra-field@2:17 extra-field@3:17",
			""},
		{"I: 0500:032830:0\nI: 0500:032830,030B00:0000\nP: 0500:032830:0",
			"rejected rejected rejected", "bad-number@1:16 bad-number@2:23 bad-number@3:16", ""},
		{"I: 0500:032830,030B00:12345\nI: 0500:032830,1234567:1", "rejected rejected",
			"bad-number@1:23 bad-number@2:16", ""},
		{"I: 0500:032830,030B00:427E:1", "rejected", "bad-number@1:16", ""}};

	CHECK(parse_prio, describe_prio, verdicts);
}

static struct slice describe_name(struct arena *arena, const void *entry)
{
	const struct side_name *name = entry;

	return arena_format(arena, "%x:%x:%x=%.*s", (unsigned)name->caid, (unsigned)name->ident,
		(unsigned)name->sid, SLICE_ARG(name->name));
}

TEST(test_providers)
{
	static const struct verdict verdicts[] = {{"", "", "", ""},
		{"# x\n01000080 \"One\" // x\n", "ignored converted", "", "100:80:0=One"},
		{"05032830\t\"One\" any words", "converted", "", "500:32830:0=One"},
		{"18310401\"One\"\n", "converted", "", "1831:401:0=One"},
		{"01000080 \"One\"\n1000080 \"Two\"\n01000080 \"One\"", "converted adjusted adjusted",
			"duplicate-name@2:10 repeated-name@3:11", "100:80:0=One"},
		{"01000080 \"One // x", "adjusted", "name-quotes@1:10", "100:80:0=One"},
		{"01000080 One # x", "adjusted", "name-quotes@1:10", "100:80:0=One"},
		{"01000080 \"\"\n01000080 \" \"", "dropped dropped", "", ""},
		{"01000080\n01000080 # x", "rejected rejected", "missing-field@1:9 missing-field@2:13", ""},
		{"00000080 \"One\"\n010000800 \"One\"\nOne", "rejected rejected rejected",
			"bad-number@1:1 bad-number@2:1 bad-number@3:1", ""}};

	CHECK(parse_providers, describe_name, verdicts);
}

TEST(test_channelinfo)
{
	static const struct verdict verdicts[] = {{"", "", "", ""},
		{"; x\n// x\n500:32830:2b1d \"One\"\t\t\n", "ignored ignored converted", "",
			"500:32830:2b1d=One"},
		{"100:0:123 \"One\" # x\n0100:000000:0123 \"Two\"\n100:0:123 \"One\"",
			"converted adjusted adjusted", "duplicate-name@2:19 repeated-name@3:12",
			"100:0:123=One"},
		{"100:0:1 \"One\n100:0:2 Two ; x\n", "adjusted adjusted", "name-quotes@1:9 name-quotes@2:9",
			"100:0:1=One 100:0:2=Two"},
		{"100:0:1 \"One\" \"x\"", "adjusted", "extra-field@1:15", "100:0:1=One"},
		{"100:0:1 \"#1\"\n100:0:2 \"a # b\"", "converted converted", "", "100:0:1=#1 100:0:2=a # b"},
		{"100:0:1 \"\"\n100:0:1", "dropped rejected", "missing-field@2:8", ""},
		{"100:0 \"One\"\n100 \"One\"", "rejected rejected", "missing-field@1:6 missing-field@2:4",
			""},
		{"0:0:1 \"x\"\n12345:0:1 \"x\"\n1:1234567:1 \"x\"\n1:2:12345 \"x\"\n1:2:3:4 \"x\"",
			"rejected rejected rejected rejected rejected",
			"bad-number@1:1 bad-number@2:1 bad-number@3:3 bad-number@4:5 bad-number@5:7", ""},
		{"500:30B00,43300:1F4B \"a\"", "adjusted", "name-idents@1:11",
			"500:30b00:1f4b=a 500:43300:1f4b=a"},
		{"1802:0401, 0501 ,0601:0531\"a\"", "adjusted", "name-idents@1:12",
			"1802:401:531=a 1802:501:531=a 1802:601:531=a"},
		{"0D05:000000,0D95:000000:5274 \"a\"", "converted", "", "d05:0:5274=a d95:0:5274=a"},
		{"0D05:0,0D95:4,0D96:0:5274 \"a\"", "converted", "",
			"d05:0:5274=a d95:4:5274=a d96:0:5274=a"},
		{"500:1,2:1234,3:1235 \"a\"", "rejected", "card-unclear@1:14", ""},
		{"0D97:000000,000004:0B60 \"a\"", "adjusted", "name-idents@1:13", "d97:0:b60=a"},
		{"500:1,2 \"a\"\n0D05,0D95:5274 \"a\"", "rejected rejected",
			"missing-field@1:8 missing-field@2:15", ""},
		{"500:1,1:2 \"a\"", "adjusted", "name-idents@1:7 repeated-name@1:12", "500:1:2=a"}};

	CHECK(parse_channelinfo, describe_name, verdicts);
}

static struct slice describe_server(struct arena *arena, const void *entry)
{
	const struct side_server *server = entry;
	const struct statement *s = &server->statement;

	if (s->fate == FATE_REJECTED)
		return SLICE("rejected");
	assert_int_equal(s->hops, 1);
	assert_int_equal(s->stealth, 0);
	assert_int_equal(s->key_bytes[0], 1);
	assert_int_equal(s->key_bytes[13], 0x14);
	return arena_format(arena, "%.*s,%u-%u,%.*s,%.*s(%.*s)", SLICE_ARG(s->host), (unsigned)s->port,
		(unsigned)server->last_port, SLICE_ARG(s->user), SLICE_ARG(s->pass), SLICE_ARG(s->note));
}

#define KEY "01 02 03 04 05 06 07 08 09 10 11 12 13 14"

/* Lines with an entry have no fate yet: it is the translation's. */
TEST(test_newcamd)
{
	static const struct verdict verdicts[] = {{"", "", "", ""},
		{"# x\nCWS_KEEPALIVE = 300\ncws_debug_port=1\n", "ignored dropped dropped", "", ""},
		{"CWS = h 1 u p " KEY "\n", "none", "", "h,1-1,u,p()"},
		{"cws=h 65535 u p 0102030405060708091011121314 # x", "none", "", "h,65535-65535,u,p()"},
		{"CWS = h 1 u p " KEY " lan s1 au", "none", "cws-words@1:57", "h,1-1,u,p(lan s1 au)"},
		{"CWS_MULTIPLE = h 1:100 u p " KEY " 2", "none", "cws-words@1:70", "h,1-100,u,p(2)"},
		{"CWS_MULTIPLE = h 7 u p " KEY, "none", "", "h,7-7,u,p()"},
		{"CWS = h 0 u p " KEY, "none", "bad-number@1:9", "rejected"},
		{"CWS = h 1:2 u p " KEY, "none", "bad-number@1:9", "rejected"},
		{"CWS_MULTIPLE = h 1:101 u p " KEY, "none", "bad-number@1:18", "rejected"},
		{"CWS_MULTIPLE = h 2:1 u p " KEY, "none", "bad-number@1:18", "rejected"},
		{"CWS_MULTIPLE = h 1: u p " KEY, "none", "bad-number@1:18", "rejected"},
		{"CWS_MULTIPLE = h 0:1 u p " KEY, "none", "bad-number@1:18", "rejected"},
		{"CWS = h 1 u p 01 02", "none", "des-key@1:15", "rejected"},
		{"CWS =\nCWS = h 1 u", "none none", "missing-field@1:6 missing-field@2:12",
			"rejected rejected"},
		{"CWS h 1\nFOO = 1\nx", "rejected rejected rejected",
			"unknown-line@1:1 unknown-line@2:1 unknown-line@3:1", ""}};

	CHECK(parse_newcamd, describe_server, verdicts);
}

/* An option may name the wrong file: nothing of a line with passwords may be in a finding. */
TEST(test_nothing_is_quoted)
{
	static const parser parsers[] = {parse_prio, parse_providers, parse_channelinfo, parse_newcamd};
	static const char text[] = "C: swordfish 12000 swordfish swordfish\nF:swordfish\nswordfish\n"
				   "P: swordfish,swordfish\n0100:swordfish\n01000080swordfish\n"
				   "CWS = h swordfish u swordfish swordfish\nWEBINFO PASSWORD : swordfish\n";

	for (size_t i = 0; i < sizeof parsers / sizeof *parsers; i++) {
		struct side side;
		start(&side, parsers[i], slice_of(text));
		assert_true(side.ledger.findings.count >= 7);
		for (uint32_t k = 0; k < side.ledger.findings.count; k++) {
			const struct finding *finding = list_at(&side.ledger.findings, k);
			assert_null(strstr(arena_copy(&side.arena, finding->message).at, "swordfish"));
		}
		arena_free(&side.arena);
	}
}

TEST(test_directives)
{
	static const char *const names[] = {"name", "I", "P", "CWS", "CWS_MULTIPLE", "setting"};
	struct side side;

	for (int i = 0; i < 6; i++)
		assert_string_equal(side_line_of((enum side_directive)i)->name, names[i]);
	start(&side, parse_prio, SLICE("I: 1\nP: 1\nX: 1"));
	assert_int_equal(side.ledger.lines[0].directive, SIDE_IGNORE + 1);
	assert_int_equal(side.ledger.lines[1].directive, SIDE_PREFER + 1);
	assert_int_equal(side.ledger.lines[2].directive, 0);
	arena_free(&side.arena);
}
