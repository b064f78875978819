/* The end of a run. See next.h. */
#include "next.h"

#include <stdio.h>
#include <string.h>

#include "cc2oscam/document.h"
#include "unfit.h"

static const char *program(const struct convert *v)
{
	return target_is_ncam(&v->c.choices.target) ? "NCam" : "OSCam";
}

static const char *named_folder(const struct convert *v)
{
	return v->folder ? v->folder : v->request->output;
}

/* The folder's name, for a line of its own. */
static const char *shown_folder(const struct convert *v)
{
	return arena_plain(v->c.arena, slice_of(named_folder(v))).at;
}

/* "cc2oscam convert --merge CCcam.cfg -o DIR": `how` is " --merge", " --replace" or nothing. */
static const char *convert_again(const struct convert *v, const char *how, const char *folder)
{
	return COMMAND(v->request, .command = "convert", .how = how, .first = v->path, .output = folder);
}

/* The user's command again; `target`: another one than his, or NULL. */
static const char *same_again(const struct convert *v, const char *how, const char *target)
{
	const char *folder = named_folder(v);
	bool diff = v->dry && !v->inner;
	struct command_words words = {.command = v->inner ? "migrate"
						 : diff   ? "diff"
							  : "convert",
		.how = how,
		.target = target,
		.first = v->path,
		.second = diff ? folder : NULL,
		.output = diff ? NULL : folder};

	return command_again(v->request, words);
}

/* ---- nothing was written ---- */

enum status say_existing(const struct convert *v, const char *name)
{
	const char *folder = v->request->output;

	return complain("%s is in %s already, and nothing was written.\n"
			"--merge keeps what is in the files, --replace takes their place; both keep the old "
			"files as .bak:\n  %s\n  %s",
		name, folder, convert_again(v, " --merge", folder), convert_again(v, " --replace", folder));
}

enum status say_would_empty(const struct convert *v, struct slice why)
{
	bool merge = v->request->existing == EXISTING_MERGE;

	return complain("%.*s.\nNothing was written. To write all the same:\n  %s", SLICE_ARG(why),
		same_again(v, merge ? " --merge --allow-empty" : " --replace --allow-empty", NULL));
}

void say_other_program(const struct convert *v, const char *name, bool refused)
{
	bool ncam = target_is_ncam(&v->c.choices.target);
	const char *theirs = ncam ? "OSCam" : "NCam", *ours = ncam ? "NCam" : "OSCam";
	const char *command = same_again(v, " --merge", ncam ? "any" : "ncam");

	(void)complain("%s has files of %s's (%s), and none of %s's: %s%s.\nIf %s is meant:\n  %s",
		shown_folder(v), theirs, name, ours, refused ? "" : theirs,
		refused ? "there is nothing to merge with, and nothing was written"
			: " does not read the files that are made here",
		theirs, command);
}

enum status say_no_folder(const struct request *request)
{
	const char *first = request->operand_count > 0 ? request->operands[0] : NULL;

	return complain("--merge and --replace go with -o DIR, where the files are:\n  %s",
		COMMAND(request, .command = "convert", .how = existing_option(request), .first = first,
			.output = "DIR"));
}

void say_printed(const struct convert *v)
{
	print_formatted(stderr, "nothing was written; to write the files into a folder DIR:\n  %s\n",
		convert_again(v, "", "DIR"));
}

/* ---- what was written ---- */

/* "cc2oscam check DIR"; NCam's files are known by their names. */
static const char *check_command(
	const struct request *request, const struct target *target, const char *folder)
{
	struct arena *arena = request->texts;
	struct slice option = target_is_ncam(target) ? SLICE("") : target_option(target, arena);

	return arena_format(arena, "cc2oscam check%s%.*s %s", option.len > 0 ? " --target " : "",
		SLICE_ARG(option), shell_file(arena, folder))
		.at;
}

/* " oscam.conf oscam.server": the files that are made, or (`differ`) the files of the set that change. */
static const char *file_names(const struct convert *v, bool differ)
{
	struct buffer text = {0};

	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++)
		if (differ ? file_set_differs(&v->set, file) : conversion_wants(&v->c, file))
			add_shell_file(&text, target_file_name(&v->c.choices.target, file));
	return arena_take(v->c.arena, &text).at;
}

static const char *count_both(const struct convert *v, uint64_t readers, uint64_t accounts)
{
	struct buffer text = {0};

	buffer_add_count(&text, readers, "reader");
	buffer_format(&text, ", ");
	buffer_add_count(&text, accounts, "account");
	return arena_take(v->c.arena, &text).at;
}

void say_written(const struct convert *v)
{
	const struct model *model = v->c.emission.model;

	print_formatted(stderr, "%s: wrote%s (%s)\n", shown_folder(v), file_names(v, false),
		count_both(v, conversion_wants(&v->c, OSCAM_SERVER) ? model->reader_count : 0,
			conversion_wants(&v->c, OSCAM_USER) ? model->account_count : 0));
	if (makes_nothing(&v->c))
		print_formatted(stderr,
			"%s can do nothing with these files: %s has no server, no card reader and no friend\n"
			"next: find the CCcam.cfg that is in use\n  cc2oscam locate%s%s\n",
			program(v), v->c.source.path, v->c.choices.root ? " " : "",
			v->c.choices.root ? shell_file(v->c.arena, v->c.choices.root) : "");
	else
		print_formatted(stderr,
			"next: check them, then copy them into %s's folder on the receiver\n  %s\n",
			program(v), check_command(v->request, &v->c.choices.target, v->request->output));
}

