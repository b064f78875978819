/* The way of a merge: read what is there, find out which section stands for which, settle names and numbers,
 * edit in place, and keep the rest for the end of the files. See merge.h. */
#include "parts.h"

#include <stdarg.h>
#include <string.h>

struct document *merge_document(const struct merge *m, enum oscam_file file)
{
	return m->existing.files[file] ? (struct document *)&m->documents[file] : NULL;
}

struct section *merge_section(const struct merge_half *half, uint32_t index)
{
	struct section *section = list_at(half->sections, index);

	return section->kind == KIND_REMARK ? NULL : section;
}

struct slice merge_value(const struct merge_half *half, uint32_t theirs, enum schema_key_id key)
{
	return document_value(half->document, document_section_at(half->document, theirs), key);
}

struct place merge_place(const struct merge *m, const struct section *section, struct ledger **ledger)
{
	struct side_file *side = section->source > 0 ? list_at(&m->model->sides, section->source - 1U) : NULL;

	*ledger = side ? &side->ledger : m->ledger;
	return (struct place){(*ledger)->source, section->line, 0};
}

void merge_say(const struct merge *m, const struct section *section, enum code code, const char *format, ...)
{
	struct ledger *ledger = m->ledger;
	struct place place =
		section ? merge_place(m, section, &ledger) : (struct place){ledger->source, 0, 0};
	va_list args;

	va_start(args, format);
	(void)ledger_vfind(ledger, code, place, format, args);
	va_end(args);
}

void merge_add_name(struct buffer *names, enum schema_key_id key)
{
	buffer_format(names, "%s%s", names->len > 0 ? ", " : "", schema_key(key)->name);
}

/* New sections follow the existing ones, in the order of the model. */
static const struct section *section_at(const struct merge_half *half, uint32_t number)
{
	uint32_t existing = half->document ? half->document->sections.count : 1;

	if (number < existing)
		return half->document && half->ours[number] != DOCUMENT_NONE
			       ? merge_section(half, half->ours[number])
			       : NULL;
	return merge_section(half, half->fresh[number - existing]);
}

struct place merge_origin(
	const struct merge *merge, enum oscam_file file, uint32_t number, struct ledger **ledger)
{
	const struct section *section = NULL;

	for (int half = 0; half < MERGE_HALVES && number != DOCUMENT_NONE; half++)
		if (merge->halves[half].file == file)
			section = section_at(&merge->halves[half], number);
	*ledger = merge->ledger;
	return section ? merge_place(merge, section, ledger) : (struct place){merge->ledger->source, 0, 0};
}

void merge_drop(struct merge *m, struct merge_half *half, uint32_t index)
{
	struct section *section = list_at(half->sections, index);
	struct ledger *ledger;
	struct place place = merge_place(m, section, &ledger);

	section->kind = KIND_REMARK;
	section->section = SECTION_NONE;
	section->count = 0;
	if (half->theirs[index] != DOCUMENT_NONE)
		half->ours[half->theirs[index]] = DOCUMENT_NONE;
	half->theirs[index] = DOCUMENT_NONE;
	if (half->file == OSCAM_SERVER)
		m->model->reader_count--;
	else
		m->model->account_count--;
	if (place.line == 0)
		return;
	ledger_raise(ledger, place.line, FATE_UNSUPPORTED);
}

static void start_half(struct merge *m, struct merge_half *half)
{
	const struct document *document = half->document = merge_document(m, half->file);
	uint32_t ours = half->sections->count, theirs = document ? document->sections.count : 0;

	half->theirs = arena_array(m->arena, ours, sizeof *half->theirs);
	half->meant = arena_array(m->arena, ours, sizeof *half->meant);
	half->ours = arena_array(m->arena, theirs, sizeof *half->ours);
	half->groups = arena_array(m->arena, theirs, sizeof *half->groups);
	for (uint32_t i = 0; i < ours; i++) {
		half->theirs[i] = DOCUMENT_NONE;
		half->meant[i] = section_groups(list_at(half->sections, i)).low;
	}
	for (uint32_t i = 0; i < theirs; i++) {
		const struct document_section *section = document_section_at(document, i);
		half->ours[i] = DOCUMENT_NONE;
		half->groups[i] = section->section == half->section
					  ? groups_bits(document_value(document, section, half->group))
					  : (struct bits){0, 0};
	}
}

