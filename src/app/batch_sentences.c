/* What a batch says of its receivers: each sentence once, with the first receiver that the sentence is true
 * of; the end says of how many more. See batch.h. */
#include "batch.h"

void sentences_start(struct batch *batch)
{
	keys_init(&batch->sentences.texts, &batch->arena, 0);
	list_init(&batch->sentences.more, &batch->arena, sizeof(uint64_t));
}

/* True when it was said of nobody. */
static bool is_new(struct sentences *sentences, struct slice text)
{
	uint32_t number = keys_find(&sentences->texts, text);

	if (number != KEYS_NONE) {
		++*(uint64_t *)list_at(&sentences->more, number);
		return false;
	}
	(void)list_add(&sentences->more);
	(void)keys_add(&sentences->texts, arena_copy(sentences->more.arena, text));
	return true;
}

void sentences_say(struct batch *batch, const struct done *done)
{
	for (struct slice left = buffer_slice(&done->sentences); left.len > 0;) {
		struct slice text = slice_cut(&left, '\0');
		if (batch->request->verbose || is_new(&batch->sentences, text))
			print_formatted(stderr, "cc2oscam: %s: %.*s\n", done->origin, SLICE_ARG(text));
	}
}

void sentences_end(const struct batch *batch)
{
	for (uint32_t i = 0; i < batch->sentences.texts.list.count; i++) {
		struct slice text = *(const struct slice *)list_at(&batch->sentences.texts.list, i);
		uint64_t more = *(const uint64_t *)list_at(&batch->sentences.more, i);
		if (more > 0)
			print_formatted(stderr, "cc2oscam: %llu more receiver%s: %.*s\n",
				(unsigned long long)more, more == 1 ? "" : "s", SLICE_ARG(text));
	}
}
