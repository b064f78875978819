/* The proof: every way in which a rendered text can say something else than the model is found, with the
 * place in the template; and the short cut for lines in canonical form reads what OSCam would read. */
#include "convert_help.h"
#include "cc2oscam/embedded.h"

enum { LONG = OSCAM_LINE_MAX + 8 };

static const char input[] = "C: host1.example.com 12000 user1 secret no { 0:0:2, 0500:0 }\n"
			    "N: host2.example.com 10000 user2 secret 0102030405060708091011121314\n"
			    "F: friend secret 3 { 0100:96 }\n"
			    "F: pal secret 0\n";

#define KEY(name) "{{#" name "}}\n" name " = {{" name "}}\n{{/" name "}}\n"

/* As users write them: the keys one by one. */
static const struct embedded own_templates[] = {
	{"reader-cccam",
		"{{> origin}}\n[reader]\nlabel = {{label}}\nprotocol = {{protocol}}\ndevice = {{device}}\n"
		"user = {{user}}\npassword = {{password}}\n" KEY("services") KEY("group") KEY("cccmaxhops")
			KEY("ccckeepalive") "\n",
		0},
	{"reader-newcamd",
		"[reader]\nlabel = {{label}}\nprotocol = {{protocol}}\ndevice = {{device}}\nkey = {{key}}\n"
		"user = {{user}}\npassword = {{password}}\n" KEY("inactivitytimeout") KEY("connectoninit")
			KEY("group") KEY("ccchop") "\n",
		0},
	{"account",
		"{{> origin}}\n[account]\nuser = {{user}}\n" KEY("pwd") KEY("au") KEY("allowedprotocols")
			KEY("uniq") KEY("group") KEY("cccmaxhops") KEY("cccreshare") "\n",
		0},
	{"service", "[{{label}}]\n" KEY("caid") KEY("provid") KEY("srvid") "\n", 0},
	/* clang-format off */
	{"oscam.conf",
		"{{! The sections by name }}\n"
		"{{#global}}\n[global]\n" KEY("logfile") KEY("lb_mode") "\n{{/global}}\n"
		"{{#webif}}\n[webif]\n" KEY("httpport") KEY("httpallowed") "\n{{/webif}}\n"
		"{{#cccam}}\n[cccam]\n" KEY("port") "\n{{/cccam}}\n"
		"{{#dvbapi}}\n[dvbapi]\n" KEY("enabled") KEY("au") KEY("user") KEY("boxtype") "\n{{/dvbapi}}\n",
		0},
	/* clang-format on */
};

static struct slice template_text(const char *name)
{
	const struct embedded *builtin = builtin_templates;

	for (size_t i = 0; i < sizeof own_templates / sizeof *own_templates; i++)
		if (strcmp(own_templates[i].name, name) == 0)
			return slice_of(own_templates[i].text);
	while (builtin->name && strcmp(builtin->name, name) != 0)
		builtin++;
	assert_non_null(builtin->name);
	return (struct slice){builtin->text, builtin->size};
}

/* The template with its first `from` replaced. */
static struct slice edited(struct arena *arena, const char *name, const char *from, const char *to)
{
	struct slice text = template_text(name);
	const char *found = strstr(text.at, from);

	assert_non_null(found);
	const char *after = found + strlen(from);
	return arena_format(arena, "%.*s%s%.*s", (int)(found - text.at), text.at, to,
		(int)(text.at + text.len - after), after);
}

static void use_template(struct converted *c, const char *name, struct slice text)
{
	assert_true(emit_templates(&c->arena, NULL, &c->templates, &c->error));
	template_set_add(c->templates, name, text);
	if (!template_set_compile(c->templates, &c->error))
		fail_msg(
			"%s:%u: %.*s", c->error.place.name, c->error.place.line, SLICE_ARG(c->error.message));
	c->emission.templates = c->templates;
}

/* An edit of a template and what the proof says to it. The place is so many lines behind the start
 * of the edit, or is not looked at. */
struct edit {
	const char *name, *from, *to, *message;
	int behind;
};

enum { ANYWHERE = -1 };

/* The line in the template where the edit starts. */
static unsigned line_of(const struct edit *edit)
{
	const char *text = template_text(edit->name).at, *found = strstr(text, edit->from);
	unsigned line = 1;

	for (; text < found; text++)
		line += *text == '\n';
	return line;
}

