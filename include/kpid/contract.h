/*
 * The mapping part of a feed: how a table becomes series. docs/feeds.md has
 * what each key means to people.
 *
 * Filled by config; read by parse, layout and normalise.
 */
#ifndef KPID_CONTRACT_H
#define KPID_CONTRACT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kpid/arena.h"

enum feed_format {
	FORMAT_CSV,
	FORMAT_JSON, /* by path */
	FORMAT_XLSX,
	FORMAT_ESTAT, /* e-Stat getStatsData */
	FORMAT_CKAN,  /* datastore_search */
	FORMAT_JSON_STAT,
	FORMAT_SDMX_JSON,
	FORMAT_SDMX_CSV,
	FORMAT_WORLD_BANK
};

/*
 * Where a field of an observation comes from: exactly one of the first three,
 * or none when it is not declared.
 *
 * A column is named by its header text; "#3" is the third column, "計#2" the
 * second of the columns called 計; for JSON it is a path. What unpivot and
 * captures make are columns too.
 */
struct source {
	const char *column;
	const char *constant;
	const char *text;    /* "{年}年{月}月": cells put into a text */
	const char *pattern; /* of what is read, only this is; or NULL */
	const char *rewrite; /* "{3}-{2}-{1}": the pattern's groups, put
			      * together anew; or NULL */
	bool optional;       /* a column that may be missing (a format's own) */
	int line;            /* where the contract says so */
};

struct pair { /* one entry of a mapping table */
	const char *from, *to;
};

/* One sheet of a workbook, one member of an archive: by name or pattern. */
struct pick {
	const char *name, *pattern; /* both NULL: the only one */
	int line;
};

/* Where the header stands. Without row, find and pattern it is the first row
 * that has every column the contract names. */
struct header_spec {
	size_t row;              /* 1-based row of the table; 0: search */
	const char *const *find; /* labels that all stand in it */
	size_t n_find;
	const char *pattern;      /* one of its cells is like this */
	int rows;                 /* rows of the header, 1 or more */
	bool no_fill;             /* blank cells are not filled from the left */
	const char *join;         /* between the parts of a name: "/" */
	int units;                /* rows of units below the header */
	bool repeats;             /* it may come again, above another block */
	const char *const *names; /* given by the contract: there is no header
				   * row, or it is not worth reading */
	size_t n_names;
};

enum capture_from {
	CAPTURE_ABOVE,   /* a cell above the header */
	CAPTURE_SECTION, /* a row of one cell, above a part of the table */
	CAPTURE_FILE,    /* the file's name */
	CAPTURE_URL,
	CAPTURE_SHEET /* the sheet's name */
};

/* A text found beside the table, which becomes a column of all its rows. */
struct capture {
	const char *name; /* of the column */
	enum capture_from from;
	const char *pattern; /* its first group, else all that it finds */
	int line;
};

/* A condition on a row: a cell is one of some words, or like a pattern. */
struct row_test {
	const char *column; /* NULL: the first cell that is not blank */
	const char *const *is;
	size_t n_is;
	const char *matches; /* exactly one of `is` and this */
	int line;
};

struct row_spec {
	const struct row_test *where; /* all must hold, or no row */
	size_t n_where;
	const struct row_test *except; /* one holds: no row */
	size_t n_except;
	const struct row_test *until; /* one holds: the table ends before */
	size_t n_until;
	const char *const *fill_down; /* columns: blank means as above */
	size_t n_fill_down;
};

/* Columns made rows: each column whose name is like `columns` gives a row. */
struct unpivot {
	const char *columns;     /* pattern on names; NULL: none */
	const char *const *into; /* columns that take its groups, or all */
	size_t n_into;
	const char *value; /* column that takes the cell: "value" */
	int line;
};

