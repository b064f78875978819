/* Where the side files are, and which files are never opened. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "side.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cc2oscam/root_file.h"
#include "cc2oscam/platform.h"

static struct slice base_name(struct slice path)
{
	size_t at = path.len;

	while (at > 0 && path.at[at - 1] != '/')
		at--;
	return slice_skip(path, at);
}

/* No key file is ever read, whatever option names the file. A key file is known by its name. */
static bool holds_keys(const struct translator *t, struct slice path)
{
	static const enum directive_id options[] = {
		DIRECTIVE_SOFTKEY_FILE, DIRECTIVE_AUTOROLL_FILE, DIRECTIVE_STATIC_CW_FILE};
	struct slice name = base_name(path);

	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		const struct statement *s = t->options[options[i]];
		if (s && slice_equal_nocase(name, base_name(s->value)))
			return true;
	}
	return is_key_file(name);
}

bool side_path(struct translator *t, struct slice named, struct slice *path)
{
	const char *root = t->choices->root, *folder = t->choices->folder;
	struct slice name = base_name(named);

	if (root) {
		while (named.len > 0 && named.at[0] == '/')
			named = slice_skip(named, 1);
		*path = arena_format(t->arena, "%.*s/%.*s", SLICE_ARG(root_folder(root)), SLICE_ARG(named));
	} else if (folder && *folder) {
		*path = arena_format(t->arena, "%s/%.*s", folder, SLICE_ARG(name));
	} else if (folder) {
		*path = arena_copy(t->arena, name);
	}
	return root || folder;
}

static const char *keys_refused = "it is a key file, and those are never opened";

/* The file that `path` leads to, zero-terminated, beside CCcam.cfg. Returns why there is none, or NULL. */
static const char *find_beside(struct translator *t, struct slice path, struct slice *real)
{
	char *found = realpath(path.at, NULL);
	struct stat status;

	if (!found || stat(found, &status) != 0) {
		int why = errno;
		free(found);
		return strerror(why);
	}
	*real = arena_copy(t->arena, slice_of(found));
	free(found);
	return S_ISREG(status.st_mode) ? NULL : "it is no regular file";
}

/* The same under --root, where `path` starts with that folder. */
static const char *find_inside(struct translator *t, struct slice path, struct slice *real)
{
	size_t root = root_folder(t->choices->root).len;
	struct slice named = slice_skip(path, root);
	struct root_file found;
	int why = root_file_find(&found, t->choices->root, named, t->arena) ? 0 : errno;

	*real = found.path;
	if (why == ENOENT && !slice_equal(named, found.name))
		return arena_format(t->arena, "it leads to %.*s, which --root does not have",
			SLICE_ARG(arena_plain(t->arena, found.name)))
			.at;
	if (why)
		return strerror(why);
	return S_ISREG(found.status.st_mode) ? NULL : "it is no regular file";
}

static const char *read_provided(struct translator *t, struct slice path, struct source *source)
{
	const struct side_provider *sides = t->choices->sides;
	struct slice text = {NULL, 0}, real = path;
	const char *why = sides->read(sides->context, path, &real, &text);

	if (!why && holds_keys(t, real))
		why = keys_refused;
	if (!why)
		source_from_text(source, path.at, text);
	return why;
}

const char *side_read(struct translator *t, struct slice path, struct source *source)
{
	struct source read;
	struct slice real = path;

	if (holds_keys(t, path))
		return keys_refused;
	if (t->choices->sides)
		return read_provided(t, path, source);
	const char *why = t->choices->root ? find_inside(t, path, &real) : find_beside(t, path, &real);
	if (why)
		return why;
	if (holds_keys(t, real))
		return keys_refused;
	if (!source_read(&read, real.at))
		return source_trouble(errno);
	source_from_text(source, path.at, arena_copy(t->arena, read.text));
	source_free(&read);
	return NULL;
}
