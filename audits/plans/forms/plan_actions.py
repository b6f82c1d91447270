"""Forms about actions: what is agreed, and what is reported."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from audits.forms.submitted import RefusableForm
from audits.models.findings import Cause, Finding
from audits.models.plans import Plan, PlanAction, PlanTheme
from audits.models.studies import Recommendation
from audits.plans.actions.plan_actions import NOTE_LENGTH, ActionFields
from audits.plans.permissions import possible_owners
from audits.plans.selectors.plan_actions import kpi_label
from certification.control_charts.rules.limits import fits_a_chart
from certification.forms import MonthField
from certification.indicators.rules.kpis import KPIS
from jbn_oversight.accounts.models import User
from jbn_oversight.files.actions import MOST_BYTES
from jbn_oversight.organisations.models import Institution

_SHOWN: Final = 120


def day_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.DateField:
    """An exact day, typed or picked."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )


class _ShortChoice(forms.ModelMultipleChoiceField[Any]):
    """Several rows, each as the beginning of its words."""

    def label_from_instance(self, obj: Any) -> str:
        return Truncator(str(obj)).chars(_SHOWN)


class ActionForm(RefusableForm):
    """All that is agreed about an action: why, what, who, when, and what it should move."""

    findings = _ShortChoice(
        Finding.objects.none(),
        label=_("For which findings"),
        required=False,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    causes = _ShortChoice(
        Cause.objects.none(),
        label=_("Which causes it takes away"),
        required=False,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    recommendations = _ShortChoice(
        Recommendation.objects.none(),
        label=_("Which recommendations it carries out"),
        required=False,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    title = forms.CharField(
        label=_("Action"), max_length=300, help_text=_("What somebody will do, in one sentence.")
    )
    plan = forms.ModelChoiceField(
        Plan.objects.none(), label=_("Plan"), required=False, to_field_name="public_id"
    )
    theme = forms.ModelChoiceField(
        PlanTheme.objects.all(), label=_("Theme"), required=False, to_field_name="code"
    )
    owner_name = forms.CharField(
        label=_("Owner"), max_length=200, help_text=_("The office, such as: team leader intake.")
    )
    owner = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Owner's account"),
        required=False,
        help_text=_("This person may report progress and is told when the action is overdue."),
    )
    started_on = day_field(_("Started"))
    due_on = day_field(_("Last day"), required=True)
    effort_hours = forms.IntegerField(label=_("Effort in hours"), required=False, min_value=0)
    cost = forms.DecimalField(
        label=_("Cost in euros"),
        required=False,
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    kpi = forms.ChoiceField(label=_("Figure that it should move"), required=False)
    works_from = MonthField(
        label=_("Month from which it should show"),
        required=False,
        help_text=_("For example 2025-03. From this month on the portal compares the figure."),
    )
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self,
        data: Any = None,
        *,
        institution: Institution,
        action: PlanAction | None = None,
        today: date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=initial or (initial_of(action) if action else None))
        findings = Finding.objects.of(institution).select_related("found_in", "inspected")
        self._rows("findings", findings)
        self._rows("causes", Cause.objects.filter(finding__in=findings))
        self._rows("recommendations", Recommendation.objects.of(institution))
        self._rows("plan", Plan.objects.filter(institution=institution))
        people = {user.pk for user in possible_owners(institution, today)}
        if action is not None and action.owner_id:
            people.add(action.owner_id)
        self._rows("owner", User.objects.filter(pk__in=people).order_by("name"))
        field = self.fields["kpi"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("none")),
            *sorted(
                ((code, kpi_label(code)) for code in KPIS), key=lambda pair: str(pair[1]).lower()
            ),
        ]

    def _rows(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows

    def fields_said(self) -> ActionFields:
        """What was filled in, for ``save_action``."""
        said = self.cleaned_data
        return ActionFields(
            title=said["title"],
            owner_name=said["owner_name"],
            due_on=said["due_on"],
            plan=said["plan"],
            theme=said["theme"],
            findings=tuple(said["findings"]),
            causes=tuple(said["causes"]),
            recommendations=tuple(said["recommendations"]),
            owner=said["owner"],
            effort_hours=said["effort_hours"],
            cost=said["cost"],
            started_on=said["started_on"],
            kpi=said["kpi"],
            works_from=said["works_from"],
            remark=said["remark"],
        )

    def clean_kpi(self) -> str:
        """A figure over twelve months together shows no single month."""
        code: str = self.cleaned_data["kpi"]
        if code and not fits_a_chart(KPIS[code]):
            raise forms.ValidationError(
                _(
                    "This figure counts twelve months together, so it cannot show from which "
                    "month on it changed. Choose another."
                )
            )
        return code


def initial_of(action: PlanAction) -> dict[str, Any]:
    """An action as its form shows it."""
    return {
        "findings": [row.public_id for row in action.findings.all()],
        "causes": [row.public_id for row in action.causes.all()],
        "recommendations": [row.public_id for row in action.recommendations.all()],
        "title": action.title,
        "plan": action.plan.public_id if action.plan else None,
        "theme": action.theme.code if action.theme else None,
        "owner_name": action.owner_name,
        "owner": action.owner_id,
        "started_on": action.started_on,
        "due_on": action.due_on,
        "effort_hours": action.effort_hours,
        "cost": action.cost,
        "kpi": action.kpi,
        "works_from": f"{action.works_from:%Y-%m}" if action.works_from else "",
        "remark": action.remark,
    }


def _note(required: bool = False) -> forms.CharField:
    return forms.CharField(label=_("In a few words"), required=required, max_length=NOTE_LENGTH)


class ProgressForm(RefusableForm):
    """How far it is; asks for the start where that is not known."""

    progress = forms.IntegerField(
        label=_("Progress in per cent"),
        min_value=0,
        max_value=100,
        help_text=_("From 0 to 99. What is done, you report below."),
    )
    started_on = day_field(_("Started"))
    note = _note()

    def __init__(self, data: Any = None, *, action: PlanAction) -> None:
        super().__init__(data, prefix="progress", initial={"progress": action.progress})
        if action.started_on is not None:
            del self.fields["started_on"]


class DoneForm(RefusableForm):
    """On which day it was done."""

    done_on = day_field(_("Done"), required=True)
    started_on = day_field(_("Started"))
    note = _note()

    def __init__(self, data: Any = None, *, action: PlanAction) -> None:
        super().__init__(data, prefix="done")
        if action.started_on is not None:
            del self.fields["started_on"]


class DropForm(RefusableForm):
    """Why it is let go."""

    dropped_reason = forms.CharField(label=_("Why it is dropped"), max_length=300)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="drop")


class ResumeForm(RefusableForm):
    """Why it is taken up again, and how far it is."""

    progress = forms.IntegerField(label=_("Progress in per cent"), min_value=0, max_value=99)
    note = _note(required=True)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, prefix="resume")


class EvidenceForm(RefusableForm):
    """A paper that shows that something was done."""

    title = forms.CharField(
        label=_("What it is"),
        max_length=200,
        help_text=_("The same words as before make a next version of that paper."),
    )
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, PNG, JPEG or CSV, at most 10 MB, without data about youths."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.csv"}),
    )
    expires_on = day_field(
        _("Good up to and including"),
        help_text=_("Leave empty where it does not expire."),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, prefix="evidence")

    def clean_file(self) -> UploadedFile[Any]:
        """A file of a size that can be looked into."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 10 MB."))
        return file
