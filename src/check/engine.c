/* The checks as a table, and the engine that runs those that are switched on. What they look at is in the
 * files named in checks.h, how they say it in say.c. */
#include "checks.h"

enum scope { EACH_LINE, EACH_SETTING, EACH_SECTION, EACH_ROW, WHOLE_SET };

enum {
	CONF = 1 << OSCAM_CONF,
	SERVER = 1 << OSCAM_SERVER,
	USER = 1 << OSCAM_USER,
	SERVICES = 1 << OSCAM_SERVICES,
	SECTIONS = CONF | SERVER | USER | SERVICES,
	DVBAPI = 1 << OSCAM_DVBAPI,
	SRVID = 1 << OSCAM_SRVID,
	SRVID2 = 1 << OSCAM_SRVID2,
	NAMES = 1 << OSCAM_PROVID | SRVID | SRVID2
};

enum { CODES_MOST = 4 };

struct check {
	enum code codes[CODES_MOST]; /* what it may find; 0 ends them */
	uint8_t files;               /* where it looks; of WHOLE_SET: what must be there */
	uint8_t needs;               /* what must be there beside them, unless the set is a whole folder */
	enum scope scope;
	union {
		line_check *line;
		setting_check *setting;
		section_check *section;
		row_check *row;
		set_check *set;
	} run;
};

#define CODES(...)                                                                                           \
	{                                                                                                    \
		__VA_ARGS__                                                                                  \
	}

