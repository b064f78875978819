/* Any bytes as a side file; the first byte says which. What is checked beside crashes: every line has a fate
 * but those with a server, entries are what the interface promises, findings are in the file, and the rows
 * made of the entries are proved. */
#include <stdlib.h>

#include "cc2oscam/emit.h"
#include "translate/side.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool fine)
{
	if (!fine)
		abort();
}

static void check_prio(const struct source *source, const struct list *entries)
{
	for (uint32_t i = 0; i < entries->count; i++) {
		const struct prio_item *item = list_at(entries, i);
		require(item->kind == 'I' || item->kind == 'P');
		require(item->caid != 0 && item->ident <= 0xffffff);
		require(item->has_ident == (item->ident != 0));
		require(item->line > 0 && item->line <= source->lines && item->column > 0);
	}
}

static void check_names(const struct source *source, const struct list *entries)
{
	uint32_t line = 0;

	for (uint32_t i = 0; i < entries->count; i++) {
		const struct side_name *name = list_at(entries, i);
		require(name->caid != 0 && name->ident <= 0xffffff);
		require(name->name.len > 0 && slice_trim(name->name).len == name->name.len);
		require(name->line > 0 && name->line >= line && name->line <= source->lines);
		line = name->line;
	}
}

static void check_servers(struct ledger *ledger, const struct list *entries)
{
	for (uint32_t i = 0; i < entries->count; i++) {
		const struct side_server *server = list_at(entries, i);
		const struct statement *s = &server->statement;
		require(ledger_line(ledger, s->line.number)->fate == FATE_NONE);
		ledger_fate(ledger, s->line.number, s->fate);
		if (s->fate == FATE_REJECTED)
			continue;
		require(s->port > 0 && server->last_port >= s->port && server->last_port - s->port < 100);
		require(s->host.len > 0 && s->user.len > 0 && s->pass.len > 0);
	}
}

static void parse(unsigned kind, struct ledger *ledger, struct list *entries)
{
	switch (kind) {
	case 0:
		parse_prio(ledger, entries);
		check_prio(ledger->source, entries);
		break;
	case 1:
		parse_providers(ledger, entries);
		check_names(ledger->source, entries);
		break;
	case 2:
		parse_channelinfo(ledger, entries);
		check_names(ledger->source, entries);
		break;
	default:
		parse_newcamd(ledger, entries);
		check_servers(ledger, entries);
	}
}

static bool take_nothing(void *context, const char *text, size_t len)
{
	(void)context, (void)text, (void)len;
	return true;
}

/* What becomes of the entries is read by OSCam as it was meant. */
static void check_rows(unsigned kind, struct arena *arena, const struct source *source)
{
	struct model model;
	struct template_set *templates;
	struct template_error error;
	struct sink sink = {take_nothing, NULL};
	struct translator t = {.arena = arena, .model = &model};

	model_init(&model, arena);
	struct side_file *side = list_add(&model.sides);
	side->source = *source;
	ledger_init(&side->ledger, arena, &side->source);
	if (kind == 0)
		translate_prio(&t, side, 1);
	else if (kind == 1)
		translate_providers(&t, side, 1);
	else
		translate_channelinfo(&t, side, 1);
	require(emit_templates(arena, NULL, &templates, &error));
	struct emission emission = {
		.model = &model, .ledger = &side->ledger, .templates = templates, .comments = true};
	for (int file = OSCAM_DVBAPI; file < OSCAM_FILE_COUNT; file++)
		if (emit_has(&emission, (enum oscam_file)file))
			require(emit_proved(
				&emission, (enum oscam_file)file, proof_new(arena, NULL), &sink, &error));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct source source;
	struct ledger ledger;
	struct list entries;
	struct arena arena;

	if (size == 0)
		return 0;
	arena_init(&arena);
	source_from_text(&source, "side", (struct slice){(const char *)data + 1, size - 1});
	ledger_init(&ledger, &arena, &source);
	parse(data[0] & 3, &ledger, &entries);
	for (uint32_t i = 0; i < source.lines; i++)
		require(ledger.lines[i].fate > FATE_NONE && ledger.lines[i].fate < FATE_COUNT);
	for (uint32_t i = 0; i < ledger.findings.count; i++) {
		const struct finding *finding = list_at(&ledger.findings, i);
		require(finding->place.line > 0 && finding->place.line <= source.lines);
	}
	if ((data[0] & 3) < 3)
		check_rows(data[0] & 3, &arena, &source);
	arena_free(&arena);
	return 0;
}
