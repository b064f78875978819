/* Items of a list that are written alike but for some texts of their own: the template runs for the first two
 * of them, what it writes for the second is noted, and the others get the same text with their own in it. */
#include "template_internal.h"

#include <stdlib.h>

enum { RECIPES = 8 };

/* What the template writes for items like this one. */
struct recipe {
	const void *item;    /* NULL: the recipe is free */
	struct buffer text;  /* all that such items share */
	struct buffer steps; /* struct step */
	bool noted, unclear; /* noted: the text is complete; unclear: there is no text, for two texts of the
				item are the same */
};

/* Some bytes of the shared text, and behind them a text of the item, or PART_SHARED: none. */
struct step {
	size_t shared;
	int part;
};

struct replay {
	const struct view_pattern *pattern;
	void *context;
	struct recipe recipes[RECIPES];
	struct recipe *noting; /* what is being written is noted there; or NULL */
	unsigned next;         /* the recipe that gives way to a new one */
};

struct replay *replay_new(const struct view_pattern *pattern, void *context)
{
	struct replay *replay = calloc(1, sizeof *replay);

	if (!replay)
		out_of_memory();
	replay->pattern = pattern;
	replay->context = context;
	return replay;
}

static void clear(struct recipe *recipe)
{
	buffer_free(&recipe->text);
	buffer_free(&recipe->steps);
	*recipe = (struct recipe){.item = NULL};
}

void replay_free(struct replay *replay)
{
	for (unsigned i = 0; replay && i < RECIPES; i++)
		clear(&replay->recipes[i]);
	free(replay);
}

static struct step *last_step(struct recipe *recipe)
{
	return (struct step *)(void *)(recipe->steps.at + recipe->steps.len) - 1;
}

static void add_step(struct recipe *recipe)
{
	struct step step = {0, PART_SHARED};

	buffer_add(&recipe->steps, (const char *)&step, sizeof step);
}

void replay_note(struct replay *replay, struct slice text)
{
	struct recipe *recipe = replay->noting;

	if (!recipe)
		return;
	int part = replay->pattern->part(recipe->item, text, replay->context);
	recipe->unclear |= part == PART_UNCLEAR;
	if (part == PART_SHARED) {
		buffer_add_slice(&recipe->text, text);
		last_step(recipe)->shared += text.len;
		return;
	}
	last_step(recipe)->part = part;
	add_step(recipe);
}

void replay_refuse(struct replay *replay)
{
	if (replay->noting)
		replay->noting->unclear = true;
}

/* The recipe of items like this one; a new one when there is none yet. */
static struct recipe *find_recipe(struct replay *replay, const void *item)
{
	struct recipe *recipe = replay->recipes;

	for (unsigned i = 0; i < RECIPES; i++, recipe++)
		if (recipe->item && replay->pattern->alike(recipe->item, item, replay->context))
			return recipe;
	recipe = &replay->recipes[replay->next++ % RECIPES];
	clear(recipe);
	return recipe;
}

bool replay_item(struct replay *replay, const void *item, void put(void *out, struct slice text), void *out)
{
	struct recipe *recipe = find_recipe(replay, item);

	replay->noting = NULL;
	if (!recipe->noted) {
		if (recipe->item && !recipe->unclear) {
			add_step(recipe);
			recipe->noted = true;
			replay->noting = recipe;
		}
		recipe->item = item;
		return false;
	}
	if (recipe->unclear)
		return false;
	const char *shared = recipe->text.at ? recipe->text.at : "";
	const struct step *step = (const struct step *)(const void *)recipe->steps.at;
	for (size_t left = recipe->steps.len / sizeof *step; left > 0; left--, step++) {
		put(out, (struct slice){shared, step->shared});
		shared += step->shared;
		if (step->part != PART_SHARED)
			put(out, replay->pattern->part_text(item, step->part, replay->context));
	}
	return true;
}
