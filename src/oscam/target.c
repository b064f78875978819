/* The programs and versions of a target, and their names. See target.h. */
#include "cc2oscam/target.h"

enum { NAME_LENGTH = 5 };              /* of OSCam */
#define MENU_WORD "OSCam net protocol" /* TVHeadend's own, whatever the program is called */
enum { YEAR = 100, MAJOR = 10000, LAST_OF_YEAR = 99 };

static const struct word {
	const char *name;
	uint8_t programs;
} words[] = {
	{"oscam-emu", PROGRAM_EMU}, /* before the word that it starts with */
	{"oscam", PROGRAM_OSCAM},
	{"ncam", PROGRAM_NCAM},
	{"any", PROGRAMS_OSCAMS},
};

const struct target target_ncam = {OSCAM_OLDEST, OSCAM_NEWEST, PROGRAM_NCAM};

const struct lifespan numbers_of_2604 = {22604, 0, PROGRAMS_ALL};
const struct target before_2604 = {OSCAM_OLDEST, 22603, PROGRAMS_OSCAMS};
const struct target from_2604 = {22604, OSCAM_NEWEST, PROGRAMS_OSCAMS};
const struct lifespan emulator = {0, 0, PROGRAMS_EMUS};

static const struct target any = {OSCAM_OLDEST, OSCAM_NEWEST, PROGRAMS_OSCAMS};

const char *target_word(size_t number)
{
	return number < sizeof words / sizeof *words ? words[number].name : NULL;
}

static const struct target *or_any(const struct target *target)
{
	return target && target->programs ? target : &any;
}

/* "2.26" means 2.26.01 and all that follow it, "2.26.05" one version. */
static bool read_version(struct slice text, struct target *target)
{
	struct slice rest = text;
	struct slice major = slice_cut(&rest, '.'), year = slice_cut(&rest, '.'), month = rest;
	uint64_t numbers[3] = {0, 0, 1};

	if (!parse_decimal(major, 9, &numbers[0]) || year.len != 2 ||
		!parse_decimal(year, LAST_OF_YEAR, &numbers[1]))
		return false;
	if (month.at && (month.len != 2 || !parse_decimal(month, LAST_OF_YEAR, &numbers[2])))
		return false;
	target->oldest = (uint32_t)(numbers[0] * MAJOR + numbers[1] * YEAR + numbers[2]);
	target->newest = month.at ? target->oldest : target->oldest - 1 + LAST_OF_YEAR;
	return true;
}

/* NCam counts its versions in another way, and one is known. */
static bool is_version_of_ncam(struct slice text)
{
	for (size_t i = 0; i < text.len; i++)
		if (!is_digit(text.at[i]) && text.at[i] != '.')
			return false;
	return text.len > 0;
}

static bool take_version(struct slice text, struct target *target, struct buffer *why)
{
	if (target->programs == PROGRAM_NCAM && is_version_of_ncam(text))
		return true;
	if (!read_version(text, target)) {
		buffer_format(
			why, "a version is written like 2.26 or 2.26.05, not \"%.*s\"", SLICE_ARG(text));
		return false;
	}
	if (target->newest < OSCAM_OLDEST || target->oldest > OSCAM_NEWEST) {
		buffer_format(why,
			"cc2oscam knows OSCam " OSCAM_OLDEST_NAME " to " OSCAM_NEWEST_NAME
			", not %.*s; write the nearest of them",
			SLICE_ARG(text));
		return false;
	}
	target->oldest = target->oldest < OSCAM_OLDEST ? OSCAM_OLDEST : target->oldest;
	target->newest = target->newest > OSCAM_NEWEST ? OSCAM_NEWEST : target->newest;
	return true;
}

bool target_read(struct slice text, struct target *target, struct buffer *why)
{
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct slice name = slice_of(words[i].name);
		bool whole = slice_equal(text, name);
		if (!whole && (!slice_starts(text, name) || text.at[name.len] != '-'))
			continue;
		*target = any;
		target->programs = words[i].programs;
		return whole || take_version((struct slice){text.at + name.len + 1, text.len - name.len - 1},
					target, why);
	}
	buffer_format(why,
		"write one of: any, oscam, oscam-emu, ncam; or with a version, like oscam-" OSCAM_NEWEST_NAME
		"; not \"%.*s\"",
		SLICE_ARG(text));
	return false;
}

enum knowledge target_knows(const struct target *target, const struct lifespan *span)
{
	const struct target *meant = or_any(target);
	unsigned oscams = meant->programs & PROGRAMS_OSCAMS, knowing = oscams & span->programs;
	bool ncam = (meant->programs & PROGRAM_NCAM) != 0, ncam_knows = (span->programs & PROGRAM_NCAM) != 0;
	bool some_version = span->since <= meant->newest && (!span->until || span->until > meant->oldest);
	bool all_versions = span->since <= meant->oldest && (!span->until || span->until > meant->newest);
	bool some = (ncam && ncam_knows) || (knowing && some_version);
	bool all = (!ncam || ncam_knows) && knowing == oscams && (!oscams || all_versions);

	return all ? KNOWN_BY_ALL : some ? KNOWN_BY_SOME : KNOWN_BY_NONE;
}

