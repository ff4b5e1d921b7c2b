/*
 * A fetch rig with the test web server before its directory: DIR/www/t.csv is
 * TABLE.
 */
#ifndef KPID_WEB_RIG_H
#define KPID_WEB_RIG_H

#include <signal.h>
#include <sys/prctl.h>

#include "fetch_rig.h"

#define SERVER "tests/support/servers/web.py"
#define TABLE  "団体コード,枚数\n202037,20938\n"

struct web {
	struct rig rig;
	pid_t pid;
	int port;
	const char *cert, *key; /* set before web_open: https.. */
	const char *clients;    /* ..for clients with this certificate */
};

static inline void
web_child(const struct web *w, int out)
{
	(void)prctl(PR_SET_PDEATHSIG, SIGTERM);
	(void)dup2(out, STDOUT_FILENO);
	(void)execl("/usr/bin/python3", "python3", SERVER, "--root",
	    w->rig.roots[0], w->cert != NULL ? "--tls" : NULL, w->cert, w->key,
	    w->clients != NULL ? "--clients" : NULL, w->clients, (char *)NULL);
	_exit(127);
}

/* The server, and DIR/www/t.csv behind it. */
static inline void
web_open(struct web *w)
{
	static const char says[] = "listening on 127.0.0.1:";
	char line[128] = "";
	int ends[2];
	FILE *out;

	if (w->rig.dir == NULL)
		rig_open(&w->rig);
	rig_file(&w->rig, "t.csv", TABLE);
	cr_assert_eq(pipe(ends), 0);
	w->pid = fork();
	if (w->pid == 0)
		web_child(w, ends[1]);
	(void)close(ends[1]);
	out = fdopen(ends[0], "r");
	cr_assert_not_null(out);
	cr_assert(fgets(line, sizeof(line), out) != NULL
		&& strncmp(line, says, strlen(says)) == 0,
	    "the server did not start (tests run in the project's "
	    "directory): '%s'",
	    line);
	w->port = (int)strtol(line + strlen(says), NULL, 10);
	(void)fclose(out);
}

/* DIR/NAME.cert, which nobody signed, and DIR/NAME.key. */
static inline void
web_certificate(struct web *w, const char *name, const char **cert,
    const char **key)
{
	int status = -1;
	pid_t child;

	*cert = arena_printf(&w->rig.mem, "%s/%s.cert", w->rig.dir, name);
	*key = arena_printf(&w->rig.mem, "%s/%s.key", w->rig.dir, name);
	child = fork();
	if (child == 0) {
		(void)freopen("/dev/null", "w", stderr);
		(void)execlp("openssl", "openssl", "req", "-x509", "-newkey",
		    "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
		    "-subj", arena_printf(&w->rig.mem, "/CN=%s", name),
		    "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", *key,
		    "-out", *cert, (char *)NULL);
		_exit(127);
	}
	(void)waitpid(child, &status, 0);
	if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
		cr_skip("there is no openssl to make a certificate with");
}

static inline void
web_free(struct web *w)
{
	if (w->pid > 0) {
		(void)kill(w->pid, SIGTERM);
		(void)waitpid(w->pid, NULL, 0);
	}
	rig_free(&w->rig);
}

static inline const char *
web_url(struct web *w, const char *path)
{
	return arena_printf(&w->rig.mem, "http://127.0.0.1:%d/%s", w->port,
	    path);
}

static inline struct answer
web_get(struct web *w, const char *path)
{
	return rig_fetch(&w->rig, web_url(w, path), NULL);
}

#endif
