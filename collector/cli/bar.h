/* A progress bar on standard error, when that is a terminal. */
#ifndef CLI_BAR_H
#define CLI_BAR_H

#include <stdint.h>

#include "kpid/body.h"

/* "what [####    ] 42 %"; nothing where nobody watches. */
void bar_show(const char *what, uint64_t done, uint64_t total);
/* Takes the bar away, before other lines are printed. */
void bar_clear(void);

/* Shows how far bodies are read: for struct load_batch and struct body. */
extern const struct progress bar_progress;

#endif
