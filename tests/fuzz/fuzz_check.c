/* Any bytes as OSCam's files: what stands between two bytes \1 is a file, the first oscam.conf and so on.
 * What is checked beside crashes: findings are in their file and have a hint; a check that is switched off
 * finds nothing; and twice the same is found. */
#include <stdlib.h>

#include "cc2oscam/check.h"
#include "cc2oscam/masked.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool fine)
{
	if (!fine)
		abort();
}

struct files {
	struct check_file file[OSCAM_FILE_COUNT];
	struct check_set set;
};

static void split(struct files *files, struct slice text)
{
	for (int i = 0; i < OSCAM_FILE_COUNT && text.at; i++) {
		struct slice part = slice_cut(&text, '\1');
		if (part.len == 0)
			continue;
		files->file[i].file = (enum oscam_file)i;
		files->file[i].mode = 0644;
		source_from_raw_text(&files->file[i].source, oscam_file_name((enum oscam_file)i), part);
		files->set.files[i] = &files->file[i];
	}
}

static bool skip_all[CODE_COUNT];

static uint32_t look(const struct files *files)
{
	uint32_t count = 0;

	for (int i = 0; i < OSCAM_FILE_COUNT; i++) {
		const struct ledger *ledger = &files->file[i].ledger;
		if (!files->set.files[i])
			continue;
		count += ledger->findings.count;
		for (uint32_t k = 0; k < ledger->findings.count; k++) {
			const struct finding *finding = list_at(&ledger->findings, k);
			require(finding->place.line <= ledger->source->lines);
			require(finding->message.len > 0 && finding->hint.len > 0);
			require(finding->code >= CODE_FIRST_CHECK && finding->code < CODE_COUNT);
		}
	}
	return count;
}

/* Every line can be shown. */
static void mask_all(struct arena *arena, const struct source *source)
{
	struct line_walk walk = line_walk_start(source);
	struct line line;

	while (line_walk_next(&walk, &line)) {
		struct slice masked = oscam_mask(arena, line.text, true);
		require(masked.len <= line.text.len + 8 * (line.text.len + 1));
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;
	struct files files = {.set = {.arena = &arena}};

	for (int code = 0; code < CODE_COUNT; code++)
		skip_all[code] = true;
	arena_init(&arena);
	split(&files, (struct slice){(const char *)data, size});
	check_run(&files.set);
	uint32_t first = look(&files);
	check_run(&files.set);
	require(look(&files) == first);
	files.set.skip = skip_all;
	check_run(&files.set);
	require(look(&files) == 0);
	for (int i = 0; i < OSCAM_FILE_COUNT; i++)
		if (files.set.files[i])
			mask_all(&arena, &files.file[i].source);
	arena_free(&arena);
	return 0;
}
