"""Typing a month again begins with what stands, and overwrites nothing that was not seen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path
from unittest.mock import patch

import pytest
from django.db import connection
from django.http import HttpResponse

from cases.models import StaffingReturn, StaffingVersion
from cases.returns.actions import (
    ReturnChangedError,
    ReturnStateError,
    approve_return,
    save_return,
    submit_return,
)
from cases.returns.selectors import figures_of, standing
from cases.staffing.rules import QUANTITIES, ROLES
from jbn_oversight.accounts.models import User
from tests.certification.test_typed_staffing import (
    address,
    approved,
    deliver,
    drenthe,
    key,
    signed_in,
    typed,
)
from tests.factories.deliveries import FIRST
from tests.factories.people import Cast, institution, region

pytestmark = pytest.mark.django_db


class _Fields(HTMLParser):
    """What a browser would send of the forms of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        one = dict(attrs)
        if tag == "input" and one.get("name") and one["name"] != "csrfmiddlewaretoken":
            self.found[str(one["name"])] = one.get("value") or ""


def opened(by: User) -> dict[str, str]:
    """The form as it was opened, with everything in it."""
    fields = _Fields()
    fields.feed(signed_in(by).get(address()).content.decode())
    return fields.found


def sent(by: User, form: dict[str, str], act: str, **changes: str) -> HttpResponse:
    data = {**form, **{name.replace("__", "-"): text for name, text in changes.items()}}
    with patch("jbn_oversight.celery.app.send_task"):
        return signed_in(by).post(  # type: ignore[return-value]
            address(), {**data, "act": act}, headers={"accept-language": "nl"}
        )


def full_figures() -> dict[str, dict[str, str]]:
    """60 cells, most with a number of their own."""
    heads = {"headcount_start": "20", "headcount_end": "21", "joiners": "3", "leavers": "2"}
    heads["internal_leavers"] = "1"
    return {
        role: {
            **{
                quantity: f"{number}{place},5"
                for place, quantity in enumerate(QUANTITIES, start=10)
                if quantity not in heads
            },
            **heads,
            "supernumerary_fte": "1",
            "sick_days": "3,25",
        }
        for number, role in enumerate(ROLES, start=1)
    }


def counting() -> dict[str, dict[str, str]]:
    version = standing(institution(), region("drenthe"), FIRST).version
    assert version is not None
    return figures_of(version)


def approved_in_full(cast: Cast) -> None:
    concept = typed(cast.contract_manager, full_figures())
    submit_return(typed=concept, seen=key(), by=cast.contract_manager)
    approve_return(typed=concept, seen=key(), by=cast.second_contract_manager)


def test_correcting_one_cell_of_an_approved_month_keeps_the_other_59(cast: Cast) -> None:
    approved_in_full(cast)
    before = counting()
    assert sum(len(row) for row in before.values()) == 60
    form = opened(cast.contract_manager)
    assert sent(cast.contract_manager, form, "submit", other__filled_fte="99").status_code == 302
    waiting = opened(cast.second_contract_manager)
    assert sent(cast.second_contract_manager, waiting, "approve").status_code == 302
    after = counting()
    assert after["other"].pop("filled_fte") == "99"
    assert before["other"].pop("filled_fte") != "99"
    assert after == before


def test_the_form_shows_what_a_delivery_brought(cast: Cast, tmp_path: Path) -> None:
    deliver(tmp_path / "d", with_rows=True)
    form = opened(cast.contract_manager)
    assert form["other-filled_fte"] == "4,4"
    assert sent(cast.contract_manager, form, "submit", other__sick_days="0").status_code == 302
    assert sent(cast.second_contract_manager, opened(cast.second_contract_manager), "approve")
    assert drenthe() == Decimal("4.4")


def said(answer: HttpResponse) -> str:
    return answer.content.decode()


