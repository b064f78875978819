/* Pieces arrive whole and in their order, whoever is faster; a failure of the sink comes back. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>
#include <cmocka.h>

#include <time.h>

#include "emit/relay.h"

enum { PIECES = 200, LENGTH = 70000 };

struct taker {
	struct buffer text;
	int calls, fail_at; /* fails from this call on; -1: never */
	long pause;         /* nanoseconds before each piece */
};

static int take(void *context, const char *text, size_t len)
{
	struct taker *taker = context;

	if (taker->pause > 0)
		(void)nanosleep(&(struct timespec){0, taker->pause}, NULL);
	if (taker->fail_at >= 0 && taker->calls >= taker->fail_at)
		return -1;
	taker->calls++;
	buffer_add(&taker->text, text, len);
	return 0;
}

static void fill(struct buffer *piece, int number)
{
	piece->len = 0;
	for (int i = 0; i < LENGTH / 10; i++)
		buffer_format(piece, "%04d%05d\n", number, i);
}

/* Sends the pieces; the result of the relay. */
static int send_pieces(struct taker *taker, int count, struct buffer *sent)
{
	struct sink sink = {take, taker};
	struct relay *relay = relay_new(&sink);
	struct buffer piece = {0};

	assert_non_null(relay);
	for (int i = 0; i < count; i++) {
		fill(&piece, i);
		buffer_add_slice(sent, buffer_slice(&piece));
		if (relay_write(relay, piece.at, piece.len) != 0)
			break;
	}
	buffer_free(&piece);
	return relay_end(relay);
}

static void check_order(int count, long pause)
{
	struct taker taker = {.fail_at = -1, .pause = pause};
	struct buffer sent = {0};

	assert_int_equal(send_pieces(&taker, count, &sent), 0);
	assert_int_equal(taker.calls, count);
	assert_true(slice_equal(buffer_slice(&sent), buffer_slice(&taker.text)));
	buffer_free(&sent);
	buffer_free(&taker.text);
}

static void test_order(void **state)
{
	(void)state;
	check_order(0, 0);
	check_order(1, 0);
	check_order(2, 0);
	check_order(PIECES, 0);
	check_order(40, 1000000);
}

static void test_failure(void **state)
{
	static const int at[] = {0, 1, 2, 30};

	(void)state;
	for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
		struct taker taker = {.fail_at = at[i]};
		struct buffer sent = {0};
		assert_int_equal(send_pieces(&taker, PIECES, &sent), -1);
		assert_int_equal(taker.calls, at[i]);
		assert_memory_equal(sent.at, taker.text.at ? taker.text.at : "", taker.text.len);
		buffer_free(&sent);
		buffer_free(&taker.text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_order), cmocka_unit_test(test_failure)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
