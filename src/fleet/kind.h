/* What a file is, by its first bytes: names of downloads and of backups often say nothing. */
#ifndef CC2OSCAM_FLEET_KIND_H
#define CC2OSCAM_FLEET_KIND_H

#include "cc2oscam/text.h"

/* So many bytes are looked at. A text may have a few zeros, where a disk was damaged; a binary file has more
 * than one control byte in so many. */
enum { KIND_HEAD = 512, BINARY_SHARE = 10 };

enum file_kind { FILE_TEXT, FILE_UTF16, FILE_ARCHIVE, FILE_BINARY };

enum file_kind kind_of_head(struct slice head);
/* FILE_TEXT too when it cannot be read: who reads it finds out why. */
enum file_kind kind_of_file(const char *path);
/* Why such a file is no CCcam.cfg; NULL for a text. */
const char *kind_refused(enum file_kind kind);

#endif
