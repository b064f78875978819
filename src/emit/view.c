/* What each name of a template stands for. Keys of OSCam go by their own name, in the section at hand. */
#include "view.h"

#include <stdlib.h>

/* The longest comment: OSCam must read it as one line. */
enum { COMMENT_MAX = 1000 };
/* Lines of oscam.dvbapi end at 100 bytes. */
enum { ROWS_SOURCE_MAX = 64 };

static struct view_value text_value(struct slice text)
{
	return (struct view_value){.kind = text.len > 0 ? VIEW_TEXT : VIEW_FALSE, .text = text};
}

static struct view_value flag(bool set)
{
	return (struct view_value){.kind = set ? VIEW_TRUE : VIEW_FALSE};
}

static bool is_plain(struct slice text)
{
	unsigned char bits = 0;

	for (size_t i = 0; i < text.len; i++)
		bits |= (unsigned char)text.at[i];
	return bits < 0x80 && find_control(text) == SIZE_MAX;
}

/* The text as it may stand in a comment: nothing that a terminal obeys, not endless. Tabs stay. */
static struct slice harmless(struct buffer *made, struct slice text)
{
	struct slice left = slice_head(text, COMMENT_MAX);
	bool cut = left.len < text.len;

	if (!cut && is_plain(text))
		return text;
	made->len = 0;
	while (left.at) {
		buffer_add_plain(made, slice_cut(&left, '\t'));
		if (left.at)
			buffer_add(made, "\t", 1);
	}
	if (cut)
		buffer_add(made, "...", 3);
	return buffer_slice(made);
}

/* The number in decimal; it lasts until the next one. */
static struct slice view_number(struct view_context *context, uint32_t number)
{
	return decimal_text(number, context->number);
}

static struct view_value get_loss(const void *object, int name, void *context)
{
	const struct finding *finding = object;
	struct view_context *view = context;

	switch (name) {
	case NAME_message:
		if (view->emission->redact)
			return text_value(harmless(&view->message, finding_redacted(finding)));
		return text_value(harmless(&view->message, finding->message));
	case NAME_code:
		return text_value(slice_of(code_info(finding->code)->name));
	default:
		return (struct view_value){.kind = VIEW_NOTHING};
	}
}

static const void *loss_at(const void *list, size_t index, void *context)
{
	const struct finding *const *losses = list;

	(void)context;
	return losses[index];
}

static const struct view_type view_loss = {get_loss, loss_at, NULL};

static struct view_value list_value(const struct view_type *type, const void *list, size_t count)
{
	return (struct view_value){
		.kind = count > 0 ? VIEW_LIST : VIEW_FALSE, .type = type, .list = list, .count = count};
}

/* The findings of a line that lost something, in the order in which they were made. */
static struct view_value losses_value(
	struct view_context *context, const struct ledger *ledger, uint32_t line)
{
	const struct line_record *record = &ledger->lines[line - 1];
	struct finding_list *losses = &context->losses;
	size_t kept = 0;

	if (!fate_is_loss((enum fate)record->fate))
		return flag(false);
	losses->count = 0;
	ledger_line_findings(ledger, record, ledger->conversion, losses);
	for (size_t i = 0; i < losses->count; i++)
		if (code_info(losses->at[i]->code)->severity >= SEVERITY_WARNING)
			losses->at[kept++] = losses->at[i];
	return list_value(&view_loss, losses->at, kept);
}

static struct view_value origin_value(const struct section *section, int name, struct view_context *context)
{
	const struct emission *emission = context->emission;
	bool origin = name == NAME_source || name == NAME_line || name == NAME_note;

	if (section->line == 0 || (origin && !emission->comments))
		return flag(false);
	if (name == NAME_line)
		return text_value(view_number(context, section->line));
	if (name == NAME_note) {
		if (section->note.len == 0 || section->section == SECTION_service || emission->redact)
			return flag(false);
		return text_value(harmless(&context->comment, section->note));
	}
	const struct ledger *ledger = model_ledger(emission->model, emission->ledger, section->source);
	switch (name) {
	case NAME_source:
		return text_value(harmless(&context->comment, ledger->source->name));
	case NAME_fate:
		return text_value(slice_of(fate_name((enum fate)ledger->lines[section->line - 1].fate)));
	default:
		return losses_value(context, ledger, section->line);
	}
}

/* One key of the section whose keys are gone through: entries of context->section. */
static struct view_value get_entry(const void *object, int name, void *context)
{
	const struct entry *entry = object;
	struct view_context *view = context;
	const struct schema_key *key = schema_key((enum schema_key_id)entry->key);
	struct slice text = {entry->text, entry->len};

