"""Carry out a calculation that anyone can repeat."""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Final

from django.core.management.base import BaseCommand

from cases.continuity.rules.planning import Continuity, continuity_plan
from cases.forecasting.rules.queues import Bands, Queue, queue_measures, waiting_bands
from cases.forecasting.rules.scoring import Forecasts, forecast_score
from cases.forecasting.rules.simulation import WaitingList, waiting_forecast
from cases.forecasting.rules.waiting_curve import FollowedSpells, waiting_curve
from cases.forecasting.rules.workers import Workforce, workers_to_capacity
from certification.agreements.rules import SharedCosts, divide_costs
from jbn_oversight.calculations.exports import json_text
from jbn_oversight.calculations.imports import read_file
from jbn_oversight.calculations.rules import Fault, FaultError

CALCULATIONS: Final[Mapping[str, tuple[type, Callable[[Any], Any]]]] = {
    "continuity_plan": (Continuity, continuity_plan),
    "divide_costs": (SharedCosts, divide_costs),
    "forecast_score": (Forecasts, forecast_score),
    "queue_measures": (Queue, queue_measures),
    "waiting_bands": (Bands, waiting_bands),
    "waiting_curve": (FollowedSpells, waiting_curve),
    "waiting_forecast": (WaitingList, waiting_forecast),
    "workers_to_capacity": (Workforce, workers_to_capacity),
}
"""By name: what it is given, and the function that pages call too."""
CANNOT_BE_USED: Final = 2
NOT_PROVEN: Final = 3


class Command(BaseCommand):
    """``calculate waiting_curve spells.json --out curve.json``."""

    help = "Reads one JSON object, calculates, and writes one. Touches no database."
    requires_system_checks: list[str] = []  # it reads a file and prints

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which calculation, and of what."""
        parser.add_argument("name", metavar="NAME", help=", ".join(CALCULATIONS))
        parser.add_argument("input", metavar="INPUT.json", type=Path)
        parser.add_argument("--out", metavar="FILE", type=Path, help="instead of printing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit status 2 with a line for each fault, 3 where the best plan found is not proven."""
        try:
            text, proven = _calculated(options["name"], options["input"])
            self._write(text, options["out"])
        except FaultError as error:
            for fault in error.faults:
                self.stderr.write(str(fault))
            sys.exit(CANNOT_BE_USED)
        if not proven:
            sys.exit(NOT_PROVEN)

    def _write(self, text: str, out: Path | None) -> None:
        if out is None:
            if self.stdout._out is sys.stdout and hasattr(sys.stdout, "reconfigure"):
                sys.stdout.reconfigure(encoding="utf-8")  # whatever the terminal was set to
            self.stdout.write(text, ending="")
            return
        try:
            # Whole or not at all: what stood there stays where the disk is full.
            with NamedTemporaryFile(
                "w", dir=out.parent, encoding="utf-8", newline="\n", delete=False
            ) as file:
                file.write(text)
            part = Path(file.name)
            part.chmod(0o666 & ~_umask())
            part.replace(out)
        except OSError as error:
            fault = Fault("--out", f"can't be written ({error.strerror})")
            raise FaultError(fault) from None


def _calculated(name: str, path: Path) -> tuple[str, bool]:
    """The result as text, and whether it is proven to be the best."""
    if name not in CALCULATIONS:
        known = ", ".join(CALCULATIONS)
        raise FaultError(Fault("NAME", f"there is no such calculation; there are: {known}"))
    shape, calculate = CALCULATIONS[name]
    result = calculate(read_file(path, shape))
    return json_text(name, result), getattr(result, "proven", True)


def _umask() -> int:
    """What new files of this process may not allow. It can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
