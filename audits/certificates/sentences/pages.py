"""The first sentences of a certificate's page, its term in words, and what comes after its end."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from audits.certificates.rules.states import HOLDING, CertificateStanding, Stand
from audits.certificates.rules.terms import (
    MONTHS_BY_LAW,
    ROLLS_UP_TO_MONTHS,
    apply_by,
    decided_by,
    is_no_working_day,
)
from audits.certificates.sentences import laws
from audits.certificates.sentences.laws import Law
from certification.certificates.selectors import CertificateView
from certification.imprecise_days import ImpreciseDay
from certification.models.certificates import Certificate
from certification.sentences import day_in_words, in_words
from jbn_oversight.organisations.models import Authority

_NEW_GUARD: Final = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class LegalSentence:
    """A sentence and the article that it rests on."""

    words: str
    law: Law


def lead(row: Certificate, standing: CertificateStanding) -> list[str]:
    """Whether it holds on the day, until when, how many days are left, and what happens then."""
    sentences = [_first(row, standing)]
    if standing.stand in HOLDING:
        sentences += _holding_on(standing)
    elif standing.stand in (Stand.WITHDRAWN, Stand.LAPSED, Stand.SUSPENDED):
        sentences += _instead(standing)
    return sentences


def _first(row: Certificate, standing: CertificateStanding) -> str:
    view, other = standing.view, standing.successor
    words = {
        "kind": view.kind_label,
        "day": date_format(standing.day, "j F Y"),
        "decided": view.decided_words,
        "authority": view.authority,
        "until": view.until_words,
        "by": in_words(decided_by(row.applied or row.decided)),
        "starts": in_words(row.starts),
        "other": other.kind_label if other else "",
        "other_since": in_words((other.starts or other.decided) if other else None),
    }
    plain = {
        Stand.NOT_YET_DECIDED: _(
            "On %(day)s there was no decision yet: it was taken later (%(decided)s)."
        ),
        Stand.REQUESTED: _(
            "This %(kind)s has been applied for (%(decided)s). %(authority)s decides at the "
            "latest on %(by)s."
        ),
        Stand.REFUSED: _("%(authority)s did not grant this %(kind)s (%(decided)s)."),
        Stand.TO_COME: _("On %(day)s this %(kind)s does not hold yet: it begins %(starts)s."),
        Stand.TAKEN_OVER: _(
            "On %(day)s another one holds: the %(other)s took the place of this %(kind)s "
            "(%(other_since)s)."
        ),
    }
    if standing.stand in plain:
        return plain[standing.stand] % words
    if standing.stand in (Stand.SUSPENDED, Stand.WITHDRAWN):
        return _ended(standing, words)
    if standing.stand == Stand.LAPSED:
        return _lapsed(view, standing.day, words)
    return _holds(standing, words)


def _holds(standing: CertificateStanding, words: dict[str, str]) -> str:
    view = standing.view
    if view.days_left is None:
        return _("On %(day)s this %(kind)s holds; until when is not known.") % words
    if view.days_left == 0:
        if view.about:
            return _("On %(day)s this %(kind)s holds; its last day is at about this day.") % words
        return _("On %(day)s this %(kind)s holds for the last day.") % words
    words["left"] = days_in_words(view.days_left, about=view.about)
    return (
        _("On %(day)s this %(kind)s holds: up to and including %(until)s, %(left)s more.") % words
    )


def days_in_words(days: int, *, about: bool) -> str:
    """ "41 days", or "about 41 days"."""
    words = ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
    return _("about %(days)s") % {"days": words} if about else words


def _ended(standing: CertificateStanding, words: dict[str, str]) -> str:
    decision = standing.since
    works = (decision.effective or decision.decided) if decision else None
    words["since"] = in_words(works)
    if standing.stand == Stand.SUSPENDED:
        return (
            _("On %(day)s this %(kind)s is suspended (since %(since)s): it does not hold.") % words
        )
    return _("On %(day)s this %(kind)s is withdrawn (since %(since)s): it holds no more.") % words


def _lapsed(view: CertificateView, day: date, words: dict[str, str]) -> str:
    if view.until is None or view.until >= day:
        return _("On %(day)s this %(kind)s holds no more: it was not renewed.") % words
    words["ago"] = days_in_words((day - view.until).days, about=view.about)
    return _("On %(day)s this %(kind)s holds no more: it ended %(ago)s ago, on %(until)s.") % words


def _holding_on(standing: CertificateStanding) -> list[str]:
    sentences = []
    if standing.stand == Stand.RESTRICTED:
        sentences.append(_("It holds for a part of the work only."))
    if standing.successor is not None:
        sentences.append(
            _("After it comes the %(kind)s of %(decided)s.")
            % {
                "kind": standing.successor.kind_label,
                "decided": standing.successor.decided_words,
            }
        )
        return sentences
    if standing.not_renewed:
        sentences.append(_("It will not be renewed."))
    sentences.append(
        _(
            "After the last day the institution may not carry out any measure, and every case "
            "must go to another institution."
        )
    )
    return sentences


def _instead(standing: CertificateStanding) -> list[str]:
    if standing.successor is not None:
        return [
            _("In its place came the %(kind)s of %(decided)s.")
            % {
                "kind": standing.successor.kind_label,
                "decided": standing.successor.decided_words,
            }
        ]
    return [
        _(
            "Without a certificate that holds the institution may not carry out any measure, and "
            "every case must go to another institution."
        )
    ]


def term_sentences(row: Certificate) -> list[LegalSentence]:
    """How long this kind holds, how the last day was calculated, and that it is not put off."""
    by_law = MONTHS_BY_LAW.get(row.kind)
    if by_law is None:
        said = [
            LegalSentence(
                _(
                    "The law knows three years for a certificate and two for a provisional one. "
                    "A bridging certificate has a term of its own; the law does not know the word."
                ),
                laws.HOW_LONG,
            )
        ]
    else:
        years = {"kind": row.get_kind_display(), "years": by_law // 12}
        said = [
            LegalSentence(_("By law a %(kind)s holds for %(years)s years.") % years, laws.HOW_LONG)
        ]
        if row.ends is None and row.months is None:
            unknown = _(
                "Whether that is so here, no source says: so the last day is not filled in."
            )
            said.append(LegalSentence(unknown, laws.HOW_LONG))
    ends = row.ends
    long_term = row.months is None or row.months > ROLLS_UP_TO_MONTHS
    if ends is not None and not ends.about and long_term and is_no_working_day(ends.on):
        said.append(LegalSentence(_weekend(row, ends), laws.NO_ROLLING))
    return said


def reckoned(starts: ImpreciseDay, months: int, ends: ImpreciseDay) -> str:
    """ "9 months from 20 December 2024 end on 20 September 2025." """
    return ngettext(
        "%(n)s month from %(starts)s ends on %(ends)s.",
        "%(n)s months from %(starts)s end on %(ends)s.",
        months,
    ) % {"n": months, "starts": in_words(starts), "ends": in_words(ends)}


def _weekend(row: Certificate, ends: ImpreciseDay) -> str:
    words = {"day": date_format(ends.on, "j F Y"), "weekday": date_format(ends.on, "l")}
    if ends.on.weekday() >= 5:
        stays = _(
            "%(day)s is a %(weekday)s, and stays the last day: a term of more than three months "
            "does not run on to the next working day."
        )
    else:
        stays = _(
            "%(day)s is a public holiday, and stays the last day: a term of more than three "
            "months does not run on to the next working day."
        )
    if row.starts is not None and row.months is not None:
        return f"{reckoned(row.starts, row.months, ends)} {stays % words}"
    return stays % words


def aftermath(guard: Authority | None, last_day: date) -> list[LegalSentence]:
    """What must happen when the certificate ends and none follows, in plain words."""
    name = guard.name_on(last_day) if guard else _("the authority for youth care")
    return [
        LegalSentence(
            _(
                "Only an institution with a certificate may carry out child protection measures "
                "and youth probation. From the next day on this one may not."
            ),
            laws.ONLY_WITH_A_CERTIFICATE,
        ),
        LegalSentence(
            _(
                "Every case must go to another institution. For a supervision order the "
                "children's court decides, child by child. The institution, the Child Care and "
                "Protection Board, a parent with authority or a youth of twelve or older can ask."
            ),
            laws.OTHER_INSTITUTION,
        ),
        LegalSentence(
            _(
                "The municipalities see to it that the old and the new institution talk about "
                "taking over staff, so that children keep their own worker where that can be."
            ),
            laws.TALKS,
        ),
        LegalSentence(
            _("The %(guard)s watches over care that cannot be missed.") % {"guard": name},
            laws.CRITICAL_CARE if last_day >= _NEW_GUARD else laws.CRITICAL_CARE_BEFORE_2026,
        ),
        LegalSentence(
            _(
                "Because all this takes time, there are rules for a temporary certificate. "
                "Whether the bridging certificate rests on them, no public source says."
            ),
            laws.TEMPORARY,
        ),
    ]


def apply_sentence(last_day: ImpreciseDay) -> str:
    """By when to apply for the next certificate."""
    return _(
        "Apply for the next certificate at the latest on %(day)s: the decision may take six months."
    ) % {"day": day_in_words(apply_by(last_day.last), about=last_day.about)}
