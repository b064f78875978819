/* Every finding that the tool can report: one row a code, read by the findings themselves, by `explain`, by
 * the documentation and by a test that walks all rows. Severity DETAIL: a note that only the report and -v
 * show. The names are stable; the order is that of the documentation. */
#ifndef CC2OSCAM_CODES_H
#define CC2OSCAM_CODES_H

/* X(id, name, severity, meaning, way out) */
#define CC2OSCAM_CODES(X)                                                                                    \
	/* reading CCcam.cfg */                                                                              \
	X(UNKNOWN_LINE, "unknown-line", ERROR, "The line is none that CCcam knows.",                         \
		"If it is a remark, put a # before it; else compare it with `cc2oscam explain`.")            \
	X(FOREIGN_LANGUAGE, "foreign-language", ERROR,                                                       \
		"The line belongs to another program's configuration (MultiCS and the like), not to CCcam.", \
		"Move these lines by hand; their numbers mean other things there.")                          \
	X(MISSING_FIELD, "missing-field", ERROR, "The line ends before all fields that it needs.",           \
		"Complete the line; `cc2oscam explain` shows its syntax.")                                   \
	X(BAD_NUMBER, "bad-number", ERROR, "A number is not one, or is out of its range.",                   \
		"Ports go from 1 to 65535; CAIDs, idents and service ids are hexadecimal without prefix.")   \
	X(BAD_VALUE, "bad-value", ERROR, "A value holds something that OSCam could not read back.",          \
		"Change the value on both sides, or remove the line.")                                       \
	X(VALUE_TOO_LONG, "value-too-long", ERROR, "OSCam would cut the value and use something else.",      \
		"Agree on a shorter value with the other side.")                                             \
	X(DES_KEY, "des-key", ERROR, "The DES key is not 14 bytes of hexadecimal digits.",                   \
		"Ask the server's owner for the key: 14 pairs of digits, 01 02 .. 14 in most cases.")        \
	X(LIMIT_SYNTAX, "limit-syntax", ERROR, "A { } group cannot be read.",                                \
		"Write { caid:ident:number, ... }, { caid:ident:sid, ... } or { hh:mm-hh:mm, ... }.")        \
	X(SPELLING, "spelling", WARNING,                                                                     \
		"CCcam's documentation calls a line in this spelling void; files that work contain it.",     \
		"Write the letter as a capital, then a colon and a blank; or set spelling = tolerant.")      \
	X(BRACE_BLANKS, "brace-blanks", NOTE, "Blanks are missing inside a { } group; it was read anyway.",  \
		"")                                                                                          \
	X(EXTRA_FIELD, "extra-field", WARNING,                                                               \
		"There are words after the last field that the line can have.",                              \
		"Look whether a blank has slipped into a value.")                                            \
	X(EMPTY_VALUE, "empty-value", NOTE, "The option has no value.", "")                                  \
	X(REPEATED_OPTION, "repeated-option", WARNING,                                                       \
		"The option stands again further down; the last one wins.",                                  \
		"Remove the line that you do not mean.")                                                     \
	/* translating */                                                                                    \
	X(NO_COUNTERPART, "no-counterpart", WARNING, "OSCam has nothing that does this.",                    \
		"`cc2oscam explain` with the line's keyword says more.")                                     \
	X(DUPLICATE_SERVER, "duplicate-server", NOTE, "The same server and login stand on an earlier line.", \
		"")                                                                                          \
	X(DUPLICATE_LIMITS, "duplicate-limits", WARNING,                                                     \
		"The same server and login stand on an earlier line, with other limits or hops.",            \
		"Keep the line that you mean.")                                                              \
	X(DUPLICATE_LOGIN, "duplicate-login", WARNING,                                                       \
		"An earlier line has the same server and user with another password.",                       \
		"Remove the one that no longer works.")                                                      \
	X(DUPLICATE_USER, "duplicate-user", ERROR, "An earlier F line has the same user name.",              \
		"Give every friend a name of his own; OSCam would rename this one.")                         \
	X(LOGIN_NAME_LENGTH, "login-name-length", WARNING,                                                   \
		"CCcam's protocol carries 20 bytes of a user name; the rest never arrives.",                 \
		"Use a name of at most 20 bytes that differs from the others.")                              \
	X(NEWCAMD_STEALTH, "newcamd-stealth", WARNING, "OSCam cannot pose as another newcamd client.",       \
		"If the server refuses the login, ask its owner to accept OSCam.")                           \
	X(NEWCAMD_LOCAL, "newcamd-local", NOTE, "256 hops count as 0: the server's cards pass for our own.", \
		"")                                                                                          \
	X(GBOX_REVIEW, "gbox-review", WARNING, "A gbox peer cannot be carried over without a look by hand.", \
		"Check [gbox] and the peer's own settings; OSCam calls its account by the peer's password.") \
	X(READER_REVIEW, "reader-review", WARNING, "OSCam names or drives this card reader in another way.", \
		"Check protocol and device of the reader by hand.")                                          \
	X(NO_DEVICE, "no-device", NOTE,                                                                      \
		"No line makes the device a card reader, so the option does nothing.",                       \
		"If the card reader exists, add a SERIAL READER line for it.")                               \
	X(DEVICE_MISSING, "device-missing", WARNING,                                                         \
		"The card reader's device is not there; OSCam would wait 20 seconds for it at every start.", \
		"Connect the card reader, then set enable = 1.")                                             \
	X(RATE_LIMIT, "rate-limit", WARNING,                                                                 \
		"OSCam limits the number of channels of a card in another way.",                             \
		"Watch the reader under load, and adjust ratelimitecm and ratelimittime.")                   \
	X(LOAD_BALANCE, "load-balance", WARNING,                                                             \
		"OSCam balances between all readers of a group, not within sets of devices.",                \
		"Put the readers into groups of their own if only some may share the load.")                 \
	X(EMM_PARTIAL, "emm-partial", WARNING, "OSCam takes all EMMs or none of a kind, not a few.", "")     \
	X(ACCESS_WIDENED, "access-widened", WARNING,                                                         \
		"With one group for all, an account shares it with readers beyond its uphops.",              \
		"Set groups = minimal, or per-protocol.")                                                    \
	X(HOPS_RANGE, "hops-range", WARNING, "OSCam counts hops and reshare levels up to 127 only.", "")     \
	X(PER_CARD_HOPS, "per-card-hops", WARNING,                                                           \
		"OSCam has one hop limit for a reader, not one a card; the widest was taken.",               \
		"Where a card must stay out, use ident, caid or services on that reader.")                   \
	X(PER_CARD_RESHARE, "per-card-reshare", WARNING,                                                     \
		"OSCam has one reshare level for an account, not one a card; the narrowest was taken.",      \
		"Set reshare = widest to take the largest instead.")                                         \
	X(LIMIT_EXCEPTION, "limit-exception", WARNING, "OSCam knows no exception from what it refuses.",     \
		"Name what is to be refused one by one.")                                                    \
	X(DENY_ALL, "deny-all", WARNING, "The limits leave no card at all.",                                 \
		"Remove the line, or its limits.")                                                           \
	X(LIMITS_LOST, "limits-lost", ERROR,                                                                 \
		"GLOBAL LIMITS cannot be read, so that accounts without limits of their own are left out.",  \
		"Mend the GLOBAL LIMITS line, or remove it.")                                                \
	X(SERVICE_OVERFLOW, "service-overflow", ERROR, "OSCam knows 64 services; these limits need more.",   \
		"Use the same list on several lines, or shorten the lists.")                                 \
	X(GROUP_OVERFLOW, "group-overflow", ERROR, "OSCam knows 64 groups; these distances need more.",      \
		"Use fewer different uphops, or set groups = single.")                                       \
	X(ACCOUNT_WITHOUT_READER, "account-without-reader", WARNING,                                         \
		"No reader is within this account's uphops; it gets nothing.",                               \
		"Raise its uphops, or add the readers that it should reach.")                                \
	X(ACCOUNT_RENAMED, "account-renamed", NOTE,                                                          \
		"The name for the tuner's account is taken by a friend.", "")                                \
	X(NOTE_UNREAD, "note-unread", WARNING,                                                               \
		"A remark that was to be converted has none of the forms that are.",                         \
		"Write the key that you mean into the section, or the remark in one of the forms.")          \
	X(WEBIF_WITHOUT_PASSWORD, "webif-without-password", WARNING,                                         \
		"The web interface asks for no password.",                                                   \
		"Set WEBINFO USERNAME and WEBINFO PASSWORD, or httpuser and httppwd in oscam.conf.")         \
	X(PORT_CONFLICT, "port-conflict", WARNING, "Two services would listen on one port.",                 \
		"Give one of them another port.")                                                            \
	/* the files beside CCcam.cfg */                                                                     \
	X(SIDE_FILE_MISSING, "side-file-missing", WARNING,                                                   \
		"A file that an option names is not where it was looked for, or cannot be read.",            \
		"Put it beside CCcam.cfg, or name the folder with a copy of the receiver's files by "        \
		"--root.")                                                                                   \
	X(SIDE_FILE_LINES, "side-file-lines", WARNING,                                                       \
		"Some lines of the file that the option names could not be carried over.",                   \
		"The findings of that file say which and why.")                                              \
	X(NAME_QUOTES, "name-quotes", NOTE, "A name is not in quotation marks; it was read anyway.", "")     \
	X(NAME_CHANGED, "name-changed", NOTE, "OSCam would take the name apart, or cut it; it was changed.", \
		"")                                                                                          \
	X(DUPLICATE_NAME, "duplicate-name", NOTE,                                                            \
		"An earlier line has another name for the same channel or provider; the first one is used.", \
		"")                                                                                          \
	X(REPEATED_NAME, "repeated-name", DETAIL, "An earlier line says the same.", "")                      \
	X(PRIO_IDENT, "prio-ident", NOTE,                                                                    \
		"An item of a P: line has more digits than a CAID; it was read as an ident of the CAID "     \
		"before it.",                                                                                \
		"Write caid:ident for each.")                                                                \
	X(PRIO_SID, "prio-sid", NOTE, "Only the first item of a P: line can have a service id.",             \
		"Write a P: line for each channel.")                                                         \
	X(PRIO_NAGRA, "prio-nagra", DETAIL,                                                                  \
		"CCcam looks at no ident of CAIDs 18xx in P: lines, so none is written.", "")                \
	X(REPEATED_PRIO, "repeated-prio", DETAIL, "An earlier item says the same.", "")                      \
	X(CWS_WORDS, "cws-words", DETAIL,                                                                    \
		"The words behind the key of a CWS line (lan, wan, a label, au) mean nothing to OSCam.", "") \
	X(SET_UNUSED, "set-unused", NOTE,                                                                    \
		"A key of the setting `set` belongs to a section that is not written.", "")                  \
	X(LABEL_CHANGED, "label-changed", DETAIL, "The reader's label is not simply its host.", "")          \
	X(SHAREEMUS, "shareemus", DETAIL, "OSCam has no emulator of its own to share.", "")

enum code {
#define CC2OSCAM_CODE(id, name, severity, meaning, way_out) CODE_##id,
	CC2OSCAM_CODES(CC2OSCAM_CODE)
#undef CC2OSCAM_CODE
		CODE_COUNT
};

#endif
