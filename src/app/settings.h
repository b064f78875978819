/* What the files of the settings share: the table of choices, and how one value is checked and taken. */
#ifndef CC2OSCAM_SETTINGS_H
#define CC2OSCAM_SETTINGS_H

#include "app.h"

/* Where values go. */
struct settings {
	struct request *request;
	struct list set_keys; /* struct set_key, in the order given */
	const char *folder; /* with a / at its end: relative paths start there; "": where the program runs */
};

/* One choice. Its values are text until they are taken: the settings file and --set say the same. */
struct setting_row {
	const char *name;
	/* Checks the value and takes it; false with the reason in `why`. */
	bool (*take)(struct settings *settings, const struct setting_row *setting, struct slice value,
		struct buffer *why);
	const char *const *words; /* what may stand there, with NULL at the end; or NULL */
	bool list;                /* it may have several values: { "a", "b" } */
	size_t goes; /* of some: the place of what it sets in the request; or the override of the codes */
};

/* The choices of one file, or of one receiver in a manifest, checked. Those of several are taken one after
 * the other: what comes later wins. */
struct settings_layer {
	struct list values; /* struct setting_value */
	const char *folder; /* as in struct settings */
};

struct setting_value {
	const struct setting_row *setting;
	struct slice text;
	uint32_t line;
};

/* One receiver of a manifest. */
struct settings_section {
	const char *title, *source, *output; /* source and output may be NULL */
	uint32_t line;
	struct settings_layer layer;
};

enum { SETTING_COUNT = 20 };

/* A settings file, or a manifest, which has sections too. */
struct settings_file {
	struct settings_layer top;
	struct list sections; /* struct settings_section */
};

/* settings_file.c: everything is in the arena. False: a message was printed. `what` it is, for messages:
 * "the settings file". */
bool settings_file_read(
	struct arena *arena, const char *path, const char *what, bool manifest, struct settings_file *file);

extern const struct setting_row setting_table[SETTING_COUNT];
/* Whether codes of findings are its value. */
bool setting_takes_codes(const struct setting_row *setting);
/* NULL: there is no such choice; `why` says so, with the one that was probably meant. */
const struct setting_row *setting_find(struct slice name, struct buffer *why);

/* The place of the value among the words. -1: none of them; `why` says "takes one of: ..." behind `it`. */
int choose_word(const char *const *words, struct slice value, const char *it, struct buffer *why);
extern const char *const profile_words[], *const comment_words[];
/* CODE_COUNT with the reason: no finding has it. */
enum code find_code(struct slice name, struct buffer *why);

/* Says in `why` that there is no choice of this name, and which of the names was probably meant. */
void setting_say_unknown(struct slice name, const char *const *names, size_t count, struct buffer *why);
/* Takes the values of a layer. */
void setting_take_layer(struct settings *settings, const struct settings_layer *layer);

/* "profile = server" or "reader.cccam.inactivitytimeout = 600", as --set has it. */
bool setting_assign(struct settings *settings, struct slice text, struct buffer *why);
/* settings_key.c: "SECTION.KEY = VALUE" or "reader.PROTOCOL.KEY = VALUE". */
bool setting_take_key(
	struct settings *settings, const struct setting_row *setting, struct slice text, struct buffer *why);

/* settings_text.c: makes comments of a settings file blanks, for libConfuse loses count of the lines behind
 * them. False, with the line and the reason, for what libConfuse would cut or replace without a word.
 * `sections` gets the lines (uint32_t) where the receivers of a manifest begin. */
bool settings_text_prepare(char *text, size_t len, struct list *sections, uint32_t *line, struct buffer *why);

/* The file that is found by itself: the number-th place to look, from 0 on; in the arena; NULL after the
 * last. The environment's variables may be NULL. */
const char *settings_place(
	struct arena *arena, unsigned number, const char *xdg_config_home, const char *home);

#endif
