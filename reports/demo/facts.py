"""Public facts as plain values, to be recorded by ``reports.demo.recording``. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from certification.imprecise_days import ImpreciseDay, Precision


def day(text: str) -> ImpreciseDay:
    """``2025-06-13``, ``2025-06``, ``2025``, ``2025-Q2``, or ``2025-02 late`` (early, mid)."""
    text, _, part = text.partition(" ")
    if part:
        number = {"early": 1, "mid": 11, "late": 21}[part]
        return ImpreciseDay(date.fromisoformat(f"{text}-{number:02}"), Precision.PART_OF_MONTH)
    if "Q" in text:
        year, quarter = text.split("-Q")
        return ImpreciseDay(date(int(year), int(quarter) * 3 - 2, 1), Precision.QUARTER)
    if len(text) == 4:
        return ImpreciseDay(date(int(text), 1, 1), Precision.YEAR)
    if len(text) == 7:
        return ImpreciseDay(date.fromisoformat(f"{text}-01"), Precision.MONTH)
    return ImpreciseDay(date.fromisoformat(text))


@dataclass(frozen=True, slots=True)
class SourceFact:
    """A paper or page, by the code that the other facts name it by."""

    code: str
    publisher: str
    title: str
    url: str = ""
    published: ImpreciseDay | None = None


Said = tuple[ImpreciseDay, str]
"""A day and the code of the source that names it."""


@dataclass(frozen=True, slots=True)
class ConditionFact:
    """A condition with the code of its source, and when it was met."""

    text: str
    source: str
    due: ImpreciseDay | None = None
    met: Said | None = None


@dataclass(frozen=True, slots=True)
class CertificateFact:
    """A decision on a certificate."""

    authority: str
    kind: str
    decided: Said
    starts: Said | None = None
    ends: Said | None = None
    months: int | None = None
    improvement_plausible: bool | None = None
    no_fundamental_shortcomings: bool | None = None
    remark: str = ""
    conditions: tuple[ConditionFact, ...] = ()


@dataclass(frozen=True, slots=True)
class AuditFact:
    """An audit."""

    authority: str
    kind: str
    sequence_no: int
    planned: Said | None = None
    held: Said | None = None
    outcome_known: Said | None = None
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class VerdictFact:
    """The verdict on one norm, by the norm's code."""

    theme: str
    verdict: str
    source: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ClaimFact:
    """What another source says of a measure: a day, or for its term a number of months."""

    about: str
    source: str
    on: ImpreciseDay | None = None
    months: int | None = None


@dataclass(frozen=True, slots=True)
class OtherPlaceFact:
    """Another institution of the same inspection, as far as public."""

    name: str
    published: Said | None = None
    judgement: str = "unknown"
    findings: str = ""
    no_measure: bool = False


@dataclass(frozen=True, slots=True)
class InspectionFact:
    """An inspection, and what it said of the institution at hand."""

    authorities: tuple[str, ...]
    title: str
    covers: int | None = None
    announced: Said | None = None
    fieldwork: Said | None = None
    planned: Said | None = None
    published: Said | None = None
    judgement: str = "unknown"
    findings: str = ""
    measure: str = "none"
    term_ends: Said | None = None
    framework: str = ""
    """Code of the framework of norms."""
    verdicts: tuple[VerdictFact, ...] = ()
    claims: tuple[ClaimFact, ...] = ()
    messages: tuple[tuple[ImpreciseDay, str, str], ...] = ()
    """Day, code of the source, and what it says."""
    others: tuple[OtherPlaceFact, ...] = ()


@dataclass(frozen=True, slots=True)
class EventFact:
    """What one source says; ``carries_out`` is the code of the planned event."""

    code: str
    kind: str
    on: ImpreciseDay
    claim: str
    source: str
    planned: bool = False
    authority: str = ""
    carries_out: str = ""


@dataclass(frozen=True, slots=True)
class ContradictionFact:
    """Two claims with their sources' codes, and the codes of the events that clash."""

    code: str
    matter: str
    one: Claim
    other: Claim
    handling: str
    events: tuple[str, ...] = ()


Claim = tuple[str, str]
"""What is said and the code of the source that says it."""


@dataclass(frozen=True, slots=True)
class OversightFacts:
    """All that is to be recorded about one institution."""

    institution: str
    sources: tuple[SourceFact, ...]
    certificates: tuple[CertificateFact, ...] = ()
    audits: tuple[AuditFact, ...] = ()
    inspections: tuple[InspectionFact, ...] = ()
    events: tuple[EventFact, ...] = ()
    contradictions: tuple[ContradictionFact, ...] = field(default=())
