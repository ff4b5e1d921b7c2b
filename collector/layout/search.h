/*
 * Is this the header? By its row, its labels, a pattern, or the columns that
 * the contract names; and what to say when nothing was.
 */
#ifndef LAYOUT_SEARCH_H
#define LAYOUT_SEARCH_H

#include "kpid/pattern.h"
#include "names.h"
#include "wanted.h"
#include "window.h"

enum search_by {
	SEARCH_NONE,   /* there is none: the contract gives the names */
	SEARCH_FIRST,  /* the first row that has a text */
	SEARCH_ROW,    /* the contract's row */
	SEARCH_LABELS, /* header.find, header.pattern or both */
	SEARCH_COLUMNS /* what the contract names is there */
};

/* What came nearest, for the message. */
struct nearest {
	bool any;
	size_t score; /* labels found */
	uint32_t line;
	struct buf missing, there; /* 'a', 'b' */
	struct arena mem;
	const char *like; /* the first one missing is perhaps this */
	char delimiter;   /* stands in its only cell; 0: nothing like that */
	bool pattern;     /* all that is missing is a column for unpivot */
	int contract_line;
};

struct search {
	const struct feed *feed;
	const struct contract *c;
	enum search_by by;
	const struct wanted *wanted;
	size_t n_wanted;
	struct pattern *pattern; /* header.pattern, or NULL */
	struct pattern *columns; /* unpivot.columns, or NULL */
	struct nearest nearest;
	size_t looked; /* rows that were not it */
	struct arena scratch;
	/* The first header's first row, for those that come again. */
	const char **first;
	size_t n_first;
};

/* Lives in mem; columns: the pattern of unpivot, or NULL. Release it. */
MUST_CHECK bool search_init(struct search *s, const struct feed *feed,
    const struct contract *c, struct pattern *columns, struct arena *mem,
    struct kpid_err *err);
void search_release(struct search *s);
/* Before another search: what came nearest is forgotten. */
void search_begin(struct search *s);

/* Do the window's rows make the header? */
MUST_CHECK bool search_try(struct search *s, const struct window *w,
    bool *found, struct kpid_err *err);
/* Keeps in mem by what the header is known when it comes again. */
void search_found(struct search *s, const struct window *w, struct arena *mem);
/* Does the header begin again in this row? */
MUST_CHECK bool search_again(struct search *s, const struct row *row,
    bool *found, struct kpid_err *err);

/* What divides the only cell of a row into names that are wanted, when that is
 * no field of its own: the contract says another delimiter. 0: nothing. */
char search_delimiter(const struct search *s, const struct names *names);

/* It was not there: returns false. */
bool search_refuse(const struct search *s, struct kpid_err *err);

#endif
