/* Most sections of a large input differ in names only: label, device, user, password. What the checks find in
 * such a section hangs on its other keys, as long as the names are plain, and the names of a model are never
 * given twice. See alike.h. */
#include "alike.h"

/* No check has anything to say of a user name that is shorter than what CCcam's protocol carries, and of a
 * password that OSCam's reader keeps. */
enum { USER_MOST = NAME_CARRIED - 1, PASSWORD_MOST = 63 };

/* Sections with the same keys, and but for their names the same values. */
struct kind_of_section {
	const struct section *first;
	uint32_t number; /* where in its list the first one is */
	bool several, open;
};

static bool is_plain(struct slice text, size_t most)
{
	return text.len > 0 && text.len <= most && slice_is_solid(text);
}

/* host,port */
static bool is_plain_device(struct slice device)
{
	struct slice port = device, host = slice_cut(&port, ',');
	uint64_t unused;

	return is_plain(host, HOST_MAX) && !memchr(host.at, ':', host.len) && host.at[0] != '[' &&
	       host.at[host.len - 1] != ']' && port.len > 0 && port.at[0] != '0' &&
	       parse_decimal(port, UINT16_MAX, &unused);
}

static bool is_plain_name(enum schema_key_id key, struct slice value)
{
	switch (key) {
	case KEY_reader_label:
		return is_plain(value, LABEL_MAX);
	case KEY_reader_device:
		return is_plain_device(value);
	case KEY_reader_user:
	case KEY_account_user:
		return is_plain(value, USER_MOST);
	default:
		return is_plain(value, PASSWORD_MOST);
	}
}

/* The receiver's own cards and its tuner's account are like no other. */
static bool may_be_alike(const struct section *section)
{
	bool network = section->section == SECTION_reader && section->kind != KIND_LOCAL;

	if (!network && !(section->section == SECTION_account && section->line > 0))
		return false;
	for (unsigned i = 0; i < section->count; i++) {
		const struct entry *entry = &section->entries[i];
		enum schema_key_id key = (enum schema_key_id)entry->key;
		if (key_is_name(key) && !is_plain_name(key, (struct slice){entry->text, entry->len}))
			return false;
	}
	return true;
}

static uint64_t hash_of(const struct section *section)
{
	uint64_t hash = section->kind;

	for (unsigned i = 0; i < section->count; i++) {
		const struct entry *entry = &section->entries[i];
		bool name = key_is_name((enum schema_key_id)entry->key);
		hash = slice_hash((struct slice){entry->text, name ? 0 : entry->len}, hash + entry->key);
	}
	return hash;
}

void alike_start(struct alike *alike, struct arena *arena)
{
	*alike = (struct alike){.last = 0};
	list_init(&alike->kinds, arena, sizeof(struct kind_of_section));
	table_init(&alike->table, arena, 0);
}

/* NULL: the section is the first of its kind, whose hash is given then. */
static struct kind_of_section *find_kind(struct alike *alike, const struct section *section, uint64_t *hash)
{
	struct kind_of_section *kind = alike->last > 0 ? list_at(&alike->kinds, alike->last - 1) : NULL;
	uint32_t number;

	if (kind && section_same_but_names(kind->first, section))
		return kind;
	*hash = hash_of(section);
	for (struct table_walk walk = table_find(&alike->table, *hash);
		table_next(&alike->table, &walk, &number);) {
		kind = list_at(&alike->kinds, number);
		alike->last = number + 1;
		if (section_same_but_names(kind->first, section))
			return kind;
	}
	return NULL;
}

void alike_add(struct alike *alike, struct list *list, const struct section *section, struct place origin)
{
	struct kind_of_section *kind = NULL;
	uint64_t hash = 0;

	if (may_be_alike(section)) {
		kind = find_kind(alike, section, &hash);
		if (!kind) {
			table_add(&alike->table, hash, alike->kinds.count);
			kind = list_add(&alike->kinds);
			kind->first = section;
		}
	}
	if (kind && kind->first == section)
		kind->number = list->count;
	if (kind && kind->first != section && !kind->open) {
		((struct made_section *)list_at(list, kind->number))->several = kind->several = true;
		return;
	}
	*(struct made_section *)list_add(list) = (struct made_section){section, origin, false};
}

bool alike_open(struct alike *alike, const struct section *section)
{
	uint64_t unused;
	struct kind_of_section *kind = may_be_alike(section) ? find_kind(alike, section, &unused) : NULL;

	if (!kind || !kind->several || kind->open)
		return false;
	return kind->open = true;
}
