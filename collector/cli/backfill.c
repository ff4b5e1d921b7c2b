/* kpid backfill: the past of a feed whose URL names periods. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "bar.h"
#include "kpid/json_text.h"
#include "kpid/normalise.h"
#include "results.h"
#include "run.h"
#include "text.h"

/* Bodies that are fetched before they are loaded: what the spool holds, and
 * what is lost when it is stopped. */
#define WINDOW     64
#define LOOKS_MAX  100000
#define JSON_BYTES (64 << 20)

/* The whole of it; windows of it are runs. */
struct fill {
	struct run run; /* the window */
	const struct feed *feed;
	struct looks looks;
	struct load_result *results; /* one for each look */
	bool *missing;               /* the address does not exist */
};

static bool
read_period(const char *text, struct period *out, struct kpid_err *err)
{
	const char *why = NULL;

	return period_read(slice_of(text), PERIOD_AS_AUTO, NULL, out, &why)
	    ? true
	    : err_set(err, KPID_EUSAGE,
		"'%s' is no period: %s. HINT: write it as 2020-04, 2020-Q2, "
		"FY2020, 2020-04-30",
		text, why);
}

/* Those of --org, else all of the feed. */
static bool
read_orgs(struct fill *f, const char *const **orgs, size_t *n,
    struct kpid_err *err)
{
	struct cli *cli = f->run.cli;
	const char *text, *why, **list;
	int code;

	*orgs = f->feed->template.orgs;
	*n = f->feed->template.n_orgs;
	if (cli_option(cli, "org") == NULL)
		return true;
	if (!f->feed->template.of_org)
		return err_set(err, KPID_EUSAGE,
		    "--org: the URL of '%s' names no organization",
		    f->feed->name);
	list = arena_array(&cli->mem, OPTIONS_MAX, sizeof(*list));
	for (*n = 0; (text = cli_option_at(cli, "org", *n)) != NULL; ++*n) {
		if (!org_code_read(slice_of(text), &code, &why))
			return err_set(err, KPID_EUSAGE, "--org '%s': %s", text,
			    why);
		list[*n] = arena_printf(&cli->mem, "%06d", code);
	}
	*orgs = list;
	return true;
}

/* From --from to --to, or to the period that has come. */
static bool
read_stretch(struct fill *f, struct period *out, struct kpid_err *err)
{
	struct cli *cli = f->run.cli;
	const char *from = cli_option(cli, "from"), *to = cli_option(cli, "to");
	struct period last;
	struct looks now;

	if (from == NULL)
		return err_set(err, KPID_EUSAGE,
		    "from when? HINT: --from 2020-04");
	if (!read_period(from, out, err)
	    || !feed_looks(f->feed, clock_read(&cli->clock), &cli->mem, &now,
		err)
	    || !read_period(to != NULL ? to : now.list[0].period, &last, err))
		return false;
	out->last = last.last;
	return out->last >= out->first
	    ? true
	    : err_set(err, KPID_EUSAGE, "--to lies before --from");
}

static bool
plan(struct fill *f, struct kpid_err *err)
{
	struct arena *mem = &f->run.cli->mem;
	const char *const *orgs;
	struct period stretch;
	size_t n;

	if (!f->feed->template.of_period)
		return err_set(err, KPID_EUSAGE,
		    "the URL of '%s' names no period. HINT: kpid import loads "
		    "files; docs/feeds.md says which words a URL may have",
		    f->feed->name);
	if (!read_orgs(f, &orgs, &n, err) || !read_stretch(f, &stretch, err))
		return false;
	if (((size_t)(stretch.last - stretch.first) + 1) * (n > 0 ? n : 1)
	    > (size_t)LOOKS_MAX * 366)
		return err_set(err, KPID_EUSAGE, "that is too long a time");
	feed_looks_between(f->feed, &stretch, orgs, n, mem, &f->looks);
	if (f->looks.n > LOOKS_MAX)
		return err_set(err, KPID_EUSAGE,
		    "these are %zu addresses; at most %d at once", f->looks.n,
		    LOOKS_MAX);
	f->results = arena_array(mem, f->looks.n, sizeof(*f->results));
	f->missing = arena_array(mem, f->looks.n, sizeof(*f->missing));
	return true;
}

/* Fetches and loads the looks from `at` on, a window of them. */
static bool
window(struct fill *f, size_t at, size_t n, struct kpid_err *err)
{
	struct run *r = &f->run;
	struct gathered g;

	run_init(r, n);
	r->n_jobs = r->n_loaded = 0;
	for (size_t i = 0; i < n; i++)
		r->wants[i] = (struct want){ .feed = f->feed,
			.look = f->looks.list[at + i],
			.quiet = true };
	const struct wanted wanted = {
		.list = r->wants, .n = n, .done = at, .total = f->looks.n
	};

	if (!gather(r->cli, r->spool, &wanted, &g, err))
		return false;
	for (size_t i = 0; i < n; i++) {
		run_take(r, i, &g.list[i]);
		f->missing[at + i] = g.list[i].missing;
	}
	if (!run_load(r, err))
		return false;
	memcpy(f->results + at, r->results, n * sizeof(*r->results));
	return true;
}

