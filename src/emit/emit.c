/* Loading templates and rendering files through them. See emit.h. */
#include "view.h"

#include <dirent.h>
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "cc2oscam/embedded.h"
#include "cc2oscam/rows.h"

static const char ending[] = ".mustache";

/* The user may replace the look of one kind of section; the other kinds look as section.mustache says. */
static const char *const kinds[] = {"account", "reader-cccam", "reader-cs357x", "reader-gbox", "reader-local",
	"reader-newcamd", "reader-radegast", "service"};

/* Earlier templates include "skip", which wrote comments for `check` that are not needed any more. */
static const char outdated[] = "skip";

/* The template of the HTML report is in the same folders, and has names of its own (src/output/html.c). */
static bool is_of_report(const char *name)
{
	return strncmp(name, "report.", strlen("report.")) == 0;
}

static bool fail(struct arena *arena, struct template_error *error, const char *name, const char *what,
	const char *why)
{
	*error = (struct template_error){.place = {.name = name}};
	error->message = why ? arena_format(arena, "%s: %s", what, why) : slice_of(what);
	return false;
}

/* Reads one file of the user's folder: in the place of a built-in template, or as one that the user's own
 * templates include. */
static bool load_template(struct arena *arena, const char *folder, const char *file, struct template_set *set,
	struct template_error *error)
{
	size_t len = strlen(file) - (sizeof ending - 1);
	struct slice name = arena_copy(arena, (struct slice){file, len});
	struct slice path = arena_format(arena, "%s/%s", folder, file);
	struct source source;
	struct stat status;

	if (stat(path.at, &status) == 0 && !S_ISREG(status.st_mode))
		return fail(arena, error, name.at, "this is no plain file", NULL);
	if (!source_read(&source, path.at))
		return fail(arena, error, name.at, "the file cannot be read", source_trouble(errno));
	template_set_add(set, name.at, arena_copy(arena, source.text));
	source_free(&source);
	return true;
}

static bool load_folder(
	struct arena *arena, const char *folder, struct template_set *set, struct template_error *error)
{
	DIR *dir = opendir(folder);
	bool good = true;

	if (!dir)
		return fail(arena, error, NULL, "the folder cannot be opened", strerror(errno));
	for (struct dirent *entry; good && (entry = readdir(dir));) {
		size_t len = strlen(entry->d_name);
		if (len >= sizeof ending && !is_of_report(entry->d_name) &&
			strcmp(entry->d_name + len - (sizeof ending - 1), ending) == 0)
			good = load_template(arena, folder, entry->d_name, set, error);
	}
	(void)closedir(dir);
	return good;
}

bool emit_templates(
	struct arena *arena, const char *folder, struct template_set **set, struct template_error *error)
{
	*set = template_set_new(arena, view_names);
	for (const struct embedded *builtin = builtin_templates; builtin->name; builtin++)
		if (!is_of_report(builtin->name))
			template_set_add(*set, builtin->name, (struct slice){builtin->text, builtin->size});
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		template_set_add(*set, kinds[i], SLICE("{{> section}}\n"));
	template_set_add(*set, outdated, SLICE(""));
	if (folder && !load_folder(arena, folder, *set, error))
		return false;
	return template_set_compile(*set, error);
}

static bool is_known(const char *name)
{
	bool known = strcmp(name, outdated) == 0;

	for (const struct embedded *builtin = builtin_templates; builtin->name && !known; builtin++)
		known = strcmp(builtin->name, name) == 0;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds && !known; i++)
		known = strcmp(kinds[i], name) == 0;
	return known;
}

void emit_say_unused(const struct template_set *templates, const char *folder, struct ledger *ledger)
{
	const char *name;

	for (uint32_t i = 0; (name = template_set_name(templates, i)); i++)
		if (!is_known(name) && !template_set_includes(templates, name))
			(void)ledger_find(ledger, CODE_TEMPLATE_UNUSED, (struct place){ledger->source, 0, 0},
				"%s/%s%s is not used: cc2oscam has no template of this name, and no other "
				"template includes the file",
				folder, name, ending);
}

bool emit_has(const struct emission *emission, enum oscam_file file)
{
	if (oscam_has_rows(file))
		return oscam_rows(emission->model, file) && oscam_rows(emission->model, file)->count > 0;
	return file != OSCAM_SERVICES || emission->model->services.count > 0;
}

bool emit_file(const struct emission *emission, enum oscam_file file, const struct sink *sink)
{
	struct view_context context = {.emission = emission};
	bool good = template_render(
		emission->templates, oscam_file_name(file), &view_set, emission, &context, sink);

	view_context_free(&context);
	return good;
}

bool emit_writes(const struct template_set *templates, enum section_kind kind, enum schema_key_id key)
{
	enum schema_section section = (enum schema_section)schema_key(key)->section;
	struct view_search search = {
		.kind = kind, .section = section, .name = view_names(slice_of(schema_key(key)->name))};

	const char *file = oscam_file_name(schema_section_file(section));

	template_walk(templates, file, view_search, &search);
	return search.found;
}

/* Keys that CCcam.cfg does not ask for: the user's own templates may be older than these keys. */
static const enum schema_key_id newer[] = {KEY_account_uniq, KEY_global_lb_mode, KEY_dvbapi_au};

static bool is_written(
	const struct template_set *templates, const struct section *section, enum schema_key_id key)
{
	enum schema_section name = (enum schema_section)section->section;

	return emit_writes(templates, (enum section_kind)section->kind, key) ||
	       template_writes_line(templates, oscam_file_name(schema_section_file(name)),
		       slice_of(schema_key(key)->name));
}

static bool is_assumed(const struct section *section, enum schema_key_id key)
{
	for (unsigned i = 0; i < section->count; i++)
		if (section->entries[i].key == key)
			return section->entries[i].assumed;
	return false;
}

/* All sections that have the key are of one kind, so the first of them tells whether it is written. */
static bool drop_key(struct model *model, const struct template_set *templates, enum schema_key_id key)
{
	const struct list *sections =
		model_sections(model, schema_section_file((enum schema_section)schema_key(key)->section));
	bool dropped = false;

	for (uint32_t i = 0; i < sections->count; i++) {
		struct section *section = list_at(sections, i);
		if (!is_assumed(section, key))
			continue;
		if (!dropped && is_written(templates, section, key))
			return false;
		section_unset(section, key);
		dropped = true;
	}
	return dropped;
}

void emit_drop_unwritten(struct model *model, const struct template_set *templates, struct ledger *ledger)
{
	for (size_t i = 0; i < sizeof newer / sizeof *newer; i++) {
		const struct schema_key *key = schema_key(newer[i]);
		const char *section = schema_section_name((enum schema_section)key->section);
		if (drop_key(model, templates, newer[i]))
			(void)ledger_find(ledger, CODE_KEY_LEFT_OUT, (struct place){ledger->source, 0, 0},
				"%s.%s is left out: your own template for [%s] does not write %s", section,
				key->name, section, key->name);
	}
}
