/* The proof of who reaches whom after a merge, from the groups and filters that OSCam reads in the new files:
 * our accounts reach our readers as the model says, all others reach what they reached before, and nobody
 * else uses the tuner's account. */
#include "parts.h"

struct access {
	const struct merge *m;
	/* By group number: the distance of the farthest of our readers with this number; -1: no reader has
	 * it. */
	int32_t farthest[BITS_MOST];
	/* By group of the model: the numbers that all its readers have, and the nearest reader's distance. */
	struct bits common[MERGE_GROUPS];
	int32_t nearest[MERGE_GROUPS];
	struct bits foreign[MERGE_HALVES]; /* the numbers of sections that are not ours */
};

static struct bits groups_in(const struct written *written, const struct merge_half *half, uint32_t position)
{
	const struct document *document = &written->documents[half->file];

	return groups_bits(document_value(document, document_section_at(document, position), half->group));
}

static void note_foreign(struct access *access, int which)
{
	const struct merge_half *half = &access->m->halves[which];

	for (uint32_t i = 0; half->document && i < half->document->sections.count; i++)
		if (half->ours[i] == DOCUMENT_NONE)
			access->foreign[which] = bits_or(access->foreign[which], half->groups[i]);
}

static void note_reader(
	struct access *access, const struct section *reader, uint64_t meant, struct bits groups)
{
	for (unsigned number = 0; number < BITS_MOST; number++)
		if (bits_has(groups, number) && access->farthest[number] < reader->reach)
			access->farthest[number] = reader->reach;
	for (unsigned i = 0; i < MERGE_GROUPS; i++) {
		if (!(meant >> i & 1))
			continue;
		access->common[i] = bits_and(access->common[i], groups);
		if (access->nearest[i] > reader->reach)
			access->nearest[i] = reader->reach;
	}
}

static const char *check_readers(struct access *access, const struct written *written)
{
	const struct merge *m = access->m;
	const struct merge_half *half = &m->halves[MERGE_READERS];
	const struct document *new = &written->documents[OSCAM_SERVER];
	struct bits others = access->foreign[MERGE_ACCOUNTS];

	for (uint32_t i = 0; i < half->sections->count; i++) {
		const struct section *reader = merge_section(half, i);
		if (!reader)
			continue;
		uint32_t theirs = half->theirs[i], position = written->positions[MERGE_READERS][i];
		struct bits groups = groups_in(written, half, position);
		const struct becoming becoming = {
			.document = new, .written = document_section_at(new, position)};
		note_reader(access, reader, half->meant[i], groups);
		if (!bits_same(bits_and(groups, others), bits_and(merge_old_groups(m, half, i), others)))
			return "other accounts would reach another set of readers than before";
		if (bits_meet(groups, others) &&
			(theirs == DOCUMENT_NONE || !merge_keeps_cards(m, theirs, &becoming)))
			return "other accounts would get other cards from a reader than before";
	}
	return NULL;
}

static bool reaches_as_meant(const struct access *access, struct bits groups, int32_t reach)
{
	for (unsigned i = 0; i < BITS_MOST; i++)
		if (bits_has(groups, i) && access->farthest[i] >= 0 &&
			(reach == REACH_NOTHING || access->farthest[i] > reach))
			return false;
	for (unsigned i = 0; i < MERGE_GROUPS; i++)
		if (reach != REACH_NOTHING && access->nearest[i] <= reach &&
			access->nearest[i] != REACH_ALL && !bits_meet(groups, access->common[i]))
			return false;
	return true;
}

static const char *check_accounts(const struct access *access, const struct written *written)
{
	const struct merge *m = access->m;
	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];
	const struct document *new = &written->documents[OSCAM_USER];
	struct bits others = access->foreign[MERGE_READERS];

	for (uint32_t i = 0; i < half->sections->count; i++) {
		const struct section *account = merge_section(half, i);
		if (!account)
			continue;
		uint32_t theirs = half->theirs[i], position = written->positions[MERGE_ACCOUNTS][i];
		struct bits groups = groups_in(written, half, position);
		const struct becoming becoming = {
			.document = new, .written = document_section_at(new, position)};
		if (!reaches_as_meant(access, groups, account->reach))
			return "an account would reach other readers than meant";
		if (bits_meet(bits_without(groups, merge_old_groups(m, half, i)), others))
			return "an account would reach readers that it did not reach before";
		if (bits_meet(groups, others) && theirs != DOCUMENT_NONE &&
			account != m->model->local_account && merge_wider(m, theirs, &becoming, true).len > 0)
			return "an account with wider limits would keep readers of others";
	}
	return NULL;
}

/* The lists of services in sections that are not ours mean the same services as before. */
static const char *check_foreign_services(const struct merge *m, const struct merge_half *half)
{
	for (uint32_t i = 0; half->document && i < half->document->sections.count; i++) {
		struct slice labels = merge_value(half, i, half->services);
		struct service_bits had = merge_existing_bits(m, labels), has = merge_service_bits(m, labels);
		if (!same_services(had, has))
			return "services that somebody named in vain would be there";
	}
	return NULL;
}

/* Nobody can log in to the tuner's account over the network, and the account was nobody else's before. */
static const char *check_tuner(const struct access *access, const struct written *written)
{
	const struct merge_half *half = &access->m->halves[MERGE_ACCOUNTS];
	const struct document *document = &written->documents[OSCAM_USER];

	for (uint32_t i = 0; i < half->sections->count; i++) {
		const struct section *account = merge_section(half, i);
		if (!account || account != access->m->model->local_account)
			continue;
		const struct document_section *section =
			document_section_at(document, written->positions[MERGE_ACCOUNTS][i]);
		if (!slice_equal(
			    document_value(document, section, KEY_account_allowedprotocols), SLICE("dvbapi")))
			return "the tuner's account would not be for the tuner alone";
		if (half->theirs[i] != DOCUMENT_NONE &&
			(half->theirs[i] != access->m->old_tuner ||
				merge_is_persons(half->document,
					document_section_at(half->document, half->theirs[i]))))
			return "the tuner would take over the account of somebody else";
	}
	return NULL;
}

const char *merge_prove_access(const struct merge *m, const struct written *written)
{
	struct access access = {.m = m};

	for (int i = 0; i < BITS_MOST; i++)
		access.farthest[i] = -1;
	for (int i = 0; i < MERGE_GROUPS; i++) {
		access.common[i] = (struct bits){UINT64_MAX, UINT64_MAX};
		access.nearest[i] = REACH_ALL;
	}
	note_foreign(&access, MERGE_READERS);
	note_foreign(&access, MERGE_ACCOUNTS);
	const char *wrong = check_readers(&access, written);
	if (!wrong)
		wrong = check_accounts(&access, written);
	if (!wrong)
		wrong = check_tuner(&access, written);
	for (int which = 0; !wrong && which < MERGE_HALVES; which++)
		wrong = check_foreign_services(m, &m->halves[which]);
	return wrong;
}
