/* Templates list the keys that the translation sets. Those that the user wants beside them are put into the
 * finished sections, each in its place among the others, as OSCam's own writer would write them. */
#include "complete.h"

#include <string.h>

#include "cc2oscam/protocols.h"
#include "view.h"

struct completion {
	const struct emission *emission;
	const struct sink *sink;
	struct oscam_reading reading;
	struct buffer unfinished; /* a line that has not ended yet */
	struct buffer held;       /* the lines of the section at hand */
	enum section_kind kind;   /* of that section, as its protocol says */
	int status;
};

static enum section_kind kind_of_protocol(struct slice word)
{
	const struct protocol *protocol = protocol_find(word);

	return protocol ? protocol->kind : KIND_LOCAL;
}

static void pass_on(struct completion *c, struct slice text)
{
	if (c->status == 0 && text.len > 0)
		c->status = c->sink->write(c->sink->context, text.at, text.len);
}

/* The last wish for each key counts; a wish for OSCam's own default is none. */
static const struct wanted_key *wish_for(const struct completion *c, enum schema_key_id key)
{
	for (size_t i = c->emission->wanted_count; i > 0; i--) {
		const struct wanted_key *wanted = &c->emission->wanted[i - 1];
		if (wanted->key == key && (wanted->kind == KIND_REMARK || wanted->kind == c->kind))
			return schema_is_initial(key, wanted->value) ? NULL : wanted;
	}
	return NULL;
}

static void write_wish(struct completion *c, const struct wanted_key *wanted)
{
	struct buffer line = {0};

	buffer_format(&line, "%-30s= ", schema_key(wanted->key)->name);
	if (c->emission->redact && view_hides(wanted->key, wanted->value))
		buffer_format(&line, VIEW_HIDDEN);
	else
		buffer_add_slice(&line, wanted->value);
	buffer_add(&line, "\n", 1);
	pass_on(c, buffer_slice(&line));
	buffer_free(&line);
}

/* The wishes for keys of this section from `from` up to but without `to`. */
static void write_wishes(struct completion *c, unsigned from, unsigned to)
{
	for (unsigned key = from; key < to; key++) {
		const struct wanted_key *wanted = wish_for(c, (enum schema_key_id)key);
		if (wanted && schema_key((enum schema_key_id)key)->section == c->reading.section)
			write_wish(c, wanted);
	}
}

static struct slice next_line(struct slice *text)
{
	const char *feed = text->len ? memchr(text->at, '\n', text->len) : NULL;
	struct slice line = {text->at, feed ? (size_t)(feed - text->at) + 1 : text->len};

	text->at += line.len;
	text->len -= line.len;
	return line;
}

/* The section is complete: its lines go out, the wishes between them. Keys that stand there already were
 * written with the wanted value. */
static void end_section(struct completion *c)
{
	struct slice left = buffer_slice(&c->held), line;
	unsigned next = KEY_NONE + 1;
	bool open = c->reading.section != SECTION_NONE && c->held.len > 0;

	while (left.len > 0) {
		line = next_line(&left);
		struct oscam_reading copy = c->reading;
		struct oscam_line read = oscam_reading_line(&copy, line);
		if (open && read.event == OSCAM_SETTING && read.key >= next) {
			write_wishes(c, next, read.key);
			next = read.key + 1U;
		} else if (open && slice_equal(slice_trim(line), SLICE("\n"))) {
			write_wishes(c, next, KEY_COUNT);
			open = false;
		}
		pass_on(c, line);
	}
	if (open)
		write_wishes(c, next, KEY_COUNT);
	c->held.len = 0;
	c->kind = KIND_REMARK;
}

static void take_line(struct completion *c, struct slice line)
{
	struct oscam_reading before = c->reading;
	struct oscam_line read = oscam_reading_line(&c->reading, line);

	if (read.event == OSCAM_SECTION || read.event == OSCAM_UNKNOWN_SECTION) {
		struct oscam_reading after = c->reading;
		c->reading = before;
		end_section(c);
		c->reading = after;
		pass_on(c, line);
		return;
	}
	if (read.event == OSCAM_SETTING && read.key == KEY_reader_protocol)
		c->kind = kind_of_protocol(read.value);
	buffer_add_slice(&c->held, line);
}

static int complete_text(void *context, const char *text, size_t len)
{
	struct completion *c = context;
	struct slice left = {text, len};

	while (left.len > 0) {
		struct slice line = next_line(&left);
		bool ended = line.at[line.len - 1] == '\n';
		if (!ended || c->unfinished.len > 0)
			buffer_add_slice(&c->unfinished, line);
		if (!ended)
			break;
		take_line(c, c->unfinished.len > 0 ? buffer_slice(&c->unfinished) : line);
		c->unfinished.len = 0;
	}
	return c->status;
}

int complete_file(const struct emission *emission, enum oscam_file file, const struct sink *sink,
	int (*render)(const struct emission *, enum oscam_file, const struct sink *))
{
	struct completion c = {.emission = emission, .sink = sink};
	struct sink through = {complete_text, &c};

	if (emission->wanted_count == 0)
		return render(emission, file, sink);
	oscam_reading_start(&c.reading, file);
	c.reading.section = SECTION_NONE;
	int result = render(emission, file, &through);
	if (result == 0) {
		if (c.unfinished.len > 0)
			take_line(&c, buffer_slice(&c.unfinished));
		end_section(&c);
		result = c.status;
	}
	buffer_free(&c.unfinished);
	buffer_free(&c.held);
	return result;
}
