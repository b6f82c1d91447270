"""What a letter in Dutch says: days, terms, and the words for decisions and measures. Pure.

Everything found is a suggestion, given with the words it stands in. Nothing is guessed: a day
without its year is left aside, and a day is never made more precise than it is written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from certification.imprecise_days import ImpreciseDay, Precision

AROUND: Final = 60
"""As many letters of the sentence stand on either side of what was found."""
MOST_LETTERS: Final = 20_000
_FIRST_YEAR: Final = 1990
_LAST_YEAR: Final = 2099

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("januari", "jan", "january"),
            ("februari", "feb", "february"),
            ("maart", "mrt", "march"),
            ("april", "apr"),
            ("mei", "may"),
            ("juni", "jun", "june"),
            ("juli", "jul", "july"),
            ("augustus", "aug", "august"),
            ("september", "sept", "sep"),
            ("oktober", "okt", "october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
_PARTS: Final = {
    **dict.fromkeys(("begin", "aanvang", "early"), 1),
    **dict.fromkeys(("medio", "half", "midden", "mid", "halverwege"), 11),
    **dict.fromkeys(("eind", "einde", "ultimo", "late"), 21),
}
_QUARTERS: Final = {"eerste": 1, "tweede": 2, "derde": 3, "vierde": 4, "laatste": 4}
_ONES: Final = (
    *("nul", "een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien"),
    *("elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien"),
    *("negentien", "twintig"),
)
_TENS: Final = {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60}


def _numbers() -> dict[str, int]:
    words = {word: number for number, word in enumerate(_ONES)}
    for ten, value in _TENS.items():
        words[ten] = value
        for number, one in enumerate(_ONES[1:10], start=1):
            words[f"{one}{'ën' if one.endswith('e') else 'en'}{ten}"] = value + number
    return {**words, "één": 1, "negentig": 90, "honderd": 100}


NUMBERS: Final = _numbers()


class TermUnit(StrEnum):
    """What a term is counted in."""

    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"


class Word(StrEnum):
    """A thing that a letter can be about; the values are those of the register's own choices."""

    CERTIFICATE = "certificate"
    PROVISIONAL = "provisional"
    BRIDGING = "bridging"
    SUSPENDED = "suspended"
    RESTRICTED = "restricted"
    WITHDRAWN = "withdrawn"
    NOT_RENEWED = "not_renewed"
    INTENSIFIED = "intensified"
    HEIGHTENED = "heightened"
    INSTRUCTION = "instruction"
    ORDER = "order"


CERTIFICATE_KINDS: Final = (Word.BRIDGING, Word.PROVISIONAL, Word.CERTIFICATE)
"""The most particular first."""
DECISIONS: Final = (Word.SUSPENDED, Word.RESTRICTED, Word.WITHDRAWN, Word.NOT_RENEWED)
MEASURES: Final = (Word.ORDER, Word.INSTRUCTION, Word.HEIGHTENED, Word.INTENSIFIED)


@dataclass(frozen=True, slots=True)
class FoundDay:
    """A day in a letter: the words for it, and the sentence around them."""

    day: ImpreciseDay
    words: str
    around: str


@dataclass(frozen=True, slots=True)
class FoundTerm:
    """A term: ``count`` of ``unit``; years are counted in months."""

    count: int
    unit: TermUnit
    words: str
    around: str


@dataclass(frozen=True, slots=True)
class FoundWord:
    """A decision, certificate or measure that the letter names."""

    word: Word
    words: str
    around: str


@dataclass(frozen=True, slots=True)
class Suggestions:
    """Everything found in a letter, in the order in which it stands there."""

    days: tuple[FoundDay, ...] = ()
    terms: tuple[FoundTerm, ...] = ()
    words: tuple[FoundWord, ...] = ()

    def __bool__(self) -> bool:
        """Whether anything was found."""
        return bool(self.days or self.terms or self.words)

    def first_word(self, among: tuple[Word, ...]) -> str:
        """The first of these that the letter names, in the order given; else empty."""
        named = {found.word for found in self.words}
        return next((word.value for word in among if word in named), "")

    def day_near(self, *words: str) -> ImpreciseDay | None:
        """The first day in whose sentence one of these words stands; whole words, any case."""
        pattern = re.compile("|".join(rf"\b{re.escape(word)}" for word in words), re.IGNORECASE)
        return next((found.day for found in self.days if pattern.search(found.around)), None)

    def months(self) -> int | None:
        """The first term in months, if there is one."""
        return next((term.count for term in self.terms if term.unit is TermUnit.MONTHS), None)


