/* Text files that are built into the program; the build makes the tables (src/base/embed.cmake). */
#ifndef CC2OSCAM_EMBEDDED_H
#define CC2OSCAM_EMBEDDED_H

#include <stddef.h>
#include <string.h>

struct embedded {
	const char *name; /* of the file, without its ending */
	const char *text; /* zero-terminated */
	size_t size;      /* of the text, without the zero */
};

/* A table is sorted by name; the last one's name is NULL. */
extern const struct embedded builtin_templates[]; /* templates/ */
extern const struct embedded app_texts[];         /* the default settings, src/app/pages/ and help.txt */

/* NULL: there is none of this name. */
static inline const struct embedded *embedded_find(const struct embedded *texts, const char *name)
{
	while (texts->name && strcmp(texts->name, name) != 0)
		texts++;
	return texts->name ? texts : NULL;
}

#endif
