"""Every page is read: a heading, a column or a button that goes missing is noticed."""

from __future__ import annotations

import pytest

from tests.factories.people import Cast
from tests.reading_pages import Page
from tests.reports.named_pages import make_world, named
from tests.reports.page_words import ACTS, FILES, LEADS_ON, READ_ELSEWHERE, WORDS

SENTENCE = (".", "?", "!")
LONG = 30
KINDS = (WORDS, READ_ELSEWHERE, ACTS, FILES, LEADS_ON)


def test_every_address_is_a_page_with_words_or_no_page_at_all() -> None:
    names = set(named())
    new = sorted(name for name in names if not any(name in kind for kind in KINDS))
    assert not new, f"say in tests/reports/page_words.py what stands on {', '.join(new)}"
    gone = sorted(name for kind in KINDS for name in kind if name not in names)
    assert not gone, f"no address has the name {', '.join(gone)}"
    assert all(words for _who, words in WORDS.values())


def missing(page: Page, words: str) -> list[str]:
    """What is not there: an element with just these words, or a sentence anywhere."""
    elements = page.elements()

    def is_there(one: str) -> bool:
        anywhere = one.endswith(SENTENCE) or len(one) > LONG
        return one in elements or (anywhere and one in page.words)

    return [one for one in words.split(" | ") if not is_there(one)]


@pytest.mark.django_db
def test_every_page_says_what_its_reader_relies_on(cast: Cast) -> None:
    world = make_world(cast)
    wrong = []
    for name, (who, words) in WORDS.items():
        lacks: list[str] | None = None
        for answer in world.pages(name, who=who):
            if answer.status_code == 200:
                lacks = missing(Page(answer.content.decode()), words)
                if not lacks:
                    break
        if lacks is None:
            wrong.append(f"{name}: no page for {who}")
        elif lacks:
            wrong.append(f"{name}: {lacks}")
    for name in sorted(ACTS):
        if next(world.pages(name)).status_code != 405:
            wrong.append(f"{name}: it answers without a button, so it has words")
    assert not wrong, "\n".join(wrong)