static bool
fill(struct fill *f, struct kpid_err *err)
{
	struct run *r = &f->run;

	if (!plan(f, err) || !run_open(r, err) || !run_left_over(r, err))
		return false;
	for (size_t at = 0, n; at < f->looks.n; at += n) {
		n = f->looks.n - at < WINDOW ? f->looks.n - at : WINDOW;
		if (!window(f, at, n, err))
			return false;
	}
	return work_evaluate(r->session.db, &r->cli->cfg, NULL, &r->mails, err);
}

static const char *
outcome_word(const struct fill *f, size_t i)
{
	return f->missing[i] ? "missing"
			     : load_outcome_text(f->results[i].outcome);
}

static bool
put_text(struct buf *b, const char *key, const char *text)
{
	return json_put_key(b, key)
	    && (text == NULL ? buf_puts(b, "null")
			     : json_put_text(b, slice_of(text)));
}

static bool
put_body(const struct fill *f, size_t i, struct arena *mem, struct buf *b)
{
	const struct load_result *r = &f->results[i];
	const struct look *look = &f->looks.list[i];

	return json_put_comma(b) && buf_puts(b, "{")
	    && put_text(b, "period", look->period)
	    && put_text(b, "org", look->org)
	    && put_text(b, "url", url_redact(look->url, mem))
	    && put_text(b, "outcome", outcome_word(f, i))
	    && json_put_key(b, "delivery")
	    && (r->delivery == 0 ? buf_puts(b, "null")
				 : buf_printf(b, "%d", r->delivery))
	    && buf_printf(b,
		",\"read\":%" PRIu64 ",\"inserted\":%" PRIu64
		",\"revised\":%" PRIu64 ",\"unchanged\":%" PRIu64
		",\"rejected\":%" PRIu64 ",\"withdrawn\":%" PRIu64
		",\"findings\":%zu",
		r->read, r->inserted, r->revised, r->unchanged, r->rejected,
		r->withdrawn, r->findings)
	    && put_text(b, "error", r->err.msg[0] != '\0' ? r->err.msg : NULL)
	    && buf_puts(b, "}");
}

static void
print_json(struct fill *f)
{
	struct arena *mem = &f->run.cli->mem;
	struct buf b;
	bool ok;

	buf_init(&b, JSON_BYTES);
	ok = buf_puts(&b, "{") && put_text(&b, "feed", f->feed->name)
	    && json_put_key(&b, "bodies") && buf_puts(&b, "[");
	for (size_t i = 0; ok && i < f->looks.n; i++)
		ok = put_body(f, i, mem, &b);
	if (ok && buf_puts(&b, "]}\n"))
		(void)fwrite(b.ptr, 1, b.len, stdout);
	buf_release(&b);
}

static void
print_line(const struct fill *f, size_t i)
{
	const struct load_result *r = &f->results[i];
	const struct look *look = &f->looks.list[i];

	printf("%-10s %s%s%-9s", look->period,
	    look->org != NULL ? look->org : "", look->org != NULL ? "  " : "",
	    outcome_word(f, i));
	if (r->outcome == LOAD_LOADED)
		printf(" read %" PRIu64 ": %" PRIu64 " inserted, %" PRIu64
		       " revised, %" PRIu64 " unchanged, %" PRIu64 " rejected",
		    r->read, r->inserted, r->revised, r->unchanged,
		    r->rejected);
	else if (r->outcome != LOAD_UNCHANGED)
		printf(" %s", r->err.msg);
	puts("");
}

/* An address that never was fails nothing; none at all does. */
static int
exit_code(const struct fill *f)
{
	size_t n = 0;

	for (size_t i = 0; i < f->looks.n; i++) {
		n += f->missing[i];
		if (!f->missing[i]
		    && results_code(f->run.cli, &f->results[i], 1) != EXIT_DONE)
			return EXIT_FEED;
	}
	return n == f->looks.n ? EXIT_FEED : EXIT_DONE;
}

static int
finish(struct fill *f, bool ok, struct kpid_err *err)
{
	session_close(&f->run.session);
	if (!ok)
		return cli_fail(err);
	if (f->run.cli->json)
		print_json(f);
	for (size_t i = 0; !f->run.cli->json && i < f->looks.n; i++)
		print_line(f, i);
	results_print_mail(f->run.cli, &f->run.mails);
	return exit_code(f);
}

int
cmd_backfill(struct cli *cli)
{
	struct fill f = { .run = { .cli = cli },
		.feed = config_feed(&cli->cfg, cli->args[0]) };
	struct kpid_err err = { 0 };

	if (f.feed == NULL) {
		(void)!unknown_feed(cli, cli->args[0], &err);
		return cli_fail(&err);
	}
	return finish(&f, fill(&f, &err), &err);
}
