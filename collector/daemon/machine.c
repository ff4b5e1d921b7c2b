/* What kpid measures of its own machine; what is bad of it SQL decides. */
#include <dirent.h>
#include <jansson.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/timex.h>
#include <unistd.h>

#include "machine.h"

/* systemd-timesyncd's own, for as long as it runs. */
#define TIMESYNC      "/run/systemd/timesync"
#define MEGABYTE      1048576.0
/* 2025-01-01: a clock before that belongs to a machine that forgot the time. */
#define CLOCK_MIN     ((usec)1735689600 * 1000000)
/* A time service that is started again takes its time. */
#define CLOCK_WAIT_US (3600 * (usec)1000000)

static void
fact_add(json_t *list, const char *kind, const char *subject, double value,
    const char *detail)
{
	char host[256] = "";

	(void)gethostname(host, sizeof(host) - 1);
	json_t *fact = json_pack("{s:s, s:s++, s:f, s:s?}", "kind", kind,
	    "subject", host, *subject == '\0' ? "" : "/", subject, "value",
	    value, "detail", detail);

	if (fact == NULL || json_array_append_new(list, fact) != 0)
		fatal("out of memory");
}

/* What cannot be measured is no fact. */
static void
add_disk(json_t *list, const char *subject, const char *dir)
{
	struct statvfs at;

	if (dir != NULL && statvfs(dir, &at) == 0)
		fact_add(list, "disk_low", subject,
		    (double)at.f_bavail * (double)at.f_frsize / MEGABYTE, dir);
}

int
machine_time_service(const char *dir, struct arena *mem)
{
	if (access(dir, F_OK) != 0)
		return -1;
	return access(arena_printf(mem, "%s/synchronized", dir), F_OK) != 0;
}

/* 1 or 0; -1: nobody says. Who may not set the clock may not ask for its state
 * either where a service manager forbids the one system call for both. */
static int
unsynchronised(void)
{
	CLEANUP(arena_release) struct arena mem = { 0 };
	struct timex state = { .modes = 0 };
	const int answer = adjtimex(&state);

	if (answer < 0)
		return machine_time_service(TIMESYNC, &mem);
	return answer == TIME_ERROR || (state.status & STA_UNSYNC) != 0;
}

static void
add_clock(json_t *list)
{
	const int bad = unsynchronised();

	if (bad >= 0)
		fact_add(list, "clock_unsynchronised", "", bad, NULL);
}

bool
machine_unsynchronised(void)
{
	return unsynchronised() == 1;
}

const char *
machine_clock_fault(usec now, bool unsynchronised_now, usec *since)
{
	if (!unsynchronised_now)
		*since = 0;
	else if (*since == 0 || now < *since)
		*since = now;
	if (now < CLOCK_MIN)
		return "the clock is before 2025";
	return *since != 0 && now - *since >= CLOCK_WAIT_US
	    ? "it has not been synchronised for an hour"
	    : NULL;
}

/* One of each body, in the spool's files (kpid/spool.h). */
static int
is_body(const struct dirent *e)
{
	const char *end = strrchr(e->d_name, '.');

	return end != NULL
	    && (strcmp(end, ".spool") == 0 || strcmp(end, ".json") == 0);
}

/* Bodies that were set aside and that nobody has looked at and removed. */
static void
add_aside(json_t *list, const char *state_dir, struct arena *mem)
{
	const char *dir = arena_printf(mem, "%s/spool/aside", state_dir);
	struct dirent **found = NULL;
	const int n = scandir(dir, &found, is_body, NULL);

	for (int i = 0; i < n; i++)
		free(found[i]);
	free(found);
	fact_add(list, "spool_aside", "state", n < 0 ? 0 : n, dir);
}

/* Takes the list. */
static const char *
facts_text(json_t *list, struct arena *mem)
{
	char *text = json_dumps(list, JSON_COMPACT);
	const char *copy;

	if (text == NULL)
		fatal("out of memory");
	copy = arena_strdup(mem, text);
	free(text);
	json_decref(list);
	return copy;
}

const char *
machine_room(bool full, struct arena *mem)
{
	json_t *list = json_array();

	fact_add(list, "spool_full", "state", full, NULL);
	return facts_text(list, mem);
}

const char *
machine_facts(const struct config *cfg, const struct judged *judged,
    struct arena *mem)
{
	json_t *list = json_array();

	add_disk(list, "state", cfg->state_dir);
	add_disk(list, "database", cfg->database.private_dir);
	add_aside(list, cfg->state_dir, mem);
	/* A clock that is fixed keeps no time. */
	if (!cfg->clock_fixed)
		add_clock(list);
	if (judged->error == NULL)
		fact_add(list, "database_slow", "",
		    (double)judged->took / 1000000.0, NULL);
	fact_add(list, "evaluation_failed", "", judged->error != NULL,
	    judged->error);
	return facts_text(list, mem);
}
