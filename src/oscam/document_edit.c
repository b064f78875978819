/* Edits of an existing file: lines replaced, taken out and put in, and every other byte as it was. */
#include "cc2oscam/document.h"

void document_replace(struct document *document, uint32_t line, struct slice text)
{
	struct document_line *at = document_line_at(document, line);

	at->edited = true;
	at->instead = text;
}

void document_remove(struct document *document, uint32_t line)
{
	document_replace(document, line, (struct slice){NULL, 0});
}

void document_insert(struct document *document, uint32_t line, struct slice text)
{
	if (line >= document->lines.count) {
		*(struct slice *)list_add(&document->rest) = text;
		return;
	}
	struct document_line *at = document_line_at(document, line);
	if (at->before.len == 0) {
		at->before = text;
		return;
	}
	((struct document_further *)list_add(&document->further))->text = text;
	if (at->further == 0)
		at->further = document->further.count;
	else
		((struct document_further *)list_at(&document->further, at->further_last - 1))->next =
			document->further.count;
	at->further_last = document->further.count;
}

struct slice document_format(const struct document *document, enum schema_key_id key, struct slice value)
{
	return arena_format(document->arena, "%-*s= %.*s%.*s", OSCAM_NAME_WIDTH, schema_key(key)->name,
		SLICE_ARG(value), SLICE_ARG(document->line_end));
}

/* Where text goes, and whether it is at the start of a line. */
struct writing {
	const struct sink *sink;
	bool open; /* the last line has no end yet */
	bool failed;
};

static void write_text(struct writing *writing, struct slice text)
{
	if (writing->failed || text.len == 0)
		return;
	writing->failed = !writing->sink->write(writing->sink->context, text.at, text.len);
	writing->open = text.at[text.len - 1] != '\n';
}

/* Lines without edits follow each other in the source, and are written at once. */
static struct slice untouched_from(const struct document *document, uint32_t *index)
{
	struct slice run = {NULL, 0};

	while (*index < document->lines.count) {
		const struct document_line *line = document_line_at(document, *index);
		if (line->edited || (run.at && line->before.len > 0))
			break;
		if (!run.at)
			run.at = line->text.at;
		run.len += line->text.len;
		++*index;
	}
	return run;
}

bool document_write(const struct document *document, const struct sink *sink)
{
	struct writing writing = {.sink = sink};

	for (uint32_t i = 0; i < document->lines.count && !writing.failed;) {
		const struct document_line *line = document_line_at(document, i);
		write_text(&writing, line->before);
		for (uint32_t next = line->further; next != 0 && !writing.failed;) {
			const struct document_further *further = list_at(&document->further, next - 1);
			write_text(&writing, further->text);
			next = further->next;
		}
		if (line->edited) {
			write_text(&writing, line->instead);
			i++;
		} else {
			write_text(&writing, untouched_from(document, &i));
		}
	}
	for (uint32_t i = 0; i < document->rest.count && !writing.failed; i++) {
		const struct slice *text = list_at(&document->rest, i);
		if (writing.open && text->len > 0)
			write_text(&writing, document->line_end);
		write_text(&writing, *text);
	}
	return !writing.failed;
}
