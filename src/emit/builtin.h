/* The templates that are built into the program. The build makes the table from templates/ (embed.cmake). */
#ifndef CC2OSCAM_BUILTIN_H
#define CC2OSCAM_BUILTIN_H

#include <stddef.h>

struct builtin_template {
	const char *name; /* without .mustache */
	const char *text; /* zero-terminated; size does not count the zero */
	size_t size;
};

/* Sorted by name; the last one's name is NULL. */
extern const struct builtin_template builtin_templates[];

#endif