enum period_as {             /* how a period cell is to be read */
	PERIOD_AS_AUTO,      /* by its own form */
	PERIOD_AS_DAY,       /* an instant; a month gives its end */
	PERIOD_AS_FIRST_DAY, /* an instant; a month gives its first day */
	PERIOD_AS_MONTH,
	PERIOD_AS_QUARTER,
	PERIOD_AS_HALF,
	PERIOD_AS_YEAR,
	PERIOD_AS_FISCAL_YEAR,
	/* A total since January, since April: 4月～9月 or 9月 is the month in
	 * which it ends. */
	PERIOD_AS_YEAR_TO_DATE,
	PERIOD_AS_FISCAL_YEAR_TO_DATE
};

struct dimension {
	const char *name;
	struct source source;
	const struct pair *map; /* text, what it is called instead */
	size_t n_map;
};

struct contract_value {
	const char *column;      /* where the number stands.. */
	bool count;              /* ..or the rows themselves are counted */
	const char *indicator;   /* NULL: the row names it */
	const char *unit;        /* as printed in the source, or NULL */
	bool scale_set;          /* else it follows from both units */
	int scale;               /* times 10^scale: 千円 to 円 is 3 */
	const char *status;      /* column of its flag, or NULL */
	const char *period;      /* constant, or NULL: the row's */
	const char *pattern;     /* which part of the cell is the number */
	const struct pair *dims; /* constant: name, text */
	size_t n_dims;
	int line;
};

/*
 * How a table maps to series. Every pointer lives as long as the config.
 * Patterns are regular expressions (kpid/pattern.h), labels are compared by
 * label_key, marks byte for byte.
 */
struct contract {
	enum feed_format format;
	struct pick member; /* of a zip archive */
	struct pick sheet;  /* XLSX */

	const char *encoding;  /* auto utf-8 utf-16 utf-16le utf-16be cp932
				* euc-jp iso-2022-jp */
	char delimiter, quote; /* CSV */
	bool decimal_comma;
	bool lenient;        /* short and long rows are read */
	const char *records; /* JSON: path of the records, "$[*]" */

	struct header_spec header;
	const struct capture *captures;
	size_t n_captures;
	struct row_spec rows;
	struct unpivot unpivot;

	struct source period;
	enum period_as period_as;
	const char *era;       /* named era for bare years, or NULL */
	const char *frequency; /* of instants, SDMX code; default D */
	bool inherit;          /* era and year come from the row above */
	int shift;             /* months added to what was read */
	bool opening; /* of a day's morning: counts as the day before */

	struct source organization;
	bool org_prefecture;        /* two digits are a prefecture's code */
	const struct pair *org_map; /* alias, code */
	size_t n_org_map;
	struct source indicator; /* for values without one */
	const struct pair *indicator_map;
	size_t n_indicator_map;
	const char *const *indicator_ignore; /* labels known, unused */
	size_t n_indicator_ignore;
	const struct dimension *dims;
	size_t n_dims;

	const struct contract_value *values;
	size_t n_values;
	struct source unit;   /* column of the value's unit */
	struct source status; /* column of the OBS_STATUS flag */
	const struct pair *status_map;
	size_t n_status_map;
	const struct pair *flags; /* mark at the end of a value, status */
	size_t n_flags;
	const char *const *footnotes; /* marks that say nothing of a cell */
	size_t n_footnotes;
	const struct pair *missing; /* mark -> reason */
	size_t n_missing;
	const char *const *zero;
	size_t n_zero; /* words that say 0: 未開催 */
	const char *const *ignore;
	size_t n_ignore;         /* columns known, unused */
	bool other_columns;      /* every other column is ignored too */
	const char *const *hold; /* kinds of finding that hold a delivery */
	size_t n_hold;
	bool withdraw; /* absent: withdraw */
	int line;
};

/*
 * The columns (JSON: paths) that a contract names, each once, those in
 * templates among them. Left out is what captures and unpivot make, what is
 * named by its place ("#3") and what may be missing (a format's own).
 */
const char *const *contract_columns(const struct contract *c, struct arena *mem,
    size_t *n);
/* The names between braces of a source's text, or its column. */
const char *const *source_columns(const struct source *s, struct arena *mem,
    size_t *n);

#endif
