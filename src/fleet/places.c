/* The places of CCcam.cfg, and paths that end with one. See places.h. */
#include "places.h"

const char *const *cccam_places(void)
{
	static const char *const places[] = {"etc/CCcam.cfg", "var/etc/CCcam.cfg", "usr/keys/CCcam.cfg",
		"var/keys/CCcam.cfg", "etc/tuxbox/config/CCcam.cfg", "var/tuxbox/config/CCcam.cfg",
		"usr/local/etc/CCcam.cfg", "etc/cccam/CCcam.cfg", "opt/cccam/CCcam.cfg", "var/bin/CCcam.cfg",
		"media/hdd/CCcam.cfg", "media/hdd/etc/CCcam.cfg", "media/usb/CCcam.cfg",
		"media/usb/etc/CCcam.cfg", NULL};

	return places;
}

static bool ends_with_place(struct slice path, struct slice place)
{
	size_t before = path.len - place.len;

	return path.len >= place.len && slice_equal((struct slice){path.at + before, place.len}, place) &&
	       (before == 0 || path.at[before - 1] == '/');
}

int place_of(struct slice path, struct slice *root)
{
	const char *const *places = cccam_places();
	int found = -1;
	size_t longest = 0;

	for (int i = 0; places[i]; i++) {
		struct slice place = slice_of(places[i]);
		if (place.len <= longest || !ends_with_place(path, place))
			continue;
		found = i;
		longest = place.len;
		*root = (struct slice){path.at, path.len - place.len};
	}
	if (found >= 0 && root->len > 1)
		root->len--; /* the /, which is all that is left of /etc/CCcam.cfg */
	return found;
}
