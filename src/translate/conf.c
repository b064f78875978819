/* The options, and the sections of oscam.conf. */
#include "translator.h"

#include "cc2oscam/tvheadend.h"

enum { PORT_CCCAM = 12000, PORT_WEBIF = 8888 };

bool option_on(const struct translator *t, enum directive_id id, bool otherwise)
{
	return t->options[id] ? t->options[id]->number != 0 : otherwise;
}

/* Keeps the last line of an option; an earlier one has no effect any more. */
static void keep_option(struct translator *t, const struct statement *s)
{
	enum directive_id id = directive_id(s->directive);
	struct statement *earlier = t->options[id];

	if (earlier) {
		say(t, earlier, CODE_REPEATED_OPTION, NULL,
			"%s stands again on line %lu, and the last one wins", s->directive->keyword,
			(unsigned long)s->line.number);
		ledger_fate(t->ledger, earlier->line.number, FATE_DROPPED);
	} else {
		t->options[id] = arena_alloc(t->arena, sizeof *s);
	}
	*t->options[id] = *s;
}

void say_no_counterpart(struct translator *t, const struct statement *s)
{
	say(t, s, CODE_NO_COUNTERPART, NULL,
		"OSCam has nothing for %s\ncc2oscam explain %s says more about the line.",
		s->directive->keyword, s->directive->keyword);
}

static void unsupported(struct translator *t, const struct statement *s)
{
	say_no_counterpart(t, s);
	leave_out(t, s, FATE_UNSUPPORTED);
}

void take_option(struct translator *t, struct statement *s)
{
	uint8_t shape = s->directive->shape;

	if (directive_id(s->directive) == DIRECTIVE_GLOBAL_LIMITS)
		t->lost_limits = 0;
	t->lost[directive_id(s->directive)] = NULL;
	if (s->fate == FATE_REJECTED || !option_kept(t, s, option_key(s->directive)) || !devices_fit(t, s)) {
		leave_out(t, s, FATE_REJECTED);
		take_lost(t, s);
	} else if (s->fate == FATE_DROPPED)
		ledger_fate(t->ledger, s->line.number, FATE_DROPPED);
	else if (shape == SHAPE_B || (shape >= SHAPE_DEVICE && shape <= SHAPE_DEVICE_LIMIT))
		take_device_option(t, s);
	else if (s->directive->repeatable && s->directive->fate == FATE_DROPPED)
		ledger_fate(t->ledger, s->line.number, FATE_DROPPED);
	else if (s->directive->repeatable)
		unsupported(t, s);
	else
		keep_option(t, s);
}

/* OSCam has no telnet information ([monitor] is another protocol): whether the user had set it up. */
static bool telnet_lost(const struct translator *t)
{
	return option_on(t, DIRECTIVE_ALLOW_TELNETINFO, true) &&
	       (t->options[DIRECTIVE_TELNETINFO_LISTEN_PORT] || t->options[DIRECTIVE_TELNETINFO_USERNAME] ||
		       t->options[DIRECTIVE_TELNETINFO_PASSWORD]);
}

/* NEWCAMD STEALTH and MINIMUM DOWNHOPS: OSCam cannot have every number that CCcam can have. */
static void number_fate(struct translator *t, const struct statement *s)
{
	bool stealth = directive_id(s->directive) == DIRECTIVE_NEWCAMD_STEALTH;

	if (s->number <= (stealth ? 0 : HOPS_MAX)) {
		ledger_fate(t->ledger, s->line.number, s->fate);
		return;
	}
	if (stealth)
		say(t, s, CODE_NEWCAMD_STEALTH, s->value.at,
			"stealth %lld is left out: OSCam logs in as itself", (long long)s->number);
	else
		say(t, s, CODE_HOPS_RANGE, s->value.at,
			"%lld downhops become %d, the most that OSCam can say", (long long)s->number,
			HOPS_MAX);
	leave_out(t, s, FATE_PARTIAL);
}

