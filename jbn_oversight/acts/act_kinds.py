"""Which acts there are: every app declares its own in ``act_kinds``, one log shows them all.

A kind is never taken away, since rows name it for ever: an act that is no longer possible keeps its
word here. A row of a kind that nobody declares is shown to nobody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import MappingProxyType
from typing import Any, TypeAlias

from django.apps import apps
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from jbn_oversight.accounts.models import User
from jbn_oversight.acts.models import RecordedActQuerySet
from jbn_oversight.acts.rights import SEE_ACTS

Word: TypeAlias = str | Promise
Narrowing: TypeAlias = Callable[[RecordedActQuerySet, User, datetime], RecordedActQuerySet]
"""Of acts, those on things of which this person may know at this (aware) instant."""


@dataclass(frozen=True, slots=True)
class KindOfAct:
    """One kind of act, and who may know of it."""

    code: str
    """``app.thing_done``."""
    label: Word
    """What was done, in a word or two."""
    right: str = SEE_ACTS
    """Who sees it: holders of this right, in the place of the act."""
    visible: Narrowing | None = None
    """Which of them at all, where the existence of the thing is secret."""
    path: str = ""
    """Address of the thing, with ``{institution}`` and ``{key}``; empty where it has none."""
    opens: str = ""
    """The right that its page asks for."""
    words: Mapping[str, Word] = field(default_factory=lambda: MappingProxyType({}))
    """Codes that its detail may hold, and what they mean."""


@dataclass(frozen=True, slots=True)
class KindsOfThing:
    """What people do to one kind of thing that they keep."""

    added: KindOfAct
    changed: KindOfAct
    removed: KindOfAct

    def __iter__(self) -> Iterator[KindOfAct]:
        return iter((self.added, self.changed, self.removed))

    def saved(self, *, new: bool) -> KindOfAct:
        """The kind of keeping a new or a changed one."""
        return self.added if new else self.changed


def kinds_of_thing(code: str, word: Word, **more: Any) -> KindsOfThing:
    """The three kinds for a thing called ``word``; ``more`` as for ``KindOfAct``."""
    done = {
        "added": pgettext_lazy("act", "added"),
        "changed": pgettext_lazy("act", "changed"),
        "removed": pgettext_lazy("act", "removed"),
    }
    return KindsOfThing(
        **{
            name: KindOfAct(
                f"{code}_{name}", format_lazy(_("{thing}: {done}"), thing=word, done=said), **more
            )
            for name, said in done.items()
        }
    )


@cache
def all_kinds() -> Mapping[str, KindOfAct]:
    """Every kind of every installed app, by code. Raises ValueError for a doubled code."""
    kinds: dict[str, KindOfAct] = {}
    for config in apps.get_app_configs():
        name = f"{config.name}.act_kinds"
        if find_spec(name) is None:
            continue
        for kind in getattr(import_module(name), "KINDS", ()):
            if kind.code in kinds:
                raise ValueError(f"the kind of act {kind.code} is declared twice")
            kinds[kind.code] = kind
    return MappingProxyType(kinds)
