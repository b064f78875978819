/* Names from paths: only harmless bytes, unique, and none within another one. See names.h and fleet.h. */
#include "names.h"

#include <stdio.h>
#include <stdlib.h>

enum name_state { NAME_FREE, NAME_TAKEN, NAME_NESTED };

static const uint64_t hash_start = 0xcbf29ce484222325u;

/* FNV-1a */
uint64_t stable_hash_more(uint64_t hash, struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.at[i]) * 0x100000001b3u;
	return hash;
}

uint64_t stable_hash(struct slice text)
{
	return stable_hash_more(hash_start, text);
}

/* ---- the set ---- */

enum { IS_NAME = 1, IS_FOLDER = 2 };

static uint64_t key_of(struct slice text, unsigned what)
{
	uint64_t key = slice_hash_nocase(text, what);

	return key ? key : 1;
}

static bool holds(const struct names *names, uint64_t key)
{
	if (names->room == 0)
		return false;
	for (size_t slot = key & (names->room - 1);; slot = (slot + 1) & (names->room - 1)) {
		if (names->slots[slot] == key)
			return true;
		if (names->slots[slot] == 0)
			return false;
	}
}

static void put(struct names *names, uint64_t key)
{
	size_t slot = key & (names->room - 1);

	while (names->slots[slot] != 0)
		slot = (slot + 1) & (names->room - 1);
	names->slots[slot] = key;
}

static void add(struct names *names, uint64_t key)
{
	if (holds(names, key))
		return;
	if ((names->count + 1) * 3 / 2 >= names->room) {
		struct names grown = {.room = names->room ? names->room * 2 : 64, .count = names->count};
		grown.slots = calloc(grown.room, sizeof *grown.slots);
		if (!grown.slots)
			out_of_memory();
		for (size_t i = 0; i < names->room; i++)
			if (names->slots[i] != 0)
				put(&grown, names->slots[i]);
		free(names->slots);
		*names = grown;
	}
	put(names, key);
	names->count++;
}

void names_free(struct names *names)
{
	free(names->slots);
	*names = (struct names){0};
}

static enum name_state look_up(const struct names *names, struct slice name)
{
	if (holds(names, key_of(name, IS_NAME)))
		return NAME_TAKEN;
	if (holds(names, key_of(name, IS_FOLDER)))
		return NAME_NESTED;
	for (size_t i = 1; i < name.len; i++)
		if (name.at[i] == '/' && holds(names, key_of((struct slice){name.at, i}, IS_NAME)))
			return NAME_NESTED;
	return NAME_FREE;
}

static bool take(struct names *names, struct slice name)
{
	if (look_up(names, name) != NAME_FREE)
		return false;
	add(names, key_of(name, IS_NAME));
	for (size_t i = 1; i < name.len; i++)
		if (name.at[i] == '/')
			add(names, key_of((struct slice){name.at, i}, IS_FOLDER));
	return true;
}

/* ---- what a name may be ---- */

static bool is_harmless(char c)
{
	return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-';
}

static bool part_fits(struct slice part)
{
	if (part.len == 0 || part.at[0] == '.')
		return false;
	for (size_t i = 0; i < part.len; i++)
		if (!is_harmless(part.at[i]))
			return false;
	return true;
}

static bool name_fits(struct slice name)
{
	if (name.len > FLEET_NAME_MOST_GIVEN)
		return false;
	do
		if (!part_fits(slice_cut(&name, '/')))
			return false;
	while (name.at);
	return true;
}

bool name_reserve(struct names *names, struct slice name, struct buffer *why)
{
	if (!name_fits(name)) {
		buffer_format(why,
			"it names a folder below that of the output: at most %d letters, digits, dots, - and "
			"_, "
			"with / between folders, none of which begins with a dot",
			FLEET_NAME_MOST_GIVEN);
		return false;
	}
	switch (look_up(names, name)) {
	case NAME_TAKEN:
		buffer_format(why, "another receiver has the output \"%.*s\" already", SLICE_ARG(name));
		return false;
	case NAME_NESTED:
		buffer_format(why,
			"the output \"%.*s\" and that of another receiver would lie within each other",
			SLICE_ARG(name));
		return false;
	case NAME_FREE:
		break;
	}
	return take(names, name);
}

/* ---- names from paths ---- */

static bool ends_with(struct slice text, const char *end)
{
	struct slice tail = slice_of(end);

	return text.len > tail.len &&
	       slice_equal_nocase((struct slice){text.at + text.len - tail.len, tail.len}, tail);
}

static size_t archive_ending(struct slice file)
{
	static const char *const endings[] = {".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2",
		".tbz2", ".tbz", ".tar.zst", ".tzst", ".zip"};

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
		if (ends_with(file, endings[i]))
			return strlen(endings[i]);
	return 0;
}

bool fleet_is_archive(const char *path)
{
	return archive_ending(slice_of(path)) > 0;
}

/* Without a known ending of archives, else without what follows the last dot. */
static struct slice without_ending(struct slice file)
{
	size_t ending = archive_ending(file);

	if (ending == 0)
		for (size_t i = 1; i < file.len; i++)
			if (file.at[i] == '.')
				ending = file.len - i;
	file.len -= ending;
	return file;
}

struct slice name_place_suffix(struct arena *arena, struct slice place)
{
	while (place.len > 0 && place.at[place.len - 1] != '/')
		place.len--;
	char *text = arena_bytes(arena, place.len + 1);
	text[0] = '.';
	for (size_t i = 0; i + 1 < place.len; i++)
		text[i + 1] = is_harmless(place.at[i]) ? place.at[i] : '_';
	return (struct slice){text, place.len};
}

