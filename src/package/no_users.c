/* For static programs. libConfuse asks for users' home folders, to find settings files below "~", which this
 * program never does; the C library's own answer would bring its name services along, some 100 kB of them. */
#include <pwd.h>
#include <stddef.h>

struct passwd *getpwnam(const char *name)
{
	(void)name;
	return NULL;
}

struct passwd *getpwuid(uid_t id)
{
	(void)id;
	return NULL;
}
