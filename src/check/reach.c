/* Checks of groups: who reaches nobody. A reader and an account come together when they share a group, so the
 * union of all groups of the one side is all that the other side has to be compared with. */
#include "cc2oscam/model.h"
#include "checks.h"

static enum schema_key_id group_key(const struct document_section *section)
{
	return section->section == SECTION_reader ? KEY_reader_group : KEY_account_group;
}

void check_no_group(struct checking *c, const struct document_section *section)
{
	const struct target *without = NULL;
	unsigned count = c->reading_count, lacking = 0;

	if (!(is_reader(section) || is_account(section)) || is_switched_off(c, section) ||
		section->label.len == 0)
		return;
	if (is_account(section) && number_value(c, section, KEY_account_cccmaxhops) == -1)
		return; /* one that may see no card at all needs no group */
	for (unsigned i = 0; i < count; i++)
		if (!bits_any(group_bits(c, section, c->readings[i]))) {
			without = c->readings[i];
			lacking++;
		}
	if (lacking == 0)
		return;
	(void)found_of(c, CODE_NO_GROUP, section, group_key(section),
		is_account(section)
			? "%sthe account \"%.*s\" is in no group, and no reader serves this account"
			: "%sthe reader \"%.*s\" is in no group, and serves nobody",
		lacking < count ? group_reading_words(without) : "", SLICE_ARG(shown(c, section->label)));
}

static struct bits all_groups(struct checking *c, enum oscam_file file, const struct target *target)
{
	struct bits all = {0, 0};

	(void)look_at(c, file);
	for (uint32_t i = 0; i < c->document->sections.count; i++) {
		const struct document_section *section = document_section_at(c->document, i);
		if (is_reader(section) || is_account(section))
			all = bits_or(all, group_bits(c, section, target));
	}
	return all;
}

/* What one reading of the groups makes of a section, or of the other side. */
struct group_reading {
	const struct target *target;
	struct bits own, others;
};

static void say_alone(struct checking *c, const struct document_section *section,
	const struct group_reading *reading, const char *words)
{
	bool account = is_account(section);

	(void)found_of(c, account ? CODE_ACCOUNT_REACHES_NONE : CODE_READER_UNREACHED, section,
		group_key(section), "%sthe %s \"%.*s\" is in group %.*s; the %s are in %s%.*s", words,
		account ? "account" : "reader", SLICE_ARG(shown(c, section->label)),
		SLICE_ARG(groups_text(c->arena, reading->own)), account ? "readers" : "accounts",
		bits_any(reading->others) ? "" : "no group",
		SLICE_ARG(groups_text(c->arena, reading->others)));
}

/* Said once where both readings come to the same. */
static void look_for_others(struct checking *c, const struct document_section *section,
	struct group_reading *readings, unsigned count)
{
	for (unsigned i = 0; i < count; i++)
		readings[i].own = group_bits(c, section, readings[i].target);
	bool same = count < READINGS || (bits_same(readings[0].own, readings[1].own) &&
						bits_same(readings[0].others, readings[1].others));
	for (unsigned i = 0; i < (same ? 1 : count); i++)
		if (bits_any(readings[i].own) && !bits_meet(readings[i].own, readings[i].others))
			say_alone(c, section, &readings[i],
				same ? "" : group_reading_words(readings[i].target));
}

/* All sections of one file, held against those of another. */
static void compare_files(struct checking *c, enum oscam_file file, enum oscam_file other)
{
	struct group_reading readings[READINGS] = {{.target = NULL}};
	unsigned count = c->reading_count;

	for (unsigned i = 0; i < count; i++)
		readings[i] = (struct group_reading){
			.target = c->readings[i], .others = all_groups(c, other, c->readings[i])};
	(void)look_at(c, file);
	for (uint32_t i = 0; i < c->document->sections.count; i++) {
		const struct document_section *section = document_section_at(c->document, i);
		if ((is_reader(section) || is_account(section)) && !is_switched_off(c, section))
			look_for_others(c, section, readings, count);
	}
}

/* Where nobody has an account yet, readers serve nobody yet. */
void check_reach(struct checking *c)
{
	bool any = false;

	compare_files(c, OSCAM_USER, OSCAM_SERVER);
	for (uint32_t i = 0; i < c->document->sections.count && !any; i++)
		any = is_account(document_section_at(c->document, i));
	if (any)
		compare_files(c, OSCAM_SERVER, OSCAM_USER);
}
