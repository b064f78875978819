/* The command check: folders with OSCam's files, such files alone, and CCcam.cfg. */
#include "cc2oscam/check.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cc2oscam/path.h"
#include "next.h"
#include "shell.h"
#include "report_file.h"
#include "unfit.h"

/* What is looked at together: the files of one folder, or a CCcam.cfg. */
struct subject {
	const char *folder; /* NULL: a file that stands alone */
	struct target target;
	bool ncam; /* the files have NCam's names */
	struct check_set set;
	bool broken; /* a file of it cannot be read, so that nothing true can be said of the others */
	struct conversion *conversion; /* of a CCcam.cfg; else NULL */
};

struct checker {
	const struct request *request;
	struct arena arena;
	const struct template_set *templates;
	struct list subjects; /* struct subject */
	struct list ledgers;  /* const struct ledger *, in the order of the operands */
	struct list sources;  /* struct source *, to be freed */
	struct report_target report;
};

/* Files with NCam's names are NCam's, whatever the target. */
static struct subject *new_subject(struct checker *v, const char *folder, bool ncam)
{
	struct subject *subject = list_add(&v->subjects);

	subject->folder = folder;
	subject->target = ncam ? target_ncam : v->request->choices.target;
	subject->ncam = ncam;
	subject->set =
		(struct check_set){.arena = &v->arena, .skip = v->request->skip, .target = &subject->target};
	return subject;
}

static struct subject *folder_subject(struct checker *v, const char *folder, bool ncam)
{
	for (uint32_t i = 0; i < v->subjects.count; i++) {
		struct subject *subject = list_at(&v->subjects, i);
		if (subject->folder && subject->ncam == ncam && strcmp(subject->folder, folder) == 0)
			return subject;
	}
	return new_subject(v, folder, ncam);
}

/* ---- operands ---- */

/* "." for a file in the folder where the program runs, and without / at the end. */
static const char *plain_folder(struct checker *v, struct slice path)
{
	return path.len == 0 ? "." : arena_copy(&v->arena, slice_without_slashes(path)).at;
}

bool read_plain_file(struct source *source, const char *path, int flags, unsigned *mode)
{
	struct stat status = {.st_mode = 0};
	int file = open(path, flags | O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);

	if (file < 0)
		return false;
	errno = 0;
	bool read = fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
		    source_read_raw_file(source, file, path);
	int why = errno;
	(void)close(file);
	errno = why;
	*mode = (unsigned)status.st_mode & 0777;
	return read;
}

static enum status read_checked(struct checker *v, struct check_file *made, const char *path)
{
	bool input = strcmp(path, "-") == 0;

	if (input ? source_read_raw(&made->source, path)
		  : read_plain_file(&made->source, path, 0, &made->mode)) {
		*(struct source **)list_add(&v->sources) = &made->source;
		return STATUS_DONE;
	}
	return errno ? cannot_read(path)
		     : complain("%s is no plain file, and check reads no other; standard input is called -",
			       path);
}

static enum status add_file(
	struct checker *v, struct subject *subject, enum oscam_file file, const char *path)
{
	struct check_file *made = arena_zero(&v->arena, sizeof *made);

	if (subject->set.files[file])
		return STATUS_DONE; /* named twice */
	made->file = file;
	if (read_checked(v, made, path) != STATUS_DONE) {
		subject->broken = true;
		return STATUS_FAILED;
	}
	subject->set.files[file] = made;
	return STATUS_DONE;
}

/* A file of OSCam's or NCam's name in the folder; NULL: it is not there. */
static const char *named_path(struct checker *v, const char *folder, enum oscam_file file, bool ncam)
{
	const char *path = arena_format(&v->arena, "%s%s%s", folder, strcmp(folder, "/") == 0 ? "" : "/",
		target_file_name(ncam ? &target_ncam : NULL, file))
				   .at;

	return is_there(path) ? path : NULL;
}

static bool has_named(struct checker *v, const char *folder, bool ncam)
{
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++)
		if (named_path(v, folder, file, ncam))
			return true;
	return false;
}

/* The files of OSCam's or NCam's names in the folder; `any` becomes true when there is one. */
static enum status add_named(struct checker *v, const char *folder, bool ncam, bool *any)
{
	struct subject *subject = NULL;

	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++) {
		const char *path = named_path(v, folder, file, ncam);
		if (!path)
			continue;
		if (!subject)
			subject = folder_subject(v, folder, ncam);
		subject->set.folder = *any = true;
		if (add_file(v, subject, file, path) != STATUS_DONE)
			return STATUS_FAILED;
	}
	return STATUS_DONE;
}

