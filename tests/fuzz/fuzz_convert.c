/* Any bytes as a CCcam.cfg through the whole conversion, with the proof. What is checked beside crashes:
 * every line has a fate, and no input makes the proof fail. */
#include <stdlib.h>

#include "cc2oscam/emit.h"
#include "cc2oscam/translate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool fine)
{
	if (!fine)
		abort();
}

static int take_nothing(void *context, const char *text, size_t len)
{
	(void)context, (void)text, (void)len;
	return 0;
}

static void prove(const struct emission *emission, struct arena *arena)
{
	struct proof *proof = proof_new(arena);
	struct sink sink = {take_nothing, NULL};
	struct template_error error;

	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		if (emit_has(emission, (enum oscam_file)file))
			require(emit_proved(emission, (enum oscam_file)file, proof, &sink, &error) == 0);
}

/* The length of the input says which choices the user makes. */
static struct choices choices_of(size_t size)
{
	struct choices choices = choices_default();

	choices.profile = size & 1 ? PROFILE_SERVER : PROFILE_RECEIVER;
	choices.tolerant = size & 2;
	choices.reshare_widest = size & 4;
	choices.notes_filter = size & 16;
	choices.disabled_convert = size & 32;
	choices.expiry_convert = size & 64;
	choices.groups = (enum group_policy)(size / 128 % 3);
	choices.first_group = size % 5 == 0 ? 60 : 1;
	return choices;
}

static void convert(struct slice text, struct arena *arena)
{
	struct choices choices = choices_of(text.len);
	struct template_set *templates;
	struct template_error error;
	struct source source;
	struct ledger ledger;
	struct model model;

	source_from_text(&source, "CCcam.cfg", text);
	ledger_init(&ledger, arena, &source);
	model_init(&model, arena);
	translate(&ledger, &choices, &model);
	for (uint32_t i = 0; i < source.lines; i++)
		require(ledger.lines[i].fate > FATE_NONE && ledger.lines[i].fate < FATE_COUNT);
	require(emit_templates(arena, NULL, &templates, &error));
	prove(&(struct emission){.model = &model,
		      .ledger = &ledger,
		      .templates = templates,
		      .comments = (text.len & 8) == 0},
		arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;

	arena_init(&arena);
	convert((struct slice){(const char *)data, size}, &arena);
	arena_free(&arena);
	return 0;
}
