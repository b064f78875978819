/* Which sections of a model the checks have to look at: of those that differ in plain names only, the first
 * stands for all, as long as nothing is found in it. */
#ifndef CC2OSCAM_ALIKE_H
#define CC2OSCAM_ALIKE_H

#include "cc2oscam/document.h"
#include "cc2oscam/model.h"
#include "cc2oscam/table.h"

struct alike {
	struct list kinds; /* struct kind_of_section of alike.c */
	struct table table;
	uint32_t last; /* index + 1 of the kind that was asked for last, or 0 */
};

void alike_start(struct alike *alike, struct arena *arena);
/* Adds the section to the list (struct made_section), unless one that is there already stands for it. The
 * sections of one list come one after the other, and in the same order each time. */
void alike_add(struct alike *alike, struct list *list, const struct section *section, struct place origin);
/* From now on every section that is like this one is added. False: there are none, or it was said before. */
bool alike_open(struct alike *alike, const struct section *section);

#endif
