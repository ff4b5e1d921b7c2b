/* kpid import: opens files, loads, judges. */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kpid/limits.h"
#include "run.h"

static bool
copy_file(struct spool_writer *w, int fd, struct kpid_err *err)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	char *chunk = arena_alloc(&mem, CHUNK_BYTES);
	ssize_t n;

	while ((n = read(fd, chunk, CHUNK_BYTES)) > 0)
		if (!spool_write(w, chunk, (size_t)n, err))
			return false;
	return n == 0 ? true : err_set(err, KPID_EFETCH, "%s", strerror(errno));
}

/* A local file into the spool, as a delivery that mails nobody. */
static bool
spool_file(struct run *r, const char *path, struct spool_meta *meta,
    struct kpid_err *err)
{
	char full[PATH_MAX];
	struct spool_writer *w;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || realpath(path, full) == NULL) {
		int why = errno;

		if (fd >= 0)
			(void)close(fd);
		return err_set(err, KPID_EFETCH, "could not open '%s': %s",
		    path, strerror(why));
	}
	meta->url = arena_printf(&r->cli->mem, "file://%s", full);
	w = spool_begin(r->spool);
	bool ok = copy_file(w, fd, err);

	(void)close(fd);
	if (ok)
		return spool_commit(w, meta, &r->cli->mem, err);
	spool_abort(w);
	return err_wrap(err, "could not read '%s'", path);
}

static bool
read_published(struct cli *cli, struct spool_meta *meta, struct kpid_err *err)
{
	const char *text = cli_option(cli, "published-at");

	if (text == NULL)
		return true;
	meta->has_published = true;
	return instant_parse(slice_of(text), &meta->published_at)
	    ? true
	    : err_set(err, KPID_EUSAGE,
		"--published-at '%s' is no instant. "
		"HINT: write it as 2024-10-01T09:00:00+09:00",
		text);
}

static bool
spool_files(struct run *r, struct kpid_err *err)
{
	for (size_t i = 0; i < r->n; i++) {
		struct spool_meta meta = { .feed = r->wants[i].feed->name,
			.fetched_at = clock_read(&r->cli->clock),
			.quiet = true };

		r->of[i] = i;
		if (!read_published(r->cli, &meta, err)
		    || !spool_file(r, r->cli->args[i + 1], &meta, err))
			return false;
		r->jobs[r->n_jobs++] =
		    (struct load_job){ .feed = r->wants[i].feed,
			    .spool_id = meta.id };
	}
	return true;
}

/* All files or none: what was spooled before one that cannot be opened must
 * not come in with a later run. */
static bool
spool_all(struct run *r, struct kpid_err *err)
{
	struct kpid_err ignored;

	if (spool_files(r, err))
		return true;
	for (size_t i = 0; i < r->n_jobs; i++)
		(void)!spool_remove(r->spool, r->jobs[i].spool_id, &ignored);
	return false;
}

int
cmd_import(struct cli *cli)
{
	struct run r = { .cli = cli };
	struct kpid_err err = { 0 };
	const struct feed *feed = config_feed(&cli->cfg, cli->args[0]);
	bool ok;

	if (feed == NULL) {
		(void)!unknown_feed(cli, cli->args[0], &err);
		return cli_fail(&err);
	}
	run_init(&r, cli->n_args - 1);
	for (size_t i = 0; i < r.n; i++)
		r.wants[i].feed = feed;
	ok = run_open(&r, &err) && spool_all(&r, &err) && run_load(&r, &err)
	    && work_evaluate(r.session.db, &cli->cfg, NULL, &r.mails, &err);
	return run_finish(&r, ok, &err);
}
