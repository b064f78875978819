/* What the files of the merge share: its state, and each other's functions. */
#ifndef CC2OSCAM_MERGE_PARTS_H
#define CC2OSCAM_MERGE_PARTS_H

#include "cc2oscam/labels.h"
#include "cc2oscam/merge.h"
#include "cc2oscam/rows.h"
#include "cc2oscam/table.h"

enum { MERGE_READERS, MERGE_ACCOUNTS, MERGE_HALVES };

/* The model has so many groups, and so many services; OSCam's limits of hops fit in a byte. */
enum { MERGE_GROUPS = BITS_KNOWN, MERGE_SERVICES = BITS_KNOWN, MERGE_HOPS = 256 };

/* oscam.server or oscam.user. */
struct merge_half {
	struct document *document; /* NULL: there is no such file */
	struct list *sections;     /* the model's */
	uint32_t *theirs;          /* by section of the model: the existing one, or DOCUMENT_NONE */
	uint32_t *ours;            /* by existing section: the model's, or DOCUMENT_NONE */
	uint32_t *fresh;           /* by number of a new section: the model's */
	uint64_t *meant;           /* by section of the model: the groups of the model */
	struct bits *groups;       /* by existing section: the groups that it has in the file */
	enum oscam_file file;
	enum schema_section section;
	enum schema_key_id name, group, services;
};

struct merge_services {
	struct slice labels[MERGE_SERVICES]; /* the existing ones, then ours */
	uint32_t count, existing;
	uint32_t slots[MERGE_SERVICES]; /* by service of the model: its number there, or DOCUMENT_NONE */
};

/* A key of oscam.conf that was set in its place, and what OSCam has to read from it. */
struct merge_conf {
	struct slice value;
	enum schema_key_id key;
	bool said; /* by a finding of its own */
};

struct merge {
	struct arena *arena;
	struct model *model;
	struct ledger *ledger;
	struct existing existing;
	struct merge_choices choices;
	struct document documents[OSCAM_DVBAPI];
	struct merge_half halves[MERGE_HALVES];
	struct merge_services services;
	struct bits others;                        /* groups of accounts that no line is about */
	uint64_t hops[BITS_MOST][MERGE_HOPS / 64]; /* by group: the limits of hops that they have */
	uint32_t old_tuner;             /* the existing account that [dvbapi] named, or DOCUMENT_NONE */
	const struct section *namesake; /* the friend's account that it becomes, or NULL */
	uint32_t *doubles; /* by existing reader that stands for none of ours: one of ours with its login,
			      or DOCUMENT_NONE; NULL: there are no readers */
	struct list conf;  /* struct merge_conf */
	struct model fresh;
	struct slice appended[OSCAM_FILE_COUNT];
	struct slice ignoring; /* of oscam.dvbapi: new I: rows, which stand in front of the first P: row */
	size_t ignoring_at;    /* where in the existing text that row begins */
};

