/*
 * Reads a body as a feed does, as far as its observations, and counts them:
 *
 *	body KPID.json FEED FILE
 *
 * prints observations, rejects, findings, the sum of the values, all of them
 * whole, and the most memory it had, in KiB.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kpid/body.h"

struct tally {
	uint64_t observations, rejects, findings;
	int64_t sum;
};

/* Digits with a sign in front; nothing is 0. */
static int64_t
whole(struct slice value)
{
	bool minus = value.len > 0 && value.ptr[0] == '-';
	int64_t n = 0;

	for (size_t i = minus; i < value.len; i++)
		n = 10 * n + value.ptr[i] - '0';
	return minus ? -n : n;
}

static bool
take_observation(void *ctx, const struct observation *o, struct kpid_err *err)
{
	struct tally *t = ctx;

	(void)err;
	t->observations++;
	t->sum += whole(o->value);
	return true;
}

static bool
take_reject(void *ctx, const struct reject *r, struct kpid_err *err)
{
	struct tally *t = ctx;

	(void)err;
	if (t->rejects++ == 0)
		(void)fprintf(stderr,
		    "line %" PRIu32 " column %" PRIu32 ": '%.*s': %s\n",
		    r->line, r->column, slice_width(r->raw), r->raw.ptr,
		    r->reason);
	return true;
}

static bool
take_finding(void *ctx, const struct finding *f, struct kpid_err *err)
{
	struct tally *t = ctx;

	(void)err;
	t->findings++;
	(void)fprintf(stderr, "%s: %s\n", f->kind, f->text);
	return true;
}

/* What the kernel says of this program alone; getrusage would count what
 * started it. 0: it does not say. */
static long
peak_memory(void)
{
	FILE *f = fopen("/proc/self/status", "r");
	char line[256];
	long kib = 0;

	while (f != NULL && fgets(line, sizeof(line), f) != NULL)
		if (strncmp(line, "VmHWM:", 6) == 0)
			kib = strtol(line + 6, NULL, 10);
	if (f != NULL)
		(void)fclose(f);
	return kib;
}

static const struct feed *
load_feed(const char *path, const char *name, struct arena *mem,
    struct config *cfg)
{
	struct problems all = { .mem = mem };
	const struct feed *feed;

	if (!config_load(path, mem, cfg, &all))
		fatal("%s:%d: %s", all.list[0].file, all.list[0].line,
		    all.list[0].text);
	feed = config_feed(cfg, name);
	if (feed == NULL)
		fatal("'%s' has no feed '%s'", path, name);
	return feed;
}

int
main(int argc, char **argv)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct config cfg = { 0 };
	struct tally t = { 0 };
	const struct observation_sink out = { &t, take_observation, take_reject,
		take_finding };
	struct kpid_err err = { 0 };
	uint64_t read = 0;

	if (argc != 4)
		fatal("usage: body KPID.json FEED FILE");
	struct body body = { .cfg = &cfg, .file = argv[3] };

	body.feed = load_feed(argv[1], argv[2], &mem, &cfg);
	body.fd = open(argv[3], O_RDONLY | O_CLOEXEC);
	if (body.fd < 0)
		fatal("could not open '%s'", argv[3]);
	if (!body_read(&body, &out, &mem, &read, &err))
		fatal("%s", err.msg);
	(void)close(body.fd);
	(void)printf("%" PRIu64 " %" PRIu64 " %" PRIu64 " %" PRId64 " %ld\n",
	    t.observations, t.rejects, t.findings, t.sum, peak_memory());
	return 0;
}
