/*
 * The names of a header, and which column a contract means by one.
 */
#ifndef NORMALISE_HEADER_NAMES_H
#define NORMALISE_HEADER_NAMES_H

#include "mapping.h"

/* A header being read, and what is wrong with it so far. */
struct header_names {
	const struct table_header *header;
	struct arena *mem;
	bool paths;        /* of JSON: compared as they stand */
	const char **keys; /* one for each column */
	bool *used;
	struct buf missing; /* 'a', 'b' */
	const char *first;  /* the first one missing.. */
	int line;           /* ..and where it is wanted */
	const char *twice;  /* a name that is there twice */
	int twice_line;
	uint32_t columns[2];
};

/* The keys of all names; release it. */
void header_names_init(struct header_names *h,
    const struct table_header *header, bool paths, struct arena *mem);
void header_names_release(struct header_names *h);

/* The column of this name: its label, "#3", "計#2". NO_COLUMN when there is
 * none, which is noted as missing unless it is optional. */
size_t header_find(struct header_names *h, const char *name, int line,
    bool optional);
/* All columns of this label, and what "#3" and "計#2" mean: they are known. */
void header_use(struct header_names *h, const char *name);

/* What the contract's format brings along without a contract asking for it:
 * names beside codes, attributes, numbers of records. */
void header_use_format(struct header_names *h, enum feed_format format);

/* Says which columns are not there, or there twice; true when none is. */
MUST_CHECK bool header_refuse(const struct header_names *h,
    const struct feed *feed, struct kpid_err *err);

#endif
