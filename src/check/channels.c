/* Checks of the names of channels: which of the two files OSCam reads, and how many they are. */
#include "cc2oscam/rows.h"
#include "checks.h"

void check_shadowed_names(struct checking *c)
{
	(void)look_at(c, OSCAM_SRVID);
	if (oscam_count_rows(OSCAM_SRVID, &c->file->source) > 0)
		(void)found(c, CODE_SRVID_SHADOWED, DOCUMENT_NONE, NULL,
			"OSCam does not read this file, for there is an oscam.srvid2");
}

void check_many_names(struct checking *c)
{
	if (!look_at(c, OSCAM_SRVID2) && !look_at(c, OSCAM_SRVID))
		return;
	unsigned long count = oscam_count_rows(c->file->file, &c->file->source);
	if (count > CHANNELS_MOST)
		(void)found(c, CODE_NAMES_MANY, DOCUMENT_NONE, NULL,
			"%lu names of channels, and OSCam warns of its load from %d on", count,
			CHANNELS_MOST);
}
