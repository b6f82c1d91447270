"""Forms for a certificate and what depends on it, in the order of the certifying body's letter."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from audits.certificates.actions.certificates import CertificateFields, LastDayOfferedError
from audits.certificates.forms.choices import (
    finding_choices,
    kpi_choices,
    requirement_choices,
    requirement_key,
)
from audits.certificates.rules.terms import LONGEST
from audits.forms.imprecise_days import RoughDayField, SaidForm, SourceField, said_initial
from certification.certificates.selectors import authority_name
from certification.models.certificates import (
    Certificate,
    CertificateCondition,
    CertificateKind,
    CertificateStatus,
)
from certification.models.decisions import (
    CertificateDecision,
    DecisionKind,
    SuspensionGround,
    WeighingPoint,
)
from certification.sentences import in_words
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, AuthorityKind, Institution
from jbn_oversight.personal_numbers import no_personal_numbers

_YES_NO_UNKNOWN: Final = (("unknown", _("not known")), ("yes", _("yes")), ("no", _("no")))
_JUDGEMENTS: Final = {"unknown": None, "yes": True, "no": False}
_NAMES: Final = {value: name for name, value in _JUDGEMENTS.items()}
_DAYS: Final = ("applied", "decided", "starts", "ends")


class JudgementField(forms.TypedChoiceField):
    """Yes, no, or not known; cleaned to True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=_YES_NO_UNKNOWN,
            coerce=_JUDGEMENTS.get,
            widget=forms.RadioSelect,
            initial="unknown",
            **kwargs,
        )


def _long_text(label: Any, *, required: bool = True, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=4000,
        validators=[no_personal_numbers],
        widget=forms.Textarea(attrs={"rows": 4, "lang": "nl"}),
    )


class CertificateForm(SaidForm):
    """Who decided, when, what, from when, for how long, the two judgements."""

    authority = forms.ChoiceField(label=_("Who decided?"))
    decided = RoughDayField(label=_("Day of the decision, or of the application"))
    status = forms.ChoiceField(
        label=_("What does the letter say?"),
        widget=forms.RadioSelect,
        choices=(
            (CertificateStatus.GRANTED, _("the certificate is granted")),
            (CertificateStatus.NOT_RENEWED, _("the certificate is refused")),
            (CertificateStatus.REQUESTED, _("the certificate has been applied for")),
        ),
        initial=CertificateStatus.GRANTED,
    )
    kind = forms.ChoiceField(
        label=_("Kind of certificate"), widget=forms.RadioSelect, choices=CertificateKind.choices
    )
    applied = RoughDayField(label=_("Day of the application"), required=False)
    starts = RoughDayField(label=_("First day on which it holds"), required=False)
    months = forms.IntegerField(
        label=_("Term in months"),
        required=False,
        min_value=1,
        max_value=LONGEST,
        help_text=_(
            "Only where the letter names a term. With the first day the last day follows from it."
        ),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    ends = RoughDayField(label=_("Last day on which it holds"), required=False)
    improvement_plausible = JudgementField(label=_("Is improvement plausible?"))
    no_fundamental_shortcomings = JudgementField(
        label=_("Are there no fundamental shortcomings?"),
        help_text=_("Yes means: there are none."),
    )
    remark = _long_text(_("Remark"), required=False, help_text=_("In your own words. No names."))

    def __init__(self, data: Any = None, *, at: datetime, today: date, **kwargs: Any) -> None:
        super().__init__(data, at=at, **kwargs)
        field = self.fields["authority"]
        assert isinstance(field, forms.ChoiceField)
        rows = Authority.objects.prefetch_related("names")
        field.choices = [
            ("", _("Choose an authority")),
            *((row.code, authority_name(row, today)) for row in rows),
        ]

    def values(self, by: User) -> CertificateFields:
        """What was filled in; a new source is kept now. After ``is_valid``."""
        cleaned = self.cleaned_data
        decided = self.said("decided", by)
        assert decided is not None
        status = CertificateStatus(cleaned["status"])
        applied = self.said("applied", by)
        if status == CertificateStatus.REQUESTED:
            # Of a mere application there is one day.
            applied = applied or decided
        return CertificateFields(
            authority=Authority.objects.get(code=cleaned["authority"]),
            decided=decided,
            status=status,
            kind=CertificateKind(cleaned["kind"]),
            applied=applied,
            starts=self.said("starts", by),
            months=cleaned["months"],
            ends=self.said("ends", by),
            improvement_plausible=cleaned["improvement_plausible"],
            no_fundamental_shortcomings=cleaned["no_fundamental_shortcomings"],
            remark=cleaned["remark"],
        )


def certificate_initial(row: Certificate | None) -> dict[str, object]:
    """What the form starts with."""
    if row is None:
        body = Authority.objects.the_one(AuthorityKind.CERTIFIES)
        return {"authority": body.code} if body else {}
    return {
        "authority": row.authority.code,
        "status": row.status,
        "kind": row.kind,
        "months": row.months,
        "improvement_plausible": _NAMES[row.improvement_plausible],
        "no_fundamental_shortcomings": _NAMES[row.no_fundamental_shortcomings],
        "remark": row.remark,
        **said_initial(row, *_DAYS),
    }


def with_last_day(data: Any, offer: LastDayOfferedError) -> Any:
    """What was sent, with the last day that follows from the term and the source of the first."""
    filled = data.copy()
    filled["ends"] = in_words(offer.ends)
    filled["ends_source"] = filled.get("ends_source") or filled.get("starts_source", "")
    return filled


class WeighingForm(SaidForm):
    """On which point it was granted all the same, and why."""

    shortcoming = forms.CharField(
        label=_("On which point did the institution fall short?"),
        max_length=500,
        validators=[no_personal_numbers],
        widget=forms.Textarea(attrs={"rows": 2, "lang": "nl"}),
    )
    rationale = _long_text(_("Why was the certificate granted all the same?"))
    requirement = forms.ChoiceField(label=_("Requirement"), required=False)
    source = SourceField()

    def __init__(self, data: Any = None, *, at: datetime, **kwargs: Any) -> None:
        super().__init__(data, at=at, **kwargs)
        field = self.fields["requirement"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _now("not named")), *requirement_choices()]


