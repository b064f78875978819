/* What is to be written: OSCam's sections with their keys, in the order of OSCam's own writer.
 * Everything lives in one arena; texts may point into the source. */
#ifndef CC2OSCAM_MODEL_H
#define CC2OSCAM_MODEL_H

#include "cc2oscam/bits.h"
#include "cc2oscam/findings.h"
#include "cc2oscam/schema.h"

struct entry {
	const char *text;
	uint32_t len;
	uint16_t key; /* enum schema_key_id */
	bool assumed; /* nobody asked for it: where OSCam is set up already, what is there stays */
};

/* Which template writes the section. */
enum section_kind {
	KIND_REMARK, /* no section: only the findings of `line` stand here, as comments */
	KIND_CONF,   /* a section of oscam.conf */
	KIND_CCCAM,
	KIND_NEWCAMD,
	KIND_CS357X,
	KIND_RADEGAST,
	KIND_GBOX,
	KIND_LOCAL, /* readers */
	KIND_ACCOUNT,
	KIND_SERVICE
};

/* Accounts that reach nothing, whatever the distance. */
enum { REACH_NOTHING = -1, REACH_ALL = INT32_MAX };

/* Services that a section uses: bit n is the n-th section of oscam.services. */
struct service_bits {
	uint64_t allow, deny;
};

/* For which readers an account may send EMMs. */
enum au { AU_NONE, AU_CARDS /* those of our own cards */, AU_ALL };

struct section {
	struct entry *entries; /* sorted by key; no text of groups, services and au before model_finish */
	const struct service_bits *services; /* NULL: none */
	struct slice note;     /* the remark of the line it came from, or empty; of a service its label */
	uint32_t line;         /* the input line, or 0; of oscam.conf one that speaks of the section */
	int32_t reach;         /* a reader's distance in hops; how far an account reaches */
	uint32_t groups[4];    /* bit n-1: group n, as intended; in words, to keep the section small */
	uint8_t kind, section; /* enum section_kind, enum schema_section */
	uint8_t count, room;
	uint8_t au;     /* enum au, of an account */
	uint8_t source; /* 0: line is one of CCcam.cfg; else of the n-th side file */
	bool shut;      /* a card reader that must not be enabled, also where it is there already */
	/* No check has anything to say of its names: of a user shorter than what CCcam's protocol carries, of
	 * a password that OSCam's reader keeps, of a host that is no IPv6 address. */
	bool plain;
};

/* A key of OSCam that the user wants in every section of a kind: "reader.cccam.inactivitytimeout = 600". */
struct set_key {
	enum schema_section section;
	enum section_kind kind; /* readers of this kind only; KIND_REMARK: all */
	enum schema_key_id key;
	struct slice value; /* as OSCam reads and writes it back: schema_keeps */
	uint16_t left_out;  /* bit n: the templates do not write the key in sections of kind n */
};

/* One line of a file without sections: oscam.dvbapi, oscam.provid, oscam.srvid2. */
struct row {
	struct slice name; /* provid, srvid2: without | and control bytes, nor blanks at its ends */
	struct slice more; /* srvid2: further CAIDs that the name is for, as they stand: "0D95,0D97" */
	uint32_t ident;
	uint32_t line; /* of the side file it came from */
	uint16_t caid, sid;
	bool has_ident, has_sid; /* whether the number stands in the line */
	char kind;               /* dvbapi: 'P' or 'I' */
	uint8_t source;          /* as of a section */
};

/* A file beside CCcam.cfg that an option named, with what there is to say about it. */
struct side_file {
	struct source source; /* its path and text are in the arena */
	struct ledger ledger;
	uint8_t kind; /* enum side_kind */
};

struct model {
	struct arena *arena;
	struct target target; /* whose files are made of it; zero: "any" */
	struct list conf, readers, accounts,
		services;                    /* struct section; readers and accounts hold remarks too */
	struct list dvbapi, provid, srvid2;  /* struct row */
	struct list sides;                   /* struct side_file, in the order in which they were read */
	const struct section *local_account; /* the receiver's own tuner's, or NULL */
	uint32_t group_count;
	uint32_t reader_count, account_count; /* without remarks */
};

void model_init(struct model *model, struct arena *arena);

/* The sections of one of the four files that have sections. */
const struct list *model_sections(const struct model *model, enum oscam_file file);

/* Where the lines of source `number` (section.source) are: the ledger of a side file, or `own` for 0. */
const struct ledger *model_ledger(const struct model *model, const struct ledger *own, unsigned number);

/* A new section with room for `room` keys before it has to move them. */
struct section *model_add(struct model *model, struct list *list, enum section_kind kind,
	enum schema_section name, uint32_t line, unsigned room);
/* The section of oscam.conf with this name, or NULL; made when it is not there yet. */
struct section *model_find_conf(const struct model *model, enum schema_section name);
struct section *model_conf(struct model *model, enum schema_section name);
/* Sets a key; one that is there already is replaced. The text is kept, not copied. */
void section_set(struct model *model, struct section *section, enum schema_key_id key, struct slice text);
void section_set_number(struct model *model, struct section *section, enum schema_key_id key, int64_t number);
void section_unset(struct section *section, enum schema_key_id key);
/* Marks a key that is set as assumed, until it is set again. */
void section_assume(struct section *section, enum schema_key_id key);
/* Empty with at == NULL when the key is not set. */
struct slice section_get(const struct section *section, enum schema_key_id key);
/* Whether the two differ in names at most (label, device, user, password), none of which is empty in one
 * only. */
bool section_same_but_names(const struct section *a, const struct section *b);
/* A key that is such a name. */
bool key_is_name(enum schema_key_id key);
struct slice service_label(const struct section *service);
bool section_is_reader(const struct section *section);

struct bits section_groups(const struct section *section);
void section_set_groups(struct section *section, struct bits groups);
/* The services that the section uses. */
struct service_bits section_services(const struct section *section);
void section_set_services(struct model *model, struct section *section, struct service_bits services);
bool same_services(struct service_bits a, struct service_bits b);
/* The same services under other numbers: `slots` has the new one of each bit below `count`, or UINT32_MAX
 * where it has none. */
struct service_bits services_moved(struct service_bits services, const uint32_t *slots, uint32_t count);
/* "allow_0500,!deny_0100", in the order of their numbers. `labels`: by number. */
struct slice services_text(
	struct arena *arena, struct service_bits services, const struct slice *labels, uint32_t count);
/* Makes the texts of groups and services, which are numbered as they stay. `labels`: of the services, by
 * their bits. */
void model_finish(struct model *model, const struct slice *labels, uint32_t count);

/* The servers of some readers: for each group whether it has one or more of them. */
struct reached {
	uint32_t first[BITS_MOST]; /* the number of a group's first one */
	struct bits any, several;
};

/* Each reader that asks a server has a number of its own. */
void reached_add(struct reached *servers, struct bits groups, uint32_t number);
/* Whether an account with these groups reaches two or more of them. */
bool reached_are_several(const struct reached *servers, struct bits groups);
/* "1,2,5", in the arena. */
struct slice groups_text(struct arena *arena, struct bits groups);
/* And back, from a text that schema_read gives. */
struct bits groups_bits(struct slice text);

#endif
