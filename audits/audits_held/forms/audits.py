"""Forms for an audit, a finding and a cause, in the order of the body's report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from audits.audits_held.actions.audits import AuditFields
from audits.audits_held.selectors.pages import (
    audits_of,
    title_of,
)
from audits.forms.documents import DocumentField
from audits.forms.imprecise_days import (
    RoughDayField,
    SaidForm,
    said_initial,
)
from audits.frameworks.forms import AuthorityField
from audits.models.audits import Audit, AuditKind
from audits.models.findings import Finding
from certification.models.frameworks import NormFramework
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, AuthorityKind, Institution
from jbn_oversight.personal_numbers import no_personal_numbers

LONG = forms.Textarea(attrs={"rows": "4", "lang": "nl"})
WORDS = [no_personal_numbers]


class AuditField(forms.ModelChoiceField[Audit]):
    """An audit by its kind and number."""

    def label_from_instance(self, obj: Audit) -> str:
        """As pages name it."""
        return title_of(obj)


class AuditForm(SaidForm):
    """An audit as the body announces it, holds it and tells what came of it."""

    authority = AuthorityField(
        Authority.objects.all(),
        label=gettext_lazy("Body"),
        to_field_name="code",
        empty_label=gettext_lazy("Choose an authority"),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=AuditKind.choices)
    sequence_no = forms.IntegerField(
        label=gettext_lazy("Number"),
        min_value=1,
        max_value=99,
        help_text=gettext_lazy("The first audit of this kind is 1, the next one 2."),
    )
    planned = RoughDayField(label=gettext_lazy("Planned"), required=False)
    planned_until = forms.DateField(
        label=gettext_lazy("Planned up to and including"),
        required=False,
        help_text=gettext_lazy("Only for a period of some days: its last day."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    held = RoughDayField(label=gettext_lazy("Held"), required=False)
    framework = forms.ModelChoiceField(
        NormFramework.objects.all(),
        label=gettext_lazy("Framework"),
        required=False,
        to_field_name="public_id",
        empty_label="—",
    )
    follow_up_of = AuditField(
        Audit.objects.none(),
        label=gettext_lazy("Re-audit of"),
        required=False,
        to_field_name="public_id",
        empty_label="—",
    )
    outcome_known = RoughDayField(label=gettext_lazy("Outcome known"), required=False)
    outcome = forms.CharField(
        label=gettext_lazy("Outcome, in the body's words"),
        required=False,
        max_length=5000,
        widget=LONG,
        validators=WORDS,
    )
    document = DocumentField()

    def __init__(
        self,
        data: Any = None,
        *,
        institution: Institution,
        audit: Audit | None,
        at: datetime,
        suggested: Mapping[str, object],
    ) -> None:
        body = Authority.objects.the_one(AuthorityKind.CERTIFIES)
        usual = {"authority": body.code} if body else {}
        initial = {**(_initial_of_audit(audit) if audit else usual), **suggested}
        super().__init__(data, at=at, initial=initial)
        document = self.fields["document"]
        assert isinstance(document, DocumentField)
        document.offer(institution, at, audit.document if audit else None)
        others = [row.pk for row in audits_of(institution) if audit is None or row.pk != audit.pk]
        follow = self.fields["follow_up_of"]
        assert isinstance(follow, forms.ModelChoiceField)
        follow.queryset = Audit.objects.filter(pk__in=others)

    def fields_said(self, by: User) -> AuditFields:
        """All that was filled in; a new source is kept now."""
        said = self.cleaned_data
        return AuditFields(
            authority=said["authority"],
            kind=AuditKind(said["kind"]),
            sequence_no=said["sequence_no"],
            planned=self.said("planned", by),
            planned_until=said["planned_until"],
            held=self.said("held", by),
            outcome_known=self.said("outcome_known", by),
            outcome=said["outcome"],
            framework=said["framework"],
            follow_up_of=said["follow_up_of"],
            document=said["document"],
        )


def _initial_of_audit(audit: Audit) -> dict[str, object]:
    initial = said_initial(audit, "planned", "held")
    outcome = said_initial(audit, "outcome")
    return {
        **initial,
        "outcome_known": outcome.get("outcome"),
        "outcome_known_source": outcome.get("outcome_source"),
        "outcome": audit.outcome,
        "authority": audit.authority.code,
        "kind": audit.kind,
        "sequence_no": audit.sequence_no,
        "planned_until": audit.planned_until_on,
        "framework": audit.framework.public_id if audit.framework else None,
        "follow_up_of": audit.follow_up_of.public_id if audit.follow_up_of else None,
        "document": audit.document,
    }


def report_of(audit: Audit) -> str:
    """The code of the paper that most likely holds the audit's findings; empty without one."""
    source = audit.outcome_source or audit.held_source
    return source.code if source else ""


def _initial_of_finding(finding: Finding) -> dict[str, object]:
    norm = ""
    if finding.requirement_id:
        norm = f"r{finding.requirement_id}"
    elif finding.theme_id:
        norm = f"t{finding.theme_id}"
    return {
        **said_initial(finding, "due"),
        "reference": finding.reference,
        "norm": norm,
        "category": finding.category.code if finding.category else None,
        "text": finding.text,
        "deviation_accepted": finding.deviation_accepted,
        "deviation_rationale": finding.deviation_rationale,
        "source": finding.source.code,
        "passage": finding.passage,
        "conditions": [row.public_id for row in finding.conditions.all()],
    }
