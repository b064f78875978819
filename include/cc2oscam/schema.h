/* What OSCam's configuration parser knows: its files, sections and keys in the order of its own writer, and
 * what it keeps of a value. Observed on the running program; pinned by tests. */
#ifndef CC2OSCAM_SCHEMA_H
#define CC2OSCAM_SCHEMA_H

#include "cc2oscam/arena.h"
#include "cc2oscam/codes.h"
#include "cc2oscam/target.h"
#include "cc2oscam/text.h"

/* The order is the order in which files are printed and written. */
enum oscam_file {
	OSCAM_CONF,
	OSCAM_SERVER,
	OSCAM_USER,
	OSCAM_SERVICES,
	OSCAM_DVBAPI, /* this and what follows has rows, not sections: rows.h */
	OSCAM_PROVID,
	OSCAM_SRVID, /* only read: OSCam looks at it where there is no oscam.srvid2 */
	OSCAM_SRVID2,
	OSCAM_FILE_COUNT
};

/* "oscam.conf" ... */
const char *oscam_file_name(enum oscam_file file);
/* The same, or "ncam.conf" ... where the target is NCam. */
const char *target_file_name(const struct target *target, enum oscam_file file);
/* The file that a name of OSCam's or NCam's is of, or, `start` being true, begins with: "oscam.user.bak";
 * OSCAM_FILE_COUNT: of none. `ncam` (or NULL) says whose name it is. */
enum oscam_file oscam_file_named(const char *name, bool start, bool *ncam);

/* SECTION_global ... SECTION_reader, SECTION_account, SECTION_service; the order of schema.def. */
enum schema_section {
	SECTION_NONE,
#define CC2OSCAM_SECTION(id, name, file) SECTION_##id,
#define CC2OSCAM_KEY(section, id, ...)
#include "cc2oscam/schema.def"
#undef CC2OSCAM_SECTION
#undef CC2OSCAM_KEY
	SECTION_COUNT
};

/* KEY_reader_label, KEY_account_user, KEY_service_caid ... in the order of OSCam's writer; FIRST_KEY_reader
 * ... is the first one of each section. */
enum schema_key_id {
	KEY_NONE,
#define CC2OSCAM_SECTION(id, name, file) FIRST_KEY_##id, BEFORE_KEYS_##id = FIRST_KEY_##id - 1,
#define CC2OSCAM_KEY(section, id, ...)   KEY_##section##_##id,
#include "cc2oscam/schema.def"
#undef CC2OSCAM_SECTION
#undef CC2OSCAM_KEY
	KEY_COUNT
};

/* Bytes that OSCam keeps: of a label or the name of a service, of a host. */
enum { LABEL_MAX = 63, HOST_MAX = 127 };
/* So many ports of one setting, and so many providers of one CAID. */
enum { PORTS_MAX = 32, PROVIDERS_MAX = 32 };
/* The types of boxes that OSCam knows, NULL at the end. It takes the first for a word that is none of them.
 */
extern const char *const box_types[];
/* Bytes that CCcam's protocol carries: of a user name, of a password. */
enum { NAME_CARRIED = 20, PASSWORD_CARRIED = 64 };

/* TYPE_FN stands for a function of OSCam's own, of which the form says what it reads. */
enum schema_type {
	TYPE_INT8,
	TYPE_UINT8,
	TYPE_INT32,
	TYPE_UINT32,
	TYPE_STRING, /* any length */
	TYPE_FIXED,  /* a buffer of `size` bytes: keeps size - 1 */
	TYPE_HEX,    /* `size` bytes, 2 * size hex digits */
	TYPE_LIST16, /* comma list of up to 4 hex digits (oscam.services) */
	TYPE_LIST24, /* comma list of up to 6 hex digits (oscam.services) */
	TYPE_UINT8_HEX,
	TYPE_FN
};

