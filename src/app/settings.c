/* The settings file and --set. libConfuse reads the file's syntax; every value is text to it, and what the
 * text means stands in setting_table. */
#include "settings.h"

#include <confuse.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "cc2oscam/source.h"

enum { SYSTEM_PLACES = 2 };

const char *settings_place(
	struct arena *arena, unsigned number, const char *xdg_config_home, const char *home)
{
	static const char *const folders[SYSTEM_PLACES] = {CC2OSCAM_SYSCONFDIR, "/etc"};
	bool has_xdg = xdg_config_home && xdg_config_home[0] == '/'; /* relative ones do not count */
	bool has_home = home && *home;

	if (number == 0)
		return "cc2oscam.conf";
	number--;
	if (has_xdg || has_home) {
		if (number == 0)
			return arena_format(arena, "%s%s/cc2oscam/cc2oscam.conf",
				has_xdg ? xdg_config_home : home, has_xdg ? "" : "/.config")
				.at;
		number--;
	}
	if (number >= SYSTEM_PLACES)
		return NULL;
	return arena_format(arena, "%s/cc2oscam.conf", folders[number]).at;
}

/* Control bytes could move the cursor. */
static void make_plain(struct buffer *text)
{
	for (size_t i = 0; i < text->len; i++)
		if (is_control(text->at[i]))
			text->at[i] = '?';
}

/* libConfuse's own words for an unknown name, told apart by their beginning. */
static bool say_unknown(struct slice message, struct buffer *why)
{
	struct slice start = SLICE("no such option '");

	if (!slice_starts(message, start))
		return false;
	message.at += start.len;
	message.len -= start.len;
	return !setting_find(slice_cut(&message, '\''), why);
}

static void complain_file(cfg_t *cfg, const char *format, va_list args)
{
	struct arena arena;
	struct buffer why = {0};

	arena_init(&arena);
	struct slice message = arena_vformat(&arena, format, args);
	if (!say_unknown(message, &why))
		buffer_add_slice(&why, message);
	make_plain(&why);
	(void)complain("%s:%d: %.*s", cfg->filename, cfg->line, (int)why.len, why.at);
	buffer_free(&why);
	arena_free(&arena);
}

/* A code in two of the lists would mean that one of them is not obeyed. */
static bool is_elsewhere(cfg_t *cfg, const cfg_opt_t *option, const char *code, struct buffer *why)
{
	static const char *const lists[] = {"warn", "error", "silent"};

	for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
		cfg_opt_t *list = cfg_getopt(cfg, lists[i]);
		for (unsigned n = 0; list != option && n < cfg_opt_size(list); n++) {
			if (strcmp(cfg_opt_getnstr(list, n), code) != 0)
				continue;
			buffer_format(why, "\"%s\" stands in the list %s already", code, lists[i]);
			return true;
		}
	}
	return false;
}

/* Takes a value for nobody, only to see whether it may be taken. */
static bool is_fine(const struct setting *setting, const char *value, struct buffer *why)
{
	struct request nobody = {.verb = NULL};
	struct settings settings = {.request = &nobody, .folder = ""};

	arena_init(&nobody.arena);
	list_init(&settings.wanted, &nobody.arena, sizeof(struct wanted_key));
	bool fine = setting->take(&settings, setting, slice_of(value), why);
	arena_free(&nobody.arena);
	return fine;
}

/* libConfuse calls this behind each value; of a list it has the values so far. */
static int check_value(cfg_t *cfg, cfg_opt_t *option)
{
	unsigned count = cfg_opt_size(option);
	struct buffer why = {0};
	const struct setting *setting = setting_find(slice_of(option->name), &why);

	if (count == 0)
		return 0;
	const char *value = cfg_opt_getnstr(option, count - 1);
	bool codes = setting->list && setting->take != setting_take_key;
	bool fine = is_fine(setting, value, &why) && !(codes && is_elsewhere(cfg, option, value, &why));
	if (!fine)
		cfg_error(cfg, "%s: %.*s", option->name, (int)why.len, why.at);
	buffer_free(&why);
	return fine ? 0 : -1;
}

