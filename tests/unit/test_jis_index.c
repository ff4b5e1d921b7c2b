/* rooms: base decode parse */
#include "../support/decode_read.h"

#include "../../collector/decode/tables.h"
#include "kpid/sha256.h"

/*
 * The WHATWG Encoding Standard names each of its indexes by the SHA-256 of the
 * code points as a Python list: "[12288, 12289, None, ..]". The identifiers
 * stand at the head of index-jis0208.txt and index-jis0212.txt at
 * https://encoding.spec.whatwg.org/. One code that differs changes them.
 */
#define JIS0208 \
	"cbaa91f3deb7d0841faf5c33041fc15a285da0e87e64ab802c4bf04b7c4da861"
#define JIS0212 \
	"83bf90dd1c591a4355730d8c4567efc499d74da7490531019ef22a879991cfb7"

static void
put_unit(struct buf *list, uint16_t unit)
{
	const char *comma = list->len > 1 ? ", " : "";

	cr_assert(unit != 0 ? buf_printf(list, "%s%u", comma, unit)
			    : buf_printf(list, "%sNone", comma));
}

static void
expect_identifier(struct buf *list, const char *want)
{
	uint8_t digest[32];
	char hex[65];

	cr_assert(buf_puts(list, "]"));
	sha256_of(list->ptr, list->len, digest);
	hex_encode(digest, sizeof(digest), hex);
	cr_expect_str_eq(hex, want, "got %s", hex);
}

/* A pointer of the standard as a pair of CP932: 188 trails for each lead. The
 * private use of Windows (8836 to 10715) is not in the index. */
Test(jis_index, jis0208_is_that_of_the_standard)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	CLEANUP(buf_release) struct buf list;
	struct cp932_table *table = arena_alloc(&mem, sizeof(*table));

	cp932_table_build(table);
	buf_init(&list, 1 << 20);
	cr_assert(buf_puts(&list, "["));
	for (unsigned pointer = 0; pointer < 11280; pointer++) {
		unsigned lead = pointer / 188, trail = pointer % 188;
		uint16_t unit = cp932_unit(table,
		    (uint8_t)(lead + (lead < 0x1f ? 0x81 : 0xc1)),
		    (uint8_t)(trail + (trail < 0x3f ? 0x40 : 0x41)));

		if (pointer >= 8836 && pointer <= 10715) {
			cr_expect_eq(unit, 0xe000 + pointer - 8836);
			unit = 0;
		}
		put_unit(&list, unit);
	}
	expect_identifier(&list, JIS0208);
}

Test(jis_index, jis0212_is_that_of_the_standard)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	CLEANUP(buf_release) struct buf list;
	struct jis0212_table *table = arena_alloc(&mem, sizeof(*table));

	jis0212_table_build(table);
	buf_init(&list, 1 << 20);
	cr_assert(buf_puts(&list, "["));
	for (unsigned pointer = 0; pointer < 94 * 94; pointer++)
		put_unit(&list,
		    jis0212_unit(table, pointer / 94, pointer % 94));
	expect_identifier(&list, JIS0212);
}

/* A row and a cell are the same place in all three encodings. */
Test(jis_index, rows_and_cells_are_pointers)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct cp932_table *table = arena_alloc(&mem, sizeof(*table));

	cp932_table_build(table);
	for (unsigned pointer = 0; pointer < 94 * 94; pointer++) {
		unsigned lead = pointer / 188, trail = pointer % 188;

		cr_assert_eq(jis0208_unit(table, pointer / 94, pointer % 94),
		    cp932_unit(table,
			(uint8_t)(lead + (lead < 0x1f ? 0x81 : 0xc1)),
			(uint8_t)(trail + (trail < 0x3f ? 0x40 : 0x41))));
	}
}
