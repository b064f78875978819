/* The proof of a merge sees what is wrong with the new files, whatever made them so. */
#include "merge_help.h"

static const char cccam[] = "C: host1.example.com 1 user secret { 0:0:2, 0500:0 }\n"
			    "N: host2.example.com 1 user secret 0102030405060708091011121314 3\n"
			    "WEBINFO LISTEN PORT : 81\n"
			    "F: near pass 1\nF: far pass 9\n";

static struct texts existing_texts(void)
{
	struct texts texts = {{{NULL, 0}}};

	texts.of[OSCAM_CONF] =
		SLICE("[global]\nlogfile = x\n[webif]\nhttpport = 80\nhttpallowed = 192.0.2.1\n");
	texts.of[OSCAM_SERVER] =
		SLICE("# first\n[reader]\nlabel = a\nprotocol = cccam\ndevice = host1.example.com,1\n"
		      "user = user\ngroup = 5,9\n\n[reader]\nlabel = z\nprotocol = newcamd\ngroup = 3\n");
	texts.of[OSCAM_USER] =
		SLICE("[account]\nuser = near\ngroup = 3\n[account]\nuser = other\ngroup = 6\n");
	texts.of[OSCAM_SERVICES] = SLICE("[x]\ncaid = 0100\n");
	texts.of[OSCAM_PROVID] = SLICE("0500:000001|x\n");
	return texts;
}

/* The text with the first `from` in it replaced. */
static struct slice altered(struct arena *arena, struct slice text, const char *from, const char *to)
{
	const char *whole = arena_copy(arena, text).at, *at = strstr(whole, from);

	if (!at)
		fail_msg("\"%s\" is not in the text:\n%s", from, whole);
	return arena_format(arena, "%.*s%s%s", (int)(at - whole), whole, to, at + strlen(from));
}

/* The proof with another text in the place of the new file. */
static void expect_wrong(struct merged *m, enum oscam_file file, struct slice text, const char *wrong)
{
	struct source source;

	source_from_raw_text(&source, "new", text);
	m->written.files[file] = &source;
	const char *said = merge_prove(m->merge, &m->written);
	if (!said || !strstr(said, wrong))
		fail_msg("%.*s\n%s", SLICE_ARG(text), said ? said : "nothing is wrong");
	assert_null(strstr(said, "secret"));
}

static void check(enum oscam_file file, const char *from, const char *to, const char *wrong)
{
	struct texts texts = existing_texts();
	struct merged m FREED_BY(merged_free) = {0};

	merge_into(&m, slice_of(cccam), &texts, NULL);
	expect_wrong(&m, file, altered(&m.c.arena, m.texts.of[file], from, to), wrong);
}

TEST(test_ours_must_be_held)
{
	check(OSCAM_SERVER, "= secret\n", "= sacred\n", "another password");
	check(OSCAM_SERVER, "password                      = secret\n", "", "another password");
	check(OSCAM_SERVER, "label                         = host2.example.com\n", "", "another label");
	check(OSCAM_SERVER, "protocol                      = newcamd\n", "protocol = newcamt\n",
		"another protocol");
	check(OSCAM_SERVER, "user = user\n", "user = user\ncccmindown = 1\n", "must not");
	check(OSCAM_SERVER, "!deny_0500", "!x", "another services");
	check(OSCAM_USER, "[account]\nuser                          = far",
		"[account]\n[account]\nuser                          = far", "too many");
	check(OSCAM_USER, "[account]\nuser                          = far", "user = far", "missing");
	check(OSCAM_USER, "cccmaxhops                    = 1\n", "cccmaxhops = 1\nau = 1\n", "must not");
}

TEST(test_others_must_stay)
{
	check(OSCAM_SERVER, "# first\n", "", "lines that were there");
	check(OSCAM_SERVER, "label = z\n", "label = y\n", "lines that were there");
	check(OSCAM_SERVER, "label = z\n", "label = z\nlabel = y\n", "another section");
	check(OSCAM_SERVER, "protocol = newcamd\n", "protocol = newcamd\nprotocol = cccam\n",
		"another section");
	check(OSCAM_SERVER, "label = z\n", "label = z\nident = 0500:000000\n", "not ours");
	check(OSCAM_USER, "user = other\n", "user = other\ncaid = 0500\n", "not ours");
	check(OSCAM_USER, "user = other\n", "user = other\nuser = else\n", "another section");
	check(OSCAM_SERVICES, "caid = 0100\n", "caid = 0100\nsrvid = 0001\n", "a service would be changed");
	check(OSCAM_PROVID, "0500", "0600", "lines that were there");
}

