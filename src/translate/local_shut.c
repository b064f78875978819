/* Card readers of the receiver that stay disabled: their list of channels is lost, so they would answer for
 * channels that they must not answer for. A line that writes the device in another
 * way disables the reader on that device; a line without a clear device disables every reader without a list.
 */
#include "local.h"

bool limits_channels(const struct statement *s)
{
	enum directive_id id = directive_id(s->directive);

	return id == DIRECTIVE_SMARTCARD_SID_ASSIGN || id == DIRECTIVE_SMARTCARD_SID_REJECT ||
	       id == DIRECTIVE_SID_LIMIT;
}

static const char *what_is_lost(const struct statement *s)
{
	return directive_id(s->directive) == DIRECTIVE_SID_LIMIT ? "the limit of channels"
								 : "the list of channels";
}

static enum fate lost_fate(const struct statement *s)
{
	return s->fate == FATE_REJECTED ? FATE_REJECTED : FATE_UNSUPPORTED;
}

static void shut(struct translator *t, const struct statement *s, struct section *reader)
{
	section_set_number(t->model, reader, KEY_reader_enable, 0);
	reader->shut = true;
	ledger_made(t->ledger, s->line.number, reader);
}

enum fate shut_reader(struct translator *t, const struct statement *s, struct section *reader)
{
	shut(t, s, reader);
	say(t, s, CODE_CHANNELS_LOST, s->device.at, "%s is lost, so the reader on %.*s is not enabled",
		what_is_lost(s), SLICE_ARG(section_get(reader, KEY_reader_device)));
	return lost_fate(s);
}

/* The name of a device without its folder, and without signs that cannot be part of a name. */
static struct slice device_name(struct slice device)
{
	static const char signs[] = ",;:'\"/-.|*[]";

	while (device.len > 0 && strchr(signs, device.at[device.len - 1]))
		device.len--;
	while (device.len > 0 && strchr(signs, device.at[0]))
		device = slice_skip(device, 1);
	return device.len > 4 && slice_starts_nocase(device, SLICE("dev/")) ? slice_skip(device, 4) : device;
}

/* The device's name without the number of the slot. */
static struct slice whole_name(const struct section *reader)
{
	struct slice name = device_name(section_get(reader, KEY_reader_device));

	if (name.len > 2 && slice_equal(section_get(reader, KEY_reader_protocol), SLICE("sc8in1")))
		name.len -= 2;
	return name;
}

/* "sci" of sci0 and of sci*. */
static struct slice name_stem(struct slice name)
{
	while (name.len > 0 && is_digit(name.at[name.len - 1]))
		name.len--;
	return name;
}

static bool has_stem(const struct translator *t, struct slice stem)
{
	table_each (walk, &t->device_stems, slice_hash_nocase(stem, 0)) {
		const struct section *reader = list_at(&t->model->readers, walk.number);
		struct slice name = device_name(section_get(reader, KEY_reader_device));
		if (slice_equal_nocase(name_stem(name), stem))
			return true;
	}
	return false;
}

/* All readers of our own by their names, also by those without a number; those with slots also without. */
static void find_names(struct translator *t)
{
	t->names_found = true;
	table_init(&t->device_names, t->arena, t->device_readers);
	table_init(&t->device_stems, t->arena, t->device_readers);
	for (uint32_t i = 0; i < t->model->readers.count; i++) {
		const struct section *reader = list_at(&t->model->readers, i);
		if (reader->kind != KIND_LOCAL)
			continue;
		struct slice name = device_name(section_get(reader, KEY_reader_device)),
			     whole = whole_name(reader);
		table_add(&t->device_names, slice_hash_nocase(name, 0), i);
		if (whole.len < name.len)
			table_add(&t->device_names, slice_hash_nocase(whole, 0), i);
		if (!has_stem(t, name_stem(name)))
			table_add(&t->device_stems, slice_hash_nocase(name_stem(name), 0), i);
	}
}

static enum fate shut_named(struct translator *t, const struct statement *s, struct slice name)
{
	struct section *first = NULL;
	uint32_t count = 0;

	table_each (walk, &t->device_names, slice_hash_nocase(name, 0)) {
		struct section *reader = list_at(&t->model->readers, walk.number);
		if (!slice_equal_nocase(device_name(section_get(reader, KEY_reader_device)), name) &&
			!slice_equal_nocase(whole_name(reader), name))
			continue;
		shut(t, s, reader);
		first = first ? first : reader;
		count++;
	}
	if (count == 1)
		return shut_reader(t, s, first);
	if (count > 1)
		say(t, s, CODE_CHANNELS_LOST, s->device.at,
			"%s is lost, so none of the %lu readers on %.*s is enabled", what_is_lost(s),
			(unsigned long)count, SLICE_ARG(whole_name(first)));
	return count > 0 ? lost_fate(s) : FATE_NONE;
}

