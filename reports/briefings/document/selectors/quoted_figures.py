"""The figures that a draft quotes: asked once for all its texts, as a council may see them.

The texts of all places go out together, so they are protected together: a preview of one
section asks for the figures of the whole draft too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from django.utils import translation
from django.utils.translation import gettext

from certification.compliance.rules.scoring import INSTITUTION, MUNICIPALITY, REGION
from certification.indicators.rules.kpis import KPIS
from jbn_oversight.accounts.models import Language
from jbn_oversight.clock import add_months, amsterdam_day
from jbn_oversight.organisations.models import (
    InstitutionTask,
    Municipality,
    MunicipalityRegion,
    Region,
)
from reports.briefings.document.rules.references import (
    Own,
    PictureQuote,
    Quote,
    Reading,
    ReferenceFault,
    ReferenceKind,
    ReferenceProblem,
    Scope,
    Vocabulary,
    Words,
    plain,
    read,
)
from reports.briefings.document.selectors.charts import chart_part
from reports.briefings.document.selectors.pictures import Pictures
from reports.briefings.models.briefings import Briefing
from reports.documents import sentences as printing
from reports.documents.rules import Chart, KpiRow, KpiTable, Part, Text
from reports.figures.rules.figures import QuotedFigure
from reports.figures.selectors.figures import Audience, FigureScope, FigureTable, figures

CHART_MONTHS: Final = 24
MOST_PLACES: Final = 6
"""Columns of figures that fit in a table on paper."""

Reader = Municipality | Region | None
"""For whom a text is; None for the text that everybody gets."""


@dataclass(frozen=True)
class Names:
    """The places that exist on a day: what they are called, and what belongs to what."""

    institution: FigureScope
    names: Mapping[FigureScope, str]
    region_of: Mapping[str, str]
    """CBS code to the slug of the region."""
    served: tuple[FigureScope, ...]
    """The regions in which the institution has a task, by name."""

    def of(self, scope: Scope, briefing: Briefing, reader: Reader) -> FigureScope:
        """The place that a scope means in the text of this reader."""
        if isinstance(scope, FigureScope):
            return scope
        place = reader or briefing.owner
        if isinstance(place, Region):
            return FigureScope(REGION, place.slug)
        if scope is Own.MUNICIPALITY and reader is not None:
            return FigureScope(MUNICIPALITY, place.cbs_code)
        slug = self.region_of.get(place.cbs_code)
        return FigureScope(REGION, slug) if slug else self.institution

    def vocabulary(self) -> Vocabulary:
        """What a writer may call indicators and places, in both languages."""
        kpis = {plain(code): code for code in KPIS}
        for language in Language.values:
            with translation.override(language):
                kpis |= {plain(gettext(kpi.label)): code for code, kpi in KPIS.items()}
        places: dict[str, tuple[Scope, ...]] = {}
        for place, name in self.names.items():
            prefixes = {MUNICIPALITY: ("gemeente", "municipality"), REGION: ("regio", "region")}
            for prefix in prefixes.get(place.scope, ()):
                places[plain(f"{prefix} {name}")] = (place,)
        # A region goes before a municipality of the same name.
        for place, name in sorted(self.names.items(), key=lambda one: one[0].scope == REGION):
            places[plain(name)] = places[plain(place.code)] = (place,)
        for words, scopes in (
            (("instelling", "institution"), (self.institution,)),
            (("regio's", "regios", "regions"), self.served),
            (("eigen", "eigen gemeente", "own", "own municipality"), (Own.MUNICIPALITY,)),
            (("eigen regio", "own region"), (Own.REGION,)),
        ):
            places |= {plain(word): scopes for word in words}
        return Vocabulary(kpis, places)


def names_on(briefing: Briefing, on: date) -> Names:
    """The places on the Amsterdam day."""
    institution = FigureScope(INSTITUTION, briefing.institution.code)
    names = {institution: briefing.institution.name}
    names |= {FigureScope(REGION, one.slug): one.name for one in Region.objects.all()}
    names |= {
        FigureScope(MUNICIPALITY, one.cbs_code): one.name for one in Municipality.objects.valid(on)
    }
    spans = MunicipalityRegion.objects.running(on).select_related("municipality", "region")
    tasks = InstitutionTask.objects.running(on).filter(institution=briefing.institution)
    served = {task.region for task in tasks.select_related("region")}
    return Names(
        institution=institution,
        names=names,
        region_of={span.municipality.cbs_code: span.region.slug for span in spans},
        served=tuple(
            FigureScope(REGION, one.slug) for one in sorted(served, key=lambda region: region.name)
        ),
    )


@dataclass(frozen=True)
class Wanted:
    """What a draft asks for beside its references: the annex of figures."""

    kpis: tuple[str, ...] = ()
    scopes: tuple[FigureScope, ...] = ()
    months: tuple[date, ...] = ()


@dataclass
class Quoting:
    """The figures of one draft, and the parts of its sections that are made of them."""

    briefing: Briefing
    names: Names
    known_at: datetime
    pictures: Pictures
    table: FigureTable | None = None
    _drawn: dict[tuple[str, tuple[FigureScope, ...], date], Chart] = field(default_factory=dict)

    def ask(self, readings: Iterable[Reading], readers: Sequence[Reader], annex: Wanted) -> None:
        """Ask for every figure that any of the texts shows, once, for councils."""
        quotes = [quote for reading in readings for quote in reading.quotes()]
        kpis = dict.fromkeys([*annex.kpis, *(code for quote in quotes for code in quote.kpis)])
        if not kpis:
            return
        scopes = dict.fromkeys(annex.scopes)
        months = dict.fromkeys(annex.months)
        for quote in quotes:
            months |= dict.fromkeys(_months(quote))
            for scope in quote.scopes:
                means = readers if isinstance(scope, Own) else [None]
                scopes |= dict.fromkeys(self.place_of(scope, reader) for reader in means)
        self.table = figures(
            institution=self.briefing.institution,
            kpis=kpis,
            scopes=scopes,
            months=months,
            audience=Audience.COUNCIL,
            known_at=self.known_at,
        )

    def place_of(self, scope: Scope, reader: Reader) -> FigureScope:
        """The place whose figure stands for a scope in the text of a reader."""
        return self.names.of(scope, self.briefing, reader)

    def figure(self, code: str, place: FigureScope, month: date) -> QuotedFigure:
        """One figure as it is quoted, in the active language. Only after ``ask``."""
        assert self.table is not None  # asked before
        name = self.names.names.get(place, place.code)
        return self.table.get(code, place, month).quoted(gettext(KPIS[code].label), name)

    def quoted(self, reading: Reading, reader: Reader) -> Iterator[QuotedFigure]:
        """The figures of a text's references in the text of a reader, at their month."""
        for quote in reading.quotes():
            for code in quote.kpis:
                for place in self._places(quote, reader):
                    yield self.figure(code, place, quote.month)

    def parts(self, reading: Reading, reader: Reader) -> tuple[Part, ...]:
        """The parts of a section in the text of a reader, in the active language."""
        return tuple(self._parts(reading, reader))

    def _parts(self, reading: Reading, reader: Reader) -> Iterator[Part]:
        for piece in reading.pieces:
            if isinstance(piece, Words):
                quoted = (self._only(quote, reader) for quote in piece.quotes)
                yield Text(piece.markdown, tuple(quoted))
            elif isinstance(piece, PictureQuote):
                picture = self.pictures.picture(piece)
                if picture is not None:
                    yield picture
            elif piece.kind is ReferenceKind.TABLE:
                yield self._table(piece, reader)
            else:
                yield self._chart(piece, reader)

    def _only(self, quote: Quote, reader: Reader) -> QuotedFigure:
        place = self.place_of(quote.scopes[0], reader)
        return self.figure(quote.kpis[0], place, quote.month)

    def _places(self, quote: Quote, reader: Reader) -> tuple[FigureScope, ...]:
        return tuple(dict.fromkeys(self.place_of(scope, reader) for scope in quote.scopes))

    def _table(self, quote: Quote, reader: Reader) -> KpiTable:
        places = self._places(quote, reader)
        rows = tuple(
            KpiRow(
                gettext(KPIS[code].label),
                tuple(self.figure(code, place, quote.month) for place in places),
            )
            for code in quote.kpis
        )
        what = rows[0].label if len(rows) == 1 else gettext("Indicators")
        return KpiTable(
            caption=gettext("%(what)s in %(month)s")
            % {"what": what, "month": printing.month_of(quote.month)},
            month=quote.month,
            scope_names=tuple(figure.scope_name for figure in rows[0].figures),
            rows=rows,
        )

    def _chart(self, quote: Quote, reader: Reader) -> Chart:
        code, places = quote.kpis[0], self._places(quote, reader)
        key = (code, places, quote.month)
        if key not in self._drawn:
            lines = [
                [self.figure(code, place, month) for month in _months(quote)] for place in places
            ]
            self._drawn[key] = chart_part(code, lines, key=f"quoted-{len(self._drawn) + 1}-{code}")
        return self._drawn[key]


