/* What the parts of the HTML report share: report_html.c the page, html_diagram.c who reaches what,
 * html_files.c the files and what differs, report_html_check.c what `check` found. */
#ifndef CC2OSCAM_REPORT_HTML_H
#define CC2OSCAM_REPORT_HTML_H

#include "html.h"
#include "report_facts.h"

/* What a finding says: its severity, its words and its code. */
void put_html_finding(struct html_object *object, const struct report *how, const struct finding *finding);
/* The diagram of the model's accounts, groups and readers; nothing where there are none. */
void html_put_diagram(const struct report *report, struct html_object *page);
/* A file with its lines, and beside its old text where the report is about changes. */
void html_put_file(const struct report_file *file, bool redact, struct html_object *page);

#endif
