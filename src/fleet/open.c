/* From an item to the receivers in it. See fleet.h. */
#include "cc2oscam/fleet.h"

#include <errno.h>

#include "archived.h"
#include "cc2oscam/root_file.h"
#include "cc2oscam/kind.h"
#include "cc2oscam/path.h"
#include "names.h"

struct fleet_limits fleet_limits_default(void)
{
	return (struct fleet_limits){.file = SOURCE_MOST,
		.kept = 2u * SOURCE_MOST,
		.entries = 1000000,
		.unpacked = (uint64_t)4 << 30,
		.harmless = 100u << 20,
		.ratio = 1000};
}

static struct receiver *start_one(
	const struct fleet_item *item, struct arena *arena, struct receivers *receivers)
{
	struct receiver *receiver = arena_zero(arena, sizeof *receiver);

	*receivers = (struct receivers){receiver, 1};
	receiver->name = item->name;
	receiver->origin = item->path;
	receiver->notice = item->notice;
	receiver->tag = item->tag;
	return receiver;
}

/* ---- a plain file ---- */

static void open_file(const struct fleet_item *item, struct arena *arena, struct receiver *receiver)
{
	if (!source_read(&receiver->source, item->path)) {
		receiver->failed = arena_string(arena, source_trouble(errno));
		return;
	}
	receiver->failed = kind_refused(arena, kind_of_head(receiver->source.text));
	if (receiver->failed) {
		source_free(&receiver->source);
		return;
	}
	receiver->root = item->root;
	receiver->folder = path_folder(arena, item->path);
	receiver->alone = item->alone;
	receiver->no_devices = item->root && !root_has_devices(item->root);
}

/* ---- an archive ---- */

static const char *notice_of(const struct archived *in_archive, struct arena *arena, uint32_t left_out)
{
	if (in_archive->first.len > 0)
		return name_notice(arena, in_archive->first);
	if (left_out > 0)
		return arena_format(arena,
			"%lu other CCcam.cfg in the archive, where no receiver has it, %s left out",
			(unsigned long)left_out, left_out == 1 ? "is" : "are")
			.at;
	return NULL;
}

static void fill(const struct fleet_item *item, struct arena *arena, struct archived *in_archive,
	struct receiver *receiver)
{
	receiver->origin = arena_format(arena, "%s:%.*s", item->path, SLICE_ARG(in_archive->file)).at;
	receiver->tag = item->tag;
	receiver->failed =
		in_archive->failed ? in_archive->failed : kind_refused(arena, kind_of_head(in_archive->text));
	if (receiver->failed)
		return;
	source_from_text(&receiver->source, receiver->origin, in_archive->text);
	/* where side files are, in words that look like a path */
	struct slice shown = arena_format(arena, "%s:%.*s", item->path, SLICE_ARG(in_archive->root));
	in_archive->shown = shown.len;
	in_archive->sides = (struct side_provider){archived_read, in_archive};
	receiver->sides = &in_archive->sides;
	receiver->no_devices = true;
	*(in_archive->place >= 0 ? &receiver->root : &receiver->folder) = shown.at;
}

/* ".var_etc" for lr/var/etc/CCcam.cfg with the root lr */
static struct slice suffix_of(struct arena *arena, const struct archived *in_archive)
{
	size_t skip = in_archive->root.len > 0 ? in_archive->root.len + 1 : 0;
	struct slice place = {in_archive->file.at + skip, in_archive->file.len - skip};

	return in_archive->first.len > 0 ? name_place_suffix(arena, place) : (struct slice){NULL, 0};
}

static void name_archived(const struct fleet_item *item, struct arena *arena, const struct list *archived,
	struct receiver *receivers)
{
	struct wish *wishes = arena_array(arena, archived->count, sizeof *wishes);
	struct slice otherwise = slice_of(path_base(item->name));
	struct names names = {.slots = NULL};
	struct neighbours neighbours;

	neighbours_start(&neighbours, arena, archived->count);
	for (uint32_t i = 0; i < archived->count; i++) {
		const struct archived *in_archive = list_at(archived, i);
		struct slice root = in_archive->root, suffix = suffix_of(arena, in_archive);
		wishes[i] = (struct wish){.path = root,
			.suffix = suffix,
			.folder = slice_of(item->name),
			.otherwise = otherwise};
		if (root.len == 0)
			root = otherwise;
		neighbours_add(&neighbours,
			arena_format(arena, "%.*s%.*s", SLICE_ARG(root), SLICE_ARG(suffix)), false,
			&wishes[i].form);
	}
	neighbours_tell_apart(&neighbours);
	for (uint32_t i = 0; i < archived->count; i++)
		receivers[i].name =
			archived->count == 1 ? item->name : name_make(&names, arena, &wishes[i]).at;
	names_free(&names);
}

static void open_archive(const struct fleet_item *item, const struct fleet_limits *limits,
	struct arena *arena, struct receivers *receivers)
{
	struct list archived;
	uint32_t left_out = 0;
	const char *failed = archived_open(item->path, limits, arena, &archived, &left_out);

	if (failed) {
		fleet_open_failed(item, failed, arena, receivers);
		return;
	}
	receivers->count = archived.count;
	receivers->at = arena_zero(arena, archived.count * sizeof *receivers->at);
	name_archived(item, arena, &archived, receivers->at);
	for (uint32_t i = 0; i < archived.count; i++) {
		struct archived *in_archive = list_at(&archived, i);
		fill(item, arena, in_archive, &receivers->at[i]);
		receivers->at[i].notice = notice_of(in_archive, arena, i == 0 ? left_out : 0);
	}
}

void fleet_open(const struct fleet_item *item, const struct fleet_limits *limits, struct arena *arena,
	struct receivers *receivers)
{
	if (item->archive && !item->failed) {
		open_archive(item, limits, arena, receivers);
		return;
	}
	struct receiver *receiver = start_one(item, arena, receivers);
	receiver->failed = item->failed;
	if (!item->failed)
		open_file(item, arena, receiver);
}

void fleet_open_failed(
	const struct fleet_item *item, const char *why, struct arena *arena, struct receivers *receivers)
{
	start_one(item, arena, receivers)->failed = why;
}

void fleet_close(struct receivers *receivers)
{
	for (uint32_t i = 0; i < receivers->count; i++)
		source_free(&receivers->at[i].source);
	receivers->count = 0;
}

void receiver_choose(const struct receiver *receiver, struct choices *choices)
{
	choices->root = receiver->root;
	choices->folder = receiver->folder;
	choices->sides = receiver->sides;
	choices->no_devices = receiver->no_devices;
	choices->alone = receiver->alone;
}
