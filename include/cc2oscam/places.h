/* Where receivers and servers keep CCcam.cfg, CCcam's side files and OSCam's files: the only list of them. */
#ifndef CC2OSCAM_PLACES_H
#define CC2OSCAM_PLACES_H

#include "cc2oscam/text.h"

enum place_kind {
	PLACE_CCCAM, /* a CCcam.cfg */
	PLACE_OSCAM, /* a folder for oscam.conf and so on */
	PLACE_SIDE,  /* a file that CCcam.cfg names, or that CCcam reads beside it */
	PLACE_KINDS
};

struct known_place {
	enum place_kind kind;
	const char *path;  /* absolute, as on the receiver */
	const char *users; /* who uses it; "some" and "by hand" where guides disagree, or no image does */
};

/* All places: first those of CCcam.cfg, then the folders, then the side files; in each, the likely first. */
extern const struct known_place known_places[];
extern const size_t known_place_count;

/* "CCcam.cfg", "OSCam's folder", "CCcam's side files" */
const char *place_kind_name(enum place_kind kind);

/* The number-th place of CCcam.cfg below the top, from 0 on: "etc/CCcam.cfg"; NULL after the last. */
const char *cccam_place(int number);
/* The number-th place of a side file of this name, from 0 on: "/var/etc/CCcam.prio"; NULL after the last. */
const char *side_place(const char *file, int number);
/* The longest place that the path ends with, as its number; -1 when it ends with none. `root` becomes what
 * lies before it, without the / between. */
int cccam_place_of(struct slice path, struct slice *root);

#endif
