/* From the files of an archive to its receivers, and to the side files that those ask for. See archived.h. */
#include "archived.h"

#include <errno.h>
#include <stdlib.h>

#include "cc2oscam/cccam.h"
#include "names.h"
#include "cc2oscam/places.h"

/* ---- which receivers there are ---- */

static struct slice base_of(struct slice path)
{
	size_t at = path.len;

	while (at > 0 && path.at[at - 1] != '/')
		at--;
	return (struct slice){path.at + at, path.len - at};
}

static struct slice folder_of(struct slice path)
{
	size_t base = base_of(path).len;

	path.len -= base;
	if (path.len > 0)
		path.len--;
	return path;
}

static void take_text(struct content *content, struct archived *receiver)
{
	struct slice real = {NULL, 0};
	bool led = content_resolve(content, receiver->file, &real);
	const struct member *file = led ? content_find(content, real) : NULL;

	receiver->real = real;
	if (led && is_key_file(real))
		receiver->failed = "it leads to a key file, and those are never opened";
	else if (!file)
		receiver->failed = "it is a link to a file that is not in the archive";
	else if (file->kind == MEMBER_LARGE)
		receiver->failed = "it is too large for a CCcam.cfg";
	else
		receiver->text = file->text;
}

static int compare_receivers(const void *a, const void *b)
{
	const struct archived *x = a, *y = b;
	int order = slice_compare(x->root, y->root);

	if (order == 0)
		order = (x->place > y->place) - (x->place < y->place);
	return order;
}

static bool says_nothing(const struct archived *receiver)
{
	struct source source;

	source_from_text(&source, "", receiver->text);
	return source_is_blank(&source);
}

/* Those that can be read come first in their root; a link that leads nowhere counts only if it is alone. So
 * does a file that says nothing. */
static bool is_repeated(const struct archived *receivers, uint32_t first, uint32_t at)
{
	for (uint32_t i = first; i < at; i++)
		if (receivers[at].failed || says_nothing(&receivers[at]) ||
			(!receivers[i].failed && slice_equal(receivers[i].text, receivers[at].text)))
			return true;
	return false;
}

static bool is_above(struct slice folder, struct slice path)
{
	return folder.len == 0 ||
	       (path.len > folder.len && slice_starts(path, folder) && path.at[folder.len] == '/');
}

/* Whether a root above has the file as its own already: links may lead from there to here. The first root
 * that has a file is asked, which is one above if any is. */
static bool is_taken(const struct list *list, struct table *taken, const struct archived *receiver)
{
	uint64_t hash = stable_hash(receiver->real);
	uint32_t number;

	for (struct table_walk walk = table_find(taken, hash); table_next(taken, &walk, &number);) {
		const struct archived *first = list_at(list, number);
		if (slice_equal(first->real, receiver->real))
			return !receiver->failed && is_above(first->root, receiver->root);
	}
	table_add(taken, hash, list->count);
	return false;
}

/* The first that says something; else the first that can be read; else the first. */
static uint32_t first_of_root(const struct archived *receivers, uint32_t from, uint32_t to)
{
	uint32_t readable = to;

	for (uint32_t i = from; i < to && to - from > 1; i++) {
		if (receivers[i].failed)
			continue;
		if (!says_nothing(&receivers[i]))
			return i;
		if (readable == to)
			readable = i;
	}
	return readable < to ? readable : from;
}

/* Of the receivers of one root: each that says something else than those before. */
static void add_root(
	struct list *list, struct table *taken, struct archived *receivers, uint32_t from, uint32_t to)
{
	uint32_t first = first_of_root(receivers, from, to);

	for (uint32_t i = first; i < to; i++) {
		if (is_repeated(receivers, first, i) || is_taken(list, taken, &receivers[i]))
			continue;
		struct archived *receiver = list_add(list);
		*receiver = receivers[i];
		if (i > first)
			receiver->first = receivers[first].file;
	}
}

static uint32_t collect(struct content *content, struct archived *receivers, bool known_only)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < content->members.count; i++) {
		const struct member *member = list_at(&content->members, i);
		struct archived receiver = {.content = content, .file = member->path};
		if (!slice_equal(base_of(member->path), SLICE("CCcam.cfg")))
			continue;
		receiver.place = cccam_place_of(member->path, &receiver.root);
		if (receiver.place < 0 && known_only)
			continue;
		if (receiver.place < 0)
			receiver.root = folder_of(member->path);
		if (receivers) {
			take_text(content, &receiver);
			receivers[count] = receiver;
		}
		count++;
	}
	return count;
}

