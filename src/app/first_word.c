/* A first word that is no command. See words.h. */
#include "words.h"

#include <string.h>

#include "cc2oscam/kind.h"
#include "cc2oscam/path.h"
#include "words_parts.h"

/* What other programs call it. */
static const struct {
	const char *word, *meant;
} others[] = {
	{"merge", "convert --merge CCcam.cfg -o DIR"},
	{"replace", "convert --replace CCcam.cfg -o DIR"},
	{"write", "convert CCcam.cfg -o DIR"},
	{"show", "convert CCcam.cfg"},
	{"translate", "convert CCcam.cfg"},
	{"import", "convert CCcam.cfg"},
	{"compare", "diff CCcam.cfg DIR"},
	{"dry-run", "diff CCcam.cfg DIR"},
	{"validate", "check DIR"},
	{"verify", "check DIR"},
	{"lint", "check DIR"},
	{"test", "check DIR"},
	{"find", "locate"},
	{"search", "locate"},
	{"version", "--version"},
	{"-V", "--version"},
	{"-version", "--version"},
	{"man", "help manual"},
	{"usage", "help"},
	{"-?", "help"},
};

/* "cc2oscam --merge convert ...": the command stands further behind, or nowhere. */
static enum status option_first(int argc, char **argv, const char *const *names, size_t count)
{
	struct buffer text = {0};
	int at = 1;
	bool input = false;

	while (at < argc && words_position(argv[at], names, count) < 0)
		at++;
	for (int i = 0; i < argc; i++)
		input |= is_file(argv[i]) || strcmp(argv[i], "-") == 0;
	buffer_format(&text, "the command comes first, then its options:\n  cc2oscam %s",
		at < argc ? argv[at] : "convert");
	for (int i = 0; i < argc; i++)
		if (i != at)
			words_add(&text, i > 0 ? argv[i - 1] : NULL, argv[i]);
	if (at == argc && !input)
		words_add(&text, NULL, "CCcam.cfg");
	return complain_text(&text);
}

static void add_inside(struct buffer *text, const char *folder)
{
	struct arena arena;

	arena_init(&arena);
	const char *path = words_file_inside(&arena, folder);
	if (path)
		words_add_command(text, "convert", path, NULL);
	arena_free(&arena);
}

/* "cc2oscam CCcam.cfg", "cc2oscam backups" */
static enum status path_first(int argc, char **argv)
{
	const char *path = argv[0];
	struct buffer text = {0};
	bool folder = is_folder(path), archive = !folder && kind_of_file(path).is == FILE_ARCHIVE;

	buffer_format(&text, "%s is a %s, and the command comes first:", path,
		folder    ? "folder"
		: archive ? "backup archive"
			  : "file");
	if (folder) {
		add_inside(&text, path);
		words_add_command(&text, "locate", path, NULL);
		buffer_format(&text, "       # a receiver's files\n  cc2oscam batch -o OUT");
		words_add(&text, NULL, path);
		buffer_format(&text, " # many receivers\n  cc2oscam check");
		words_add(&text, NULL, path);
		buffer_format(&text, "        # OSCam's files");
		return complain_text(&text);
	}
	if (archive || argc > 2)
		words_add_command(&text, archive ? "batch -o OUT" : "convert", NULL, NULL);
	else
		words_add_command(&text, argc == 2 && is_folder(argv[1]) ? "diff" : "convert", NULL, NULL);
	for (int i = 0; i < argc; i++)
		words_add(&text, i > 0 ? argv[i - 1] : NULL, argv[i]);
	return complain_text(&text);
}

enum status wrong_command(int argc, char **argv, const char *const *names, size_t count)
{
	const char *word = argv[0];

	for (size_t i = 0; i < sizeof others / sizeof *others; i++)
		if (strcmp(word, others[i].word) == 0)
			return complain("there is no command \"%s\"; what does it is:\n  cc2oscam %s", word,
				others[i].meant);
	if (word[0] == '-' && word[1] != '\0')
		return option_first(argc, argv, names, count);
	if (is_file(word) || is_folder(word) || strcmp(word, "-") == 0)
		return path_first(argc, argv);
	const char *near = nearest(slice_of(word), names, count);
	if (near)
		return complain("there is no command \"%s\"; did you mean \"%s\"?", word, near);
	if (strchr(word, '/') || strchr(word, '.'))
		return complain("%s is not there, nor is it a command; cc2oscam help lists those", word);
	return complain("there is no command \"%s\"; cc2oscam help lists them", word);
}
