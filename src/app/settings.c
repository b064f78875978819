/* Settings files and manifests: libConfuse reads their syntax; every value is text to it, and what the text
 * means stands in the table of options. Which settings file counts, and what it, a manifest and --set come
 * to, one over the other. */
#include "settings.h"

#include <confuse.h>
#include <errno.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>

#include "cc2oscam/path.h"
#include "cc2oscam/source.h"

/* libConfuse ends the process where memory runs out: it is looked for first, so much to begin and so much for
 * each byte of text. */
enum { READER_MEMORY = 1 << 18, READER_MEMORY_EACH = 32 };

/* ---- what libConfuse does not do: count the lines of comments, refuse what has no end ---- */

static bool stands_alone(char byte)
{
	return is_blank(byte) || is_control(byte) || strchr("{}=+,()\"'#", byte);
}

/* A comment, a string, a word, or one other byte. *open: a comment or a string has no end. */
static struct slice next_token(struct slice *rest, bool *open)
{
	struct slice token = *rest;
	char first = token.at[0], quote = first == '"' || first == '\'' ? first : '\0';
	bool block = slice_starts(token, SLICE("/*"));
	size_t len = 1;

	if (first == '#' || slice_starts(token, SLICE("//"))) {
		const char *feed = memchr(token.at, '\n', token.len);
		len = feed ? (size_t)(feed - token.at) : token.len;
	} else if (block) {
		for (len = 4; len < token.len && memcmp(token.at + len - 2, "*/", 2) != 0; len++)
			;
	} else if (quote) {
		while (len < token.len && token.at[len] != quote)
			len += token.at[len] == '\\' ? 2 : 1;
		len++;
	} else if (!stands_alone(first)) {
		while (len < token.len && !stands_alone(token.at[len]))
			len++;
	}
	*open = len > token.len || (block && memcmp(token.at + len - 2, "*/", 2) != 0);
	token.len = len < token.len ? len : token.len;
	*rest = (struct slice){token.at + token.len, rest->len - token.len};
	return token;
}

static bool is_comment(struct slice token)
{
	return token.at[0] == '#' || slice_starts(token, SLICE("//")) || slice_starts(token, SLICE("/*"));
}

/* "${" where libConfuse would put an environment variable in its place; as words, "$" and "{" are two. */
static bool has_variable(struct slice token, const char *text)
{
	if (token.at[0] == '{')
		return token.at > text && token.at[-1] == '$';
	for (size_t i = 1; i + 1 < token.len && token.at[0] == '"'; i += token.at[i] == '\\' ? 2 : 1)
		if (token.at[i] == '$' && token.at[i + 1] == '{')
			return true;
	return false;
}

/* Makes comments blanks. False, with the line and the reason, for what libConfuse would cut or replace
 * without a word. `sections` gets the lines (uint32_t) where the receivers of a manifest begin. */
static bool prepare_text(char *text, size_t len, struct list *sections, uint32_t *line, struct buffer *why)
{
	const char *zero = memchr(text, '\0', len);
	struct slice rest = {text, zero ? (size_t)(zero - text) : len};
	uint32_t depth = 0, opened = 0; /* braces, and the line of the outermost */
	char before = '\0';
	bool open;

	for (*line = 1; rest.len > 0;) {
		struct slice token = next_token(&rest, &open);
		char first = token.at[0];
		bool comment = is_comment(token);
		if (has_variable(token, text))
			return refuse(why,
				"${...} would be replaced by an environment variable; to keep the text as it "
				"is, write the value in single quotes");
		if (open)
			return refuse(why, first == '/' ? "the comment that begins here has no end"
							: "the quotes that open here are never closed");
		if (first == '{' && depth++ == 0) {
			opened = *line;
			if (before != '=') /* no list */
				*(uint32_t *)list_add(sections) = *line;
		}
		depth -= first == '}' && depth > 0;
		if (!comment && !is_blank(first) && !is_control(first))
			before = first;
		for (char *at = text + (token.at - text); at < rest.at; at++) {
			*line += *at == '\n';
			if (comment && *at != '\n')
				*at = ' ';
		}
	}
	if (zero)
		return refuse(why, "there is a zero byte: this is no text");
	*line = depth > 0 ? opened : *line;
	return depth == 0 || refuse(why, "the brace that opens here is never closed");
}

/* A word behind the word "receiver" at the begin of a line, and then a brace. */
bool text_is_manifest(const struct source *source)
{
	struct slice rest = source->text;
	bool begins = true, open; /* a line */
	int behind = 0;           /* so many words behind "receiver", from 1 */

	while (rest.len > 0) {
		struct slice token = next_token(&rest, &open);
		char first = token.at[0];
		if (is_comment(token) || is_blank(first) || is_control(first)) {
			begins |= first == '\n';
			continue;
		}
		if (behind > 0 && (first == '{' || (behind == 1 && (first == '"' || first == '\''))))
			return true;
		behind = begins && slice_equal(token, SLICE("receiver")) ? 1 : behind == 1 ? 2 : 0;
		begins = first == '}';
	}
	return false;
}

/* ---- reading ---- */

