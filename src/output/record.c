/* The record of a run, for undo: which files it wrote or took away, by the sums of their texts before and
 * after. */
#include "writer.h"

#include <string.h>

static const char head[] = "# What the last run of cc2oscam changed here, for cc2oscam undo: NAME, SHA-256 "
			   "of the new text, of the\n"
			   "# old one. This file may be deleted; then that run cannot be undone.\n";
static const char tail[] = "# end\n";

bool is_record(const char *name)
{
	return strcmp(name, OUTPUT_RECORD_NAME) == 0;
}

static bool is_recorded(const struct output *output, const struct output_file *file)
{
	return output->how & OUTPUT_RECORD && file->opened && !is_record(file->name);
}

/* ---- writing ---- */

bool record_before(struct output *output, struct output_file *file)
{
	struct source source;

	sha256_start(&file->sum);
	memcpy(file->old_sum, OUTPUT_NO_TEXT, sizeof OUTPUT_NO_TEXT);
	if (!is_recorded(output, file) || !file->existed)
		return true;
	struct stat now;
	if (!read_existing(file, &now, &source))
		return output_fail(output, file->name, "cannot be read");
	sha256_text(source.text, file->old_sum);
	source_free(&source);
	return true;
}

bool record_write(struct output *output)
{
	struct buffer text = {0};
	bool any = false;

	for (int i = 0; i < output->count; i++) {
		const struct output_file *file = &output->files[i];
		if (file->opened && is_record(file->name))
			return true; /* written before */
		any |= is_recorded(output, file);
	}
	if (!any)
		return true;
	buffer_format(&text, "%s", head);
	for (int i = 0; i < output->count; i++) {
		const struct output_file *file = &output->files[i];
		struct sha256 sum = file->sum;
		char hex[65] = OUTPUT_NO_TEXT;
		if (!file->removed)
			sha256_end(&sum, hex);
		if (is_recorded(output, file))
			buffer_format(&text, "%s %s %s\n", file->name, hex, file->old_sum);
	}
	buffer_format(&text, "%s", tail);
	bool good = output_open(output, OUTPUT_RECORD_NAME) && output_write(output, text.at, text.len);
	buffer_free(&text);
	return good;
}

/* ---- reading ---- */

static bool is_sum(struct slice text)
{
	return slice_equal(text, SLICE(OUTPUT_NO_TEXT)) || (text.len == 64 && slice_all(text, is_hex_digit));
}

/* "oscam.user SUM SUM"; each file once, and all of one program. */
static bool take_line(struct record *record, struct slice line)
{
	struct slice name = slice_cut(&line, ' ');
	struct slice after = slice_cut(&line, ' ');
	struct record_file file = {.after = after, .before = line};
	bool ncam = false;

	for (enum oscam_file i = 0; i < OSCAM_FILE_COUNT; i++)
		for (int whose = 0; whose < 2; whose++) {
			const struct target *target = whose ? &target_ncam : NULL;
			if (!slice_equal(name, slice_of(target_file_name(target, i))))
				continue;
			file.name = target_file_name(target, i);
			ncam = whose;
			if (record->files[i].name || (record->any && ncam != record->ncam))
				return false;
			record->files[i] = file;
		}
	record->any = true;
	record->ncam = ncam;
	return file.name && is_sum(file.after) && is_sum(file.before);
}

bool record_read(struct record *record, struct slice text)
{
	struct slice first = SLICE(head), last = SLICE(tail);

	*record = (struct record){.any = false};
	if (!slice_starts(text, first) || !slice_ends(slice_skip(text, first.len), last))
		return false;
	struct slice rest = {text.at + first.len, text.len - first.len - last.len};
	while (rest.len > 0)
		if (!take_line(record, slice_cut(&rest, '\n')))
			return false;
	return record->any;
}