def _months(quote: Quote) -> tuple[date, ...]:
    """The months of which a reference shows figures, in order."""
    if quote.kind is not ReferenceKind.CHART:
        return (quote.month,)
    return tuple(add_months(quote.month, back - CHART_MONTHS + 1) for back in range(CHART_MONTHS))


def quoting_for(briefing: Briefing, known_at: datetime) -> Quoting:
    """What is needed to read and fill the references of a draft."""
    on = amsterdam_day(known_at)
    return Quoting(briefing, names_on(briefing, on), known_at, Pictures.of(briefing))


def problems_of(reading: Reading, pictures: Pictures) -> list[ReferenceProblem]:
    """Everything that is wrong with the references of a text."""
    found = list(reading.problems)
    for piece in reading.pieces:
        if isinstance(piece, PictureQuote) and not pictures.has(piece.number):
            found.append(
                ReferenceProblem(
                    f"afbeelding:{piece.number}", ReferenceFault.PICTURE, str(piece.number)
                )
            )
        elif isinstance(piece, Quote) and len(piece.scopes) > MOST_PLACES:
            found.append(
                ReferenceProblem(
                    ", ".join(piece.kpis), ReferenceFault.MANY_PLACES, str(MOST_PLACES)
                )
            )
    return found


def problems_in(text: str, quoting: Quoting) -> list[ReferenceProblem]:
    """Everything that is wrong with the references of a text as typed."""
    return problems_of(read(text, quoting.names.vocabulary()), quoting.pictures)


