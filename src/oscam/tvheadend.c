/* What there is to say of [dvbapi] where TVHeadend is the tuner. See tvheadend.h. */
#include "cc2oscam/tvheadend.h"

#include "cc2oscam/schema.h"

static void say_port(struct ledger *ledger, struct place place, struct slice address, struct slice port)
{
	if (!slice_starts(address, SLICE("127.")) && !slice_equal(address, SLICE("::1")))
		(void)ledger_find(ledger, CODE_TVHEADEND_OPEN, place,
			"port %.*s of [dvbapi] asks for no password, and whoever reaches this machine over "
			"the network reaches the port",
			SLICE_ARG(port));
	if (address.len == 0)
		address = SLICE("127.0.0.1");
	(void)ledger_find(ledger, CODE_TVHEADEND_CLIENT, place,
		"in TVHeadend, add a CA client of the type CAPMT (Linux network DVBAPI): mode OSCam net "
		"protocol, host %.*s, port %.*s",
		SLICE_ARG(address), SLICE_ARG(port));
}

static void say_differs(struct ledger *ledger, const char *key, struct slice has, const char *needs)
{
	(void)ledger_find(ledger, CODE_TVHEADEND_DIFFERS, (struct place){ledger->source, 0, 0},
		"[dvbapi] has %s = %.*s, and TVHeadend needs %s = %s", key, SLICE_ARG(has), key, needs);
}

void tvheadend_say(struct ledger *ledger, const struct target *target, const struct tvheadend *dvbapi)
{
	struct place place = {ledger->source, 0, 0};
	struct slice boxtype = dvbapi->boxtype, pmt_mode = dvbapi->pmt_mode;
	/* older versions of OSCam open the port to everybody, whatever [dvbapi] says */
	bool everywhere = slice_equal(dvbapi->address, SLICE("0.0.0.0")) ||
			  slice_equal(dvbapi->address, SLICE("::")) ||
			  schema_knows(target, KEY_dvbapi_serverip) != KNOWN_BY_ALL;

	if (dvbapi->port.len > 0 && !slice_equal(dvbapi->port, SLICE("0")))
		say_port(ledger, place, everywhere ? SLICE("") : dvbapi->address, dvbapi->port);
	else
		(void)ledger_find(ledger, CODE_TVHEADEND_DIFFERS, place,
			"[dvbapi] has no listen_port, so that TVHeadend cannot reach OSCam");
	if (!slice_starts(boxtype, SLICE(TVHEADEND_BOXTYPE)))
		say_differs(
			ledger, "boxtype", boxtype.len > 0 ? boxtype : SLICE("generic"), TVHEADEND_BOXTYPE);
	if (!slice_equal(pmt_mode, SLICE("4")))
		say_differs(ledger, "pmt_mode", pmt_mode.len > 0 ? pmt_mode : SLICE("0"), "4");
}
