/* What is at the known places under a folder, and whether it looks used. Only these places are looked at and
 * only files read, none of them outside of the folder. */
#ifndef CC2OSCAM_SURVEY_H
#define CC2OSCAM_SURVEY_H

#include "cc2oscam/arena.h"
#include "cc2oscam/root_file.h"
#include "cc2oscam/source.h"
#include "cc2oscam/places.h"

struct place_found {
	const struct known_place *place;
	struct root_file file;
	const char *problem;            /* why the file or folder is of no use here; NULL: it is of use */
	bool unseen;                    /* the problem is that it cannot be looked at */
	const struct place_found *same; /* the place of which this is another name or a copy; NULL: none */
	bool copy;                      /* another file than `same`, with the same content */
	bool blank;                     /* a CCcam.cfg without a line that says something */
	bool used, unsure;              /* not of side files; unsure: a file of the folder cannot be read */
	bool any_file;                  /* of a folder: a file of OSCam's or NCam's is in it */
	bool oscam, ncam;               /* of a folder: files of these names are in it */
	bool refused;                   /* this user may not look there */
	time_t changed;                 /* of a folder: its newest file's change */
	struct slice holds;             /* what is in it, for people, with no password, key, host or user */
	struct source source;           /* of a CCcam.cfg without a problem */
};

struct survey {
	struct arena *arena;
	const char *root;
	struct list
		found; /* struct place_found, in the order of the table; what does not exist is left out */
	uint32_t cccam_count;          /* files CCcam.cfg that differ, readable or not */
	const struct place_found *one; /* the only one, or the only one that says something; NULL: there is no
					  such, or it cannot be read */
};

/* Looks at all places under `root`. False with errno where it cannot be looked through. survey_end in both
 * cases; all names are in the arena. */
bool survey_start(struct survey *survey, const char *root, struct arena *arena);
/* Of the places of a CCcam.cfg, how many this user may not look at. */
uint32_t survey_refused(const struct survey *survey);
void survey_end(struct survey *survey);
/* Whether it is a CCcam.cfg that counts in cccam_count. */
bool is_cccam_file(const struct place_found *found);
/* The CCcam.cfg files that say nothing, beside the one that counts: "; /etc/CCcam.cfg (empty) is not used".
 */
const char *passed_by(const struct survey *survey);

/* The folder of this path, as if it were at a known place; one that is not there holds nothing. */
void look_into_named_folder(struct place_found *found, const char *path, struct arena *arena);
/* Of a folder: files of NCam's are in it, and none of OSCam's. */
bool is_ncam_folder(const struct place_found *found);

#endif