static void complain_file(cfg_t *cfg, const char *format, va_list args)
{
	struct slice unknown = SLICE("no such option '"); /* libConfuse's own words */
	struct buffer why = {0};
	struct arena arena;

	arena_init(&arena);
	struct slice message = arena_vformat(&arena, format, args);
	if (slice_starts(message, unknown)) {
		const char **names = arena_array(&arena, cfg_num(cfg), sizeof *names);
		for (unsigned i = 0; i < cfg_num(cfg); i++)
			names[i] = cfg->opts[i].name;
		message = (struct slice){message.at + unknown.len, message.len - unknown.len};
		setting_say_unknown(slice_cut(&message, '\''), names, cfg_num(cfg), &why);
	} else {
		buffer_add_slice(&why, message);
	}
	(void)complain_unless(false, &why, "%s:%d: ", cfg->filename, cfg->line);
	arena_free(&arena);
}

/* A code in two lists is refused: one of the lists would not be obeyed. */
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

/* Whether the option takes the value; the value goes nowhere. */
static bool is_fine(const struct option_row *row, const char *value, struct buffer *why)
{
	struct request nobody = {.command = NULL};
	struct settings settings = {.request = &nobody, .folder = ""};

	arena_init(&nobody.arena);
	list_init(&settings.set_keys, &nobody.arena, sizeof(struct set_key));
	bool fine = row->set(&settings, row, slice_of(value), why);
	arena_free(&nobody.arena);
	return fine;
}

/* Whether the value does not push another one out. Its line becomes the option's comment. libConfuse has made
 * room for the value already. */
static bool note_value(cfg_t *cfg, cfg_opt_t *option)
{
	char line[16];

	if (cfg_opt_getcomment(option) && cfg_opt_size(option) == 1) {
		cfg_error(cfg,
			option->flags & CFGF_LIST ? "%s has a value already; a list grows with +="
						  : "%s has a value already; remove one of the two",
			option->name);
		return false;
	}
	(void)snprintf(line, sizeof line, "%d", cfg->line);
	if (cfg_opt_setcomment(option, line) != CFG_SUCCESS)
		out_of_memory();
	return true;
}

/* libConfuse calls this for each value of a choice. */
static int take_value(cfg_t *cfg, cfg_opt_t *option, const char *value, void *taken)
{
	struct buffer why = {0};
	const struct option_row *row = setting_find(slice_of(option->name), &why);
	bool codes = row->commands & OPTION_LIST && row->set != set_key;

	if (!note_value(cfg, option))
		return -1;
	bool fine = is_fine(row, value, &why) && !(codes && is_elsewhere(cfg, option, value, &why));
	if (!fine)
		cfg_error(cfg, "%s: %.*s", option->name, (int)why.len, why.at);
	buffer_free(&why);
	*(const char **)taken = value;
	return fine ? 0 : -1;
}

/* Of a receiver's section: its source or its output. */
static int take_path(cfg_t *cfg, cfg_opt_t *option, const char *value, void *taken)
{
	bool fine = *value && find_control(slice_of(value)) == SIZE_MAX;

	if (!note_value(cfg, option))
		return -1;
	if (!fine)
		cfg_error(cfg, "%s: write a path", option->name);
	*(const char **)taken = value;
	return fine ? 0 : -1;
}

/* Into room for all of them, and for what else stands beside them. */
static unsigned add_choices(cfg_opt_t *options)
{
	unsigned count = 0;

	for (const struct option_row *row = option_rows; row < option_end; row++) {
		cfg_opt_t word = CFG_STR_CB(row->setting, NULL, CFGF_NODEFAULT, take_value),
			  list = CFG_STR_LIST_CB(row->setting, NULL, CFGF_NODEFAULT, take_value);
		if (row->setting)
			options[count++] = row->commands & OPTION_LIST ? list : word;
	}
	return count;
}

static cfg_t *new_reader(struct arena *arena, const char *path, bool manifest)
{
	size_t rows = (size_t)(option_end - option_rows);
	cfg_opt_t *inner = arena_array(arena, rows + 3, sizeof *inner),
		  *options = arena_array(arena, rows + 3, sizeof *options);
	char *name = strdup(path);
	unsigned count = add_choices(inner);

	inner[count++] = (cfg_opt_t)CFG_STR_CB("source", NULL, CFGF_NODEFAULT, take_path);
	inner[count++] = (cfg_opt_t)CFG_STR_CB("output", NULL, CFGF_NODEFAULT, take_path);
	inner[count] = (cfg_opt_t)CFG_END();
	count = add_choices(options);
	if (manifest)
		options[count++] =
			(cfg_opt_t)CFG_SEC("receiver", inner, CFGF_MULTI | CFGF_TITLE | CFGF_NO_TITLE_DUPES);
	options[count] = (cfg_opt_t)CFG_END();
	cfg_t *cfg = cfg_init(options, CFGF_NONE);
	if (!cfg || !name)
		out_of_memory();
	/* cfg_init takes the language of the user; the messages here are in one. */
	(void)setlocale(LC_ALL, "C");
	cfg->filename = name; /* its own from now on */
	(void)cfg_set_error_function(cfg, complain_file);
	return cfg;
}

