from __future__ import annotations

import pytest

from certification.models import DocumentVersion
from jbn_oversight.clock import utc_now
from reports.demo.papers import load_papers
from reports.demo.people import load_people

pytestmark = pytest.mark.django_db


def test_one_paper_is_open_and_one_waits_for_its_hour() -> None:
    people, now = load_people(), utc_now()
    assert load_papers(people=people, at=now)
    assert not load_papers(people=people, at=now)
    seen = DocumentVersion.objects.visible_to
    assert seen(people["wethouder.assen"], now).count() == 1
    assert seen(people["wethouder.drenthe"], now).count() == 2
    assert seen(people["raadslid.assen"], now).count() == 0
