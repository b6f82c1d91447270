"""Load a framework of norms from a file, or what comes with the portal."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from audits.comparison.actions.reference import load_themes
from audits.frameworks.actions import load_framework
from audits.frameworks.imports.uploads import read_framework
from audits.imports.problems import WrongFileError
from jbn_oversight.refusals import RefusedError


class Command(BaseCommand):
    """``load_framework FILE`` or ``load_framework --shipped``.

    Exit status 0 when the framework is there, 1 when nothing was stored; problems stand on
    standard error, one a line, as ``ROW:COLUMN: sentence``. Doing it twice changes nothing.
    """

    help = "Loads a framework of norms from a CSV, XLSX or TOML file; --shipped for our own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """A file, or the mark for what comes with the portal."""
        what = parser.add_mutually_exclusive_group(required=True)
        what.add_argument("file", type=Path, nargs="?", metavar="FILE")
        what.add_argument("--shipped", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load it whole, or say what is wrong."""
        if options["shipped"]:
            self._tell(bool(load_themes(by=None)))
            return
        path: Path = options["file"]
        try:
            with path.open("rb") as opened:
                file = read_framework(opened)
            loaded = load_framework(file=file, by=None)
        except OSError:
            raise CommandError(_("The file could not be opened.")) from None
        except WrongFileError as error:
            for each in error.wrong:
                self.stderr.write(each.line)
            sys.exit(1)
        except RefusedError as error:
            raise CommandError(error.sentence) from None
        self._tell(loaded.changed)

    def _tell(self, changed: bool) -> None:
        words = _("Loaded.") if changed else _("Nothing changed: all of it was here already.")
        self.stdout.write(words)
