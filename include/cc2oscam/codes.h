/* Every finding that the tool can report: one row a code, read by the findings themselves, by `explain`, by
 * the documentation and by a test that walks all rows. Severity DETAIL: a note that only the report and -v
 * show. The names are stable; the order is that of the documentation. */
#ifndef CC2OSCAM_CODES_H
#define CC2OSCAM_CODES_H

enum code {
#define CC2OSCAM_CODE(id, name, severity, meaning, way_out) CODE_##id,
#define CC2OSCAM_FORMER_NAME(...)
#define CC2OSCAM_QUOTING(...)
#define CC2OSCAM_CHECK(...)
#include "cc2oscam/codes.def"
#include "cc2oscam/checks.def"
#undef CC2OSCAM_CHECK
#undef CC2OSCAM_QUOTING
#undef CC2OSCAM_FORMER_NAME
#undef CC2OSCAM_CODE
	CODE_COUNT,
	CODE_FIRST_CHECK = CODE_NAMES_MANY /* check says it and what follows */
};

#endif
