/* What collect and import print: one line or one JSON object per feed. */
#ifndef CLI_RESULTS_H
#define CLI_RESULTS_H

#include "cli.h"
#include "kpid/work.h"

/* Prints all; the exit code they mean. */
int results_print(struct cli *cli, const struct load_result *results, size_t n);
/* {"feeds":[..] without its closing brace, for a document that says more. */
MUST_CHECK bool results_put(const struct cli *cli,
    const struct load_result *results, size_t n, struct buf *b);
/* The exit code they mean. */
int results_code(const struct cli *cli, const struct load_result *results,
    size_t n);
/* A line on mails that went out or did not, for people. */
void results_print_mail(struct cli *cli, const struct outbox_counts *mails);

#endif
