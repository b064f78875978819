/* Any bytes as the text of templates, compiled with the names that the program's own data have and rendered
 * over a small conversion. What is checked beside crashes: an error names a place, a set that compiles
 * renders, and every line of what it renders has a place in a template. */
#include <stdlib.h>

#include "cc2oscam/emit.h"
#include "cc2oscam/translate.h"
#include "emit/view.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { OUTPUT_MOST = 1 << 20 };

static const char input[] =
	"C: host1.example.com 12000 user1 secret no { 0:0:2, 0500:032830 } # note\n"
	"N: host2.example.com 10000 user2 secret 01 02 03 04 05 06 07 08 09 10 11 12 13 14\n"
	"F: user3 secret 2 0 0\n"
	"R: host3.example.com 678 0100 000080\n";

static void require(bool fine)
{
	if (!fine)
		abort();
}

struct seen {
	size_t bytes;
	uint64_t feeds;
};

/* Stops where a text repeats itself too often. */
static bool count_text(void *context, const char *text, size_t len)
{
	struct seen *seen = context;

	seen->bytes += len;
	for (size_t i = 0; i < len; i++)
		seen->feeds += text[i] == '\n';
	return seen->bytes <= OUTPUT_MOST;
}

/* The bytes up to the first zero are the template, what follows it is its partial "other". */
static struct template_set *compile(struct arena *arena, struct slice text)
{
	struct template_set *set = template_set_new(arena, view_names);
	struct template_error error = {.place = {.name = NULL}};

	template_set_add(set, oscam_file_name(OSCAM_SERVER), slice_cut(&text, '\0'));
	template_set_add(set, "other", text);
	if (template_set_compile(set, &error))
		return set;
	require(error.place.name && error.place.line > 0 && error.place.column > 0 && error.message.len > 0);
	return NULL;
}

static void render(const struct emission *emission)
{
	struct view_context context = {.emission = emission};
	struct seen seen = {0};
	struct sink sink = {count_text, &seen};
	const char *name = oscam_file_name(OSCAM_SERVER);
	bool good = emit_file(emission, OSCAM_SERVER, &sink);

	require(good || seen.bytes > OUTPUT_MOST);
	if (good && seen.feeds > 0 && seen.bytes < OUTPUT_MOST / 16)
		require(template_locate(emission->templates, name, &view_set, emission, &context, seen.feeds)
				.line > 0);
	view_context_free(&context);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct choices choices = choices_default();
	struct source source;
	struct ledger ledger;
	struct arena arena;
	struct model model;

	arena_init(&arena);
	source_from_text(&source, "CCcam.cfg", SLICE(input));
	ledger_init(&ledger, &arena, &source);
	model_init(&model, &arena);
	struct template_set *set = compile(&arena, (struct slice){(const char *)data, size});
	if (set) {
		translate(&ledger, &choices, &model);
		render(&(struct emission){
			.model = &model, .ledger = &ledger, .templates = set, .comments = size % 2 == 0});
	}
	arena_free(&arena);
	return 0;
}
