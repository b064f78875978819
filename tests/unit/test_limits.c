/* What { caid:ident:n, ... } lets through in CCcam against what the written keys let through in OSCam: for
 * accounts never more, for readers never less, and exactly the same where OSCam can say it. */
#include "convert_help.h"
#include "cc2oscam/cccam.h"
#include "generate.h"

enum { LISTS = 1500, ENTRIES_MOST = 8, NOT_LIMITED = INT32_MAX };

struct card {
	uint16_t caid;
	uint32_t ident;
};

static const uint16_t caids[] = {0x100, 0x500, 0x622, 0x999};
static const uint32_t idents[] = {0, 1, 0x96, 0x32830, 0x777};

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* The entry for just this card; of two the narrower or the wider. -1: none. */
static int32_t entry_for(const struct limit *limits, size_t count, struct card card, bool narrow)
{
	int32_t found = -1;

	for (size_t i = 0; i < count; i++)
		if (limits[i].caid == card.caid && limits[i].ident == card.ident &&
			(found < 0 || (limits[i].hops < found) == narrow))
			found = limits[i].hops;
	return found;
}

/* CCcam: the entry of the card, else that of its CAID or of its ident, else 0:0, else no limit. 0: refused.
 * Where CAID and ident both have one, nothing says which counts: the narrower or the wider. */
static int32_t cccam_hops(const struct limit *limits, size_t count, struct card card, bool narrow)
{
	int32_t own = entry_for(limits, count, card, narrow);
	int32_t caid = entry_for(limits, count, (struct card){card.caid, 0}, narrow);
	int32_t ident = card.ident == 0 ? -1 : entry_for(limits, count, (struct card){0, card.ident}, narrow);
	int32_t rest = entry_for(limits, count, (struct card){0, 0}, narrow);

	if (own >= 0)
		return own;
	if (caid >= 0 && ident >= 0)
		return (caid < ident) == narrow ? caid : ident;
	if (caid >= 0 || ident >= 0)
		return caid >= 0 ? caid : ident;
	return rest >= 0 ? rest : NOT_LIMITED;
}

static bool list_has(struct slice list, char separator, uint32_t wanted)
{
	uint32_t number;

	while (list.len > 0)
		if (parse_hex(slice_cut(&list, separator), 6, &number) && number == wanted)
			return true;
	return false;
}

/* OSCam's caid list: empty lets everything through. */
static bool caids_let(struct slice list, struct card card)
{
	return list.len == 0 || list_has(list, ',', card.caid);
}

/* OSCam finds an ident in requests of these CAIDs only. */
static bool finds_ident(uint16_t caid)
{
	return caid == 0x100 || caid == 0x500;
}

/* CAID:IDENT,IDENT;CAID:IDENT */
static bool idents_let(struct slice list, struct card card)
{
	if (list.len == 0)
		return true;
	if (!finds_ident(card.caid))
		return false;
	while (list.len > 0) {
		struct slice rest = slice_cut(&list, ';');
		struct slice caid = slice_cut(&rest, ':');
		if (list_has(caid, ',', card.caid) && list_has(rest, ',', card.ident))
			return true;
	}
	return false;
}

static bool service_has(const struct section *service, struct card card)
{
	struct slice caid = section_get(service, KEY_service_caid);
	struct slice provid = section_get(service, KEY_service_provid);

	return (caid.len == 0 || list_has(caid, ',', card.caid)) &&
	       (provid.len == 0 || !finds_ident(card.caid) || list_has(provid, ',', card.ident));
}

/* One refusing service is enough to refuse; accepting ones, where there are any, have to name the card. */
static bool services_let(const struct model *model, struct slice list, struct card card)
{
	bool any_accepting = false, accepted = false;

	while (list.len > 0) {
		struct slice label = slice_cut(&list, ',');
		bool refuses = label.at[0] == '!';
		bool found = false;
		if (refuses)
			label = (struct slice){label.at + 1, label.len - 1};
		for (uint32_t i = 0; i < model->services.count; i++) {
			const struct section *service = list_at(&model->services, i);
			if (!slice_equal(service_label(service), label))
				continue;
			found = true;
			if (refuses && service_has(service, card))
				return false;
			accepted |= !refuses && service_has(service, card);
		}
		assert_true(found);
		any_accepting |= !refuses;
	}
	return !any_accepting || accepted;
}

/* What is under test: one list, and the section made of it. */
struct trial {
	const struct model *model;
	const struct section *section;
	const struct limit *limits;
	size_t count;
	bool narrow;
};

