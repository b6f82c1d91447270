"""Load the demonstration: people, a delivery, public facts and opleggers, once."""

from __future__ import annotations

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from jbn_oversight.clock import utc_now
from reports.demo.loading import DemoError, load


class Command(BaseCommand):
    """``load_demo``; a second time it finds everything there and does nothing."""

    help = "Loads the fictional demonstration; only where DEMO is set."
    requires_system_checks: list[str] = []  # a second start is to be quick

    def handle(self, **options: object) -> None:
        """Load what is missing, around this moment, and say what was done."""
        if not settings.DEMO:
            raise CommandError(_("This is no demonstration: set DEMO=1 to load fictional people."))
        try:
            load(at=utc_now(), tell=self.stdout.write)
        except DemoError as error:
            raise CommandError(
                _("The figures of the demonstration could not be computed (run %(run)s).")
                % {"run": error}
            ) from error
