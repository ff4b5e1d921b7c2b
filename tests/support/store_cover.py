"""Which ways through the store the scripts took: what was never gone is not
tested, and fails."""
from collections import Counter

# Tables that a script may fill; the last one is never committed.
TABLES = """select c.relname
  from pg_class c
 where c.relnamespace = 'kpid'::regnamespace and c.relkind = 'r'
   and exists (select from pg_attribute a
                where a.attrelid = c.oid
                  and a.attname in ('delivery', 'series'))
   and c.relname not in ('direct_load', 'outbox')"""
# Kinds of row; a column that is not there (yet) is null in all of them.
KINDS = (
    ("held deliveries", "delivery d", "d.outcome = 'held'"),
    ("failed deliveries", "delivery d", "d.outcome = 'failed'"),
    ("tainted deliveries", "delivery d", "d.tainted"),
    ("deliveries mapped again", "delivery d", "d.replaces is not null"),
    ("retracted deliveries", "delivery d", "d.retracted is not null"),
    ("deliveries that withdraw", "delivery d", "d.withdrawn > 0"),
    ("tombstones", "observation d", "d.status = 'X'"),
    ("statements that never were latest", "superseded d",
     "d.since = d.until"),
    ("repeated deliveries", "delivery d",
     "to_jsonb(d) ->> 'repeats' is not null"),
    ("repeated and retracted deliveries", "delivery d",
     "to_jsonb(d) ->> 'repeats' is not null and d.retracted is not null"),
    ("retracted deliveries that others repeat", "delivery d",
     "d.retracted is not null and exists (select from kpid.delivery e"
     " where to_jsonb(e) ->> 'repeats' = d.delivery::text)"),
)
# What computes values from others has scripts of its own.
LOADING = "^(merge|direct|digests|content|stage|rederive" \
    "|derive_(stated|load|retract)|retract|unstated|hidden|against|unpack" \
    "|keep|set_latest|must|resolve|key_l|stream)"
FUNCTIONS = f"""select p.proname, coalesce(s.calls, 0)
  from pg_proc p
  join pg_language l on l.oid = p.prolang and l.lanname = 'plpgsql'
  left join pg_stat_user_functions s on s.funcid = p.oid
 where p.pronamespace = 'kpid'::regnamespace
   and p.proname ~ '{LOADING}'"""


class Cover:
    """Sums over scripts. To be made before the driver connects."""

    def __init__(self, psql, base):
        self.psql, self.seen = psql, Counter()
        psql.ask(f"alter database {base} set track_functions = 'all'")
        psql.ask("select pg_stat_reset()")
        self.repeats = bool(psql.ask(
            "select from pg_attribute where attname = 'repeats'"
            " and attrelid = 'kpid.delivery'::regclass"))
        counts = [f"select '{t}', count(*) from kpid.{t}"
                  for t, in psql.ask(TABLES)]
        counts += [f"select '{what}', count(*) from kpid.{table} where {test}"
                   for what, table, test in KINDS]
        self.query = " union all ".join(counts)

    def add(self):
        """What the last script left."""
        for what, count in self.psql.ask(self.query):
            self.seen[what] += int(count)

    def missing(self):
        """What was never reached; to be asked when the driver has ended."""
        for name, calls in self.psql.ask(FUNCTIONS):
            self.seen[f"kpid.{name}()"] += int(calls)
        return sorted(what for what, count in self.seen.items() if count == 0
                      and (self.repeats or "repeat" not in what))

    def told(self):
        """All of it, for people."""
        return ", ".join(f"{what} {count}"
                         for what, count in sorted(self.seen.items()))
