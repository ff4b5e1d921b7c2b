/* Packed: four integers, a status, the length of a numeric, or -1, and it. */
#include <string.h>

#include "row.h"

enum { ORDINAL, PERIOD, LINE, COLUMN, N_INTS };

#define STATUS_AT (N_INTS * 4)
#define LENGTH_AT (STATUS_AT + 1)
#define VALUE_AT  ROW_HEAD

static int32_t
int_get(const unsigned char *row, int field)
{
	const unsigned char *p = row + field * 4;

	return (int32_t)((uint32_t)p[0] << 24 | (uint32_t)p[1] << 16
	    | (uint32_t)p[2] << 8 | p[3]);
}

/* Of the value; negative: there is none. */
static int
value_length(const unsigned char *row)
{
	return (int16_t)(row[LENGTH_AT] << 8 | row[LENGTH_AT + 1]);
}

char
row_status(const struct observation *o)
{
	static const char letters[] = {
		[MISSING_NOT_APPLICABLE] = 'M',
		[MISSING_SUPPRESSED] = 'Q',
		[MISSING_NOT_COLLECTED] = 'L',
		[MISSING_NOT_AVAILABLE] = 'O',
		[MISSING_ERROR] = 'e',
	};
	return o->missing == MISSING_NONE ? o->status : letters[o->missing];
}

size_t
row_put(const struct observation *o, unsigned char out[ROW_MAX])
{
	const int32_t ints[N_INTS] = {
		[ORDINAL] = (int32_t)o->series->ordinal,
		[PERIOD] = o->period.first,
		[LINE] = (int32_t)o->line,
		[COLUMN] = (int32_t)o->column,
	};
	const bool missing = o->missing != MISSING_NONE;
	const size_t len = missing ? 0 : numeric_put(o->value, out + VALUE_AT);

	for (int i = 0; i < N_INTS; i++)
		(void)int32_put(ints[i], out + i * 4);
	out[STATUS_AT] = (unsigned char)row_status(o);
	(void)int16_put(missing ? -1 : (int16_t)len, out + LENGTH_AT);
	return VALUE_AT + len;
}

size_t
row_length(const unsigned char *row)
{
	const int len = value_length(row);

	return VALUE_AT + (len > 0 ? (size_t)len : 0);
}

uint32_t
row_ordinal(const unsigned char *row)
{
	return (uint32_t)int_get(row, ORDINAL);
}

/* Fields of COPY: a length each, and as many bytes. */
static size_t
put_ints(const int32_t *ints, size_t n, unsigned char *out)
{
	size_t at = 0;

	for (size_t i = 0; i < n; i++) {
		at += int32_put(4, out + at);
		at += int32_put(ints[i], out + at);
	}
	return at;
}

static size_t
put_statement(const unsigned char *row, unsigned char *out)
{
	const int len = value_length(row);
	size_t at = int32_put(1, out);

	out[at++] = row[STATUS_AT];
	at += int32_put(len, out + at);
	if (len <= 0)
		return at;
	memcpy(out + at, row + VALUE_AT, (size_t)len);
	return at + (size_t)len;
}

size_t
row_direct(const unsigned char *row, const struct row_place *place,
    unsigned char out[ROW_MAX])
{
	const int32_t ints[] = { place->org, place->series,
		int_get(row, PERIOD), place->event, place->delivery,
		int_get(row, LINE), int_get(row, COLUMN) };
	size_t at = int16_put(9, out);

	at += put_ints(ints, sizeof(ints) / sizeof(ints[0]), out + at);
	return at + put_statement(row, out + at);
}

size_t
row_staged(const unsigned char *row, int32_t delivery,
    unsigned char out[ROW_MAX])
{
	const int32_t ints[] = { delivery, int_get(row, ORDINAL),
		int_get(row, PERIOD), int_get(row, LINE),
		int_get(row, COLUMN) };
	size_t at = int16_put(9, out);

	at += put_ints(ints, sizeof(ints) / sizeof(ints[0]), out + at);
	at += put_statement(row, out + at);
	at += int32_put(-1, out + at); /* raw and reason are of rejects */
	return at + int32_put(-1, out + at);
}
