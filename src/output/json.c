/* Objects, arrays and strings of JSON (RFC 8259), without blanks. See json.h. */
#include "json.h"

static void add_escaped(struct buffer *to, char byte)
{
	static const char short_forms[] = "\"\"\\\\\bb\ff\nn\rr\tt";

	for (const char *at = short_forms; *at; at += 2)
		if (*at == byte) {
			buffer_format(to, "\\%c", at[1]);
			return;
		}
	buffer_format(to, "\\u%04X", (unsigned)(unsigned char)byte);
}

/* U+0080 to U+009F are escaped too, for a terminal takes them for commands: two bytes, of which the second is
 * the number. */
static void add_quoted(struct buffer *to, struct slice text)
{
	buffer_add(to, "\"", 1);
	for (size_t i = 0, from = 0; i <= text.len; i++) {
		bool pair = text.len - i > 1 && (unsigned char)text.at[i] == 0xc2 &&
			    (unsigned char)text.at[i + 1] < 0xa0;
		if (i < text.len && !pair && !is_control(text.at[i]) && text.at[i] != '"' &&
			text.at[i] != '\\')
			continue;
		buffer_add(to, text.at + from, i - from);
		i += pair;
		if (i < text.len)
			add_escaped(to, text.at[i]);
		from = i + 1;
	}
	buffer_add(to, "\"", 1);
}

static void begin(struct json *json, const char *key)
{
	spool_check(&json->spool);
	if (json->behind)
		buffer_add(&json->spool.text, ",", 1);
	json->behind = true;
	if (!key)
		return;
	add_quoted(&json->spool.text, slice_of(key));
	buffer_add(&json->spool.text, ":", 1);
}

void json_open(struct json *json, const char *key, char bracket)
{
	begin(json, key);
	buffer_add(&json->spool.text, &bracket, 1);
	json->behind = false;
}

void json_close(struct json *json, char bracket)
{
	buffer_add(&json->spool.text, &bracket, 1);
	json->behind = true;
}

void json_string(struct json *json, const char *key, struct slice text)
{
	json->text.len = 0;
	add_utf8(&json->text, text);
	begin(json, key);
	add_quoted(&json->spool.text, buffer_slice(&json->text));
}

void json_number(struct json *json, const char *key, uint64_t number)
{
	begin(json, key);
	buffer_format(&json->spool.text, "%llu", (unsigned long long)number);
}

void json_null(struct json *json, const char *key)
{
	begin(json, key);
	buffer_add_slice(&json->spool.text, SLICE("null"));
}

bool json_end(struct json *json)
{
	buffer_add(&json->spool.text, "\n", 1);
	buffer_free(&json->text);
	return spool_end(&json->spool);
}
