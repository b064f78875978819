/* OSCam's functions for lists of numbers: groups, CAIDs, filters, ports, and for addresses. Items that they
 * cannot read vanish from the list. */
#include <arpa/inet.h>
#include <string.h>

#include "values.h"

enum { GROUPS = 64, PROVIDERS_MAX = 32, PORTS_MAX = 32, ADDRESS_ROOM = 64, RETRY_LEAST = 50 };

struct slice read_groups(struct slice raw, struct arena *arena)
{
	uint64_t groups = 0;
	struct slice item;
	struct out out;

	out_start(&out, arena);
	while (next_item(&raw, ',', &item)) {
		int64_t group = number_prefix(item);

		if (group >= 1 && group <= GROUPS)
			groups |= UINT64_C(1) << (group - 1);
	}
	for (int i = 0; i < GROUPS; i++)
		if (groups >> i & 1) {
			out_separate(&out, ',');
			out_format(&out, "%d", i + 1);
		}
	return out_text(&out);
}

/* A part behind `&` or `:` that is not there counts as `missing`. */
static bool read_part(struct slice part, uint32_t missing, uint32_t *number)
{
	if (!part.at) {
		*number = missing;
		return true;
	}
	return hex_tail(oscam_trim(part), 4, number);
}

/* CAID[&MASK][:MAPPED]; a CAID of 0 filters nothing. */
struct slice read_caids(struct slice raw, struct arena *arena)
{
	struct slice mapped;
	struct out out;

	out_start(&out, arena);
	while (next_item(&raw, ',', &mapped)) {
		struct slice mask = slice_cut(&mapped, ':');
		struct slice caid = slice_cut(&mask, '&');
		uint32_t number, bits, target;

		if (!read_part(caid, 0, &number) || !read_part(mask, 0xffff, &bits) ||
			!read_part(mapped, 0, &target) || number == 0)
			continue;
		out_separate(&out, ',');
		out_format(&out, "%04X", (unsigned)number);
		if (bits != 0xffff)
			out_format(&out, "&%04X", (unsigned)bits);
		if (target)
			out_format(&out, ":%04X", (unsigned)target);
	}
	return out_text(&out);
}

/* One CAID with its providers; nothing is written when one of them is missing. */
static void read_filter(struct slice providers, struct out *out)
{
	struct slice caid = oscam_trim(slice_cut(&providers, ':')), item;
	uint32_t number, provider;
	int count = 0;

	if (!parse_hex(caid, 4, &number) || number == 0)
		return;
	while (count < PROVIDERS_MAX && next_item(&providers, ',', &item)) {
		if (!parse_hex(item, 6, &provider))
			continue;
		if (count == 0) {
			out_separate(out, ';');
			out_format(out, "%04X:", (unsigned)number);
		}
		out_format(out, "%s%06X", count ? "," : "", (unsigned)provider);
		count++;
	}
}

struct slice read_filters(struct slice raw, struct arena *arena)
{
	struct slice item;
	struct out out;

	out_start(&out, arena);
	while (next_item(&raw, ';', &item))
		read_filter(item, &out);
	return out_text(&out);
}

/* CAID:MILLISECONDS; too few of them become the fewest. */
struct slice read_retry_limits(struct slice raw, struct arena *arena)
{
	struct slice item;
	struct out out;

	out_start(&out, arena);
	while (next_item(&raw, ',', &item)) {
		struct slice limit = item, caid = slice_cut(&limit, ':');

		if (item.len == 0)
			continue;
		out_separate(&out, ',');
		if (limit.at && number_prefix(limit) < RETRY_LEAST)
			out_slice(&out, caid), out_format(&out, ":%d", RETRY_LEAST);
		else
			out_slice(&out, item);
	}
	return out_text(&out);
}

/* CAID.SRVID[:CAID] */
struct slice read_tunnels(struct slice raw, struct arena *arena)
{
	struct slice target;
	struct out out;

	out_start(&out, arena);
	while (next_item(&raw, ',', &target)) {
		struct slice service = slice_cut(&target, ':');
		struct slice caid = slice_cut(&service, '.');
		uint32_t from, srvid, to;

		if (!service.at || !read_part(caid, 0, &from) || !read_part(service, 0, &srvid) ||
			!read_part(target, 0, &to))
			continue;
		out_separate(&out, ',');
		out_format(&out, "%04X.%04X", (unsigned)from, (unsigned)srvid);
		if (to)
			out_format(&out, ":%04X", (unsigned)to);
	}
	return out_text(&out);
}

/* 16 bits are kept of each; a zero opens nothing. */
struct slice read_ports(struct slice raw, struct arena *arena)
{
	struct slice item;
	struct out out;

	out_start(&out, arena);
	for (int count = 0; count < PORTS_MAX && next_item(&raw, ',', &item);) {
		unsigned port = (unsigned)((uint64_t)number_prefix(item) & 0xffff);

		if (port == 0)
			continue;
		out_separate(&out, ',');
		out_format(&out, "%u", port);
		count++;
	}
	return out_text(&out);
}

static struct slice read_hex_list(struct slice raw, unsigned digits, struct arena *arena)
{
	struct slice item;
	uint32_t number;
	struct out out;

	out_start(&out, arena);
	while (next_item(&raw, ',', &item)) {
		if (!hex_tail(item, digits, &number))
			continue;
		out_separate(&out, ',');
		out_format(&out, "%0*lX", (int)digits, (unsigned long)number);
	}
	return out_text(&out);
}

struct slice read_list16(struct slice raw, struct arena *arena)
{
	return read_hex_list(raw, 4, arena);
}

struct slice read_list24(struct slice raw, struct arena *arena)
{
	return read_hex_list(raw, 6, arena);
}

/* False for what is no IPv4 address. */
static bool parse_address(struct slice text, uint32_t *address)
{
	char room[ADDRESS_ROOM];
	struct in_addr parsed;

	if (text.len == 0 || text.len >= sizeof(room))
		return false;
	memcpy(room, text.at, text.len);
	room[text.len] = '\0';
	parsed.s_addr = inet_addr(room);
	*address = ntohl(parsed.s_addr);
	return *address != UINT32_MAX || slice_equal(text, SLICE("255.255.255.255"));
}

static void write_address(struct out *out, uint32_t address)
{
	out_format(out, "%u.%u.%u.%u", (unsigned)(address >> 24), (unsigned)(address >> 16 & 255),
		(unsigned)(address >> 8 & 255), (unsigned)(address & 255));
}

/* A host name is not resolved: it becomes the address of all ones. */
struct slice read_address(struct slice raw, struct arena *arena)
{
	uint32_t address;
	struct out out;

	out_start(&out, arena);
	write_address(&out, parse_address(raw, &address) ? address : UINT32_MAX);
	return out_text(&out);
}

struct slice read_ranges(struct slice raw, struct arena *arena)
{
	struct slice last;
	struct out out;

	out_start(&out, arena);
	while (next_item(&raw, ',', &last)) {
		struct slice first = oscam_trim(slice_cut(&last, '-'));
		uint32_t from, to;

		if (!parse_address(first, &from) || (last.at && !parse_address(oscam_trim(last), &to)))
			continue;
		out_separate(&out, ',');
		write_address(&out, from);
		if (last.at && to != from) {
			out_slice(&out, SLICE("-"));
			write_address(&out, to);
		}
	}
	return out_text(&out);
}
