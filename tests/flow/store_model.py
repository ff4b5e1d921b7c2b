#!/usr/bin/python3
"""The store against its model, through the loader.

    store_model.py                  histories, and random scripts
    store_model.py COUNT [SEED]     so many, from a seed
    store_model.py --play FILE      a script, such as a failure prints

The database is that of PGHOST, PGUSER and PGDATABASE, with our schema in it;
without PGHOST one is made and thrown away.
"""
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile

TOP = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(TOP / "tests" / "support"))
from store_histories import HISTORIES, Teller  # noqa: E402
from store_play import Lines, Play, Psql, Wrong  # noqa: E402
from store_words import database_url, write_configs  # noqa: E402

BIN = pathlib.Path(os.environ.get("FLOW_BIN", TOP / "build" / "flow"))
KPID = os.environ.get("KPID", str(TOP / "build" / "kpid"))


@contextlib.contextmanager
def database(folder):
    """(socket, user, database) of a server."""
    if "PGHOST" in os.environ:
        yield [os.environ[k] for k in ("PGHOST", "PGUSER", "PGDATABASE")]
        return
    script, place = str(TOP / "tests" / "support" / "pg.sh"), folder / "pg"
    try:
        subprocess.run(["sh", script, "start", place], check=True,
                       stdout=subprocess.DEVNULL)
        subprocess.run(["createdb", "-h", place, "-U", "kpid", "kpid"],
                       check=True)
        yield str(place), "kpid", "kpid"
    finally:
        subprocess.run(["sh", script, "stop", place], check=True)


def main():
    with tempfile.TemporaryDirectory(prefix="kpid-model-") as name:
        folder = pathlib.Path(name)
        folder.chmod(0o755)
        with database(folder) as (socket, user, base):
            paths = write_configs(folder, database_url(socket, user, base))
            if "PGHOST" not in os.environ:
                subprocess.run([KPID, "-c", paths[0], "migrate"], check=True)
            psql = Psql(f"host={socket} user={user} dbname={base}")
            driver = Lines([BIN / "store_driver", *paths])
            for told in HISTORIES:
                s = Teller()
                told(s)
                try:
                    Play(driver, psql).run(s.script)
                    print("ok -", told.__doc__)
                except Wrong as wrong:
                    if "ERROR" in str(wrong): raise
                    print("not ok -", told.__doc__, wrong)
                    if driver.program.poll() is not None: raise
            driver.close()
            psql.close()


main()
