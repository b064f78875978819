/* Settings files and --set as the program reads them. */
#ifndef CC2OSCAM_TESTS_SETTINGS_HELP_H
#define CC2OSCAM_TESTS_SETTINGS_HELP_H

#include "unit.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/settings.h"
#include "said.h"

static const char path[] = "folder-of-test/settings.conf";

static inline int make_folder(void **state)
{
	static char folder[] = "/tmp/test-settings-XXXXXX";

	*state = mkdtemp(folder);
	return !*state || chdir(folder) != 0 || system("mkdir folder-of-test") != 0;
}

static inline int remove_folder(void **state)
{
	(void)unlink(path);
	(void)rmdir("folder-of-test");
	return chdir("/") != 0 || rmdir(*state) != 0;
}

static inline void write_settings(const char *text, size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

/* request_free afterwards. */
static inline bool read_with(struct request *request, const char *text, const char *set)
{
	struct list assignments;

	*request = (struct request){.choices = choices_default()};
	arena_init(&request->arena);
	list_init(&assignments, &request->arena, sizeof(const char *));
	if (set)
		*(const char **)list_add(&assignments) = set;
	write_settings(text, strlen(text));
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
