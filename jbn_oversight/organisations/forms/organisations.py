"""Forms about organisations and what holds of them from a day until a day."""

from __future__ import annotations

from typing import Any, Final, Generic, TypeVar

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.actions import (
    add_authority,
    add_municipality,
    end_municipality,
    save_organisation,
    save_span,
)
from jbn_oversight.organisations.models import (
    Authority,
    AuthorityName,
    Institution,
    InstitutionTask,
    Municipality,
    MunicipalityRegion,
    Region,
    Task,
)
from jbn_oversight.organisations.selectors.organisations import state_of

M = TypeVar("M", bound=models.Model)
MOST_NAMES: Final = 30
LONGEST_NAME: Final = 100
_ARTICLES: Final = ("De", "Het", "'s", "'t", "Den")
valid_code: Final = RegexValidator(
    r"^(?!new$)[a-z0-9]+(-[a-z0-9]+)*\Z",
    _("Use small letters, digits and hyphens only, like noord-veluwe."),
)


def _day(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )


def _until() -> forms.DateField:
    return _day(
        _("Until (this day no longer counts)"),
        required=False,
        help_text=_("Leave empty where the end is not known."),
    )


def _code_field(help_text: Any) -> forms.CharField:
    return forms.CharField(
        label=_("Code in addresses"),
        max_length=50,
        validators=[valid_code],
        help_text=help_text,
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class NamesField(forms.CharField):
    """Other names, one on a line; cleaned to a list without empty lines and doubles."""

    widget = forms.Textarea(attrs={"rows": 3, "lang": "nl"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Other names"))
        kwargs.setdefault("help_text", _("Names that papers also write. One on each line."))
        super().__init__(required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """The names under each other."""
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def clean(self, value: Any) -> list[str]:
        """Each name once, in the order in which they were typed."""
        lines = (" ".join(line.split()) for line in (super().clean(value) or "").splitlines())
        names = list(dict.fromkeys(line for line in lines if line))
        if len(names) > MOST_NAMES or any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(
                _("Write at most %(names)s names, of at most %(letters)s letters each.")
                % {"names": MOST_NAMES, "letters": LONGEST_NAME}
            )
        return names

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as a list."""
        return bool(super().has_changed(self.prepare_value(initial), data))


class KeptForm(forms.ModelForm[M], Generic[M]):
    """A form of one row, checked by all constraints of its model and kept by an action.

    ``seen`` is the state of the row when the form was opened. An error of a constraint stands
    beside the field that the constraint names.
    """

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, instance: M, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        self.fields["seen"].initial = state_of(instance)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField) and hasattr(instance, f"{name}_id"):
                # Keys of rows show nowhere: the choice is made by a code.
                self.initial[name] = None if instance._state.adding else getattr(instance, name)

    def _get_validation_exclusions(self) -> set[str]:
        # What is not in the form still counts: a dated row's owner, above all.
        left_out: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]
        return left_out & set(self.fields)

    def _update_errors(self, errors: ValidationError) -> None:
        super()._update_errors(_beside(errors, set(self.fields)))  # type: ignore[misc]

    def keep(self, by: User) -> bool:
        """Do it; whether it was done. Where not, the form says why."""
        try:
            self._act(by)
        except ValidationError as error:
            self.add_error(None, _beside(error, set(self.fields)))
            return False
        return True

    def _act(self, by: User) -> object:
        raise NotImplementedError


def _beside(error: ValidationError, fields: set[str]) -> ValidationError:
    """The same errors, each beside the field that it is about, as far as the form has it."""
    found: dict[str, list[ValidationError]] = {}
    if hasattr(error, "error_dict"):
        pairs = [(name, each) for name, list_ in error.error_dict.items() for each in list_]
    else:
        pairs = [(NON_FIELD_ERRORS, each) for each in error.error_list]
    for name, each in pairs:
        field = each.code if name == NON_FIELD_ERRORS and each.code in fields else name
        known = field if field in fields else NON_FIELD_ERRORS
        found.setdefault(str(known), []).append(each)
    return ValidationError(found)


class _OrganisationForm(KeptForm[M]):
    def __init__(self, data: Any = None, *, instance: M, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        if not instance._state.adding:
            # Figures, addresses and files carry the code: it stays what it is.
            for name in ("code", "slug", "cbs_code"):
                self.fields.pop(name, None)

    def _act(self, by: User) -> object:
        return save_organisation(
            organisation=self.instance,  # type: ignore[type-var]
            seen=self.cleaned_data["seen"],
            by=by,
        )


class RegionForm(_OrganisationForm[Region]):
    """A region: its name, its code, and how papers also write it."""

    slug = _code_field(_("It stands in addresses and in deliveries, like groot-gelre."))
    aliases = NamesField()

    class Meta:
        model = Region
        fields = ["name", "slug", "aliases"]


class InstitutionForm(_OrganisationForm[Institution]):
    """An institution: its name, its code, and how papers also write it."""

    code = _code_field(_("It stands in addresses and in commands. Take a short one."))
    aliases = NamesField()

    class Meta:
        model = Institution
        fields = ["name", "code", "aliases"]


def name_in_lists(name: str) -> str:
    """A name as Dutch lists sort it: "Wolden, De"."""
    first, _space, rest = name.partition(" ")
    return f"{rest}, {first}" if rest and first in _ARTICLES else name


class MunicipalityForm(_OrganisationForm[Municipality]):
    """A municipality; a new one also says which region it belongs to."""

    cbs_code = forms.CharField(
        label=_("CBS code"), max_length=6, help_text=_("GM and four digits, like GM0014.")
    )
    sort_name = forms.CharField(
        label=_("Name in lists"),
        max_length=100,
        required=False,
        help_text=_("For example “Wolden, De”. Leave empty to let the portal make it."),
    )
    valid_from = _day(_("The municipality exists since"))
    region = forms.ModelChoiceField(
        Region.objects.all(),
        label=_("Region"),
        to_field_name="slug",
        empty_label=_("Choose a region"),
    )
    region_from = _day(
        _("In this region since"),
        required=False,
        help_text=_(
            "Was it made of municipalities of the same region? Then take the first day of those: "
            "deliveries name the new municipality for older months too. Empty: since it exists."
        ),
    )

    class Meta:
        model = Municipality
        fields = ["name", "sort_name", "cbs_code", "valid_from"]

    def __init__(self, data: Any = None, *, instance: Municipality, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        if not instance._state.adding:
            del self.fields["region"], self.fields["region_from"]

    def clean_cbs_code(self) -> str:
        """In capitals, as the CBS writes it."""
        return str(self.cleaned_data["cbs_code"]).strip().upper()

    def clean(self) -> dict[str, Any]:
        """The name in lists follows from the name."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("sort_name"):
            cleaned["sort_name"] = name_in_lists(cleaned.get("name", ""))
        return cleaned

    def _act(self, by: User) -> object:
        if not self.instance._state.adding:
            return super()._act(by)
        said = self.cleaned_data
        return add_municipality(
            municipality=self.instance,
            region=said["region"],
            region_from=said["region_from"] or said["valid_from"],
            by=by,
        )


class EndMunicipalityForm(KeptForm[Municipality]):
    """On which day a municipality ended, and as which one it went on."""

    valid_until = _day(
        _("First day on which it no longer exists"),
        required=False,
        help_text=_("Its place in a region ends on this day too. Empty: it goes on."),
    )
    successor = forms.ModelChoiceField(
        Municipality.objects.none(),
        label=_("It went on as"),
        to_field_name="cbs_code",
        required=False,
        empty_label=_("no other municipality"),
    )

    class Meta:
        model = Municipality
        fields = ["valid_until", "successor"]

    def __init__(self, data: Any = None, *, instance: Municipality, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        field = self.fields["successor"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Municipality.objects.exclude(pk=instance.pk)

    def _act(self, by: User) -> object:
        said = self.cleaned_data
        return end_municipality(
            municipality=Municipality.objects.get(pk=self.instance.pk),
            on=said["valid_until"],
            successor=said["successor"],
            seen=said["seen"],
            by=by,
        )


class AuthorityForm(_OrganisationForm[Authority]):
    """An authority: what the law lets it do; a new one also says its name."""

    code = _code_field(_("It stands in addresses and in files. Take a short one."))
    aliases = NamesField()
    name = forms.CharField(label=_("Name"), max_length=200)
    abbreviation = forms.CharField(label=_("Abbreviation"), max_length=20, required=False)
    source = forms.CharField(
        label=_("Source"), max_length=300, required=False, help_text=_("Where the name stands.")
    )
    from_on = _day(_("It has this name since"))

    class Meta:
        model = Authority
        fields = ["kind", "code", "aliases"]

    def __init__(self, data: Any = None, *, instance: Authority, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, **kwargs)
        if not instance._state.adding:
            for name in ("name", "abbreviation", "source", "from_on"):
                del self.fields[name]
        else:
            self.order_fields(["name", "abbreviation", "from_on", "source", "kind", "code"])

    def _act(self, by: User) -> object:
        if not self.instance._state.adding:
            return super()._act(by)
        said = self.cleaned_data
        name = AuthorityName(
            name=said["name"],
            abbreviation=said["abbreviation"],
            source=said["source"],
            from_on=said["from_on"],
        )
        return add_authority(authority=self.instance, name=name, by=by)


class _SpanForm(KeptForm[M]):
    def _act(self, by: User) -> object:
        seen = self.cleaned_data["seen"]
        return save_span(span=self.instance, seen=seen, by=by)  # type: ignore[type-var]


class MunicipalityRegionForm(_SpanForm[MunicipalityRegion]):
    """Which region a municipality belongs to, from a day until a day."""

    region = forms.ModelChoiceField(
        Region.objects.all(),
        label=_("Region"),
        to_field_name="slug",
        empty_label=_("Choose a region"),
    )
    from_on = _day(_("From"))
    until_on = _until()

    class Meta:
        model = MunicipalityRegion
        fields = ["region", "from_on", "until_on"]


class InstitutionTaskForm(_SpanForm[InstitutionTask]):
    """What an institution does in a region, from a day until a day."""

    task = forms.ChoiceField(label=_("Task"), choices=[("", _("Choose a task")), *Task.choices])
    region = forms.ModelChoiceField(
        Region.objects.all(),
        label=_("Region"),
        to_field_name="slug",
        empty_label=_("Choose a region"),
    )
    from_on = _day(_("From"))
    until_on = _until()

    class Meta:
        model = InstitutionTask
        fields = ["task", "region", "from_on", "until_on"]


class AuthorityNameForm(_SpanForm[AuthorityName]):
    """What an authority is called, from a day until a day."""

    from_on = _day(_("From"))
    until_on = _until()

    class Meta:
        model = AuthorityName
        fields = ["name", "abbreviation", "source", "from_on", "until_on"]
