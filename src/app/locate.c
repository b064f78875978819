/* The command locate: where the files of CCcam and OSCam are on a receiver, or in a copy of one. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "app.h"
#include "page.h"
#include "shell.h"
#include "survey.h"
#include "words.h"

enum { GAP = 2 };

static void add_verdict(struct buffer *text, const struct place_found *found)
{
	buffer_format(text, "%s: %.*s",
		found->used     ? "used"
		: found->unsure ? "unclear"
				: "not used",
		SLICE_ARG(found->holds));
}

/* ---- a row for each place ---- */

static void add_change(struct buffer *text, time_t when)
{
	char date[64];
	struct tm parts;

	if (localtime_r(&when, &parts) && strftime(date, sizeof date, "%Y-%m-%d %H:%M", &parts) > 0)
		buffer_format(text, ", changed %s", date);
}

static void describe(struct buffer *text, const struct place_found *found)
{
	if (found->problem || found->same) {
		buffer_format(text, "%s%s",
			found->problem ? found->problem
			: found->copy  ? "a copy of "
				       : "another name of ",
			found->problem ? "" : found->same->place->path);
		return;
	}
	if (found->place->kind != PLACE_SIDE)
		add_verdict(text, found);
	if (found->place->kind != PLACE_OSCAM) {
		buffer_format(text, text->len > 0 ? "; " : "");
		buffer_add_count(text, (uint64_t)found->file.status.st_size, "byte");
	}
	if (found->place->kind != PLACE_OSCAM || found->any_file)
		add_change(text, found->changed);
	if (found->place->kind != PLACE_OSCAM && !slice_equal(found->file.name, slice_of(found->place->path)))
		buffer_format(text, "; leads to %.*s", SLICE_ARG(found->file.name));
}

static const struct place_found *found_at(const struct survey *survey, const struct known_place *place)
{
	for (uint32_t i = 0; i < survey->found.count; i++) {
		const struct place_found *found = list_at(&survey->found, i);
		if (found->place == place)
			return found;
	}
	return NULL;
}

/* False: nothing is there. */
static bool print_place(
	const struct survey *survey, const struct known_place *place, unsigned width, bool verbose)
{
	const struct place_found *found = found_at(survey, place);
	struct buffer text = {.arena = survey->arena};

	if (!found && !verbose)
		return false;
	if (found)
		describe(&text, found);
	else
		buffer_format(&text, "-");
	if (verbose)
		buffer_format(&text, " (%s)", place->users);
	(void)printf("  %-*s", (int)width, place->path);
	print_wrapped(arena_plain(survey->arena, buffer_slice(&text)), width + GAP, width + GAP);
	return found != NULL;
}

static void print_table(const struct survey *survey, bool verbose)
{
	unsigned width = 0;

	for (size_t i = 0; i < known_place_count; i++) {
		unsigned len = (unsigned)strlen(known_places[i].path) + GAP;
		if (len > width && (verbose || found_at(survey, &known_places[i])))
			width = len;
	}
	for (int kind = 0; kind < PLACE_KINDS; kind++) {
		bool any = verbose;
		(void)printf("%s\n", place_kind_name((enum place_kind)kind));
		for (size_t i = 0; i < known_place_count; i++)
			if (known_places[i].kind == (enum place_kind)kind)
				any |= print_place(survey, &known_places[i], width, verbose);
		(void)puts(any ? "" : "  none\n");
	}
}

/* ---- the way on ---- */

/* "\n  COMMAND  # used: ..." for each CCcam.cfg that counts. `request`: the command that the user typed, or
 * NULL for convert. */
static const char *choices_of(const struct survey *survey, const struct request *request)
{
	bool diff = request && strcmp(request->command, "diff") == 0;
	struct buffer text = {0};

	for (uint32_t i = 0; i < survey->found.count; i++) {
		const struct place_found *found = list_at(&survey->found, i);
		const char *path = found->file.path.at;
		if (!is_cccam_file(found))
			continue;
		if (request)
			buffer_format(&text, "\n  %s",
				COMMAND(request, .command = request->command, .how = existing_option(request),
					.first = path, .second = diff ? request->operands[0] : NULL,
					.output = diff ? NULL : request->output));
		else
			buffer_format(&text, "\n  cc2oscam convert --root %s %s",
				shell_file(survey->arena, survey->root), shell_file(survey->arena, path));
		buffer_format(&text, "  # ");
		if (found->problem)
			buffer_format(&text, "%s", found->problem);
		else
			add_verdict(&text, found);
	}
	return arena_take(survey->arena, &text).at;
}

/* Where OSCam or NCam is in use: the commands for the only CCcam.cfg, or for each that differs and looks
 * used.
 */
static void print_merges(const struct survey *survey, const struct place_found *oscam)
{
	const char *target = is_ncam_folder(oscam) ? " --target ncam" : "";
	const char *root = shell_file(survey->arena, survey->root),
		   *folder = shell_file(survey->arena, oscam->file.path.at);

	print_formatted(stdout,
		"\n%s is in use in %s. To see what CCcam's lines would change there, and to do it:\n\n",
		*target ? "NCam" : "OSCam", oscam->place->path);
	for (uint32_t i = 0; i < survey->found.count; i++) {
		const struct place_found *cccam = list_at(&survey->found, i);
		bool counts = survey->one ? cccam == survey->one : cccam->used;
		if (!is_cccam_file(cccam) || cccam->problem || !counts)
			continue;
		const char *path = shell_file(survey->arena, cccam->file.path.at);
		print_formatted(stdout,
			"  cc2oscam diff%s --merge --root %s %s %s\n"
			"  cc2oscam convert%s --merge --root %s %s -o %s\n",
			target, root, path, folder, target, root, path, folder);
	}
}