static const struct check checks[] = {
	{CODES(CODE_BYTE_ORDER_MARK), SECTIONS, 0, EACH_LINE, {.line = check_first_bytes}},
	{CODES(CODE_CARRIAGE_RETURN), SECTIONS, 0, EACH_LINE, {.line = check_carriage_return}},
	{CODES(CODE_ZERO_BYTE), SECTIONS, 0, EACH_LINE, {.line = check_zero_byte}},
	{CODES(CODE_LONG_LINE), SECTIONS, 0, EACH_LINE, {.line = check_long_line}},
	{CODES(CODE_HEADER_UNSEEN), SECTIONS, 0, EACH_LINE, {.line = check_unseen_header}},
	{CODES(CODE_LINE_SKIPPED), SECTIONS, 0, EACH_LINE, {.line = check_skipped_line}},
	{CODES(CODE_UNKNOWN_SETTING, CODE_MISPLACED_SETTING, CODE_FOLK_SETTING, CODE_LEADING_TAB), SECTIONS,
		0, EACH_LINE, {.line = check_unknown_setting}},
	{CODES(CODE_SETTING_VERSION, CODE_NEEDS_EMU, CODE_UNKNOWN_SETTING), SECTIONS, 0, EACH_LINE,
		{.line = check_known_setting}},
	{CODES(CODE_COMMENT_MARK), SECTIONS, 0, EACH_LINE, {.line = check_comment_mark}},

	{CODES(CODE_SETTING_BEFORE_HEADER), SERVER | USER | SERVICES, 0, EACH_SECTION,
		{.section = check_before_header}},
	{CODES(CODE_UNKNOWN_SECTION), CONF | SERVER | USER, 0, EACH_SECTION,
		{.section = check_unknown_section}},
	{CODES(CODE_REPEATED_SETTING), SERVER | USER | SERVICES, 0, EACH_SECTION,
		{.section = check_repeated}},
	{CODES(CODE_READER_LOST, CODE_READER_LEAK), SERVER, 0, EACH_SECTION, {.section = check_lost_reader}},
	{CODES(CODE_DEVICE_FORM, CODE_IPV6_HOST, CODE_READER_WITHOUT_DEVICE, CODE_PORT_RANGE), SERVER, 0,
		EACH_SECTION, {.section = check_device}},
	{CODES(CODE_READER_WITHOUT_LOGIN), SERVER, 0, EACH_SECTION, {.section = check_login}},
	{CODES(CODE_NEWCAMD_IDLE), SERVER, 0, EACH_SECTION, {.section = check_newcamd_idle}},
	{CODES(CODE_VALUE_REPLACED), SERVER, 0, EACH_SECTION, {.section = check_reader_values}},
	{CODES(CODE_SETTING_UNUSED), SERVER | USER, 0, EACH_SECTION, {.section = check_unused}},
	{CODES(CODE_ACCOUNT_WITHOUT_USER), USER, 0, EACH_SECTION, {.section = check_account_user}},
	{CODES(CODE_ACCOUNT_WITHOUT_PASSWORD), USER, 0, EACH_SECTION, {.section = check_account_password}},
	{CODES(CODE_LOGIN_REFUSED, CODE_VALUE_REPLACED), USER, 0, EACH_SECTION,
		{.section = check_account_numbers}},
	{CODES(CODE_DUPLICATE_ACCOUNT), USER, 0, EACH_SECTION, {.section = check_duplicate_account}},
	{CODES(CODE_LOGIN_NAME_LENGTH), SERVER | USER, 0, EACH_SECTION, {.section = check_login_length}},
	{CODES(CODE_NO_GROUP), SERVER | USER, 0, EACH_SECTION, {.section = check_no_group}},

	{CODES(CODE_TAB_IN_VALUE), SECTIONS, 0, EACH_SETTING, {.setting = check_tab}},
	{CODES(CODE_COMMENT_IN_VALUE), SECTIONS, 0, EACH_SETTING, {.setting = check_comment}},
	{CODES(CODE_NOT_A_NUMBER, CODE_NUMBER_WRAPS, CODE_NUMBER_CHANGED), SECTIONS, 0, EACH_SETTING,
		{.setting = check_number}},
	{CODES(CODE_VALUE_RANGE), CONF | USER, 0, EACH_SETTING, {.setting = check_known_range}},
	{CODES(CODE_NUMBER_CHANGED), CONF, 0, EACH_SETTING, {.setting = check_retry_limits}},
	{CODES(CODE_TIMEOUT_UNIT), CONF, 0, EACH_SETTING, {.setting = check_timeout}},
	{CODES(CODE_VALUE_CUT), SECTIONS, 0, EACH_SETTING, {.setting = check_cut}},
	{CODES(CODE_KEY_DIGITS), CONF | SERVER, 0, EACH_SETTING, {.setting = check_digits}},
	{CODES(CODE_UNKNOWN_WORD), CONF | SERVER, 0, EACH_SETTING, {.setting = check_word}},
	{CODES(CODE_UNKNOWN_WORD, CODE_NUMBER_CHANGED), SERVER, 0, EACH_SETTING,
		{.setting = check_emm_cache}},
	{CODES(CODE_VERSION_UNKNOWN), CONF | SERVER, 0, EACH_SETTING, {.setting = check_version}},
	{CODES(CODE_UNKNOWN_PROTOCOL, CODE_NEEDS_EMU), SERVER, 0, EACH_SETTING, {.setting = check_protocol}},
	{CODES(CODE_LABEL_BLANK), SERVER, 0, EACH_SETTING, {.setting = check_label_blank}},
	{CODES(CODE_AU_FORM), USER, 0, EACH_SETTING, {.setting = check_au_form}},
	{CODES(CODE_PROTOCOLS_UNKNOWN), USER, 0, EACH_SETTING, {.setting = check_protocols}},
	{CODES(CODE_GROUP_FORM), CONF | SERVER | USER, 0, EACH_SETTING, {.setting = check_groups}},
	{CODES(CODE_CAID_FORM), CONF | SERVER | USER, 0, EACH_SETTING, {.setting = check_caids}},
	{CODES(CODE_IDENT_FORM), CONF | SERVER | USER, 0, EACH_SETTING, {.setting = check_idents}},
	{CODES(CODE_CLASS_FORM), SERVER | USER, 0, EACH_SETTING, {.setting = check_classes}},
	{CODES(CODE_BETATUNNEL_FORM), USER, 0, EACH_SETTING, {.setting = check_tunnels}},
	{CODES(CODE_LIST_ITEM), SECTIONS, 0, EACH_SETTING, {.setting = check_list}},
	{CODES(CODE_ADDRESS_FORM), CONF, 0, EACH_SETTING, {.setting = check_ranges}},
	{CODES(CODE_TIMEFRAME_FORM), USER, 0, EACH_SETTING, {.setting = check_hours}},
	{CODES(CODE_EXPDATE_FORM), USER, 0, EACH_SETTING, {.setting = check_date}},
	{CODES(CODE_PORT_RANGE, CODE_PORT_PRIVILEGED, CODE_PORT_TABLE), CONF, 0, EACH_SETTING,
		{.setting = check_port}},
	{CODES(CODE_PORT_TABLE, CODE_KEY_DIGITS, CODE_PORT_RANGE, CODE_PORT_PRIVILEGED), CONF, 0,
		EACH_SETTING, {.setting = check_port_table}},
	{CODES(CODE_AU_UNKNOWN), USER, SERVER, EACH_SETTING, {.setting = check_au}},
	{CODES(CODE_SERVICES_UNKNOWN), CONF | SERVER | USER, SERVICES, EACH_SETTING,
		{.setting = check_services}},

	{CODES(CODE_ROW_SKIPPED), DVBAPI, 0, EACH_ROW, {.row = check_dvbapi_row}},
	{CODES(CODE_ROW_SKIPPED), NAMES, 0, EACH_ROW, {.row = check_name_row}},
	{CODES(CODE_SRVID_SHADOWED), SRVID | SRVID2, 0, WHOLE_SET, {.set = check_shadowed_names}},
	{CODES(CODE_NAMES_MANY), 0, 0, WHOLE_SET, {.set = check_many_names}},
	{CODES(CODE_ROW_HIDDEN), DVBAPI, 0, WHOLE_SET, {.set = check_hidden_rows}},

	{CODES(CODE_REPEATED_SETTING, CODE_REPEATED_RANGES), CONF, 0, WHOLE_SET,
		{.set = check_repeated_conf}},
	{CODES(CODE_PORT_SHARED), CONF, 0, WHOLE_SET, {.set = check_shared_ports}},
	{CODES(CODE_WEBIF_FORBIDDEN, CODE_WEBIF_OPEN, CODE_WEBIF_NO_PASSWORD), CONF, 0, WHOLE_SET,
		{.set = check_webif}},
	{CODES(CODE_RADEGAST_CLOSED), CONF, 0, WHOLE_SET, {.set = check_radegast}},
	{CODES(CODE_VALUE_REPLACED, CODE_SETTING_UNUSED, CODE_NUMBER_CHANGED), CONF, 0, WHOLE_SET,
		{.set = check_conf_values}},
	{CODES(CODE_WORLD_READABLE), 0, 0, WHOLE_SET, {.set = check_readable}},
	{CODES(CODE_DUPLICATE_LABEL), SERVER, 0, WHOLE_SET, {.set = check_duplicate_labels}},
	{CODES(CODE_DEVICE_SHARED), SERVER, 0, WHOLE_SET, {.set = check_shared_devices}},
	{CODES(CODE_DUPLICATE_SERVICE, CODE_SERVICES_MANY, CODE_VALUE_CUT), SERVICES, 0, WHOLE_SET,
		{.set = check_service_names}},
	{CODES(CODE_USERS_ALIKE), USER, 0, WHOLE_SET, {.set = check_alike}},
	{CODES(CODE_LABEL_IS_USER), SERVER | USER, 0, WHOLE_SET, {.set = check_label_is_user}},
	{CODES(CODE_DVBAPI_USER), CONF, USER, WHOLE_SET, {.set = check_dvbapi_user}},
	{CODES(CODE_ACCOUNT_REACHES_NONE, CODE_READER_UNREACHED), SERVER | USER, 0, WHOLE_SET,
		{.set = check_reach}},
};

