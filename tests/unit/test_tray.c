/* rooms: base load */
/* A tray gives back what was put into it, in memory or not. */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/load/tray.h"

#define PIECE 1000

/* What stands at a place: anything that differs from its neighbours. */
static unsigned char
byte_at(uint64_t at)
{
	return (unsigned char)(at * 31 + at / 251);
}

static void
fill(struct tray *t, uint64_t length)
{
	struct kpid_err err = { 0 };
	unsigned char piece[PIECE];

	while (tray_length(t) < length) {
		const uint64_t at = tray_length(t);
		const size_t n =
		    length - at < PIECE ? (size_t)(length - at) : PIECE;

		for (size_t i = 0; i < n; i++)
			piece[i] = byte_at(at + i);
		cr_assert(tray_put(t, piece, n, &err), "%s", err.msg);
	}
}

static void
expect_bytes(const struct tray *t, uint64_t at, size_t len, size_t want)
{
	struct kpid_err err = { 0 };
	static unsigned char out[100000];
	size_t got = 0;

	cr_assert(tray_get(t, at, out, len, &got, &err), "%s", err.msg);
	cr_expect_eq(got, want, "from %llu: %zu bytes", (unsigned long long)at,
	    got);
	for (size_t i = 0; i < got; i++)
		cr_assert_eq(out[i], byte_at(at + i), "byte %llu",
		    (unsigned long long)(at + i));
}

Test(tray, gives_back_what_was_put)
{
	static const struct {
		uint64_t length;
		bool filed;
		const char *why;
	} table[] = {
		{ 0, false, "nothing" },
		{ 1, false, "a byte" },
		{ 100000, false, "in memory" },
		{ 10000001, true, "some megabytes" },
	};

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		CLEANUP(tray_release) struct tray t;
		const uint64_t end = table[i].length;

		tray_init(&t);
		fill(&t, end);
		cr_expect_eq(tray_length(&t), end, "%s", table[i].why);
		cr_expect_eq(t.fd >= 0, table[i].filed, "%s", table[i].why);
		for (uint64_t at = 0; at + 100000 <= end; at += 99991)
			expect_bytes(&t, at, 100000, 100000);
		expect_bytes(&t, end > 10 ? end - 10 : 0, 100,
		    end > 10 ? 10 : (size_t)end);
		expect_bytes(&t, end, 10, 0);
	}
}

Test(tray, what_is_cut_off_is_gone)
{
	static const uint64_t cuts[] = { 0, 999, 4000000, 9000001, 9999999 };

	for (size_t i = 0; i < ARRAY_LEN(cuts); i++) {
		CLEANUP(tray_release) struct tray t;

		tray_init(&t);
		fill(&t, 10000000);
		tray_cut(&t, cuts[i]);
		cr_expect_eq(tray_length(&t), cuts[i], "cut %zu", i);
		fill(&t, cuts[i] + 5000001);
		expect_bytes(&t, cuts[i] > 50 ? cuts[i] - 50 : 0, 1000, 1000);
		expect_bytes(&t, cuts[i] + 5000000, 1000, 1);
	}
}

Test(tray, a_piece_larger_than_its_memory)
{
	CLEANUP(tray_release) struct tray t;
	struct kpid_err err = { 0 };
	static unsigned char large[9000000];

	for (size_t i = 0; i < sizeof(large); i++)
		large[i] = byte_at(i);
	tray_init(&t);
	cr_assert(tray_put(&t, large, sizeof(large), &err), "%s", err.msg);
	fill(&t, sizeof(large) + 10);
	expect_bytes(&t, sizeof(large) - 100, 1000, 110);
}
