/*
 * A share in the database: for a private cluster, two locks and a door.
 *
 *   enter.lock   held while coming in or going out: one at a time
 *   users.lock   held shared for as long as the cluster is used
 *   server.lock  held by the supervisor while the server runs
 *
 * Coming in: enter, share users (waits for a server that is stopping), and
 * start the server when nobody holds server.lock. Where it will be is written
 * before, so that whoever starts it may be killed at any instant and the next
 * one finds it. Going out: give the share
 * back; whoever was last waits until the server has stopped.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include <libpq-fe.h>

#include "cluster.h"

#define END_WAIT_MS 20000

struct cluster {
	const char *conninfo;
	int enter, users, server; /* -1: a server's URL */
};

/* What root makes is the server's user's: the service comes in after it. */
static bool
hand_over(const struct cluster_host *host, int fd)
{
	return geteuid() != 0 || fchown(fd, host->uid, host->gid) == 0;
}

static bool
open_lock(const struct cluster_host *host, const char *path, int *fd,
    struct kpid_err *err)
{
	*fd = open(path, O_RDONLY | O_CREAT | O_CLOEXEC, 0644);
	return *fd >= 0 && hand_over(host, *fd)
	    ? true
	    : err_set(err, KPID_EDB, "could not open '%s': %s", path,
		strerror(errno));
}

static bool
lock(int fd, int how, struct kpid_err *err)
{
	while (flock(fd, how) != 0)
		if (errno != EINTR)
			return err_set(err, KPID_EDB, "could not lock: %s",
			    strerror(errno));
	return true;
}

static bool
lock_now(int fd, int how)
{
	return flock(fd, how | LOCK_NB) == 0;
}

/* DIR/socket names the running server's socket directory. An old one, made by
 * whomever, is no obstacle to the directory's owner. */
static bool
write_socket(const struct cluster_host *host, const char *socket_dir,
    struct arena *mem, struct kpid_err *err)
{
	const char *path = arena_printf(mem, "%s/socket", host->dir);
	(void)unlink(path);
	FILE *f = fopen(path, "we");
	bool ok = f != NULL && hand_over(host, fileno(f))
	    && fprintf(f, "%s\n", socket_dir) > 0;

	if (f != NULL && fclose(f) != 0)
		ok = false;
	return ok ? true
		  : err_set(err, KPID_EDB, "could not write '%s': %s", path,
		      strerror(errno));
}

static bool
read_socket(const struct cluster_host *host, struct arena *mem,
    const char **out, struct kpid_err *err)
{
	const char *path = arena_printf(mem, "%s/socket", host->dir);
	char line[128] = "";
	FILE *f = fopen(path, "re");

	if (f != NULL && fgets(line, sizeof(line), f) != NULL)
		line[strcspn(line, "\n")] = '\0';
	if (f != NULL)
		(void)fclose(f);
	if (line[0] == '\0')
		return err_set(err, KPID_EDB, "could not read '%s'", path);
	*out = arena_strdup(mem, line);
	return true;
}

/* The database inside the cluster, made when a first start was cut short
 * before it, too. */
static bool
ensure_database(const char *socket_dir, struct kpid_err *err)
{
	const char *const keys[] = { "host", "user", "dbname", NULL };
	const char *const values[] = { socket_dir, "kpid", "postgres", NULL };
	PGconn *pg = PQconnectdbParams(keys, values, 0);
	PGresult *r = PQexec(pg,
	    "select from pg_catalog.pg_database where datname = 'kpid'");
	bool ok = PQresultStatus(r) == PGRES_TUPLES_OK;

	if (ok && PQntuples(r) == 0) {
		PQclear(r);
		r = PQexec(pg, "create database kpid template template0");
		ok = PQresultStatus(r) == PGRES_COMMAND_OK;
	}
	if (!ok)
		(void)!err_set(err, KPID_EDB,
		    "could not create the private "
		    "database: %s",
		    PQerrorMessage(pg));
	PQclear(r);
	PQfinish(pg);
	return ok;
}

static bool
answers(const char *socket_dir)
{
	const char *const keys[] = { "host", "user", "dbname",
		"connect_timeout", NULL };
	const char *const values[] = { socket_dir, "kpid", "postgres", "10",
		NULL };

	return PQpingParams(keys, values, 0) == PQPING_OK;
}

/* The server of somebody else, who may have been killed before it came up:
 * where it is was written before it began. *ended: there is none any more. */
