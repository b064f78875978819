/* Where the side files are, and which files are never opened. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "side.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct slice base_name(struct slice path)
{
	size_t at = path.len;

	while (at > 0 && path.at[at - 1] != '/')
		at--;
	return (struct slice){path.at + at, path.len - at};
}

static bool ends_with(struct slice text, struct slice end)
{
	return text.len >= end.len &&
	       slice_equal_nocase((struct slice){text.at + text.len - end.len, end.len}, end);
}

/* By its name: no key material is ever read, whatever option names it. */
static bool is_key_file(const struct translator *t, struct slice path)
{
	static const enum directive_id options[] = {
		DIRECTIVE_SOFTKEY_FILE, DIRECTIVE_AUTOROLL_FILE, DIRECTIVE_STATIC_CW_FILE};
	struct slice name = base_name(path);

	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		const struct statement *s = t->options[options[i]];
		if (s && slice_equal_nocase(name, base_name(s->value)))
			return true;
	}
	return ends_with(name, SLICE(".key")) || ends_with(name, SLICE(".cw")) ||
	       ends_with(name, SLICE(".bin"));
}

bool side_path(struct translator *t, struct slice named, struct slice *path)
{
	const char *root = t->choices->root, *folder = t->choices->folder;
	struct slice name = base_name(named);

	if (root) {
		while (named.len > 0 && named.at[0] == '/')
			named = (struct slice){named.at + 1, named.len - 1};
		*path = arena_format(t->arena, "%s/%.*s", root, SLICE_ARG(named));
	} else if (folder && *folder) {
		*path = arena_format(t->arena, "%s/%.*s", folder, SLICE_ARG(name));
	} else if (folder) {
		*path = arena_copy(t->arena, name);
	}
	return root || folder;
}

/* Links lead where they lead on this machine, which may be another one than the receiver. */
static bool is_below(const char *root, const char *real)
{
	char *top = realpath(root, NULL);
	size_t len = top ? strlen(top) : 0;
	bool below = top && strncmp(real, top, len) == 0 && (len == 1 || real[len] == '/');

	free(top);
	return below;
}

/* What keeps the file at `real` from being opened, or NULL. */
static const char *why_not(const struct translator *t, const char *real)
{
	struct stat status;

	if (is_key_file(t, slice_of(real)))
		return "it is a key file, and those are never opened";
	if (t->choices->root && !is_below(t->choices->root, real))
		return "it leads out of the folder that --root names";
	if (stat(real, &status) != 0)
		return strerror(errno);
	return S_ISREG(status.st_mode) ? NULL : "it is no regular file";
}

const char *side_read(struct translator *t, struct slice path, struct source *source)
{
	struct source read;

	if (is_key_file(t, path))
		return "it is a key file, and those are never opened";
	char *real = realpath(path.at, NULL);
	const char *why = real ? why_not(t, real) : strerror(errno);
	if (!why && source_read(&read, real) != 0)
		why = strerror(errno);
	free(real);
	if (why)
		return why;
	source_from_text(source, path.at, arena_copy(t->arena, read.text));
	source_free(&read);
	return NULL;
}
