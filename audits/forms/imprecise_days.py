"""Fields for a day that is known only roughly, and for the source that names it.

A day is typed as the source writes it ("27 maart 2025", "maart 2025", "2025"); how it is
written says how precise it is. A source is chosen, or typed once for the whole form.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from secrets import token_hex
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import Promise
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext_lazy as _

from audits.forms.submitted import RefusableForm
from audits.letters.rules import day_of
from certification.certificates.actions import Said, get_or_create_source
from certification.imprecise_days import ImpreciseDay
from certification.models.sources import Source
from certification.sentences import in_words
from jbn_oversight.accounts.models import User
from jbn_oversight.personal_numbers import no_personal_numbers

NEW: Final = "new"
"""The choice "the source that I type below"."""
COMMON: Final = "all_days_source"
"""Name of the field with the one source of all days that name no other."""
_SOURCE: Final = "_source"
_SHOWN: Final = 90
_KEPT: Final = "kept-"
NO_SOURCE: Final = _("Choose the source that names this day.")
NO_COMMON_SOURCE: Final = _(
    "Choose the source that names the days, or choose one at each day that you fill in."
)


class RoughDayField(forms.CharField):
    """A day as precisely as it is written; cleaned to an ``ImpreciseDay`` or None.

    Within a ``SaidForm`` a field ``<name>_source`` follows it, unless ``with_source`` is false.
    """

    default_error_messages = {
        "invalid": _(
            "This is not a day that exists. Write for example 27-03-2025, 27 maart 2025, "
            "eind maart 2025, maart 2025, eerste kwartaal 2025 or 2025."
        )
    }

    def __init__(self, *, with_source: bool = True, **kwargs: Any) -> None:
        kwargs.setdefault(
            "help_text", _("As the source writes it: 27 maart 2025, eind maart 2025, 2025.")
        )
        kwargs.setdefault("widget", forms.TextInput(attrs={"autocomplete": "off", "lang": "nl"}))
        super().__init__(max_length=60, **kwargs)
        self.with_source = with_source

    def prepare_value(self, value: Any) -> Any:
        """The day in words, such as the field reads back."""
        return in_words(value) if isinstance(value, ImpreciseDay) else value

    def clean(self, value: Any) -> ImpreciseDay | None:
        """The day; None for an empty field that may be empty."""
        text = super().clean(value)
        if not text:
            return None
        day = day_of(text)
        if day is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return day


class SourceField(forms.ChoiceField):
    """One of the known sources, by its code, or the one that is typed in the same form.

    ``needed_when`` says beside the label when a source that may stay empty is needed.
    """

    def __init__(self, *, needed_when: str | Promise = "", **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Source"))
        super().__init__(**kwargs)
        self.needed_when = needed_when
        self.offered: tuple[tuple[str, str | Promise], ...] = ()

    def offer(self, choices: Iterable[tuple[str, str | Promise]]) -> None:
        """Let these sources be chosen: their codes and words."""
        self.offered = tuple(choices)
        self.choices = self.offered


class NeededWhenField(forms.CharField):
    """Words that may stay empty, but for what ``needed_when`` says beside the label."""

    def __init__(self, *, needed_when: str | Promise, **kwargs: Any) -> None:
        super().__init__(required=False, validators=[no_personal_numbers], **kwargs)
        self.needed_when = needed_when


def _has_source(field: forms.Field) -> bool:
    """Whether it is a day beside which its source stands."""
    return isinstance(field, RoughDayField) and field.with_source


class WithSources(forms.BaseForm):
    """A form whose days and facts have a source.

    Declare days as ``RoughDayField`` and a source of the fact itself as ``SourceField``; the
    source of each day is added and, where there is any, the four fields of a new source. A form
    with several days begins with one source for all of them, since a letter tells them all.
    ``at`` is the instant of the request (aware): papers under embargo are not offered. Ask
    ``said`` and ``source_of`` after ``is_valid``, within a transaction: a new source is kept when
    it is first asked for.
    """

    common_source: ClassVar = COMMON
    """Name of the field whose source goes for each day that names no other."""
    NEW_SOURCE: ClassVar = (
        "new_source_publisher",
        "new_source_title",
        "new_source_url",
        "new_source_published",
    )

    def __init__(self, data: Any = None, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(data, *args, **kwargs)
        self._new: Source | None = None
        self._kept: dict[str, Source] = {}
        self._known: dict[str, Source] = {}
        self._add_sources()
        if any(self._source_names()):
            self._add_new_source()
        self._offer(at)

    def _add_sources(self) -> None:
        fields = dict(self.fields)
        days = sum(map(_has_source, fields.values()))
        has_common = days > 1 or self.common_source in fields
        self.fields.clear()
        if has_common and self.common_source not in fields:
            self.fields[self.common_source] = SourceField(
                label=_("Source of the days in this form"),
                required=False,
                help_text=_("Choose the letter or report once. It goes for each day below."),
                needed_when=_("needed when you fill in a day"),
            )
        for name, field in fields.items():
            self.fields[name] = field
            if _has_source(field):
                label = _("Source of: %(matter)s") % {"matter": field.label or name}
                self.fields[f"{name}{_SOURCE}"] = SourceField(
                    label=label,
                    required=field.required and not has_common,
                    needed_when=_("only if it is another")
                    if has_common
                    else _("needed when you fill in a day"),
                    error_messages={"required": NO_SOURCE},
                )

    def _add_new_source(self) -> None:
        publisher, title, url, published = self.NEW_SOURCE
        needed = _("needed for a new source")
        self.fields[publisher] = NeededWhenField(
            label=_("Publisher"), max_length=200, needed_when=needed
        )
        self.fields[title] = NeededWhenField(label=_("Title"), max_length=300, needed_when=needed)
        self.fields[url] = forms.URLField(
            label=_("Address on the internet"),
            max_length=500,
            required=False,
            assume_scheme="https",
        )
        self.fields[published] = RoughDayField(
            label=_("Published"), required=False, with_source=False
        )

    def _offer(self, at: datetime) -> None:
        known = list(Source.objects.nameable(at).order_by("publisher", "title"))
        self._known = {row.code: row for row in known}
        started = {
            name: code
            for name in self._source_names()
            if (code := self.get_initial_for_field(self.fields[name], name))
            and code not in self._known
        }
        # Of a paper that is not out even the code tells the title: it is kept under a number.
        kept = Source.objects.filter(code__in=started.values()).order_by("pk")
        self._kept = {f"{_KEPT}{number}": row for number, row in enumerate(kept, start=1)}
        keys = {row.code: key for key, row in self._kept.items()}
        own = {name: keys[code] for name, code in started.items() if code in keys}
        self.initial = {**self.initial, **own}
        choices: list[tuple[str, str | Promise]] = [
            ("", "—"),
            (NEW, _("the source that I type below")),
            *((key, _("the source that is there now; it is not public yet")) for key in self._kept),
            *((row.code, Truncator(str(row)).chars(_SHOWN)) for row in known),
        ]
        for name in self._source_names():
            field = self.fields[name]
            assert isinstance(field, SourceField)
            field.offer(choices)

    def _source_names(self) -> Iterator[str]:
        return (name for name, field in self.fields.items() if isinstance(field, SourceField))

    def clean(self) -> dict[str, Any]:
        """A day has its source, and a new source says who published what."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            own = f"{name}{_SOURCE}"
            if not _has_source(field) or not cleaned.get(name) or own in self.errors:
                continue
            cleaned[own] = cleaned.get(own) or cleaned.get(self.common_source)
            asked = self.common_source if self.common_source in self.fields else own
            if not cleaned[own] and asked not in self.errors:
                self.add_error(asked, NO_SOURCE if asked == own else NO_COMMON_SOURCE)
        if any(cleaned.get(name) == NEW for name in self._source_names()):
            for name in self.NEW_SOURCE[:2]:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Fill this in for the new source."))
        elif any(cleaned.get(name) for name in self.NEW_SOURCE):
            self.add_error(
                self.NEW_SOURCE[0],
                _("Nothing names this new source. Choose it above, or empty these fields."),
            )
        return cleaned

    def said(self, stem: str, by: User) -> Said:
        """The day of that name with its source; None where no day was given."""
        day = self.cleaned_data.get(stem)
        source = self.source_of(f"{stem}{_SOURCE}", by)
        return (day, source) if day and source else None

    def source_of(self, name: str, by: User) -> Source | None:
        """The source in that field; a new one is kept now, once."""
        chosen = self.cleaned_data.get(name)
        if not chosen:
            return None
        if chosen != NEW:
            return self.known_source(chosen)
        if self._new is None:
            publisher, title, url, published = (
                self.cleaned_data.get(field) for field in self.NEW_SOURCE
            )
            self._new = new_source(
                publisher=str(publisher),
                title=str(title),
                url=str(url or ""),
                published=published,
                by=by,
            )
        return self._new

    def known_source(self, chosen: str) -> Source:
        """The source that is there already, by its choice."""
        return self._kept.get(chosen) or self._known[chosen]

    @property
    def has_new_source(self) -> bool:
        """Whether there is a field that a new source could serve."""
        return self.NEW_SOURCE[0] in self.fields

    @property
    def asks_new_source(self) -> bool:
        """Whether the fields of a new source are in use, so that they are shown open."""
        if not self.has_new_source:
            return False
        return any(self[name].value() or self[name].errors for name in self.NEW_SOURCE) or any(
            self[name].value() == NEW for name in self._source_names()
        )

    def lines(self) -> Iterator[tuple[forms.BoundField, ...]]:
        """The fields as they are shown: a day together with its source, the others alone."""
        skipped = set(self.NEW_SOURCE)
        for name, field in self.fields.items():
            if name in skipped:
                continue
            if _has_source(field):
                skipped.add(f"{name}{_SOURCE}")
                yield (self[name], self[f"{name}{_SOURCE}"])
            else:
                yield (self[name],)

    def new_source_fields(self) -> Iterator[forms.BoundField]:
        """The fields of a new source."""
        return (self[name] for name in self.NEW_SOURCE)


