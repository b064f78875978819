/* A file without a name that holds what memory should not. See sorter.h. */
#include "cc2oscam/sorter.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

enum { KEPT_MOST = 16 * 1024 };

void spill_init(struct spill *spill, const char *folder)
{
	*spill = (struct spill){.folder = folder, .file = -1};
}

uint64_t spill_end(const struct spill *spill)
{
	return spill->written + spill->last.len;
}

static int make_file(struct spill *spill)
{
	struct buffer name = {0};

	buffer_format(&name, "%s/.cc2oscam-spill-XXXXXX%c", spill->folder, '\0');
	spill->file = mkstemp(name.at);
	if (spill->file >= 0) {
		(void)unlink(name.at);
		(void)fcntl(spill->file, F_SETFD, FD_CLOEXEC);
	}
	buffer_free(&name);
	return spill->file >= 0 ? 0 : -1;
}

static int write_out(struct spill *spill)
{
	const char *at = spill->last.at;

	if (spill->file < 0 && make_file(spill) != 0)
		return -1;
	for (size_t left = spill->last.len; left > 0;) {
		ssize_t done = pwrite(spill->file, at, left, (off_t)spill->written);
		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return -1;
		at += done;
		left -= (size_t)done;
		spill->written += (uint64_t)done;
	}
	spill->last.len = 0;
	return 0;
}

int spill_add(struct spill *spill, const char *text, size_t len)
{
	if (spill->last.len > 0 && spill->last.len + len > KEPT_MOST && write_out(spill) != 0)
		return -1;
	buffer_add(&spill->last, text, len);
	return 0;
}

static int read_file(struct spill *spill, uint64_t at, char *text, size_t len)
{
	while (len > 0) {
		ssize_t got = pread(spill->file, text, len, (off_t)at);
		if (got < 0 && errno == EINTR)
			continue;
		if (got == 0)
			errno = EIO;
		if (got <= 0)
			return -1;
		text += got;
		at += (uint64_t)got;
		len -= (size_t)got;
	}
	return 0;
}

int spill_read(struct spill *spill, uint64_t at, char *text, size_t len)
{
	if (at > spill_end(spill) || len > spill_end(spill) - at) {
		errno = EINVAL;
		return -1;
	}
	if (at < spill->written) {
		size_t part = spill->written - at < len ? (size_t)(spill->written - at) : len;
		if (read_file(spill, at, text, part) != 0)
			return -1;
		at += part;
		text += part;
		len -= part;
	}
	if (len > 0)
		memcpy(text, spill->last.at + (at - spill->written), len);
	return 0;
}

void spill_free(struct spill *spill)
{
	if (spill->file >= 0)
		(void)close(spill->file);
	buffer_free(&spill->last);
	spill->file = -1;
}
