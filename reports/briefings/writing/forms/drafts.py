"""The forms of a draft. Hours are typed in Amsterdam and become instants here."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any, ClassVar, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from certification.indicators.rules.kpis import KPIS
from jbn_oversight.clock import AMSTERDAM, amsterdam_day, parse_month
from jbn_oversight.embargo import NonexistentHourError, moment_from_local
from jbn_oversight.organisations.models import Institution, Municipality, Region
from jbn_oversight.organisations.selectors.choosing import limit_institutions
from jbn_oversight.personal_numbers import no_personal_numbers
from reports.briefings.gate.forms import day_input, hour_input
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.kinds import DocumentLanguage, DocumentType
from reports.briefings.sentences import place_to_choose
from reports.briefings.signing.selectors.checklist import SOONEST
from reports.briefings.writing.actions.drafts import DraftFields, heading_seen

MOST_CHARTS: Final = 2


def kpi_choices() -> list[tuple[str, str]]:
    """The indicators by their names, in the reader's language."""
    return [(code, gettext(kpi.label)) for code, kpi in KPIS.items()]


class StartForm(forms.Form):
    """What a new briefing needs before anything else."""

    title = forms.CharField(label=_("Title"), max_length=200)
    owner = forms.ChoiceField(
        label=_("For"), help_text=_("The region or municipality whose briefing it is.")
    )
    institution = forms.ModelChoiceField(label=_("About"), queryset=Institution.objects.none())
    document_type = forms.ChoiceField(
        label=_("Kind of document"),
        choices=DocumentType.choices,
        initial=DocumentType.OPLEGGER,
        help_text=_("It starts with the sections that this kind of document has."),
    )
    language = forms.ChoiceField(
        label=_("Language of the document"),
        choices=DocumentLanguage.choices,
        initial=DocumentLanguage.DUTCH,
    )

    def __init__(
        self,
        *args: Any,
        owners: tuple[list[Region], list[Municipality]],
        institutions: frozenset[str],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.owners: dict[str, Region | Municipality] = {
            **{one.slug: one for one in owners[0]},
            **{one.cbs_code: one for one in owners[1]},
        }
        choice = self.fields["owner"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(code, place_to_choose(place)) for code, place in self.owners.items()]
        if len(self.owners) > 1:
            # Nobody's briefing by default: with several places one is chosen.
            choice.choices = [("", _("Choose a region or municipality")), *choice.choices]
        limit_institutions(self, institutions, "institution")

    @property
    def chosen_owner(self) -> Region | Municipality:
        """The chosen owner; only of a valid form."""
        return self.owners[self.cleaned_data["owner"]]


class DraftForm(forms.Form):
    """Everything of a draft but its sections, which are written one by one."""

    needed_when: ClassVar = {
        "embargo_day": _("needed to hand it in"),
        "embargo_hour": _("needed to hand it in"),
    }

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    """What stood here when the form was opened: see ``heading_seen``."""
    title = forms.CharField(label=_("Title"), max_length=200)
    subject = forms.CharField(label=_("Subject"), max_length=200, required=False)
    addressees = forms.CharField(
        label=_("To"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One a line, as they stand on paper. It gives nobody access."),
    )
    sender = forms.CharField(label=_("From"), max_length=200, required=False)
    document_date = forms.DateField(label=_("Date"), required=False, widget=day_input())
    status_line = forms.CharField(label=_("Status"), max_length=200, required=False)
    contact = forms.CharField(
        label=_("Whom readers can ask"),
        max_length=200,
        required=False,
        help_text=_("Also shown to invited readers before they may read. Tell no content here."),
    )
    language = forms.ChoiceField(
        label=_("Language of the document"), choices=DocumentLanguage.choices
    )
    figures_as_of = forms.CharField(
        label=_("Figures as of"),
        required=False,
        widget=forms.TextInput(attrs={"type": "month", "placeholder": "2025-09"}),
        help_text=_("A month, as in 2025-09. Empty means a document without figures."),
    )
    kpis = forms.MultipleChoiceField(
        label=_("Indicators in the table"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    charts = forms.MultipleChoiceField(
        label=_("Indicators as a chart"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("At most two."),
    )
    figures_region = forms.ModelChoiceField(
        label=_("Lines in the charts"),
        queryset=Region.objects.none(),
        required=False,
        empty_label=_("all regions and the institution"),
    )
    window_day = forms.DateField(
        label=_("Early readers may read from"), required=False, widget=day_input()
    )
    window_hour = forms.TimeField(
        label=_("At what hour may they start"),
        required=False,
        widget=hour_input(),
        help_text=_("Leave both empty to let them start at the approval."),
    )
    embargo_day = forms.DateField(
        label=_("Under embargo until"),
        required=False,
        widget=day_input(),
        help_text=_("No embargo? Fill in the day and hour of publication."),
    )
    embargo_hour = forms.TimeField(
        label=_("Until what hour"),
        required=False,
        widget=hour_input(),
        help_text=_("In Dutch time. From this hour on it can be public."),
    )
    audience = forms.MultipleChoiceField(
        label=_("Organisations that read it afterwards"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nothing ticked means that nobody reads it."),
    )
    public_page = forms.BooleanField(
        label=_("Also make a public page, which anybody reads without signing in."),
        required=False,
        help_text=_("It is part of what is signed. Changing it later takes a new version."),
    )
    change_reason = forms.CharField(
        label=_("What changed since the previous version, and why"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, briefing: Briefing, at: datetime, **kwargs: Any) -> None:
        self.briefing, self.at = briefing, at
        self.places = {**_places(briefing, amsterdam_day(at))}
        kwargs.setdefault("initial", _initial(briefing))
        super().__init__(*args, **kwargs)
        for typed in self.fields.values():
            if type(typed) is forms.CharField:
                typed.validators.append(no_personal_numbers)
        lines = self.fields["figures_region"]
        assert isinstance(lines, forms.ModelChoiceField)
        lines.queryset = Region.objects.served_by(
            briefing.institution, amsterdam_day(at)
        ) | Region.objects.filter(pk__in=[briefing.figures_region_id or 0])
        for name in ("kpis", "charts"):
            choice = self.fields[name]
            assert isinstance(choice, forms.MultipleChoiceField)
            choice.choices = kpi_choices()
        audience = self.fields["audience"]
        assert isinstance(audience, forms.MultipleChoiceField)
        audience.choices = [(code, place_to_choose(place)) for code, place in self.places.items()]
        if briefing.approved_at is not None:
            for name in ("window_day", "window_hour", "embargo_day", "embargo_hour", "audience"):
                self.fields[name].disabled = True
        else:
            del self.fields["change_reason"]

    def clean_figures_as_of(self) -> date | None:
        """A month as typed."""
        text = self.cleaned_data["figures_as_of"].strip()
        if not text:
            return None
        try:
            return parse_month(text)
        except ValueError as error:
            raise ValidationError(_("Write the month as 2025-09.")) from error

    def clean_charts(self) -> list[str]:
        """No more charts than fit."""
        chosen: list[str] = self.cleaned_data["charts"]
        if len(chosen) > MOST_CHARTS:
            raise ValidationError(_("Choose at most two charts."))
        return chosen

    def clean(self) -> dict[str, Any]:
        """Hours go with days, exist, and stand in order."""
        data = super().clean() or {}
        if self.briefing.approved_at is not None:
            data["window_opens_at"] = self.briefing.window_opens_at
            data["embargo_until"] = self.briefing.embargo_until
            return data
        for field, name in (("window", "window_opens_at"), ("embargo", "embargo_until")):
            data[name] = self._moment(data, field)
        opens, until = data["window_opens_at"], data["embargo_until"]
        if opens is not None and until is not None and opens > until:
            self.add_error("window_day", _("Choose a moment before the end of the embargo."))
        # What stood here already stops nobody who fixes a title; the checklist says it.
        stood = self.briefing.embargo_until
        is_new = until is not None and (stood is None or _minute(until) != _minute(stood))
        if until is not None and is_new and until < self.at + SOONEST:
            self.add_error(
                "embargo_hour",
                _("This hour has passed: choose one at least five minutes from now.")
                if until <= self.at
                else _("This hour is too near: choose one at least five minutes from now."),
            )
        return data

    def _moment(self, data: dict[str, Any], field: str) -> datetime | None:
        day: date | None = data.get(f"{field}_day")
        hour: time | None = data.get(f"{field}_hour")
        if day is None and hour is None:
            return None
        if day is None or hour is None:
            missing, words = (
                ("day", _("Fill in the day too."))
                if day is None
                else ("hour", _("Fill in the hour too."))
            )
            if f"{field}_{missing}" not in self.errors:
                self.add_error(f"{field}_{missing}", words)
            return None
        try:
            return moment_from_local(day, hour)
        except NonexistentHourError:
            self.add_error(
                f"{field}_hour",
                _("This hour does not exist: the clock goes forward. Choose another one."),
            )
        except OverflowError:
            self.add_error(f"{field}_day", _("Choose a day that lies nearer."))
        return None

    def draft(self) -> DraftFields:
        """What was typed, for the action; only of a valid form. Sections are written apart."""
        data = self.cleaned_data
        return DraftFields(
            title=data["title"],
            subject=data["subject"],
            language=data["language"],
            addressees=data["addressees"],
            sender=data["sender"],
            document_date=data["document_date"],
            status_line=data["status_line"],
            contact=data["contact"],
            figures_as_of=data["figures_as_of"],
            figures_region=data["figures_region"],
            kpis=tuple(data["kpis"]),
            charts=tuple(data["charts"]),
            change_reason=data.get("change_reason", ""),
            public_page=data["public_page"],
            window_opens_at=data["window_opens_at"],
            embargo_until=data["embargo_until"],
            audience=frozenset(self.places[code] for code in data["audience"]),
        )


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0)


def _places(briefing: Briefing, on: date) -> dict[str, Region | Municipality]:
    """Organisations to choose from: those around the owner first."""
    owner = briefing.owner
    region = owner if isinstance(owner, Region) else owner.region_on(on)
    found: dict[str, Region | Municipality] = {}
    if region is not None:
        found[region.slug] = region
        found |= {one.cbs_code: one for one in Municipality.objects.in_region(region, on)}
    if isinstance(owner, Municipality):
        found.setdefault(owner.cbs_code, owner)
    for other in Region.objects.served_by(briefing.institution, on):
        found.setdefault(other.slug, other)
    for one in Municipality.objects.valid(on).served_by(briefing.institution, on):
        found.setdefault(one.cbs_code, one)
    for row in briefing.audience.select_related("municipality", "region"):
        place = row.place
        found.setdefault(place.slug if isinstance(place, Region) else place.cbs_code, place)
    return found


def _initial(briefing: Briefing) -> dict[str, Any]:
    initial: dict[str, Any] = {
        name: getattr(briefing, name)
        for name in (
            "title",
            "subject",
            "addressees",
            "sender",
            "document_date",
            "status_line",
            "contact",
            "language",
            "kpis",
            "charts",
            "figures_region",
            "change_reason",
            "public_page",
        )
    }
    initial["seen"] = heading_seen(briefing)
    month = briefing.figures_as_of
    initial["figures_as_of"] = f"{month:%Y-%m}" if month else ""
    for field, moment in (
        ("window", briefing.window_opens_at),
        ("embargo", briefing.embargo_until),
    ):
        local = moment.astimezone(AMSTERDAM) if moment else None
        initial[f"{field}_day"] = local.date() if local else None
        initial[f"{field}_hour"] = local.time() if local else None
    initial["audience"] = [
        row.place.slug if isinstance(row.place, Region) else row.place.cbs_code
        for row in briefing.audience.select_related("municipality", "region")
    ]
    return initial
