"""A headless Chromium, driven through chromedriver's HTTP interface (W3C WebDriver): no client library."""

from __future__ import annotations

import base64
import contextlib
import json
import re
import shutil
import subprocess
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-prefers-reduced-motion",
)


def missing() -> str:
    """Why there is no browser; "" when there is one."""
    for program in ("chromium", "chromedriver"):
        if shutil.which(program) is None:
            return f"{program} is not installed (Debian: apt-get install chromium chromium-driver)"
    return ""


class Page:
    """One open page."""

    def __init__(self, driver: str, session: str) -> None:
        self._url = f"{driver}/session/{session}"

    def _call(self, path: str, body: dict[str, Any]) -> Any:
        return _request("POST", f"{self._url}/{path}", body)

    def cdp(self, command: str, **parameters: Any) -> Any:
        """One command of the Chrome DevTools Protocol."""
        return self._call("goog/cdp/execute", {"cmd": command, "params": parameters})

    def open(self, file: Path, fragment: str = "") -> None:
        """Loads a local file."""
        self._call("url", {"url": f"{file.as_uri()}{fragment}"})

    def run(self, script: str, *args: Any) -> Any:
        """What a script returns; a promise is waited for."""
        return self._call("execute/sync", {"script": script, "args": list(args)})

    def size(self, width: int, height: int = 900) -> None:
        """Lays out the page as for a screen of this many CSS pixels."""
        self.cdp(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def scheme(self, name: str, media: str = "") -> None:
        """`light` or `dark`; `media` "print" lays out as for paper."""
        self.cdp(
            "Emulation.setEmulatedMedia",
            media=media,
            features=[{"name": "prefers-color-scheme", "value": name}],
        )

    def scripting(self, on: bool) -> None:
        """Whether scripts of the next page run."""
        self.cdp("Emulation.setScriptExecutionDisabled", value=not on)

    def keys(self, *names: str) -> None:
        """Presses keys one after the other, as a keyboard does."""
        actions = [{"type": kind, "value": name} for name in names for kind in ("keyDown", "keyUp")]
        self._call("actions", {"actions": [{"type": "key", "id": "keyboard", "actions": actions}]})

    def screenshot(self, file: Path) -> None:
        """The whole page as a PNG."""
        found = self.cdp("Page.captureScreenshot", captureBeyondViewport=True)
        file.write_bytes(base64.b64decode(found["data"]))

    def logs(self) -> list[str]:
        """What the browser's console got: errors, and what the page's policy refused."""
        return [entry["message"] for entry in self._call("se/log", {"type": "browser"})]


def _request(method: str, url: str, body: dict[str, Any] | None = None) -> Any:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"}, method=method)
    with urllib.request.urlopen(request, timeout=60) as answer:
        return json.load(answer)["value"]


@contextlib.contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """A page of a browser with a fresh profile; both processes end with the block."""
    process = subprocess.Popen(
        ["chromedriver", "--port=0"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    try:
        assert process.stdout is not None
        port = next(found[1] for line in process.stdout if (found := re.search(r"on port (\d+)\.", line)))
        driver = f"http://127.0.0.1:{port}"
        options = {"args": [*_FLAGS, f"--user-data-dir={profile}"], "binary": shutil.which("chromium")}
        wanted = {"alwaysMatch": {"goog:chromeOptions": options, "goog:loggingPrefs": {"browser": "ALL"}}}
        session = _request("POST", f"{driver}/session", {"capabilities": wanted})["sessionId"]
        try:
            yield Page(driver, session)
        finally:
            _request("DELETE", f"{driver}/session/{session}")
    finally:
        process.terminate()
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()
