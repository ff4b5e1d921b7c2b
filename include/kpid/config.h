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

struct config_network {
	const char *const *allow; /* private CIDR blocks that are ours */
	size_t n_allow;
	const char *contact; /* for the user agent, or NULL */
	const char *proxy;   /* NULL: environment; "": none */
	int timeout_s;       /* one whole transfer */
};

enum feed_format { FORMAT_CSV, FORMAT_JSON };

/* Where a field of an observation comes from. */
struct source {
	const char *column;   /* header text (JSON: path), or NULL */
	const char *constant; /* or NULL; both NULL: not declared */
	int line;             /* where the contract says so */
};

struct pair { /* one entry of a mapping table */
	const char *from, *to;
};

enum period_as {        /* how a period cell is to be read */
	PERIOD_AS_AUTO, /* by its own form */
	PERIOD_AS_DAY,  /* an instant; a month gives its end */
	PERIOD_AS_MONTH,
	PERIOD_AS_QUARTER,
	PERIOD_AS_HALF,
	PERIOD_AS_YEAR,
	PERIOD_AS_FISCAL_YEAR
};

struct contract_value {
	const char *column;    /* where the number stands */
	const char *indicator; /* NULL: the row names it */
	const char *unit;      /* as printed in the source, or NULL */
	int scale;             /* times 10^scale: 千円 to 円 is 3 */
	int line;
};

/* How a table maps to series. Every pointer lives as long as the config. */
struct contract {
	enum feed_format format;
	const char *encoding;  /* auto utf-8 cp932 */
	char delimiter, quote; /* CSV */
	bool lenient;          /* CSV: short and long rows are read */
	size_t header_row;     /* CSV: 1-based row of the header */
	const char *records;   /* JSON: path of the records, "$[*]" */
	struct source period;
	enum period_as period_as;
	const char *era;       /* named era for bare years, or NULL */
	const char *frequency; /* of instants, SDMX code; default D */
	struct source organization;
	struct source indicator; /* for values without one */
	const struct pair *indicator_map;
	size_t n_indicator_map;
	const struct pair *dims; /* from: column, to: dimension name */
	size_t n_dims;
	const struct contract_value *values;
	size_t n_values;
	struct source status; /* column of the OBS_STATUS flag */
	const struct pair *status_map;
	size_t n_status_map;
	const struct pair *missing; /* mark -> reason */
	size_t n_missing;
	const char *const *zero;
	size_t n_zero; /* words that say 0: 未開催 */
	const char *const *ignore;
	size_t n_ignore;  /* columns known, unused */
	bool withdraw;    /* absent: withdraw */
	uint8_t hash[32]; /* SHA-256 of its canonical JSON */
};

struct feed {
	const char *name;             /* [a-z0-9-]+ */
	const char *title;            /* for people */
	const char *file;             /* the feed file, for messages */
	const char *owner;            /* address told when it is late */
	const char *source, *licence; /* cited; may be NULL */
	const char *url;              /* http:, https: or file:///absolute */
	const char *schedule;         /* five-field cron, or NULL: by hand */
	const char *time_zone;        /* of the schedule */
	int schedule_line, time_zone_line; /* 0: not given */
	long long max_bytes;
	struct contract contract;
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
	int line;
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
 * the roots and the organization. */
MUST_CHECK bool config_load_feed(const char *path, const struct config *base,
    struct arena *mem, struct feed *out, struct problems *all);

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

/* The secret's text without its last line break, in mem. */
MUST_CHECK bool secret_read(const struct secret *s, struct arena *mem,
    const char **out, struct kpid_err *err);

#endif
