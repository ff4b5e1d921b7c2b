/*
 * What preview prints, for people and as JSON. Private to this room.
 */
#ifndef CLI_PREVIEW_H
#define CLI_PREVIEW_H

#include <stdint.h>
#include <stdio.h>

#include "cli.h"
#include "kpid/body.h"
#include "kpid/inspect.h"
#include "kpid/observation.h"

#define MISSING_KINDS (MISSING_ERROR + 1)
#define SHEETS_SHOWN  256

/* A sheet's place in the workbook and its name. */
struct sheet_shown {
	uint32_t number;
	const char *name;
};

#define SHOWN 20 /* first observations, rejects, findings */

/* An observation as it is printed, all of them when their widths are known. */
struct shown {
	const char *place, *raw, *value, *period, *series;
	char status;
};

/*
 * Rejects and findings wait in temporary files while observations are
 * printed, so that memory does not grow with the body.
 */
struct preview {
	struct cli *cli;
	const struct body *body;
	struct repeats *repeats;
	FILE *rejects, *findings;
	struct buf piece;
	uint64_t n, n_rejects, n_findings, n_holding;
	uint64_t missing[MISSING_KINDS];
	uint32_t n_series;
	struct period first, last; /* of all observations */
	struct sheet_shown sheets[SHEETS_SHOWN];
	size_t n_sheets;
	struct shown shown[SHOWN];        /* not yet printed.. */
	size_t n_shown;                   /* ..so many of them */
	struct arena mem;                 /* their texts */
	char published[INSTANT_TEXT_MAX]; /* "": the source does not say */
};

/* preview_json.c, preview_text.c: read the body and print what comes. */
MUST_CHECK bool preview_json(struct preview *p, struct kpid_err *err);
MUST_CHECK bool preview_text(struct preview *p, struct kpid_err *err);
/* When the source published the body; a date that its rule does not find is a
 * finding. Last-Modified is not known here. */
MUST_CHECK bool preview_published(struct preview *p,
    const struct observation_sink *to, struct kpid_err *err);
/* What has gathered in f, to standard output. */
void preview_copy(FILE *f);

#endif