def problem_words(problem: ReferenceProblem) -> str:
    """What is wrong with a reference, for who wrote it, in the active language."""
    said = {
        ReferenceFault.NOT_CLOSED: gettext("“%(typed)s”: close the reference with ]]."),
        ReferenceFault.KIND: gettext(
            "“%(typed)s”: start with cijfer, tabel or grafiek and a colon, not “%(words)s”."
        ),
        ReferenceFault.PARTS: gettext(
            "“%(typed)s”: a reference has three parts with | between them: what, where, month."
        ),
        ReferenceFault.KPI: gettext("“%(typed)s”: there is no indicator “%(words)s”."),
        ReferenceFault.PLACE: gettext(
            "“%(typed)s”: “%(words)s” is no place. Write a municipality, a region, regio's,"
            " instelling or eigen gemeente."
        ),
        ReferenceFault.MONTH: gettext("“%(typed)s”: write the month as 2025-09."),
        ReferenceFault.ONE_KPI: gettext("“%(typed)s”: a figure or a chart shows one indicator."),
        ReferenceFault.ONE_PLACE: gettext("“%(typed)s”: a figure is of one place."),
        ReferenceFault.OWN_LINE: gettext(
            "“%(typed)s”: put a table or a chart on a line of its own."
        ),
        ReferenceFault.PICTURE_LINE: gettext("“%(typed)s”: put a picture on a line of its own."),
        ReferenceFault.PICTURE_WORDS: gettext(
            "“%(typed)s”: say between the square brackets what the picture shows, for who"
            " cannot see it."
        ),
        ReferenceFault.PICTURE: gettext(
            "“%(typed)s”: there is no picture %(words)s among the attachments."
        ),
        ReferenceFault.MANY_PLACES: gettext(
            "“%(typed)s”: a table or a chart has at most %(words)s places."
        ),
    }
    return said[problem.wrong] % {"typed": problem.typed[:80], "words": problem.words[:60]}
