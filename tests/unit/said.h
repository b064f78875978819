/* What the program would print of a failure is kept here; for tests without src/app/complain.c. */
#ifndef CC2OSCAM_TESTS_SAID_H
#define CC2OSCAM_TESTS_SAID_H

#include <stdarg.h>
#include <stdio.h>

#include "app/app.h"

static char said[2048];

enum status complain(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	(void)vsnprintf(said, sizeof said, format, args);
	va_end(args);
	return STATUS_FAILED;
}

bool complain_unless(bool fine, struct buffer *why, const char *format, ...)
{
	va_list args;

	if (!fine) {
		va_start(args, format);
		int len = vsnprintf(said, sizeof said, format, args);
		va_end(args);
		(void)snprintf(said + len, sizeof said - (size_t)len, "%.*s", (int)why->len, why->at);
		for (char *at = said; *at; at++)
			*at = *at < ' ' && *at >= 0 ? '?' : *at;
	}
	buffer_free(why);
	return fine;
}

void complain_of(const struct target *target)
{
	(void)target;
}

#endif
