/*
 * Bodies in an envelope: gzip, zip, and the workbooks that are zip archives.
 */
#ifndef KPID_ARCHIVE_H
#define KPID_ARCHIVE_H

#include <stdbool.h>

#include "kpid/arena.h"
#include "kpid/config.h"
#include "kpid/error.h"
#include "kpid/table.h"

enum envelope { ENVELOPE_NONE, ENVELOPE_GZIP, ENVELOPE_ZIP, ENVELOPE_XLSX };

/* By the first bytes, and for a zip archive by its members. fd is read from
 * its start; its position is moved. Documents of other programs (.ods, .docx,
 * .xlsb) are refused by name. */
MUST_CHECK bool envelope_of(int fd, enum envelope *out, struct kpid_err *err);

/* What to take out of an envelope. */
struct archive_job {
	enum envelope kind;      /* gzip or zip */
	const struct pick *pick; /* zip only */
	long long max;           /* bytes; more of them is an error: a bomb */
};

/*
 * What is in the envelope, in an unlinked temporary file (*out, closed by the
 * caller). gzip: all
 * members one behind the other. zip: pick says which member, by its name as a
 * label (kpid/label.h) with or without its directories, or by a pattern; none
 * picked and more than one there is an error that lists them. Directories and
 * what macOS and Windows leave (__MACOSX, .DS_Store) are no members. *name:
 * the member's in UTF-8 (names that are not UTF-8 are read as CP932), NULL for
 * gzip; in mem.
 */
MUST_CHECK bool archive_unpack(int fd, const struct archive_job *job,
    struct arena *mem, int *out, const char **name, struct kpid_err *err);

/*
 * One sheet of an XLSX workbook, or all that a pattern names, in their order.
 * A name (as a label) may be a hidden sheet's, a pattern takes visible ones.
 * None picked: the only visible sheet, or the only one of them with cells;
 * more than one is an error that lists them.
 *
 * Cells are texts; raw is what the file holds, where it is another:
 *   numbers      at most 15 significant digits, no exponent; all digits,
 *                whatever the style shows of them
 *   percentages  by style: 0.345 in 0% is 34.5%, with all its digits
 *   dates        by style: 2024-09-30, with the time when there is one
 *                (2024-09-30T08:30:00); 2024-09 where the style shows no day,
 *                2024 where it shows a year alone, 08:30:00 where it shows a
 *                time alone; eras make no difference. [h]:mm is a number of
 *                days. Days 0 and 60, which are none, are 1900-01-00 and
 *                1900-02-29, as Excel shows them
 *   the rest     cached values of formulas, TRUE and FALSE, errors as #VALUE!;
 *                shared strings without furigana
 *
 * Blank cells stand between two others, none at the end of a row. Cells below
 * or beside the first of a merged range are CELL_MERGED; a row of them alone
 * is sent too, for it may be part of a header. Rows without any text are sent
 * only as gaps in the line numbers.
 *
 * Two passes over a sheet; memory: shared strings up to
 * LIMIT_SHARED_STRINGS_BYTES, merged ranges up to LIMIT_MERGED_RANGES, one row.
 * What unpacks to more than LIMIT_SHEET_BYTES or LIMIT_WORKBOOK_BYTES is an
 * error.
 */
MUST_CHECK bool xlsx_read(int fd, const struct pick *sheet,
    const struct row_sink *sink, struct arena *mem, struct kpid_err *err);

#endif
