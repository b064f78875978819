/* What OSCam drops, cuts or changes of a value. The readers of values find the losses; here each loss gets
 * its code. */
#include "checks.h"

/* The codes of most losses. LOSS_FORM and LOSS_VALUE have codes of their own for each grammar. */
static const enum code codes[] = {
	[LOSS_LENGTH] = CODE_VALUE_CUT,
	[LOSS_DIGITS] = CODE_KEY_DIGITS,
	[LOSS_PORT] = CODE_PORT_RANGE,
	[LOSS_NO_NUMBER] = CODE_NOT_A_NUMBER,
	[LOSS_WRAPS] = CODE_NUMBER_WRAPS,
	[LOSS_SECONDS] = CODE_SECONDS,
	[LOSS_RANGE] = CODE_NUMBER_CHANGED,
	[LOSS_NUMBER] = CODE_NUMBER_CHANGED,
	[LOSS_VERSION] = CODE_SETTING_VERSION,
	[LOSS_SPELLING] = CODE_RESPELLED,
};

/* The beginning of the message: "name = value: ", "name: ", or nothing where the message names the setting.
 */
static struct slice subject_of(struct checking *c, const struct setting *setting, enum loss_kind kind)
{
	switch (kind) {
	case LOSS_LENGTH:
		return SLICE("");
	case LOSS_VALUE:
	case LOSS_NO_NUMBER:
	case LOSS_WRAPS:
	case LOSS_SECONDS:
	case LOSS_RANGE:
		return arena_format(c->arena, "%.*s: ", SLICE_ARG(shown_setting(c, setting)));
	default:
		return arena_format(c->arena, "%s: ", key_name(setting->key));
	}
}

void check_losses(struct checking *c, const struct setting *setting)
{
	c->losses.count = 0;
	/* a comment behind the last group did no harm before 2.26.04 */
	bool whole = schema_key(setting->key)->form == FORM_groups &&
		     target_knows(c->set->target, &numbers_of_2604) != KNOWN_BY_NONE;
	(void)schema_read_losses(setting->key, whole ? setting->at->value : setting->value, c->set->target,
		c->arena, &c->losses);
	for (uint32_t i = 0; i < c->losses.count; i++) {
		const struct loss *loss = list_at(&c->losses, i);
		bool form = loss->kind == LOSS_FORM || loss->kind == LOSS_VALUE;
		enum code code = form ? form_of(setting->key)->code : codes[loss->kind];
		(void)found(c, code, setting->at->line, loss->part.at, "%.*s%.*s\n%s",
			SLICE_ARG(subject_of(c, setting, loss->kind)), SLICE_ARG(loss->text),
			loss->hint ? loss->hint : "");
	}
}
