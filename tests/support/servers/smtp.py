#!/usr/bin/python3
"""An SMTP server that keeps what it is sent, and refuses what it is told to.

Prints its port on standard output when it listens, on 127.0.0.1, and ends with
SIGTERM or when standard input ends. Each mail taken becomes NNNN.eml in --dir
(bytes as received, dots unstuffed) and NNNN.json (from, to, tls, login).
"""
import argparse
import asyncio
import json
import logging
import os
import pathlib
import signal
import ssl
import sys
import warnings

from aiosmtpd.smtp import SMTP, AuthResult


class Sink:
    """aiosmtpd's handler: what the options say about each recipient."""

    def __init__(self, args):
        self.dir = pathlib.Path(args.dir)
        self.refused = set(args.refuse)
        self.senders_refused = set(args.refuse_sender)
        self.deferred = {a: int(n) for a, n in args.defer}
        self.spam = args.refuse_data
        self.smtps = args.smtps
        self.count = 0

    async def handle_MAIL(self, server, session, envelope, address, options):
        """MAIL FROM."""
        if address in self.senders_refused:
            return "550 5.7.1 sender not allowed here"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        """RCPT TO: --refuse for good, --defer for the first n times."""
        if address in self.refused:
            return "550 5.1.1 no such user here"
        if self.deferred.get(address, 0) > 0:
            self.deferred[address] -= 1
            return "451 4.2.0 mailbox busy, try later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        """The message itself."""
        if self.spam:
            return "554 5.6.0 message refused"
        self.count += 1
        stem = self.dir / f"{self.count:04d}"
        stem.with_suffix(".eml").write_bytes(envelope.original_content)
        stem.with_suffix(".json").write_text(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos,
            "tls": self.smtps or session.ssl is not None,
            "login": bool(session.authenticated)}))
        return "250 kept"


def parse():
    """Command line."""
    args = argparse.ArgumentParser()
    args.add_argument("--dir", required=True)
    args.add_argument("--port", type=int, default=0)
    args.add_argument("--tls-cert")
    args.add_argument("--tls-key")
    args.add_argument("--smtps", action="store_true",
                      help="TLS from the first byte instead of STARTTLS")
    args.add_argument("--auth", help="user:password that must be given")
    args.add_argument("--refuse", action="append", default=[])
    args.add_argument("--refuse-sender", action="append", default=[])
    args.add_argument("--refuse-data", action="store_true")
    args.add_argument("--defer", action="append", default=[], nargs=2,
                      metavar=("ADDRESS", "TIMES"))
    return args.parse_args()


def protocol(args, sink, context):
    """One connection's SMTP object."""
    def authenticate(server, session, envelope, mechanism, data):
        given = b":".join((data.login, data.password)).decode()
        return AuthResult(success=given == args.auth, handled=False)

    starttls = context is not None and not args.smtps
    return SMTP(sink, hostname="smtp.example.test",
                tls_context=context if starttls else None,
                authenticator=authenticate if args.auth else None,
                auth_required=bool(args.auth),
                auth_require_tls=starttls)


async def serve(args):
    """Listens until it is told to end."""
    context = None
    if args.tls_cert:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(args.tls_cert, args.tls_key)
    pathlib.Path(args.dir).mkdir(parents=True, exist_ok=True)
    sink = Sink(args)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(
        lambda: protocol(args, sink, context), "127.0.0.1", args.port,
        ssl=context if args.smtps else None)
    print(server.sockets[0].getsockname()[1], flush=True)
    done = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, done.set)
    if not sys.stdin.isatty():
        loop.run_in_executor(None, lambda: (sys.stdin.read(),
                                            loop.call_soon_threadsafe(done.set)))
    await done.wait()
    server.close()


def main():
    """Ends at once, also while standard input is still being read."""
    # A client that turns away from our certificate is what is being tested.
    logging.getLogger("mail.log").disabled = True
    warnings.simplefilter("ignore")
    asyncio.new_event_loop().run_until_complete(serve(parse()))
    os._exit(0)


if __name__ == "__main__":
    main()
