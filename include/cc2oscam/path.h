/* Names of files and folders, and what is behind them. */
#ifndef CC2OSCAM_PATH_H
#define CC2OSCAM_PATH_H

#include "cc2oscam/text.h"

/* The name behind the last /. */
const char *path_base(const char *path);
struct slice slice_base(struct slice path);
/* The path up to the last /, with that /. */
struct slice slice_folder(struct slice path);
/* The same without that /, in the arena: "/" for what lies there, "" for a name alone. */
const char *path_folder(struct arena *arena, const char *path);
/* Without the slashes at its end; of slashes alone one stays. */
struct slice slice_without_slashes(struct slice path);
/* The file's path in the folder, in the arena, with one / between; an empty one of them is left out. */
struct slice path_join(struct arena *arena, struct slice folder, struct slice file);
/* A link is what it leads to. False with errno. */
bool is_folder(const char *path);
bool is_file(const char *path); /* anything but a folder */
/* It may be something that this user may not look at. */
bool is_there(const char *path);

#endif
