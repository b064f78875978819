/* Words as the shell takes them, and the user's command once more. See shell.h. */
#include "shell.h"

#include <string.h>

#include "options.h"

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

static void add_shell_word(struct buffer *text, const char *word)
{
	buffer_add(text, " ", 1);
	add_quoted(text, slice_of(word));
}

void add_shell_file(struct buffer *text, const char *name)
{
	buffer_format(text, name[0] == '-' && name[1] != '\0' ? " ./" : " ");
	add_quoted(text, slice_of(name));
}

const char *shell_file(struct arena *arena, const char *name)
{
	struct buffer text = {0};

	add_shell_file(&text, name);
	return arena_take(arena, &text).at + 1; /* without the blank */
}

void add_shell_words(struct buffer *text, char *const *words, int count, const char *wrong, const char *right)
{
	for (int i = 0; i < count; i++) {
		const char *word = words[i] == wrong ? right : words[i];
		if (*word && i > 0 && strcmp(words[i - 1], "--set") == 0 && assignment_is_secret(word))
			buffer_format(text, " %.*s=VALUE", (int)strcspn(word, "="), word);
		else if (*word)
			add_shell_word(text, word);
	}
}

static void add_command(
	struct buffer *text, const struct request *request, const char *command, const char *target)
{
	buffer_format(text, "cc2oscam %s", command);
	if (request->settings_given) {
		buffer_format(text, " --settings");
		add_shell_file(text, request->settings);
	}
	for (uint32_t i = 0; i < request->assignments->count; i++) {
		const char *assignment = *(const char *const *)list_at(request->assignments, i);
		struct slice rest = slice_of(assignment), name = slice_trim(slice_cut(&rest, '='));
		if (assignment_is_secret(assignment) || (target && slice_equal(name, SLICE("target"))))
			continue;
		buffer_format(text, " --set");
		add_shell_word(text, assignment);
	}
	for (uint32_t i = 0; i < request->given->count; i++) {
		const struct given *given = list_at(request->given, i);
		const struct option_row *row = given->option;
		bool is_target = row->name && strcmp(row->name, "target") == 0;
		if (!(row->commands & OPTION_MAKES) || !row->set || row->set == set_key ||
			(target && is_target))
			continue;
		buffer_format(text, " %s", option_spelling(request->texts, row));
		if (given->value)
			add_shell_word(text, given->value);
	}
	if (target)
		buffer_format(text, " --target %s", target);
}

const char *command_again(const struct request *request, struct command_words words)
{
	struct buffer text = {0};

	add_command(&text, request, words.command, words.target);
	buffer_format(&text, "%s", words.how ? words.how : "");
	if (words.first)
		add_shell_file(&text, words.first);
	if (words.second)
		add_shell_file(&text, words.second);
	if (words.output) {
		buffer_format(&text, " -o");
		add_shell_file(&text, words.output);
	}
	for (int i = 0; words.operands && i < request->operand_count; i++)
		add_shell_file(&text, request->operands[i]);
	buffer_format(&text, words.first && strcmp(words.first, "-") == 0 ? " <FILE" : "");
	return arena_take(request->texts, &text).at;
}

const char *existing_option(const struct request *request)
{
	static const char *const options[] = {
		[EXISTING_REFUSE] = "", [EXISTING_REPLACE] = " --replace", [EXISTING_MERGE] = " --merge"};

	return options[request->existing];
}
