"""Forms for a finding and its causes."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.audits_held.forms.audits import report_of
from audits.audits_held.selectors.pages import conditions_of, title_of_certificate
from audits.forms.records import SaidRecordForm
from audits.models.findings import Cause, Finding, FindingCategory
from certification.models.certificates import CertificateCondition
from certification.models.frameworks import NormTheme, Requirement


class _ConditionsField(forms.ModelMultipleChoiceField[CertificateCondition]):
    """Conditions, each with the certificate that it came with."""

    def label_from_instance(self, obj: CertificateCondition) -> str:
        return f"{obj.text} ({title_of_certificate(obj.certificate)})"


class FindingForm(SaidRecordForm[Finding]):
    """One finding of a report."""

    common_source: ClassVar = "source"
    needed = ("category",)
    needed_when = MappingProxyType(
        {"deviation_rationale": gettext_lazy("needed when the body accepted it")}
    )
    settled = frozenset({"theme", "requirement", "deviation_accepted", "deviation_rationale"})
    norm = forms.ChoiceField(label=gettext_lazy("Theme or requirement"), required=False)

    class Meta:
        model = Finding
        fields = (
            *("reference", "norm", "category", "text", "deviation_accepted"),
            *("deviation_rationale", "due", "source", "passage", "conditions"),
        )
        field_classes: ClassVar = {"conditions": _ConditionsField}

    def __init__(self, data: Any = None, *, instance: Finding, at: datetime) -> None:
        audit = instance.found_in
        assert audit is not None  # a finding of an inspection has no form yet
        initial: dict[str, object] = {"norm": _norm_key(instance)}
        if instance._state.adding:
            initial["source"] = report_of(audit)
        super().__init__(
            data, instance=instance, institution=audit.institution, at=at, initial=initial
        )
        self._audit = audit
        conditions = conditions_of(audit.institution)
        self.offer("conditions", conditions)
        if not conditions:
            del self.fields["conditions"]
        self.offer("category", FindingCategory.objects.filter(authority=audit.authority))
        norm = self.fields["norm"]
        assert isinstance(norm, forms.ChoiceField)
        self._norms: dict[str, NormTheme | Requirement] = {}
        norm.choices = [("", "—"), *self._norm_choices()]

    def clean(self) -> dict[str, Any]:
        """What it was found against: a theme as a whole, or one of its requirements."""
        cleaned = super().clean()
        norm = self._norms.get(cleaned.get("norm", ""))
        self.instance.requirement = norm if isinstance(norm, Requirement) else None
        self.instance.theme = norm.theme if isinstance(norm, Requirement) else norm
        return cleaned

    def _norm_choices(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """Themes as groups: the theme as a whole, and each of its requirements."""
        if self._audit.framework is None:
            return []
        groups = []
        for theme in self._audit.framework.themes.prefetch_related("requirements"):
            key = f"t{theme.pk}"
            self._norms[key] = theme
            options = [(key, _("%(theme)s (as a whole)") % {"theme": theme.title})]
            for requirement in theme.requirements.all():
                key = f"r{requirement.pk}"
                self._norms[key] = requirement
                options.append((key, str(requirement)[:120]))
            groups.append((theme.title, options))
        return groups


def _norm_key(finding: Finding) -> str:
    if finding.requirement_id:
        return f"r{finding.requirement_id}"
    return f"t{finding.theme_id}" if finding.theme_id else ""


class CauseForm(SaidRecordForm[Cause]):
    """Why it came to a finding."""

    class Meta:
        model = Cause
        fields = ("kind", "text", "source")
        widgets: ClassVar = {"text": forms.Textarea(attrs={"rows": "3", "lang": "nl"})}