static void check_edit(const struct edit *edit)
{
	struct converted c FREED_BY(converted_free) = {0};

	translate_text(&c, SLICE(input), NULL);
	use_template(&c, edit->name, edited(&c.arena, edit->name, edit->from, edit->to));
	bool proved = prove_converted(&c);
	assert_int_equal(proved, !edit->message);
	if (edit->message) {
		const char *message = arena_copy(&c.arena, c.error.message).at;
		if (!strstr(message, edit->message))
			fail_msg("\"%s\" -> \"%s\": %s", edit->from, edit->to, message);
		assert_null(strstr(message, "secret"));
		if (edit->behind != ANYWHERE) {
			assert_string_equal(c.error.place.name, edit->name);
			assert_int_equal(c.error.place.line, line_of(edit) + (unsigned)edit->behind);
		}
	}
}

static void check_edits(const struct edit *edits, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check_edit(&edits[i]);
}

#define CHECK(edits) check_edits(edits, sizeof(edits) / sizeof(*(edits)))

TEST(test_wrong_keys)
{
	static const struct edit edits[] = {
		{"reader-cccam", "= {{password}}", "= {{password}}x", "another value than meant", 0},
		{"reader-cccam", "= {{password}}", "={{password}}", NULL, ANYWHERE},
		{"reader-cccam", "device ", "DEVICE", NULL, ANYWHERE},
		{"reader-cccam", "= {{device}}", "= {{device}}0",
			"another value than meant: oscam.server, line 5", 0},
		{"reader-cccam", "user = {{user}}\n", "", "misses a key: oscam.server, line 2: \"user\"",
			ANYWHERE},
		{"reader-cccam", "{{#group}}", "{{#group}}\ngroup = {{group}}\n", "stands twice", ANYWHERE},
		{"reader-cccam", "= {{password}}\n", "= {{password}}\nenable = 0\n", "nobody asked for", 1},
		{"reader-newcamd", "key ", "kee", "does not know: oscam.server", ANYWHERE},
		{"account", "user ", "username ", "does not know: oscam.user, line 2: \"username", 0},
		{"service", "caid ", "caids ", "does not know: oscam.services", ANYWHERE},
		{"account", "= {{group}}", "= 2", "another value than meant", ANYWHERE},
		{"account", "= {{cccmaxhops}}", "= 0{{cccmaxhops}}", "another value than meant", ANYWHERE},
		{"section", "= {{value}}", "= {{value}}x", "another value than meant", 0},
		{"section", "{{/keys}}\n", "{{/keys}}\n{{#keys}}\n{{name}}= {{value}}\n{{/keys}}\n",
			"stands twice", 2},
		{"section", "{{#keys}}\n{{name}}= {{value}}\n{{/keys}}\n", "", "misses a key", ANYWHERE},
		{"section", "{{name}}=", "{{name}} =", NULL, ANYWHERE},
		{"oscam.conf", KEY("lb_mode"), "", "misses a key: oscam.conf, line 1: \"lb_mode\"", ANYWHERE},
	};

	CHECK(edits);
}

TEST(test_wrong_lines)
{
	static const struct edit edits[] = {
		{"reader-cccam", "= {{password}}\n", "= {{password}}\nhello\n", "OSCam would skip", 1},
		{"reader-cccam", "= {{password}}\n", "= {{password}}\n  hello\n", "OSCam would skip", 1},
		{"reader-cccam", "= {{password}}\n", "= {{password}}\n# hello = 1\n", NULL, ANYWHERE},
		{"reader-cccam", "= {{password}}\n", "= {{password}}\n\n\n", NULL, ANYWHERE},
		{"reader-cccam", "= {{password}}\n", "= {{password}}\n; hello = 1\n", "does not know", 1},
		{"oscam.user", "{{! The", "user = x\n{{! The", "outside of every section", 0},
		{"oscam.user", "{{! The", "# user = x\n{{! The", NULL, ANYWHERE},
		{"oscam.user", "{{/accounts}}\n", "{{/accounts}}\nlast words", "OSCam would skip", 1},
		{"oscam.user", "{{/accounts}}\n", "{{/accounts}}\n# last words", NULL, ANYWHERE},
		{"oscam.user", "{{/accounts}}\n", "{{/accounts}}\nuser = pal\n", "stands twice", 1},
		{"oscam.conf", "{{! The", "logfile = stdout\n{{! The", "outside of every section", 0},
	};

	CHECK(edits);
}

