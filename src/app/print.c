/* All that a person reads passes here: text that others wrote can do nothing to a terminal but stand there.
 */
#include "print.h"

#include <string.h>
#include <unistd.h>

#include "cc2oscam/arena.h"

/* `kept`: the control characters that stay. */
static void print_shown(FILE *to, struct slice text, const char *kept)
{
	while (text.len > 0) {
		bool harmless;
		size_t len = shown_bytes(text, &harmless);
		if (harmless || (*text.at != '\0' && strchr(kept, *text.at)))
			(void)fwrite(text.at, 1, len, to);
		else
			(void)putc('?', to);
		text.at += len;
		text.len -= len;
	}
}

void print_plain(FILE *to, struct slice text)
{
	print_shown(to, text, "\t");
}

void print_args(FILE *to, const char *format, va_list args)
{
	struct arena arena;

	arena_init(&arena);
	print_shown(to, arena_vformat(&arena, format, args), "\t\n");
	arena_free(&arena);
}

void print_formatted(FILE *to, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_args(to, format, args);
	va_end(args);
}

void print_buffer(FILE *to, struct buffer *text)
{
	print_shown(to, buffer_slice(text), "\t\n");
	buffer_free(text);
}

bool print_file_text(void *unused, const char *text, size_t len)
{
	(void)unused;
	if (isatty(STDOUT_FILENO) != 1)
		return fwrite(text, 1, len, stdout) == len;
	print_shown(stdout, (struct slice){text, len}, "\t\n");
	return !ferror(stdout);
}
