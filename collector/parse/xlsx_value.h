/*
 * What a workbook's numbers say: their decimal text as shown, percentages,
 * and dates by their style. Private to this room.
 *
 * Text arithmetic only: a workbook holds the shortest decimal of a double, and
 * shows 15 digits of it.
 */
#ifndef PARSE_XLSX_VALUE_H
#define PARSE_XLSX_VALUE_H

#include <stdbool.h>

#include "kpid/bytes.h"

/* What a number's style makes of it. */
enum xlsx_style {
	STYLE_NUMBER,
	STYLE_PERCENT,
	STYLE_THOUSANDS,  /* #,##0, shows 1235 of 1234567.. */
	STYLE_MILLIONS,   /* ..#,##0,, shows 1.. */
	STYLE_BILLIONS,   /* ..and so on; up to here numbers */
	STYLE_DATE,       /* has a day in it */
	STYLE_DATE_TIME,  /* a day and a time of day */
	STYLE_YEAR_MONTH, /* a month, without a day */
	STYLE_YEAR,
	STYLE_TIME /* a time of day alone */
};

/* By the number of a built-in format; those of Japan where they differ. */
enum xlsx_style xlsx_style_builtin(unsigned int id);
/* By a format code: yyyy"年"m"月"d"日". */
enum xlsx_style xlsx_style_code(struct slice code);

#define XLSX_DECIMAL_MAX 512 /* bytes of any number's text, NUL included */

/*
 * [-]digits[.digits][E[+-]digits] times 10^shift, without an exponent, at most
 * 15 significant digits, rounded half away from zero. Zeros at the end stay
 * when they were written and nothing was rounded or made smaller. false: it is
 * no number, or none that a double can hold.
 */
MUST_CHECK bool xlsx_decimal(struct slice text, int shift,
    char out[XLSX_DECIMAL_MAX]);

#define XLSX_DATE_MAX 32

/* The power of 10 between a number and what this style shows of it. */
int xlsx_style_shift(enum xlsx_style style);

/* The day (and time) of a serial number as ISO 8601. false: no such day, the
 * number says only itself. */
MUST_CHECK bool xlsx_date(struct slice serial, enum xlsx_style style,
    bool date1904, char out[XLSX_DATE_MAX]);

#endif
