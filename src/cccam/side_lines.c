/* The lines of the files beside CCcam.cfg: the only list of them. */
#include "cc2oscam/sidefiles.h"

const struct side_line side_lines[SIDE_LINES] = {
	{SIDE_IGNORE, "I", "", DIRECTIVE_CAID_PRIO_FILE, "CCcam.prio", "I: <caid>[:<ident>[:<sid>]]",
		"The card is never used: the same I line in oscam.dvbapi, in front of all P lines.",
		"I: 0500:032830"},
	{SIDE_PREFER, "P", "", DIRECTIVE_CAID_PRIO_FILE, "CCcam.prio", "P: <caid>[:<ident>[:<sid>]][, ...]",
		"The cards are tried in this order: a P line in oscam.dvbapi for each of them, of 18xx "
		"without the ident. A service id goes for all of them.",
		"P: 0D96:0, 0500:023800"},
	{SIDE_NAME, "name", "", DIRECTIVE_PROVIDERINFO_FILE, "CCcam.providers", "<8 hex digits> \"<name>\"",
		"The digits are a caid and an ident, glued: a line in oscam.provid. Of 05xx the last six are "
		"the ident.",
		"01000080 \"Provider\""},
	{SIDE_NAME, "name", "", DIRECTIVE_CHANNELINFO_FILE, "CCcam.channelinfo",
		"<caid>:<ident>:<sid> \"<name>\"",
		"A line in oscam.srvid2, which OSCam reads in place of oscam.srvid.",
		"0100:000080:1234 \"Channel\""},
	{SIDE_CWS, "CWS", "", DIRECTIVE_NEWCAMD_CONF, "newcamd.conf",
		"CWS = <host> <port> <user> <pass> <14 hex bytes> [...]",
		"A [reader] with protocol = newcamd, as an N line with one hop makes it; what stands behind "
		"the 14 bytes (lan or wan, a name, au) is left out.",
		"CWS = host1.example.com 20000 user1 secret 01 02 03 04 05 06 07 08 09 10 11 12 13 14"},
	{SIDE_CWS_MULTIPLE, "CWS_MULTIPLE", "", DIRECTIVE_NEWCAMD_CONF, "newcamd.conf",
		"CWS_MULTIPLE = <host> <first port>:<last port> <user> <pass> <14 hex bytes> [...]",
		"A [reader] as a CWS line makes it for each of the ports, 100 at most.",
		"CWS_MULTIPLE = host1.example.com 20000:20001 user1 secret 01 02 03 04 05 06 07 08 09 10 11 "
		"12 13 14"},
	{SIDE_SETTING, "setting", "CWS_KEEPALIVE|CWS_INCOMING_PORT|CWS_CONNECT_TIMEOUT|CWS_DEBUG_PORT",
		DIRECTIVE_NEWCAMD_CONF, "newcamd.conf", "<name> = <value>",
		"Nothing is written: it says nothing about who gets what.", "CWS_KEEPALIVE = 300"},
};

const struct side_line *side_line_of(enum side_directive directive)
{
	const struct side_line *line = side_lines;

	while (line->directive != directive)
		line++;
	return line;
}

bool side_line_has(const struct side_line *line, struct slice name)
{
	return slice_equal_nocase(name, slice_of(line->name)) || slice_in_list(name, line->others, '|');
}
