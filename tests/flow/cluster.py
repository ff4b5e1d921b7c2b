#!/usr/bin/python3
"""The private cluster: started by the first, stopped by the last, whatever
becomes of those between."""
import os
import pathlib
import pwd
import signal
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402


def socket_dir(f, cluster):
    """Where the cluster's server listens, or listened."""
    return pathlib.Path((f.dir / cluster / "socket").read_text().strip())


def half_made(f):
    """A data directory that an earlier, killed kpid left half made"""
    f.demo()
    first = f.start("migrate")
    fresh = f.dir / "pg" / "data.new"
    f.ok("a data directory is made beside its place",
         flow.wait_until(fresh.exists, 30), first.text())
    first.signal(signal.SIGKILL)
    first.wait()
    run = f.kpid("ping")
    f.ok("killed while it is made: the next command makes it whole",
         run.code == 0 and run.out == "ready\n", run)
    f.ok("the half-made one is gone", not fresh.exists())
    f.ok("nothing runs after the last command", f.quiet(10), f.processes())
    f.ok("its socket directory is removed",
         not socket_dir(f, "pg").exists(), socket_dir(f, "pg"))


def ten_at_once(f):
    """Ten commands at once, one of them killed"""
    pings = [f.start("ping") for _ in range(10)]
    f.ok("one of them starts the server",
         flow.wait_until(f.postmasters, 30))
    pings[3].signal(signal.SIGKILL)
    codes = [p.wait(60) for p in pings]
    others = [c for i, c in enumerate(codes) if i != 3]
    f.same("ten at once, one killed: nine are ready", others, [0] * 9)
    f.ok("and nothing is left running", f.quiet(), f.processes())
    run = f.kpid("ping")
    f.same("the next one is ready, too", (run.code, run.out), (0, "ready\n"))


def shared_starter_killed(f):
    """Who starts the server again is killed while another still shares it"""
    holder = f.hold()
    for pause in (0, 0.01, 0.03, 0.1):
        for pid in f.postmasters():
            os.kill(pid, signal.SIGINT)
        flow.wait_until(lambda: not f.postmasters(), 20)
        starter = f.start("ping")
        flow.wait_until(f.postmasters, 20, 0.001)
        time.sleep(pause)
        starter.signal(signal.SIGKILL)
        starter.wait()
        run = f.kpid("ping")
        f.ok(f"{pause} s after the start: the next one finds the server",
             run.code == 0, run)
    holder.stop()
    f.ok("it ends with the last all the same", f.quiet(), f.processes())


def holder_killed(f):
    """The one command that holds the server is killed"""
    holder = f.hold()
    f.same("a command holds one server", len(f.postmasters()), 1)
    other = f.kpid("ping")
    f.ok("another command comes and goes meanwhile", other.code == 0, other)
    f.same("and leaves the server to the holder", len(f.postmasters()), 1)
    holder.signal(signal.SIGKILL)
    f.ok("kill -9 of the holder: the server stops by itself", f.quiet(),
         f.processes())
    holder.stop()
    run = f.kpid("ping")
    f.ok("and starts again for the next command", run.code == 0, run)


def handed_over(f):
    """One command ends while the next one begins"""
    for _ in range(12):
        holder = f.hold()
        holder.signal(signal.SIGKILL)
        holder.popen.wait()
        run = f.kpid("ping")
        holder.stop()
        if run.code != 0:
            break
    f.ok("the server stops under one command and starts for the next",
         run.code == 0, run)


def starter_killed(f):
    """The command that starts the server is killed before it is done"""
    f.quiet()
    starter = f.start("ping")
    flow.wait_until(f.postmasters, 30, 0)
    starter.signal(signal.SIGKILL)
    run = f.kpid("ping")
    f.ok("a server whose starter was killed: the next command is ready",
         run.code == 0, run)


def daemon_killed(f):
    """The daemon is killed with its workers and its server running"""
    daemon = f.start("run")
    f.ok("the daemon runs", daemon.wait_line("feed .*(loaded|unchanged)"),
         daemon.text())
    daemon.signal(signal.SIGKILL)
    f.ok("kill -9 of the daemon: workers and server end by themselves",
         f.quiet(), f.processes())


def server_killed(f):
    """The server itself dies"""
    holder = f.hold()
    old = socket_dir(f, "pg")
    for pid in f.postmasters():
        os.kill(pid, signal.SIGKILL)
    holder.stop()
    f.quiet()
    run = f.kpid("ping")
    f.ok("kill -9 of the server: the next command recovers it",
         run.code == 0, run)
    f.ok("and removes the socket it left", not old.exists(), old)


def unprivileged(f):
    """As root the server runs as somebody else"""
    owner = (f.dir / "pg" / "data").stat().st_uid
    if os.geteuid() != 0:
        f.same("the cluster belongs to who runs it", owner, os.geteuid())
        return
    holder = f.hold()
    status = pathlib.Path(f"/proc/{f.postmasters()[0]}/status").read_text()
    uids = next(line.split()[1:] for line in status.splitlines()
                if line.startswith("Uid:"))
    f.ok("started by root, the server runs as an unprivileged user",
         "0" not in uids and owner != 0, uids)
    f.same("and its files belong to that user", str(owner), uids[0])
    f.same("with what names its socket and the locks, for a service that is"
           " started later", {p.name: p.stat().st_uid
                              for p in (f.dir / "pg").iterdir()
                              if p.stat().st_uid != owner}, {})
    holder.stop()


def out_of_reach(f):
    """A directory that the server's user cannot reach"""
    user = pwd.getpwuid((f.dir / "pg" / "data").stat().st_uid).pw_name
    closed = f.dir / "closed"
    closed.mkdir(mode=0o700 if os.geteuid() == 0 else 0o500)
    (closed / "pg").mkdir() if os.geteuid() == 0 else None
    f.configure(database={"private": "closed/pg"})
    run = f.kpid("migrate")
    f.same("a directory out of its reach: code 78", run.code, 78)
    f.says("the message names the directory, and what to do",
           run.err, r"closed/pg' \(database.private\)|closed/pg'",
           "HINT: " if os.geteuid() == 0 else "")
    if os.geteuid() == 0:
        f.says("and the user", run.err, f"user '{user}'")
    closed.chmod(0o700)


def other_version(f):
    """A data directory of another PostgreSQL"""
    data = f.dir / "old" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9\n")
    f.configure(database={"private": "old"})
    run = f.kpid("migrate")
    f.same("data of a PostgreSQL that is not here: code 78", run.code, 78)
    f.says("its version is said, and what to install", run.err,
           "made by PostgreSQL 9", "HINT: .*postgresql-9")
    f.same("the data are left alone",
           sorted(p.name for p in data.iterdir()), ["PG_VERSION"])


if __name__ == "__main__":
    flow.main(half_made, ten_at_once, holder_killed, handed_over,
              starter_killed, shared_starter_killed, daemon_killed,
              server_killed, unprivileged, out_of_reach, other_version)
