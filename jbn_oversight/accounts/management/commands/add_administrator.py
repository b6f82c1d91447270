"""Make the first administrator, who then adds everybody else."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from jbn_oversight.accounts.actions import add_membership
from jbn_oversight.accounts.models import Role
from jbn_oversight.clock import amsterdam_day, utc_now
from jbn_oversight.organisations.models import Region


class Command(BaseCommand):
    """``add_administrator EMAIL NAME --region SLUG``, from today on."""

    help = "Gives a person the role of administrator; the person chooses a password by mail."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and for which region."""
        parser.add_argument("email")
        parser.add_argument("name")
        parser.add_argument("--region", required=True)

    def handle(self, *, email: str, name: str, region: str, **options: object) -> None:
        """Add the person where nobody has the address yet, and the role."""
        place = Region.objects.filter(slug=region).first()
        if place is None:
            slugs = ", ".join(Region.objects.values_list("slug", flat=True))
            raise CommandError(
                _("There is no such region. Choose from: %(slugs)s.") % {"slugs": slugs}
            )
        try:
            validate_email(email)
            add_membership(
                email=email,
                name=name,
                role=Role.ADMINISTRATOR,
                place=place,
                from_on=amsterdam_day(utc_now()),
                until_on=None,
                by=None,
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(_("Done. Choose a password through “Forgot your password?”."))
