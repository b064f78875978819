/* The outline of the files that a conversion makes: everything except plain names, in which no check finds
 * anything. In files with the same outline the same checks find something. */
#include <string.h>

#include "checks.h"

static void add(struct outline *outline, const void *at, size_t len)
{
	if (len > OUTLINE_MOST || outline->len > OUTLINE_MOST - len) {
		outline->len = OUTLINE_MOST + 1;
		return;
	}
	if (len > 0)
		memcpy(outline->bytes + outline->len, at, len);
	outline->len += len;
}

static void add_section(struct outline *outline, const struct made_section *made)
{
	const struct section *section = made->section;
	struct slice label = section->section == SECTION_service ? service_label(section) : SLICE("");
	const uint32_t head[] = {section->section, section->kind, section->plain, made->several,
		section->count, (uint32_t)label.len};

	add(outline, head, sizeof head);
	add(outline, label.at, label.len);
	for (unsigned i = 0; i < section->count; i++) {
		const struct entry *entry = &section->entries[i];
		bool name = section->plain && key_is_name((enum schema_key_id)entry->key);
		const uint32_t part[] = {entry->key, name ? entry->len > 0 : entry->len};
		add(outline, part, sizeof part);
		if (!name)
			add(outline, entry->text, entry->len);
	}
}

void outline_set(struct outline *outline, const struct check_set *set)
{
	outline->len = 0;
	for (int file = 0; file < OSCAM_FILE_COUNT; file++) {
		const struct list *sections = set->files[file] ? set->files[file]->made : NULL;
		uint32_t count = sections ? sections->count : 0;
		add(outline, &count, sizeof count);
		for (uint32_t i = 0; i < count; i++)
			add_section(outline, list_at(sections, i));
	}
}

bool outline_same(const struct outline *a, const struct outline *b)
{
	return a->len == b->len && a->len <= OUTLINE_MOST && memcmp(a->bytes, b->bytes, a->len) == 0;
}
