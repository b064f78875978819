/* The new texts of a set of files beside the old ones. See fileset.h. */
#include "fileset.h"

#include "cc2oscam/judge.h"
#include "cc2oscam/kind.h"
#include "cc2oscam/rows.h"

static const char *first_file(const struct output *output, const struct target *target)
{
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++)
		if (output_exists(output, target_file_name(target, file)))
			return target_file_name(target, file);
	return NULL;
}

const char *other_program_file(const struct output *output, const struct target *target)
{
	const char *other = first_file(output, target_is_ncam(target) ? NULL : &target_ncam);

	return other && !first_file(output, target) ? other : NULL;
}

bool file_set_read(
	struct file_set *set, const struct target *target, struct output *output, struct arena *arena)
{
	set->target = target;
	set->other = other_program_file(output, target);
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++) {
		struct set_file *at = &set->files[file];
		const char *name = target_file_name(set->target, file);
		if (!output_existing(output, name, &at->old)) {
			set->failed = arena_copy(arena, slice_of(output->failed));
			return false;
		}
		at->there = at->old.path != NULL;
		if (!at->there)
			source_from_raw_text(&at->old, name, SLICE(""));
	}
	return true;
}

static struct existing existing_of(const struct file_set *set, const struct conversion *c)
{
	struct existing existing = {.target = &c->choices.target};

	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		existing.files[file] = set->files[file].there ? &set->files[file].old : NULL;
	return existing;
}

/* The tuner's account keeps the name that it has there, unless the user chose another name. */
void file_set_choose(const struct file_set *set, struct conversion *c)
{
	struct existing existing = existing_of(set, c);
	struct slice tuner = merge_tuner(&existing, c->arena);

	struct list *taken = arena_alloc(c->arena, sizeof *taken);

	list_init(taken, c->arena, sizeof(struct slice));
	merge_users(&existing, c->arena, taken);
	c->choices.taken = taken;
	if (tuner.len > 0 && slice_equal(c->choices.local_account, choices_default().local_account))
		c->choices.local_account = tuner;
	c->choices.merging = set->files[OSCAM_CONF].there;
	c->merging = true;
}

/* Text, but no section: OSCam reads nothing of it. */
static bool lacks_sections(const struct source *source)
{
	struct line_walk walk = line_walk_start(source);
	struct line line;
	bool any = false;

	while (line_walk_next(&walk, &line)) {
		struct slice text = slice_trim(line.text);
		if (text.len > 0 && text.at[0] == '[')
			return false;
		any |= text.len > 0 && text.at[0] != '#';
	}
	return any;
}

/* Why nothing can be merged into what stands there, such as an archive or a CCcam.cfg under that name: its
 * readers or accounts would be lost without a word. Empty: nothing speaks against it. */
static struct slice unfit_to_merge(const struct set_file *at, enum oscam_file file, struct arena *arena)
{
	struct kind kind = kind_of_head(at->old.text);
	const char *what = kind.what;

	if (!what && (file == OSCAM_SERVER || file == OSCAM_USER || file == OSCAM_CONF) &&
		lacks_sections(&at->old))
		what = file == OSCAM_SERVER ? "text without a section such as [reader]"
		       : file == OSCAM_USER ? "text without a section such as [account]"
					    : "text without a section such as [global]";
	return !what ? SLICE("")
		     : arena_format(arena,
			       "%s is %s: nothing can be merged into this file. Put the right file there, or "
			       "move this file to another folder",
			       arena_plain(arena, slice_of(at->old.path)).at, what);
}

static bool plan_merge(struct file_set *set, struct conversion *c)
{
	struct existing existing = existing_of(set, c);
	struct merge_choices choices = {.first_group = c->choices.first_group,
		.keep_numbers = c->choices.groups == GROUPS_PER_PROTOCOL,
		.tvheadend = c->choices.profile == PROFILE_TVHEADEND,
		.set_keys = c->choices.set_keys,
		.set_count = c->choices.set_count};

	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT && set->failed.len == 0; file++)
		if (set->files[file].there)
			set->failed = unfit_to_merge(&set->files[file], file, c->arena);
	if (set->failed.len > 0)
		return false;
	set->merge = merge_plan(&c->model, &c->ledger, &existing, &choices);
	translate_drop_lines(&c->ledger);
	conversion_use_model(c, merge_fresh(set->merge));
	return true;
}

