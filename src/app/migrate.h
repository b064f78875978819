/* The command migrate: what its two files share. */
#ifndef CC2OSCAM_MIGRATE_H
#define CC2OSCAM_MIGRATE_H

#include <stdbool.h>

#include "app.h"
#include "survey.h"

struct migrate {
	const struct request *request;
	struct arena arena;
	struct survey survey;
	const char *root, *cccam, *folder;
	struct heard *heard;
	bool ncam;      /* the files are NCam's */
	bool set_up;    /* such a file is in the folder */
	bool keeps_old; /* writing leaves backups */
	bool nothing;   /* OSCam can do nothing with new files */
	bool losses;    /* something of CCcam.cfg got lost */
};

/* On standard error, unless -q is set. */
void migrate_tell(const struct migrate *m, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Whether somebody is there to be asked, and --yes does not answer already. */
bool migrate_asks(const struct migrate *m);
/* A line from the terminal without its end; "" at its end. */
struct slice migrate_answer(char *line, size_t size);
/* "OSCam" or "NCam". */
const char *migrate_program(const struct migrate *m);
/* "cc2oscam migrate ... CCCAM -o FOLDER": the options and words are the user's, where no others are given. */
const char *migrate_again(const struct migrate *m, const char *cccam, const char *folder);

/* migrate_find.c: looks below the root, and sets which CCcam.cfg and which folder are meant; a message was
 * printed where it fails. */
enum status migrate_find(struct migrate *m);

#endif
