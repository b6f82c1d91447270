"""Write a fictional delivery, to try the portal with or to rehearse an import."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from reports.demo.delivery import demo_delivery, write_folder, write_zip


def _month(text: str) -> date:
    return datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no zone


class Command(BaseCommand):
    """``make_demo_delivery --seed 1 OUT``; OUT is a folder, or a zip when it ends in ``.zip``."""

    help = "Writes a realistic, wholly fictional delivery."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Seed and place, and the size of what is asked."""
        parser.add_argument("out", type=Path, metavar="OUT")
        parser.add_argument("--seed", type=int, required=True)
        parser.add_argument("--until", type=_month, default=date(2025, 9, 1), metavar="YYYY-MM")
        parser.add_argument("--months", type=int, default=36)
        parser.add_argument("--scale", type=float, default=1.0)

    def handle(
        self, *, out: Path, seed: int, until: date, months: int, scale: float, **options: object
    ) -> None:
        """Write the files and say which period they cover."""
        try:
            delivery = demo_delivery(seed, until=until, months=months, scale=scale)
        except ValueError as error:
            raise CommandError(
                _("The period must start in 2018 or later and hold at least one month.")
            ) from error
        try:
            write = write_zip if out.suffix.lower() == ".zip" else write_folder
            write(delivery, out)
        except OSError as error:
            raise CommandError(
                _("%(place)s cannot be written: %(reason)s.")
                % {"place": out, "reason": error.strerror}
            ) from error
        self.stdout.write(
            _("Fictional delivery %(first)s until %(last)s in %(place)s")
            % {
                "first": f"{delivery.period_from:%Y-%m}",
                "last": f"{delivery.period_until:%Y-%m}",
                "place": out,
            }
        )
