"""Accepting a file: looked into by a process of its own, cleaned, and the outcome in words.

PDF, PNG, JPEG and CSV are accepted. A text document or a spreadsheet is not: it carries its
authors, comments, tracked changes and hidden sheets with it; its PDF or CSV does not.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.utils.translation import gettext as _

from jbn_oversight.files.scan.findings import Note, RefusalReason, RefusedFile, Removed
from jbn_oversight.files.scan.kinds import CSV, PDF, STARTS
from jbn_oversight.refusals import RefusedError

MOST_BYTES: Final = 10 * 1024 * 1024
SECONDS: Final = 28
"""Of real time; the process itself stops after 25 seconds of work."""


@dataclass(frozen=True, slots=True)
class Scan:
    """A file that may be accepted, and what was found in it."""

    data: bytes
    """Cleaned; the bytes that were offered are kept nowhere."""
    content_type: str
    codes: tuple[str, ...]
    """Values of ``Removed`` and ``Note``, in order."""


def content_type_of(data: bytes) -> str:
    """What a file is by its own bytes. Raises RefusedError for what is not accepted."""
    for content_type, start in STARTS.items():
        if data.startswith(start):
            return content_type
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    is_plain = all(sign.isprintable() or sign in "\t\r\n" for sign in text)
    is_markup = text.lstrip().startswith(("<", "{\\rtf", "%!PS"))
    if not is_plain or is_markup or not set(text) & set(",;\t"):
        raise RefusedError(
            _("Only PDF, PNG, JPEG and CSV (UTF-8) are accepted. Save the file as one of these.")
        )
    return CSV


def scanned(data: bytes, content_type: str) -> bytes:
    """The cleaned bytes of a file that must be of this type. Raises RefusedError."""
    return scan(data, content_type).data


def scan(data: bytes, expected: str = "") -> Scan:
    """Look into a file and clean it. Raises RefusedError with what to do, never a number.

    ``expected`` is what it should be; empty for whatever is accepted.
    """
    if len(data) > MOST_BYTES:
        raise RefusedError(_("This file is larger than 10 MB."))
    content_type = content_type_of(data)
    if expected and content_type != expected:
        raise RefusedError(_reason({"refused": RefusalReason.NOT_WHAT_IT_SAYS}))
    here = _in_process if not settings.SCAN_IN_A_CHILD else _in_a_child
    head, cleaned = here(data, content_type)
    if "refused" in head:
        raise RefusedError(_reason(head, content_type))
    if len(cleaned) > 2 * MOST_BYTES:
        raise RefusedError(_reason({"refused": RefusalReason.TOO_MUCH}))
    return Scan(cleaned, content_type, (*head["removed"], *head["notes"]))


def _in_a_child(data: bytes, content_type: str) -> tuple[dict[str, Any], bytes]:
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no word of the file in it
            [sys.executable, "-m", "jbn_oversight.files.scan", content_type],
            input=data,
            capture_output=True,
            timeout=SECONDS,
            cwd=settings.BASE_DIR,
            env={"PYTHONDONTWRITEBYTECODE": "1", "LC_ALL": "C.UTF-8"},
            check=False,
        )
    except subprocess.TimeoutExpired:
        return {"refused": RefusalReason.TOO_MUCH}, b""
    head, newline, cleaned = done.stdout.partition(b"\n")
    if done.returncode or not newline:
        # Out of time or memory, or brought down by the file.
        return {"refused": RefusalReason.TOO_MUCH}, b""
    answer: dict[str, Any] = json.loads(head)
    return answer, cleaned


def _in_process(data: bytes, content_type: str) -> tuple[dict[str, Any], bytes]:
    """Without the fence of a process; for tests, of which most are not about files."""
    from jbn_oversight.files.scan import look

    try:
        found = look.clean(data, content_type)
    except RefusedFile as refused:
        return {"refused": refused.reason, "place": refused.place, "count": refused.count}, b""
    return {"removed": sorted(found.removed), "notes": sorted(found.notes)}, found.data


def told(codes: tuple[str, ...] | list[str]) -> list[str]:
    """What a scan found, as sentences in the language that is active."""
    words: dict[str, str] = {
        Removed.METADATA: _("Author, program, place and other properties were taken out."),
        Removed.COMMENTS: _("Comments were taken out."),
        Removed.FILES: _("Files inside the file were taken out."),
        Removed.SCRIPTS: _("Scripts were taken out."),
        Removed.ACTIONS: _("Links to other files were taken out."),
        Removed.FORM: _("Fields to fill in became plain text."),
        Removed.SIGNATURE: _("The digital signature no longer holds for the cleaned file."),
        Removed.REVISIONS: _("Earlier versions inside the file were taken out."),
        Note.PICTURES: _("It holds pictures whose text nobody searched: look at them yourself."),
        Note.RECOGNISED: _("It is a scan; the text recognised in it was searched."),
    }
    return [words[code] for code in codes if code in words]


def _reason(head: dict[str, Any], content_type: str = PDF) -> str:
    """Why a file is refused, and what to do; a page or line and a count, never the number."""
    place, count = head.get("place"), head.get("count") or 1
    words: dict[str, str] = {
        RefusalReason.NOT_WHAT_IT_SAYS: _("This file is something else than it says."),
        RefusalReason.BROKEN: _("This file is broken. Save it again and add it once more."),
        RefusalReason.ENCRYPTED: _("This PDF has a password. Save it without one."),
        RefusalReason.PROGRAM: _("This PDF starts a program on the reader's computer."),
        RefusalReason.DYNAMIC_FORM: _("This PDF is a form that changes. Print it to a new PDF."),
        RefusalReason.PORTFOLIO: _("This PDF is a folder with other files. Add those one by one."),
        RefusalReason.LAYERS: _(
            "This PDF has layers that are switched off. Print it to a new PDF."
        ),
        RefusalReason.DRAWN_OVER: _(
            "Something is drawn over this PDF; what is below may still be in it. "
            "Take out the text below, then print it to a new PDF."
        ),
        RefusalReason.REDACTION: _("Text is marked to be blackened, but it is still there."),
        RefusalReason.HIDDEN_TEXT: _(
            "This PDF holds text that nobody can see. Take it out, then print it to a new PDF."
        ),
        RefusalReason.NUMBERS: _(
            "%(n)s number(s) of persons, such as a BSN, were found. Take them out."
        )
        % {"n": count},
        RefusalReason.FORMULA: _("A cell starts as a formula does. Save values only."),
        RefusalReason.TOO_MUCH: _("This file is too large or too complicated to look into."),
    }
    sentence = words[RefusalReason(head["refused"])]
    if place is None:
        return sentence
    where = _("Line %(n)s.") if content_type == CSV else _("Page %(n)s.")
    return f"{where % {'n': place}} {sentence}"
