/* What the files of this folder share: the state of one translation, and each other's functions. */
#ifndef CC2OSCAM_TRANSLATOR_H
#define CC2OSCAM_TRANSLATOR_H

#include "cc2oscam/cccam.h"
#include "cc2oscam/table.h"
#include "cc2oscam/translate.h"

/* OSCam counts reshare levels and hops of readers in eight bits with a sign. */
enum { HOPS_MAX = INT8_MAX, SERVICES_MAX = BITS_KNOWN };

/* OSCam's own cccmaxhops, of readers and of accounts. */
enum { MAXHOPS_INITIAL = 10 };

/* A longer list goes into several sections of oscam.services, so that each fits a line. */
enum { LIST_PIECE = 2000 };

/* What is left of one of OSCam's lines behind a key. */
enum { LINE_VALUE_MAX = OSCAM_LINE_MAX - 64 };

/* What a section of oscam.services says. */
struct service_lists {
	const uint32_t *idents;
	const uint16_t *sids;
	uint32_t ident_count, sid_count;
	uint16_t caid; /* 0: any */
	bool allow;    /* the section allows them, else it denies them */
};

/* What { caid:id:n, ... } means for a reader (wide) or an account (narrow). */
struct limit_plan {
	const char *key;        /* "caid" or "ident", or NULL */
	struct slice key_value; /* for that key */
	struct service_bits services;
	int32_t hops;    /* the n that counts; 0: no limit */
	bool differ;     /* not all cards have the same n */
	bool exception;  /* an ident is excepted from a refused CAID */
	bool wild;       /* that is because the entry was for all CAIDs */
	bool nothing;    /* no card is left */
	bool ident_wide; /* an ident of a CAID in whose requests OSCam finds none */
	bool overflow;   /* more services than OSCam knows; nothing of the plan may be used */
};

struct translator {
	struct arena *arena;
	struct ledger *ledger;
	const struct choices *choices;
	struct model *model;
	struct parser parser;
	/* The last line of each option that is not repeatable, or NULL. */
	struct statement *options[DIRECTIVE_COUNT];
	/* Readers by server and login, the first of each; the others with their password and key as well.
	 * Accounts by user, and by the bytes of it that CCcam's protocol carries. */
	struct table logins, secrets, users, names;
	struct table devices;       /* readers of our own by device */
	uint32_t device_readers;    /* how many they are */
	uint32_t far_readers;       /* made of C lines without a hop limit */
	uint32_t last_device;       /* the last of them, in model->readers */
	struct list device_options; /* the lines that name a device, in their order */
	struct table device_names;  /* readers of our own by name, once names_found */
	struct table device_stems;  /* the same without their numbers */
	struct statement *shutting; /* the first lost list of channels that tells no device, or NULL */
	bool names_found;
	struct list late;              /* struct statement: letter lines behind one of those */
	bool trial;                    /* a disabled line is tried: it changes nothing that is there */
	struct section *local_account; /* of the receiver's own tuner; a remark where there is none */
	struct service_lists services[SERVICES_MAX]; /* what the sections of the model say */
	uint32_t global_services;                    /* so many services are there for GLOBAL LIMITS */
	uint32_t lost_limits;                        /* the line of GLOBAL LIMITS that cannot be read, or 0 */
	struct statement *lost[DIRECTIVE_COUNT]; /* options that cannot be read and may say less, or NULL */
	const struct limit_plan *global_plan;    /* of GLOBAL LIMITS, once an account needed it */
	struct ledger *own_ledger;               /* CCcam.cfg's; `ledger` is that of the file at hand */
	uint8_t source;                          /* of the file at hand, as in a section */
};

/* translate.c */
struct place statement_place(const struct translator *t, const struct statement *s, const char *at);
/* A finding at `at` in the statement's line; NULL: about all of the statement. */
#define say(t, s, code, at, ...) ledger_find((t)->ledger, code, statement_place(t, s, at), __VA_ARGS__)
/* The same, and a part of the statement is lost. */
#define say_partial(t, s, ...) ((s)->fate = FATE_PARTIAL, say(t, s, __VA_ARGS__))
/* Nothing is written for the statement: a remark with its findings stands in its place. */
void leave_out(struct translator *t, const struct statement *s, enum fate fate);
/* Takes a section back after all: it becomes a remark. */
void drop_section(struct translator *t, struct section *section, enum fate fate);

/* values.c: false, with a finding, where OSCam would read something else than `value`. */
bool value_fits(
	struct translator *t, const struct statement *s, const char *what, struct slice value, size_t most);
bool host_fits(struct translator *t, const struct statement *s, struct slice host);
bool device_fits(struct translator *t, const struct statement *s, struct slice device);
/* The key that takes the option's value as it stands; KEY_NONE: the option is translated otherwise. */
enum schema_key_id option_key(const struct directive *directive);
/* Makes the option's value what OSCam writes for it. A number that OSCam pulls into its range becomes that
 * number, with a finding. False, with a finding: OSCam would keep something else, or nothing. */
