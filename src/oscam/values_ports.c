/* OSCam's functions for the ports that it listens on: lists, and the tables of [newcamd] and [cs378x] with
 * the cards that each port gives out. What they make of a table that is not written as they want it is mostly
 * no port at all. Keys are never quoted, and neither is what stands where a key may stand. */
#include "cc2oscam/protocols.h"
#include "values.h"

enum { ITEMS_MAX = 32, FILTERS_MAX = 16, KEY_DIGITS = 28, BARE_MAX = 5 };

static void lose_port(struct intake *in, struct slice text, const char *does)
{
	lose(in, LOSS_PORT, text, NULL, "\"%.*s\" is no port from 1 to 65535%s",
		SLICE_ARG(shown_part(in, text)), does);
}

/* ---- lists ---- */

static void compare_port(struct intake *in, struct slice text, unsigned port)
{
	uint64_t number;

	if (!in->losses || (parse_decimal(text, UINT32_MAX, &number) && number <= PORT_MOST))
		return;
	lose_port(in, text,
		port == 0 ? ", and OSCam opens none" : arena_format(in->arena, "; OSCam opens %u", port).at);
}

/* 16 bits are kept of each; a zero opens nothing. */
struct slice read_ports(struct slice raw, struct intake *in)
{
	struct slice item;
	struct buffer out = {.arena = in->arena};
	unsigned count = 0;

	while (next_item(&raw, ',', &item)) {
		unsigned port = port_kept(number_prefix(item));

		if (item.len > 0)
			compare_port(in, item, port);
		if (port == 0)
			continue;
		if (++count == PORTS_MAX + 1) {
			lose(in, LOSS_FORM, item, "Write at most 32 ports.",
				"OSCam opens %d ports, and none from here on", PORTS_MAX);
			break;
		}
		out_separate(&out, ',');
		buffer_format(&out, "%u", port);
	}
	return buffer_slice(&out);
}

/* ---- tables ---- */

struct entry_of_table {
	struct slice text, port, key, filter; /* key, filter: at is NULL when there is none */
};

/* The next entry that is not empty; empty ones do not count. */
static bool next_entry(struct slice *rest, struct entry_of_table *entry)
{
	do {
		if (!next_item(rest, ';', &entry->text))
			return false;
	} while (entry->text.len == 0);
	entry->filter = entry->text;
	struct slice head = slice_cut(&entry->filter, '@');
	entry->key = head;
	entry->port = oscam_trim(slice_cut(&entry->key, '{'));
	if (entry->key.at)
		entry->key = slice_cut(&entry->key, '}');
	return true;
}

bool next_port_of_table(struct slice *rest, struct slice *port)
{
	struct entry_of_table entry;

	while (next_entry(rest, &entry)) {
		*port = entry.port;
		if (entry.filter.at || !has_any(entry.port, ":"))
			return true;
	}
	return false;
}

static void lose_entry(struct intake *in, const struct entry_of_table *entry, const char *what)
{
	lose(in, LOSS_FORM, entry->text, NULL, "%.*s: %s", SLICE_ARG(shown_part(in, entry->port)), what);
}

static unsigned hex_or(struct slice text, unsigned digits, unsigned wrong)
{
	uint32_t number = 0;

	return text.len == 0 || hex_tail(text, digits, &number) ? (unsigned)number : wrong;
}

static bool next_full_item(struct slice *list, struct slice *item)
{
	while (next_item(list, ',', item))
		if (item->len > 0)
			return true;
	return false;
}

/* CAID:PROV,PROV behind `c`; no more of one with another CAID in it. Without a CAID in front the first number
 * is a provider, and filters nothing until OSCam reads again what it has saved. */