/* What takes the place of everything is not looked at beside what stays. */
static void say_shadowed(const struct file_set *set, struct conversion *c)
{
	const struct set_file *old = &set->files[OSCAM_SRVID2], *shadowed = &set->files[OSCAM_SRVID];

	if (shadowed->there && (old->there || conversion_wants(c, OSCAM_SRVID2)) &&
		oscam_count_rows(OSCAM_SRVID, &shadowed->old) > 0)
		(void)ledger_find(&c->ledger, CODE_SRVID_SHADOWED, (struct place){c->ledger.source, 0, 0},
			"OSCam does not read the oscam.srvid that is there, for it reads oscam.srvid2");
}

static bool render_file(struct file_set *set, struct conversion *c, enum oscam_file file)
{
	struct set_file *at = &set->files[file];
	struct sink sink = buffer_sink(&at->text);
	size_t number = c->file_count;

	if (!conversion_prove(c, file, &sink)) {
		set->failed = c->failed;
		return false;
	}
	if (c->file_count > number)
		c->files[number].old = at->old.text;
	if (set->merge) {
		merge_append(set->merge, file, buffer_slice(&at->text));
		at->text.len = 0;
	}
	return true;
}

/* The old text and what is appended, of every file. Then all is read back and proved. */
static bool finish_merge(struct file_set *set, struct conversion *c)
{
	struct source made[OSCAM_FILE_COUNT];
	struct existing written = {.files = {NULL}};

	c->file_count = 0; /* the report shows what is written, and not what was rendered */
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++) {
		struct set_file *at = &set->files[file];
		struct sink sink = buffer_sink(&at->text);
		(void)merge_write(set->merge, file, &sink);
		bool any = at->there || at->text.len > 0;
		at->written = any && request_wants(c->request, file);
		source_from_raw_text(
			&made[file], target_file_name(set->target, file), buffer_slice(&at->text));
		written.files[file] = any ? &made[file] : NULL;
		if (at->written)
			conversion_add_file(c, file, buffer_slice(&at->text), at->old.text);
	}
	const char *wrong = merge_prove(set->merge, &written);
	if (wrong)
		set->failed =
			arena_format(c->arena, "the merged files would not say what was meant: %s", wrong);
	return !wrong;
}

static bool render_files(struct file_set *set, struct conversion *c)
{
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++) {
		if (emit_has(&c->emission, file) && !render_file(set, c, file))
			return false;
		set->files[file].written = conversion_wants(c, file);
	}
	return !set->merge || finish_merge(set, c);
}

/* ---- what the folder will make OSCam do ---- */

/* What the folder has before, or with what is written. */
static struct check_set checked_set(const struct file_set *set, struct conversion *c, bool after)
{
	struct check_set made = {
		.arena = c->arena, .skip = c->request->skip, .target = set->target, .folder = true};

	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++) {
		const struct set_file *at = &set->files[file];
		bool new = after && at->written;
		if (!new && !at->there)
			continue;
		struct check_file *checked = made.files[file] = arena_zero(c->arena, sizeof *checked);
		checked->file = file;
		source_from_raw_text(
			&checked->source, at->old.path, new ? buffer_slice(&at->text) : at->old.text);
	}
	return made;
}

static void say_judged(struct file_set *set, struct conversion *c, const struct judged *judged)
{
	struct ledger *ledger;
	struct place place = merge_origin(set->merge, judged->file, judged->section, &ledger);
	struct finding finding = *judged->finding;

	if (place.line == 0 && finding.place.line > 0)
		finding.message = arena_format(c->arena, "%s, line %lu: %.*s",
			target_file_name(set->target, judged->file), (unsigned long)finding.place.line,
			SLICE_ARG(finding.message));
	conversion_say(c, ledger, place, &finding);
}