/* merge.c */
struct document *merge_document(const struct merge *m, enum oscam_file file); /* NULL: no such file */
/* Adds a finding about the line of the section; NULL: about the whole input. */
void merge_say(const struct merge *m, const struct section *section, enum code code, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* Adds a key to a list of names: "caid, ident". */
void merge_add_name(struct buffer *names, enum schema_key_id key);
/* What OSCam holds for the key of an existing section. */
struct slice merge_value(const struct merge_half *half, uint32_t theirs, enum schema_key_id key);
/* The line of the section, in the ledger that *ledger is set to. */
struct place merge_place(const struct merge *m, const struct section *section, struct ledger **ledger);
/* A section that cannot be written after all: it becomes a remark, and what stands for it stays as it is. */
void merge_drop(struct merge *m, struct merge_half *half, uint32_t index);
/* The model's section, or NULL for a remark. */
struct section *merge_section(const struct merge_half *half, uint32_t index);

/* tuner.c */
bool merge_is_persons(const struct document *users, const struct document_section *account);
void merge_match_tuner(struct merge *m);

/* match.c */
/* After the services are planned, by which filters are compared. */
void merge_match(struct merge *m);

/* Whether two devices are one server's; a path is another one in capitals, a name of a host is not. */
bool merge_same_server(struct slice a, struct slice b);

/* services.c: afterwards the model's sections have the services' numbers in the merged file. */
void merge_plan_services(struct merge *m);
/* A list of labels as OSCam numbers them: bit n is the n-th of the merged file. */
struct service_bits merge_service_bits(const struct merge *m, struct slice labels);
/* The same before anything of ours is added. */
struct service_bits merge_existing_bits(const struct merge *m, struct slice labels);
/* Services of ours with what somebody put on the list of the existing section by hand, so far as both can
 * hold. */
struct service_bits merge_joined_services(
	const struct merge *m, enum schema_key_id key, struct service_bits ours, struct slice theirs);
/* Gives matched sections these services. */
void merge_join_services(struct merge *m, const struct merge_half *half);

/* What becomes of an existing section: a section of ours as it is planned, or what stands in the new file. */
struct becoming {
	const struct section *planned; /* NULL: it is written */
	const struct document *document;
	const struct document_section *written;
};

/* limits.c */
/* The keys by which an existing account may get more than before, with commas between; empty: none. Without
 * `levels`: those of them by which somebody may have restricted the account by hand. In the arena. */
struct slice merge_wider(
	const struct merge *m, uint32_t theirs, const struct becoming *becoming, bool levels);

/* What the key will say. Planned: what the model says, OSCam's default where the key is taken out, else what
 * it says now, `old`. */
struct slice merge_becomes(
	const struct merge *m, const struct becoming *becoming, enum schema_key_id key, struct slice old);

/* The same of the services, of which the key names `old` now. */
struct service_bits merge_services_become(
	const struct merge *m, const struct becoming *becoming, enum schema_key_id key, struct slice old);

/* cards.c */
/* Finds m->others and m->hops: accounts have to be matched. */
void merge_find_others(struct merge *m);
/* Whether an existing reader gives others the same cards as before. */
bool merge_keeps_cards(const struct merge *m, uint32_t theirs, const struct becoming *becoming);

/* groups.c */
void merge_plan_groups(struct merge *m);
/* After the groups are planned. */
void merge_say_doubles(struct merge *m);
/* The groups that the section of ours had before: those of the existing one, or of the account that the
 * tuner's takes over from; none when it is new. */
struct bits merge_old_groups(const struct merge *m, const struct merge_half *half, uint32_t index);

/* labels.c */
void merge_plan_labels(struct merge *m);

/* au.c: the texts of au, by the labels that the readers have. */
void merge_set_au(struct merge *m);

/* keys.c */
void merge_edit_sections(struct merge *m, const struct merge_half *half);
/* Puts a line with this key and value into the section: in its place, else where OSCam would write it. */
void merge_set(struct document *document, uint32_t index, enum schema_key_id key, struct slice value);
/* Whether the user wants OSCam's own default for the key: then it must not stand there. */
bool merge_wants_default(const struct merge *m, const struct section *section, enum schema_key_id key);
/* Takes all lines with this key out of the section. */
void merge_unset(struct document *document, uint32_t index, enum schema_key_id key);
/* Whether OSCam holds for the key of an existing section what ours has for it. */
bool merge_holds(const struct merge *m, const struct document *document,
	const struct document_section *section, const struct section *ours, const struct entry *entry);
/* The keys that CCcam's lines decide by not being there, ended by KEY_NONE. */
const enum schema_key_id *merge_decided_keys(const struct merge *m, const struct section *section);

/* conf.c */
void merge_edit_conf(struct merge *m);

/* The new files, as OSCam reads them. */
struct written {
	struct arena arena;
	struct document documents[OSCAM_DVBAPI];
	bool there[OSCAM_DVBAPI];
	uint32_t *positions[MERGE_HALVES]; /* by section of the model: where it stands in its file */
};

/* access.c: NULL, or what is wrong with who reaches whom. */
const char *merge_prove_access(const struct merge *m, const struct written *written);

/* rows.c */
/* The rows of the model that the text lacks. */
void merge_missing_rows(
	struct merge *m, enum oscam_file file, const struct source *text, struct list *missing);
/* Of the new rows of an existing oscam.dvbapi, the I: rows are put in front of its first P: row; the rest is
 * returned, which is everything where it has no P: row. */
struct slice merge_put_first(struct merge *m, struct slice rows);
/* Whether a merged file still has all that stood there. */
bool merge_keeps_rows(const struct merge *m, enum oscam_file file, struct slice text);

#endif