/* What OSCam would hold of this file: its new text, or the old one where it stays. */
static uint64_t count_in_set(const struct convert *v, enum oscam_file file, enum schema_section section)
{
	const struct set_file *at = &v->set.files[file];
	struct source made;

	if (!file_set_differs(&v->set, file))
		return document_count(&at->old, v->set.target, file, section);
	source_from_raw_text(&made, target_file_name(v->set.target, file), buffer_slice(&at->text));
	return document_count(&made, v->set.target, file, section);
}

static const char *count_all(const struct convert *v)
{
	return count_both(v, count_in_set(v, OSCAM_SERVER, SECTION_reader),
		count_in_set(v, OSCAM_USER, SECTION_account));
}

void say_set_written(struct convert *v, bool changed)
{
	if (!changed) {
		print_formatted(stderr, "%s: nothing to change, and nothing was written (%s in all)\n",
			shown_folder(v), count_all(v));
		return;
	}
	say_changes(v);
	print_formatted(stderr,
		"%s: wrote%s (%s in all)%s\nnext: check them, then let %s read them again (restart it)\n  "
		"%s\n",
		shown_folder(v), file_names(v, true), count_all(v),
		file_set_keeps_old(&v->set) ? "; the old files are kept beside them as .bak" : "", program(v),
		check_command(v->request, &v->c.choices.target, v->folder));
}

void say_compared(struct convert *v, bool changed)
{
	bool merge = v->request->existing == EXISTING_MERGE, there = false;

	for (int file = 0; file < OSCAM_FILE_COUNT; file++)
		there |= v->set.files[file].there;
	/* no diff of new files is shown at their making, so they are named */
	bool named = v->inner && !there;
	if (!changed) {
		print_formatted(stderr, "%s would not change (%s in all)\n", shown_folder(v), count_all(v));
		return;
	}
	say_changes(v);
	print_formatted(stderr, "%s would %s%s%sthen hold %s in all\n", shown_folder(v), named ? "get" : "",
		named ? file_names(v, true) : "", named ? ", and " : "", count_all(v));
	if (!v->inner)
		print_formatted(stderr, "nothing was written; to write this:\n  %s\n",
			convert_again(v,
				merge   ? " --merge"
				: there ? " --replace"
					: "",
				v->folder));
}

/* ---- a check ---- */

/* Of findings as grave as each other the first counts. */
static struct gravest gravest_shown(
	const struct request *request, const struct ledger *const *ledgers, size_t count)
{
	struct gravest gravest = {CODE_COUNT, 0};

	for (size_t i = 0; i < count; i++) {
		const struct finding **sorted = ledger_sorted(ledgers[i]);
		for (uint32_t k = 0; k < ledgers[i]->findings.count; k++)
			if (request_shows(request, sorted[k]->code))
				weigh(&gravest, sorted[k]->code,
					finding_weight(request, ledgers[i], sorted[k]));
	}
	return gravest;
}

void say_checked(const struct request *request, const struct ledger *const *ledgers, size_t count,
	const char *cccam, const char *program)
{
	struct gravest gravest = gravest_shown(request, ledgers, count);
	unsigned mend = 2 * SEVERITY_WARNING; /* notes ask for nothing */
	/* At the end of migrate what CCcam.cfg has to mend comes before what the files have, unless that is
	 * graver. */
	bool input_first = request->heard && request->heard->gravest.code != CODE_COUNT &&
			   request->heard->gravest.weight >= mend &&
			   request->heard->gravest.weight >= gravest.weight;

	if (request->quiet)
		return;
	if (input_first)
		gravest = request->heard->gravest;
	bool mends = gravest.code != CODE_COUNT && gravest.weight >= mend;
	if (mends)
		print_formatted(stderr, "next: mend what is named, and %s again; what a finding means:\n",
			input_first ? "migrate" : "check");
	else if (gravest.code != CODE_COUNT)
		print_formatted(stderr, "notes need no change; what a note means, for example:\n");
	if (gravest.code != CODE_COUNT)
		print_formatted(stderr, "  cc2oscam explain %s\n", code_info(gravest.code)->name);
	if (mends || strcmp(request->command, "check") != 0)
		return; /* migrate says itself what comes next */
	if (!cccam)
		print_formatted(stderr, "next: let %s read the files (restart it)\n", program);
	else
		print_formatted(stderr, "next: convert %s\n  %s\n", cccam,
			COMMAND(request, .command = "convert",
				.first = strcmp(cccam, "standard input") == 0 ? "-" : cccam));
}

/* ---- many receivers ---- */

void say_batch_done(FILE *to, const struct request *request, const char *receiver, bool failed)
{
	const char *how = existing_option(request);

	if (request->diff && receiver) {
		print_formatted(to, "nothing was written; to write this:\n  %s\n",
			COMMAND(request, .command = "batch", .how = *how ? how : " --replace",
				.output = request->output, .operands = true));
	} else if (request->diff) {
		print_formatted(to, "nothing was written, and nothing would be\n");
	} else if (receiver) {
		print_formatted(to, "%s: wrote a folder for each of them; next: check them, such as\n  %s\n",
			request->output,
			check_command(request, &request->choices.target,
				arena_format(request->texts, "%s/%s", request->output, receiver).at));
	} else {
		print_formatted(to, "%s: nothing was written\n", request->output);
	}
	if (failed)
		print_formatted(to, "what failed is said above, with the reason\n");
}
