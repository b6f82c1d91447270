"""Each fact of the demonstration is one that a person could have typed: its form takes it again."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from audits.models.audits import Audit
from audits.models.findings import Finding
from audits.models.inspections import InspectedInstitution, InterimMessage, MeasureClaim
from audits.models.plans import Plan, PlanAction
from audits.models.studies import Recommendation, Study
from audits.models.timeline import Contradiction, TimelineEvent
from certification.models.certificates import Certificate
from jbn_oversight.organisations.models import Institution
from reports.demo.certificates import record_demo_weighing
from reports.demo.findings import record_demo_findings
from reports.demo.plans import record_demo_plans
from tests.factories.people import Cast
from tests.factories.supervision import TODAY, record_public_facts

pytestmark = pytest.mark.django_db


class _Form(HTMLParser):
    """What a browser sends of each form of a page when nothing was changed in it."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self._select = self._area = self._text = ""

    @property
    def longest(self) -> dict[str, list[str]]:
        """The form that records: others of a page take something back or paste a letter."""
        return max(self.forms, key=len)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = {name: value or "" for name, value in attrs}
        name = one.get("name", "")
        if tag == "main":
            self.forms.clear()  # above it somebody chooses a language
        elif tag == "form":
            self.forms.append({})
        elif tag == "input" and name:
            kind = one.get("type", "text")
            if kind not in ("radio", "checkbox") or "checked" in one:
                self._keep(name, one.get("value", "on" if kind == "checkbox" else ""))
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in one:
            self._keep(self._select, one["value"])
        elif tag == "textarea":
            self._area, self._text = name, ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._keep(self._area, self._text.removeprefix("\n"))
            self._area = ""

    def _keep(self, name: str, value: str) -> None:
        if self.forms:
            self.forms[-1].setdefault(name, []).append(value)


@pytest.fixture
def recorded(cast: Cast) -> Institution:
    """All that the demonstration records about supervision."""
    record_public_facts(cast.adviser)
    record_demo_findings(today=TODAY, by=cast.adviser)
    record_demo_weighing(today=TODAY, by=cast.adviser)
    record_demo_plans(people={"adviseur.drenthe": cast.adviser, "instelling.jbn": cast.institution})
    return Institution.objects.get(code="jbn")


def forms(institution: Institution) -> Iterator[str]:
    """The address of the form of each row that was recorded."""
    yield from of_the_certifying_body(institution)
    yield from of_the_inspectorates(institution)
    for event in TimelineEvent.objects.of(institution):
        yield at("event_edit", event.code)
    for contradiction in Contradiction.objects.of(institution):
        yield at("contradiction_edit", contradiction.code)
    plans: tuple[tuple[str, type[Study | Plan | Recommendation | PlanAction]], ...] = (
        ("study_edit", Study),
        ("plan_edit", Plan),
        ("recommendation_edit", Recommendation),
        ("action_edit", PlanAction),
    )
    for name, model in plans:
        for row in model._default_manager.all():
            yield at(name, row.public_id)


def at(name: str, *keys: object) -> str:
    return reverse(f"audits:{name}", args=["jbn", *keys])


def of_the_certifying_body(institution: Institution) -> Iterator[str]:
    for certificate in Certificate.objects.filter(institution=institution):
        key = certificate.public_id
        yield at("certificate_edit", key)
        for point in certificate.weighing.all():
            yield at("weighing_edit", key, point.public_id)
        for condition in certificate.conditions.all():
            yield at("condition_edit", key, condition.public_id)
    for audit in Audit.objects.filter(institution=institution):
        yield at("audit_edit", audit.public_id)
        if audit.follow_up_of:
            yield at("audit_review", audit.public_id)
    for finding in Finding.objects.of(institution):
        assert finding.found_in
        keys = (finding.found_in.public_id, finding.public_id)
        yield at("finding_edit", *keys)
        for cause in finding.causes.all():
            yield at("cause_edit", *keys, cause.public_id)


def of_the_inspectorates(institution: Institution) -> Iterator[str]:
    here = InspectedInstitution.objects.get(institution=institution)
    yield at("inspection_edit", here.public_id)
    for message in InterimMessage.objects.all():
        yield at("message_edit", here.public_id, message.pk)
    for place in InspectedInstitution.objects.all():
        if place != here:
            yield at("inspected_edit", here.public_id, place.public_id)
        yield at("inspected_report", here.public_id, place.public_id)
    yield at("inspected_verdicts", here.public_id, here.public_id)
    for measure in here.measures.all():
        yield at("measure_edit", here.public_id, measure.public_id)
        for claim in MeasureClaim.objects.filter(measure=measure):
            yield at("measure_claim", here.public_id, measure.public_id, claim.pk)


def test_every_form_takes_what_stands_in_it(cast: Cast, recorded: Institution) -> None:
    client = Client(headers={"accept-language": "nl"})
    client.force_login(cast.adviser)
    addresses = list(forms(recorded))
    for address in addresses:
        page = client.get(address)
        form = _Form()
        form.feed(page.content.decode())
        assert client.post(address, form.longest).status_code == 302, address
    assert len(addresses) > 80
