/* rooms: base spool fetch */
#include "../support/web_rig.h"

#include <zlib.h>

/* Bytes of gzip: one member after the other. */
struct packed {
	unsigned char bytes[512];
	size_t len;
};

static void
pack(struct packed *p, const char *text)
{
	z_stream z = { .next_in = (unsigned char *)(uintptr_t)text,
		.avail_in = (uInt)strlen(text),
		.next_out = p->bytes + p->len,
		.avail_out = (uInt)(sizeof(p->bytes) - p->len) };

	cr_assert_eq(deflateInit2(&z, 9, Z_DEFLATED, 16 + MAX_WBITS, 9,
			 Z_DEFAULT_STRATEGY),
	    Z_OK);
	cr_assert_eq(deflate(&z, Z_FINISH), Z_STREAM_END);
	p->len = sizeof(p->bytes) - z.avail_out;
	cr_assert_eq(deflateEnd(&z), Z_OK);
}

/* The first len bytes, said to be all and to be gzip. */
static struct answer
packed_get(struct web *w, const struct packed *p, size_t len)
{
	const char *path = rig_file(&w->rig, "packed", "");
	FILE *file = fopen(path, "we");

	cr_assert_not_null(file, "%s", path);
	cr_assert_eq(fwrite(p->bytes, 1, len, file), len);
	cr_assert_eq(fclose(file), 0);
	return web_get(w, "coded/gzip/packed");
}

/* Two members: only behind the first a cut is no cut. */
Test(http_gzip, gzip_that_is_cut_anywhere_is_refused)
{
	static const char says[] = "the body ends early: its gzip stream is "
				   "cut short";
	CLEANUP(web_free) struct web w = { 0 };
	struct packed p = { .len = 0 };
	struct answer a;
	size_t first;

	web_open(&w);
	pack(&p, TABLE);
	first = p.len;
	pack(&p, "202045,1\n");
	for (size_t n = 0; n < p.len; n++) {
		if (n == first)
			continue;
		a = packed_get(&w, &p, n);
		cr_expect(a.outcome == FETCH_FAILED && a.err.retry
			&& a.err.code == KPID_EFETCH
			&& strstr(a.err.msg, says) != NULL,
		    "%zu of %zu bytes: got '%s'", n, p.len, a.err.msg);
	}
	a = web_get(&w, "redirect/gzipcut/30/t.csv");
	cr_expect_not_null(strstr(a.err.msg, says), "%s", a.err.msg);
	rig_expect_empty(&w.rig, "cut");
	a = packed_get(&w, &p, first);
	cr_expect(a.outcome == FETCH_BODY && strcmp(a.body, TABLE) == 0, "%s",
	    a.err.msg);
	a = packed_get(&w, &p, p.len);
	cr_expect(a.outcome == FETCH_BODY
		&& strcmp(a.body, TABLE "202045,1\n") == 0,
	    "%s", a.err.msg);
}

Test(http_gzip, gzip_that_is_damaged_is_refused)
{
	static const struct {
		int at;
		const char *says, *why;
	} table[] = {
		{ 0, "incorrect header check", "no gzip at all" },
		{ 2, "unknown compression method", "another method" },
		{ 10, "", "the first byte of the data" },
		{ -8, "incorrect data check", "the sum" },
		{ -1, "incorrect length check", "the length" },
	};
	CLEANUP(web_free) struct web w = { 0 };
	struct packed p = { .len = 0 };
	struct answer a;

	web_open(&w);
	pack(&p, TABLE);
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		struct packed bad = p;
		size_t at = table[i].at < 0 ? p.len - (size_t)-table[i].at
					    : (size_t)table[i].at;

		bad.bytes[at] ^= 0x06;
		a = packed_get(&w, &bad, bad.len);
		cr_expect(a.outcome == FETCH_FAILED
			&& strstr(a.err.msg,
			       "the body is no sound gzip stream: ")
			    != NULL
			&& strstr(a.err.msg, table[i].says) != NULL,
		    "row %zu (%s): got '%s'", i, table[i].why, a.err.msg);
	}
	memcpy(p.bytes + p.len, "\r\n", 2);
	a = packed_get(&w, &p, p.len + 2);
	cr_expect_not_null(strstr(a.err.msg, "no sound gzip stream"),
	    "something behind the end: '%s'", a.err.msg);
	rig_expect_empty(&w.rig, "damaged");
}

Test(http_gzip, what_was_not_asked_for_is_refused_by_its_name)
{
	static const struct {
		const char *path, *says;
	} table[] = {
		{ "coded/br/t.csv",
		    "has Content-Encoding 'br', which was "
		    "not asked for. HINT: " },
		{ "coded/deflate/t.csv", "Content-Encoding 'deflate'" },
		{ "coded/zstd/t.csv", "Content-Encoding 'zstd'" },
		{ "coded/gzip,%20gzip/t.csv", "Content-Encoding 'gzip, gzip'" },
		{ "redirect/coded/br/t.csv", "Content-Encoding 'br'" },
		{ "coded/br/empty", "Content-Encoding 'br'" },
		{ "onway/gzip/t.csv", "Transfer-Encoding 'gzip, chunked'" },
	};
	static const char *const fine[] = { "coded/identity/t.csv",
		"coded/Identity/t.csv", "coded//t.csv" };
	CLEANUP(web_free) struct web w = { 0 };
	struct answer a;

	web_open(&w);
	rig_file(&w.rig, "empty", "");
	for (size_t i = 0; i < ARRAY_LEN(table); i++) {
		a = web_get(&w, table[i].path);
		cr_expect(a.outcome == FETCH_FAILED && !a.err.retry
			&& a.err.code == KPID_EFETCH
			&& strstr(a.err.msg, table[i].says) != NULL,
		    "row %zu (%s): got '%s'", i, table[i].path, a.err.msg);
	}
	rig_expect_empty(&w.rig, "refused");
	for (size_t i = 0; i < ARRAY_LEN(fine); i++) {
		a = web_get(&w, fine[i]);
		cr_expect(a.outcome == FETCH_BODY && strcmp(a.body, TABLE) == 0,
		    "%s: %s", fine[i], a.err.msg);
	}
	a = web_get(&w, "redirect/gzip/t.csv");
	cr_expect_eq(a.outcome, FETCH_BODY, "%s", a.err.msg);
}
