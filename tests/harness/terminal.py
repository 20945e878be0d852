"""A program on a terminal of its own: what it draws there, and Ctrl-C as its driver sends it."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

CTRL_C: Final = b"\x03"
_STEERING: Final = re.compile(r"\x1b(?:\[[0-9;?]*[ -/]*[@-~]|\][^\x07]*\x07|[@-Z\\-_])")


class Terminal:
    """A running program whose standard input and error are a terminal, its output a pipe."""

    def __init__(self, process: subprocess.Popen[bytes], master: int) -> None:
        self.process = process
        self.out = b""
        self._master = master
        self._drawn = b""
        self._readers = [
            threading.Thread(target=target, daemon=True) for target in (self._draws, self._reads)
        ]
        for reader in self._readers:
            reader.start()

    @property
    def raw(self) -> str:
        """All that came to the terminal."""
        return self._drawn.decode(errors="replace")

    @property
    def text(self) -> str:
        """The same without what steers it."""
        return _STEERING.sub("", self.raw)

    def wait_for(self, pattern: str, seconds: float = 60) -> re.Match[str]:
        """Until the terminal shows it; AssertionError with all that it showed when it does not."""
        end = time.monotonic() + seconds
        while (found := re.search(pattern, self.text)) is None:
            assert time.monotonic() < end, f"never shown: {pattern}\n{self.text[-2000:]}"
            assert self.process.poll() is None, f"ended before it showed {pattern}:\n{self.text[-2000:]}"
            time.sleep(0.02)
        return found

    def press(self, keys: bytes) -> None:
        """As a person at the keyboard."""
        os.write(self._master, keys)

    def ended(self, seconds: float = 60) -> tuple[int, str, float]:
        """Exit code, standard output, and how long it took from now."""
        start = time.monotonic()
        code = self.process.wait(seconds)
        took = time.monotonic() - start
        self.close()
        return code, self.out.decode(), took

    def close(self) -> None:
        """Waits until all that it wrote was read; it has ended."""
        for reader in self._readers:
            reader.join(10)

    def _draws(self) -> None:
        while True:
            ready, _, _ = select.select([self._master], [], [], 0.1)
            if not ready:
                if self.process.poll() is not None:
                    return
                continue
            try:
                data = os.read(self._master, 65536)
            except OSError:  # nobody has the other end any more
                return
            if not data:
                return
            self._drawn += data

    def _reads(self) -> None:
        assert self.process.stdout is not None
        number = self.process.stdout.fileno()
        while part := os.read(number, 65536):
            self.out += part


@contextmanager
def terminal(
    command: Iterable[str | Path],
    *,
    env: Mapping[str, str],
    cwd: Path,
    columns: int = 100,
    kind: str = "xterm-256color",
) -> Iterator[Terminal]:
    """Runs a program on a terminal of this width and kind; ends it whatever happens."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    process = subprocess.Popen(
        [str(word) for word in command],
        stdin=slave,
        stdout=subprocess.PIPE,
        stderr=slave,
        env={**env, "TERM": kind},
        cwd=cwd,
        start_new_session=True,
        preexec_fn=_owns_its_terminal,  # noqa: PLW1509 - one system call
    )
    os.close(slave)
    opened = Terminal(process, master)
    try:
        yield opened
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()
        opened.close()
        os.close(master)
        assert process.stdout is not None
        process.stdout.close()


def _owns_its_terminal() -> None:
    """Makes Ctrl-C a signal to the program, as in a shell's foreground."""
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)