class SaidForm(WithSources, RefusableForm):
    """A form whose days and facts have a source, and that is not of one row."""


def new_source(
    *, publisher: str, title: str, url: str, published: ImpreciseDay | None, by: User
) -> Source:
    """A source with a code made of its words; the same paper once more is the same source."""
    found = Source.objects.filter(
        publisher=publisher,
        title=title,
        url=url,
        published_on=published.on if published else None,
        document=None,
    ).first()
    if found:
        return found
    return get_or_create_source(
        code=f"{slugify(f'{publisher} {title}')[:40].strip('-') or 'bron'}-{token_hex(3)}",
        publisher=publisher,
        title=title,
        url=url,
        published=published,
        by=by,
    )


def said_initial(row: models.Model, *stems: str) -> dict[str, object]:
    """What ``RoughDayField`` and its source start with, from ``<stem>_on``, ``_precision``,
    ``_source`` of a row."""
    initial: dict[str, object] = {}
    for stem in stems:
        on: date | None = getattr(row, f"{stem}_on")
        if on:
            initial[stem] = ImpreciseDay.of(on, getattr(row, f"{stem}_precision"))
        source = getattr(row, f"{stem}{_SOURCE}", None)
        if source:
            initial[f"{stem}{_SOURCE}"] = source.code
    return initial
