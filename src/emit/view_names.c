/* The names that templates may use: those of view.h, and OSCam's sections and keys. */
#include "view.h"

int view_names(struct slice name)
{
#define X(name) #name
	static const char *const names[] = {VIEW_NAMES(X)};
#undef X
	static const enum schema_section first[] = {SECTION_reader, SECTION_account, SECTION_service};

	int number = template_name_number(name, names, NAME_COUNT);
	if (number >= 0)
		return number;
	for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
		enum schema_key_id key = schema_find(first[i], name);
		if (key != KEY_NONE)
			return FIRST_KEY + (int)key;
	}
	enum schema_section section = schema_find_section(OSCAM_CONF, name);
	if (section != SECTION_NONE)
		return FIRST_SECTION + (int)section;
	for (int i = SECTION_NONE + 1; i < SECTION_COUNT; i++) {
		enum schema_key_id key = schema_find((enum schema_section)i, name);
		if (key != KEY_NONE)
			return FIRST_KEY + (int)key;
	}
	return -1;
}

enum section_kind kind_asked(int name)
{
	bool asks = name >= NAME_is_cccam && name <= NAME_is_account;

	return asks ? (enum section_kind)(KIND_CCCAM + name - NAME_is_cccam) : KIND_REMARK;
}

/* Sections for other kinds are not gone into. */
bool view_search(void *context, int name, bool opens)
{
	struct view_search *search = context;
	bool conf = name >= FIRST_SECTION && name < FIRST_KEY;

	if (name == (opens ? (int)NAME_keys : search->name))
		search->found = true;
	if (conf)
		return name - FIRST_SECTION == (int)search->section;
	return kind_asked(name) == KIND_REMARK || kind_asked(name) == search->kind;
}
