"""Keeping the last few things that a process made, for what is dear to make and never secret.

What is kept here is the same for everybody who may see it. Who may is never kept.
"""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from threading import Lock
from typing import Generic, TypeVar

from cachetools import LRUCache, TTLCache

V = TypeVar("V")


@dataclass(slots=True)
class _Place(Generic[V]):
    """Where one thing is kept. Who comes while it is being made waits for it."""

    lock: Lock = field(default_factory=Lock)
    made: list[V] = field(default_factory=list)


class Remembered(Generic[V]):
    """The last ``most`` things, by what they were made of; each at most ``seconds`` old.

    Threads share it. A thing that cannot be made is tried again by who comes next.
    """

    def __init__(self, most: int, seconds: float | None = None) -> None:
        self._places: MutableMapping[object, _Place[V]] = (
            LRUCache(most) if seconds is None else TTLCache(most, seconds)
        )
        self._lock = Lock()

    def get(self, key: object, make: Callable[[], V]) -> V:
        """What was made for the key, or else what ``make`` makes now. Raises what it raises."""
        with self._lock:
            place = self._places.get(key)
            if place is None:
                self._places[key] = place = _Place()
        with place.lock:
            if not place.made:
                place.made = [make()]
            return place.made[0]
