"""A real web server on loopback for as long as a `with` lasts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Site(BaseHTTPRequestHandler):
    """A site that keeps the test's output clean: give it a `do_GET`."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serving(site: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    """*site* at any free port; gives its address, without a slash at the end."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), site)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))  # seconds between looks at whether to stop
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
