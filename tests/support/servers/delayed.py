#!/usr/bin/python3
"""An HTTP server of a great many small feeds that takes its time: every
answer comes so many milliseconds after its request, any number of them at
once, with ETag, 304 and kept connections.

    /table/N        a table of twelve months, of its own for each N
    /hang           never an answer
    /drip           a body of a byte a second, without an end
    /flood/BYTES/MS so many bytes of a table, their number not said, in parts
                    of 64 KB with so many milliseconds between them
    /seen           at once: {"first", "last": Unix seconds, "requests",
                    "bodies", "most": how many at once}, since the last /reset
    /reset          at once: forgets what it has seen
    /turn           at once: the tables are others from now on

    delayed.py [--port N] [--delay MS]

Prints "listening on 127.0.0.1:PORT" when it is ready; ends on SIGTERM.
"""

import argparse
import asyncio
import json
import signal
import time

BLOCK = b"2024-01,1\n" * 6400


def table(number, turn):
    """Twelve months, which no other number has, nor another turn."""
    return "年月,件数\n".encode() + b"".join(
        b"2024-%02d,%d\n" % (month, number * 100 + turn * 13 + month)
        for month in range(1, 13))


def head(code, length, more=b""):
    """An answer up to its body; length None: until the connection ends."""
    said = (b"Connection: close\r\n" if length is None
            else b"Content-Length: %d\r\n" % length)
    return (b"HTTP/1.1 %s\r\nContent-Type: text/csv\r\n%s%s\r\n"
            % (code, said, more))


class Seen:
    """What all connections share."""

    def __init__(self, delay):
        self.delay, self.turn = delay, 0
        self.tasks = set()
        self.reset()

    def reset(self):
        """Forgets what it has seen."""
        self.first = self.last = None
        self.requests = self.bodies = self.now = self.most = 0

    def note(self):
        """A request has come."""
        self.last = time.time()
        self.first = self.first or self.last
        self.requests += 1
        self.now += 1
        self.most = max(self.most, self.now)

    def text(self):
        """All of it."""
        return json.dumps({k: getattr(self, k) for k in (
            "first", "last", "requests", "bodies", "most")}).encode()


class Feeds(asyncio.Protocol):
    """One connection, one request after the other."""

    def __init__(self, seen):
        self.seen = seen
        self.wire, self.room = None, asyncio.Event()
        self.got = b""
        self.timer = None

    def connection_made(self, transport):
        self.wire = transport
        self.room.set()

    def connection_lost(self, exc):
        self.room.set()
        if self.timer is not None:
            self.seen.now -= 1
            self.timer.cancel()

    def pause_writing(self):
        self.room.clear()

    def resume_writing(self):
        self.room.set()

    def data_received(self, data):
        self.got += data
        end = self.got.find(b"\r\n\r\n")
        if end >= 0:
            request, self.got = self.got[:end], self.got[end + 4:]
            self.ask(request.split(b" ", 2)[1].decode(), request)

    def ask(self, path, request):
        """The answer, at once or later or never."""
        word, _, rest = path[1:].partition("/")
        if word == "table":
            self.seen.note()
            self.timer = asyncio.get_running_loop().call_later(
                self.seen.delay, self.answer, int(rest), request)
        elif word in ("drip", "flood"):
            self.begin(getattr(self, word)(
                *(int(part) for part in rest.split("/") if part)))
        elif word != "hang":
            if word == "reset":
                self.seen.reset()
            self.seen.turn += word == "turn"
            said = self.seen.text()
            self.wire.write(head(b"200 OK", len(said)) + said)

    def answer(self, number, request):
        """A table, or that it is the same."""
        tag = b'"%d-%d"' % (number, self.seen.turn)
        more = b"ETag: " + tag + b"\r\n"
        self.timer = None
        self.seen.now -= 1
        if b"If-None-Match: " + tag in request:
            self.wire.write(head(b"304 Not Modified", 0, more))
            return
        body = table(number, self.seen.turn)
        self.seen.bodies += 1
        self.wire.write(head(b"200 OK", len(body), more) + body)

    def begin(self, work):
        """A body that takes longer than a call."""
        task = asyncio.ensure_future(work)
        self.seen.tasks.add(task)
        task.add_done_callback(self.seen.tasks.discard)

    async def drip(self):
        self.wire.write(head(b"200 OK", None))
        while not self.wire.is_closing():
            self.wire.write(b"2")
            await asyncio.sleep(1)

    async def flood(self, left, pause):
        self.wire.write(head(b"200 OK", None))
        while left > 0 and not self.wire.is_closing():
            self.wire.write(BLOCK[:left])
            left -= len(BLOCK)
            await self.room.wait()
            await asyncio.sleep(pause / 1000)
        self.wire.close()


async def serve(args):
    """Until a signal comes."""
    loop = asyncio.get_running_loop()
    over = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, over.set)
    seen = Seen(args.delay / 1000)
    server = await loop.create_server(
        lambda: Feeds(seen), "127.0.0.1", args.port, backlog=1024)
    port = server.sockets[0].getsockname()[1]
    print(f"listening on 127.0.0.1:{port}", flush=True)
    await over.wait()


if __name__ == "__main__":
    words = argparse.ArgumentParser(description="A slow server for tests")
    words.add_argument("--port", type=int, default=0, help="0: any free one")
    words.add_argument("--delay", type=float, default=100, help="milliseconds")
    asyncio.run(serve(words.parse_args()))
