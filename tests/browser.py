"""A headless Chromium to look at pages with: its DevTools protocol over a pipe, nothing else.

https://chromedevtools.github.io/devtools-protocol/ - messages are JSON, each ended by a zero byte;
the browser reads descriptor 3 and writes descriptor 4.
"""

import base64
import json
import os
import select
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

CHROMIUM = shutil.which("chromium")
PATIENCE = 60.0  # seconds; a page is there in one or two, a machine that is busy takes longer

_OPTIONS = (
    "--headless=new",
    "--remote-debugging-pipe",
    "--no-sandbox",  # in a container there is none; pages are our own
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-extensions",
    "--disable-background-networking",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
    "--lang=zh-CN",
)


class Browser:
    """One page of a running Chromium; what it says on its console and loads is kept."""

    def __init__(self, to_browser: int, from_browser: int) -> None:
        self._write, self._read = to_browser, from_browser
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self.complaints: list[str] = []
        self.requests: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        attached = self.call("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: object) -> dict[str, Any]:
        """Call a method of the protocol and give its result."""
        self._number += 1
        message: dict[str, object] = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._write, json.dumps(message).encode() + b"\0")
        deadline = time.monotonic() + PATIENCE
        while True:
            answer = self._receive(deadline)
            if answer.get("id") == self._number:
                assert "error" not in answer, f"{method}: {answer['error']}"
                return answer["result"]

    def open(self, path: Path, address: str = "") -> None:
        """Open a file anew, and wait until its script has shown something."""
        self.complaints.clear()
        self.requests.clear()
        self.call("Page.navigate", url="about:blank")
        self.call("Page.navigate", url=path.as_uri() + address)
        self.wait("document.documentElement?.dataset.ready === 'true'")

    def run(self, expression: str) -> Any:
        """Give what an expression of JavaScript gives, as JSON has it; a promise is awaited."""
        answer = self.call(
            "Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True
        )
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait(self, condition: str) -> None:
        """Wait until an expression is true."""
        deadline = time.monotonic() + PATIENCE
        while not self.run(f"Boolean({condition})"):
            assert time.monotonic() < deadline, f"{condition} never came; {self.complaints}"
            time.sleep(0.02)

    def go(self, address: str) -> None:
        """Go to another address of the page, and wait until it is shown."""
        self.run("document.getElementById('title').dataset.old = 'true'")
        self.run(f"void (location.hash = {json.dumps(address)})")
        self.wait("!document.getElementById('title')?.dataset.old")

    def press(self, *keys: str) -> None:
        """Press keys, by the names the DOM gives them."""
        codes = {"Enter": 13, "Tab": 9, "Escape": 27, "ArrowUp": 38, "ArrowDown": 40}
        for key in keys:
            pressed = {"key": key, "code": key, "windowsVirtualKeyCode": codes[key]}
            text = {"text": "\r"} if key == "Enter" else {}
            self.call("Input.dispatchKeyEvent", type="keyDown", **pressed, **text)
            self.call("Input.dispatchKeyEvent", type="keyUp", **pressed)

    def type(self, text: str) -> None:
        """Enter text where the focus is, as an input method does."""
        self.call("Input.insertText", text=text)

    def resize(self, width: int, height: int, is_dark: bool = False) -> None:
        """Make the window so large, in CSS pixels, and light or dark."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=False,
        )  # fmt: skip
        scheme = {"name": "prefers-color-scheme", "value": "dark" if is_dark else "light"}
        self.call("Emulation.setEmulatedMedia", media="", features=[scheme])

    def picture(self, path: Path, is_whole: bool = True) -> None:
        """Save what is shown as PNG."""
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=is_whole)
        path.write_bytes(base64.b64decode(shot["data"]))

    def pdf(self) -> bytes:
        """Print the page as it asks to be printed."""
        printed = self.call("Page.printToPDF", preferCSSPageSize=True)
        return base64.b64decode(printed["data"])

    def _receive(self, deadline: float) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            left = deadline - time.monotonic()
            ready, _, _ = select.select([self._read], [], [], max(0.0, left))
            assert ready, "the browser does not answer"
            data = os.read(self._read, 1 << 20)
            assert data, "the browser has ended"
            self._buffer += data
        line, _, self._buffer = self._buffer.partition(b"\0")
        message: dict[str, Any] = json.loads(line)
        self._note(message)
        return message

    def _note(self, message: dict[str, Any]) -> None:
        parameters = message.get("params", {})
        match message.get("method"):
            case "Runtime.exceptionThrown":
                details = parameters["exceptionDetails"]
                thrown = details.get("exception", {}).get("description", details["text"])
                self.complaints.append(thrown)
            case "Runtime.consoleAPICalled":
                said = parameters["args"]
                self.complaints += [
                    str(each.get("value", each.get("description"))) for each in said
                ]
            case "Log.entryAdded":
                self.complaints.append(parameters["entry"]["text"])
            case "Network.requestWillBeSent":
                self.requests.append(parameters["request"]["url"])


@contextmanager
def open_browser() -> Iterator[Browser]:
    """Start a Chromium with a profile of its own, and end it."""
    browser_reads, we_write = os.pipe()
    we_read, browser_writes = os.pipe()
    with TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = [*_OPTIONS, f"--user-data-dir={profile}"]
        # The shell puts the pipes where the protocol wants them.
        pipes = f'exec "$@" 3<&{browser_reads} 4>&{browser_writes}'
        child = subprocess.Popen(
            ["bash", "-c", pipes, "bash", str(CHROMIUM), *options, "about:blank"],
            pass_fds=(browser_reads, browser_writes),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(browser_reads)
        os.close(browser_writes)
        try:
            browser = Browser(we_write, we_read)
            yield browser
        finally:
            child.terminate()
            child.wait(timeout=PATIENCE)
            os.close(we_write)
            os.close(we_read)
