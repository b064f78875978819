/* Labels: from the host, then with port, then with user, then with a number; made of harmless bytes, unique
 * without regard to case, and never a user's name. */
#include "convert_help.h"
#include "generate.h"

enum { MOST = 8 };

struct naming {
	const char *lines;
	const char *labels[MOST];
};

static void check_labels(const struct naming *naming)
{
	struct converted c FREED_BY(converted_free) = {0};

	convert_text(&c, naming->lines);
	for (uint32_t i = 0; naming->labels[i]; i++) {
		const struct section *reader = section_number(&c.model.readers, i);
		assert_non_null(reader);
		assert_string_equal(key_text(&c, reader, KEY_reader_label), naming->labels[i]);
	}
}

TEST(test_from_host_to_number)
{
	static const struct naming rows[] = {
		{"C: host1.example.com 12000 user1 a\n", {"host1.example.com"}},
		{"C: h 1 u a\nC: h 2 u a\nC: h 2 v a\nC: h 2 v b\nC: h 2 v c\n",
			{"h", "h_2", "h_2_v", "h_2_v_2", "h_2_v_3"}},
		{"C: host 1 u a\nC: HOST 2 u a\nC: Host 2 u b\n", {"host", "HOST_2", "Host_2_u"}},
		{"C: ho*st 1 u a\nC: ho+st 2 u a\n", {"ho_st", "ho_st_2"}},
		{"C: h\xc3\xb6st 1 u a\n", {"h__st"}},
		{"C:#h 1 u a\nC: (h) 1 u a\n", {"_h", "_h_"}},
		{"F: host secret\nC: Host 1 u a\n", {"Host_1"}},
		{"C: host 1 u a\nF: HOST secret\n", {"host_1"}},
		{"C: dvbapi 1 u a\n", {"dvbapi_1"}},
		{"C: h_2 1 u a\nC: h 1 u a\nC: h 2 u a\n", {"h_2", "h", "h_2_u"}},
		{"C: h 1 u a\nN: h 1 u a 0102030405060708091011121314\n", {"h", "h_1"}},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		check_labels(&rows[i]);
}

/* The longest host fills the label; the number still finds its place. */
TEST(test_long_hosts)
{
	struct generator g FREED_BY(generator_free) = generator_start(1);
	struct converted c FREED_BY(converted_free) = {0};

	for (unsigned i = 0; i < 12; i++) {
		say(&g, "C: ");
		say_many(&g, 'h', 80);
		buffer_format(&g.text, "%u 1 u a\n", i);
	}
	convert_slice(&c, buffer_slice(&g.text), NULL);
	assert_true(c.proved);
	for (uint32_t i = 0; i < 12; i++) {
		struct slice label = section_get(section_number(&c.model.readers, i), KEY_reader_label);
		assert_int_equal(label.len, LABEL_MAX);
		char tail[8];
		(void)snprintf(tail, sizeof tail, "_%u", i + 1);
		if (i > 0)
			assert_int_equal(memcmp(label.at + label.len - strlen(tail), tail, strlen(tail)), 0);
	}
}

TEST(test_generated_labels)
{
	for (uint64_t seed = 1; seed <= 100; seed++) {
		struct generator g FREED_BY(generator_free) = generator_start(seed);
		struct converted c FREED_BY(converted_free) = {0};

		for (unsigned i = 0; i < 30; i++) {
			line_c(&g);
			say(&g, "\n");
		}
		translate_text(&c, buffer_slice(&g.text), NULL);
		for (uint32_t i = 0; i < c.model.readers.count; i++) {
			const struct section *reader = list_at(&c.model.readers, i);
			struct slice label = section_get(reader, KEY_reader_label);
			if (!section_is_reader(reader))
				continue;
			assert_true(label.len > 0 && label.len <= LABEL_MAX);
			for (size_t k = 0; k < label.len; k++)
				assert_true(is_letter(label.at[k]) || is_digit(label.at[k]) ||
					    strchr("._-", label.at[k]));
			for (uint32_t k = 0; k < i; k++)
				assert_false(slice_equal_nocase(
					section_get(list_at(&c.model.readers, k), KEY_reader_label), label));
		}
	}
}
