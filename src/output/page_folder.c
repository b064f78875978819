/* A folder of pages that takes its name together with the file that leads to them. See output.h. */
#define _GNU_SOURCE /* syncfs */
#include "writer.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "cc2oscam/path.h"
#include "cc2oscam/platform.h"

#define PAGE_END ".html"

/* Longer names than the system takes are cut, with room for the end. */
enum { NAME_MOST = 200, HEAD_MOST = 256 };

bool flush_file_system(int file)
{
#ifdef __linux__
	return syncfs(file) == 0;
#else
	(void)file;
	sync();
	return true;
#endif
}

static bool exists(const char *path)
{
	struct stat status;

	return lstat(path, &status) == 0;
}

static size_t name_length(const char *name)
{
	size_t len = strlen(name), end = strlen(PAGE_END);

	return len > end && slice_ends(slice_of(name), SLICE(PAGE_END)) ? len - end : len;
}

/* The folder of the file, and what is made of its name. */
static const char *name_beside(
	struct page_folder *pages, const struct whole_file *file, const char *before, const char *end)
{
	const char *name = path_base(file->place);
	size_t len = name_length(name);
	bool hidden = *before != '\0';

	return arena_format(&pages->arena, "%.*s%s%.*s-receivers%s", (int)(name - file->place), file->place,
		before, (int)(hidden && len > NAME_MOST ? NAME_MOST : len), name, end)
		.at;
}

/* ---- what is in a folder ---- */

static bool begins(int folder, const char *name, const char *start)
{
	char head[HEAD_MOST];
	struct stat status;
	size_t len = strlen(start);
	int file = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	bool fine = file >= 0 && fstat(file, &status) == 0 && S_ISREG(status.st_mode) &&
		    read(file, head, len) == (ssize_t)len && memcmp(head, start, len) == 0;

	if (file >= 0)
		(void)close(file);
	return fine;
}

static bool is_page(void *start, int folder, const char *name)
{
	return name[name_length(name)] != '\0' && begins(folder, name, start);
}

static bool remove_page(void *unused, int folder, const char *name)
{
	(void)unused;
	return name[name_length(name)] != '\0' && unlinkat(folder, name, 0) == 0;
}

static bool remove_pages(const char *path)
{
	if (!exists(path))
		return true;
	/* what was removed may hide what comes next */
	while (each_name(AT_FDCWD, path, remove_page, NULL) && rmdir(path) != 0)
		if (errno != ENOTEMPTY && errno != EEXIST)
			return false;
	return !exists(path);
}

/* ---- the start ---- */

/* The earlier file and its pages come back, where the names were not all changed: something failed, or a
 * process was killed. Pages without their file are of no use. */
static void put_back(const struct page_folder *pages)
{
	if (!exists(pages->earlier_file) || exists(pages->file)) {
		(void)unlink(pages->earlier_file);
		(void)remove_pages(pages->earlier);
		return;
	}
	if (exists(pages->earlier) && remove_pages(pages->place))
		(void)rename(pages->earlier, pages->place);
	(void)rename(pages->earlier_file, pages->file);
}

static bool may_replace(const struct page_folder *pages)
{
	struct stat status;

	if (lstat(pages->place, &status) != 0)
		return errno == ENOENT;
	if (S_ISDIR(status.st_mode) && each_name(AT_FDCWD, pages->place, is_page, (char *)pages->start))
		return true;
	errno = EEXIST;
	return false;
}

bool page_folder_open(struct page_folder *pages, const struct whole_file *file, const char *start)
{
	struct stat status;

	*pages = (struct page_folder){.start = start};
	pages->file = arena_string(&pages->arena, file->place);
	pages->place = name_beside(pages, file, "", "");
	pages->hidden = name_beside(pages, file, ".", ".report.cc2oscam");
	pages->earlier = name_beside(pages, file, ".", ".earlier.report.cc2oscam");
	pages->earlier_file = name_beside(pages, file, ".", ".index.report.cc2oscam");
	put_back(pages);
	if (!may_replace(pages) || fstat(fileno(file->file), &status) != 0)
		return false;
	pages->mode = status.st_mode & 0666;
	if (!remove_pages(pages->hidden))
		return false;
	pages->made = mkdir(pages->hidden, 0700) == 0;
	return pages->made;
}

/* ---- pages ---- */

static char *path_in(const char *folder, const char *name)
{
	struct buffer path = {0};

	buffer_format(&path, "%s/%s" PAGE_END "%c", folder, name, '\0');
	return path.at;
}

FILE *page_folder_add(const struct page_folder *pages, const char *name)
{
	char *path = path_in(pages->hidden, name);
	int descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0600);
	FILE *file = descriptor < 0 ? NULL : fdopen(descriptor, "w");

	if (descriptor >= 0 && !file)
		out_of_memory();
	if (file)
		(void)fchmod(descriptor, pages->mode);
	free(path);
	return file;
}

void page_folder_drop(const struct page_folder *pages, const char *name)
{
	char *path = path_in(pages->hidden, name);

	(void)unlink(path);
	free(path);
}

/* ---- the end ---- */

/* To the disk before any name changes. A folder without a page is none. */
static bool flush_pages(struct page_folder *pages)
{
	int folder = open(pages->hidden, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (folder < 0)
		return false;
	/* who may read pages may also enter their folder */
	mode_t mode = pages->mode | S_IRWXU | (pages->mode & 0444) >> 2;
	bool fine = fchmod(folder, mode) == 0 && flush_file_system(folder);
	int why = errno;
	(void)close(folder);
	pages->made = rmdir(pages->hidden) != 0;
	errno = why;
	return fine;
}

/* The earlier file goes first and the new one comes last, so that each is seen with its own pages only. */
static bool switch_names(struct page_folder *pages, struct whole_file *file)
{
	if (!may_replace(pages))
		return false;
	if (rename(pages->file, pages->earlier_file) != 0 && errno != ENOENT)
		return false;
	if (rename(pages->place, pages->earlier) != 0 && errno != ENOENT)
		return false;
	if (pages->made && rename(pages->hidden, pages->place) != 0)
		return false;
	if (whole_file_end(file))
		return true;
	int why = errno;
	(void)remove_pages(pages->place);
	errno = why;
	return false;
}

bool page_folder_end(struct page_folder *pages, struct whole_file *file)
{
	bool fine = file->complete && flush_pages(pages) && switch_names(pages, file);
	int why = errno;

	if (file->complete) {
		(void)unlink(file->hidden);
		file->complete = false;
	}
	if (pages->file)
		put_back(pages);
	if (pages->made)
		(void)remove_pages(pages->hidden);
	arena_free(&pages->arena);
	*pages = (struct page_folder){.file = NULL};
	errno = why;
	return fine;
}
