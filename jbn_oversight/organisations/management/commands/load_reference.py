"""Load reference data that somebody would otherwise type."""

from __future__ import annotations

from django.apps import apps
from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import gettext as _

from jbn_oversight.organisations.reference import PARTS, load


class Command(BaseCommand):
    """``load_reference [authorities] [north]``: both where none is named."""

    help = "Loads authorities, or the organisations of the north; what is there stays as it is."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which parts."""
        parser.add_argument("parts", nargs="*", choices=[*PARTS, []], default=[])

    def handle(self, *, parts: list[str], **options: object) -> None:
        """Create what is missing."""
        load(apps, parts=parts or PARTS)
        self.stdout.write(_("Loaded: %(parts)s.") % {"parts": ", ".join(parts or PARTS)})
