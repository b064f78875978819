/* The numbers of the names that templates may use. */
#ifndef CC2OSCAM_VIEW_NAMES_H
#define CC2OSCAM_VIEW_NAMES_H

#include "view.h"

/* X(id, name): the names beside OSCam's keys. IS_CCCAM to IS_ACCOUNT are in the order of enum section_kind.
 */
#define VIEW_NAMES(X)                                                                                        \
	X(READERS, "readers")                                                                                \
	X(ACCOUNTS, "accounts")                                                                              \
	X(SERVICES, "service-list")                                                                          \
	X(REMARKS, "remarks")                                                                                \
	X(SECTIONS, "sections")                                                                              \
	X(HEADER, "header")                                                                                  \
	X(KEYS, "keys")                                                                                      \
	X(VALUE, "value")                                                                                    \
	X(IS_REMARK, "is-remark")                                                                            \
	X(IS_CCCAM, "is-cccam")                                                                              \
	X(IS_NEWCAMD, "is-newcamd")                                                                          \
	X(IS_CS357X, "is-cs357x")                                                                            \
	X(IS_RADEGAST, "is-radegast")                                                                        \
	X(IS_GBOX, "is-gbox")                                                                                \
	X(IS_LOCAL, "is-local")                                                                              \
	X(IS_ACCOUNT, "is-account")                                                                          \
	X(SOURCE, "source")                                                                                  \
	X(LINE, "line")                                                                                      \
	X(NOTE, "note")                                                                                      \
	X(LOSSES, "losses")                                                                                  \
	X(FATE, "fate")                                                                                      \
	X(MESSAGE, "message")                                                                                \
	X(CODE, "code")                                                                                      \
	X(DVBAPI_ROWS, "dvbapi-rows")                                                                        \
	X(PROVID_ROWS, "provid-rows")                                                                        \
	X(SRVID_ROWS, "srvid-rows")                                                                          \
	X(DVBAPI_SOURCE, "dvbapi-source")                                                                    \
	X(PROVID_SOURCE, "provid-source")                                                                    \
	X(SRVID_SOURCE, "srvid-source")                                                                      \
	X(KIND, "kind")                                                                                      \
	X(SID, "sid")                                                                                        \
	X(NAME, "name")                                                                                      \
	X(MORE_CAIDS, "more-caids")

enum view_name {
#define X(id, name) NAME_##id,
	VIEW_NAMES(X)
#undef X
		NAME_COUNT
};

/* Behind the names of the table: sections of oscam.conf, then keys. A key name that several sections have is
 * numbered in the first of them, readers before all others. */
enum { FIRST_SECTION = NAME_COUNT, FIRST_KEY = FIRST_SECTION + SECTION_COUNT };

/* The kind that a name of the form "is-..." asks for; KIND_REMARK: another name. */
enum section_kind kind_asked(int name);

#endif