static void option_fate(struct translator *t, const struct statement *s)
{
	switch (directive_id(s->directive)) {
	case DIRECTIVE_ALLOW_TELNETINFO:
	case DIRECTIVE_TELNETINFO_LISTEN_PORT:
	case DIRECTIVE_TELNETINFO_USERNAME:
	case DIRECTIVE_TELNETINFO_PASSWORD:
		if (telnet_lost(t))
			unsupported(t, s);
		else
			ledger_fate(t->ledger, s->line.number, FATE_DROPPED);
		break;
	case DIRECTIVE_WEBINFO_LISTEN_PORT:
		ledger_fate(t->ledger, s->line.number,
			option_on(t, DIRECTIVE_ALLOW_WEBINFO, true) ? s->fate : FATE_DROPPED);
		break;
	case DIRECTIVE_GLOBAL_LIMITS: /* gets its fate with the accounts */
	case DIRECTIVE_GLOBAL_EMM:    /* gets its fate with the receiver's own card readers */
	case DIRECTIVE_SCIDEVICES:
	case DIRECTIVE_CAID_PRIO_FILE: /* these get their fates with the files that they name */
	case DIRECTIVE_PROVIDERINFO_FILE:
	case DIRECTIVE_CHANNELINFO_FILE:
	case DIRECTIVE_NEWCAMD_CONF:
		break;
	case DIRECTIVE_NEWCAMD_STEALTH:
	case DIRECTIVE_MINIMUM_DOWNHOPS:
		number_fate(t, s);
		break;
	case DIRECTIVE_SERVER_LISTEN_PORT:
	case DIRECTIVE_ALLOW_WEBINFO:
	case DIRECTIVE_DISABLE_EMM:
	case DIRECTIVE_EXTRA_EMM_LEVEL:
	case DIRECTIVE_DVB_API:
		ledger_fate(t->ledger, s->line.number, s->fate);
		break;
	default:
		if (s->directive->fate == FATE_DROPPED)
			ledger_fate(t->ledger, s->line.number, FATE_DROPPED);
		else if (!s->directive->by_row) /* else its fate comes with its section */
			unsupported(t, s);
	}
}

void translate_options(struct translator *t)
{
	use_lost_options(t);
	for (int id = 0; id < DIRECTIVE_COUNT; id++)
		if (t->options[id])
			option_fate(t, t->options[id]);
}

static bool has_accounts(const struct translator *t)
{
	const struct list *accounts = &t->model->accounts;

	for (uint32_t i = 0; i < accounts->count; i++) {
		const struct section *account = list_at(accounts, i);
		if (account->kind == KIND_ACCOUNT && account != t->model->local_account)
			return true;
	}
	return false;
}

static void write_global(struct translator *t)
{
	struct section *global = model_conf(t->model, SECTION_global);
	bool local = false;

	for (uint32_t i = 0; i < t->model->readers.count && !local; i++)
		local = ((const struct section *)list_at(&t->model->readers, i))->kind == KIND_LOCAL;
	section_set(t->model, global, KEY_global_logfile,
		target_is_ncam(&t->choices->target) ? SLICE("/tmp/ncam.log") : SLICE("/tmp/oscam.log"));
	section_assume(global, KEY_global_logfile);
	if (local)
		section_set_number(t->model, global, KEY_global_preferlocalcards, 2);
	section_assume(global, KEY_global_preferlocalcards);
	if (section_get(global, KEY_global_lb_mode).at || !reaches_several(t))
		return;
	section_set_number(t->model, global, KEY_global_lb_mode, 1); /* 0: all servers are asked at once */
	section_assume(global, KEY_global_lb_mode);
}

/* The port that friends connect to, or 0 for none. */
static int64_t write_cccam(struct translator *t)
{
	const struct statement *port = t->options[DIRECTIVE_SERVER_LISTEN_PORT];
	int64_t number = port ? port->number : has_accounts(t) ? PORT_CCCAM : 0;

	if (number > 0) {
		struct section *cccam = model_conf(t->model, SECTION_cccam);
		section_set_number(t->model, cccam, KEY_cccam_port, number);
		cccam->line = port ? port->line.number : 0;
	}
	return number;
}

