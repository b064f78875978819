/* OSCam's functions for the ports of [newcamd] and [cs378x], each with the cards it gives out. What they make
 * of a list that is not written as they want it is mostly no port at all. */
#include "values.h"

enum { ITEMS_MAX = 32, FILTERS_MAX = 16, PROVIDERS_MAX = 32, KEY_DIGITS = 28, BARE_MAX = 5 };
enum { CAID_WRONG = 0x1f1f, PROVIDER_WRONG = 0x1f1f1f }; /* what digits that are none give */

/* The next item that is not empty; empty ones do not count. */
static bool next_full_item(struct slice *list, char separator, struct slice *item)
{
	do
		if (!list->at)
			return false;
	while ((*item = slice_cut(list, separator)).len == 0);
	*item = oscam_trim(*item);
	return true;
}

static unsigned hex_or(struct slice text, unsigned digits, unsigned wrong)
{
	uint32_t number = 0;

	return text.len == 0 || hex_tail(text, digits, &number) ? (unsigned)number : wrong;
}

/* CAID:PROV,PROV behind `c`; nothing of a list without CAID, and no more of one with another CAID in it. */
static bool write_filter(struct out *out, struct slice list, char c)
{
	struct slice item;
	int count = 0;

	for (; count < PROVIDERS_MAX && next_full_item(&list, ',', &item); count++) {
		struct slice provider = item, caid = slice_cut(&provider, ':');
		if ((provider.at != NULL) != (count == 0))
			break;
		if (count == 0)
			out_format(out, "%c%04X:", c, hex_or(oscam_trim(caid), 4, CAID_WRONG));
		out_format(out, "%s%06X", count ? "," : "",
			hex_or(count ? item : oscam_trim(provider), 6, PROVIDER_WRONG));
	}
	return count > 0;
}

static bool write_port(struct out *out, struct slice text)
{
	int64_t port = number_prefix(text);

	if (port <= 0 || port > INT32_MAX)
		return false;
	out_separate(out, ';');
	out_format(out, "%ld", (long)port);
	return true;
}

/* The key of a port of its own: `{` and 28 hex digits directly behind the number. */
static void write_key(struct out *out, struct slice text)
{
	struct slice digits = text;

	(void)slice_cut(&digits, '{');
	if (digits.len < KEY_DIGITS)
		return;
	digits = hex_word((struct slice){digits.at, KEY_DIGITS}, out->arena);
	if (digits.len > 0)
		out_format(out, "{%.*s}", SLICE_ARG(digits));
}

/* port{KEY}@CAID:PROV,PROV and, behind the last port, ;CAID:PROV. Every item takes a number, but only those
 * with
 * @ are counted, so that no port behind one without is opened. A number alone is a port when there is nothing
 * else. */
struct slice read_newcamd_ports(struct slice raw, struct arena *arena)
{
	struct slice item, bare = {NULL, 0};
	int items = 0, filters = 0;
	struct out out;

	out_start(&out, arena);
	while (items < ITEMS_MAX && next_full_item(&raw, ';', &item)) {
		struct slice list = item, port = slice_cut(&list, '@');
		items++;
		if (!list.at) {
			bare = item;
			filters += out.len > 0 && filters < FILTERS_MAX && write_filter(&out, item, ';');
		} else if (bare.at) {
			break;
		} else if (write_port(&out, port)) {
			write_key(&out, port);
			filters = write_filter(&out, list, '@');
			if (filters == 0)
				out_slice(&out, SLICE("@"));
		}
	}
	if (items == 1 && bare.at && bare.len <= BARE_MAX)
		(void)write_port(&out, bare);
	return out_text(&out);
}

/* port@CAID:PROV,PROV;port ... */
struct slice read_cs378x_ports(struct slice raw, struct arena *arena)
{
	struct slice list;
	struct out out;

	out_start(&out, arena);
	for (int count = 0; count < ITEMS_MAX && next_full_item(&raw, ';', &list); count++)
		if (write_port(&out, slice_cut(&list, '@')))
			(void)write_filter(&out, list, '@');
	return out_text(&out);
}
