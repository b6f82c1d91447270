"""Forms about inspections, in the order in which letter and report come."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.forms.imprecise_days import SaidForm, SourceField
from audits.forms.records import M, RecordForm, SaidRecordForm
from audits.inspections.actions.reports import VerdictFields
from audits.models.inspections import (
    WITHOUT_JUDGEMENT,
    InspectedInstitution,
    Inspection,
    InterimMessage,
    Judgement,
    NormVerdict,
)
from certification.certificates.selectors import authority_name
from certification.models.frameworks import NormFramework, NormTheme
from jbn_oversight.organisations.models import Authority, AuthorityKind
from jbn_oversight.personal_numbers import no_personal_numbers
from jbn_oversight.refusals import RefusedError


class _AuthoritiesField(forms.ModelMultipleChoiceField[Authority]):
    """Authorities by the name that they have on ``on``, an Amsterdam day."""

    on: date | None = None

    def label_from_instance(self, obj: Authority) -> str:
        """Its name on that day."""
        return authority_name(obj, self.on) if self.on else obj.code


def _who_inspected_last() -> list[str]:
    """Who inspects most likely again: who did last, else the only one that can."""
    last = Inspection.objects.order_by("-pk").first()
    rows = last.authorities.all() if last else Authority.objects.which(AuthorityKind.INSPECTS)
    codes = [row.code for row in rows]
    return codes if last or len(codes) == 1 else []


class InspectionForm(SaidRecordForm[Inspection]):
    """The announcement, the field work, and when the report is expected."""

    class Meta:
        model = Inspection
        fields = (
            *("title", "authorities", "covers"),
            *("announced", "fieldwork", "planned", "framework"),
        )
        field_classes: ClassVar = {"authorities": _AuthoritiesField}

    def __init__(
        self,
        data: Any = None,
        *,
        instance: Inspection,
        suggested: dict[str, object],
        today: date,
        at: datetime,
    ) -> None:
        usual = {"authorities": _who_inspected_last()} if instance._state.adding else {}
        super().__init__(data, instance=instance, initial={**usual, **suggested}, at=at)
        authorities, framework = self.fields["authorities"], self.fields["framework"]
        assert isinstance(authorities, _AuthoritiesField)
        authorities.on = today
        self.offer("authorities", Authority.objects.which(AuthorityKind.INSPECTS))
        assert isinstance(framework, forms.ModelChoiceField)
        framework.empty_label = _("not known")
        inspects = NormFramework.objects.filter(authority__kind=AuthorityKind.INSPECTS)
        self.offer("framework", inspects)


class SuggestedForm(SaidRecordForm[M]):
    """A form that a letter fills in as far as it can."""

    def __init__(self, data: Any = None, *, suggested: Mapping[str, object], **kwargs: Any) -> None:
        super().__init__(data, initial=suggested, **kwargs)


class MessageForm(SuggestedForm[InterimMessage]):
    """What the inspectorates told before or beside the report."""

    class Meta:
        model = InterimMessage
        fields = ("sent", "text")


class InspectedInstitutionForm(RecordForm[InspectedInstitution]):
    """Another institution of the same inspection, by its name."""

    needed = ("name",)

    class Meta:
        model = InspectedInstitution
        fields = ("name",)


class ReportForm(SuggestedForm[InspectedInstitution]):
    """When the report was published and what it says as a whole."""

    class Meta:
        model = InspectedInstitution
        fields = ("published", "judgement", "findings", "no_measure", "document")

    def __init__(self, data: Any = None, *, instance: InspectedInstitution, **kwargs: Any) -> None:
        super().__init__(data, instance=instance, institution=instance.institution, **kwargs)


class VerdictsForm(SaidForm):
    """The verdict on each norm, in the order of the framework, from one source."""

    from_source = SourceField(help_text=_("The report, or who tells of it."))

    def __init__(
        self,
        data: Any = None,
        *,
        inspected: InspectedInstitution,
        themes: list[NormTheme],
        at: datetime,
    ) -> None:
        rows = {row.theme_id: row for row in inspected.verdicts.select_related("source")}
        source = next((row.source for row in rows.values()), inspected.published_source)
        self.themes = themes
        super().__init__(data, initial={"from_source": source.code if source else ""}, at=at)
        own: list[str] = []
        for theme in themes:
            own += self._add(theme, rows.get(theme.pk))
        self.order_fields([*own, "from_source"])

    def _add(self, theme: NormTheme, row: NormVerdict | None) -> tuple[str, str]:
        verdict, remark = f"verdict_{theme.code}", f"remark_{theme.code}"
        choices = [
            (each.value, each.label)
            for each in Judgement
            if each not in WITHOUT_JUDGEMENT or each is Judgement.NOT_JUDGED
        ]
        self.fields[verdict] = forms.ChoiceField(
            label=theme.title,
            choices=[("", _("not known")), *choices],
            required=False,
            initial=row.verdict if row else "",
        )
        self.fields[remark] = forms.CharField(
            label=_("Remark: %(norm)s") % {"norm": theme.title},
            required=False,
            max_length=1000,
            initial=row.remark if row else "",
            widget=forms.TextInput(attrs={"lang": "nl"}),
            validators=[no_personal_numbers],
        )
        return verdict, remark

    def lines(self) -> Iterator[tuple[forms.BoundField, ...]]:
        """Each verdict beside its remark, then the source."""
        for theme in self.themes:
            yield (self[f"verdict_{theme.code}"], self[f"remark_{theme.code}"])
        yield (self["from_source"],)

    def verdicts(self) -> dict[NormTheme, VerdictFields]:
        """What was typed, norm by norm."""
        return {
            theme: VerdictFields(
                Judgement(said) if (said := self.cleaned_data[f"verdict_{theme.code}"]) else None,
                self.cleaned_data[f"remark_{theme.code}"],
            )
            for theme in self.themes
        }

    def refuse(self, error: RefusedError) -> None:
        """Show the sentence at the norm that it is about, or above the form."""
        name = f"verdict_{error.field}"
        self.add_error(name if name in self.fields else None, error.sentence)