TEST(test_wrong_sections)
{
	static const char newcamd_first[] =
		"{{#readers}}\n{{#is-newcamd}}\n{{> reader-newcamd}}\n{{/is-newcamd}}\n"
		"{{/readers}}\n{{#readers}}\n";
	const struct edit edits[] = {
		{"oscam.server", "{{/readers}}\n", "{{/readers}}\n[reader]\nlabel = x\n", "nobody asked for",
			1},
		{"oscam.server", "{{/readers}}\n", "{{/readers}}\n[reader]", "nobody asked for", 1},
		{"oscam.server", "{{> reader-newcamd}}", "", "sections are missing", ANYWHERE},
		{"oscam.server", "{{> reader-cccam}}", "", "", ANYWHERE},
		{"oscam.server", "{{#readers}}\n", newcamd_first, "", ANYWHERE},
		{"oscam.server", "{{! The", "[readers]\n{{! The",
			"does not know: oscam.server, line 1: \"readers\"", 0},
		{"oscam.user", "{{> account}}", "", "sections are missing", ANYWHERE},
		{"oscam.user", "{{> account}}", "{{> account}}{{> account}}", "", ANYWHERE},
		{"oscam.services", "{{> service}}", "", "sections are missing", ANYWHERE},
		{"service", "[{{label}}]", "[{{label}}x]", "another service was expected", 0},
		{"service", "[{{label}}]", "[ {{label}}]", "another service was expected", 0},
		{"reader-cccam", "[reader]", "[Reader]", NULL, ANYWHERE},
	};

	CHECK(edits);
}

TEST(test_wrong_conf)
{
	static const char cccam[] = "{{#cccam}}\n[cccam]\n" KEY("port") "\n{{/cccam}}\n";
	static const char again[] = "[cccam]\n" KEY("port");
	static const struct edit edits[] = {
		{"oscam.conf", cccam, "", "sections are missing", ANYWHERE},
		{"oscam.conf", "[global]", "[Global]", "does not know: oscam.conf, line 1: \"Global\"",
			ANYWHERE},
		{"oscam.conf", "[cccam]", "[monitor]", "nobody asked for", ANYWHERE},
		{"oscam.conf", again, "[cccam]\nport = {{port}}\n[cccam]\nport = {{port}}\n", "", ANYWHERE},
		{"oscam.conf", "{{/cccam}}", "{{/cccam}}\n[cccam]\nport = 12000\n", "", ANYWHERE},
	};

	CHECK(edits);
}

/* One section twice does not make up for one that is missing: OSCam ends with a crash over httpallowed. */
TEST(test_conf_section_twice_and_another_missing)
{
	static const char twice[] =
		"{{! }}{{#global}}\n[global]\nlogfile = {{logfile}}\n{{/global}}\n"
		"{{#webif}}\n[webif]\nhttpport = {{httpport}}\nhttpallowed = {{httpallowed}}\n"
		"[webif]\nhttpport = {{httpport}}\nhttpallowed = {{httpallowed}}\n{{/webif}}\n"
		"{{#dvbapi}}\n[dvbapi]\nenabled = 1\nuser = {{user}}\nboxtype = {{boxtype}}\n"
		"{{/dvbapi}}\n";
	struct converted c FREED_BY(converted_free) = {0};

	translate_text(&c, SLICE(input), NULL);
	use_template(&c, "oscam.conf", SLICE(twice));
	assert_false(prove_converted(&c));
}

TEST(test_long_lines)
{
	struct converted c FREED_BY(converted_free) = {0};

	for (int too_long = 0; too_long < 2; too_long++) {
		translate_text(&c, SLICE(input), NULL);
		size_t len = OSCAM_LINE_MAX - 1 + (size_t)too_long;
		char *line = arena_bytes(&c.arena, LONG);
		memset(line, '#', len);
		line[len] = '\0';
		struct slice text = arena_format(&c.arena, "%s\n%s", line, template_text("oscam.server").at);
		use_template(&c, "oscam.server", text);
		assert_int_equal(prove_converted(&c), !too_long);
		if (too_long) {
			assert_non_null(
				strstr(arena_copy(&c.arena, c.error.message).at, "too long for OSCam"));
			assert_string_equal(c.error.place.name, "oscam.server");
			assert_int_equal(c.error.place.line, 1);
		}
	}
}

/* A model that OSCam would not take as it is. */
struct spoiled {
	bool account;
	enum schema_key_id key;
	const char *value, *message;
};

