"""Forms for an audit, a finding and a cause, in the order of the body's report."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms

from audits.audits_held.selectors.pages import audits_of, title_of
from audits.forms.records import SaidRecordForm
from audits.frameworks.forms import AuthorityField
from audits.models.audits import Audit
from jbn_oversight.organisations.models import Authority, AuthorityKind
from jbn_oversight.personal_numbers import no_personal_numbers

WORDS = [no_personal_numbers]


class AuditField(forms.ModelChoiceField[Audit]):
    """An audit by its kind and number."""

    def label_from_instance(self, obj: Audit) -> str:
        """As pages name it."""
        return title_of(obj)


class AuditForm(SaidRecordForm[Audit]):
    """An audit as the body announces it, holds it and tells what came of it."""

    stored_as = MappingProxyType({"planned_until": "planned_until_on", "outcome_known": "outcome"})

    class Meta:
        model = Audit
        fields = (
            *("authority", "kind", "sequence_no", "planned", "planned_until", "held"),
            *("framework", "follow_up_of", "outcome_known", "outcome", "document"),
        )
        field_classes: ClassVar = {"authority": AuthorityField, "follow_up_of": AuditField}

    def __init__(
        self,
        data: Any = None,
        *,
        instance: Audit,
        at: datetime,
        suggested: Mapping[str, object],
    ) -> None:
        institution = instance.institution
        body = Authority.objects.the_one(AuthorityKind.CERTIFIES)
        usual = {"authority": body.code} if body and instance._state.adding else {}
        super().__init__(
            data,
            instance=instance,
            institution=institution,
            at=at,
            initial={**usual, **suggested},
        )
        others = [row.pk for row in audits_of(institution) if row.pk != instance.pk]
        self.offer("follow_up_of", Audit.objects.filter(pk__in=others))


def report_of(audit: Audit) -> str:
    """The code of the paper that most likely holds the audit's findings; empty without one."""
    source = audit.outcome_source or audit.held_source
    return source.code if source else ""