/* What decides the value of a key in each section, so that `set` cannot give one value for all. */
enum schema_set {
	SET_FREE,
	SET_LINE,     /* each line of CCcam.cfg */
	SET_LIMITS,   /* the limits of each line */
	SET_HOPS,     /* the hops of each line */
	SET_DISTANCE, /* the hop limit of each line, or the choice hops */
	SET_CARD,     /* each card */
	SET_GROUPS,   /* the choices groups and first-group */
	SET_TUNER,    /* that the tuner's account has no password */
	SET_EXPIRY,   /* the choice expiry-comments, and so on */
	SET_PROFILE,
	SET_ACCOUNT,
	SET_BOXTYPE
};

/* How OSCam reads a value that is no number: FORM_groups, FORM_ranges ... by the rows of forms.def. */
enum schema_form {
#define CC2OSCAM_FORM(id, ...) FORM_##id,
#include "cc2oscam/forms.def"
#undef CC2OSCAM_FORM
	FORM_COUNT
};

enum form_remark { REMARK_ANY, REMARK_HASH, REMARK_LOG, REMARK_FREE };
enum form_tells { TELLS_OPEN, TELLS_NAME, TELLS_HOST };

/* A row of forms.def, as far as others than the readers ask for it. */
struct form_info {
	enum code code;
	enum form_remark remark;
	enum form_tells tells;
	const char *digits;
};

const struct form_info *form_info(enum schema_form form);

/* What OSCam makes of the numbers from `least` to `most`. RULE_TIMES: so many times as much. RULE_KNOWS: all
 * others are kept and mean nothing. RULE_RUNS: only when OSCam runs. RULE_SAYS: `text` alone says it. */
enum rule_kind { RULE_END, RULE_WITHIN, RULE_OUTSIDE, RULE_TIMES, RULE_KNOWS, RULE_RUNS, RULE_SAYS };

struct schema_rule {
	const char *text; /* for people; may be NULL */
	int64_t least, most, becomes;
	enum rule_kind kind;
};

struct schema_key {
	const char *name;
	const char *padded;              /* the name and OSCAM_NAME_WIDTH blanks */
	const char *initial;             /* OSCam's default as text; "" for none */
	const char *flag, *meaning;      /* as in the table of the documentation */
	const struct schema_rule *rules; /* RULE_END ends them; NULL: there are none */
	struct lifespan known;
	uint16_t size;
	uint8_t name_length, type, section, form;
	bool secret; /* a password or key */
	uint8_t set; /* enum schema_set */
};

const struct schema_key *schema_key(enum schema_key_id id);
/* OSCam compares keys without regard to case. KEY_NONE: no OSCam and no NCam knows the name. */
enum schema_key_id schema_find(enum schema_section section, struct slice name);
/* Whether a key of this name is a password or key in some section. */
bool schema_names_secret(struct slice name);
/* Whose OSCam alone knows a name that schema_find does not: "a fork of ..."; NULL: nobody's that is known. */
const char *schema_foreign(enum schema_section section, struct slice name);
/* Whether the programs that the target means (NULL: "any") know the key. */
enum knowledge schema_knows(const struct target *target, enum schema_key_id id);

const char *schema_section_name(enum schema_section section);
enum oscam_file schema_section_file(enum schema_section section);
/* The keys of a file's sections stand together: the first one, and how many they are; 0 of one without them.
 */
enum schema_key_id schema_file_keys(enum oscam_file file, size_t *count);
/* The section that a header of this file opens; oscam.conf compares the exact lower case, the others do not.
 * SECTION_NONE: unknown there. In oscam.services every name is a label: SECTION_service. */
enum schema_section schema_find_section(enum oscam_file file, struct slice name);

/* What OSCam holds after reading `raw` for this key, written as its own writer would write it (canonical
 * form); made in the arena or a part of `raw`. Empty when it keeps nothing, or zeros, or the default that it
 * takes for text that it cannot read. `raw` is already trimmed as its line loop does. */
struct slice schema_read(enum schema_key_id id, struct slice raw, struct arena *arena);

/* The first rule of these kinds (bits) whose range has the number; RULE_OUTSIDE and RULE_KNOWS: has not.
 * NULL: there is none. */
