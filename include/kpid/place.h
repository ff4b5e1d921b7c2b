/*
 * Where one is in a body: byte offset, line, and where the line began.
 *
 * One rule for all readers of bodies: LF, CRLF and CR alone each end a line.
 */
#ifndef KPID_PLACE_H
#define KPID_PLACE_H

#include <stdbool.h>
#include <stdint.h>

#include "kpid/bytes.h"

struct place {
	uint64_t offset;     /* bytes before this place */
	uint64_t line_start; /* offset where the line began */
	uint32_t line;       /* 1-based */
	bool cr;             /* after CR, LF ends no line */
};

/* The first byte of a body. */
struct place place_first(void);
/* Walks over text, which may be cut anywhere, within CRLF too. */
void place_advance(struct place *at, struct slice text);
/* 1-based byte of the line. */
uint32_t place_column(const struct place *at);

#endif