_MONTH: Final = "|".join(sorted(MONTHS, key=len, reverse=True))
_YEAR: Final = r"(?:19|20)\d\d"
_OF: Final = r"\s+(?:van\s+|of\s+)?(?:de\s+maand\s+|het\s+jaar\s+)?"
_DAYS: Final = re.compile(
    rf"""(?<![\w\-/.])(?:
        (?P<iso>{_YEAR}-\d\d-\d\d)
      | (?P<from>\d{{1,2}})(?:\s+(?P<from_month>{_MONTH})\.?)?
        \s*(?:tot\s+en\s+met|t/m|tot|en|-|–)\s*
        (?P<till>\d{{1,2}})\s+(?P<till_month>{_MONTH})\.?\s+(?P<till_year>{_YEAR})
      | (?P<day>\d{{1,2}})(?:e|ste|de)?\s+(?P<month>{_MONTH})\.?,?\s+(?P<year>{_YEAR})
      | (?P<d>\d{{1,2}})(?P<sign>[-/.])(?P<m>\d{{1,2}})(?P=sign)(?P<y>{_YEAR})
      | (?P<part>{"|".join(_PARTS)}){_OF}(?P<part_month>{_MONTH})\.?\s+(?P<part_year>{_YEAR})
      | (?P<quarter>eerste|tweede|derde|vierde|laatste|[1-4](?:e|ste|de))\s+kwartaal{_OF}
        (?P<quarter_year>{_YEAR})
      | (?:quarter\s+|kwartaal\s+|(?=q))(?P<q>q?[1-4])(?:{_OF}|\s+)(?P<q_year>{_YEAR})
      | (?P<whole_month>{_MONTH})\.?\s+(?P<month_year>{_YEAR})
      | (?:in|(?:begin|medio|eind(?:e)?|voorjaar|najaar|zomer|winter|loop|heel)(?:\s+van)?)
        (?:\s+het\s+jaar)?\s+(?P<only_year>{_YEAR})
    )(?![\w/]|[-.]\d)""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER: Final = "|".join(sorted(NUMBERS, key=len, reverse=True))
_UNITS: Final = {
    "werkdag": (TermUnit.WORKING_DAYS, 1),
    "dag": (TermUnit.DAYS, 1),
    "we": (TermUnit.WEEKS, 1),
    "maand": (TermUnit.MONTHS, 1),
    "jaar": (TermUnit.MONTHS, 12),
    "jaren": (TermUnit.MONTHS, 12),
}
_TERMS: Final = re.compile(
    rf"""(?<![\w,.-])(?:(?P<part>anderhalf|half|halve|driekwart)
      | (?P<count>\d{{1,3}}|{_NUMBER})(?:\s*\(\s*\w+\s*\))?)\s+
    (?:kalender)?(?P<unit>werkdag(?:en)?|dag(?:en)?|we(?:ek|ken)|maand(?:en)?|jaar|jaren)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_PARTS_OF_YEAR: Final = {"anderhalf": 18, "half": 6, "halve": 6, "driekwart": 9}
_WORDS: Final = {
    Word.BRIDGING: r"overbruggings?[- ]?certificaat|overbruggend\w*\s+certificaat",
    Word.PROVISIONAL: r"voorlopige?\s+certifica(?:at|ten|tie|ering)",
    Word.CERTIFICATE: r"certificaat",
    Word.SUSPENDED: r"(?:op)?geschorst|schorsing|schorsen|schorten?\b",
    Word.RESTRICTED: r"certificaat\s+(?:wordt\s+)?beperkt"
    r"|beperking\s+van\s+(?:het|uw)\s+certificaat",
    Word.WITHDRAWN: r"ingetrokken|intrekking|intrekken|trekken?\s[^.]{0,60}\bin\b",
    Word.NOT_RENEWED: r"niet\s+(?:te\s+)?verleng(?:d|en)|niet\s+vernieuwd"
    r"|verlenging\s+[^.]{0,40}afgewezen",
    Word.INTENSIFIED: r"ge[ïi]ntensiveerd\s+toezicht",
    Word.HEIGHTENED: r"verscherpt\w*\s+toezicht",
    Word.INSTRUCTION: r"(?:schriftelijke\s+)?aanwijzing",
    Word.ORDER: r"(?:schriftelijk\s+)?bevel",
}


def read(letter: str) -> Suggestions:
    """What stands in a letter, of which at most ``MOST_LETTERS`` are read.

    A day that does not exist (31 februari 2025) and a year outside 1990 to 2099 are left aside.
    """
    paragraphs = re.split(r"\n\s*\n", letter[:MOST_LETTERS])
    text = "\n".join(" ".join(paragraph.split()) for paragraph in paragraphs)
    return Suggestions(
        days=tuple(_days(text)), terms=tuple(_terms(text)), words=tuple(_named(text))
    )


def day_of(words: str) -> ImpreciseDay | None:
    """A day as somebody types it: "27-03-2025", "maart 2025", "eind februari 2025", "2025".

    None for anything else, also where more is typed than one day.
    """
    text = " ".join(words.split())
    if re.fullmatch(_YEAR, text):
        return _imprecise(int(text), 1, 1, Precision.YEAR)
    found = _DAYS.match(text)
    if found is None or found.end() != len(text):
        return None
    days = list(_days_in(found))
    return days[0] if len(days) == 1 else None


def _around(text: str, start: int, end: int) -> str:
    """The words before and after, within the sentence and not cut in a word."""
    before = text[max(0, start - AROUND) : start]
    after = text[end : end + AROUND]
    if start > AROUND:
        before = before.partition(" ")[2]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0]
    before = re.split(r"[.;!?]\s|\n", before)[-1]
    after = re.split(r"[.;!?](?:\s|$)|\n", after, maxsplit=1)[0]
    return f"{before}{text[start:end]}{after}".strip()


