/* Settings that other people's versions of OSCam know, and neither OSCam nor NCam does. See schema.h. */
#include "cc2oscam/schema.h"

#define FORK_2601 "a fork of OSCam 2.26.01 that compares control words"

static const struct {
	enum schema_section section; /* SECTION_NONE: in all of them */
	const char *name, *origin;
} settings[] = {
	{SECTION_NONE, "icam", "a patched OSCam for icam cards"},
	{SECTION_global, "cwvote_enabled", FORK_2601},
	{SECTION_global, "cwvote_log_enabled", FORK_2601},
	{SECTION_global, "cwvote_timeout", FORK_2601},
	{SECTION_global, "cwvote_min_votes", FORK_2601},
	{SECTION_global, "cwvote_local_weight", FORK_2601},
	{SECTION_global, "cwvote_max_candidates", FORK_2601},
	{SECTION_global, "cwvote_compare_len", FORK_2601},
	{SECTION_global, "cwvote_fallback", FORK_2601},
	{SECTION_global, "cwvote_caids", FORK_2601},
};

const char *schema_foreign(enum schema_section section, struct slice name)
{
	for (size_t i = 0; i < sizeof settings / sizeof *settings; i++)
		if ((settings[i].section == SECTION_NONE || settings[i].section == section) &&
			slice_equal_nocase(name, slice_of(settings[i].name)))
			return settings[i].origin;
	return NULL;
}
