/* The list of inputs, and the items that come out of them one after the other. See fleet.h. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "cc2oscam/fleet.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "kind.h"
#include "names.h"
#include "cc2oscam/places.h"
#include "walk.h"

struct input {
	const char *path, *name; /* name: given by a manifest, or NULL */
	const void *tag;
};

enum { ROOM_IN_ARCHIVE = 20 };

struct fleet {
	unsigned shard, shards;
	struct names names;
	struct arena arena, scratch; /* scratch: for one item, before it is known whose it is */
	struct list inputs;          /* struct input */
	uint32_t next;
	struct walk walk;
	bool walking;
	uint64_t found, number; /* items of the input at hand; of all */
	char *top;              /* malloc'ed: what to call the folder that is searched */
	/* Of a manifest's receiver that is a folder of several: its name is theirs too, and what is in it. */
	const struct input *several;
	struct names below;
};

struct fleet *fleet_new(unsigned shard, unsigned shards)
{
	struct fleet *fleet = calloc(1, sizeof *fleet);

	if (!fleet)
		out_of_memory();
	fleet->shard = shard;
	fleet->shards = shards;
	arena_init(&fleet->arena);
	arena_init(&fleet->scratch);
	list_init(&fleet->inputs, &fleet->arena, sizeof(struct input));
	return fleet;
}

void fleet_free(struct fleet *fleet)
{
	if (fleet->walking)
		walk_end(&fleet->walk);
	free(fleet->top);
	names_free(&fleet->names);
	names_free(&fleet->below);
	arena_free(&fleet->arena);
	arena_free(&fleet->scratch);
	free(fleet);
}

void fleet_add(struct fleet *fleet, const char *path)
{
	struct input *input = list_add(&fleet->inputs);

	input->path = arena_copy(&fleet->arena, slice_of(path)).at;
}

bool fleet_add_named(
	struct fleet *fleet, const char *path, const char *name, const void *tag, struct buffer *why)
{
	if (!name_reserve(&fleet->names, slice_of(name), why))
		return false;
	struct input *input = list_add(&fleet->inputs);
	input->path = arena_copy(&fleet->arena, slice_of(path)).at;
	input->name = arena_copy(&fleet->arena, slice_of(name)).at;
	input->tag = tag;
	return true;
}

/* ---- items ---- */

static bool is_mine(const struct fleet *fleet, struct slice wish)
{
	uint64_t hash = stable_hash(wish);

	return (hash ^ hash >> 32) % fleet->shards == fleet->shard - 1;
}

/* Counts the item; false when it is another shard's. */
static bool count_item(struct fleet *fleet, struct fleet_item *item, struct slice wish)
{
	item->number = fleet->number++;
	fleet->found++;
	return is_mine(fleet, wish);
}

/* An archive with several receivers needs room for their names behind its own. */
static void name_below(struct fleet *fleet, struct fleet_item *item, const struct wish *wish)
{
	struct slice name = name_make(&fleet->below, &fleet->scratch, wish);

	item->name = name.at;
	if (item->archive && name.len > FLEET_NAME_MOST - ROOM_IN_ARCHIVE)
		item->failed = "the names of receivers in it would be too long; give the manifest's receiver "
			       "a shorter output";
}

/* Names the item; false when it is another shard's. */
static bool name_item(struct fleet *fleet, struct fleet_item *item, const struct wish *wish)
{
	struct arena *arena = &fleet->scratch;
	struct slice wanted = name_wish(arena, wish);

	if (fleet->several)
		name_below(fleet, item, wish);
	else
		item->name = name_make(&fleet->names, arena, wish).at;
	return count_item(fleet, item, wanted);
}

static struct slice join(struct arena *arena, struct slice folder, struct slice file)
{
	bool slash = folder.len > 0 && folder.at[folder.len - 1] != '/';

	return arena_format(arena, "%.*s%s%.*s", SLICE_ARG(folder), slash ? "/" : "", SLICE_ARG(file));
}

static struct slice folder_of(struct slice path)
{
	while (path.len > 0 && path.at[path.len - 1] != '/')
		path.len--;
	while (path.len > 1 && path.at[path.len - 1] == '/')
		path.len--;
	return path;
}

