/* For static programs with musl's C library. Debian's libConfuse is made for glibc, and calls three functions
 * that only glibc has: they are the ordinary ones, with a size to look at. */
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>

#ifndef __GLIBC__

int __fprintf_chk(FILE *file, int flag, const char *format, ...);
int __vfprintf_chk(FILE *file, int flag, const char *format, va_list args);
int __snprintf_chk(char *text, size_t size, int flag, size_t room, const char *format, ...);

int __fprintf_chk(FILE *file, int flag, const char *format, ...)
{
	va_list args;

	(void)flag;
	va_start(args, format);
	int length = vfprintf(file, format, args);
	va_end(args);
	return length;
}

int __vfprintf_chk(FILE *file, int flag, const char *format, va_list args)
{
	(void)flag;
	return vfprintf(file, format, args);
}

int __snprintf_chk(char *text, size_t size, int flag, size_t room, const char *format, ...)
{
	va_list args;

	(void)flag;
	va_start(args, format);
	int length = vsnprintf(text, size < room ? size : room, format, args);
	va_end(args);
	return length;
}

#endif
