"""Our image proxy in a process of its own, with settings for a benchmark, and an origin for it on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class ImageServer:
    """A running `broadsheet serve --only images`."""

    url: str  # ends with /
    pid: int

    def link(self, picture: str, **wishes: object) -> str:
        """The address of a picture through this proxy."""
        return f"{self.url}?url={quote(picture, safe='')}" + "".join(f"&{key}={value}" for key, value in wishes.items())


@contextmanager
def image_server(data: Path, *, origin: str = "", only: str = "images", **settings: object) -> Iterator[ImageServer]:
    """The server over the store in *data*, which may connect to *origin* (host:port) besides public addresses; ended at the end.

    *settings* by their names in the environment without the prefix: `IMAGE_PROXY_WORKERS=1`.
    """
    own = {"SERVE_PORT": 0, "FETCH_PRIVATE_HOSTS": origin, "IMAGE_PROXY_PER_CLIENT": 1_000_000, **settings}
    environment = {**os.environ, **{f"BROADSHEET_{name}": str(value) for name, value in own.items()}}
    command = [sys.executable, "-m", "broadsheet", "--data", str(data), "serve", *(["--only", only] if only else [])]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        yield ImageServer(_address(process), process.pid)
    finally:
        process.terminate()
        process.wait(20)
        assert process.stdout is not None
        process.stdout.close()


def _address(process: subprocess.Popen[str]) -> str:
    """Where it listens, which it says in its first lines."""
    assert process.stdout is not None
    for line in process.stdout:
        if "http://" in line:
            return "http://" + line.partition("http://")[2].partition("/")[0] + "/"
    raise SystemExit(f"the server ended of itself, with {process.wait()}; what it said stands above.")


@contextmanager
def origin(files: Mapping[str, bytes], media_type: str = "image/jpeg") -> Iterator[str]:
    """A plain server of these bodies by path; its host and port."""

    class Files(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            body = files.get(self.path)
            self.send_response(404 if body is None else 200)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Files)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
