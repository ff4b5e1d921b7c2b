/*
 * What normalise hands on: observations, rejects and findings.
 */
#ifndef KPID_OBSERVATION_H
#define KPID_OBSERVATION_H

#include <stdbool.h>
#include <stdint.h>

#include "kpid/bytes.h"
#include "kpid/civil.h"
#include "kpid/error.h"

/* Why there is no number. Texts: missing_text(). */
enum missing {
	MISSING_NONE,
	MISSING_NOT_APPLICABLE,
	MISSING_SUPPRESSED,
	MISSING_NOT_COLLECTED,
	MISSING_NOT_AVAILABLE,
	MISSING_ERROR
};

/* As contracts and views write it; NULL for MISSING_NONE. */
const char *missing_text(enum missing m);
/* The reverse; false for a word that is none of them. */
MUST_CHECK bool missing_from_text(struct slice s, enum missing *out);

/* A series as the delivery names it; lives as long as the delivery's job. */
struct series_key {
	uint32_t ordinal; /* 0, 1, .. in order of first sight */
	const char *indicator;
	int org;               /* 202037; leading zero is printing */
	const char *frequency; /* SDMX CL_FREQ, or FY */
	const char *span;      /* span_text of its periods */
	const char *dims;      /* canonical JSON object, "{}" */
	int32_t last_first;    /* of its newest period seen */
	bool ordered;          /* periods only grew: keys are unique */
};

struct observation {
	const struct series_key *series;
	struct period period;
	struct slice value;   /* -?digits[.digits]; borrowed */
	enum missing missing; /* then value is empty */
	char status;          /* A P E B; with a missing reason its
					 * own: M Q L O */
	uint32_t line, column;
	struct slice raw; /* the cell as decoded; borrowed */
};

struct reject {
	uint32_t line, column;
	struct slice raw;
	const char *reason;              /* borrowed for the call */
	const struct series_key *series; /* when it was readable.. */
	struct period period;            /* ..else series is NULL */
};

struct finding {
	const char *kind; /* unknown_column, unknown_mark, .. */
	uint32_t line, column;
	const char *text, *suggestion; /* suggestion may be NULL */
	bool holds;                    /* could change a value's meaning: the
					 * delivery must be held */
	const char *text_ja;           /* for its owner; may be NULL */
};

/* Who takes them; each is borrowed for the call. */
struct observation_sink {
	void *ctx;
	bool (*observation)(void *ctx, const struct observation *o,
	    struct kpid_err *err);
	bool (*reject)(void *ctx, const struct reject *r, struct kpid_err *err);
	bool (*finding)(void *ctx, const struct finding *f,
	    struct kpid_err *err);
};

#endif