static bool write_filter(struct buffer *out, struct slice list, char c, struct intake *in)
{
	struct slice item, first = list;
	int count = 0;

	(void)slice_cut(&first, ':');
	for (; next_full_item(&list, &item); count++) {
		struct slice provider = item, caid = slice_cut(&provider, ':');
		if (count == PROVIDERS_MAX) {
			lose(in, LOSS_FORM, item, NULL,
				"OSCam keeps %d providers of a CAID, and none from here on", PROVIDERS_MAX);
			break;
		}
		if (count > 0 && provider.at) {
			lose(in, LOSS_FORM, item, "Write one CAID for each port.",
				"OSCam takes one CAID behind a port, and drops this one");
			break;
		}
		if (!provider.at)
			provider = item;
		if (count == 0)
			buffer_format(out, "%c%04X:", c,
				first.at ? hex_or(oscam_trim(caid), CAID_DIGITS, CAID_WRONG) : 0u);
		buffer_format(out, "%s%06X", count ? "," : "",
			hex_or(oscam_trim(provider), IDENT_DIGITS, PROVIDER_WRONG));
	}
	return count > 0;
}

static bool is_hex_filter(struct slice list)
{
	struct slice item, caid = slice_cut(&list, ':');
	uint32_t unused;

	if (!list.at || !parse_hex(oscam_trim(caid), CAID_DIGITS, &unused))
		return false;
	while (next_full_item(&list, &item))
		if (!has_any(item, ":") && !parse_hex(item, IDENT_DIGITS, &unused))
			return false;
	return true;
}

/* What OSCam makes of the filter of a port, where that is not what stands there. */
static void compare_filter(struct intake *in, const struct entry_of_table *entry)
{
	struct slice filter = oscam_trim(entry->filter);
	uint32_t number;

	if (memchr(filter.at, '{', filter.len))
		lose_entry(in, entry,
			"the key stands behind the filter, and spoils it; it belongs directly behind the "
			"port");
	else if (filter.len == 0 || (parse_hex(filter, CAID_DIGITS, &number) && number == 0))
		return; /* no filter */
	else if (!has_any(filter, ":"))
		lose_entry(in, entry, "the filter has no CAID:PROVIDER, and filters nothing");
	else if (!is_hex_filter(filter))
		lose_entry(in, entry, "the filter is not CAID:PROVIDER, and OSCam reads it as 1F1F1F");
}

static bool write_port(struct buffer *out, struct slice text)
{
	int64_t port = number_prefix(text);

	if (port <= 0 || port > INT32_MAX)
		return false;
	out_separate(out, ';');
	buffer_format(out, "%ld", (long)port);
	return true;
}

static void compare_table_port(struct intake *in, const struct entry_of_table *entry)
{
	uint64_t number;

	if (!parse_decimal(entry->port, PORT_MOST, &number) || number == 0)
		lose_port(in, entry->port, "");
	if (entry->filter.at)
		compare_filter(in, entry);
}

/* The key of a port of its own: `{` and 28 hex digits directly behind the number. */
static void write_key(struct buffer *out, const struct entry_of_table *entry, struct intake *in)
{
	struct slice digits = entry->key;

	if (!digits.at)
		return;
	digits.len = digits.len > KEY_DIGITS ? KEY_DIGITS : digits.len;
	digits = digits.len == KEY_DIGITS ? hex_word(digits, out->arena) : SLICE("");
	if (digits.len > 0)
		buffer_format(out, "{%.*s}", SLICE_ARG(digits));
	if (digits.len == 0 || entry->key.len != KEY_DIGITS)
		lose(in, LOSS_DIGITS, entry->key, NULL, "the key of port %.*s has not 28 hexadecimal digits",
			SLICE_ARG(shown_part(in, entry->port)));
}

/* True: OSCam has no room for this entry, and the rest. */
static bool is_full(struct intake *in, const struct entry_of_table *entry, int count)
{
	if (count == ITEMS_MAX + 1)
		lose(in, LOSS_FORM, entry->text, NULL,
			"OSCam takes %d parts of this table, and none from here on", ITEMS_MAX);
	return count > ITEMS_MAX;
}