TEST(test_wrong_models)
{
	static const struct spoiled rows[] = {
		{false, KEY_reader_cccmaxhops, "01", "another value from this key"},
		{false, KEY_reader_cccmaxhops, "200", "another value from this key"},
		{false, KEY_reader_cccmaxhops, "10", "assumes without it"},
		{false, KEY_reader_device, "host1.example.com:12000,", "another value from this key"},
		{false, KEY_reader_label, "host 1", "another value from this key"},
		{false, KEY_reader_label, "host\n1", ""},
		{false, KEY_reader_password, "", ""},
		{false, KEY_reader_group, "2", "reaches other readers than meant"},
		{false, KEY_reader_group, "1,2", NULL},
		{true, KEY_account_group, "1,3", NULL},
		{true, KEY_account_group, "3", "reaches other readers than meant"},
		{true, KEY_account_cccreshare, "-1", "assumes without it"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct converted c FREED_BY(converted_free) = {0};
		translate_text(&c, SLICE(input), NULL);
		struct section *section = list_at(
			rows[i].account ? &c.model.accounts : &c.model.readers, rows[i].account ? 1 : 0);
		section_set(&c.model, section, rows[i].key, slice_of(rows[i].value));
		bool proved = prove_converted(&c);
		const char *message = proved ? "" : arena_copy(&c.arena, c.error.message).at;
		if (proved != !rows[i].message || (!proved && !strstr(message, rows[i].message)))
			fail_msg("%s = %s: %s", schema_key(rows[i].key)->name, rows[i].value, message);
	}
}

/* The bits that the model intends must be in the text, whatever the template prints. */
TEST(test_group_of_another_account)
{
	struct converted c FREED_BY(converted_free) = {0};

	translate_text(&c, SLICE(input), NULL);
	section_set(&c.model, list_at(&c.model.accounts, 2), KEY_account_group, SLICE("1"));
	assert_false(prove_converted(&c));
	const char *message = arena_copy(&c.arena, c.error.message).at;
	assert_non_null(strstr(message, "reaches other readers than meant: oscam.user"));
	assert_string_equal(c.error.place.name, "section");
	assert_true(c.error.place.line > 0);
}

static bool refuse_text(void *context, const char *text, size_t len)
{
	(void)text, (void)len;
	++*(int *)context;
	return false;
}

TEST(test_sink_that_fails)
{
	struct converted c FREED_BY(converted_free) = {0};
	int calls = 0;

	convert_text(&c, input);
	struct sink sink = {refuse_text, &calls};
	assert_false(emit_proved(&c.emission, OSCAM_SERVER, proof_new(&c.arena, NULL), &sink, &c.error));
	assert_int_equal(calls, 1);
	assert_false(emit_file(&c.emission, OSCAM_SERVER, &sink));
}

TEST(test_proof_writes_what_emit_writes)
{
	struct converted c FREED_BY(converted_free) = {0};

	convert_text(&c, input);
	for (int file = 0; file < FOUR_FILES; file++) {
		struct buffer plain FREED_BY(buffer_free) = {0};
		struct sink sink = buffer_sink(&plain);
		if (!emit_has(&c.emission, (enum oscam_file)file))
			continue;
		assert_true(emit_file(&c.emission, (enum oscam_file)file, &sink));
		assert_true(plain.len > 0);
		assert_true(slice_equal(buffer_slice(&plain), buffer_slice(&c.files[file])));
	}
}

static void start_in_section(struct oscam_reading *reading, const struct schema_key *key)
{
	enum schema_section section = (enum schema_section)key->section;
	enum oscam_file file = schema_section_file(section);
	char header[64];

	(void)snprintf(header, sizeof header, "[%s]\n", schema_section_name(section));
	oscam_reading_start(reading, file);
	assert_int_equal(oscam_reading_line(reading, slice_of(header)).event, OSCAM_SECTION);
	assert_int_equal(reading->section, section);
}

/* What is_next_entry in prove.c relies on. */
TEST(test_canonical_lines_of_every_key)
{
	static const char *const values[] = {
		"1", "x", "a=b", "# ; , [x]", "]", "[a]", "\xff\xfe", "a  b", "="};
	unsigned keys = 0;

	for (int id = KEY_NONE + 1; id < KEY_COUNT; id++) {
		const struct schema_key *key = schema_key((enum schema_key_id)id);
		struct oscam_reading reading;

		if (key->name_length > OSCAM_NAME_WIDTH)
			continue;
		start_in_section(&reading, key);
		keys++;
		for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
			char text[128];
			(void)snprintf(text, sizeof text, "%-30s= %s\n", key->name, values[i]);
			struct oscam_line line = oscam_reading_line(&reading, slice_of(text));
			assert_int_equal(line.event, OSCAM_SETTING);
			assert_true(slice_equal(line.value, slice_of(values[i])));
			assert_int_equal(line.key,
				schema_find((enum schema_section)key->section, slice_of(key->name)));
			assert_string_equal(schema_key(line.key)->name, key->name);
		}
	}
	assert_true(keys > 500);
}
