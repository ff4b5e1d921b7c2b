/* Signs of life for the service manager. */
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "manager.h"

/* A socket connected to path; an '@' in front is an abstract name. */
static int
connect_to(const char *path)
{
	struct sockaddr_un to = { .sun_family = AF_UNIX };
	const size_t len = strlen(path);
	int fd;

	if (len < 2 || len >= sizeof(to.sun_path)
	    || (*path != '/' && *path != '@'))
		return -1;
	memcpy(to.sun_path, path, len);
	if (*path == '@')
		to.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd >= 0
	    && connect(fd, (const struct sockaddr *)&to,
		   (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len))
		!= 0) {
		(void)close(fd);
		fd = -1;
	}
	return fd;
}

/* Half of what the manager waits, when the variable means this process. */
static usec
watchdog_pause(void)
{
	const char *text = getenv("WATCHDOG_USEC");
	const char *pid = getenv("WATCHDOG_PID");

	if (text == NULL
	    || (pid != NULL && strtol(pid, NULL, 10) != (long)getpid()))
		return 0;
	const long long value = strtoll(text, NULL, 10);

	return value > 1 ? (usec)value / 2 : 0;
}

void
manager_open(struct manager *m)
{
	const char *path = getenv("NOTIFY_SOCKET");

	*m = (struct manager){ .fd = -1 };
	if (path != NULL)
		m->fd = connect_to(path);
	if (m->fd >= 0)
		m->watchdog = watchdog_pause();
	(void)unsetenv("NOTIFY_SOCKET");
	(void)unsetenv("WATCHDOG_USEC");
	(void)unsetenv("WATCHDOG_PID");
}

void
manager_close(struct manager *m)
{
	if (m->fd >= 0)
		(void)close(m->fd);
	m->fd = -1;
	m->watchdog = 0;
}

void
manager_tell(const struct manager *m, const char *state)
{
	if (m->fd >= 0)
		(void)!send(m->fd, state, strlen(state), MSG_NOSIGNAL);
}

void
manager_reloading(const struct manager *m)
{
	struct timespec now = { 0 };
	char state[64];

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	(void)snprintf(state, sizeof(state), "RELOADING=1\nMONOTONIC_USEC=%lld",
	    (long long)now.tv_sec * 1000000 + now.tv_nsec / 1000);
	manager_tell(m, state);
}

void
manager_beat(struct manager *m, usec now)
{
	/* A clock that was set back must not silence the signs. */
	if (m->watchdog == 0 || (now < m->next && m->next - now <= m->watchdog))
		return;
	manager_tell(m, "WATCHDOG=1");
	m->next = now + m->watchdog;
}

usec
manager_next(const struct manager *m)
{
	return m->watchdog == 0 ? INT64_MAX : m->next;
}
