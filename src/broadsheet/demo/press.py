"""Serves the sample press: one small HTTP server on loopback for each newspaper."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from socketserver import ThreadingTCPServer
from threading import Thread
from types import TracebackType
from typing import Self

from broadsheet.demo.papers import Paper, load_papers
from broadsheet.demo.printing import Answer, Printer
from broadsheet.text.moments import utc_now

HOST = "127.0.0.1"

IDLE_SECONDS = 20
"""How long a connection may lie idle before its thread ends."""


class DemoPress:
    """The five papers, being served from the moment it is made until `close()`, which the end of a `with` block calls too.

    *papers* are those of the package unless given. Each gets a free port of its own.
    """

    def __init__(self, *, papers: Sequence[Paper] | None = None, now: datetime | None = None) -> None:
        self.papers = tuple(papers if papers is not None else load_papers())
        self._servers = [_PaperServer((HOST, 0), _Handler) for _ in self.papers]
        self.homes = tuple(f"http://{HOST}:{server.server_address[1]}/" for server in self._servers)
        by_id = {paper.id: home for paper, home in zip(self.papers, self.homes, strict=True)}
        self._threads = []
        for paper, server in zip(self.papers, self._servers, strict=True):
            server.printer = Printer(paper, self.papers, by_id, now=now or utc_now())
            self._threads.append(Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, name=f"paper {paper.id}", daemon=True))
            self._threads[-1].start()

    def advance(self, *, now: datetime | None = None) -> None:
        """Time passes: what the papers correct is corrected from here on."""
        for server in self._servers:
            server.printer.edit(now=now or utc_now())

    def close(self) -> None:
        """Stop the servers and give their ports back."""
        for server, thread in zip(self._servers, self._threads, strict=True):
            server.shutdown()
            server.server_close()
            thread.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()


class _PaperServer(ThreadingTCPServer):
    """A server that knows its paper. (`http.server.HTTPServer` would ask the name service for our own name first.)"""

    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 64
    printer: Printer

    def handle_error(self, request: object, client_address: object) -> None:
        """A visitor who hangs up is no error; anything else is told as usual."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    """Answers GET and HEAD, 304 to whoever has the same already."""

    protocol_version = "HTTP/1.1"
    server_version = "SamplePress"
    sys_version = ""
    timeout = IDLE_SECONDS
    server: _PaperServer

    def do_GET(self) -> None:
        self._send(with_body=True)

    def do_HEAD(self) -> None:
        self._send(with_body=False)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the terminal belongs to the demo's own story."""

    def _send(self, *, with_body: bool) -> None:
        found = self.server.printer.answer(self.path.partition("?")[0])
        answer = found or self.server.printer.missing()
        etag = f'"{sha256(answer.body).hexdigest()[:16]}"'
        if found and self.headers.get("If-None-Match") == etag:
            self._head(HTTPStatus.NOT_MODIFIED, etag)
            return
        self._head(HTTPStatus.OK if found else HTTPStatus.NOT_FOUND, etag, answer)
        if with_body:
            self.wfile.write(answer.body)

    def _head(self, status: HTTPStatus, etag: str, answer: Answer | None = None) -> None:
        self.send_response(status)
        self.send_header("ETag", etag)
        self.send_header("Cache-Control", "no-cache")
        if answer is not None:
            self.send_header("Content-Type", answer.content_type)
            self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