/* All values were checked while they were read. */
static void keep_values(struct arena *arena, cfg_t *cfg, const char *folder, struct settings_layer *layer)
{
	*layer = (struct settings_layer){.folder = folder};
	list_init(&layer->values, arena, sizeof(struct setting_value));
	for (const struct option_row *row = option_rows; row < option_end; row++) {
		cfg_opt_t *option = row->setting ? cfg_getopt(cfg, row->setting) : NULL;
		for (unsigned n = 0; option && n < cfg_opt_size(option); n++)
			*(struct setting_value *)list_add(&layer->values) = (struct setting_value){row,
				arena_copy(arena, slice_of(cfg_opt_getnstr(option, n))),
				(uint32_t)strtoul(cfg_opt_getcomment(option), NULL, 10)};
	}
}

static void keep_sections(
	struct arena *arena, cfg_t *cfg, const struct list *lines, struct settings_file *file)
{
	for (unsigned i = 0; i < cfg_size(cfg, "receiver"); i++) {
		cfg_t *section = cfg_getnsec(cfg, "receiver", i);
		struct settings_section *kept = list_add(&file->sections);
		kept->title = arena_string(arena, cfg_title(section));
		kept->source = arena_string(arena, cfg_getstr(section, "source"));
		kept->output = arena_string(arena, cfg_getstr(section, "output"));
		kept->line = *(uint32_t *)list_at(lines, i);
		keep_values(arena, section, file->top.folder, &kept->layer);
	}
}

static bool parse_text(
	struct arena *arena, const char *path, struct buffer *text, bool manifest, struct settings_file *file)
{
	struct buffer why = {0};
	struct list lines;
	uint32_t line;

	list_init(&lines, arena, sizeof(uint32_t));
	bool fine = prepare_text(text->at, text->len, &lines, &line, &why);
	if (!complain_unless(fine, &why, "%s:%lu: ", path, (unsigned long)line))
		return false;
	FILE *stream = fmemopen(text->at, text->len, "r");
	if (!stream)
		out_of_memory();
	need_memory(READER_MEMORY + READER_MEMORY_EACH * text->len);
	cfg_t *cfg = new_reader(arena, path, manifest);
	fine = cfg_parse_fp(cfg, stream) == CFG_SUCCESS;
	if (fine) {
		keep_values(arena, cfg, file->top.folder, &file->top);
		if (manifest)
			keep_sections(arena, cfg, &lines, file);
	}
	(void)cfg_free(cfg);
	(void)fclose(stream);
	return fine;
}

bool settings_file_read(
	struct arena *arena, const char *path, const char *what, bool manifest, struct settings_file *file)
{
	struct source source;
	struct buffer text = {0};

	if (!source_read(&source, path)) {
		(void)complain("%s %s cannot be read: %s", what, path, source_trouble(errno));
		return false;
	}
	buffer_add_slice(&text, source.text);
	buffer_add(&text, "\n", 1);
	source_free(&source);
	*file = (struct settings_file){.top = {.folder = arena_copy(arena, slice_folder(slice_of(path))).at}};
	list_init(&file->sections, arena, sizeof(struct settings_section));
	bool fine = parse_text(arena, path, &text, manifest, file);
	buffer_free(&text);
	return fine;
}

/* ---- which file counts, and what wins ---- */

/* The first settings file that is there, readable or not; NULL: none is. */
static const char *find_settings(struct arena *arena)
{
	const char *config = getenv("XDG_CONFIG_HOME"), *home = getenv("HOME");
	const char *places[] = {
		"cc2oscam.conf", NULL, CC2OSCAM_SYSCONFDIR "/cc2oscam.conf", "/etc/cc2oscam.conf"};

	if (config && config[0] == '/') /* a relative one does not count */
		places[1] = arena_format(arena, "%s/cc2oscam/cc2oscam.conf", config).at;
	else if (home && *home)
		places[1] = arena_format(arena, "%s/.config/cc2oscam/cc2oscam.conf", home).at;
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (places[i] && is_there(places[i]))
			return places[i];
	return NULL;
}

bool take_settings(struct request *request, const struct settings_layer *const *layers, unsigned count,
	const struct list *assignments)
{
	struct settings settings = {.request = request, .folder = ""};
	struct buffer none = {0}; /* values of layers were checked */
	bool fine = true;

	list_init(&settings.set_keys, &request->arena, sizeof(struct set_key));
	for (unsigned i = 0; i < count; i++) {
		settings.folder = layers[i] ? layers[i]->folder : "";
		for (uint32_t k = 0; layers[i] && k < layers[i]->values.count; k++) {
			const struct setting_value *value = list_at(&layers[i]->values, k);
			(void)value->row->set(&settings, value->row, value->text, &none);
		}
	}
	settings.folder = "";
	buffer_free(&none);
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
		path = find_settings(&request->arena);
	request->settings = path;
	if (path) {
		if (!settings_file_read(&request->arena, path, "the settings file", false, file))
			return false;
		request->file_choices = &file->top;
	}
	return take_settings(request, &request->file_choices, 1, assignments);
}