def _days(text: str) -> Iterator[FoundDay]:
    seen = set()
    for found in _DAYS.finditer(text):
        for day in _days_in(found):
            if day not in seen:
                seen.add(day)
                yield FoundDay(day, found[0], _around(text, *found.span()))


def _days_in(found: re.Match[str]) -> Iterator[ImpreciseDay]:
    """One day, or the two ends of a span."""
    for day in _written(found):
        if day is not None:
            yield day


def _written(found: re.Match[str]) -> Iterator[ImpreciseDay | None]:
    part = {name: value.lower() for name, value in found.groupdict().items() if value}
    if "iso" in part:
        year, month, day = (int(number) for number in part["iso"].split("-"))
        yield _imprecise(year, month, day)
    elif "till" in part:
        year, last = int(part["till_year"]), MONTHS[part["till_month"]]
        first = MONTHS[part["from_month"]] if "from_month" in part else last
        yield _imprecise(year - (first > last), first, int(part["from"]))
        yield _imprecise(year, last, int(part["till"]))
    elif "day" in part:
        yield _imprecise(int(part["year"]), MONTHS[part["month"]], int(part["day"]))
    elif "d" in part:
        yield _imprecise(int(part["y"]), int(part["m"]), int(part["d"]))
    elif "part" in part:
        month, first_day = MONTHS[part["part_month"]], _PARTS[part["part"]]
        yield _imprecise(int(part["part_year"]), month, first_day, Precision.PART_OF_MONTH)
    elif "quarter" in part or "q" in part:
        named = part.get("quarter") or part["q"].lstrip("q")
        number = _QUARTERS.get(named) or int(named[0])
        year = int(part.get("quarter_year") or part["q_year"])
        yield _imprecise(year, number * 3 - 2, 1, Precision.QUARTER)
    elif "whole_month" in part:
        month = MONTHS[part["whole_month"]]
        yield _imprecise(int(part["month_year"]), month, 1, Precision.MONTH)
    else:
        yield _imprecise(int(part["only_year"]), 1, 1, Precision.YEAR)


def _imprecise(
    year: int, month: int, day: int, precision: Precision = Precision.DAY
) -> ImpreciseDay | None:
    if not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    try:
        return ImpreciseDay(date(year, month, day), precision)
    except ValueError:
        return None


def _terms(text: str) -> Iterator[FoundTerm]:
    for found in _TERMS.finditer(text):
        stem = found["unit"].lower()
        unit, months = next(value for name, value in _UNITS.items() if stem.startswith(name))
        if found["part"]:
            if not stem.startswith("jaar"):
                continue
            count = _PARTS_OF_YEAR[found["part"].lower()]
        else:
            said = found["count"].lower()
            count = (NUMBERS[said] if said in NUMBERS else int(said)) * months
        if count:
            yield FoundTerm(count, unit, found[0], _around(text, *found.span()))


def _named(text: str) -> Iterator[FoundWord]:
    taken: list[tuple[int, int]] = []
    found_words = []
    for word, pattern in _WORDS.items():
        for found in re.finditer(rf"(?<!\w)(?:{pattern})", text, re.IGNORECASE):
            start, end = found.span()
            # "Voorlopig certificaat" is not also a certificate without more.
            if word in CERTIFICATE_KINDS:
                if any(start < other_end and other < end for other, other_end in taken):
                    continue
                taken.append((start, end))
            found_words.append((start, FoundWord(word, found[0], _around(text, start, end))))
    seen = set()
    for _start, named in sorted(found_words, key=lambda pair: pair[0]):
        if named.word not in seen:
            seen.add(named.word)
            yield named