const struct schema_rule *schema_rule(enum schema_key_id id, unsigned kinds, int64_t number);
/* All rules and what the type does, as a text for people, in the arena; empty: nothing. */
struct slice schema_rules(enum schema_key_id id, struct arena *arena);

/* What OSCam does to a value, or a part of one, that it does not keep as it stands. */
enum loss_kind {
	LOSS_FORM,      /* a part is dropped, cut or taken for something else: not in the form of its list */
	LOSS_VALUE,     /* the same of the value as a whole */
	LOSS_LENGTH,    /* too long, and cut; the text is a sentence of its own */
	LOSS_DIGITS,    /* a key with other digits than OSCam wants */
	LOSS_PORT,      /* a port that is none */
	LOSS_NO_NUMBER, /* something is no number, or stands behind one */
	LOSS_WRAPS,     /* a number that OSCam's type has no room for */
	LOSS_SECONDS,   /* a small number is taken for seconds */
	LOSS_RANGE,     /* a number is pulled into a range */
	LOSS_NUMBER,    /* a number in a list becomes another one */
	LOSS_VERSION,   /* read so by some builds only */
	LOSS_SPELLING   /* understood, and written back in another form */
};

struct loss {
	enum loss_kind kind;
	struct slice part, text; /* where in the value; what happens to it, for people */
	const char *hint;        /* how to write it instead, or NULL */
};

/* The same, with the losses on the way in the programs that the target means (NULL: "any"): a list of struct
 * loss, which is not emptied first. */
struct slice schema_read_losses(enum schema_key_id id, struct slice raw, const struct target *target,
	struct arena *arena, struct list *losses);
/* True when OSCam reads `raw` as it stands and would write it back unchanged: schema_read gives `raw` again,
 * and no blank at an end, line feed or length would keep it from coming back as one line. */
bool schema_keeps(enum schema_key_id id, struct slice raw, struct arena *arena);
/* Whether OSCam holds a number, read as strtol reads it. */
bool schema_is_number(enum schema_key_id id);
/* Whether it is a list of addresses and ranges of addresses. */
bool schema_is_ranges(enum schema_key_id id);
/* True when the value, as schema_read gives it, is what OSCam assumes without the key. */
bool schema_is_initial(enum schema_key_id id, struct slice value);

/* OSCam reads lines of at most this many bytes, end included; longer ones fall apart. */
enum { OSCAM_LINE_MAX = 16384 - 1 };

/* OSCam's own writer pads the names of keys to this many columns. */
enum { OSCAM_NAME_WIDTH = 30 };

/* How OSCam's parser sees one line of a file. */
enum oscam_event {
	OSCAM_NOTHING,         /* skipped in silence: too short, no '=', a comment */
	OSCAM_SECTION,         /* a header of a known section */
	OSCAM_UNKNOWN_SECTION, /* keys up to the next header are dropped */
	OSCAM_SETTING,         /* a known key with a value, maybe empty */
	OSCAM_UNKNOWN_SETTING,
	OSCAM_LOST_SETTING /* before the first header or in an unknown section: dropped in silence */
};

struct oscam_line {
	enum oscam_event event;
	enum schema_section section;
	enum schema_key_id key;
	struct slice name;  /* of the key or section; of oscam.services the label as OSCam keeps it: in lower
			     * case and cut, valid until the next line is read */
	struct slice value; /* of the setting, trimmed as OSCam does */
};

/* Reads the lines of one file one after the other. */
struct oscam_reading {
	enum oscam_file file;
	enum schema_section section; /* the current one; oscam.conf starts in [global] */
	char label[64];              /* of oscam.services, in lower case */
};

void oscam_reading_start(struct oscam_reading *reading, enum oscam_file file);
/* One line as fgets gives it, with or without its line feed, at most OSCAM_LINE_MAX bytes. */
struct oscam_line oscam_reading_line(struct oscam_reading *reading, struct slice line);

#endif
