"""When two parties disagree: the one rule, from verdicts alone. Pure.

Each party keeps its own scale and its own words. For this question only, every verdict is read
as positive, negative or no judgement *on its own scale*:

===================  =========================  =========================  ======================
party                positive                   negative                   no judgement
===================  =========================  =========================  ======================
certifying body,     a certificate or a         an open shortcoming that   a bridging certificate
on a theme           provisional one holds and  the body did not accept    and no open shortcoming,
                     no shortcoming is open                                or no certificate
certifying body,     a certificate or a         suspended, restricted,     bridging, requested,
as a whole           provisional one holds      withdrawn, not renewed     lapsed, none known
inspectorate,        meets, mostly meets        mostly fails, fails,       not judged, not known
on a norm                                       falls short
inspectorate,        meets, mostly meets        a measure runs; mostly     not judged, not known
as a whole                                      fails, fails, falls short
own figures          the norm is met            the norm is not met        no norm, hidden, few
===================  =========================  =========================  ======================

A bridging certificate is neither: it says that norms are not met yet and that improvement is
plausible. A party with several verdicts is negative when one of them is, positive when at least
one is and none is negative: who names one shortcoming does not call the matter good.

*Parties disagree when at least one is positive and at least one is negative.* Nothing is
weighed, counted or averaged. See docs/adr/0019.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final, TypeAlias


class Party(StrEnum):
    """Who judges."""

    CERTIFYING_BODY = "certifying_body"
    INSPECTORATE = "inspectorate"
    FIGURES = "figures"


BODIES: Final = (Party.CERTIFYING_BODY, Party.INSPECTORATE)


class Leaning(StrEnum):
    """What a verdict says on the scale of its own party."""

    POSITIVE = "positive"
    NEGATIVE = "negative"
    NOT_JUDGED = "not_judged"


@dataclass(frozen=True, slots=True, order=True)
class PartyJudgement:
    """One verdict of one party: about what, and which step or word of its own scale."""

    party: Party
    about: str
    """What it judges, as a lasting key: a certificate, a finding, a norm, a figure."""
    value: str
    """Its place on the party's own scale."""
    direction: Leaning


INSPECTORATE_SCALE: Final[Mapping[str, Leaning]] = MappingProxyType(
    {
        "meets": Leaning.POSITIVE,
        "mostly_meets": Leaning.POSITIVE,
        "mostly_fails": Leaning.NEGATIVE,
        "fails": Leaning.NEGATIVE,
        "falls_short": Leaning.NEGATIVE,
        "not_judged": Leaning.NOT_JUDGED,
        "unknown": Leaning.NOT_JUDGED,
    }
)
"""By step of the inspectorates' scale (``Judgement``)."""

FULL_KINDS: Final = frozenset({"certificate", "provisional"})
"""Kinds of certificate that say that the norms are met."""
TAKEN_BACK: Final = frozenset({"suspended", "restricted", "withdrawn", "not_renewed"})
"""States of a certificate in which its body took something back, or refused it."""

FIGURE_SCALE: Final[Mapping[str, Leaning]] = MappingProxyType(
    {"met": Leaning.POSITIVE, "not_met": Leaning.NEGATIVE}
)
"""By verdict of a figure; every other verdict is none."""


def of_certificate(kind: str, status: str) -> Leaning:
    """What a certificate in this state says of the institution as a whole."""
    if status in TAKEN_BACK:
        return Leaning.NEGATIVE
    if status == "granted" and kind in FULL_KINDS:
        return Leaning.POSITIVE
    return Leaning.NOT_JUDGED


def of_theme(certificate: Leaning, open_shortcomings: int) -> Leaning:
    """What the certifying body says of a theme: its open shortcomings first.

    ``open_shortcomings`` leaves out what the body accepted. Without any the certificate speaks,
    as far as it is positive: what was taken back was not taken back over this theme.
    """
    if open_shortcomings:
        return Leaning.NEGATIVE
    return certificate if certificate is Leaning.POSITIVE else Leaning.NOT_JUDGED


def of_judgement(step: str) -> Leaning:
    """What a step of the inspectorates' scale says. Raises KeyError for an unknown step."""
    return INSPECTORATE_SCALE[step]


def of_figure(verdict: str) -> Leaning:
    """What a figure says against its norm."""
    return FIGURE_SCALE.get(verdict, Leaning.NOT_JUDGED)


def together(directions: Iterable[Leaning]) -> Leaning:
    """What a party says with all its verdicts: one negative is enough to be negative."""
    found = set(directions)
    for direction in (Leaning.NEGATIVE, Leaning.POSITIVE):
        if direction in found:
            return direction
    return Leaning.NOT_JUDGED


Facts: TypeAlias = list[dict[str, str]]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """Parties that contradict each other over one matter, and the verdicts that make it so."""

    positive: tuple[Party, ...]
    negative: tuple[Party, ...]
    verdicts: tuple[PartyJudgement, ...]
    """Every positive or negative verdict of every party, in a fixed order."""

    @property
    def between_bodies(self) -> bool:
        """Whether the certifying body and the inspectorate contradict each other."""
        body, inspectorate = BODIES
        return (body in self.positive and inspectorate in self.negative) or (
            body in self.negative and inspectorate in self.positive
        )

    @property
    def facts(self) -> Facts:
        """The verdicts as they are kept with an explanation."""
        return [
            {"party": one.party.value, "about": one.about, "value": one.value}
            for one in self.verdicts
        ]

    @property
    def sha256(self) -> str:
        """The hash of exactly these verdicts; another verdict gives another hash."""
        return facts_sha256(self.facts)


def facts_sha256(facts: Facts) -> str:
    """The hash of verdicts as they are kept, whatever order they come in."""
    rows = sorted((one["party"], one["about"], one["value"]) for one in facts)
    text = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def by_party(verdicts: Iterable[PartyJudgement]) -> dict[Party, Leaning]:
    """What each party says with all its verdicts on one matter."""
    found = list(verdicts)
    return {
        party: together(one.direction for one in found if one.party is party) for party in Party
    }


def disagreement(verdicts: Iterable[PartyJudgement]) -> Disagreement | None:
    """The disagreement in the verdicts on one matter; None where there is none.

    Verdicts without a direction play no part, neither in the rule nor in the hash.
    """
    judged = sorted({one for one in verdicts if one.direction is not Leaning.NOT_JUDGED})
    says = by_party(judged)
    positive = tuple(party for party in Party if says[party] is Leaning.POSITIVE)
    negative = tuple(party for party in Party if says[party] is Leaning.NEGATIVE)
    if not (positive and negative):
        return None
    return Disagreement(positive, negative, tuple(judged))
