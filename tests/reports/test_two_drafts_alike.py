"""Two drafts with the same words are two documents: each previews, with a code of its own."""

from __future__ import annotations

import pytest

from reports.briefings.document.selectors.documents import document_of_draft
from reports.briefings.printing.actions.copies import copy_of_draft
from reports.pdf.render import render
from tests.factories.briefings import drafted, now
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db


def test_a_maker_previews_both_in_the_same_second(cast: Cast) -> None:
    at = now()
    one, other = drafted(cast, at=at), drafted(cast, at=at)
    source = render(document_of_draft(one, at)).data
    reads = ("policy_adviser", "Drenthe")
    codes = [
        copy_of_draft(briefing=briefing, source=source, at=at, by=cast.adviser, reads=reads)[0].code
        for briefing in (one, other, one)
    ]
    assert codes[0] == codes[2]
    assert codes[0] != codes[1]
