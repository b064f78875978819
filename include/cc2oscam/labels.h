/* Names in OSCam's files, and the labels of readers: made of harmless bytes, unique
 * without regard to case, and never a user's name, which OSCam would not serve. */
#ifndef CC2OSCAM_LABELS_H
#define CC2OSCAM_LABELS_H

#include "cc2oscam/model.h"
#include "cc2oscam/table.h"

/* A set of names without regard to case. It holds numbers: of names in its own list, or in what their owner
 * has. */
struct name_set {
	struct arena *arena;
	struct table table;
	struct list list;                                            /* struct slice; without an owner */
	struct slice (*name_of)(const void *owner, uint32_t number); /* or NULL */
	const void *owner;
};

/* Room for `expected` names; more make it grow. */
void names_start(struct name_set *names, struct arena *arena, uint32_t expected);
/* What the name is found by. */
uint64_t label_hash(struct slice name);
/* The number of the name; UINT32_MAX when it is not there. */
uint32_t names_find(const struct name_set *names, struct slice name);
bool names_have(const struct name_set *names, struct slice name);
/* The empty name is none; what is there already stays as it is. */
void names_take(struct name_set *names, struct slice name);
/* The name that the owner has under this number, and that is not there yet. */
void names_take_owned(struct name_set *names, struct slice name, uint32_t number);

/* The names that are taken, and how far the numbers behind labels are. */
struct labels {
	struct name_set taken;
	struct table numbered;
	struct list numbers;
};

void labels_start(struct labels *labels, struct arena *arena, uint32_t expected);
/* What the reader is called wherever it can be: its host, or the last part of its device. */
struct slice label_wish(const struct section *reader, struct arena *arena);
/* Takes the wish, whose label_hash is `hash`, for the owner's `number`. False when it is not free. */
bool labels_claim(struct labels *labels, struct slice wish, uint64_t hash, uint32_t number);
/* The wish if it is free; else host and port, or all of the device; then the user as well; then a number
 * behind that, or behind `stem` unless that is NULL. Nothing is taken by this. */
struct slice labels_free(
	struct labels *labels, const struct section *reader, struct slice wish, const struct slice *stem);

#endif
