/* Sorted runs in a file, merged sixteen at a time, so that there never are many. See sorter.h. */
#include "cc2oscam/sorter.h"

#include <errno.h>
#include <stdlib.h>

#include "cc2oscam/arena.h"

enum { MERGED_AT_ONCE = 16, READ_AHEAD = 4096 };

/* A record, in memory and in the file, is its head, its key and its value. */
struct head {
	uint32_t key, value; /* lengths */
};

struct run {
	uint64_t at, end; /* in the file; `at` moves while the run is read */
	unsigned level;   /* how often its records were merged */
	struct buffer text;
	size_t used; /* of the text, up to the end of the record at hand */
	struct slice record;
};

struct sorter {
	struct spill spill;
	char *memory; /* records from its start, pointers to them from its end down */
	size_t size, filled;
	uint32_t count;
	struct run *runs; /* the oldest first; levels never rise */
	size_t run_count, run_room;
	size_t *heap; /* numbers of runs; the one with the least record first */
	size_t heap_count;
	uint32_t next; /* of the records in memory, when all of them fit */
};

static struct head head_of(const char *record)
{
	struct head head;

	memcpy(&head, record, sizeof head);
	return head;
}

static size_t record_size(const char *record)
{
	struct head head = head_of(record);

	return sizeof head + head.key + head.value;
}

static struct slice key_of(const char *record)
{
	return (struct slice){record + sizeof(struct head), head_of(record).key};
}

static struct slice value_of(const char *record)
{
	struct head head = head_of(record);

	return (struct slice){record + sizeof head + head.key, head.value};
}

struct sorter *sorter_new(const char *folder, size_t memory)
{
	struct sorter *sorter = calloc(1, sizeof *sorter);

	if (!sorter)
		out_of_memory();
	spill_init(&sorter->spill, folder);
	sorter->size = memory / sizeof(char *) * sizeof(char *);
	sorter->memory = malloc(sorter->size);
	if (!sorter->memory)
		out_of_memory();
	return sorter;
}

static const char **pointers(const struct sorter *sorter)
{
	return (const char **)(void *)(sorter->memory + sorter->size) - sorter->count;
}

/* Records lie in the order in which they were added. */
static int compare_records(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;
	int order = slice_compare(key_of(*x), key_of(*y));

	if (order != 0)
		return order;
	return *x < *y ? -1 : *x > *y;
}

static struct run *new_run(struct sorter *sorter, unsigned level)
{
	if (sorter->run_count == sorter->run_room) {
		sorter->run_room = sorter->run_room * 2 + MERGED_AT_ONCE;
		sorter->runs = realloc(sorter->runs, sorter->run_room * sizeof *sorter->runs);
		if (!sorter->runs)
			out_of_memory();
	}
	struct run *run = &sorter->runs[sorter->run_count++];
	*run = (struct run){.at = spill_end(&sorter->spill), .level = level};
	run->end = run->at;
	return run;
}

/* ---- reading runs ---- */

/* Makes `len` bytes from the run's place on available. */
static int need(struct sorter *sorter, struct run *run, size_t len)
{
	size_t have = run->text.len - run->used;

	if (have >= len)
		return 0;
	size_t wanted = len > READ_AHEAD ? len : READ_AHEAD;
	if (wanted - have > run->end - run->at)
		wanted = have + (size_t)(run->end - run->at);
	if (have > 0)
		memmove(run->text.at, run->text.at + run->used, have);
	run->text.len = have;
	run->used = 0;
	if (run->text.room < wanted) {
		run->text.at = realloc(run->text.at, wanted);
		if (!run->text.at)
			out_of_memory();
		run->text.room = wanted;
	}
	if (spill_read(&sorter->spill, run->at, run->text.at + have, wanted - have) != 0)
		return -1;
	run->text.len = wanted;
	run->at += wanted - have;
	return 0;
}

/* Returns 1, 0 after the last record, -1. */
static int run_next(struct sorter *sorter, struct run *run)
{
	if (run->used == run->text.len && run->at == run->end)
		return 0;
	if (need(sorter, run, sizeof(struct head)) != 0 ||
		need(sorter, run, record_size(run->text.at + run->used)) != 0)
		return -1;
	run->record.at = run->text.at + run->used;
	run->record.len = record_size(run->record.at);
	run->used += run->record.len;
	return 1;
}

/* ---- merging ---- */

static bool comes_before(const struct sorter *sorter, size_t a, size_t b)
{
	int order = slice_compare(key_of(sorter->runs[a].record.at), key_of(sorter->runs[b].record.at));

	return order != 0 ? order < 0 : a < b;
}

/* Moves what stands at `place` down to where it belongs. */
static void sift(struct sorter *sorter, size_t place)
{
	size_t *heap = sorter->heap, moved = heap[place];

	for (size_t child; (child = place * 2 + 1) < sorter->heap_count; place = child) {
		if (child + 1 < sorter->heap_count && comes_before(sorter, heap[child + 1], heap[child]))
			child++;
		if (!comes_before(sorter, heap[child], moved))
			break;
		heap[place] = heap[child];
	}
	heap[place] = moved;
}

/* A heap of the runs from number `first` on, each at its first record. */
static int start_merge(struct sorter *sorter, size_t first)
{
	sorter->heap_count = 0;
	sorter->heap = realloc(sorter->heap, (sorter->run_count - first + 1) * sizeof *sorter->heap);
	if (!sorter->heap)
		out_of_memory();
	for (size_t i = first; i < sorter->run_count; i++) {
		if (run_next(sorter, &sorter->runs[i]) < 0)
			return -1;
		sorter->heap[sorter->heap_count++] = i;
	}
	for (size_t place = sorter->heap_count; place-- > 0;)
		sift(sorter, place);
	return 0;
}