bool target_is_ncam(const struct target *target)
{
	return or_any(target)->programs == PROGRAM_NCAM;
}

/* The next place where NCam's name differs: "OSCam" as a word, or "oscam." in the name of a file. */
static const char *find_name(const char *text, const char *from)
{
	for (const char *at = from; *at; at++) {
		bool starts = at == text || (!is_letter(at[-1]) && !is_digit(at[-1]));
		if (starts && strncmp(at, "OSCam", NAME_LENGTH) == 0 && !is_letter(at[NAME_LENGTH]) &&
			strncmp(at, MENU_WORD, sizeof MENU_WORD - 1) != 0)
			return at;
		if (starts && strncmp(at, "oscam.", NAME_LENGTH + 1) == 0 && is_letter(at[NAME_LENGTH + 1]))
			return at;
	}
	return NULL;
}

const char *ncam_text(struct arena *arena, const char *text)
{
	struct slice made = SLICE("");
	const char *from = text;

	for (const char *at; (at = find_name(text, from)); from = at + NAME_LENGTH)
		made = arena_format(arena, "%.*s%.*s%s", SLICE_ARG(made), (int)(at - from), from,
			*at == 'O' ? "NCam" : "ncam");
	return from == text ? text : arena_format(arena, "%.*s%s", SLICE_ARG(made), from).at;
}

/* The last version of a year is called by the year, for nobody knows its number yet. */
static struct slice version_name(uint32_t version, struct arena *arena)
{
	if (version % YEAR == LAST_OF_YEAR)
		return arena_format(
			arena, "%u.%02u", (unsigned)(version / MAJOR), (unsigned)(version / YEAR % YEAR));
	return arena_format(arena, "%u.%02u.%02u", (unsigned)(version / MAJOR),
		(unsigned)(version / YEAR % YEAR), (unsigned)(version % YEAR));
}

struct slice target_name(const struct target *target, struct arena *arena)
{
	const struct target *meant = or_any(target);
	const char *emu = meant->programs == PROGRAM_EMU     ? " with emulator"
			  : meant->programs == PROGRAM_OSCAM ? " without emulator"
							     : "";

	if (meant->programs == PROGRAM_NCAM)
		return SLICE("NCam");
	struct slice oldest = version_name(meant->oldest, arena), newest = version_name(meant->newest, arena);
	if (meant->oldest == meant->newest)
		return arena_format(arena, "OSCam %.*s%s", SLICE_ARG(oldest), emu);
	return arena_format(arena, "OSCam %.*s to %.*s%s", SLICE_ARG(oldest), SLICE_ARG(newest), emu);
}

struct slice lifespan_name(const struct lifespan *span, struct arena *arena)
{
	const char *program = span->programs & PROGRAM_OSCAM ? "OSCam" : "OSCam with emulator";
	const char *ncam = span->programs & PROGRAM_NCAM ? " and to NCam" : "";

	if (span->programs == PROGRAM_NCAM)
		return SLICE("NCam");
	if (span->since)
		return arena_format(arena, "%s from %.*s on%s", program,
			SLICE_ARG(version_name(span->since, arena)), ncam);
	if (span->until)
		return arena_format(arena, "%s before %.*s%s", program,
			SLICE_ARG(version_name(span->until, arena)), ncam);
	return arena_format(arena, "%s%s", program, ncam);
}

/* "-2.26.05", "-2.26", or "" where all versions are meant. */
static struct slice version_suffix(const struct target *target, struct arena *arena)
{
	struct slice oldest = version_name(target->oldest, arena);

	if (target->oldest == target->newest)
		return arena_format(arena, "-%.*s", SLICE_ARG(oldest));
	if (target->oldest / YEAR != target->newest / YEAR)
		return SLICE("");
	return arena_format(arena, "-%u.%02u", (unsigned)(target->oldest / MAJOR),
		(unsigned)(target->oldest / YEAR % YEAR));
}

struct slice lifespan_target(const struct lifespan *span, const struct target *target, struct arena *arena)
{
	const struct target *meant = or_any(target);
	bool emu = !(span->programs & PROGRAM_OSCAM) || meant->programs == PROGRAM_EMU;
	struct slice version = span->since                       ? SLICE("-" OSCAM_NEWEST_NAME)
			       : span->until                     ? SLICE("-" OSCAM_OLDEST_NAME)
			       : meant->programs == PROGRAM_NCAM ? SLICE("")
								 : version_suffix(meant, arena);

	if (span->programs == PROGRAM_NCAM)
		return SLICE("ncam");
	return arena_format(arena, "%s%.*s", emu ? "oscam-emu" : "oscam", SLICE_ARG(version));
}

struct slice target_option(const struct target *target, struct arena *arena)
{
	const struct target *meant = or_any(target);
	struct slice version = meant->programs == PROGRAM_NCAM ? SLICE("") : version_suffix(meant, arena);

	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (words[i].programs == meant->programs &&
			(meant->programs != PROGRAMS_OSCAMS || version.len > 0))
			return arena_format(arena, "%s%.*s", words[i].name, SLICE_ARG(version));
	return SLICE("");
}
