/* Which settings file counts, and what it, a manifest and --set come to, one over the other. */
#include "settings.h"

#include <stdlib.h>

#include "cc2oscam/path.h"

const char *settings_place(
	struct arena *arena, unsigned number, const char *xdg_config_home, const char *home)
{
	const char *places[4] = {"cc2oscam.conf"};
	unsigned count = 1;

	if (xdg_config_home && xdg_config_home[0] == '/') /* relative ones do not count */
		places[count++] = arena_format(arena, "%s/cc2oscam/cc2oscam.conf", xdg_config_home).at;
	else if (home && *home)
		places[count++] = arena_format(arena, "%s/.config/cc2oscam/cc2oscam.conf", home).at;
	places[count++] = CC2OSCAM_SYSCONFDIR "/cc2oscam.conf";
	places[count++] = "/etc/cc2oscam.conf";
	return number < count ? places[number] : NULL;
}

/* The first that is there, readable or not. */
static const char *find_file(struct request *request)
{
	const char *path;

	for (unsigned i = 0;
		(path = settings_place(&request->arena, i, getenv("XDG_CONFIG_HOME"), getenv("HOME"))); i++)
		if (is_there(path))
			return path;
	return NULL;
}

void setting_take_layer(struct settings *settings, const struct settings_layer *layer)
{
	struct buffer why = {0};

	settings->folder = layer->folder;
	for (uint32_t i = 0; i < layer->values.count; i++) {
		const struct setting_value *value = list_at(&layer->values, i);
		(void)value->row->set(settings, value->row, value->text, &why);
	}
	settings->folder = "";
	buffer_free(&why);
}

bool take_settings(struct request *request, const struct settings_layer *const *layers, unsigned count,
	const struct list *assignments)
{
	struct settings settings = {.request = request, .folder = ""};
	bool fine = true;

	list_init(&settings.set_keys, &request->arena, sizeof(struct set_key));
	for (unsigned i = 0; i < count; i++)
		if (layers[i])
			setting_take_layer(&settings, layers[i]);
	for (uint32_t i = 0; fine && i < assignments->count; i++) {
		struct slice text = slice_of(*(const char **)list_at(assignments, i)), rest = text;
		struct slice name = slice_trim(slice_cut(&rest, '='));
		struct buffer why = {0};
		/* not the value: it may be a password */
		fine = complain_unless(
			setting_assign(&settings, text, &why), &why, "--set \"%.*s\": ", SLICE_ARG(name));
	}
	if (!fine || settings.set_keys.count == 0)
		return fine;
	struct set_key *keys = arena_array(&request->arena, settings.set_keys.count, sizeof *keys);
	for (uint32_t i = 0; i < settings.set_keys.count; i++)
		keys[i] = *(struct set_key *)list_at(&settings.set_keys, i);
	request->choices.set_keys = keys;
	request->choices.set_count = settings.set_keys.count;
	return true;
}

bool set_keys_fit_target(const struct request *request, struct buffer *why)
{
	struct arena arena;
	const struct target *target = &request->choices.target;

	arena_init(&arena);
	for (size_t i = 0; i < request->choices.set_count; i++) {
		const struct schema_key *key = schema_key(request->choices.set_keys[i].key);
		enum knowledge known = target_knows(target, &key->known);
		if (known == KNOWN_BY_ALL)
			continue;
		buffer_format(why,
			"%s.%s cannot be set: %s%.*s %s the key. The key is known to %.*s; if this is "
			"your program, add --target %.*s",
			schema_section_name((enum schema_section)key->section), key->name,
			known == KNOWN_BY_SOME ? "not every " : "", SLICE_ARG(target_name(target, &arena)),
			known == KNOWN_BY_SOME ? "knows" : "does not know",
			SLICE_ARG(lifespan_name(&key->known, &arena)),
			SLICE_ARG(lifespan_target(&key->known, target, &arena)));
		break;
	}
	arena_free(&arena);
	return why->len == 0;
}

bool read_settings(struct request *request, const char *path, const struct list *assignments)
{
	struct settings_file *file = arena_zero(&request->arena, sizeof *file);

	if (!path)
		path = find_file(request);
	request->settings = path;
	if (path) {
		if (!settings_file_read(&request->arena, path, "the settings file", false, file))
			return false;
		request->file_choices = &file->top;
	}
	return take_settings(request, &request->file_choices, 1, assignments);
}
