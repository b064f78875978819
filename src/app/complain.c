/* The one way in which a command says that it fails: see complain in app.h. */
#include "app.h"

enum status complain(const char *format, ...)
{
	va_list args;

	(void)fputs("cc2oscam: ", stderr);
	va_start(args, format);
	print_args(stderr, format, args);
	va_end(args);
	(void)fputc('\n', stderr);
	return STATUS_FAILED;
}
