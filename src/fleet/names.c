/* Names from paths: only harmless bytes, unique, and none within another one. See names.h and fleet.h. */
#include "names.h"

#include <stdio.h>
#include <stdlib.h>

#include "cc2oscam/path.h"

enum name_state { NAME_FREE, NAME_TAKEN, NAME_NESTED };

/* FNV-1a */
uint64_t stable_hash_more(uint64_t hash, struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		hash = (hash ^ (unsigned char)text.at[i]) * 0x100000001b3u;
	return hash;
}

uint64_t stable_hash(struct slice text)
{
	return stable_hash_more(0xcbf29ce484222325u, text);
}

/* ---- the set ---- */

enum { IS_NAME = 1, IS_FOLDER = 2 };

static uint64_t key_of(struct slice text, unsigned what)
{
	uint64_t key = slice_hash_nocase(text, what);

	return key ? key : 1;
}

/* Where the key is, or belongs. */
static uint64_t *slot_of(const struct names *names, uint64_t key)
{
	size_t slot = key & (names->room - 1);

	while (names->slots[slot] != 0 && names->slots[slot] != key)
		slot = (slot + 1) & (names->room - 1);
	return &names->slots[slot];
}

static bool holds(const struct names *names, uint64_t key)
{
	return names->room > 0 && *slot_of(names, key) == key;
}

static void grow(struct names *names)
{
	struct names grown = {.room = names->room ? names->room * 2 : 64, .count = names->count};

	grown.slots = calloc(grown.room, sizeof *grown.slots);
	if (!grown.slots)
		out_of_memory();
	for (size_t i = 0; i < names->room; i++)
		if (names->slots[i] != 0)
			*slot_of(&grown, names->slots[i]) = names->slots[i];
	free(names->slots);
	*names = grown;
}

static void add(struct names *names, uint64_t key)
{
	if ((names->count + 1) * 3 / 2 >= names->room)
		grow(names);
	uint64_t *slot = slot_of(names, key);
	names->count += *slot == 0;
	*slot = key;
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

static bool name_fits(struct slice name)
{
	bool fits = name.len <= FLEET_NAME_MOST_GIVEN;

	do {
		struct slice part = slice_cut(&name, '/');
		fits &= slice_all(part, is_harmless) && part.at[0] != '.';
	} while (name.at);
	return fits;
}

bool name_reserve(struct names *names, struct slice name, struct buffer *why)
{
	enum name_state state = look_up(names, name);

	if (!name_fits(name))
		buffer_format(why,
			"it names a folder below that of the output: at most %d letters, digits, dots, - and "
			"_, with / between folders, none of which begins with a dot",
			FLEET_NAME_MOST_GIVEN);
	else if (state == NAME_TAKEN)
		buffer_format(why, "another receiver has the output \"%.*s\" already", SLICE_ARG(name));
	else if (state == NAME_NESTED)
		buffer_format(why,
			"the output \"%.*s\" and that of another receiver would lie within each other",
			SLICE_ARG(name));
	else
		return take(names, name);
	return false;
}

/* ---- names from paths ---- */

static size_t archive_ending(struct slice file)
{
	static const char *const endings[] = {".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2",
		".tbz2", ".tbz", ".tar.zst", ".tzst", ".zip"};

	for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
		struct slice ending = slice_of(endings[i]);
		if (file.len > ending.len && slice_ends_nocase(file, ending))
			return ending.len;
	}
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
	place = slice_folder(place);
	char *text = arena_bytes(arena, place.len + 1);
	text[0] = '.';
	for (size_t i = 0; i + 1 < place.len; i++)
		text[i + 1] = is_harmless(place.at[i]) ? place.at[i] : '_';
	return (struct slice){text, place.len};
}

