/* The list of inputs, and the list of items that comes of them. See fleet.h. */
#include "cc2oscam/fleet.h"

#include <errno.h>
#include <stdlib.h>

#include "cc2oscam/kind.h"
#include "cc2oscam/path.h"
#include "inputs.h"
#include "walk.h"

struct input {
	const char *path, *name; /* name: given by a manifest, or NULL */
	const void *tag;
	uint32_t unnamed; /* its number, of those without a name */
};

enum { ROOM_IN_ARCHIVE = 20 };

struct fleet {
	unsigned shard, shards;
	struct names names;
	struct arena arena, scratch;    /* scratch: for one item, before it is known whose it is */
	struct list inputs;             /* struct input */
	struct input_name *input_names; /* of the inputs without a name; NULL: not made yet */
	uint32_t unnamed_count;
	const char *output; /* or NULL */
	struct list items;  /* struct fleet_item: those of the shard */
	uint64_t found;     /* items so far, whatever their shard */
	bool found_all;
	const struct input *input; /* at hand */
	/* Of a manifest's receiver that is a folder of several: its name is theirs too, and what is in it. */
	bool several;
	struct names below;
	bool bare_kept;
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

void fleet_add(struct fleet *fleet, const char *path)
{
	struct input *input = list_add(&fleet->inputs);

	input->path = arena_copy(&fleet->arena, slice_of(path)).at;
	input->unnamed = fleet->unnamed_count++;
}

void fleet_leave_out(struct fleet *fleet, const char *output)
{
	fleet->output = arena_copy(&fleet->arena, slice_of(output)).at;
}

static void make_input_names(struct fleet *fleet)
{
	if (fleet->input_names)
		return;
	fleet->input_names = arena_array(&fleet->arena, fleet->unnamed_count + 1, sizeof *fleet->input_names);
	for (uint32_t i = 0; i < fleet->inputs.count; i++) {
		const struct input *input = list_at(&fleet->inputs, i);
		if (!input->name)
			fleet->input_names[input->unnamed] = (struct input_name){.path = input->path};
	}
	input_names_make(fleet->input_names, fleet->unnamed_count, &fleet->arena);
}

bool fleet_check(struct fleet *fleet, struct buffer *why)
{
	make_input_names(fleet);
	return inputs_are_apart(fleet->input_names, fleet->unnamed_count, why) &&
	       (!fleet->output ||
		       output_is_apart(fleet->input_names, fleet->unnamed_count, fleet->output, why));
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

static const char *keep(struct arena *arena, const char *text)
{
	return text ? arena_copy(arena, slice_of(text)).at : NULL;
}

/* Puts the item, which is called `wish` wherever it is alone, into the list if it is the shard's. */
static void add_item(struct fleet *fleet, const struct fleet_item *item, struct slice wish)
{
	fleet->found++;
	if (!is_mine(fleet, wish))
		return;
	struct fleet_item *added = list_add(&fleet->items);
	*added = *item;
	added->name = keep(&fleet->arena, item->name);
	added->path = keep(&fleet->arena, item->path);
	added->root = keep(&fleet->arena, item->root);
	added->failed = keep(&fleet->arena, item->failed);
	added->notice = keep(&fleet->arena, item->notice);
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

static void name_item(struct fleet *fleet, struct fleet_item *item, const struct wish *wish)
{
	struct arena *arena = &fleet->scratch;
	struct slice wanted = name_wish(arena, wish);

	if (fleet->several)
		name_below(fleet, item, wish);
	else
		item->name = name_make(&fleet->names, arena, wish).at;
	add_item(fleet, item, wanted);
}

static struct slice join(struct arena *arena, struct slice folder, struct slice file)
{
	bool slash = folder.len > 0 && file.len > 0 && folder.at[folder.len - 1] != '/';

	return arena_format(arena, "%.*s%s%.*s", SLICE_ARG(folder), slash ? "/" : "", SLICE_ARG(file));
}

static const struct slice nameless = {"receiver", sizeof "receiver" - 1};

/* What is in a folder: all but the name. */
static void take_found(const struct found *found, struct arena *arena, struct fleet_item *item)
{
	struct slice path = found->file.len > 0 ? join(arena, found->folder, found->file)
						: arena_copy(arena, found->folder);

	item->path = found->path ? arena_copy(arena, slice_of(found->path)).at : path.at;
	item->archive = found->kind == FOUND_ARCHIVE;
	item->alone = found->alone;
	if (found->kind == FOUND_ROOT)
		item->root = arena_copy(arena, found->folder).at;
	if (found->kind == FOUND_FAILED)
		item->failed = found->why;
	if (found->first.len > 0)
		item->notice = arena_format(arena,
			"%.*s of the same receiver says something else; each has a folder of its own",
			SLICE_ARG(found->first))
				       .at;
}

static const struct input_name *input_name_at_hand(const struct fleet *fleet)
{
	return &fleet->input_names[fleet->input->unnamed];
}

/* With one INPUT its name is left out, but where nothing else is; one of a manifest has none. */
static struct slice behind_input_name(const struct fleet *fleet, struct arena *arena, struct slice below)
{
	if (fleet->several)
		return below;
	struct slice own = input_name_at_hand(fleet)->text;

	return fleet->unnamed_count == 1 && below.len > 0 ? below : join(arena, own, below);
}

/* Nothing lies in the folder of an INPUT that is called like another one. */
static enum name_form form_of(const struct fleet *fleet, enum name_form form, struct slice below)
{
	if (fleet->several)
		return form;
	enum name_form own = input_name_at_hand(fleet)->form;
	if (below.len == 0)
		return own;
	return own < NAME_HASH ? form : NAME_APART;
}

void fleet_keep_bare(struct fleet *fleet)
{
	fleet->bare_kept = true;
}

const char *fleet_bare(const struct fleet *fleet, uint32_t number)
{
	return number < fleet->bare.count ? *(const char *const *)list_at(&fleet->bare, number) : NULL;
}

const char *fleet_passed(const struct fleet *fleet, uint32_t number)
{
	return number < fleet->passed.count ? *(const char *const *)list_at(&fleet->passed, number) : NULL;
}

/* What is no receiver, but may have been meant as one. */
static void keep_other(struct fleet *fleet, const struct found *found)
{
	if (!fleet->bare_kept)
		return;
	if (found->kind == FOUND_BARE)
		*(const char **)list_add(&fleet->bare) = arena_copy(&fleet->arena, found->folder).at;
	else
		*(const char **)list_add(&fleet->passed) = join(&fleet->arena, found->folder, found->file).at;
}

static bool take_walked(void *context, const struct found *found)
{
	struct fleet *fleet = context;
	struct arena *arena = &fleet->scratch;
	struct wish wish = {.otherwise = nameless};
	struct slice below = found->below;
	struct fleet_item item = {.tag = fleet->input->tag};

	if (found->kind == FOUND_BARE || found->kind == FOUND_PASSED) {
		keep_other(fleet, found);
		return true;
	}
	arena_reset(arena);
	take_found(found, arena, &item);
	if (fleet->several)
		wish.folder = slice_of(fleet->input->name);
	wish.file = found->file.len > 0 && fleet_is_archive(found->file.at);
	if (wish.file)
		below = join(arena, below, found->file);
	wish.path = behind_input_name(fleet, arena, below);
	wish.form = form_of(fleet, found->form, below);
	if (found->kind == FOUND_BESIDE || found->kind == FOUND_FAILED)
		wish.place = behind_input_name(fleet, arena, join(arena, found->below, found->file));
	if (found->first.len > 0)
		wish.suffix = name_place_suffix(arena, found->file);
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

/* What the user names may be an archive under any name. */
static void look_inside(const char *path, struct arena *arena, struct fleet_item *item)
{
	struct kind kind = kind_of_file(path);

	item->archive = kind.is == FILE_ARCHIVE;
	if (!item->archive)
		item->failed = kind_refused(arena, kind);
}

/* A file that the user named: all but the name. */
static void take_file(const char *path, struct arena *arena, struct fleet_item *item)
{
	struct slice whole = slice_of(path);
	bool known = false;

	*item = (struct fleet_item){.path = arena_copy(arena, whole).at, .failed = why_no_file(path)};
	item->archive = fleet_is_archive(path);
	if (!item->failed && !item->archive)
		look_inside(path, arena, item);
	struct slice folder = cccam_folder(whole, &known);
	if (known)
		item->root = arena_copy(arena, folder.len > 0 ? folder : SLICE(".")).at;
}

static void add_single_file(struct fleet *fleet)
{
	const struct input_name *own = input_name_at_hand(fleet);
	struct wish wish = {.path = own->text,
		.place = join(&fleet->scratch, own->text, own->below),
		.form = own->form,
		.file = own->file,
		.otherwise = nameless};
	struct fleet_item item;

	take_file(fleet->input->path, &fleet->scratch, &item);
	name_item(fleet, &item, &wish);
}

static const char nothing_found[] = "there is no CCcam.cfg in it, and no backup archive";

/* When nothing is found in a folder, that is an item too. */
static void add_empty_folder(struct fleet *fleet)
{
	const struct input_name *own = input_name_at_hand(fleet);
	struct wish wish = {.path = own->text, .form = own->form, .otherwise = nameless};
	struct fleet_item item = {.path = arena_copy(&fleet->scratch, slice_of(fleet->input->path)).at,
		.failed = nothing_found};

	name_item(fleet, &item, &wish);
}

static void add_folder(struct fleet *fleet)
{
	uint64_t before = fleet->found;

	walk_all(fleet->input->path, fleet->output, take_walked, fleet);
	arena_reset(&fleet->scratch);
	if (fleet->found == before)
		add_empty_folder(fleet);
}

/* The first of what is found, and how many there are, where two stand for any number. */
struct first_found {
	struct arena *arena;
	struct fleet_item *item;
	unsigned count;
};

static bool take_first(void *context, const struct found *found)
{
	struct first_found *first = context;

	if (found->kind == FOUND_BARE || found->kind == FOUND_PASSED)
		return true;
	if (first->count++ == 0)
		take_found(found, first->arena, first->item);
	return first->count < 2;
}

/* A folder that a manifest names: one receiver, or a folder that is searched, as an archive would be. False
 * when it is searched. */
static bool is_one(const struct fleet *fleet, struct arena *arena, struct fleet_item *item)
{
	const char *path = fleet->input->path;
	struct first_found first = {.arena = arena, .item = item};

	*item = (struct fleet_item){.path = arena_copy(arena, slice_of(path)).at};
	walk_one(path, take_first, &first);
	if (first.count > 0)
		return true;
	walk_all(path, fleet->output, take_first, &first);
	if (first.count == 0)
		item->failed = nothing_found;
	return first.count < 2;
}

/* One receiver that a manifest names, or several. */
static void add_named(struct fleet *fleet)
{
	const struct input *input = fleet->input;
	struct fleet_item item;

	fleet->several = false;
	if (!is_folder(input->path)) {
		take_file(input->path, &fleet->scratch, &item);
	} else if (!is_one(fleet, &fleet->scratch, &item)) {
		fleet->several = true;
		walk_all(input->path, fleet->output, take_walked, fleet);
		fleet->several = false;
		names_free(&fleet->below);
		return;
	}
	item.name = input->name;
	item.tag = input->tag;
	add_item(fleet, &item, slice_of(item.name));
}

const struct list *fleet_items(struct fleet *fleet)
{
	make_input_names(fleet);
	for (uint32_t i = 0; i < fleet->inputs.count && !fleet->found_all; i++) {
		fleet->input = list_at(&fleet->inputs, i);
		arena_reset(&fleet->scratch);
		if (fleet->input->name)
			add_named(fleet);
		else if (is_folder(fleet->input->path))
			add_folder(fleet);
		else
			add_single_file(fleet);
	}
	fleet->found_all = true;
	return &fleet->items;
}