def weighing_initial(row: WeighingPoint) -> dict[str, object]:
    """What the form starts with."""
    requirement = row.requirement
    return {
        "shortcoming": row.shortcoming,
        "rationale": row.rationale,
        "requirement": requirement_key(requirement) if requirement else "",
        "source": row.source.code,
    }


class ConditionForm(SaidForm):
    """What was asked, which figure or findings it is about, by when, and since when it is met."""

    text = forms.CharField(
        label=_("Condition"),
        max_length=300,
        validators=[no_personal_numbers],
        widget=forms.Textarea(attrs={"rows": 2, "lang": "nl"}),
    )
    source = SourceField(label=_("Source of the condition"))
    kpi = forms.ChoiceField(label=_("Figure that it is about"), required=False)
    findings = forms.MultipleChoiceField(
        label=_("Findings that it is about"), required=False, widget=forms.CheckboxSelectMultiple
    )
    due = RoughDayField(label=_("To be met by"), required=False, with_source=False)
    met = RoughDayField(label=_("Met since"), required=False)

    def __init__(
        self, data: Any = None, *, at: datetime, institution: Institution, **kwargs: Any
    ) -> None:
        super().__init__(data, at=at, **kwargs)
        kpi, findings = self.fields["kpi"], self.fields["findings"]
        assert isinstance(kpi, forms.ChoiceField)
        assert isinstance(findings, forms.MultipleChoiceField)
        kpi.choices = [("", _now("none")), *kpi_choices()]
        findings.choices = finding_choices(institution)
        if not findings.choices:
            del self.fields["findings"]


def condition_initial(row: CertificateCondition) -> dict[str, object]:
    """What the form starts with."""
    return {
        "text": row.text,
        "source": row.source.code,
        "kpi": row.kpi,
        "findings": [finding.public_id for finding in row.findings.all()],
        "due": row.due,
        **said_initial(row, "met"),
    }


class DecisionForm(SaidForm):
    """What was decided later, when, on which ground, why, and from when on it works."""

    kind = forms.ChoiceField(
        label=_("What was decided?"), widget=forms.RadioSelect, choices=DecisionKind.choices
    )
    decided = RoughDayField(label=_("Day of the decision"))
    ground = forms.ChoiceField(
        label=_("Ground (Besluit Jeugdwet, article 3.2.2)"),
        required=False,
        widget=forms.RadioSelect,
        choices=(
            ("", _("not named")),
            *((value, f"{value}. {label}") for value, label in SuspensionGround.choices),
        ),
    )
    reason = _long_text(_("Reason"), required=False, help_text=_("In your own words. No names."))
    effective = RoughDayField(
        label=_("Works from"),
        required=False,
        help_text=_("Only where it is another day than that of the decision."),
    )


def decision_initial(row: CertificateDecision) -> dict[str, object]:
    """What the form starts with."""
    return {
        "kind": row.kind,
        "ground": row.ground,
        "reason": row.reason,
        **said_initial(row, "decided", "effective"),
    }
