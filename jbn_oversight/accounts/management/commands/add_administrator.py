"""Make the first administrator, who then adds everybody else."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.db import transaction
from django.utils.translation import gettext as _

from jbn_oversight.accounts.actions import add_membership
from jbn_oversight.accounts.models import Role
from jbn_oversight.clock import amsterdam_day, utc_now
from jbn_oversight.organisations.actions import save_organisation
from jbn_oversight.organisations.forms.organisations import name_in_lists, valid_code
from jbn_oversight.organisations.models import Institution, Municipality, Place, Region

JEUGDWET: Final = date(2015, 1, 1)
"""Municipalities oversee youth protection since this day; an older municipality is as old to us."""
_KEYS: Final[dict[str, tuple[Any, str]]] = {
    "region": (Region, "slug"),
    "municipality": (Municipality, "cbs_code"),
    "institution": (Institution, "code"),
}


class Command(BaseCommand):
    """``add_administrator EMAIL NAME --region SLUG``, from today on.

    ``--municipality CBS_CODE`` and ``--institution CODE`` do it for a place of another kind. With
    ``--place-name`` a place that is not there yet is made, as the first one of an empty portal.
    """

    help = "Gives a person the role of administrator; the person chooses a password by mail."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and for which place."""
        parser.add_argument("email")
        parser.add_argument("name")
        places = parser.add_mutually_exclusive_group(required=True)
        places.add_argument("--region", metavar="SLUG")
        places.add_argument("--municipality", metavar="CBS_CODE")
        places.add_argument("--institution", metavar="CODE")
        parser.add_argument(
            "--place-name", metavar="NAME", help="makes the place where it is not there yet"
        )

    @transaction.atomic
    def handle(
        self, *, email: str, name: str, place_name: str | None = None, **options: Any
    ) -> None:
        """Add the person where nobody has the address yet, and the role."""
        kind = next(kind for kind in _KEYS if options.get(kind))
        try:
            validate_email(email)
            add_membership(
                email=email,
                name=name,
                role=Role.ADMINISTRATOR,
                place=_place(kind, options[kind], place_name),
                from_on=amsterdam_day(utc_now()),
                until_on=None,
                by=None,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(_("Done. Choose a password through “Forgot your password?”."))


def _place(kind: str, code: str, name: str | None) -> Place:
    """The place, made where a name for it was given. Raises CommandError for an unknown one."""
    model, key = _KEYS[kind]
    found: Place | None = model.objects.filter(**{key: code}).first()
    if found is not None:
        return found
    if name:
        return _made(kind, code, name)
    codes = ", ".join(model.objects.order_by(key).values_list(key, flat=True))
    if not codes:
        raise CommandError(
            _("There is no place of this kind yet. Make it: add --place-name and its name.")
        )
    words = {
        "region": _("There is no such region. Choose from: %(codes)s."),
        "municipality": _("There is no such municipality. Choose from: %(codes)s."),
        "institution": _("There is no such institution. Choose from: %(codes)s."),
    }
    raise CommandError(words[kind] % {"codes": codes})


def _made(kind: str, code: str, name: str) -> Place:
    if kind == "municipality":
        row = Municipality(
            cbs_code=code, name=name, sort_name=name_in_lists(name), valid_from=JEUGDWET
        )
        return save_organisation(organisation=row, seen="", by=None)
    valid_code(code)
    if kind == "region":
        return save_organisation(organisation=Region(slug=code, name=name), seen="", by=None)
    return save_organisation(organisation=Institution(code=code, name=name), seen="", by=None)
