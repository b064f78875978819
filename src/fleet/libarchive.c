/* Finding libarchive's functions at run time, or, where nothing can be loaded, at build time. See
 * libarchive.h. */
#define _GNU_SOURCE /* RTLD_NODELETE */
#include "libarchive.h"

#ifdef CC2OSCAM_LIBARCHIVE_FILE
#include <dlfcn.h>
#include <string.h>

#include "cc2oscam/text.h"

enum { LOADER_MEMORY = 1 << 20 }; /* the loader ends the process without */

/* dlsym gives an object's address, and POSIX wants it to be a function's as well; C has no cast for that. */
static bool find(void *handle, const char *name, void *function)
{
	void *address = dlsym(handle, name);

	memcpy(function, &address, sizeof address);
	return address != NULL;
}

const char *libarchive_load(struct libarchive *library, struct arena *arena)
{
	need_memory(LOADER_MEMORY);
	void *handle = dlopen(CC2OSCAM_LIBARCHIVE_FILE, RTLD_LAZY | RTLD_NODELETE);
	bool found = handle != NULL;

#define LIBARCHIVE_FIND(name) found = found && find(handle, "archive_" #name, &library->name);
	LIBARCHIVE_CALLS(LIBARCHIVE_FIND)
#undef LIBARCHIVE_FIND
	const char *why = found ? NULL : dlerror();
	if (!found)
		why = arena_format(arena, "archives are read with libarchive, and that cannot be loaded: %s",
			why ? why : "it is too old")
			      .at;
	if (handle)
		(void)dlclose(handle);
	return why;
}

#else

const char *libarchive_load(struct libarchive *library, struct arena *arena)
{
	(void)arena;
#define LIBARCHIVE_SET(name) library->name = archive_##name;
	LIBARCHIVE_CALLS(LIBARCHIVE_SET)
#undef LIBARCHIVE_SET
	return NULL;
}

#endif
