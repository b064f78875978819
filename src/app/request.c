/* What the user asked for, where a finding or a file is at hand. */
#include "app.h"

enum severity request_severity(const void *context, enum code code)
{
	const struct request *request = context;

	switch ((enum override)request->overrides[code]) {
	case OVERRIDE_WARNING:
		return SEVERITY_WARNING;
	case OVERRIDE_ERROR:
		return SEVERITY_ERROR;
	case OVERRIDE_NONE:
	case OVERRIDE_SILENT:
		break;
	}
	return code_info(code)->severity;
}

bool request_silent(const void *context, enum code code)
{
	const struct request *request = context;

	return request->skip[code] || request->overrides[code] == OVERRIDE_SILENT;
}

unsigned finding_weight(
	const struct request *request, const struct ledger *ledger, const struct finding *finding)
{
	uint32_t line = finding->place.line;
	bool own = finding->place.source == ledger->source && line > 0 && line <= ledger->source->lines;
	bool lost = own && fate_is_loss((enum fate)ledger->lines[line - 1].fate);

	return 2 * (unsigned)request_severity(request, finding->code) + (lost ? 1 : 0);
}

void weigh(struct gravest *gravest, enum code code, unsigned weight)
{
	if (gravest->code == CODE_COUNT || weight > gravest->weight)
		*gravest = (struct gravest){code, weight};
}

bool has_raised(const struct request *request, const struct ledger *ledger)
{
	for (uint32_t i = 0; i < ledger->findings.count; i++) {
		const struct finding *finding = list_at(&ledger->findings, i);
		if (request->overrides[finding->code] == OVERRIDE_ERROR)
			return true;
	}
	return false;
}

bool has_losses(const struct request *request, const struct ledger *ledger)
{
	return ledger_lost(ledger) > 0 || has_raised(request, ledger);
}

bool request_wants(const struct request *request, enum oscam_file file)
{
	bool any = false;

	for (int i = 0; i < OSCAM_FILE_COUNT; i++)
		any |= request->only[i];
	return !any || request->only[file];
}

struct slice request_message(const void *context, const struct finding *finding)
{
	const struct request *request = context;

	return request->redact ? finding_redacted(finding) : finding->message;
}

bool request_shows(const struct request *request, enum code code)
{
	if (request_silent(request, code))
		return false;
	return request->verbose || request_severity(request, code) > SEVERITY_DETAIL;
}

struct slice request_operands(const struct request *request, struct arena *arena)
{
	struct buffer words = {0};

	for (int i = 0; i < request->operand_count; i++)
		buffer_format(&words, "%s%s", i == 0 ? "" : " ", request->operands[i]);
	return arena_take(arena, &words);
}

struct report request_report(const struct request *request)
{
	return (struct report){.severity = request_severity,
		.silent = request_silent,
		.message = request_message,
		.context = request,
		.templates = request->templates};
}
