"""Forms about inspections, in the order in which letter and report come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.forms.documents import DocumentField
from audits.forms.imprecise_days import RoughDayField, SaidForm, SourceField, said_initial
from audits.forms.submitted import RefusableForm
from audits.inspections.actions.inspections import InspectionFields
from audits.inspections.actions.reports import ReportFields, VerdictFields
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
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, AuthorityKind
from jbn_oversight.personal_numbers import no_personal_numbers
from jbn_oversight.refusals import RefusedError

MOST: Final = 5_000
"""Letters of a text that somebody types."""


def text_field(label: Any, *, required: bool = False, help_text: Any = "") -> forms.CharField:
    """Some sentences, without numbers of persons."""
    return forms.CharField(
        label=label,
        required=required,
        help_text=help_text,
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 4, "lang": "nl"}),
        validators=[no_personal_numbers],
    )


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


class InspectionForm(SaidForm):
    """The announcement, the field work, and when the report is expected."""

    title = forms.CharField(
        label=_("Subject"),
        max_length=200,
        help_text=_("What is inspected, in a few words. Each inspection has its own."),
        widget=forms.TextInput(attrs={"lang": "nl"}),
        validators=[no_personal_numbers],
    )
    authorities = _AuthoritiesField(
        Authority.objects.which(AuthorityKind.INSPECTS),
        label=_("Who inspects"),
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )
    covers = forms.IntegerField(
        label=_("Number of institutions"),
        min_value=1,
        max_value=100,
        required=False,
        help_text=_("How many institutions the inspection covers, this one included."),
    )
    announced = RoughDayField(label=_("Announced"), required=False)
    fieldwork = RoughDayField(label=_("Field work"), required=False)
    planned = RoughDayField(label=_("Report expected"), required=False)
    framework = forms.ModelChoiceField(
        NormFramework.objects.filter(authority__kind=AuthorityKind.INSPECTS),
        label=_("Norms that are measured"),
        to_field_name="public_id",
        required=False,
        empty_label=_("not known"),
    )

    def __init__(
        self,
        data: Any = None,
        *,
        inspected: InspectedInstitution | None,
        suggested: dict[str, object],
        today: date,
        at: datetime,
    ) -> None:
        initial: dict[str, object] = {"authorities": _who_inspected_last()}
        if inspected is not None:
            row = inspected.inspection
            initial = {
                "title": row.title,
                "authorities": [each.code for each in row.authorities.all()],
                "covers": row.covers,
                "framework": row.framework.public_id if row.framework else None,
                **said_initial(row, "announced", "fieldwork", "planned"),
            }
        super().__init__(data, initial={**initial, **suggested}, at=at)
        authorities = self.fields["authorities"]
        assert isinstance(authorities, _AuthoritiesField)
        authorities.on = today

    def said_of_it(self, by: User) -> InspectionFields:
        """What was typed; a new source is kept now."""
        return InspectionFields(
            title=self.cleaned_data["title"],
            authorities=tuple(self.cleaned_data["authorities"]),
            covers=self.cleaned_data["covers"],
            framework=self.cleaned_data["framework"],
            announced=self.said("announced", by),
            fieldwork=self.said("fieldwork", by),
            planned=self.said("planned", by),
        )


class MessageForm(SaidForm):
    """What the inspectorates told before or beside the report."""

    sent = RoughDayField(label=_("Sent"))
    text = text_field(_("What it says"), required=True, help_text=_("In your own words."))

    def __init__(
        self,
        data: Any = None,
        *,
        message: InterimMessage | None,
        suggested: dict[str, object],
        at: datetime,
    ) -> None:
        initial = {"text": message.text, **said_initial(message, "sent")} if message else {}
        super().__init__(data, initial={**initial, **suggested}, at=at)


class InspectedInstitutionForm(RefusableForm):
    """Another institution of the same inspection, by its name."""

    name = forms.CharField(
        label=_("Name of the institution"),
        max_length=200,
        help_text=_("Only names that are public."),
        widget=forms.TextInput(attrs={"lang": "nl"}),
        validators=[no_personal_numbers],
    )


class ReportForm(SaidForm):
    """When the report was published and what it says as a whole."""

    published = RoughDayField(label=_("Report published"), required=False)
    judgement = forms.ChoiceField(
        label=_("Judgement as a whole"),
        choices=Judgement.choices,
        help_text=_("In the words of the inspectorates. Choose not known where it is not public."),
    )
    findings = text_field(_("Summary of the findings"), help_text=_("In your own words."))
    no_measure = forms.BooleanField(
        label=_("The report says that no measure follows"), required=False
    )
    document = DocumentField(label=_("The report in the register"))

    def __init__(
        self,
        data: Any = None,
        *,
        inspected: InspectedInstitution,
        suggested: dict[str, object],
        at: datetime,
    ) -> None:
        initial = {
            "judgement": inspected.judgement,
            "findings": inspected.findings,
            "no_measure": inspected.no_measure,
            "document": inspected.document,
            **said_initial(inspected, "published"),
        }
        super().__init__(data, initial={**initial, **suggested}, at=at)
        document = self.fields["document"]
        assert isinstance(document, DocumentField)
        if inspected.institution is None:
            # The register holds papers about institutions that have pages here.
            del self.fields["document"]
        else:
            document.offer(inspected.institution, at, inspected.document)

    def said_of_it(self, by: User) -> ReportFields:
        """What was typed; a new source is kept now."""
        return ReportFields(
            published=self.said("published", by),
            judgement=Judgement(self.cleaned_data["judgement"]),
            findings=self.cleaned_data["findings"],
            no_measure=self.cleaned_data["no_measure"],
            document=self.cleaned_data.get("document"),
        )


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
