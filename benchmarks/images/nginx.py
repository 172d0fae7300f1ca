"""nginx in one process over a folder: its files as they are, and behind `/WIDTH/` scaled, where its module for that is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from press_run import free_port

PROGRAM = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")

_CONFIG = """{load}daemon off; master_process off; error_log stderr emerg; pid {state}/nginx.pid; events {{ worker_connections 512; }}
http {{
  access_log off; keepalive_requests 100000000; types {{ image/jpeg jpg; image/webp webp; }}
  client_body_temp_path {state}/t1; proxy_temp_path {state}/t2; fastcgi_temp_path {state}/t3; uwsgi_temp_path {state}/t4; scgi_temp_path {state}/t5;
  server {{ listen 127.0.0.1:{port}; root {root};{filtered} }}
}}
"""
_FILTERED = """
    location ~ ^/([0-9]+)/(.+)$ {
      alias %s/$2; image_filter resize $1 -; image_filter_jpeg_quality 80; image_filter_webp_quality 80; image_filter_buffer 40M;
    }"""


@dataclass(frozen=True, slots=True)
class Nginx:
    """A running nginx: its address and its process, which is the only one."""

    url: str
    pid: int


def filter_module() -> Path | None:
    """The module `image_filter`, None where nginx or the module is not installed."""
    if PROGRAM is None:
        return None
    said = subprocess.run([PROGRAM, "-V"], capture_output=True, text=True, check=False).stderr
    folder = re.search(r"--modules-path=(\S+)", said)
    module = Path(folder[1] if folder else "/usr/lib/nginx/modules") / "ngx_http_image_filter_module.so"
    return module if module.exists() else None


@contextmanager
def nginx(root: Path, state: Path, *, filtering: bool = False) -> Iterator[Nginx]:
    """nginx over *root*, with what it needs for itself in *state*, ended at the end."""
    assert PROGRAM is not None
    port = free_port()
    load = f"load_module {filter_module()}; " if filtering else ""
    filtered = _FILTERED % root if filtering else ""
    (state / "nginx.conf").write_text(_CONFIG.format(load=load, state=state, port=port, root=root, filtered=filtered))
    process = subprocess.Popen([PROGRAM, "-p", str(state), "-c", str(state / "nginx.conf")])
    url = f"http://127.0.0.1:{port}/"
    try:
        _until_it_answers(url)
        yield Nginx(url, process.pid)
    finally:
        process.terminate()
        process.wait()


def _until_it_answers(url: str) -> None:
    for _ in range(100):
        try:
            urllib.request.urlopen(url).close()
        except urllib.error.HTTPError:
            return  # there is no index page: any answer will do
        except OSError:
            time.sleep(0.05)
    raise SystemExit("nginx did not start; what it said stands above.")
