/* What OSCam keeps of a value: cut, wrapped, dropped or rewritten. */
#include "unit.h"

#include <stdlib.h>

#include "values_cases.h"

TEST(numbers_wrap_saturate_and_stop_at_the_first_letter)
{
	static const struct reading_case cases[] = {
		{KEY_cccam_reshare, "300", "44"},
		{KEY_reader_cccmaxhops, "200", "-56"},
		{KEY_reader_cccmaxhops, "127", "127"},
		{KEY_reader_cccmaxhops, "-128", "-128"},
		{KEY_reader_cccmaxhops, "-129", "127"},
		{KEY_reader_cccmaxhops, "0", "0"},
		{KEY_account_disabled, "yes", "0"},
		{KEY_account_disabled, "1 # off", "1"},
		{KEY_account_disabled, "\t1", "1"},
		{KEY_account_disabled, "+1", "1"},
		{KEY_account_disabled, "-", "0"},
		{KEY_account_disabled, "01", "1"},
		{KEY_monitor_monlevel, "256", "255"},
		{KEY_monitor_monlevel, "255", "255"},
		{KEY_monitor_monlevel, "-1", "255"},
		{KEY_reader_inactivitytimeout, "-1", "-1"},
		{KEY_reader_inactivitytimeout, "2147483648", "-2147483648"},
		{KEY_reader_inactivitytimeout, "99999999999999999999", "-1"},
		{KEY_reader_inactivitytimeout, "-99999999999999999999", "0"},
		{KEY_account_max_connections, "4294967295", "4294967295"},
		{KEY_account_max_connections, "-1", "4294967295"},
		{KEY_service_no_wait_time, "1", "1"},
		{KEY_service_no_wait_time, "0a", "A"},
		{KEY_service_no_wait_time, "zz", "0"},
	};

	ASSERT_CASES(cases);
}

TEST(an_empty_value_is_the_default)
{
	static const struct reading_case cases[] = {
		{KEY_cccam_reshare, "", "10"},
		{KEY_global_nice, "", "99"},
		{KEY_webif_httphelplang, "", "en"},
		{KEY_reader_pincode, "", "none"},
		{KEY_account_pwd, "", ""},
		{KEY_reader_key, "", ""},
		{KEY_account_sleep, "", ""},
		{KEY_dvbapi_boxtype, "", "generic"},
		{KEY_reader_detect, "", "cd"},
	};

	ASSERT_CASES(cases);
}

