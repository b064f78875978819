/* From the files of an archive to its receivers, and to the side files that those ask for. See archived.h. */
#include "archived.h"

#include <errno.h>
#include <stdlib.h>

#include "cc2oscam/cccam.h"
#include "cc2oscam/path.h"
#include "cc2oscam/places.h"
#include "names.h"
#include "walk.h"

/* As many links as Linux follows in one path. An option may name a file that is a link, in a CCcam.cfg that
 * is a link; more turns are not needed. */
enum { LINKS_MOST = 40, TURNS = 3 };

/* ---- what is kept ---- */

struct member {
	struct slice path; /* as path_clean makes it */
	struct slice text; /* of a link the path that it points to; of a hard link this path begins with / */
	uint8_t kind;      /* enum member_kind */
	bool asked;        /* the archive is read again for it */
};

/* Files of this name are kept wherever they are; no key files. */
static bool is_named(struct slice path)
{
	struct slice name = slice_base(path);

	return (slice_starts(name, SLICE("CCcam.")) && !is_key_file(name)) ||
	       slice_equal(name, SLICE("newcamd.conf"));
}

static struct member *find(const struct content *content, struct slice path, uint64_t hash)
{
	table_each (walk, &content->by_path, hash) {
		struct member *member = list_at(&content->members, walk.number);
		if (slice_equal(member->path, path))
			return member;
	}
	return NULL;
}

/* The file or link of this path; NULL: it was not kept. */
static const struct member *content_find(const struct content *content, struct slice path)
{
	const struct member *member = find(content, path, stable_hash(path));

	return member && member->kind != MEMBER_ASKED ? member : NULL;
}

/* The member of this path; a new one where there was none. */
static struct member *member_of(struct content *content, struct slice path)
{
	uint64_t hash = stable_hash(path);
	struct member *member = find(content, path, hash);

	if (member)
		return member;
	table_add(&content->by_path, hash, content->members.count);
	member = list_add(&content->members);
	*member = (struct member){.path = arena_copy(content->arena, path), .kind = MEMBER_ASKED};
	return member;
}

/* Asks for a file that was not kept for its name: the archive is read again, and the file kept then. False
 * when the file was asked for before. */
static bool ask_for(struct content *content, struct slice path)
{
	struct member *member = member_of(content, path);
	bool asked = member->asked;

	member->asked = true;
	return !asked;
}

bool content_wants(const struct content *content, struct slice path)
{
	const struct member *member = content->again ? find(content, path, stable_hash(path)) : NULL;

	return content->again ? member && member->asked : is_named(path);
}

bool content_keep(struct content *content, enum member_kind kind, struct slice path, struct slice text)
{
	/* what the lists and tables take for each is some three times the struct */
	content->kept += 3 * sizeof(struct member) + path.len + text.len;
	if (content->kept > content->limits->kept)
		return false;
	struct member *member = member_of(content, path);
	member->kind = (uint8_t)kind;
	member->text = text;
	return true;
}

bool path_clean(struct arena *arena, struct slice path, struct slice *clean)
{
	char *text = arena_bytes(arena, path.len + 1);
	size_t len = 0;

	while (path.at) {
		struct slice part = slice_cut(&path, '/');
		if (part.len == 0 || slice_equal(part, SLICE(".")))
			continue;
		if (slice_equal(part, SLICE(".."))) {
			if (len == 0)
				return false;
			while (len > 0 && text[len - 1] != '/')
				len--;
			len -= len > 0;
			continue;
		}
		if (len > 0)
			text[len++] = '/';
		memcpy(text + len, part.at, part.len);
		len += part.len;
	}
	text[len] = '\0';
	*clean = (struct slice){text, len};
	return true;
}

/* The first folder of the path, or the path itself, that is a link; `len` becomes the length of its path. */
static const struct member *first_link(const struct content *content, struct slice path, size_t *len)
{
	uint64_t hash = stable_hash((struct slice){path.at, 0});

	for (size_t i = 0, from = 0; i <= path.len; i++) {
		if (i < path.len && path.at[i] != '/')
			continue;
		hash = stable_hash_more(hash, (struct slice){path.at + from, i - from});
		from = i;
		const struct member *member = find(content, (struct slice){path.at, i}, hash);
		*len = i;
		if (member && member->kind == MEMBER_LINK)
			return member;
	}
	return NULL;
}

/* Where the path leads through the links of the archive; false when they turn in circles or lead out of it.
 */
