/* JSON that is written as it goes: what an array of a million lines says is never in memory at once. */
#ifndef CC2OSCAM_OUTPUT_JSON_H
#define CC2OSCAM_OUTPUT_JSON_H

#include "spool.h"

/* Starts with its sink; json_end frees it. */
struct json {
	struct spool spool;
	struct buffer text; /* the string at hand, as UTF-8 */
	bool behind;        /* something stands before in this object or array: a comma comes next */
};

/* Members of an object have a key, things in an array have none (NULL). */
void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
/* What is no UTF-8 becomes the replacement character. */
void json_string(struct json *json, const char *key, struct slice text);
void json_number(struct json *json, const char *key, uint64_t number);
void json_null(struct json *json, const char *key);
/* Hands over the rest, with a line end. False with errno. */
bool json_end(struct json *json);

#endif