/* Parts that say nothing are left out. */
static bool is_void(struct slice part)
{
	return part.len == 0 || slice_equal(part, SLICE(".")) || slice_equal(part, SLICE(".."));
}

static char harmless_byte(struct slice part, size_t at)
{
	bool fine = is_harmless(part.at[at]) && !(at == 0 && (part.at[at] == '.' || part.at[at] == '-'));

	return fine ? part.at[at] : '_';
}

static void add_part(struct buffer *name, struct slice part)
{
	if (name->len > 0)
		buffer_add(name, "/", 1);
	for (size_t i = 0; i < part.len; i++) {
		char byte = harmless_byte(part, i);
		buffer_add(name, &byte, 1);
	}
}

static void add_path(struct buffer *name, struct slice path, bool stem)
{
	while (path.at) {
		struct slice part = slice_cut(&path, '/');
		if (!is_void(part))
			add_part(name, stem && !path.at ? without_ending(part) : part);
	}
}

bool name_is_harmless(struct slice path)
{
	while (path.at) {
		struct slice part = slice_cut(&path, '/');
		for (size_t i = 0; i < part.len; i++)
			if (harmless_byte(part, i) != part.at[i])
				return false;
	}
	return true;
}

bool name_is_its_own(struct slice path)
{
	for (size_t i = 0; i < path.len; i++)
		if (path.at[i] >= 'A' && path.at[i] <= 'Z')
			return false;
	return name_is_harmless(path);
}

uint64_t name_hash(struct slice path, bool stem)
{
	struct buffer name = {0};

	add_path(&name, path, stem);
	uint64_t hash = key_of(buffer_slice(&name), IS_NAME);
	buffer_free(&name);
	return hash;
}

static size_t most_of(const struct wish *wish)
{
	if (wish->folder.len > 0)
		return FLEET_NAME_MOST - 1 - wish->folder.len;
	return wish->file || wish->given ? FLEET_NAME_MOST_GIVEN : FLEET_NAME_MOST;
}

/* Ends with the hash, and is cut where there is no room for it. */
static void add_hash(struct buffer *name, size_t most, uint64_t hash)
{
	char text[20];
	int len = snprintf(text, sizeof text, "-%08lx", (unsigned long)(hash & 0xffffffffu));

	if (name->len > most - (size_t)len)
		name->len = most - (size_t)len;
	while (name->len > 1 && name->at[name->len - 1] == '/')
		name->len--;
	buffer_add(name, text, (size_t)len);
}

/* The wish in one of its forms; `hash` is for those that have one. What is too long ends with a hash in any
 * form. */
static void spell(const struct wish *wish, enum name_form form, uint64_t hash, struct buffer *name)
{
	size_t most = most_of(wish);

	name->len = 0;
	add_path(name, wish->path, wish->file && form != NAME_ENDING);
	if (name->len == 0)
		add_part(name, wish->otherwise);
	buffer_add_slice(name, wish->suffix);
	if (form >= NAME_HASH)
		add_hash(name, most, hash);
	else if (name->len > most)
		add_hash(name, most, stable_hash_more(stable_hash(wish->path), wish->suffix));
}

static struct slice finished(struct arena *arena, const struct wish *wish, const struct buffer *name)
{
	if (wish->folder.len == 0)
		return arena_copy(arena, buffer_slice(name));
	return arena_format(arena, "%.*s/%.*s", SLICE_ARG(wish->folder), (int)name->len, name->at);
}

struct slice name_wish(struct arena *arena, const struct wish *wish)
{
	struct buffer name = {0};

	spell(wish, NAME_PLAIN, 0, &name);
	struct slice made = finished(arena, wish, &name);
	buffer_free(&name);
	return made;
}

struct slice fleet_name_of(struct arena *arena, const char *words)
{
	struct wish wish = {.path = slice_of(words), .given = true, .otherwise = SLICE("receiver")};

	return name_wish(arena, &wish);
}

static void flatten(struct buffer *name)
{
	for (size_t i = 0; i < name->len; i++)
		if (name->at[i] == '/')
			name->at[i] = '_';
}

/* Takes the name in this form, if nobody has it. */
static bool take_form(
	struct names *names, const struct wish *wish, enum name_form form, uint64_t hash, struct buffer *name)
{
	spell(wish, form, hash, name);
	if (form == NAME_APART || (form == NAME_HASH && look_up(names, buffer_slice(name)) == NAME_NESTED))
		flatten(name);
	return take(names, buffer_slice(name));
}

struct slice name_make(struct names *names, struct arena *arena, const struct wish *wish)
{
	struct slice place = wish->place.len > 0 ? wish->place : wish->path;
	uint64_t hash = stable_hash_more(stable_hash(place), wish->suffix);
	struct buffer name = {0};
	enum name_form form = wish->form;
	bool taken = false;

	for (; form < NAME_HASH && !taken; form++)
		if (form == NAME_PLAIN || wish->file)
			taken = take_form(names, wish, form, 0, &name);
	/* two hashes may be the same by chance */
	for (; !taken; hash = stable_hash_more(hash, SLICE("/")))
		taken = take_form(names, wish, form, hash, &name);
	struct slice made = finished(arena, wish, &name);
	buffer_free(&name);
	return made;
}