static bool resolve(const struct content *content, struct slice path, struct slice *real)
{
	size_t len;

	for (int links = 0; links <= LINKS_MOST; links++) {
		const struct member *link = first_link(content, path, &len);
		if (!link) {
			*real = path;
			return true;
		}
		struct slice rest = slice_skip(path, len), folder = slice_folder(link->path);
		if (link->text.len > 0 && link->text.at[0] == '/')
			folder.len = 0;
		struct slice led = arena_format(content->arena, "%.*s%.*s%.*s", SLICE_ARG(folder),
			SLICE_ARG(link->text), SLICE_ARG(rest));
		if (!path_clean(content->arena, led, &path))
			return false;
	}
	return false;
}

/* ---- which receivers there are ---- */

static void take_text(struct content *content, struct archived *receiver)
{
	struct slice real = {NULL, 0};
	bool led = resolve(content, receiver->file, &real);
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

/* Whether a root above has the file as its own already: links may lead from there to here. The first root
 * that has a file is asked, which is one above if any is. */
static bool is_taken(const struct list *list, struct table *taken, const struct archived *receiver)
{
	uint64_t hash = stable_hash(receiver->real);

	table_each (walk, taken, hash) {
		const struct archived *first = list_at(list, walk.number);
		struct slice above = first->root, root = receiver->root;
		if (slice_equal(first->real, receiver->real))
			return !receiver->failed &&
			       (above.len == 0 || (root.len > above.len && slice_starts(root, above) &&
							  root.at[above.len] == '/'));
	}
	table_add(taken, hash, list->count);
	return false;
}

/* The receivers of one root, whose CCcam.cfg files these are. */
static void add_root(struct list *list, struct table *taken, const struct archived *receivers, uint32_t count)
{
	struct root_cfg *files = arena_zero(list->arena, count * sizeof *files);
	const struct archived *first = NULL;

	for (uint32_t i = 0; i < count && count > 1; i++) {
		files[i].failed = receivers[i].failed;
		source_from_text(&files[i].source, "", receivers[i].text);
	}
	choose_files(files, count);
	for (uint32_t i = 0; i < count; i++) {
		if (!files[i].counts)
			continue;
		if (!is_taken(list, taken, &receivers[i])) {
			struct archived *receiver = list_add(list);
			*receiver = receivers[i];
			if (first)
				receiver->first = first->file;
		}
		first = first ? first : &receivers[i];
	}
}

/* Those at known places; all when none is at one. Returns their number. */
static uint32_t collect(struct content *content, struct archived **receivers, uint32_t *left_out)
{
	struct list all;
	uint32_t known = 0, count = 0;

	list_init(&all, content->arena, sizeof(struct archived));
	for (uint32_t i = 0; i < content->members.count; i++) {
		const struct member *member = list_at(&content->members, i);
		struct slice base = slice_base(member->path), root = member->path;
		if (!slice_equal(base, SLICE("CCcam.cfg")))
			continue;
		int place = cccam_place_of(member->path, &root);
		if (place < 0) /* the folder is the root, without the / behind it */
			root.len -= base.len + (root.len > base.len);
		*(struct archived *)list_add(&all) = (struct archived){
			.content = content, .file = member->path, .place = place, .root = root};
		known += place >= 0;
	}
	*receivers = arena_array(content->arena, all.count, sizeof **receivers);
	for (uint32_t i = 0; i < all.count; i++) {
		struct archived *receiver = list_at(&all, i);
		if (known > 0 && receiver->place < 0)
			continue;
		take_text(content, receiver);
		(*receivers)[count++] = *receiver;
	}
	*left_out = all.count - count;
	return count;
}

static void find_receivers(struct content *content, struct list *list, uint32_t *left_out)
{
	struct archived *receivers;
	uint32_t count = collect(content, &receivers, left_out);
	struct table taken;

	list_init(list, content->arena, sizeof *receivers);
	table_init(&taken, content->arena, 0);
	if (count > 0)
		qsort(receivers, count, sizeof *receivers, compare_receivers);
	for (uint32_t from = 0, to; from < count; from = to) {
		for (to = from + 1; to < count && slice_equal(receivers[to].root, receivers[from].root);)
			to++;
		add_root(list, &taken, receivers + from, to - from);
	}
}

/* ---- side files ---- */

/* A path of CCcam.cfg as one of the archive: below the root, or beside CCcam.cfg by its base name. */
static bool inner_path(const struct archived *receiver, struct slice path, struct slice *real)
{
	struct arena *arena = receiver->content->arena;
	struct slice clean;

	if (receiver->place < 0)
		path = slice_base(path);
	if (!path_clean(arena, path, &clean) || clean.len == 0)
		return false;
	if (receiver->root.len > 0)
		clean = arena_format(arena, "%.*s/%.*s", SLICE_ARG(receiver->root), SLICE_ARG(clean));
	return resolve(receiver->content, clean, real);
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

/* The options that name a file. The first three name files of keys, whatever the files are called. */
enum { KEY_OPTIONS = 3, FILE_OPTIONS = 6 };
static const enum directive_id file_options[FILE_OPTIONS] = {DIRECTIVE_SOFTKEY_FILE, DIRECTIVE_AUTOROLL_FILE,
	DIRECTIVE_STATIC_CW_FILE, DIRECTIVE_CAID_PRIO_FILE, DIRECTIVE_PROVIDERINFO_FILE,
	DIRECTIVE_CHANNELINFO_FILE};

/* What they name: of each the last line counts. */
static void read_file_options(
	struct slice named[FILE_OPTIONS], struct arena *arena, const struct source *source)
{
	struct ledger ledger;
	struct parser parser = {.arena = arena, .ledger = &ledger};
	struct line_walk walk = line_walk_start(source);
	struct line line;

	ledger_init(&ledger, arena, source);
	while (line_walk_next(&walk, &line)) {
		struct slice rest = line.text;
		struct statement s;
		if (is_letter_line(line.text) || parse_line(&parser, &line, &rest, &s) != LINE_STATEMENT ||
			s.fate == FATE_REJECTED)
			continue;
		for (int i = 0; i < FILE_OPTIONS; i++)
			if (directive_id(s.directive) == file_options[i])
				named[i] = s.value;
	}
}

static bool holds_keys(const struct slice named[FILE_OPTIONS], struct slice path)
{
	struct slice name = slice_base(path);

	for (int i = 0; i < KEY_OPTIONS; i++)
		if (named[i].len > 0 && slice_equal_nocase(name, slice_base(named[i])))
			return true;
	return is_key_file(name);
}

/* What was looked for by its name and was not found is not there. */
static bool ask_if_missing(struct content *content, const struct slice named[FILE_OPTIONS], struct slice path)
{
	return !content_find(content, path) && !is_named(path) && !holds_keys(named, path) &&
	       ask_for(content, path);
}

/* What the options of the receiver's file name and is not in the content yet, but may be in the archive. True
 * when any of it was not asked for before. */
static bool ask_for_files(struct content *content, const struct archived *receiver, struct arena *lines)
{
	struct slice named[FILE_OPTIONS] = {{NULL, 0}}, real;
	struct source source;
	bool any = false;

	if (receiver->failed)
		return resolve(content, receiver->file, &real) && ask_if_missing(content, named, real);
	source_from_text(&source, "", receiver->text);
	read_file_options(named, lines, &source);
	for (int i = KEY_OPTIONS; i < FILE_OPTIONS; i++)
		if (named[i].len > 0 && !holds_keys(named, named[i]) && inner_path(receiver, named[i], &real))
			any |= ask_if_missing(content, named, real);
	return any;
}

static bool ask_for_all(struct content *content, const struct list *archived)
{
	struct arena lines;
	bool any = false;

	arena_init(&lines);
	for (uint32_t i = 0; i < archived->count; i++) {
		any |= ask_for_files(content, list_at(archived, i), &lines);
		arena_reset(&lines);
	}
	arena_free(&lines);
	return any;
}

const char *archived_open(const char *path, const struct fleet_limits *limits, struct arena *arena,
	struct list *archived, uint32_t *left_out)
{
	struct content *content = arena_alloc(arena, sizeof *content);
	bool more = true;

	*content = (struct content){.arena = arena, .limits = limits};
	list_init(&content->members, arena, sizeof(struct member));
	table_init(&content->by_path, arena, 0);
	for (int turn = 0; more; turn++) {
		const char *failed = archive_read_all(path, content);
		if (failed)
			return failed;
		find_receivers(content, archived, left_out);
		more = turn < TURNS && ask_for_all(content, archived);
		content->again = true;
	}
	return archived->count > 0 ? NULL : "there is no CCcam.cfg in it";
}