/* Whether new files of this conversion would have the key that the finding misses. */
static bool would_have(const struct conversion *c, enum code code)
{
	enum schema_key_id key = code == CODE_DVBAPI_WITHOUT_AU     ? KEY_dvbapi_au
				 : code == CODE_ALL_READERS_AT_ONCE ? KEY_global_lb_mode
								    : KEY_NONE;

	for (uint32_t i = 0; key != KEY_NONE && i < c->model.conf.count; i++)
		if (section_get(list_at(&c->model.conf, i), key).at)
			return true;
	return false;
}

/* What the oscam.conf that is there lacks is said of every merge: a merge does not add such keys. */
static void say_missing(
	struct file_set *set, struct conversion *c, const struct check_file *conf, const struct list *changes)
{
	for (uint32_t i = 0; conf && i < conf->ledger.findings.count; i++) {
		struct judged judged = {list_at(&conf->ledger.findings, i), OSCAM_CONF, DOCUMENT_NONE};
		bool said = !would_have(c, judged.finding->code);
		for (uint32_t k = 0; k < changes->count && !said; k++)
			said = ((const struct judged *)list_at(changes, k))->finding == judged.finding;
		if (!said)
			say_judged(set, c, &judged);
	}
}

/* Of a merge: what is new, and what is missing in what is there. Names that OSCam does not read are said of
 * every merge. */
static void judge_merge(struct file_set *set, struct conversion *c)
{
	struct check_set before = checked_set(set, c, false), after = checked_set(set, c, true);
	struct list changes = judge_changes(&before, &after);

	judge_begin(&c->model, &c->ledger);
	for (uint32_t i = 0; i < changes.count; i++) {
		const struct judged *judged = list_at(&changes, i);
		if (judged->finding->code != CODE_SRVID_SHADOWED)
			say_judged(set, c, judged);
	}
	if (set->files[OSCAM_CONF].there)
		say_missing(set, c, after.files[OSCAM_CONF], &changes);
}

bool file_set_make(struct file_set *set, struct conversion *c, bool merge)
{
	if (merge && !plan_merge(set, c))
		return false;
	say_shadowed(set, c);
	if (!render_files(set, c))
		return false;
	if (merge)
		judge_merge(set, c);
	return true;
}

bool file_set_differs(const struct file_set *set, enum oscam_file file)
{
	const struct set_file *at = &set->files[file];

	return at->written && (!at->there || !slice_equal(at->old.text, buffer_slice(&at->text)));
}

bool file_set_differs_at_all(const struct file_set *set)
{
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++)
		if (file_set_differs(set, file))
			return true;
	return false;
}

bool file_set_keeps_old(const struct file_set *set)
{
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++)
		if (set->files[file].there && file_set_differs(set, file))
			return true;
	return false;
}

bool file_set_changes(const struct file_set *set, struct arena *arena, struct buffer *text)
{
	struct changes changes = {.target = set->target};

	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++) {
		const struct set_file *at = &set->files[file];
		struct source made;
		if (!file_set_differs(set, file))
			continue;
		source_from_raw_text(&made, target_file_name(set->target, file), buffer_slice(&at->text));
		changes_add(&changes, arena, file, &at->old, &made);
	}
	changes_text(&changes, text);
	return changes_any(&changes);
}

bool file_set_write(const struct file_set *set, struct output *output)
{
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++) {
		struct slice text = buffer_slice(&set->files[file].text);
		if (!file_set_differs(set, file))
			continue;
		if (!output_open(output, target_file_name(set->target, file)) ||
			!output_write(output, text.at, text.len))
			return false;
	}
	return true;
}

void file_set_free(struct file_set *set)
{
	for (int file = 0; file < OSCAM_FILE_COUNT; file++) {
		source_free(&set->files[file].old);
		buffer_free(&set->files[file].text);
	}
}
