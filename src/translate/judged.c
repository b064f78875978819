/* What comes of the user's own keys together with all others: what `check` would find there is said, and the
 * section tells that it has been. What it would find in a value alone was refused. */
#include "translator.h"

#include "cc2oscam/check.h"

enum { UNIQ_MOST = 4 };

static struct place whole_file(const struct translator *t)
{
	return (struct place){t->ledger->source, 0, 0};
}

/* Of a key that is not set OSCam's default, which is 0 for those here. */
static int64_t number_at(const struct section *section, enum schema_key_id key)
{
	struct slice text = section_get(section, key), digits = text;
	bool negative = text.len > 0 && text.at[0] == '-';
	uint64_t number = 0;

	if (negative)
		digits = (struct slice){text.at + 1, text.len - 1};
	(void)parse_decimal(digits, INT32_MAX, &number);
	return negative ? -(int64_t)number : (int64_t)number;
}

/* ---- accounts and readers ---- */

static void judge_accounts(struct translator *t)
{
	struct finding *finding = NULL;

	for (uint32_t i = 0; i < t->model->accounts.count; i++) {
		struct section *account = list_at(&t->model->accounts, i);
		int64_t uniq = number_at(account, KEY_account_uniq);
		if (!section_get(account, KEY_account_max_connections).at || (uniq >= 1 && uniq <= UNIQ_MOST))
			continue;
		account->known |= KNOWN_UNUSED;
		if (!finding)
			finding = ledger_find(t->ledger, CODE_SETTING_UNUSED, whole_file(t),
				"account.max_connections has an effect in accounts with uniq = 1 to 4 only: "
				"OSCam counts no logins in others");
		finding->hint = SLICE("Set account.uniq too.");
	}
}

/* OSCam sets keepalive of these to 0 without cacheex. */
static void judge_keepalive(struct translator *t)
{
	bool said = false;

	for (uint32_t i = 0; i < t->model->readers.count; i++) {
		struct section *reader = list_at(&t->model->readers, i);
		if (reader->kind != KIND_CS357X || number_at(reader, KEY_reader_keepalive) == 0 ||
			number_at(reader, KEY_reader_cacheex) != 0)
			continue;
		reader->known |= KNOWN_UNUSED;
		if (!said)
			(void)ledger_find(t->ledger, CODE_SETTING_UNUSED, whole_file(t),
				"reader.keepalive has an effect in cs357x readers with cacheex only");
		said = true;
	}
}

static void judge_idle(struct translator *t)
{
	bool said = false;

	for (uint32_t i = 0; i < t->model->readers.count; i++) {
		struct section *reader = list_at(&t->model->readers, i);
		if (reader->kind != KIND_NEWCAMD || number_at(reader, KEY_reader_connectoninit) != 0 ||
			number_at(reader, KEY_reader_inactivitytimeout) == -1)
			continue;
		reader->known |= KNOWN_IDLE;
		if (!said)
			(void)ledger_find(t->ledger, CODE_NEWCAMD_IDLE, whole_file(t),
				"as connectoninit and inactivitytimeout are set, newcamd readers connect at "
				"the first request, not at start");
		said = true;
	}
}

/* ---- oscam.conf ---- */

static struct slice conf_text(struct translator *t)
{
	struct buffer made = {0};

	for (uint32_t i = 0; i < t->model->conf.count; i++) {
		const struct section *section = list_at(&t->model->conf, i);
		if (section->kind != KIND_CONF)
			continue;
		buffer_format(&made, "[%s]\n", schema_section_name((enum schema_section)section->section));
		for (unsigned k = 0; k < section->count; k++) {
			const struct entry *entry = &section->entries[k];
			buffer_format(&made, "%s = %.*s\n", schema_key((enum schema_key_id)entry->key)->name,
				(int)entry->len, entry->text);
		}
	}
	struct slice text = arena_copy(t->arena, buffer_slice(&made));
	buffer_free(&made);
	return text;
}

static unsigned bit_of(enum code code)
{
	for (unsigned i = 0; i < KNOWN_COUNT; i++)
		if (known_codes[i] == code)
			return 1U << i;
	return 0;
}

/* The lines of a text that is nowhere are not said. */
static void say_again(struct translator *t, const struct section *section, const struct finding *finding)
{
	const char *name = schema_section_name((enum schema_section)section->section);

	if (finding->code == CODE_PORT_SHARED)
		(void)ledger_find(t->ledger, CODE_PORT_CONFLICT, whole_file(t),
			"a port of [%s] is that of another service; only one of them can open it", name);
	else if (finding->code == CODE_PORT_PRIVILEGED)
		(void)ledger_find(t->ledger, finding->code, whole_file(t),
			"a port of [%s] can only be opened by root", name);
	else
		(void)ledger_find(
			t->ledger, finding->code, whole_file(t), "%.*s", SLICE_ARG(finding->message));
}

/* Of files to merge into, the merge judges what it knows better. */
static void judge_finding(struct translator *t, const struct check_file *conf, const struct finding *finding)
{
	if (finding->place.line == 0 || (t->choices->merging && finding->code != CODE_PORT_PRIVILEGED))
		return;
	const struct document_line *line = document_line_at(&conf->document, finding->place.line - 1);
	struct section *section = find_conf_section(t->model, line->read.section);
	unsigned bit = bit_of(finding->code);
	if (!section || (section->known & bit) != 0)
		return;
	section->known = (uint16_t)(section->known | bit);
	say_again(t, section, finding);
}

static void judge_conf(struct translator *t)
{
	struct check_file *conf = arena_zero(t->arena, sizeof *conf);
	struct check_set set = {.arena = t->arena, .files = {[OSCAM_CONF] = conf}};

	source_from_raw_text(&conf->source, oscam_file_name(OSCAM_CONF), conf_text(t));
	conf->file = OSCAM_CONF;
	check_run(&set);
	for (uint32_t i = 0; i < conf->ledger.findings.count; i++)
		judge_finding(t, conf, list_at(&conf->ledger.findings, i));
}

struct section *find_conf_section(const struct model *model, enum schema_section name)
{
	for (uint32_t i = 0; i < model->conf.count; i++) {
		struct section *section = list_at(&model->conf, i);
		if (section->kind == KIND_CONF && section->section == name)
			return section;
	}
	return NULL;
}

void judge_wanted(struct translator *t)
{
	judge_accounts(t);
	judge_keepalive(t);
	judge_idle(t);
	judge_conf(t);
}
