/*
 * cron FILE: lines of "expression from next" (local time without DST), or of
 * one expression that must be refused. Prints what does not hold; ends with
 * the number of such lines, 1 at the most.
 */
#include <stdio.h>
#include <string.h>

#include "kpid/arena.h"
#include "kpid/schedule.h"

#define FIELDS 3

/* 2012-07-01 09:00:00 there, as an instant. */
static bool
local_instant(const char *text, usec *out)
{
	char zoned[INSTANT_TEXT_MAX];

	(void)snprintf(zoned, sizeof(zoned), "%s+09:00", text);
	return instant_parse(slice_of(zoned), out);
}

static bool
next_holds(const struct cron *c, const struct zone *zone, char *const *fields)
{
	usec from, want, got;

	return local_instant(fields[1], &from)
	    && local_instant(fields[2], &want) && cron_next(c, zone, from, &got)
	    && got == want;
}

static bool
line_holds(char *line, const struct zone *zone)
{
	char *fields[FIELDS] = { line };
	size_t n = 1;
	struct cron c;
	struct kpid_err err;

	line[strcspn(line, "\r\n")] = '\0';
	for (char *tab; n < FIELDS && (tab = strchr(fields[n - 1], '\t'));) {
		*tab = '\0';
		fields[n++] = tab + 1;
	}
	if (n == 1)
		return !cron_parse(fields[0], &c, &err);
	return cron_parse(fields[0], &c, &err) && next_holds(&c, zone, fields);
}

int
main(int argc, char **argv)
{
	FILE *in = argc == 2 ? fopen(argv[1], "r") : NULL;
	struct arena mem = { 0 };
	struct kpid_err err;
	const struct zone *zone;
	char line[256], copy[256];
	int n = 0, bad = 0;

	if (in == NULL || !zone_load("Asia/Tokyo", &mem, &zone, &err))
		return 2;
	while (fgets(line, sizeof(line), in) != NULL) {
		memcpy(copy, line, sizeof(copy));
		if (n++ == 0 || line_holds(line, zone))
			continue;
		fprintf(stderr, "does not hold: %s", copy);
		bad++;
	}
	arena_release(&mem);
	(void)fclose(in);
	return bad > 0 || n < 2;
}
