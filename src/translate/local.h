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

/* local_shut.c: the readers that a list of channels can mean which cannot be read, or whose device no reader
 * has. */
/* Whether the option is a list of channels that a card reader may or must not serve, or limits how many. */
bool limits_channels(const struct statement *s);
/* The reader does without its list of channels: it is shut, for it would answer for all of them, or for those
 * that it must not. Returns what becomes of the line. */
enum fate shut_reader(struct translator *t, const struct statement *s, struct section *reader);
/* The same of all readers whose device can be meant; FATE_NONE: there is none. */
enum fate shut_meant_readers(struct translator *t, const struct statement *s);
/* A line has one device; whether it names other readers of ours in front of its list, which are shut. */
bool shut_further_readers(struct translator *t, const struct statement *s);
/* After all options: a list whose device is not known shuts all readers that have no list. */
void shut_other_readers(struct translator *t);

#endif
