/* Going through the known places, and telling files from further names of the same; whether a CCcam.cfg or a
 * folder of OSCam's looks used: what of importance is in it is counted. See survey.h. */
#include "survey.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

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

static void look_into_cccam(struct place_found *found, struct arena *arena)
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

static void take_name(struct folder *folder, const char *name)
{
	bool oscam = strncmp(name, "oscam.", strlen("oscam.")) == 0;
	struct root_file file;

	/* of "oscam.user.bak.1", or Ansible's "oscam.user.99.2026-11-30@12:00:00~", OSCam reads nothing */
	if ((!oscam && strncmp(name, "ncam.", strlen("ncam.")) != 0) || strstr(name, ".bak") ||
		name[strlen(name) - 1] == '~')
		return;
	if (!find_file(folder, name, &file)) {
		say_unseen(folder, name, errno);
		return;
	}
	*(oscam ? &folder->found->oscam : &folder->found->ncam) = true;
	if (!folder->found->any_file || file.status.st_mtime > folder->found->changed)
		folder->found->changed = file.status.st_mtime;
	folder->found->any_file = true;
	*(const char **)list_add(&folder->names) = arena_string(folder->arena, name);
}

static void look_into_file(struct folder *folder, const struct target *target, enum oscam_file which,
	enum schema_section section, const char *one, const char *many)
{
	const char *name = target_file_name(target, which);
	struct root_file file;
	struct source source;
	bool found = find_file(folder, name, &file);

	if (found && is_key_file(file.name))
		return;
	if (!found || !source_read_raw(&source, file.path.at)) {
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

static void look_into_folder(struct place_found *found, const char *root, struct arena *arena)
{
	struct folder folder = {.arena = arena, .root = root, .found = found};
	DIR *stream = opendir(found->file.path.at);

	list_init(&folder.names, arena, sizeof(const char *));
	errno = stream ? 0 : errno;
	for (struct dirent *entry; stream && (entry = readdir(stream)); errno = 0)
		take_name(&folder, entry->d_name);
	if (errno) {
		found->problem = strerror(errno);
		found->unseen = true;
	}
	if (!stream)
		return;
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

/* ---- the places ---- */

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

	if ((why == ENOENT || why == ENOTDIR) && !file.link)
		return; /* nothing is there, not even a link that leads nowhere */
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

/* The place is the file's own name, not that of a link to it. */
static bool is_own_name(const struct place_found *found)
{
	return slice_equal(slice_of(found->place->path), found->file.name);
}

/* Of several names of one file the file's own name stands for the file, else the first name of the table; of
 * copies the first. */
static void compare(struct place_found *first, struct place_found *second)
{
	const struct stat *a = &first->file.status, *b = &second->file.status;
	bool same = a->st_mode != 0 && a->st_dev == b->st_dev && a->st_ino == b->st_ino; /* 0: not reached */
	bool alike = first->place->kind == PLACE_CCCAM && !first->problem && !second->problem;

	if (first->place->kind != second->place->kind || first->same || second->same)
		return;
	if (!same && !(alike && slice_equal(first->source.text, second->source.text)))
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

const char *passed_by(const struct survey *survey)
{
	struct buffer text = {0};

	for (uint32_t i = 0; i < survey->found.count; i++) {
		const struct place_found *found = list_at(&survey->found, i);
		if (is_cccam_file(found) && found != survey->one)
			buffer_format(&text, "; %.*s (%.*s) is not used",
				SLICE_ARG(arena_plain(survey->arena, found->file.path)),
				SLICE_ARG(found->holds));
	}
	return arena_take(survey->arena, &text).at;
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
		/* names that were compared before the file's own name was known */
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
