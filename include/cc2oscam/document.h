/* An existing file of OSCam's with sections: kept byte for byte, and read as OSCam reads it, line by line and
 * section by section. What OSCam holds afterwards is asked for here; edits leave every other byte alone. */
#ifndef CC2OSCAM_DOCUMENT_H
#define CC2OSCAM_DOCUMENT_H

#include "cc2oscam/arena.h"
#include "cc2oscam/schema.h"
#include "cc2oscam/source.h"
#include "cc2oscam/table.h"

#define DOCUMENT_NONE UINT32_MAX /* of an index */

/* One line as OSCam's fgets gives it: a physical line of more than OSCAM_LINE_MAX bytes makes several. */
struct document_line {
	struct slice text;              /* with its end, if it has one */
	struct oscam_line read;         /* how OSCam's parser sees it; names stay valid */
	uint32_t number;                /* of the physical line, from 1 */
	uint32_t column;                /* where in it this begins, from 1 */
	uint32_t section;               /* the section that it stands in: index, or DOCUMENT_NONE */
	struct slice instead;           /* after an edit: what stands in its place */
	struct slice before;            /* what was put in front of it first; the rest are document.further */
	uint32_t further, further_last; /* number + 1 of them, or 0 */
	bool edited;
};

/* A known key with its value, trimmed but not yet read: schema_read gives what OSCam makes of it. */
struct document_setting {
	struct slice value;
	uint32_t line; /* index */
	uint16_t key;  /* enum schema_key_id */
};

/* A setting that no later one of its section replaces. */
struct document_count {
	uint32_t setting; /* index */
	uint16_t key;
};

struct document_further {
	struct slice text;
	uint32_t next; /* number + 1 of what follows it in front of the same line, or 0 */
};

/* A section as it stands in the file: from its header up to the next. */
struct document_section {
	enum schema_section section; /* SECTION_NONE: unknown */
	struct slice name;           /* of the header; of oscam.services the label, as OSCam keeps it */
	uint32_t header;     /* index of its line; DOCUMENT_NONE: what stands before the first header */
	uint32_t first, end; /* lines first .. end - 1 follow the header */
	uint32_t setting, setting_count;   /* its settings, in the order of the lines */
	uint32_t counting, counting_count; /* of document.counting: for each key its last setting */
	/* What OSCam calls it when all is read: a reader's label and protocol, which may have leaked from the
	 * section before (protocol empty: none that OSCam knows); an account's user, with every _x. */
	struct slice label, protocol;
	bool held; /* OSCam keeps it: a reader without label or known protocol vanishes when a header follows,
		    * and so does what stands behind the first 64 services */
	bool renamed; /* an account to whose user OSCam appends _x */
	bool leaked;  /* a reader whose label or protocol is that of the section before */
	bool enabled; /* a reader that OSCam starts: enable, unless a protocol that it does not know follows
			 it */
	bool several; /* of document_of_sections: it stands for others too */
};

/* A section of a model, as document_of_sections takes it. */
struct made_section {
	const struct section *section;
	struct place origin; /* where it came from */
	bool several;        /* it stands for others of the model that are like it */
};

struct document {
	struct arena *arena;
	const struct source *source;  /* raw */
	const struct target *target;  /* whose OSCam reads it; NULL: "any" */
	enum oscam_file file;         /* one with sections */
	struct list lines;            /* struct document_line */
	struct list sections;         /* struct document_section */
	struct list settings;         /* struct document_setting */
	struct list counting;         /* struct document_count */
	enum schema_key_id first_key; /* of the file's sections */
	uint32_t *latest;             /* by key, from first_key on: 1 + the last one in `counting`, or 0 */
	const struct list *made;      /* of document_of_sections: its sections; else NULL */
	struct slice line_end; /* what new lines end with: that of the first line; LF when it has none */
	struct list rest;      /* struct slice: what was put behind the last line */
	struct list further;   /* struct document_further: what else was put in front of a line */
};

/* Reads the source, which must be raw and outlive the document. Everything lives in the arena; the work is
 * linear in the text. `target`: whose OSCam or NCam reads the text; NULL: "any". */
void document_read(struct document *document, struct arena *arena, enum oscam_file file,
	const struct source *source, const struct target *target);

/* The same without a text: what OSCam holds of sections (a list of struct made_section, kept) once they are
 * written. It has no lines; the number of a section stands for the line of its header and those of its
 * settings. */
void document_of_sections(struct document *document, struct arena *arena, enum oscam_file file,
	const struct list *sections, const struct target *target);

/* Of a document whose sections are read: sets what OSCam keeps of each, from `label` to `leaked`. */
void document_keep(struct document *document);

/* How many sections of this kind OSCam holds after reading the file. */
uint32_t document_count(const struct source *source, const struct target *target, enum oscam_file file,
	enum schema_section section);
struct document_section *document_section_at(const struct document *document, uint32_t index);
struct document_line *document_line_at(const struct document *document, uint32_t index);
/* A header, known to OSCam or not. */
bool section_begins(const struct document_line *line);
struct place document_place(const struct document *document, uint32_t line);
/* The section that the line stands in: an index. */
uint32_t document_section_of(const struct document *document, uint32_t line);

/* The setting of `key` that counts in this section, the last one; NULL when it has none. */
const struct document_setting *document_setting(
	const struct document *document, const struct document_section *section, enum schema_key_id key);
/* The section of this label among those whose numbers are in the table, by the hash of their labels;
 * DOCUMENT_NONE: none. */
uint32_t document_labelled(const struct document *document, const struct table *labels, struct slice label);
/* Adds section `index`, unless one with its label is in the table. */
void document_add_label(const struct document *document, struct table *labels, uint32_t index);
/* The settings that count in this section, one for each key, by numbers below section->counting_count. */
const struct document_setting *document_counting(
	const struct document *document, const struct document_section *section, uint32_t number);
/* What the target's OSCam holds for `key` of this section, in canonical form (schema_read); without a setting
 * its default. A reader's label and protocol and an account's user are better taken from the section. */
struct slice document_value(
	const struct document *document, const struct document_section *section, enum schema_key_id key);
/* The setting of oscam.conf that counts: sections of one name merge, and the last key wins. */
const struct document_setting *document_conf_setting(const struct document *document, enum schema_key_id key);
/* What OSCam holds for it; empty where it is not set. */
struct slice document_conf_value(const struct document *document, enum schema_key_id key);

/* Edits. The texts are kept, not copied; they come with their line ends. A later edit of a line wins; texts
 * put in front of the same line stand in the order in which they came. */
void document_replace(struct document *document, uint32_t line, struct slice text);
void document_remove(struct document *document, uint32_t line);
/* In front of line `line`; its index may be the number of lines: then at the end, behind a line end that is
 * added when the last line has none. */
void document_insert(struct document *document, uint32_t line, struct slice text);
/* "name                          = value" with the document's line end, in the arena. */
struct slice document_format(const struct document *document, enum schema_key_id key, struct slice value);
/* The text with all edits. False with errno when the sink failed. */
bool document_write(const struct document *document, const struct sink *sink);

#endif
