/* The one way in which a command says that it fails: see complain in app.h. */
#include "app.h"

#include <errno.h>

#include "cc2oscam/output.h"

/* Of the whole run: messages name NCam. Most of them have no conversion at hand. */
static bool says_ncam;

void complain_of(const struct target *target)
{
	says_ncam = target_is_ncam(target);
}

enum status complain_of_memory(bool written, enum status so_far)
{
	if (!written)
		return complain("there is not enough memory; nothing was written");
	(void)complain("the files are written, but there is not enough memory to say more");
	return so_far;
}

enum status cannot_read(const char *path)
{
	return complain("%s cannot be read: %s%s", path, source_trouble(errno),
		errno == ENOENT ? "; to see what there is:\n  cc2oscam locate" : "");
}

enum status commit_output(struct output *output, const char *done)
{
	if (!output_commit(output))
		return complain("%s\nNothing was %s.", output->failed, done);
	if (output->left)
		(void)complain("the files are %s, but not all is tidied up: %s\n"
			       "The next run with this folder tidies up.",
			done, output->left);
	return STATUS_DONE;
}

static void complain_args(const char *format, va_list args)
{
	struct arena arena;

	arena_init(&arena);
	(void)fputs("cc2oscam: ", stderr);
	print_args(stderr, says_ncam ? ncam_text(&arena, format) : format, args);
	arena_free(&arena);
}

enum status complain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	complain_args(format, args);
	va_end(args);
	(void)fputc('\n', stderr);
	return STATUS_FAILED;
}

bool complain_unless(bool fine, struct buffer *why, const char *format, ...)
{
	va_list args;

	if (!fine) {
		va_start(args, format);
		complain_args(format, args);
		va_end(args);
		print_plain(stderr, (struct slice){why->at, why->len});
		(void)fputc('\n', stderr);
	}
	buffer_free(why);
	return fine;
}
