/* Names in a folder that stands for a whole system, such as the copy of a receiver's files. Links lead where
 * they lead on that system, as after chroot, so that no name leads out of the folder. */
#ifndef CC2OSCAM_ROOT_FILE_H
#define CC2OSCAM_ROOT_FILE_H

#include <sys/stat.h>

#include "cc2oscam/text.h"

struct root_file {
	struct slice name;  /* in the folder, "/var/etc/CCcam.cfg": without links and dots. Of what is not
			     * there, where it would have to be */
	struct slice path;  /* the same on this machine; zero-terminated, as the name is */
	bool link;          /* the name as it was asked for is a link, or would be one */
	struct stat status; /* of what the name leads to */
};

/* The folder's name without the slashes at its end; "" for the top of this machine. */
struct slice root_folder(const char *root);
/* Follows `name`, which starts at the top of the folder `root` with or without a slash. False where it leads
 * nowhere, with errno: ENOENT and what else lstat and readlink know, and ELOOP. */
bool root_file_find(struct root_file *found, const char *root, struct slice name, struct arena *arena);
/* Whether the folder has devices in its /dev. A copy of a receiver's files has none, and then their absence
 * says nothing. */
bool root_has_devices(const char *root);
/* Whether a real path, without links and dots, is that of the folder or leads to something in it. */
bool path_leads_into(const char *path, const char *folder);

#endif
