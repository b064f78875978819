/* The files in the HTML report: their lines, and old and new text side by side. Secrets are masked. */
#include "html.h"

#include "cc2oscam/diff.h"
#include "cc2oscam/masked.h"

/* ---- the lines of a file ---- */

struct file_lines {
	const struct report_file *file;
	bool redact;
	struct slice rest; /* behind the line that was made last */
};

static void make_line(void *context, size_t index, struct html_object *object)
{
	struct file_lines *lines = context;
	struct arena *arena = html_arena(object);

	/* The template may render the list more than once. */
	if (index == 0)
		lines->rest = lines->file->text;
	struct slice line = slice_cut(&lines->rest, '\n');
	html_number(object, HTML_number, (int64_t)index + 1);
	html_text(object, HTML_id, arena_format(arena, "%s-%zu", lines->file->name, index + 1));
	html_text(object, HTML_text, oscam_mask(arena, line, lines->redact));
}

/* ---- old and new side by side ---- */

/* A row: a line that both have, or one that is gone beside one that is new, or what was left out. */
struct diff_row {
	struct slice old, new;
	uint32_t old_number, new_number; /* 0: there is no line on that side */
	bool gap, same;                  /* masked, different lines may look alike */
};

struct diff_rows {
	struct list rows; /* struct diff_row */
	uint32_t waiting; /* the first row that lacks a new line to its old one */
};

/* A new line stands beside the first line that is gone and has no new line yet. */
static void take_row(void *context, char sign, uint32_t old, uint32_t new, struct slice text)
{
	struct diff_rows *rows = context;
	bool beside = sign == '+' && rows->waiting < rows->rows.count;

	if (sign == '@' && rows->rows.count == 0)
		return;
	struct diff_row *row = beside ? list_at(&rows->rows, rows->waiting) : list_add(&rows->rows);
	text = arena_copy(rows->rows.arena, text);
	row->gap = sign == '@';
	row->same = sign == ' ';
	if (row->same || sign == '-') {
		row->old = text;
		row->old_number = old;
	}
	if (row->same || sign == '+') {
		row->new = text;
		row->new_number = new;
	}
	if (sign == '+')
		rows->waiting++;
	else if (sign != '-')
		rows->waiting = rows->rows.count;
}

static void put_side(struct html_object *object, enum html_name number_name, uint32_t number,
	enum html_name name, struct slice text)
{
	if (number > 0)
		html_number(object, number_name, number);
	else
		html_flag(object, number_name, false);
	html_text(object, name, text);
}

static void make_row(void *context, size_t index, struct html_object *object)
{
	const struct diff_row *row = list_at(&((struct diff_rows *)context)->rows, (uint32_t)index);

	html_flag(object, HTML_gap, row->gap);
	html_text(object, HTML_change,
		slice_of(row->gap || row->same  ? ""
			 : row->old_number == 0 ? "new"
			 : row->new_number == 0 ? "gone"
						: "changed"));
	put_side(object, HTML_old_number, row->old_number, HTML_old, row->old);
	put_side(object, HTML_new_number, row->new_number, HTML_new, row->new);
}

static void put_diff(const struct report_file *file, bool redact, struct html_object *page)
{
	struct arena *arena = html_arena(page);
	struct diff_rows *rows = arena_zero(arena, sizeof *rows);
	struct diff_options options = {
		.context = 3, .secrets = true, .hosts = redact, .take = take_row, .take_context = rows};

	list_init(&rows->rows, arena, sizeof(struct diff_row));
	(void)diff_write(file->old, file->text, &options, NULL);
	if (rows->rows.count == 0)
		return;
	struct html_object *object = html_add(page, HTML_diffs);
	html_text(object, HTML_name, slice_of(file->name));
	html_lazy(object, HTML_rows, rows->rows.count, make_row, rows);
}

void html_put_file(const struct report_file *file, bool redact, struct html_object *page)
{
	struct html_object *object = html_add(page, HTML_files);
	struct file_lines *lines = arena_zero(html_arena(page), sizeof *lines);

	*lines = (struct file_lines){.file = file, .redact = redact};
	html_text(object, HTML_name, slice_of(file->name));
	html_number(object, HTML_bytes, (int64_t)file->bytes);
	html_lazy(object, HTML_lines, slice_lines(file->text), make_line, lines);
	if (file->old.len > 0)
		put_diff(file, redact, page);
}
