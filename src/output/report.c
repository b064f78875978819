/* The report in the format that is wanted, and its shortest form, the summary. See report.h. */
#include "report_facts.h"

int report_write(const struct report *report, enum report_format format, const struct sink *sink)
{
	switch (format) {
	case REPORT_TEXT:
		return report_text(report, sink);
	case REPORT_CSV:
		return report_csv(report, sink);
	case REPORT_HTML:
		return report_html(report, sink);
	case REPORT_JSON:
		break;
	}
	return report_json(report, sink);
}

static void add_count(struct buffer *text, const char *before, uint32_t count, const char *what)
{
	buffer_format(text, "%s%lu %s%s", before, (unsigned long)count, what, count == 1 ? "" : "s");
}

void report_summary(const struct ledger *ledger, const struct model *model, bool dry, struct buffer *text)
{
	/* what was carried over first, then what had no effect, then what was lost */
	static const enum fate order[] = {FATE_CONVERTED, FATE_ADJUSTED, FATE_DROPPED, FATE_IGNORED,
		FATE_PARTIAL, FATE_UNSUPPORTED, FATE_REJECTED};
	struct fate_counts counts = count_fates(ledger);
	const char *between = ": ";

	add_count(text, "", ledger->source->lines, "line");
	for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
		if (counts.of[order[i]] == 0)
			continue;
		buffer_format(
			text, "%s%lu %s", between, (unsigned long)counts.of[order[i]], fate_name(order[i]));
		between = ", ";
	}
	add_count(text, dry ? " -> would be " : " -> ", model->reader_count, "reader");
	add_count(text, ", ", model->account_count, "account");
	add_count(text, ", ", model->group_count, "group");
}
