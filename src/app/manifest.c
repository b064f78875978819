/* From a manifest's sections to receivers of a fleet. See manifest.h. */
#include "manifest.h"

#include <sys/stat.h>

#include "cc2oscam/kind.h"
#include "conversion.h"

static bool has_its_name(const char *path)
{
	const char *dot = strrchr(path, '.');

	return dot && dot > path && slice_in_list(slice_of(dot + 1), "conf|manifest", '|');
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

	if (!section->source)
		return refuse(why, "the source is missing: write source = PATH");
	const char *path =
		arena_format(arena, "%s%s", section->source[0] == '/' ? "" : folder, section->source).at;
	if (has_its_name(path) && holds_manifest(path))
		return refuse(why, "the source is a manifest; name the manifest on the command line");
	return fleet_add_named(fleet, path, output, receiver, why);
}

static bool add_receiver(struct arena *arena, const char *path, const struct settings_file *file,
	const struct request *request, struct fleet *fleet, uint32_t number)
{
	const struct settings_section *section = list_at(&file->sections, number);
	struct manifest_receiver *receiver = arena_zero(arena, sizeof *receiver);
	struct request own;
	struct buffer why = {0};

	*receiver = (struct manifest_receiver){&file->top, &section->layer, section->title};
	request_for(request, receiver, &own);
	bool fits = set_keys_fit_target(&own, &why);
	arena_free(&own.arena);
	bool fine = fits && add_source(arena, section, file->top.folder, fleet, receiver, &why);
	return complain_unless(
		fine, &why, "%s:%lu: receiver \"%s\": ", path, (unsigned long)section->line, section->title);
}

/* ---- templates ---- */

/* Whether the layer's templates, if it names any, can be taken. `known`: the folders that were looked at
 * already, for many receivers name the same. `section`: NULL for the manifest's own. */
static bool check_templates(struct list *known, const char *path, const struct settings_layer *layer,
	const struct settings_section *section)
{
	const struct setting_value *value = NULL;
	const struct template_set *set;
	struct request nobody = {.templates = NULL};
	struct settings to = {.request = &nobody, .folder = layer->folder};
	struct slice failed;

	for (uint32_t i = 0; i < layer->values.count; i++) {
		const struct setting_value *at = list_at(&layer->values, i);
		value = strcmp(at->row->setting, "templates") == 0 ? at : value;
	}
	bool fine = value == NULL;
	arena_init(&nobody.arena);
	if (value)
		(void)value->row->set(&to, value->row, value->text, NULL);
	for (uint32_t i = 0; i < known->count && !fine; i++)
		fine = strcmp(*(const char **)list_at(known, i), nobody.templates) == 0;
	if (!fine) {
		*(const char **)list_add(known) = arena_string(known->arena, nobody.templates);
		fine = load_templates(&nobody, &nobody.arena, &set, &failed);
		if (!fine)
			(void)complain("%s:%lu: %s%s%s%.*s", path,
				(unsigned long)(section ? section->line : value->line),
				section ? "receiver \"" : "", section ? section->title : "",
				section ? "\": " : "", SLICE_ARG(failed));
	}
	arena_free(&nobody.arena);
	return fine;
}

bool read_manifest(struct arena *arena, const char *path, const struct request *request, struct fleet *fleet)
{
	struct settings_file *file = arena_zero(arena, sizeof *file);
	struct list known;

	if (!settings_file_read(arena, path, "the manifest", true, file))
		return false;
	if (file->sections.count == 0) {
		(void)complain("the manifest %s has no receiver in it", path);
		return false;
	}
	for (uint32_t i = 0; i < file->sections.count; i++)
		if (!add_receiver(arena, path, file, request, fleet, i))
			return false;
	list_init(&known, arena, sizeof(const char *));
	bool fine = check_templates(&known, path, &file->top, NULL);
	for (uint32_t i = 0; i < file->sections.count && fine; i++) {
		const struct settings_section *section = list_at(&file->sections, i);
		fine = check_templates(&known, path, &section->layer, section);
	}
	return fine;
}
