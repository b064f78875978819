/* What --redact hides of the sections: passwords, keys and hosts. */
#include <string.h>

#include "cc2oscam/masked.h"
#include "view.h"

bool key_is_secret(enum schema_key_id key)
{
	return schema_key(key)->secret;
}

/* The ports of [newcamd] can have a key each. */
bool value_is_secret(enum schema_key_id key, struct slice value)
{
	return key_is_secret(key) ||
	       (key == KEY_newcamd_port && value.len > 0 && memchr(value.at, '{', value.len));
}

static bool is_hidden(enum schema_key_id key, struct slice value)
{
	return value_is_secret(key, value) ||
	       form_info((enum schema_form)schema_key(key)->form)->tells == TELLS_HOST ||
	       (schema_is_ranges(key) && ranges_identify(value));
}

static bool is_network(const struct section *section)
{
	return section_is_reader(section) && section->kind != KIND_LOCAL;
}

/* Passwords and keys become stars, host names a number that tells one reader from the other. */
struct slice view_masked(struct view_context *context, const struct section *section, enum schema_key_id key,
	struct slice text)
{
	struct buffer *made = &context->masked;

	made->len = 0;
	if (is_hidden(key, text))
		return SLICE(VIEW_HIDDEN);
	if (!is_network(section))
		return text;
	if (key == KEY_reader_label) {
		buffer_format(made, "reader-of-line-%lu", (unsigned long)section->line);
	} else if (key == KEY_reader_device) {
		struct slice rest = text;
		(void)slice_cut(&rest, ',');
		buffer_format(made, "********,%.*s", SLICE_ARG(rest));
	} else {
		return text;
	}
	return buffer_slice(made);
}
