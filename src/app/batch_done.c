/* What came of one receiver, made and freed. See batch.h. */
#include "batch.h"

#include <errno.h>
#include <stdlib.h>

#include "unfit.h"

/* About what a prepared set of files takes beside its struct. */
enum { OUTPUT_BYTES = 500 };

struct done *done_new(const char *name, const char *origin)
{
	size_t name_size = strlen(name) + 1, origin_size = strlen(origin) + 1;
	struct done *done = calloc(1, sizeof *done + name_size + origin_size);

	if (!done)
		out_of_memory();
	char *texts = (char *)(done + 1);
	done->name = memcpy(texts, name, name_size);
	done->origin = memcpy(texts + name_size, origin, origin_size);
	return done;
}

void done_drop_output(struct done *done)
{
	if (done->output)
		output_end(done->output);
	free(done->output);
	done->output = NULL;
}

void done_free(struct done *done)
{
	if (done->page)
		(void)fclose(done->page);
	done_drop_output(done);
	free(done->codes);
	buffer_free(&done->servers);
	buffer_free(&done->failed);
	buffer_free(&done->sentences);
	buffer_free(&done->says);
	batch_text_free(&done->report);
	buffer_free(&done->diff);
	free(done);
}

size_t done_bytes(const struct done *done)
{
	size_t output = done->output ? sizeof *done->output + OUTPUT_BYTES : 0;

	return sizeof *done + output + done->code_count * sizeof *done->codes + done->failed.room +
	       done->sentences.room + done->says.room + done->report.last.room + done->diff.room +
	       done->servers.room;
}

static void add_plain(struct buffer *to, const char *format, va_list args)
{
	struct buffer text = {0};

	buffer_vformat(&text, format, args);
	buffer_add_plain(to, buffer_slice(&text));
	buffer_free(&text);
}

void done_fail(struct done *done, const char *why, ...)
{
	va_list args;

	done->outcome = OUTCOME_FAILED;
	done->failed.len = 0;
	va_start(args, why);
	add_plain(&done->failed, why, args);
	va_end(args);
}

void done_say(struct done *done, const char *what, ...)
{
	va_list args;

	va_start(args, what);
	add_plain(&done->sentences, what, args);
	va_end(args);
	buffer_add(&done->sentences, "", 1);
}

/* Which codes the findings of one source have, added up. */
static void count_codes(const struct request *request, const struct ledger *ledger, struct code_count *codes)
{
	for (uint32_t i = 0; i < ledger->findings.count; i++) {
		const struct finding *finding = list_at(&ledger->findings, i);
		uint32_t line = finding->place.line;
		struct code_count *code = &codes[finding->code];
		if (request_silent(request, finding->code))
			continue;
		code->count++;
		code->lost |= request->overrides[finding->code] == OVERRIDE_ERROR ||
			      (line > 0 && line <= ledger->source->lines &&
				      fate_is_loss((enum fate)ledger->lines[line - 1].fate));
	}
}

void done_count(struct done *done, const struct conversion *c)
{
	struct code_count codes[CODE_COUNT] = {{0}};

	done->losses = c->losses;
	done->empty = !c->understood && makes_nothing(c);
	done->lines = c->source.lines;
	for (uint32_t i = 0; i < c->source.lines; i++)
		done->fates[c->ledger.lines[i].fate]++;
	const struct ledger *ledger;
	for (uint32_t i = 0; (ledger = conversion_ledger(c, i)); i++) {
		done->lost += ledger_lost(ledger);
		count_codes(c->request, ledger, codes);
	}
	for (uint32_t i = 0; i < CODE_COUNT; i++) {
		/* a detail counts where it would be shown */
		bool shown = codes[i].lost || c->request->verbose ||
			     request_severity(c->request, (enum code)i) > SEVERITY_DETAIL;
		codes[i].code = i;
		if (codes[i].count > 0 && shown)
			codes[done->code_count++] = codes[i];
	}
	if (done->code_count == 0)
		return;
	done->codes = calloc(done->code_count, sizeof *done->codes);
	if (!done->codes) {
		done->code_count = 0; /* the receiver fails alone, and is counted */
		out_of_memory();
	}
	memcpy(done->codes, codes, done->code_count * sizeof *codes);
}

void done_say_findings(struct done *done, const struct conversion *c)
{
	char *text = NULL;
	size_t len = 0;
	FILE *to = open_memstream(&text, &len);

	if (!to)
		out_of_memory();
	const struct ledger *ledger;
	for (uint32_t i = 0; (ledger = conversion_ledger(c, i)); i++)
		print_findings_to(to, c->request, ledger);
	if (fclose(to) != 0)
		out_of_memory();
	buffer_add(&done->says, text, len);
	free(text);
}

/* Others may see a report on standard output: with --redact names are masked there. */
void done_report(struct done *done, const struct batch *batch, const struct conversion *c)
{
	static const char *const outcomes[] = {"written", "unchanged", "before", "failed"};
	const struct request *request = batch->request;
	struct sink sink = {batch_text_add, &done->report};
	struct report report = {.failed = true};

	if (!batch->reported)
		return;
	if (c)
		report = conversion_report(c, done->outcome == OUTCOME_FAILED,
			request->redact && strcmp(request->report, "-") == 0);
	report.receiver = done->name;
	report.input = done->origin;
	report.outcome = done->empty && done->outcome != OUTCOME_FAILED ? "empty" : outcomes[done->outcome];
	report.error = buffer_slice(&done->failed);
	report.dry = request->diff;
	if (batch->paged) {
		pages_drop(batch, done);
		if (c && !pages_put(batch, done, &report))
			done->report.error = errno;
		return;
	}
	done->report.folder = batch->temporary;
	batch_text_free(&done->report);
	(void)report_format(request->report_format)->write(&report, &sink);
}