static void print_way_on(const struct survey *survey)
{
	const char *root = shell_file(survey->arena, survey->root);

	if (survey->one && survey->cccam_count > 1)
		print_formatted(stdout, "Only %s says something, so the others do not count.\n",
			survey->one->place->path);
	if (survey->one)
		print_formatted(stdout,
			"To see the files for OSCam, and to write them to a folder DIR:\n\n"
			"  cc2oscam convert --root %s\n  cc2oscam convert --root %s -o DIR\n",
			root, root);
	else if (survey->cccam_count > 1)
		print_formatted(stdout,
			"There are %lu CCcam.cfg that differ. Convert the one that is in use (batch makes a "
			"folder of each):\n%s\n",
			(unsigned long)survey->cccam_count, choices_of(survey, NULL));
	else if (survey->cccam_count == 1)
		print_formatted(stdout, "The CCcam.cfg cannot be read.\n");
	else if (survey_refused(survey) > 0)
		print_formatted(stdout,
			"No CCcam.cfg is where this user may look. At %lu of the known places he may not: "
			"look as another user, such as root.\n",
			(unsigned long)survey_refused(survey));
	else
		print_formatted(stdout,
			"There is no CCcam.cfg at the known places. If it is elsewhere, give its "
			"name:\n\n  cc2oscam convert FILE\n");
	for (uint32_t i = 0; i < survey->found.count && survey->cccam_count > 0; i++) {
		const struct place_found *oscam = list_at(&survey->found, i);
		if (oscam->place->kind == PLACE_OSCAM && oscam->used && !oscam->same)
			print_merges(survey, oscam);
	}
}

/* For scripts: of every file and every folder with OSCam's files one name, and nothing else. */
static void print_names(const struct survey *survey)
{
	for (uint32_t i = 0; i < survey->found.count; i++) {
		const struct place_found *found = list_at(&survey->found, i);
		bool wanted = found->place->kind != PLACE_OSCAM || found->any_file;
		if (wanted && !found->problem && !found->same)
			(void)printf("%s\n", arena_plain(survey->arena, found->file.path).at);
	}
}

enum status no_root(const char *option, const char *root, int why)
{
	if (why == EACCES)
		return complain(
			"%s%s: this user may not look into the folder (Permission denied)", option, root);
	return complain("%s%s: %s", option, root,
		why == ENOENT || why == ENOTDIR ? "there is no such folder" : strerror(why));
}

enum status command_locate(const struct request *request)
{
	const char *root = request->operand_count > 0 ? request->operands[0]
			   : request->choices.root    ? request->choices.root
						      : "/";
	struct survey survey;
	struct arena arena;

	if (request->operand_count > 0 && request->choices.root)
		return complain("locate wants the folder once: as a word, or behind --root");
	arena_init(&arena);
	enum status status = survey_start(&survey, root, &arena) ? STATUS_DONE : no_root("", root, errno);
	if (status == STATUS_DONE && request->quiet) {
		print_names(&survey);
	} else if (status == STATUS_DONE) {
		print_table(&survey, request->verbose);
		print_way_on(&survey);
	}
	if (status == STATUS_DONE && !survey.one)
		status = STATUS_LOOK;
	survey_end(&survey);
	arena_free(&arena);
	return status;
}

/* ---- convert without a file ---- */

static void complain_choice(const struct survey *survey, const struct request *request)
{
	uint32_t refused = survey_refused(survey);

	if (survey->cccam_count == 0 && refused > 0)
		(void)complain(
			"no CCcam.cfg is where this user may look under %s, and at %lu of the known places "
			"he may not (Permission denied): look as another user, such as root",
			survey->root, (unsigned long)refused);
	else if (survey->cccam_count == 0)
		(void)complain("no CCcam.cfg is at the known places under %s; name the file, or see what is "
			       "there:\n  cc2oscam locate -v %s",
			survey->root, shell_file(survey->arena, survey->root));
	else if (survey->cccam_count > 1)
		(void)complain(
			"%lu CCcam.cfg that differ are under %s, and nothing was written; name the one "
			"that is in use (batch makes a folder of each):%s",
			(unsigned long)survey->cccam_count, survey->root, choices_of(survey, request));
	for (uint32_t i = 0; i < survey->found.count && survey->cccam_count == 1; i++) {
		const struct place_found *found = list_at(&survey->found, i);
		if (is_cccam_file(found))
			(void)complain("%s cannot be read: %s",
				arena_plain(survey->arena, found->file.path).at, found->problem);
	}
}

const char *only_cccam_file(const struct request *request, struct arena *arena)
{
	const char *root = request->choices.root, *path = NULL;
	struct survey survey;

	if (!root) {
		(void)no_cccam_file(request);
		return NULL;
	}
	if (!survey_start(&survey, root, arena))
		(void)no_root("--root ", root, errno);
	else if (survey.one)
		path = survey.one->file.path.at;
	else
		complain_choice(&survey, request);
	if (path && !request->quiet)
		(void)complain("%s is taken, the only CCcam.cfg%s at the known places under %s%s",
			arena_plain(arena, survey.one->file.path).at,
			survey.cccam_count > 1 ? " that says something" : "", root, passed_by(&survey));
	survey_end(&survey);
	return path;
}
