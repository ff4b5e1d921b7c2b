/* The table of commands: what --help prints and what is accepted. */
#include "cli.h"

const struct command commands[] = {
	{ "run", "", "the daemon, in the foreground",
	    "SIGHUP reads the configuration again (a bad one keeps the\n"
	    "running one); SIGTERM and SIGINT end it: a load has five\n"
	    "seconds, what is not loaded then waits for the next start.\n",
	    " ", 0, 0, NEED_CONFIG, cmd_run },
	{ "collect", "[FEED...] [--all] [--dry-run] [--strict]",
	    "collect feeds now, then judge and mail",
	    "--all      every feed\n"
	    "--dry-run  everything but writing\n"
	    "--strict   held deliveries and rejected rows end with code 1\n",
	    " all! dry-run! strict! ", 0, 10000, NEED_CONFIG, cmd_collect },
	{ "import", "FEED FILE... [--published-at T] [--strict]",
	    "load local files through a feed's contract; mails nobody",
	    "--published-at T  when the source published it, ISO 8601\n"
	    "--strict          held deliveries and rejected rows end with "
	    "code 1\n",
	    " published-at strict! ", 2, 10000, NEED_CONFIG, cmd_import },
	{ "backfill", "FEED --from P [--to P] [--org C] ... [--strict]",
	    "collect the past of a feed whose URL names periods; mails nobody",
	    "Every period from P to P, the oldest first, for each "
	    "organization. One that\nis there already is unchanged, one that "
	    "the server does not have is missing.\n"
	    "--from P  first period: 2020-04, 2020-Q2, FY2020, 2020-04-30\n"
	    "--to P    last period (default: the one that a collection would "
	    "ask for)\n"
	    "--org C   of this organization (default: the feed's); may be "
	    "given again\n"
	    "--strict  held deliveries and rejected rows end with code 1\n",
	    " from to org strict! ", 1, 1, NEED_CONFIG, cmd_backfill },
	{ "preview", "FEED [FILE or URL]",
	    "everything but writing: observations, rejects, findings",
	    "FEED is a configured name, or the path of a feed file, which "
	    "needs no\nconfiguration. Nothing is stored anywhere.\n",
	    " ", 1, 2, NEED_NOTHING, cmd_preview },
	{ "inspect", "FILE or URL", "propose a feed file for a body",
	    "The feed file is printed alone, as JSON; what it is not sure of "
	    "is told on\nstandard error. Code 1 when there is no table in it. "
	    "A configuration is not\nneeded; with one, its indicators are "
	    "used by their names.\n",
	    " ", 1, 1, NEED_NOTHING, cmd_inspect },
	{ "check", "[--online]", "every problem of the configuration at once",
	    "--online  connects to the database, too\n", " online! ", 0, 0,
	    NEED_NOTHING, cmd_check },
	{ "migrate", "[--check]", "bring the database's schema up to date",
	    "--check  only say what is missing (code 1 when something is)\n",
	    " check! ", 0, 0, NEED_CONFIG, cmd_migrate },
	{ "status", "[--as-of D] [--known-at T] [--org C]",
	    "every target, judged",
	    "--as-of D     as of a date (default: today)\n"
	    "--known-at T  with what was known at an instant\n"
	    "--org C       of one organization\n",
	    " as-of known-at org ", 0, 0, NEED_CONFIG, cmd_status },
	{ "explain",
	    "TARGET [--as-of D] | INDICATOR PERIOD [--org C] [--dim K=V] ..."
	    " [--known-at T]",
	    "one status or value, back to file, line and raw cell",
	    "TARGET: every input, formula and version behind its status.\n"
	    "INDICATOR PERIOD: what a value rests on, down to the cell, and "
	    "all it was\nbefore. PERIOD is 2024-09-30, 2024-09, FY2024, "
	    "令和6年9月, ..\n"
	    "--as-of D      as of a date (default: today)\n"
	    "--org C        whose value (default: the configuration's)\n"
	    "--dim K=V      a dimension of the series; may be given again\n"
	    "--frequency F  of a date: D W M Q S A FY\n"
	    "--known-at T   with what was known at an instant\n",
	    " as-of known-at org dim frequency ", 1, 2, NEED_CONFIG,
	    cmd_explain },
	{ "target", "import [GOALS] TARGETS | export",
	    "goals and targets from and to CSV",
	    "The columns of both files stand in docs/targets.md.\n", " ", 1, 3,
	    NEED_CONFIG, cmd_target },
	{ "alerts", "[--all]", "what people have been told",
	    "--all  closed ones, too\n", " all! ", 0, 0, NEED_CONFIG,
	    cmd_alerts },
	{ "ack", "TARGET --by WHO --note T --until D",
	    "somebody is at it: no reminders and no escalation until D",
	    "--by WHO   who is at it\n"
	    "--note T   what is being done; it stands in the digest\n"
	    "--until D  the last day, 2024-12-31\n",
	    " by note until ", 1, 1, NEED_CONFIG, cmd_ack },
	{ "silence", "TARGET --by WHO --reason T --until D | --lift",
	    "mail nothing about a target until D, at most 92 days",
	    "It is judged all the same, and what changed is told afterwards.\n"
	    "--by WHO    who says so\n"
	    "--reason T  why\n"
	    "--until D   the last day, 2024-12-31\n"
	    "--lift      ends it now\n",
	    " by reason until lift! ", 1, 1, NEED_CONFIG, cmd_silence },
	{ "close", "YEAR --by WHO [--org C]",
	    "the final report of a year is out: no alert of it opens again",
	    "YEAR is a fiscal year: 2024, 令和6年度. What was told of it can "
	    "still be\ncorrected.\n"
	    "--by WHO  who says so\n"
	    "--org C   whose year (default: the configuration's)\n",
	    " by org ", 1, 1, NEED_CONFIG, cmd_close },
	{ "put",
	    "INDICATOR PERIOD VALUE --by WHO --why TEXT [--org C] [--dim K=V]"
	    " ...",
	    "a value typed by hand, until a file states it again",
	    "PERIOD is 2024-09-30, 2024-09, 2024-Q3, 2024-S1, 2024-W36, 2024, "
	    "FY2024,\n2024-04-01/2024-09-30, or 令和6年9月, 令和6年度. VALUE is a "
	    "number as\npeople write it, in the indicator's unit: 1,234 △5 "
	    "７２．７\n"
	    "--by WHO          who types it\n"
	    "--why TEXT        where it comes from: a telephone call, a letter\n"
	    "--org C           whose it is (default: the configuration's)\n"
	    "--dim K=V         a dimension of the series; may be given again\n"
	    "--missing REASON  there is no number, VALUE is its mark (…, －):\n"
	    "                  not_applicable, suppressed, not_collected,\n"
	    "                  not_available or error\n"
	    "--frequency F     of a date: D W M Q S A FY (default: as the "
	    "series\n                  that there is)\n"
	    "--new             begins a series beside those that there are\n"
	    "--strict          a value that is held ends with code 1\n",
	    " by why org dim missing frequency new! strict! ", 3, 3,
	    NEED_CONFIG, cmd_put },
	{ "backtest", "[--from D] [--to D] [--org C]",
	    "the past through today's rules: what would have been mailed",
	    "Every month end as if kpid had run then, and what became of the "
	    "targets: how\nmany alerts ended in a miss, how many misses had "
	    "one and how early. Writes\nnothing, mails nobody.\n"
	    "--from D  from the month of a day (default: a year back)\n"
	    "--to D    to the last month that has ended by a day (default: "
	    "today)\n"
	    "--org C   of one organization\n",
	    " from to org ", 0, 0, NEED_CONFIG, cmd_backtest },
	{ "replay", "DELIVERY [--commit]",
	    "map a stored delivery again, after its contract was mended",
	    "Shows what would change. --commit does it: the new reading "
	    "takes the place\nof the old one. Gates do not hold it: whoever "
	    "gives this command has decided.\n",
	    " commit! ", 1, 1, NEED_CONFIG, cmd_replay },
	{ "retract", "DELIVERY --why TEXT [--by WHO]",
	    "withdraw a wrong delivery; earlier values return",
	    "DELIVERY is its number (kpi.delivery, and the mail that tells of "
	    "one held).\nFrom now on it is as if never loaded; what was said "
	    "before is kept.\n"
	    "--why TEXT  what is wrong with it\n"
	    "--by WHO    who says so (default: the user of this machine)\n",
	    " by why ", 1, 1, NEED_CONFIG, cmd_retract },
	{ "prune", "[--dry-run]", "give up files that are kept no longer",
	    "\"bodies\": {\"keep_days\": N} in the configuration or a feed "
	    "says how long\ndelivered files are kept as they came; the daemon "
	    "does this once a day.\nOnes that a latest value cites stay, and "
	    "held ones; no value ever goes.\n"
	    "--dry-run  only say how many would go\n",
	    " dry-run! ", 0, 0, NEED_CONFIG, cmd_prune },
	{ "mail", "test ADDRESS", "send one mail to see that mail works",
	    "By 'mail' of the configuration; code 75 when the server is not "
	    "there.\n",
	    " ", 2, 2, NEED_CONFIG, cmd_mail },
	{ "next", "", "the coming runs and releases of each feed",
	    "Says when each feed is looked at next, and why not on the day "
	    "that its\nschedule names; which period is expected when, for "
	    "how long it is waited for,\nand how far its values reach. In the "
	    "language of 'mail'.\n",
	    " ", 0, 0, NEED_CONFIG, cmd_next },
	{ "ping", "", "is the database there and up to date?",
	    "Code 0 when ready, 75 when not.\n", " ", 0, 0, NEED_CONFIG,
	    cmd_ping },
	{ "psql", "[ARG...]", "open the database as kpi_analyst",
	    "Arguments are handed to psql; put -- before options.\n", " ", 0,
	    10000, NEED_CONFIG, cmd_psql },
	{ 0 },
};
