/*
 * The configuration: kpid.json, one feed a file, indicators.json.
 *
 * Reads, checks against config/schema and across files, and hands out plain
 * structs. Knows nothing of the database or the network; goals and targets
 * are tables and are read by evaluate (kpid/targets.h).
 *
 * In:  a path.  Out: struct config, or every problem at once.
 */
#ifndef KPID_CONFIG_H
#define KPID_CONFIG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "kpid/arena.h"
#include "kpid/bytes.h"
#include "kpid/civil.h"
#include "kpid/error.h"

/* One thing wrong with the configuration, as the operator reads it:
 * "file:line: what. HINT: what to do". */
struct problem {
	const char *file;
	int line;         /* 1-based; 0: the file as a whole */
	const char *text; /* "what. HINT: what to do" */
};

struct problems {
	struct problem *list;
	size_t n, cap;
	struct arena *mem; /* texts live here; NULL: the call's */
};

/* Appends; never fails. Both copy their text into problems->mem. */
PRINTF(4, 5)
void problem_add(struct problems *all, const char *file, int line,
    const char *fmt, ...);

/* A secret is named, never written: exactly one of the two is set. */
struct secret {
	const char *file; /* absolute path */
	const char *env;  /* name of a variable */
};

/* One that a feed's URL needs: "{name}" stands in its place. */
struct url_secret {
	const char *name;
	struct secret secret;
	int line;
};

struct config_database {         /* exactly one of the first two */
	const char *url;         /* postgresql://... */
	const char *private_dir; /* absolute; a cluster of kpid's own */
	const char *bindir;      /* PostgreSQL programs, or NULL */
	const char *user;        /* who runs the cluster under root */
};

enum mail_tls { MAIL_TLS_STARTTLS, MAIL_TLS_IMPLICIT, MAIL_TLS_NONE };

struct config_mail {
	bool set;             /* without "mail" nothing is sent */
	const char *from;     /* "市民まちづくり推進部 <kpid@x>" */
	const char *operator; /* told of kpid's own failures */
	const char *language; /* "ja" or "en" */
	const char *maildir;  /* absolute; NULL: SMTP */
	const char *smtp_host;
	int smtp_port;
	enum mail_tls smtp_tls;
	const char *smtp_user; /* NULL: no AUTH */
	struct secret smtp_password;
	const char *ca_file;    /* NULL: the system's */
	const char *report_url; /* base of links, or NULL */
};

/* The sign of life that somebody else waits for. */
struct config_heartbeat {
	bool set;
	const char *every; /* "day", "week" or "month" */
	const char *url;   /* asked for; NULL: none */
	bool mail;         /* sent to the operator */
};

/* When mails of the calendar leave, who hears of what, and what counts as
 * trouble of kpid's own. */
struct config_alerts {
	int hour;            /* of the day at which they are written */
	int digest_day;      /* of the month */
	int checkpoint_days; /* before a half-yearly report; 0: none */
	int feed_failures;   /* in a row */
	int outbox_hours;    /* that a mail may wait */
	int slow_s;          /* that an evaluation may take */
	int disk_free_mb;
	const struct pair *departments; /* name, address */
	size_t n_departments;
	struct config_heartbeat heartbeat;
};

struct config_network {
	const char *const *allow; /* private CIDR blocks that are ours */
	size_t n_allow;
	const char *contact; /* for the user agent, or NULL */
	const char *proxy;   /* NULL: environment; "": none */
	int per_host;        /* transfers at once */
	int timeout_s;       /* one whole transfer */
};

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

/* total = the sum of its parts: indicators or texts of a dimension. */
struct gate_total {
	const char *total;
	const char *const *parts;
	size_t n_parts;
	const char *dimension; /* NULL: total and parts are indicators */
	const char *indicator; /* the only one it is about, or NULL */
	const char *tolerance; /* decimal text */
	int line;
};

/* When a delivery looks wrong as a whole and is held. Numbers are decimal
 * text; NULL: not looked at. */
struct gates {
	const char *rows_drop; /* fewer than this share of the last's keys */
	bool all_zero;
	const char *jump; /* a factor */
	bool unit_slip;
	const struct gate_total *totals;
	size_t n_totals;
	bool running_total;
	const char *ratio_max;
	bool future;
};

/* Where a feed's body, or who sends it, says when it was published. */
enum published_from { PUBLISHED_LAST_MODIFIED, PUBLISHED_URL, PUBLISHED_TEXT };

struct published_rule {
	bool set; /* else nothing is looked for */
	enum published_from from;
	const char *pattern; /* NULL with PUBLISHED_LAST_MODIFIED */
};

/* What an http request says beside its URL. Texts may hold {names} of the
 * feed's secrets. */
struct request_rule {
	const struct pair *headers; /* from: name, to: text */
	size_t n_headers;
	const char *body;              /* NULL: GET; else POST */
	const char *certificate, *key; /* PEM files, absolute, or NULL */
	const char *const *redirects;  /* hosts that may be followed to */
	size_t n_redirects;
};

struct hand;

