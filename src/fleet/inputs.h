/* What is wrong with a list of INPUTs as a whole. */
#ifndef CC2OSCAM_FLEET_INPUTS_H
#define CC2OSCAM_FLEET_INPUTS_H

#include "input_names.h"

/* False with the reason: two are the same file or folder, or one lies within another, so that receivers would
 * be found twice. Their names are made. */
bool inputs_are_apart(const struct input_name *inputs, uint32_t count, struct buffer *why);
/* False with the reason: what is written to the output folder would change what is found in an INPUT the next
 * time. */
bool output_is_apart(const struct input_name *inputs, uint32_t count, const char *output, struct buffer *why);

#endif
