/*
 * Time zones: offsets and wall clock times, from the system's zone files.
 *
 * Not the C library's: there the zone is one for the whole process, and an
 * unknown name is UTC without a word.
 */
#include "zone_int.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ZONE_DIR      "/usr/share/zoneinfo"
#define ZONE_FILE_MAX (1 << 20) /* the largest is under 4 KiB */
#define UNIX_DAY      10957     /* 2000-01-01 in days since 1970 */
#define DAY_SECONDS   86400
#define MICRO         1000000
/* No clock is further from UTC than this. */
#define OFFSET_MAX    (26 * 3600)

static void
close_fd(const int *fd)
{
	if (*fd >= 0)
		(void)close(*fd);
}

/* "Asia/Tokyo": letters, digits, + - _ and single slashes between them, so
 * that no name leads out of the directory. */
static bool
name_valid(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len < 64 && name[0] != '/' && name[len - 1] != '/'
	    && strstr(name, "//") == NULL
	    && strspn(name,
		   "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvw"
		   "xyz0123456789+-_/")
	    == len;
}

static bool
file_read(const char *path, struct arena *mem, struct slice *out)
{
	CLEANUP(close_fd) int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct stat st;
	size_t len = 0;
	ssize_t n = 1;

	if (fd < 0 || fstat(fd, &st) != 0)
		return false;
	errno = EINVAL;
	if (!S_ISREG(st.st_mode) || st.st_size > ZONE_FILE_MAX)
		return false;
	char *p = arena_alloc(mem, (size_t)st.st_size);
	while (n > 0 && len < (size_t)st.st_size) {
		n = read(fd, p + len, (size_t)st.st_size - len);
		len += n > 0 ? (size_t)n : 0;
	}
	*out = (struct slice){ p, len };
	return n >= 0;
}

bool
zone_load(const char *name, struct arena *mem, const struct zone **out,
    struct kpid_err *err)
{
	const char *path, *why;
	struct slice file;

	if (!name_valid(name))
		return err_set(err, KPID_ECONFIG,
		    "'%s' is not the name of a "
		    "time zone. HINT: use one such as 'Asia/Tokyo'",
		    name);
	path = arena_printf(mem, "%s/%s", ZONE_DIR, name);
	if (!file_read(path, mem, &file))
		return err_set(err, KPID_ECONFIG,
		    "could not read time zone "
		    "'%s': %s: %s. HINT: use a name such as 'Asia/Tokyo'; the "
		    "zones come with the package tzdata",
		    name, path, strerror(errno));
	struct zone *z = arena_alloc(mem, sizeof(*z));
	if (!tzif_parse(file, mem, z, &why))
		return err_set(err, KPID_ECONFIG,
		    "could not read time zone "
		    "'%s': %s: %s",
		    name, path, why);
	*out = z;
	return true;
}

struct zone_entry {
	struct zone_entry *next;
	const char *name;
	const struct zone *zone;
};

bool
zones_get(struct zones *zones, const char *name, const struct zone **out,
    struct kpid_err *err)
{
	struct zone_entry *e = zones->first;

	while (e != NULL && strcmp(e->name, name) != 0)
		e = e->next;
	if (e == NULL) {
		const struct zone *zone;

		if (!zone_load(name, zones->mem, &zone, err))
			return false;
		e = arena_alloc(zones->mem, sizeof(*e));
		*e = (struct zone_entry){ zones->first,
			arena_strdup(zones->mem, name), zone };
		zones->first = e;
	}
	*out = e->zone;
	return true;
}

/* Index of the first transition after `at`. */
static size_t
table_search(const struct zone *z, int64_t at)
{
	size_t low = 0, high = z->n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (z->at[mid] <= at)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct zone_span
span_at(const struct zone *z, int64_t at)
{
	size_t i = table_search(z, at);

	if (i == z->n && z->has_rule)
		return zone_rule_span(&z->rule, at);
	return (struct zone_span){
		.from = i > 0 ? z->at[i - 1] : INT64_MIN,
		.until = i < z->n ? z->at[i] : INT64_MAX,
		.offset = i > 0 ? z->offset[i - 1] : z->before,
	};
}

static int64_t
seconds_of(usec at)
{
	return at / MICRO - (at % MICRO < 0);
}

int
zone_offset(const struct zone *z, usec at)
{
	return span_at(z, seconds_of(at)).offset;
}

void
zone_civil(const struct zone *z, usec at, int32_t *day, int *second)
{
	int64_t local = seconds_of(at) + zone_offset(z, at);
	int64_t days = local / DAY_SECONDS - (local % DAY_SECONDS < 0);

	*day = (int32_t)(days - UNIX_DAY);
	*second = (int)(local - days * DAY_SECONDS);
}

/* The first instant whose wall clock shows that time or a later one. Skipped
 * times give the change itself, doubled ones their first pass. */
usec
zone_instant(const struct zone *z, int32_t day, int second)
{
	int64_t wall = ((int64_t)day + UNIX_DAY) * DAY_SECONDS + second;
	int64_t from = wall - OFFSET_MAX;

	for (;;) {
		struct zone_span span = span_at(z, from);
		int64_t at = wall - span.offset;

		if (at < from)
			at = from;
		if (at < span.until)
			return at * MICRO;
		from = span.until;
	}
}