/* A path whose parts tell what the folder is called: "." and the like say nothing. */
static char *telling_path(const char *path)
{
	struct slice rest = slice_of(path);
	bool void_end = true;

	while (rest.at) {
		struct slice part = slice_cut(&rest, '/');
		if (part.len > 0)
			void_end = slice_equal(part, SLICE(".")) || slice_equal(part, SLICE(".."));
	}
	char *telling = void_end ? realpath(*path ? path : ".", NULL) : NULL;
	if (!telling)
		telling = strdup(path);
	if (!telling)
		out_of_memory();
	return telling;
}

static const struct slice nameless = {"receiver", sizeof "receiver" - 1};

/* What is in a folder: all but the name. */
static void take_found(const struct found *found, struct arena *arena, struct fleet_item *item)
{
	struct slice path = found->file.len > 0 ? join(arena, found->folder, found->file)
						: arena_copy(arena, found->folder);

	item->path = found->path ? arena_copy(arena, slice_of(found->path)).at : path.at;
	item->archive = found->kind == FOUND_ARCHIVE;
	if (found->kind == FOUND_ROOT)
		item->root = arena_copy(arena, found->folder).at;
	if (found->kind == FOUND_FAILED)
		item->failed = found->why;
	if (found->first.len > 0)
		item->notice = arena_format(
			arena, "%.*s of the same receiver says something else", SLICE_ARG(found->first))
				       .at;
}

static bool take_walked(struct fleet *fleet, const struct found *found, struct fleet_item *item)
{
	struct arena *arena = &fleet->scratch;
	struct wish wish = {.parts = found->depth, .otherwise = nameless};

	*item = (struct fleet_item){.number = 0};
	take_found(found, arena, item);
	if (fleet->several) {
		wish.folder = slice_of(fleet->several->name);
		item->tag = fleet->several->tag;
	}
	wish.path = join(arena, slice_of(fleet->top), found->below);
	wish.file = found->file.len > 0 && fleet_is_archive(found->file.at);
	if (wish.file) {
		wish.path = join(arena, wish.path, found->file);
		wish.parts++;
	}
	if (wish.parts == 0)
		wish.parts = 1;
	if (found->first.len > 0)
		wish.suffix = name_place_suffix(arena, found->file);
	return name_item(fleet, item, &wish);
}

static void end_walk(struct fleet *fleet)
{
	walk_end(&fleet->walk);
	free(fleet->top);
	fleet->top = NULL;
	fleet->walking = false;
	fleet->several = NULL;
	names_free(&fleet->below);
}

/* Why the input is no file that can be read, or NULL. */
static const char *why_no_file(const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return strerror(errno);
	return S_ISREG(status.st_mode) ? NULL : "it is neither a file nor a folder";
}

/* What the user names may be an archive under any name. */
static void look_inside(const char *path, struct fleet_item *item)
{
	enum file_kind kind = kind_of_file(path);

	item->archive = kind == FILE_ARCHIVE;
	if (!item->archive)
		item->failed = kind_refused(kind);
}

/* A file that the user named: all but the name. Its folder is where a name may come from. */
static struct slice take_file(const char *path, struct arena *arena, struct fleet_item *item)
{
	struct slice root, whole = slice_of(path), folder = folder_of(whole);

	*item = (struct fleet_item){.path = arena_copy(arena, whole).at, .failed = why_no_file(path)};
	item->archive = fleet_is_archive(path);
	if (!item->failed && !item->archive)
		look_inside(path, item);
	if (cccam_place_of(whole, &root) >= 0) {
		folder = root.len > 0 ? root : SLICE(".");
		item->root = arena_copy(arena, folder).at;
	}
	return folder.len > 0 ? folder : SLICE(".");
}

static bool is_own_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return strcmp(slash ? slash + 1 : path, "CCcam.cfg") == 0;
}

static bool single_file(struct fleet *fleet, const char *path, struct fleet_item *item)
{
	struct arena *arena = &fleet->scratch;
	struct slice folder = take_file(path, arena, item);
	struct wish wish = {.path = slice_of(path), .parts = 1, .file = true, .otherwise = nameless};
	char *telling = NULL;

	if (is_own_name(path)) {
		telling = telling_path(arena_copy(arena, folder).at);
		wish.path = slice_of(telling);
		wish.file = false;
	}
	bool mine = name_item(fleet, item, &wish);
	free(telling);
	return mine;
}

