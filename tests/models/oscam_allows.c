#include "oscam_allows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static char *trimmed(char *text)
{
	size_t length = strlen(text);

	while (length && strchr(" \t\r\n", text[length - 1]))
		text[--length] = '\0';
	if (*text == ' ')
		while (*text == ' ' || *text == '\t')
			text++;
	return text;
}

static void copy(char *to, size_t room, const char *from)
{
	snprintf(to, room, "%s", from);
}

static void add_pair(struct oscam_pairs *pairs, unsigned caid, unsigned other)
{
	if (pairs->count == OSCAM_ITEMS)
		abort();
	pairs->caid[pairs->count] = caid;
	pairs->other[pairs->count++] = other;
}

static uint64_t read_groups(char *value)
{
	uint64_t groups = 0;
	char *rest = NULL;

	for (char *item = strtok_r(value, ",", &rest); item; item = strtok_r(NULL, ",", &rest))
		if (atoi(item) >= 1 && atoi(item) <= 64)
			groups |= (uint64_t)1 << (atoi(item) - 1);
	return groups;
}

/* CAID[&mask] items; a service's list has no masks, which does no harm. */
static void read_hex_list(struct oscam_pairs *pairs, char *value)
{
	char *rest = NULL;

	pairs->count = 0;
	for (char *item = strtok_r(value, ",", &rest); item; item = strtok_r(NULL, ",", &rest)) {
		const char *mask = strchr(item, '&');

		add_pair(pairs, (unsigned)strtoul(item, NULL, 16),
			mask ? (unsigned)strtoul(mask + 1, NULL, 16) : 0xffff);
	}
	if (pairs->count == 1 && pairs->caid[0] == 0)
		pairs->count = 0;
}

static void read_idents(struct oscam_pairs *pairs, char *value)
{
	char *rest = NULL;

	pairs->count = 0;
	for (char *item = strtok_r(value, ";", &rest); item; item = strtok_r(NULL, ";", &rest)) {
		char *colon = strchr(item, ':'), *inner = NULL;
		unsigned caid = (unsigned)strtoul(item, NULL, 16);

		if (!colon || !caid)
			continue;
		for (char *ident = strtok_r(colon + 1, ",", &inner); ident;
			ident = strtok_r(NULL, ",", &inner))
			add_pair(pairs, caid, (unsigned)strtoul(ident, NULL, 16));
	}
}

static void read_services(const struct oscam *config, struct oscam_filter *filter, char *value)
{
	char *rest = NULL;

	filter->services = filter->no_services = 0;
	for (char *item = strtok_r(value, ",", &rest); item; item = strtok_r(NULL, ",", &rest)) {
		char *name = trimmed(item);
		bool denied = *name == '!';

		for (int i = 0; i < config->services; i++)
			if (strcasecmp(config->service[i].label, name + denied) == 0)
				*(denied ? &filter->no_services : &filter->services) |= (uint64_t)1 << i;
	}
}

static bool filter_key(const struct oscam *config, struct oscam_filter *filter, const char *key, char *value)
{
	if (strcasecmp(key, "group") == 0)
		filter->groups = read_groups(value);
	else if (strcasecmp(key, "caid") == 0)
		read_hex_list(&filter->caids, value);
	else if (strcasecmp(key, "ident") == 0)
		read_idents(&filter->idents, value);
	else if (strcasecmp(key, "services") == 0)
		read_services(config, filter, value);
	else
		return false;
	return true;
}

static int number_or(const char *value, int missing)
{
	return *value ? (int)strtol(value, NULL, 10) : missing;
}

static void reader_key(struct oscam *config, const char *key, char *value)
{
	struct oscam_reader *reader = &config->reader[config->readers - 1];

	if (filter_key(config, &reader->filter, key, value))
		return;
	if (strcasecmp(key, "label") == 0)
		copy(reader->label, sizeof reader->label, value);
	else if (strcasecmp(key, "protocol") == 0)
		copy(reader->protocol, sizeof reader->protocol, value);
	else if (strcasecmp(key, "user") == 0)
		copy(reader->user, sizeof reader->user, value);
	else if (strcasecmp(key, "device") == 0)
		copy(reader->host, sizeof reader->host, strtok(value, ","));
	else if (strcasecmp(key, "enable") == 0)
		reader->enable = number_or(value, 1);
	else if (strcasecmp(key, "cccmaxhops") == 0)
		reader->maxhops = (signed char)number_or(value, 10);
	else if (strcasecmp(key, "ccchop") == 0)
		reader->hop = (signed char)number_or(value, 0);
	else if (strcasecmp(key, "cccreshare") == 0)
		reader->reshare = (signed char)number_or(value, -1);
}

