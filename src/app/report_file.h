/* The file of the report: opened before anything is written, so that a bad name is known in time. */
#ifndef CC2OSCAM_REPORT_FILE_H
#define CC2OSCAM_REPORT_FILE_H

#include <sys/stat.h>

#include "app.h"
#include "cc2oscam/output.h"
#include "cc2oscam/report.h"

/* Behind `.NAME`: hidden, and passed by where receivers are looked for (src/fleet/walk.c). */
#define REPORT_HIDDEN_END ".report.cc2oscam"

/* Zero, or of open_report; close_report ends it. */
struct report_target {
	const char *path;
	bool wanted;
	bool broken;             /* it could not be written, and that was said */
	bool written;            /* there is something to say about its end */
	FILE *file;              /* where the text goes; NULL while there is none */
	struct whole_file whole; /* without a place: the report is written where it is */
};

enum report_way {
	REPORT_GROWS, /* written in its place, as the run goes on */
	REPORT_WHOLE, /* beside its place; it takes its name when it is complete, so it is whole, or not
			 there */
	REPORT_LEADS  /* the same, to pages in a folder beside it; it has to be a plain file then */
};

/* Refuses to write over anything but an earlier report. A pipe or a device is written as the run goes on. */
enum status open_report(const struct request *request, struct report_target *report, enum report_way way);
/* Writes the report of a conversion, or (`report` NULL) of a check, in the place of what was written before.
 * What takes the name of an earlier report does so with close_report, when it is known what came of the
 * files. STATUS_FAILED with a message. */
enum status put_report(const struct request *request, struct report_target *file, const struct report *report,
	const struct check_report *check);
/* What stands before the reports of a fleet's receivers. */
enum status start_report(const struct request *request, struct report_target *report);
enum status put_fleet_report(struct report_target *file, const struct fleet_report *report);
/* Says where the report is. STATUS_FAILED when the report is not whole, with a message unless that was said.
 */
enum status close_report(const struct request *request, struct report_target *report);
/* The command has failed: a report that is still the earlier one, as `before` has it, is removed, for it
 * tells of files that this command was to replace. */
void drop_earlier_report(const struct request *request, const struct stat *before);

#endif
