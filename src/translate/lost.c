/* Options that cannot be read. CCcam's default might open what such a line closes: where the line may close
 * something, it is closed, for nobody else may get more than CCcam gave. */
#include "local.h"

/* The number by which an option closes the most, and what that does. */
struct closing {
	enum directive_id option, closes;
	int64_t number;
	bool unless_open; /* also when the value says nothing clear */
	const char *effect;
};

static const struct closing closings[] = {{DIRECTIVE_SERVER_LISTEN_PORT, DIRECTIVE_SERVER_LISTEN_PORT, 0,
						  false, "OSCam opens no port for friends"},
	{DIRECTIVE_ALLOW_WEBINFO, DIRECTIVE_ALLOW_WEBINFO, 0, true, "the web page stays off"},
	{DIRECTIVE_WEBINFO_USERNAME, DIRECTIVE_ALLOW_WEBINFO, 0, true, "the web page stays off"},
	{DIRECTIVE_WEBINFO_PASSWORD, DIRECTIVE_ALLOW_WEBINFO, 0, true, "the web page stays off"},
	{DIRECTIVE_DVB_API, DIRECTIVE_DVB_API, -1, false, "the tuner's interface stays off"},
	{DIRECTIVE_SCIDEVICES, DIRECTIVE_SCIDEVICES, 0, false, "no internal slot is used"},
	{DIRECTIVE_DISABLE_EMM, DIRECTIVE_DISABLE_EMM, 1, false, "the tuner's account gets no au"},
	{DIRECTIVE_GLOBAL_EMM, DIRECTIVE_GLOBAL_EMM, 0, false, "the card readers take no global EMM"}};

static struct slice first_word(struct slice text)
{
	size_t len = 0;

	text = slice_trim(text);
	while (len < text.len && !is_blank(text.at[len]) && text.at[len] != '#')
		len++;
	while (len > 0 && (text.at[len - 1] == ';' || text.at[len - 1] == ',' || text.at[len - 1] == '"'))
		len--;
	return (struct slice){text.at, len};
}

static bool says_closed(const struct closing *closing, struct slice word)
{
	static const char on[] = "yes y on true 1 enable enabled",
			  off[] = "no n off false none disable disabled 0 -1";
	bool yesno = directive_at(closing->option)->shape == SHAPE_YESNO;

	if (closing->unless_open)
		return word.len > 0 && (!yesno || !slice_in_list(word, on, ' '));
	if (closing->number == -1 && slice_equal(word, SLICE("0"))) /* DVB API : 0 is a real interface */
		return false;
	return slice_in_list(word, closing->number == 1 ? on : off, ' ');
}

void take_lost(struct translator *t, const struct statement *s)
{
	struct statement lost = *s;
	struct slice value = s->text; /* what stands behind the option's name */
	const struct closing *closing = NULL;

	(void)slice_cut(&value, ':');
	if (!value.at)
		value = (struct slice){s->text.at, 0};
	if (s->meant) {
		lost.directive = s->meant;
		value = s->value;
	}
	lost.fate = FATE_REJECTED;
	enum directive_id id = directive_id(lost.directive);
	for (size_t i = 0; i < sizeof closings / sizeof *closings && !closing; i++)
		closing = closings[i].option == id ? &closings[i] : NULL;
	bool list = !s->meant || memchr(value.at, '{', value.len);
	if (id == DIRECTIVE_GLOBAL_LIMITS && (list || memchr(value.at, ':', value.len))) {
		t->lost_limits = s->line.number;
	} else if (limits_channels(&lost) && (list || lost.device.len > 0)) {
		take_device_option(t, &lost);
	} else if (closing && says_closed(closing, first_word(value))) {
		t->lost[id] = arena_alloc(t->arena, sizeof lost);
		*t->lost[id] = lost;
	}
}

/* An earlier line of the same option does not count any more, even if it can be read. */
static void close_option(struct translator *t, const struct closing *closing, const struct statement *lost)
{
	struct statement *earlier = t->options[closing->closes];

	if (earlier && earlier->number == closing->number)
		return;
	say(t, lost, CODE_OPTION_LOST, NULL, "%s cannot be read, so %s", lost->directive->keyword,
		closing->effect);
	if (earlier) {
		say(t, earlier, CODE_OPTION_LOST, NULL, "%s on line %lu cannot be read, so %s",
			lost->directive->keyword, (unsigned long)lost->line.number, closing->effect);
		leave_out(t, earlier, FATE_UNSUPPORTED);
	}
	struct statement *closed = arena_alloc(t->arena, sizeof *closed);
	*closed = *lost;
	closed->directive = directive_at(closing->closes);
	closed->number = closing->number;
	t->options[closing->closes] = closed;
}

void use_lost_options(struct translator *t)
{
	for (size_t i = 0; i < sizeof closings / sizeof *closings; i++)
		if (t->lost[closings[i].option])
			close_option(t, &closings[i], t->lost[closings[i].option]);
}