def test_two_people_on_one_month_overwrite_nothing_of_each_other(cast: Cast) -> None:
    one, other = opened(cast.contract_manager), opened(cast.second_contract_manager)
    assert sent(cast.contract_manager, one, "save", other__filled_fte="5").status_code == 302
    answer = sent(cast.second_contract_manager, other, "save", other__filled_fte="7,5")
    assert answer.status_code == 409
    assert cast.contract_manager.name in said(answer)
    assert 'value="7,5"' in said(answer)
    assert "nu: 5" in said(answer)
    assert StaffingReturn.objects.get().figures == {"other": {"filled_fte": "5"}}
    fields = _Fields()
    fields.feed(said(answer))
    again = sent(cast.second_contract_manager, fields.found, "save")
    assert again.status_code == 302
    assert StaffingReturn.objects.get().figures == {"other": {"filled_fte": "7,5"}}
    assert StaffingReturn.history.count() == 2


def test_two_tabs_of_one_person_overwrite_nothing_either(cast: Cast) -> None:
    one, other = opened(cast.contract_manager), opened(cast.contract_manager)
    sent(cast.contract_manager, one, "save", other__filled_fte="5")
    assert sent(cast.contract_manager, other, "submit", other__filled_fte="6").status_code == 409
    assert StaffingReturn.objects.get().figures == {"other": {"filled_fte": "5"}}


def test_a_wrong_cell_does_not_make_the_page_forget_what_it_was_opened_on(cast: Cast) -> None:
    one, other = opened(cast.contract_manager), opened(cast.second_contract_manager)
    sent(cast.contract_manager, one, "save", other__filled_fte="5")
    wrong = sent(cast.second_contract_manager, other, "save", other__filled_fte="veel")
    assert wrong.status_code == 200
    fields = _Fields()
    fields.feed(said(wrong))
    mended = sent(cast.second_contract_manager, fields.found, "save", other__filled_fte="7")
    assert mended.status_code == 409
    assert StaffingReturn.objects.get().figures == {"other": {"filled_fte": "5"}}


def test_a_delivery_that_comes_between_opening_and_saving_is_told(
    cast: Cast, tmp_path: Path
) -> None:
    form = opened(cast.contract_manager)
    deliver(tmp_path / "d", with_rows=True)
    answer = sent(cast.contract_manager, form, "save", other__filled_fte="7")
    assert answer.status_code == 409
    assert "nu: 4,4" in said(answer)
    assert "Met een levering kwamen cijfers" in said(answer)
    assert not StaffingReturn.objects.exists()


def test_a_month_approved_between_opening_and_saving_is_told(cast: Cast) -> None:
    form = opened(cast.contract_manager)
    approved(cast)
    answer = sent(cast.contract_manager, form, "submit", other__filled_fte="7")
    assert answer.status_code == 409
    assert "zijn goedgekeurd" in said(answer)
    assert drenthe() == Decimal("5.5")


def test_what_was_typed_while_a_colleague_submitted_is_kept_and_can_go_on(cast: Cast) -> None:
    form = opened(cast.second_contract_manager)
    sent(cast.contract_manager, opened(cast.contract_manager), "submit", other__filled_fte="5")
    answer = sent(cast.second_contract_manager, form, "save", other__filled_fte="7")
    assert answer.status_code == 409
    assert "wachten op goedkeuring" in said(answer)
    assert StaffingReturn.objects.get().figures == {"other": {"filled_fte": "5"}}
    fields = _Fields()
    fields.feed(said(answer))
    assert fields.found["other-filled_fte"] == "7"
    assert sent(cast.second_contract_manager, fields.found, "replace").status_code == 302
    found = StaffingReturn.objects.get()
    assert (found.state, found.figures) == ("concept", {"other": {"filled_fte": "7"}})


