/* Tables for people: columns by display width, colours on a terminal. */
#ifndef CLI_TEXT_H
#define CLI_TEXT_H

#include <stdbool.h>
#include <stddef.h>

/* Columns that `text` takes on a terminal: 2 for 漢字. */
int text_width(const char *text);
/* Prints text padded or cut ("…") to width columns; right: from the left. */
void text_print(const char *text, int width, bool right);

#endif
