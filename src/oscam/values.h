/* What the readers of OSCam's values share: the taking apart of
 * lists as OSCam does it, and the readers that forms.def refers to. */
#ifndef CC2OSCAM_VALUES_H
#define CC2OSCAM_VALUES_H

#include "cc2oscam/schema.h"

/* Writes `c` unless nothing has been written yet. */
void out_separate(struct buffer *out, char c);

/* A value on its way in: where its canonical text is made, and where what OSCam loses of it is noted. */
struct intake {
	struct arena *arena;
	struct list *losses;         /* struct loss of schema.h; NULL: nobody asks */
	const struct target *target; /* whose losses; NULL: "any" */
	const struct schema_key *key;
};

/* Without blanks as OSCam's own trimming sees them: what stands in front only goes when its very first byte
 * is a space; what stands behind always goes, line ends too. */
struct slice oscam_trim(struct slice text);
/* The next item of a list, trimmed; false at its end. A list starts as the whole value. */
bool next_item(struct slice *list, char separator, struct slice *item);
/* strtol, base 10: white space, a sign, digits; what follows does not matter; no digit gives 0. */
int64_t number_prefix(struct slice text);
/* Its last `digits` characters as hexadecimal; false when empty or one is no hex digit. */
bool hex_tail(struct slice text, unsigned digits, uint32_t *number);
/* What OSCam reads of so many bytes that are no hexadecimal digits: a class, a CAID, a provider. */
enum { CLASS_WRONG = 0x1f, CAID_WRONG = 0x1f1f, PROVIDER_WRONG = 0x1f1f1f };
/* All of it as upper-case hex digits; empty when one is none. */
struct slice hex_word(struct slice text, struct arena *arena);

/* Reads what it can of an item of a list, which is not empty, and adds what is left of the item. */
typedef void item_reader(struct slice item, struct intake *in, struct buffer *out);
/* The next port of a table of [newcamd] or [cs378x]; false at its end. */
bool next_port_of_table(struct slice *rest, struct slice *port);
/* Whether one of `bytes` stands in the text. */
bool has_any(struct slice text, const char *bytes);

/* Notes what OSCam does to a part of the value. Without losses nothing is done. */
void lose(struct intake *in, enum loss_kind kind, struct slice part, const char *hint, const char *format,
	...) __attribute__((format(printf, 5, 6)));
/* Says it where `value`, which is called `what`, has more than `most` bytes. */
void lose_length(struct intake *in, const char *what, struct slice value, size_t most);
/* The part as it may stand in a message: not endless. */
struct slice shown_part(struct intake *in, struct slice part);
struct slice shown_text(struct arena *arena, struct slice text);

/* One function of OSCam's: from the trimmed value, which is not empty, to the canonical text. */
typedef struct slice value_reader(struct slice raw, struct intake *in);

#define WHOLE(reader)                  value_reader read_##reader;
#define EACH(separator, reader)        item_reader read_##reader;
#define CC2OSCAM_FORM(id, reader, ...) reader
#include "cc2oscam/forms.def"
#undef CC2OSCAM_FORM
#undef EACH
#undef WHOLE

/* Of ranges as OSCam keeps them the first that is open to more than a local network; at is NULL: there
 * is none. */
struct slice public_range(struct slice ranges);

#endif
