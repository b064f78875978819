/* models PROGRAM FOLDER [COUNT [FIRST]]: converts generated files with the program, in a new folder inside
 * FOLDER, and holds what OSCam then allows against what CCcam allowed, each by a slow model of its own. What
 * differs is printed, and its files stay. Never wider for friends, never narrower for the box itself, but
 * where a finding says so. */
#include "cccam_allows.h"
#include "generated.h"
#include "oscam_allows.h"

#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	PATH_ROOM = 4096,
	SHOWN = 3 /* differences of one seed */
};

struct trial {
	const char *program;
	char folder[PATH_ROOM];
	unsigned seed;
	bool merge;
	char groups[64];
	struct cccam cccam;
	struct oscam before, after, before_as_clients, after_as_clients; /* the latter without a tuner */
	bool silent_loss[CCCAM_MOST + 64]; /* by line number: no finding says that something is lost */
	bool rejected[CCCAM_MOST + 64];
	bool shared[CCCAM_MOST + 64]; /* merge-shared, merge-double: a reader of the server stays with who
					 had it */
	int differences;
};

static unsigned long compared;

static const char *path_in(const struct trial *trial, const char *name)
{
	static char path[4][PATH_ROOM + 32];
	static int turn;
	char *into = path[turn++ % 4];

	snprintf(into, sizeof path[0], "%s/%s", trial->folder, name);
	return into;
}

/* Runs the program with its output in a file; its exit status. */
static int run(const struct trial *trial)
{
	const char *out = path_in(trial, "out"), *report = path_in(trial, "report.json");
	const char *input = path_in(trial, "CCcam.cfg"), *said = path_in(trial, "said");
	int status = 0;
	pid_t child = fork();

	if (child == 0) {
		int file = open(said, O_WRONLY | O_CREAT | O_TRUNC, 0600);

		dup2(file, 1);
		dup2(file, 2);
		execl(trial->program, trial->program, "convert", "--report", report, "--set", trial->groups,
			"-o", out, input, trial->merge ? "--merge" : (char *)NULL, (char *)NULL);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status))
		return 127;
	return WEXITSTATUS(status);
}

static bool has_code(const json_t *line, const char *code)
{
	const json_t *codes = json_object_get(line, "codes");

	for (size_t i = 0; i < json_array_size(codes); i++)
		if (strcmp(json_string_value(json_array_get(codes, i)), code) == 0)
			return true;
	return false;
}

static void take_findings(struct trial *trial, const json_t *line)
{
	int number = (int)json_integer_value(json_object_get(line, "line"));
	const char *fate = json_string_value(json_object_get(line, "fate"));
	bool partial = strcmp(fate, "partial") == 0 || strcmp(fate, "unsupported") == 0;

	trial->rejected[number] = strcmp(fate, "rejected") == 0;
	trial->silent_loss[number] = !trial->rejected[number] && !partial && !has_code(line, "deny-all");
	trial->shared[number] = has_code(line, "merge-shared") || has_code(line, "merge-double");
	for (int i = 0; i < trial->cccam.lines; i++)
		if (trial->cccam.line[i].number == number) {
			trial->cccam.line[i].hops_as_widest = has_code(line, "per-card-hops");
			trial->cccam.line[i].odd_idents_wide = has_code(line, "ident-wide");
			trial->cccam.line[i].exceptions_wide = has_code(line, "limit-exception");
		}
}

static bool read_report(struct trial *trial)
{
	json_t *report = json_load_file(path_in(trial, "report.json"), 0, NULL);
	const json_t *lines = json_object_get(report, "lines");

	for (size_t i = 0; i < json_array_size(lines); i++)
		take_findings(trial, json_array_get(lines, i));
	json_decref(report);
	return report != NULL;
}

