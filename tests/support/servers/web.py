#!/usr/bin/python3
"""An HTTP server for tests and the demonstration: a directory, well behaved,
and misbehaviour on demand by the first part of the path.

    /FILE                 the file, with ETag, Last-Modified and 304
    /plain/FILE           without validators
    /gzip/FILE            packed
    /gzipcut/N/FILE       N bytes of it packed, which is said to be all
    /coded/CODING/FILE    as it is, with that Content-Encoding
    /onway/CODING/FILE    packed with gzip, with that Transfer-Encoding
    /slow/SECONDS/...     the rest of the path, that much later
    /gate/FILE/...        the rest of the path, once FILE is there
    /drip/MS/FILE         in ten pieces, MS milliseconds apart
    /stall/N/FILE         N bytes, then nothing more
    /truncate/N/FILE      N bytes of a body whose length is said in full
    /cut/N/FILE           N bytes of a chunked body without its end
    /status/CODE          that status with a line of text
    /fail/CODE/FILE       the file as the body of that status
    /html/CODE            an error page, with status 200 unless said
    /gziphtml/CODE        the same, packed
    /page/NAME/FILE       FILE.N by the query's NAME=N, FILE without it
    /key/NAME/FILE/...    the rest of the path when the query's NAME is what
                          FILE holds, else 403 with what was asked, in a tag
                          of so many more bytes as the query's pad says
    /bomb/MEGABYTES       so many of zeros, packed to almost nothing
    /redirect/TO          302 to /TO, or to TO when it is a whole URL
    /kept/TO              the same with 307: the method stays
    /loop                 302 to itself
    /close                the connection closed without an answer
    /echo                 the request's own headers
    /posted               the method and what was posted
    /told/...             the rest of the path; the request is kept for..
    /heard                ..who asks what was told: lines and headers
    /crowd/SECONDS        after so long, how many asked for that at once
    /wait/SECONDS/CODE    that status with Retry-After

Prints "listening on 127.0.0.1:PORT" when it is ready; ends on SIGTERM.
"""

import argparse
import email.utils
import gzip
import hashlib
import http.server
import mimetypes
import os
import re
import signal
import ssl
import sys
import threading
import time
import urllib.parse
import zlib