TEST(numbers_are_moved_into_their_range)
{
	static const struct reading_case cases[] = {
		{KEY_global_clienttimeout, "5", "5000"},
		{KEY_global_clienttimeout, "10", "10"},
		{KEY_global_fallbacktimeout, "5", "5"},
		{KEY_global_loghistorylines, "1", "64"},
		{KEY_global_loghistorylines, "0", "0"},
		{KEY_global_loghistorylines, "64", "64"},
		{KEY_global_netprio, "21", "0"},
		{KEY_global_netprio, "20", "20"},
		{KEY_global_nice, "-21", "99"},
		{KEY_global_nice, "21", "99"},
		{KEY_global_nice, "-20", "-20"},
		{KEY_global_maxlogsize, "9", "10"},
		{KEY_global_maxlogsize, "0", "0"},
		{KEY_global_lb_save, "99", "100"},
		{KEY_global_lb_save, "0", "0"},
		{KEY_global_lb_nbest_readers, "0", "1"},
		{KEY_global_lb_nbest_readers, "2", "2"},
		{KEY_account_lb_nbest_readers, "-1", "-1"},
		{KEY_lcd_lcd_writeintervall, "4", "5"},
		{KEY_lcd_lcd_writeintervall, "6", "6"},
		{KEY_anticasc_numusers, "-1", "0"},
		{KEY_anticasc_numusers, "3", "3"},
		{KEY_account_numusers, "-1", "-1"},
		{KEY_anticasc_sampletime, "-1", "2"},
		{KEY_anticasc_sampletime, "0", "0"},
		{KEY_anticasc_samples, "11", "10"},
		{KEY_anticasc_samples, "2", "2"},
		{KEY_anticasc_denysamples, "1", "2"},
		{KEY_anticasc_denysamples, "10", "9"},
		{KEY_anticasc_denysamples, "5", "5"},
		{KEY_anticasc_penalty, "4", "0"},
		{KEY_anticasc_penalty, "3", "3"},
		{KEY_anticasc_fakedelay, "99", "1000"},
		{KEY_anticasc_fakedelay, "3000", "3000"},
		{KEY_anticasc_enabled, "1", "1"},
		{KEY_cache_cwcycle_maxlist, "4001", "4000"},
		{KEY_cache_cwcycle_maxlist, "1", "1"},
		{KEY_cache_cwcycle_keeptime, "241", "240"},
		{KEY_cache_cwcycle_keeptime, "7", "7"},
		{KEY_cache_max_time, "1", "3"},
		{KEY_cache_max_time, "3", "3"},
		{KEY_cache_cwcycle_sensitive, "5", "4"},
		{KEY_cache_cwcycle_sensitive, "1", "2"},
		{KEY_cache_cwcycle_sensitive, "3", "3"},
		{KEY_reader_lb_weight, "0", "100"},
		{KEY_reader_lb_weight, "1001", "1000"},
		{KEY_reader_lb_weight, "7", "7"},
		{KEY_reader_ratelimitecm, "4", "4"},
		{KEY_reader_ratelimittime, "9", "9000"},
		{KEY_reader_ratelimittime, "59", "59000"},
		{KEY_reader_ratelimittime, "60", "60"},
		{KEY_reader_ratelimittime, "-5", "0"},
		{KEY_reader_srvidholdtime, "2", "2000"},
		{KEY_reader_blockemm_u, "1", "1"},
		{KEY_reader_blockemm_u, "5", "1"},
		{KEY_reader_blockemm_u, "no", "0"},
		{KEY_account_sleep, "30", "30"},
	};

	ASSERT_CASES(cases);
}

TEST(fixed_strings_lose_their_end)
{
	char user[65];

	memset(user, 'u', sizeof(user));
	assert_read(KEY_reader_user, (struct slice){user, 63}, (struct slice){user, 63});
	assert_read(KEY_reader_user, (struct slice){user, 64}, (struct slice){user, 63});
	assert_read(KEY_account_user, (struct slice){user, 65}, (struct slice){user, 63});
	assert_read(KEY_account_pwd, (struct slice){user, 65}, (struct slice){user, 65});
	assert_read(KEY_reader_cccversion, SLICE("2.1.10x"), SLICE("2.1.10"));
	assert_read(KEY_reader_cccversion, SLICE("2.3.0"), SLICE("2.3.0"));
	assert_read(KEY_reader_pincode, SLICE("12345"), SLICE("1234"));
}

