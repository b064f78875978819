/* Every finding that the tool can report: one row a code, read by the findings themselves, by `explain`, by
 * the documentation and by a test that walks all rows. Severity DETAIL: a note that only the report and -v
 * show. The names are stable; the order is that of the documentation. */
#ifndef CC2OSCAM_CODES_H
#define CC2OSCAM_CODES_H

/* X(id, name, severity, meaning, way out) */
#define CC2OSCAM_CODES(X)                                                                                    \
	/* reading CCcam.cfg */                                                                              \
	X(UNKNOWN_LINE, "unknown-line", ERROR, "The line is none that CCcam knows.",                         \
		"If the line is a remark, put a # in front of it. `cc2oscam explain` lists all lines "       \
		"that CCcam knows.")                                                                         \
	X(NOTHING_UNDERSTOOD, "nothing-understood", WARNING,                                                 \
		"No line of the file says anything that CCcam knows.",                                       \
		"Look for the CCcam.cfg that is in use: `cc2oscam locate`.")                                 \
	X(FOREIGN_LANGUAGE, "foreign-language", ERROR,                                                       \
		"The line belongs to another program's configuration (MultiCS and the like), not to CCcam.", \
		"Write these lines in CCcam's language by hand; their numbers mean other things there.")     \
	X(NEWCAMD_LIST, "newcamd-list", ERROR,                                                               \
		"The line is one of newcamd.conf (CWS), which CCcam reads from that file only.",             \
		"Name this file newcamd.conf. Put a CCcam.cfg with the line NEWCAMD CONF : yes beside it, "  \
		"and "                                                                                       \
		"convert that CCcam.cfg.")                                                                   \
	X(MISSING_FIELD, "missing-field", ERROR, "The line ends before all fields that it needs.",           \
		"Complete the line. `cc2oscam explain C` shows how a C line is written; other lines in "     \
		"the same way.")                                                                             \
	X(BAD_NUMBER, "bad-number", ERROR, "A number cannot be read, or is out of its range.",               \
		"Write a number within the range that the message names.")                                   \
	X(BAD_VALUE, "bad-value", ERROR, "A value holds something that OSCam could not read back.",          \
		"Change the value, here and at the other side of the connection; or remove the line.")       \
	X(VALUE_TOO_LONG, "value-too-long", ERROR,                                                           \
		"The value is longer than OSCam can keep; OSCam would use only its start.",                  \
		"Agree with the other side on a shorter value.")                                             \
	X(DES_KEY, "des-key", ERROR, "The DES key is not 14 bytes of hexadecimal digits.",                   \
		"Ask the server's owner for the key: 14 pairs of digits, 01 02 .. 14 in most cases.")        \
	X(LIMIT_SYNTAX, "limit-syntax", ERROR, "A { } group cannot be read.",                                \
		"Write limits like { 0:0:2, 0100:000080:1 }, channels like { 0100:000080:0df3 }, hours "     \
		"like { 08:00-23:30 }.")                                                                     \
	X(SPELLING, "spelling", WARNING,                                                                     \
		"CCcam's documentation says that a line in this spelling does nothing; but files that "      \
		"work contain such lines.",                                                                  \
		"Write a capital letter, a colon and a blank. To take such F lines as they are: --set "      \
		"spelling=tolerant")                                                                         \
	X(HEX_PREFIX, "hex-prefix", NOTE,                                                                    \
		"CCcam writes hexadecimal numbers without 0x; the number was read anyway.", "")              \
	X(MARKUP, "markup", WARNING, "The line holds markup of a forum or a web page.",                      \
		"Remove the markup from the line, unless it is really a part of the value.")                 \
	X(INVISIBLE_CHARACTER, "invisible-character", WARNING,                                               \
		"The line holds a character that nobody sees.",                                              \
		"Type this place of the line again, unless the character is really a part of the value.")    \
	X(BRACE_BLANKS, "brace-blanks", NOTE, "Blanks are missing inside a { } group; it was read anyway.",  \
		"")                                                                                          \
	X(EXTRA_FIELD, "extra-field", WARNING, "There are more words than the line has fields.",             \
		"Look whether a blank has slipped into a value.")                                            \
	X(EMPTY_VALUE, "empty-value", NOTE, "The option has no value.", "")                                  \
	X(REPEATED_OPTION, "repeated-option", WARNING,                                                       \
		"The option stands again further down, and the last line counts.",                           \
		"Remove the line that you do not mean.")                                                     \
	/* translating */                                                                                    \
	X(NO_COUNTERPART, "no-counterpart", WARNING, "OSCam has nothing that does this.",                    \
		"`cc2oscam explain` says what becomes of each line.")                                        \
	X(DUPLICATE_SERVER, "duplicate-server", NOTE, "The same server and login stand on an earlier line.", \
		"")                                                                                          \
	X(DUPLICATE_LIMITS, "duplicate-limits", WARNING,                                                     \
		"The same server and login stand on another line, with other limits or hops.",               \
		"Keep the line that you mean.")                                                              \
	X(DUPLICATE_LOGIN, "duplicate-login", WARNING,                                                       \
		"An earlier line has the same server and user with another password.",                       \
		"Remove the line whose password no longer works.")                                           \
	X(DUPLICATE_USER, "duplicate-user", ERROR, "An earlier F line has the same user name.",              \
		"Give every friend a user name of his own. OSCam would rename the second one, and nobody "   \
		"could log in.")                                                                             \
	X(NEWCAMD_STEALTH, "newcamd-stealth", WARNING, "OSCam cannot pose as another newcamd client.",       \
		"If the server refuses the login, ask its owner to accept OSCam.")                           \
	X(NEWCAMD_LOCAL, "newcamd-local", NOTE,                                                              \
		"256 hops count as 0: the cards of the server count as cards of this receiver.", "")         \
	X(GBOX_REVIEW, "gbox-review", WARNING, "A gbox peer needs a look by hand.",                          \
		"Check [gbox] and the peer's own settings. OSCam calls the peer's account by the peer's "    \
		"password.")                                                                                 \
	X(READER_REVIEW, "reader-review", WARNING, "OSCam names or drives this card reader in another way.", \
		"Check protocol and device of the reader by hand.")                                          \
	X(NO_DEVICE, "no-device", NOTE,                                                                      \
		"No line makes a card reader of this device, so the option does nothing.",                   \
		"If the card reader exists, write SERIAL READER : and its device.")                          \
	X(DEVICE_MISSING, "device-missing", WARNING,                                                         \
		"The card reader's device is not there; OSCam would wait 20 seconds for it at every "        \
		"start.",                                                                                    \
		"Connect the card reader, then set enable = 1 in its section of oscam.server.")              \
	X(RATE_LIMIT, "rate-limit", WARNING,                                                                 \
		"OSCam limits the number of channels of a card in another way.",                             \
		"Watch the reader under load, and adjust ratelimitecm and ratelimittime.")                   \
	X(LOAD_BALANCE, "load-balance", WARNING,                                                             \
		"OSCam balances between all readers of a group, not within sets of devices.",                \
		"If only some readers may share the load, put them into a group of their own.")              \
	X(EMM_PARTIAL, "emm-partial", WARNING, "OSCam takes all EMMs or none of a kind, not a few.", "")     \
	X(ACCESS_WIDENED, "access-widened", WARNING,                                                         \
		"With one group for all, an account shares it with readers beyond its uphops.",              \
		"Give each distance groups of its own: --set groups=minimal")                                \
	X(HOPS_RANGE, "hops-range", WARNING, "OSCam counts hops and reshare levels up to 127 only.", "")     \
	X(PER_CARD_HOPS, "per-card-hops", WARNING,                                                           \
		"OSCam has one hop limit for a reader, not one for each card; the widest limit was taken.",  \
		"If a card must stay out, set ident, caid or services on that reader.")                      \
	X(PER_CARD_RESHARE, "per-card-reshare", WARNING,                                                     \
		"OSCam has one reshare level for an account, not one for each card; the lowest level was "   \
		"taken.",                                                                                    \
		"To take the highest level: --set reshare=widest")                                           \
	X(LIMIT_EXCEPTION, "limit-exception", WARNING, "OSCam knows no exception from what is refused.",     \
		"Write each card that is to be refused.")                                                    \
	X(IDENT_WIDE, "ident-wide", WARNING,                                                                 \
		"OSCam finds an ident in requests of CAIDs 01xx, 05xx, 0Dxx and 18xx only, so that a limit " \
		"by ident cannot be said of others.",                                                        \
		"Leave the ident out where the whole CAID is meant.")                                        \
	X(TVHEADEND_CLIENT, "tvheadend-client", NOTE,                                                        \
		"TVHeadend reaches OSCam by a CA client, which has to be set up there.",                     \
		"In TVHeadend: Configuration, CAs, Add.")                                                    \
	X(TVHEADEND_OPEN, "tvheadend-open", WARNING,                                                         \
		"The port for TVHeadend asks for no password, and is open to the network.",                  \
		"Let no other machine reach the port; or, for an OSCam from 2.26.01 on, name its version: "  \
		"--target oscam-2.26.05")                                                                    \
	X(TVHEADEND_DIFFERS, "tvheadend-differs", WARNING,                                                   \
		"[dvbapi] says something else than TVHeadend needs.",                                        \
		"Change the line in oscam.conf, or convert again with --set boxtype=pc --set "               \
		"dvbapi.pmt_mode=4 --set dvbapi.listen_port=9000")                                           \
	X(DENY_ALL, "deny-all", WARNING, "The limits leave no card at all.",                                 \
		"Remove the line, or its limits.")                                                           \
	X(LIMITS_LOST, "limits-lost", ERROR,                                                                 \
		"GLOBAL LIMITS cannot be read, so that accounts without limits of their own are left out.",  \
		"Correct the GLOBAL LIMITS line, or remove it.")                                             \
	X(CHANNELS_LOST, "channels-lost", ERROR,                                                             \
		"The list of channels of a card reader cannot be read, so the reader is not enabled.",       \
		"Correct the line, then convert again.")                                                     \
	X(SERVICE_OVERFLOW, "service-overflow", ERROR, "OSCam knows 64 services; these limits need more.",   \
		"Use the same list on several lines, or shorten the lists.")                                 \
	X(GROUP_OVERFLOW, "group-overflow", ERROR, "OSCam knows 64 groups; these distances need more.",      \
		"Use fewer different uphops, or put all into one group: --set groups=single")                \
	X(ACCOUNT_WITHOUT_READER, "account-without-reader", WARNING,                                         \
		"No reader is within this account's uphops; it gets nothing.",                               \
		"Raise its uphops, or add the readers that it should reach.")                                \
	X(ACCOUNT_RENAMED, "account-renamed", NOTE,                                                          \
		"The name for the tuner's account is taken by a friend.", "")                                \
	X(NOTE_UNREAD, "note-unread", WARNING, "A remark that was to be converted cannot be read.",          \
		"Write the remark in one of the forms that the message names, or set the key in the "        \
		"section by hand.")                                                                          \
	/* merging into files of OSCam's */                                                                  \
	X(MERGE_MATCHED, "merge-matched", DETAIL,                                                            \
		"The existing reader for this line has a label of its own, and keeps it.", "")               \
	X(MERGE_LABEL, "merge-label", NOTE,                                                                  \
		"The name is taken in the existing files; the new section got another one.", "")             \
	X(MERGE_NAME, "merge-name", WARNING,                                                                 \
		"An existing reader is called like this user; OSCam would not serve him from it.",           \
		"Give that reader another label, also where au names it.")                                   \
	X(MERGE_CHANGED, "merge-changed", NOTE,                                                              \
		"Keys of the existing section were changed, added or taken out.", "")                        \
	X(MERGE_KEPT, "merge-kept", NOTE,                                                                    \
		"The existing section has keys that nothing in CCcam.cfg asks for; they stay.",              \
		"Remove them by hand if they are not wanted any more.")                                      \
	X(MERGE_LOGIN, "merge-login", WARNING,                                                               \
		"A reader of this name is there with another user or place; it becomes that of the line.",   \
		"To keep both, give the existing reader another label first.")                               \
	X(MERGE_SHARED, "merge-shared", WARNING,                                                             \
		"Accounts that no line is about use the existing reader, and would get other cards by it; "  \
		"the line has a reader of its own.",                                                         \
		"If these accounts may have the cards of the line, change the existing reader by hand, "     \
		"and remove the new one.")                                                                   \
	X(MERGE_DOUBLE, "merge-double", WARNING,                                                             \
		"A further reader of the same server and login stays as it is, and a friend reaches it.",    \
		"Remove that reader from oscam.server, or take its group from the friend's account, if he "  \
		"is to get what CCcam.cfg says.")                                                            \
	X(MERGE_GROUPS, "merge-groups", WARNING,                                                             \
		"A group would lead to readers that CCcam.cfg does not grant; it was taken from the "        \
		"account.",                                                                                  \
		"To let the account reach other readers of that group, look at its limits and put the "      \
		"number back, or give those readers a group of their own.")                                  \
	X(MERGE_LIMITS, "merge-limits", WARNING,                                                             \
		"The account had limits of its own, and those of CCcam.cfg take their place.",               \
		"Look at the account's lines in `cc2oscam diff --merge`. What is to stay has to be put "     \
		"back by hand.")                                                                             \
	X(MERGE_OPEN, "merge-open", WARNING,                                                                 \
		"The port for friends was not open before, and existing accounts have no password.",         \
		"Set pwd in each of these accounts, or allowedprotocols = dvbapi.")                          \
	X(MERGE_REPEATED, "merge-repeated", WARNING,                                                         \
		"A list of addresses stands twice, and OSCam would end at its start; the last list was "     \
		"kept.",                                                                                     \
		"Look whether the last list is the one that you mean.")                                      \
	X(MERGE_LAST, "merge-last", NOTE,                                                                    \
		"OSCam kept an incomplete section only because it was the last of its file.",                \
		"Complete the section, or remove it.")                                                       \
	/* the files beside CCcam.cfg */                                                                     \
	X(SIDE_FILE_MISSING, "side-file-missing", WARNING,                                                   \
		"A file that an option names is not where it was looked for, or cannot be read.",            \
		"Put the file beside CCcam.cfg, or name a folder with a copy of the receiver: --root DIR")   \
	X(SIDE_FILE_ELSEWHERE, "side-file-elsewhere", NOTE,                                                  \
		"The file that an option names is not there; the one at another known place was read.",      \
		"Name that file in CCcam.cfg if it is the right one, else remove the option.")               \
	X(SIDE_FILE_UNNAMED, "side-file-unnamed", NOTE,                                                      \
		"A side file of CCcam's is there, but no option names it, so that it was not read.",         \
		"If CCcam used the file, add the line that names it; else nothing is missing.")              \
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
	X(NAME_IDENTS, "name-idents", NOTE,                                                                  \
		"A line names several idents of one CAID; each of them got a row.",                          \
		"Write caid:ident:sid for each.")                                                            \
	X(PRIO_IDENT, "prio-ident", NOTE,                                                                    \
		"A line names several idents of one CAID; each of them got a row.",                          \
		"Write caid:ident or caid:ident:sid for each.")                                              \
	X(PRIO_SID, "prio-sid", NOTE, "Only the first item of a P: line can have a service id.",             \
		"Write a P: line for each channel.")                                                         \
	X(CARD_UNCLEAR, "card-unclear", ERROR,                                                               \
		"A list of cards can be read in two ways, so that nothing is written for the line.",         \
		"Write a line for each card, as caid:ident:sid, the ident with six digits.")                 \
	X(PRIO_LIST_SPLIT, "prio-list-split", DETAIL,                                                        \
		"CCcam skips a P: line for channels that lack one of its systems; OSCam takes the rows "     \
		"made of it one by one.",                                                                    \
		"")                                                                                          \
	X(PRIO_NAGRA, "prio-nagra", DETAIL,                                                                  \
		"CCcam looks at no ident of CAIDs 18xx in P: lines, so none is written.", "")                \
	X(REPEATED_PRIO, "repeated-prio", DETAIL, "An earlier item says the same.", "")                      \
	X(CWS_WORDS, "cws-words", DETAIL,                                                                    \
		"The words behind the key of a CWS line (lan, wan, a label, au) mean nothing to OSCam.", "") \
	X(SET_UNUSED, "set-unused", NOTE,                                                                    \
		"A key of the setting `set` belongs to a section that is not written, so the key does "      \
		"nothing.",                                                                                  \
		"")                                                                                          \
	X(SET_LEFT_OUT, "set-left-out", WARNING,                                                             \
		"A key of the setting `set` is not in your own templates, and is not written.",              \
		"Let the template go through all keys: "                                                     \
		"{{#keys}}{{name}}= {{value}}{{/keys}}, each of the three parts on a line of its own.")      \
	X(LABEL_CHANGED, "label-changed", DETAIL, "The reader's label is not simply its host.", "")          \
	X(SHAREEMUS, "shareemus", DETAIL, "OSCam has no emulator of its own to share.", "")                  \
	X(DOUBLE_LOGIN, "double-login", NOTE,                                                                \
		"Existing accounts have no uniq: OSCam lets any number log in at once with one name.",       \
		"Set uniq = 3 in these accounts, as for new ones; CCcam serves a user name once.")           \
	/* translating and checking */                                                                       \
	X(NAMES_MANY, "names-many", WARNING,                                                                 \
		"With more than 2000 names of channels OSCam warns of its load: it looks for a name with "   \
		"every request.",                                                                            \
		"Keep the names of the channels that you watch, or leave oscam.srvid2 out.")                 \
	X(SRVID_SHADOWED, "srvid-shadowed", WARNING,                                                         \
		"OSCam reads oscam.srvid only where there is no oscam.srvid2; its names are not shown.",     \
		"Move its names to oscam.srvid2, as SERVICE:CAID@IDENT|name|type|description|provider, and " \
		"remove oscam.srvid.")                                                                       \
	X(DVBAPI_WITHOUT_AU, "dvbapi-without-au", NOTE,                                                      \
		"Without au in [dvbapi] OSCam starts no EMM filter, and a card in the receiver loses its "   \
		"rights after some weeks.",                                                                  \
		"Set au = 1 in [dvbapi], unless no card is to be updated.")                                  \
	X(ALL_READERS_AT_ONCE, "all-readers-at-once", NOTE,                                                  \
		"Without lb_mode every request goes to all servers at once; CCcam asks one and goes on to "  \
		"the next.",                                                                                 \
		"Set lb_mode = 1 in [global].")                                                              \
	X(IPV6_HOST, "ipv6-host", WARNING,                                                                   \
		"Only an OSCam that was built for IPv6 can connect to an IPv6 address.",                     \
		"Use a host name or an IPv4 address.")                                                       \
	X(PORT_PRIVILEGED, "port-privileged", WARNING, "Ports below 1024 can only be opened by root.",       \
		"Use a port from 1024 on, unless OSCam runs as root.")                                       \
	X(LOGIN_NAME_LENGTH, "login-name-length", WARNING,                                                   \
		"CCcam's protocol carries 20 bytes of a user name and 64 of a password; the rest never "     \
		"arrives.",                                                                                  \
		"Use a name of at most 20 bytes that differs from the others, and a password of at most "    \
		"64.")                                                                                       \
	X(PORT_CONFLICT, "port-conflict", WARNING,                                                           \
		"Two services listen on one port; only one of them can open it.",                            \
		"Give one of them another port.")                                                            \
	X(WEBIF_WITHOUT_PASSWORD, "webif-without-password", WARNING,                                         \
		"The web interface asks for no password: everybody whom httpallowed lets in may change "     \
		"everything.",                                                                               \
		"Set httpuser and httppwd in oscam.conf, both; in CCcam.cfg they are WEBINFO USERNAME and "  \
		"WEBINFO PASSWORD.")                                                                         \
	X(NEEDS_EMU, "needs-emu", NOTE,                                                                      \
		"Only OSCam with the emulator (oscam-emu) and NCam know this; the others ignore it.",        \
		"If your OSCam has the emulator, say so: --target oscam-emu")                                \
	/* checking OSCam's files */                                                                         \
	X(BYTE_ORDER_MARK, "byte-order-mark", ERROR,                                                         \
		"The file starts with a byte order mark, which belongs to the first line for OSCam: a "      \
		"header there is not seen.",                                                                 \
		"Save the file as UTF-8 without a byte order mark.")                                         \
	X(CARRIAGE_RETURN, "carriage-return", ERROR,                                                         \
		"Carriage returns without line feeds end no line for OSCam: several lines are one to it.",   \
		"Save the file with line feeds (LF) at its line ends; CR LF works too.")                     \
	X(ZERO_BYTE, "zero-byte", ERROR,                                                                     \
		"For OSCam the line ends at a zero byte; what stands behind it is lost.",                    \
		"Save the file as plain text, UTF-8 and not UTF-16.")                                        \
	X(LONG_LINE, "long-line", ERROR,                                                                     \
		"OSCam reads at most 16383 bytes as one line; the rest is a line of its own to it.",         \
		"Shorten the line, or spread it over several settings.")                                     \
	X(HEADER_UNSEEN, "header-unseen", ERROR,                                                             \
		"A header must begin with [ and end with ], and nothing else may stand on its line; this "   \
		"one is not seen, and the settings below it go to the section above.",                       \
		"Put comments on a line of their own, and no tab in front of the header.")                   \
	X(LEADING_TAB, "leading-tab", ERROR,                                                                 \
		"OSCam keeps a tab at the start of a line as a part of the name, and does not know the "     \
		"setting.",                                                                                  \
		"Use blanks in place of the tab, or nothing.")                                               \
	X(TAB_IN_VALUE, "tab-in-value", ERROR, "OSCam keeps a tab behind the = as a part of the value.",     \
		"Use a blank in place of the tab.")                                                          \
	X(COMMENT_MARK, "comment-mark", NOTE,                                                                \
		"Only a # at the start of a line begins a comment; OSCam takes the line for an unknown "     \
		"setting, and warns.",                                                                       \
		"Put a # at the start of the line.")                                                         \
	X(COMMENT_IN_VALUE, "comment-in-value", WARNING,                                                     \
		"OSCam knows no comments behind values: this one is a part of the value.",                   \
		"Put the comment on a line of its own.")                                                     \
	X(LINE_SKIPPED, "line-skipped", WARNING,                                                             \
		"The line is no header, no comment and no NAME = VALUE; OSCam skips it in silence.",         \
		"Write NAME = VALUE, or put a # in front of it.")                                            \
	X(SETTING_BEFORE_HEADER, "setting-before-header", ERROR,                                             \
		"Settings above the first header are dropped in silence.",                                   \
		"Put the header of their section above them.")                                               \
	X(UNKNOWN_SECTION, "unknown-section", ERROR,                                                         \
		"OSCam knows no such section, and drops all settings below it.",                             \
		"Correct the header, or remove the section.")                                                \
	X(UNKNOWN_SETTING, "unknown-setting", WARNING, "OSCam knows no such setting, and ignores it.",       \
		"Correct its name, or remove the line.")                                                     \
	X(SETTING_VERSION, "setting-version", NOTE,                                                          \
		"Only some versions of OSCam know this; the others ignore it.",                              \
		"Say which OSCam you have, for example --target oscam-emu.")                                 \
	X(MISPLACED_SETTING, "misplaced-setting", WARNING,                                                   \
		"The setting belongs to another section; here OSCam ignores it.",                            \
		"Move the line to the section that is named.")                                               \
	X(FOLK_SETTING, "folk-setting", WARNING,                                                             \
		"Guides name this setting, but OSCam does not know it here, and ignores it.",                \
		"Use what the finding names, or remove the line.")                                           \
	X(REPEATED_SETTING, "repeated-setting", WARNING,                                                     \
		"The setting stands twice in a section; the last one wins.",                                 \
		"Remove the line that you do not mean.")                                                     \
	X(REPEATED_RANGES, "repeated-ranges", ERROR,                                                         \
		"A setting that holds address ranges stands twice; OSCam crashes at start.",                 \
		"Keep one line with all ranges, commas between.")                                            \
	X(NOT_A_NUMBER, "not-a-number", ERROR,                                                               \
		"OSCam reads the digits at the start of a number, and takes 0 without any.",                 \
		"Write a plain decimal number; 1 for yes and 0 for no.")                                     \
	X(NUMBER_WRAPS, "number-wraps", ERROR,                                                               \
		"The number is too large for OSCam, and another one comes out.",                             \
		"Write a number within the range.")                                                          \
	X(NUMBER_CHANGED, "number-changed", WARNING,                                                         \
		"The number is outside what OSCam allows, and it takes another one.",                        \
		"Write the number that OSCam takes, or one within the range.")                               \
	X(SECONDS, "seconds", NOTE, "OSCam takes so small a number for seconds, and keeps milliseconds.",    \
		"Write the milliseconds: 5000 for five seconds.")                                            \
	X(EMULATOR_DELAY, "emulator-delay", NOTE,                                                            \
		"With the tuner's interface on, an OSCam with the emulator waits 60 milliseconds at least.", \
		"Write delayer = 60, or leave the line if your OSCam has no emulator.")                      \
	X(TIMEOUT_UNIT, "timeout-unit", WARNING, "The time is in milliseconds, and very short.",             \
		"Write milliseconds: 5000 for five seconds.")                                                \
	X(VALUE_CUT, "value-cut", ERROR, "The value is longer than OSCam's room for it, and cut.",           \
		"Use a shorter value, on both sides where it is a login.")                                   \
	X(KEY_DIGITS, "key-digits", ERROR,                                                                   \
		"A key, serial number or hexadecimal value is not in the form that OSCam reads.",            \
		"Write the digits in one word, without blanks or 0x, as many as the finding says.")          \
	X(UNKNOWN_WORD, "unknown-word", WARNING,                                                             \
		"The word is none of those that OSCam knows here, and it takes another one.",                \
		"Use one of OSCam's words, in small letters.")                                               \
	X(VALUE_RANGE, "value-range", WARNING,                                                               \
		"The number is none of those that mean something to OSCam here.",                            \
		"Write one of the numbers that the finding names.")                                          \
	X(LIST_ITEM, "list-item", ERROR,                                                                     \
		"OSCam drops items of a list that it cannot read, and cuts those that are too long.",        \
		"Write hexadecimal numbers with commas between.")                                            \
	X(ADDRESS_FORM, "address-form", ERROR,                                                               \
		"OSCam reads IPv4 addresses here; it looks up no host names.",                               \
		"Write addresses like 192.0.2.1, or ranges like 192.0.2.1-192.0.2.9, with commas between.")  \
	X(GROUP_FORM, "group-form", ERROR,                                                                   \
		"Groups are numbers from 1 to 64 with commas between; OSCam drops or cuts everything else.", \
		"Write each group: 1,2,3.")                                                                  \
	X(CAID_FORM, "caid-form", ERROR,                                                                     \
		"A list of CAIDs holds items that OSCam reads otherwise, or drops.",                         \
		"Write four hexadecimal digits for each, with commas between; 1800&FF00 for all that begin " \
		"with 18.")                                                                                  \
	X(IDENT_FORM, "ident-form", ERROR,                                                                   \
		"A list of the form CAID:PROVIDER,PROVIDER;CAID:PROVIDER has parts that OSCam drops.",       \
		"Write CAID:PROVIDER, commas between providers, semicolons between CAIDs, no 0x.")           \
	X(CLASS_FORM, "class-form", ERROR,                                                                   \
		"Classes are bytes of two hexadecimal digits, with ! in front to block one.",                \
		"Write them like 01,02,!0b.")                                                                \
	X(RESPELLED, "respelled", DETAIL, "OSCam understands the value, and saves it in another form.",      \
		"You need not change it.")                                                                   \
	X(BETATUNNEL_FORM, "betatunnel-form", ERROR,                                                         \
		"OSCam drops or changes items of betatunnel that it cannot read.",                           \
		"Write CAID.SERVICE:CAID like 1833.FFFF:1702, with commas between.")                         \
	X(TIMEFRAME_FORM, "timeframe-form", ERROR, "OSCam does not take these hours as they are written.",   \
		"Write DAY@HH:MM-HH:MM,HH:MM-HH:MM;DAY@HH:MM-HH:MM with one day each (MON .. SUN, or ALL).") \
	X(EXPDATE_FORM, "expdate-form", ERROR,                                                               \
		"OSCam reads year, month and day in this order, and takes another date.",                    \
		"Write YYYY-MM-DD.")                                                                         \
	X(AU_FORM, "au-form", ERROR, "au is 1 for all readers, or a list of labels without blanks.",         \
		"Write the labels with commas and no blanks between; 1 for all readers.")                    \
	X(PROTOCOLS_UNKNOWN, "protocols-unknown", ERROR,                                                     \
		"allowedprotocols names something that OSCam does not know; when nothing is left of it, "    \
		"everything is allowed.",                                                                    \
		"Use OSCam's words in small letters, with commas and no blanks between.")                    \
	X(PORT_RANGE, "port-range", ERROR, "A port is not one from 1 to 65535.",                             \
		"Write a port from 1 to 65535.")                                                             \
	X(PORT_TABLE, "port-table", ERROR, "OSCam does not open these ports, or not with these filters.",    \
		"Write PORT{KEY}@CAID:PROVIDER for each port, semicolons between, one CAID a port.")         \
	X(WEBIF_FORBIDDEN, "webif-forbidden", ERROR,                                                         \
		"Without httpallowed the web interface answers everybody with 403, also on the box itself.", \
		"Set httpallowed to the addresses that may see it, like "                                    \
		"127.0.0.1,192.168.0.0-192.168.255.255.")                                                    \
	X(WEBIF_OPEN, "webif-open", WARNING,                                                                 \
		"The web interface asks for no password, and is open to more than private addresses.",       \
		"Set httpuser and httppwd, or restrict httpallowed.")                                        \
	X(RADEGAST_CLOSED, "radegast-closed", WARNING,                                                       \
		"Without allowed the radegast server refuses everybody.",                                    \
		"Set allowed to the addresses of the clients.")                                              \
	X(WORLD_READABLE, "world-readable", WARNING,                                                         \
		"The file holds passwords or keys, and others on this machine can read it.",                 \
		"Let only the owner read the file: chmod 600")                                               \
	X(UNKNOWN_PROTOCOL, "unknown-protocol", ERROR,                                                       \
		"OSCam knows no such protocol; it switches the reader off, and drops it unless it is the "   \
		"last one.",                                                                                 \
		"Use one of OSCam's words, in small letters.")                                               \
	X(READER_LOST, "reader-lost", ERROR,                                                                 \
		"A reader needs a label and a protocol that OSCam knows; this one vanishes in silence.",     \
		"Give the reader a label and a protocol.")                                                   \
	X(READER_LEAK, "reader-leak", ERROR,                                                                 \
		"A reader without a label or protocol of its own takes that of the section above, which "    \
		"OSCam dropped.",                                                                            \
		"Give every reader a label and a protocol.")                                                 \
	X(LABEL_BLANK, "label-blank", WARNING,                                                               \
		"OSCam writes _ in place of the blanks of a label; references with blanks do not find it.",  \
		"Write the label with _ here and in au.")                                                    \
	X(DUPLICATE_LABEL, "duplicate-label", WARNING,                                                       \
		"Two readers have one label; both run, but au and the web interface find only the first.",   \
		"Give every reader a label of its own.")                                                     \
	X(LABEL_IS_USER, "label-is-user", WARNING,                                                           \
		"OSCam never serves a user from a reader with the same name (block_same_name).",             \
		"Rename the reader.")                                                                        \
	X(DEVICE_FORM, "device-form", ERROR,                                                                 \
		"The device is not in the form that OSCam takes apart: host,port for servers, a path for "   \
		"card readers.",                                                                             \
		"Write device = host,port.")                                                                 \
	X(DEVICE_WITHOUT_PORT, "device-without-port", ERROR,                                                 \
		"The device of a server has no port, and OSCam cannot connect.",                             \
		"Write device = host,port.")                                                                 \
	X(READER_WITHOUT_DEVICE, "reader-without-device", ERROR,                                             \
		"Without a device OSCam keeps the reader, but never starts it.",                             \
		"Set device = host,port, or the path of the card reader.")                                   \
	X(DEVICE_SHARED, "device-shared", ERROR,                                                             \
		"Two readers that are switched on have one device; only one of them gets the card.",         \
		"Give each reader a device of its own, or set enable = 0 in one of them.")                   \
	X(READER_WITHOUT_LOGIN, "reader-without-login", ERROR,                                               \
		"Without user and password OSCam does not connect.", "Set user and password.")               \
	X(NEWCAMD_IDLE, "newcamd-idle", NOTE,                                                                \
		"A newcamd reader connects at the first request only, not at start.",                        \
		"Set connectoninit = 1, or inactivitytimeout = -1 to stay connected.")                       \
	X(VALUE_REPLACED, "value-replaced", WARNING,                                                         \
		"OSCam takes another value in place of this one when it runs.",                              \
		"Write the value that you mean, within what OSCam takes.")                                   \
	X(VERSION_UNKNOWN, "version-unknown", WARNING,                                                       \
		"OSCam does not know this version of CCcam, and calls itself another one.",                  \
		"Use 2.0.11, 2.1.1 to 2.1.4, 2.2.0, 2.2.1, or 2.3.0 to 2.3.2, or none.")                     \
	X(SETTING_UNUSED, "setting-unused", NOTE, "The setting has no effect here.", "Remove the line.")     \
	X(ACCOUNT_WITHOUT_USER, "account-without-user", ERROR,                                               \
		"An account without a user is kept, with an empty name.",                                    \
		"Set user, or remove the section.")                                                          \
	X(ACCOUNT_WITHOUT_PASSWORD, "account-without-password", WARNING,                                     \
		"Everybody who knows the name can log in over the network.",                                 \
		"Set pwd, or allowedprotocols = dvbapi for the receiver's own tuner.")                       \
	X(DUPLICATE_ACCOUNT, "duplicate-account", ERROR,                                                     \
		"The name is taken; OSCam appends _x to it, and the login needs that.",                      \
		"Give every account a name of its own.")                                                     \
	X(USERS_ALIKE, "users-alike", WARNING,                                                               \
		"CCcam's protocol carries 20 bytes of a user name, and two names are equal in them.",        \
		"Choose names that differ in their first 20 bytes.")                                         \
	X(LOGIN_REFUSED, "login-refused", WARNING, "With cccmaxhops below -1 a CCcam client cannot log in.", \
		"Set cccmaxhops to the hops that the account may see; -1 for no cards.")                     \
	X(NO_GROUP, "no-group", WARNING, "Without a group no reader serves an account.",                     \
		"Set group to the groups of the readers and accounts that belong together.")                 \
	X(ACCOUNT_REACHES_NONE, "account-reaches-none", WARNING,                                             \
		"The account shares no group with any reader, and gets nothing.",                            \
		"Give the account one of the readers' groups.")                                              \
	X(READER_UNREACHED, "reader-unreached", WARNING,                                                     \
		"The reader shares no group with any account, and serves nobody.",                           \
		"Give the reader a group that an account has.")                                              \
	X(AU_UNKNOWN, "au-unknown", WARNING, "au names no reader; OSCam forgets the label in silence.",      \
		"Write the label as it stands in oscam.server, capitals and all.")                           \
	X(DVBAPI_USER, "dvbapi-user", ERROR,                                                                 \
		"The receiver's own tuner uses an account that is not there, and the picture stays dark.",   \
		"Set user in [dvbapi] to the user of an account, capitals and all.")                         \
	X(SERVICES_UNKNOWN, "services-unknown", ERROR,                                                       \
		"services names no section of oscam.services; OSCam forgets it in silence, and the limit "   \
		"with it.",                                                                                  \
		"Add the section to oscam.services, or correct the name.")                                   \
	X(SERVICES_MISSING, "services-missing", NOTE,                                                        \
		"Readers or accounts name services, but oscam.services is not there; OSCam forgets the "     \
		"names, and the limits with them.",                                                          \
		"Put oscam.services into the folder, or remove the services lines.")                         \
	X(DUPLICATE_SERVICE, "duplicate-service", WARNING,                                                   \
		"Two sections of oscam.services have one name; only the first is found.",                    \
		"Give every section a name of its own.")                                                     \
	X(SERVICES_MANY, "services-many", ERROR, "OSCam knows 64 sections of oscam.services.",               \
		"Merge sections with the same use.")                                                         \
	X(ROW_HIDDEN, "row-hidden", WARNING,                                                                 \
		"An I: row stands behind a P: row for the same cards, so that OSCam never takes it.",        \
		"Move the I: row in front of the P: row.")                                                   \
	X(ROW_SKIPPED, "row-skipped", WARNING,                                                               \
		"The line is not in the form of its file; OSCam skips or cuts it.",                          \
		"Correct the line, or put a # in front of it.")

enum code {
#define CC2OSCAM_CODE(id, name, severity, meaning, way_out) CODE_##id,
	CC2OSCAM_CODES(CC2OSCAM_CODE)
#undef CC2OSCAM_CODE
		CODE_COUNT,
	CODE_FIRST_CHECK = CODE_NAMES_MANY,          /* check says it and what follows */
	CODE_FIRST_CHECK_ONLY = CODE_BYTE_ORDER_MARK /* convert says what stands before it */
};

#endif
