/* SHA-256 against published sums, and in several ways of cutting the input into pieces. */
#include "unit.h"

#include <string.h>

#include "cc2oscam/sha256.h"

static void sum_in_pieces(const char *data, size_t len, size_t step, char hex[65])
{
	struct sha256 sum;

	sha256_start(&sum);
	for (size_t at = 0; at < len; at += step)
		sha256_add(&sum, data + at, len - at < step ? len - at : step);
	sha256_add(&sum, NULL, 0);
	sha256_end(&sum, hex);
}

TEST(test_sums)
{
	static const struct {
		const char *text; /* NULL: so many times an a */
		size_t count;
		const char *hex;
	} cases[] = {
		{"", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"},
		{"abc", 0, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
		{"abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 0,
			"248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"},
		{"abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqr"
		 "lmnopqrsmnopqrstnopqrstu",
			0, "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1"},
		/* around the lengths where the padding needs one block more */
		{NULL, 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318"},
		{NULL, 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a"},
		{NULL, 63, "7d3e74a05d7db15bce4ad9ec0658ea98e3f06eeecf16b4c6fff2da457ddc2f34"},
		{NULL, 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb"},
		{NULL, 65, "635361c48bb9eab14198e76ea8ab7f1a41685d6ad62aa9146d301d4f17eb0ae0"},
		{NULL, 1000000, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"},
	};
	static const size_t steps[] = {1, 7, 63, 64, 65, 1000000};
	static char many[1000000];
	char hex[65];

	memset(many, 'a', sizeof many);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
			const char *text = cases[i].text ? cases[i].text : many;
			sum_in_pieces(text, cases[i].text ? strlen(text) : cases[i].count, steps[k], hex);
			assert_string_equal(hex, cases[i].hex);
		}
}
