/* Nine fields: seven integers, a status of one byte, a numeric. */
#include <string.h>

#include "row.h"

enum { ORG, SERIES, PERIOD, SINCE, DELIVERY, LINE, COLUMN, N_INTS };

#define FIELDS    2 /* bytes that say how many there are */
#define INT_FIELD 8 /* a length and a value */
#define STATUS_AT (FIELDS + N_INTS * INT_FIELD)
#define VALUE_AT  (STATUS_AT + 5)

static size_t
int_field(int32_t value, unsigned char *out)
{
	return int32_put(4, out) + int32_put(value, out + 4);
}

static unsigned char *
int_at(unsigned char *row, int field)
{
	return row + FIELDS + field * INT_FIELD;
}

static int32_t
int_get(const unsigned char *p)
{
	return (int32_t)((uint32_t)p[0] << 24 | (uint32_t)p[1] << 16
	    | (uint32_t)p[2] << 8 | p[3]);
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
row_put(const struct observation *o, int delivery, unsigned char out[ROW_MAX])
{
	const int32_t ints[N_INTS] = {
		[ORG] = o->series->org,
		[SERIES] = (int32_t)o->series->ordinal,
		[PERIOD] = o->period.first,
		[DELIVERY] = delivery,
		[LINE] = (int32_t)o->line,
		[COLUMN] = (int32_t)o->column,
	};
	size_t at = int16_put(9, out);

	for (int i = 0; i < N_INTS; i++)
		at += int_field(ints[i], out + at);
	at += int32_put(1, out + at);
	out[at++] = (unsigned char)row_status(o);
	if (o->missing != MISSING_NONE)
		return at + int32_put(-1, out + at);
	const size_t len = numeric_put(o->value, out + at + 4);

	return at + int32_put((int32_t)len, out + at) + len;
}

size_t
row_length(const unsigned char *row)
{
	const int32_t len = int_get(row + VALUE_AT);

	return VALUE_AT + 4 + (len > 0 ? (size_t)len : 0);
}

uint32_t
row_ordinal(const unsigned char *row)
{
	return (uint32_t)int_get(row + FIELDS + SERIES * INT_FIELD + 4);
}

void
row_number(unsigned char *row, int32_t series, int32_t event)
{
	(void)int_field(series, int_at(row, SERIES));
	(void)int_field(event, int_at(row, SINCE));
}

size_t
row_staged(const unsigned char *row, unsigned char out[ROW_MAX])
{
	static const int fields[] = { DELIVERY, SERIES, PERIOD, LINE, COLUMN };
	const size_t rest = row_length(row) - STATUS_AT;
	size_t at = int16_put(9, out);

	for (size_t i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		memcpy(out + at, row + FIELDS + fields[i] * INT_FIELD,
		    INT_FIELD);
		at += INT_FIELD;
	}
	memcpy(out + at, row + STATUS_AT, rest);
	at += rest;
	at += int32_put(-1, out + at); /* raw and reason are of rejects */
	return at + int32_put(-1, out + at);
}
