/*
 * The two tables behind all Japanese encodings, filled from the C library's
 * converter: its CP932 is the index jis0208 of the WHATWG Encoding Standard
 * with the private use of Windows, its EUC-JP holds the index jis0212.
 */
#ifndef KPID_DECODE_TABLES_H
#define KPID_DECODE_TABLES_H

#include <stdint.h>

#define JIS_CELLS 94 /* and as many rows */

/* One UTF-16 unit for each pair of bytes whose first is 80 or more, 0 where
 * there is no character. */
struct cp932_table {
	uint16_t unit[128][256];
};

struct jis0212_table {
	uint16_t unit[JIS_CELLS][JIS_CELLS];
};

/* Both fill a zeroed table; a C library without the converter ends the
 * process. */
void cp932_table_build(struct cp932_table *table);
void jis0212_table_build(struct jis0212_table *table);

/* The unit of a pair; 0 for what is no pair. lead: 80 or more. */
static inline uint16_t
cp932_unit(const struct cp932_table *table, uint8_t lead, uint8_t trail)
{
	return table->unit[lead & 0x7f][trail];
}

/* The unit of a row and a cell of JIS X 0208, both counted from 0 to 93. */
uint16_t jis0208_unit(const struct cp932_table *table, unsigned row,
    unsigned cell);
uint16_t jis0212_unit(const struct jis0212_table *table, unsigned row,
    unsigned cell);

#endif
