/* rooms: base */
#include <criterion/criterion.h>
#include <string.h>

#include "../../collector/base/sha256_blocks.h"
#include "kpid/bytes.h"
#include "kpid/sha256.h"

static void
expect_digest(const uint8_t digest[SHA256_LEN], const char *hex,
    const char *why)
{
	char text[2 * SHA256_LEN + 1];

	hex_encode(digest, SHA256_LEN, text);
	cr_expect_str_eq(text, hex, "%s: got %s", why, text);
}

/* Examples of FIPS 180-4 (NIST, "Cryptographic Standards and Guidelines,
 * example values") and the short messages of NIST's CAVP. */
Test(sha256, published_vectors)
{
	static const struct {
		const char *in, *hex, *why;
	} table[] = {
		{ "",
		    "e3b0c44298fc1c149afbf4c8996fb924"
		    "27ae41e4649b934ca495991b7852b855",
		    "nothing" },
		{ "abc",
		    "ba7816bf8f01cfea414140de5dae2223"
		    "b00361a396177a9cb410ff61f20015ad",
		    "one block" },
		{ "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
		    "248d6a61d20638b8e5c026930c3e6039"
		    "a33ce45964ff2167f6ecedd419db06c1",
		    "56 bytes" },
		{ "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
		  "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
		    "cf5b16a778af8380036ce59e7b049237"
		    "0b249b11e8f07a51afac45037afee9d1",
		    "112 bytes" },
	};
	uint8_t digest[SHA256_LEN];

	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		sha256_of(table[i].in, strlen(table[i].in), digest);
		expect_digest(digest, table[i].hex, table[i].why);
	}
}

Test(sha256, a_million_times_a_in_uneven_pieces)
{
	char a[997];
	struct sha256 s;
	uint8_t digest[SHA256_LEN];

	memset(a, 'a', sizeof(a));
	sha256_init(&s);
	for (size_t left = 1000000; left > 0;) {
		size_t n = left < sizeof(a) ? left : sizeof(a);

		sha256_update(&s, a, n);
		left -= n;
	}
	sha256_final(&s, digest);
	expect_digest(digest,
	    "cdc76e5c9914fb9281a1c7e284d73e67"
	    "f1809a48a497200e046d39ccc7112cd0",
	    "a million");
}

Test(sha256, any_cut_gives_the_same_digest)
{
	uint8_t in[200], whole[SHA256_LEN], cut[SHA256_LEN];
	struct sha256 s;

	for (size_t i = 0; i < sizeof(in); i++)
		in[i] = (uint8_t)(i * 7);
	for (size_t len = 0; len <= sizeof(in); len++) {
		sha256_of(in, len, whole);
		sha256_init(&s);
		sha256_update(&s, in, len / 3);
		sha256_update(&s, in + len / 3, len - len / 3);
		sha256_final(&s, cut);
		cr_expect_arr_eq(cut, whole, SHA256_LEN, "%zu bytes", len);
	}
}

/* As if the processor had been asked and had said so. */
static void
sum_by(bool fast, const uint8_t *in, size_t len, uint8_t out[SHA256_LEN])
{
	struct sha256 s;

	sha256_init(&s);
	s.asked = true;
	s.fast = fast && sha256_is_fast();
	sha256_update(&s, in, len);
	sha256_final(&s, out);
}

Test(sha256, with_and_without_the_instructions)
{
	uint8_t in[1000], fast[SHA256_LEN], plain[SHA256_LEN];

	for (size_t i = 0; i < sizeof(in); i++)
		in[i] = (uint8_t)(i * i);
	for (size_t len = 0; len <= sizeof(in); len += 37) {
		sum_by(true, in, len, fast);
		sum_by(false, in, len, plain);
		cr_expect_arr_eq(plain, fast, SHA256_LEN, "%zu bytes", len);
	}
}

Test(sha256, a_long_one_changes_its_way_in_the_middle)
{
	static uint8_t in[40000];
	uint8_t plain[SHA256_LEN], mixed[SHA256_LEN];
	struct sha256 s;

	for (size_t i = 0; i < sizeof(in); i++)
		in[i] = (uint8_t)(i * 7);
	sum_by(false, in, sizeof(in), plain);
	sha256_init(&s);
	for (size_t at = 0; at < sizeof(in); at += 1000)
		sha256_update(&s, in + at, 1000);
	cr_expect(s.asked);
	sha256_final(&s, mixed);
	cr_expect_arr_eq(mixed, plain, SHA256_LEN);
	sha256_init(&s);
	sha256_update(&s, in, 1000);
	cr_expect(!s.asked, "a small one asks nobody");
}