TEST(keys_need_all_their_digits)
{
	static const struct reading_case cases[] = {
		{KEY_reader_key, "0102030405060708091011121314", "0102030405060708091011121314"},
		{KEY_reader_key, "0102030405060708091011121314ff", "0102030405060708091011121314"},
		{KEY_reader_key, "abcdefabcdefabcdefabcdefabcd", "ABCDEFABCDEFABCDEFABCDEFABCD"},
		{KEY_reader_key, "010203040506070809101112131", ""},
		{KEY_reader_key, "01 02 03 04 05 06 07 08 09 10 11 12 13 14", ""},
		{KEY_reader_key, "0x02030405060708091011121314", ""},
		{KEY_reader_key, "0000000000000000000000000000", ""},
		{KEY_cccam_nodeid, "0123456789abcdef", "0123456789ABCDEF"},
		{KEY_reader_boxid, "12345678", "12345678"},
		{KEY_reader_boxid, "ff12345abc", "12345ABC"},
		{KEY_reader_boxid, "abc", "00000ABC"},
		{KEY_reader_boxid, "1234567g", ""},
		{KEY_reader_boxid, "00000000", ""},
		{KEY_reader_boxkey, "0123456789abcdef", "0123456789ABCDEF"},
		{KEY_reader_boxkey, "0123456789abcde", ""},
		{KEY_reader_boxkey, "0123456789ABCDEF0123456789ABCDEF", "0123456789ABCDEF0123456789ABCDEF"},
		{KEY_reader_boxkey, "0123456789ABCDEF0123456789ABCDEF01234567", ""},
		{KEY_reader_rsakey, "0123", ""},
		{KEY_reader_cwpkkey, "0123ab", "0123AB"},
		{KEY_reader_cwpkkey, "0123456789ABCDEF0123456789ABCDEF0", ""},
		{KEY_reader_deskey, "0123456789abcdef", "0123456789ABCDEF"},
		{KEY_reader_deskey, "0123456789abcdef01", ""},
		{KEY_reader_auprovid, "ff00fefe", "00FEFE"},
		{KEY_reader_auprovid, "fefe", "00FEFE"},
		{KEY_reader_auprovid, "0", ""},
		{KEY_gbox_my_password, "00abcdef", "00ABCDEF"},
		{KEY_gbox_my_password, "1200abcdef", "00ABCDEF"},
		{KEY_gbox_my_password, "secret", ""},
		{KEY_gbox_my_vers, "2a", "2A"},
		{KEY_gbox_my_cpu_api, "7", "07"},
	};
	char digits[260];

	ASSERT_CASES(cases);
	memset(digits, '7', sizeof(digits));
	assert_read(KEY_reader_rsakey, (struct slice){digits, 128}, (struct slice){digits, 128});
	assert_read(KEY_reader_rsakey, (struct slice){digits, 240}, (struct slice){digits, 240});
	assert_read(KEY_reader_rsakey, (struct slice){digits, 130}, SLICE(""));
	assert_read(KEY_reader_deskey, (struct slice){digits, 256}, (struct slice){digits, 256});
	digits[100] = 'x';
	assert_read(KEY_reader_rsakey, (struct slice){digits, 128}, SLICE(""));
}

TEST(words_are_compared_exactly)
{
	static const struct reading_case cases[] = {
		{KEY_reader_protocol, "cccam", "cccam"},
		{KEY_reader_protocol, "cccam_ext", "cccam"},
		{KEY_reader_protocol, "cccam_mcs", "cccam"},
		{KEY_reader_protocol, "newcamd", "newcamd"},
		{KEY_reader_protocol, "newcamd525", "newcamd"},
		{KEY_reader_protocol, "newcamd524", "newcamd524"},
		{KEY_reader_protocol, "camd35", "cs357x"},
		{KEY_reader_protocol, "cs378x", "cs378x"},
		{KEY_reader_protocol, "radegast", "radegast"},
		{KEY_reader_protocol, "gbox", "gbox"},
		{KEY_reader_protocol, "internal", "internal"},
		{KEY_reader_protocol, "sc8in1", "sc8in1"},
		{KEY_reader_protocol, "CCcam", ""},
		{KEY_reader_protocol, "phoenix", ""},
		{KEY_reader_protocol, "sci", ""},
		{KEY_reader_protocol, "smart", ""},
		{KEY_reader_protocol, "pandora", ""},
		{KEY_reader_protocol, "usb", ""},
		{KEY_reader_protocol, "Mouse", ""},
		{KEY_dvbapi_boxtype, "dreambox", "dreambox"},
		{KEY_dvbapi_boxtype, "ipbox-pmt", "ipbox-pmt"},
		{KEY_dvbapi_boxtype, "Dreambox", "generic"},
		{KEY_dvbapi_boxtype, "vu", "generic"},
		{KEY_reader_detect, "!gpio7", "!gpio7"},
		{KEY_reader_detect, "cts", "cts"},
		{KEY_reader_detect, "gpio8", "cd"},
		{KEY_account_allowedprotocols, "cccam,newcamd", "cccam,newcamd"},
		{KEY_account_allowedprotocols, "dvbapi", "dvbapi"},
		{KEY_account_allowedprotocols, "cccam, newcamd", "cccam"},
		{KEY_account_allowedprotocols, "cccam,CCCAM,cccam", "cccam"},
		{KEY_account_allowedprotocols, "csp", ""},
		{KEY_account_allowedprotocols, "csp,nothing", ""},
		{KEY_account_allowedprotocols, "nothing", ""},
	};

	ASSERT_CASES(cases);
}

