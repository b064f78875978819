/* From a manifest's sections to receivers of a fleet. See manifest.h. */
#include "manifest.h"

#include <sys/stat.h>

#include "conversion.h"
#include "unfit.h"

static bool ends_with(struct slice text, struct slice end)
{
	return text.len > end.len &&
	       slice_equal_nocase((struct slice){text.at + text.len - end.len, end.len}, end);
}

static bool has_its_name(const char *path)
{
	struct slice name = slice_of(path);

	return ends_with(name, SLICE(".conf")) || ends_with(name, SLICE(".manifest"));
}

static bool holds_manifest(const char *path)
{
	struct source source;

	if (kind_of_file(path).is != FILE_TEXT || !source_read(&source, path))
		return false;
	bool holds = text_is_manifest(&source);
	source_free(&source);
	return holds;
}

bool is_manifest(const char *path)
{
	struct stat status;

	if (stat(path, &status) != 0)
		return has_its_name(path);
	return !S_ISDIR(status.st_mode) &&
	       (has_its_name(path) || (S_ISREG(status.st_mode) && holds_manifest(path)));
}

/* Adds it to the fleet; false with the reason. */
static bool add_source(struct arena *arena, const struct settings_section *section, const char *folder,
	struct fleet *fleet, struct manifest_receiver *receiver, struct buffer *why)
{
	const char *output = section->output ? section->output : fleet_name_of(arena, section->title).at;

	if (!section->source) {
		buffer_format(why, "it has no source");
		return false;
	}
	const char *path =
		arena_format(arena, "%s%s", section->source[0] == '/' ? "" : folder, section->source).at;
	if (has_its_name(path) && holds_manifest(path)) {
		buffer_format(why, "its source is a manifest; only the command line takes those");
		return false;
	}
	return fleet_add_named(fleet, path, output, receiver, why);
}

static bool fits_target(
	const struct request *request, const struct manifest_receiver *receiver, struct buffer *why)
{
	struct request own;

	request_for(request, receiver, &own);
	bool fits = set_keys_fit_target(&own, why);
	arena_free(&own.arena);
	return fits;
}

static bool add_receiver(struct arena *arena, const char *path, const struct settings_file *file,
	const struct request *request, struct fleet *fleet, uint32_t number)
{
	const struct settings_section *section = list_at(&file->sections, number);
	struct manifest_receiver *receiver = arena_zero(arena, sizeof *receiver);
	struct buffer why = {0};

	*receiver = (struct manifest_receiver){&file->top, &section->layer, section->title};
	bool fine = fits_target(request, receiver, &why) &&
		    add_source(arena, section, file->top.folder, fleet, receiver, &why);
	return complain_unless(
		fine, &why, "%s:%lu: receiver \"%s\": ", path, (unsigned long)section->line, section->title);
}

/* ---- templates ---- */

/* Folders that were looked at already: many receivers name the same. */
static bool is_known(const struct list *folders, const char *folder)
{
	for (uint32_t i = 0; i < folders->count; i++)
		if (strcmp(*(const char **)list_at(folders, i), folder) == 0)
			return true;
	return false;
}

/* Whether the layer's templates, if it has any, can be taken; `where` they stand, for the message. */
static bool check_templates(
	struct arena *arena, struct list *known, const struct settings_layer *layer, struct slice where)
{
	struct request nobody = {.command = NULL};
	struct settings settings = {.request = &nobody};
	const struct template_set *set;
	struct slice failed;
	bool fine = true;

	arena_init(&nobody.arena);
	list_init(&settings.set_keys, &nobody.arena, sizeof(struct set_key));
	setting_take_layer(&settings, layer);
	if (nobody.templates && !is_known(known, nobody.templates)) {
		*(const char **)list_add(known) = arena_copy(arena, slice_of(nobody.templates)).at;
		fine = load_templates(&nobody, &nobody.arena, &set, &failed);
		if (!fine)
			(void)complain("%.*s: %.*s", SLICE_ARG(where), SLICE_ARG(failed));
	}
	arena_free(&nobody.arena);
	return fine;
}

static uint32_t line_of_choice(const struct settings_layer *layer, const char *name)
{
	uint32_t line = 0;

	for (uint32_t i = 0; i < layer->values.count; i++) {
		const struct setting_value *value = list_at(&layer->values, i);
		if (strcmp(value->row->setting, name) == 0)
			line = value->line;
	}
	return line;
}

static bool check_all_templates(struct arena *arena, const char *path, const struct settings_file *file)
{
	struct list known;

	list_init(&known, arena, sizeof(const char *));
	if (!check_templates(arena, &known, &file->top,
		    arena_format(
			    arena, "%s:%lu", path, (unsigned long)line_of_choice(&file->top, "templates"))))
		return false;
	for (uint32_t i = 0; i < file->sections.count; i++) {
		const struct settings_section *section = list_at(&file->sections, i);
		struct slice where = arena_format(
			arena, "%s:%lu: receiver \"%s\"", path, (unsigned long)section->line, section->title);
		if (!check_templates(arena, &known, &section->layer, where))
			return false;
	}
	return true;
}

bool read_manifest(struct arena *arena, const char *path, const struct request *request, struct fleet *fleet)
{
	struct settings_file *file = arena_zero(arena, sizeof *file);

	if (!settings_file_read(arena, path, "the manifest", true, file))
		return false;
	if (file->sections.count == 0) {
		(void)complain("the manifest %s has no receiver in it", path);
		return false;
	}
	for (uint32_t i = 0; i < file->sections.count; i++)
		if (!add_receiver(arena, path, file, request, fleet, i))
			return false;
	return check_all_templates(arena, path, file);
}
