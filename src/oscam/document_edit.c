/* Edits of an existing file: lines replaced, taken out and put in, and every other byte as it was. */
#include "cc2oscam/document.h"

#include <string.h>

enum { NAME_WIDTH = 30 };

void document_replace(struct document *document, uint32_t index, struct slice text)
{
	struct document_line *line = document_line_at(document, index);

	line->edited = true;
	line->instead = text;
}

void document_remove(struct document *document, uint32_t index)
{
	document_replace(document, index, (struct slice){NULL, 0});
}

/* Two texts in front of one line are rare: the second makes a copy of both. */
void document_insert(struct document *document, uint32_t index, struct slice text)
{
	if (index >= document->lines.count) {
		*(struct slice *)list_add(&document->rest) = text;
		return;
	}
	struct document_line *line = document_line_at(document, index);
	if (line->before.len == 0)
		line->before = text;
	else
		line->before =
			arena_format(document->arena, "%.*s%.*s", SLICE_ARG(line->before), SLICE_ARG(text));
}

struct slice document_format(const struct document *document, enum schema_key_id key, struct slice value)
{
	return arena_format(document->arena, "%-*s= %.*s%.*s", NAME_WIDTH, schema_key(key)->name,
		SLICE_ARG(value), SLICE_ARG(document->line_end));
}

/* Where text goes, and whether it is at the start of a line. */
struct writing {
	const struct sink *sink;
	bool open; /* the last line has no end yet */
	int status;
};

static void write_text(struct writing *writing, struct slice text)
{
	if (writing->status != 0 || text.len == 0)
		return;
	writing->status = writing->sink->write(writing->sink->context, text.at, text.len);
	writing->open = text.at[text.len - 1] != '\n';
}

int document_write(const struct document *document, const struct sink *sink)
{
	struct writing writing = {.sink = sink};

	for (uint32_t i = 0; i < document->lines.count && writing.status == 0; i++) {
		const struct document_line *line = document_line_at(document, i);
		write_text(&writing, line->before);
		write_text(&writing, line->edited ? line->instead : line->text);
	}
	for (uint32_t i = 0; i < document->rest.count && writing.status == 0; i++) {
		const struct slice *text = list_at(&document->rest, i);
		if (writing.open && text->len > 0)
			write_text(&writing, document->line_end);
		write_text(&writing, *text);
	}
	return writing.status;
}
