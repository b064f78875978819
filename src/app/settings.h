/* Settings files and manifests: where they are, and the values that they have. */
#ifndef CC2OSCAM_SETTINGS_H
#define CC2OSCAM_SETTINGS_H

#include "cc2oscam/source.h"
#include "options.h"

/* The choices of one file, or of one receiver in a manifest, checked. Those of several are taken one after
 * the other: what comes later wins. */
struct settings_layer {
	struct list values; /* struct setting_value */
	const char *folder; /* as in struct settings */
};

struct setting_value {
	const struct option_row *row;
	struct slice text;
	uint32_t line;
};

/* One receiver of a manifest. */
struct settings_section {
	const char *title, *source, *output; /* source and output may be NULL */
	uint32_t line;
	struct settings_layer layer;
};

/* A settings file, or a manifest, which has sections too. */
struct settings_file {
	struct settings_layer top;
	struct list sections; /* struct settings_section */
};

/* Everything is in the arena. False: a message was printed. `what` it is, for messages:
 * "the settings file". */
bool settings_file_read(
	struct arena *arena, const char *path, const char *what, bool manifest, struct settings_file *file);

/* A manifest, whatever its name is: a line in it begins a receiver. No CCcam.cfg has one. */
bool text_is_manifest(const struct source *source);

#endif