static void difference(struct trial *trial, const char *what, const char *account, const char *server,
	const struct oscam_request *request, int cccam, int before, int after)
{
	if (trial->differences++ >= SHOWN)
		return;
	printf("seed %u (%s%s): %s: account %s, server %s, card %04X:%06X with %d hops above it, channel "
	       "%04X, "
	       "%02d:%02d: CCcam %d, OSCam before %d, now %d (levels; 0 is nothing)\n",
		trial->seed, trial->groups, trial->merge ? ", merge" : "", what, account, server,
		request->caid, request->ident, request->above, request->sid, request->minute / 60,
		request->minute % 60, cccam, before, after);
}

static const struct oscam_account *account_named(const struct oscam *config, const char *user)
{
	for (int i = 0; i < config->accounts; i++)
		if (strcmp(config->account[i].user, user) == 0)
			return &config->account[i];
	return NULL;
}

static bool names_one_card(const struct oscam_reader *reader)
{
	return strcmp(reader->protocol, "cs357x") == 0 || strcmp(reader->protocol, "radegast") == 0;
}

/* The same server and login; where a reader stands for one card, the same card. */
static bool same_server(const struct oscam_reader *a, const struct oscam_reader *b)
{
	const struct oscam_filter *x = &a->filter, *y = &b->filter;

	if (strcmp(a->host, b->host) || strcmp(a->user, b->user) || strcmp(a->protocol, b->protocol))
		return false;
	return !names_one_card(a) || (memcmp(&x->caids, &y->caids, sizeof x->caids) == 0 &&
					     memcmp(&x->idents, &y->idents, sizeof x->idents) == 0);
}

/* What an account gets from a server by any reader of it; -1: no reader. */
static int gets(const struct oscam *config, const char *user, const struct oscam_reader *server,
	const struct oscam_request *request)
{
	const struct oscam_account *account = account_named(config, user);
	int most = -1;

	for (int i = 0; i < config->readers; i++) {
		const struct oscam_reader *reader = &config->reader[i];

		if (!same_server(reader, server))
			continue;
		int level = account ? oscam_gives(config, account, reader, request) : 0;

		if (level > most)
			most = level;
	}
	return most;
}

static bool is_card(const struct oscam_reader *reader, const struct cccam_line *line)
{
	const struct oscam_pairs *caids = &reader->filter.caids, *idents = &reader->filter.idents;

	return caids->count == 1 && caids->caid[0] == line->caid &&
	       (idents->count == 0 || (idents->count == 1 && idents->other[0] == line->ident));
}

static const struct cccam_line *line_of(const struct trial *trial, const struct oscam_reader *reader)
{
	static const char *const protocols[] = {"Ccccam", "Nnewcamd", "Lcs357x", "Rradegast", "Smouse"};

	for (int i = 0; i < trial->cccam.lines; i++) {
		const struct cccam_line *line = &trial->cccam.line[i];

		for (int k = 0; k < 5; k++)
			if (line->kind == protocols[k][0] &&
				strcmp(protocols[k] + 1, reader->protocol) == 0 &&
				strcmp(line->host, reader->host) == 0 &&
				(!names_one_card(reader) || is_card(reader, line)))
				return line;
	}
	return NULL;
}

static const struct cccam_line *friend_named(const struct trial *trial, const char *user)
{
	for (int i = 0; i < trial->cccam.lines; i++)
		if (trial->cccam.line[i].kind == 'F' && strcmp(trial->cccam.line[i].user, user) == 0)
			return &trial->cccam.line[i];
	return NULL;
}

static void compare_tuner(struct trial *trial, const struct cccam_line *line,
	const struct oscam_reader *server, const struct oscam_request *request)
{
	const struct cccam_card card = {request->caid, request->ident, request->above};
	const char *own = *trial->before.tuner ? trial->before.tuner : trial->after.tuner;
	int was = gets(&trial->before, own, server, request);
	int now = gets(&trial->after, trial->after.tuner, server, request);
	int cccam = line ? cccam_receives(line, &card) : 0;

	if (now <= 0 && (was > 0 ? !line || cccam : was < 0 && cccam))
		difference(trial, "narrower for the box", trial->after.tuner, server->host, request, cccam,
			was, now);
	if (now > 0 && line && !cccam && was < 0)
		difference(trial, "wider for the box", trial->after.tuner, server->host, request, cccam, was,
			now);
}

