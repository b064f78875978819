/* The report in the format that is wanted, and its shortest form, the summary. See report.h. */
#include "report_facts.h"

static const struct report_format_row formats[REPORT_FORMAT_COUNT] = {
#define CC2OSCAM_REPORT_FORMAT(id, name, fleet, starts, ends, help)                                          \
	{#name, REPORT_FLEET_##fleet, starts, ends, report_##name, check_report_##name},
#include "cc2oscam/report_formats.def"
#undef CC2OSCAM_REPORT_FORMAT
};

const struct report_format_row *report_format(enum report_format format)
{
	return &formats[format];
}

void report_summary(const struct ledger *ledger, const struct model *model, bool dry, struct buffer *text)
{
	/* what was carried over first, then what had no effect, then what was lost */
	static const enum fate order[] = {FATE_CONVERTED, FATE_ADJUSTED, FATE_DROPPED, FATE_IGNORED,
		FATE_PARTIAL, FATE_UNSUPPORTED, FATE_REJECTED};
	struct fate_counts counts = count_fates(ledger);
	const char *between = ": ";

	buffer_add_count(text, ledger->source->lines, "line");
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		if (counts.of[order[i]] == 0)
			continue;
		buffer_format(
			text, "%s%lu %s", between, (unsigned long)counts.of[order[i]], fate_name(order[i]));
		between = ", ";
	}
	buffer_format(text, dry ? " -> would be " : " -> ");
	buffer_add_count(text, model->reader_count, "reader");
	buffer_format(text, ", ");
	buffer_add_count(text, model->account_count, "account");
	buffer_format(text, ", ");
	buffer_add_count(text, model->group_count, "group");
}
