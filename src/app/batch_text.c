/* A buffer that is written to a file when it is large. See batch_text.h. */
#include "batch_text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "cc2oscam/platform.h"

enum { KEPT_MOST = 256 * 1024, PIECE = 16 * 1024 };

static int make_file(struct batch_text *text)
{
	struct buffer name = {0};

	buffer_format(&name, "%s/.cc2oscam-report-XXXXXX%c", text->folder, '\0');
	int file = mkstemp(name.at);
	if (file >= 0) {
		(void)unlink(name.at);
		(void)fcntl(file, F_SETFD, FD_CLOEXEC);
		text->file = file;
	}
	buffer_free(&name);
	return file >= 0 ? 0 : -1;
}

static int write_out(struct batch_text *text)
{
	struct slice rest = buffer_slice(&text->last);

	if (text->file == 0 && make_file(text) != 0)
		return -1;
	while (rest.len > 0) {
		ssize_t done = write(text->file, rest.at, rest.len);
		if (done < 0 && errno != EINTR)
			return -1;
		if (done > 0)
			rest = (struct slice){rest.at + done, rest.len - (size_t)done};
	}
	text->last.len = 0;
	return 0;
}

bool batch_text_add(void *context, const char *at, size_t len)
{
	struct batch_text *text = context;

	if (text->error == 0 && text->last.len > 0 && text->last.len + len > KEPT_MOST &&
		write_out(text) != 0)
		text->error = errno;
	if (text->error != 0) {
		errno = text->error;
		return false;
	}
	buffer_add(&text->last, at, len);
	return true;
}

static int print_file(int file, FILE *to)
{
	char piece[PIECE];
	ssize_t got;

	if (lseek(file, 0, SEEK_SET) != 0)
		return -1;
	while ((got = read(file, piece, sizeof piece)) != 0) {
		if (got < 0 && errno != EINTR)
			return -1;
		if (got > 0)
			(void)fwrite(piece, 1, (size_t)got, to);
	}
	return 0;
}

int batch_text_print(const struct batch_text *text, FILE *to)
{
	if (text->file > 0 && print_file(text->file, to) != 0)
		return -1;
	if (text->last.len > 0)
		(void)fwrite(text->last.at, 1, text->last.len, to);
	return 0;
}

void batch_text_clear(struct batch_text *text)
{
	batch_text_free(text);
	text->error = 0;
}

void batch_text_free(struct batch_text *text)
{
	buffer_free(&text->last);
	if (text->file > 0)
		(void)close(text->file);
	text->file = 0;
}
