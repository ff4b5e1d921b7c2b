#!/usr/bin/python3
"""docs/scaling.md: its partitions are made by its own statements, and the
database answers, loads and refuses as before."""
import pathlib
import re
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
import analysts  # noqa: E402
import flow  # noqa: E402

PAGE = (flow.TOP / "docs" / "scaling.md").read_text(encoding="utf-8")
PARTED = """select c.relname, count(*)
  from pg_class c join pg_inherits i on i.inhparent = c.oid
 where c.relkind = 'p' and c.relnamespace = 'kpid'::regnamespace
 group by 1 order by 1"""


def psql(f, what, *args):
    """psql on the check's own database; its lines."""
    run = analysts.example("-Atq", "-c", "set client_min_messages = warning",
                           *args)
    f.same(what, (run.returncode, run.stderr), (0, ""))
    return run.stdout.split("\n")[:-1]


def questions(f, when):
    """The questions about the example, once more, reading only."""
    text = analysts.PAGE.read_text(encoding="utf-8")
    body = text[text.index("## Questions to an example"):]
    before = f.failed
    analysts.walk(f, body)
    f.same(f"{when}, every question has its answer", f.failed, before)


def parted(f):
    """The partitions of the page"""
    url = "postgresql://{PGUSER}@/{PGDATABASE}?host={host}".format(
        **flow.os.environ,
        host=flow.os.environ["PGHOST"].replace("/", "%2F"))
    f.demo()
    f.configure(database={"url": url})
    # The check's database is a copy, and a copy has no rights on itself.
    psql(f, "the owner may create", "-f",
         str(flow.TOP / "sql" / "bootstrap.sql"))
    sql = re.search(r"```sql\n(.*?)```", PAGE, re.S)[1]
    psql(f, "the page's statements run", "-c", sql)
    run = f.kpid("migrate")
    f.ok("kpid migrate makes the views again", run.code == 0, run)
    f.same("two tables have sixteen partitions",
           psql(f, "the catalogue", "-c", PARTED),
           ["observation|16", "superseded|16"])


def placed(f):
    """Every table has its place on the page"""
    tables = psql(f, "tables", "-c", "select tablename from pg_tables"
                  " where schemaname = 'kpid' and tablename !~ '_[0-9]+$'")
    said = set(re.findall(r"`(\w+)`", PAGE[PAGE.index("## Citus"):]))
    f.same("the page says of every table how it is distributed",
           sorted(set(tables) - said), [])


def loaded(f):
    """Loading into partitions, and reading from them"""
    psql(f, "the example is loaded", "-f", str(analysts.EXAMPLE))
    f.ok("its values are in more than one partition", int(psql(
        f, "where", "-c", "select count(distinct tableoid)"
        " from kpid.observation")[0]) > 1)
    questions(f, "loaded into partitions")
    plan = "\n".join(psql(f, "a plan", "-c", "explain (costs off) select value"
                          " from kpid.observation where org = 202037"))
    f.same("a question about one organization meets one partition",
           len(set(re.findall(r"observation_\d+", plan))), 1)


def filled(f):
    """Partitions made of tables that are full"""
    psql(f, "everything is put back into one table", "-c", """
        begin;
        set local role kpid_owner;
        drop schema kpi cascade;
        create schema kpi;
        delete from kpid_meta.applied where number = 0;
        alter table kpid.observation rename to parted;
        create table kpid.observation (like kpid.parted including all);
        insert into kpid.observation select * from kpid.parted;
        drop table kpid.parted cascade;
        alter table kpid.superseded rename to parted;
        create table kpid.superseded (like kpid.parted including all);
        insert into kpid.superseded select * from kpid.parted;
        drop table kpid.parted cascade;
        alter index kpid.observation_pkey1 rename to observation_pkey;
        alter index kpid.superseded_pkey1 rename to superseded_pkey;
        commit""")
    sql = re.search(r"```sql\n(.*?)```", PAGE, re.S)[1]
    psql(f, "and parted again", "-c", sql)
    run = f.kpid("migrate")
    f.ok("with its views", run.code == 0, run)
    questions(f, "parted when full")


if __name__ == "__main__":
    flow.main(parted, placed, loaded, filled)