/* Leaves the record that was the least one behind. */
static int step_merge(struct sorter *sorter)
{
	int more = run_next(sorter, &sorter->runs[sorter->heap[0]]);

	if (more < 0)
		return -1;
	if (more == 0)
		sorter->heap[0] = sorter->heap[--sorter->heap_count];
	if (sorter->heap_count > 0)
		sift(sorter, 0);
	return 0;
}

/* The runs from number `first` on become one. */
static int merge_runs(struct sorter *sorter, size_t first)
{
	struct run merged = {.at = spill_end(&sorter->spill), .level = sorter->runs[first].level + 1};

	if (start_merge(sorter, first) != 0)
		return -1;
	while (sorter->heap_count > 0) {
		struct slice record = sorter->runs[sorter->heap[0]].record;
		if (spill_add(&sorter->spill, record.at, record.len) != 0 || step_merge(sorter) != 0)
			return -1;
	}
	merged.end = spill_end(&sorter->spill);
	for (size_t i = first; i < sorter->run_count; i++)
		buffer_free(&sorter->runs[i].text);
	sorter->runs[first] = merged;
	sorter->run_count = first + 1;
	return 0;
}

/* As long as the youngest runs, enough of them, are of one level. */
static int merge_levels(struct sorter *sorter)
{
	while (sorter->run_count >= MERGED_AT_ONCE) {
		size_t first = sorter->run_count - MERGED_AT_ONCE;
		if (sorter->runs[first].level != sorter->runs[sorter->run_count - 1].level)
			break;
		if (merge_runs(sorter, first) != 0)
			return -1;
	}
	return 0;
}

/* ---- adding ---- */

static void sort_memory(struct sorter *sorter)
{
	qsort(pointers(sorter), sorter->count, sizeof(char *), compare_records);
}

static int flush_memory(struct sorter *sorter)
{
	const char **sorted = pointers(sorter);

	if (sorter->count == 0)
		return 0;
	sort_memory(sorter);
	struct run *run = new_run(sorter, 0);
	for (uint32_t i = 0; i < sorter->count; i++)
		if (spill_add(&sorter->spill, sorted[i], record_size(sorted[i])) != 0)
			return -1;
	run->end = spill_end(&sorter->spill);
	sorter->count = 0;
	sorter->filled = 0;
	return merge_levels(sorter);
}

/* A record that is larger than the memory is a run of its own. */
static int add_large(struct sorter *sorter, const struct head *head, struct slice key, struct slice value)
{
	struct run *run = new_run(sorter, 0);

	if (spill_add(&sorter->spill, (const char *)head, sizeof *head) != 0 ||
		spill_add(&sorter->spill, key.at, key.len) != 0 ||
		spill_add(&sorter->spill, value.at, value.len) != 0)
		return -1;
	run->end = spill_end(&sorter->spill);
	return merge_levels(sorter);
}

int sorter_add(struct sorter *sorter, struct slice key, struct slice value)
{
	struct head head = {(uint32_t)key.len, (uint32_t)value.len};
	size_t size = sizeof head + key.len + value.len;

	if (key.len > UINT32_MAX || value.len > UINT32_MAX) {
		errno = EFBIG;
		return -1;
	}
	if (sorter->size - sorter->filled - sorter->count * sizeof(char *) < size + sizeof(char *)) {
		if (flush_memory(sorter) != 0)
			return -1;
		if (sorter->size < size + sizeof(char *))
			return add_large(sorter, &head, key, value);
	}
	char *record = sorter->memory + sorter->filled;
	memcpy(record, &head, sizeof head);
	if (key.len > 0)
		memcpy(record + sizeof head, key.at, key.len);
	if (value.len > 0)
		memcpy(record + sizeof head + key.len, value.at, value.len);
	sorter->filled += size;
	sorter->count++;
	*pointers(sorter) = record;
	return 0;
}

/* ---- the result ---- */

int sorter_sort(struct sorter *sorter)
{
	if (sorter->run_count == 0) {
		sort_memory(sorter);
		return 0;
	}
	if (flush_memory(sorter) != 0)
		return -1;
	free(sorter->memory);
	sorter->memory = NULL;
	return start_merge(sorter, 0);
}

static int give(const char *record, struct slice *key, struct slice *value)
{
	*key = key_of(record);
	*value = value_of(record);
	return 1;
}

/* The record that was given last stays where it is until the next one is asked for. */
int sorter_next(struct sorter *sorter, struct slice *key, struct slice *value)
{
	if (sorter->run_count == 0)
		return sorter->next < sorter->count ? give(pointers(sorter)[sorter->next++], key, value) : 0;
	if (sorter->next > 0 && sorter->heap_count > 0 && step_merge(sorter) != 0)
		return -1;
	sorter->next = 1;
	if (sorter->heap_count == 0)
		return 0;
	return give(sorter->runs[sorter->heap[0]].record.at, key, value);
}

void sorter_free(struct sorter *sorter)
{
	if (!sorter)
		return;
	for (size_t i = 0; i < sorter->run_count; i++)
		buffer_free(&sorter->runs[i].text);
	spill_free(&sorter->spill);
	free(sorter->runs);
	free(sorter->heap);
	free(sorter->memory);
	free(sorter);
}
