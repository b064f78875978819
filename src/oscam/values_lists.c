/* OSCam's functions for lists of numbers: groups, CAIDs, filters, and what is set for each CAID. Items that
 * they cannot read vanish from the list. */
#include "cc2oscam/model.h"
#include "values.h"

enum { RETRY_LEAST = 50, CAID_VALUE_MOST = 9999 };
enum { CLASS_DIGITS = 2 };

/* ---- groups ---- */

static const char *group_hint(struct slice item)
{
	if (has_any(item, "#"))
		return "Put the comment on a line of its own.";
	if (has_any(item, "-"))
		return "OSCam knows no ranges: write each group, 1,2,3.";
	return has_any(item, "; ") ? "Write commas between the groups." : NULL;
}

/* The item as OSCam reads it from 2.26.04 on where it is built for 64 bits: a number as a whole; 0: none. */
static unsigned whole_group(struct slice item)
{
	uint64_t number;

	return parse_decimal(item, BITS_MOST, &number) ? (unsigned)number : 0;
}

/* The item as OSCam reads it before 2.26.04: only the digits in front count; 0: none. */
static unsigned group_prefix(struct slice item)
{
	int64_t number = number_prefix(item);

	return number >= 1 && number <= BITS_KNOWN ? (unsigned)number : 0;
}

/* `changed`: whether the target OSCams have the numbers of 2.26.04. */
static void lose_group(struct intake *in, struct slice item, enum knowledge changed)
{
	unsigned prefix = changed != KNOWN_BY_ALL ? group_prefix(item) : 0;
	struct slice what = shown_part(in, item);
	const char *hint = group_hint(item);

	if (whole_group(item) && changed == KNOWN_BY_ALL)
		lose(in, LOSS_VERSION, item, hint,
			"OSCam takes group %u where it is built for 64 bits, and drops it elsewhere",
			whole_group(item));
	else if (prefix)
		lose(in, LOSS_FORM, item, hint, "of \"%.*s\" OSCam takes group %u%s", SLICE_ARG(what), prefix,
			changed == KNOWN_BY_SOME ? ", and nothing from 2.26.04 on" : "");
	else
		lose(in, LOSS_FORM, item, hint, "OSCam drops \"%.*s\", which is not a number from 1 to %d%s",
			SLICE_ARG(what), changed == KNOWN_BY_ALL ? BITS_MOST : BITS_KNOWN,
			changed != KNOWN_BY_SOME ? ""
			: whole_group(item)
				? "; from 2.26.04 on it takes such a group where it is built for 64 bits"
				: ", or to 128 from 2.26.04 on");
}

/* Where the target OSCams do not read the list alike: all groups that any of them reads. */
struct slice read_groups(struct slice raw, struct intake *in)
{
	enum knowledge changed = target_knows(in->target, &numbers_of_2604);
	struct bits groups = {0, 0};
	struct slice item;

	while (next_item(&raw, ',', &item)) {
		unsigned before = group_prefix(item), after = whole_group(item);

		if (before && changed != KNOWN_BY_ALL)
			bits_add(&groups, before - 1);
		if (after && changed != KNOWN_BY_NONE)
			bits_add(&groups, after - 1);
		if (in->losses && item.len > 0 && (before != after || before == 0))
			lose_group(in, item, changed);
	}
	return groups_text(in->arena, groups);
}

/* ---- CAIDs ---- */

/* One CAID, mask or mapped CAID; an empty part gives `missing`. `wrong` becomes what is wrong with the part.
 */
static bool read_part(struct slice part, uint32_t missing, uint32_t *number, const char **wrong)
{
	if (!part.at) {
		*number = missing;
		return true;
	}
	part = oscam_trim(part);
	bool commas = has_any(part, "; ");
	if (!hex_tail(part, CAID_DIGITS, number)) {
		*wrong = commas ? "OSCam drops it; only commas stand between CAIDs" : "OSCam drops it";
		return false;
	}
	/* 0x in front, and zeros, do not matter: OSCam reads the last four digits */
	for (part = slice_without_0x(part); part.len > CAID_DIGITS && part.at[0] == '0';)
		part = slice_skip(part, 1);
	if (part.len > CAID_DIGITS)
		*wrong = commas ? "OSCam reads the last four digits; only commas stand between CAIDs"
				: "OSCam reads the last four digits";
	return true;
}

static void lose_short_caid(struct intake *in, struct slice item, struct slice caid, uint32_t number)
{
	if (!in->losses)
		return;
	const char *hint = arena_format(in->arena, "For all CAIDs that begin with %.*s write %02X00&FF00.",
		SLICE_ARG(caid), (unsigned)number)
				   .at;
	lose(in, LOSS_FORM, item, hint, "OSCam takes \"%.*s\" for the one CAID %04X", SLICE_ARG(item),
		(unsigned)number);
}

