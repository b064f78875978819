/* Records (server, receiver) are sorted by server; what comes of each server is sorted once more, by how many
 * receivers it has. See batch_servers.h. */
#include "batch_servers.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "cc2oscam/sorter.h"

enum {
	MEMORY = 64 * 1024, /* of each sorter */
	PLACE = 12,         /* bytes of a receiver's place: ticket and part */
	COUNT = 4,          /* bytes of a count in a key */
	READ_AHEAD = 16 * 1024
};

struct servers {
	pthread_mutex_t mutex;
	const char *folder;
	struct sorter *pairs; /* key: server and place, value: the receiver's name */
	struct buffer key;
	int error; /* errno of the first failure */
};

struct servers *servers_new(const char *folder)
{
	struct servers *servers = calloc(1, sizeof *servers);

	if (!servers)
		out_of_memory();
	(void)pthread_mutex_init(&servers->mutex, NULL);
	servers->folder = folder;
	servers->pairs = sorter_new(folder, MEMORY);
	return servers;
}

void servers_free(struct servers *servers)
{
	if (!servers)
		return;
	sorter_free(servers->pairs);
	buffer_free(&servers->key);
	(void)pthread_mutex_destroy(&servers->mutex);
	free(servers);
}

/* ---- collecting ---- */

/* The highest byte first, so that memcmp orders numbers. */
static void add_number(struct buffer *key, uint64_t number, unsigned bytes)
{
	while (bytes-- > 0) {
		char byte = (char)(number >> (8 * bytes) & 0xff);
		buffer_add(key, &byte, 1);
	}
}

/* "host\0port\0protocol\0"; the host in lower case, for DNS does not tell the cases apart. */
static void server_key(struct buffer *key, const struct section *reader)
{
	struct slice port = section_get(reader, KEY_reader_device);
	struct slice host = slice_cut(&port, ',');

	key->len = 0;
	buffer_add_slice(key, host);
	for (size_t i = 0; i < key->len; i++)
		key->at[i] = to_lower(key->at[i]);
	buffer_add(key, "", 1);
	buffer_add_slice(key, port);
	buffer_add(key, "", 1);
	buffer_add_slice(key, section_get(reader, KEY_reader_protocol));
	buffer_add(key, "", 1);
}

void servers_add(
	struct servers *servers, uint64_t ticket, uint32_t part, const char *name, const struct model *model)
{
	(void)pthread_mutex_lock(&servers->mutex);
	for (uint32_t i = 0; i < model->readers.count && servers->error == 0; i++) {
		const struct section *reader = list_at(&model->readers, i);
		if (!section_is_reader(reader) || reader->kind == KIND_LOCAL)
			continue;
		server_key(&servers->key, reader);
		add_number(&servers->key, ticket, 8);
		add_number(&servers->key, part, 4);
		if (sorter_add(servers->pairs, buffer_slice(&servers->key), slice_of(name)) != 0)
			servers->error = errno;
	}
	(void)pthread_mutex_unlock(&servers->mutex);
}

/* ---- counting ---- */

/* The names of each server's receivers lie together in a file; the table says where, in the order to print.
 */
struct table_of {
	struct spill names;   /* each with a zero behind it */
	struct sorter *table; /* key: ~count and server; value: struct entry_of */
};

struct entry_of {
	uint64_t at; /* in names */
	uint32_t count;
};

/* One server while its receivers are counted. */
struct counted {
	struct buffer pair; /* the key of the last record */
	struct entry_of entry;
};

static struct slice server_of(struct slice pair)
{
	return (struct slice){pair.at, pair.len - PLACE};
}

static int put_server(struct table_of *t, struct counted *counted)
{
	struct buffer key = {0};

	if (counted->entry.count == 0)
		return 0;
	add_number(&key, UINT32_MAX - counted->entry.count, COUNT);
	buffer_add_slice(&key, server_of(buffer_slice(&counted->pair)));
	int result = sorter_add(t->table, buffer_slice(&key),
		(struct slice){(const char *)&counted->entry, sizeof counted->entry});
	buffer_free(&key);
	counted->entry.count = 0;
	return result;
}

/* A receiver with several accounts at a server uses it once. */
static int count_pair(struct table_of *t, struct counted *counted, struct slice pair, struct slice name)
{
	if (slice_equal(pair, buffer_slice(&counted->pair)))
		return 0;
	if (counted->entry.count > 0 &&
		!slice_equal(server_of(pair), server_of(buffer_slice(&counted->pair))) &&
		put_server(t, counted) != 0)
		return -1;
	if (counted->entry.count == 0)
		counted->entry.at = spill_end(&t->names);
	counted->entry.count++;
	counted->pair.len = 0;
	buffer_add_slice(&counted->pair, pair);
	if (spill_add(&t->names, name.at, name.len) != 0)
		return -1;
	return spill_add(&t->names, "", 1);
}

