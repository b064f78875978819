/* The commands that are tried, each in a folder made for it. */
#ifndef CC2OSCAM_FAULTS_SCENES_H
#define CC2OSCAM_FAULTS_SCENES_H

#include <stdbool.h>
#include <stddef.h>

struct scene {
	const char *name;
	const char *made; /* the lines of a shell script that fills the folder, behind scene_start */
	const char
		*first; /* a command that runs before, each time, where the order of times matters; or NULL */
	const char *command; /* words, parted by single blanks; what is in the file `stdin` is its standard
				input */
	const char *next;    /* what the user types after a kill; NULL: the same again */
	const char *apart;   /* each entry of this folder is written for itself; or NULL */
	const char *report;  /* a file that may say something else after a failure; or NULL */
	unsigned lacks;      /* enum strike_lack */
	bool hints;          /* a hint may be missing where what it speaks of cannot be read */
};

/* Files that all scenes have. */
extern const char scene_start[];
extern const struct scene scenes[];
extern const size_t scene_count;

#endif