static void start_halves(struct merge *m)
{
	m->halves[MERGE_READERS] = (struct merge_half){.sections = &m->model->readers,
		.file = OSCAM_SERVER,
		.section = SECTION_reader,
		.name = KEY_reader_label,
		.group = KEY_reader_group,
		.services = KEY_reader_services};
	m->halves[MERGE_ACCOUNTS] = (struct merge_half){.sections = &m->model->accounts,
		.file = OSCAM_USER,
		.section = SECTION_account,
		.name = KEY_account_user,
		.group = KEY_account_group,
		.services = KEY_account_services};
	start_half(m, &m->halves[MERGE_READERS]);
	start_half(m, &m->halves[MERGE_ACCOUNTS]);
}

/* Of a file that exists, the sections that nothing there stands for, without remarks. */
static void collect_sections(struct merge *m, struct merge_half *half, struct list *fresh)
{
	uint32_t *count = half->file == OSCAM_SERVER ? &m->fresh.reader_count : &m->fresh.account_count;

	half->fresh = arena_array(m->arena, half->sections->count, sizeof *half->fresh);
	for (uint32_t i = 0; i < half->sections->count; i++) {
		const struct section *section = list_at(half->sections, i);
		bool remark = section->kind == KIND_REMARK;
		if (half->document && (remark || half->theirs[i] != DOCUMENT_NONE))
			continue;
		struct section *copy = list_add(fresh);
		*copy = *section;
		if (section == m->model->local_account)
			m->fresh.local_account = copy;
		if (!remark)
			half->fresh[(*count)++] = i;
	}
}

/* Sections of oscam.conf are there already: merge_edit_conf puts them into a model of its own. */
static void collect_fresh(struct merge *m)
{
	m->fresh.sides = m->model->sides;
	m->fresh.group_count = m->model->group_count;
	if (!m->existing.files[OSCAM_CONF])
		m->fresh.conf = m->model->conf;
	collect_sections(m, &m->halves[MERGE_READERS], &m->fresh.readers);
	collect_sections(m, &m->halves[MERGE_ACCOUNTS], &m->fresh.accounts);
	/* the services that somebody uses and that no existing service stands for */
	for (uint32_t i = 0; i < m->model->services.count; i++) {
		uint32_t slot = m->services.slots[i];
		if (slot != DOCUMENT_NONE && slot >= m->services.existing)
			*(struct section *)list_add(&m->fresh.services) =
				*(const struct section *)list_at(&m->model->services, i);
	}
	for (int file = OSCAM_DVBAPI; file < OSCAM_FILE_COUNT; file++) {
		struct list *rows = (struct list *)oscam_rows(&m->fresh, (enum oscam_file)file);
		if (rows && m->existing.files[file])
			merge_missing_rows(m, (enum oscam_file)file, m->existing.files[file], rows);
		else if (rows)
			*rows = *oscam_rows(m->model, (enum oscam_file)file);
	}
}

/* Says what new files would have for all accounts and the existing files do not have: it is not added. */
static void say_missing(struct merge *m)
{
	const struct merge_half *half = &m->halves[MERGE_ACCOUNTS];
	unsigned long count = 0;

	for (uint32_t i = 0; i < half->sections->count; i++) {
		const struct section *account = list_at(half->sections, i);
		if (half->theirs[i] == DOCUMENT_NONE || !section_get(account, KEY_account_uniq).at)
			continue;
		count += schema_is_initial(
			KEY_account_uniq, merge_value(half, half->theirs[i], KEY_account_uniq));
	}
	if (count > 0)
		merge_say(m, NULL, CODE_DOUBLE_LOGIN,
			"%lu account%s of CCcam.cfg that %s there already %s no uniq", count,
			count == 1 ? "" : "s", count == 1 ? "is" : "are", count == 1 ? "has" : "have");
}