/* How long raw bodies are kept; 0: for ever. */
struct bodies_policy {
	int keep_days;
};

struct feed {
	const char *name;             /* [a-z0-9-]+ */
	const char *title;            /* for people */
	const char *file;             /* the feed file, for messages */
	const char *owner;            /* address told when it is late */
	const char *source, *licence; /* cited; may be NULL */
	const char *url;              /* http:, https: or file:///absolute */
	const struct url_secret *secrets; /* each "{name}" in url */
	size_t n_secrets;
	const char *schedule;  /* five-field cron, or NULL: by hand */
	const char *time_zone; /* of the schedule */
	int schedule_line, time_zone_line; /* 0: not given */
	bool grace_set;
	int grace_days; /* that it may be late, when grace_set */
	long long max_bytes;
	struct gates gates;
	struct published_rule published;
	struct request_rule request;
	struct bodies_policy bodies; /* 0: the configuration's */
	/* One for each table of the body; each reads the body anew. */
	const struct contract *contracts;
	size_t n_contracts;
	uint8_t contract_hash[32]; /* SHA-256 of their canonical JSON */
	const struct hand *typed;  /* kpid put (kpid/hand.h); else NULL */
};

/* How an indicator is computed from others. */
enum derivation_kind {
	DERIVED_NOT, /* sources state it */
	DERIVED_RATIO,
	DERIVED_SUM,
	DERIVED_DIFFERENCE,
	DERIVED_PER_POPULATION,
	DERIVED_MONTHLY_OF, /* months of a running total */
	DERIVED_YTD_OF      /* the running total of months */
};

struct derivation {
	enum derivation_kind kind;
	const char *const *inputs; /* codes, in the formula's order */
	size_t n_inputs;
	const char *of; /* of the last two kinds: inputs[0] */
	int per;        /* how many people; 0: not given */
	int line;
};

enum measure { MEASURE_STOCK, MEASURE_FLOW, MEASURE_FLOW_YTD, MEASURE_RATIO };

struct indicator {
	const char *code;              /* [a-z][a-z0-9_]* */
	const char *name_ja, *name_en; /* name_en may be NULL */
	const char *unit;
	enum measure measure;
	int decimals; /* of the unit: 0 is whole things */
	const char *numerator, *denominator; /* codes, or NULL */
	bool monotone;                       /* a count that can only grow */
	const char *source;                  /* or NULL */
	struct derivation derived;
	const char *settles_on; /* "05-31" after the year's end, or NULL */
	int line;
	const char *file; /* which declares it, for messages */
};

/* Goals and targets, as paths of CSV files (absolute). */
struct plan_files {
	const char *goals, *targets;
};

struct config {
	const char *path, *dir; /* absolute */
	const char *time_zone;  /* default Asia/Tokyo */
	int time_zone_line;     /* 0: not given */
	bool clock_fixed;
	usec clock;                    /* when clock_fixed */
	const char *organization;      /* six digits; default of feeds */
	const char *state_dir;         /* spool and sockets; absolute */
	const char *const *file_roots; /* absolute; file: feeds stand below */
	size_t n_file_roots;
	struct config_database database;
	struct config_mail mail;
	struct config_network network;
	const char *health; /* address:port of /livez ..; NULL: none */
	struct bodies_policy bodies;
	struct config_alerts alerts;
	const struct feed *feeds;
	size_t n_feeds;
	const struct indicator *indicators;
	size_t n_indicators;
	const struct plan_files *plans;
	size_t n_plans;
	const char *json; /* feeds and indicators as one document
					 * for the database (config_sync) */
};

/*
 * Reads everything that `path` names. *out and all in it live in mem.
 * false: all->n > 0 holds every problem found; *out then holds what could be
 * read, good for finding further problems and for nothing else.
 */
MUST_CHECK bool config_load(const char *path, struct arena *mem,
    struct config *out, struct problems *all);

/* A feed file by itself, for `preview FILE.json`: base gives the indicators,
 * the roots and the organization. *with is base and the indicators that the
 * file brings along: the configuration to read the feed with. */
MUST_CHECK bool config_load_feed(const char *path, const struct config *base,
    struct arena *mem, struct config *with, struct feed *out,
    struct problems *all);

/*
 * Which file to read: `given` (may be NULL), else $KPID_CONFIG, else
 * ./config/kpid.json when it is the caller's and others cannot write it, else
 * /etc/kpid/kpid.json.
 */
MUST_CHECK bool config_find(const char *given, struct arena *mem,
    const char **out, struct kpid_err *err);

/* NULL when there is none of that name. Borrowed from cfg. */
const struct feed *config_feed(const struct config *cfg, const char *name);
/* By its code; NULL when there is none. */
const struct indicator *config_indicator(const struct config *cfg,
    const char *code);

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

/* The next "{name}" in url, at its brace; NULL: there is none. */
const char *url_secret_find(const char *url, struct slice *name);

/* The secret's text without its last line break, in mem. */
MUST_CHECK bool secret_read(const struct secret *s, struct arena *mem,
    const char **out, struct kpid_err *err);

#endif
