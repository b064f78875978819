/* Checks of accounts as a whole: names that are missing, taken, alike or too long, and who can log in without
 * a password. */
#include "cc2oscam/protocols.h"
#include "checks.h"

void check_account_user(struct checking *c, const struct document_section *section)
{
	if (!is_account(section) || section->label.len > 0)
		return;
	const struct document_setting *at = document_setting(c->document, section, KEY_account_user);
	(void)found(c, CODE_ACCOUNT_WITHOUT_USER, section->header, NULL,
		at ? "an account with an empty user: nobody can log in as it"
		   : "an account without user: OSCam keeps it, with an empty name");
	if (at)
		(void)found_at(c, CODE_DUPLICATE_ACCOUNT, at,
			"user is empty: OSCam takes the name for taken, and calls the account \"_x\"");
}

void check_duplicate_account(struct checking *c, const struct document_section *section)
{
	const struct document_setting *at =
		is_account(section) ? document_setting(c->document, section, KEY_account_user) : NULL;

	if (at && section->renamed)
		(void)found_at(c, CODE_DUPLICATE_ACCOUNT, at,
			"the user \"%.*s\" stands further up already: OSCam calls this one \"%.*s\"",
			SLICE_ARG(shown(c, at->value)), SLICE_ARG(shown(c, section->label)));
}

/* ---- passwords ---- */

static bool names_protocol(struct slice allowed, const char *word)
{
	while (word && allowed.at)
		if (slice_equal(slice_cut(&allowed, ','), slice_of(word)))
			return true;
	return false;
}

/* Without oscam.conf every protocol may be open. */
static bool is_open(const struct checking *c, enum schema_key_id port)
{
	struct slice value = conf_value(c, port);

	return !c->set->files[OSCAM_CONF] || (value.len > 0 && !slice_equal(value, SLICE("0")));
}

/* A protocol by which the account can be used over the network, or NULL; the usual protocols come last. */
static const char *way_in(const struct checking *c, const struct document_section *section)
{
	struct slice allowed = value_of(c, section, KEY_account_allowedprotocols);

	for (size_t i = listener_count; i-- > 0;) {
		const struct listener *at = &listeners[i];
		bool may = allowed.len == 0 || names_protocol(allowed, at->words[0]) ||
			   names_protocol(allowed, at->words[1]);
		if (at->words[0] && may && is_open(c, at->port))
			return at->words[0];
	}
	return NULL;
}

void check_account_password(struct checking *c, const struct document_section *section)
{
	if (!is_account(section) || value_of(c, section, KEY_account_pwd).len > 0 ||
		is_switched_off(c, section))
		return;
	const char *way = way_in(c, section);
	bool known = c->set->files[OSCAM_CONF] != NULL;
	if (way)
		(void)found(c, CODE_ACCOUNT_WITHOUT_PASSWORD, section->header, NULL,
			"the account \"%.*s\" has no password: everybody who knows the name can log in%s%s",
			SLICE_ARG(shown(c, section->label)), known ? " by " : "", known ? way : "");
}

/* ---- names and passwords that are too long for CCcam's protocol ---- */

static bool speaks_cccam(const struct checking *c, const struct document_section *section)
{
	struct slice allowed = value_of(c, section, KEY_account_allowedprotocols);

	return (allowed.len == 0 || names_protocol(allowed, "cccam")) && is_open(c, KEY_cccam_port);
}

static void say_length(struct checking *c, const struct document_section *section, enum schema_key_id key,
	const char *what, size_t most)
{
	size_t len = value_of(c, section, key).len;

	if (len <= most)
		return;
	const struct document_setting *at = document_setting(c->document, section, key);
	(void)found_at(c, CODE_LOGIN_NAME_LENGTH, at,
		"the %s has %zu bytes; CCcam's protocol carries %zu of them", what, len, most);
}

/* A reader's password needs no check: OSCam has cut the password before CCcam's protocol would. */
void check_login_length(struct checking *c, const struct document_section *section)
{
	if (is_reader(section) && slice_equal(section->protocol, SLICE("cccam")) &&
		!is_switched_off(c, section))
		say_length(c, section, KEY_reader_user, "user name", NAME_CARRIED);
	if (!is_account(section) || is_switched_off(c, section) || !speaks_cccam(c, section))
		return;
	say_length(c, section, KEY_account_user, "user name", NAME_CARRIED);
	say_length(c, section, KEY_account_pwd, "password", PASSWORD_CARRIED);
}

static void look_for_alike(struct checking *c, struct table *table, uint32_t index)
{
	const struct document_section *section = document_section_at(c->document, index);
	struct slice name = {section->label.at, NAME_CARRIED};
	uint64_t hash = slice_hash(name, 0);

	table_each (walk, table, hash) {
		const struct document_section *first = document_section_at(c->document, walk.number);
		if (!slice_starts(first->label, name))
			continue;
		(void)found_of(c, CODE_USERS_ALIKE, section, KEY_account_user,
			"the first 20 bytes of \"%.*s\" are those of the user%.*s",
			SLICE_ARG(shown(c, section->label)), SLICE_ARG(on_line(c, first->header)));
		return;
	}
	table_add(table, hash, index);
}

void check_alike(struct checking *c)
{
	struct table table;

	(void)look_at(c, OSCAM_USER);
	table_init(&table, c->arena, c->document->sections.count);
	for (uint32_t i = 0; i < c->document->sections.count; i++) {
		const struct document_section *section = document_section_at(c->document, i);
		if (is_account(section) && section->label.len >= NAME_CARRIED && speaks_cccam(c, section))
			look_for_alike(c, &table, i);
	}
}
