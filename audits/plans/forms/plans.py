"""Forms about plans, studies and recommendations, in the order in which a paper tells them."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from audits.forms.documents import DocumentField
from audits.forms.imprecise_days import (
    NeededWhenField,
    RoughDayField,
    SaidForm,
    SourceField,
    said_initial,
)
from audits.forms.submitted import RefusableForm
from audits.models.inspections import InspectedInstitution
from audits.models.plans import Plan, PlanKind, PlanTheme
from audits.models.studies import Recommendation, RecommendationAnswer, Study
from audits.plans.actions.plans import PlanFields, StudyFields
from certification.models.documents import Document
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Institution

COMMISSIONS: Final = (1, 2, 3)
"""As many sources can say who ordered a study."""


class _PaperForm(SaidForm):
    """A form with days and sources that names one document of the register."""

    def _document(self, institution: Institution, at: datetime, kept: Document | None) -> None:
        field = self.fields["document"]
        assert isinstance(field, DocumentField)
        field.offer(institution, at, kept)

    def _rows(self, name: str, rows: QuerySet[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = rows


class PlanForm(_PaperForm):
    """A plan: what it is, whose, when, what it is about and what it builds on."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PlanKind.choices)
    title = forms.CharField(label=_("Title"), max_length=200)
    made_by = forms.CharField(
        label=_("Made by"), max_length=200, help_text=_("The office or the organisation.")
    )
    presented = RoughDayField(label=_("Presented"), required=False)
    themes = forms.ModelMultipleChoiceField(
        PlanTheme.objects.all(),
        label=_("Themes"),
        required=False,
        to_field_name="code",
        widget=forms.CheckboxSelectMultiple,
    )
    based_on = forms.ModelMultipleChoiceField(
        Plan.objects.none(),
        label=_("Builds on"),
        required=False,
        to_field_name="public_id",
        widget=forms.CheckboxSelectMultiple,
    )
    study = forms.ModelChoiceField(
        Study.objects.none(),
        label=_("Comes from the study"),
        required=False,
        to_field_name="public_id",
    )
    document = DocumentField()
    remark = forms.CharField(
        label=_("Remark"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(
        self, data: Any = None, *, institution: Institution, plan: Plan | None, at: datetime
    ) -> None:
        super().__init__(data, at=at, initial=_of_plan(plan) if plan else None)
        others = Plan.objects.filter(institution=institution)
        self._rows("based_on", others.exclude(pk=plan.pk) if plan else others)
        self._rows("study", Study.objects.filter(institution=institution))
        self._document(institution, at, plan.document if plan else None)

    def fields_said(self, by: User) -> PlanFields:
        """What was filled in, for ``save_plan``."""
        said = self.cleaned_data
        return PlanFields(
            kind=PlanKind(said["kind"]),
            title=said["title"],
            made_by=said["made_by"],
            presented=self.said("presented", by),
            study=said["study"],
            based_on=tuple(said["based_on"]),
            themes=tuple(said["themes"]),
            document=said["document"],
            remark=said["remark"],
        )


def _of_plan(plan: Plan) -> dict[str, object]:
    return {
        "kind": plan.kind,
        "title": plan.title,
        "made_by": plan.made_by,
        "themes": [theme.code for theme in plan.themes.all()],
        "based_on": [one.public_id for one in plan.based_on.all()],
        "study": plan.study.public_id if plan.study else None,
        "document": plan.document,
        "remark": plan.remark,
        **said_initial(plan, "presented"),
    }


class StudyForm(_PaperForm):
    """A study: who did it, who ordered it according to whom, when, for how much."""

    researcher = forms.CharField(label=_("Researcher"), max_length=200)
    title = forms.CharField(label=_("Title"), max_length=300)
    ordered = RoughDayField(label=_("Ordered"), required=False)
    delivered = RoughDayField(label=_("Delivered"), required=False)
    public = RoughDayField(label=_("Made public"), required=False)
    cost = forms.DecimalField(
        label=_("Cost in euros"),
        required=False,
        max_digits=12,
        decimal_places=2,
        localize=True,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    cost_source = SourceField(
        label=_("Source of the cost"),
        required=False,
        needed_when=_("needed when you fill in a cost"),
    )
    document = DocumentField()

    def __init__(
        self, data: Any = None, *, institution: Institution, study: Study | None, at: datetime
    ) -> None:
        super().__init__(data, at=at, initial=_of_study(study) if study else None)
        self._document(institution, at, study.document if study else None)

    def _add_sources(self) -> None:
        super()._add_sources()
        for number in COMMISSIONS:
            self.fields[f"ordered_by_{number}"] = forms.CharField(
                label=_("Ordered by, according to source %(number)s") % {"number": number},
                required=False,
                max_length=600,
                help_text=_("Several parties are parted by a semicolon."),
            )
            self.fields[f"ordered_by_{number}_source"] = SourceField(
                label=_("Source %(number)s") % {"number": number},
                required=False,
                needed_when=_("needed when you fill in a party"),
            )

    def clean(self) -> dict[str, Any]:
        """A cost and those who ordered it have a source."""
        cleaned = super().clean()
        pairs = [(f"ordered_by_{number}", f"ordered_by_{number}_source") for number in COMMISSIONS]
        for name, source in [*pairs, ("cost", "cost_source")]:
            if cleaned.get(name) not in (None, "") and not cleaned.get(source):
                self.add_error(source, _("Choose the source that says this."))
        return cleaned

    def fields_said(self, by: User) -> StudyFields:
        """What was filled in, for ``save_study``."""
        said = self.cleaned_data
        commissioners = []
        for number in COMMISSIONS:
            source = self.source_of(f"ordered_by_{number}_source", by)
            names = [part.strip() for part in said[f"ordered_by_{number}"].split(";")]
            commissioners += [(name, source) for name in dict.fromkeys(names) if name and source]
        cost_source = self.source_of("cost_source", by)
        return StudyFields(
            researcher=said["researcher"],
            title=said["title"],
            ordered=self.said("ordered", by),
            delivered=self.said("delivered", by),
            public=self.said("public", by),
            cost=(said["cost"], cost_source) if said["cost"] is not None and cost_source else None,
            commissioners=tuple(commissioners),
            document=said["document"],
        )


def _of_study(study: Study) -> dict[str, object]:
    initial: dict[str, object] = {
        "researcher": study.researcher,
        "title": study.title,
        "cost": study.cost,
        "cost_source": study.cost_source.code if study.cost_source else None,
        "document": study.document,
        **said_initial(study, "ordered", "delivered", "public"),
    }
    by_source: dict[str, list[str]] = {}
    for one in study.commissioners.select_related("source"):
        by_source.setdefault(one.source.code, []).append(one.name)
    for number, (code, names) in zip(COMMISSIONS, by_source.items(), strict=False):
        initial[f"ordered_by_{number}"] = "; ".join(names)
        initial[f"ordered_by_{number}_source"] = code
    return initial


class RecommendationForm(RefusableForm):
    """A recommendation as the paper numbers it."""

    origin = forms.ChoiceField(label=_("From"))
    number = forms.IntegerField(label=_("Number"), min_value=1, max_value=999)
    text = forms.CharField(
        label=_("Recommendation"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In short and in your own words."),
    )

    def __init__(
        self, data: Any = None, *, institution: Institution, recommendation: Recommendation | None
    ) -> None:
        row = recommendation
        initial = None
        if row is not None:
            of = row.study or row.inspected
            initial = {"origin": of.public_id if of else "", "number": row.number, "text": row.text}
        super().__init__(data, initial=initial)
        studies = Study.objects.filter(institution=institution)
        inspected = InspectedInstitution.objects.filter(
            institution=institution, published_on__isnull=False
        ).select_related("inspection")
        self._origins: dict[str, Study | InspectedInstitution] = {
            **{one.public_id: one for one in studies},
            **{one.public_id: one for one in inspected},
        }
        field = self.fields["origin"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            (key, str(one) if isinstance(one, Study) else one.inspection.title)
            for key, one in self._origins.items()
        ]
        if row is not None:
            # It stays where it was found.
            field.disabled = True

    @property
    def origin_row(self) -> Study | InspectedInstitution:
        """The chosen study or inspection, after ``is_valid``."""
        return self._origins[self.cleaned_data["origin"]]


class RecommendationAnswerForm(RefusableForm):
    """What was decided about a recommendation, and why."""

    how = forms.ChoiceField(label=_("Decided"), choices=RecommendationAnswer.choices)
    reason = NeededWhenField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        needed_when=_("needed when it is adapted or rejected"),
    )

    def __init__(self, data: Any = None, *, recommendation: Recommendation) -> None:
        super().__init__(
            data, initial={"how": recommendation.answer, "reason": recommendation.reason}
        )
