"""Keeping the last few things that a process made, for what is dear to make and never secret.

What is kept here is the same for everybody who may see it. Who may is never kept.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

V = TypeVar("V")


@dataclass(slots=True)
class _Place(Generic[V]):
    """Where one thing is kept. Who comes while it is being made waits for it."""

    lock: Lock = field(default_factory=Lock)
    made: list[V] = field(default_factory=list)
    since: float = 0.0


class Remembered(Generic[V]):
    """The last ``most`` things, by what they were made of; each at most ``seconds`` old.

    Threads share it. A thing that cannot be made is tried again by who comes next.
    """

    def __init__(self, most: int, seconds: float = float("inf")) -> None:
        self._most, self._seconds = most, seconds
        self._places: OrderedDict[object, _Place[V]] = OrderedDict()
        self._lock = Lock()

    def get(self, key: object, make: Callable[[], V]) -> V:
        """What was made for the key, or else what ``make`` makes now. Raises what it raises."""
        with self._lock:
            place = self._places.setdefault(key, _Place())
            self._places.move_to_end(key)
            while len(self._places) > self._most:
                self._places.popitem(last=False)
        with place.lock:
            now = time.monotonic()
            if not place.made or now - place.since > self._seconds:
                place.made, place.since = [make()], now
            return place.made[0]
