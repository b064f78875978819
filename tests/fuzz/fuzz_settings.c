/* Any bytes as a settings file or a manifest behind libConfuse, or as words of --set; the first byte says
 * which. What is checked beside crashes: what was taken is taken again, and sections have a title and a line
 * of the file. */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "app/settings.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerInitialize(int *count, char ***words);

static char path[] = "/tmp/fuzz-settings-XXXXXX";

static void require(bool fine)
{
	if (!fine)
		abort();
}

static void remove_file(void)
{
	(void)unlink(path);
}

/* What is wrong is said each time: to nobody. */
int LLVMFuzzerInitialize(int *count, char ***words)
{
	int file = mkstemp(path);

	(void)count, (void)words;
	require(file >= 0 && close(file) == 0 && atexit(remove_file) == 0);
	stderr = fopen("/dev/null", "w");
	require(stderr != NULL);
	return 0;
}

static void write_text(struct slice text)
{
	FILE *file = fopen(path, "wb");

	require(file && fwrite(text.at, 1, text.len, file) == text.len && fclose(file) == 0);
}

/* `word`: of --set, or NULL. */
static bool take(const struct settings_layer *top, const struct settings_layer *own, const char *word)
{
	const struct settings_layer *const layers[] = {top, own};
	struct request request = {.choices = choices_default()};
	struct list words;

	arena_init(&request.arena);
	list_init(&words, &request.arena, sizeof(const char *));
	if (word)
		*(const char **)list_add(&words) = word;
	bool taken = take_settings(&request, layers, 2, &words);
	arena_free(&request.arena);
	return taken;
}

static void check_file(struct slice text, bool manifest)
{
	struct settings_file file;
	struct arena arena;

	write_text(text);
	arena_init(&arena);
	if (settings_file_read(&arena, path, "the file", manifest, &file)) {
		bool first = take(&file.top, NULL, NULL);
		require(take(&file.top, NULL, NULL) == first);
		require(manifest || file.sections.count == 0);
		for (uint32_t i = 0; i < file.sections.count; i++) {
			const struct settings_section *section = list_at(&file.sections, i);
			require(section->title && section->line > 0);
			(void)take(&file.top, &section->layer, NULL);
		}
	}
	arena_free(&arena);
}

static void check_words(struct slice text)
{
	struct arena arena;

	arena_init(&arena);
	while (text.at) {
		const char *word = arena_copy(&arena, slice_cut(&text, '\n')).at;
		require(take(NULL, NULL, word) == take(NULL, NULL, word));
	}
	arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	if (size == 0)
		return 0;
	struct slice text = {(const char *)data + 1, size - 1};
	switch (data[0] % 3) {
	case 0:
		check_file(text, false);
		break;
	case 1:
		check_file(text, true);
		break;
	default:
		check_words(text);
	}
	return 0;
}
