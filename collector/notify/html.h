/* Pieces of an HTML mail that its files share. */
#ifndef KPID_NOTIFY_HTML_H
#define KPID_NOTIFY_HTML_H

#include "kpid/bytes.h"
#include "letter.h"

#define TABLE                                                       \
	"<table role=\"presentation\" width=\"100%\" border=\"0\" " \
	"cellpadding=\"0\" cellspacing=\"0\""

#define TONE_EXPECTED "#8b96a3"
#define TONE_PAST     "#b4bcc6" /* last year, which nobody judges now */

/* Colour of a status, dark enough to carry white text. */
const char *html_tone(const char *status);
/* Text with its markup made harmless. */
MUST_CHECK bool escaped_put(struct buf *out, const char *text);
/* A bar of so many thousandths on a track of the whole width. */
MUST_CHECK bool html_bar(struct buf *out, int permille, int height,
    const char *colour);
/* The last periods against the path; nothing where there is none to compare. */
MUST_CHECK bool plot_html(struct buf *out, const struct letter *letter,
    const struct fact_target *t);

#endif
