/* Items of a list that are written alike but for some texts of their own: see template_replay.c. */
#ifndef CC2OSCAM_TEMPLATE_REPLAY_H
#define CC2OSCAM_TEMPLATE_REPLAY_H

#include "cc2oscam/template.h"

struct replay;

/* For one list; replay_free afterwards, which takes NULL too. */
struct replay *replay_new(const struct view_pattern *pattern, void *context);
void replay_free(struct replay *replay);
/* True: the item was written, piece by piece to `put`. False: the template has to run for it, and all that it
 * writes goes to replay_note as well. */
bool replay_item(struct replay *replay, const void *item, void put(void *out, struct slice text), void *out);
void replay_note(struct replay *replay, struct slice text);
/* What is being noted hangs on more than the item. */
void replay_refuse(struct replay *replay);

#endif
