"""Forms about plans, studies and recommendations, in the order in which a paper tells them."""

from __future__ import annotations

from datetime import datetime
from types import MappingProxyType
from typing import Any, ClassVar, Final

from django import forms
from django.utils.translation import gettext_lazy as _

from audits.forms.imprecise_days import SourceField
from audits.forms.records import RecordForm, SaidRecordForm, field_of
from audits.models.inspections import InspectedInstitution
from audits.models.plans import Plan
from audits.models.studies import Recommendation, Study
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Institution

COMMISSIONS: Final = (1, 2, 3)
"""As many sources can say who ordered a study."""


class PlanForm(SaidRecordForm[Plan]):
    """A plan: what it is, whose, when, what it is about and what it builds on."""

    class Meta:
        model = Plan
        fields = (
            *("kind", "title", "made_by", "presented", "themes", "based_on"),
            *("study", "document", "remark"),
        )

    def __init__(self, data: Any = None, *, instance: Plan, at: datetime) -> None:
        institution = instance.institution
        super().__init__(data, instance=instance, institution=institution, at=at)
        others = Plan.objects.filter(institution=institution).exclude(pk=instance.pk)
        self.offer("based_on", others)
        self.offer("study", Study.objects.filter(institution=institution))


class StudyForm(SaidRecordForm[Study]):
    """A study: who did it, who ordered it according to whom, when, for how much."""

    needed_when = MappingProxyType({"cost_source": _("needed when you fill in a cost")})

    class Meta:
        model = Study
        fields = (
            *("researcher", "title", "ordered", "delivered", "public"),
            *("cost", "cost_source", "document"),
        )

    def __init__(self, data: Any = None, *, instance: Study, at: datetime) -> None:
        super().__init__(
            data,
            instance=instance,
            institution=instance.institution,
            initial=_who_ordered(instance),
            at=at,
        )

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

    def commissioners(self, by: User) -> list[tuple[str, Source]]:
        """Who ordered it, each with the source that says so; a new source is kept now."""
        found = []
        for number in COMMISSIONS:
            source = self.source_of(f"ordered_by_{number}_source", by)
            parts = self.cleaned_data[f"ordered_by_{number}"].split(";")
            names = dict.fromkeys(part.strip() for part in parts)
            found += [(name, source) for name in names if name and source]
        return found


def _who_ordered(study: Study) -> dict[str, object]:
    initial: dict[str, object] = {}
    by_source: dict[str, list[str]] = {}
    rows = study.commissioners.select_related("source") if study.pk else ()
    for one in rows:
        by_source.setdefault(one.source.code, []).append(one.name)
    for number, (code, names) in zip(COMMISSIONS, by_source.items(), strict=False):
        initial[f"ordered_by_{number}"] = "; ".join(names)
        initial[f"ordered_by_{number}_source"] = code
    return initial


class RecommendationForm(RecordForm[Recommendation]):
    """A recommendation as the paper numbers it."""

    origin = forms.ChoiceField(label=_("From"))
    settled = frozenset({"study", "inspected"})

    class Meta:
        model = Recommendation
        fields = ("origin", "number", "text")

    def __init__(
        self, data: Any = None, *, instance: Recommendation, institution: Institution
    ) -> None:
        of = instance.study or instance.inspected
        super().__init__(data, instance=instance, initial={"origin": of.public_id if of else ""})
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
        # It stays where it was found.
        field.disabled = of is not None

    def clean(self) -> dict[str, Any]:
        """It belongs to the chosen study or inspection."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        origin = self._origins.get(cleaned.get("origin", ""))
        if isinstance(origin, Study):
            self.instance.study = origin
        elif origin is not None:
            self.instance.inspected = origin
        return cleaned


class RecommendationAnswerForm(RecordForm[Recommendation]):
    """What was decided about a recommendation, and why."""

    how = field_of(Recommendation._meta.get_field("answer"))
    stored_as = MappingProxyType({"how": "answer"})
    needed_when = MappingProxyType({"reason": _("needed when it is adapted or rejected")})
    settled = frozenset({"answered_at", "answered_by"})

    class Meta:
        model = Recommendation
        fields = ("how", "reason")
        widgets: ClassVar = {"reason": forms.Textarea(attrs={"rows": 3})}
