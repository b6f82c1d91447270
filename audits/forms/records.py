"""Forms of one row. What a field is, is said once: in its model.

Labels, help, choices, lengths and limits come from the columns, and the sentences of what cannot
be from the constraints. ``Meta.fields`` names columns in the order of the page; a day that is
known only roughly goes by its stem (``presented`` for ``presented_on``, ``presented_precision``
and ``presented_source``), and a source, a document and a passage are offered as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from typing import Any, ClassVar, Final, Generic, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, FieldDoesNotExist, ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms.models import ModelFormMetaclass, construct_instance
from django.utils.text import capfirst
from django_stubs_ext import StrOrPromise

from audits.forms.documents import DocumentField, PassageField
from audits.forms.imprecise_days import NEW, RoughDayField, SourceField, WithSources
from audits.forms.submitted import CanBeRefused
from certification.imprecise_days import ImpreciseDay
from certification.models import Document, Passage
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Institution

M = TypeVar("M", bound=models.Model)
NOT_CHOSEN: Final = "—"
_PUBLIC_NAMES: Final = ("public_id", "code")
_ON: Final = "_on"
_PRECISION: Final = "_precision"
_SOURCE: Final = "_source"


def _column(model: type[models.Model], name: str) -> Any:
    """The column of that name; None where the model has none."""
    try:
        return model._meta.get_field(name)
    except FieldDoesNotExist:
        return None


def _rough_day_of(meta: Any, stem: str) -> RoughDayField | None:
    """The field of a day that is known only roughly; None where it is no such day."""
    model: type[models.Model] = meta.model
    day = _column(model, f"{stem}{_ON}")
    if day is None or _column(model, f"{stem}{_PRECISION}") is None:
        return None
    label = getattr(meta, "labels", {}).get(stem) or capfirst(day.verbose_name)
    help_text = getattr(meta, "help_texts", {}).get(stem) or day.help_text
    return RoughDayField(
        label=label,
        required=not day.null,
        with_source=_column(model, f"{stem}{_SOURCE}") is not None,
        **({"help_text": help_text} if help_text else {}),
    )


def _limits(column: Any) -> dict[str, Any]:
    """The least and the most of a number and what words may not hold, as the column says."""
    found: dict[str, Any] = {}
    for validator in column.deconstruct()[3].get("validators", ()):
        if isinstance(validator, MinValueValidator):
            found["min_value"] = validator.limit_value
        elif isinstance(validator, MaxValueValidator):
            found["max_value"] = validator.limit_value
        else:
            found.setdefault("validators", []).append(validator)
    return found


def field_of(column: Any, **given: Any) -> Any:
    """The field of a column, as all forms of this floor have it; ``given`` goes first."""
    kind = column.remote_field.model if column.remote_field else None
    said: dict[str, Any] = {"label": capfirst(column.verbose_name)}
    if column.help_text:
        said["help_text"] = column.help_text
    said |= _limits(column)
    said |= given
    if kind is Source:
        return SourceField(required=not column.blank, **said)
    if kind in (Document, Passage):
        return (DocumentField if kind is Document else PassageField)(**said)
    if isinstance(column, models.ManyToManyField):
        said.setdefault("widget", forms.CheckboxSelectMultiple)
    elif isinstance(column, models.ForeignKey) and column.null:
        said.setdefault("empty_label", NOT_CHOSEN)
    elif isinstance(column, models.DateField):
        said.setdefault("widget", forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    elif isinstance(column, models.DecimalField):
        said.setdefault("widget", forms.TextInput(attrs={"inputmode": "decimal"}))
        said.setdefault("localize", True)
    elif isinstance(column, models.TextField):
        said.setdefault("widget", forms.Textarea(attrs={"rows": 4, "lang": "nl"}))
    elif isinstance(column, models.CharField) and not column.choices:
        said.setdefault("widget", forms.TextInput(attrs={"lang": "nl"}))
    if kind is not None:
        names = (name for name in _PUBLIC_NAMES if _column(kind, name) is not None)
        said.setdefault("to_field_name", next(names, None))
    field: Any = column.formfield(**said)
    if isinstance(field, forms.ChoiceField) and field.required and column.choices:
        # What must be chosen offers no nothing.
        offered: Any = field.choices
        field.choices = [choice for choice in offered if choice[0] != ""]
    return field


def choice_of(
    model: type[models.Model], name: str, choices: Sequence[tuple[str, StrOrPromise]]
) -> forms.ChoiceField:
    """The field of a column of codes whose choices are no matter of the database."""
    column: Any = model._meta.get_field(name)
    return forms.ChoiceField(
        label=capfirst(column.verbose_name),
        help_text=column.help_text,
        required=not column.blank,
        choices=choices,
    )


class _OfItsModel(ModelFormMetaclass):
    """Makes the fields of days that are known only roughly from their columns too."""

    def __new__(
        cls, name: str, bases: tuple[type, ...], attrs: dict[str, Any], **kwargs: Any
    ) -> _OfItsModel:
        meta = attrs.get("Meta")
        model = getattr(meta, "model", None)
        if model is not None and meta is not None:
            meta.formfield_callback = field_of
            for field in meta.fields:
                stored = attrs.get("stored_as", {}).get(field)
                if field in attrs or not (stored or _column(model, field) is None):
                    continue
                made_of = _rough_day_of(meta, stored or field)
                if made_of is None and stored:
                    made_of = field_of(_column(model, stored))
                if made_of is not None:
                    attrs[field] = made_of
        made: Any = super().__new__(cls, name, bases, attrs, **kwargs)
        if made._meta.fields:
            # A source is a row only once somebody keeps it: the form lays it over itself.
            made._meta.fields = [
                field
                for field in made._meta.fields
                if not isinstance(made.base_fields[field], SourceField)
            ]
        return made  # type: ignore[no-any-return]


class RecordForm(CanBeRefused, forms.ModelForm[M], Generic[M], metaclass=_OfItsModel):
    """A form of one row, checked by all constraints of its model; an action keeps the row.

    ``instance`` itself stays as it is: ``record`` gives a copy with what was typed.
    """

    stored_as: ClassVar[Mapping[str, str]] = {}
    """Columns (or stems of days) of fields that go by another name."""
    settled: ClassVar[frozenset[str]] = frozenset()
    """Columns that the action fills, or holds against the others in words of its own."""
    needed: ClassVar[tuple[str, ...]] = ()
    """Fields that must be filled in here, though the column may be empty."""
    needed_when: ClassVar[Mapping[str, StrOrPromise]] = {}
    """What stands beside the label of a field that must be filled in at times only."""

    def __init__(
        self,
        data: Any = None,
        *,
        instance: M,
        initial: Mapping[str, object] | None = None,
        **kwargs: Any,
    ) -> None:
        started = {**self._started(instance), **(initial or {})}
        super().__init__(data, instance=copy(instance), initial=started, **kwargs)
        for name in self.needed:
            self.fields[name].required = True
            self.fields[name].widget.is_required = True
        for name, words in self.needed_when.items():
            vars(self.fields[name])["needed_when"] = words
        if instance._state.adding:
            # What the model has no default for starts as the field says.
            self.initial = {
                name: value
                for name, value in self.initial.items()
                if name in started or value not in (None, "")
            }

    @classmethod
    def column_of(cls, name: str) -> str:
        """The column, or the stem of a day, that a field of the form is about."""
        return cls.stored_as.get(name, name)

    def _started(self, row: M) -> dict[str, object]:
        """What fields start with that are no plain columns: relations, by what shows of them."""
        started: dict[str, object] = {}
        for name, field in self.base_fields.items():
            column = _column(type(row), self.column_of(name))
            if column is None or column.many_to_many or isinstance(field, RoughDayField):
                continue
            if column.remote_field is None:
                if name in self.stored_as:
                    started[name] = getattr(row, column.name)
                continue
            # Keys of rows show nowhere: a choice is made by a public name.
            value = None if getattr(row, column.attname) is None else getattr(row, column.name)
            started[name] = (
                value.code if isinstance(field, SourceField) and value is not None else value
            )
        return started

    def offer(self, name: str, rows: models.QuerySet[Any]) -> None:
        """Let these rows be chosen."""
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def _lay(self) -> None:
        """Lay what was typed over the row."""
        construct_instance(self, self.instance, self._meta.fields, self._meta.exclude)
        for name, column in self.stored_as.items():
            if name in self.cleaned_data and not isinstance(
                self.fields[name], RoughDayField | SourceField
            ):
                setattr(self.instance, column, self.cleaned_data[name])

    def _columns_of(self, name: str) -> Iterator[str]:
        """The columns that a field fills."""
        column = self.column_of(name)
        if isinstance(self.fields.get(name), RoughDayField):
            yield from (f"{column}{_ON}", f"{column}{_PRECISION}")
        else:
            yield column

    def _unsettled(self) -> set[str]:
        """Columns of which it is not known yet what they will hold."""
        wrong = {column for name in self.errors for column in self._columns_of(name)}
        return wrong | self.settled

    def _get_validation_exclusions(self) -> set[str]:
        # What is not in the form still counts: whose row it is, above all.
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return (left_out & set(self._meta.fields or ())) | self._unsettled()

    def _post_clean(self) -> None:
        self._lay()
        super()._post_clean()  # type: ignore[misc]

    def _update_errors(self, errors: ValidationError) -> None:
        super()._update_errors(self._beside(errors))  # type: ignore[misc]

    def _beside(self, error: ValidationError) -> ValidationError:
        """The same errors, each beside the field that it is about, as far as the form has it."""
        fields = {name: name for name in self.fields}
        columns = ((self.column_of(name), name) for name in self.fields)
        fields |= {column: name for column, name in columns if column not in fields}
        fields |= {column: name for name in self.fields for column in self._columns_of(name)}
        found: dict[str, list[ValidationError]] = {}
        for name, each in _pairs(error):
            about = fields.get(str(each.code) if name == NON_FIELD_ERRORS else name)
            found.setdefault(about or NON_FIELD_ERRORS, []).append(each)
        return ValidationError(found)

    def record(self, by: User) -> M:
        """The row with what was typed, for an action; not saved. After ``is_valid``."""
        return self.instance

    def ties(self) -> dict[str, list[models.Model]]:
        """The rows that were chosen of each relation to many, for an action."""
        many = {field.name for field in self.instance._meta.many_to_many}
        return {name: list(self.cleaned_data[name]) for name in self.fields if name in many}


def _pairs(error: ValidationError) -> Iterator[tuple[str, ValidationError]]:
    """Each error with the column that it is of."""
    if hasattr(error, "error_dict"):
        for name, errors in error.error_dict.items():
            yield from ((name, each) for each in errors)
    else:
        yield from ((NON_FIELD_ERRORS, each) for each in error.error_list)


class SaidRecordForm(WithSources, RecordForm[M], Generic[M]):
    """A form of one row whose days and facts have a source.

    ``institution`` is whose documents and passages are offered; without one they are not asked.
    """

    def __init__(
        self,
        data: Any = None,
        *,
        institution: Institution | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, **kwargs)
        at = kwargs["at"]
        for name, field in list(self.fields.items()):
            if not isinstance(field, DocumentField | PassageField):
                continue
            if institution is None:
                # The register holds papers about institutions that have pages here.
                del self.fields[name]
            else:
                field.offer(institution, at, getattr(self.instance, self.column_of(name)))

    def _started(self, row: M) -> dict[str, object]:
        started = super()._started(row)
        for name, field in self.base_fields.items():
            if not isinstance(field, RoughDayField):
                continue
            stem = self.column_of(name)
            if on := getattr(row, f"{stem}{_ON}"):
                started[name] = ImpreciseDay.of(on, getattr(row, f"{stem}{_PRECISION}"))
            column = self._source_column(name)
            if column and getattr(row, f"{column}_id"):
                started[f"{name}{_SOURCE}"] = getattr(row, column).code
        return started

    @classmethod
    def _source_column(cls, name: str) -> str:
        """The column with the source of a day; empty where it has none."""
        own = f"{name}{_SOURCE}"
        column = cls.stored_as.get(own, f"{cls.column_of(name)}{_SOURCE}")
        return column if _column(cls._meta.model, column) is not None else ""

    def _sources(self) -> Iterator[tuple[str, str]]:
        """Each field with a source and the column that keeps it."""
        for name, field in self.fields.items():
            if isinstance(field, RoughDayField):
                if f"{name}{_SOURCE}" in self.fields and self._source_column(name):
                    yield f"{name}{_SOURCE}", self._source_column(name)
            elif isinstance(field, SourceField):
                column = self.column_of(name)
                if _column(self._meta.model, column) is not None and not self._is_of_a_day(name):
                    yield name, column

    def _is_of_a_day(self, name: str) -> bool:
        day = self.fields.get(name.removesuffix(_SOURCE))
        return name.endswith(_SOURCE) and isinstance(day, RoughDayField)

    def _named_source(self, name: str) -> str:
        """What was chosen as the source; empty where the day that it is of was left out."""
        if self._is_of_a_day(name) and not self.cleaned_data.get(name.removesuffix(_SOURCE)):
            return ""
        return self.cleaned_data.get(name) or ""

    def _lay(self) -> None:
        super()._lay()
        for name, field in self.fields.items():
            if isinstance(field, RoughDayField) and name in self.cleaned_data:
                day: ImpreciseDay | None = self.cleaned_data[name]
                stem = self.column_of(name)
                if _column(self._meta.model, f"{stem}{_ON}") is not None:
                    setattr(self.instance, f"{stem}{_ON}", day.on if day else None)
                    setattr(
                        self.instance, f"{stem}{_PRECISION}", day.precision.value if day else ""
                    )
        for name, column in self._sources():
            chosen = self._named_source(name)
            if chosen != NEW:
                setattr(self.instance, column, self.known_source(chosen) if chosen else None)

    def _unsettled(self) -> set[str]:
        # A source that is typed here is a row only once the action is done.
        new = {column for name, column in self._sources() if self._named_source(name) == NEW}
        wrong = {column for name, column in self._sources() if name in self.errors}
        return super()._unsettled() | new | wrong

    def record(self, by: User) -> M:
        """The row with what was typed, for an action; a new source is kept now."""
        for name, column in self._sources():
            if self._named_source(name) == NEW:
                setattr(self.instance, column, self.source_of(name, by))
        return self.instance
