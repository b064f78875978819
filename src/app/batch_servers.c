/* One table of servers, each with a chain of its receivers. See batch_servers.h. */
#include "batch_servers.h"

#include <stdlib.h>

#include "print.h"

/* What a person wants to read; the first receiver of a server is always there. */
enum { SERVERS_SHOWN = 100, USERS_SHOWN = 10, USERS_COLUMNS = 80 };

struct server {
	struct slice name; /* "host\0port\0protocol\0" */
	uint32_t count;
	uint32_t first, last; /* of its users: index + 1 */
};

struct server_user {
	const char *receiver;
	uint32_t next; /* of the same server: index + 1, or 0 */
};

void servers_init(struct servers *servers, struct arena *arena)
{
	list_init(&servers->servers, arena, sizeof(struct server));
	list_init(&servers->users, arena, sizeof(struct server_user));
	keys_init(&servers->names, arena, 0);
}

/* ---- collecting ---- */

/* The host in lower case, for DNS does not tell the cases apart. */
static void add_server(struct buffer *text, const struct section *reader)
{
	struct slice port = section_get(reader, KEY_reader_device), host = slice_cut(&port, ',');
	const struct slice parts[] = {host, port, section_get(reader, KEY_reader_protocol)};
	size_t len = 0, count = sizeof parts / sizeof *parts;

	for (size_t i = 0; i < count; i++)
		len += parts[i].len + 1;
	buffer_add(text, (const char *)&len, sizeof len);
	buffer_reserve(text, len);
	char *at = text->at + text->len;
	for (size_t i = 0; i < host.len; i++)
		at[i] = to_lower(host.at[i]);
	for (size_t i = 0; i < count; i++) {
		if (i > 0 && parts[i].len > 0)
			memcpy(at, parts[i].at, parts[i].len);
		at[parts[i].len] = '\0';
		at += parts[i].len + 1;
	}
	text->len += len;
}

void servers_of(const struct model *model, struct buffer *text)
{
	for (uint32_t i = 0; i < model->readers.count; i++) {
		const struct section *reader = list_at(&model->readers, i);
		if (section_is_reader(reader) && reader->kind != KIND_LOCAL)
			add_server(text, reader);
	}
}

static struct server *find_server(struct servers *servers, struct slice name)
{
	uint32_t number = keys_find(&servers->names, name);

	if (number != KEYS_NONE)
		return list_at(&servers->servers, number);
	struct server *server = list_add(&servers->servers);
	server->name = arena_copy(servers->servers.arena, name);
	(void)keys_add(&servers->names, server->name);
	return server;
}

/* A receiver with several accounts at a server uses it once. */
static void add_user(struct servers *servers, struct server *server, const char *receiver)
{
	struct server_user *last = server->last > 0 ? list_at(&servers->users, server->last - 1) : NULL;

	if (last && last->receiver == receiver)
		return;
	struct server_user *user = list_add(&servers->users);
	user->receiver = receiver;
	if (last)
		last->next = servers->users.count;
	else
		server->first = servers->users.count;
	server->last = servers->users.count;
	server->count++;
}

void servers_add(struct servers *servers, const char *receiver, struct slice text)
{
	const char *own = text.len > 0 ? arena_string(servers->servers.arena, receiver) : NULL;

	for (size_t len; text.len > 0; text = slice_skip(text, sizeof len + len)) {
		memcpy(&len, text.at, sizeof len);
		add_user(servers, find_server(servers, (struct slice){text.at + sizeof len, len}), own);
	}
}

/* ---- printing ---- */

static int compare_servers(const void *a, const void *b)
{
	const struct server *x = *(const struct server *const *)a, *y = *(const struct server *const *)b;

	if (x->count != y->count)
		return x->count > y->count ? -1 : 1;
	return slice_compare(x->name, y->name);
}

static void print_users(const struct servers *servers, FILE *to, const struct server *server, bool all)
{
	uint32_t count = 0;
	size_t columns = 0;

	for (uint32_t at = server->first; at != 0 && (all || count < USERS_SHOWN); count++) {
		const struct server_user *user = list_at(&servers->users, at - 1);
		columns += strlen(user->receiver) + (count > 0 ? 2 : 0);
		if (count > 0 && columns > USERS_COLUMNS && !all)
			break;
		print_formatted(to, "%s%s", count > 0 ? ", " : "", user->receiver);
		at = user->next;
	}
	if (count < server->count)
		(void)fprintf(to, " and %lu more", (unsigned long)(server->count - count));
	(void)putc('\n', to);
}

static void print_server(FILE *to, const struct server *server, unsigned long hidden_as)
{
	struct slice rest = server->name;
	struct slice host = slice_cut(&rest, '\0'), port = slice_cut(&rest, '\0');
	struct slice protocol = slice_cut(&rest, '\0');
	struct buffer name = {0};

	if (hidden_as > 0)
		buffer_format(&name, "server-%lu", hidden_as);
	else
		buffer_format(&name, "%.*s:%.*s", SLICE_ARG(host), SLICE_ARG(port));
	print_formatted(to, "%9lu  %-9.*s %-32.*s  ", (unsigned long)server->count, SLICE_ARG(protocol),
		SLICE_ARG(buffer_slice(&name)));
	buffer_free(&name);
}

void servers_print(const struct servers *servers, FILE *to, bool all, bool redact)
{
	uint32_t count = servers->servers.count, shown = all || count < SERVERS_SHOWN ? count : SERVERS_SHOWN;
	const struct server **sorted = arena_array(servers->servers.arena, count, sizeof(*sorted));

	if (count == 0)
		return;
	for (uint32_t i = 0; i < count; i++)
		sorted[i] = list_at(&servers->servers, i);
	qsort(sorted, count, sizeof(*sorted), compare_servers);
	(void)fprintf(to, "\nreceivers  protocol  %-32s  used by\n", "server");
	for (uint32_t i = 0; i < shown; i++) {
		print_server(to, sorted[i], redact ? i + 1UL : 0);
		print_users(servers, to, sorted[i], all);
	}
	if (count > shown)
		(void)fprintf(to, "%lu more server%s; -v shows all\n", (unsigned long)(count - shown),
			count - shown == 1 ? "" : "s");
}
