/* Checks of numbers that OSCam keeps: numbers outside of the known range, unlikely numbers, numbers that
 * OSCam replaces when it runs, and numbers that other settings change. */
#include "checks.h"

/* Only for a number that OSCam keeps: for others there is a finding already. */
void check_known_range(struct checking *c, const struct setting *setting)
{
	int64_t number = number_prefix(setting->value);
	const struct schema_rule *rule = schema_rule(setting->key, 1U << RULE_KNOWS, number);

	if (rule && number == number_prefix(schema_read(setting->key, setting->value, c->arena)))
		(void)found_at(c, CODE_VALUE_RANGE, setting->at, "%.*s: OSCam knows %lld to %lld here",
			SLICE_ARG(shown_setting(c, setting)), (long long)rule->least, (long long)rule->most);
}

/* Numbers of milliseconds that are probably meant as seconds. OSCam takes a clienttimeout below 10 as
 * seconds. */
enum { SECONDS_BELOW = 10, SHORT_TIMEOUT = 1000, SHORT_FALLBACK = 100 };

void check_timeout(struct checking *c, const struct setting *setting)
{
	int64_t number = number_prefix(setting->value);
	bool client =
		setting->key == KEY_global_clienttimeout && number >= SECONDS_BELOW && number < SHORT_TIMEOUT;
	bool fallback = setting->key == KEY_global_fallbacktimeout && number > 0 && number < SHORT_FALLBACK;

	if (client || fallback)
		(void)found_at(c, CODE_TIMEOUT_UNIT, setting->at, "%.*s: OSCam waits %lld milliseconds",
			SLICE_ARG(shown_setting(c, setting)), (long long)number);
}

static void say_value(struct checking *c, enum code code, const struct document_setting *at, const char *does)
{
	struct setting setting = {.at = at, .key = (enum schema_key_id)at->key};

	(void)found_at(c, code, at, "%.*s: %s", SLICE_ARG(shown_setting(c, &setting)), does);
}

/* For a setting that counts; NULL: there is none. */
static void check_run_time(struct checking *c, const struct document_setting *at)
{
	enum schema_key_id key = at ? (enum schema_key_id)at->key : KEY_NONE;

	if (!at || !schema_key(key)->rules || at->value.len == 0)
		return;
	const struct schema_rule *rule =
		schema_rule(key, 1U << RULE_RUNS, number_prefix(schema_read(key, at->value, c->arena)));
	if (rule)
		say_value(c, CODE_VALUE_REPLACED, at,
			arena_format(c->arena, "a running OSCam takes %lld", (long long)rule->becomes).at);
}

/* A camd35 reader that pushes or fetches by cacheex keeps its connection. */
static void check_cacheex_keepalive(struct checking *c, const struct document_section *section)
{
	const struct document_setting *at = document_setting(c->document, section, KEY_reader_keepalive);

	if (at && at->value.len > 0 && number_prefix(at->value) == 0 &&
		number_value(c, section, KEY_reader_cacheex) > 1 &&
		(slice_equal(section->protocol, SLICE("cs357x")) ||
			slice_equal(section->protocol, SLICE("cs378x"))))
		say_value(c, CODE_NUMBER_CHANGED, at, "with cacheex 2 or 3 OSCam keeps 1");
}

/* Of readers only those of the protocol cccam have such numbers. */
void check_section_values(struct checking *c, const struct document_section *section)
{
	bool cccam = slice_equal(section->protocol, SLICE("cccam"));

	if (is_reader(section))
		check_cacheex_keepalive(c, section);
	for (uint32_t i = 0;
		i < section->counting_count && (is_account(section) || (is_reader(section) && cccam)); i++)
		check_run_time(c, document_counting(c->document, section, i));
	if (is_account(section) && number_value(c, section, KEY_account_cccmaxhops) < -1) {
		const struct document_setting *at =
			document_setting(c->document, section, KEY_account_cccmaxhops);
		(void)found_at(c, CODE_LOGIN_REFUSED, at,
			"cccmaxhops = %lld: OSCam refuses the login of CCcam clients",
			(long long)number_value(c, section, KEY_account_cccmaxhops));
	}
}

