/* The lines of the two texts of a diff, and which of them have changed. */
#ifndef CC2OSCAM_DIFF_LINES_H
#define CC2OSCAM_DIFF_LINES_H

#include "cc2oscam/arena.h"
#include "cc2oscam/text.h"

enum { OLD, NEW, SIDES };

/* One side's text. The lines of both sides that have not changed are the same ones in the same order. */
struct diff_lines {
	const char *text;
	size_t *start;          /* line i goes from start[i] to start[i + 1], with its LF if it has one */
	unsigned char *changed; /* 1: deleted from the old side, or added on the new one */
	uint32_t count;
};

/* A place where changed lines meet, between two that have not changed: [from, to) of each side. */
struct diff_change {
	uint32_t from[SIDES], to[SIDES];
};

struct slice diff_line(const struct diff_lines *side, uint32_t line);

/* Cuts a text into lines, all of them changed. */
void diff_cut(struct diff_lines *side, struct arena *arena, struct slice text);
/* Finds the lines that have not changed. */
void diff_align(struct diff_lines sides[SIDES], struct arena *arena);
/* Moves what was only added or only deleted to where people expect it, as far as equal lines leave a choice:
 * a section starts with its head, not with the last lines of the section before it. */
void diff_slide(struct diff_lines sides[SIDES]);

/* The first change from change->to on, which is a place between equal lines. False when there is none. */
bool diff_next(const struct diff_lines sides[SIDES], struct diff_change *change);

#endif
