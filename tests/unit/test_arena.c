/* rooms: base */
#include <criterion/criterion.h>
#include <malloc.h>
#include <stdalign.h>
#include <stdint.h>
#include <string.h>

#include "kpid/arena.h"

Test(arena, memory_is_zeroed_aligned_and_not_shared)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	unsigned char *last = NULL;

	for (size_t len = 0; len < 3000; len += 7) {
		unsigned char *p = arena_alloc(&mem, len);

		cr_expect_eq((uintptr_t)p % alignof(max_align_t), 0);
		for (size_t i = 0; i < len; i++)
			cr_assert_eq(p[i], 0, "%zu of %zu", i, len);
		memset(p, 0xff, len);
		cr_expect_neq(p, last);
		last = p;
	}
}

Test(arena, a_request_larger_than_any_block_is_served)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	char *small = arena_strdup(&mem, "before");
	char *big = arena_alloc(&mem, 5 << 20);

	big[(5 << 20) - 1] = 'x';
	cr_expect_str_eq(small, "before");
}

Test(arena, copies_end_in_nul)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	cr_expect_str_eq(arena_strdup(&mem, "上田市"), "上田市");
	cr_expect_str_eq(arena_strndup(&mem, "202037x", 6), "202037");
	cr_expect_str_eq(arena_strndup(&mem, NULL, 0), "");
	cr_expect_str_eq(arena_printf(&mem, "%s-%02d", "R6", 9), "R6-09");
}

Test(arena, printf_has_no_maximum)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	char *text = arena_printf(&mem, "%070000d", 7);

	cr_expect_eq(strlen(text), 70000);
	for (int n = 1; n < 600; n++) {
		text = arena_printf(&mem, "%0*d%s", n, 7, "x");
		cr_expect_eq(strlen(text), (size_t)n + 1, "%d", n);
		cr_expect_str_eq(text + n - 1, "7x", "%d", n);
	}
}

/* A transfer that waits has one, and thousands wait. */
Test(arena, a_small_unit_of_work_is_small)
{
	struct arena many[200] = { 0 };
	const size_t before = mallinfo2().uordblks;

	for (size_t i = 0; i < ARRAY_LEN(many); i++)
		(void)arena_strdup(&many[i], "https://www.example.jp/a.csv");
	cr_expect_lt(mallinfo2().uordblks - before, 200 * 2048,
	    "%zu bytes for each", (mallinfo2().uordblks - before) / 200);
	for (size_t i = 0; i < ARRAY_LEN(many); i++)
		arena_release(&many[i]);
}

Test(arena, can_be_used_again_after_release)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	(void)arena_alloc(&mem, 100);
	arena_release(&mem);
	cr_expect_null(mem.blocks);
	cr_expect_str_eq(arena_strdup(&mem, "again"), "again");
}

Test(arena, reset_keeps_one_block_and_hands_out_zeroed_memory)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct arena_block *kept;
	unsigned char *p;

	for (int i = 0; i < 100; i++)
		memset(arena_alloc(&mem, 4000), 0xff, 4000);
	arena_reset(&mem);
	kept = mem.blocks;
	cr_assert_not_null(kept);
	p = arena_alloc(&mem, 4000);
	cr_expect_eq(mem.blocks, kept, "the kept block serves the next chunk");
	for (int i = 0; i < 4000; i++)
		cr_assert_eq(p[i], 0);
}

Test(arena, reset_gives_a_freak_block_back)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	(void)arena_alloc(&mem, 64 << 20);
	arena_reset(&mem);
	cr_expect_null(mem.blocks);
}

Test(arena, an_impossible_size_ends_the_process, .exit_code = 70)
{
	CLEANUP(arena_release) struct arena mem = { 0 };

	(void)arena_array(&mem, SIZE_MAX / 2, 3);
}
