/* What the checks find in files that were changed, and did not find before. See cc2oscam/judge.h. */
#include "cc2oscam/judge.h"

#include <string.h>

#include "cc2oscam/table.h"

/* Counts findings that are the same: of one file, with one code and the same words, except numbers of lines
 * and the state of other sections ("; the accounts are in 1,2"). Findings about a whole file are the same if
 * they have the same code. */
struct earlier {
	struct arena *arena;
	struct keys words;
	struct list counts; /* unsigned long: found in the files before, less those that were found again */
};

static struct slice plain_message(struct arena *arena, const struct finding *finding)
{
	struct slice message = finding->message;
	static const struct slice word = {"line ", 5};
	char *made = arena_bytes(arena, message.len + 1);
	size_t len = 0;

	if (finding->place.line == 0)
		message.len = 0;
	const char *others = message.len > 0 ? strstr(message.at, "; the ") : NULL;
	if (others)
		message.len = (size_t)(others - message.at);
	for (size_t i = 0; i < message.len;) {
		made[len++] = message.at[i++];
		if (!slice_ends((struct slice){made, len}, word))
			continue;
		while (i < message.len && is_digit(message.at[i]))
			i++;
	}
	return (struct slice){made, len};
}

static unsigned long *count_of(struct earlier *earlier, enum oscam_file file, const struct finding *finding)
{
	uint32_t number = keys_add(
		&earlier->words, arena_format(earlier->arena, "%d %d %.*s", (int)file, (int)finding->code,
					 SLICE_ARG(plain_message(earlier->arena, finding))));

	return number < earlier->counts.count ? list_at(&earlier->counts, number)
					      : list_add(&earlier->counts);
}

/* The section of a line of the text. Where OSCam reads a line in several pieces, the first piece counts. */
static uint32_t section_at(const struct check_file *file, uint32_t line)
{
	const struct list *lines = &file->document.lines;
	uint32_t from = 0, to = lines->count;

	if (line == 0 || file->file > OSCAM_SERVICES)
		return DOCUMENT_NONE;
	while (from < to) {
		uint32_t middle = from + (to - from) / 2;
		if (document_line_at(&file->document, middle)->number < line)
			from = middle + 1;
		else
			to = middle;
	}
	return from < lines->count ? document_line_at(&file->document, from)->section : DOCUMENT_NONE;
}

static void add_changes(struct list *changes, struct earlier *earlier, const struct check_file *file)
{
	for (uint32_t i = 0; file && i < file->ledger.findings.count; i++) {
		const struct finding *finding = list_at(&file->ledger.findings, i);
		unsigned long *count = count_of(earlier, file->file, finding);
		if (*count > 0)
			--*count;
		else
			*(struct judged *)list_add(changes) =
				(struct judged){finding, file->file, section_at(file, finding->place.line)};
	}
}

struct list judge_changes(struct check_set *before, struct check_set *after)
{
	struct earlier earlier = {.arena = after->arena};
	struct list changes;

	list_init(&changes, after->arena, sizeof(struct judged));
	list_init(&earlier.counts, after->arena, sizeof(unsigned long));
	keys_init(&earlier.words, after->arena, 0);
	check_run(before);
	check_run(after);
	for (int i = 0; i < OSCAM_FILE_COUNT; i++) {
		const struct check_file *file = before->files[i];
		for (uint32_t k = 0; file && k < file->ledger.findings.count; k++)
			++*count_of(&earlier, file->file, list_at(&file->ledger.findings, k));
	}
	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		add_changes(&changes, &earlier, after->files[file]);
	return changes;
}
