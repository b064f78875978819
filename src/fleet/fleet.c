/* The list of inputs, and the list of items that comes of them. See fleet.h. */
#include "cc2oscam/fleet.h"

#include <errno.h>
#include <stdlib.h>

#include "cc2oscam/kind.h"
#include "cc2oscam/path.h"
#include "inputs.h"
#include "walk.h"

enum { ROOM_IN_ARCHIVE = 20 };

struct fleet {
	unsigned shard, shards;
	struct names names;
	struct arena arena, scratch; /* scratch: for one item, until its shard is known */
	struct list inputs;          /* struct input */
	uint32_t unnamed_count;      /* of the inputs without a name */
	bool inputs_named;
	const char *output; /* or NULL */
	struct list items;  /* struct fleet_item: those of the shard */
	uint64_t found;     /* items so far, whatever their shard */
	bool found_all;
	const struct input *input; /* at hand */
	/* Of a manifest's receiver that is a folder of several: its name is theirs too, and what is in it. */
	bool several;
	struct names below;
	struct list bare;   /* const char *: sub-folders without a receiver */
	struct list passed; /* const char *: files that are no receiver's by their names */
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
	list_init(&fleet->items, &fleet->arena, sizeof(struct fleet_item));
	list_init(&fleet->bare, &fleet->arena, sizeof(const char *));
	list_init(&fleet->passed, &fleet->arena, sizeof(const char *));
	return fleet;
}

void fleet_free(struct fleet *fleet)
{
	names_free(&fleet->names);
	names_free(&fleet->below);
	arena_free(&fleet->arena);
	arena_free(&fleet->scratch);
	free(fleet);
}

static struct input *add_input(struct fleet *fleet, const char *path)
{
	struct input *input = list_add(&fleet->inputs);

	input->path = arena_string(&fleet->arena, path);
	return input;
}

void fleet_add(struct fleet *fleet, const char *path)
{
	(void)add_input(fleet, path);
	fleet->unnamed_count++;
}

void fleet_leave_out(struct fleet *fleet, const char *output)
{
	fleet->output = arena_string(&fleet->arena, output);
}

bool fleet_check(struct fleet *fleet, struct buffer *why)
{
	inputs_name(&fleet->inputs, &fleet->arena);
	fleet->inputs_named = true;
	return inputs_check(&fleet->inputs, fleet->output, why);
}

bool fleet_add_named(
	struct fleet *fleet, const char *path, const char *name, const void *tag, struct buffer *why)
{
	if (!name_reserve(&fleet->names, slice_of(name), why))
		return false;
	struct input *input = add_input(fleet, path);
	input->name = arena_string(&fleet->arena, name);
	input->tag = tag;
	return true;
}

/* ---- items ---- */

static struct fleet_item copy_item(struct arena *arena, const struct fleet_item *item)
{
	struct fleet_item copy = *item;

	copy.name = arena_string(arena, item->name);
	copy.path = arena_string(arena, item->path);
	copy.root = arena_string(arena, item->root);
	copy.failed = arena_string(arena, item->failed);
	copy.notice = arena_string(arena, item->notice);
	return copy;
}

/* Puts the item into the list if the item is of this shard: `wish`, the name that it would have alone,
 * decides. */
static void add_item(struct fleet *fleet, const struct fleet_item *item, struct slice wish)
{
	uint64_t hash = stable_hash(wish);

	fleet->found++;
	if ((hash ^ hash >> 32) % fleet->shards == fleet->shard - 1)
		*(struct fleet_item *)list_add(&fleet->items) = copy_item(&fleet->arena, item);
}

static void name_item(struct fleet *fleet, struct fleet_item *item, const struct wish *wish)
{
	struct arena *arena = &fleet->scratch;
	struct slice name = name_make(fleet->several ? &fleet->below : &fleet->names, arena, wish);

	item->name = name.at;
	/* an archive with several receivers needs room for their names behind its own */
	if (fleet->several && item->archive && name.len > FLEET_NAME_MOST - ROOM_IN_ARCHIVE)
		item->failed = "the names of receivers in it would be too long; give the manifest's receiver "
			       "a shorter output";
	add_item(fleet, item, name_wish(arena, wish));
}

static const struct slice nameless = {"receiver", sizeof "receiver" - 1};

/* With one INPUT its name is left out, but where nothing else is; one of a manifest has none. */
static struct slice behind_input_name(const struct fleet *fleet, struct arena *arena, struct slice below)
{
	if (fleet->several || (fleet->unnamed_count == 1 && below.len > 0))
		return below;
	return path_join(arena, fleet->input->text, below);
}

const struct list *fleet_passed_by(const struct fleet *fleet, bool folders)
{
	return folders ? &fleet->bare : &fleet->passed;
}

