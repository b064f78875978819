/* What a person reads about a fleet: a row for each receiver that lost something or failed, and the totals.
 */
#include "batch.h"

void totals_add(struct totals *totals, const struct done *done)
{
	totals->receivers++;
	totals->of[done->outcome]++;
	totals->empty[done->outcome] += done->empty;
	if (done->outcome == OUTCOME_FAILED)
		return;
	totals->losses += done->losses;
	totals->lossy += done->outcome == OUTCOME_WRITTEN && done->losses && !done->empty;
	totals->lines += done->lines;
	for (int fate = 0; fate < FATE_COUNT; fate++)
		totals->fates[fate] += done->fates[fate];
	for (uint32_t i = 0; i < done->code_count; i++) {
		totals->codes[done->codes[i].code].findings += done->codes[i].count;
		totals->codes[done->codes[i].code].receivers++;
	}
}

void add_codes(struct buffer *text, const struct done *done)
{
	const char *between = "";

	for (uint32_t i = 0; i < done->code_count; i++) {
		const struct code_count *code = &done->codes[i];
		if (!code->lost)
			continue;
		buffer_format(text, "%s%s", between, code_info((enum code)code->code)->name);
		if (code->count > 1)
			buffer_format(text, " (%lu)", (unsigned long)code->count);
		between = ", ";
	}
}

void print_row(FILE *to, const struct done *done, bool head)
{
	struct buffer codes = {0};

	add_codes(&codes, done);
	if (head)
		(void)fprintf(to, "%-32s %7s %7s  %s\n", "receiver", "lines", "lost", "why");
	if (done->outcome == OUTCOME_FAILED) {
		print_formatted(to, "%-32s %7s %7s  failed: ", done->name, "-", "-");
		print_formatted(to, "%.*s", SLICE_ARG(buffer_slice(&done->failed)));
	} else {
		const char *empty = !done->empty ? "" : codes.len > 0 ? "empty: " : "empty";
		print_formatted(to, "%-32s %7lu %7lu  %s%.*s", done->name, (unsigned long)done->lines,
			(unsigned long)done->lost, empty, (int)codes.len, codes.at ? codes.at : "");
	}
	(void)putc('\n', to);
	buffer_free(&codes);
}

void print_totals(FILE *to, const struct totals *totals)
{
	bool head = true;

	if (totals->lines > 0)
		(void)fprintf(to, "\n%9s  lines\n", "number");
	for (int fate = FATE_NONE + 1; fate < FATE_COUNT; fate++)
		if (totals->fates[fate] > 0)
			(void)fprintf(to, "%9llu  %s\n", (unsigned long long)totals->fates[fate],
				fate_name((enum fate)fate));
	for (int code = 0; code < CODE_COUNT; code++) {
		if (totals->codes[code].findings == 0)
			continue;
		if (head)
			(void)fprintf(to, "\n%9s  receivers  finding\n", "number");
		head = false;
		(void)fprintf(to, "%9llu  %9llu  %s\n", (unsigned long long)totals->codes[code].findings,
			(unsigned long long)totals->codes[code].receivers, code_info((enum code)code)->name);
	}
}

static void add_part(struct buffer *text, const char **between, uint64_t count, const char *what)
{
	if (count == 0)
		return;
	buffer_format(text, "%s%llu %s", *between, (unsigned long long)count, what);
	*between = ", ";
}

void add_outcomes(struct buffer *text, const struct totals *totals, bool dry)
{
	const char *between = ": ";
	uint64_t of[OUTCOME_COUNT], empty = 0;

	for (int i = 0; i < OUTCOME_COUNT; i++) {
		bool failed = i == OUTCOME_FAILED;
		of[i] = totals->of[i] - (failed ? 0 : totals->empty[i]);
		empty += failed ? 0 : totals->empty[i];
	}
	buffer_format(text, "%llu receiver%s", (unsigned long long)totals->receivers,
		totals->receivers == 1 ? "" : "s");
	add_part(text, &between, of[OUTCOME_WRITTEN] - totals->lossy, dry ? "would change" : "converted");
	add_part(text, &between, totals->lossy, dry ? "would change, with losses" : "with losses");
	add_part(text, &between, of[OUTCOME_UNCHANGED], "unchanged");
	add_part(text, &between, of[OUTCOME_BEFORE], "done before");
	add_part(text, &between, empty, "empty");
	add_part(text, &between, of[OUTCOME_FAILED], "failed");
}
