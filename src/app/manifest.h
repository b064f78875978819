/* A manifest: a list of receivers with choices of their own, in the syntax of the settings file. */
#ifndef CC2OSCAM_MANIFEST_H
#define CC2OSCAM_MANIFEST_H

#include "cc2oscam/fleet.h"
#include "settings.h"

/* One receiver: the tag of its item. */
struct manifest_receiver {
	const struct settings_layer *manifest, *own; /* the choices of all its receivers, and its own */
	const char *title;
};

/* By its name, which ends with .conf or .manifest, or by what is in it. */
bool is_manifest(const char *path);

/* Checks everything in it, templates too, and adds its receivers to the fleet. What they are made of lives in
 * the arena, as long as the fleet. False: a message was printed. */
bool read_manifest(struct arena *arena, const char *path, const struct request *request, struct fleet *fleet);

/* What the user asked for this receiver: the settings file's choices, over them the manifest's, the
 * receiver's own, then --set and the other options. For `receiver` NULL the same as `request`. May be called
 * by many threads. Free own->arena. */
void request_for(
	const struct request *request, const struct manifest_receiver *receiver, struct request *own);

#endif
