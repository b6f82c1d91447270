"""PDF: written again without what the page does not show, and searched for persons.

What can go without changing a page goes (metadata, comments, files inside, scripts, earlier
revisions, fillable fields). Where taking something away could uncover what somebody meant to
hide, or where the page could change later, the file is refused.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from jbn_oversight.files.scan.findings import (
    AcceptedFile,
    Note,
    RefusalReason,
    RefusedFile,
    Removed,
)
from jbn_oversight.files.scan.pdf_text import read_pages
from jbn_oversight.personal_numbers import count_in

MOST_PAGES: Final = 400
MOST_POINTS: Final = 5_000
"""Width or height of a page, in points: A0 is 3,370 high."""

_REMARKS: Final = frozenset(
    [
        *("Text", "Highlight", "Underline", "StrikeOut", "Squiggly", "Popup", "Caret"),
        *("FileAttachment", "Sound", "Movie", "Screen", "RichMedia", "3D"),
        *("PrinterMark", "TrapNet", "Projection"),
    ]
)
"""Annotations without which a page looks as it is printed."""
_SAFE_ACTIONS: Final = frozenset({"/URI", "/GoTo", "/Named"})
_SCRIPTS: Final = frozenset({"/JavaScript", "/Rendition", "/RichMediaExecute"})
_DARK: Final = 0.35


def clean(data: bytes) -> AcceptedFile:
    """The PDF without what does not belong to its pages. Raises RefusedFile."""
    removed: set[Removed] = set()
    try:
        with _opened(data) as pdf:
            if _has_revisions(data, pdf.is_linearized):
                removed.add(Removed.REVISIONS)
            # Written once first: what nothing refers to any more is gone then.
            first = _written(pdf)
        with _opened(first) as pdf:
            _check_pages(pdf)
            _check_whole(pdf)
            _check_annotations(pdf)
            removed |= _clean_dictionaries(pdf)
            removed |= _clean_annotations(pdf)
            removed |= _clean_root(pdf)
            if found := _numbers_in_strings(pdf):
                raise RefusedFile(RefusalReason.NUMBERS, None, found)
            cleaned = _written(pdf)
    except pikepdf.PdfError as error:
        raise RefusedFile(RefusalReason.BROKEN) from error
    except (MemoryError, RecursionError) as error:
        raise RefusedFile(RefusalReason.TOO_MUCH) from error
    return AcceptedFile(cleaned, removed, _read(cleaned))


def _opened(data: bytes) -> Pdf:
    try:
        pdf = Pdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError as error:
        raise RefusedFile(RefusalReason.ENCRYPTED) from error
    if pdf.is_encrypted:
        raise RefusedFile(RefusalReason.ENCRYPTED)
    return pdf


def _written(pdf: Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, linearize=False)
    return out.getvalue()


def _has_revisions(data: bytes, is_linearized: bool) -> bool:
    return data.count(b"startxref") > (2 if is_linearized else 1)


def _check_pages(pdf: Pdf) -> None:
    if not len(pdf.pages):
        raise RefusedFile(RefusalReason.BROKEN)
    if len(pdf.pages) > MOST_PAGES:
        raise RefusedFile(RefusalReason.TOO_MUCH)
    for number, page in enumerate(pdf.pages, start=1):
        left, bottom, right, top = (float(edge) for edge in page.mediabox)
        if max(abs(right - left), abs(top - bottom)) > MOST_POINTS:
            raise RefusedFile(RefusalReason.TOO_MUCH, number)


def _check_whole(pdf: Pdf) -> None:
    root = pdf.Root
    if Name.Collection in root:
        raise RefusedFile(RefusalReason.PORTFOLIO)
    if Name.AcroForm in root and Name.XFA in root.AcroForm:
        raise RefusedFile(RefusalReason.DYNAMIC_FORM)
    layers = root.get(Name.OCProperties)
    if isinstance(layers, Dictionary):
        shown = layers.get(Name.D, Dictionary())
        if len(shown.get(Name.OFF, Array())) or shown.get(Name.BaseState) == Name.OFF:
            raise RefusedFile(RefusalReason.LAYERS)


def _annotations(pdf: Pdf) -> Iterator[tuple[int, Any, list[Any]]]:
    for number, page in enumerate(pdf.pages, start=1):
        found = page.obj.get(Name.Annots)
        if isinstance(found, Array):
            yield number, page, [one for one in found if isinstance(one, Dictionary)]


def _kind(annotation: Any) -> str:
    return str(annotation.get(Name.Subtype, "/")).removeprefix("/")


def _check_annotations(pdf: Pdf) -> None:
    """Refuse what may cover something: without it, the page would show what was hidden."""
    for number, _page, marks in _annotations(pdf):
        for one in marks:
            kind = _kind(one)
            if kind == "Redact":
                raise RefusedFile(RefusalReason.REDACTION, number)
            if kind not in _REMARKS | {"Link", "Widget"} or _is_dark(one, kind):
                raise RefusedFile(RefusalReason.DRAWN_OVER, number)


def _is_dark(annotation: Any, kind: str) -> bool:
    """A highlight in black is how people blacken text."""
    colour = annotation.get(Name.C)
    if kind != "Highlight" or not isinstance(colour, Array) or not len(colour):
        return False
    parts = [float(part) for part in colour]
    if len(parts) == 4:
        parts = [(1 - ink) * (1 - parts[3]) for ink in parts[:3]]
    return sum(parts) / len(parts) < _DARK


def _dictionaries(pdf: Pdf) -> Iterator[Any]:
    """Every dictionary and stream of the file, also those that stand inside others."""
    for one in pdf.objects:
        todo: list[Any] = [one]
        while todo:
            current = todo.pop()
            if isinstance(current, (Dictionary, Stream)):
                yield current
                parts = [current[key] for key in list(current.keys())]
            elif isinstance(current, Array):
                parts = list(current)
            else:
                continue
            todo += [part for part in parts if isinstance(part, Object) and not part.is_indirect]


def _clean_dictionaries(pdf: Pdf) -> set[Removed]:
    removed: set[Removed] = set()
    for one in _dictionaries(pdf):
        for key in (Name.A, Name.OpenAction, Name.Next, Name.PA):
            action = one.get(key)
            kind = str(action.get(Name.S, "")) if isinstance(action, Dictionary) else ""
            if kind == "/Launch":
                raise RefusedFile(RefusalReason.PROGRAM)
            is_local = kind == "/URI" and str(action.get(Name.URI, "")).lower().startswith("file:")
            if (kind and kind not in _SAFE_ACTIONS) or is_local:
                removed.add(Removed.SCRIPTS if kind in _SCRIPTS else Removed.ACTIONS)
                del one[key]
        for key in (Name.AA, Name.JS):
            if key in one:
                removed.add(Removed.SCRIPTS)
                del one[key]
        if Name.AF in one:
            removed.add(Removed.FILES)
            del one[Name.AF]
        for key in (Name.Metadata, Name.PieceInfo, Name.Thumb, Name.LastModified):
            if key in one:
                removed.add(Removed.METADATA)
                del one[key]
    return removed


def _clean_annotations(pdf: Pdf) -> set[Removed]:
    """Comments go; fields become part of the page, as they look now."""
    removed: set[Removed] = set()
    has_fields = False
    for _number, page, marks in _annotations(pdf):
        kept = []
        for one in marks:
            kind = _kind(one)
            if kind in _REMARKS:
                removed.add(Removed.FILES if kind == "FileAttachment" else Removed.COMMENTS)
                continue
            if kind == "Widget":
                has_fields = True
                is_signed = one.get(Name.FT) == Name.Sig
                removed.add(Removed.SIGNATURE if is_signed else Removed.FORM)
            kept.append(one)
        page.obj[Name.Annots] = Array(kept)
    if has_fields:
        _flatten(pdf)
    return removed


def _flatten(pdf: Pdf) -> None:
    """Draw each field where it stands; one that looks like nothing goes."""
    form = pdf.Root.get(Name.AcroForm)
    widgets = [one for _, _, marks in _annotations(pdf) for one in marks if _kind(one) == "Widget"]
    if isinstance(form, Dictionary) and any(Name.AP not in one for one in widgets):
        form[Name.NeedAppearances] = True
    pdf.generate_appearance_streams()
    pdf.flatten_annotations("screen")
    for _number, page, marks in _annotations(pdf):
        page.obj[Name.Annots] = Array([one for one in marks if _kind(one) != "Widget"])


def _clean_root(pdf: Pdf) -> set[Removed]:
    removed: set[Removed] = set()
    root = pdf.Root
    names = root.get(Name.Names)
    if isinstance(names, Dictionary):
        for key, what in (
            (Name.JavaScript, Removed.SCRIPTS),
            (Name.EmbeddedFiles, Removed.FILES),
            (Name.Renditions, Removed.SCRIPTS),
        ):
            if key in names:
                removed.add(what)
                del names[key]
    for key in (Name.AcroForm, Name.Perms, Name.DSS, Name.OpenAction, Name.URI, Name.Legal):
        if key in root:
            del root[key]
    if Name.Info in pdf.trailer:
        if len(pdf.trailer.Info.keys()):
            removed.add(Removed.METADATA)
        del pdf.trailer[Name.Info]
    return removed


def _numbers_in_strings(pdf: Pdf) -> int:
    """Numbers of persons in bookmarks, links, alternative texts: strings outside the pages."""
    found = 0
    for one in _dictionaries(pdf):
        for key in list(one.keys()):
            value = one[key]
            if isinstance(value, String) and key not in ("/ID", "/Contents"):
                found += count_in(str(value))
    return found


def _read(data: bytes) -> set[Note]:
    notes: set[Note] = set()
    for page in read_pages(data):
        if found := count_in(page.text):
            raise RefusedFile(RefusalReason.NUMBERS, page.number, found)
        if page.has_hidden_text:
            raise RefusedFile(RefusalReason.HIDDEN_TEXT, page.number)
        if page.is_recognised:
            notes.add(Note.RECOGNISED)
        if page.is_picture:
            notes.add(Note.PICTURES)
    return notes
