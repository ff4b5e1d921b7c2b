#!/usr/bin/python3
"""What `make install` and `make deb` put where, and whether it works there."""
import os
import pathlib
import re
import shutil
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent
                       / "support"))
import flow  # noqa: E402

BUILD = pathlib.Path(os.environ.get("KPID_PLAIN", flow.KPID)).parent
EXPOSURE = 1.3   # systemd-analyze security: the service may reach no higher


def run(*args, **more):
    return subprocess.run(args, capture_output=True, text=True, check=False,
                          timeout=300, cwd=flow.TOP, **more)


def make(target, *words):
    return run("make", "--no-print-directory", f"BUILD={BUILD}",
               "KPID_NO_INSTALL=1", target, *words)


def complete(f, into, line):
    """What bash offers behind a line, with the installed program in PATH."""
    script = into / "usr/local/share/bash-completion/completions/kpid"
    words = line.split(" ")
    offered = run(
        "bash", "-c",
        f". {script}; COMP_WORDS=({' '.join(repr(w) for w in words)});"
        f" COMP_CWORD={len(words) - 1}; _kpid;"
        " printf '%s\\n' \"${COMPREPLY[@]}\"",
        env={**os.environ, "KPID_CONFIG": str(f.config_path),
             "PATH": f"{into}/usr/local/bin:{os.environ['PATH']}"})
    return offered.stdout.split()


def installed(f):
    """make install"""
    f.demo()
    into = f.dir / "root"
    made = make("install", f"DESTDIR={into}")
    f.ok("make install ends well", made.returncode == 0, made.stderr)
    program = into / "usr/local/bin/kpid"
    f.says("the program is there and runs",
           run(str(program), "--version").stdout, r"^kpid [0-9]")
    f.ok("with pages, schemas and documents", all(
        (into / "usr/local/share" / path).is_file() for path in (
            "man/man8/kpid.8", "man/man5/kpid.json.5",
            "man/man5/kpid-feed.5",
            "kpid/schema/feed.schema.json", "doc/kpid/feeds.md")))
    unit = (into / "usr/local/lib/systemd/system/kpid.service").read_text()
    f.says("the service starts the program that was installed", unit,
           r"\nExecStart=/usr/local/bin/kpid -c /etc/kpid/kpid\.json run\n")
    f.ok("a command is completed", "collect" in complete(f, into, "kpid coll"),
         complete(f, into, "kpid coll"))
    f.ok("so are its options", "--dry-run" in complete(
        f, into, "kpid collect --"), complete(f, into, "kpid collect --"))
    feeds = complete(f, into, "kpid collect ")
    f.ok("and the feeds", "mynumber-card" in feeds or len(feeds) > 3, feeds)


def exposed(f):
    """the service's rights"""
    unit = f.dir / "kpid.service"
    text = (flow.TOP / "config/install/kpid.service").read_text()
    unit.write_text(text.replace("/usr/bin/kpid", "/bin/true"))
    said = run("systemd-analyze", "security", "--offline=yes", "--no-pager",
               str(unit))
    level = re.search(r"Overall exposure level[^:]*: ([0-9.]+)", said.stdout)
    f.ok(f"exposure is at most {EXPOSURE}",
         level and float(level[1]) <= EXPOSURE, said.stdout + said.stderr)


def packed(f):
    """make deb"""
    made = make("deb")
    packages = list(BUILD.glob("kpid_*.deb"))
    if not f.ok("make deb makes one package",
                made.returncode == 0 and len(packages) == 1, made.stderr):
        return
    facts = run("dpkg-deb", "-f", str(packages[0])).stdout
    f.says("it asks for the libraries", facts, r"Depends: .*libpq5",
           r"libcurl4", r"libjansson4")
    needed = set(re.findall(r"\blib[a-z0-9.+-]+", facts)) - {"libc6"}
    image = (flow.TOP / "Dockerfile").read_text().rpartition("\nFROM ")[2]
    f.same("so does the image, for what it has no package of",
           sorted(needed - set(image.split())), [])
    tree = f.dir / "tree"
    run("dpkg-deb", "-R", str(packages[0]), str(tree))
    files = (tree / "DEBIAN/conffiles").read_text().split()
    f.same("an upgrade leaves the configuration alone", files,
           ["/etc/kpid/indicators.json", "/etc/kpid/kpid.json"])
    found = tree / "etc/kpid/kpid.json"
    said = run(str(tree / "usr/bin/kpid"), "-c", str(found), "check")
    f.same("the configuration it brings has no problem",
           (said.returncode, said.stderr), (0, ""))
    for script in ("postinst", "prerm", "postrm"):
        said = run("sh", "-n", str(tree / "DEBIAN" / script))
        f.ok(f"{script} is a script", said.returncode == 0, said.stderr)
    shutil.rmtree(BUILD / "deb", ignore_errors=True)


if __name__ == "__main__":
    flow.main(installed, exposed, packed)
