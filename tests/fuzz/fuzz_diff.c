/* Any bytes as two texts, parted by the first "====" and LF; the byte before the texts says how much context
 * there is. What is checked beside crashes: the diff makes the new text of the old one and has no more lines
 * than there are, and in colour it has as many lines and drives no terminal. */
#include <stdlib.h>

#include "../unit/diff_apply.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(bool fine)
{
	if (!fine)
		abort();
}

static size_t count(struct slice text, char c)
{
	size_t number = 0;

	for (size_t i = 0; i < text.len; i++)
		number += text.at[i] == c;
	return number;
}

static size_t lines_of(struct slice text)
{
	return count(text, '\n') + (text.len > 0 && text.at[text.len - 1] != '\n');
}

/* What follows an ESC must be ours: "[m", "[1m", "[31m" ... */
static void check_colored(struct slice text)
{
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] != '\033') {
			require(!is_control(text.at[i]) || text.at[i] == '\n' || text.at[i] == '\t');
			continue;
		}
		require(++i < text.len && text.at[i] == '[');
		while (++i < text.len && is_digit(text.at[i]))
			continue;
		require(i < text.len && text.at[i] == 'm');
	}
}

static void cut_texts(struct slice all, struct slice *old, struct slice *new)
{
	*old = (struct slice){NULL, 0};
	*new = all;
	for (size_t i = 0; i + 5 <= all.len; i++) {
		if (!slice_starts((struct slice){all.at + i, all.len - i}, SLICE("====\n")))
			continue;
		*old = (struct slice){all.at, i};
		*new = (struct slice){all.at + i + 5, all.len - i - 5};
		return;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buffer diff = {0}, colored = {0};
	struct sink sink = buffer_sink(&colored);
	struct applied applied;
	struct slice old, new;

	if (size == 0)
		return 0;
	cut_texts((struct slice){(const char *)data + 1, size - 1}, &old, &new);
	struct diff_options options = {.name = "oscam.server", .context = data[0] & 7};
	require(diff_and_apply(old, new, &options, &diff, &applied));
	require(applied.removed <= lines_of(old) && applied.added <= lines_of(new));
	options.color = true;
	require(diff_write(old, new, &options, &sink));
	require(count(buffer_slice(&diff), '\n') == count(buffer_slice(&colored), '\n'));
	check_colored(buffer_slice(&colored));
	buffer_free(&applied.text);
	buffer_free(&diff);
	buffer_free(&colored);
	return 0;
}
