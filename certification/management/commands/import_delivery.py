"""Import an institution's delivery in the foreground and compute its figures."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from cases.models import Intake, IntakeState
from certification.compliance.actions.runs import execute_run
from certification.deliveries.actions import carry_out, compute_after, open_intake
from certification.deliveries.sentences import finding_sentences, worded_rows
from certification.management.periods import add_period_arguments, period_of
from certification.management.waiting import TellsThatItWaits
from certification.models.runs import RunState

HELD: Final = 3
"""Exit status of a delivery that waits for a person."""


class Command(BaseCommand):
    """``import_delivery PATH --institution jbn --from 2022-10 --until 2025-09``.

    Exit status 0 when the delivery is accepted and computed, 3 when it would change much and
    waits for a person (``--accept-changes REASON`` goes on), 1 otherwise; problems stand on
    standard error, one a line, as ``FILE:ROW:COLUMN: sentence``.
    """

    help = "Imports a delivery (folder, zip or XLSX) and computes the figures of its months."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Where the delivery lies, whose it is and which months it covers."""
        parser.add_argument("path", type=Path, metavar="PATH")
        add_period_arguments(parser)
        parser.add_argument(
            "--accept-changes",
            default="",
            metavar="REASON",
            help="go on where the delivery would change much, and say why it is right",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Read, check and store the delivery, or refuse all of it; then compute."""
        period = period_of(options)
        intake = open_intake(
            institution=period.institution,
            period_from=period.first,
            period_until=period.last,
            by=None,
        )
        carry_out(
            intake,
            path=options["path"],
            tell=TellsThatItWaits(self.stdout),
            accept_changes=options["accept_changes"],
        )
        match intake.state:
            case IntakeState.REFUSED:
                self._refused(intake)
            case IntakeState.UNCHANGED:
                self.stdout.write(_("Nothing changed: this delivery is the current one already."))
            case IntakeState.ACCEPTED:
                self._accepted(intake)
            case IntakeState.HELD:
                self._held(intake)
            case _:
                raise CommandError(_("The delivery could not be imported; nothing was stored."))
        self._compute(intake)

    def _refused(self, intake: Intake) -> None:
        for problem in worded_rows(intake.problems):
            self.stderr.write(problem.line)
        if intake.problems_total > len(intake.problems):
            more = _("There are %(total)d problems; the first %(shown)d stand here.") % {
                "total": intake.problems_total,
                "shown": len(intake.problems),
            }
            self.stdout.write(more)
        sys.exit(1)

    def _held(self, intake: Intake) -> None:
        assert intake.delivery is not None
        for sentence in finding_sentences(intake.delivery.hold):
            self.stderr.write(sentence)
        self.stderr.write(
            _(
                "The delivery is held: it would change much. The current figures stay. Use "
                "--accept-changes with a reason if it is right."
            )
        )
        sys.exit(HELD)

    def _accepted(self, intake: Intake) -> None:
        if intake.delivery is not None:
            for warning in worded_rows(intake.delivery.warnings):
                self.stdout.write(_("Please note: %(line)s") % {"line": warning.line})
            self.stdout.write(
                _("Accepted: %(rows)d rows, version %(sha)s.")
                % {
                    "rows": sum(intake.delivery.rows.values()),
                    "sha": intake.delivery.sha256[:12],
                }
            )

    def _compute(self, intake: Intake) -> None:
        run = compute_after(intake, nudge=False)
        if run is None:
            return
        execute_run(run)
        run.refresh_from_db()
        if run.state != RunState.SUCCEEDED:
            raise CommandError(
                _("The delivery is stored, but its figures could not be computed (%(error)s).")
                % {"error": run.error}
            )
        self.stdout.write(
            _("Computed: %(from)s until %(until)s. Figures changed: %(changed)d.")
            % {
                "from": f"{run.period_from:%Y-%m}",
                "until": f"{run.period_until:%Y-%m}",
                "changed": run.changed["results"][1],
            }
        )
