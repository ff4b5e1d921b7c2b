/*
 * The inner loops of the CSV parser: eight bytes at a time.
 */
#ifndef KPID_PARSE_CSV_SCAN_H
#define KPID_PARSE_CSV_SCAN_H

#include <stdbool.h>
#include <stdint.h>

/* What ends a cell that is not quoted: the delimiter, LF, CR. */
struct csv_marks {
	char delimiter;
	uint64_t delimiters; /* eight of them */
};

/* The delimiter and both line ends. */
struct csv_marks csv_marks_of(char delimiter);
/* Does c end a plain cell? */
bool csv_is_mark(const struct csv_marks *marks, char c);

/* The first mark in at..end, or end. */
const char *csv_plain_end(const struct csv_marks *marks, const char *at,
    const char *end);

/* Line ends in at..end; cr: the byte before was CR, and so it is told on. */
uint32_t csv_lines(const char *at, const char *end, bool *cr);

#endif