/* CCcam serves its page on any port that is not its own; OSCam could open only one of two equal ones. */
static int64_t webif_port(struct translator *t, int64_t cccam)
{
	const struct statement *port = t->options[DIRECTIVE_WEBINFO_LISTEN_PORT];
	int64_t number = port ? port->number : PORT_WEBIF;

	if (number != cccam)
		return number;
	number = cccam == PORT_WEBIF ? PORT_WEBIF + 1 : PORT_WEBIF;
	if (t->choices->merging && !port) /* the existing port stays */
		return number;
	(void)ledger_find(t->ledger, CODE_PORT_CONFLICT,
		port ? statement_place(t, port, port->value.at) : (struct place){t->ledger->source, 0, 0},
		"the web interface would share port %lld with the CCcam server; it gets port %lld",
		(long long)cccam, (long long)number);
	if (port)
		ledger_raise(t->ledger, port->line.number, FATE_ADJUSTED);
	return number;
}

static void write_webif(struct translator *t, int64_t cccam)
{
	if (!option_on(t, DIRECTIVE_ALLOW_WEBINFO, true))
		return;
	/* the section's line is that of the first option about the web page */
	static const enum directive_id ids[] = {DIRECTIVE_WEBINFO_LISTEN_PORT, DIRECTIVE_WEBINFO_USERNAME,
		DIRECTIVE_WEBINFO_PASSWORD, DIRECTIVE_ALLOW_WEBINFO};
	struct section *webif = model_conf(t->model, SECTION_webif);
	webif->line = 0;
	for (size_t i = 0; i < sizeof ids / sizeof *ids && webif->line == 0; i++)
		if (t->options[ids[i]])
			webif->line = t->options[ids[i]]->line.number;
	section_set_number(t->model, webif, KEY_webif_httpport, webif_port(t, cccam));
	if (!t->options[DIRECTIVE_WEBINFO_LISTEN_PORT])
		section_assume(webif, KEY_webif_httpport);
	section_set(t->model, webif, KEY_webif_httpallowed,
		SLICE("127.0.0.1,10.0.0.0-10.255.255.255,172.16.0.0-172.31.255.255,"
		      "192.168.0.0-192.168.255.255"));
	section_assume(webif, KEY_webif_httpallowed);
}

static bool is_port(const struct section *section, enum schema_key_id key, unsigned port)
{
	uint64_t number = 0;

	return section && parse_decimal(section_get(section, key), UINT16_MAX, &number) && number == port;
}

/* TVHeadend's capmt client asks at a port of its own; neither of the two others may be there. */
static unsigned tvheadend_port(const struct translator *t)
{
	const struct section *cccam = model_find_conf(t->model, SECTION_cccam);
	const struct section *webif = model_find_conf(t->model, SECTION_webif);
	unsigned port = TVHEADEND_PORT;

	while (is_port(cccam, KEY_cccam_port, port) || is_port(webif, KEY_webif_httpport, port))
		port++;
	return port;
}

static void write_tvheadend(struct translator *t, struct section *dvbapi)
{
	section_set_number(t->model, dvbapi, KEY_dvbapi_pmt_mode, TVHEADEND_PMT_MODE);
	section_set_number(t->model, dvbapi, KEY_dvbapi_listen_port, tvheadend_port(t));
	section_assume(dvbapi, KEY_dvbapi_pmt_mode);
	section_assume(dvbapi, KEY_dvbapi_listen_port);
	if (schema_knows(&t->choices->target, KEY_dvbapi_serverip) != KNOWN_BY_ALL)
		return;
	section_set(t->model, dvbapi, KEY_dvbapi_serverip, SLICE("127.0.0.1"));
	section_assume(dvbapi, KEY_dvbapi_serverip);
}

