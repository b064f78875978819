/* Findings and fates: how the fates of several statements of a line become one, the chain of a line's
 * findings, and the table of codes. */
#include "unit.h"
#include <string.h>

#include "cc2oscam/findings.h"

static void start(struct arena *arena, struct source *source, struct ledger *ledger)
{
	arena_init(arena);
	source_from_text(source, "CCcam.cfg", SLICE("a\nb\nc\n"));
	ledger_init(ledger, arena, source);
}

TEST(test_fates_of_several_statements)
{
	static const struct {
		enum fate first, second, both;
	} rows[] = {
		{FATE_NONE, FATE_IGNORED, FATE_IGNORED},
		{FATE_CONVERTED, FATE_CONVERTED, FATE_CONVERTED},
		{FATE_CONVERTED, FATE_ADJUSTED, FATE_ADJUSTED},
		{FATE_DROPPED, FATE_CONVERTED, FATE_CONVERTED},
		{FATE_CONVERTED, FATE_PARTIAL, FATE_PARTIAL},
		{FATE_CONVERTED, FATE_UNSUPPORTED, FATE_PARTIAL},
		{FATE_CONVERTED, FATE_REJECTED, FATE_PARTIAL},
		{FATE_ADJUSTED, FATE_REJECTED, FATE_PARTIAL},
		{FATE_UNSUPPORTED, FATE_REJECTED, FATE_REJECTED},
		{FATE_DROPPED, FATE_REJECTED, FATE_REJECTED},
		{FATE_PARTIAL, FATE_REJECTED, FATE_REJECTED},
		{FATE_IGNORED, FATE_DROPPED, FATE_DROPPED},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		for (int swapped = 0; swapped < 2; swapped++) {
			struct arena arena;
			struct source source;
			struct ledger ledger;
			start(&arena, &source, &ledger);
			ledger_fate(&ledger, 2, swapped ? rows[i].second : rows[i].first);
			ledger_fate(&ledger, 2, swapped ? rows[i].first : rows[i].second);
			assert_int_equal(ledger_line(&ledger, 2)->fate, rows[i].both);
			assert_int_equal(ledger_line(&ledger, 1)->fate, FATE_NONE);
			arena_free(&arena);
		}
	}
}

TEST(test_raise)
{
	struct arena arena;
	struct source source;
	struct ledger ledger;

	start(&arena, &source, &ledger);
	ledger_raise(&ledger, 1, FATE_CONVERTED);
	ledger_raise(&ledger, 1, FATE_UNSUPPORTED);
	ledger_raise(&ledger, 1, FATE_ADJUSTED);
	assert_int_equal(ledger_line(&ledger, 1)->fate, FATE_UNSUPPORTED);
	arena_free(&arena);
}

TEST(test_chain_of_a_line)
{
	struct arena arena;
	struct source source, other;
	struct ledger ledger;

	start(&arena, &source, &ledger);
	source_from_text(&other, "CCcam.prio", SLICE("x\n"));
	struct finding *first =
		ledger_find(&ledger, CODE_SPELLING, (struct place){&source, 3, 1}, "%d words", 2);
	(void)ledger_find(&ledger, CODE_DES_KEY, (struct place){&source, 0, 0}, "whole file");
	(void)ledger_find(&ledger, CODE_DES_KEY, (struct place){&other, 1, 1}, "another file");
	struct finding *last = ledger_find(&ledger, CODE_EXTRA_FIELD, (struct place){&source, 3, 9}, "x");
	assert_true(slice_equal(first->message, SLICE("2 words")));
	assert_true(slice_equal(first->hint, slice_of(code_info(CODE_SPELLING)->way_out)));
	assert_int_equal(ledger.findings.count, 4);
	assert_int_equal(ledger_line(&ledger, 3)->finding, 4);
	assert_int_equal(last->previous, 1);
	assert_int_equal(first->previous, 0);
	assert_int_equal(ledger_line(&ledger, 1)->finding, 0);
	arena_free(&arena);
}

TEST(test_names)
{
	static const char *const fates[] = {
		"none", "ignored", "dropped", "converted", "adjusted", "partial", "unsupported", "rejected"};

	for (int fate = 0; fate < FATE_COUNT; fate++) {
		assert_string_equal(fate_name((enum fate)fate), fates[fate]);
		assert_int_equal(fate_is_loss((enum fate)fate), fate >= FATE_PARTIAL);
	}
	assert_string_equal(severity_name(SEVERITY_DETAIL), "note");
	assert_string_equal(severity_name(SEVERITY_NOTE), "note");
	assert_string_equal(severity_name(SEVERITY_WARNING), "warning");
	assert_string_equal(severity_name(SEVERITY_ERROR), "error");
}

TEST(test_every_code)
{
	for (int code = 0; code < CODE_COUNT; code++) {
		const struct code_info *info = code_info((enum code)code);
		assert_int_equal(code_by_name(slice_of(info->name)), code);
		for (const char *c = info->name; *c; c++)
			assert_true((*c >= 'a' && *c <= 'z') || *c == '-' || (*c >= '0' && *c <= '9'));
		assert_true(strlen(info->meaning) > 10);
		assert_int_equal(info->meaning[strlen(info->meaning) - 1], '.');
		assert_non_null(info->way_out);
	}
	assert_int_equal(code_by_name(SLICE("no-such-code")), CODE_COUNT);
	assert_int_equal(code_by_name(SLICE("DES-KEY")), CODE_COUNT);
}

/* What the message quotes may have line feeds of its own, which begin no hint. */
TEST(test_hint_behind_a_line_feed)
{
	struct arena arena;
	struct source source;
	struct ledger ledger;

	start(&arena, &source, &ledger);
	struct place place = {&source, 1, 0};
	const struct finding *plain = ledger_find(&ledger, CODE_BAD_VALUE, place, "no %s", "a\nb");
	const struct finding *hinted =
		ledger_find(&ledger, CODE_BAD_VALUE, place, "no %s\nWrite %s.", "a\nb", "c");
	const struct finding *empty = ledger_find(&ledger, CODE_BAD_VALUE, place, "no %d\n%s", 1, "");
	assert_string_equal(plain->message.at, "no a\nb");
	assert_string_equal(hinted->message.at, "no a\nb");
	assert_string_equal(hinted->hint.at, "Write c.");
	assert_string_equal(empty->message.at, "no 1");
	assert_string_equal(empty->hint.at, plain->hint.at);
	arena_free(&arena);
}
