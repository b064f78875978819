/* Going through the known places, and telling files from further names of the same. See survey.h. */
#include "survey.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

/* Nothing is at the place, not even a link that leads nowhere. */
static bool is_absent(const struct root_file *file, int why)
{
	return (why == ENOENT || why == ENOTDIR) && !file->link;
}

static const char *unfit(const struct place_found *found)
{
	mode_t mode = found->file.status.st_mode;

	if (found->place->kind == PLACE_OSCAM)
		return S_ISDIR(mode) ? NULL : "no folder";
	if (!S_ISREG(mode))
		return S_ISDIR(mode) ? "a folder, no file" : "no regular file";
	return is_key_file(found->file.name) ? "leads to a key file, and those are never opened" : NULL;
}

static void visit(struct survey *survey, const struct known_place *place)
{
	struct root_file file;
	int why = root_file_find(&file, survey->root, slice_of(place->path), survey->arena) ? 0 : errno;

	if (is_absent(&file, why))
		return;
	struct place_found *found = list_add(&survey->found);
	*found = (struct place_found){
		.place = place, .file = file, .changed = file.status.st_mtime, .refused = why == EACCES};
	if (why == ENOENT)
		found->problem = arena_format(survey->arena, "a link to %.*s, which is not there",
			SLICE_ARG(arena_plain(survey->arena, file.name)))
					 .at;
	else
		found->problem = why ? strerror(why) : unfit(found);
	found->unseen = why && why != ENOENT && why != ENOTDIR && why != ELOOP;
	if (!found->problem && place->kind == PLACE_CCCAM &&
		!source_read(&found->source, found->file.path.at)) {
		found->problem = source_trouble(errno);
		found->unseen = true;
	}
}

/* What was not reached has no status. */
static bool same_file(const struct place_found *a, const struct place_found *b)
{
	return a->file.status.st_mode != 0 && a->file.status.st_dev == b->file.status.st_dev &&
	       a->file.status.st_ino == b->file.status.st_ino;
}

static bool same_content(const struct place_found *a, const struct place_found *b)
{
	return a->place->kind == PLACE_CCCAM && !a->problem && !b->problem &&
	       slice_equal(a->source.text, b->source.text);
}

/* The place is the file's own name, not that of a link to it. */
static bool is_own_name(const struct place_found *found)
{
	return slice_equal(slice_of(found->place->path), found->file.name);
}

/* Of several names of one file, its own one stands for it, else the first of the table; of copies the first.
 */
static void compare(struct place_found *first, struct place_found *second)
{
	bool same = same_file(first, second);

	if (first->place->kind != second->place->kind || first->same || second->same)
		return;
	if (!same && !same_content(first, second))
		return;
	bool swap = same && !is_own_name(first) && is_own_name(second);
	struct place_found *further = swap ? first : second;
	further->same = swap ? second : first;
	further->copy = !same;
}

bool is_cccam_file(const struct place_found *found)
{
	return found->place->kind == PLACE_CCCAM && !found->same && S_ISREG(found->file.status.st_mode) &&
	       !is_key_file(found->file.name);
}

/* What cannot be read may say something. */
static void count_cccam(struct survey *survey)
{
	const struct place_found *last = NULL, *saying = NULL;
	uint32_t say = 0;

	for (uint32_t i = 0; i < survey->found.count; i++) {
		const struct place_found *found = list_at(&survey->found, i);
		if (!is_cccam_file(found))
			continue;
		survey->cccam_count++;
		last = found;
		say += !found->blank;
		saying = found->blank ? saying : found;
	}
	survey->one = survey->cccam_count == 1 ? last : say == 1 ? saying : NULL;
	if (survey->one && survey->one->problem)
		survey->one = NULL;
}

void add_passed_by(struct buffer *text, const struct survey *survey)
{
	for (uint32_t i = 0; i < survey->found.count; i++) {
		const struct place_found *found = list_at(&survey->found, i);
		if (is_cccam_file(found) && found != survey->one)
			buffer_format(text, "; %.*s (%.*s) is not used",
				SLICE_ARG(arena_plain(survey->arena, found->file.path)),
				SLICE_ARG(found->holds));
	}
}

uint32_t survey_refused(const struct survey *survey)
{
	uint32_t refused = 0;

	for (uint32_t i = 0; i < survey->found.count; i++) {
		const struct place_found *found = list_at(&survey->found, i);
		refused += found->place->kind == PLACE_CCCAM && found->refused;
	}
	return refused;
}

/* False with errno: there is nothing to look through. */
static bool look_at_root(const char *root, struct arena *arena)
{
	struct root_file top;

	if (!root_file_find(&top, root, SLICE(""), arena))
		return false;
	errno = ENOTDIR;
	return S_ISDIR(top.status.st_mode) && access(top.path.len > 0 ? top.path.at : "/", X_OK) == 0;
}

bool survey_start(struct survey *survey, const char *root, struct arena *arena)
{
	*survey = (struct survey){.arena = arena, .root = root};
	list_init(&survey->found, arena, sizeof(struct place_found));
	if (!look_at_root(root, arena))
		return false;
	for (size_t i = 0; i < known_place_count; i++)
		visit(survey, &known_places[i]);
	for (uint32_t i = 0; i < survey->found.count; i++)
		for (uint32_t j = i + 1; j < survey->found.count; j++)
			compare(list_at(&survey->found, i), list_at(&survey->found, j));
	for (uint32_t i = 0; i < survey->found.count; i++) {
		struct place_found *found = list_at(&survey->found, i);
		/* names that were compared before a better one was known stand for that one */
		while (found->same && found->same->same)
			found->same = found->same->same;
		if (found->same || found->problem)
			continue;
		if (found->place->kind == PLACE_CCCAM)
			look_into_cccam(found, survey->arena);
		else if (found->place->kind == PLACE_OSCAM)
			look_into_folder(found, survey->root, survey->arena);
	}
	count_cccam(survey);
	return true;
}

void survey_end(struct survey *survey)
{
	for (uint32_t i = 0; i < survey->found.count; i++) {
		struct place_found *found = list_at(&survey->found, i);
		source_free(&found->source);
	}
}
