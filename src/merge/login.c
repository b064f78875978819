/* Where a reader gets its cards: the server, the login, and of some protocols the card. */
#include "cc2oscam/protocols.h"
#include "parts.h"

/* Card readers of our own; and of these protocols OSCam sends no user. */
static bool has_no_user(struct slice protocol)
{
	return protocol_is(protocol, PROTOCOL_CARD) || slice_equal(protocol, SLICE("gbox")) ||
	       slice_equal(protocol, SLICE("radegast"));
}

/* Host and port of a device, without the local port that it may have. */
static struct slice server_of(struct slice device)
{
	struct slice rest = device;

	(void)slice_cut(&rest, ',');
	(void)slice_cut(&rest, ',');
	if (rest.at)
		device.len = (size_t)(rest.at - 1 - device.at);
	return device;
}

bool merge_same_server(struct slice a, struct slice b)
{
	a = server_of(a);
	b = server_of(b);
	return a.len > 0 && a.at[0] == '/' ? slice_equal(a, b) : slice_equal_nocase(a, b);
}

/* Names of hosts are the same in capitals. */
static struct slice in_small_letters(struct slice server, struct arena *arena)
{
	char *text = arena_bytes(arena, server.len);

	for (size_t i = 0; i < server.len; i++)
		text[i] = to_lower(server.at[i]);
	return (struct slice){text, server.len};
}

/* Of these protocols a server has a reader for each card. */
static bool has_cards(struct slice protocol)
{
	return slice_equal(protocol, SLICE("cs357x")) || slice_equal(protocol, SLICE("radegast"));
}

struct login merge_login(struct arena *arena, struct slice protocol, struct slice device, struct slice user,
	struct slice caid, struct slice ident)
{
	if (protocol_is(protocol, PROTOCOL_CARD))
		return (struct login){device, SLICE(""), SLICE("")};
	struct login login = {in_small_letters(server_of(device), arena),
		has_no_user(protocol) ? SLICE("") : user, SLICE("")};
	if (has_cards(protocol))
		login.card = ident.len > 0 ? ident : caid;
	return login;
}
