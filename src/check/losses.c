/* What OSCam drops, cuts or changes of a value. The readers of values say it; here each loss gets its code.
 */
#include "checks.h"

static enum code code_of_form(enum schema_key_id key)
{
	switch (schema_function(key)) {
	case FN_group_fn:
		return CODE_GROUP_FORM;
	case FN_check_caidtab_fn:
	case FN_reader_caid_fn:
		return CODE_CAID_FORM;
	case FN_chk_ftab_fn:
	case FN_ftab_fn:
		return CODE_IDENT_FORM;
	case FN_class_fn:
		return CODE_CLASS_FORM;
	case FN_account_tuntab_fn:
		return CODE_BETATUNNEL_FORM;
	case FN_serverip_fn:
	case FN_iprange_fn:
		return CODE_ADDRESS_FORM;
	case FN_account_allowedtimeframe_fn:
		return CODE_TIMEFRAME_FORM;
	case FN_account_expdate_fn:
		return CODE_EXPDATE_FORM;
	case FN_porttab_fn:
	case FN_porttab_camd35_fn:
	case FN_cccam_port_fn:
	case FN_gbox_port_fn:
		return CODE_PORT_TABLE;
	default:
		return CODE_LIST_ITEM;
	}
}

static enum code code_of(enum schema_key_id key, enum loss_kind kind)
{
	switch (kind) {
	case LOSS_DIGITS:
		return CODE_KEY_DIGITS;
	case LOSS_PORT:
		return CODE_PORT_RANGE;
	case LOSS_NUMBER:
		return CODE_NUMBER_CHANGED;
	case LOSS_VERSION:
		return CODE_SETTING_VERSION;
	case LOSS_SPELLING:
		return CODE_RESPELLED;
	case LOSS_FORM:
		break;
	}
	return code_of_form(key);
}

/* A comment behind the last group did no harm before 2.26.04. */
static struct slice value_read(const struct checking *c, const struct setting *setting)
{
	return schema_function(setting->key) == FN_group_fn &&
			       target_knows(c->set->target, &numbers_of_2604) != KNOWN_BY_NONE
		       ? setting->at->value
		       : setting->value;
}

void check_losses(struct checking *c, const struct setting *setting)
{
	struct list losses;

	list_init(&losses, c->arena, sizeof(struct loss));
	(void)schema_read_losses(setting->key, value_read(c, setting), c->set->target, c->arena, &losses);
	for (uint32_t i = 0; i < losses.count; i++) {
		const struct loss *loss = list_at(&losses, i);
		struct finding *finding = found(c, code_of(setting->key, loss->kind), setting->at->line,
			loss->part.at, "%s: %.*s", key_name(setting->key), SLICE_ARG(loss->text));
		if (loss->hint)
			advise(c, finding, "%s", loss->hint);
	}
}
