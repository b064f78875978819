/* OSCam's functions for key material: hexadecimal digits, of which OSCam wants so and so many. */
#include "values.h"

/* A number of as many bytes as the key has room for, by its last digits. */
struct slice read_hex_number(struct slice raw, struct intake *in)
{
	unsigned digits = 2u * in->key->size;
	uint32_t number;

	return hex_tail(raw, digits, &number) && number
		       ? arena_format(in->arena, "%0*lX", (int)digits, (unsigned long)number)
		       : SLICE("");
}

struct slice read_gbox_password(struct slice raw, struct intake *in)
{
	if (raw.len > 8) {
		raw.at += raw.len - 8;
		raw.len = 8;
	}
	return hex_word(raw, in->arena);
}

struct slice read_boxkey(struct slice raw, struct intake *in)
{
	return raw.len % 8 || raw.len > 32 ? SLICE("") : hex_word(raw, in->arena);
}

struct slice read_rsakey(struct slice raw, struct intake *in)
{
	return raw.len != 128 && raw.len != 240 ? SLICE("") : hex_word(raw, in->arena);
}

struct slice read_cwpkkey(struct slice raw, struct intake *in)
{
	return raw.len > 32 || raw.len % 2 ? SLICE("") : hex_word(raw, in->arena);
}

struct slice read_deskey(struct slice raw, struct intake *in)
{
	return raw.len % 16 || raw.len > 256 ? SLICE("") : hex_word(raw, in->arena);
}

/* `raw` as hexadecimal digits, where its length is right; else OSCam keeps nothing of it. */
static struct slice read_whole_key(struct slice raw, struct intake *in, bool right, const char *wants)
{
	struct slice kept = right ? hex_word(raw, in->arena) : SLICE("");

	if (kept.len == 0)
		lose(in, LOSS_DIGITS, raw, NULL,
			"OSCam wants %s in one word, and keeps nothing of this value", wants);
	return kept;
}

/* As many digits as the key has room for, no more and no less. */
struct slice read_exact_digits(struct slice raw, struct intake *in)
{
	const char *wants =
		in->losses ? arena_format(in->arena, "%u hexadecimal digits", 2u * in->key->size).at : "";

	return read_whole_key(raw, in, raw.len == 2u * in->key->size, wants);
}

enum { DES_DIGITS = 16, AES_DIGITS = 32 };

/* One key, or three times DES with two. */
struct slice read_des_key(struct slice raw, struct intake *in)
{
	return read_whole_key(
		raw, in, raw.len == DES_DIGITS || raw.len == 2 * DES_DIGITS, "16 or 32 hexadecimal digits");
}

/* Bytes, as many as there is room for. */
struct slice read_atr(struct slice raw, struct intake *in)
{
	struct slice bytes = raw;

	if (bytes.len > 2u * in->key->size)
		bytes.len = 2u * in->key->size;
	bytes.len -= bytes.len % 2;
	struct slice kept = hex_word(bytes, in->arena);
	if (kept.len == 0)
		lose(in, LOSS_DIGITS, raw, "Write pairs of hexadecimal digits in one word.",
			"OSCam cannot read the value");
	else if (kept.len < raw.len)
		lose(in, LOSS_DIGITS, raw, "Write pairs of hexadecimal digits in one word.",
			"the value has %zu digits: OSCam keeps the first %zu", raw.len, kept.len);
	return kept;
}

/* Keys for one CAID and provider; how many of them are none. */
static unsigned read_aes_item(struct slice item, struct intake *in, struct buffer *out)
{
	struct slice keys = item, card = slice_cut(&keys, ':'), provider = card, key;
	struct slice caid = slice_cut(&provider, '@');
	unsigned lost = 0;
	uint32_t number, ident;

	if (!keys.at || !provider.at || !hex_tail(caid, CAID_DIGITS, &number) ||
		!hex_tail(provider, IDENT_DIGITS, &ident))
		return 1;
	for (bool first = true; next_item(&keys, ',', &key);) {
		/* a key; 00 where there is none, FF where the card has it */
		bool whole = key.len == AES_DIGITS || slice_equal(key, SLICE("00")) ||
			     slice_equal_nocase(key, SLICE("FF"));
		struct slice kept = whole ? hex_word(key, in->arena) : SLICE("");
		lost += kept.len == 0;
		if (kept.len == 0)
			continue;
		if (first) {
			out_separate(out, ';');
			buffer_format(out, "%04X@%06X:", (unsigned)number, (unsigned)ident);
		} else {
			buffer_add_slice(out, SLICE(","));
		}
		buffer_add_slice(out, kept);
		first = false;
	}
	return lost;
}

/* Keys are not shown. */
void read_aes_card(struct slice item, struct intake *in, struct buffer *out)
{
	if (read_aes_item(item, in, out) > 0)
		lose(in, LOSS_DIGITS, item,
			"OSCam wants CAID@PROVIDER:KEY,KEY;CAID@PROVIDER:KEY, and 32 hexadecimal digits for "
			"each key.",
			"OSCam drops what is no key of 32 hexadecimal digits, or has no CAID and provider");
}
