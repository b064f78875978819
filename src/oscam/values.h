/* What the readers of OSCam's values share: a canonical text that grows in the arena, the taking apart of
 * lists as OSCam does it, and the names of the functions that schema.def refers to. */
#ifndef CC2OSCAM_VALUES_H
#define CC2OSCAM_VALUES_H

#include "cc2oscam/schema.h"

/* One for each `function` of schema.def. */
enum schema_function {
	FN_none,
	FN_disablelog_fn,
	FN_loghistorylines_fn,
	FN_serverip_fn,
	FN_logfile_fn,
	FN_caidvaluetab_fn,
	FN_check_caidtab_fn,
	FN_chk_ftab_fn,
	FN_iprange_fn,
	FN_http_port_fn,
	FN_http_dyndns_fn,
	FN_cacheex_cwcheck_tab_fn,
	FN_cacheex_valuetab_fn,
	FN_group_fn,
	FN_ftab_fn,
	FN_cacheex_hitvaluetab_fn,
	FN_porttab_camd35_fn,
	FN_porttab_fn,
	FN_cccam_port_fn,
	FN_gbox_port_fn,
	FN_gbox_password_fn,
	FN_gbox_my_vers_fn,
	FN_gbox_my_cpu_api_fn,
	FN_gbox_ignored_peer_fn,
	FN_accept_remm_peer_fn,
	FN_gbox_block_ecm_fn,
	FN_gbox_proxy_card_fn,
	FN_gbox_dest_peers_fn,
	FN_gbox_msg_txt_fn,
	FN_dvbapi_boxtype_fn,
	FN_dvbapi_services_fn,
	FN_dvbapi_caidtab_fn,
	FN_reader_label_fn,
	FN_protocol_fn,
	FN_device_fn,
	FN_reader_services_fn,
	FN_reader_lb_services_fn,
	FN_reader_caid_fn,
	FN_atr_fn,
	FN_boxid_fn,
	FN_boxkey_fn,
	FN_rsakey_fn,
	FN_cwpkkey_fn,
	FN_deskey_fn,
	FN_param_fn,
	FN_ins7E_fn,
	FN_ins42_fn,
	FN_des_and_3des_key_fn,
	FN_ecmwhitelist_fn,
	FN_ecmheaderwhitelist_fn,
	FN_detect_fn,
	FN_class_fn,
	FN_aeskeys_fn,
	FN_emmcache_fn,
	FN_flags_fn,
	FN_blockemm_bylen_fn,
	FN_nano_fn,
	FN_auprovid_fn,
	FN_ratelimitecm_fn,
	FN_ecmunique_fn,
	FN_ratelimittime_fn,
	FN_srvidholdtime_fn,
	FN_cooldown_fn,
	FN_cooldowndelay_fn,
	FN_cooldowntime_fn,
	FN_account_tosleep_fn,
	FN_account_c35_suppresscmd08_fn,
	FN_account_ncd_keepalive_fn,
	FN_account_au_fn,
	FN_account_expdate_fn,
	FN_account_allowedprotocols_fn,
	FN_account_allowedtimeframe_fn,
	FN_account_tuntab_fn,
	FN_services_fn,
	FN_parallelfactor_fn,
	FN_stbid_fn,
	FN_tongfang_boxid_fn,
	FN_tongfang3_calibsn_fn,
	FN_tongfang3_deskey_fn,
	FN_COUNT
};

enum schema_function schema_function(enum schema_key_id id);

/* Canonical text under way; it moves within the arena when it grows. */
struct out {
	struct arena *arena;
	char *at;
	size_t len, room;
};

void out_start(struct out *out, struct arena *arena);
void out_slice(struct out *out, struct slice text);
void out_format(struct out *out, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct slice out_text(const struct out *out);
/* Writes `c` unless nothing has been written yet. */
void out_separate(struct out *out, char c);

/* A value on its way in: where its canonical text is made, and where what OSCam loses of it is noted. */
struct intake {
	struct arena *arena;
	struct list *losses;         /* struct loss of schema.h; NULL: nobody asks */
	const struct target *target; /* whose losses; NULL: "any" */
	uint16_t size;               /* of the key: bytes that OSCam has room for, or 0 */
};

/* Without blanks as OSCam's own trimming sees them: what stands in front only goes when its very first byte
 * is a space; what stands behind always goes, line ends too. */
struct slice oscam_trim(struct slice text);
/* The next item of a list, trimmed; false at its end. A list starts as the whole value. */
bool next_item(struct slice *list, char separator, struct slice *item);
/* strtol, base 10: white space, a sign, digits; what follows does not matter; no digit gives 0. */
int64_t number_prefix(struct slice text);
/* What OSCam holds for a number of this key, by the rules of its row. */
int64_t schema_clamp(enum schema_key_id id, int64_t number);
/* Its last `digits` characters as hexadecimal; false when empty or one is no hex digit. */
bool hex_tail(struct slice text, unsigned digits, uint32_t *number);
/* All of it as upper-case hex digits; empty when one is none. */
struct slice hex_word(struct slice text, struct arena *arena);

/* Reads what it can of each item that is not empty, and joins what is left of them. */
typedef void item_reader(struct slice item, struct intake *in, struct out *out);
struct slice read_each(struct slice raw, char separator, struct intake *in, item_reader *read);
/* The next port of a table of [newcamd] or [cs378x]; false at its end. */
bool next_port_of_table(struct slice *rest, struct slice *port);
/* Whether one of `bytes` stands in the text. */
bool has_any(struct slice text, const char *bytes);

/* Notes what OSCam does to a part of the value. Without losses nothing is done. */
void lose(struct intake *in, enum loss_kind kind, struct slice part, const char *hint, const char *format,
	...) __attribute__((format(printf, 5, 6)));
/* Says it where `value`, which is called `what`, has more than `most` bytes. */
void lose_length(struct intake *in, const char *what, struct slice value, size_t most);
/* The part as it may stand in a message: not endless. */
struct slice shown_part(struct intake *in, struct slice part);
struct slice shown_text(struct arena *arena, struct slice text);

/* One function of OSCam's: from the trimmed value, which is not empty, to the canonical text. */
typedef struct slice value_reader(struct slice raw, struct intake *in);

value_reader read_label, read_protocol, read_device, read_boxtype, read_detect, read_labels, read_hosts;
value_reader read_au, read_protocols, read_http_port, read_emmcache, read_cooldown, read_nothing;
value_reader read_hex_number, read_boxkey, read_rsakey, read_cwpkkey, read_deskey;
value_reader read_gbox_password, read_lengths;
value_reader read_exact_digits, read_des_key, read_atr, read_aes_keys;
value_reader read_retry_limits, read_caid_values;
value_reader read_groups, read_caids, read_filters, read_tunnels, read_classes, read_ports, read_list16,
	read_list24;
value_reader read_newcamd_ports, read_cs378x_ports;
value_reader read_address, read_ranges;
/* Of ranges as read_ranges gives them the first that is open to more than a local network; at is NULL: there
 * is none. */
struct slice public_range(struct slice ranges);
value_reader read_date, read_hours;

#endif
