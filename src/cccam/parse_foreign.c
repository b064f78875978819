/* Lines of other programs: MultiCS, newcamd. How they are recognized is in multics.h. */
#include "parse.h"

#include "multics.h"

static void count_line(const struct reading *reading, struct counted *counted)
{
	const struct line *line = &reading->statement->line;

	if (counted->count++ == 0) {
		counted->line = line->number;
		counted->column = (uint32_t)(reading->statement->text.at - line->text.at) + 1;
	}
}

/* OSCam has one port for friends: a port of MultiCS does not become this port. */
static void say_friends_port(struct reading *reading, struct slice name, struct slice number)
{
	remark(reading, CODE_FOREIGN_LANGUAGE, number.at,
		"%.*s %.*s, the port for friends in MultiCS, is not carried over\n"
		"%s, write SERVER LISTEN PORT : %.*s",
		SLICE_ARG(name), SLICE_ARG(number),
		reading->parser->friends_ports++ == 0 ? "If friends are to reach OSCam at this port"
						      : "OSCam has one port for friends. To take this port",
		SLICE_ARG(number));
}

/* Whoever reads the result must know which ports of MultiCS OSCam does not have. */
static void say_lost_ports(struct reading *reading)
{
	struct multics_port port;
	uint64_t number;

	if (!multics_port(reading->statement->text, &port))
		return;
	for (struct scan scan = {port.ports.at, port.ports.at + port.ports.len, NULL}; !scan_ended(&scan);) {
		const char *start = scan.at;
		while (scan.at < scan.end && is_digit(*scan.at))
			scan.at++;
		struct slice word = slice_between(start, scan.at);
		if (!parse_decimal(word, PORT_MOST, &number))
			return;
		if (number > 0 && port.friends)
			say_friends_port(reading, port.name, word);
		else if (number > 0)
			remark(reading, CODE_FOREIGN_LANGUAGE, word.at,
				"%.*s %.*s, a port for other clients in MultiCS, is not carried over",
				SLICE_ARG(port.name), SLICE_ARG(word));
		scan.at = skip_blanks(scan.at, scan.end);
		if (scan.at < scan.end && (*scan.at == ',' || *scan.at == ';'))
			scan.at++;
	}
}

enum line_kind foreign_line(struct reading *reading, unsigned says)
{
	count_line(reading, &reading->parser->foreign);
	if (reading->parser->multics & says & MULTICS_LIST) /* the second one */
		says |= MULTICS_SURE;
	reading->parser->multics |= says;
	say_lost_ports(reading);
	return LINE_BAD;
}

/* A headline in brackets, a line of a list or an unknown line can be in any file. They are a profile of
 * MultiCS only together with another line of a profile. */
bool speaks_multics(const struct parser *parser)
{
	const unsigned others = MULTICS_SECTION | MULTICS_LIST;

	return (parser->multics & MULTICS_SURE) ||
	       ((parser->multics & MULTICS_KEY) && (parser->multics & others));
}

void parse_look(struct parser *parser, struct slice line)
{
	struct slice at;

	if (multics_letter(line, &at))
		parser->multics |= MULTICS_SURE;
}

bool is_newcamd(struct slice text)
{
	struct slice key = slice_trim(slice_cut(&text, '='));

	return text.at && (slice_equal_nocase(key, SLICE("CWS")) ||
				  (key.len > 4 && slice_starts_nocase(key, SLICE("CWS_"))));
}

enum line_kind newcamd_line(struct reading *reading)
{
	count_line(reading, &reading->parser->newcamd);
	set_directive(reading, directive_at(DIRECTIVE_NEWCAMD_CONF));
	return LINE_BAD;
}

/* Only the ports are quoted, for other words may be secrets. */
void reject_foreign(struct reading *reading, struct slice at)
{
	if (at.at[0] == '{')
		(void)reject(reading, CODE_FOREIGN_LANGUAGE, at.at,
			"the { } group is one of MultiCS, and means nothing in CCcam\nRemove the group%s.",
			reading->statement->directive->shape == SHAPE_C
				? ", or write limits like { 0:0:2, 0100:000080:1 } behind yes or no"
				: "");
	else
		(void)reject(reading, CODE_FOREIGN_LANGUAGE, at.at,
			"\"%s\" are several ports, as only MultiCS takes them\n"
			"Write a line for each of the ports.",
			show(at).text);
}
