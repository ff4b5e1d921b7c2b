/*
 * Time zones inside: the table of a TZif file and the rule in its footer.
 */
#ifndef KPID_ZONE_INT_H
#define KPID_ZONE_INT_H

#include "kpid/bytes.h"
#include "kpid/schedule.h"

enum rule_kind {
	RULE_JULIAN, /* Jn: 1..365, 29 February is never counted */
	RULE_DAY,    /* n: 0..365 */
	RULE_WEEKDAY /* Mm.w.d: week 5 is the last */
};

struct rule_day {
	enum rule_kind kind;
	int n;                    /* RULE_JULIAN, RULE_DAY */
	int month, week, weekday; /* weekday 0 is Sunday */
	int second;               /* of local time; may leave the day */
};

/* A POSIX TZ string: what holds after the last transition of the table. */
struct zone_rule {
	int std, dst; /* seconds east of UTC */
	bool has_dst;
	struct rule_day start, end; /* of DST */
};

struct zone {
	size_t n;              /* transitions, ascending */
	const int64_t *at;     /* seconds since 1970 */
	const int32_t *offset; /* from at[i] on */
	int32_t before;        /* before at[0] */
	bool has_rule;
	struct zone_rule rule;
};

/* A stretch of time with one offset: [from, until). */
struct zone_span {
	int64_t from, until; /* INT64_MIN, INT64_MAX: open */
	int offset;
};

/* Everything of a TZif file, version 2 or later. *out lives in mem. */
MUST_CHECK bool tzif_parse(struct slice file, struct arena *mem,
    struct zone *out, const char **why);

/* A POSIX TZ string, such as JST-9 or EST5EDT,M3.2.0,M11.1.0. */
MUST_CHECK bool zone_rule_parse(struct slice text, struct zone_rule *out);
/* The stretch of one offset in which `at` lies. */
struct zone_span zone_rule_span(const struct zone_rule *r, int64_t at);

#endif