/* The table of [newcamd] under way. */
struct newcamd_table {
	struct intake *in;
	struct buffer out;
	int entries, filters; /* filters: of the port at hand */
	bool shut;            /* an entry without @ has been there: no port behind it is opened */
};

/* More CAIDs of the port in front. */
static void take_caid(struct newcamd_table *table, const struct entry_of_table *entry)
{
	if (table->out.len == 0)
		lose_entry(table->in, entry, "no port stands before this CAID, and OSCam opens none");
	else if (table->filters == FILTERS_MAX)
		lose(table->in, LOSS_FORM, entry->text, NULL,
			"OSCam keeps %d CAIDs of a port, and none from here on", FILTERS_MAX);
	if (table->out.len > 0 && table->filters < FILTERS_MAX)
		(void)write_filter(&table->out, entry->text, ';', table->in);
	table->filters++;
}

static void take_port(struct newcamd_table *table, const struct entry_of_table *entry)
{
	compare_table_port(table->in, entry);
	if (table->shut) {
		lose_entry(table->in, entry,
			"OSCam never opens it, for an entry without a port or filter stands in front of it");
		return;
	}
	if (!write_port(&table->out, entry->port))
		return;
	write_key(&table->out, entry, table->in);
	table->filters = write_filter(&table->out, entry->filter, '@', table->in);
	if (table->filters == 0)
		buffer_add_slice(&table->out, SLICE("@0000:000000"));
}

/* A number alone is a port when there is nothing else. */
static void take_bare(struct newcamd_table *table, const struct entry_of_table *entry, bool alone)
{
	uint64_t number;

	if (!alone)
		lose_entry(table->in, entry, "several ports need filters; OSCam opens none without");
	else if (entry->text.len > BARE_MAX || !parse_decimal(entry->text, PORT_MOST, &number))
		lose_entry(table->in, entry, "OSCam opens no port for this");
	else
		lose_entry(table->in, entry,
			"OSCam opens it, and stores its digits as a provider too, which becomes a filter "
			"when the web interface saves");
	if (alone && entry->text.len <= BARE_MAX)
		(void)write_port(&table->out, entry->text);
}

/* OSCam writes all digits, and sooner or later @0000:000000 where there is no filter. */
static struct slice compare_table(struct intake *in, struct slice raw, const struct buffer *out)
{
	struct slice kept = buffer_slice(out);

	if (in->losses && in->losses->count == 0 && !slice_equal_nocase(raw, kept))
		lose(in, LOSS_SPELLING, raw, NULL, "OSCam saves the ports in another form");
	return kept;
}

/* port{KEY}@CAID:PROV,PROV and, behind the last port, ;CAID:PROV. Every entry takes a number, but only those
 * with @ are counted, so that no port behind one without is opened. */
struct slice read_newcamd_ports(struct slice raw, struct intake *in)
{
	struct slice rest = raw;
	struct newcamd_table table = {.in = in, .out = {.arena = in->arena}};
	struct entry_of_table entry;

	bool alone = next_entry(&rest, &entry) && !next_entry(&rest, &entry);
	rest = raw;
	while (next_entry(&rest, &entry) && !is_full(in, &entry, ++table.entries)) {
		if (entry.filter.at) {
			take_port(&table, &entry);
			continue;
		}
		table.shut = true;
		if (has_any(entry.text, ":"))
			take_caid(&table, &entry);
		else
			take_bare(&table, &entry, alone);
	}
	return compare_table(in, raw, &table.out);
}

/* port@CAID:PROV,PROV;port ... */
struct slice read_cs378x_ports(struct slice raw, struct intake *in)
{
	struct slice rest = raw;
	struct entry_of_table entry;
	struct buffer out = {.arena = in->arena};
	int count = 0;

	while (next_entry(&rest, &entry) && !is_full(in, &entry, ++count)) {
		compare_table_port(in, &entry);
		if (write_port(&out, entry.port) && has_any(entry.filter, ":"))
			(void)write_filter(&out, entry.filter, '@', in);
	}
	return compare_table(in, raw, &out);
}
