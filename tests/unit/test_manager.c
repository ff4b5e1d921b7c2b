/* rooms: base daemon */
#include <criterion/criterion.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "../../collector/daemon/manager.h"

#define SECOND ((usec)1000000)

static char place[sizeof(((struct sockaddr_un *)0)->sun_path)];

/* The manager's end: a datagram socket, its address in NOTIFY_SOCKET. */
static int
listen_as_manager(bool abstract)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	size_t len;

	(void)snprintf(place, sizeof(place), "%s/kpid-manager-%ld",
	    abstract ? "@" : "/tmp", (long)getpid());
	len = strlen(place);
	memcpy(at.sun_path, place, len);
	if (abstract)
		at.sun_path[0] = '\0';
	cr_assert(fd >= 0
	    && bind(fd, (struct sockaddr *)&at,
		   (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len))
		== 0);
	(void)setenv("NOTIFY_SOCKET", place, 1);
	return fd;
}

/* What the manager was told next; "" when nothing. */
static const char *
heard(int fd)
{
	static char text[256];
	ssize_t n = recv(fd, text, sizeof(text) - 1, 0);

	text[n > 0 ? n : 0] = '\0';
	return text;
}

Test(manager, tells_states_to_either_kind_of_socket)
{
	for (int abstract = 0; abstract < 2; abstract++) {
		struct manager m;
		int fd = listen_as_manager(abstract == 1);

		manager_open(&m);
		manager_tell(&m, "READY=1");
		cr_expect_str_eq(heard(fd), "READY=1", "abstract %d", abstract);
		cr_expect(getenv("NOTIFY_SOCKET") == NULL,
		    "workers must not speak for the daemon");
		manager_close(&m);
		(void)close(fd);
		if (!abstract)
			(void)unlink(place);
	}
}

Test(manager, beats_at_half_the_interval_and_no_more)
{
	struct manager m;
	int fd = listen_as_manager(false);
	static const struct {
		usec now;
		const char *said;
		const char *why;
	} rows[] = {
		{ 100 * SECOND, "WATCHDOG=1", "the first at once" },
		{ 104 * SECOND, "", "not before half of ten seconds" },
		{ 105 * SECOND, "WATCHDOG=1", "then on time" },
		{ 120 * SECOND, "WATCHDOG=1", "late is once" },
		{ 121 * SECOND, "", "and not made up for" },
		{ 21 * SECOND, "WATCHDOG=1", "a clock set back" },
		{ 22 * SECOND, "", "goes on from there" },
	};

	(void)setenv("WATCHDOG_USEC", "10000000", 1);
	manager_open(&m);
	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		manager_beat(&m, rows[i].now);
		cr_expect_str_eq(heard(fd), rows[i].said, "row %zu (%s)", i,
		    rows[i].why);
	}
	cr_expect(manager_next(&m) == 26 * SECOND);
	manager_close(&m);
	(void)close(fd);
	(void)unlink(place);
}

Test(manager, needs_nobody)
{
	static const struct {
		const char *socket, *pid;
		const char *why;
	} rows[] = {
		{ NULL, NULL, "started by hand" },
		{ "relative", NULL, "no absolute path" },
		{ "/nonexistent/notify", NULL, "nobody listens" },
		{ "@", NULL, "no name" },
	};

	for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
		struct manager m;

		if (rows[i].socket != NULL)
			(void)setenv("NOTIFY_SOCKET", rows[i].socket, 1);
		(void)setenv("WATCHDOG_USEC", "10000000", 1);
		manager_open(&m);
		manager_tell(&m, "READY=1");
		manager_beat(&m, SECOND);
		cr_expect(manager_next(&m) == INT64_MAX, "row %zu (%s)", i,
		    rows[i].why);
		manager_close(&m);
	}
}

Test(manager, watchdog_of_another_process_is_not_ours)
{
	struct manager m;
	int fd = listen_as_manager(false);

	(void)setenv("WATCHDOG_USEC", "10000000", 1);
	(void)setenv("WATCHDOG_PID", "1", 1);
	manager_open(&m);
	cr_expect(manager_next(&m) == INT64_MAX);
	manager_close(&m);
	(void)close(fd);
	(void)unlink(place);
}

Test(manager, a_reload_says_when_it_began)
{
	struct manager m;
	int fd = listen_as_manager(false);
	struct timespec now;
	const char *text;
	long long at;

	manager_open(&m);
	manager_reloading(&m);
	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	text = heard(fd);
	cr_assert(strncmp(text, "RELOADING=1\nMONOTONIC_USEC=", 27) == 0,
	    "got %s", text);
	at = strtoll(text + 27, NULL, 10);
	cr_expect(at > 0 && at / 1000000 <= now.tv_sec
		&& at / 1000000 >= now.tv_sec - 60,
	    "%lld, and now %lld s", at, (long long)now.tv_sec);
	manager_close(&m);
	(void)close(fd);
	(void)unlink(place);
}
