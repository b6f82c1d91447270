"""Forms for a finding and its causes."""

from __future__ import annotations

from datetime import datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.audits_held.actions.findings import FindingFields
from audits.audits_held.forms.audits import LONG, WORDS, _initial_of_finding, report_of
from audits.audits_held.selectors.pages import (
    conditions_of,
    title_of_certificate,
)
from audits.forms.documents import PassageField
from audits.forms.imprecise_days import (
    NeededWhenField,
    RoughDayField,
    SaidForm,
    SourceField,
)
from audits.models.audits import Audit
from audits.models.findings import Cause, CauseKind, Finding, FindingCategory
from certification.models.frameworks import NormTheme, Requirement
from jbn_oversight.accounts.models import User


class FindingForm(SaidForm):
    """One finding of a report."""

    common_source: ClassVar = "source"
    reference = forms.CharField(
        label=gettext_lazy("Number in the report"), required=False, max_length=40
    )
    norm = forms.ChoiceField(label=gettext_lazy("Theme or requirement"), required=False)
    category = forms.ModelChoiceField(
        FindingCategory.objects.none(),
        label=gettext_lazy("Category, in the body's own word"),
        to_field_name="code",
        empty_label="—",
    )
    text = forms.CharField(
        label=gettext_lazy("What was found"), max_length=5000, widget=LONG, validators=WORDS
    )
    deviation_accepted = forms.BooleanField(
        label=gettext_lazy("The body accepted this deviation"), required=False
    )
    deviation_rationale = NeededWhenField(
        label=gettext_lazy("Why it was accepted"),
        max_length=5000,
        widget=LONG,
        needed_when=gettext_lazy("needed when the body accepted it"),
    )
    due = RoughDayField(label=gettext_lazy("To be mended by"), required=False)
    source = SourceField(label=gettext_lazy("Source of the finding"))
    passage = PassageField(
        help_text=gettext_lazy(
            "The words that this finding rests on, quoted in the register. Papers under embargo "
            "are not offered."
        )
    )
    conditions = forms.MultipleChoiceField(
        label=gettext_lazy("Condition of a certificate that it belongs to"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, data: Any = None, *, audit: Audit, finding: Finding | None, at: datetime
    ) -> None:
        initial = _initial_of_finding(finding) if finding else {"source": report_of(audit)}
        super().__init__(data, at=at, initial=initial)
        self._audit = audit
        passage = self.fields["passage"]
        assert isinstance(passage, PassageField)
        passage.offer(audit.institution, at, finding.passage if finding else None)
        self._conditions = {row.public_id: row for row in conditions_of(audit.institution)}
        self._offer_conditions()
        words = self.fields["category"]
        assert isinstance(words, forms.ModelChoiceField)
        words.queryset = FindingCategory.objects.filter(authority=audit.authority)
        norm = self.fields["norm"]
        assert isinstance(norm, forms.ChoiceField)
        self._norms: dict[str, NormTheme | Requirement] = {}
        norm.choices = [("", "—"), *self._norm_choices()]

    def _offer_conditions(self) -> None:
        field = self.fields["conditions"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [
            (key, f"{row.text} ({title_of_certificate(row.certificate)})")
            for key, row in self._conditions.items()
        ]
        if not self._conditions:
            del self.fields["conditions"]

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

    def fields_said(self, by: User) -> FindingFields:
        """All that was filled in; a new source is kept now."""
        said = self.cleaned_data
        norm = self._norms.get(said["norm"])
        source = self.source_of("source", by)
        assert source is not None  # the field is required
        return FindingFields(
            reference=said["reference"],
            theme=norm if isinstance(norm, NormTheme) else None,
            requirement=norm if isinstance(norm, Requirement) else None,
            category=said["category"],
            text=said["text"],
            source=source,
            due=self.said("due", by),
            deviation_accepted=said["deviation_accepted"],
            deviation_rationale=said["deviation_rationale"],
            passage=said["passage"],
            conditions=tuple(self._conditions[key] for key in said.get("conditions", ())),
        )


class CauseForm(SaidForm):
    """Why it came to a finding."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of cause"), choices=CauseKind.choices)
    text = forms.CharField(
        label=gettext_lazy("Cause"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": "3", "lang": "nl"}),
        validators=WORDS,
    )
    source = SourceField(label=gettext_lazy("Who says so"), required=False)

    def __init__(self, data: Any = None, *, cause: Cause | None, at: datetime) -> None:
        initial = (
            {
                "kind": cause.kind,
                "text": cause.text,
                "source": cause.source.code if cause.source else "",
            }
            if cause
            else None
        )
        super().__init__(data, at=at, initial=initial)
