#include <iconv.h>
#include <stdbool.h>

#include "kpid/error.h"
#include "tables.h"

#define UTF16_HERE \
	(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__ ? "UTF-16LE" : "UTF-16BE")

static iconv_t
converter_open(const char *from)
{
	iconv_t cd = iconv_open(UTF16_HERE, from);

	if (cd == (iconv_t)-1)
		fatal("the C library cannot read %s. "
		      "HINT: install its character set converters (gconv)",
		    from);
	return cd;
}

/*
 * The units of n codes of width bytes each. The converter stops at a code that
 * is no character and leaves the input exactly there; what it wrote until then
 * are the characters before it, one unit each.
 */
static void
convert_codes(iconv_t cd, char *codes, size_t width, size_t n, uint16_t *units)
{
	for (size_t i = 0; i < n; i++) {
		char *in = codes + width * i, *out = (char *)(units + i);
		size_t in_left = width * (n - i), out_left = 2 * (n - i);

		(void)iconv(cd, &in, &in_left, &out, &out_left);
		i = n - in_left / width;
	}
}

static bool
is_lead(int c)
{
	return (c >= 0x81 && c <= 0x9f) || (c >= 0xe0 && c <= 0xfc);
}

void
cp932_table_build(struct cp932_table *table)
{
	iconv_t cd = converter_open("CP932");
	char codes[2 * 256];

	for (int lead = 0x81; lead <= 0xfc; lead++) {
		if (!is_lead(lead))
			continue;
		for (int trail = 0x40; trail <= 0xfc; trail++) {
			codes[2 * trail] = (char)lead;
			codes[2 * trail + 1] = (char)trail;
		}
		convert_codes(cd, codes + 2 * 0x40, 2, 0xfc - 0x40 + 1,
		    table->unit[lead & 0x7f] + 0x40);
	}
	(void)iconv_close(cd);
}

void
jis0212_table_build(struct jis0212_table *table)
{
	iconv_t cd = converter_open("EUC-JP");
	char codes[3 * JIS_CELLS];

	for (int row = 0; row < JIS_CELLS; row++) {
		for (int cell = 0; cell < JIS_CELLS; cell++) {
			codes[3 * cell] = (char)0x8f;
			codes[3 * cell + 1] = (char)(0xa1 + row);
			codes[3 * cell + 2] = (char)(0xa1 + cell);
		}
		convert_codes(cd, codes, 3, JIS_CELLS, table->unit[row]);
	}
	(void)iconv_close(cd);
}

/* Two rows share one lead byte; the trail byte leaves out 7f. */
uint16_t
jis0208_unit(const struct cp932_table *table, unsigned row, unsigned cell)
{
	unsigned lead = 0x81 + row / 2, trail = 0x9f + cell;

	if (lead > 0x9f)
		lead += 0xe0 - 0xa0;
	if (row % 2 == 0)
		trail = cell < 0x3f ? 0x40 + cell : 0x41 + cell;
	return cp932_unit(table, (uint8_t)lead, (uint8_t)trail);
}

uint16_t
jis0212_unit(const struct jis0212_table *table, unsigned row, unsigned cell)
{
	return table->unit[row][cell];
}
