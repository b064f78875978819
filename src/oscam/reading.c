/* The loops in which OSCam reads its files line by line. They differ from file to file in what a header, a
 * comment and the keys before the first header are. */
#include <string.h>

#include "cc2oscam/schema.h"
#include "values.h"

enum { SHORTEST_LINE = 3 };

void oscam_reading_start(struct oscam_reading *reading, enum oscam_file file)
{
	reading->file = file;
	reading->section = file == OSCAM_CONF ? SECTION_global : SECTION_NONE;
}

static struct slice keep_label(struct oscam_reading *reading, struct slice name)
{
	if (name.len > sizeof(reading->label) - 1)
		name.len = sizeof(reading->label) - 1;
	for (size_t i = 0; i < name.len; i++)
		reading->label[i] = to_lower(name.at[i]);
	reading->label[name.len] = '\0';
	return (struct slice){reading->label, name.len};
}

static struct oscam_line read_header(struct oscam_reading *reading, struct slice name)
{
	struct oscam_line line = {.name = name};

	if (!slice_equal(name, slice_of(schema_section_name(reading->section)))) /* else as the one before */
		reading->section = schema_find_section(reading->file, name);
	line.section = reading->section;
	line.event = reading->section == SECTION_NONE ? OSCAM_UNKNOWN_SECTION : OSCAM_SECTION;
	if (reading->file == OSCAM_SERVICES)
		line.name = keep_label(reading, name);
	return line;
}

static struct oscam_line read_setting(const struct oscam_reading *reading, struct slice text)
{
	struct oscam_line line = {.section = reading->section};

	line.name = oscam_trim(slice_cut(&text, '='));
	line.value = oscam_trim(text);
	if (reading->section == SECTION_NONE) {
		line.event = OSCAM_LOST_SETTING;
		return line;
	}
	line.key = schema_find(reading->section, line.name);
	line.event = line.key == KEY_NONE ? OSCAM_UNKNOWN_SETTING : OSCAM_SETTING;
	return line;
}

struct oscam_line oscam_reading_line(struct oscam_reading *reading, struct slice line)
{
	const char *zero = line.len ? memchr(line.at, '\0', line.len) : NULL;

	if (zero) /* OSCam's lines are C strings */
		line.len = (size_t)(zero - line.at);
	struct slice text = oscam_trim(line);
	if (text.len < SHORTEST_LINE || text.at[0] == '#')
		return (struct oscam_line){.event = OSCAM_NOTHING, .section = reading->section};
	if (text.at[0] == '[' && text.at[text.len - 1] == ']')
		return read_header(reading, (struct slice){text.at + 1, text.len - 2});
	if (!memchr(text.at, '=', text.len))
		return (struct oscam_line){.event = OSCAM_NOTHING, .section = reading->section};
	return read_setting(reading, text);
}