static int clock_of(const char **at)
{
	unsigned hour = 0, minute = 0;
	int used = 0;

	if (sscanf(*at, "%u:%u%n", &hour, &minute, &used) != 2)
		return -1;
	*at += used;
	return (int)(hour * 60 + minute);
}

/* Only the form for all days: ALL@ and ranges, or a single range without a day. */
static void read_hours(struct oscam_account *account, const char *value)
{
	bool named = strncasecmp(value, "ALL@", 4) == 0;
	const char *at = value + (named ? 4 : 0);

	account->windows = 0;
	while (account->windows < OSCAM_ITEMS) {
		int from = clock_of(&at);

		if (from < 0 || *at++ != '-')
			return;
		account->from[account->windows] = from;
		account->to[account->windows++] = clock_of(&at);
		if (*at++ != ',' || !named)
			return;
	}
}

static void account_key(struct oscam *config, const char *key, char *value)
{
	struct oscam_account *account = &config->account[config->accounts - 1];

	if (filter_key(config, &account->filter, key, value))
		return;
	if (strcasecmp(key, "user") == 0)
		copy(account->user, sizeof account->user, value);
	else if (strcasecmp(key, "disabled") == 0)
		account->disabled = number_or(value, 0);
	else if (strcasecmp(key, "cccmaxhops") == 0)
		account->maxhops = number_or(value, 10);
	else if (strcasecmp(key, "cccreshare") == 0)
		account->reshare = (signed char)number_or(value, -1);
	else if (strcasecmp(key, "allowedtimeframe") == 0)
		read_hours(account, value);
	else if (strcasecmp(key, "allowedprotocols") == 0)
		copy(account->protocols, sizeof account->protocols, value);
}

static void service_key(struct oscam *config, const char *key, char *value)
{
	struct oscam_service *service = &config->service[config->services - 1];

	if (strcasecmp(key, "caid") == 0)
		read_hex_list(&service->caids, value);
	else if (strcasecmp(key, "provid") == 0 || strcasecmp(key, "ident") == 0)
		read_hex_list(&service->idents, value);
	else if (strcasecmp(key, "srvid") == 0)
		read_hex_list(&service->sids, value);
}

static void conf_key(struct oscam *config, const char *section, const char *key, const char *value)
{
	if (strcmp(section, "cccam") == 0 && strcasecmp(key, "reshare") == 0)
		config->reshare = (signed char)number_or(value, 10);
	else if (strcmp(section, "dvbapi") == 0 && strcasecmp(key, "user") == 0)
		copy(config->tuner, sizeof config->tuner, value);
}

static void header(struct oscam *config, const char *file, const char *section)
{
	if (config->readers == OSCAM_ITEMS || config->accounts == OSCAM_ITEMS || config->services == 64)
		abort();
	if (strcmp(file, "oscam.services") == 0) {
		memset(&config->service[config->services], 0, sizeof config->service[0]);
		copy(config->service[config->services++].label, 64, section);
	} else if (strcmp(file, "oscam.server") == 0) {
		struct oscam_reader *reader = &config->reader[config->readers++];

		memset(reader, 0, sizeof *reader);
		reader->enable = 1;
		reader->maxhops = 10;
		reader->reshare = -1;
	} else if (strcmp(file, "oscam.user") == 0) {
		struct oscam_account *account = &config->account[config->accounts++];

		memset(account, 0, sizeof *account);
		account->maxhops = 10;
		account->reshare = -1;
	}
}

static void line_of(struct oscam *config, const char *file, char *section, char *text)
{
	char *line = trimmed(text), *equals = NULL;
	size_t length = strlen(line);

	if (length < 3 || *line == '#')
		return;
	if (*line == '[' && line[length - 1] == ']') {
		line[length - 1] = '\0';
		copy(section, 64, line + 1);
		header(config, file, section);
		return;
	}
	equals = strchr(line, '=');
	if (!equals || !*section)
		return;
	*equals = '\0';
	char *key = trimmed(line), *value = trimmed(equals + 1);

	if (strcmp(file, "oscam.services") == 0)
		service_key(config, key, value);
	else if (strcmp(file, "oscam.server") == 0)
		reader_key(config, key, value);
	else if (strcmp(file, "oscam.user") == 0)
		account_key(config, key, value);
	else
		conf_key(config, section, key, value);
}

void oscam_read(struct oscam *config, const char *folder)
{
	static const char *const files[] = {"oscam.conf", "oscam.services", "oscam.server", "oscam.user"};
	char path[4096], text[16384];

	memset(config, 0, sizeof *config);
	config->reshare = 10;
	for (int i = 0; i < 4; i++) {
		char section[64] = "";

		snprintf(path, sizeof path, "%s/%s", folder, files[i]);
		FILE *file = fopen(path, "r");

		while (file && fgets(text, sizeof text, file))
			line_of(config, files[i], section, text);
		if (file)
			fclose(file);
	}
}