enum { CHECK_COUNT = sizeof checks / sizeof *checks };

/* The checks of one scope that are to be run on one file. */
struct plan {
	const struct check *at[CHECK_COUNT];
	unsigned count;
};

static bool is_on(const struct check_set *set, const struct check *check)
{
	for (int i = 0; i < CODES_MOST && check->codes[i]; i++)
		if (!set->skip || !set->skip[check->codes[i]])
			return true;
	return false;
}

static bool has_files(const struct check_set *set, unsigned files)
{
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		if (files >> file & 1 && !set->files[file])
			return false;
	return true;
}

/* One of the main files alone is on its way into another folder, as `convert --only` writes it. */
static bool is_whole(const struct check_set *set)
{
	int main_files = 0;

	for (int file = OSCAM_CONF; file <= OSCAM_USER; file++)
		main_files += set->files[file] != NULL;
	return set->folder && main_files > 1;
}

static struct plan plan_for(const struct checking *c, enum scope scope)
{
	struct plan plan = {.count = 0};

	for (int i = 0; i < CHECK_COUNT; i++) {
		const struct check *check = &checks[i];
		bool here = scope == WHOLE_SET ? has_files(c->set, check->files)
					       : (check->files >> c->file->file & 1) != 0;
		bool may = has_files(c->set, check->needs) || is_whole(c->set);
		if (check->scope == scope && here && may && is_on(c->set, check))
			plan.at[plan.count++] = check;
	}
	return plan;
}

