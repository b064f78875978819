/* What OSCam keeps of lists of numbers, addresses, dates and hours. */
#include "unit.h"

#include "values_cases.h"

TEST(groups_and_caids)
{
	static const struct reading_case cases[] = {
		{KEY_reader_group, "1", "1"},
		{KEY_reader_group, "64,2, 1,2", "1,2,64"},
		{KEY_reader_group, "1-3", "1"},
		{KEY_reader_group, "0,-1,x", ""},
		{KEY_reader_group, "129,128,65,1-3,2 # x", "1,2,65,128"},
		{KEY_reader_group, "3;4", "3"},
		{KEY_account_caid, "0500,1833", "0500,1833"},
		{KEY_account_caid, "0500, 093b", "0500,093B"},
		{KEY_account_caid, "0x1830", "1830"},
		{KEY_account_caid, "123456", "3456"},
		{KEY_account_caid, "18", "0018"},
		{KEY_account_caid, "1800&ff00", "1800&FF00"},
		{KEY_account_caid, "1800&FFFF", "1800"},
		{KEY_account_caid, "1702:1833", "1702:1833"},
		{KEY_account_caid, "1700&ff00:1833", "1700&FF00:1833"},
		{KEY_account_caid, "05zz,0500;0600,0700&xx,0800:yy,0900", "0600,0900"},
		{KEY_account_caid, "0", ""},
		{KEY_reader_caid, "0500,", "0500"},
		{KEY_service_caid, "0500,1833", "0500,1833"},
		{KEY_service_caid, "500,zz", "0500"},
		{KEY_service_provid, "023800,32830", "023800,032830"},
		{KEY_service_ident, "0", "000000"},
		{KEY_service_srvid, "1b5d", "1B5D"},
	};

	ASSERT_CASES(cases);
}

TEST(filters)
{
	static const struct reading_case cases[] = {
		{KEY_reader_ident, "0500:023800,032830;0100:000068", "0500:023800,032830;0100:000068"},
		{KEY_reader_ident, "500:23800; 100:68", "0500:023800;0100:000068"},
		{KEY_reader_ident, "0d00:0000c0", "0D00:0000C0"},
		{KEY_reader_ident, "1830:000000", "1830:000000"},
		{KEY_reader_ident, "0500", ""},
		{KEY_reader_ident, "0500:", ""},
		{KEY_reader_ident, "0500:;0100:000068", "0100:000068"},
		{KEY_reader_ident, "0:000068", ""},
		{KEY_reader_ident, "0x0500:023800", ""},
		{KEY_reader_ident, "0500:0x23800,000001", "0500:000001"},
		{KEY_account_chid, "0500:000001", "0500:000001"},
		{KEY_global_disablecrccws_only_for, "500:1", "0500:000001"},
		{KEY_global_lb_retrylimits, "0500:10, 0600:800,0700:-1", "0500:50,0600:800,0700:50"},
		{KEY_global_lb_retrylimits, "0500,0600:50", "0600:50"},
		{KEY_global_lb_nbest_percaid, "0500:1", "0500:1"},
		{KEY_global_fallbacktimeout_percaid, "2500,500:300, 18:9,0:5,zz:5,0600:10000",
			"0500:300,18:9"},
		{KEY_account_betatunnel, "1833.FFFF:1702", "1833.FFFF:1702"},
		{KEY_account_betatunnel, "1833.ffff:1702,1834.1, 1835:1702,18x5.1",
			"1833.FFFF:1702,1834.0001,1F1F.0001"},
	};
	char many[400] = "0500:", kept[400] = "0500:";

	ASSERT_CASES(cases);
	for (int i = 0; i < 33; i++)
		strcat(many, i ? ",000001" : "000001");
	memcpy(kept, many, strlen(many) - strlen(",000001"));
	assert_read(KEY_reader_ident, slice_of(many), slice_of(kept));
}

TEST(ports_and_addresses)
{
	static const struct reading_case cases[] = {
		{KEY_cccam_port, "12000", "12000"},
		{KEY_cccam_port, "12000, 12001", "12000,12001"},
		{KEY_cccam_port, "65537,65536,x", "1"},
		{KEY_gbox_port, "6000", "6000"},
		{KEY_webif_httpport, "+8888", "+8888"},
		{KEY_webif_httpport, "8888", "8888"},
		{KEY_webif_httpport, "0", "0"},
		{KEY_webif_httpport, "web", "0"},
		{KEY_webif_httpport, "99999999999", "2147483647"},
		{KEY_webif_httpallowed, "127.0.0.1,10.0.0.0-10.255.255.255",
			"127.0.0.1,10.0.0.0-10.255.255.255"},
		{KEY_webif_httpallowed, "192.0.2.1 - 192.0.2.9 , 192.0.2.20-192.0.2.20",
			"192.0.2.1-192.0.2.9,192.0.2.20"},
		{KEY_webif_httpallowed, "host1.example.com,192.0.2.1-host,192.0.2.2-,192.0.2.3", "192.0.2.3"},
		{KEY_newcamd_allowed, "0.0.0.0-255.255.255.255", "0.0.0.0-255.255.255.255"},
		{KEY_global_serverip, "192.0.2.1", "192.0.2.1"},
		{KEY_global_serverip, "host1.example.com", "255.255.255.255"},
		{KEY_global_serverip,
			"0000000000000000000000000000000000000000000000000000000000000000192.0.2.1",
			"255.255.255.255"},
	};
	char many[300] = "1", kept[300];

	ASSERT_CASES(cases);
	for (int i = 0; i < 32; i++)
		strcat(many, ",7");
	memcpy(kept, many, sizeof(kept));
	kept[strlen(kept) - 2] = '\0';
	assert_read(KEY_cccam_port, slice_of(many), slice_of(kept));
}

