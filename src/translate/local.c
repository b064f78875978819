/* The receiver's own card readers: made by SERIAL READER, SCIDEVICES, and by any line that names one of the
 * internal slots. */
#include "local.h"

#include "cc2oscam/root_file.h"

enum { SLOTS = 8 };

/* How many devices the option names: LOADBALANCE lists several. */
static uint32_t device_count(const struct statement *s)
{
	return s->directive->shape == SHAPE_DEVICES_SIDS ? s->word_count : s->device.len > 0;
}

static struct slice device_at(const struct statement *s, uint32_t index)
{
	return s->directive->shape == SHAPE_DEVICES_SIDS ? s->words[index] : s->device;
}

bool devices_fit(struct translator *t, const struct statement *s)
{
	for (uint32_t i = 0; i < device_count(s); i++)
		if (!device_fits(t, s, device_at(s, i)))
			return false;
	return true;
}

static bool is_internal(struct slice device)
{
	struct slice start = SLICE("/dev/sci");

	return slice_starts(device, start) && device.len > start.len &&
	       parse_decimal(slice_skip(device, start.len), 255, &(uint64_t){0});
}

struct section *find_device(struct translator *t, struct slice device)
{
	table_each (walk, &t->devices, slice_hash(device, 0)) {
		struct section *reader = list_at(&t->model->readers, walk.number);
		if (slice_equal(section_get(reader, KEY_reader_device), device))
			return reader;
	}
	return NULL;
}

struct slice oscam_device(struct translator *t, struct slice device)
{
	char last = device.len > 2 ? device.at[device.len - 1] : '\0';

	if (device.len > 2 && device.at[device.len - 2] == '_' && last >= '0' && last < '0' + SLOTS) {
		struct slice slot =
			arena_format(t->arena, "%.*s:%c", (int)(device.len - 2), device.at, last + 1);
		if (find_device(t, slot))
			return slot;
	}
	return device;
}

/* The reader of this device, made if there is none. `node` is the file under /dev: with --root we can see
 * whether the file exists. */
static struct section *add_device(
	struct translator *t, struct slice device, struct slice node, struct slice protocol, uint32_t line)
{
	struct section *reader = find_device(t, device);
	struct root_file found;

	if (reader)
		return reader;
	reader = model_add(t->model, &t->model->readers, KIND_LOCAL, SECTION_reader, line, 6);
	section_set(t->model, reader, KEY_reader_device, device);
	section_set(t->model, reader, KEY_reader_protocol, protocol);
	t->device_readers++;
	t->last_device = t->model->readers.count - 1;
	table_add(&t->devices, slice_hash(device, 0), t->last_device);
	if (!t->choices->root || t->choices->no_devices ||
		root_file_find(&found, t->choices->root, node, t->arena))
		return reader;
	(void)ledger_find(t->ledger, CODE_DEVICE_MISSING, (struct place){t->ledger->source, line, 0},
		"%.*s is not there; the reader is written, but not enabled", SLICE_ARG(node));
	section_set_number(t->model, reader, KEY_reader_enable, 0);
	return reader;
}

static void review(struct translator *t, struct statement *s, const char *why)
{
	say_partial(t, s, CODE_READER_REVIEW, s->device.at, "%.*s: %s", SLICE_ARG(s->device), why);
}

static void add_serial(struct translator *t, struct statement *s)
{
	struct slice type = s->value.len > 0 ? s->value : SLICE("uniprog");
	struct slice protocol = SLICE("mouse");
	uint32_t before = t->model->readers.count;

	if (is_internal(s->device))
		protocol = SLICE("internal");
	else if (slice_equal_nocase(type, SLICE("sc8in1"))) {
		for (int slot = 1; slot <= SLOTS; slot++) /* of one device, /dev/ttyS0:1 and so on */
			ledger_made(t->ledger, s->line.number,
				add_device(t, arena_format(t->arena, "%.*s:%d", SLICE_ARG(s->device), slot),
					s->device, SLICE("sc8in1"), s->line.number));
		return;
	} else if (slice_equal_nocase(type, SLICE("smartreader+"))) {
		protocol = SLICE("smartreader");
	}
	struct section *reader = add_device(t, s->device, s->device, protocol, s->line.number);
	ledger_made(t->ledger, s->line.number, reader);
	if (t->model->readers.count == before) /* named twice */
		return;
	if (slice_equal(protocol, SLICE("smartreader"))) {
		section_set_number(t->model, reader, KEY_reader_enable, 0);
		review(t, s,
			"OSCam wants the device as Serial:NUMBER or bus:device; the reader is not enabled");
	} else if (slice_equal(protocol, SLICE("mouse")) && slice_equal_nocase(type, SLICE("uniprog"))) {
		review(t, s, "OSCam has no uniprog reader; mouse was taken");
	}
}

/* SCIDEVICES : 0 means that CCcam uses no internal slot. */
void make_device_readers(struct translator *t)
{
	const struct statement *slots = t->options[DIRECTIVE_SCIDEVICES];
	bool none = slots && slots->number == 0;

	for (int64_t i = 0; slots && i < slots->number; i++) {
		struct slice device = arena_format(t->arena, "/dev/sci%u", (unsigned)i);
		ledger_made(t->ledger, slots->line.number,
			add_device(t, device, device, SLICE("internal"), slots->line.number));
	}
	for (uint32_t i = 0; i < t->device_options.count; i++) {
		struct device_option *option = list_at(&t->device_options, i);
		struct statement *s = &option->statement;
		uint32_t before = t->model->readers.count;
		if (directive_id(s->directive) == DIRECTIVE_SERIAL_READER && !option->overruled_by)
			add_serial(t, s);
		for (uint32_t k = 0; k < device_count(s) && !none && s->fate != FATE_REJECTED; k++) {
			struct slice device = device_at(s, k);
			if (is_internal(device))
				(void)add_device(t, device, device, SLICE("internal"), s->line.number);
		}
		option->made = t->model->readers.count > before;
	}
}
