/* What the checks share: where they are, and how they say what they found. The table of them is checks.def.
 */
#ifndef CC2OSCAM_CHECKS_H
#define CC2OSCAM_CHECKS_H

#include "cc2oscam/bits.h"
#include "cc2oscam/check.h"
#include "cc2oscam/model.h"
#include "cc2oscam/protocols.h"
#include "cc2oscam/table.h"
#include "oscam/values.h"

/* The OSCams that are meant do not all read groups alike. */
enum { READINGS = 2 };

/* A text of groups, and what these OSCams read from it. */
struct read_groups {
	struct slice text;
	const struct target *target;
	struct bits bits;
};

struct checking {
	struct check_set *set;
	struct arena *arena;
	struct check_memory *memory;         /* the set's, or its own */
	const struct plans *plans;           /* the checks that are run */
	bool found;                          /* the check at hand found something */
	struct check_file *file;             /* the one being looked at */
	const struct document *document;     /* its document, if it has sections */
	struct keys marks[OSCAM_FILE_COUNT]; /* what is switched off: section and code */
	struct list losses;                  /* struct loss: of the value at hand */
	/* The OSCams that are meant, taken apart where they do not read groups alike. */
	const struct target *readings[READINGS];
	unsigned reading_count;
	struct read_groups groups[READINGS]; /* those that were read last, by each reading */
	struct table labels;                 /* readers' sections by label; made when asked for */
	struct table services;               /* sections of oscam.services by name; the same */
	bool has_labels, has_services;
	bool says_no_services; /* that oscam.services is missing is said once */
};

/* A setting at hand: its value without a comment behind it. */
struct setting {
	const struct document_setting *at;
	enum schema_key_id key;
	struct slice value;
};

/* Makes `file` the one being looked at. False: it is not there. */
bool look_at(struct checking *c, enum oscam_file file);

/* A finding at `at`, which points into line `line` (an index) of the document; NULL: its first byte; line
 * DOCUMENT_NONE: the whole file. NULL is returned when the code is switched off there. */
struct finding *found(struct checking *c, enum code code, uint32_t line, const char *at, const char *format,
	...) __attribute__((format(printf, 5, 6)));
/* The same at the value of a setting. */
#define found_at(c, code, setting, ...) found(c, code, (setting)->line, (setting)->value.at, __VA_ARGS__)
/* The same at the section's setting of the key, or at its header where it has none. */
struct finding *found_of(struct checking *c, enum code code, const struct document_section *section,
	enum schema_key_id key, const char *format, ...) __attribute__((format(printf, 5, 6)));
/* The same in line `number` of a file without sections. */
struct finding *found_in_row(struct checking *c, enum code code, const struct line *line, const char *format,
	...) __attribute__((format(printf, 4, 5)));
/* Another hint than the code's own; the finding may be NULL. */
void advise(struct checking *c, struct finding *finding, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

/* The text as it may stand in a message: not endless. */
struct slice shown(struct checking *c, struct slice text);
/* Text that may be anything, without what sounds like a password. */
struct slice shown_masked(struct checking *c, struct slice text);
/* "name = value", without what is a secret of the value. */
struct slice shown_value(struct checking *c, enum schema_key_id key, struct slice value);
struct slice shown_setting(struct checking *c, const struct setting *setting);
const char *key_name(enum schema_key_id key);
const struct form_info *form_of(enum schema_key_id key);
/* The line of a header or a setting, as people count. */
unsigned long line_number(const struct checking *c, uint32_t line);
/* " on line 5"; nothing where no line of the input speaks of a section. */
struct slice on_line(struct checking *c, uint32_t line);

/* Without "# ..." at its end; where no list can be meant, without "; ..." and "// ..." too. */
struct slice without_comment(enum schema_key_id key, struct slice value);
/* What OSCam holds for the key in this section. */
struct slice value_of(
	const struct checking *c, const struct document_section *section, enum schema_key_id key);
int64_t number_value(
	const struct checking *c, const struct document_section *section, enum schema_key_id key);
/* Of oscam.conf, whose sections of one name are one. Empty when the file or the setting is not there. */
struct slice conf_value(const struct checking *c, enum schema_key_id key);

/* Readers and accounts that count: those that OSCam keeps. */
bool is_reader(const struct document_section *section);
bool is_account(const struct document_section *section);
bool is_switched_off(const struct checking *c, const struct document_section *section);
/* "before OSCam 2.26.04 " of such a part, or "". */
const char *group_reading_words(const struct target *target);
/* The groups of a section as these OSCams read them. */
struct bits group_bits(
	struct checking *c, const struct document_section *section, const struct target *target);

/* outline.c */
enum { OUTLINE_MOST = 4096 };

struct outline {
	size_t len; /* above OUTLINE_MOST: there is more, which is like nothing */
	char bytes[OUTLINE_MOST];
};

/* All files of the set are made. */
void outline_set(struct outline *outline, const struct check_set *set);
bool outline_same(const struct outline *a, const struct outline *b);

typedef void line_check(struct checking *c, uint32_t line);
typedef void setting_check(struct checking *c, const struct setting *setting);
typedef void key_check(struct checking *c, const struct setting *setting);
typedef void section_check(struct checking *c, const struct document_section *section);
typedef void row_check(struct checking *c, const struct line *line);
typedef void set_check(struct checking *c);

/* engine.c: whether the programs that are meant know the key */
enum knowledge known_key(const struct checking *c, enum schema_key_id key);
/* say.c */
void find_group_readings(struct checking *c);
void read_marks(struct checking *c, const struct check_file *file);
/* row_forms.c: the numbers of a row of oscam.dvbapi are none as OSCam reads them; and what to write. */
void say_row_form(struct checking *c, const struct line *line, char kind, struct slice numbers);
/* references.c: whether values of the key are names of sections of oscam.services. */
bool names_services(enum schema_key_id key);
/* lines.c: what looks like a header, and is none to OSCam. */
bool is_unseen_header(const struct document_line *line);

#define CC2OSCAM_CHECK(scope, function, files, needs, ...) scope##_check function;
#define CC2OSCAM_CODE(...)
#include "cc2oscam/checks.def"
#undef CC2OSCAM_CODE
#undef CC2OSCAM_CHECK

#endif
