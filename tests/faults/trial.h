/* One run of a command with one fault in it, and what came of it. */
#ifndef CC2OSCAM_FAULTS_TRIAL_H
#define CC2OSCAM_FAULTS_TRIAL_H

#include <stdio.h>

#include "scenes.h"
#include "strike.h"
#include "trees.h"

/* Where one process tries, one thing after the other. */
struct place {
	const char *program, *library;
	char folder[256];      /* with `run` in it, and what is before each scene, under its name */
	struct strike *strike; /* shared with the program */
	int memory;            /* the descriptor of that */
	int out, err;          /* what the program says */
};

struct outcome {
	int status; /* as of waitpid */
	bool hung;
	char *out, *err;
};

/* A scene as it is without a fault: before, after, and after the next run on each. */
struct normal {
	const struct scene *scene;
	struct outcome outcome;
	struct tree old, new, old_names, new_names, next_old, next_new;
	long calls, allocations;
	uint8_t rows[STRIKE_CALLS];
};

void place_open(struct place *place, const char *program, const char *library, const char *folder);
void place_close(struct place *place);
void normal_make(struct place *place, const struct scene *scene, struct normal *normal);
void normal_free(struct normal *normal);

/* Runs the scene's command, with place->strike as it stands there. */
struct outcome run_scene(struct place *place, const struct scene *scene, const char *command);
/* What has to run before. */
void run_first(struct place *place, const struct scene *scene);
void outcome_free(struct outcome *outcome);

/* Looks at what a run left. NULL: all is as it must be; or what is wrong, malloc'ed. */
char *look_at(struct place *place, const struct normal *normal, const struct outcome *outcome);
/* A call number `at` that fails for its reason, is killed, or an allocation; as above. */
char *try_fault(struct place *place, const struct normal *normal, enum strike_how how, long at, int reason);
/* On a file system that may only be read, or has room for so many more blocks or files; as above. */
enum room { ROOM_NONE, ROOM_BLOCKS, ROOM_FILES };
bool rooms_are_possible(void);
char *try_room(struct place *place, const struct normal *normal, enum room room, long most, bool *went_well);

#endif
