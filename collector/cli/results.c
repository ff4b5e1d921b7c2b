/* Results of loads, for people and as JSON. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kpid/json_text.h"
#include "results.h"
#include "text.h"

#define RESULTS_BYTES (64 << 20)

static bool
put_text_or_null(struct buf *b, const char *text)
{
	return text == NULL || *text == '\0' ? buf_puts(b, "null")
					     : json_put_text(b, slice_of(text));
}

/* Of an address whose period may come: what the server says; else NULL. */
static const char *
not_published(const struct load_result *r)
{
	return r->outcome == LOAD_UNCHANGED && r->err.code == KPID_EFETCH
	    ? r->err.msg
	    : NULL;
}

static bool
put_result(struct buf *b, const struct load_result *r)
{
	const bool bad = r->outcome == LOAD_FAILED || r->outcome == LOAD_HELD;
	bool ok = json_put_comma(b) && buf_puts(b, "{")
	    && json_put_key(b, "feed")
	    && json_put_text(b, slice_of(r->feed->name))
	    && json_put_key(b, "outcome")
	    && json_put_text(b, slice_of(load_outcome_text(r->outcome)))
	    && json_put_key(b, "delivery");

	ok = ok
	    && (r->delivery == 0 ? buf_puts(b, "null")
				 : buf_printf(b, "%d", r->delivery));
	return ok
	    && buf_printf(b,
		",\"read\":%" PRIu64 ",\"inserted\":%" PRIu64
		",\"revised\":%" PRIu64 ",\"unchanged\":%" PRIu64
		",\"rejected\":%" PRIu64 ",\"withdrawn\":%" PRIu64
		",\"findings\":%zu",
		r->read, r->inserted, r->revised, r->unchanged, r->rejected,
		r->withdrawn, r->findings)
	    && json_put_key(b, "error")
	    && put_text_or_null(b, bad ? r->err.msg : NULL)
	    && json_put_key(b, "not_published")
	    && put_text_or_null(b, not_published(r)) && buf_puts(b, "}");
}

bool
results_put(const struct cli *cli, const struct load_result *results, size_t n,
    struct buf *b)
{
	char clock[INSTANT_TEXT_MAX];
	bool ok = buf_puts(b, "{");

	if (cli->clock.fixed) {
		(void)instant_text(cli->clock.at, clock);
		ok = ok && json_put_key(b, "clock")
		    && json_put_text(b, slice_of(clock));
	}
	ok = ok && json_put_key(b, "feeds") && buf_puts(b, "[");
	for (size_t i = 0; ok && i < n; i++)
		ok = put_result(b, &results[i]);
	return ok && buf_puts(b, "]");
}

static void
print_json(struct cli *cli, const struct load_result *results, size_t n)
{
	struct buf b;

	buf_init(&b, RESULTS_BYTES);
	if (results_put(cli, results, n, &b) && buf_puts(&b, "}\n"))
		(void)fwrite(b.ptr, 1, b.len, stdout);
	buf_release(&b);
}

static const char *
outcome_colour(enum load_outcome o)
{
	if (!cli_colour())
		return "";
	return o == LOAD_FAILED ? "\033[31m"
	    : o == LOAD_HELD    ? "\033[33m"
	    : o == LOAD_LOADED  ? "\033[32m"
				: "";
}

/* The word of the outcome stands before it already. */
static const char *
reason_text(const struct load_result *r)
{
	static const char held[] = "held: ";
	const size_t len = sizeof(held) - 1;

	return r->outcome == LOAD_HELD && strncmp(r->err.msg, held, len) == 0
	    ? r->err.msg + len
	    : r->err.msg;
}

static void
print_line(const struct load_result *r)
{
	const char *colour = outcome_colour(r->outcome);

	text_print(r->feed->name, 22, false);
	printf(" %s%-9s%s", colour, load_outcome_text(r->outcome),
	    *colour != '\0' ? "\033[0m" : "");
	if (r->outcome == LOAD_FAILED || r->outcome == LOAD_HELD
	    || r->outcome == LOAD_REFUSED)
		printf(" %s\n", reason_text(r));
	else if (not_published(r) != NULL)
		printf(" not published yet: %s\n", not_published(r));
	else if (r->outcome == LOAD_UNCHANGED)
		puts("");
	else
		printf(" read %" PRIu64 ": %" PRIu64 " inserted, %" PRIu64
		       " revised, %" PRIu64 " unchanged, %" PRIu64 " rejected%s"
		       "\n",
		    r->read, r->inserted, r->revised, r->unchanged, r->rejected,
		    r->rejected > 0 ? " (see kpi.reject)" : "");
	if (r->findings > 0 && r->feed->typed == NULL)
		printf("%22s %zu finding%s: kpid preview %s\n", "", r->findings,
		    r->findings == 1 ? "" : "s", r->feed->name);
}

int
results_code(const struct cli *cli, const struct load_result *results, size_t n)
{
	const bool strict = cli_option(cli, "strict") != NULL;

	for (size_t i = 0; i < n; i++)
		if (results[i].outcome == LOAD_FAILED
		    || (strict
			&& (results[i].outcome == LOAD_HELD
			    || results[i].rejected > 0)))
			return EXIT_FEED;
	return EXIT_DONE;
}

int
results_print(struct cli *cli, const struct load_result *results, size_t n)
{
	if (cli->json)
		print_json(cli, results, n);
	for (size_t i = 0; i < n && !cli->json; i++)
		print_line(&results[i]);
	return results_code(cli, results, n);
}

void
results_print_mail(struct cli *cli, const struct outbox_counts *mails)
{
	const char *where = cli->cfg.mail.maildir;

	if (mails->last.msg[0] != '\0')
		fprintf(stderr, "kpid: mail: %s\n", mails->last.msg);
	if (cli->json)
		return;
	if (mails->sent > 0)
		printf("%zu mail%s %s%s\n", mails->sent,
		    mails->sent == 1 ? "" : "s", where != NULL ? "in " : "sent",
		    where != NULL ? where : "");
	if (mails->deferred > 0)
		printf("waiting mails: %zu, not taken yet; the next run tries "
		       "again\n",
		    mails->deferred);
	if (mails->given_up > 0)
		printf("mails refused for good: %zu\n", mails->given_up);
}
