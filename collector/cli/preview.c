/* kpid preview: everything but writing. */
#include "preview.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kpid/limits.h"
#include "names.h"
#include "local.h"

/* One observation or reject as text; \u001f is the longest that a byte gets. */
#define PIECE_BYTES ((size_t)6 * LIMIT_ROW_BYTES + 65536)

static void
close_files(struct preview *p)
{
	if (p->rejects != NULL)
		(void)fclose(p->rejects);
	if (p->findings != NULL)
		(void)fclose(p->findings);
}

static bool
read_body(struct cli *cli, const struct body *body, struct kpid_err *err)
{
	CLEANUP(close_files)
	struct preview p = { .cli = cli,
		.body = body,
		.rejects = tmpfile(),
		.findings = tmpfile() };
	bool ok;

	if (p.rejects == NULL || p.findings == NULL)
		return err_set(err, KPID_ESPOOL,
		    "could not make a temporary file: %s", strerror(errno));
	p.repeats = repeats_find(body, &cli->mem);
	buf_init(&p.piece, PIECE_BYTES);
	ok = cli->json ? preview_json(&p, err) : preview_text(&p, err);
	buf_release(&p.piece);
	if (repeats_unchecked(p.repeats))
		fprintf(stderr,
		    "kpid: more than %d keys that are not in order: not all "
		    "were compared with each other\n",
		    REPEATS_MAX);
	repeats_free(p.repeats);
	return ok;
}

/* A table where a feed is expected: a feed begins with a brace. */
static bool
is_feed_text(const char *path)
{
	FILE *file = fopen(path, "re");
	int c = EOF;

	if (file == NULL)
		return true; /* said when it is read */
	do
		c = getc(file);
	while (c == ' ' || (c >= '\t' && c <= '\r') || c == 0xef || c == 0xbb
	    || c == 0xbf);
	(void)fclose(file);
	return c == '{';
}

/* A feed file by itself, with the indicators that it brings along. The body
 * is named by hand, so that its URL may be anywhere. */
static bool
load_feed(struct cli *cli, const char *path, const struct feed **out,
    struct kpid_err *err)
{
	static const char *const anywhere[] = { "/" };
	struct problems all = { .mem = &cli->mem };
	struct feed *feed = arena_alloc(&cli->mem, sizeof(*feed));
	struct config *with = arena_alloc(&cli->mem, sizeof(*with));
	struct config base = cli->cfg;

	if (cli->n_args > 1 || base.path == NULL) {
		base.file_roots = anywhere;
		base.n_file_roots = 1;
	}
	if (config_load_feed(path, &base, &cli->mem, with, feed, &all)) {
		cli->cfg = *with;
		*out = feed;
		return true;
	}
	cli_tell_problems(&all);
	return err_set(err, KPID_ECONFIG,
	    "the feed file '%s' has %zu problem%s", path, all.n,
	    all.n == 1 ? "" : "s");
}

/* A feed by name, or the path of a feed file. */
static bool
find_feed(struct cli *cli, const struct feed **out, struct kpid_err *err)
{
	const char *name = cli->args[0];

	*out = config_feed(&cli->cfg, name);
	if (*out != NULL)
		return true;
	if (access(name, F_OK) != 0) {
		const char *near = names_feed_near(cli, name);

		return err_set(err, KPID_EUSAGE,
		    "no feed '%s' in the configuration, and no such file%s%s%s",
		    name, near != NULL ? ". HINT: did you mean '" : "",
		    near != NULL ? near : "", near != NULL ? "'?" : "");
	}
	if (!is_feed_text(name))
		return err_set(err, KPID_EUSAGE,
		    "'%s' is no feed file: it is no JSON object. HINT: kpid "
		    "inspect %s writes a feed that reads it; kpid preview FEED "
		    "%s reads it by one",
		    name, name, name);
	return load_feed(cli, name, out, err);
}

int
cmd_preview(struct cli *cli)
{
	const char *where = cli->n_args > 1 ? cli->args[1] : NULL;
	struct kpid_err err = { 0 };
	const struct feed *feed;
	struct local_body local;
	int code = local_config(cli, access(cli->args[0], F_OK) != 0);
	bool ok;

	if (code >= 0)
		return code;
	if (!find_feed(cli, &feed, &err)
	    || !local_open(cli, feed, where, &local, &err))
		return cli_fail(&err);
	const struct body body = { .cfg = &cli->cfg,
		.feed = feed,
		.fd = local.fd,
		.file = local.file,
		.url = where != NULL && strstr(where, "://") != NULL ? where
								     : NULL };

	ok = read_body(cli, &body, &err);
	(void)close(local.fd);
	return ok ? EXIT_DONE : cli_fail(&err);
}
