/* Whatever --set takes, check says nothing of what convert makes of it that convert did not say: over every
 * key of OSCam with values drawn for each, and over sets of keys. */
#include "judge_help.h"
#include "generate.h"

#include "app/settings.h"

enum status complain(const char *format, ...)
{
	(void)format;
	return STATUS_FAILED;
}

/* A line for each kind of section. */
static const char with_login[] = "C: host1.example.com 12000 anna wordone\n"
				 "N: host2.example.com 15000 anna wordone 0102030405060708091011121314\n"
				 "L: host3.example.com 15000 anna wordone 0500 032830\n"
				 "R: host4.example.com 3 0100 000080\n"
				 "G: AABBCCDD own.example.com 8000 11223344 host5.example.com 8001\n"
				 "SERIAL READER : /dev/ttyS0 mouse\nF: friend word 1 1 0\n"
				 "WEBINFO USERNAME : admin\nWEBINFO PASSWORD : word\n";
static const char without_login[] = "N: host2.example.com 1 anna wordone 0102030405060708091011121314\n"
				    "F: friend word 1 1 0\nSERVER LISTEN PORT : 80\n";

static const char *const values[] = {"0", "1", "2", "3", "4", "5", "05", "+7", "9", "10", "14", "15", "16",
	"60", "99", "100", "127", "128", "255", "256", "300", "988", "999", "1000", "1023", "1024", "8000",
	"8888", "12000", "65535", "65536", "2147483647", "2147483648", "4294967295", "4294967296",
	"99999999999999999999", "-1", "-2", "-20", "-128", "-129", "-2147483648", "0x10", "1.5", "5 6", "yes",
	"no", "a", "a b", "a#b", "a #b", "a ;b", "a //b", "1 #b", "\xc3\xa4", "a=b", "!a", "a,b", "a, b",
	"a;b", "1,2", "3,1", "1,,2,", "1-3", "18", "500", "0500", "0500,18", "0x0500", "000500",
	"0500,0600&FF00:0700", "500:1", "0500:000001,2;600:3", "0500:1,x", "0500", "0:1", "0500:1234567",
	"1833.FFFF:1702", "1833", "127.0.0.1", "10.0.0.0-10.255.255.255, 127.0.0.1",
	"0.0.0.0-255.255.255.255", "::1", "host.example.com", "+8080", "+443", "2.3.0", "2.0.5", "2.0.11",
	"2.3.10000", "12000,12001", "12000,12000", "12000,", "12000;12001", "70000", "15000@0500:0",
	"15000@0500:0;15001@0500:1", "15000@0500:0;0600:1", "15000@0500:0;0600:1;15001@0500:1",
	"15000{0102030405060708091011121314}@500:0", "15000{01}@0500:0", "15000;15001", "80@0500:0", "cd",
	"!cd", "!gpio8", "dreambox", "use,1,2", "1,0,2", "30,40", "/tmp/x", "/tmp/x y", "0102030405060708",
	"01020304050607080910111213141516", "01020304050607080910111213141516aA",
	"0102030405060708091011121314", "00000000", "aabbccdd", "none", "ALL@08:00-10:00", "08:00-10:00,1",
	"2030-12-31", "cccam,newcamd", "[a]", "[", "%", "=", "# cc2oscam: skip no-group"};

enum { VALUES = sizeof values / sizeof *values, DRAWN = 8, SETS = 500, KEYS_OF_SET = 12, NEIGHBOURS = 60 };

static struct arena arena; /* of the templates */
static const struct template_set *templates;

static int start(void **state)
{
	struct template_set *made;
	struct template_error error;

	arena_init(&arena);
	if (!emit_templates(&arena, NULL, &made, &error))
		return -1;
	templates = made;
	return 0;
}

static int end(void **state)
{
	arena_free(&arena);
	return 0;
}

/* ---- one conversion ---- */

static void check_files(struct converted *c, const char *what)
{
	enum oscam_file file;
	struct checked k;
	const struct finding *unsaid = find_unsaid(c, &k, &file);

	if (unsaid)
		fail_msg("%s: %s: %s\n%s", what, oscam_file_name(file), findings_text(&k, file),
			file_text(c, file));
	checked_free(&k);
}

static void convert_with(
	struct request *request, const struct list *wanted, const char *text, const char *what)
{
	struct set_key *keys = arena_array(&request->arena, wanted->count, sizeof *keys);
	struct converted c FREED_BY(converted_free) = {0};

	for (uint32_t i = 0; i < wanted->count; i++)
		keys[i] = *(struct set_key *)list_at(wanted, i);
	request->choices.set_keys = keys;
	request->choices.set_count = wanted->count;
	translate_text(&c, slice_of(text), &request->choices);
	c.emission.templates = templates;
	if (!prove_converted(&c))
		fail_msg("%s: %.*s", what, SLICE_ARG(c.error.message));
	check_files(&c, what);
}

