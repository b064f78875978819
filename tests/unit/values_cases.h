/* Cases of what OSCam keeps of a value: each is read, read again and asked for with schema_keeps. */
#ifndef CC2OSCAM_VALUES_CASES_H
#define CC2OSCAM_VALUES_CASES_H

#include "cc2oscam/arena.h"
#include "cc2oscam/schema.h"

struct reading_case {
	enum schema_key_id key;
	const char *raw, *kept;
};

static inline void assert_read(enum schema_key_id key, struct slice raw, struct slice expected)
{
	struct arena arena FREED_BY(arena_free) = {0};
	struct slice once, twice;

	once = schema_read(key, raw, &arena);
	if (!slice_equal(once, expected))
		fail_msg("%s: \"%.*s\" is read as \"%.*s\", not as \"%.*s\"", schema_key(key)->name,
			SLICE_ARG(raw), SLICE_ARG(once), SLICE_ARG(expected));
	twice = schema_read(key, once, &arena);
	if (once.len && !slice_equal(once, twice))
		fail_msg("%s: \"%.*s\" does not stay", schema_key(key)->name, SLICE_ARG(once));
	assert_int_equal(schema_keeps(key, raw, &arena), slice_equal(raw, expected));
}

static inline void assert_cases(const struct reading_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		assert_read(cases[i].key, slice_of(cases[i].raw), slice_of(cases[i].kept));
}

#define ASSERT_CASES(cases) assert_cases(cases, sizeof(cases) / sizeof((cases)[0]))

#endif
