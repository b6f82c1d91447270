"""What stands above every page: each floor says in its ``alerts`` what it has to tell somebody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps
from django.http import HttpRequest


@dataclass(frozen=True, slots=True)
class Alert:
    """One thing to tell, in words for exactly the person who looks."""

    kind: str
    """``bad`` or ``attention``."""
    title: str
    text: str
    url: str = ""
    link: str = ""
    """The words of the link to ``url``."""


@cache
def _tellers() -> tuple[Callable[[HttpRequest], list[Alert]], ...]:
    names = (f"{config.name}.alerts" for config in apps.get_app_configs())
    return tuple(
        import_module(name).alerts
        for name in names
        if name != __name__ and find_spec(name) is not None
    )


def alerts(request: HttpRequest) -> list[Alert]:
    """All that is to be told on the page of this request. It only asks."""
    return [alert for teller in _tellers() for alert in teller(request)]
