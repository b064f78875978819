/* What OSCam keeps of the sections of oscam.server and oscam.user: document_keep.c, for document.c only. */
#ifndef CC2OSCAM_DOCUMENT_KEEP_H
#define CC2OSCAM_DOCUMENT_KEEP_H

#include "cc2oscam/document.h"

/* Sets label, protocol, held, renamed and leaked of every section. */
void document_keep(struct document *document);

#endif
