/* CCcam's language: the table of its lines and options, and the parser that turns a physical line into
 * statements. Knows nothing of OSCam. */
#ifndef CC2OSCAM_CCCAM_H
#define CC2OSCAM_CCCAM_H

#include "cc2oscam/findings.h"

/* The grammar of what follows the colon. One parser function for each. */
enum shape {
	SHAPE_C, /* host port user pass [yes|no [{ limits }]] */
	SHAPE_N, /* host port user pass key14 [hops [stealth]] */
	SHAPE_F, /* user pass [uphops [shareemus [allowemm [{ limits } [{ channels } [{ hours } [host]]]]]]]
		  */
	SHAPE_L, /* host port user pass caid4 ident6 [hops] */
	SHAPE_R, /* host port caid4 ident6 [hops] */
	SHAPE_G, /* pass localhost localport peerpass peeraddress peerport [{ limits }], or the 2.0.0 form */
	SHAPE_B, /* device mask2 */
	SHAPE_X, /* caid4 ident6 [hops]: CCcam 1.7 only, always rejected */
	SHAPE_YESNO,         /* yes | no | 1 | 0, any case */
	SHAPE_NUMBER,        /* decimal, directive->min .. directive->max; may be negative */
	SHAPE_WORD,          /* one word */
	SHAPE_PATH,          /* one word, a file name */
	SHAPE_LIMITS,        /* { limits } */
	SHAPE_NODE,          /* 16 hex digits */
	SHAPE_VERSION,       /* x.y.z */
	SHAPE_DEVICE,        /* device */
	SHAPE_DEVICE_TYPE,   /* device [type] */
	SHAPE_DEVICE_NUMBER, /* device number */
	SHAPE_DEVICE_WORD,   /* device word */
	SHAPE_DEVICE_HEX,    /* device b1 b2 ...: at most directive->max bytes (also glued), at least
				directive->min */
	SHAPE_DEVICE_FILE,   /* device file [0|1] */
	SHAPE_IDENTS_DEVICE, /* 8 hex idents, then the device */
	SHAPE_DEVICES_SIDS,  /* device device ... [{ sid, ... }] */
	SHAPE_DEVICE_ASSIGN, /* device max [{ sid, ... }] */
	SHAPE_DEVICE_SIDS,   /* device { sid, ... } */
	SHAPE_DEVICE_LIMIT   /* device number number */
};

/* Which output file a line belongs to; where a remark about it stands. */
enum home { HOME_SERVER, HOME_USER, HOME_CONF };

/* Every directive has an id of its own, for the translation to switch on. */
enum directive_id {
#define CC2OSCAM_DIRECTIVE(id, ...) DIRECTIVE_##id,
#include "cc2oscam/directives.def"
#undef CC2OSCAM_DIRECTIVE
	DIRECTIVE_COUNT
};

struct directive {
	const char *keyword; /* "C", "SERVER LISTEN PORT": capitals, single blanks */
	const char *aliases; /* other spellings, separated by '|'; "" */
	const char *syntax; /* as a person reads it: "<host> <port> <user> <pass> [yes|no [{ caid:id[:uphops],
			       ... }]]" */
	const char *since;  /* CCcam version, "1.0.0"; "1.1.0 - 1.4.0" for what is gone */
	const char *target; /* "cccam.port", or only a section, or the file of rows; "": there is no
			       counterpart */
	const char *mapping; /* one line: what becomes of it in OSCam */
	const char *example; /* a line as a user would write it */
	int64_t min, max;    /* of the shapes with numbers; of SHAPE_DEVICE_HEX, how many bytes */
	uint8_t shape, home;
	uint8_t fate;    /* when OSCam has no counterpart: FATE_DROPPED or FATE_UNSUPPORTED; else FATE_NONE */
	bool letter;     /* a line type, not an option */
	bool secret;     /* its value must never be shown */
	bool repeatable; /* several lines are meant to stand beside each other */
	bool by_row;     /* its value is that of the target's key, where the section is written */
};

/* The whole table, DIRECTIVE_COUNT rows in the order of directive_id. */
const struct directive *directive_at(enum directive_id id);
enum directive_id directive_id(const struct directive *directive);
/* The line type of this letter, in either case. NULL: none. */
const struct directive *directive_letter(char letter);
/* The option with this keyword or alias: any case, runs of blanks count as one. NULL: none. */
const struct directive *directive_find(struct slice keyword);
/* The option that was meant by `keyword`: one at most two letters off, or one with the same words. NULL:
 * none. */
const struct directive *directive_near(struct slice keyword);

/* One entry of { caid:id[:n], ... }: caid and ident 0 stand for all. */
struct limit {
	struct slice text;
	uint32_t ident; /* at most 0xffffff */
	int32_t hops;   /* 0 when absent; at most INT32_MAX */
	uint16_t caid;
};

/* One entry of { caid:id:sid, ... }. */
struct channel {
	struct slice text;
	uint32_t ident;
	uint16_t caid, sid;
};

/* One window of { hh:mm-hh:mm, ... } in minutes since midnight; `to` below `from` crosses midnight; 24:00 is
 * 1440. They never are equal. */
struct window {
	uint16_t from, to;
};