TEST(small_groups_of_numbers)
{
	static const struct reading_case cases[] = {
		{KEY_reader_emmcache, "1,3,2", "1,3,2"},
		{KEY_reader_blocknano, "83, 82,02,8F,90,1", "82,83,8f"},
		{KEY_reader_savenano, "all", "all"},
		{KEY_reader_savenano, "00,01,02,03,04,05,06,07,08,09,0a,0b,0c,0d,0e,0f", "all"},
		{KEY_reader_emmcache, "1,0,2,1", "1,1,2,1"},
		{KEY_reader_emmcache, "1,3,99999999999", "1,3,2147483647"},
		{KEY_reader_emmcache, "1,3", "1,3,0"},
		{KEY_reader_emmcache, "1", "1,1,0"},
		{KEY_reader_emmcache, "1,3,2,0,5", "1,3,2,0"},
		{KEY_reader_cooldown, "30,60", "30,60"},
		{KEY_reader_cooldown, "30, 60 s", "30,60"},
		{KEY_reader_cooldown, "0,60", ""},
		{KEY_reader_cooldown, "30", ""},
		{KEY_reader_cooldowndelay, "30", ""},
		{KEY_reader_cooldowntime, "30", ""},
	};

	ASSERT_CASES(cases);
}

TEST(dates_are_year_month_day)
{
	static const struct reading_case cases[] = {
		{KEY_account_expdate, "2030-12-31", "2030-12-31"},
		{KEY_account_expdate, "2030/1/2", "2030-01-02"},
		{KEY_account_expdate, "2024-02-29", "2024-02-29"},
		{KEY_account_expdate, "2023-02-29", "2023-03-01"},
		{KEY_account_expdate, "2100-02-29", "2100-03-01"},
		{KEY_account_expdate, "2000-02-29", "2000-02-29"},
		{KEY_account_expdate, "2000-03-01", "2000-03-01"},
		{KEY_account_expdate, "2030-13-01", "2031-01-01"},
		{KEY_account_expdate, "31-12-2030", "0037-06-21"},
		{KEY_account_expdate, "20301231", "20301230-12-31"},
		{KEY_account_expdate, "never", ""},
		{KEY_account_expdate, "1-0-0", ""},
		{KEY_account_expdate, "99999999999-1-1", ""},
	};

	ASSERT_CASES(cases);
	for (int year = 1999; year < 2030; year++)
		for (int day = 1; day <= 28; day += 9)
			for (int month = 1; month <= 12; month++) {
				struct arena arena FREED_BY(arena_free) = {0};
				struct slice date;

				date = arena_format(&arena, "%04d-%02d-%02d", year, month, day);
				assert_read(KEY_account_expdate, date, date);
			}
}

TEST(hours_are_sorted_merged_and_split_at_midnight)
{
	static const struct reading_case cases[] = {
		{KEY_account_allowedtimeframe, "ALL@23:00-01:00", "ALL@00:00-01:00,23:00-24:00"},
		{KEY_account_allowedtimeframe, "ALL@00:00-01:00,23:00-24:00", "ALL@00:00-01:00,23:00-24:00"},
		{KEY_account_allowedtimeframe, "all@10:00-12:00,8:00-9:00,09:00-10:30", "ALL@08:00-12:00"},
		{KEY_account_allowedtimeframe, "10:00-12:00,13:00-14:00", "ALL@10:00-12:00"},
		{KEY_account_allowedtimeframe, "10:00-12:00;13:00-14:00", "ALL@10:00-12:00,13:00-14:00"},
		{KEY_account_allowedtimeframe, "tue@10:00-12:00;MON@08:00-09:00;tue@14:00-15:00",
			"MON@08:00-09:00;TUE@10:00-12:00,14:00-15:00"},
		{KEY_account_allowedtimeframe, "ALL@00:00-24:00", "ALL@00:00-24:00"},
		{KEY_account_allowedtimeframe, "MON-FRI@10:00-12:00", ""},
		{KEY_account_allowedtimeframe, "MON,TUE@10:00-12:00", ""},
		{KEY_account_allowedtimeframe, "ALL@10:00-10:00", ""},
		{KEY_account_allowedtimeframe, "ALL@25:00-26:00,24:30-01:00,10:00-11:60,10-11,100:00-11:00",
			""},
		{KEY_account_allowedtimeframe, "always", ""},
	};

	ASSERT_CASES(cases);
}
