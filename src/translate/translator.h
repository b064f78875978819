/* What the files of this folder share: the state of one translation, and each other's functions. */
#ifndef CC2OSCAM_TRANSLATOR_H
#define CC2OSCAM_TRANSLATOR_H

#include "cc2oscam/cccam.h"
#include "cc2oscam/table.h"
#include "cc2oscam/translate.h"

/* OSCam counts reshare levels and hops of readers in eight bits with a sign. */
enum { HOPS_MAX = INT8_MAX, SERVICES_MAX = 64 };

/* Services that a section uses: bit n is the n-th section of oscam.services. */
struct service_bits {
	uint64_t allow, deny;
};

/* What { caid:id:n, ... } means for a reader (wide) or an account (narrow). */
struct limit_plan {
	const char *key;        /* "caid" or "ident", or NULL */
	struct slice key_value; /* for that key */
	struct service_bits services;
	int32_t hops;   /* the n that counts; 0: no limit */
	bool differ;    /* not all cards have the same n */
	bool exception; /* an ident is excepted from a refused CAID */
	bool nothing;   /* no card is left */
	bool overflow;  /* more services than OSCam knows; nothing of the plan may be used */
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
	const struct limit_plan *global_plan; /* of GLOBAL LIMITS, once an account needed it */
};

/* translate.c */
struct place statement_place(const struct translator *t, const struct statement *s, const char *at);
/* Nothing is written for the statement: a remark with its findings stands in its place. */
void leave_out(struct translator *t, const struct statement *s, enum fate fate);
/* Takes a section back after all: it becomes a remark. */
void drop_section(struct translator *t, struct section *section, enum fate fate);

/* values.c: false, with a finding, where OSCam would read something else than `value`. */
bool value_fits(
	struct translator *t, const struct statement *s, const char *what, struct slice value, size_t most);
bool host_fits(struct translator *t, const struct statement *s, struct slice host);

/* readers.c */
void translate_server(struct translator *t, struct statement *s);

/* accounts.c */
void add_local_account(struct translator *t);
void translate_client(struct translator *t, struct statement *s);
void set_local_account(struct translator *t);
void set_emm_rights(struct translator *t);

/* limits.c */
struct limit_plan plan_limits(struct translator *t, const struct limit *limits, uint32_t count, bool narrow);
/* The services that refuse the channels; false on overflow. */
bool plan_channels(
	struct translator *t, const struct channel *channels, uint32_t count, struct service_bits *services);

/* services.c */
struct service_lists {
	const uint32_t *idents;
	const uint16_t *sids;
	uint32_t ident_count, sid_count;
	uint16_t caid; /* 0: any */
};
/* Finds or makes the section with these lists and adds its bit; false when OSCam has no room for another. */
bool use_service(
	struct translator *t, bool allow, const struct service_lists *lists, struct service_bits *services);
/* "allow_0500,!deny_0100", in the order of oscam.services; empty for none. */
struct slice services_text(struct translator *t, struct service_bits services);

/* labels.c, access.c, conf.c */
void set_labels(struct translator *t);
void set_groups(struct translator *t);
void take_option(struct translator *t, const struct statement *s);
void translate_options(struct translator *t);
void write_conf(struct translator *t);
bool option_on(const struct translator *t, enum directive_id id, bool otherwise);

#endif
