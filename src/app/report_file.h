/* The file of the report: opened before anything is written, so that a bad name is known in time. */
#ifndef CC2OSCAM_REPORT_FILE_H
#define CC2OSCAM_REPORT_FILE_H

#include <stdio.h>

#include "app.h"
#include "cc2oscam/report.h"

/* *file stays NULL when no report is wanted. Refuses to write over anything but an earlier report. */
enum status open_report(const struct request *request, FILE **file);
/* Writes it, in the place of what was written before. STATUS_FAILED with a message. */
enum status put_report(const struct request *request, FILE *file, const struct report *report);
/* What stands before the reports of a fleet's receivers. */
enum status start_report(const struct request *request, FILE *file);
enum status put_check_report(const struct request *request, FILE *file, const struct check_report *report);
enum status close_report(const struct request *request, FILE *file);

#endif
