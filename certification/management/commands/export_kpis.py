"""Print an institution's exact figures."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from certification.compliance.exports import (
    BY_GROUP,
    HEADER,
    NotComputedError,
    export_rows,
    export_rows_by_group,
)
from certification.management.periods import add_period_arguments, period_of
from jbn_oversight.spreadsheets import csv_text


class Command(BaseCommand):
    """``export_kpis --institution jbn --from 2022-10 --until 2025-09``."""

    help = "Prints every indicator, scope and month, exact: for staff use on the server."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The institution, its months and the format."""
        add_period_arguments(parser)
        parser.add_argument("--format", choices=["csv"], default="csv")
        parser.add_argument(
            "--by",
            choices=["measure_group"],
            help="also by kind of measure, in a column of its own",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Print, or exit with status 1 rather than print a figure that is not up to date."""
        period = period_of(options)
        header: tuple[str, ...] = BY_GROUP if options["by"] else HEADER
        export = export_rows_by_group if options["by"] else export_rows
        try:
            rows = export(*period)
        except NotComputedError as error:
            raise CommandError(
                _(
                    "The figures of these months were not computed yet: %(months)s. "
                    "Run compute_compliance first."
                )
                % {"months": str(error)}
            ) from None
        self.stdout.write(csv_text([header, *rows], line_end="\n"), ending="")
