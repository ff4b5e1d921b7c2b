/*
 * Days, periods and instants in words; text that is none of them is given
 * back as it is. All results live in mem or are the text itself.
 */
#ifndef KPID_NOTIFY_CALENDAR_H
#define KPID_NOTIFY_CALENDAR_H

#include "kpid/arena.h"
#include "kpid/schedule.h"

/* 2024-09-30 to 令和6年9月30日（2024-09-30） */
const char *ja_date(const char *iso, struct arena *mem);
/* 2024-09 to 令和6年9月（2024-09）, FY2024 to 令和6年度, and so on. */
const char *ja_period(const char *text, struct arena *mem);
/* 2024 (or FY2024) to 令和6年度 */
const char *ja_fiscal_year(const char *year, struct arena *mem);
/* 2024-10-15T00:00:00Z to 令和6年10月15日（2024-10-15）9時00分 */
const char *ja_instant(const char *iso, const struct zone *zone,
    struct arena *mem);

/* The same instant as 2024-10-15 09:00. */
const char *en_instant(const char *iso, const struct zone *zone,
    struct arena *mem);

#endif
