/* Whether a CCcam.cfg or a folder of OSCam's looks used: what of importance is in it is counted. */
#include "survey.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cc2oscam/cccam.h"
#include "cc2oscam/document.h"

/* "4 C", "1 local reader", "2 accounts": behind what was said before. */
static void say_count(struct buffer *text, uint64_t count, const char *one, const char *many)
{
	if (count > 0)
		buffer_format(text, "%s%llu %s", text->len > 0 ? ", " : "", (unsigned long long)count,
			count == 1 ? one : many);
}

/* ---- CCcam.cfg ---- */

struct tally {
	uint64_t lines[DIRECTIVE_COUNT]; /* statements that are as they should be */
	uint64_t local_readers, rejected, others;
};

static void count_statement(struct tally *tally, const struct statement *s)
{
	enum directive_id id = directive_id(s->directive);

	if (s->fate == FATE_REJECTED)
		tally->rejected++;
	else if (id == DIRECTIVE_SERIAL_READER)
		tally->local_readers++;
	else if (id == DIRECTIVE_SCIDEVICES && s->number > 0)
		tally->local_readers += (uint64_t)s->number;
	else if (!s->directive->letter || s->directive->shape == SHAPE_B)
		tally->others++;
	else
		tally->lines[id]++;
}

static void count_line(struct tally *tally, struct parser *parser, const struct line *line)
{
	struct slice rest = line->text;
	struct statement s;

	do {
		switch (parse_line(parser, line, &rest, &s)) {
		case LINE_BLANK:
		case LINE_COMMENT:
			return;
		case LINE_BAD:
			tally->rejected++;
			return;
		case LINE_STATEMENT:
			count_statement(tally, &s);
		}
	} while (rest.len > 0);
}

static void count_lines(struct tally *tally, const struct source *source)
{
	struct arena arena;
	struct ledger ledger;
	struct line_walk walk = line_walk_start(source);
	struct line line;

	arena_init(&arena);
	ledger_init(&ledger, &arena, source);
	struct parser parser = {.arena = &arena, .ledger = &ledger};
	while (line_walk_next(&walk, &line))
		count_line(tally, &parser, &line);
	arena_free(&arena);
}

void look_into_cccam(struct place_found *found, struct arena *arena)
{
	struct tally tally = {.rejected = 0};
	struct buffer text = {0};

	count_lines(&tally, &found->source);
	for (int id = 0; id < DIRECTIVE_COUNT; id++) {
		const char *letter = directive_at((enum directive_id)id)->keyword;
		say_count(&text, tally.lines[id], letter, letter);
	}
	say_count(&text, tally.local_readers, "local reader", "local readers");
	found->used = text.len > 0;
	found->blank = source_is_blank(&found->source);
	say_count(&text, tally.rejected, "rejected line", "rejected lines");
	if (!found->used)
		say_count(&text, tally.others, "option", "options");
	if (text.len == 0)
		buffer_format(&text, found->source.text.len > 0 ? "only comments" : "empty");
	found->holds = arena_take(arena, &text);
}

/* ---- a folder of OSCam's ---- */

struct folder {
	struct arena *arena;
	const char *root;
	struct place_found *found;
	struct list names;  /* const char *: oscam.* and ncam.*, files only */
	struct buffer text; /* what is said of the sections */
};

/* A file of the folder that can be looked into: nothing but a regular file in the root. False with errno. */
static bool find_file(const struct folder *folder, const char *name, struct root_file *file)
{
	struct slice path = arena_format(folder->arena, "%.*s/%s", SLICE_ARG(folder->found->file.name), name);

	if (!root_file_find(file, folder->root, path, folder->arena))
		return false;
	errno = ENOENT;
	return S_ISREG(file->status.st_mode);
}

/* What is there, but cannot be looked at: it may be what makes the folder one in use. */
static void say_unseen(struct folder *folder, const char *name, int why)
{
	if (why == ENOENT)
		return;
	buffer_format(&folder->text, "%s%s cannot be read (%s)", folder->text.len > 0 ? ", " : "", name,
		source_trouble(why));
	folder->found->unsure = folder->found->any_file = true;
}

