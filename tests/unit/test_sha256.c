/* SHA-256 against published sums, and in every way of cutting the input into pieces. */
#include "unit.h"

#include <stdlib.h>
#include <string.h>

#include "cc2oscam/sha256.h"

static void sum_of(const void *data, size_t len, char hex[65])
{
	struct sha256 sum;

	sha256_start(&sum);
	sha256_add(&sum, data, len);
	sha256_end(&sum, hex);
}

TEST(known_sums)
{
	static const struct {
		const char *text, *hex;
	} cases[] = {
		{"", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{"abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
		{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
			"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
		{"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
		 "lmnopqrsmnopqrstnopqrstu",
			"cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
	};
	char hex[65];

	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sum_of(cases[i].text, strlen(cases[i].text), hex);
		assert_string_equal(hex, cases[i].hex);
	}
}

TEST(a_million_bytes)
{
	char *text = malloc(1000000), hex[65];

	assert_non_null(text);
	memset(text, 'a', 1000000);
	sum_of(text, 1000000, hex);
	free(text);
	assert_string_equal(hex, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

/* Around the lengths where the padding needs one block more. */
TEST(lengths_around_a_block)
{
	static const struct {
		size_t len;
		const char *hex;
	} cases[] = {
		{55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
		{56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
		{63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
		{64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
		{65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"},
	};
	char text[65], hex[65];

	memset(text, 'a', sizeof text);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sum_of(text, cases[i].len, hex);
		assert_string_equal(hex, cases[i].hex);
	}
}

TEST(pieces_do_not_matter)
{
	unsigned char data[200];
	char whole[65], pieces[65];

	for (size_t i = 0; i < sizeof data; i++)
		data[i] = (unsigned char)(i * 7);
	sum_of(data, sizeof data, whole);
	for (size_t step = 1; step <= sizeof data; step++) {
		struct sha256 sum;
		sha256_start(&sum);
		for (size_t at = 0; at < sizeof data; at += step)
			sha256_add(&sum, data + at, sizeof data - at < step ? sizeof data - at : step);
		sha256_add(&sum, NULL, 0);
		sha256_end(&sum, pieces);
		assert_string_equal(pieces, whole);
	}
}
