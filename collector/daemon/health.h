/*
 * Health over HTTP, for service managers and scrapers: GET /livez, /readyz and
 * /metrics. Served by the loop between its other work, from what it knows; the
 * database is never asked. No password: it listens on loopback unless told
 * otherwise.
 */
#ifndef DAEMON_HEALTH_H
#define DAEMON_HEALTH_H

#include "kpid/error.h"
#include "tally.h"

struct health;

/* Fills the view when somebody asks; what it points to lives until the next
 * call. */
typedef void health_look(void *ctx, struct tally_view *view);

/* at: "127.0.0.1:9108" or "[::1]:9108"; a port of 0 is any free one. */
MUST_CHECK bool health_open(const char *at, health_look *look, void *ctx,
    struct health **out, struct kpid_err *err);
/* NULL is fine. */
void health_close(struct health *h);
/* To be watched for input, and how long to wait at most; -1 for NULL. */
int health_fd(const struct health *h);
/* Milliseconds until it wants to be stepped; `most` when nothing waits. */
int health_wait_ms(const struct health *h, int most);
/* Answers what has come. */
void health_step(struct health *h);
/* Where it listens, for logs and tests. */
int health_port(const struct health *h);

#endif
