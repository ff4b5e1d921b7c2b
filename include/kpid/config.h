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
#include "kpid/contract.h"
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
	struct arena *mem;         /* texts live here; NULL: the call's */
	struct problems *warnings; /* what stops nothing; NULL: not wanted */
};

/* Appends; never fails. Both copy their text into problems->mem. */
PRINTF(4, 5)
void problem_add(struct problems *all, const char *file, int line,
    const char *fmt, ...);

/* Where it stands, as it is printed: "file:12", or "file" for one of the file
 * as a whole (line 0). In mem. */
const char *problem_place(const char *file, int line, struct arena *mem);

/* As problem_add, to all->warnings: lawful, and perhaps not meant. */
PRINTF(4, 5)
void problem_warn(struct problems *all, const char *file, int line,
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
	int pause_ms;        /* from one request of a host to the next */
	int timeout_s;       /* one whole transfer */
	int stall_s;         /* without a byte */
	const char *ca_file; /* absolute; NULL: the system's */
};

/* Several daemons upon one database. */
struct config_instances {
	int lease_s; /* nothing heard so long: its work is others' */
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

/* What the source publishes when: the schedule's looks are its expected
 * releases. */
struct release_rule {
	bool set;
	int after_days;      /* from a period's end on it can be there */
	const char *poll;    /* cron, or NULL: daily at the schedule's hours */
	int give_up_days;    /* the expected day counted */
	int line, poll_line; /* 0: not given */
};

/* A URL with words for periods or organizations (kpid/url_words.h): one feed
 * of many addresses. */
struct url_template {
	bool set;                /* the URL has such words */
	bool of_period, of_org;  /* which */
	enum span_kind every;    /* how long a period is */
	int lag;                 /* periods behind the one that runs */
	const char *const *orgs; /* six digits each */
	size_t n_orgs;
};

/* What becomes of a dropped file once it is loaded. */
enum drop_then { DROP_MOVE, DROP_DELETE, DROP_KEEP };

/* A directory into which others put files. */
struct drop_rule {
	bool set;
	int settle_s; /* unchanged for so long: it is whole */
	bool by_time; /* the oldest first; else by name */
	enum drop_then then;
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
	bool jitter_set;
	int jitter_s; /* the schedule's looks come up to so much later.. */
	int late_s;   /* ..and this feed's here by so much, always */
	struct release_rule release;
	bool holidays; /* its days are the national holidays */
	bool grace_set;
	int grace_days; /* that it may be late, when grace_set */
	long long max_bytes;
	struct gates gates;
	struct published_rule published;
	struct request_rule request;
	struct url_template template;
	struct drop_rule drop;
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

/* Bodies that were fetched and not loaded yet. */
struct config_spool {
	long long max_bytes; /* 0: not said */
};

struct config {
	const char *path, *dir; /* absolute */
	const char *time_zone;  /* default Asia/Tokyo */
	int time_zone_line;     /* 0: not given */
	int jitter_s;           /* of feeds that say none */
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
	struct config_instances instances;
	struct bodies_policy bodies;
	struct config_spool spool;
	struct config_alerts alerts;
	const struct feed *feeds; /* in the order of their files */
	size_t n_feeds;
	const struct indicator *indicators;
	size_t n_indicators;
	const struct plan_files *plans;
	size_t n_plans;
};

/*
 * Reads everything that `path` names. *out and all in it live in mem.
 * false: all->n > 0 holds every problem found; *out then holds what could be
 * read, good for finding further problems and for nothing else.
 */
MUST_CHECK bool config_load(const char *path, struct arena *mem,
    struct config *out, struct problems *all);

/* The same without feeds and indicators, whose files are not looked at. */
MUST_CHECK bool config_load_service(const char *path, struct arena *mem,
    struct config *out, struct problems *all);

/* What the database keeps of a configuration that was loaded (config_sync):
 * feeds, indicators and alerts as one document, in mem. */
const char *config_document(const struct config *cfg, struct arena *mem);

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

/* Names in the order of the files that are called so: below 0, 0 or above. */
int feed_order(const char *a, const char *b);
/* NULL when there is none of that name. Borrowed from cfg. */
const struct feed *config_feed(const struct config *cfg, const char *name);
/* Are its bodies told apart by their URLs? What one URL gave says nothing of
 * another: no conditional requests, "unchanged" is judged for each. */
bool feed_by_url(const struct feed *feed);
/* By its code; NULL when there is none. */
const struct indicator *config_indicator(const struct config *cfg,
    const char *code);

/* The next "{name}" in url, at its brace; NULL: there is none. */
const char *url_secret_find(const char *url, struct slice *name);

/* The secret's text without its last line break, in mem. */
MUST_CHECK bool secret_read(const struct secret *s, struct arena *mem,
    const char **out, struct kpid_err *err);

#endif