/* `others`: there are some of the program that --target leaves out. */
static enum status say_no_files(struct checker *v, const char *operand, bool others)
{
	bool ncam = target_is_ncam(&v->request->choices.target);

	if (!others)
		return complain(
			"%s: there is no oscam.conf, .server, .user, .services, .dvbapi, .provid, "
			".srvid or .srvid2 in this folder; to see where OSCam's files are, on this machine "
			"or in a copy of a receiver:\n  cc2oscam locate\n  cc2oscam locate %s",
			operand, shell_file(v->request->texts, operand));
	return complain("%s has files of %s's, and none of %s's; to check these files:\n  %s", operand,
		ncam ? "OSCam" : "NCam", ncam ? "NCam" : "OSCam",
		COMMAND(v->request, .command = "check", .target = ncam ? "any" : "ncam", .first = operand));
}

/* Without a target both OSCam's files and NCam's are looked at. */
static enum status add_folder(struct checker *v, const char *operand)
{
	const char *folder = plain_folder(v, slice_of(operand));
	const struct target *target = &v->request->choices.target;
	bool any = false;

	if (!target_is_ncam(target) && add_named(v, folder, false, &any) != STATUS_DONE)
		return STATUS_FAILED;
	if ((target->programs == 0 || target_is_ncam(target)) &&
		add_named(v, folder, true, &any) != STATUS_DONE)
		return STATUS_FAILED;
	if (any)
		return STATUS_DONE;
	bool others = target->programs != 0 && has_named(v, folder, !target_is_ncam(target));
	return say_no_files(v, operand, others);
}

static enum status say_unfit(struct slice why)
{
	return why.len > 0 ? complain("%.*s", SLICE_ARG(why)) : STATUS_DONE;
}

/* The bytes as CCcam reads them, kept by the raw source. */
static enum status add_conversion(struct checker *v, const struct source *raw, const char *path)
{
	struct subject *subject = new_subject(v, NULL, false);

	subject->conversion = arena_alloc(&v->arena, sizeof *subject->conversion);
	conversion_init(subject->conversion, v->request, v->templates, &v->arena);
	source_from_text(&subject->conversion->source, raw->path, raw->text);
	subject->conversion->choices.folder = strcmp(path, "-") == 0 ? NULL : path_folder(&v->arena, path);
	subject->broken = say_unfit(unfit_bytes(subject->conversion)) != STATUS_DONE;
	return subject->broken ? STATUS_FAILED : STATUS_DONE;
}

/* The text tells what kind of file this is. */
static enum status add_unnamed(struct checker *v, const char *path)
{
	struct check_file *made = arena_zero(&v->arena, sizeof *made);

	if (read_checked(v, made, path) != STATUS_DONE)
		return STATUS_FAILED;
	enum oscam_file file = check_recognise(&made->source);
	if (file == OSCAM_FILE_COUNT)
		return add_conversion(v, &made->source, path);
	made->file = file;
	new_subject(v, NULL, false)->set.files[file] = made;
	return STATUS_DONE;
}

static enum status add_operand(struct checker *v, const char *path)
{
	const char *name = path_base(path);
	bool ncam = false;
	enum oscam_file file = oscam_file_named(name, false, &ncam),
			like = oscam_file_named(name, true, &ncam);

	if (is_folder(path))
		return add_folder(v, path);
	if (file != OSCAM_FILE_COUNT)
		return add_file(v, folder_subject(v, plain_folder(v, slice_folder(slice_of(path))), ncam),
			file, path);
	if (like != OSCAM_FILE_COUNT)
		return add_file(v, new_subject(v, NULL, ncam), like, path);
	if (strncmp(name, "oscam.", 6) == 0 || strncmp(name, "ncam.", 5) == 0)
		return complain("%s: check knows oscam.conf, .server, .user, .services, .dvbapi, .provid, "
				".srvid and .srvid2, and no other file of OSCam's",
			path);
	return add_unnamed(v, path);
}

/* ---- looking ---- */

static enum status check_conversion(struct checker *v, struct conversion *c)
{
	conversion_translate(c);
	enum status status = say_unfit(unfit_text(c));
	if (status != STATUS_DONE)
		return status;
	conversion_print_findings(c);
	print_summary(v->request, &c->ledger, &c->model, true);
	const struct ledger *ledger;
	for (uint32_t i = 0; (ledger = conversion_ledger(c, i)); i++)
		*(const struct ledger **)list_add(&v->ledgers) = ledger;
	return STATUS_DONE;
}

