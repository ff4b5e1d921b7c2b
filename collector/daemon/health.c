/* Three pages over HTTP. */
#include <arpa/inet.h>
#include <errno.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

#include "health.h"

#define PAGE_BYTES  (16 << 20)
#define CLIENTS     16
#define CLIENT_WAIT 10 /* seconds without a word */

struct health {
	struct MHD_Daemon *server;
	int fd;
	health_look *look;
	void *ctx;
};

union address {
	struct sockaddr any;
	struct sockaddr_in v4;
	struct sockaddr_in6 v6;
};

/* HOST:PORT, IPv6 in brackets. */
static bool
read_address(const char *text, union address *out)
{
	char host[64];
	const char *colon = strrchr(text, ':');
	size_t len = colon != NULL ? (size_t)(colon - text) : 0;
	char *end;
	unsigned long port;

	memset(out, 0, sizeof(*out));
	if (len == 0 || len >= sizeof(host) || colon[1] < '0' || colon[1] > '9')
		return false;
	port = strtoul(colon + 1, &end, 10);
	if (*end != '\0' || port > 65535)
		return false;
	(void)snprintf(host, sizeof(host), "%.*s", (int)len, text);
	out->v4.sin_family = AF_INET;
	out->v4.sin_port = htons((uint16_t)port);
	if (inet_pton(AF_INET, host, &out->v4.sin_addr) == 1)
		return true;
	if (host[0] != '[' || host[len - 1] != ']')
		return false;
	host[len - 1] = '\0';
	memset(out, 0, sizeof(*out));
	out->v6.sin6_family = AF_INET6;
	out->v6.sin6_port = htons((uint16_t)port);
	return inet_pton(AF_INET6, host + 1, &out->v6.sin6_addr) == 1;
}

static enum MHD_Result
send_text(struct MHD_Connection *c, unsigned code, const char *type,
    const struct buf *text)
{
	struct MHD_Response *r = MHD_create_response_from_buffer(text->len,
	    text->ptr, MHD_RESPMEM_MUST_COPY);
	enum MHD_Result sent;

	if (r == NULL)
		return MHD_NO;
	(void)MHD_add_response_header(r, "Content-Type", type);
	(void)MHD_add_response_header(r, "Cache-Control", "no-store");
	sent = MHD_queue_response(c, code, r);
	MHD_destroy_response(r);
	return sent;
}

/* Each page in one go: what it says belongs together. */
static enum MHD_Result
send_page(const struct health *h, struct MHD_Connection *c, const char *path)
{
	static const char plain[] = "text/plain; charset=utf-8";
	static const char metrics[] =
	    "text/plain; version=0.0.4; charset=utf-8";
	static const char open[] =
	    "application/openmetrics-text; version=1.0.0; charset=utf-8";
	const char *accept =
	    MHD_lookup_connection_value(c, MHD_HEADER_KIND, "Accept");
	const bool openmetrics = accept != NULL
	    && strstr(accept, "application/openmetrics-text") != NULL;
	struct tally_view view = { 0 };
	const char *type = plain;
	unsigned code = 200;
	bool ok, ready = true;
	struct buf text;

	buf_init(&text, PAGE_BYTES);
	h->look(h->ctx, &view);
	if (strcmp(path, "/metrics") == 0) {
		ok = tally_print(&view, openmetrics, &text);
		type = openmetrics ? open : metrics;
	} else if (strcmp(path, "/readyz") == 0) {
		ok = tally_ready(&view, &ready, &text);
		code = ready ? 200 : 503;
	} else if (strcmp(path, "/livez") == 0) {
		ok = buf_puts(&text, "live\n");
	} else {
		ok = buf_puts(&text, "/livez /readyz /metrics\n");
		code = 404;
	}
	const enum MHD_Result sent =
	    ok ? send_text(c, code, type, &text) : MHD_NO;

	buf_release(&text);
	return sent;
}

static enum MHD_Result
answer(void *ctx, struct MHD_Connection *c, const char *path,
    const char *method, const char *version, const char *body, size_t *body_len,
    void **state)
{
	const struct buf none = { .ptr = (char[]){ "only GET\n" }, .len = 9 };

	(void)version;
	(void)body;
	(void)state;
	*body_len = 0;
	if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0)
		return send_text(c, 405, "text/plain", &none);
	return send_page(ctx, c, path);
}

bool
health_open(const char *at, health_look *look, void *ctx, struct health **out,
    struct kpid_err *err)
{
	union address address;
	struct health *h;
	const union MHD_DaemonInfo *info;

	if (!read_address(at, &address))
		return err_set(err, KPID_ECONFIG,
		    "health: cannot listen on '%s'. HINT: an address and a "
		    "port, such as 127.0.0.1:9108 or [::1]:9108",
		    at);
	h = calloc(1, sizeof(*h));
	if (h == NULL)
		fatal("out of memory");
	*h = (struct health){ .fd = -1, .look = look, .ctx = ctx };
	h->server = MHD_start_daemon(MHD_USE_EPOLL
		| (address.any.sa_family == AF_INET6 ? MHD_USE_IPv6 : 0U),
	    0, NULL, NULL, answer, h, MHD_OPTION_SOCK_ADDR, &address.any,
	    MHD_OPTION_CONNECTION_LIMIT, (unsigned)CLIENTS,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)CLIENT_WAIT,
	    MHD_OPTION_END);
	info = h->server == NULL
	    ? NULL
	    : MHD_get_daemon_info(h->server, MHD_DAEMON_INFO_EPOLL_FD);
	if (info == NULL) {
		const int code = errno;

		health_close(h);
		return err_set(err, KPID_EINTERNAL,
		    "health: could not listen on '%s': %s", at, strerror(code));
	}
	h->fd = info->epoll_fd;
	*out = h;
	return true;
}

void
health_close(struct health *h)
{
	if (h != NULL && h->server != NULL)
		MHD_stop_daemon(h->server);
	free(h);
}

int
health_fd(const struct health *h)
{
	return h == NULL ? -1 : h->fd;
}

int
health_wait_ms(const struct health *h, int most)
{
	MHD_UNSIGNED_LONG_LONG ms;

	if (h == NULL || MHD_get_timeout(h->server, &ms) != MHD_YES)
		return most;
	return ms < (unsigned)most ? (int)ms : most;
}

void
health_step(struct health *h)
{
	if (h != NULL)
		(void)MHD_run(h->server);
}

int
health_port(const struct health *h)
{
	const union MHD_DaemonInfo *info =
	    MHD_get_daemon_info(h->server, MHD_DAEMON_INFO_BIND_PORT);

	return info == NULL ? 0 : info->port;
}
