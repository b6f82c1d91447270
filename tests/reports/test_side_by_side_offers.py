from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from audits.comparison.actions.explanations import explain
from audits.models.comparison import DisagreementNote
from reports.briefings.writing.selectors import Offer, offers_for
from reports.figure_pages.forms.days import AskedDay
from reports.side_by_side.selectors.page import compared
from tests.factories.briefings import drafted
from tests.factories.people import Cast
from tests.reports.side_by_side_cast import jbn, plans_in_time, september

pytestmark = pytest.mark.django_db

AT = datetime(2025, 9, 30, 10, tzinfo=UTC)


def offered(cast: Cast) -> list[Offer]:
    briefing = drafted(cast, at=AT, until=AT + timedelta(days=2))
    groups = {group.title: group.offers for group in offers_for(briefing, AT)}
    return list(groups.get("Naast elkaar", ()))


def explained(cast: Cast) -> DisagreementNote:
    whole = compared(jbn(), AskedDay(date(2025, 9, 30), None, is_default=True))[0]
    assert whole.found
    return explain(
        institution=jbn(),
        theme_id=None,
        found=whole.found,
        seen_sha256=whole.found.sha256,
        text="De inspectie keek in maart, het KMI in september.",
        at=AT,
        by=cast.adviser,
    )


def test_both_verdicts_are_offered_together_in_their_own_words(cast: Cast) -> None:
    september()
    whole = offered(cast)[0]
    assert "Keurmerkinstituut: certificaat, verleend (16 september 2025)" in whole.insert
    assert "Maatregel: verscherpt toezicht (24 juli 2025)" in whole.insert
    assert "Ieder oordeelt op een eigen schaal." in whole.insert
    assert whole.stand == "stand per 30 september 2025"
    assert "Bron krant" in whole.source


def test_the_explanation_is_offered_once_it_is_given_and_fits(cast: Cast) -> None:
    report = september()
    assert not any("keek in maart" in one.insert for one in offered(cast))
    explained(cast)
    [one] = [one for one in offered(cast) if "keek in maart" in one.insert]
    assert one.source == "uitleg van Daan Adviseur"
    report.measures.get().delete()
    assert not any("keek in maart" in one.insert for one in offered(cast))


def test_no_figure_comes_along(cast: Cast) -> None:
    september()
    plans_in_time(90)
    for one in offered(cast):
        assert "30,0" not in one.insert
        assert "eigen cijfers" not in one.insert


def test_without_verdicts_nothing_is_offered(cast: Cast) -> None:
    assert offered(cast) == []
