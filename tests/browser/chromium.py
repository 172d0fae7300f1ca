"""A headless Chromium for tests, spoken to over its own debugging protocol: just enough to open a page and look at it."""

from __future__ import annotations

import asyncio
import base64
import itertools
import shutil
import subprocess
import time
from collections.abc import Awaitable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

T = TypeVar("T")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-component-update",
    "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--remote-debugging-port=0",
)  # fmt: skip
PATIENCE = 30  # seconds: far more than any page needs, and the end of a test that hangs


def program() -> str | None:
    """Where Chromium is installed, None if it is not."""
    return next((found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None)


@dataclass
class Visit:
    """An open page: what the console said, what was asked for over the network, and ways to look."""

    browser: Browser
    session: str
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def evaluate(self, expression: str) -> Any:
        """The value of a script expression in the page (the debugger may run scripts where the page may not)."""
        answer = self.browser.call("Runtime.evaluate", session=self.session, expression=expression, returnByValue=True)
        assert "exceptionDetails" not in answer, answer
        return answer["result"].get("value")

    def screenshot(self, file: Path, *, whole: bool = True) -> None:
        size = self.browser.call("Page.getLayoutMetrics", session=self.session)["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 6000), "scale": 1}
        shot = self.browser.call("Page.captureScreenshot", session=self.session, captureBeyondViewport=whole, **({"clip": clip} if whole else {}))
        file.write_bytes(base64.b64decode(shot["data"]))


class Browser:
    """One running Chromium. Synchronous outside; its loop only turns while a call is waiting."""

    def __init__(self, profile: Path) -> None:
        found = program()
        assert found is not None
        self._loop = asyncio.new_event_loop()
        self._process = subprocess.Popen([found, *FLAGS, f"--user-data-dir={profile}", "about:blank"], stderr=subprocess.DEVNULL)
        self._ids = itertools.count(1)
        self._visits: dict[str, Visit] = {}
        self._context = ""
        self._run(self._connect(self._address(profile / "DevToolsActivePort")))

    def open(self, url: str, *, width: int = 1200, height: int = 844, dark: bool = False) -> Visit:
        """*url* in a fresh context, loaded; the page opened before is closed."""
        if self._context:
            self.call("Target.disposeBrowserContext", browserContextId=self._context)
        self._context = context = self.call("Target.createBrowserContext")["browserContextId"]
        target = self.call("Target.createTarget", url="about:blank", browserContextId=context)["targetId"]
        session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        visit = self._visits[session] = Visit(self, session)
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable", session=session)
        self.call("Emulation.setDeviceMetricsOverride", session=session, width=width, height=height, deviceScaleFactor=1, mobile=width < 600)
        scheme = {"name": "prefers-color-scheme", "value": "dark" if dark else "light"}
        self.call("Emulation.setEmulatedMedia", session=session, features=[scheme])
        self.call("Page.navigate", session=session, url=url)
        self._run(self._until("Page.loadEventFired", session))
        return visit

    def call(self, method: str, *, session: str | None = None, **parameters: Any) -> dict[str, Any]:
        return self._run(self._call(method, session, parameters))

    def close(self) -> None:
        self._run(self._socket.close())
        self._run(self._http.close())
        self._process.terminate()
        self._process.wait(PATIENCE)
        self._loop.close()

    def _run(self, work: Awaitable[T]) -> T:
        return self._loop.run_until_complete(asyncio.wait_for(work, PATIENCE))

    def _address(self, port_file: Path) -> str:
        """Where it listens, which it writes down once it does."""
        deadline = time.monotonic() + PATIENCE
        while not port_file.exists() or len(port_file.read_text().splitlines()) < 2:
            assert time.monotonic() < deadline, "Chromium did not start"
            time.sleep(0.05)
        port, path = port_file.read_text().splitlines()[:2]
        return f"ws://127.0.0.1:{port}{path}"

    async def _connect(self, address: str) -> None:
        self._http = aiohttp.ClientSession()
        self._socket = await self._http.ws_connect(address, max_msg_size=0)

    async def _call(self, method: str, session: str | None, parameters: dict[str, Any]) -> dict[str, Any]:
        number = next(self._ids)
        await self._socket.send_json({"id": number, "method": method, "params": parameters, **({"sessionId": session} if session else {})})
        while True:
            message = await self._next()
            if message.get("id") == number:
                assert "error" not in message, message
                return message["result"]

    async def _until(self, event: str, session: str) -> None:
        while True:
            message = await self._next()
            if message.get("method") == event and message.get("sessionId") == session:
                return

    async def _next(self) -> dict[str, Any]:
        message: dict[str, Any] = await self._socket.receive_json()
        if visit := self._visits.get(message.get("sessionId", "")):
            _note(visit, message)
        return message


def _note(visit: Visit, message: dict[str, Any]) -> None:
    parameters = message.get("params", {})
    match message.get("method"):
        case "Log.entryAdded":
            visit.complaints.append(f"{parameters['entry']['text']} {parameters['entry'].get('url', '')}")
        case "Runtime.consoleAPICalled" | "Runtime.exceptionThrown":
            visit.complaints.append(str(parameters))
        case "Network.requestWillBeSent":
            visit.requests.append(parameters["request"]["url"])
