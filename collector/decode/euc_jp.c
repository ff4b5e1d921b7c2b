#include "scan.h"

#define EUC_FIRST      0xa1
#define EUC_LAST       0xfe
#define EUC_KANA       0x8e /* one byte of half-width kana follows */
#define EUC_SUPPLEMENT 0x8f /* two bytes of JIS X 0212 follow */

/*
 * EUC-JP and CP932 are two envelopes of the same rows and cells of JIS X 0208,
 * so that one table tells for both whether a character stands there.
 */
static bool
is_assigned(const struct cp932_table *table, uint8_t first, uint8_t second)
{
	int row = first - EUC_FIRST, cell = second - EUC_FIRST;
	int lead = 0x81 + row / 2, trail = cell;

	if (lead > 0x9f)
		lead += 0xe0 - 0xa0;
	if (row % 2 != 0)
		trail += 0x9f;
	else
		trail += cell < 0x3f ? 0x40 : 0x41;
	return cp932_unit(table, (uint8_t)lead, (uint8_t)trail) != 0;
}

static void
euc_jp_step(struct euc_jp *e, const struct cp932_table *table, uint8_t c)
{
	bool second = c >= EUC_FIRST && c <= EUC_LAST;

	if (e->skip > 0) {
		e->skip--;
		e->broken = !second;
	} else if (e->lead == EUC_KANA) {
		e->broken = c < 0xa1 || c > 0xdf;
		e->lead = 0;
	} else if (e->lead != 0) {
		e->broken = !second || !is_assigned(table, e->lead, c);
		e->lead = 0;
	} else if (c == EUC_SUPPLEMENT) {
		e->skip = 2;
	} else if (c == EUC_KANA || second) {
		e->lead = c;
	} else {
		e->broken = c == 0 || c >= 0x80;
	}
}

void
euc_jp_push(struct euc_jp *e, const struct cp932_table *table, const uint8_t *p,
    size_t len)
{
	for (size_t i = 0; i < len && !e->broken; i++)
		euc_jp_step(e, table, p[i]);
}

bool
euc_jp_clean(const struct euc_jp *e)
{
	return !e->broken && e->lead == 0 && e->skip == 0;
}
