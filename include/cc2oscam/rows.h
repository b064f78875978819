/* How OSCam reads its files without sections: oscam.dvbapi, oscam.provid and oscam.srvid. */
#ifndef CC2OSCAM_ROWS_H
#define CC2OSCAM_ROWS_H

#include "cc2oscam/model.h"

enum row_event {
	ROW_NOTHING, /* skipped in silence: blank, a comment, no line of this file */
	ROW_READ,
	ROW_OTHER /* it says more or something else than a struct row can, or is longer than OSCam reads */
};

/* Whether the file has rows, not sections. */
bool oscam_has_rows(enum oscam_file file);
/* The model's rows of such a file. */
const struct list *oscam_rows(const struct model *model, enum oscam_file file);
/* So many bytes of a line, its end not counted, are safely read as one. */
size_t oscam_row_max(enum oscam_file file);
/* One line, with or without its end. The row's name is a part of it. */
enum row_event oscam_read_row(enum oscam_file file, struct slice line, struct row *row);

#endif