static int64_t conf_number(const struct checking *c, enum schema_key_id key)
{
	return number_prefix(conf_value(c, key));
}

/* An answer must stay in the cache for longer than a client waits for the answer. */
static void check_cache_time(struct checking *c)
{
	const struct document_setting *at = document_conf_setting(c->document, KEY_cache_max_time);
	struct slice timeout = conf_value(c, KEY_global_clienttimeout);

	if (timeout.len == 0)
		timeout = slice_of(schema_key(KEY_global_clienttimeout)->initial);
	int64_t least = (number_prefix(timeout) + 500) / 1000 + 3;
	if (at && at->value.len > 0 && number_prefix(at->value) < least)
		say_value(c, CODE_NUMBER_CHANGED, at,
			arena_format(c->arena, "OSCam keeps %lld, for clienttimeout is %.*s",
				(long long)least, SLICE_ARG(timeout))
				.at);
}

/* OSCam wants a number from 2 to one less than the samples, and makes that largest one of any other. */
static void check_deny_samples(struct checking *c)
{
	const struct document_setting *at = document_conf_setting(c->document, KEY_anticasc_denysamples);
	struct slice samples = conf_value(c, KEY_anticasc_samples);

	if (!at || at->value.len == 0)
		return;
	if (samples.len == 0)
		samples = slice_of(schema_key(KEY_anticasc_samples)->initial);
	int64_t written = number_prefix(at->value), most = number_prefix(samples) - 1;
	if ((written < 2 || written > most) && written != most)
		say_value(c, CODE_NUMBER_CHANGED, at,
			arena_format(c->arena, "OSCam keeps %lld, one less than samples = %.*s",
				(long long)most, SLICE_ARG(samples))
				.at);
}

enum { EMULATOR_DELAY = 60 };

/* With the emulator OSCam raises a short delay before each answer to the tuner. */
static void check_delay(struct checking *c)
{
	const struct document_setting *at = document_conf_setting(c->document, KEY_dvbapi_delayer);

	if (target_knows(c->set->target, &emulator) != KNOWN_BY_NONE && at && at->value.len > 0 &&
		conf_number(c, KEY_dvbapi_delayer) < EMULATOR_DELAY &&
		conf_number(c, KEY_dvbapi_delayer) > 0 && conf_number(c, KEY_dvbapi_enabled) != 0)
		say_value(c, CODE_EMULATOR_DELAY, at, "an OSCam with the emulator takes 60");
}

/* A function that is not disabled needs its file. */
static void check_switch(
	struct checking *c, enum schema_key_id disabled, enum schema_key_id file, const char *what)
{
	const struct document_setting *setting = document_conf_setting(c->document, disabled);

	if (setting && conf_number(c, disabled) == 0 && conf_value(c, file).len == 0)
		say_value(c, CODE_VALUE_REPLACED, setting, what);
}

void check_conf_values(struct checking *c)
{
	(void)look_at(c, OSCAM_CONF);
	const struct document_setting *minimize = document_conf_setting(c->document, KEY_cccam_minimizecards);
	int64_t how = conf_number(c, KEY_cccam_minimizecards);

	check_run_time(c, document_conf_setting(c->document, KEY_cccam_updateinterval));
	if (minimize && (how == 1 || how == 2) && conf_number(c, KEY_cccam_forward_origin_card) != 0)
		(void)found_at(c, CODE_SETTING_UNUSED, minimize,
			"minimizecards has no effect: forward_origin_card is set");
	check_switch(c, KEY_global_disableuserfile, KEY_global_usrfile, "without usrfile OSCam takes 1");
	check_switch(c, KEY_global_disablemail, KEY_global_mailfile, "without mailfile OSCam takes 1");
	check_cache_time(c);
	check_deny_samples(c);
	check_delay(c);
}