static void write_dvbapi(struct translator *t)
{
	if (!t->model->local_account)
		return;
	struct section *dvbapi = model_conf(t->model, SECTION_dvbapi);
	section_set_number(t->model, dvbapi, KEY_dvbapi_enabled, 1);
	section_set(
		t->model, dvbapi, KEY_dvbapi_user, section_get(t->model->local_account, KEY_account_user));
	section_set(t->model, dvbapi, KEY_dvbapi_boxtype, choices_boxtype(t->choices));
	section_assume(dvbapi, KEY_dvbapi_enabled);
	if (slice_equal(t->choices->boxtype, choices_default().boxtype)) /* nobody chose one */
		section_assume(dvbapi, KEY_dvbapi_boxtype);
	if (t->choices->profile == PROFILE_TVHEADEND)
		write_tvheadend(t, dvbapi);
	if (option_on(t, DIRECTIVE_DISABLE_EMM, false)) {
		dvbapi->line = t->options[DIRECTIVE_DISABLE_EMM]->line.number;
		return;
	}
	section_set_number(t->model, dvbapi, KEY_dvbapi_au, 1); /* without it OSCam starts no EMM filter */
	section_assume(dvbapi, KEY_dvbapi_au);
}

/* The option's row says which key of oscam.conf gets the value, which option_kept made OSCam's. */
static void set_conf_target(struct translator *t, struct statement *s)
{
	struct slice key = slice_of(s->directive->target), name = slice_cut(&key, '.');
	enum schema_section id = schema_find_section(OSCAM_CONF, name);
	struct section *section = id != SECTION_NONE ? model_find_conf(t->model, id) : NULL;

	if (section && s->directive->by_row) {
		section_unset(section, option_key(s->directive));
		set_unless_initial(t, section, option_key(s->directive), s->value);
	}
	if (s->directive->by_row)
		ledger_fate(t->ledger, s->line.number, section ? s->fate : FATE_DROPPED);
	if (section)
		ledger_made(t->ledger, s->line.number, section);
}

/* Each option with what came of it; MINIMUM DOWNHOPS with every reader that speaks of hops. */
static void set_conf_targets(struct translator *t)
{
	const struct statement *downhops = t->options[DIRECTIVE_MINIMUM_DOWNHOPS];

	for (uint32_t i = 0; downhops && i < t->model->readers.count; i++) {
		const struct section *reader = list_at(&t->model->readers, i);
		if (section_get(reader, KEY_reader_cccmindown).at)
			ledger_made(t->ledger, downhops->line.number, reader);
	}
	for (int id = 0; id < DIRECTIVE_COUNT; id++)
		if (t->options[id])
			set_conf_target(t, t->options[id]);
}

/* The sections stand in the order of OSCam's writer; remarks about lines without a section come first. */
void write_conf(struct translator *t)
{
	const struct statement *limits = t->options[DIRECTIVE_GLOBAL_LIMITS];

	if (limits)
		ledger_fate(t->ledger, limits->line.number, t->global_plan ? limits->fate : FATE_DROPPED);
	write_global(t);
	write_webif(t, write_cccam(t));
	write_dvbapi(t);
	set_conf_targets(t);
}

void say_tvheadend(struct translator *t)
{
	const struct section *dvbapi = model_find_conf(t->model, SECTION_dvbapi);
	const struct section *global = model_find_conf(t->model, SECTION_global);

	if (t->choices->merging || t->choices->profile != PROFILE_TVHEADEND || !dvbapi)
		return;
	struct tvheadend held = {.port = section_get(dvbapi, KEY_dvbapi_listen_port),
		.pmt_mode = section_get(dvbapi, KEY_dvbapi_pmt_mode),
		.boxtype = section_get(dvbapi, KEY_dvbapi_boxtype),
		.address = section_get(dvbapi, KEY_dvbapi_serverip)};
	if (held.address.len == 0 && global)
		held.address = section_get(global, KEY_global_serverip);
	tvheadend_say(t->ledger, &t->choices->target, &held);
}

/* Without a user name OSCam asks for no password. */
void say_password_alone(struct translator *t)
{
	const struct statement *password = t->options[DIRECTIVE_WEBINFO_PASSWORD];
	const struct section *webif = model_find_conf(t->model, SECTION_webif);

	if (t->choices->merging || !password || !webif || section_get(webif, KEY_webif_httpuser).at)
		return;
	say(t, password, CODE_WEBIF_WITHOUT_PASSWORD, NULL,
		"without WEBINFO USERNAME the web interface asks for no password");
	leave_out(t, password, FATE_PARTIAL);
}
