"""Bring the catalogues up to date with the messages in code and templates: each language in
``jbn_oversight/locale`` but English, in which the messages are written.

With ``--check`` nothing is kept: it says which messages are missing, fuzzy, left over or
not translated, and exits with 1 if there are any. Needs gettext's programs.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "jbn_oversight" / "locale"
LANGUAGES = sorted(path.name for path in LOCALE.iterdir() if path.is_dir())
LEFT_OUT = (
    ".venv",
    "node_modules",
    "tests",
    ".data",
    "benchmarks",
    "scripts",
    "staticfiles",
    "LICENSES",
)
VOLATILE = ("POT-Creation-Date", "PO-Revision-Date")


def catalogue_of(language: str) -> Path:
    """Where a language's words stand."""
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def extract(language: str) -> polib.POFile:
    """Run the extraction and return the catalogue, without the dates that change each time."""
    ignore = [word for name in LEFT_OUT for word in ("-i", name)]
    subprocess.run(
        [
            sys.executable,
            *("manage.py", "makemessages", "-l", language, "--no-wrap", "--add-location", "file"),
            *("--no-obsolete", "-v0", "--extension", "html,py,txt", *ignore),
        ],
        cwd=ROOT,
        check=True,
    )
    catalogue = polib.pofile(str(catalogue_of(language)), wrapwidth=0)
    for name in VOLATILE:
        catalogue.metadata.pop(name, None)
    # In the order of the words, not of the files as this machine's disk lists them: else two people
    # who add a message each change every line.
    for entry in catalogue:
        entry.occurrences.sort()
    catalogue.sort(key=lambda entry: (entry.msgid, entry.msgctxt or ""))
    return catalogue


def problems(before: polib.POFile, after: polib.POFile) -> list[str]:
    """What stands between the two catalogues and a complete one."""
    known = {(entry.msgctxt, entry.msgid) for entry in before}
    used = {(entry.msgctxt, entry.msgid) for entry in after}
    found = [f"left over, no longer used: {msgid!r}" for _context, msgid in known - used]
    for entry in after:
        where = entry.occurrences[0][0] if entry.occurrences else "?"
        if (entry.msgctxt, entry.msgid) not in known:
            found.append(f"{where}: not in the catalogue: {entry.msgid!r}")
        elif "fuzzy" in entry.flags or not entry.translated():
            found.append(f"{where}: not translated: {entry.msgid!r}")
    return found


def renew(language: str, *, checking: bool) -> list[str]:
    """Renew a catalogue, or only look; gives what is missing."""
    path = catalogue_of(language)
    before = polib.pofile(str(path), wrapwidth=0)
    with tempfile.TemporaryDirectory() as directory:
        kept = shutil.copy(path, directory)
        try:
            after = extract(language)
            found = problems(before, after)
        finally:
            if checking:
                shutil.copy(kept, path)
    if not checking:
        after.save(str(path))
    return [f"{language}: {line}" for line in found]


def main() -> None:
    """Renew the catalogues, or say what is missing."""
    checking = "--check" in sys.argv[1:]
    found = [line for one in LANGUAGES for line in renew(one, checking=checking)]
    for line in found:
        print(line)
    if found and not checking:
        print("Translate these words, take out the lines '#, fuzzy', and run this again.")
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
