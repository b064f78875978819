/* What a batch says of its receivers: each sentence once, with the first receiver that it is true of, and in
 * the end of how many more. See batch.h. */
#include "batch.h"
#include "cc2oscam/table.h"

struct sentence {
	struct slice text;
	uint64_t more; /* receivers behind the first one */
};

struct sentences {
	struct arena arena;
	struct table table;
	struct list list; /* struct sentence */
};

void sentences_start(struct publisher *publisher, struct arena *arena)
{
	struct sentences *sentences = arena_alloc(arena, sizeof *sentences);

	arena_init(&sentences->arena);
	table_init(&sentences->table, &sentences->arena, 0);
	list_init(&sentences->list, &sentences->arena, sizeof(struct sentence));
	publisher->sentences = sentences;
}

/* True when nobody was said it of. */
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
		(struct sentence){arena_copy(&sentences->arena, text), 0};
	return true;
}

void sentences_say(struct publisher *publisher, const struct done *done)
{
	bool all = publisher->batch->request->verbose;

	for (struct slice left = buffer_slice(&done->sentences); left.len > 0;) {
		struct slice text = slice_cut(&left, '\0');
		if (all || is_new(publisher->sentences, text))
			print_formatted(stderr, "cc2oscam: %s: %.*s\n", done->origin, SLICE_ARG(text));
	}
}

void sentences_end(struct publisher *publisher)
{
	struct sentences *sentences = publisher->sentences;

	for (uint32_t i = 0; i < sentences->list.count; i++) {
		const struct sentence *sentence = list_at(&sentences->list, i);
		if (sentence->more > 0)
			print_formatted(stderr, "cc2oscam: %llu more receiver%s: %.*s\n",
				(unsigned long long)sentence->more, sentence->more == 1 ? "" : "s",
				SLICE_ARG(sentence->text));
	}
	arena_free(&sentences->arena);
}
