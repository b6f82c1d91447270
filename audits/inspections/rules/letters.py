"""What a pasted letter suggests for each form. Nothing is recorded; somebody looks at it first."""

from __future__ import annotations

from audits.letters.rules import MEASURES, FoundDay, Suggestions
from certification.imprecise_days import ImpreciseDay, Precision, months_later

Suggested = dict[str, object]


def _filled(**found: object) -> Suggested:
    return {name: value for name, value in found.items() if value}


def _first(found: tuple[FoundDay, ...]) -> ImpreciseDay | None:
    return found[0].day if found else None


def for_inspection(letter: Suggestions) -> Suggested:
    """Announcement, field work and expected report."""
    fieldwork = letter.day_near("bezoek", "bezoeken", "veldwerk", "toezichtbezoek")
    planned = letter.day_near("rapport", "rapportage")
    announced = letter.day_near("kondig", "aankondig", "aangekondigd", "brief") or next(
        (found.day for found in letter.days if found.day not in (fieldwork, planned)), None
    )
    return _filled(announced=announced, fieldwork=fieldwork, planned=planned)


def for_message(letter: Suggestions) -> Suggested:
    """The day of the message: the first that stands in it."""
    return _filled(sent=_first(letter.days))


def for_report(letter: Suggestions) -> Suggested:
    """The day of publication."""
    day = letter.day_near("gepubliceerd", "publiceren", "publicatie", "openbaar", "vastgesteld")
    return _filled(published=day or letter.day_near("rapport"))


def for_measure(letter: Suggestions) -> Suggested:
    """The measure, the day on which it begins, and the end of its term.

    A term in months gives a last day only from a first day that is known to the day.
    """
    imposed = letter.day_near("ingang", "leggen", "opgelegd", "opleggen", "stellen", "besluit")
    term = letter.day_near("uiterlijk", "tot en met", "termijn", "verbeterd")
    if imposed is None:
        imposed = next((found.day for found in letter.days if found.day != term), None)
    if term == imposed:
        term = None
    months = letter.months()
    if term is None and months and imposed and imposed.precision is Precision.DAY:
        term = ImpreciseDay(months_later(imposed.on, months))
    return _filled(kind=letter.first_word(MEASURES), imposed=imposed, term_ends=term)


def for_lifting(letter: Suggestions) -> Suggested:
    """The day on which a measure ends."""
    day = letter.day_near("beëindig", "opgeheven", "opheffen", "opheffing", "eindigt", "ingang")
    return _filled(ended=day or _first(letter.days))


def for_visit(letter: Suggestions) -> Suggested:
    """The day of a visit: held where the letter looks back, else due."""
    held = letter.day_near("bezocht", "bezochten")
    due = letter.day_near("bezoek", "bezoeken", "uiterlijk")
    return _filled(held=held, due=due if due != held else None)
