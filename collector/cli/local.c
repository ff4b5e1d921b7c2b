/* A configuration that may be missing, and bodies that nobody keeps. */
#include "local.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "gather.h"
#include "kpid/file.h"

#define TIMEOUT_S 300 /* of one transfer, when no configuration says */

static void
empty_config(struct config *cfg)
{
	*cfg = (struct config){ .time_zone = "Asia/Tokyo" };
	cfg->network.timeout_s = TIMEOUT_S;
}

/* Does no problem stand in the file that names the others? */
static bool
is_sound(const struct config *cfg, const struct problems *all)
{
	for (size_t i = 0; i < all->n && cfg->path != NULL; i++)
		if (strcmp(all->list[i].file, path_shown(cfg->path)) == 0)
			return false;
	return cfg->path != NULL;
}

static int
read_config(struct cli *cli, const char *path, bool needed, bool feeds)
{
	struct problems all = { .mem = &cli->mem };

	if (config_load(path, &cli->mem, &cli->cfg, &all))
		return -1;
	if (!feeds && is_sound(&cli->cfg, &all)) {
		cli->cfg.feeds = NULL;
		cli->cfg.n_feeds = 0;
		return -1;
	}
	if (needed) {
		cli_tell_problems(&all);
		return EXIT_CONFIG;
	}
	empty_config(&cli->cfg);
	return -1;
}

static int
find_config(struct cli *cli, bool needed, bool feeds)
{
	struct kpid_err err = { 0 };
	const char *env = getenv("KPID_CONFIG"), *path;
	int code;

	needed |= cli->config_given != NULL || (env != NULL && *env != '\0');
	if (!config_find(cli->config_given, &cli->mem, &path, &err)) {
		if (needed)
			return cli_fail(&err);
		empty_config(&cli->cfg);
		return -1;
	}
	code = read_config(cli, path, needed, feeds);
	if (code < 0)
		cli->clock =
		    (struct clock){ cli->cfg.clock_fixed, cli->cfg.clock };
	return code;
}

int
local_config(struct cli *cli, bool needed)
{
	return find_config(cli, needed, true);
}

int
local_settings(struct cli *cli)
{
	return find_config(cli, false, false);
}

static int
remove_one(const char *path, const struct stat *st, int kind, struct FTW *at)
{
	(void)st;
	(void)kind;
	(void)at;
	(void)remove(path);
	return 0;
}

static bool
fetch_into(struct cli *cli, const struct feed *feed, const char *url,
    const char *dir, int *fd, struct kpid_err *err)
{
	const struct want want = { .feed = feed, .look.url = url };
	const struct wanted wanted = { .list = &want, .n = 1 };
	struct spool *spool;
	struct spool_meta meta;
	struct gathered g;

	if (!spool_open(dir, &cli->mem, &spool, err)
	    || !gather(cli, spool, &wanted, &g, err))
		return false;
	if (g.list[0].outcome != FETCH_BODY) {
		*err = g.list[0].err;
		return false;
	}
	return spool_read(spool, g.list[0].meta.id, &cli->mem, &meta, fd, err);
}

/* The body stays open when its directory is gone. */
static bool
fetch(struct cli *cli, const struct feed *feed, const char *url, int *fd,
    struct kpid_err *err)
{
	const char *tmp = getenv("TMPDIR");
	char *dir = arena_printf(&cli->mem, "%s/kpid-XXXXXX",
	    tmp != NULL && *tmp == '/' ? tmp : "/tmp");
	bool ok;

	if (mkdtemp(dir) == NULL)
		return err_set(err, KPID_ESPOOL,
		    "could not make the directory '%s': %s", dir,
		    strerror(errno));
	ok = fetch_into(cli, feed, url, dir, fd, err);
	(void)nftw(dir, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	return ok;
}

static const char *
url_of_path(const char *path, struct arena *mem)
{
	char full[PATH_MAX];

	return realpath(path, full) != NULL
	    ? arena_printf(mem, "file://%s", full)
	    : arena_printf(mem, "file:%s", path);
}

static const char *
name_in_url(const char *url, struct arena *mem)
{
	size_t len = strcspn(url, "?#");

	return path_base(arena_strndup(mem, url, len));
}

bool
local_open(struct cli *cli, const struct feed *feed, const char *where,
    struct local_body *out, struct kpid_err *err)
{
	bool named = where != NULL && strstr(where, "://") == NULL;
	struct wants wants;
	int fd = -1;

	if (named) {
		fd = open(where, O_RDONLY | O_CLOEXEC);
		if (fd < 0)
			return err_set(err, KPID_EFETCH,
			    "could not open '%s': %s", where, strerror(errno));
		*out = (struct local_body){ fd, path_base(where),
			url_of_path(where, &cli->mem) };
		return true;
	}
	if (where == NULL) {
		if (!wants_of(cli, feed, &wants, err))
			return false;
		if (wants.list[0].why != NULL) {
			*err = *wants.list[0].why;
			return false;
		}
		if (wants.list[0].nothing)
			return err_set(err, KPID_EFETCH, "no file lies in '%s'",
			    feed->url);
		where = wants.list[0].look.url;
	}
	if (!fetch(cli, feed, where, &fd, err))
		return false;
	*out = (struct local_body){ fd, name_in_url(where, &cli->mem), where };
	return true;
}