static bool caid_fits(const struct oscam_pairs *caids, unsigned caid)
{
	for (int i = 0; i < caids->count; i++)
		if ((caid & caids->other[i]) == (caids->caid[i] & caids->other[i]))
			return true;
	return caids->count == 0;
}

static bool ident_fits(const struct oscam_pairs *idents, unsigned caid, unsigned ident)
{
	for (int i = 0; i < idents->count; i++)
		if (idents->caid[i] == caid && idents->other[i] == ident)
			return true;
	return idents->count == 0;
}

static bool listed(const struct oscam_pairs *list, unsigned number)
{
	for (int i = 0; i < list->count; i++)
		if (list->caid[i] == number)
			return true;
	return list->count == 0;
}

/* A request without provider fits every provider. "sid" 0 asks for a card: then a section of channels is
 * left out of what is denied, and lets in what is allowed. */
static bool service_fits(
	const struct oscam_service *service, unsigned caid, unsigned ident, unsigned sid, bool denied)
{
	if (!service->caids.count && !service->idents.count && !service->sids.count)
		return false;
	if (!listed(&service->caids, caid) || (ident && !listed(&service->idents, ident)))
		return false;
	return sid ? listed(&service->sids, sid) : !denied || !service->sids.count;
}

static bool services_fit(const struct oscam *config, const struct oscam_filter *filter, unsigned caid,
	unsigned ident, unsigned sid)
{
	bool allowed = filter->services == 0;

	for (int i = 0; i < config->services; i++) {
		const struct oscam_service *service = &config->service[i];

		if (filter->no_services >> i & 1 && service_fits(service, caid, ident, sid, true))
			return false;
		if (filter->services >> i & 1 && service_fits(service, caid, ident, sid, false))
			allowed = true;
	}
	return allowed;
}

/* Requests of other CAIDs name no provider. */
static unsigned provider(const struct oscam_request *request)
{
	unsigned family = request->caid >> 8;

	return family == 0x01 || family == 0x05 || family == 0x0d || family == 0x18 ? request->ident : 0;
}

static bool request_fits(
	const struct oscam *config, const struct oscam_filter *filter, const struct oscam_request *request)
{
	unsigned ident = provider(request);

	return caid_fits(&filter->caids, request->caid) &&
	       ident_fits(&filter->idents, request->caid, ident) &&
	       services_fit(config, filter, request->caid, ident, request->sid);
}

static bool card_fits(const struct oscam_filter *filter, const struct oscam_request *request)
{
	return caid_fits(&filter->caids, request->caid) &&
	       ident_fits(&filter->idents, request->caid, request->ident);
}

static bool hour_fits(const struct oscam_account *account, int minute)
{
	for (int i = 0; i < account->windows; i++) {
		int from = account->from[i], to = account->to[i];

		if (from <= to ? minute >= from && minute < to : minute >= from || minute < to)
			return true;
	}
	return account->windows == 0;
}

static bool received(
	const struct oscam *config, const struct oscam_reader *reader, const struct oscam_request *request)
{
	bool cccam = strcmp(reader->protocol, "cccam") == 0;
	int most = reader->maxhops < 0 ? 10 : reader->maxhops;

	if (!reader->enable || (cccam ? request->above > most : request->above > 0))
		return false;
	return (!cccam || card_fits(&reader->filter, request)) &&
	       request_fits(config, &reader->filter, request);
}

static int share_level(
	const struct oscam *config, const struct oscam_account *account, const struct oscam_reader *reader)
{
	int own = account->reshare < 0 ? config->reshare : account->reshare;
	int cap = reader->reshare < 0 ? config->reshare : reader->reshare;

	return 1 + (own < cap ? own : cap);
}

int oscam_gives(const struct oscam *config, const struct oscam_account *account,
	const struct oscam_reader *reader, const struct oscam_request *request)
{
	bool cccam = strcmp(reader->protocol, "cccam") == 0;
	int hop = cccam ? request->above + 1 : reader->hop;

	if (account->disabled || !(account->filter.groups & reader->filter.groups))
		return 0;
	if (!received(config, reader, request) || !request_fits(config, &account->filter, request) ||
		!hour_fits(account, request->minute))
		return 0;
	if (*config->tuner && strcmp(account->user, config->tuner) == 0)
		return 1;
	if (hop > account->maxhops || !card_fits(&account->filter, request) ||
		!services_fit(config, &account->filter, request->caid, request->ident, 0))
		return 0;
	return share_level(config, account, reader);
}
