/* The places of a side file: the one that its option names comes first. See side.h. */
#include "side.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cc2oscam/root_file.h"
#include "cc2oscam/places.h"

/* The usual name of the option's file, such as "CCcam.prio". */
static const char *file_of(enum directive_id option)
{
	int i = 0;

	while (side_lines[i].option != option)
		i++;
	return side_lines[i].file;
}

static void say_elsewhere(
	struct translator *t, const struct statement *s, struct slice named, struct slice path)
{
	say(t, s, CODE_SIDE_FILE_ELSEWHERE, s->value.at, "%.*s is not there; %.*s was read", SLICE_ARG(named),
		SLICE_ARG(path));
}

const char *side_seek(struct translator *t, enum directive_id option, struct slice named, struct slice *path,
	struct source *source)
{
	const char *why = NULL, *place;
	struct slice other;

	if (named.len > 0 && side_path(t, named, path)) {
		why = side_read(t, *path, source);
		if (!why || !t->choices->root || strcmp(why, strerror(ENOENT)) != 0)
			return why;
	}
	for (int i = 0; (place = side_place(file_of(option), i)); i++) {
		if (!side_path(t, slice_of(place), &other))
			return NULL;
		const char *first = side_read(t, other, source);
		if (!first && path->at && named.len > 0)
			say_elsewhere(t, t->options[option], *path, other);
		if (!first || !path->at)
			*path = other;
		if (!first || !t->choices->root)
			return first;
		why = why ? why : first;
	}
	return why;
}

struct slice side_where(struct translator *t, const struct directive *option, struct slice path)
{
	const char *file = file_of(directive_id(option)), *place,
		   *between = "; the file was looked for there and at ";
	struct buffer text = {0};
	struct slice other;

	buffer_format(&text, "Put the file at %.*s", SLICE_ARG(path));
	for (int i = 0; t->choices->root && (place = side_place(file, i)); i++) {
		if (!side_path(t, slice_of(place), &other) || slice_equal(other, path))
			continue;
		buffer_format(&text, "%s%.*s", between, SLICE_ARG(other));
		between = " and ";
	}
	if (!t->choices->root)
		buffer_format(&text, ", or name a folder with a copy of the receiver: --root DIR");
	return arena_take(t->arena, &text);
}

/* `place` is the file's name on the receiver. Most folders have no such file: this must be fast. */
static bool say_place(struct translator *t, enum directive_id option, struct slice path, struct slice place)
{
	bool provided = t->choices->sides || t->choices->root;
	struct source source;

	if ((!provided && access(path.at, F_OK) != 0) || side_read(t, path, &source))
		return false;
	(void)ledger_find(t->ledger, CODE_SIDE_FILE_UNNAMED, (struct place){t->ledger->source, 0, 0},
		"%.*s is there, but no line names it, so it was not read; this line would: %s : %.*s",
		SLICE_ARG(path), directive_at(option)->keyword, SLICE_ARG(place));
	return true;
}

/* The name of the file beside CCcam.cfg below --root; empty when CCcam.cfg is elsewhere. */
static struct slice place_beside(struct translator *t, const char *file)
{
	struct slice root = root_folder(t->choices->root), path = slice_of(t->ledger->source->path);

	if (!slice_starts(path, root))
		return SLICE("");
	path = slice_skip(path, root.len);
	while (path.len > 0 && path.at[path.len - 1] != '/')
		path.len--;
	return path.len > 0 ? arena_format(t->arena, "%.*s%s", SLICE_ARG(path), file) : path;
}

static void say_below_root(struct translator *t, enum directive_id option, const char *file)
{
	struct slice beside = place_beside(t, file), path;
	const char *place;
	bool said = beside.len > 0 && side_path(t, beside, &path) && say_place(t, option, path, beside);

	for (int i = 0; !said && (place = side_place(file, i)); i++)
		said = side_path(t, slice_of(place), &path) && say_place(t, option, path, slice_of(place));
}

void side_say_unnamed(struct translator *t, enum directive_id option)
{
	const char *file = file_of(option);
	struct slice path;

	if (t->choices->root)
		say_below_root(t, option, file);
	else if (!t->choices->alone && side_path(t, slice_of(file), &path))
		(void)say_place(t, option, path, slice_of(side_place(file, 0)));
}