/* "SECTION.KEY=VALUE", with a value that is drawn. */
static struct slice draw_pair(struct generator *g, struct arena *to, enum schema_key_id id)
{
	static const char *const kinds[] = {"", "cccam.", "newcamd.", "cs357x.", "local."};
	const struct schema_key *key = schema_key(id);

	return arena_format(to, "%s.%s%s=%s", schema_section_name((enum schema_section)key->section),
		key->section == SECTION_reader ? kinds[draw(g, 5)] : "", key->name, values[draw(g, VALUES)]);
}

struct trial {
	struct request request;
	struct settings settings;
	struct slice what; /* what was taken */
	unsigned taken;
};

static void trial_start(struct trial *trial)
{
	*trial = (struct trial){.request = {.choices = choices_default()}, .what = SLICE("")};
	trial->settings = (struct settings){.request = &trial->request, .folder = ""};
	arena_init(&trial->request.arena);
	list_init(&trial->settings.set_keys, &trial->request.arena, sizeof(struct set_key));
}

static void try_pair(struct trial *trial, struct slice pair)
{
	struct buffer why FREED_BY(buffer_free) = {0};

	if (setting_assign(&trial->settings, pair, &why)) {
		trial->taken++;
		trial->what = arena_format(&trial->request.arena, "%.*s%s\"%.*s\"", SLICE_ARG(trial->what),
			trial->what.len > 0 ? " " : "", SLICE_ARG(pair));
	}
}

static void trial_end(struct trial *trial, const char *text)
{
	if (trial->taken > 0)
		convert_with(&trial->request, &trial->settings.set_keys, text, trial->what.at);
	arena_free(&trial->request.arena);
}

/* ---- the tests ---- */

TEST(test_each_key)
{
	struct generator g = generator_start(1);
	unsigned taken = 0;

	for (unsigned id = KEY_NONE + 1; id < KEY_COUNT; id++)
		for (unsigned i = 0; i < DRAWN; i++) {
			struct trial trial;
			if (schema_knows(NULL, (enum schema_key_id)id) != KNOWN_BY_ALL)
				continue; /* refused before anything is converted */
			trial_start(&trial);
			try_pair(&trial, draw_pair(&g, &trial.request.arena, (enum schema_key_id)id));
			taken += trial.taken;
			trial_end(&trial, with_login);
		}
	assert_true(taken > KEY_COUNT);
}

/* Of all keys, or of some that are neighbours: those have to do with each other. */
TEST(test_sets)
{
	for (uint64_t seed = 1; seed <= SETS; seed++) {
		struct generator g = generator_start(seed);
		unsigned first = draw(&g, KEY_COUNT), width = seed % 4 < 2 ? NEIGHBOURS : KEY_COUNT;
		struct trial trial;
		trial_start(&trial);
		while (trial.taken < KEYS_OF_SET) {
			unsigned id = KEY_NONE + 1 + (first + draw(&g, width)) % (KEY_COUNT - 1);
			if (schema_knows(NULL, (enum schema_key_id)id) == KNOWN_BY_ALL)
				try_pair(&trial, draw_pair(&g, &trial.request.arena, (enum schema_key_id)id));
		}
		trial_end(&trial, seed % 2 ? with_login : without_login);
	}
}

/* What check finds in two keys together, or in a key beside those of the input. */
TEST(test_beside)
{
	static const char *const sets[][3] = {
		{"reader.newcamd.connectoninit=0", "reader.newcamd.inactivitytimeout=60"},
		{"account.uniq=4", "account.max_connections=2"},
		{"account.max_connections=2"},
		{"cccam.forward_origin_card=1", "cccam.minimizecards=2"},
		{"webif.httpallowed=0.0.0.0-255.255.255.255"},
		{"webif.httpport=443", "dvbapi.listen_port=443", "gbox.log_hello=0"},
		{"monitor.port=988", "cs357x.port=988"},
		{"streamrelay.stream_relay_enabled=1", "cs378x.port=17999"},
		{"radegast.port=1234"},
		{"reader.keepalive=1"},
		{"reader.cs357x.keepalive=1", "reader.cs357x.cacheex=1"},
		{"reader.cs357x.keepalive=1", "reader.cs357x.cacheex=2"},
		{"global.disableuserfile=0"},
		{"global.disablemail=0"},
		{"global.disableuserfile=0", "global.usrfile=/tmp/users"},
		{"global.clienttimeout=20000", "cache.max_time=20"},
		{"global.clienttimeout=2000", "cache.max_time=6"},
		{"newcamd.port=81@0500:0;12000@0600:0", "newcamd.serverip=192.0.2.1"},
	};

	for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
		for (int text = 0; text < 2; text++) {
			struct trial trial;
			trial_start(&trial);
			unsigned count = 0;
			for (; count < 3 && sets[i][count]; count++)
				try_pair(&trial, slice_of(sets[i][count]));
			assert_int_equal(trial.taken, count);
			trial_end(&trial, text ? with_login : without_login);
		}
	}
}

AROUND_ALL(start, end)
