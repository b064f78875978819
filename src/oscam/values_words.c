/* OSCam's functions for words, labels, hosts and the small groups of numbers. */
#include "cc2oscam/protocols.h"
#include "values.h"

const char *const box_types[] = {"generic", "dreambox", "duckbox", "ufs910", "dbox2", "ipbox", "ipbox-pmt",
	"dm7000", "qboxhd", "coolstream", "neumo", "pc", "pc-nodmx", "samygo", NULL};

static const char *const DETECTIONS[] = {
	"cd", "dsr", "cts", "ring", "none", "gpio1", "gpio2", "gpio3", "gpio4", "gpio5", "gpio6", "gpio7"};

/* The words of `allowedprotocols`: those of the listeners with a login, and those without. */
static const char *const LISTENERS[] = {
#define CC2OSCAM_LISTENER(port, address, transport, form, whose, word, other) word, other,
#include "cc2oscam/listeners.def"
#undef CC2OSCAM_LISTENER
	"csp", "gbox", "radegast", "dvbapi", "constcw", "serial"};

enum { SHORTEST_PROTOCOLS = 4, DYNAMIC_HOSTS = 3 };

#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* The word's number in a table of words, in which NULL is none; or `count`. */
static size_t find_word(const char *const *words, size_t count, struct slice word)
{
	size_t i = 0;

	while (i < count && !(words[i] && slice_equal(slice_of(words[i]), word)))
		i++;
	return i;
}

static struct slice cut_to(struct slice text, size_t most)
{
	if (text.len > most)
		text.len = most;
	return text;
}

struct slice read_nothing(struct slice raw, struct intake *in)
{
	(void)raw, (void)in;
	return SLICE("");
}

struct slice read_label(struct slice raw, struct intake *in)
{
	struct buffer out = {.arena = in->arena};

	lose_length(in, "label", raw, LABEL_MAX);
	raw = cut_to(raw, LABEL_MAX);
	if (!has_any(raw, " "))
		return raw;
	buffer_add_slice(&out, raw);
	for (size_t i = 0; i < out.len; i++)
		if (out.at[i] == ' ')
			out.at[i] = '_';
	lose(in, LOSS_VALUE, raw, NULL, "OSCam calls it %.*s", SLICE_ARG(buffer_slice(&out)));
	return buffer_slice(&out);
}

struct slice read_protocol(struct slice raw, struct intake *in)
{
	const struct protocol *protocol = protocol_of(NULL, raw);

	(void)in;
	return protocol ? slice_of(protocol->kept) : SLICE("");
}

/* A word that OSCam does not know becomes another one. */
static struct slice keep_word(struct intake *in, struct slice raw, const char *kept)
{
	if (!slice_equal_nocase(raw, slice_of(kept)))
		lose(in, LOSS_VALUE, raw, NULL, "OSCam does not know the word, and takes %s", kept);
	return slice_of(kept);
}

struct slice read_boxtype(struct slice raw, struct intake *in)
{
	size_t box = find_word(box_types, LENGTH(box_types), raw);

	return keep_word(in, raw, box_types[box < LENGTH(box_types) ? box : 0]);
}

struct slice read_detect(struct slice raw, struct intake *in)
{
	struct slice word = raw;

	if (word.at[0] == '!')
		word = slice_skip(word, 1);
	bool known = find_word(DETECTIONS, LENGTH(DETECTIONS), word) < LENGTH(DETECTIONS);
	return known ? raw : keep_word(in, raw, DETECTIONS[0]);
}

/* Host, port and local port. Numbers are read by their first digits and not checked; a zero port at the end
 * is as good as none. */
/* host,port as nearly all readers have it: nothing to cut, nothing to trim. */
static bool is_plain_device(struct slice raw)
{
	struct slice port = raw, host = slice_cut(&port, ',');
	uint64_t number;

	return host.len > 0 && host.len <= HOST_MAX && (unsigned char)host.at[0] > ' ' &&
	       (unsigned char)host.at[host.len - 1] > ' ' && port.len > 0 && port.at[0] != '0' &&
	       parse_decimal(port, UINT16_MAX, &number);
}

struct slice read_device(struct slice raw, struct intake *in)
{
	if (is_plain_device(raw))
		return raw;

	struct slice part = SLICE("");
	struct buffer out = {.arena = in->arena};
	int32_t port[2] = {0, 0};

	(void)next_item(&raw, ',', &part);
	if (part.len == 0)
		return part;
	lose_length(in, "the host", part, HOST_MAX);
	buffer_add_slice(&out, cut_to(part, HOST_MAX));
	for (int i = 0; i < 2 && next_item(&raw, ',', &part); i++) {
		int64_t number = number_prefix(part);
		port[i] = number < INT32_MIN || number > INT32_MAX ? 0 : (int32_t)number;
	}
	if (port[0] || port[1])
		buffer_format(&out, ",%ld", (long)port[0]);
	if (port[1])
		buffer_format(&out, ",%ld", (long)port[1]);
	return buffer_slice(&out);
}