static bool oscam_lets(const struct trial *trial, struct card card)
{
	const struct section *s = trial->section;

	if (slice_equal(section_get(s, KEY_reader_enable), SLICE("0")) ||
		slice_equal(section_get(s, KEY_account_cccmaxhops), SLICE("-1")))
		return false;
	return caids_let(section_get(s, trial->narrow ? KEY_account_caid : KEY_reader_caid), card) &&
	       idents_let(section_get(s, trial->narrow ? KEY_account_ident : KEY_reader_ident), card) &&
	       services_let(trial->model,
		       section_get(s, trial->narrow ? KEY_account_services : KEY_reader_services), card);
}

/* An ident is accepted whose CAID is refused, and all others are not; or OSCam finds no ident. */
static bool has_exception(const struct trial *trial)
{
	bool listed = entry_for(trial->limits, trial->count, (struct card){0, 0}, trial->narrow) == 0;

	for (size_t i = 0; i < trial->count; i++) {
		struct card card = {trial->limits[i].caid, trial->limits[i].ident};
		if (card.ident != 0 && !finds_ident(card.caid))
			return true;
		if (!listed &&
			entry_for(trial->limits, trial->count, (struct card){card.caid, 0}, trial->narrow) ==
				0 &&
			entry_for(trial->limits, trial->count, card, trial->narrow) > 0)
			return true;
	}
	return false;
}

static void fail_trial(const struct trial *trial, struct card card, const char *what)
{
	for (size_t i = 0; i < trial->count; i++)
		print_error("%04X:%06X:%ld ", (unsigned)trial->limits[i].caid,
			(unsigned)trial->limits[i].ident, (long)trial->limits[i].hops);
	fail_msg("%s %04X:%06X: %s", trial->narrow ? "account" : "reader", (unsigned)card.caid,
		(unsigned)card.ident, what);
}

static void check_card(const struct trial *trial, struct card card, bool exact)
{
	bool meant = cccam_hops(trial->limits, trial->count, card, trial->narrow) > 0;
	bool written = oscam_lets(trial, card);

	if (trial->narrow && written && !meant)
		fail_trial(trial, card, "wider than CCcam");
	if (!trial->narrow && meant && !written)
		fail_trial(trial, card, "narrower than CCcam");
	if (exact && meant != written)
		fail_trial(trial, card, "not the same as in CCcam");
}

/* -1 when the key is not there. */
static int64_t number_of_key(const struct section *section, enum schema_key_id key)
{
	struct slice text = section_get(section, key);
	uint64_t number = 0;

	return text.len > 0 && parse_decimal(text, INT32_MAX, &number) ? (int64_t)number : -1;
}

/* The reshare level is none that a card must not have; the hop limit keeps none out that may come in. */
static void check_hops(const struct trial *trial, struct card card)
{
	int32_t n = cccam_hops(trial->limits, trial->count, card, trial->narrow);
	int64_t reshare = number_of_key(trial->section, KEY_account_cccreshare);
	int64_t most = number_of_key(trial->section, KEY_reader_cccmaxhops);

	if (n == 0 || !oscam_lets(trial, card))
		return;
	if (trial->narrow && n != NOT_LIMITED && (reshare < 0 || reshare > n - 1))
		fail_trial(trial, card, "may be reshared farther");
	if (!trial->narrow && most >= 0 && n != NOT_LIMITED && most < n - 1 && most < 127)
		fail_trial(trial, card, "is kept out by its hops");
}

static void check_trial(const struct trial *trial)
{
	bool exact = !has_exception(trial);

	for (size_t i = 0; i < COUNT(caids); i++)
		for (size_t k = 0; k < COUNT(idents); k++) {
			check_card(trial, (struct card){caids[i], idents[k]}, exact);
			check_hops(trial, (struct card){caids[i], idents[k]});
		}
}

static size_t random_limits(struct generator *g, struct limit *limits, bool same_hops)
{
	size_t count = 1 + draw(g, ENTRIES_MOST);
	int32_t n = 1 + (int32_t)draw(g, 4);

	for (size_t i = 0; i < count; i++) {
		struct limit *limit = &limits[i];
		*limit = (struct limit){.caid = caids[draw(g, 3)], .ident = idents[draw(g, 4)]};
		if (draw(g, 5) == 0)
			limit->caid = 0, limit->ident = 0;
		else if (draw(g, 10) == 0)
			limit->caid = 0;
		if (draw(g, 5) < 3)
			limit->hops = same_hops ? n : 1 + (int32_t)draw(g, 200);
	}
	return count;
}