/* What a line says. Slices point into the source. Which fields are set follows from the directive's shape. */
struct statement {
	const struct directive *directive;
	const struct directive *meant; /* LINE_BAD: the option that was meant by the line, or NULL; `device`
					  is what it names, `value` what stands behind its name */
	struct line line;
	struct slice text; /* from its keyword to its end, without the comment */
	struct slice note; /* after the # of a trailing comment, trimmed; empty: none */
	enum fate fate;    /* what parsing alone says: FATE_CONVERTED, _ADJUSTED, _PARTIAL, _REJECTED, or
			      _DROPPED (no value) */
	bool spelling;     /* lower-case letter, or not exactly a blank after the colon */
	const char *extra; /* the first word that has no place in the line, or NULL */

	/* C N L R: the server. G: the peer. F: the only host that may log in (host). */
	struct slice host;
	uint16_t port;
	struct slice user, pass;

	bool wantemus;    /* C */
	struct slice key; /* N: as written, blanks or not; key_bytes are the meaning */
	unsigned char key_bytes[14];
	uint64_t hops; /* N L R: default 1 */
	bool hops_given;
	unsigned stealth; /* N */
	bool stealth_given;

	uint32_t uphops;          /* F: default 5 */
	bool shareemus, allowemm; /* F: default true */
	bool shareemus_given;
	const struct limit *limits; /* C F G and GLOBAL LIMITS, in the order of the line */
	uint32_t limit_count;
	bool limits_given;              /* a group stands there, if only { } */
	const struct channel *channels; /* F */
	uint32_t channel_count;
	const struct window *windows; /* F */
	uint32_t window_count;

	uint16_t caid; /* L R X */
	uint32_t ident;

	struct slice my_pass, my_host; /* G */
	uint16_t my_port;

	struct slice device; /* B and the options that name one */
	struct slice value;  /* B and options: what stands beside the device, as written (the word, the bytes,
				the group of GLOBAL LIMITS; all devices of LOADBALANCE) */
	const struct slice *words; /* options: the words outside { } groups, the device among them */
	uint32_t word_count;
	int64_t number;  /* SHAPE_NUMBER, SHAPE_DEVICE_NUMBER, _ASSIGN, first of _LIMIT; yes 1, no 0; B: the
			    mask */
	int64_t number2; /* second of _LIMIT; the autodelete flag of _FILE */
	const unsigned char *bytes; /* SHAPE_DEVICE_HEX */
	uint32_t byte_count;
	const uint16_t *sids; /* { sid, ... } */
	uint32_t sid_count;
	bool sids_given;
};

/* Lines that are counted and said once. */
struct counted {
	uint32_t count;
	uint32_t line, column; /* of the first of them */
};

struct parser {
	struct arena *arena;    /* for entries of groups; may be reset by the caller between lines if it kept
				   nothing */
	struct ledger *ledger;  /* findings, and the line's directive; its source is the one being read */
	struct counted foreign; /* lines of MultiCS seen so far */
	unsigned multics; /* what they and parse_look say of the file: whether F lines mean something else */
	uint32_t friends_ports; /* ports for friends in MultiCS so far */
	struct counted newcamd; /* lines of newcamd.conf */
	bool tolerant;          /* setting spelling = tolerant: F lines in a void spelling count too */
};

/* What a physical line is. */
enum line_kind {
	LINE_STATEMENT, /* one statement was read; `rest` says whether another follows on the line */
	LINE_BLANK,
	LINE_COMMENT,
	LINE_BAD /* no statement: findings say why; the fate is FATE_REJECTED; only `meant` may be of use */
};

/* Whether the line starts with one letter and a colon, whatever the letter; not one that MultiCS continues on
 * the next line. */
bool is_letter_line(struct slice line);

/* The file says nothing: it is empty, or has only comments and blank lines. */
bool source_is_blank(const struct source *source);

/* Reads the statement that starts at *rest, which is the whole line at first; afterwards *rest is what
 * follows it on the line (only B lines have followers) or empty. Findings go to the ledger; the ledger's line
 * gets its directive; fates are left to the caller. A rejected statement has LINE_STATEMENT, its directive
 * and FATE_REJECTED. */
enum line_kind parse_line(
	struct parser *parser, const struct line *line, struct slice *rest, struct statement *statement);
/* Before letter lines are read: whether one of them has something of MultiCS, where an F line means something
 * else. */
void parse_look(struct parser *parser, struct slice line);
/* The device of a card reader that the text names, wherever it stands outside { }: a path, else a word like
 * sci0. Empty: none. */
struct slice told_device(struct slice text);
/* What in the text begins like another line with a secret, since a line break is missing: its letter or the
 * last word of its keyword, up to the sign behind that. Empty: nothing does. */
struct slice find_glued(struct slice text);
/* The text up to there, so that nothing of the other line is shown. */
struct slice before_glued(struct slice text);
/* After the last line: what is counted and said once. */
void parse_end(struct parser *parser);

/* The line with everything masked by `*` that may be a password or a key. Where the line is understood those
 * are its secret fields; where it is not, only words stay that are certainly no secret: the letter, words of
 * CCcam's own, a host, a port, numbers at their place. With `hosts` host names and remarks are masked too.
 * The same number of bytes, so that columns stay. */
struct slice mask_line(struct arena *arena, struct slice line, bool hosts);

#endif
