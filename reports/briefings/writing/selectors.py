"""What a writer can insert: sentences on facts that the portal knows, figures, tables, charts.

In the language of the document. A figure is offered by reference, so that it stays live until
the sign-off; what is shown beside it is the figure as a council may see it now.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils import translation
from django.utils.translation import gettext

from audits.models.inspections import WITHOUT_JUDGEMENT
from audits.oversight.selectors import coming_events, latest_inspection, overdue_events
from audits.selectors.visibility import SourceVisibility, sight_of
from certification.certificates.selectors import certificate_on
from certification.compliance.rules.scoring import INSTITUTION
from certification.indicators.rules.kpis import KPIS
from certification.models import Source
from jbn_oversight.clock import add_months, amsterdam_day, month_of
from reports.briefings.document.rules.references import ReferenceKind, written
from reports.briefings.document.selectors.pictures import Pictures
from reports.briefings.document.selectors.quoted_figures import Quoting, Wanted, quoting_for
from reports.briefings.models.briefings import Briefing
from reports.documents import sentences as printing
from reports.figure_pages.rules.months import known_in, spoken_month
from reports.figures.selectors.figures import FigureScope
from reports.side_by_side.selectors.insertions import sentences

LOOKED_BACK: Final = 24
"""Months back from today in which the last figures are looked for."""
MOST_DATES: Final = 5


@dataclass(frozen=True, slots=True)
class Offer:
    """One thing to insert: what the writer reads, what is put in the text, and its day."""

    shown: str
    insert: str
    stand: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """Offers on one matter."""

    title: str
    offers: tuple[Offer, ...]


def offers_for(briefing: Briefing, at: datetime) -> list[Offers]:
    """All that can be inserted in this draft, as known at an aware instant."""
    on = amsterdam_day(at)
    # What is inserted goes to a council: a paper that is not out stays nameless to its writer too.
    said = _Sayings(on, sight_of(None, at))
    with translation.override(briefing.language):
        groups = [
            Offers(gettext("Certificate"), tuple(_certificate(briefing, said))),
            Offers(gettext("Inspectorates"), tuple(_inspection(briefing, said))),
            Offers(gettext("Side by side"), tuple(_side_by_side(briefing, said))),
            Offers(gettext("Dates"), tuple(_dates(briefing, said))),
            *_figures(briefing, at),
            Offers(gettext("Pictures"), tuple(_pictures(briefing))),
        ]
    return [group for group in groups if group.offers]


def _stand(on: date) -> str:
    return gettext("as of %(day)s") % {"day": printing.day_of(on)}


@dataclass(frozen=True, slots=True)
class _Sayings:
    """Sentences as known on an Amsterdam day, with sources as far as ``sight`` goes."""

    on: date
    sight: SourceVisibility

    def say(self, text: str, source: Source | None = None, told: str = "") -> Offer:
        """A sentence with its source, or with who told it in words."""
        return Offer(text, text, _stand(self.on), told or self.sight.words(source))


def _certificate(briefing: Briefing, said: _Sayings) -> Iterator[Offer]:
    view = certificate_on(briefing.institution, said.on)
    day = printing.day_of(said.on)
    if view is None:
        yield said.say(
            gettext("On %(day)s no certificate of %(institution)s is known.")
            % {"day": day, "institution": briefing.institution.name},
        )
        return
    facts = {
        "kind": view.kind_label,
        "institution": briefing.institution.name,
        "authority": view.authority,
        "until": view.until_words,
        "decided": view.decided_words,
        "day": day,
        "days": view.days_left,
        "met": view.conditions_met,
        "all": len(view.conditions),
    }
    source = view.decided_source
    yield said.say(
        gettext("%(authority)s decided on the %(kind)s of %(institution)s (%(decided)s).") % facts,
        source,
    )
    if view.until is not None:
        yield said.say(
            gettext("The %(kind)s holds up to and including %(until)s.") % facts,
            view.ends_source or source,
        )
        yield said.say(
            gettext("On %(day)s the %(kind)s still holds for %(days)s days.") % facts, source
        )
    if view.conditions:
        yield said.say(
            gettext("On %(day)s %(met)s of the %(all)s conditions of the certificate are met.")
            % facts,
            source,
        )


def _inspection(briefing: Briefing, said: _Sayings) -> Iterator[Offer]:
    view = latest_inspection(briefing.institution, said.on)
    if view is None:
        return
    facts = {
        "who": view.authorities_words,
        "what": view.title,
        "judgement": view.judgement_label,
        "measure": view.measure_label,
        "when": view.published.words if view.published else "",
    }
    if view.published is None:
        text = gettext("%(who)s: %(what)s. There is no report yet.")
    elif view.judgement in WITHOUT_JUDGEMENT:
        text = gettext("%(who)s published a report (%(when)s): %(what)s.")
    else:
        text = gettext("%(who)s judged in a report (%(when)s): %(judgement)s.")
    yield said.say(text % facts, view.published.source if view.published else None)
    if view.term_ends is not None:
        yield said.say(
            gettext("%(measure)s of %(who)s runs until %(day)s.")
            % {**facts, "day": view.term_ends.words},
            view.term_ends.source,
        )


def _side_by_side(briefing: Briefing, said: _Sayings) -> Iterator[Offer]:
    for one in sentences(briefing.institution, said.on, said.sight):
        yield said.say(one.text, told=one.source)


def _dates(briefing: Briefing, said: _Sayings) -> Iterator[Offer]:
    coming = coming_events(briefing.institution, said.on)
    audit = next((matter for matter in coming if matter.kind == "audit"), None)
    if audit is not None and audit.planned is not None:
        yield said.say(
            gettext("The next audit is planned for %(day)s: %(what)s.")
            % {"day": audit.planned.words, "what": audit.title},
            audit.planned.source,
        )
    for matter in [one for one in coming if one is not audit][:MOST_DATES]:
        assert matter.planned is not None  # what comes was planned
        text = gettext("%(day)s: %(what)s.") % {"day": matter.planned.words, "what": matter.title}
        yield said.say(text[:1].upper() + text[1:], matter.planned.source)
    for matter in overdue_events(briefing.institution, said.on)[:MOST_DATES]:
        assert matter.planned is not None  # what is late was planned
        yield said.say(
            gettext("Planned for %(day)s and, as far as known, not done: %(what)s.")
            % {"day": matter.planned.words, "what": matter.title},
            matter.planned.source,
        )


def _figures(briefing: Briefing, at: datetime) -> Iterator[Offers]:
    quoting = quoting_for(briefing, at)
    names = quoting.names
    places = (*names.served, names.institution)
    last = briefing.figures_as_of or month_of(amsterdam_day(at))
    months = [add_months(last, -back) for back in range(LOOKED_BACK)]
    quoting.ask([], [None], Wanted(tuple(KPIS), places, tuple(months)))
    assert quoting.table is not None  # asked just now
    whole = names.institution
    month = spoken_month([one for one in known_in(quoting.table) if one[1] == whole], whole)
    if month is None:
        return
    own = gettext("own municipality")
    everywhere = (gettext("regions"), gettext("institution"))
    in_all = tuple(KPIS)[:4]
    yield Offers(
        gettext("Tables"),
        (
            Offer(
                gettext("Table: the first four indicators, regions and institution"),
                _block(ReferenceKind.TABLE, in_all, everywhere, month, briefing.language),
                printing.month_of(month),
            ),
            Offer(
                gettext("Table: the first four indicators, the council's own municipality"),
                _block(
                    ReferenceKind.TABLE,
                    in_all,
                    (own, gettext("own region")),
                    month,
                    briefing.language,
                ),
                printing.month_of(month),
            ),
        ),
    )
    for code, kpi in KPIS.items():
        label = gettext(kpi.label)
        offers = [_one(quoting, briefing, code, place, month) for place in places]
        yield Offers(
            label,
            (
                *offers,
                Offer(
                    gettext("Sentence on the council's own municipality"),
                    _sentence(label, code, own, month, briefing.language),
                    printing.month_of(month),
                ),
                Offer(
                    gettext("Chart: regions and institution, 24 months"),
                    _block(ReferenceKind.CHART, (code,), everywhere, month, briefing.language),
                    printing.month_of(month),
                ),
            ),
        )


def _one(quoting: Quoting, briefing: Briefing, code: str, place: FigureScope, month: date) -> Offer:
    figure = quoting.figure(code, place, month)
    word = gettext("institution") if place.scope == INSTITUTION else place.code
    known = ", ".join(
        part for part in (printing.value_of(figure), printing.cases_of(figure)) if part
    )
    return Offer(
        f"{figure.scope_name}: {known}",
        _sentence(figure.label, code, word, month, briefing.language, norm=_norm(figure.norm)),
        printing.stand_of(figure).rpartition(", ")[2],
        gettext("deliveries of %(institution)s") % {"institution": briefing.institution.name},
    )


def _norm(norm: object) -> str:
    return "" if norm is None else printing.number(norm)  # type: ignore[arg-type]  # a Decimal


def _sentence(
    label: str, code: str, place: str, month: date, language: str, *, norm: str = ""
) -> str:
    reference = written(ReferenceKind.FIGURE, (code,), (place,), month, language=language)
    return f"{label}: {reference}."


def _block(
    kind: ReferenceKind, codes: tuple[str, ...], places: tuple[str, ...], month: date, language: str
) -> str:
    return f"\n\n{written(kind, codes, places, month, language=language)}\n\n"


def _pictures(briefing: Briefing) -> Iterator[Offer]:
    for number, row in Pictures.of(briefing).present():
        words = gettext("say what the picture shows")
        word = "afbeelding" if briefing.language == "nl" else "image"
        yield Offer(
            gettext("Picture %(number)s: %(title)s") % {"number": number, "title": row.title},
            f"\n\n![{words}]({word}:{number})\n\n",
            printing.day_of(amsterdam_day(row.added_at)),
        )
