/*
 * The dimensions of a row as canonical JSON, remembered by its cells: tables
 * go through the same few combinations again and again.
 */
#ifndef NORMALISE_DIMS_H
#define NORMALISE_DIMS_H

#include <stdint.h>

#include "kpid/bytes.h"
#include "kpid/config.h"

#define DIMS_MAX   4096 /* bytes of a series' dimensions */
#define DIMS_SLOTS 256  /* a power of two */

/* A dimension of the contract. */
struct dim {
	size_t field; /* index in the normaliser's fields */
	const char *name;
	struct slice key; /* "name": */
	const struct pair *map;
	const char **map_keys; /* its labels as they are compared */
	size_t n_map;
};

/* Where a dimension ends in a slot's cells and text. */
struct dim_end {
	size_t cell, piece;
};

/* One combination; the newest of its hash. */
struct dims_slot {
	uint64_t hash;    /* 0: never used */
	uint64_t number;  /* no other combination has had it */
	struct buf cells; /* as they stood.. */
	struct buf text;  /* ..and their JSON */
	struct dim_end *ends;
};

struct dims {
	struct dim *list; /* by name */
	size_t n;
	struct dims_slot *slots;
	struct dims_slot *at; /* of the row at hand */
	uint64_t last_number;
};

#endif
