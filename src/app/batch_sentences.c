/* What a batch says of its receivers: each sentence once, with the first receiver that it is true of, and in
 * the end of how many more. See batch.h. */
#include "batch.h"

struct sentence {
	struct slice text;
	uint64_t more; /* receivers behind the first one */
};

void sentences_start(struct batch *batch)
{
	table_init(&batch->sentences.table, &batch->arena, 0);
	list_init(&batch->sentences.list, &batch->arena, sizeof(struct sentence));
}

/* True when it was said of nobody. */
static bool is_new(struct sentences *sentences, struct slice text)
{
	uint64_t hash = slice_hash(text, 0);
	uint32_t number;

	for (struct table_walk walk = table_find(&sentences->table, hash);
		table_next(&sentences->table, &walk, &number);) {
		struct sentence *known = list_at(&sentences->list, number);
		if (!slice_equal(known->text, text))
			continue;
		known->more++;
		return false;
	}
	table_add(&sentences->table, hash, sentences->list.count);
	*(struct sentence *)list_add(&sentences->list) =
		(struct sentence){arena_copy(sentences->list.arena, text), 0};
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
	for (uint32_t i = 0; i < batch->sentences.list.count; i++) {
		const struct sentence *sentence = list_at(&batch->sentences.list, i);
		if (sentence->more > 0)
			print_formatted(stderr, "cc2oscam: %llu more receiver%s: %.*s\n",
				(unsigned long long)sentence->more, sentence->more == 1 ? "" : "s",
				SLICE_ARG(sentence->text));
	}
}
