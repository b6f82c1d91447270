"""The gate: what a PDF must be before it may be published.

Two standards, judged by a validator that knows nothing of how we make our files, and our own
rules on what must not travel with a document: hidden text, comments, scripts, paths, earlier
revisions, files that are not listed. Each problem is a sentence in English for the log of the
maker; none quotes the document's text.
"""

from __future__ import annotations

import io
import re
from collections.abc import Collection, Iterator
from typing import Any, Final

import page
import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from reports.pdf.hidden_text import hidden_text

STANDARDS: Final = (
    ("PDF/A-3a", page.ValidationProfile.PDF_A_3A),
    ("PDF/UA-1", page.ValidationProfile.PDF_UA_1),
)
LIMITS: Final = page.SafetyLimits(max_decoded_stream_size=256 * 1024 * 1024)
"""A report that is attached may be larger than the validator's own limit of 32 MiB."""
RELATIONSHIPS: Final = frozenset({"/Data", "/Source", "/Supplement"})
LINKS: Final = ("http://", "https://", "mailto:")
FORBIDDEN_IN_CATALOG: Final = ("AA", "AcroForm", "Collection", "OCProperties", "OpenAction")
FORBIDDEN_NAMES: Final = ("JavaScript", "AlternatePresentations", "Renditions")

# Places where programs and people keep files; "en/of" and "Profile: 3" are nobody's path.
_PATH: Final = re.compile(
    r"(?<![\w/.])/(?:home|root|users|tmp|var|srv|opt|mnt|media|data|usr|etc|private|volumes)/\S"
    r"|\b[a-z]:\\\S|\\\\\w|\bfile:/",
    re.IGNORECASE,
)
_XML_VALUE: Final = re.compile(r">([^<>]+)<")


def _standards(data: bytes) -> Iterator[str]:
    for name, profile in STANDARDS:
        try:
            report = page.validate_pdf_bytes(data, profile=profile, limits=LIMITS)
        except page.PageError as unreadable:
            yield f"{name}: cannot be judged ({type(unreadable).__name__})"
            continue
        # The rule and the object alone: the validator's own words may quote the document.
        for failure in report.failures:
            where = failure.object_id
            place = f" in object {where.object_number}" if where is not None else ""
            yield f"{name}: {failure.rule_id}{place}"
        if not report.is_compliant and not report.failures:
            yield f"{name}: not conformant"


def _revisions(data: bytes, pdf: Pdf) -> Iterator[str]:
    # An attached PDF has the same words in it; only those outside of any stream are ours.
    inside = sum(
        found.read_raw_bytes().count(b"startxref")
        for found in pdf.objects
        if isinstance(found, Stream)
    )
    if data.count(b"startxref") != inside + 1 or "/Prev" in pdf.trailer:
        yield "the file holds an earlier revision"
    if not data.rstrip().endswith(b"%%EOF"):
        yield "something stands after the end of the file"
    if pdf.is_encrypted:
        yield "the file is encrypted"
    if _unreached(pdf):
        yield "the file holds objects that belong to nothing"


def _unreached(pdf: Pdf) -> int:
    """How many objects no one points to: left behind by an earlier text."""
    seen: set[tuple[int, int]] = set()
    todo: list[Object] = [pdf.trailer]
    while todo:
        found = todo.pop()
        if found.is_indirect:
            if found.objgen in seen:
                continue
            seen.add(found.objgen)
        held: list[Any] = []
        if isinstance(found, Array):
            held = list(found)
        elif isinstance(found, (Dictionary, Stream)):
            held = [found[key] for key in found.keys()]  # noqa: SIM118 - not a dict
        todo += [one for one in held if isinstance(one, Object)]
    kept = {found.objgen for found in pdf.objects if isinstance(found, Object)}
    internal = {
        found.objgen
        for found in pdf.objects
        if isinstance(found, Stream) and found.get("/Type") in (Name.ObjStm, Name.XRef)
    }
    return len(kept - internal - seen)


def _description(pdf: Pdf) -> Iterator[str]:
    info = pdf.trailer.get("/Info", Dictionary())
    values = [str(info[key]) for key in info.keys()]  # noqa: SIM118 - not a dict
    metadata = pdf.Root.get("/Metadata")
    packet = metadata.read_bytes().decode("utf-8", "replace") if metadata is not None else ""
    if "/Author" in info or "<dc:creator" in packet or "dc:creator=" in packet:
        yield "the file names an author"
    if any(_PATH.search(value) for value in [*values, *_XML_VALUE.findall(packet)]):
        yield "the file's description holds a path"
    if metadata is not None and "/Filter" in metadata:
        yield "the file's description is compressed"


def _behaviour(pdf: Pdf) -> Iterator[str]:
    for key in FORBIDDEN_IN_CATALOG:
        if f"/{key}" in pdf.Root:
            yield f"the file has {key}"
    names = pdf.Root.get("/Names", Dictionary())
    for key in FORBIDDEN_NAMES:
        if f"/{key}" in names:
            yield f"the file has {key}"
    for number, leaf in enumerate(pdf.pages, 1):
        for key in ("AA", "PieceInfo", "Thumb"):
            if f"/{key}" in leaf.obj:
                yield f"page {number} has {key}"
        for annotation in leaf.obj.get("/Annots", Array()):
            if annotation.get("/Subtype") != Name.Link:
                yield f"page {number} has a comment or a field"
                continue
            action = annotation.get("/A")
            if action is not None and (
                action.get("/S") != Name.URI or not str(action.URI).lower().startswith(LINKS)
            ):
                yield f"page {number} has a link that does something else than go to a page"


def _attachments(pdf: Pdf, listed: Collection[str] | None) -> Iterator[str]:
    embedded = pdf.Root.get("/Names", Dictionary()).get("/EmbeddedFiles")
    tree = dict(pikepdf.NameTree(embedded).items()) if embedded is not None else {}
    associated = {one.objgen for one in pdf.Root.get("/AF", Array())}
    if associated != {one.objgen for one in tree.values()}:
        yield "the attachments and the associated files differ"
    if listed is not None and set(tree) != set(listed):
        yield "the attachments are not those listed"
    bodies = set()
    for specification in tree.values():
        name = str(specification.get("/UF", ""))
        body = specification.get("/EF", Dictionary()).get("/F")
        if not name or set(name) & set("/\\:"):
            yield "an attachment has a path for a name"
        if str(specification.get("/AFRelationship")) not in RELATIONSHIPS:
            yield "an attachment does not say how it belongs to the document"
        if not str(specification.get("/Desc", "")):
            yield "an attachment has no description"
        if body is None or "/Subtype" not in body:
            yield "an attachment has no type"
        else:
            bodies.add(body.objgen)
    inside = {
        found.objgen
        for found in pdf.objects
        if isinstance(found, Stream) and found.get("/Type") == Name.EmbeddedFile
    }
    if inside - bodies:
        yield "the file holds a file that is not listed"


def check(data: bytes, *, attachments: Collection[str] | None = None) -> list[str]:
    """What is wrong with a PDF; an empty list means that it may be published.

    ``attachments`` are the names of the files that should be inside, no more and no fewer;
    None leaves that one check out.
    """
    problems = list(dict.fromkeys(_standards(data)))
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            problems += _revisions(data, pdf)
            problems += _description(pdf)
            problems += _behaviour(pdf)
            problems += _attachments(pdf, attachments)
            problems += hidden_text(pdf)
    except pikepdf.PdfError:
        problems.append("the file cannot be read")
    return problems
