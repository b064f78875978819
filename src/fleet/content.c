/* Paths and links within an archive. See content.h. */
#include "content.h"

#include "names.h"

/* As many links as Linux follows in one path. */
enum { LINKS_MOST = 40 };

void content_init(struct content *content, struct arena *arena, const struct fleet_limits *limits)
{
	*content = (struct content){.arena = arena, .limits = limits};
	list_init(&content->members, arena, sizeof(struct member));
	table_init(&content->by_path, arena, 0);
}

static struct member *find(const struct content *content, struct slice path, uint64_t hash)
{
	uint32_t number;

	for (struct table_walk walk = table_find(&content->by_path, hash);
		table_next(&content->by_path, &walk, &number);) {
		struct member *member = list_at(&content->members, number);
		if (slice_equal(member->path, path))
			return member;
	}
	return NULL;
}

const struct member *content_find(const struct content *content, struct slice path)
{
	const struct member *member = find(content, path, stable_hash(path));

	return member && member->kind != MEMBER_ASKED ? member : NULL;
}

/* Its member, which is made for what is asked for when there is none. */
static struct member *take(struct content *content, struct slice path)
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

bool content_ask(struct content *content, struct slice path)
{
	struct member *member = take(content, path);
	bool asked = member->asked;

	member->asked = true;
	return !asked;
}

bool content_wants(const struct content *content, struct slice path)
{
	const struct member *member = content->again ? find(content, path, stable_hash(path)) : NULL;

	return content->again ? member && member->asked : content_is_named(path);
}

bool content_keep(struct content *content, enum member_kind kind, struct slice path, struct slice text)
{
	/* what the lists and tables take for each is some three times the struct */
	content->kept += 3 * sizeof(struct member) + path.len + text.len;
	if (content->kept > content->limits->kept)
		return false;
	struct member *member = take(content, path);
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

struct slice inner_base(struct slice path)
{
	size_t at = path.len;

	while (at > 0 && path.at[at - 1] != '/')
		at--;
	return (struct slice){path.at + at, path.len - at};
}

bool content_is_named(struct slice path)
{
	struct slice name = inner_base(path);

	return (slice_starts(name, SLICE("CCcam.")) && !is_key_file(name)) ||
	       slice_equal(name, SLICE("newcamd.conf"));
}

bool content_resolve(const struct content *content, struct slice path, struct slice *real)
{
	size_t len;

	for (int links = 0; links <= LINKS_MOST; links++) {
		const struct member *link = first_link(content, path, &len);
		if (!link) {
			*real = path;
			return true;
		}
		struct slice rest = {path.at + len, path.len - len}, folder = link->path;
		folder.len -= inner_base(folder).len;
		if (link->text.len > 0 && link->text.at[0] == '/')
			folder.len = 0;
		struct slice led = arena_format(content->arena, "%.*s%.*s%.*s", SLICE_ARG(folder),
			SLICE_ARG(link->text), SLICE_ARG(rest));
		if (!path_clean(content->arena, led, &path))
			return false;
	}
	return false;
}
