/* The gates: what the database says of staged deliveries as a whole. */
#ifndef LOAD_GATES_H
#define LOAD_GATES_H

#include "kpid/db.h"
#include "kpid/observation.h"

struct gate_finding {
	int delivery;
	struct finding finding; /* holds its delivery */
};

/* ids: deliveries as an array's text, staged with their series. The list
 * lives in mem. */
MUST_CHECK bool gates_ask(struct db *db, const char *ids, struct arena *mem,
    const struct gate_finding **list, size_t *n, struct kpid_err *err);

#endif
