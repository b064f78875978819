/* The set of taken names, and the search for free labels. See labels.h. */
#include "cc2oscam/labels.h"

#include <limits.h>

/* ---- names ---- */

void names_start(struct name_set *names, struct arena *arena, uint32_t expected)
{
	*names = (struct name_set){.arena = arena};
	table_init(&names->table, arena, expected);
	list_init(&names->list, arena, sizeof(struct slice));
}

uint64_t label_hash(struct slice name)
{
	return slice_hash_nocase(name, 0);
}

static uint32_t find_hashed(const struct name_set *names, struct slice name, uint64_t hash)
{
	table_each (walk, &names->table, hash)
		if (slice_equal_nocase(names->name_of
					       ? names->name_of(names->owner, walk.number)
					       : *(const struct slice *)list_at(&names->list, walk.number),
			    name))
			return walk.number;
	return UINT32_MAX;
}

uint32_t names_find(const struct name_set *names, struct slice name)
{
	return find_hashed(names, name, label_hash(name));
}

bool names_have(const struct name_set *names, struct slice name)
{
	return names_find(names, name) != UINT32_MAX;
}

void names_take(struct name_set *names, struct slice name)
{
	if (name.len == 0 || names_have(names, name))
		return;
	table_add(&names->table, label_hash(name), names->list.count);
	*(struct slice *)list_add(&names->list) = name;
}

void names_take_owned(struct name_set *names, struct slice name, uint32_t number)
{
	table_add(&names->table, label_hash(name), number);
}

/* ---- labels ---- */

/* The next number to try behind one label. */
struct numbered {
	struct slice stem;
	unsigned digits; /* of the numbers */
	uint32_t next;
};

void labels_start(struct labels *labels, struct arena *arena, uint32_t expected)
{
	names_start(&labels->taken, arena, expected);
	table_init(&labels->numbered, arena, 0);
	list_init(&labels->numbers, arena, sizeof(struct numbered));
}

/* The bytes that a label may have. */
#define FIVE(c)    [(c)] = true, [(c) + 1] = true, [(c) + 2] = true, [(c) + 3] = true, [(c) + 4] = true
#define LETTERS(a) FIVE(a), FIVE((a) + 5), FIVE((a) + 10), FIVE((a) + 15), FIVE((a) + 20), [(a) + 25] = true
static const bool label_bytes[UCHAR_MAX + 1] = {
	LETTERS('A'), LETTERS('a'), FIVE('0'), FIVE('5'), ['.'] = true, ['_'] = true, ['-'] = true};

static bool label_byte(char c)
{
	return label_bytes[(unsigned char)c];
}

/* The text itself if it can be a label, else a cleaned copy. */
static struct slice cleaned(struct arena *arena, struct slice text)
{
	size_t i = 0;

	if (text.len > LABEL_MAX)
		text.len = LABEL_MAX;
	while (i < text.len && label_byte(text.at[i]))
		i++;
	if (i == text.len)
		return text;

	char *copy = arena_bytes(arena, text.len);
	for (i = 0; i < text.len; i++)
		copy[i] = (char)(label_byte(text.at[i]) ? text.at[i] : '_');
	return (struct slice){copy, text.len};
}

struct slice label_wish(const struct section *reader, struct arena *arena)
{
	struct slice device = section_get(reader, KEY_reader_device), last = device;

	if (reader->kind != KIND_LOCAL)
		return cleaned(arena, slice_cut(&device, ','));
	for (size_t i = 0; i + 1 < device.len; i++)
		if (device.at[i] == '/')
			last = (struct slice){device.at + i + 1, device.len - i - 1};
	return cleaned(arena, last);
}

/* "1" cannot be a label, for `au = 1` means all readers. */
static const struct slice every_reader = {"1", 1};

static bool is_taken(const struct labels *labels, struct slice label)
{
	return slice_equal(label, every_reader) || names_have(&labels->taken, label);
}

static struct numbered *numbers_of(struct labels *labels, struct slice stem, unsigned digits)
{
	uint64_t hash = slice_hash_nocase(stem, digits);

	table_each (walk, &labels->numbered, hash) {
		struct numbered *numbered = list_at(&labels->numbers, walk.number);
		if (numbered->digits == digits && slice_equal_nocase(numbered->stem, stem))
			return numbered;
	}
	struct numbered *numbered = list_add(&labels->numbers);
	*numbered = (struct numbered){stem, digits, 0};
	table_add(&labels->numbered, hash, labels->numbers.count - 1);
	return numbered;
}

/* The label with the next free number behind it; the label is cut if the number needs room. Labels that are
 * the same when they are cut share their numbers, or each of them would try all numbers again. */
static struct slice with_number(struct labels *labels, struct slice label)
{
	struct arena *arena = labels->taken.arena;
	uint32_t first = 2;

	for (size_t digits = 1;; digits++, first = first < 10 ? 10 : first * 10) {
		struct slice stem = {
			label.at, label.len + 1 + digits > LABEL_MAX ? LABEL_MAX - 1 - digits : label.len};
		struct numbered *numbered = numbers_of(labels, stem, (unsigned)digits);
		if (numbered->next < first)
			numbered->next = first;
		for (uint32_t end = first < 10 ? 10 : first * 10; numbered->next < end;) {
			struct slice made = arena_format(
				arena, "%.*s_%lu", SLICE_ARG(stem), (unsigned long)numbered->next++);
			if (!is_taken(labels, made))
				return made;
		}
	}
}

bool labels_claim(struct labels *labels, struct slice wish, uint64_t hash, uint32_t number)
{
	if (slice_equal(wish, every_reader) || find_hashed(&labels->taken, wish, hash) != UINT32_MAX)
		return false;
	table_add(&labels->taken.table, hash, number);
	return true;
}

struct slice labels_free(
	struct labels *labels, const struct section *reader, struct slice wish, const struct slice *stem)
{
	struct arena *arena = labels->taken.arena;

	if (!is_taken(labels, wish))
		return wish;
	struct slice device = section_get(reader, KEY_reader_device);
	struct slice user = section_get(reader, KEY_reader_user), label = cleaned(arena, device);
	if (is_taken(labels, label) && user.len > 0)
		label = cleaned(arena, arena_format(arena, "%.*s,%.*s", SLICE_ARG(device), SLICE_ARG(user)));
	return is_taken(labels, label) ? with_number(labels, stem ? *stem : label) : label;
}