static bool is_silent(const struct trial *trial, const struct cccam_line *line)
{
	bool global = line->kind == 'F' && !line->limits && trial->cccam.limits;

	return trial->silent_loss[line->number] &&
	       (!global || trial->silent_loss[trial->cccam.limits_number]);
}

static void compare_friend(struct trial *trial, const struct cccam_line *friend,
	const struct cccam_line *line, const struct oscam_reader *server, const struct oscam_request *request)
{
	const struct cccam_card card = {request->caid, request->ident, request->above};
	int was = gets(&trial->before_as_clients, friend->user, server, request);
	int now = gets(&trial->after_as_clients, friend->user, server, request);
	int cccam = line ? cccam_gives(&trial->cccam, friend, line, &card, request->sid, request->minute) : 0;
	bool silent = line && is_silent(trial, friend) && is_silent(trial, line);

	bool kept = now <= was && (!line || trial->shared[line->number]);

	if (now > 0 && now > cccam && !kept)
		difference(trial, "wider for a friend", friend->user, server->host, request, cccam, was, now);
	bool narrower = now <= 0 || (!trial->merge && now < cccam && cccam < CCCAM_UNLIMITED);

	if (silent && was < 0 && !account_named(&trial->before, friend->user) && cccam > 0 && narrower)
		difference(trial, "narrower without a word", friend->user, server->host, request, cccam, was,
			now);
}

/* An account that no line is about. */
static void compare_other(struct trial *trial, const char *user, const struct oscam_reader *server,
	const struct oscam_request *request)
{
	int was = gets(&trial->before_as_clients, user, server, request);
	int now = gets(&trial->after_as_clients, user, server, request);

	if ((now > 0 ? now : 0) != (was > 0 ? was : 0))
		difference(trial, "no line is about the account", user, server->host, request, 0, was, now);
}

static void compare_one(struct trial *trial, const char *user, const struct oscam_reader *server,
	const struct oscam_request *request)
{
	const struct cccam_line *line = line_of(trial, server), *friend = friend_named(trial, user);

	compared++;
	if (strcmp(user, trial->after.tuner) == 0)
		compare_tuner(trial, line, server, request);
	else if (friend)
		compare_friend(trial, friend, line, server, request);
	else
		compare_other(trial, user, server, request);
}

static void compare_cards(struct trial *trial, const char *user, const struct oscam_reader *server)
{
	struct oscam_request request;

	for (int card = 0; card < UNIVERSE_CARDS; card++)
		for (request.above = 0; request.above < UNIVERSE_ABOVE; request.above++)
			for (int sid = 0; sid < UNIVERSE_SIDS; sid++)
				for (int minute = 0; minute < UNIVERSE_MINUTES; minute++) {
					request.caid = universe_cards[card][0];
					request.ident = universe_cards[card][1];
					request.sid = universe_sids[sid];
					request.minute = universe_minutes[minute];
					compare_one(trial, user, server, &request);
				}
}

static bool seen_before(const struct oscam *config, int reader)
{
	for (int i = 0; i < reader; i++)
		if (same_server(&config->reader[i], &config->reader[reader]))
			return true;
	return false;
}

/* Every server and every friend that was not rejected must be there at all. */
static void compare_presence(struct trial *trial)
{
	const struct oscam_request none = {0};

	for (int i = 0; i < trial->cccam.lines; i++) {
		const struct cccam_line *line = &trial->cccam.line[i];
		bool there = line->kind == 'F' && account_named(&trial->after, line->user);

		for (int k = 0; k < trial->after.readers; k++)
			there = there || line_of(trial, &trial->after.reader[k]) == line;
		if (!there && !trial->rejected[line->number])
			difference(trial, "not there", line->user, line->host, &none, 1, -1, -1);
	}
	for (int i = 0; i < trial->before.accounts; i++)
		if (!account_named(&trial->after, trial->before.account[i].user))
			difference(trial, "account gone", trial->before.account[i].user, "", &none, 0, 1, 0);
}