const char *name_notice(struct arena *arena, struct slice first)
{
	return arena_format(arena,
		"%.*s of the same receiver says something else; each has a folder of its own",
		SLICE_ARG(first))
		.at;
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

/* Parts that say nothing are left out. */
static void add_path(struct buffer *name, struct slice path, bool stem)
{
	while (path.at) {
		struct slice part = slice_cut(&path, '/');
		if (part.len > 0 && !slice_equal(part, SLICE(".")) && !slice_equal(part, SLICE("..")))
			add_part(name, stem && !path.at ? without_ending(part) : part);
	}
}

/* Whether all its bytes may stand in a name, so that the name shows what the path really is. */
static bool name_is_harmless(struct slice path)
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

/* Adds the hash to the name; the name is cut where it has no room for the hash. */
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
	size_t most = wish->folder.len > 0 ? FLEET_NAME_MOST - 1 - wish->folder.len
		      : wish->file         ? FLEET_NAME_MOST_GIVEN
					   : FLEET_NAME_MOST;

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

/* In its folder; the buffer is freed. */
static struct slice finish_name(struct arena *arena, const struct wish *wish, struct buffer *name)
{
	if (wish->folder.len == 0)
		return arena_take(arena, name);
	struct slice made =
		arena_format(arena, "%.*s/%.*s", SLICE_ARG(wish->folder), (int)name->len, name->at);
	buffer_free(name);
	return made;
}

struct slice name_wish(struct arena *arena, const struct wish *wish)
{
	struct buffer name = {0};

	spell(wish, NAME_PLAIN, 0, &name);
	return finish_name(arena, wish, &name);
}

/* As long as that of a file may be; the words have no ending. */
struct slice fleet_name_of(struct arena *arena, const char *words)
{
	struct wish wish = {.path = slice_of(words), .file = true, .otherwise = SLICE("receiver")};
	struct buffer name = {0};

	spell(&wish, NAME_ENDING, 0, &name);
	return arena_take(arena, &name);
}

/* Takes the name in this form, if nobody has it. */
static bool take_form(
	struct names *names, const struct wish *wish, enum name_form form, uint64_t hash, struct buffer *name)
{
	spell(wish, form, hash, name);
	bool flat = form == NAME_APART ||
		    (form == NAME_HASH && look_up(names, buffer_slice(name)) == NAME_NESTED);
	for (size_t i = 0; flat && i < name->len; i++)
		if (name->at[i] == '/')
			name->at[i] = '_';
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
	return finish_name(arena, wish, &name);
}

/* ---- neighbours ---- */

/* One name that one of the neighbours may have. */
struct spelling {
	uint64_t hash;
	enum name_form *form;
	bool file, clean; /* clean: the name shows what the path really is */
	bool ending;      /* the name with its ending; else the plain one */
};

void neighbours_start(struct neighbours *neighbours, struct arena *arena, size_t most)
{
	*neighbours = (struct neighbours){arena_array(arena, most, 2 * sizeof(struct spelling)), 0};
}

void neighbours_add(struct neighbours *neighbours, struct slice name, bool file, enum name_form *form)
{
	struct spelling plain = {name_hash(name, file), form, file, name_is_harmless(name), false};

	*form = NAME_PLAIN;
	neighbours->spellings[neighbours->count++] = plain;
	if (file)
		neighbours->spellings[neighbours->count++] =
			(struct spelling){name_hash(name, false), form, file, plain.clean, true};
}

static int compare_spellings(const void *a, const void *b)
{
	const struct spelling *x = a, *y = b;

	return (x->hash > y->hash) - (x->hash < y->hash);
}

/* Those with the same plain name: who does not own it has another one. */
static void give_plain_name(const struct spelling *same, uint32_t count)
{
	const struct spelling *clean[2] = {NULL, NULL}; /* a folder, a file */
	uint32_t plain = 0, clean_count[2] = {0, 0};

	for (uint32_t i = 0; i < count; i++) {
		plain += !same[i].ending;
		if (same[i].ending || !same[i].clean)
			continue;
		clean[same[i].file] = &same[i];
		clean_count[same[i].file]++;
	}
	int kind = clean_count[0] == 0;
	const struct spelling *owner = clean_count[kind] == 1 ? clean[kind] : NULL;
	for (uint32_t i = 0; i < count && plain > 1; i++)
		if (!same[i].ending && &same[i] != owner)
			*same[i].form = same[i].file ? NAME_ENDING : NAME_HASH;
}

/* With its ending a file must not have a name that another may have. */
static void give_ending(const struct spelling *same, uint32_t count)
{
	for (uint32_t i = 0; i < count && count > 1; i++)
		if (same[i].ending && *same[i].form == NAME_ENDING)
			*same[i].form = NAME_HASH;
}

static void for_same_names(
	const struct neighbours *neighbours, void (*settle)(const struct spelling *same, uint32_t count))
{
	const struct spelling *at = neighbours->spellings;

	for (uint32_t from = 0, to; from < neighbours->count; from = to) {
		for (to = from + 1; to < neighbours->count && at[to].hash == at[from].hash;)
			to++;
		settle(at + from, to - from);
	}
}

void neighbours_tell_apart(struct neighbours *neighbours)
{
	if (neighbours->count > 0)
		qsort(neighbours->spellings, neighbours->count, sizeof *neighbours->spellings,
			compare_spellings);
	for_same_names(neighbours, give_plain_name);
	for_same_names(neighbours, give_ending);
}