	switch (name) {
	case NAME_name: /* as OSCam's own writer pads it */
		return text_value((struct slice){key->padded,
			key->name_length > OSCAM_NAME_WIDTH ? key->name_length : OSCAM_NAME_WIDTH});
	case NAME_value:
		if (view->emission->redact && text.len > 0)
			text = view_masked(view, view->section, (enum schema_key_id)entry->key, text);
		return text_value(text);
	default:
		return (struct view_value){.kind = VIEW_NOTHING};
	}
}

static const void *entry_at(const void *list, size_t index, void *context)
{
	const struct section *section = list;
	struct view_context *view = context;

	view->section = section;
	view->cursor = 0;
	return &section->entries[index];
}

static const struct view_type view_entry = {get_entry, entry_at, NULL};

static struct slice find_key(
	const struct section *section, enum schema_key_id key, struct view_context *context)
{
	unsigned at = context->section == section ? context->cursor : 0;

	if (at > 0 && section->entries[at - 1].key >= key)
		at = 0;
	while (at < section->count && section->entries[at].key < key)
		at++;
	context->section = section;
	context->cursor = at;
	if (at == section->count || section->entries[at].key != key)
		return (struct slice){NULL, 0};
	return (struct slice){section->entries[at].text, section->entries[at].len};
}

static struct view_value key_value(
	const struct section *section, enum schema_key_id key, struct view_context *context)
{
	if (section->section == SECTION_service && key == KEY_reader_label)
		return text_value(service_label(section));
	if (section->section != SECTION_reader && schema_key(key)->section != section->section)
		key = schema_find((enum schema_section)section->section, slice_of(schema_key(key)->name));
	struct slice text = find_key(section, key, context);
	if (context->emission->redact && text.len > 0)
		text = view_masked(context, section, key, text);
	return text_value(text);
}

static struct view_value get_section(const void *object, int name, void *context)
{
	const struct section *section = object;

	if (name >= FIRST_KEY)
		return key_value(section, (enum schema_key_id)(name - FIRST_KEY), context);
	if (kind_asked(name) != KIND_REMARK)
		return flag(section->kind == kind_asked(name));
	switch (name) {
	case NAME_is_remark:
		return flag(section->kind == KIND_REMARK && section->line > 0 &&
			    (((const struct view_context *)context)->emission->comments ||
				    origin_value(section, NAME_losses, context).kind == VIEW_LIST));
	case NAME_header:
		if (section->section == SECTION_service)
			return text_value(service_label(section));
		return text_value(slice_of(schema_section_name((enum schema_section)section->section)));
	case NAME_keys:
		return list_value(&view_entry, section, section->count);
	case NAME_source:
	case NAME_line:
	case NAME_note:
	case NAME_losses:
	case NAME_fate:
		return origin_value(section, name, context);
	default:
		return (struct view_value){.kind = VIEW_NOTHING};
	}
}

static const void *section_at(const void *list, size_t index, void *context)
{
	(void)context;
	return list_at(list, (uint32_t)index);
}

/* ---- sections that templates write alike but for their names and the number of their line ---- */

enum { PART_LINE, PART_ENTRIES };

static bool is_alike(const void *first, const void *other, void *context)
{
	const struct emission *emission = ((const struct view_context *)context)->emission;
	const struct section *a = first, *b = other;

	if (a->kind == KIND_REMARK || a->line == 0 || b->line == 0 || a->source != b->source ||
		a->note.len > 0 || b->note.len > 0 || emission->redact)
		return false;
	const struct ledger *ledger = model_ledger(emission->model, emission->ledger, a->source);
	enum fate fate = (enum fate)ledger->lines[a->line - 1].fate;
	return !fate_is_loss(fate) && fate == (enum fate)ledger->lines[b->line - 1].fate &&
	       section_same_but_names(a, b);
}

static int part_of(const void *item, struct slice text, void *context)
{
	const struct view_context *view = context;
	const struct section *section = item;
	int part = PART_SHARED;

	if (text.at >= view->number && text.at < view->number + sizeof view->number)
		return PART_LINE;
	for (unsigned i = 0; i < section->count; i++) {
		const struct entry *entry = &section->entries[i];
		if (entry->text == text.at && entry->len == text.len &&
			key_is_name((enum schema_key_id)entry->key))
			part = part == PART_SHARED ? PART_ENTRIES + (int)i : PART_UNCLEAR;
	}
	return part;
}

static struct slice part_text(const void *item, int part, void *context)
{
	const struct section *section = item;

	if (part == PART_LINE)
		return view_number(context, section->line);
	const struct entry *entry = &section->entries[part - PART_ENTRIES];
	return (struct slice){entry->text, entry->len};
}

