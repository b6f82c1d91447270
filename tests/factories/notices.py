"""Kinds of notices that a test declares for itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from types import MappingProxyType
from unittest.mock import patch

from jbn_oversight.notices import selectors
from jbn_oversight.notices.rules import NoticeKind, Rhythm


def some_kind(code: str = "test_thing", **changes: object) -> NoticeKind:
    """Something that everybody may know, once a day unless somebody chose otherwise."""
    fields: dict[str, object] = {
        "code": code,
        "word": f"Word of {code}",
        "sentence": f"Sentence of {code}.",
        "may_know": lambda notice, at: True,
        "rhythms": (Rhythm.DAILY, Rhythm.AT_ONCE, Rhythm.WEEKLY, Rhythm.OFF),
        **changes,
    }
    return NoticeKind(**fields)  # type: ignore[arg-type]


@contextmanager
def declared(*kinds: NoticeKind) -> Iterator[None]:
    """The portal as if a floor declared these kinds besides its own, or instead of them."""
    all_of_them = {**selectors.all_kinds(), **{kind.code: kind for kind in kinds}}
    with patch.object(selectors, "_declared", lambda: MappingProxyType(all_of_them)):
        yield
