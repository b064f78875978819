/* The table of places. See places.h. */
#include "cc2oscam/places.h"

#include <string.h>

const struct known_place known_places[] = {
	{PLACE_CCCAM, "/etc/CCcam.cfg", "OpenATV, OpenPLi, VTi, DreamOS and most others; often a link"},
	{PLACE_CCCAM, "/var/etc/CCcam.cfg",
		"CCcam itself when nothing else is said; older images, plain Linux"},
	{PLACE_CCCAM, "/usr/keys/CCcam.cfg", "some images, beside the key files"},
	{PLACE_CCCAM, "/var/keys/CCcam.cfg", "some older images, beside the key files"},
	{PLACE_CCCAM, "/etc/tuxbox/config/CCcam.cfg", "some OpenATV and OpenPLi feeds"},
	{PLACE_CCCAM, "/var/tuxbox/config/CCcam.cfg", "some older images"},
	{PLACE_CCCAM, "/usr/local/etc/CCcam.cfg", "plain Linux, by hand"},
	{PLACE_CCCAM, "/etc/cccam/CCcam.cfg", "plain Linux, by hand"},
	{PLACE_CCCAM, "/etc/CCcam/CCcam.cfg", "some images, in a folder of its own"},
	{PLACE_CCCAM, "/var/etc/cccam/CCcam.cfg", "some older images, in a folder of its own"},
	{PLACE_CCCAM, "/opt/cccam/CCcam.cfg", "plain Linux, by hand"},
	{PLACE_CCCAM, "/var/bin/CCcam.cfg", "by hand, beside the program"},
	{PLACE_CCCAM, "/media/hdd/CCcam.cfg", "by hand, or a copy on the disk"},
	{PLACE_CCCAM, "/media/hdd/etc/CCcam.cfg", "by hand, on the disk"},
	{PLACE_CCCAM, "/media/usb/CCcam.cfg", "by hand, or a copy on a stick"},
	{PLACE_CCCAM, "/media/usb/etc/CCcam.cfg", "by hand, on a stick"},

	{PLACE_OSCAM, "/etc/tuxbox/config", "OpenATV, OpenPLi, DreamOS; OSCam itself looks there"},
	{PLACE_OSCAM, "/etc/tuxbox/config/oscam", "OpenATV, OpenPLi; OSCam itself looks there"},
	{PLACE_OSCAM, "/etc/tuxbox/config/oscam-emu", "OpenATV, OSCam with emulator"},
	{PLACE_OSCAM, "/etc/tuxbox/config/oscam-stable", "OpenATV and OpenPLi feeds"},
	{PLACE_OSCAM, "/etc/tuxbox/config/oscam-trunk", "OpenATV and OpenPLi feeds"},
	{PLACE_OSCAM, "/etc/tuxbox/config/ncam", "NCam, some images"},
	{PLACE_OSCAM, "/etc/tuxbox/config/ncam-icam", "NCam, some images"},
	{PLACE_OSCAM, "/usr/keys", "VTi and others; OSCam itself looks there"},
	{PLACE_OSCAM, "/usr/keys/oscam", "some images, beside the key files"},
	{PLACE_OSCAM, "/usr/keys/ncam", "NCam, some images, beside the key files"},
	{PLACE_OSCAM, "/usr/local/etc", "plain Linux; OSCam itself when nothing else is said"},
	{PLACE_OSCAM, "/usr/local/etc/oscam", "plain Linux, by hand"},
	{PLACE_OSCAM, "/usr/local/etc/ncam", "NCam, plain Linux, by hand"},
	{PLACE_OSCAM, "/etc/oscam", "plain Linux, packages and by hand"},
	{PLACE_OSCAM, "/etc/ncam", "NCam, some images and plain Linux"},
	{PLACE_OSCAM, "/var/keys", "some older images; OSCam itself looks there"},
	{PLACE_OSCAM, "/var/keys/oscam", "some older images, beside the key files"},
	{PLACE_OSCAM, "/var/keys/ncam", "NCam, some older images, beside the key files"},
	{PLACE_OSCAM, "/var/tuxbox/config", "older images; OSCam itself looks there"},
	{PLACE_OSCAM, "/var/etc", "some older images; OSCam itself looks there"},
	{PLACE_OSCAM, "/var/etc/oscam", "some older images; OSCam itself looks there"},
	{PLACE_OSCAM, "/var/etc/ncam", "NCam, some older images"},
	{PLACE_OSCAM, "/var/oscam", "OSCam itself looks there"},
	{PLACE_OSCAM, "/config/oscam", "OSCam itself looks there"},
	{PLACE_OSCAM, "/media/hdd/oscam", "by hand, on the disk"},
	{PLACE_OSCAM, "/media/usb/oscam", "by hand, on a stick"},

	{PLACE_SIDE, "/var/etc/CCcam.prio", "CAID PRIO FILE; CCcam itself"},
	{PLACE_SIDE, "/etc/CCcam.prio", "CAID PRIO FILE; some images"},
	{PLACE_SIDE, "/var/etc/CCcam.providers", "PROVIDERINFO FILE; CCcam itself"},
	{PLACE_SIDE, "/etc/CCcam.providers", "PROVIDERINFO FILE; some images"},
	{PLACE_SIDE, "/var/etc/CCcam.channelinfo", "CHANNELINFO FILE; CCcam itself"},
	{PLACE_SIDE, "/etc/CCcam.channelinfo", "CHANNELINFO FILE; some images"},
	{PLACE_SIDE, "/var/tuxbox/config/newcamd.conf", "NEWCAMD CONF; older images"},
	{PLACE_SIDE, "/etc/tuxbox/config/newcamd.conf", "NEWCAMD CONF; some images"},
};

const size_t known_place_count = sizeof known_places / sizeof *known_places;

const char *place_kind_name(enum place_kind kind)
{
	static const char *const names[PLACE_KINDS] = {"CCcam.cfg", "OSCam's folder", "CCcam's side files"};

	return names[kind];
}

const char *cccam_place(int number)
{
	size_t at = (size_t)number;

	if (at >= known_place_count || known_places[at].kind != PLACE_CCCAM)
		return NULL;
	return known_places[at].path + 1;
}

const char *side_place(const char *file, int number)
{
	for (size_t i = 0; i < known_place_count; i++) {
		const char *path = known_places[i].path;
		if (known_places[i].kind == PLACE_SIDE && strcmp(strrchr(path, '/') + 1, file) == 0 &&
			number-- == 0)
			return path;
	}
	return NULL;
}

int cccam_place_of(struct slice path, struct slice *root)
{
	int found = -1;
	size_t longest = 0;

	for (int i = 0; cccam_place(i); i++) {
		struct slice place = slice_of(cccam_place(i));
		if (place.len <= longest || path.len < place.len)
			continue;
		size_t before = path.len - place.len;
		if (!slice_equal(slice_skip(path, before), place) ||
			(before > 0 && path.at[before - 1] != '/'))
			continue;
		found = i;
		longest = place.len;
		*root = (struct slice){path.at, path.len - place.len};
	}
	if (found >= 0 && root->len > 1)
		root->len--; /* the /, which is all that is left of /etc/CCcam.cfg */
	return found;
}