static enum status check_subject(struct checker *v, struct subject *subject)
{
	if (subject->conversion)
		return check_conversion(v, subject->conversion);
	check_run(&subject->set);
	for (int file = 0; file < OSCAM_FILE_COUNT; file++) {
		const struct check_file *checked = subject->set.files[file];
		if (!checked)
			continue;
		print_findings(v->request, &checked->ledger);
		*(const struct ledger **)list_add(&v->ledgers) = &checked->ledger;
	}
	return STATUS_DONE;
}

/* Silent findings count too. Of the check at the end of migrate only errors do, as the status is that of a
 * conversion. */
static bool any_finding(const struct checker *v)
{
	enum severity harmless = v->request->again ? SEVERITY_WARNING : SEVERITY_DETAIL;

	for (uint32_t i = 0; i < v->ledgers.count; i++) {
		const struct ledger *ledger = *(const struct ledger **)list_at(&v->ledgers, i);
		for (uint32_t k = 0; k < ledger->findings.count; k++) {
			const struct finding *finding = list_at(&ledger->findings, k);
			if (!v->request->skip[finding->code] &&
				request_severity(v->request, finding->code) > harmless)
				return true;
		}
	}
	return false;
}

/* The first CCcam.cfg of the operands; NULL: there is none. *ncam: NCam's files were looked at. */
static const char *first_cccam(const struct checker *v, bool *ncam)
{
	*ncam = false;
	for (uint32_t i = 0; i < v->subjects.count; i++) {
		const struct subject *subject = list_at(&v->subjects, i);
		if (subject->conversion)
			return subject->conversion->source.path;
		*ncam |= target_is_ncam(&subject->target);
	}
	return NULL;
}

static enum status tell(struct checker *v)
{
	const struct ledger **ledgers = arena_array(&v->arena, v->ledgers.count, sizeof(*ledgers));
	struct check_report report = {
		.how = request_report(v->request),
		.input = request_operands(v->request, &v->arena),
		.ledgers = ledgers,
		.ledger_count = v->ledgers.count,
		.skip = v->request->skip,
	};
	struct buffer text = {0};
	bool ncam;

	for (uint32_t i = 0; i < v->ledgers.count; i++)
		ledgers[i] = *(const struct ledger **)list_at(&v->ledgers, i);
	if (!v->request->quiet) {
		check_summary(&report, &text);
		buffer_add(&text, "\n", 1);
		print_buffer(stderr, &text);
	}
	const char *cccam = first_cccam(v, &ncam);
	say_checked(v->request, ledgers, v->ledgers.count, cccam, ncam ? "NCam" : "OSCam");
	if (v->report.wanted && put_report(v->request, &v->report, NULL, &report) != STATUS_DONE)
		return STATUS_FAILED;
	return any_finding(v) ? STATUS_LOOK : STATUS_DONE;
}

/* What cannot be read keeps nobody from what can. */
static enum status check_all(struct checker *v)
{
	struct slice why;
	bool failed = false;

	if (!load_templates(v->request, &v->arena, &v->templates, &why))
		return complain("%.*s", SLICE_ARG(why));
	for (int i = 0; i < v->request->operand_count; i++)
		failed |= add_operand(v, v->request->operands[i]) != STATUS_DONE;
	if (open_report(v->request, &v->report, REPORT_WHOLE) != STATUS_DONE)
		return STATUS_FAILED;
	for (uint32_t i = 0; i < v->subjects.count; i++) {
		struct subject *subject = list_at(&v->subjects, i);
		failed |= !subject->broken && check_subject(v, subject) != STATUS_DONE;
	}
	enum status status = !failed || v->ledgers.count > 0 ? tell(v) : STATUS_FAILED;
	return close_report(v->request, &v->report) == STATUS_DONE && !failed ? status : STATUS_FAILED;
}

/* A report that was begun is not left behind where memory runs out. */
static enum status check_within_memory(struct checker *v)
{
	struct memory_guard guard;
	enum status status;

	memory_guard_start(&guard);
	if (setjmp(guard.back) == 0) {
		status = check_all(v);
	} else {
		(void)close_report(v->request, &v->report);
		status = complain("there is not enough memory");
	}
	memory_guard_end(&guard);
	return status;
}

enum status command_check(const struct request *request)
{
	struct checker v = {.request = request};

	arena_init(&v.arena);
	list_init(&v.subjects, &v.arena, sizeof(struct subject));
	list_init(&v.ledgers, &v.arena, sizeof(const struct ledger *));
	list_init(&v.sources, &v.arena, sizeof(struct source *));
	enum status status = check_within_memory(&v);
	for (uint32_t i = 0; i < v.sources.count; i++)
		source_free(*(struct source **)list_at(&v.sources, i));
	arena_free(&v.arena);
	return status;
}