static void compare(struct trial *trial)
{
	trial->before_as_clients = trial->before;
	trial->after_as_clients = trial->after;
	*trial->before_as_clients.tuner = *trial->after_as_clients.tuner = '\0';
	compare_presence(trial);
	for (int i = 0; i < trial->after.accounts; i++)
		for (int k = 0; k < trial->after.readers; k++)
			if (!seen_before(&trial->after, k))
				compare_cards(trial, trial->after.account[i].user, &trial->after.reader[k]);
}

static void print_file(const char *path)
{
	char text[PATH_ROOM];
	FILE *file = fopen(path, "r");

	while (file && fgets(text, sizeof text, file))
		printf("    %s", text);
	if (file)
		fclose(file);
}

static void remove_trial(const struct trial *trial)
{
	char command[PATH_ROOM + 64];

	snprintf(command, sizeof command, "rm -rf '%s'", trial->folder);
	if (system(command) != 0)
		printf("%s stays\n", trial->folder);
}

static void prepare(struct trial *trial, struct dice *dice)
{
	static const char *const policies[] = {"minimal", "single", "per-protocol"};

	mkdir(trial->folder, 0700);
	snprintf(trial->groups, sizeof trial->groups, "groups=%s", policies[roll(dice, 3)]);
	trial->merge = roll(dice, 2) == 0;
	generate_cccam(dice, path_in(trial, "CCcam.cfg"));
	if (trial->merge) {
		struct dice again = *dice;

		mkdir(path_in(trial, "before"), 0700);
		mkdir(path_in(trial, "out"), 0700);
		generate_oscam(dice, path_in(trial, "before"));
		generate_oscam(&again, path_in(trial, "out"));
	}
}

static bool try_seed(struct trial *trial, unsigned seed)
{
	struct dice dice = {seed};

	trial->seed = seed;
	trial->differences = 0;
	prepare(trial, &dice);
	cccam_read(&trial->cccam, path_in(trial, "CCcam.cfg"));
	oscam_read(&trial->before, path_in(trial, "before"));
	int status = run(trial);

	oscam_read(&trial->after, path_in(trial, "out"));
	if (status > 1 || !read_report(trial)) {
		printf("seed %u: the program ended with status %d\n", seed, status);
		trial->differences++;
	} else {
		compare(trial);
	}
	if (trial->differences) {
		print_file(path_in(trial, "CCcam.cfg"));
		printf("  %d differences; everything is in %s\n", trial->differences, trial->folder);
		return false;
	}
	remove_trial(trial);
	return true;
}

int main(int argc, char **argv)
{
	static struct trial trial;
	unsigned count = argc > 3 ? (unsigned)atoi(argv[3]) : 300,
		 first = argc > 4 ? (unsigned)atoi(argv[4]) : 1;
	unsigned bad = 0;
	char folder[PATH_ROOM - 32];

	if (argc < 3)
		return 2;
	snprintf(folder, sizeof folder, "%s/models-XXXXXX", argv[2]);
	if (!mkdtemp(folder)) {
		perror(folder);
		return 2;
	}
	setvbuf(stdout, NULL, _IOLBF, 0);
	trial.program = argv[1];
	for (unsigned seed = first; seed < first + count; seed++) {
		snprintf(trial.folder, sizeof trial.folder, "%s/%u", folder, seed);
		bad += !try_seed(&trial, seed);
	}
	if (!bad)
		rmdir(folder);
	printf("%u files, %lu comparisons, %u files with a difference\n", count, compared, bad);
	return bad ? 1 : 0;
}
