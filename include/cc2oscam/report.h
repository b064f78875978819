/* The report of one conversion as JSON: every physical line with its fate, findings, groups and files.
 * No password, key or file content is in it. */
#ifndef CC2OSCAM_REPORT_H
#define CC2OSCAM_REPORT_H

#include "cc2oscam/findings.h"
#include "cc2oscam/model.h"

struct report_file {
	const char *name;
	uint64_t bytes;
	char sha256[65];
};

struct report {
	const struct ledger *ledger;
	const struct model *model;
	/* What the user made of each code, and which findings are silent. */
	enum severity (*severity)(const void *context, enum code code);
	bool (*silent)(const void *context, enum code code);
	struct slice (*message)(const void *context, const struct finding *finding);
	const void *context;
	const struct report_file *files;
	size_t file_count;
	bool redact; /* labels, which are mostly host names, are masked */
	bool failed; /* refused: nothing was written */
};

/* The text, with a final line feed, to the sink. Returns 0, or -1 with errno set. */
int report_json(const struct report *report, const struct sink *sink);

#endif
