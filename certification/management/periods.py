"""Arguments that the commands on an institution's months share."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any, NamedTuple

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from jbn_oversight.clock import parse_month
from jbn_oversight.organisations.models import Institution


class AskedPeriod(NamedTuple):
    """An institution and its months, first and last by their first day."""

    institution: Institution
    first: date
    last: date


def add_period_arguments(parser: ArgumentParser) -> None:
    """--institution, --from and --until."""
    parser.add_argument("--institution", required=True, metavar="CODE")
    parser.add_argument("--from", required=True, dest="first", metavar="YYYY-MM")
    parser.add_argument("--until", required=True, dest="last", metavar="YYYY-MM")


def period_of(options: dict[str, Any]) -> AskedPeriod:
    """The arguments as objects. Raises CommandError with a sentence for what is wrong."""
    institution = Institution.objects.filter(code=options["institution"]).first()
    if institution is None:
        raise CommandError(
            _("There is no institution with the code %(code)s.") % {"code": options["institution"]}
        )
    first, last = _month(options["first"]), _month(options["last"])
    if first > last:
        raise CommandError(_("The first month lies after the last month."))
    return AskedPeriod(institution, first, last)


def _month(text: str) -> date:
    try:
        return parse_month(text)
    except ValueError:
        raise CommandError(_("%(text)s is not a month: write YYYY-MM.") % {"text": text}) from None
