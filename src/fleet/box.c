/* From the files of an archive to its receivers, and to the side files that those ask for. See box.h. */
#include "box.h"

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

static void take_text(struct content *content, struct box *box)
{
	struct slice real = {NULL, 0};
	bool led = content_resolve(content, box->file, &real);
	const struct member *file = led ? content_find(content, real) : NULL;

	box->real = real;
	if (led && is_key_file(real))
		box->failed = "it leads to a key file, and those are never opened";
	else if (!file)
		box->failed = "it is a link to a file that is not in the archive";
	else if (file->kind == MEMBER_LARGE)
		box->failed = "it is too large for a CCcam.cfg";
	else
		box->text = file->text;
}

static int compare_boxes(const void *a, const void *b)
{
	const struct box *x = a, *y = b;
	int order = slice_compare(x->root, y->root);

	if (order == 0)
		order = (x->place > y->place) - (x->place < y->place);
	return order;
}

/* Those that can be read come first in their root; a link that leads nowhere counts only if it is alone. */
static bool is_repeated(const struct box *boxes, uint32_t first, uint32_t at)
{
	for (uint32_t i = first; i < at; i++)
		if (boxes[at].failed || (!boxes[i].failed && slice_equal(boxes[i].text, boxes[at].text)))
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
static bool is_taken(const struct list *list, struct table *taken, const struct box *box)
{
	uint64_t hash = stable_hash(box->real);
	uint32_t number;

	for (struct table_walk walk = table_find(taken, hash); table_next(taken, &walk, &number);) {
		const struct box *first = list_at(list, number);
		if (slice_equal(first->real, box->real))
			return !box->failed && is_above(first->root, box->root);
	}
	table_add(taken, hash, list->count);
	return false;
}

/* Of the boxes of one root: each that says something else than those before. */
static void add_root(struct list *list, struct table *taken, struct box *boxes, uint32_t from, uint32_t to)
{
	uint32_t first = from;

	while (first < to && boxes[first].failed)
		first++;
	if (first == to)
		first = from;
	for (uint32_t i = first; i < to; i++) {
		if (is_repeated(boxes, first, i) || is_taken(list, taken, &boxes[i]))
			continue;
		struct box *box = list_add(list);
		*box = boxes[i];
		if (i > first)
			box->first = boxes[first].file;
	}
}

static uint32_t collect(struct content *content, struct box *boxes, bool known_only)
{
	uint32_t count = 0;

	for (uint32_t i = 0; i < content->members.count; i++) {
		const struct member *member = list_at(&content->members, i);
		struct box box = {.content = content, .file = member->path};
		if (!slice_equal(base_of(member->path), SLICE("CCcam.cfg")))
			continue;
		box.place = cccam_place_of(member->path, &box.root);
		if (box.place < 0 && known_only)
			continue;
		if (box.place < 0)
			box.root = folder_of(member->path);
		if (boxes) {
			take_text(content, &box);
			boxes[count] = box;
		}
		count++;
	}
	return count;
}

void boxes_find(struct content *content, struct list *list, uint32_t *left_out)
{
	uint32_t all = collect(content, NULL, false), known = collect(content, NULL, true);
	struct box *boxes = arena_array(content->arena, all, sizeof *boxes);
	uint32_t count = collect(content, boxes, known > 0);

	struct table taken;

	list_init(list, content->arena, sizeof *boxes);
	table_init(&taken, content->arena, 0);
	*left_out = all - count;
	if (count > 0)
		qsort(boxes, count, sizeof *boxes, compare_boxes);
	for (uint32_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && slice_equal(boxes[to].root, boxes[from].root);)
			to++;
		add_root(list, &taken, boxes, from, to);
	}
}

/* ---- side files ---- */

/* A path of CCcam.cfg as one of the archive: below the root, or beside CCcam.cfg by its base name. */
static bool inner_path(const struct box *box, struct slice path, struct slice *real)
{
	struct arena *arena = box->content->arena;
	struct slice clean;

	if (box->place < 0)
		path = base_of(path);
	if (!path_clean(arena, path, &clean) || clean.len == 0)
		return false;
	if (box->root.len > 0)
		clean = arena_format(arena, "%.*s/%.*s", SLICE_ARG(box->root), SLICE_ARG(clean));
	return content_resolve(box->content, clean, real);
}

const char *box_read(void *context, struct slice path, struct slice *real, struct slice *text)
{
	const struct box *box = context;
	struct slice inner = {path.at + box->shown, path.len - box->shown};
	const struct member *file = inner_path(box, inner, real) ? content_find(box->content, *real) : NULL;

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
static void want_path(
	const struct box *box, const struct asking *asking, struct slice real, struct list *paths)
{
	if (content_find(box->content, real) || content_is_named(real) || holds_keys(asking, real))
		return;
	*(struct slice *)list_add(paths) = arena_copy(box->content->arena, real);
}

static void want_of(struct box *box, struct arena *lines, struct list *paths)
{
	struct asking asking = {.keys = {{NULL, 0}}};
	struct source source;
	struct slice real;

	if (box->failed) {
		if (content_resolve(box->content, box->file, &real))
			want_path(box, &asking, real, paths);
		return;
	}
	source_from_text(&source, "", box->text);
	read_options(&asking, lines, &source);
	for (size_t i = 0; i < sizeof asking.others / sizeof *asking.others; i++)
		if (asking.others[i].len > 0 && !holds_keys(&asking, asking.others[i]) &&
			inner_path(box, asking.others[i], &real))
			want_path(box, &asking, real, paths);
}

void boxes_want(const struct list *boxes, struct list *paths)
{
	struct arena lines;

	arena_init(&lines);
	for (uint32_t i = 0; i < boxes->count; i++) {
		want_of(list_at(boxes, i), &lines, paths);
		arena_reset(&lines);
	}
	arena_free(&lines);
}