/* A label of oscam.services, with `!` in front for a denied service. Whether the service exists is not known
 * here. */
void read_service(struct slice label, struct intake *in, struct buffer *out)
{
	if (has_any(label, ";"))
		lose(in, LOSS_FORM, label, "Write the names of the sections with commas between.",
			"\"%.*s\": only commas stand between names", SLICE_ARG(shown_part(in, label)));
	out_separate(out, ',');
	buffer_add_slice(out, arena_lower(in->arena, label));
}

struct slice read_hosts(struct slice raw, struct intake *in)
{
	struct slice host;
	struct buffer out = {.arena = in->arena};

	for (int i = 0; next_item(&raw, ',', &host);) {
		if (host.len == 0)
			continue;
		if (i == DYNAMIC_HOSTS) {
			lose(in, LOSS_FORM, host, "Write at most 3 hosts.",
				"OSCam keeps %d hosts, and none from here on", DYNAMIC_HOSTS);
			break;
		}
		out_separate(&out, ',');
		buffer_add_slice(&out, host);
		i++;
	}
	return buffer_slice(&out);
}

/* Reader labels. They are not trimmed and no label has a space, so that one with a space finds no reader. */
struct slice read_au(struct slice raw, struct intake *in)
{
	struct buffer out = {.arena = in->arena};

	if (slice_in_list(raw, "2 3 true yes on all false no off", ' ')) /* 0 is what people write for none */
		lose(in, LOSS_VALUE, raw, NULL, "OSCam takes it for a label; only 1 means all readers");
	while (raw.at) {
		struct slice label = slice_cut(&raw, ',');

		if (has_any(label, " \t"))
			lose(in, LOSS_FORM, label, NULL,
				"OSCam takes the blanks %s \"%.*s\" for a part of the label, and finds "
				"no reader",
				slice_trim(label).len < label.len ? "around" : "in",
				SLICE_ARG(shown_part(in, slice_trim(label))));
		if (label.len == 0 || has_any(label, " "))
			continue;
		out_separate(&out, ',');
		buffer_add_slice(&out, label);
	}
	return buffer_slice(&out);
}

/* `nothing` is left of all words. */
static void lose_protocols(struct intake *in, struct slice words, bool nothing)
{
	while (in->losses && words.at) {
		struct slice word = slice_cut(&words, ',');
		if (word.len == 0 || find_word(LISTENERS, LENGTH(LISTENERS), word) < LENGTH(LISTENERS))
			continue;
		lose(in, LOSS_FORM, word,
			has_any(word, " \t") ? "Write the words with commas and no blanks between." : NULL,
			nothing ? "\"%.*s\" is not known; nothing is left, and OSCam allows everything"
				: "\"%.*s\" is not known, and OSCam leaves it out",
			SLICE_ARG(shown_part(in, word)));
	}
}

struct slice read_protocols(struct slice raw, struct intake *in)
{
	bool named[LENGTH(LISTENERS)] = {false};
	struct slice rest = raw;
	struct buffer out = {.arena = in->arena};

	if (raw.len < SHORTEST_PROTOCOLS) {
		lose(in, LOSS_VALUE, raw, NULL, "OSCam ignores so short a text, and allows everything");
		return SLICE("");
	}
	while (rest.at) {
		size_t i = find_word(LISTENERS, LENGTH(LISTENERS), slice_cut(&rest, ','));

		if (i == LENGTH(LISTENERS) || named[i])
			continue;
		named[i] = true;
		out_separate(&out, ',');
		buffer_add_slice(&out, slice_of(LISTENERS[i]));
	}
	struct slice kept = out.len < SHORTEST_PROTOCOLS ? SLICE("") : buffer_slice(&out);
	lose_protocols(in, raw, kept.len == 0);
	return kept;
}

/* The number at the start of a text, from `lowest` to the largest number that OSCam can hold. */
static long count_of(struct slice text, int64_t lowest)
{
	int64_t number = number_prefix(text);

	return (long)(number < lowest ? lowest : number > INT32_MAX ? INT32_MAX : number);
}

struct slice read_http_port(struct slice raw, struct intake *in)
{
	struct buffer out = {.arena = in->arena};
	struct slice port = port_without_plus(raw);

	buffer_format(&out, "%s%ld", port.len < raw.len ? "+" : "", count_of(port, 0));
	return buffer_slice(&out);
}

/* use,rewrites,log[,device]: what is missing is 0, and rewrites are at least 1. Without the cache it does not
 * matter how often an EMM is written. */