/* A folder is searched from here on; false when the input is none. */
static bool start_folder(struct fleet *fleet, const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0 || !S_ISDIR(status.st_mode) || !walk_start(&fleet->walk, path))
		return false;
	fleet->top = telling_path(path);
	fleet->walking = true;
	fleet->found = 0;
	return true;
}

/* A folder that is a receiver itself. */
static bool is_receiver(const char *path, struct arena *arena, struct fleet_item *item)
{
	struct walk walk;
	struct found found;
	bool is = walk_one(&walk, path, &found);

	if (is)
		take_found(&found, arena, item);
	walk_end(&walk);
	return is;
}

/* How many are in the folder, where two stand for any number; the item becomes the first. */
static unsigned look_below(const char *path, struct arena *arena, struct fleet_item *item)
{
	struct walk walk;
	struct found found;
	unsigned count = 0;

	if (walk_start(&walk, path)) {
		for (; count < 2 && walk_next(&walk, &found); count++)
			if (count == 0)
				take_found(&found, arena, item);
	}
	walk_end(&walk);
	return count;
}

/* A folder that a manifest names: one receiver, or a folder that is searched, as an archive would be. False
 * when it is searched. */
static bool named_folder(struct fleet *fleet, const struct input *input, struct fleet_item *item)
{
	struct arena *arena = &fleet->scratch;

	*item = (struct fleet_item){.path = arena_copy(arena, slice_of(input->path)).at};
	if (is_receiver(input->path, arena, item))
		return true;
	unsigned count = look_below(input->path, arena, item);
	if (count == 0)
		item->failed = "there is no CCcam.cfg in it, and no backup archive";
	if (count < 2 || !start_folder(fleet, input->path))
		return true;
	fleet->several = input;
	return false;
}

/* One that a manifest names; false when it is several. */
static bool named_input(struct fleet *fleet, const struct input *input, struct fleet_item *item)
{
	struct arena *arena = &fleet->scratch;
	struct stat status;

	if (stat(input->path, &status) != 0 || !S_ISDIR(status.st_mode))
		(void)take_file(input->path, arena, item);
	else if (!named_folder(fleet, input, item))
		return false;
	item->name = arena_copy(arena, slice_of(input->name)).at;
	item->tag = input->tag;
	return count_item(fleet, item, slice_of(item->name));
}

/* When nothing was found in a folder, that is an item too. */
static bool is_empty_folder(struct fleet *fleet, const char *path, struct fleet_item *item)
{
	struct arena *arena = &fleet->scratch;
	struct wish wish = {.path = slice_of(fleet->top), .parts = 1, .otherwise = nameless};

	if (fleet->found > 0)
		return false;
	*item = (struct fleet_item){.path = arena_copy(arena, slice_of(path)).at,
		.failed = "there is no CCcam.cfg in it, and no backup archive"};
	return name_item(fleet, item, &wish);
}

static const char *keep(struct arena *arena, const char *text)
{
	return text ? arena_copy(arena, slice_of(text)).at : NULL;
}

static bool next_item(struct fleet *fleet, struct fleet_item *item)
{
	struct found found;

	if (fleet->walking && walk_next(&fleet->walk, &found))
		return take_walked(fleet, &found, item);
	if (fleet->walking) {
		const struct input *at = list_at(&fleet->inputs, fleet->next - 1);
		bool empty = is_empty_folder(fleet, at->path, item);
		end_walk(fleet);
		return empty;
	}
	const struct input *input = list_at(&fleet->inputs, fleet->next++);
	if (input->name)
		return named_input(fleet, input, item);
	return !start_folder(fleet, input->path) && single_file(fleet, input->path, item);
}

bool fleet_next(struct fleet *fleet, struct arena *arena, struct fleet_item *item)
{
	while (fleet->walking || fleet->next < fleet->inputs.count) {
		arena_reset(&fleet->scratch);
		if (!next_item(fleet, item))
			continue;
		item->name = keep(arena, item->name);
		item->path = keep(arena, item->path);
		item->root = keep(arena, item->root);
		item->failed = keep(arena, item->failed);
		item->notice = keep(arena, item->notice);
		return true;
	}
	return false;
}
