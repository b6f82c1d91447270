"""Keep the parts of a demonstration running: what stops by itself is started again.

With a pause that doubles each time, so that a part that cannot run eats no core, and a sentence
each time. In production the containers' restart policy does this.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

FIRST_PAUSE = 1.0
LONGEST_PAUSE = 60.0
STEADY_AFTER = 60.0
"""Seconds that a part has to run to count as well again."""


@dataclass
class Part:
    """One process in a session of its own, so that only we stop it."""

    name: str
    command: list[str]
    directory: Path
    clock: Callable[[], float] = time.monotonic
    process: subprocess.Popen[bytes] | None = None
    pause: float = FIRST_PAUSE
    started_at: float = 0.0
    due_at: float | None = None
    said: list[str] = field(default_factory=list)

    def start(self) -> None:
        """Start it now."""
        self.due_at = None
        self.started_at = self.clock()
        self.process = subprocess.Popen(
            self.command,
            cwd=self.directory,
            env={**os.environ, "PYTHONWARNINGS": "ignore"},  # a demonstration may run as root
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )

    def look(self) -> None:
        """Start it again where it stopped, when its pause is over. Never waits."""
        if self.process is None or self.process.poll() is None:
            return
        now = self.clock()
        if self.due_at is None:
            self.force()
            if now - self.started_at >= STEADY_AFTER:
                self.pause = FIRST_PAUSE
            self.due_at = now + self.pause
            self.say(f"{self.name} stopped; it is started again in {self.pause:.0f} s.")
            self.pause = min(2 * self.pause, LONGEST_PAUSE)
        elif now >= self.due_at:
            self.start()

    def say(self, sentence: str) -> None:
        """Tell anyone who runs the demonstration."""
        self.said.append(sentence)
        print(sentence, file=sys.stderr, flush=True)

    def ask_to_stop(self) -> None:
        """Ask it, which ends its children in order."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()

    def force(self) -> None:
        """End what is left of it, and of its children."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)


def tidy(parts: list[Part]) -> None:
    """Stop every part: ask first; force after ten seconds."""
    for part in parts:
        part.ask_to_stop()
    end = time.monotonic() + 10
    for part in parts:
        if part.process is not None:
            with suppress(subprocess.TimeoutExpired):
                part.process.wait(max(0.1, end - time.monotonic()))
        part.force()
