/* newcamd.conf: CWS and CWS_MULTIPLE lines name servers as N lines do; what follows their key (lan or wan, a
 * label, au) is neither hops nor stealth. */
#include "parse.h"
#include "side.h"

/* How many ports of one line become readers at most: one line must not become thousands of readers. */
enum { PORTS_MOST = 100 };

struct newcamd {
	struct parser parser;
	struct list *entries;
};

static bool bad_ports(struct reading *reading, struct slice word, const char *what)
{
	return reject(reading, CODE_BAD_NUMBER, word.at,
		"%s\nWrite a port from 1 to 65535; in a CWS_MULTIPLE line the first and the last of at most "
		"%d ports, like 20000:20005.",
		what, PORTS_MOST);
}

/* "port", or of CWS_MULTIPLE "port:port". */
static bool read_port_range(struct reading *reading, struct slice word, bool several, uint16_t *last_port)
{
	struct slice second = word;
	struct slice first = slice_cut(&second, ':');
	uint64_t from = 0, to = 0;

	if (!several || !second.at) {
		first = word;
		second = word;
	}
	if (!parse_decimal(first, PORT_MOST, &from) || !parse_decimal(second, PORT_MOST, &to) || from == 0)
		return bad_ports(reading, word,
			several ? "the port is not two numbers with a colon between them, from 1 to 65535"
				: "the port is not a number from 1 to 65535");
	if (to < from || to - from >= PORTS_MOST)
		return bad_ports(reading, word, "the ports do not ascend, or are more than 100");
	reading->statement->port = (uint16_t)from;
	*last_port = (uint16_t)to;
	return true;
}

static bool read_server(struct reading *reading, bool several, uint16_t *last_port)
{
	struct statement *statement = reading->statement;
	struct slice port, rest;

	reading->form = side_line_of(several ? SIDE_CWS_MULTIPLE : SIDE_CWS)->syntax;
	if (!take_word(reading, "host", &statement->host) || is_glued(reading, statement->host) ||
		!take_word(reading, "port", &port) || !take_word(reading, "user name", &statement->user) ||
		!take_word(reading, "password", &statement->pass) ||
		!read_port_range(reading, port, several, last_port) || !read_key(reading) ||
		!key_ends(reading, 2))
		return false;
	rest = slice_trim(slice_between(reading->scan.at, reading->scan.end));
	if (rest.len > 0) {
		statement->note = before_glued(rest);
		remark(reading, CODE_CWS_WORDS, rest.at, "what stands behind the key is left out");
	}
	return true;
}

static void take_server(struct newcamd *file, const struct line *line, struct slice value, bool several)
{
	struct side_server *server = list_add(file->entries);
	struct reading reading = {.parser = &file->parser, .statement = &server->statement};

	server->statement = (struct statement){.directive = directive_at(DIRECTIVE_N),
		.line = *line,
		.text = slice_trim(line->text),
		.fate = FATE_CONVERTED,
		.hops = 1};
	reading.scan.at = value.at;
	reading.scan.end = scan_comment(value.at, value.at + value.len);
	say_strays(&reading);
	if (!read_server(&reading, several, &server->last_port))
		server->last_port = server->statement.port;
}

static void read_line(struct newcamd *file, const struct line *line, struct slice text)
{
	struct ledger *ledger = file->parser.ledger;
	struct slice value = text;
	struct slice key = slice_trim(slice_cut(&value, '='));
	bool several = slice_equal_nocase(key, SLICE("CWS_MULTIPLE"));

	if (value.at && (several || slice_equal_nocase(key, SLICE("CWS")))) {
		side_directive(ledger, line, several ? SIDE_CWS_MULTIPLE : SIDE_CWS);
		take_server(file, line, value, several);
	} else if (value.at && side_line_has(side_line_of(SIDE_SETTING), key)) {
		side_directive(ledger, line, SIDE_SETTING);
		ledger_fate(ledger, line->number, FATE_DROPPED);
	} else {
		side_find(ledger, line, text.at, CODE_UNKNOWN_LINE, FATE_REJECTED,
			"the line is no CWS line and none of the settings known beside them");
	}
}

void parse_newcamd(struct ledger *ledger, struct list *entries)
{
	struct newcamd file = {.parser = {.arena = ledger->arena, .ledger = ledger}, .entries = entries};
	struct line_walk walk = line_walk_start(ledger->source);
	struct slice text;
	struct line line;

	list_init(entries, ledger->arena, sizeof(struct side_server));
	while (line_walk_next(&walk, &line))
		if (!side_skip(ledger, &line, &text))
			read_line(&file, &line, text);
}
