/* Settings files and --set as the program reads them. */
#ifndef CC2OSCAM_TESTS_SETTINGS_HELP_H
#define CC2OSCAM_TESTS_SETTINGS_HELP_H

#include "fleet_help.h"

#include "app/settings.h"
#include "said.h"

static const char path[] = "folder-of-test/settings.conf";

/* request_free afterwards. */
static inline bool read_with(struct request *request, const char *text, const char *set)
{
	struct list assignments;

	*request = (struct request){.choices = choices_default()};
	arena_init(&request->arena);
	list_init(&assignments, &request->arena, sizeof(const char *));
	if (set)
		*(const char **)list_add(&assignments) = set;
	write_text(path, text);
	said[0] = '\0';
	return read_settings(request, path, &assignments);
}

static inline void request_free(struct request *request)
{
	arena_free(&request->arena);
}

static inline void expect_refusal_of(const char *text, const char *set, const char *message)
{
	struct request request;

	if (read_with(&request, text, set))
		fail_msg("taken: %s", set ? set : text);
	if (strcmp(said, message) != 0)
		fail_msg("%s\nsays %s\nand not %s", set ? set : text, said, message);
	request_free(&request);
}

#define expect_refusal(text, message)    expect_refusal_of(text, NULL, message)
#define expect_set_refusal(set, message) expect_refusal_of("", set, message)

#define AT(line) "folder-of-test/settings.conf:" #line ": "

#endif
