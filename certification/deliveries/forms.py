"""Forms for handing over a delivery and for typing staffing figures."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.returns.rules import Figures, tidy, wrong_figures
from cases.staffing.rules import QUANTITIES, ROLES
from certification.deliveries.sentences import sentence_of
from certification.deliveries.spool import LARGEST
from certification.forms import MonthField
from jbn_oversight.clock import month_of
from jbn_oversight.organisations.models import Institution
from jbn_oversight.organisations.selectors.choosing import limit_institutions

ROLE_WORDS: Final = {
    "youth_protection_worker": _("youth protection workers"),
    "youth_probation_worker": _("youth probation workers"),
    "practice_coach": _("practice coaches"),
    "behavioural_expert": _("behavioural experts"),
    "other": _("other staff"),
}
QUANTITY_WORDS: Final = {
    "establishment_fte": _("Establishment (FTE)"),
    "filled_fte": _("Filled (FTE)"),
    "supernumerary_fte": _("Of which supernumerary (FTE)"),
    "hired_fte": _("Hired (FTE)"),
    "vacancy_fte": _("Vacancies (FTE)"),
    "sick_days": _("Sick days"),
    "available_days": _("Available days"),
    "headcount_start": _("People at the start"),
    "headcount_end": _("People at the end"),
    "joiners": _("Joiners"),
    "leavers": _("Leavers"),
    "internal_leavers": _("Of which to another role or region"),
}


class UploadForm(forms.Form):
    """One zip or XLSX file for some months of an institution."""

    institution = forms.ModelChoiceField(
        Institution.objects.none(), label=_("Institution"), to_field_name="code"
    )
    period_from = MonthField(label=_("From month"), help_text=_("For example 2025-01."))
    period_until = MonthField(
        label=_("Until month"), help_text=_("This month is part of it. For example 2025-09.")
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("One zip with the CSV files, or one XLSX file with a sheet for each."),
        widget=forms.FileInput(attrs={"accept": ".zip,.xlsx"}),
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        institutions: Collection[str],
        today: date,
        **kwargs: Any,
    ) -> None:
        super().__init__(data, files, **kwargs)
        self._today = today
        limit_institutions(self, institutions, "institution")

    def clean_file(self) -> UploadedFile[Any]:
        """A file of a size that an upload may have."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise forms.ValidationError(_("The file is larger than 100 MB. Deliver less."))
        return file

    def clean(self) -> dict[str, Any]:
        """The months are in order and have ended."""
        cleaned = super().clean() or self.cleaned_data
        first, last = cleaned.get("period_from"), cleaned.get("period_until")
        if first and last:
            if first > last:
                self.add_error("period_until", _("The first month lies after the last month."))
            elif last >= month_of(self._today):
                self.add_error("period_until", _("This month has not ended yet."))
        return cleaned


@dataclass(frozen=True, slots=True)
class GridCell:
    """A field, its input, and what stands now where that is something else."""

    bound: forms.BoundField
    widget: str
    stands: str | None


def _plain(text: str) -> str:
    """A number without what makes no difference: 5,50 is 5.5."""
    text = text.strip().replace(",", ".")
    return text.rstrip("0").rstrip(".") if "." in text else text


class StaffingForm(forms.Form):
    """The columns of staffing.csv for each role, as text: the checks are those of the parser."""

    def __init__(self, data: Any = None, *, figures: Figures, strict: bool = False) -> None:
        initial = {
            f"{role}-{quantity}": text
            for role, row in figures.items()
            for quantity, text in row.items()
        }
        super().__init__(data, initial=initial)
        self._strict = strict
        for role in ROLES:
            for quantity in QUANTITIES:
                self.fields[f"{role}-{quantity}"] = forms.CharField(
                    label=f"{QUANTITY_WORDS[quantity]}, {ROLE_WORDS[role]}",
                    required=False,
                    max_length=30,
                    widget=forms.TextInput(
                        attrs={
                            "class": "jbn-input",
                            "inputmode": "decimal",
                            "autocomplete": "off",
                            "size": "7",
                        }
                    ),
                )

    def clean(self) -> dict[str, Any]:
        """A concept holds numbers only; what is submitted passes all checks of staffing.csv."""
        cleaned = super().clean() or self.cleaned_data
        figures = self.figures()
        if self._strict and not tidy(figures):
            self.add_error(None, _("Fill in the figures of at least one role."))
        for wrong in wrong_figures(figures, together=self._strict):
            self.add_error(f"{wrong.role}-{wrong.quantity}", sentence_of(wrong.message))
        return cleaned

    def figures(self) -> dict[str, dict[str, str]]:
        """What was typed, by role and quantity."""
        return {
            role: {
                quantity: self.cleaned_data.get(f"{role}-{quantity}", "") for quantity in QUANTITIES
            }
            for role in ROLES
        }

    def grid(self, beside: Figures | None = None) -> Iterator[tuple[str | Promise, list[GridCell]]]:
        """The quantities down, the roles across.

        ``beside`` is what stands now: a cell that holds something else says so.
        """
        for quantity in QUANTITIES:
            cells: list[GridCell] = []
            for role in ROLES:
                bound = self[f"{role}-{quantity}"]
                stands = None
                if beside is not None:
                    text = beside.get(role, {}).get(quantity, "")
                    if _plain(text) != _plain(bound.value() or ""):
                        stands = text or "–"
                described = [f"{bound.auto_id}_error"] if bound.errors else []
                described += [f"{bound.auto_id}_stands"] if stands else []
                attrs: dict[str, str | bool] = {"aria-label": str(bound.label)}
                if described:
                    attrs["aria-describedby"] = " ".join(described)
                if bound.errors:
                    attrs["aria-invalid"] = "true"
                cells.append(GridCell(bound, bound.as_widget(attrs=attrs), stands))
            yield QUANTITY_WORDS[quantity], cells
