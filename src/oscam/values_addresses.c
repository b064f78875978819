/* OSCam's functions for addresses. It looks up no names; a build with IPv6 reads IPv6 addresses too, and
 * nearly all are built so. */
#include "values.h"

#include "cc2oscam/masked.h"
#include "cc2oscam/platform.h"

enum { ADDRESS_ROOM = 64 };

/* As OSCam writes the address back. */
static void write_four(uint32_t address, char room[ADDRESS_ROOM])
{
	char digits[DECIMAL_ROOM];
	size_t len = 0;

	for (int shift = 24; shift >= 0; shift -= 8) {
		struct slice byte = decimal_text(address >> shift & 255, digits);
		memcpy(room + len, byte.at, byte.len);
		len += byte.len;
		room[len++] = shift > 0 ? '.' : '\0';
	}
}

/* Four numbers from 0 to 255 without zeros in front: so OSCam writes them too. */
static bool is_as_written(struct slice text)
{
	size_t at = 0;

	for (int number = 0; number < 4; number++) {
		size_t start = number > 0 ? at + 1 : at;
		unsigned value = 0;
		if (number > 0 && (at == text.len || text.at[at] != '.'))
			return false;
		for (at = start; at < text.len && at < start + 3 && is_digit(text.at[at]); at++)
			value = value * 10 + (unsigned)(text.at[at] - '0');
		if (at == start || value > UINT8_MAX || (at > start + 1 && text.at[start] == '0'))
			return false;
	}
	return at == text.len;
}

/* False for what is no address. 192.168.1 is 192.168.0.1 to OSCam. */
static bool write_address(struct slice text, char room[ADDRESS_ROOM])
{
	struct in_addr four;
	struct in6_addr six;

	if (text.len == 0 || text.len >= ADDRESS_ROOM || memchr(text.at, '\0', text.len))
		return false;
	memcpy(room, text.at, text.len);
	room[text.len] = '\0';
	if (is_as_written(text))
		return true;
	four.s_addr = inet_addr(room);
	if (four.s_addr != INADDR_NONE || slice_equal(text, SLICE("255.255.255.255"))) {
		write_four(ntohl(four.s_addr), room);
		return true;
	}
	return inet_pton(AF_INET6, room, &six) == 1 && inet_ntop(AF_INET6, &six, room, ADDRESS_ROOM) != NULL;
}

/* Notes a loss where OSCam reads another address than the text has; an IPv6 address may be written in several
 * ways. */
static void compare_address(struct intake *in, struct slice text, const char *kept)
{
	if (!memchr(text.at, ':', text.len) && !slice_equal(text, slice_of(kept)))
		lose(in, LOSS_FORM, text, NULL, "OSCam takes \"%.*s\" for %s",
			SLICE_ARG(shown_part(in, text)), kept);
}

/* OSCam does not look up a host name here: the name becomes 255.255.255.255. */
struct slice read_address(struct slice raw, struct intake *in)
{
	char room[ADDRESS_ROOM];

	if (!write_address(raw, room)) {
		lose(in, LOSS_FORM, raw, "Write one address, like 192.0.2.1.",
			"\"%.*s\" is no address; OSCam takes it for 255.255.255.255",
			SLICE_ARG(shown_part(in, raw)));
		return SLICE("255.255.255.255");
	}
	compare_address(in, raw, room);
	return arena_copy(in->arena, slice_of(room));
}

void read_range(struct slice range, struct intake *in, struct buffer *out)
{
	struct slice last = range, first = oscam_trim(slice_cut(&last, '-'));
	char from[ADDRESS_ROOM], to[ADDRESS_ROOM];

	if (!write_address(first, from) || (last.at && !write_address(oscam_trim(last), to))) {
		lose(in, LOSS_FORM, range,
			has_any(range, "/") ? "Write the first and the last address: "
					      "192.168.0.0-192.168.255.255."
					    : NULL,
			"OSCam drops \"%.*s\", which is no address", SLICE_ARG(shown_part(in, range)));
		return;
	}
	compare_address(in, first, from);
	out_separate(out, ',');
	buffer_add_slice(out, slice_of(from));
	if (!last.at)
		return;
	compare_address(in, oscam_trim(last), to);
	if (strcmp(from, to) != 0) {
		buffer_add_slice(out, SLICE("-"));
		buffer_add_slice(out, slice_of(to));
	}
}

/* ---- whose addresses they are ---- */

static bool is_private_range(uint32_t from, uint32_t to)
{
	static const struct {
		uint32_t from, to;
	} ranges[] = {
		{0x7f000000, 0x7fffffff}, /* 127.0.0.0/8 */
		{0x0a000000, 0x0affffff}, /* 10.0.0.0/8 */
		{0xac100000, 0xac1fffff}, /* 172.16.0.0/12 */
		{0xc0a80000, 0xc0a8ffff}, /* 192.168.0.0/16 */
		{0xa9fe0000, 0xa9feffff}, /* 169.254.0.0/16 */
		{0xffffffff, 0xffffffff}, /* nobody */
	};

	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++)
		if (from >= ranges[i].from && to <= ranges[i].to)
			return true;
	return false;
}

/* Of four decimal numbers, as they are once they were read. */
static uint32_t address_of(struct slice text)
{
	uint32_t address = 0, number = 0;

	for (size_t i = 0; i < text.len; i++) {
		if (is_digit(text.at[i])) {
			number = number * 10 + (uint32_t)(text.at[i] - '0');
		} else {
			address = address << 8 | number;
			number = 0;
		}
	}
	return address << 8 | number;
}

/* IPv6: this machine, its own network, and private networks. */
static bool is_private(struct slice from, struct slice to)
{
	static const char *const starts[] = {"fe80:", "fc", "fd"};

	if (!memchr(from.at, ':', from.len))
		return is_private_range(address_of(from), address_of(to));
	bool first = slice_equal(from, SLICE("::1")), last = slice_equal(to, SLICE("::1"));
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
		first |= slice_starts(from, slice_of(starts[i]));
		last |= slice_starts(to, slice_of(starts[i]));
	}
	return first && last;
}

struct slice public_range(struct slice ranges)
{
	struct slice range;

	while (next_item(&ranges, ',', &range)) {
		struct slice to = range, from = slice_cut(&to, '-');
		if (!is_private(from, to.at ? to : from))
			return range;
	}
	return (struct slice){NULL, 0};
}

/* What is no address may be a name. */
bool ranges_identify(struct slice ranges)
{
	struct slice rest = ranges, range;

	if (ranges.len == 0)
		return false;
	while (next_item(&rest, ',', &range)) {
		while (range.at) {
			struct slice address = slice_trim(slice_cut(&range, '-'));
			if (!is_as_written(address) && !memchr(address.at, ':', address.len))
				return true;
		}
	}
	return public_range(ranges).at != NULL;
}
