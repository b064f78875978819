/* Checks of values that are words: too long for OSCam, of the wrong digits, or none of those that it knows.
 */
#include <string.h>

#include "cc2oscam/nearest.h"
#include "checks.h"

enum { PROTOCOLS_MOST = 64 };

/* ---- digits ---- */

static void say_digits(struct checking *c, const struct setting *setting, const char *does, const char *wants)
{
	struct slice value = setting->value;
	const char *has = memchr(value.at, ' ', value.len) || memchr(value.at, '\t', value.len) ? "blanks"
			  : !slice_all(value, is_hex_digit)
				  ? "characters that are no hexadecimal digits"
				  : arena_format(c->arena, "%zu digits", value.len).at;

	(void)found(c, CODE_KEY_DIGITS, setting->at->line, value.at,
		"%s has %s: OSCam %s\nOSCam wants %s, in one word.", key_name(setting->key), has, does,
		wants);
}

static void check_bytes(struct checking *c, const struct setting *setting)
{
	size_t wanted = 2 * (size_t)schema_key(setting->key)->size;
	struct slice value = setting->value, start = value;
	const char *wants = arena_format(c->arena, "%zu hexadecimal digits", wanted).at;

	if (value.len == wanted && slice_all(value, is_hex_digit))
		return;
	if (start.len > wanted)
		start.len = wanted;
	say_digits(c, setting,
		start.len == wanted && slice_all(start, is_hex_digit)
			? arena_format(c->arena, "keeps the first %zu", wanted).at
		: setting->key == KEY_cccam_nodeid ? "takes a random one"
						   : "takes zeros",
		wants);
}

/* The last digits are kept of a longer one. */
static void check_tail(struct checking *c, const struct setting *setting)
{
	size_t most = 2 * (size_t)schema_key(setting->key)->size;
	const char *wants = arena_format(c->arena, "up to %zu hexadecimal digits", most).at;
	uint32_t unused;

	if (setting->value.len > most)
		say_digits(c, setting, arena_format(c->arena, "reads the last %zu", most).at, wants);
	else if (!hex_tail(setting->value, (unsigned)most, &unused))
		say_digits(c, setting, "keeps nothing of it", wants);
}

void check_digits(struct checking *c, const struct setting *setting)
{
	const char *wants = form_of(setting->key)->digits;

	if (schema_key(setting->key)->type == TYPE_HEX)
		check_bytes(c, setting);
	else if (wants && !*wants)
		check_tail(c, setting);
	else if (wants && schema_read(setting->key, setting->value, c->arena).len == 0)
		say_digits(c, setting, "keeps nothing of it", wants);
}

/* ---- OSCam's own words ---- */

/* Each version stands for all versions that begin with it: 2.3.0 also for 2.3.0-rc1. */
void check_version(struct checking *c, const struct setting *setting)
{
	static const char *const versions[] = {
		"2.0.11", "2.1.1", "2.1.2", "2.1.3", "2.1.4", "2.2.0", "2.2.1", "2.3.0", "2.3.1", "2.3.2"};

	if (setting->key != KEY_reader_cccversion && setting->key != KEY_cccam_version)
		return;
	for (size_t i = 0; i < sizeof versions / sizeof *versions; i++)
		if (slice_starts(setting->value, slice_of(versions[i])))
			return;
	(void)found_at(c, CODE_VERSION_UNKNOWN, setting->at,
		"%.*s: OSCam does not know it, and calls itself 2.3.2", SLICE_ARG(shown_setting(c, setting)));
}

/* What other programs, guides and CCcam call them. */
static const char *other_word(struct slice value)
{
	static const struct {
		const char *word, *oscam;
	} others[] = {{"phoenix", "mouse"}, {"serialreader", "mouse"}, {"sci", "internal"},
		{"smart", "smartreader"}, {"usb", "smartreader"}, {"smartreader+", "smartreader"},
		{"cccam2", "cccam"}, {"camd35tcp", "cs378x"}, {"radegas", "radegast"}};

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (slice_equal_nocase(value, slice_of(others[i].word)))
			return others[i].oscam;
	return NULL;
}

static const char *meant_protocol(struct checking *c, struct slice value)
{
	const char *words[PROTOCOLS_MOST], *other = other_word(value);
	size_t count = 0;

	if (other)
		return other;
	for (size_t i = 0; i < protocol_count && count < PROTOCOLS_MOST; i++)
		if (target_knows(c->set->target, &protocol_table[i].known) != KNOWN_BY_NONE)
			words[count++] = protocol_table[i].word;
	return nearest(value, words, count);
}

static void say_unknown_protocol(
	struct checking *c, const struct setting *setting, const struct protocol *elsewhere)
{
	const char *meant = elsewhere ? NULL : meant_protocol(c, setting->value);
	struct finding *finding = found_at(c, CODE_UNKNOWN_PROTOCOL, setting->at,
		"%.*s: OSCam knows no such protocol, and switches the reader off",
		SLICE_ARG(shown_setting(c, setting)));

	if (elsewhere && strcmp(elsewhere->kept, elsewhere->word) != 0)
		advise(c, finding, "Write protocol = %s; the word %s is known to %.*s only.", elsewhere->kept,
			elsewhere->word, SLICE_ARG(lifespan_name(&elsewhere->known, c->arena)));
	else if (elsewhere)
		advise(c, finding,
			"The word is known to %.*s only: if this is your program, add --target %.*s.",
			SLICE_ARG(lifespan_name(&elsewhere->known, c->arena)),
			SLICE_ARG(lifespan_target(&elsewhere->known, c->set->target, c->arena)));
	else if (meant && slice_equal_nocase(setting->value, slice_of(meant)))
		advise(c, finding, "OSCam wants small letters: protocol = %s.", meant);
	else if (meant)
		advise(c, finding, "Did you mean protocol = %s?", meant);
}

void check_protocol(struct checking *c, const struct setting *setting)
{
	if (setting->key != KEY_reader_protocol)
		return;
	const struct protocol *protocol = protocol_find(setting->value);
	enum knowledge known = protocol ? target_knows(c->set->target, &protocol->known) : KNOWN_BY_NONE;
	if (known == KNOWN_BY_NONE)
		say_unknown_protocol(c, setting, protocol);
	else if (known == KNOWN_BY_SOME)
		(void)found_at(c, CODE_NEEDS_EMU, setting->at,
			"protocol = %s is known only to %.*s; another one switches the reader off",
			protocol->word, SLICE_ARG(lifespan_name(&protocol->known, c->arena)));
}