static bool
join(struct cluster *c, const struct cluster_host *host, struct arena *mem,
    const char **socket_dir, bool *ended, struct kpid_err *err)
{
	const struct timespec pause = { .tv_nsec = 10000000 };
	struct kpid_err unknown = { 0 };

	*ended = false;
	for (int waited = 0; waited < END_WAIT_MS; waited += 10) {
		if (read_socket(host, mem, socket_dir, &unknown)
		    && answers(*socket_dir))
			return ensure_database(*socket_dir, err);
		*ended = lock_now(c->server, LOCK_SH);
		if (*ended)
			return true;
		(void)nanosleep(&pause, NULL);
	}
	return err_set_retry(err, KPID_EDB,
	    "the private database in '%s' runs and does not answer. HINT: see "
	    "'%s'",
	    host->dir, host->log);
}

/* A server that was killed together with its supervisor cleared nothing. */
static void
remove_stale(const struct cluster_host *host, struct arena *mem)
{
	struct kpid_err none;
	const char *old;

	if (read_socket(host, mem, &old, &none)
	    && (strncmp(old, "/tmp/kpid-", 10) == 0
		|| strncmp(old, CLUSTER_RUN "/kpid-",
		       sizeof(CLUSTER_RUN "/kpid-") - 1)
		    == 0))
		socket_dir_remove(old);
}

static bool
start_or_join(struct cluster *c, const struct cluster_host *host,
    struct arena *mem, const char **socket_dir, struct kpid_err *err)
{
	bool ended = lock_now(c->server, LOCK_SH);

	if (!ended && !join(c, host, mem, socket_dir, &ended, err))
		return false;
	if (!ended)
		return true;
	(void)flock(c->server, LOCK_UN);
	remove_stale(host, mem);
	if (!socket_dir_make(host, mem, socket_dir, err))
		return false;
	if (write_socket(host, *socket_dir, mem, err)
	    && supervisor_start(host, *socket_dir, err))
		return ensure_database(*socket_dir, err);
	/* Started again and again, it would leave one each time. */
	socket_dir_remove(*socket_dir);
	return false;
}

/* The children that make the directory share the lock: killed meanwhile, we
 * leave them behind, and the next one in waits until they have ended. */
static bool
create_locked(int enter, const struct cluster_host *host, struct kpid_err *err)
{
	(void)fcntl(enter, F_SETFD, 0);
	bool ok = cluster_create(host, err);

	(void)fcntl(enter, F_SETFD, FD_CLOEXEC);
	return ok;
}

static bool
enter(struct cluster *c, const struct cluster_host *host, struct arena *mem,
    struct kpid_err *err)
{
	const char *enter_lock = arena_printf(mem, "%s/enter.lock", host->dir);
	const char *socket_dir;

	if (!open_lock(host, enter_lock, &c->enter, err)
	    || !open_lock(host, host->users_lock, &c->users, err)
	    || !open_lock(host, host->server_lock, &c->server, err)
	    || !lock(c->enter, LOCK_EX, err)
	    || !create_locked(c->enter, host, err)
	    || !lock(c->users, LOCK_SH, err)
	    || !start_or_join(c, host, mem, &socket_dir, err))
		return false;
	(void)flock(c->enter, LOCK_UN);
	c->conninfo =
	    arena_printf(mem, "host=%s user=kpid dbname=kpid", socket_dir);
	return true;
}

static void
leave(struct cluster *c)
{
	struct kpid_err ignored;
	bool others;

	if (!lock(c->enter, LOCK_EX, &ignored))
		return;
	(void)flock(c->users, LOCK_UN);
	others = !lock_now(c->users, LOCK_EX) && lock_now(c->users, LOCK_SH);
	(void)flock(c->users, LOCK_UN);
	if (!others) /* until the supervisor is gone */
		(void)!lock(c->server, LOCK_SH, &ignored);
}

bool
cluster_open(const struct config *cfg, struct arena *mem,
    void (*say)(const char *text), struct cluster **out, struct kpid_err *err)
{
	struct cluster *c = calloc(1, sizeof(*c));
	struct cluster_host host;

	if (c == NULL)
		fatal("out of memory");
	*c = (struct cluster){ cfg->database.url, -1, -1, -1 };
	if (c->conninfo == NULL) {
		if (!cluster_host_find(cfg, mem, &host, err)) {
			cluster_close(c);
			return false;
		}
		if (say != NULL && access(host.data, F_OK) != 0)
			say(arena_printf(mem,
			    "creating a private database in '%s'", host.dir));
		if (!enter(c, &host, mem, err)) {
			cluster_close(c);
			return false;
		}
	}
	*out = c;
	return true;
}

const char *
cluster_conninfo(const struct cluster *c)
{
	return c->conninfo;
}

void
cluster_close(struct cluster *c)
{
	if (c == NULL)
		return;
	if (c->server >= 0)
		leave(c);
	const int fds[] = { c->server, c->users, c->enter };

	for (size_t i = 0; i < ARRAY_LEN(fds); i++)
		if (fds[i] >= 0)
			(void)close(fds[i]);
	free(c);
}
