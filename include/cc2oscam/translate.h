/* From CCcam's statements to OSCam's model: the one place that knows both languages. */
#ifndef CC2OSCAM_TRANSLATE_H
#define CC2OSCAM_TRANSLATE_H

#include "cc2oscam/findings.h"
#include "cc2oscam/model.h"

/* What becomes of a second login with one user name: the last one counts, the first one does, or both. */
enum double_login { LOGIN_LAST, LOGIN_FIRST, LOGIN_ANY };
/* The receiver with a tuner of its own; no tuner; TVHeadend on a PC in the tuner's place. */
enum profile { PROFILE_RECEIVER, PROFILE_SERVER, PROFILE_TVHEADEND };
enum group_policy { GROUPS_MINIMAL, GROUPS_SINGLE, GROUPS_PER_PROTOCOL };

/* Side files that are in no folder: those in a backup archive. */
struct side_provider {
	/* The text of the file at `path`, which is choices.root or choices.folder with / and the file behind
	 * it; `real` becomes where it leads, links followed. Returns NULL, or why there is none: "No such
	 * file or directory" when it is not there. The text has to stay as long as the model. */
	const char *(*read)(void *context, struct slice path, struct slice *real, struct slice *text);
	void *context;
};

/* What is left to the user. */
struct choices {
	struct target target; /* which OSCam the files are for */
	uint8_t profile;      /* enum profile */
	bool reshare_widest;  /* reshare = widest */
	bool tolerant;        /* spelling = tolerant */
	bool merging;      /* there is an oscam.conf to merge into, where its ports and logins are judged */
	bool notes_filter; /* notes = filter: "# caid:ident,..." behind an N line becomes its caid and ident
			    */
	bool disabled_convert;          /* disabled-lines = convert */
	bool expiry_convert;            /* expiry-comments = convert */
	uint8_t groups;                 /* enum group_policy */
	uint8_t double_login;           /* enum double_login */
	unsigned first_group;           /* first-group, 1..64 */
	unsigned hops;                  /* hops, 1..127: of C lines without a limit */
	struct slice boxtype;           /* of [dvbapi] */
	struct slice local_account;     /* the wanted name of the tuner's account */
	const struct list *taken;       /* names that it must not have: struct slice; NULL: none */
	const struct set_key *set_keys; /* set, in the order given; a later one of the same key wins */
	size_t set_count;
	const char *folder; /* of CCcam.cfg, where its side files are: "" for the current one; NULL: it has
			       none, no side file is read */
	const char *root; /* where absolute paths of side files and devices are looked up; NULL: not given */
	const struct side_provider *sides; /* reads side files; NULL: the file system does, below root or
					      in folder */
	bool alone;                        /* no other file lies in folder */
	bool no_devices; /* nothing can be known of devices: root is a copy of the files only */
};

struct choices choices_default(void);
/* What the profile has where nothing else is chosen: the name of the tuner's account, and the box type. */
struct slice choices_local_account(const struct choices *choices);
struct slice choices_boxtype(const struct choices *choices);

/* Reads all lines of the ledger's source into the model. Afterwards every line has a fate, every finding is
 * in the ledger. The model's texts point into the source and the arena. */
void translate(struct ledger *ledger, const struct choices *choices, struct model *model);

/* After readers were taken back for want of groups or services (they are remarks now): lines that were merged
 * into one of them are lost as well. */
void translate_drop_lines(struct ledger *ledger);

#endif
