/* Checks of groups: who reaches nobody. A reader and an account come together when they share a group, so the
 * union of all groups of the one side is all that the other side has to be compared with. */
#include "cc2oscam/model.h"
#include "checks.h"

/* An account that may see no card at all needs no group. */
static bool is_shut(const struct checking *c, const struct document_section *section)
{
	return is_account(section) && number_value(c, section, KEY_account_cccmaxhops) == -1;
}

static const struct document_setting *group_setting(
	const struct checking *c, const struct document_section *section)
{
	return document_setting(c->document, section,
		section->section == SECTION_reader ? KEY_reader_group : KEY_account_group);
}

void check_no_group(struct checking *c, uint32_t index)
{
	const struct document_section *section = document_section_at(c->document, index);

	if (!(is_reader(section) || is_account(section)) || is_switched_off(c, section) ||
		is_shut(c, section) || section->label.len == 0 || group_mask(c, section) != 0)
		return;
	const struct document_setting *at = group_setting(c, section);
	(void)found(c, CODE_NO_GROUP, at ? at->line : section->header, at ? at->value.at : NULL,
		is_account(section) ? "the account \"%.*s\" is in no group, and no reader serves it"
				    : "the reader \"%.*s\" is in no group, and serves nobody",
		SLICE_ARG(shown(c, section->label)));
}

static uint64_t all_groups(struct checking *c, enum oscam_file file)
{
	uint64_t all = 0;

	(void)look_at(c, file);
	for (uint32_t i = 0; i < c->document->sections.count; i++) {
		const struct document_section *section = document_section_at(c->document, i);
		if (is_reader(section) || is_account(section))
			all |= group_mask(c, section);
	}
	return all;
}

static void look_for_others(struct checking *c, enum oscam_file file, uint64_t others)
{
	struct slice there = groups_text(c->arena, others);

	(void)look_at(c, file);
	for (uint32_t i = 0; i < c->document->sections.count; i++) {
		const struct document_section *section = document_section_at(c->document, i);
		bool account = is_account(section);
		if (!(is_reader(section) || account))
			continue;
		uint64_t mask = group_mask(c, section);
		if (mask == 0 || (mask & others) != 0 || is_switched_off(c, section))
			continue;
		const struct document_setting *at = group_setting(c, section);
		struct slice own = groups_text(c->arena, mask);
		(void)found(c, account ? CODE_ACCOUNT_REACHES_NONE : CODE_READER_UNREACHED, at->line,
			at->value.at, "the %s \"%.*s\" is in group %.*s; the %s are in %s%.*s",
			account ? "account" : "reader", SLICE_ARG(shown(c, section->label)), SLICE_ARG(own),
			account ? "readers" : "accounts", others ? "" : "no group", SLICE_ARG(there));
	}
}

static bool has_accounts(struct checking *c)
{
	(void)look_at(c, OSCAM_USER);
	for (uint32_t i = 0; i < c->document->sections.count; i++)
		if (is_account(document_section_at(c->document, i)))
			return true;
	return false;
}

/* Where nobody has an account yet, readers serve nobody yet. */
void check_reach(struct checking *c)
{
	uint64_t readers = all_groups(c, OSCAM_SERVER), accounts = all_groups(c, OSCAM_USER);

	look_for_others(c, OSCAM_USER, readers);
	if (has_accounts(c))
		look_for_others(c, OSCAM_SERVER, accounts);
}
