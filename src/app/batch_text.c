/* A text that is written to a file when it is large. See batch.h. */
#include "batch.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { KEPT_MOST = 256 * 1024, PIECE = 16 * 1024 };

static FILE *make_file(const char *folder)
{
	struct buffer name = {0};
	FILE *made = NULL;

	buffer_format(&name, "%s/.cc2oscam-report-XXXXXX%c", folder, '\0');
	int file = mkstemp(name.at);
	if (file >= 0) {
		(void)unlink(name.at);
		(void)fcntl(file, F_SETFD, FD_CLOEXEC);
		made = fdopen(file, "w+");
	}
	if (file >= 0 && !made)
		(void)close(file);
	buffer_free(&name);
	return made;
}

static bool write_out(struct batch_text *text)
{
	size_t len = text->last.len;

	if (!text->file)
		text->file = make_file(text->folder);
	text->last.len = 0;
	return text->file && fwrite(text->last.at, 1, len, text->file) == len;
}

bool batch_text_add(void *context, const char *at, size_t len)
{
	struct batch_text *text = context;

	if (text->error == 0 && text->last.len > 0 && text->last.len + len > KEPT_MOST && !write_out(text))
		text->error = errno;
	if (text->error == 0)
		buffer_add(&text->last, at, len);
	errno = text->error;
	return text->error == 0;
}

bool batch_text_print(const struct batch_text *text, FILE *to)
{
	char piece[PIECE];
	size_t got;

	if (text->file && (fflush(text->file) != 0 || fseek(text->file, 0, SEEK_SET) != 0))
		return false;
	while (text->file && (got = fread(piece, 1, sizeof piece, text->file)) > 0)
		(void)fwrite(piece, 1, got, to);
	if (text->file && ferror(text->file))
		return false;
	if (text->last.len > 0)
		(void)fwrite(text->last.at, 1, text->last.len, to);
	return true;
}

void batch_text_free(struct batch_text *text)
{
	buffer_free(&text->last);
	if (text->file)
		(void)fclose(text->file);
	*text = (struct batch_text){.folder = text->folder};
}
