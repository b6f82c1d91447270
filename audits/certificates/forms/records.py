"""Forms for a certificate and what depends on it, in the order of the certifying body's letter."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from audits.certificates.actions.certificates import LastDayOfferedError
from audits.certificates.forms.choices import (
    FindingsField,
    RequirementField,
    kpi_choices,
    requirement_choices,
)
from audits.forms.records import SaidRecordForm, choice_of
from audits.frameworks.forms import AuthorityField
from audits.models.findings import Finding
from certification.models.certificates import (
    Certificate,
    CertificateCondition,
    CertificateStatus,
)
from certification.models.decisions import (
    CertificateDecision,
    SuspensionGround,
    WeighingPoint,
)
from certification.sentences import in_words
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, AuthorityKind

_YES_NO_UNKNOWN: Final = (("unknown", _("not known")), ("yes", _("yes")), ("no", _("no")))
_JUDGEMENTS: Final = {"unknown": None, "yes": True, "no": False}
_NAMES: Final = {value: name for name, value in _JUDGEMENTS.items()}
_SHORT: Final = forms.Textarea(attrs={"rows": 2, "lang": "nl"})


class JudgementField(forms.TypedChoiceField):
    """Yes, no, or not known; cleaned to True, False or None."""

    def __init__(self, *, label: Any, help_text: Any = "", **_given: Any) -> None:
        super().__init__(
            label=label,
            help_text=help_text,
            choices=_YES_NO_UNKNOWN,
            coerce=_JUDGEMENTS.get,
            widget=forms.RadioSelect,
            initial="unknown",
        )

    def prepare_value(self, value: Any) -> Any:
        """The choice of what is kept."""
        return _NAMES.get(value, value)


class CertificateForm(SaidRecordForm[Certificate]):
    """Who decided, when, what, from when, for how long, the two judgements."""

    class Meta:
        model = Certificate
        fields = (
            *("authority", "decided", "status", "kind", "applied", "starts", "months", "ends"),
            *("improvement_plausible", "no_fundamental_shortcomings", "remark"),
        )
        labels: ClassVar = {
            "authority": _("Who decided?"),
            "decided": _("Day of the decision, or of the application"),
            "status": _("What does the letter say?"),
            "improvement_plausible": _("Is improvement plausible?"),
            "no_fundamental_shortcomings": _("Are there no fundamental shortcomings?"),
        }
        help_texts: ClassVar = {"no_fundamental_shortcomings": _("Yes means: there are none.")}
        field_classes: ClassVar = {
            "authority": AuthorityField,
            "improvement_plausible": JudgementField,
            "no_fundamental_shortcomings": JudgementField,
        }
        widgets: ClassVar = {
            "status": forms.RadioSelect,
            "kind": forms.RadioSelect,
            "months": forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        }

    def __init__(
        self,
        data: Any = None,
        *,
        instance: Certificate,
        suggested: Mapping[str, object],
        at: datetime,
    ) -> None:
        usual: dict[str, object] = {}
        if instance._state.adding:
            body = Authority.objects.the_one(AuthorityKind.CERTIFIES)
            usual = {"status": CertificateStatus.GRANTED, "authority": body.code if body else None}
        super().__init__(data, instance=instance, at=at, initial={**usual, **suggested})
        self.offer("authority", Authority.objects.prefetch_related("names"))
        status = self.fields["status"]
        assert isinstance(status, forms.ChoiceField)
        status.choices = [
            (CertificateStatus.GRANTED.value, _("the certificate is granted")),
            (CertificateStatus.NOT_RENEWED.value, _("the certificate is refused")),
            (CertificateStatus.REQUESTED.value, _("the certificate has been applied for")),
        ]

    def record(self, by: User) -> Certificate:
        """The certificate with what was typed; of a mere application there is one day."""
        row = super().record(by)
        if row.status == CertificateStatus.REQUESTED and row.applied_on is None:
            for part in ("on", "precision", "source"):
                setattr(row, f"applied_{part}", getattr(row, f"decided_{part}"))
        return row


def with_last_day(data: Any, offer: LastDayOfferedError) -> Any:
    """What was sent, with the last day that follows from the term and the source of the first."""
    filled = data.copy()
    filled["ends"] = in_words(offer.ends)
    filled["ends_source"] = filled.get("ends_source") or filled.get("starts_source", "")
    return filled


class WeighingForm(SaidRecordForm[WeighingPoint]):
    """On which point it was granted all the same, and why."""

    requirement = RequirementField(
        label=capfirst(WeighingPoint._meta.get_field("requirement").verbose_name), required=False
    )

    class Meta:
        model = WeighingPoint
        fields = ("shortcoming", "rationale", "requirement", "source")
        labels: ClassVar = {
            "shortcoming": _("On which point did the institution fall short?"),
            "rationale": _("Why was the certificate granted all the same?"),
        }
        widgets: ClassVar = {"shortcoming": _SHORT}

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        field = self.fields["requirement"]
        assert isinstance(field, RequirementField)
        field.choices = [("", _now("not named")), *requirement_choices()]


class ConditionForm(SaidRecordForm[CertificateCondition]):
    """What was asked, which figure or findings it is about, by when, and since when it is met."""

    findings = FindingsField(
        Finding.objects.none(),
        label=_("Findings that it is about"),
        required=False,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = CertificateCondition
        fields = ("text", "source", "kpi", "findings", "due", "met")
        widgets: ClassVar = {"text": _SHORT}

    def __init__(
        self,
        data: Any = None,
        *,
        instance: CertificateCondition,
        suggested: Mapping[str, object],
        at: datetime,
    ) -> None:
        tied = list(instance.findings.all()) if instance.pk else []
        super().__init__(data, instance=instance, at=at, initial={"findings": tied, **suggested})
        kpi = choice_of(CertificateCondition, "kpi", [("", _now("none")), *kpi_choices()])
        self.fields["kpi"] = kpi
        findings = Finding.objects.of(instance.certificate.institution)
        self.offer("findings", findings.select_related("found_in", "inspected"))
        if not findings:
            del self.fields["findings"]


class DecisionForm(SaidRecordForm[CertificateDecision]):
    """What was decided later, when, on which ground, why, and from when on it works."""

    class Meta:
        model = CertificateDecision
        fields = ("kind", "decided", "ground", "reason", "effective")
        labels: ClassVar = {
            "kind": _("What was decided?"),
            "ground": _("Ground (Besluit Jeugdwet, article 3.2.2)"),
        }
        widgets: ClassVar = {"kind": forms.RadioSelect, "ground": forms.RadioSelect}

    def __init__(self, data: Any = None, *, suggested: Mapping[str, object], **kwargs: Any) -> None:
        super().__init__(data, initial=suggested, **kwargs)
        ground = self.fields["ground"]
        assert isinstance(ground, forms.ChoiceField)
        ground.choices = [
            ("", _("not named")),
            *((value, f"{value}. {label}") for value, label in SuspensionGround.choices),
        ]
