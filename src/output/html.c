/* Objects for the templates of the HTML report. See html.h. */
#include "html.h"

#include <errno.h>
#include <limits.h>

#include "cc2oscam/embedded.h"
#include "cc2oscam/report.h"
#include "cc2oscam/source.h"
#include "spool.h"

struct html_value {
	enum html_name name;
	struct view_value value;
};

struct html_object {
	struct arena *arena;
	struct list values; /* struct html_value */
};

/* Objects that were made already (`made`), or the number of objects that `make` makes when they are rendered.
 */
struct html_list {
	struct list made; /* struct html_object * */
	size_t count;
	html_make *make;
	void *context;
};

/* template_names of the report. */
static int html_names(struct slice name)
{
#define X(name) #name
	static const char *const names[] = {HTML_NAMES(X)};
#undef X

	return template_name_number(name, names, HTML_NAME_COUNT);
}

/* ---- how templates look into objects ---- */

static struct view_value *find(const struct html_object *object, enum html_name name)
{
	for (uint32_t i = 0; i < object->values.count; i++) {
		struct html_value *value = list_at(&object->values, i);
		if (value->name == name)
			return &value->value;
	}
	return NULL;
}

static struct view_value get_value(const void *at, int name, void *context)
{
	const struct view_value *value = find(at, (enum html_name)name);

	(void)context;
	return value ? *value : (struct view_value){.kind = VIEW_NOTHING};
}

/* `context` is the arena of the object that was made last. */
static const void *get_item(const void *at, size_t index, void *context)
{
	const struct html_list *list = at;

	if (!list->make)
		return *(struct html_object **)list_at(&list->made, (uint32_t)index);
	arena_reset(context);
	struct html_object *object = html_object(context);
	list->make(list->context, index, object);
	return object;
}

static const struct view_type html_type = {get_value, get_item, NULL};

/* ---- setting values ---- */

struct html_object *html_object(struct arena *arena)
{
	struct html_object *object = arena_alloc(arena, sizeof *object);

	object->arena = arena;
	list_init(&object->values, arena, sizeof(struct html_value));
	return object;
}

struct arena *html_arena(const struct html_object *object)
{
	return object->arena;
}

static void set(struct html_object *object, enum html_name name, struct view_value value)
{
	struct html_value *added = list_add(&object->values);

	added->name = name;
	added->value = value;
}

/* Markup is escaped; what no page may hold, or what changes the direction of the text around it, is shown as
 * the replacement character. */
static void add_character(struct buffer *to, struct slice character, bool shown)
{
	static const char *const entities[UCHAR_MAX + 1] = {
		['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;"};
	const char *entity = entities[(unsigned char)*character.at];

	if (entity)
		buffer_format(to, "%s", entity);
	else if (shown || *character.at == '\t')
		buffer_add_slice(to, character);
	else
		buffer_format(to, "\xef\xbf\xbd");
}

static struct slice escaped(struct arena *arena, struct slice text)
{
	struct buffer utf8 = {0}, made = {0};

	add_utf8(&utf8, text);
	struct slice rest = buffer_slice(&utf8);
	while (rest.len > 0) {
		bool shown;
		size_t len = shown_bytes(rest, &shown);
		add_character(&made, (struct slice){rest.at, len}, shown);
		rest = (struct slice){rest.at + len, rest.len - len};
	}
	struct slice copy = arena_copy(arena, buffer_slice(&made));
	buffer_free(&utf8);
	buffer_free(&made);
	return copy;
}

void html_text(struct html_object *object, enum html_name name, struct slice text)
{
	/* An empty text is false, and not looked up further out. */
	set(object, name,
		(struct view_value){.kind = text.len > 0 ? VIEW_TEXT : VIEW_FALSE,
			.text = text.len > 0 ? escaped(object->arena, text) : text});
}

void html_prose(struct html_object *object, enum html_name name, struct slice text)
{
	struct buffer prose = {0};
	struct slice rest = text;

	while (rest.len > 0) {
		buffer_add_slice(&prose, escaped(object->arena, slice_cut(&rest, '`')));
		const char *end = rest.len > 0 ? memchr(rest.at, '`', rest.len) : NULL;
		if (!end && rest.at)
			buffer_add(&prose, "`", 1);
		if (!end)
			continue;
		buffer_format(&prose, "<code>");
		buffer_add_slice(&prose, escaped(object->arena, slice_cut(&rest, '`')));
		buffer_format(&prose, "</code>");
	}
	set(object, name,
		(struct view_value){.kind = prose.len > 0 ? VIEW_TEXT : VIEW_FALSE,
			.text = arena_take(object->arena, &prose)});
}

void html_number(struct html_object *object, enum html_name name, int64_t number)
{
	set(object, name,
		(struct view_value){
			.kind = VIEW_TEXT, .text = arena_format(object->arena, "%lld", (long long)number)});
}

void html_flag(struct html_object *object, enum html_name name, bool is_set)
{
	set(object, name, (struct view_value){.kind = is_set ? VIEW_TRUE : VIEW_FALSE});
}

static struct html_list *new_list(struct html_object *object, enum html_name name)
{
	struct html_list *list = arena_zero(object->arena, sizeof *list);

	set(object, name, (struct view_value){.kind = VIEW_LIST, .list = list, .type = &html_type});
	return list;
}

struct html_object *html_add(struct html_object *object, enum html_name name)
{
	struct view_value *value = find(object, name);

	if (!value) {
		struct html_list *list = new_list(object, name);
		list_init(&list->made, object->arena, sizeof(struct html_object *));
		value = find(object, name);
	}
	struct html_list *list = (struct html_list *)value->list;
	struct html_object *added = html_object(object->arena);
	*(struct html_object **)list_add(&list->made) = added;
	value->count = list->made.count;
	return added;
}

void html_lazy(struct html_object *object, enum html_name name, size_t count, html_make *make, void *context)
{
	struct html_list *list = new_list(object, name);

	list->make = make;
	list->context = context;
	find(object, name)->count = count;
}

/* ---- rendering ---- */

static const char template_name[] = "report.html";

static struct template_set *compile(struct arena *arena, const char *folder, struct template_error *error)
{
	struct template_set *set = template_set_new(arena, html_names);
	const struct embedded *builtin = embedded_find(builtin_templates, template_name);
	struct slice text = {builtin->text, builtin->size};
	struct source source;

	if (folder && source_read(&source, arena_format(arena, "%s/%s.mustache", folder, template_name).at)) {
		if (source.text.len > 0)
			text = arena_copy(arena, source.text);
		source_free(&source);
	}
	template_set_add(set, template_name, text);
	return template_set_compile(set, error) ? set : NULL;
}

bool report_html_template(struct arena *arena, const char *folder, struct template_error *error)
{
	return compile(arena, folder, error) != NULL;
}

bool html_render(const struct html_object *object, const char *folder, const struct sink *sink)
{
	struct arena arena, scratch;
	struct template_error error;
	bool fine = false;

	arena_init(&arena);
	arena_init(&scratch);
	const struct template_set *set = compile(&arena, folder, &error);
	if (set)
		fine = template_render(set, template_name, &html_type, object, &scratch, sink);
	else
		errno = EINVAL;
	arena_free(&scratch);
	arena_free(&arena);
	return fine;
}