void archived_find(struct content *content, struct list *list, uint32_t *left_out)
{
	uint32_t all = collect(content, NULL, false), known = collect(content, NULL, true);
	struct archived *receivers = arena_array(content->arena, all, sizeof *receivers);
	uint32_t count = collect(content, receivers, known > 0);

	struct table taken;

	list_init(list, content->arena, sizeof *receivers);
	table_init(&taken, content->arena, 0);
	*left_out = all - count;
	if (count > 0)
		qsort(receivers, count, sizeof *receivers, compare_receivers);
	for (uint32_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && slice_equal(receivers[to].root, receivers[from].root);)
			to++;
		add_root(list, &taken, receivers, from, to);
	}
}

/* ---- side files ---- */

/* A path of CCcam.cfg as one of the archive: below the root, or beside CCcam.cfg by its base name. */
static bool inner_path(const struct archived *receiver, struct slice path, struct slice *real)
{
	struct arena *arena = receiver->content->arena;
	struct slice clean;

	if (receiver->place < 0)
		path = base_of(path);
	if (!path_clean(arena, path, &clean) || clean.len == 0)
		return false;
	if (receiver->root.len > 0)
		clean = arena_format(arena, "%.*s/%.*s", SLICE_ARG(receiver->root), SLICE_ARG(clean));
	return content_resolve(receiver->content, clean, real);
}

const char *archived_read(void *context, struct slice path, struct slice *real, struct slice *text)
{
	const struct archived *receiver = context;
	struct slice inner = {path.at + receiver->shown, path.len - receiver->shown};
	const struct member *file =
		inner_path(receiver, inner, real) ? content_find(receiver->content, *real) : NULL;

	if (!file)
		return strerror(ENOENT);
	if (file->kind == MEMBER_LARGE)
		return "it is too large";
	*text = file->text;
	return NULL;
}

/* What one file's options name: of each the last line counts. */
struct asking {
	struct slice keys[3], others[3];
};

static struct slice *slot_of(struct asking *asking, const struct statement *s)
{
	switch (directive_id(s->directive)) {
	case DIRECTIVE_SOFTKEY_FILE:
		return &asking->keys[0];
	case DIRECTIVE_AUTOROLL_FILE:
		return &asking->keys[1];
	case DIRECTIVE_STATIC_CW_FILE:
		return &asking->keys[2];
	case DIRECTIVE_CAID_PRIO_FILE:
		return &asking->others[0];
	case DIRECTIVE_PROVIDERINFO_FILE:
		return &asking->others[1];
	case DIRECTIVE_CHANNELINFO_FILE:
		return &asking->others[2];
	default:
		return NULL;
	}
}

static void read_options(struct asking *asking, struct arena *arena, const struct source *source)
{
	struct ledger ledger;
	struct parser parser = {.arena = arena, .ledger = &ledger};
	struct line_walk walk = line_walk_start(source);
	struct line line;

	ledger_init(&ledger, arena, source);
	while (line_walk_next(&walk, &line)) {
		struct slice rest = line.text, *slot = NULL;
		struct statement s;
		if (!is_letter_line(line.text) && parse_line(&parser, &line, &rest, &s) == LINE_STATEMENT)
			slot = slot_of(asking, &s);
		if (slot && s.fate != FATE_REJECTED)
			*slot = s.value;
	}
}

static bool holds_keys(const struct asking *asking, struct slice path)
{
	struct slice name = base_of(path);

	for (size_t i = 0; i < sizeof asking->keys / sizeof *asking->keys; i++)
		if (asking->keys[i].len > 0 && slice_equal_nocase(name, base_of(asking->keys[i])))
			return true;
	return is_key_file(name);
}

/* What was looked for by its name and was not found is not there. */
static void add_if_missing(
	const struct archived *receiver, const struct asking *asking, struct slice real, struct list *paths)
{
	if (content_find(receiver->content, real) || content_is_named(real) || holds_keys(asking, real))
		return;
	*(struct slice *)list_add(paths) = arena_copy(receiver->content->arena, real);
}

static void add_missing(struct archived *receiver, struct arena *lines, struct list *paths)
{
	struct asking asking = {.keys = {{NULL, 0}}};
	struct source source;
	struct slice real;

	if (receiver->failed) {
		if (content_resolve(receiver->content, receiver->file, &real))
			add_if_missing(receiver, &asking, real, paths);
		return;
	}
	source_from_text(&source, "", receiver->text);
	read_options(&asking, lines, &source);
	for (size_t i = 0; i < sizeof asking.others / sizeof *asking.others; i++)
		if (asking.others[i].len > 0 && !holds_keys(&asking, asking.others[i]) &&
			inner_path(receiver, asking.others[i], &real))
			add_if_missing(receiver, &asking, real, paths);
}

void archived_missing(const struct list *receivers, struct list *paths)
{
	struct arena lines;

	arena_init(&lines);
	for (uint32_t i = 0; i < receivers->count; i++) {
		add_missing(list_at(receivers, i), &lines, paths);
		arena_reset(&lines);
	}
	arena_free(&lines);
}