TEST(labels_and_devices)
{
	static const struct reading_case cases[] = {
		{KEY_reader_label, "x y z", "x_y_z"},
		{KEY_reader_label, "host1", "host1"},
		{KEY_reader_device, "host1.example.com,12000", "host1.example.com,12000"},
		{KEY_reader_device, "host1.example.com , 12000", "host1.example.com,12000"},
		{KEY_reader_device, "host1.example.com,12000,13000,4", "host1.example.com,12000,13000"},
		{KEY_reader_device, "host1.example.com,0,13000", "host1.example.com,0,13000"},
		{KEY_reader_device, "host1.example.com,99999", "host1.example.com,99999"},
		{KEY_reader_device, "host1.example.com,12000x", "host1.example.com,12000"},
		{KEY_reader_device, "host1.example.com,99999999999", "host1.example.com"},
		{KEY_reader_device, "host1.example.com:12000", "host1.example.com:12000"},
		{KEY_reader_device, "host1.example.com 12000", "host1.example.com 12000"},
		{KEY_reader_device, "::1,12000", "::1,12000"},
		{KEY_reader_device, "/dev/ttyS0", "/dev/ttyS0"},
		{KEY_reader_device, "/dev/ttyUSB0:1", "/dev/ttyUSB0:1"},
		{KEY_reader_device, ",12000", ""},
		{KEY_account_hostname, "host1.example.com", "host1.example.com"},
		{KEY_account_services, "!Deny_One,allow_two", "!deny_one,allow_two"},
		{KEY_account_services, "one, two,,", "one,two"},
		{KEY_reader_services, "with blank", "with blank"},
		{KEY_dvbapi_services, "A", "a"},
		{KEY_account_au, "1", "1"},
		{KEY_account_au, "One,two", "One,two"},
		{KEY_account_au, "one, two", "one"},
		{KEY_account_au, ",one", "one"},
		{KEY_webif_httpdyndns, "a.example.com, b.example.com,,c.example.com,d.example.com",
			"a.example.com,b.example.com,c.example.com"},
		{KEY_global_logfile, "stdout;/tmp/oscam.log", "stdout;/tmp/oscam.log"},
	};
	char name[140];

	ASSERT_CASES(cases);
	memset(name, 'n', sizeof(name));
	assert_read(KEY_reader_label, (struct slice){name, 63}, (struct slice){name, 63});
	assert_read(KEY_reader_label, (struct slice){name, 64}, (struct slice){name, 63});
	assert_read(KEY_reader_device, (struct slice){name, 140}, (struct slice){name, 127});
}

TEST(only_what_comes_back_as_one_line_is_kept)
{
	static const struct {
		const char *text;
		size_t length;
	} lost[] = {{" x", 2}, {"\tx", 2}, {"x ", 2}, {"x\r", 2}, {"x\ny", 3}, {"x\0y", 3}};
	static const char *const kept[] = {"", "x", "a#b;c,d=e f$%\"'\\", "x\ty", "\xc3\xa4"};
	size_t size = OSCAM_LINE_MAX;
	char *longest = malloc(size);

	assert_non_null(longest);
	memset(longest, 'x', size);
	for (size_t i = 0; i < sizeof(lost) / sizeof(lost[0]); i++)
		assert_false(
			schema_keeps(KEY_account_pwd, (struct slice){lost[i].text, lost[i].length}, NULL));
	for (size_t i = 0; i < sizeof(kept) / sizeof(kept[0]); i++)
		assert_true(schema_keeps(KEY_account_pwd, slice_of(kept[i]), NULL));
	assert_true(schema_keeps(KEY_account_pwd, (struct slice){longest, size - 48}, NULL));
	assert_false(schema_keeps(KEY_account_pwd, (struct slice){longest, size - 47}, NULL));
	free(longest);
}

