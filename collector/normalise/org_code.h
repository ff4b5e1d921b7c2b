/*
 * 全国地方公共団体コード: six digits, the last one a check digit. Tables drop
 * the check digit, or the leading zero, or both.
 */
#ifndef NORMALISE_ORG_CODE_H
#define NORMALISE_ORG_CODE_H

#include "kpid/bytes.h"
#include "kpid/error.h"

/* What the codes of one table have shown so far. */
enum org_form {
	ORG_FORM_UNKNOWN,
	ORG_FORM_FIVE, /* without the check digit */
	ORG_FORM_SIX   /* with it */
};

/*
 * As org_code_read. Five digits can be a code without its check digit or one
 * of prefectures 01 to 09 without its zero; where both make sense *form
 * decides, and where it is unknown the code is refused. A code that makes
 * sense in one way only sets *form.
 */
MUST_CHECK bool org_code_read_as(struct slice cell, enum org_form *form,
    int *out, const char **why);

/* Is it all digits, so that it is a code or none at all? */
bool org_code_is(struct slice cell);

/* 13 and 1: codes of prefectures (JIS X 0401); 00 is the whole country. */
MUST_CHECK bool org_prefecture_read(struct slice cell, int *out,
    const char **why);

#endif