/* The readers are disabled when all lists are known; the finding at the first of these lines names them. */
static enum fate shut_others_later(struct translator *t, const struct statement *s)
{
	if (t->device_readers == 0)
		return FATE_NONE;
	if (t->shutting) {
		say(t, s, CODE_CHANNELS_LOST, NULL, "%s is lost and its device is not known; see line %lu",
			what_is_lost(s), (unsigned long)t->shutting->line.number);
	} else {
		t->shutting = arena_alloc(t->arena, sizeof *s);
		*t->shutting = *s;
	}
	return lost_fate(s);
}

static enum fate shut_at(struct translator *t, const struct statement *s, struct slice name)
{
	enum fate fate = name.len > 0 ? shut_named(t, s, name) : FATE_NONE;

	if (fate != FATE_NONE || name.len == 0)
		return fate;
	struct slice device = arena_format(t->arena, "/dev/%.*s", SLICE_ARG(name));
	return shut_named(t, s, device_name(oscam_device(t, device)));
}

enum fate shut_meant_readers(struct translator *t, const struct statement *s)
{
	struct slice told = told_device(s->device);

	if (!t->names_found)
		find_names(t);
	enum fate fate = shut_at(t, s, device_name(s->device));
	if (fate == FATE_NONE) /* signs, or another word, are glued to it */
		fate = shut_at(t, s, device_name(told));
	struct slice whole = device_name(told);
	size_t sign = whole.len; /* sci0 of sci0:1 stands in front of the last one */
	while (sign > 0 && !strchr(":_.,;", whole.at[sign - 1]))
		sign--;
	if (fate == FATE_NONE)
		fate = shut_at(t, s, device_name((struct slice){whole.at, sign > 0 ? sign - 1 : 0}));
	if (fate != FATE_NONE)
		return fate;
	/* /dev/sci* and /dev/sci may be any of these, and /dev is the folder of all */
	bool tells = whole.len > 0 && !has_stem(t, whole) && !slice_equal_nocase(whole, SLICE("dev"));
	return tells ? FATE_NONE : shut_others_later(t, s);
}

bool shut_further_readers(struct translator *t, const struct statement *s)
{
	struct slice first = told_device(s->device), told = first;
	const char *end = s->text.at + s->text.len;
	bool any = false;

	if (first.len == 0 || first.at < s->text.at || first.at >= end)
		return false;
	if (!t->names_found)
		find_names(t);
	for (;;) {
		const char *behind = told.at + told.len;
		told = told_device(slice_between(behind, end));
		if (told.len == 0)
			return any;
		if (!slice_equal_nocase(device_name(told), device_name(first)))
			any |= shut_at(t, s, device_name(told)) != FATE_NONE;
	}
}

enum { DEVICES_NAMED = 4 };

void shut_other_readers(struct translator *t)
{
	const struct statement *s = t->shutting;
	struct buffer names = {0};
	uint32_t count = 0;

	for (uint32_t i = 0; s && i < t->model->readers.count; i++) {
		struct section *reader = list_at(&t->model->readers, i);
		if (reader->kind != KIND_LOCAL || reader->services ||
			section_get(reader, KEY_reader_ratelimitecm).at)
			continue; /* some line that can be read limits its channels */
		shut(t, s, reader);
		if (count++ < DEVICES_NAMED)
			buffer_format(&names, "%s%.*s", count > 1 ? ", " : "",
				SLICE_ARG(section_get(reader, KEY_reader_device)));
	}
	if (count > DEVICES_NAMED)
		buffer_format(&names, " and %lu more", (unsigned long)(count - DEVICES_NAMED));
	if (s && count == 0)
		say(t, s, CODE_CHANNELS_LOST, NULL,
			"%s is lost and its device is not known; all card readers have a list of their own",
			what_is_lost(s));
	else if (s)
		say(t, s, CODE_CHANNELS_LOST, NULL,
			"%s is lost and its device is not known, so no card reader without a list is "
			"enabled: %.*s",
			what_is_lost(s), SLICE_ARG(buffer_slice(&names)));
	buffer_free(&names);
}
