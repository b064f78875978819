/* A report about what was converted, for tests of its formats. */
#ifndef CC2OSCAM_TESTS_REPORT_HELP_H
#define CC2OSCAM_TESTS_REPORT_HELP_H

#include <errno.h>

#include "cc2oscam/report.h"
#include "convert_help.h"

static inline enum severity severity_of(const void *context, enum code code)
{
	(void)context;
	return code_info(code)->severity;
}

static inline bool is_that_code(const void *context, enum code code)
{
	return code == *(const enum code *)context;
}

static inline struct slice message_of(const void *context, const struct finding *finding)
{
	(void)context;
	return finding->message;
}

/* `silent` is the code that is not said; CODE_COUNT: all are. */
static inline struct report report_about(const struct converted *c, const enum code *silent)
{
	static const struct report_file files[] = {{.name = "oscam.conf", .bytes = 12, .sha256 = "00ff"},
		{.name = "oscam.user", .bytes = UINT32_MAX, .sha256 = "aa"}};

	return (struct report){.ledger = &c->ledger,
		.model = &c->model,
		.severity = severity_of,
		.silent = is_that_code,
		.message = message_of,
		.context = silent,
		.files = files,
		.file_count = 2};
}

/* buffer_free afterwards. */
static inline struct buffer report_text_of(
	const struct converted *c, enum report_format format, enum code silent)
{
	struct report report = report_about(c, &silent);
	struct buffer text = {0};
	struct sink sink = buffer_sink(&text);

	assert_true(report_format(format)->write(&report, &sink));
	return text;
}

static inline bool refuse_text(void *context, const char *text, size_t len)
{
	size_t *calls = context;

	(void)text, (void)len;
	++*calls;
	errno = ENOSPC;
	return false;
}

/* A format hands over nothing more once its sink has refused. */
static inline void check_refusal(const struct converted *c, enum report_format format)
{
	enum code silent = CODE_COUNT;
	struct report report = report_about(c, &silent);
	size_t calls = 0;
	struct sink sink = {refuse_text, &calls};

	errno = 0;
	assert_false(report_format(format)->write(&report, &sink));
	assert_int_equal(errno, ENOSPC);
	assert_int_equal(calls, 1);
}

#endif
