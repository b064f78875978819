/* What the templates of the HTML report see: objects with named values, and lists of objects. A text is made
 * harmless when it is set: markup is escaped, and no control byte and nothing but UTF-8 is left. */
#ifndef CC2OSCAM_HTML_H
#define CC2OSCAM_HTML_H

#include "cc2oscam/template.h"
#include "report_facts.h"

/* Every name that the templates of the report may use, with _ for -. */
#define HTML_NAMES(X)                                                                                        \
	X(title), X(program), X(sentence), X(summary), X(status), X(checked), X(converted), X(fleet),        \
		X(home), X(input), X(looks), X(others), X(has_looks), X(has_others), X(has_findings),        \
		X(has_fates), X(outcome), X(fates), X(receivers), X(count), X(by_hand), X(notes), X(losses), \
		X(sources), X(lines), X(targets), X(findings), X(groups), X(readers), X(accounts),           \
		X(diagram), X(nodes), X(edges), X(files), X(diffs), X(rows), X(id), X(href), X(name),        \
		X(text), X(where), X(code), X(hint), X(severity), X(directive), X(fate), X(lost), X(number), \
		X(bytes), X(old_number), X(old), X(new_number), X(new), X(change), X(gap), X(kind), X(x),    \
		X(y), X(x2), X(y2), X(middle), X(width), X(height), X(label), X(sub), X(full)

enum html_name {
#define X(name) HTML_##name
	HTML_NAMES(X),
#undef X
	HTML_NAME_COUNT
};

/* Grows in its arena. */
struct html_object;
struct html_object *html_object(struct arena *arena);
struct arena *html_arena(const struct html_object *object);
/* An empty text counts as not set. */
void html_text(struct html_object *object, enum html_name name, struct slice text);
/* The same, but what stands between two backquotes is marked as something to type. */
void html_prose(struct html_object *object, enum html_name name, struct slice text);
void html_number(struct html_object *object, enum html_name name, int64_t number);
void html_flag(struct html_object *object, enum html_name name, bool is_set);
/* A list of objects that are there. */
struct html_object *html_add(struct html_object *object, enum html_name name);
/* A list whose objects are made when they are rendered, one at a time, and forgotten then. They have no such
 * lists themselves. */
typedef void html_make(void *context, size_t index, struct html_object *object);
void html_lazy(struct html_object *object, enum html_name name, size_t count, html_make *make, void *context);

/* Renders the template `report.html`, of `folder` (or NULL) if it has one, else the built-in one. False with
 * errno, which is EINVAL where the user's template is wrong. */
bool html_render(const struct html_object *object, const char *folder, const struct sink *sink);

/* The parts of the page: report_html.c, html_diagram.c who reaches what, html_files.c the files and what
 * differs. */
/* What a finding says: its severity, its words and its code. */
void put_html_finding(struct html_object *object, const struct report *how, const struct finding *finding);
/* The diagram of the model's accounts, groups and readers; nothing where there are none. */
void html_put_diagram(const struct report *report, struct html_object *page);
/* A file with its lines, and beside its old text where the report is about changes. */
void html_put_file(const struct report_file *file, bool redact, struct html_object *page);

#endif
