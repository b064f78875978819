/* What the templates of the HTML report see: objects with named values, and lists of objects. A text is made
 * harmless when it is set: markup is escaped, and no control byte and nothing but UTF-8 is left. */
#ifndef CC2OSCAM_HTML_H
#define CC2OSCAM_HTML_H

#include "cc2oscam/template.h"
#include "report_facts.h"

/* X(id, name): every name that the templates of the report may use. */
#define HTML_NAMES(X)                                                                                        \
	X(TITLE, "title")                                                                                    \
	X(PROGRAM, "program")                                                                                \
	X(SENTENCE, "sentence")                                                                              \
	X(SUMMARY, "summary")                                                                                \
	X(STATUS, "status")                                                                                  \
	X(CHECKED, "checked")                                                                                \
	X(CONVERTED, "converted")                                                                            \
	X(FLEET, "fleet")                                                                                    \
	X(HOME, "home")                                                                                      \
	X(INPUT, "input")                                                                                    \
	X(LOOKS, "looks")                                                                                    \
	X(OTHERS, "others")                                                                                  \
	X(HAS_LOOKS, "has-looks")                                                                            \
	X(HAS_OTHERS, "has-others")                                                                          \
	X(HAS_FINDINGS, "has-findings")                                                                      \
	X(HAS_FATES, "has-fates")                                                                            \
	X(OUTCOME, "outcome")                                                                                \
	X(FATES, "fates")                                                                                    \
	X(RECEIVERS, "receivers")                                                                            \
	X(COUNT, "count")                                                                                    \
	X(BY_HAND, "by-hand")                                                                                \
	X(NOTES, "notes")                                                                                    \
	X(LOSSES, "losses")                                                                                  \
	X(SOURCES, "sources")                                                                                \
	X(LINES, "lines")                                                                                    \
	X(TARGETS, "targets")                                                                                \
	X(FINDINGS, "findings")                                                                              \
	X(GROUPS, "groups")                                                                                  \
	X(READERS, "readers")                                                                                \
	X(ACCOUNTS, "accounts")                                                                              \
	X(DIAGRAM, "diagram")                                                                                \
	X(NODES, "nodes")                                                                                    \
	X(EDGES, "edges")                                                                                    \
	X(FILES, "files")                                                                                    \
	X(DIFFS, "diffs")                                                                                    \
	X(ROWS, "rows")                                                                                      \
	X(ID, "id")                                                                                          \
	X(HREF, "href")                                                                                      \
	X(NAME, "name")                                                                                      \
	X(TEXT, "text")                                                                                      \
	X(WHERE, "where")                                                                                    \
	X(CODE, "code")                                                                                      \
	X(HINT, "hint")                                                                                      \
	X(SEVERITY, "severity")                                                                              \
	X(DIRECTIVE, "directive")                                                                            \
	X(FATE, "fate")                                                                                      \
	X(LOST, "lost")                                                                                      \
	X(NUMBER, "number")                                                                                  \
	X(BYTES, "bytes")                                                                                    \
	X(OLD_NUMBER, "old-number")                                                                          \
	X(OLD, "old")                                                                                        \
	X(NEW_NUMBER, "new-number")                                                                          \
	X(NEW, "new")                                                                                        \
	X(CHANGE, "change")                                                                                  \
	X(GAP, "gap")                                                                                        \
	X(KIND, "kind")                                                                                      \
	X(X, "x")                                                                                            \
	X(Y, "y")                                                                                            \
	X(X2, "x2")                                                                                          \
	X(Y2, "y2")                                                                                          \
	X(MIDDLE, "middle")                                                                                  \
	X(WIDTH, "width")                                                                                    \
	X(HEIGHT, "height")                                                                                  \
	X(LABEL, "label")                                                                                    \
	X(SUB, "sub")                                                                                        \
	X(FULL, "full")

enum html_name {
#define X(id, name) HTML_##id,
	HTML_NAMES(X)
#undef X
		HTML_NAME_COUNT
};

/* template_names of the report. */
int html_names(struct slice name);

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
