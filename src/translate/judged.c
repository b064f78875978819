/* What `check` would find in the sections as they will be written, the user's own keys among them: it is
 * said, and the section tells that it has been. What it would find in such a value alone was refused. */
#include "translator.h"

#include "cc2oscam/check.h"
#include "cc2oscam/tvheadend.h"

enum { UNIQ_MOST = 4, FIRST_FREE_PORT = 1024 };

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

/* OSCam sets keepalive of these to 0 without cacheex 2 or 3. */
static void judge_keepalive(struct translator *t)
{
	bool said = false;

	for (uint32_t i = 0; i < t->model->readers.count; i++) {
		struct section *reader = list_at(&t->model->readers, i);
		if (reader->kind != KIND_CS357X || number_at(reader, KEY_reader_keepalive) == 0 ||
			number_at(reader, KEY_reader_cacheex) > 1)
			continue;
		reader->known |= KNOWN_UNUSED;
		if (!said)
			(void)ledger_find(t->ledger, CODE_SETTING_UNUSED, whole_file(t),
				"reader.keepalive has an effect in cs357x readers with cacheex 2 or 3 only");
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

	if (finding->code == CODE_PORT_CONFLICT)
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

/* ---- the ports, and who may open the web interface, also without keys of the user's ---- */

static void judge_webif(struct translator *t)
{
	struct section *webif = find_conf_section(t->model, SECTION_webif);
	struct section *cccam = find_conf_section(t->model, SECTION_cccam);
	struct slice port = webif ? section_get(webif, KEY_webif_httpport) : (struct slice){NULL, 0};
	struct place place = {t->ledger->source, 0, 0};

	if (port.len == 0)
		return;
	if (cccam && slice_equal(port, section_get(cccam, KEY_cccam_port))) {
		(void)ledger_find(t->ledger, CODE_PORT_CONFLICT, place,
			"the web interface and the CCcam server are both set to port %.*s", SLICE_ARG(port));
		webif->known |= KNOWN_SHARED;
		cccam->known |= KNOWN_SHARED;
	}
	if (section_get(webif, KEY_webif_httpuser).at && section_get(webif, KEY_webif_httppwd).at)
		return;
	const struct statement *password = t->options[DIRECTIVE_WEBINFO_PASSWORD];
	if (password) { /* OSCam asks for none without a user name */
		place = statement_place(t, password, NULL);
		leave_out(t, password, FATE_PARTIAL);
	}
	(void)ledger_find(t->ledger, CODE_WEBIF_WITHOUT_PASSWORD, place,
		"the web interface asks for no password: everybody in the local network may change the "
		"configuration");
	webif->known |= KNOWN_NO_PASSWORD;
}

static void judge_privileged(struct translator *t, enum schema_section name, enum schema_key_id key)
{
	struct section *section = find_conf_section(t->model, name);
	uint64_t port;

	if (!section || !parse_decimal(section_get(section, key), FIRST_FREE_PORT - 1, &port) || port == 0)
		return;
	(void)ledger_find(t->ledger, CODE_PORT_PRIVILEGED, (struct place){t->ledger->source, 0, 0},
		"port %u of [%s] can only be opened by root", (unsigned)port, schema_section_name(name));
	section->known |= KNOWN_PRIVILEGED;
}

/* No au is what DISABLE EMM asks for, or the user. */
static void judge_dvbapi(struct translator *t)
{
	struct section *dvbapi = find_conf_section(t->model, SECTION_dvbapi);
	const struct statement *s = t->options[DIRECTIVE_DISABLE_EMM];

	if (!dvbapi || number_at(dvbapi, KEY_dvbapi_enabled) == 0 || number_at(dvbapi, KEY_dvbapi_au) != 0)
		return;
	dvbapi->known |= KNOWN_NO_AU;
	(void)ledger_find(t->ledger, CODE_DVBAPI_WITHOUT_AU, s ? statement_place(t, s, NULL) : whole_file(t),
		"[dvbapi] gets no au: no card in the receiver is updated");
}

static void judge_lb_mode(struct translator *t)
{
	const struct section *global = find_conf_section(t->model, SECTION_global);

	if (global && number_at(global, KEY_global_lb_mode) == 0 && reaches_several(t))
		(void)ledger_find(t->ledger, CODE_ALL_READERS_AT_ONCE, whole_file(t),
			"[global] gets no lb_mode: every request goes to several servers at once");
}

/* Where the tuner is TVHeadend. */
static void judge_tvheadend(struct translator *t)
{
	const struct section *dvbapi = find_conf_section(t->model, SECTION_dvbapi);
	const struct section *global = find_conf_section(t->model, SECTION_global);

	if (t->choices->profile != PROFILE_TVHEADEND || !dvbapi)
		return;
	struct tvheadend held = {.port = section_get(dvbapi, KEY_dvbapi_listen_port),
		.pmt_mode = section_get(dvbapi, KEY_dvbapi_pmt_mode),
		.boxtype = section_get(dvbapi, KEY_dvbapi_boxtype),
		.address = section_get(dvbapi, KEY_dvbapi_serverip)};
	if (held.address.len == 0 && global)
		held.address = section_get(global, KEY_global_serverip);
	tvheadend_say(t->ledger, &t->choices->target, &held);
}

void judge_sections(struct translator *t)
{
	if (!t->choices->merging) {
		judge_tvheadend(t);
		judge_webif(t);
		judge_dvbapi(t);
		judge_lb_mode(t);
	}
	judge_privileged(t, SECTION_webif, KEY_webif_httpport);
	judge_privileged(t, SECTION_cccam, KEY_cccam_port);
	judge_privileged(t, SECTION_gbox, KEY_gbox_port);
	if (t->choices->set_count == 0)
		return;
	judge_accounts(t);
	judge_keepalive(t);
	judge_idle(t);
	judge_conf(t);
}
