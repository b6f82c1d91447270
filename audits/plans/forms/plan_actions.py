"""Forms about actions: what is agreed, and what is reported."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar, Final

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from audits.forms.records import RecordForm, choice_of, field_of
from audits.forms.submitted import RefusableForm
from audits.models.findings import Cause, Finding
from audits.models.plans import Evidence, EvidenceVersion, Plan, PlanAction
from audits.models.studies import Recommendation
from audits.plans.actions.plan_actions import NOTE_LENGTH
from audits.plans.permissions import possible_owners
from audits.plans.selectors.plan_actions import kpi_label
from certification.control_charts.rules.limits import fits_a_chart
from certification.forms import MonthField
from certification.indicators.rules.kpis import KPIS
from jbn_oversight.accounts.models import User
from jbn_oversight.files.actions import MOST_BYTES

_SHOWN: Final = 120


class _ShortChoice(forms.ModelMultipleChoiceField[Any]):
    """Several rows, each as the beginning of its words."""

    def label_from_instance(self, obj: Any) -> str:
        return Truncator(str(obj)).chars(_SHOWN)


class ActionForm(RecordForm[PlanAction]):
    """All that is agreed about an action: why, what, who, when, and what it should move."""

    works_from = MonthField.of(PlanAction, "works_from")
    settled = frozenset({"done_on"})

    class Meta:
        model = PlanAction
        fields = (
            *("findings", "causes", "recommendations"),
            *("title", "plan", "theme", "owner_name", "owner", "started_on", "due_on"),
            *("effort_hours", "cost", "kpi", "works_from", "remark"),
        )
        field_classes: ClassVar = dict.fromkeys(
            ("findings", "causes", "recommendations"), _ShortChoice
        )

    def __init__(
        self,
        data: Any = None,
        *,
        instance: PlanAction,
        today: date,
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, instance=instance, initial=initial)
        institution = instance.institution
        findings = Finding.objects.of(institution).select_related("found_in", "inspected")
        self.offer("findings", findings)
        self.offer("causes", Cause.objects.filter(finding__in=findings))
        self.offer("recommendations", Recommendation.objects.of(institution))
        self.offer("plan", Plan.objects.filter(institution=institution))
        people = {user.pk for user in possible_owners(institution, today)} | {instance.owner_id}
        self.offer("owner", User.objects.filter(pk__in=people - {None}).order_by("name"))
        figures = sorted(
            ((code, kpi_label(code)) for code in KPIS), key=lambda pair: str(pair[1]).lower()
        )
        self.fields["kpi"] = choice_of(PlanAction, "kpi", [("", _("none")), *figures])

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


class _ReportForm(RecordForm[PlanAction]):
    """Something that is reported on an action, in a few words; asks for the start where it is
    not known."""

    name: ClassVar[str]
    settled = frozenset({"due_on"})
    note = forms.CharField(label=_("In a few words"), required=False, max_length=NOTE_LENGTH)

    def __init__(self, data: Any = None, *, instance: PlanAction, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, prefix=self.name, **kwargs)
        if instance.started_on is not None:
            self.fields.pop("started_on", None)


class ProgressForm(_ReportForm):
    """How far it is."""

    name = "progress"

    class Meta:
        model = PlanAction
        fields = ("progress", "started_on")


class DoneForm(_ReportForm):
    """On which day it was done."""

    name = "done"
    needed = ("done_on",)
    settled = frozenset({"due_on", "progress"})

    class Meta:
        model = PlanAction
        fields = ("done_on", "started_on")


class DropForm(_ReportForm):
    """Why it is let go."""

    name = "drop"
    note = None  # type: ignore[assignment]  # Django's way to leave out a field
    needed = ("dropped_reason",)
    settled = frozenset({"dropped_on"})

    class Meta:
        model = PlanAction
        fields = ("dropped_reason",)


class ResumeForm(_ReportForm):
    """Why it is taken up again, and how far it is."""

    name = "resume"
    needed = ("note",)
    settled = frozenset({"done_on", "dropped_on", "dropped_reason"})

    class Meta:
        model = PlanAction
        fields = ("progress",)
        help_texts: ClassVar = {"progress": ""}

    def __init__(self, data: Any = None, *, instance: PlanAction) -> None:
        super().__init__(data, instance=instance, initial={"progress": None})


class EvidenceForm(RefusableForm):
    """A paper that shows that something was done."""

    title = field_of(Evidence._meta.get_field("title"))
    file = forms.FileField(
        label=_("File"),
        help_text=_("PDF, PNG, JPEG or CSV, at most 10 MB, without data about youths."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.png,.jpg,.jpeg,.csv"}),
    )
    expires_on = field_of(EvidenceVersion._meta.get_field("expires_on"))

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files, prefix="evidence")

    def clean_file(self) -> UploadedFile[Any]:
        """A file of a size that can be looked into."""
        file: UploadedFile[Any] = self.cleaned_data["file"]
        if (file.size or 0) > MOST_BYTES:
            raise forms.ValidationError(_("This file is larger than 10 MB."))
        return file
