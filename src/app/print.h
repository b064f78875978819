/* The only way to what a person reads: text that others wrote (of files, names, arguments) does nothing to a
 * terminal but stand there. Nothing here knows what is printed. */
#ifndef CC2OSCAM_PRINT_H
#define CC2OSCAM_PRINT_H

#include <stdio.h>

#include "cc2oscam/text.h"

/* A piece of a line, in which only tabs stay. */
void print_plain(FILE *to, struct slice text);
/* Lines of our own with such pieces in them. */
void print_formatted(FILE *to, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* The same of a buffer, which is freed. */
void print_buffer(FILE *to, struct buffer *text);
void print_args(FILE *to, const char *format, va_list args) __attribute__((format(printf, 2, 0)));
/* A sink for the text of a file on standard output: as it is, but on a terminal like print_formatted. */
bool print_file_text(void *unused, const char *text, size_t len);

#endif
