"""The form for a theme: its title, and which norms and figures it joins."""

from __future__ import annotations

from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.comparison.actions.themes import Norm, next_position
from audits.forms.records import RecordForm
from audits.models.comparison import ComparisonTheme
from certification.indicators.rules.kpis import KPIS
from certification.models.frameworks import NormTheme

_PARTING: Final = "/"


def _key(norm: Norm) -> str:
    return _PARTING.join(norm)


def norm_of(row: NormTheme) -> Norm:
    """How a theme of a framework is named, whatever the version."""
    return (row.framework.code, row.code)


class ThemeForm(RecordForm[ComparisonTheme]):
    """A matter that several bodies judge."""

    settled = frozenset({"code"})
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

    class Meta:
        model = ComparisonTheme
        fields = ("title", "position", "norms", "kpis")

    def __init__(self, data: Any = None, *, instance: ComparisonTheme) -> None:
        initial: dict[str, object] = {"position": next_position()}
        if not instance._state.adding:
            joined = instance.norm_themes.select_related("framework")
            initial = {"norms": [_key(norm_of(row)) for row in joined]}
        super().__init__(data, instance=instance, initial=initial)
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

    def norms_chosen(self) -> tuple[Norm, ...]:
        """The norms that it joins, whatever the version of their framework."""
        return tuple(self._norms[key] for key in self.cleaned_data["norms"])