bool option_kept(struct translator *t, struct statement *s, enum schema_key_id key);
/* A value that OSCam assumes anyway is not written. */
void set_unless_initial(
	struct translator *t, struct section *section, enum schema_key_id key, struct slice value);

/* readers.c */
void translate_server(struct translator *t, struct statement *s);
/* device = host,port of the line. */
void set_device(struct translator *t, const struct statement *s, struct section *reader);
/* ccchop and the reader's distance, for one that is not cccam. */
void set_hops(struct translator *t, struct statement *s, struct section *reader, uint64_t hops);
/* Of C lines without a limit. */
void say_hops(struct translator *t);
/* The cards that the line's limits leave. False when OSCam has no room for the services. */
bool set_incoming_cards(
	struct translator *t, struct statement *s, struct section *reader, struct limit_plan *plan);
bool same_keys(const struct section *a, const struct section *b);
uint64_t reader_hash(const struct section *reader);

/* Says what becomes of an ident of a CAID in whose requests OSCam finds none: who gets what of them. */
#define WIDE_READER "reader gets all idents"
void say_ident_wide(struct translator *t, struct statement *s, const char *at, const char *gets);
/* So many bytes as capital digits. */
struct slice hex_text(struct translator *t, const unsigned char *bytes, size_t count);
/* The section was made of the statement. */
void finish_section(struct translator *t, const struct statement *s, const struct section *section);

/* network.c: L and R; G */
void translate_card_server(struct translator *t, struct statement *s);
void translate_gbox(struct translator *t, struct statement *s);

/* local.c */
/* False, with a finding, when a device that the line names is none that OSCam could hold. */
bool devices_fit(struct translator *t, const struct statement *s);

/* local_options.c: the options that name a device of our own, in the order of the lines, and B lines among
 * them */
void start_devices(struct translator *t);
/* A rejected line is a lost list of channels: its reader will not be enabled. */
void take_device_option(struct translator *t, const struct statement *s);
void translate_devices(struct translator *t);

/* lost.c: options that cannot be read, where they could say that less is open */
/* A rejected option, or what a line means that CCcam cannot read. */
void take_lost(struct translator *t, const struct statement *s);
/* Once all options are taken: what they could close stays closed. */
void use_lost_options(struct translator *t);

/* accounts.c */
void reserve_local_account(struct translator *t);
void add_local_account(struct translator *t);
void translate_client(struct translator *t, struct statement *s);
void set_local_account(struct translator *t);
void set_emm_rights(struct translator *t);

/* limits.c */
/* Whether OSCam finds an ident in requests of this CAID; 0, any CAID: not in all. */
bool caid_has_ident(uint16_t caid);
struct limit_plan plan_limits(struct translator *t, const struct limit *limits, uint32_t count, bool narrow);
/* The services that refuse the channels; false on overflow. */
bool plan_channels(
	struct translator *t, const struct channel *channels, uint32_t count, struct service_bits *services);

/* services.c */
/* Finds or makes the section with these lists and adds its bit; false when OSCam has no room for another. */
bool use_service(struct translator *t, const struct service_lists *lists, struct service_bits *services);
/* Takes the sections behind the first `count` back: what needed them is not written. */
void forget_services(struct translator *t, uint32_t count);
/* Takes those back that no reader and no account names. */
void drop_unused_services(struct translator *t);
/* The texts of groups and services; where files are there already, the merge makes them. */
void finish_texts(struct translator *t);

/* notes.c */
void set_note_filter(struct translator *t, struct statement *s, struct section *reader);
void set_expiry(struct translator *t, const struct statement *s, struct section *account);

/* disabled.c, set_keys.c */
void translate_disabled(struct translator *t);
void put_set_keys(struct translator *t);

/* labels.c, access.c, conf.c */
void set_labels(struct translator *t);
void set_groups(struct translator *t);
/* Whether some account reaches two or more servers, whatever the groups are called. */
bool reaches_several(const struct translator *t);
void take_option(struct translator *t, struct statement *s);
void say_no_counterpart(struct translator *t, const struct statement *s);
void translate_options(struct translator *t);
void write_conf(struct translator *t);
/* What TVHeadend needs to know, where it is the tuner; of a merge the merge says that. */
void say_tvheadend(struct translator *t);
/* A password for the web page without a user name is lost. */
void say_password_alone(struct translator *t);
bool option_on(const struct translator *t, enum directive_id id, bool otherwise);

/* side.c: the files beside CCcam.cfg, after its lines; and the fates of their options, when all is known */
void translate_sides(struct translator *t);
void end_sides(struct translator *t);
/* The ledger of the section's line. */
struct ledger *section_ledger(struct translator *t, const struct section *section);
/* "line 3", or "line 3 of newcamd.conf" when that is another file than the one at hand. */
struct slice section_line(struct translator *t, const struct section *section);

#endif
