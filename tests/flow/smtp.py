#!/usr/bin/python3
"""mail_send against a real SMTP server: every way it can end.

Usage: smtp.py SMTP_CLIENT   (the program built from tests/flow/smtp_client.c)
"""
import contextlib
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import threading

HERE = pathlib.Path(__file__).resolve().parent
SERVER = HERE.parent / "support" / "servers" / "smtp.py"
FROM = "上田市 <kpid@example.jp>"
MESSAGE = (b"Subject: x\r\n\r\n.a line that begins with a dot\r\n"
           b".\r\n..\r\nlast\r\n")
PASSWORD = "correct horse"


def openssl(where, *args):
    """Runs openssl in a directory."""
    subprocess.run(("openssl",) + args, cwd=where, check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def authority(where):
    """A throw-away authority and a certificate for 127.0.0.1 of it."""
    (where / "san").write_text("subjectAltName=IP:127.0.0.1,DNS:localhost\n")
    openssl(where, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days",
            "2", "-subj", "/CN=kpid test authority", "-keyout", "ca.key",
            "-out", "ca.pem")
    openssl(where, "req", "-newkey", "rsa:2048", "-nodes", "-subj",
            "/CN=127.0.0.1", "-keyout", "key.pem", "-out", "csr.pem")
    openssl(where, "x509", "-req", "-in", "csr.pem", "-CA", "ca.pem",
            "-CAkey", "ca.key", "-CAcreateserial", "-days", "2", "-extfile",
            "san", "-out", "cert.pem")


@contextlib.contextmanager
def server(where, *options):
    """A sink with these options: (port, its directory)."""
    inbox = pathlib.Path(tempfile.mkdtemp(dir=where))
    process = subprocess.Popen(
        ("/usr/bin/python3", SERVER, "--dir", inbox) + options,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    try:
        yield process.stdout.readline().decode().strip(), inbox
    finally:
        process.stdin.close()
        process.wait(20)
        process.stdout.close()


class Flow:
    """Counts checks and prints them as TAP."""

    def __init__(self, client, where):
        self.client, self.where = client, where
        self.tls = ("--tls-cert", str(where / "cert.pem"),
                    "--tls-key", str(where / "key.pem"))
        self.ca = str(where / "ca.pem")
        self.count = self.failed = 0

    def check(self, name, ok, got):
        """One TAP line."""
        self.count += 1
        self.failed += not ok
        print(f"{'ok' if ok else 'not ok'} {self.count} - {name}")
        if not ok:
            print(f"# got: {got}")

    def send(self, port, tls="none", user="-", ca="-", to="a@example.jp",
             password=PASSWORD, message=MESSAGE, sender=FROM):
        """What smtp_client says."""
        env = dict(os.environ, SMTP_PASSWORD=password,
                   smtp_proxy="http://127.0.0.1:9", ALL_PROXY="127.0.0.1:9")
        run = subprocess.run(
            (self.client, "127.0.0.1", port, tls, user, ca, sender, to),
            input=message, env=env, capture_output=True, timeout=60)
        assert run.returncode == 0, run.stderr.decode()
        assert PASSWORD.encode() not in run.stdout + run.stderr
        return run.stdout.decode().strip()

    def expect(self, name, got, *parts):
        """All parts stand in what was said."""
        self.check(name, all(p in got for p in parts), got)

    def plain(self):
        """No TLS, no login; refusals of every kind."""
        with server(self.where, "--refuse", "gone@example.jp", "--defer",
                    "busy@example.jp", "1", "--refuse-sender",
                    "other@example.jp") as (port, inbox):
            self.expect("a mail is sent, proxies of the environment or not",
                        self.send(port), "sent 250")
            kept = (inbox / "0001.eml").read_bytes()
            self.check("its bytes arrive, dots and all", kept == MESSAGE, kept)
            facts = json.loads((inbox / "0001.json").read_text())
            self.check("the envelope has bare addresses", facts["from"] ==
                       "kpid@example.jp" and facts["to"] == ["a@example.jp"],
                       facts)
            self.expect("a refused recipient is final, with the answer",
                        self.send(port, to="gone@example.jp"), "final 550",
                        "127.0.0.1:" + port, "5.1.1 no such user here")
            self.expect("a deferred one is tried again",
                        self.send(port, to="busy@example.jp"), "retry 451",
                        "4.2.0 mailbox busy")
            self.expect("and arrives then",
                        self.send(port, to="busy@example.jp"), "sent 250")
            self.expect("a refused sender is no fault of the recipient",
                        self.send(port, sender="other@example.jp"),
                        "retry 550", "sender not allowed", "HINT: ",
                        "mail.from")
            self.expect("no STARTTLS where it is asked for: nothing is sent",
                        self.send(port, tls="starttls"), "retry 0", "HINT: ")
            self.expect("a recipient that is no address is final",
                        self.send(port, to="a@b\r\nRCPT TO:<c@d>"), "final 0")
            self.check("nothing else was taken", len(list(
                inbox.glob("*.eml"))) == 2, list(inbox.iterdir()))

    def refused_message(self):
        """A 5xx after DATA is about this message."""
        with server(self.where, "--refuse-data") as (port, _):
            self.expect("a refused message is final", self.send(port),
                        "final 554", "5.6.0 message refused")

    def starttls(self):
        """STARTTLS and AUTH, with right and wrong papers."""
        with server(self.where, *self.tls, "--auth",
                    "kpid:" + PASSWORD) as (port, inbox):
            def send(**more):
                return self.send(port, **{"tls": "starttls", "user": "kpid",
                                          "ca": self.ca, **more})
            self.expect("STARTTLS and login", send(), "sent 250")
            facts = json.loads((inbox / "0001.json").read_text())
            self.check("the server saw both", facts["tls"] and facts["login"],
                       facts)
            self.expect("a wrong password waits for the operator",
                        send(password="wrong"), "retry 535", "HINT: ",
                        "password", "127.0.0.1")
            self.expect("no login where one is asked for waits too",
                        send(user="-"), "retry 530")
            self.expect("an unknown authority is refused", send(ca="-"),
                        "retry 0", "certificate", "HINT: ", "ca_file")
            self.expect("a missing file of authorities is told",
                        send(ca="/nonexistent.pem"), "retry 0", "ca_file")
            self.check("one mail was taken", len(list(inbox.glob("*.eml")))
                       == 1, list(inbox.iterdir()))

    def implicit(self):
        """TLS from the first byte."""
        with server(self.where, *self.tls, "--smtps") as (port, inbox):
            self.expect("smtps", self.send(port, tls="implicit", ca=self.ca),
                        "sent 250")
            self.expect("smtps, unknown authority",
                        self.send(port, tls="implicit"), "retry 0",
                        "certificate")
            self.check("one mail was taken", len(list(inbox.glob("*.eml")))
                       == 1, list(inbox.iterdir()))

    def nobody(self):
        """A port where nobody listens, and one who hangs up."""
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            port = str(s.getsockname()[1])
            self.expect("no server: later", self.send(port), "retry 0",
                        "127.0.0.1:" + port, "HINT: ")
            s.listen()
            hang_up = threading.Thread(target=lambda: s.accept()[0].close())
            hang_up.start()
            self.expect("a server that hangs up: later", self.send(port),
                        "retry 0", "127.0.0.1:" + port)
            hang_up.join()

    def run(self):
        """Everything; the exit code."""
        self.plain()
        self.refused_message()
        self.starttls()
        self.implicit()
        self.nobody()
        print(f"1..{self.count}")
        return 1 if self.failed else 0


def main():
    """Command line."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="kpid-smtp-") as where:
        where = pathlib.Path(where)
        authority(where)
        sys.exit(Flow(os.path.abspath(sys.argv[1]), where).run())


if __name__ == "__main__":
    main()