@pytest.mark.parametrize("act", ["approve", "send_back"])
def test_nobody_judges_figures_that_were_not_seen(cast: Cast, act: str) -> None:
    sent(cast.contract_manager, opened(cast.contract_manager), "submit", other__filled_fte="5")
    judged = opened(cast.second_contract_manager)
    own = opened(cast.contract_manager)
    sent(cast.contract_manager, own, "send_back")
    sent(cast.contract_manager, opened(cast.contract_manager), "submit", other__filled_fte="6")
    assert sent(cast.second_contract_manager, judged, act).status_code == 302
    found = StaffingReturn.objects.get()
    assert (found.state, found.figures["other"]["filled_fte"]) == ("submitted", "6")
    assert not StaffingVersion.objects.exists()


def test_nobody_approves_over_a_delivery_that_was_not_seen(cast: Cast, tmp_path: Path) -> None:
    sent(cast.contract_manager, opened(cast.contract_manager), "submit", other__filled_fte="5")
    judged = opened(cast.second_contract_manager)
    deliver(tmp_path / "d", with_rows=True)
    sent(cast.second_contract_manager, judged, "approve")
    assert drenthe() == Decimal("4.4")
    sent(cast.second_contract_manager, opened(cast.second_contract_manager), "approve")
    assert drenthe() == Decimal(5)


@pytest.mark.parametrize("act", ["approve", "send_back", "save", "submit", "replace"])
def test_a_page_that_says_nothing_of_what_it_saw_changes_nothing(cast: Cast, act: str) -> None:
    submit_return(typed=typed(cast.contract_manager), seen=key(), by=cast.contract_manager)
    before = StaffingReturn.objects.values().get()
    sent(cast.second_contract_manager, {"other-filled_fte": "9"}, act)
    assert StaffingReturn.objects.values().get() == before


@pytest.mark.parametrize("act", ["approve", "send_back"])
def test_a_button_of_a_return_that_is_no_longer_there_does_nothing(cast: Cast, act: str) -> None:
    submit_return(typed=typed(cast.contract_manager), seen=key(), by=cast.contract_manager)
    judged = opened(cast.second_contract_manager)
    assert sent(cast.second_contract_manager, judged, "approve").status_code == 302
    assert sent(cast.second_contract_manager, judged, act).status_code == 302
    assert StaffingVersion.objects.count() == 1


def at_once(*calls: Callable[[], object]) -> list[object]:
    """Each in a thread of its own; what they gave or raised."""
    barrier = threading.Barrier(len(calls))
    found: list[object] = [None] * len(calls)

    def run(number: int, call: Callable[[], object]) -> None:
        barrier.wait()
        try:
            found[number] = call()
        except ReturnStateError as error:
            found[number] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=one) for one in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return found


@pytest.mark.django_db(transaction=True)
def test_of_two_who_begin_at_once_one_is_told(cast: Cast) -> None:
    seen = key()

    def save(by: User, text: str) -> Callable[[], object]:
        return lambda: save_return(
            institution=institution(),
            region=region("drenthe"),
            month=FIRST,
            figures={"other": {"filled_fte": text}},
            seen=seen,
            by=by,
        )

    found = at_once(save(cast.contract_manager, "5"), save(cast.second_contract_manager, "6"))
    assert [type(one) for one in found].count(ReturnChangedError) == 1
    (kept,) = [one for one in found if isinstance(one, StaffingReturn)]
    assert StaffingReturn.objects.get().figures == kept.figures
    assert StaffingReturn.history.count() == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_judge_at_once_one_is_told(cast: Cast) -> None:
    concept = typed(cast.contract_manager)
    submit_return(typed=concept, seen=key(), by=cast.contract_manager)
    seen = key()

    def approve() -> object:
        return approve_return(typed=concept, seen=seen, by=cast.second_contract_manager)

    found = at_once(approve, approve)
    assert [type(one) for one in found].count(ReturnChangedError) == 1
    assert StaffingVersion.objects.current().count() == 1
    assert StaffingVersion.objects.count() == 1
