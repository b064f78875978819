#include "cccam_allows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The next word of a line; braces and commas are words of their own. */
static bool next_word(const char **at, char *word, size_t room)
{
	size_t length = 0;

	while (**at == ' ' || **at == '\t')
		(*at)++;
	if (**at == '\0' || **at == '\n')
		return false;
	if (strchr("{},", **at)) {
		word[length++] = *(*at)++;
	} else {
		while (**at && !strchr(" \t\n{},", **at) && length + 1 < room)
			word[length++] = *(*at)++;
	}
	word[length] = '\0';
	return true;
}

/* caid:id[:n]; a channel's third number is hexadecimal, hh:mm-hh:mm is a window. */
static struct cccam_entry read_entry(const char *word, char what)
{
	struct cccam_entry entry = {0};
	unsigned first = 0, minute = 0, end = 0, end_minute = 0;

	if (what == 'h') {
		if (sscanf(word, "%u:%u-%u:%u", &first, &minute, &end, &end_minute) != 4)
			abort();
		entry.caid = first * 60 + minute;
		entry.ident = end * 60 + end_minute;
	} else if (what == 's') {
		if (sscanf(word, "%x:%x:%x", &entry.caid, &entry.ident, &entry.sid) != 3)
			abort();
	} else if (sscanf(word, "%x:%x:%d", &entry.caid, &entry.ident, &entry.count) < 2) {
		abort();
	}
	return entry;
}

static int read_group(const char **at, struct cccam_entry *list, char what)
{
	char word[64];
	int count = 0;

	if (!next_word(at, word, sizeof word))
		return 0;
	if (word[0] != '{')
		abort();
	while (next_word(at, word, sizeof word) && word[0] != '}')
		if (word[0] != ',' && count < CCCAM_MOST)
			list[count++] = read_entry(word, what);
	return count;
}

static int read_number(const char **at, int missing)
{
	const char *before = *at;
	char word[64];

	if (next_word(at, word, sizeof word) && word[0] != '{')
		return atoi(word);
	*at = before;
	return missing;
}

static void read_server(struct cccam_line *line, const char *at)
{
	char word[64];

	next_word(&at, line->host, sizeof line->host);
	next_word(&at, word, sizeof word); /* the port */
	if (line->kind != 'R') {
		next_word(&at, line->user, sizeof line->user);
		next_word(&at, word, sizeof word);
	}
	for (int i = 0; line->kind == 'N' && i < 14; i++)
		next_word(&at, word, sizeof word); /* the key */
	if (line->kind == 'L' || line->kind == 'R') {
		next_word(&at, word, sizeof word);
		line->caid = (unsigned)strtoul(word, NULL, 16);
		next_word(&at, word, sizeof word);
		line->ident = (unsigned)strtoul(word, NULL, 16);
	}
	if (line->kind == 'C') {
		next_word(&at, word, sizeof word); /* wantemus */
		line->distance = 1;
		line->limits = read_group(&at, line->limit, 'l');
	} else {
		line->distance = read_number(&at, 1);
		if (line->kind == 'N')
			line->distance %= 256; /* one byte there: 256 makes a card a local one */
	}
}

static void read_friend(struct cccam_line *line, const char *at)
{
	char word[64];

	next_word(&at, line->user, sizeof line->user);
	next_word(&at, word, sizeof word);
	line->uphops = read_number(&at, 5);
	read_number(&at, 1); /* shareemus */
	read_number(&at, 1); /* allowemm */
	line->limits = read_group(&at, line->limit, 'l');
	line->channels = read_group(&at, line->channel, 's');
	line->windows = read_group(&at, line->window, 'h');
}

static bool known_friend(const struct cccam *config, const char *user)
{
	for (int i = 0; i < config->lines - 1; i++)
		if (config->line[i].kind == 'F' && strcmp(config->line[i].user, user) == 0)
			return true;
	return false;
}

static void read_line(struct cccam *config, char *text, int number)
{
	static const char reader[] = "SERIAL READER :", global[] = "GLOBAL LIMITS :";
	char *note = strstr(text, " #");
	struct cccam_line *line = &config->line[config->lines];
	const char *at = text;

	if (note)
		*note = '\0';
	if (strncmp(text, global, strlen(global)) == 0) {
		at += strlen(global);
		config->limits = read_group(&at, config->limit, 'l');
		config->limits_number = number;
		return;
	}
	if (config->lines == CCCAM_MOST)
		abort();
	memset(line, 0, sizeof *line);
	line->number = number;
	if (strncmp(text, reader, strlen(reader)) == 0) {
		line->kind = 'S';
		at += strlen(reader);
		next_word(&at, line->host, sizeof line->host);
		config->lines++;
	} else if (text[0] && strchr("CNLRF", text[0]) && text[1] == ':') {
		line->kind = text[0];
		config->lines++;
		if (line->kind == 'F')
			read_friend(line, text + 2);
		else
			read_server(line, text + 2);
		if (line->kind == 'F' && known_friend(config, line->user))
			config->lines--; /* the first line of a user counts */
	}
}