/* "oscam.user.bak.1", or Ansible's "oscam.user.99.2026-11-30@12:00:00~": OSCam reads none of them. */
static bool is_backup(const char *name)
{
	return strstr(name, ".bak") || name[strlen(name) - 1] == '~';
}

static void take_name(struct folder *folder, const char *name)
{
	bool oscam = strncmp(name, "oscam.", strlen("oscam.")) == 0;
	struct root_file file;

	if ((!oscam && strncmp(name, "ncam.", strlen("ncam.")) != 0) || is_backup(name))
		return;
	if (!find_file(folder, name, &file)) {
		say_unseen(folder, name, errno);
		return;
	}
	*(oscam ? &folder->found->oscam : &folder->found->ncam) = true;
	if (!folder->found->any_file || file.status.st_mtime > folder->found->changed)
		folder->found->changed = file.status.st_mtime;
	folder->found->any_file = true;
	*(const char **)list_add(&folder->names) = arena_copy(folder->arena, slice_of(name)).at;
}

static void look_into_file(struct folder *folder, const struct target *target, enum oscam_file which,
	enum schema_section section, const char *one, const char *many)
{
	const char *name = target_file_name(target, which);
	struct root_file file;
	struct source source;

	if (!find_file(folder, name, &file)) {
		say_unseen(folder, name, errno);
		return;
	}
	if (is_key_file(file.name))
		return;
	if (!source_read_raw(&source, file.path.at)) {
		say_unseen(folder, name, errno);
		return;
	}
	uint64_t count = document_count(&source, target, which, section);
	say_count(&folder->text, count, one, many);
	folder->found->used |= count > 0;
	source_free(&source);
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void say_names(struct folder *folder)
{
	uint32_t count = folder->names.count;
	const char **sorted = arena_array(folder->arena, count, sizeof *sorted);

	for (uint32_t i = 0; i < count; i++)
		sorted[i] = *(const char **)list_at(&folder->names, i);
	qsort(sorted, count, sizeof *sorted, compare_names);
	for (uint32_t i = 0; i < count; i++)
		buffer_format(&folder->text, "%s%s", i == 0 ? " (" : " ", sorted[i]);
	buffer_format(&folder->text, ")");
}

void look_into_folder(struct place_found *found, const char *root, struct arena *arena)
{
	struct folder folder = {.arena = arena, .root = root, .found = found};
	DIR *stream = opendir(found->file.path.at);

	if (!stream) {
		found->problem = strerror(errno);
		found->unseen = true;
		return;
	}
	list_init(&folder.names, arena, sizeof(const char *));
	errno = 0;
	for (struct dirent *entry; (entry = readdir(stream)); errno = 0)
		take_name(&folder, entry->d_name);
	if (errno) {
		found->problem = strerror(errno);
		found->unseen = true;
	}
	(void)closedir(stream);
	if (!found->any_file) {
		found->holds = SLICE("no file of OSCam's");
		return;
	}
	for (int i = 0; i < 2; i++) {
		const struct target *target = i == 0 ? NULL : &target_ncam;
		look_into_file(&folder, target, OSCAM_SERVER, SECTION_reader, "reader", "readers");
		look_into_file(&folder, target, OSCAM_USER, SECTION_account, "account", "accounts");
	}
	if (folder.text.len == 0)
		buffer_format(&folder.text, "no reader and no account");
	say_names(&folder);
	found->holds = arena_take(arena, &folder.text);
}

/* Of a folder that is at no known place. */
static const struct known_place named_place = {PLACE_OSCAM, "", ""};

void look_into_named_folder(struct place_found *found, const char *path, struct arena *arena)
{
	*found = (struct place_found){.place = &named_place};
	if (root_file_find(&found->file, path, SLICE(""), arena))
		look_into_folder(found, path, arena);
}

bool is_ncam_folder(const struct place_found *found)
{
	return found->ncam && !found->oscam;
}