struct merge *merge_plan(struct model *model, struct ledger *ledger, const struct existing *existing,
	const struct merge_choices *choices)
{
	struct merge *m = arena_zero(model->arena, sizeof *m);

	m->arena = model->arena;
	m->model = model;
	m->ledger = ledger;
	m->existing = *existing;
	m->choices = *choices;
	list_init(&m->conf, m->arena, sizeof(struct merge_conf));
	model_init(&m->fresh, m->arena);
	m->fresh.target = model->target;
	for (int file = 0; file < OSCAM_DVBAPI; file++)
		if (existing->files[file])
			document_read(&m->documents[file], m->arena, (enum oscam_file)file,
				existing->files[file], existing->target);
	start_halves(m);
	merge_plan_services(m);
	merge_match(m);
	for (int half = 0; half < MERGE_HALVES; half++)
		merge_join_services(m, &m->halves[half]);
	merge_plan_groups(m);
	merge_say_doubles(m);
	merge_plan_labels(m);
	merge_set_au(m);
	model_finish(model, m->services.labels, m->services.count);
	for (int half = 0; half < MERGE_HALVES; half++)
		merge_edit_sections(m, &m->halves[half]);
	merge_edit_conf(m);
	collect_fresh(m);
	say_missing(m);
	return m;
}

const struct model *merge_fresh(const struct merge *merge)
{
	return &merge->fresh;
}

/* The text with its line ends changed to those of the file. */
static struct slice with_ends(struct merge *m, struct slice text, struct slice end)
{
	struct buffer made = {0};

	if (end.len == 1)
		return arena_copy(m->arena, text);
	while (text.len > 0) {
		const char *feed = memchr(text.at, '\n', text.len);
		size_t len = feed ? (size_t)(feed - text.at) : text.len;
		buffer_add(&made, text.at, len);
		if (feed)
			buffer_add_slice(&made, end);
		len += feed != NULL;
		text.at += len;
		text.len -= len;
	}
	return arena_take(m->arena, &made);
}

void merge_append(struct merge *merge, enum oscam_file file, struct slice fresh)
{
	const struct source *source = merge->existing.files[file];
	struct slice end = source ? source_line_end(source) : SLICE("\n");

	if (fresh.len == 0)
		return;
	fresh = with_ends(merge, fresh, end);
	if (source && file == OSCAM_DVBAPI)
		fresh = merge_put_first(merge, fresh);
	if (!source || file >= OSCAM_DVBAPI) {
		struct slice text = source ? source->text : SLICE("");
		if (text.len > 0 && text.at[text.len - 1] != '\n')
			fresh = arena_format(merge->arena, "%.*s%.*s", SLICE_ARG(end), SLICE_ARG(fresh));
		merge->appended[file] = fresh;
		return;
	}
	struct document *document = merge_document(merge, file);
	const struct document_line *last =
		document->lines.count > 0 ? document_line_at(document, document->lines.count - 1) : NULL;
	struct slice text = !last ? end : last->edited ? last->instead : last->text;
	if (document->rest.count > 0 ||
		(!slice_equal(text, SLICE("\n")) && !slice_equal(text, SLICE("\r\n"))))
		document_insert(document, document->lines.count, end);
	document_insert(document, document->lines.count, fresh);
}

/* In oscam.dvbapi our I: rows are put in before the first existing P: row. */
bool merge_write(const struct merge *merge, enum oscam_file file, const struct sink *sink)
{
	const struct source *source = merge->existing.files[file];
	struct slice text = source ? source->text : SLICE(""), ignoring = SLICE("");
	size_t at = 0;
	bool good = true;

	if (source && file < OSCAM_DVBAPI)
		return document_write(merge_document(merge, file), sink);
	if (file == OSCAM_DVBAPI && merge->ignoring.len > 0) {
		ignoring = merge->ignoring;
		at = merge->ignoring_at;
	}
	struct slice parts[] = {{text.at, at}, ignoring, {text.len > 0 ? text.at + at : NULL, text.len - at},
		merge->appended[file]};
	for (size_t i = 0; i < sizeof parts / sizeof *parts && good; i++)
		if (parts[i].len > 0)
			good = sink->write(sink->context, parts[i].at, parts[i].len);
	return good;
}