void cccam_read(struct cccam *config, const char *path)
{
	FILE *file = fopen(path, "r");
	char text[4096];

	if (!file)
		abort();
	config->lines = 0;
	config->limits = 0;
	for (int number = 1; fgets(text, sizeof text, file); number++)
		read_line(config, text, number);
	fclose(file);
}

/* How well an entry fits a card: 0 not at all, more for each number that it names. */
static int fits(const struct cccam_entry *entry, unsigned caid, unsigned ident)
{
	if ((entry->caid && entry->caid != caid) || (entry->ident && entry->ident != ident))
		return 0;
	return 1 + (entry->caid != 0) + (entry->ident != 0);
}

/* The most specific entry counts; of equal ones the smallest number, or the largest. */
static int limit_of(const struct cccam_entry *list, int count, unsigned caid, unsigned ident, bool largest)
{
	int best = 0, limit = CCCAM_UNLIMITED;

	for (int i = 0; i < count; i++) {
		int fit = fits(&list[i], caid, ident);

		if (fit > best || (fit == best && fit && (list[i].count > limit) == largest))
			limit = list[i].count;
		if (fit > best)
			best = fit;
	}
	return limit;
}

/* The CAIDs whose requests name a provider. */
static bool names_provider(unsigned caid)
{
	unsigned family = caid >> 8;

	return family == 0x01 || family == 0x05 || family == 0x0d || family == 0x18;
}

static int widest_of(const struct cccam_line *server)
{
	bool all = false;
	int widest = 0;

	for (int i = 0; i < server->limits; i++) {
		all = all || (!server->limit[i].caid && !server->limit[i].ident);
		if (server->limit[i].count > widest)
			widest = server->limit[i].count;
	}
	return all ? widest : CCCAM_UNLIMITED;
}

static bool names_card(const struct cccam_line *server, const struct cccam_card *card)
{
	for (int i = 0; i < server->limits; i++)
		if (server->limit[i].caid == card->caid && server->limit[i].ident &&
			server->limit[i].ident == card->ident)
			return true;
	return false;
}

/* What the exceptions of a CAID that is refused let in, for all idents of the CAID that no entry names. */
static int exceptions_limit(const struct cccam_line *server, const struct cccam_card *card, int limit)
{
	unsigned caid = card->caid;

	if (names_card(server, card))
		return limit;
	for (int i = 0; server->exceptions_wide && i < server->limits; i++)
		if (server->limit[i].caid == caid && server->limit[i].ident && server->limit[i].count > limit)
			limit = server->limit[i].count;
	return limit;
}

/* The limit with odd idents left out of denials, and whole CAIDs of odd idents let in. */
static int wide_limit(const struct cccam_line *server, const struct cccam_card *card)
{
	int limit = limit_of(server->limit, server->limits, card->caid, card->ident, true);

	limit = exceptions_limit(server, card, limit);
	if (!server->odd_idents_wide || names_provider(card->caid))
		return limit;
	for (int i = 0; i < server->limits; i++)
		if (server->limit[i].caid == card->caid && server->limit[i].count > limit)
			limit = server->limit[i].count;
	for (int i = 0; i < server->limits; i++) {
		int general = limit_of(server->limit, server->limits, card->caid, 0, true);

		if (general > limit)
			limit = general;
	}
	return limit;
}

bool cccam_receives(const struct cccam_line *server, const struct cccam_card *card)
{
	if (server->kind == 'S' || server->kind == 'N')
		return card->above == 0;
	if (server->kind == 'L' || server->kind == 'R')
		return card->above == 0 && server->caid == card->caid &&
		       (!server->ident || server->ident == card->ident ||
			       (server->odd_idents_wide && !names_provider(card->caid)));
	int limit = wide_limit(server, card);

	if (limit > 0 && server->hops_as_widest)
		limit = widest_of(server);
	return server->distance + card->above <= limit;
}

static bool channel_denied(const struct cccam_line *friend, const struct cccam_card *card, unsigned sid)
{
	for (int i = 0; i < friend->channels; i++)
		if (friend->channel[i].sid == sid && fits(&friend->channel[i], card->caid, card->ident))
			return true;
	return false;
}

static bool hour_open(const struct cccam_line *friend, int minute)
{
	for (int i = 0; i < friend->windows; i++) {
		int from = (int)friend->window[i].caid, to = (int)friend->window[i].ident;

		if (from <= to ? minute >= from && minute < to : minute >= from || minute < to)
			return true;
	}
	return friend->windows == 0;
}

int cccam_gives(const struct cccam *config, const struct cccam_line *friend, const struct cccam_line *server,
	const struct cccam_card *card, unsigned sid, int minute)
{
	int limits = friend->limits ? friend->limits : config->limits;
	const struct cccam_entry *list = friend->limits ? friend->limit : config->limit;

	if (!cccam_receives(server, card) || server->distance + card->above > friend->uphops)
		return 0;
	if (channel_denied(friend, card, sid) || !hour_open(friend, minute))
		return 0;
	return limit_of(list, limits, card->caid, card->ident, false);
}
