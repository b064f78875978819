/* The proof of the files without sections: what OSCam reads from the text must be the model's rows, one after
 * the other. */
#include "prove.h"

struct row_prover {
	const struct list *rows;
	const struct sink *sink;
	struct buffer unfinished; /* a line that has not ended yet */
	uint64_t line;
	const char *wrong; /* what is wrong with it; NULL: nothing */
	uint32_t next;     /* the row that has to come now */
	enum oscam_file file;
};

static bool same_row(const struct row *a, const struct row *b)
{
	return a->kind == b->kind && a->caid == b->caid && a->has_ident == b->has_ident &&
	       a->ident == b->ident && a->has_sid == b->has_sid && a->sid == b->sid &&
	       slice_equal(a->name, b->name) && slice_equal(a->more, b->more);
}

static bool check_line(struct row_prover *prover, struct slice text)
{
	struct row row;

	prover->line++;
	switch (oscam_read_row(prover->file, text, &row)) {
	case ROW_NOTHING:
		if (text.len > 1 && text.at[0] != '#')
			prover->wrong = "a line that OSCam would skip";
		break;
	case ROW_READ:
		if (prover->next == prover->rows->count ||
			!same_row(&row, list_at(prover->rows, prover->next)))
			prover->wrong = "another line was expected here";
		prover->next++;
		break;
	case ROW_OTHER:
		prover->wrong = "a line that OSCam would read otherwise";
	}
	return !prover->wrong;
}

static bool check_next(void *context, struct slice line)
{
	return check_line(context, line);
}

static bool prove_text(void *context, const char *text, size_t len)
{
	struct row_prover *prover = context;

	return prove_lines(&prover->unfinished, NULL, check_next, prover, text, len) &&
	       prover->sink->write(prover->sink->context, text, len);
}

static bool prove_end(struct row_prover *prover)
{
	if (prover->unfinished.len > 0 && !check_line(prover, buffer_slice(&prover->unfinished)))
		return false;
	if (prover->next < prover->rows->count)
		prover->wrong = "lines are missing";
	return !prover->wrong;
}

static void explain_wrong(const struct row_prover *prover, const struct emission *emission,
	struct arena *arena, struct template_error *error)
{
	const char *name = oscam_file_name(prover->file);
	struct view_context context = {.emission = emission};

	error->place =
		template_locate(emission->templates, name, &view_set, emission, &context, prover->line);
	view_context_free(&context);
	error->message = arena_format(
		arena, "%s: %s, line %llu", prover->wrong, name, (unsigned long long)prover->line);
}

bool prove_rows(const struct emission *emission, enum oscam_file file, struct arena *arena,
	const struct sink *sink, struct template_error *error)
{
	struct row_prover prover = {.rows = oscam_rows(emission->model, file), .sink = sink, .file = file};
	bool good = emit_file(emission, file, &(struct sink){prove_text, &prover}) && prove_end(&prover);

	if (prover.wrong)
		explain_wrong(&prover, emission, arena, error);
	buffer_free(&prover.unfinished);
	return good;
}
