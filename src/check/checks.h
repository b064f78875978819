/* What the checks share: where they are, how they say what they found, and their names. The table of them is
 * in check.c. */
#ifndef CC2OSCAM_CHECKS_H
#define CC2OSCAM_CHECKS_H

#include "cc2oscam/check.h"
#include "cc2oscam/protocols.h"
#include "cc2oscam/table.h"
#include "oscam/values.h"

/* What is switched off in which section. */
struct marks {
	struct list all;    /* struct mark of say.c */
	struct table table; /* of their numbers */
};

struct checking {
	struct check_set *set;
	struct arena *arena;
	struct check_file *file;         /* the one being looked at */
	const struct document *document; /* its document, if it has sections */
	struct marks marks[OSCAM_FILE_COUNT];
	struct table labels;   /* readers' sections by label; made when asked for */
	struct table services; /* sections of oscam.services by name; the same */
	bool has_labels, has_services;
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
/* "name = value", the value masked where it is a secret. */
struct slice shown_setting(struct checking *c, const struct setting *setting);
/* A copy in small letters, with a zero at its end. */
const char *lower_word(struct checking *c, struct slice text);
const char *key_name(enum schema_key_id key);
/* The line of a header or a setting, as people count. */
unsigned long line_number(const struct checking *c, uint32_t line);

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
uint64_t group_mask(const struct checking *c, const struct document_section *section);

typedef void line_check(struct checking *c, uint32_t line);
typedef void setting_check(struct checking *c, const struct setting *setting);
typedef void section_check(struct checking *c, uint32_t section);
typedef void row_check(struct checking *c, const struct line *line);
typedef void set_check(struct checking *c);

/* say.c */
void read_marks(struct checking *c, const struct check_file *file);
bool section_begins(const struct document_line *line);
/* lines.c: what looks like a header, and is none to OSCam. */
bool is_unseen_header(const struct document_line *line);

line_check check_first_bytes, check_carriage_return, check_zero_byte, check_long_line, check_unseen_header,
	check_skipped_line;
line_check check_unknown_setting, check_known_setting, check_comment_mark;

section_check check_before_header, check_unknown_section, check_repeated;
section_check check_lost_reader, check_device, check_login, check_newcamd_idle, check_reader_values;
section_check check_unused;
section_check check_account_user, check_account_password, check_account_numbers, check_duplicate_account;
section_check check_login_length, check_no_group;

setting_check check_tab, check_comment, check_number, check_known_range, check_retry_limits;
setting_check check_timeout, check_emm_cache;
setting_check check_cut, check_digits, check_word, check_version, check_protocol, check_label_blank;
setting_check check_au_form, check_protocols;
setting_check check_groups, check_caids, check_idents, check_classes, check_tunnels, check_list, check_ranges;
setting_check check_hours, check_date;
setting_check check_port, check_port_table;
setting_check check_au, check_services;

row_check check_dvbapi_row, check_name_row;

set_check check_repeated_conf, check_shared_ports, check_webif, check_radegast, check_conf_values;
set_check check_readable, check_duplicate_labels, check_service_names, check_alike, check_label_is_user;
set_check check_shared_devices, check_dvbapi_user, check_reach, check_hidden_rows;
set_check check_shadowed_names, check_many_names;

#endif