static int count_all(struct servers *servers, struct table_of *t)
{
	struct counted counted = {.entry = {0, 0}};
	struct slice pair, name;
	int more;

	if (sorter_sort(servers->pairs) != 0)
		return -1;
	while ((more = sorter_next(servers->pairs, &pair, &name)) > 0)
		if ((more = count_pair(t, &counted, pair, name)) < 0)
			break;
	if (more == 0)
		more = put_server(t, &counted);
	buffer_free(&counted.pair);
	sorter_free(servers->pairs); /* its memory is for the second sorter */
	servers->pairs = NULL;
	return more == 0 ? sorter_sort(t->table) : -1;
}

/* ---- printing ---- */

struct reader_of {
	struct spill *names;
	uint64_t at; /* of the text in memory */
	size_t len;
	char text[READ_AHEAD];
};

/* The byte at this place; -1 with errno set. */
static int byte_at(struct reader_of *reader, uint64_t at)
{
	if (at < reader->at || at - reader->at >= reader->len) {
		uint64_t left = spill_end(reader->names) - at;
		reader->at = at;
		reader->len = left < READ_AHEAD ? (size_t)left : READ_AHEAD;
		if (spill_read(reader->names, at, reader->text, reader->len) != 0)
			return -1;
	}
	return (unsigned char)reader->text[at - reader->at];
}

/* The name at this place, which moves behind it; -1 with errno set. */
static int read_name(struct reader_of *reader, uint64_t *at, struct buffer *name)
{
	int byte;

	name->len = 0;
	while ((byte = byte_at(reader, (*at)++)) > 0) {
		char letter = (char)byte;
		buffer_add(name, &letter, 1);
	}
	return byte;
}

static int print_names(
	struct reader_of *reader, FILE *to, const struct entry_of *entry, const struct servers_shown *shown)
{
	struct buffer name = {0};
	uint64_t at = entry->at, columns = 0;
	uint32_t count = 0;
	int result = 0;

	for (; count < entry->count && count < shown->receivers; count++) {
		if ((result = read_name(reader, &at, &name)) != 0)
			break;
		columns += name.len + (count > 0 ? 2 : 0);
		if (count > 0 && columns > shown->columns)
			break;
		(void)fprintf(to, "%s%.*s", count > 0 ? ", " : "", (int)name.len, name.at);
	}
	if (count < entry->count)
		(void)fprintf(to, " and %lu more", (unsigned long)(entry->count - count));
	(void)putc('\n', to);
	buffer_free(&name);
	return result;
}

static void print_server(FILE *to, struct slice server, uint32_t count, unsigned long number)
{
	struct slice host = slice_cut(&server, '\0');
	struct slice port = slice_cut(&server, '\0');
	struct slice protocol = slice_cut(&server, '\0');
	struct buffer name = {0};

	if (number > 0)
		buffer_format(&name, "server-%lu", number);
	else
		buffer_format(&name, "%.*s:%.*s", SLICE_ARG(host), SLICE_ARG(port));
	(void)fprintf(to, "%9lu  %-9.*s %-32.*s  ", (unsigned long)count, SLICE_ARG(protocol),
		SLICE_ARG(buffer_slice(&name)));
	buffer_free(&name);
}

static int print_row_of(struct reader_of *reader, FILE *to, struct slice key, struct slice value,
	const struct servers_shown *shown, unsigned long hidden_as)
{
	struct entry_of entry;

	memcpy(&entry, value.at, sizeof entry);
	print_server(to, (struct slice){key.at + COUNT, key.len - COUNT}, entry.count, hidden_as);
	return print_names(reader, to, &entry, shown);
}

static int print_table(struct table_of *t, FILE *to, const struct servers_shown *shown, bool redact)
{
	struct reader_of *reader = calloc(1, sizeof *reader);
	struct slice key, value;
	unsigned long number = 0;
	int more;

	if (!reader)
		out_of_memory();
	reader->names = &t->names;
	while ((more = sorter_next(t->table, &key, &value)) > 0) {
		if (number++ == 0)
			(void)fprintf(to, "\nreceivers  protocol  %-32s  used by\n", "server");
		if (number > shown->servers)
			continue;
		if (print_row_of(reader, to, key, value, shown, redact ? number : 0) != 0) {
			more = -1;
			break;
		}
	}
	if (more == 0 && number > shown->servers)
		(void)fprintf(to, "%lu more server%s; -v shows all\n", number - shown->servers,
			number - shown->servers == 1 ? "" : "s");
	free(reader);
	return more;
}

int servers_print(struct servers *servers, FILE *to, const struct servers_shown *shown, bool redact)
{
	struct table_of t = {.table = NULL};
	int result = -1;

	if (servers->error != 0) {
		errno = servers->error;
		return -1;
	}
	spill_init(&t.names, servers->folder);
	t.table = sorter_new(servers->folder, MEMORY);
	if (count_all(servers, &t) == 0)
		result = print_table(&t, to, shown, redact);
	int why = errno;
	spill_free(&t.names);
	sorter_free(t.table);
	errno = why;
	return result;
}