static bool take_walked(void *context, const struct found *found)
{
	struct fleet *fleet = context;
	const struct input *input = fleet->input;
	struct arena *arena = &fleet->scratch;
	struct wish wish = {.form = found->form, .suffix = found->suffix, .otherwise = nameless};
	struct slice below = found->below;
	struct fleet_item item = found->item;

	if (found->kind != FOUND_RECEIVER) {
		struct list *list = found->kind == FOUND_BARE ? &fleet->bare : &fleet->passed;
		*(const char **)list_add(list) = arena_string(&fleet->arena, found->item.path);
		return true;
	}
	arena_reset(arena);
	item.tag = input->tag;
	wish.file = found->file.len > 0 && fleet_is_archive(found->file.at);
	if (wish.file)
		below = path_join(arena, below, found->file);
	wish.path = behind_input_name(fleet, arena, below);
	if (fleet->several)
		wish.folder = slice_of(input->name);
	else if (below.len == 0)
		wish.form = input->form;
	else if (input->form >= NAME_HASH) /* nothing lies in the folder of one that is called like another */
		wish.form = NAME_APART;
	if (!item.root && !item.archive)
		wish.place = behind_input_name(fleet, arena, path_join(arena, found->below, found->file));
	name_item(fleet, &item, &wish);
	return true;
}

/* Why the input is no file that can be read, or NULL. */
static const char *why_no_file(const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return strerror(errno);
	return S_ISREG(status.st_mode) ? NULL : "it is neither a file nor a folder";
}

/* A file that the user named, maybe an archive under any name: all but the name. */
static struct fleet_item take_file(const char *path, struct arena *arena)
{
	struct fleet_item item = {
		.path = path, .failed = why_no_file(path), .archive = fleet_is_archive(path)};
	bool known = false;

	if (!item.failed && !item.archive) {
		struct kind kind = kind_of_file(path);
		item.archive = kind.is == FILE_ARCHIVE;
		if (!item.archive)
			item.failed = kind_refused(arena, kind);
	}
	struct slice folder = cccam_folder(slice_of(path), &known);
	if (known)
		item.root = arena_copy(arena, folder.len > 0 ? folder : SLICE(".")).at;
	return item;
}

static const char nothing_found[] = "there is no CCcam.cfg in it, and no backup archive";

/* A folder in which nothing is found is an item too. */
static void add_unnamed(struct fleet *fleet)
{
	const struct input *input = fleet->input;
	struct fleet_item item = {.path = input->path, .failed = nothing_found};
	uint64_t before = fleet->found;

	if (!is_folder(input->path))
		item = take_file(input->path, &fleet->scratch);
	else
		walk_folder(input->path, fleet->output, true, take_walked, fleet);
	if (fleet->found > before)
		return;
	struct wish wish = {.path = input->text,
		.place = path_join(&fleet->scratch, input->text, input->below),
		.form = input->form,
		.file = input->file,
		.otherwise = nameless};
	name_item(fleet, &item, &wish);
}

/* The first of what is found, and how many there are, where two stand for any number. */
struct first_found {
	struct arena *arena;
	struct fleet_item item;
	unsigned count;
};

static bool take_first(void *context, const struct found *found)
{
	struct first_found *first = context;

	if (found->kind == FOUND_RECEIVER && first->count++ == 0)
		first->item = copy_item(first->arena, &found->item);
	return first->count < 2;
}

/* A folder that a manifest names: one receiver, or a folder that is searched, as an archive would be. False
 * when it is searched. */
static bool is_one(const struct fleet *fleet, struct first_found *first)
{
	const char *path = fleet->input->path;

	walk_folder(path, NULL, false, take_first, first);
	if (first->count > 0)
		return true;
	walk_folder(path, fleet->output, true, take_first, first);
	return first->count < 2;
}

/* One receiver that a manifest names, or several. */
static void add_named(struct fleet *fleet)
{
	const struct input *input = fleet->input;
	struct first_found first = {
		.arena = &fleet->scratch, .item = {.path = input->path, .failed = nothing_found}};

	if (!is_folder(input->path)) {
		first.item = take_file(input->path, &fleet->scratch);
	} else if (!is_one(fleet, &first)) {
		fleet->several = true;
		walk_folder(input->path, fleet->output, true, take_walked, fleet);
		fleet->several = false;
		names_free(&fleet->below);
		return;
	}
	first.item.name = input->name;
	first.item.tag = input->tag;
	add_item(fleet, &first.item, slice_of(input->name));
}

const struct list *fleet_items(struct fleet *fleet)
{
	if (!fleet->inputs_named)
		inputs_name(&fleet->inputs, &fleet->arena);
	for (uint32_t i = 0; i < fleet->inputs.count && !fleet->found_all; i++) {
		fleet->input = list_at(&fleet->inputs, i);
		arena_reset(&fleet->scratch);
		if (fleet->input->name)
			add_named(fleet);
		else
			add_unnamed(fleet);
	}
	fleet->inputs_named = fleet->found_all = true;
	return &fleet->items;
}
