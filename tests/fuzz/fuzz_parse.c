/* Any bytes as a CCcam.cfg: every line is walked, parsed and masked. What is checked beside crashes: fates
 * and kinds that the interface promises, and that a mask keeps the length of its line. */
#include <stdlib.h>

#include "cc2oscam/cccam.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool fine)
{
	if (!fine)
		abort();
}

static void one_line(struct parser *parser, const struct line *line)
{
	struct slice rest = line->text;
	struct statement statement;

	do {
		size_t before = rest.len;
		enum line_kind kind = parse_line(parser, line, &rest, &statement);
		require(rest.len == 0 || rest.len < before);
		if (kind != LINE_STATEMENT)
			continue;
		require(statement.directive != NULL);
		require(statement.fate == FATE_CONVERTED || statement.fate == FATE_ADJUSTED ||
			statement.fate == FATE_PARTIAL || statement.fate == FATE_DROPPED ||
			statement.fate == FATE_REJECTED);
		require(statement.text.at >= line->text.at &&
			statement.text.at + statement.text.len <= line->text.at + line->text.len);
	} while (rest.len > 0);
	require(mask_line(parser->arena, line->text, false).len == line->text.len);
	require(mask_line(parser->arena, line->text, true).len == line->text.len);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source;
	struct ledger ledger;
	struct arena arena;
	struct line line;

	arena_init(&arena);
	source_from_text(&source, "fuzz", (struct slice){(const char *)data, size});
	ledger_init(&ledger, &arena, &source);
	struct parser parser = {.arena = &arena, .ledger = &ledger, .tolerant = size % 2 == 0};
	for (struct line_walk walk = line_walk_start(&source); line_walk_next(&walk, &line);)
		one_line(&parser, &line);
	parse_end(&parser);
	arena_free(&arena);
	return 0;
}