static void say_limits(struct generator *g, const struct limit *limits, size_t count)
{
	say(g, " { ");
	for (size_t i = 0; i < count; i++)
		buffer_format(&g->text, "%s%X:%X:%ld", i > 0 ? ", " : "", (unsigned)limits[i].caid,
			(unsigned)limits[i].ident, (long)limits[i].hops);
	say(g, " }\n");
}

static void check_lists(uint64_t seed, bool same_hops)
{
	struct generator g FREED_BY(generator_free) = generator_start(seed);
	struct limit limits[ENTRIES_MOST];
	size_t count = random_limits(&g, limits, same_hops);
	struct converted c FREED_BY(converted_free) = {0};

	say(&g, "C: host1.example.com 1 u p no");
	say_limits(&g, limits, count);
	say(&g, "F: friend secret 5 0 0");
	say_limits(&g, limits, count);
	convert_slice(&c, buffer_slice(&g.text), NULL);
	assert_true(c.proved);
	check_trial(&(struct trial){&c.model, section_number(&c.model.readers, 0), limits, count, false});
	check_trial(&(struct trial){&c.model, section_number(&c.model.accounts, 1), limits, count, true});
}

TEST(test_generated_lists)
{
	for (uint64_t seed = 1; seed <= LISTS; seed++)
		check_lists(seed, seed % 2 == 0);
}

/* GLOBAL LIMITS stand for the limits of accounts that have none. */
TEST(test_global_limits)
{
	static const char text[] = "GLOBAL LIMITS : { 0:0:3, 0500:32830 }\nC: host1.example.com 1 u p\n"
				   "F: a secret 5\nF: b secret 5 0 0 { 0:0:2 }\n";
	struct converted c FREED_BY(converted_free) = {0};

	convert_text(&c, text);
	const struct section *a = section_number(&c.model.accounts, 1);
	const struct section *b = section_number(&c.model.accounts, 2);
	assert_string_equal(key_text(&c, a, KEY_account_cccreshare), "2");
	assert_string_equal(key_text(&c, a, KEY_account_services), "!deny_0500_032830");
	assert_string_equal(key_text(&c, b, KEY_account_cccreshare), "1");
	assert_string_equal(key_text(&c, b, KEY_account_services), "");
	assert_int_equal(fate_of(&c, 1), FATE_CONVERTED);
}

struct written {
	const char *limits, *key, *value, *hops, *codes;
};

/* Rows of the mapping, word by word. */
static void check_written(const struct written *row, bool narrow)
{
	char text[512];
	struct converted c FREED_BY(converted_free) = {0};

	(void)snprintf(text, sizeof text, "%s %s\n",
		narrow ? "F: friend secret 5 0 0" : "C: host1.example.com 1 u p no", row->limits);
	struct choices choices = choices_default();
	choices.profile = PROFILE_SERVER;
	translate_text(&c, slice_of(text), &choices);
	const struct section *section = section_number(narrow ? &c.model.accounts : &c.model.readers, 0);
	enum schema_section in = narrow ? SECTION_account : SECTION_reader;
	assert_non_null(section);
	if (row->key)
		assert_string_equal(key_text(&c, section, schema_find(in, slice_of(row->key))), row->value);
	assert_string_equal(
		key_text(&c, section, narrow ? KEY_account_cccreshare : KEY_reader_cccmaxhops), row->hops);
	struct slice codes = slice_of(codes_of_line(&c, 1));
	if (codes.len > 0 && narrow) /* nobody to reach is said as well */
		assert_non_null(strstr(codes.at, row->codes));
	else
		assert_string_equal(codes.at, row->codes);
}

