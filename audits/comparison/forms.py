"""The form for a theme: its title, and which norms and figures it joins."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.comparison.actions.themes import Norm, ThemeFields, next_position
from audits.forms.submitted import RefusableForm
from audits.models.comparison import ComparisonTheme
from certification.indicators.rules.kpis import KPIS
from certification.models.frameworks import NormTheme
from jbn_oversight.personal_numbers import no_personal_numbers

_PARTING: Final = "/"


def _key(norm: Norm) -> str:
    return _PARTING.join(norm)


def norm_of(row: NormTheme) -> Norm:
    """How a theme of a framework is named, whatever the version."""
    return (row.framework.code, row.code)


class ThemeForm(RefusableForm):
    """A matter that several bodies judge."""

    title = forms.CharField(
        label=_("Theme"),
        max_length=200,
        help_text=_("What the norms and figures have in common, in a few words."),
        widget=forms.TextInput(attrs={"lang": "nl"}),
        validators=[no_personal_numbers],
    )
    position = forms.IntegerField(
        label=_("Place in the order"),
        min_value=1,
        max_value=999,
        help_text=_("1 stands on top."),
    )
    norms = forms.MultipleChoiceField(
        label=_("Norms that are about this"),
        required=False,
        help_text=_(
            "Choose norms or figures of at least two parties. Each norm keeps the words and the "
            "scale of its own body."
        ),
        widget=forms.CheckboxSelectMultiple,
    )
    kpis = forms.MultipleChoiceField(
        label=_("Own figures that are about this"),
        required=False,
        choices=[(code, _(kpi.label)) for code, kpi in KPIS.items()],
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, data: Any = None, *, theme: ComparisonTheme | None) -> None:
        super().__init__(data, initial=_initial(theme))
        self._norms: dict[str, Norm] = {}
        field = self.fields["norms"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = self._groups()

    def _groups(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The themes of each framework once, in the words of its last version."""
        rows = NormTheme.objects.select_related("framework").order_by(
            "framework__authority__code", "framework__code", "position", "-framework__valid_from"
        )
        groups: dict[str, list[tuple[str, str]]] = {}
        for row in rows:
            key = _key(norm_of(row))
            if key not in self._norms:
                self._norms[key] = norm_of(row)
                groups.setdefault(row.framework.title, []).append((key, row.title))
        return list(groups.items())

    def told(self) -> ThemeFields:
        """What was filled in."""
        cleaned = self.cleaned_data
        return ThemeFields(
            title=cleaned["title"],
            position=cleaned["position"],
            norms=tuple(self._norms[key] for key in cleaned["norms"]),
            kpis=tuple(cleaned["kpis"]),
        )


def _initial(theme: ComparisonTheme | None) -> dict[str, object]:
    if theme is None:
        return {"position": next_position()}
    joined = theme.norm_themes.select_related("framework")
    return {
        "title": theme.title,
        "position": theme.position,
        "norms": [_key(norm_of(row)) for row in joined],
        "kpis": theme.kpis,
    }
