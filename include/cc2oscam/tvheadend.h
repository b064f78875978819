/* TVHeadend on a PC in the tuner's place: what [dvbapi] needs for it, and what there is to say. */
#ifndef CC2OSCAM_TVHEADEND_H
#define CC2OSCAM_TVHEADEND_H

#include "cc2oscam/findings.h"
#include "cc2oscam/target.h"

/* With pmt_mode 4 OSCam looks for no PMT of its own: TVHeadend sends it. */
enum { TVHEADEND_PORT = 9000, TVHEADEND_PMT_MODE = 4 };

#define TVHEADEND_BOXTYPE "pc"

/* What OSCam will hold for [dvbapi]; empty: nothing. */
struct tvheadend {
	struct slice port, pmt_mode, boxtype;
	struct slice address; /* what the port is bound to */
};

/* What the owner enters in TVHeadend, who else reaches the port, and what of [dvbapi] is in the way. */
void tvheadend_say(struct ledger *ledger, const struct target *target, const struct tvheadend *dvbapi);

#endif
