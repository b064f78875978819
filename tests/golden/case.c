/* Reading and writing the parts of a golden case. See case.h. */
#include "case.h"

#include <stdlib.h>
#include <string.h>

static const char no_newline[] = "\\ no newline\n";

void die(const char *what, const char *which, const char *why)
{
	fprintf(stderr, "golden: %s %s%s%s\n", what, which, why ? ": " : "", why ? why : "");
	exit(2);
}

void *checked(void *memory)
{
	if (!memory)
		die("no memory is", "left", NULL);
	return memory;
}

void text_add(struct text *text, const char *more, size_t len)
{
	text->at = checked(realloc(text->at, text->len + len + 1));
	memcpy(text->at + text->len, more, len);
	text->len += len;
	text->at[text->len] = '\0';
}

char *joined(const char *a, const char *b, const char *c)
{
	struct text path = {0};

	text_add(&path, a, strlen(a));
	text_add(&path, b, strlen(b));
	text_add(&path, c, strlen(c));
	return path.at;
}

static bool ends_with(struct text text, const char *end)
{
	size_t len = strlen(end);

	return text.len >= len && memcmp(text.at + text.len - len, end, len) == 0 &&
	       (text.len == len || text.at[text.len - len - 1] == '\n');
}

static struct text plain(struct text raw)
{
	struct text text = {0};

	text_add(&text, raw.at, raw.len);
	if (ends_with(text, no_newline)) {
		text.len -= sizeof no_newline - 1;
		text.len -= text.len > 0;
		text.at[text.len] = '\0';
	}
	return text;
}

static struct text unescaped(struct text raw)
{
	struct text text = {0};

	text_add(&text, "", 0);
	for (const char *at = raw.at; at < raw.at + raw.len; at++) {
		char c = *at;
		if (c == '\n')
			continue;
		if (c == '\\') {
			const char *found = strchr("rntx\\", *++at);
			if (!found || !*found)
				die("an escape that is none:", at - 1, NULL);
			c = "\r\n\tx\\"[found - "rntx\\"];
			if (*at == 'x') {
				char digits[3] = {at[1], at[1] ? at[2] : '\0', '\0'}, *end;
				c = (char)strtoul(digits, &end, 16);
				if (end != digits + 2)
					die("two digits must follow:", at - 1, NULL);
				at += 2;
			}
		}
		text_add(&text, &c, 1);
	}
	return text;
}

/* Whether the text could not stand in a case as it is. */
static bool needs_escapes(struct text text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		bool starts = i == 0 || text.at[i - 1] == '\n';
		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
			return true;
		if (starts &&
			(strncmp(text.at + i, "---- ", 5) == 0 || strncmp(text.at + i, no_newline, 12) == 0))
			return true;
	}
	return false;
}

static void put_escaped(FILE *file, struct text text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		if (c == '\n')
			fputs("\\n\n", file);
		else if (c == '\\')
			fputs("\\\\", file);
		else if (c == '\r')
			fputs("\\r", file);
		else if (c == '-' && (i == 0 || text.at[i - 1] == '\n'))
			fputs("\\x2d", file);
		else if (c == '\t' || (c >= 0x20 && c != 0x7f))
			putc(c, file);
		else
			fprintf(file, "\\x%02x", c);
	}
	if (text.len > 0 && text.at[text.len - 1] != '\n')
		putc('\n', file);
}

void put_part(FILE *file, const char *kind, const char *name, struct text text)
{
	bool escapes = needs_escapes(text);

	fprintf(file, "---- %s%s%s%s\n", kind, escapes ? "-escaped" : "", *name ? " " : "", name);
	if (escapes) {
		put_escaped(file, text);
		return;
	}
	(void)fwrite(text.at, 1, text.len, file);
	if (text.len > 0 && text.at[text.len - 1] != '\n')
		fprintf(file, "\n%s", no_newline);
}

void put_raw(FILE *file, const struct part *part)
{
	fprintf(file, "---- %s%s%s%s\n", part->kind, part->escaped ? "-escaped" : "", *part->name ? " " : "",
		part->name);
	(void)fwrite(part->raw.at, 1, part->raw.len, file);
}

static void begin_part(struct golden *golden, const char *heading, size_t len)
{
	struct part part = {0};
	struct text words = {0};

	text_add(&words, heading, len);
	char *blank = strchr(words.at, ' ');
	part.name = joined("", "", blank ? blank + 1 : "");
	if (blank)
		*blank = '\0';
	part.kind = words.at;
	text_add(&part.raw, "", 0);
	golden->parts = checked(realloc(golden->parts, (golden->count + 1) * sizeof part));
	golden->parts[golden->count++] = part;
}

static void understand(struct golden *golden, struct part *part)
{
	static const char *const kinds[] = {
		"options", "input", "input-dir", "stdin", "status", "stdout", "stderr", "file", "no-file"};
	char *escaped = strstr(part->kind, "-escaped");

	part->text = escaped ? unescaped(part->raw) : plain(part->raw);
	part->escaped = escaped != NULL;
	if (escaped)
		*escaped = '\0';
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(part->kind, kinds[i]) == 0)
			return;
	die(golden->path, part->kind, "there is no such kind of part");
}

void case_read(struct golden *golden, const char *path)
{
	struct text text = read_file(path);

	*golden = (struct golden){.path = path};
	text_add(&golden->remarks, "", 0);
	for (char *at = text.at; at < text.at + text.len;) {
		char *end = memchr(at, '\n', (size_t)(text.at + text.len - at));
		size_t len = end ? (size_t)(end - at) : (size_t)(text.at + text.len - at);
		if (strncmp(at, "---- ", 5) == 0)
			begin_part(golden, at + 5, len - 5);
		else
			text_add(golden->count ? &golden->parts[golden->count - 1].raw : &golden->remarks, at,
				len + (end != NULL));
		at += len + (end != NULL);
	}
	free(text.at);
	for (size_t i = 0; i < golden->count; i++)
		understand(golden, &golden->parts[i]);
}

void case_free(struct golden *golden)
{
	for (size_t i = 0; i < golden->count; i++) {
		free(golden->parts[i].kind);
		free(golden->parts[i].name);
		free(golden->parts[i].raw.at);
		free(golden->parts[i].text.at);
	}
	free(golden->parts);
	free(golden->remarks.at);
}

const struct part *case_part(const struct golden *golden, const char *kind, const char *name)
{
	for (size_t i = 0; i < golden->count; i++)
		if (strcmp(golden->parts[i].kind, kind) == 0 && strcmp(golden->parts[i].name, name) == 0)
			return &golden->parts[i];
	return NULL;
}