/* What is wrong with an item of a list, in the words of the program. */
static void lose_item(struct intake *in, struct slice item, const char *wrong, const char *hint)
{
	if (in->losses && in->target && target_is_ncam(in->target))
		wrong = ncam_text(in->arena, wrong);
	lose(in, LOSS_FORM, item, hint, "\"%.*s\": %s", SLICE_ARG(shown_part(in, item)), wrong);
}

/* CAID[&MASK][:MAPPED]; a CAID of 0 filters nothing. */
void read_caid(struct slice item, struct intake *in, struct buffer *out)
{
	struct slice mapped = item, mask = slice_cut(&mapped, ':'), caid = slice_cut(&mask, '&');
	uint32_t number = 0, bits = 0, target = 0;
	const char *wrong = NULL;
	bool fine = read_part(caid, 0, &number, &wrong) && read_part(mask, 0xffff, &bits, &wrong) &&
		    read_part(mapped, 0, &target, &wrong);

	if (!wrong && mapped.at && target == 0 && number > 0)
		wrong = "OSCam drops the CAID 0 behind the colon";
	if (wrong)
		lose_item(in, item, wrong, NULL);
	else if (number > 0 && oscam_trim(caid).len <= 2 && !mask.at)
		lose_short_caid(in, item, caid, number);
	if (!fine || number == 0)
		return;
	out_separate(out, ',');
	buffer_format(out, "%04X", (unsigned)number);
	if (bits != 0xffff)
		buffer_format(out, "&%04X", (unsigned)bits);
	if (target)
		buffer_format(out, ":%04X", (unsigned)target);
}

/* ---- CAID:PROVIDER,PROVIDER;CAID:PROVIDER ---- */

static bool has_prefix(struct slice text)
{
	return text.len > 2 && text.at[0] == '0' && to_lower(text.at[1]) == 'x';
}

static const char *wrong_filter(struct slice caid, struct slice providers, uint32_t *number)
{
	if (!providers.at)
		return "without a : OSCam drops it";
	if (has_prefix(caid))
		return "OSCam knows no 0x here, and drops it";
	if (!parse_hex(caid, CAID_DIGITS, number) || *number == 0)
		return "OSCam drops it, for this is no CAID";
	return oscam_trim(providers).len == 0 ? "without a provider OSCam drops it" : NULL;
}

static const char *wrong_provider(struct slice provider, int count, uint32_t *number)
{
	if (count >= PROVIDERS_MAX)
		return "OSCam keeps 32 of a CAID, and drops it";
	if (has_prefix(provider))
		return "OSCam knows no 0x here, and drops it";
	if (has_any(provider, ":"))
		return "OSCam drops it; only semicolons stand between CAIDs";
	return parse_hex(provider, IDENT_DIGITS, number) ? NULL : "OSCam drops it";
}

/* One CAID with its providers; nothing is written when one of them is missing. */
void read_filter(struct slice item, struct intake *in, struct buffer *out)
{
	struct slice providers = item, caid = oscam_trim(slice_cut(&providers, ':')), provider;
	uint32_t number, ident;
	const char *wrong = wrong_filter(caid, providers, &number);
	int count = 0;

	if (wrong) {
		lose_item(in, item, wrong, NULL);
		return;
	}
	while (next_item(&providers, ',', &provider)) {
		if (provider.len == 0)
			continue;
		wrong = wrong_provider(provider, count, &ident);
		if (wrong)
			lose_item(in, provider, wrong, NULL);
		if (count >= PROVIDERS_MAX)
			return; /* said once for all that follow */
		if (wrong)
			continue;
		if (count == 0) {
			out_separate(out, ';');
			buffer_format(out, "%04X:", (unsigned)number);
		}
		buffer_format(out, "%s%06X", count ? "," : "", (unsigned)ident);
		count++;
	}
}

/* ---- CAID:NUMBER,CAID:NUMBER ---- */

static const char *wrong_caid_value(struct slice caid, struct slice number, uint32_t *which)
{
	if (!number.at)
		return "without a CAID and a : OSCam drops it";
	if (!hex_tail(oscam_trim(caid), CAID_DIGITS, which) || *which == 0)
		return "OSCam drops it, for this is no CAID";
	return number_prefix(number) > CAID_VALUE_MOST ? "OSCam drops a number above 9999" : NULL;
}

static struct slice read_caid_numbers(struct slice raw, struct intake *in, int64_t least)
{
	struct slice item;
	struct buffer out = {.arena = in->arena};

	while (next_item(&raw, ',', &item)) {
		struct slice number = item, caid = slice_cut(&number, ':');
		uint32_t which;
		const char *wrong = item.len > 0 ? wrong_caid_value(caid, number, &which) : "";

		if (wrong) {
			if (*wrong)
				lose_item(
					in, item, wrong, "Write CAID:NUMBER for each, with commas between.");
			continue;
		}
		int64_t kept = number_prefix(number);
		uint64_t plain;
		if (kept < least)
			kept = least;
		if (kept != number_prefix(number) || !parse_decimal(oscam_trim(number), INT32_MAX, &plain))
			lose(in, LOSS_NUMBER, item, NULL, "of \"%.*s\" OSCam makes %0*X:%ld",
				SLICE_ARG(shown_part(in, item)), which < 0x100 ? 2 : 4, (unsigned)which,
				(long)kept);
		out_separate(&out, ',');
		buffer_format(&out, "%0*X:%ld", which < 0x100 ? 2 : 4, (unsigned)which, (long)kept);
	}
	return buffer_slice(&out);
}