TEST(every_default_is_initial_and_stays)
{
	struct arena arena FREED_BY(arena_free) = {0};

	for (unsigned i = 1; i < KEY_COUNT; i++) {
		enum schema_key_id id = (enum schema_key_id)i;
		struct slice initial = slice_of(schema_key(id)->initial);
		struct slice read = schema_read(id, SLICE(""), &arena);

		assert_true(schema_is_initial(id, initial));
		assert_true(schema_is_initial(id, SLICE("")));
		assert_true(schema_is_initial(id, read));
		assert_true(slice_equal(schema_read(id, read, &arena), read));
	}
}

TEST(other_values_are_not_initial)
{
	static const struct {
		enum schema_key_id key;
		const char *value;
		bool initial;
	} cases[] = {
		{KEY_cccam_reshare, "10", true},
		{KEY_cccam_reshare, "010", true},
		{KEY_cccam_reshare, "11", false},
		{KEY_cccam_reshare, "0", false},
		{KEY_reader_enable, "0", false},
		{KEY_reader_blockemm_u, "0", true},
		{KEY_reader_blockemm_u, "1", false},
		{KEY_reader_ratelimitecm, "0", true},
		{KEY_reader_ratelimitecm, "3", false},
		{KEY_account_sleep, "0", false},
		{KEY_reader_key, "0000000000000000000000000000", true},
		{KEY_reader_key, "0102030405060708091011121314", false},
		{KEY_webif_httpport, "0", true},
		{KEY_webif_httpport, "8888", false},
		{KEY_dvbapi_boxtype, "generic", true},
		{KEY_dvbapi_boxtype, "dreambox", false},
		{KEY_reader_detect, "cd", true},
		{KEY_account_pwd, "0", false},
		{KEY_reader_group, "1", false},
		{KEY_webif_httphelplang, "de", false},
		{KEY_service_no_wait_time, "0", true},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		assert_int_equal(schema_is_initial(cases[i].key, slice_of(cases[i].value)), cases[i].initial);
}

/* Text of every kind through every key: reading it twice changes nothing more. */
TEST(reading_is_stable_for_every_key)
{
	static const char *const texts[] = {
		"1",
		"0",
		"-1",
		"300",
		"99999",
		"yes",
		"0500",
		"0500:023800;0x12:1",
		"a,b,c",
		",,,",
		";",
		":",
		"@",
		"-",
		"!",
		"+",
		"=",
		".",
		"&",
		"1.2:3",
		"0500&ff00:0600",
		"ALL@1:00-2:00",
		"192.0.2.1-192.0.2.7",
		"x y",
		"\tx",
		"2030-1-1",
		"-5-5-5",
		"ffffffffffffffffffffffffffffffffffffffff",
		"4294967296",
		"-2147483649",
		"\xff\xfe",
		"64,63,62",
		"12000,13000,14000,15000",
		"mon@",
		"1,2,3,4,5",
	};
	struct arena arena FREED_BY(arena_free) = {0};

	for (unsigned i = 1; i < KEY_COUNT; i++)
		for (size_t k = 0; k < sizeof(texts) / sizeof(texts[0]); k++) {
			enum schema_key_id id = (enum schema_key_id)i;
			struct slice raw = slice_of(texts[k]), once = schema_read(id, raw, &arena);

			if (once.len && !slice_equal(schema_read(id, once, &arena), once))
				fail_msg("%s: \"%s\" does not stay", schema_key(id)->name, texts[k]);
			if (schema_keeps(id, raw, &arena))
				assert_true(slice_equal(once, raw));
		}
}