static const struct view_pattern view_alike = {is_alike, part_of, part_text};

/* ---- lists ---- */

static const struct view_type view_section = {get_section, section_at, &view_alike};

static struct view_value sections_value(const struct list *list)
{
	return list_value(&view_section, list, list->count);
}

/* A section of oscam.conf is a list of one. */
static const void *itself(const void *list, size_t index, void *context)
{
	(void)index;
	(void)context;
	return list;
}

static const struct view_type view_one = {get_section, itself, NULL};

static struct view_value conf_list_value(const struct model *model, int name)
{
	const struct section *section = model_find_conf(model, (enum schema_section)(name - FIRST_SECTION));

	return list_value(&view_one, section, section != NULL);
}

/* How many sections of oscam.conf there are whose numbers are below this one. */
static size_t count_confs(const struct list *conf, int below)
{
	size_t count = 0;

	for (uint32_t i = 0; i < conf->count; i++) {
		const struct section *section = list_at(conf, i);
		count += section->kind == KIND_CONF && section->section < below;
	}
	return count;
}

/* In the order of OSCam. */
static const void *conf_at(const void *list, size_t index, void *context)
{
	const struct list *conf = list;
	const struct section *section = NULL;

	(void)context;
	for (uint32_t i = 0; i < conf->count; i++) {
		section = list_at(conf, i);
		if (section->kind == KIND_CONF && count_confs(conf, section->section) == index)
			break;
	}
	return section;
}

static const struct view_type view_conf = {get_section, conf_at, NULL};

static struct view_value confs_value(const struct model *model)
{
	return list_value(&view_conf, &model->conf, count_confs(&model->conf, SECTION_COUNT));
}

/* Numbers as OSCam writes them: capitals, leading zeros. */
static struct view_value hex_value_of(struct view_context *context, uint32_t number, unsigned digits)
{
	static const char hex[] = "0123456789ABCDEF";

	for (unsigned i = digits; i > 0; i--, number >>= 4)
		context->number[i - 1] = hex[number & 15];
	return text_value((struct slice){context->number, digits});
}

static struct view_value get_row(const void *object, int name, void *context)
{
	const struct row *row = object;

	switch (name) {
	case NAME_kind:
		return text_value((struct slice){&row->kind, 1});
	case NAME_sid:
		return row->has_sid ? hex_value_of(context, row->sid, 4) : flag(false);
	case NAME_name:
		return text_value(row->name);
	case NAME_more_caids:
		return text_value(row->more);
	case FIRST_KEY + (int)KEY_reader_caid:
		return hex_value_of(context, row->caid, 4);
	case FIRST_KEY + (int)KEY_reader_ident:
		return row->has_ident ? hex_value_of(context, row->ident, 6) : flag(false);
	default:
		return (struct view_value){.kind = VIEW_NOTHING};
	}
}

static const struct view_type view_row = {get_row, section_at, NULL};

/* The name of the file that the rows come from. */
static struct view_value rows_source(struct view_context *context, const struct list *rows)
{
	const struct emission *emission = context->emission;
	const struct row *row = rows->count > 0 ? list_at(rows, 0) : NULL;

	if (!emission->comments || !row || row->source == 0)
		return flag(false);
	struct slice name = model_ledger(emission->model, emission->ledger, row->source)->source->name;
	return text_value(harmless(&context->comment, slice_head(name, ROWS_SOURCE_MAX)));
}

static struct view_value get_set(const void *object, int name, void *context)
{
	const struct emission *emission = object;
	const struct list *const rows[] = {
		&emission->model->dvbapi, &emission->model->provid, &emission->model->srvid2};
	int row = name - NAME_dvbapi_rows; /* the lists, and then what they come from */

	if (row >= 0 && row < 3)
		return list_value(&view_row, rows[row], rows[row]->count);
	if (row >= 3 && row < 6)
		return rows_source(context, rows[row - 3]);
	switch (name) {
	case NAME_readers:
		return sections_value(&emission->model->readers);
	case NAME_accounts:
		return sections_value(&emission->model->accounts);
	case NAME_service_list:
		return sections_value(&emission->model->services);
	case NAME_remarks:
		return sections_value(&emission->model->conf);
	case NAME_sections:
		return confs_value(emission->model);
	default:
		if (name >= FIRST_SECTION && name < FIRST_KEY)
			return conf_list_value(emission->model, name);
		return (struct view_value){.kind = VIEW_NOTHING};
	}
}

const struct view_type view_set = {get_set, NULL, NULL};

void view_context_free(struct view_context *context)
{
	buffer_free(&context->comment);
	buffer_free(&context->message);
	buffer_free(&context->masked);
	free(context->losses.at);
}