struct slice read_emmcache(struct slice raw, struct intake *in)
{
	struct slice rest = raw, item;
	struct buffer out = {.arena = in->arena};
	int count = 0;
	bool same = true, plain = true;
	uint64_t number;

	for (; count < 4 && next_item(&rest, ',', &item); count++) {
		long kept = count_of(item, count == 1);
		plain &= parse_decimal(item, INT32_MAX, &number);
		same &= plain && (long)number == kept;
		out_separate(&out, ',');
		buffer_format(&out, "%ld", kept);
	}
	for (; count < 3; count++)
		buffer_add_slice(&out, count == 1 ? SLICE(",1") : SLICE(",0"));
	if (!plain || (number_prefix(raw) != 0 && (!same || rest.at)))
		lose(in, LOSS_NUMBER, raw, "OSCam wants use,rewrites,log.", "OSCam makes %.*s of it",
			SLICE_ARG(buffer_slice(&out)));
	return buffer_slice(&out);
}

/* Two numbers, both positive or nothing. */
struct slice read_cooldown(struct slice raw, struct intake *in)
{
	struct slice second = raw, first = slice_cut(&second, ',');
	int64_t delay = number_prefix(first), duration = number_prefix(second);
	uint64_t unused;
	struct buffer out = {.arena = in->arena};

	if (delay > 0 && delay <= INT32_MAX && duration > 0 && duration <= INT32_MAX)
		buffer_format(&out, "%ld,%ld", (long)delay, (long)duration);
	else if (!slice_equal(raw, SLICE("0,0"))) /* so OSCam saves none */
		lose(in, LOSS_VALUE, raw, "Write two positive numbers of seconds, like 5,60.",
			"OSCam keeps nothing of it");
	if (out.len > 0 && !(parse_decimal(oscam_trim(first), INT32_MAX, &unused) &&
				   parse_decimal(oscam_trim(second), INT32_MAX, &unused)))
		lose(in, LOSS_NUMBER, raw, NULL, "OSCam makes %.*s of it", SLICE_ARG(buffer_slice(&out)));
	return buffer_slice(&out);
}

static bool is_length(struct slice item)
{
	size_t at = 0;

	while (at < item.len && is_digit(item.at[at]))
		at++;
	if (at > 0 && at < item.len && item.at[at] == '-')
		at++;
	while (at < item.len && is_digit(item.at[at]))
		at++;
	return at == item.len && is_digit(item.at[0]);
}

/* 1, 10-20 or 30-: numbers of bytes. */
void read_length(struct slice item, struct intake *in, struct buffer *out)
{
	struct slice most = item, least = slice_cut(&most, '-');
	size_t start = out->len;

	if (number_prefix(least) > 0 || is_length(item)) {
		out_separate(out, ',');
		buffer_format(out, "%ld%s", (long)number_prefix(least), most.at ? "-" : "");
		if (number_prefix(most) > 0)
			buffer_format(out, "%ld", (long)number_prefix(most));
	}
	if (!is_length(item))
		lose(in, LOSS_FORM, item, "Write numbers of bytes, or ranges: 1,10-20.",
			out->len == start ? "OSCam drops \"%.*s\""
					  : "OSCam reads the numbers of \"%.*s\" only",
			SLICE_ARG(shown_part(in, item)));
}

enum { NANO_FIRST = 0x80, NANOS = 16, NANOS_ALL = 0xffff };

/* 80 to 8f; OSCam takes 00 to 0f for the same. -1: OSCam drops it. */
static int nano_of(struct slice item)
{
	uint32_t number;

	if (item.len != 2 || !parse_hex(item, 2, &number) || (number & ~(uint32_t)NANO_FIRST) >= NANOS)
		return -1;
	return (int)(number % NANO_FIRST);
}

/* 82,83 or all: kinds of EMM. */
struct slice read_nanos(struct slice raw, struct intake *in)
{
	struct buffer out = {.arena = in->arena};
	struct slice item;
	unsigned nanos = 0;

	if (slice_equal(raw, SLICE("all")))
		return raw;
	while (next_item(&raw, ',', &item)) {
		int nano = nano_of(item);
		if (nano >= 0)
			nanos |= 1U << nano;
		else if (item.len > 0)
			lose(in, LOSS_FORM, item,
				"Write numbers from 80 to 8f, like 82,83; or only the word all.",
				"OSCam drops \"%.*s\"", SLICE_ARG(shown_part(in, item)));
	}
	if (nanos == NANOS_ALL)
		return SLICE("all");
	for (unsigned i = 0; i < NANOS; i++) {
		if (nanos >> i & 1) {
			out_separate(&out, ',');
			buffer_format(&out, "%02x", NANO_FIRST + i);
		}
	}
	return buffer_slice(&out);
}
