"""What a command says while an import or a run waits for its turn."""

from __future__ import annotations

from django.core.management.base import OutputWrapper
from django.utils.translation import gettext as _

from jbn_oversight.jobs.models import LongJob

WAITING = "waiting"
"""The step in which imports and runs wait for another of the same institution."""


class TellsThatItWaits:
    """Called with the job at each step; says once that it waits."""

    def __init__(self, out: OutputWrapper) -> None:
        self._out = out
        self._said = False

    def __call__(self, job: LongJob) -> None:
        """Say it when the job waits, unless that was said."""
        if job.step == WAITING and not self._said:
            self._said = True
            self._out.write(
                _("Another import or run of this institution is busy; this one waits for it.")
            )
