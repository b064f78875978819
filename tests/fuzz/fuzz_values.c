/* Any bytes as a value of OSCam's; the first two say of which key. What is checked beside crashes: what OSCam
 * keeps stays when read again, what is said to be lost is a part of the value, and what is said to be kept
 * is. */
#include <stdlib.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/schema.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* From here on OSCam cuts some values, and what it keeps can end with a blank that it would not read again.
 */
enum { SHORTEST_CUT = 64 };

static void require(bool fine)
{
	if (!fine)
		abort();
}

static void check_losses(const struct list *losses)
{
	for (uint32_t i = 0; i < losses->count; i++) {
		const struct loss *loss = list_at(losses, i);
		require(loss->part.len == 0 || loss->part.at != NULL);
		require(loss->text.len > 0);
		require(loss->kind <= LOSS_SPELLING);
	}
}

static void check_value(enum schema_key_id id, struct slice raw, struct arena *arena)
{
	struct list losses;

	list_init(&losses, arena, sizeof(struct loss));
	struct slice kept = schema_read(id, raw, arena);
	struct slice also = schema_read_losses(id, raw, NULL, arena, &losses);
	require(slice_equal(kept, also));
	check_losses(&losses);
	if (raw.len < SHORTEST_CUT && kept.len > 0)
		require(slice_equal(schema_read(id, kept, arena), kept));
	if (schema_keeps(id, raw, arena))
		require(slice_equal(kept, raw));
	(void)schema_is_initial(id, kept);
	for (const struct schema_rule *rule = schema_key(id)->rules; rule && rule->kind != RULE_END; rule++)
		require(rule->least <= rule->most);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena arena;

	if (size < 2)
		return 0;
	enum schema_key_id id = (enum schema_key_id)((data[0] * 256 + data[1]) % KEY_COUNT);
	arena_init(&arena);
	/* as OSCam's line loop hands it over: one line, without blanks around */
	struct slice line = {(const char *)data + 2, size - 2}, raw = slice_trim(slice_cut(&line, '\n'));
	check_value(id, raw, &arena);
	arena_free(&arena);
	return 0;
}