TEST(test_readers_as_in_the_mapping)
{
	static const struct written rows[] = {
		{"{ 0:0:1 }", NULL, NULL, "0", ""},
		{"{ 0:0:11 }", NULL, NULL, "", ""},
		{"{ 0:0:2, 0500:0 }", "services", "!deny_0500", "1", ""},
		{"{ 0500:32830:0 }", "services", "!deny_0500_032830", "", ""},
		{"{ 0500:1, 0500:2 }", "services", "!deny_0500_000001_x2", "", ""},
		{"{ 0:0, 0500:32830:3, 0100:96:3, 0500:1:3 }", "ident", "0500:032830,000001;0100:000096", "2",
			""},
		{"{ 0:0, 0500:0:2, 0100:0:2 }", "caid", "0500,0100", "1", ""},
		{"{ 0:0, 0500:0:2, 0100:96:2 }", "services", "allow_0500,allow_0100_000096", "1", ""},
		{"{ 0:0:1, 0500:0:3 }", "services", "", "2", "per-card-hops"},
		{"{ 0500:0:3 }", "services", "", "", "per-card-hops"},
		{"{ 0500:0, 0500:1:2, 0500:2 }", "services", "!deny_0500_000002", "",
			"limit-exception per-card-hops"},
		{"{ 0:0 }", "enable", "0", "", "deny-all"},
		{"{ 0:0:200 }", NULL, NULL, "127", "hops-range"},
		{"{ }", "services", "", "", ""},
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		check_written(&rows[i], false);
}

TEST(test_accounts_as_in_the_mapping)
{
	static const struct written rows[] = {
		{"{ 0:0:1 }", NULL, NULL, "0", ""},
		{"{ 0:0:3, 0100:80:1 }", "services", "", "0", "per-card-reshare"},
		{"{ 0:0:2, 0500:32830 }", "services", "!deny_0500_032830", "1", ""},
		{"{ 0:0, 0500:0:2, 0500:1 }", "caid", "0500", "1", ""},
		{"{ 0:0, 0500:0:2, 0500:1 }", "services", "!deny_0500_000001", "1", ""},
		{"{ 0500:0, 0500:1:2 }", "services", "!deny_0500", "1", "limit-exception"},
		{"{ 0:0 }", "cccmaxhops", "-1", "", "deny-all"},
		{"{ 0:0:500 }", NULL, NULL, "127", "hops-range"},
	};

	for (size_t i = 0; i < COUNT(rows); i++)
		check_written(&rows[i], true);
}

/* 0:ident is an entry for that ident of every CAID; the entry for one card beats it. */
TEST(test_ident_of_every_caid)
{
	struct converted c FREED_BY(converted_free) = {0};

	convert_text(
		&c, "C: host1.example.com 1 u p no { 0:96:0, 0500:96:2 }\nF: friend1 p 1 0 0 { 0:96 }\n");
	const struct section *excepted = section_number(&c.model.readers, 0);
	const struct section *refused = section_number(&c.model.accounts, 1);
	assert_true(services_let(
		&c.model, section_get(excepted, KEY_reader_services), (struct card){0x500, 0x96}));
	assert_false(services_let(
		&c.model, section_get(refused, KEY_account_services), (struct card){0x500, 0x96}));
	assert_true(
		services_let(&c.model, section_get(refused, KEY_account_services), (struct card){0x500, 1}));
}

static void say_idents(struct generator *g, unsigned count, const char *hops)
{
	for (unsigned i = 1; i <= count; i++)
		buffer_format(&g->text, ", 0500:%X%s", i, hops);
}

/* Lists longer than OSCam's own tables become services in pieces, or the line is left out. */
TEST(test_long_lists)
{
	struct generator g FREED_BY(generator_free) = generator_start(1);
	struct converted c FREED_BY(converted_free) = {0};

	say(&g, "C: host1.example.com 1 u p no { 0:0:2");
	say_idents(&g, 4500, "");
	say(&g, " }\nC: host2.example.com 1 u p no { 0:0");
	say_idents(&g, 33, ":2");
	say(&g, " }\nC: host3.example.com 1 u p no { 0:0");
	say_idents(&g, 66, ":2");
	say(&g, " }\n");
	convert_slice(&c, buffer_slice(&g.text), NULL);
	assert_true(c.proved);
	const struct section *pieces = section_number(&c.model.readers, 0);
	assert_string_equal(key_text(&c, pieces, KEY_reader_services),
		"!deny_0500_000001_x2000,!deny_0500_0007d1_x2000,!deny_0500_000fa1_x500");
	const struct section *accepting = section_number(&c.model.readers, 1);
	assert_true(services_let(
		&c.model, section_get(accepting, KEY_reader_services), (struct card){0x500, 33}));
	assert_false(services_let(
		&c.model, section_get(accepting, KEY_reader_services), (struct card){0x500, 34}));
	assert_string_equal(codes_of_line(&c, 3), "service-overflow");
	assert_int_equal(fate_of(&c, 3), FATE_UNSUPPORTED);
	assert_null(section_number(&c.model.readers, 2));
	assert_int_equal(c.model.services.count, 36);
}
