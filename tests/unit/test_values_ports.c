/* What OSCam keeps of the ports of [newcamd] and [cs378x]: a list that is not as it wants it loses ports. */
#include "unit.h"

#include "values_cases.h"

#define KEY "0102030405060708091011121314"

TEST(newcamd_ports_as_they_should_be)
{
	static const struct reading_case cases[] = {
		{KEY_newcamd_port, "15000", "15000"},
		{KEY_newcamd_port, "15000@0500:023800", "15000@0500:023800"},
		{KEY_newcamd_port, "15000@0500:023800,032830;15001@1830:000000",
			"15000@0500:023800,032830;15001@1830:000000"},
		{KEY_newcamd_port, "15000{" KEY "}@0500:023800", "15000{" KEY "}@0500:023800"},
		{KEY_newcamd_port, "15000{" KEY "}@0500:023800;15001{" KEY "}@0600:000001",
			"15000{" KEY "}@0500:023800;15001{" KEY "}@0600:000001"},
		{KEY_newcamd_port, "15000@0500:023800;15001@0600:000001;0700:000002;0800:000003",
			"15000@0500:023800;15001@0600:000001;0700:000002;0800:000003"},
		{KEY_newcamd_port, "15000@;15001@0000:000000", "15000@0000:000000;15001@0000:000000"},
		{KEY_newcamd_port, "99999", "99999"},
	};

	ASSERT_CASES(cases);
}

TEST(newcamd_ports_in_another_spelling)
{
	static const struct reading_case cases[] = {
		{KEY_newcamd_port, "15000 @ 500 : 23800 , 0032830 ; 15001@d00:c0",
			"15000@0500:023800,032830;15001@0D00:0000C0"},
		{KEY_newcamd_port, "15000{abcdefabcdefabcdefabcdefabcd@500:",
			"15000{ABCDEFABCDEFABCDEFABCDEFABCD}@0500:000000"},
		{KEY_newcamd_port, ";15000@0500:1;;15001@0600:2;", "15000@0500:000001;15001@0600:000002"},
		{KEY_newcamd_port, "15000;", "15000"},
		{KEY_newcamd_port, "0100", "100"},
	};

	ASSERT_CASES(cases);
}

TEST(newcamd_ports_that_are_never_opened)
{
	static const struct reading_case cases[] = {
		{KEY_newcamd_port, "15000,15001", ""},
		{KEY_newcamd_port, "15000;15001", ""},
		{KEY_newcamd_port, "15000;15001@0500:023800", ""},
		{KEY_newcamd_port, "150000", ""},
		{KEY_newcamd_port, "15000{" KEY "}", ""},
		{KEY_newcamd_port, "15000@0500:023800;0600:000001;15001@0700:000002",
			"15000@0500:023800;0600:000001"},
		{KEY_newcamd_port, "0@0500:023800;15000@0600:000001", "15000@0600:000001"},
		{KEY_newcamd_port, "port@0500:023800", ""},
		{KEY_newcamd_port, "-1@0500:023800", ""},
		{KEY_newcamd_port, "port", ""},
		{KEY_newcamd_port, "99999999999@0500:1", ""},
		{KEY_newcamd_port, ";;", ""},
	};

	ASSERT_CASES(cases);
}

TEST(newcamd_filters_that_are_read_as_others)
{
	static const struct reading_case cases[] = {
		{KEY_newcamd_port, "15000@0500:023800{" KEY "}", "15000@0500:1F1F1F"},
		{KEY_newcamd_port, "15000@zz:023800,xx", "15000@1F1F:023800,1F1F1F"},
		{KEY_newcamd_port, "15000@0500:0x23800", "15000@0500:1F1F1F"},
		{KEY_newcamd_port, "15000@0500", "15000@0000:000500"},
		{KEY_newcamd_port, "15000@0500:023800,0600:000001", "15000@0500:023800"},
		{KEY_newcamd_port, "15000@0500:023800,0600:000001,000002", "15000@0500:023800"},
		{KEY_newcamd_port, "15000@0500:023800;000001", "15000@0500:023800"},
		{KEY_newcamd_port, "15000{0102}@0500:023800", "15000@0500:023800"},
		{KEY_newcamd_port, "15000{010203040506070809101112131x}@0500:023800", "15000@0500:023800"},
		{KEY_newcamd_port, "100,5", "100"},
	};

	ASSERT_CASES(cases);
}

/* `count` items behind `start`, and what is kept of them. */
static void check_many(enum schema_key_id key, const char *start, const char *item, int count, int kept)
{
	struct buffer raw FREED_BY(buffer_free) = {0}, expected FREED_BY(buffer_free) = {0};

	buffer_format(&raw, "%s", start);
	buffer_format(&expected, "%s", start);
	for (int i = 0; i < count; i++) {
		buffer_format(&raw, "%s", item);
		if (i < kept)
			buffer_format(&expected, "%s", item);
	}
	assert_read(key, buffer_slice(&raw), buffer_slice(&expected));
}

TEST(there_is_an_end_to_lists)
{
	check_many(KEY_newcamd_port, "1@0500:000001", ";2@0600:000002", 40, 31);
	check_many(KEY_newcamd_port, "1@0500:000001", ";0600:000002", 20, 15);
	check_many(KEY_newcamd_port, "1@0500:000001", ",000002", 40, 31);
	check_many(KEY_cs378x_port, "1", ";2@0600:000002", 40, 31);
	check_many(KEY_cs378x_port, "1@0500:000001", ",000002", 40, 31);
}

TEST(cs378x_ports)
{
	static const struct reading_case cases[] = {
		{KEY_cs378x_port, "15000", "15000"},
		{KEY_cs378x_port, "15000;15001", "15000;15001"},
		{KEY_cs378x_port, "15000@0500:023800,032830;15001", "15000@0500:023800,032830;15001"},
		{KEY_cs378x_port, "15000 ; 15001@500:1", "15000;15001@0500:000001"},
		{KEY_cs378x_port, "150000", "150000"},
		{KEY_cs378x_port, "15000,15001", "15000"},
		{KEY_cs378x_port, "15000@", "15000"},
		{KEY_cs378x_port, "15000@0500", "15000"},
		{KEY_cs378x_port, "0;x;15000", "15000"},
		{KEY_cs378x_port, "15000{" KEY "}@0500:023800", "15000@0500:023800"},
	};

	ASSERT_CASES(cases);
}