static cfg_t *new_reader(const char *path)
{
	cfg_opt_t options[SETTING_COUNT + 1] = {CFG_END()};
	char *name = strdup(path);

	for (int i = 0; i < SETTING_COUNT; i++) {
		cfg_opt_t word = CFG_STR(setting_table[i].name, NULL, CFGF_NODEFAULT);
		cfg_opt_t list = CFG_STR_LIST(setting_table[i].name, NULL, CFGF_NODEFAULT);
		options[i] = setting_table[i].list ? list : word;
	}
	options[SETTING_COUNT] = (cfg_opt_t)CFG_END();
	cfg_t *cfg = cfg_init(options, CFGF_NONE);
	if (!cfg || !name)
		out_of_memory();
	/* cfg_init takes the language of the user; the messages here are in one. */
	(void)setlocale(LC_ALL, "C");
	cfg->filename = name; /* its own from now on */
	(void)cfg_set_error_function(cfg, complain_file);
	for (int i = 0; i < SETTING_COUNT; i++)
		(void)cfg_set_validate_func(cfg, setting_table[i].name, check_value);
	return cfg;
}

/* All values were checked while they were read. */
static void take_values(struct settings *settings, cfg_t *cfg)
{
	struct buffer why = {0};

	for (int i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = &setting_table[i];
		cfg_opt_t *option = cfg_getopt(cfg, setting->name);
		for (unsigned n = 0; n < cfg_opt_size(option); n++)
			(void)setting->take(settings, setting, slice_of(cfg_opt_getnstr(option, n)), &why);
	}
	buffer_free(&why);
}

static bool parse_text(struct settings *settings, const char *path, struct buffer *text)
{
	struct buffer why = {0};
	uint32_t line;

	if (!settings_scan(text->at, text->len, &line, &why)) {
		make_plain(&why);
		(void)complain("%s:%lu: %.*s", path, (unsigned long)line, (int)why.len, why.at);
		buffer_free(&why);
		return false;
	}
	FILE *file = fmemopen(text->at, text->len, "r");
	if (!file)
		out_of_memory();
	cfg_t *cfg = new_reader(path);
	bool fine = cfg_parse_fp(cfg, file) == CFG_SUCCESS;
	if (fine)
		take_values(settings, cfg);
	(void)cfg_free(cfg);
	(void)fclose(file);
	return fine;
}

static bool read_file(struct settings *settings, const char *path)
{
	struct source source;
	struct buffer text = {0};
	struct slice folder = slice_of(path);

	if (source_read(&source, path) != 0) {
		(void)complain("the settings file %s cannot be read: %s", path, strerror(errno));
		return false;
	}
	buffer_add_slice(&text, source.text);
	buffer_add(&text, "\n", 1);
	source_free(&source);
	while (folder.len > 0 && folder.at[folder.len - 1] != '/')
		folder.len--;
	settings->folder = arena_copy(&settings->request->arena, folder).at;
	bool fine = parse_text(settings, path, &text);
	buffer_free(&text);
	settings->request->settings = path;
	return fine;
}

static bool is_there(const char *path)
{
	struct stat unused;

	return stat(path, &unused) == 0 || (errno != ENOENT && errno != ENOTDIR);
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

static bool assign(struct settings *settings, const char *text)
{
	struct slice rest = slice_of(text), name = slice_trim(slice_cut(&rest, '='));
	struct buffer why = {0};

	if (setting_assign(settings, slice_of(text), &why)) {
		buffer_free(&why);
		return true;
	}
	make_plain(&why);
	/* not the value: it may be a password */
	(void)complain("--set \"%.*s\": %.*s", SLICE_ARG(name), (int)why.len, why.at);
	buffer_free(&why);
	return false;
}

bool read_settings(struct request *request, const char *file, const struct list *assignments)
{
	struct settings settings = {.request = request, .folder = ""};
	bool fine = true;

	list_init(&settings.wanted, &request->arena, sizeof(struct wanted_key));
	if (!file)
		file = find_file(request);
	if (file)
		fine = read_file(&settings, file);
	settings.folder = "";
	for (uint32_t i = 0; fine && i < assignments->count; i++)
		fine = assign(&settings, *(const char **)list_at(assignments, i));
	if (!fine || settings.wanted.count == 0)
		return fine;
	struct wanted_key *wanted = arena_array(&request->arena, settings.wanted.count, sizeof *wanted);
	for (uint32_t i = 0; i < settings.wanted.count; i++)
		wanted[i] = *(struct wanted_key *)list_at(&settings.wanted, i);
	request->choices.wanted = wanted;
	request->choices.wanted_count = settings.wanted.count;
	return true;
}
