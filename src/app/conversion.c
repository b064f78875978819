/* One conversion, as all commands do it. See conversion.h. */
#include "conversion.h"

#include "cc2oscam/judge.h"
#include "cc2oscam/root_file.h"
#include "cc2oscam/sha256.h"

/* "FOLDER/name.mustache:line:column: message", in the arena. */
static struct slice template_failure(
	const struct request *request, struct arena *arena, const struct template_error *error)
{
	const char *folder = request->templates ? request->templates : "built-in template";
	const char *between = request->templates ? "/" : " ";
	const struct template_place *place = &error->place;
	struct slice at = SLICE("");

	if (place->name && place->line > 0)
		at = arena_format(
			arena, "%s%s.mustache:%u:%u", between, place->name, place->line, place->column);
	else if (place->name)
		at = arena_format(arena, "%s%s.mustache", between, place->name);
	return arena_format(arena, "%s%.*s: %.*s", folder, SLICE_ARG(at), SLICE_ARG(error->message));
}

bool load_templates(const struct request *request, struct arena *arena, const struct template_set **set,
	struct slice *failed)
{
	struct template_set *made;
	struct template_error error;

	bool page = request->report_format == REPORT_HTML;

	if (!emit_templates(arena, request->templates, &made, &error) ||
		(page && !report_html_template(arena, request->templates, &error))) {
		*failed = template_failure(request, arena, &error);
		return false;
	}
	*set = made;
	return true;
}

/* The user's own templates may name keys one by one, and leave out keys that he sets. */
static void find_left_out(struct conversion *c)
{
	size_t count = c->choices.set_count;
	struct set_key *wanted = arena_array(c->arena, count, sizeof *wanted);

	for (size_t i = 0; i < count; i++) {
		wanted[i] = c->choices.set_keys[i];
		for (int kind = KIND_CONF; kind <= KIND_ACCOUNT; kind++)
			if (!emit_writes(c->templates, (enum section_kind)kind, wanted[i].key))
				wanted[i].left_out |= (uint16_t)(1U << kind);
	}
	c->choices.set_keys = wanted;
}

void conversion_init(struct conversion *c, const struct request *request,
	const struct template_set *templates, struct arena *arena)
{
	*c = (struct conversion){
		.request = request, .choices = request->choices, .templates = templates, .arena = arena};
	if (request->templates && request->choices.set_count > 0)
		find_left_out(c);
	c->choices.no_devices = c->choices.root && !root_has_devices(c->choices.root);
}

const struct ledger *conversion_ledger(const struct conversion *c, uint32_t number)
{
	if (number == 0)
		return &c->ledger;
	return number > c->model.sides.count
		       ? NULL
		       : &((const struct side_file *)list_at(&c->model.sides, number - 1))->ledger;
}

static bool find_losses(const struct conversion *c)
{
	bool losses = false;
	const struct ledger *ledger;

	for (uint32_t i = 0; (ledger = conversion_ledger(c, i)); i++)
		losses |= has_losses(c->request, ledger);
	return losses;
}

void conversion_translate(struct conversion *c)
{
	bool files[OSCAM_FILE_COUNT];

	ledger_init(&c->ledger, c->arena, &c->source);
	c->ledger.words = target_is_ncam(&c->choices.target) ? ncam_text : NULL;
	model_init(&c->model, c->arena);
	translate(&c->ledger, &c->choices, &c->model);
	if (c->request->templates) {
		emit_say_unused(c->templates, c->request->templates, &c->ledger);
		emit_drop_unwritten(&c->model, c->templates, &c->ledger);
	}
	c->understood = ledger_understood(&c->ledger);
	c->emission = (struct emission){.model = &c->model,
		.ledger = &c->ledger,
		.templates = c->templates,
		.comments = !c->request->no_comments};
	c->proof = proof_new(c->arena, c->kept);
	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT; file++)
		files[file] = request_wants(c->request, file);
	if (!c->merging)
		judge_model(&c->model, &c->ledger, files, c->request->skip, c->memory);
	c->losses = find_losses(c);
}

void conversion_use_model(struct conversion *c, const struct model *model)
{
	c->emission.model = model;
	c->losses = find_losses(c);
}

void conversion_say(
	struct conversion *c, struct ledger *ledger, struct place place, const struct finding *finding)
{
	judge_say(ledger, place, finding);
	c->losses |= c->request->overrides[finding->code] == OVERRIDE_ERROR;
}

bool conversion_wants(const struct conversion *c, enum oscam_file file)
{
	return emit_has(&c->emission, file) && request_wants(c->request, file);
}

/* Where a file's text goes while the text is proved. */
struct destination {
	const struct sink *sink;
	struct sha256 sum;
	uint64_t bytes;
	bool summed;
	struct buffer *text; /* for the report, or NULL */
};

static bool take_text(void *context, const char *text, size_t len)
{
	struct destination *to = context;

	to->bytes += len;
	if (to->summed)
		sha256_add(&to->sum, text, len);
	if (to->text)
		buffer_add(to->text, text, len);
	return !to->sink || to->sink->write(to->sink->context, text, len);
}

/* Whether the report has the files' texts in it. */
static bool shows_text(const struct request *request)
{
	return request->report && request->report_format == REPORT_HTML;
}

bool conversion_prove(struct conversion *c, enum oscam_file file, const struct sink *sink)
{
	struct buffer text = {0};
	struct destination to = {.sink = sink,
		.summed = c->request->report != NULL,
		.text = shows_text(c->request) ? &text : NULL};
	struct template_error error;

	sha256_start(&to.sum);
	bool good = emit_proved(&c->emission, file, c->proof, &(struct sink){take_text, &to}, &error);
	if (error.message.len > 0)
		c->failed = template_failure(c->request, c->arena, &error);
	if (good && conversion_wants(c, file)) {
		struct report_file *done = &c->files[c->file_count++];
		*done = (struct report_file){
			.name = target_file_name(&c->choices.target, file), .bytes = to.bytes};
		if (to.summed)
			sha256_end(&to.sum, done->sha256);
		done->text = arena_copy(c->arena, buffer_slice(&text));
	}
	buffer_free(&text);
	return good;
}

bool conversion_prove_all(struct conversion *c, struct output *output)
{
	struct sink sink = output_sink(output);
	bool good = true;

	for (enum oscam_file file = 0; file < OSCAM_FILE_COUNT && good; file++) {
		bool write = output && conversion_wants(c, file);
		if (write)
			good = output_open(output, target_file_name(&c->choices.target, file));
		if (emit_has(&c->emission, file))
			good = good && conversion_prove(c, file, write ? &sink : NULL);
	}
	if (!good && output && c->failed.len == 0)
		c->failed = slice_of(output->failed);
	return good;
}

void conversion_add_file(struct conversion *c, enum oscam_file file, struct slice text, struct slice old)
{
	struct report_file *done = &c->files[c->file_count++];

	*done = (struct report_file){.name = target_file_name(&c->choices.target, file), .bytes = text.len};
	if (shows_text(c->request)) {
		done->text = text;
		done->old = old;
	}
	if (c->request->report)
		sha256_text(text, done->sha256);
}

void conversion_print_findings(const struct conversion *c)
{
	const struct ledger *ledger;

	for (uint32_t i = 0; (ledger = conversion_ledger(c, i)); i++)
		print_findings(c->request, ledger);
}

struct report conversion_report(const struct conversion *c, bool failed, bool redact)
{
	struct report report = request_report(c->request);

	report.ledger = &c->ledger;
	report.model = &c->model;
	report.files = c->files;
	report.file_count = c->file_count;
	report.redact = redact;
	report.failed = failed;
	return report;
}
