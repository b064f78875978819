/* Texts that grow, and what is written to them. See text.h. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cc2oscam/arena.h"
#include "cc2oscam/text.h"

void buffer_reserve(struct buffer *buffer, size_t len)
{
	if (len > SIZE_MAX / 2 - buffer->len)
		out_of_memory();
	if (buffer->len + len <= buffer->room)
		return;

	size_t room = buffer->room ? buffer->room * 2 : buffer->arena ? 32 : 256;
	while (room < buffer->len + len)
		room *= 2;
	char *grown = buffer->arena ? arena_bytes(buffer->arena, room) : realloc(buffer->at, room);
	if (!grown)
		out_of_memory();
	if (buffer->arena && buffer->len > 0)
		memcpy(grown, buffer->at, buffer->len);
	buffer->at = grown;
	buffer->room = room;
}

void buffer_add(struct buffer *buffer, const char *text, size_t len)
{
	if (len == 0)
		return;
	buffer_reserve(buffer, len);
	memcpy(buffer->at + buffer->len, text, len);
	buffer->len += len;
}

void buffer_add_slice(struct buffer *buffer, struct slice text)
{
	buffer_add(buffer, text.at, text.len);
}

void buffer_vformat(struct buffer *buffer, const char *format, va_list args)
{
	va_list again;

	va_copy(again, args);
	size_t left = buffer->room - buffer->len;
	int len = vsnprintf(left > 0 ? buffer->at + buffer->len : NULL, left, format, args);
	if (len < 0)
		out_of_memory();
	if ((size_t)len >= left) {
		buffer_reserve(buffer, (size_t)len + 1);
		(void)vsnprintf(buffer->at + buffer->len, (size_t)len + 1, format, again);
	}
	buffer->len += (size_t)len;
	va_end(again);
}

void buffer_format(struct buffer *buffer, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	buffer_vformat(buffer, format, args);
	va_end(args);
}

void buffer_add_count(struct buffer *buffer, uint64_t count, const char *what)
{
	buffer_format(buffer, "%llu %s%s", (unsigned long long)count, what, count == 1 ? "" : "s");
}

void buffer_add_plain(struct buffer *buffer, struct slice text)
{
	while (text.len > 0) {
		bool harmless;
		size_t len = shown_bytes(text, &harmless);
		buffer_add(buffer, harmless ? text.at : "?", harmless ? len : 1);
		text.at += len;
		text.len -= len;
	}
}

void buffer_free(struct buffer *buffer)
{
	if (!buffer->arena)
		free(buffer->at);
	*buffer = (struct buffer){.arena = buffer->arena};
}

struct slice buffer_slice(const struct buffer *buffer)
{
	return (struct slice){buffer->at, buffer->len};
}

struct slice arena_take(struct arena *arena, struct buffer *buffer)
{
	struct slice text = arena_copy(arena, buffer_slice(buffer));

	buffer_free(buffer);
	return text;
}

static bool write_to_buffer(void *buffer, const char *text, size_t len)
{
	buffer_add(buffer, text, len);
	return true;
}

struct sink buffer_sink(struct buffer *buffer)
{
	return (struct sink){write_to_buffer, buffer};
}

static bool write_to_file(void *file, const char *text, size_t len)
{
	return fwrite(text, 1, len, file) == len;
}

struct sink file_sink(FILE *file)
{
	return (struct sink){write_to_file, file};
}
