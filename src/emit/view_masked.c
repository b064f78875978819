/* What --redact hides of the sections: passwords, keys and hosts. */
#include <string.h>

#include "cc2oscam/masked.h"
#include "view.h"

/* The ports of [newcamd] can have a key each. */
bool value_is_secret(enum schema_key_id key, struct slice value)
{
	return schema_key(key)->secret ||
	       (key == KEY_newcamd_port && value.len > 0 && memchr(value.at, '{', value.len));
}

/* Passwords and keys become stars, host names a number that tells one reader from the other. */
struct slice view_masked(struct view_context *context, const struct section *section, enum schema_key_id key,
	struct slice text)
{
	struct buffer *made = &context->masked;

	made->len = 0;
	if (value_is_secret(key, text) ||
		form_info((enum schema_form)schema_key(key)->form)->tells == TELLS_HOST ||
		(schema_is_ranges(key) && ranges_identify(text)))
		return SLICE(VIEW_HIDDEN);
	if (!section_is_reader(section) || section->kind == KIND_LOCAL ||
		(key != KEY_reader_label && key != KEY_reader_device))
		return text;
	if (key == KEY_reader_label) {
		buffer_format(made, "reader-of-line-%lu", (unsigned long)section->line);
	} else {
		(void)slice_cut(&text, ',');
		buffer_format(made, "********,%.*s", SLICE_ARG(text));
	}
	return buffer_slice(made);
}