HTML = """<!DOCTYPE html>
<html lang="ja"><head><meta charset="utf-8"><title>メンテナンス中</title>
</head><body><h1>ただいまメンテナンス中です</h1></body></html>
"""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "fixture"
    timeout = 60
    status = 0

    def do_GET(self):
        self.moved = 302
        if self.command != "POST":
            self.posted = b""
        try:
            # A proxy is asked with the whole URL.
            local = re.sub(r"^http://[^/]*", "", self.path)
            path = urllib.parse.unquote(local.split("?")[0])
            self.answer(path.lstrip("/"))
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True
        self.server.note(f"{self.command} {self.path} {self.status}")

    do_HEAD = do_GET

    def do_POST(self):
        length = int(self.headers.get("Content-Length", "0"))
        self.posted = self.rfile.read(length)
        self.do_GET()

    def answer(self, path):
        word, _, rest = path.partition("/")
        behaviour = getattr(self, "do_" + word, None)
        if word.islower() and behaviour is not None:
            behaviour(rest)
        else:
            self.send_file(path)

    # What every answer is made of.

    def send_response(self, code, message=None):
        self.status = code
        super().send_response(code, message)

    def send_body(self, code, kind, body, headers=()):
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()
        self.put(body)

    def put(self, data):
        if self.command != "HEAD":
            self.wfile.write(data)

    def put_chunk(self, data):
        self.put(b"%x\r\n%s\r\n" % (len(data), data))

    def begin_chunks(self, kind, headers=()):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def read(self, path):
        """The file's bytes and stat; answers 404 and gives None."""
        root = os.path.realpath(self.server.root)
        real = os.path.realpath(os.path.join(root, path))
        if os.path.commonpath([root, real]) == root and os.path.isfile(real):
            with open(real, "rb") as file:
                return file.read(), os.fstat(file.fileno())
        self.send_body(404, "text/plain; charset=utf-8",
                       f"no such file: {path}\n".encode())
        return None

    @staticmethod
    def kind(path):
        if path.endswith(".csv"):
            return "text/csv"
        return mimetypes.guess_type(path)[0] or "application/octet-stream"

    # The behaviours.

    def send_file(self, path):
        found = self.read(path)
        if found is None:
            return
        body, stat = found
        etag = '"' + hashlib.sha256(body).hexdigest()[:32] + '"'
        modified = email.utils.formatdate(int(stat.st_mtime), usegmt=True)
        headers = (("ETag", etag), ("Last-Modified", modified))
        if self.is_same(etag, int(stat.st_mtime)):
            self.send_response(304)
            for name, value in headers:
                self.send_header(name, value)
            self.end_headers()
        else:
            self.send_body(200, self.kind(path), body, headers)

    def is_same(self, etag, modified):
        """If-None-Match, and If-Modified-Since only without it."""
        tags = self.headers.get("If-None-Match")
        if tags is not None:
            return etag in [tag.strip() for tag in tags.split(",")]
        since = self.headers.get("If-Modified-Since")
        try:
            return since is not None and modified <= (
                email.utils.parsedate_to_datetime(since).timestamp())
        except (TypeError, ValueError):
            return False

    def do_plain(self, rest):
        found = self.read(rest)
        if found is not None:
            self.send_body(200, self.kind(rest), found[0])

    def do_gzip(self, rest):
        found = self.read(rest)
        if found is not None:
            self.send_body(200, self.kind(rest), gzip.compress(found[0]),
                           (("Content-Encoding", "gzip"),))

    def do_gzipcut(self, rest):
        count, _, path = rest.partition("/")
        found = self.read(path)
        if found is not None:
            packed = gzip.compress(found[0], mtime=0)
            self.send_body(200, self.kind(path), packed[:int(count)],
                           (("Content-Encoding", "gzip"),))

    def do_coded(self, rest):
        coding, _, path = rest.partition("/")
        found = self.read(path)
        if found is not None:
            self.send_body(200, self.kind(path), found[0],
                           (("Content-Encoding", coding),))

    def do_onway(self, rest):
        coding, _, path = rest.partition("/")
        found = self.read(path)
        if found is not None:
            self.send_response(200)
            self.send_header("Transfer-Encoding", f"{coding}, chunked")
            self.end_headers()
            self.put_chunk(gzip.compress(found[0], mtime=0))
            self.put(b"0\r\n\r\n")

    def do_slow(self, rest):
        seconds, _, path = rest.partition("/")
        time.sleep(float(seconds))
        self.answer(path)

    def do_gate(self, rest):
        name, _, path = rest.partition("/")
        while not os.path.exists(os.path.join(self.server.root, name)):
            time.sleep(0.05)
        self.answer(path)

    def do_drip(self, rest):
        pause, _, path = rest.partition("/")
        found = self.read(path)
        if found is None:
            return
        self.begin_chunks(self.kind(path))
        step = max(1, -(-len(found[0]) // 10))
        for at in range(0, len(found[0]), step):
            self.put_chunk(found[0][at:at + step])
            time.sleep(float(pause) / 1000)
        self.put(b"0\r\n\r\n")

    def send_start(self, rest):
        """The first N bytes of a body whose length is said in full."""
        count, _, path = rest.partition("/")
        found = self.read(path)
        if found is not None:
            self.send_response(200)
            self.send_header("Content-Type", self.kind(path))
            self.send_header("Content-Length", str(len(found[0])))
            self.end_headers()
            self.put(found[0][:int(count)])
            self.wfile.flush()
            self.close_connection = True

    def do_truncate(self, rest):
        self.send_start(rest)

    def do_stall(self, rest):
        self.send_start(rest)
        time.sleep(3600)

    def do_cut(self, rest):
        count, _, path = rest.partition("/")
        found = self.read(path)
        if found is not None:
            self.begin_chunks(self.kind(path))
            self.put_chunk(found[0][:int(count)])
            self.close_connection = True

    def do_status(self, rest):
        code = int(rest.partition("/")[0])
        if code in (204, 304):
            self.send_response(code)
            # Some servers say it even of no body.
            self.send_header("Content-Encoding", "gzip")
            self.end_headers()
        else:
            self.send_body(code, "text/plain; charset=utf-8",
                           f"status {code} as asked\nmore\n".encode())

    def do_fail(self, rest):
        code, _, path = rest.partition("/")
        found = self.read(path)
        if found is not None:
            self.send_body(int(code), self.kind(path), found[0])

    def do_html(self, rest):
        self.send_body(int(rest or "200"), "text/html; charset=utf-8",
                       HTML.encode())

    def do_gziphtml(self, rest):
        self.send_body(int(rest or "200"), "text/html; charset=utf-8",
                       gzip.compress(HTML.encode()),
                       (("Content-Encoding", "gzip"),))

    def do_page(self, rest):
        name, _, path = rest.partition("/")
        query = urllib.parse.urlsplit(self.path).query
        number = urllib.parse.parse_qs(query).get(name)
        self.answer(path if number is None else f"{path}.{number[0]}")

    def do_key(self, rest):
        name, path, rest = rest.split("/", 2)
        query = urllib.parse.urlsplit(self.path).query
        query = urllib.parse.parse_qs(query)
        given = query.get(name, [""])[0]
        tag = "p " + "-" * int(query.get("pad", ["0"])[0])
        found = self.read(path)
        if found is not None and found[0].decode().rstrip("\n") == given:
            self.answer(rest)
        elif found is not None:
            self.send_body(403, "text/html; charset=utf-8",
                           f"<{tag}>{name} '{given}' is unknown: {self.path}</p>"
                           .encode())

    def do_bomb(self, rest):
        self.begin_chunks("text/csv", (("Content-Encoding", "gzip"),))
        pack = zlib.compressobj(9, wbits=31)
        zeros = bytes(1 << 20)
        for _ in range(int(rest or "200")):
            data = pack.compress(zeros)
            if data:
                self.put_chunk(data)
        self.put_chunk(pack.flush())
        self.put(b"0\r\n\r\n")

    def do_redirect(self, rest):
        whole = rest.startswith("file:") or "://" in rest
        self.send_body(self.moved, "text/plain", b"elsewhere\n",
                       (("Location", rest if whole else "/" + rest),))

    def do_kept(self, rest):
        self.moved = 307
        self.do_redirect(rest)

    def do_loop(self, _rest):
        self.do_redirect("loop")

    def do_close(self, _rest):
        self.close_connection = True

    def do_echo(self, _rest):
        self.send_body(200, "text/plain; charset=utf-8",
                       str(self.headers).encode())

    def do_told(self, rest):
        with self.server.lock:
            self.server.told += f"{self.path}\n{self.headers}".encode()
        self.answer(rest)

    def do_heard(self, _rest):
        self.send_body(200, "text/plain", self.server.told)

    def do_posted(self, _rest):
        self.send_body(200, "text/plain", self.command.encode() + b" "
                       + self.posted)

    def do_crowd(self, rest):
        with self.server.lock:
            self.server.crowd += 1
            self.server.most = max(self.server.most, self.server.crowd)
        time.sleep(float(rest))
        with self.server.lock:
            self.server.crowd -= 1
        self.send_body(200, "text/plain", b"%d\n" % self.server.most)

    def do_wait(self, rest):
        seconds, _, code = rest.partition("/")
        self.send_body(int(code), "text/plain", b"later\n",
                       (("Retry-After", seconds),))

    def log_message(self, *_args):
        pass


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address, root, log):
        super().__init__(address, Handler)
        self.root = root
        self.log = open(log, "a", encoding="utf-8") if log else None
        self.lock = threading.Lock()
        self.crowd = self.most = 0
        self.told = b""

    def note(self, line):
        if self.log is not None:
            with self.lock:
                print(line, file=self.log, flush=True)

    def handle_error(self, _request, _address):
        if not isinstance(sys.exc_info()[1], (OSError, EOFError)):
            super().handle_error(_request, _address)


def parse():
    parser = argparse.ArgumentParser(description="HTTP server for tests")
    parser.add_argument("--root", required=True, help="directory to serve")
    parser.add_argument("--port", type=int, default=0, help="0: any free one")
    parser.add_argument("--pid-file", help="written when it is ready")
    parser.add_argument("--clients", metavar="CERT",
                        help="take clients with this certificate alone")
    parser.add_argument("--tls", nargs=2, metavar=("CERT", "KEY"),
                        help="https with these PEM files")
    parser.add_argument("--log", help="a line for each request")
    return parser.parse_args()


def stop(_signal, _frame):
    raise SystemExit(0)


def main():
    args = parse()
    if not os.path.isdir(args.root):
        sys.exit(f"web.py: there is no directory '{args.root}'")
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, stop)
    try:
        server = Server(("127.0.0.1", args.port), args.root, args.log)
    except OSError as error:
        sys.exit(f"web.py: could not listen on port {args.port}: "
                 f"{error.strerror}")
    if args.tls:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*args.tls)
        if args.clients:
            context.verify_mode = ssl.CERT_REQUIRED
            context.load_verify_locations(args.clients)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    try:
        if args.pid_file:
            with open(args.pid_file, "w", encoding="ascii") as file:
                print(os.getpid(), file=file)
        print(f"listening on 127.0.0.1:{server.server_port}", flush=True)
        server.serve_forever()
    finally:
        if args.pid_file and os.path.exists(args.pid_file):
            os.remove(args.pid_file)


if __name__ == "__main__":
    main()
