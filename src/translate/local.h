/* Inside the translation: the receiver's own card readers and the options that name their devices. */
#ifndef CC2OSCAM_TRANSLATE_LOCAL_H
#define CC2OSCAM_TRANSLATE_LOCAL_H

#include "translator.h"

struct device_option {
	struct statement statement;
	uint32_t overruled_by; /* the line that sets the same again, or 0 */
	bool made;             /* a reader came of the line */
};

/* local.c */
/* The reader whose `device` this is for OSCam, or NULL. */
struct section *find_device(struct translator *t, struct slice device);
/* The slot's device for OSCam where CCcam's name is <device>_0 .. _7, else the device itself. */
struct slice oscam_device(struct translator *t, struct slice device);
/* One reader for each device that the options make or name, once all of them are taken. */
void make_device_readers(struct translator *t);

#endif