TEST(test_services_must_be_there)
{
	check(OSCAM_SERVICES, "[deny_0500]", "[deny_0501]", "another service");
	check(OSCAM_SERVICES, "[deny_0500]\n", "", "changed");
	check(OSCAM_SERVICES, "0500\n", "0500\n[y]\ncaid = 0100\n", "another service");
}

TEST(test_conf_must_say_it)
{
	check(OSCAM_CONF, "= 81", "= 82", "oscam.conf would not say");
	check(OSCAM_CONF, "[cccam]", "[webif]\nhttpallowed = 192.0.2.9\n[cccam]", "stand twice");
}

/* An existing file that is not written, and a new one that is missing. */
TEST(test_files_must_be_there)
{
	static const enum oscam_file files[] = {
		OSCAM_CONF, OSCAM_SERVER, OSCAM_USER, OSCAM_SERVICES, OSCAM_PROVID};
	struct texts texts = existing_texts();
	struct merged m FREED_BY(merged_free) = {0};

	merge_into(&m, slice_of(cccam), &texts, NULL);
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		struct existing written = m.written;
		written.files[files[i]] = NULL;
		assert_non_null(merge_prove(m.merge, &written));
	}
	memset(&texts, 0, sizeof texts);
	merge_into(&m, slice_of(cccam), &texts, NULL);
	for (size_t i = 1; i < sizeof files / sizeof *files - 1; i++) {
		struct existing written = m.written;
		written.files[files[i]] = NULL;
		assert_non_null(merge_prove(m.merge, &written));
	}
}

/* The model says it, and the text, too, as if the planning itself were wrong: in the section behind `from`.
 */
static void check_both(
	enum oscam_file file, const char *from, enum schema_key_id key, const char *value, const char *wrong)
{
	struct texts texts = existing_texts();
	struct merged m FREED_BY(merged_free) = {0};

	merge_into(&m, slice_of(cccam), &texts, NULL);
	struct list *list = file == OSCAM_SERVER ? &m.c.model.readers : &m.c.model.accounts;
	enum schema_key_id name = file == OSCAM_SERVER ? KEY_reader_label : KEY_account_user;
	for (uint32_t i = 0; i < list->count; i++) {
		struct section *section = list_at(list, i);
		if (!slice_equal(section_get(section, name), slice_of(strrchr(from, ' ') + 1)))
			continue;
		if (key == KEY_reader_group || key == KEY_account_group)
			section_set_groups(section, groups_bits(slice_of(value)));
		else
			section_set(&m.c.model, section, key, slice_of(value));
	}
	const char *whole = merged_text(&m, file), *at = strstr(whole, from);
	assert_non_null(at);
	while (key == name && at > whole && at[-1] != '\n')
		at--;
	at = strstr(at, schema_key(key)->name);
	assert_non_null(at);
	expect_wrong(&m, file,
		arena_format(&m.c.arena, "%.*s%s = %s%s", (int)(at - whole), whole, schema_key(key)->name,
			value, strchr(at, '\n')),
		wrong);
}

TEST(test_access_must_be_as_meant)
{
	check_both(OSCAM_SERVER, "label = a", KEY_reader_group, "6", "another set of readers");
	check_both(OSCAM_SERVER, "= host2.example.com", KEY_reader_group, "6", "another set of readers");
	check_both(OSCAM_SERVER, "= host2.example.com", KEY_reader_group, "3", "other readers");
	check_both(OSCAM_SERVER, "label = a", KEY_reader_group, "7", "other readers");
	check_both(OSCAM_USER, "user = near", KEY_account_group, "3", "other readers");
	check_both(OSCAM_USER, "= far", KEY_account_group, "1,3,5", "did not reach before");
	check_both(OSCAM_USER, "user = near", KEY_account_cccmaxhops, "20", "with wider limits");
	check_both(OSCAM_USER, "= dvbapi", KEY_account_allowedprotocols, "cccam", "for the tuner alone");
}

TEST(test_labels_must_differ)
{
	check_both(OSCAM_SERVER, "= host2.example.com", KEY_reader_label, "Z", "the label of another");
}
