"""What must be true of the machine before anything is printed on it."""

from __future__ import annotations

from collections.abc import Sequence

from django.apps import AppConfig
from django.core.checks import CheckMessage, Error, register


@register()
def check_printing(
    app_configs: Sequence[AppConfig] | None = None, **kwargs: object
) -> list[CheckMessage]:
    """A published document keeps its hash only where the same document gives the same bytes."""
    from reports.pdf.render import prints_the_same_every_time

    if prints_the_same_every_time():
        return []
    return [
        Error(
            "The library harfbuzz-subset is missing: no PDF would keep its hash, so none is made.",
            hint="Install libharfbuzz-subset0; deploy/packages.txt lists all that it needs as run.",
            id="reports.E001",
        )
    ]