static void run_lines(struct checking *c)
{
	struct plan plan = plan_for(c, EACH_LINE);

	for (uint32_t line = 0; line < c->document->lines.count; line++)
		for (unsigned i = 0; i < plan.count; i++)
			plan.at[i]->run.line(c, line);
}

static void run_sections(struct checking *c)
{
	struct plan plan = plan_for(c, EACH_SECTION);

	for (uint32_t section = 0; section < c->document->sections.count; section++)
		for (unsigned i = 0; i < plan.count; i++)
			plan.at[i]->run.section(c, section);
}

static void run_settings(struct checking *c)
{
	struct plan plan = plan_for(c, EACH_SETTING);

	for (uint32_t i = 0; i < c->document->settings.count; i++) {
		const struct document_setting *at = list_at(&c->document->settings, i);
		enum schema_key_id key = (enum schema_key_id)at->key;
		struct setting setting = {.at = at, .key = key, .value = without_comment(key, at->value)};
		if (schema_knows(c->set->target, key) == KNOWN_BY_NONE)
			continue; /* said of the name */
		for (unsigned k = 0; at->value.len > 0 && k < plan.count; k++)
			plan.at[k]->run.setting(c, &setting);
	}
}

static void run_rows(struct checking *c)
{
	struct plan plan = plan_for(c, EACH_ROW);
	struct line_walk walk = line_walk_start(&c->file->source);
	struct line line;

	while (line_walk_next(&walk, &line))
		for (unsigned i = 0; i < plan.count; i++)
			plan.at[i]->run.row(c, &line);
}

static void start_file(struct checking *c, struct check_file *file)
{
	ledger_init(&file->ledger, c->arena, &file->source);
	if (file->file > OSCAM_SERVICES)
		return;
	document_read_for(&file->document, c->arena, file->file, &file->source, c->set->target);
	read_marks(c, file);
}

static void run_file(struct checking *c, enum oscam_file file)
{
	if (!look_at(c, file))
		return;
	if (!c->document) {
		run_rows(c);
		return;
	}
	run_lines(c);
	run_sections(c);
	run_settings(c);
}

void check_run(struct check_set *set)
{
	struct checking c = {.set = set, .arena = set->arena};

	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		if (set->files[file])
			start_file(&c, set->files[file]);
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		run_file(&c, (enum oscam_file)file);
	struct plan plan = plan_for(&c, WHOLE_SET);
	for (unsigned i = 0; i < plan.count; i++)
		plan.at[i]->run.set(&c);
}

enum oscam_file check_recognise(const struct source *source)
{
	static const enum oscam_file files[] = {OSCAM_SERVER, OSCAM_USER, OSCAM_CONF};
	struct line_walk walk = line_walk_start(source);
	struct line line;

	while (line_walk_next(&walk, &line)) {
		struct slice text = slice_trim(oscam_trim(line.text));
		if (text.len < 3 || text.at[0] != '[')
			continue;
		struct slice name = {text.at + 1, text.len - 1};
		name = slice_cut(&name, ']');
		for (size_t i = 0; i < sizeof files / sizeof *files; i++)
			if (schema_find_section(files[i], name) != SECTION_NONE)
				return files[i];
	}
	return OSCAM_FILE_COUNT;
}
