"""Compute an institution's figures in the foreground."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from certification.compliance.actions.runs import execute_run, request_run
from certification.management.periods import add_period_arguments, period_of
from certification.management.waiting import TellsThatItWaits
from certification.models.runs import RunReason, RunState


class Command(BaseCommand):
    """``compute_compliance --institution jbn --from 2022-10 --until 2025-09``."""

    help = "Computes observations, indicators and verdicts of an institution's months."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The institution and its months."""
        add_period_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Ask for a run and carry it out here; exit status 1 when it fails."""
        period = period_of(options)
        run = request_run(
            institution=period.institution,
            period_from=period.first,
            period_until=period.last,
            reason=RunReason.COMMAND,
            by=None,
            nudge=False,
        )
        execute_run(run, progress=TellsThatItWaits(self.stderr))
        run.refresh_from_db()
        if run.state != RunState.SUCCEEDED:
            raise CommandError(
                _("The figures could not be computed (%(error)s).") % {"error": run.error}
            )
        for note in run.notes:
            self.stderr.write(
                _(
                    "Equated days are not known for every year: %(clocks)d clocks were computed "
                    "without them."
                )
                % {"clocks": note["clocks"]}
            )
        self.stdout.write(
            _("Computed: %(from)s until %(until)s. Figures changed: %(changed)d.")
            % {
                "from": f"{run.period_from:%Y-%m}",
                "until": f"{run.period_until:%Y-%m}",
                "changed": run.changed["results"][1],
            }
        )
