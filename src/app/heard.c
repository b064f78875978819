/* Words that were said already with a finding's code, so that nobody says them again. See app.h. */
#include "app.h"

#include "cc2oscam/path.h"

struct heard *heard_new(struct arena *arena)
{
	struct heard *heard = arena_alloc(arena, sizeof *heard);

	heard->arena = arena;
	heard->gravest = (struct gravest){CODE_COUNT, 0};
	table_init(&heard->table, arena, 0);
	list_init(&heard->list, arena, sizeof(struct slice));
	return heard;
}

static bool has(const struct heard *heard, enum code code, struct slice words)
{
	uint32_t number;

	for (struct table_walk walk = table_find(&heard->table, slice_hash(words, (uint64_t)code));
		table_next(&heard->table, &walk, &number);)
		if (slice_equal(*(const struct slice *)list_at(&heard->list, number), words))
			return true;
	return false;
}

/* Of a friend who reaches nobody a conversion and check speak in different words: his name tells. */
static struct slice words_of(const struct finding *finding)
{
	struct slice rest = finding->message, word;

	if (finding->code != CODE_NO_GROUP)
		return rest;
	(void)slice_cut(&rest, '"');
	word = slice_cut(&rest, '"');
	return rest.at ? word : finding->message;
}

bool heard_first(struct heard *heard, enum code code, struct slice words)
{
	if (has(heard, code, words))
		return false;
	table_add(&heard->table, slice_hash(words, (uint64_t)code), heard->list.count);
	*(struct slice *)list_add(&heard->list) = arena_copy(heard->arena, words);
	return true;
}

void heard_add(struct heard *heard, const struct finding *finding, unsigned weight)
{
	(void)heard_first(heard, finding->code, words_of(finding));
	weigh(&heard->gravest, finding->code, weight);
}

bool heard_has(const struct heard *heard, const struct finding *finding)
{
	struct slice placed =
		arena_format(heard->arena, "%s, line %lu: %.*s", path_base(finding->place.source->path),
			(unsigned long)finding->place.line, SLICE_ARG(finding->message));

	return has(heard, finding->code, words_of(finding)) || has(heard, finding->code, placed);
}
