/* Words as the shell takes them. See shell.h. */
#include "shell.h"

#include <string.h>

#include "cc2oscam/arena.h"

static void add_quoted(struct buffer *text, struct slice word)
{
	static const char plain[] =
		"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+:@%,=";
	bool quoted = word.len == 0;

	for (size_t i = 0; i < word.len; i++)
		quoted |= word.at[i] == '\0' || !strchr(plain, word.at[i]);
	if (!quoted) {
		buffer_add_slice(text, word);
		return;
	}
	buffer_add(text, "'", 1);
	for (size_t i = 0; i < word.len; i++) {
		if (word.at[i] == '\'')
			buffer_add(text, "'\\''", 4);
		else
			buffer_add(text, is_control(word.at[i]) ? "?" : &word.at[i], 1);
	}
	buffer_add(text, "'", 1);
}

/* A name is no option, even where it begins with "-"; "-" alone is standard input. */
static void add_name(struct buffer *text, const char *name)
{
	if (name[0] == '-' && name[1] != '\0')
		buffer_add(text, "./", 2);
	add_quoted(text, slice_of(name));
}

void add_shell_file(struct buffer *text, const char *name)
{
	buffer_add(text, " ", 1);
	add_name(text, name);
}

void add_shell_word(struct buffer *text, const char *word)
{
	buffer_add(text, " ", 1);
	add_quoted(text, slice_of(word));
}

const char *shell_file(struct arena *arena, const char *name)
{
	struct buffer text = {0};

	add_name(&text, name);
	return arena_take(arena, &text).at;
}
