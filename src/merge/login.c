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

struct login merge_login(struct arena *arena, struct slice protocol, struct slice device, struct slice user,
	struct slice caid, struct slice ident)
{
	if (protocol_is(protocol, PROTOCOL_CARD))
		return (struct login){device, SLICE(""), SLICE("")};
	/* names of hosts are the same in capitals */
	struct login login = {
		arena_lower(arena, server_of(device)), has_no_user(protocol) ? SLICE("") : user, SLICE("")};
	/* of these protocols a server has a reader for each card */
	if (slice_equal(protocol, SLICE("cs357x")) || slice_equal(protocol, SLICE("radegast")))
		login.card = ident.len > 0 ? ident : caid;
	return login;
}
