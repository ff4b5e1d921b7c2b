/*
 * Words of a URL that stand for a period or an organization: {yyyy}{mm}.csv
 * is one address for each month. Pure text; which period is due is said by
 * whoever asks.
 */
#ifndef KPID_URL_WORDS_H
#define KPID_URL_WORDS_H

#include "kpid/arena.h"
#include "kpid/bytes.h"
#include "kpid/civil.h"

/* What a URL is filled with. */
struct url_place {
	enum span_kind every;
	int32_t first, last; /* of the period */
	const char *org;     /* six digits; NULL: none */
};

/* What a word speaks of. */
enum url_word_of {
	URL_WORD_UNKNOWN,
	URL_WORD_ORG,
	/* A period, the finest last. */
	URL_WORD_FISCAL_YEAR,
	URL_WORD_YEAR,
	URL_WORD_QUARTER,
	URL_WORD_MONTH,
	URL_WORD_DAY
};

enum url_word_of url_word_of(struct slice name);

/* The known word most like an unknown one, or NULL. */
const char *url_word_like(struct slice name, struct arena *mem);

/* url with its words filled in, percent-encoded; other {names} stay. In mem,
 * or url itself. */
const char *url_words_fill(const char *url, const struct url_place *place,
    struct arena *mem);

/* The period of a kind (day to fiscal year) that a day lies in. */
struct url_place url_place_of(enum span_kind every, int32_t day);
/* The one n periods later (earlier when n is negative), of no organization. */
struct url_place url_place_step(const struct url_place *place, int n);
/* It, as people write periods: 2024-04, FY2024. */
size_t url_place_text(const struct url_place *place, char out[PERIOD_TEXT_MAX]);

#endif