struct slice read_caid_values(struct slice raw, struct intake *in)
{
	return read_caid_numbers(raw, in, INT32_MIN);
}

/* OSCam raises a number of milliseconds that is too small. */
struct slice read_retry_limits(struct slice raw, struct intake *in)
{
	return read_caid_numbers(raw, in, RETRY_LEAST);
}

/* ---- CAID.SRVID[:CAID] ---- */

/* Only the digits that stand last are looked at for a mistake; what is wrong before them is read as 1F1F. */
static uint32_t tunnel_part(struct slice part)
{
	uint32_t number;

	part = oscam_trim(part);
	return part.len == 0 ? 0 : hex_tail(part, CAID_DIGITS, &number) ? number : CAID_WRONG;
}

static bool is_plain_tunnel(struct slice caid, struct slice service, struct slice target)
{
	uint32_t unused;

	return parse_hex(oscam_trim(caid), CAID_DIGITS, &unused) &&
	       parse_hex(oscam_trim(service), CAID_DIGITS, &unused) &&
	       (!target.at || parse_hex(oscam_trim(target), CAID_DIGITS, &unused));
}

void read_tunnel(struct slice item, struct intake *in, struct buffer *out)
{
	struct slice target = item, service = slice_cut(&target, ':'), caid = slice_cut(&service, '.');
	struct slice last = target.at ? target : service;
	uint32_t unused;

	if (!service.at || (oscam_trim(last).len > 0 && !hex_tail(oscam_trim(last), CAID_DIGITS, &unused))) {
		lose(in, LOSS_FORM, item, NULL, "OSCam drops \"%.*s\"", SLICE_ARG(shown_part(in, item)));
		return;
	}
	uint32_t from = tunnel_part(caid), srvid = tunnel_part(service),
		 to = target.at ? tunnel_part(target) : 0;
	/* MMMM in place of the service is what guides write, and what OSCam saves as 1F1F */
	bool mask = slice_equal_nocase(oscam_trim(service), SLICE("MMMM")) &&
		    is_plain_tunnel(caid, SLICE("FFFF"), target);
	if (!is_plain_tunnel(caid, service, target))
		lose(in, mask ? LOSS_SPELLING : LOSS_FORM, item,
			"FFFF stands for every service: 1833.FFFF:1702.",
			"of \"%.*s\" OSCam makes %04X.%04X:%04X", SLICE_ARG(shown_part(in, item)),
			(unsigned)from, (unsigned)srvid, (unsigned)to);
	out_separate(out, ',');
	buffer_format(out, "%04X.%04X", (unsigned)from, (unsigned)srvid);
	if (to)
		buffer_format(out, ":%04X", (unsigned)to);
}

/* ---- lists of hexadecimal numbers ---- */

/* 0b to take, !0b to block. A byte that is none is read as 1F. */
void read_class(struct slice item, struct intake *in, struct buffer *out)
{
	bool blocks = item.at[0] == '!';
	struct slice digits = slice_skip(item, blocks);
	uint32_t number = CLASS_WRONG;

	if (!parse_hex(digits, CLASS_DIGITS, &number)) {
		number = hex_tail(digits, 2 * CLASS_DIGITS, &number) ? number & 0xff : CLASS_WRONG;
		lose(in, LOSS_FORM, item, NULL, "OSCam takes \"%.*s\" for %s%02x",
			SLICE_ARG(shown_part(in, item)), blocks ? "!" : "", (unsigned)number);
	}
	out_separate(out, ',');
	buffer_format(out, "%s%02x", blocks ? "!" : "", (unsigned)number);
}

static struct slice read_hex_list(struct slice raw, unsigned digits, struct intake *in)
{
	struct slice item;
	uint32_t number;
	struct buffer out = {.arena = in->arena};

	while (next_item(&raw, ',', &item)) {
		if (item.len == 0)
			continue;
		if (!hex_tail(item, digits, &number)) {
			lose(in, LOSS_FORM, item, NULL, "OSCam drops \"%.*s\"",
				SLICE_ARG(shown_part(in, item)));
			continue;
		}
		if (item.len > digits && !has_prefix(item))
			lose(in, LOSS_FORM, item, NULL, "of \"%.*s\" OSCam reads the last %u digits",
				SLICE_ARG(shown_part(in, item)), digits);
		out_separate(&out, ',');
		buffer_format(&out, "%0*lX", (int)digits, (unsigned long)number);
	}
	return buffer_slice(&out);
}

struct slice read_list16(struct slice raw, struct intake *in)
{
	return read_hex_list(raw, CAID_DIGITS, in);
}

struct slice read_list24(struct slice raw, struct intake *in)
{
	return read_hex_list(raw, IDENT_DIGITS, in);
}
