/* The account of the receiver's own tuner: which account that is, and that nobody else uses the
 * account. */
#include "parts.h"

/* The longest name that leaves room for a number behind it. */
enum { TUNER_MAX = 50 };

/* The user that [dvbapi] names; empty: [dvbapi] names no user, or one that cannot be used. */
static struct slice dvbapi_user(const struct existing *existing, struct arena *arena)
{
	const struct source *source = existing->files[OSCAM_CONF];
	const struct document_setting *user = NULL;
	struct document document;

	if (source) {
		document_read(&document, arena, OSCAM_CONF, source, NULL);
		user = document_conf_setting(&document, KEY_dvbapi_user);
	}
	if (!user || user->value.len == 0 || user->value.len > TUNER_MAX ||
		find_control(user->value) != SIZE_MAX)
		return (struct slice){NULL, 0};
	return user->value;
}

/* Whether somebody can log in to the account over the network: by a password, or from an address. */
bool merge_is_persons(const struct document *users, const struct document_section *account)
{
	struct slice allowed = document_value(users, account, KEY_account_allowedprotocols);

	return !slice_equal(allowed, SLICE("dvbapi")) &&
	       (document_value(users, account, KEY_account_pwd).len > 0 ||
		       document_value(users, account, KEY_account_hostname).len > 0);
}

static bool read_users(const struct existing *existing, struct arena *arena, struct document *users)
{
	const struct source *source = existing->files[OSCAM_USER];

	if (source)
		document_read(users, arena, OSCAM_USER, source, existing->target);
	return source;
}

struct slice merge_tuner(const struct existing *existing, struct arena *arena)
{
	struct slice tuner = dvbapi_user(existing, arena);
	struct document users;

	if (tuner.len == 0 || !read_users(existing, arena, &users))
		return tuner;
	for (uint32_t i = 0; i < users.sections.count; i++) {
		const struct document_section *account = document_section_at(&users, i);
		if (slice_equal(account->label, tuner) && merge_is_persons(&users, account))
			return (struct slice){NULL, 0};
	}
	return tuner;
}

void merge_users(const struct existing *existing, struct arena *arena, struct list *users)
{
	struct slice tuner = merge_tuner(existing, arena);
	struct document document;

	if (!read_users(existing, arena, &document))
		return;
	for (uint32_t i = 0; i < document.settings.count; i++) {
		const struct document_setting *setting = list_at(&document.settings, i);
		struct slice user = schema_read(KEY_account_user, setting->value, arena);
		/* The tuner keeps its name beside a friend whose name differs by case alone. */
		if (setting->key == KEY_account_user && user.len > 0 && !slice_equal_nocase(user, tuner))
			*(struct slice *)list_add(users) = user;
	}
}

/* The account that [dvbapi] named, for the tuner's new one takes over what it reached; a friend who has the
 * name of one that was the tuner's alone gets it as his own. */
void merge_match_tuner(struct merge *m)
{
	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];
	const struct document *document = half->document;
	struct slice user = dvbapi_user(&m->existing, m->arena);

	m->old_tuner = DOCUMENT_NONE;
	for (uint32_t i = 0; document && user.len > 0 && i < document->sections.count; i++) {
		const struct document_section *account = document_section_at(document, i);
		if (!slice_equal(account->label, user))
			continue;
		m->old_tuner = i;
		if (half->ours[i] != DOCUMENT_NONE && !merge_is_persons(document, account))
			m->namesake = list_at(half->sections, half->ours[i]);
		break;
	}
	if (m->namesake == m->model->local_account)
		m->namesake = NULL;
}
