/* Makes one manual page for man(1), in the macros of man(7): man PAGE VERSION DATE writes the file PAGE,
 * which is called like "cc2oscam.1". Runs at build time, and is not installed. */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "app/page.h"

static void print_roff(struct slice text)
{
	static const char special[] = "\\-'^~";
	static const char *const written[] = {"\\e", "\\-", "\\(aq", "\\(ha", "\\(ti"};
	bool typed = false; /* between backticks */

	for (size_t i = 0; i < text.len; i++) {
		const char *found = text.at[i] ? strchr(special, text.at[i]) : NULL;
		if (text.at[i] == '`') {
			(void)fputs(typed ? "\\fR" : "\\fB", stdout);
			typed = !typed;
		} else if (found) {
			(void)fputs(written[found - special], stdout);
		} else {
			(void)putchar(text.at[i]);
		}
	}
	(void)putchar('\n');
}

/* \& keeps a dot or an apostrophe at a line's start from being a request. */
static void print_text(struct slice text)
{
	(void)fputs("\\&", stdout);
	print_roff(text);
}

static void print_code(struct slice lines)
{
	(void)puts(".RS 4\n.nf");
	while (lines.at)
		print_text(slice_cut(&lines, '\n'));
	(void)puts(".fi\n.RE");
}

static void print_block(enum page_block kind, struct slice term, struct slice text)
{
	static bool after_heading; /* which begins a paragraph by itself */

	if ((kind == PAGE_PARAGRAPH || kind == PAGE_CODE) && !after_heading)
		(void)puts(".PP");
	after_heading = kind == PAGE_SECTION || kind == PAGE_SUBSECTION;
	switch (kind) {
	case PAGE_SECTION:
	case PAGE_SUBSECTION:
		(void)fputs(kind == PAGE_SECTION ? ".SH " : ".SS ", stdout);
		print_roff(text);
		break;
	case PAGE_ITEM:
		(void)puts(".IP \\(bu 2");
		print_text(text);
		break;
	case PAGE_TERM:
		(void)fputs(".TP\n\\fB", stdout);
		print_roff(term);
		(void)fputs("\\fR", stdout);
		print_text(text);
		break;
	case PAGE_CODE:
		print_code(text);
		break;
	case PAGE_PARAGRAPH:
		print_text(text);
		break;
	}
}

/* "cc2oscam.conf.5" is the page CC2OSCAM.CONF of chapter 5. */
static void print_title(const char *page, const char *version, const char *date)
{
	const char *dot = strrchr(page, '.');

	(void)fputs(".TH ", stdout);
	for (const char *c = page; c < dot; c++)
		(void)putchar(*c == '-' ? '-' : toupper((unsigned char)*c));
	(void)printf(" %s %s \"cc2oscam %s\"\n", dot + 1, date, version);
}

int main(int argc, char **argv)
{
	const char *text = argc == 4 ? app_text(argv[1]) : NULL;

	if (!text) {
		(void)fputs("usage: man PAGE VERSION DATE\n", stderr);
		return 2;
	}
	if (!freopen(argv[1], "w", stdout)) {
		perror(argv[1]);
		return 1;
	}
	print_title(argv[1], argv[2], argv[3]);
	page_show_all(text, NULL, print_block);
	return fclose(stdout) == 0 ? 0 : 1;
}
