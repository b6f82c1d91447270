"""The agenda has every date of every room, each for who may see it; the overview reads it alone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from certification.dates.rules import DatedThing, DateKind
from certification.imprecise_days import ImpreciseDay, Precision
from jbn_oversight.accounts.actor import Actor
from jbn_oversight.accounts.models import User
from jbn_oversight.clock import AMSTERDAM, amsterdam_day
from jbn_oversight.organisations.models import Institution
from reports.briefings.decisions.actions import emergency, secrecy
from reports.briefings.models.secrecy import Organ, SecrecyGround
from reports.briefings.planning import actions as planning
from reports.briefings.planning.models import AnnouncedTo
from reports.calendar.rules import SOON, Agenda, agenda, spans
from reports.calendar.selectors import agenda_of
from reports.demo.facts import day as rough
from tests.audits.audits_cast import make_audit, make_finding, said
from tests.audits.certificate_cast import make_certificate, make_condition
from tests.audits.plans_cast import make_action
from tests.factories.briefings import (
    HOUR,
    SENTINEL,
    approved,
    drafted,
    invited,
    now,
    published,
    withdrawn,
)
from tests.factories.people import Cast, institution, municipality, region
from tests.factories.supervision import supervised
from tests.reading_pages import Page

DAY = timedelta(days=1)
SPRING = date(2026, 3, 2)
NOON = datetime.combine(SPRING, time(12), AMSTERDAM).astimezone(UTC)


def of(user: User, day: date = SPRING, at: datetime = NOON) -> Agenda:
    """The agenda of somebody with the roles that they have on the day."""
    return agenda_of(Actor.of(user, amsterdam_day(at)), institution(), day, at)


def today(user: User, later: timedelta = timedelta(0)) -> Agenda:
    """As the page has it now, or later on."""
    at = now() + later
    return of(user, amsterdam_day(at), at)


def titles(things: tuple[DatedThing, ...], kind: DateKind | None = None) -> list[str]:
    return [one.title for one in things if kind in (None, one.kind)]


def page(user: User, address: str) -> Page:
    client = Client()
    client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return Page(response.content.decode())


AGENDA = reverse("reports:agenda", args=["jbn"])
OVERVIEW = reverse("reports:overview", args=["jbn"])


@pytest.mark.django_db
def test_an_action_comes_until_its_last_day_and_is_late_after_it(cast: Cast) -> None:
    make_action(cast.adviser, due_on=SPRING, owner=cast.institution)
    [comes] = of(cast.institution).of(DateKind.ACTION).coming
    assert (comes.owner, comes.is_mine) == ("Teamleider instroom", True)
    assert not of(cast.alderman).coming[0].is_mine
    [late] = of(cast.alderman, SPRING + DAY, NOON + DAY).late
    assert late.title == comes.title


@pytest.mark.django_db
def test_the_overview_no_longer_says_that_nothing_is_planned_while_an_action_is_due(
    cast: Cast,
) -> None:
    empty = page(cast.alderman, OVERVIEW + "?on=2026-03-02").part("coming").words
    assert "Er staat niets gepland" in empty
    make_action(cast.adviser, title="Een planbord", due_on=SPRING + 30 * DAY)
    part = page(cast.alderman, OVERVIEW + "?on=2026-03-02").part("coming")
    assert "Er staat niets gepland" not in part.words
    [item] = part.items()
    assert item == "1 april 2026 Een planbord (Teamleider instroom) gepland"


@pytest.mark.django_db
def test_the_overview_shows_what_comes_first_and_says_how_much_more_there_is(cast: Cast) -> None:
    for number in range(8):
        make_action(cast.adviser, title=f"Actie {number}", due_on=SPRING + (number + 1) * DAY)
    part = page(cast.alderman, OVERVIEW + "?on=2026-03-02").part("coming")
    assert [one.split("Actie ")[1][0] for one in part.items()] == list("012345")
    assert "Nog 2 in de agenda" in part.words


@pytest.mark.django_db
def test_a_finding_comes_while_it_is_open_and_its_source_is_out(cast: Cast) -> None:
    audit = make_audit(cast.adviser)
    make_finding(audit, cast.adviser, due=said("2026-05"))
    [finding] = of(cast.adviser).coming
    assert finding.kind is DateKind.FINDING
    assert "3.1 Verzonnen bevinding." in finding.title
    assert finding.on == ImpreciseDay(date(2026, 5, 1), Precision.MONTH)
    assert not of(cast.adviser, date(2026, 5, 31), NOON).late
    assert of(cast.adviser, date(2026, 6, 1), NOON).late


@pytest.mark.django_db
def test_a_deviation_that_was_accepted_need_not_be_mended(cast: Cast) -> None:
    make_finding(
        make_audit(cast.adviser),
        cast.adviser,
        due=said("2026-05"),
        deviation_accepted=True,
        deviation_rationale="Het kan niet anders.",
    )
    assert not of(cast.adviser).coming


@pytest.mark.django_db
def test_a_piece_of_evidence_is_to_be_renewed_by_its_last_good_day(cast: Cast) -> None:
    supervised(cast, at=NOON)
    [evidence] = titles(of(cast.alderman, date(2025, 8, 31)).coming, DateKind.EVIDENCE)
    assert evidence.startswith("Vernieuw het bewijs")
    assert titles(of(cast.alderman, date(2025, 9, 1)).late, DateKind.EVIDENCE) == [evidence]


@pytest.mark.django_db
def test_another_institution_has_its_own_agenda(cast: Cast) -> None:
    at = now()
    other = Institution.objects.create(code="aaa", name="Aanpak Drenthe")
    other.tasks.create(
        region=region("drenthe"), task="certified_institution", from_on=date(2015, 1, 1)
    )
    make_action(cast.adviser, due_on=amsterdam_day(at))
    approved(cast, at=at, until=at + 3 * DAY)
    assert len(today(cast.adviser).coming) == 2
    actor = Actor.of(cast.adviser, amsterdam_day(at))
    assert not agenda_of(actor, other, amsterdam_day(at), at).coming
    stranger = Actor.of(cast.other_alderman, amsterdam_day(at))
    assert not agenda_of(stranger, other, amsterdam_day(at), at).coming


@pytest.mark.django_db
def test_a_certificate_tells_its_conditions_its_checks_and_its_end(cast: Cast) -> None:
    made = make_certificate(
        cast.adviser, starts=said("2026-01-01"), months=24, ends=said("2028-01-01")
    )
    make_condition(made, cast.adviser, due=rough("2026-06"))
    told = titles(of(cast.alderman).coming, DateKind.CERTIFICATE)
    assert told == [
        "Voorwaarde: Wachtlijst korter",
        "Controle door de instantie die certificeert over jaar 1",
        "Vraag het volgende certificaat uiterlijk 1 juli 2027 aan: het besluit mag zes maanden "
        "duren.",
        "Einde van het overbruggingscertificaat",
        "Vanaf hier: geen maatregelen, iedere zaak naar een andere instelling",
    ]
    later = of(cast.alderman, date(2026, 7, 1), NOON)
    assert titles(later.late) == ["Voorwaarde: Wachtlijst korter"]
    # Nobody is late with a day on which something merely ends or was to be checked.
    assert titles(of(cast.alderman, date(2028, 6, 1), NOON).late) == []


@pytest.mark.django_db
def test_audits_inspections_and_events_of_the_time_line_come_too(cast: Cast) -> None:
    supervised(cast, at=NOON)
    summer = of(cast.alderman, date(2025, 8, 20))
    assert titles(summer.soon(), DateKind.AUDIT) == ["tussentijdse audit 2"]
    autumn = of(cast.alderman, date(2025, 10, 1))
    told = titles(autumn.coming, DateKind.INSPECTION)
    assert told[0].startswith("Bezoek van de inspectie")
    assert [one for one in told if one.startswith("Einde van de verbetertermijn")]
    assert len([one for one in told if "verbetertermijn" in one]) == 1
    after = of(cast.alderman, date(2025, 12, 2))
    assert [one for one in titles(after.late) if one.startswith("Bezoek van de inspectie")]


@pytest.mark.django_db
def test_deliveries_are_told_to_who_sees_deliveries(cast: Cast) -> None:
    waits = of(cast.institution).coming
    assert titles(waits) == [
        "Levering van februari 2026",
        "Levering van maart 2026",
        "Levering van april 2026",
    ]
    assert waits[0].on == ImpreciseDay(date(2026, 3, 21))
    late = of(cast.contract_manager, date(2026, 3, 22)).late
    assert titles(late) == ["Levering van februari 2026"]
    assert not of(cast.alderman).coming


@pytest.mark.django_db
def test_makers_see_the_hours_the_steps_and_the_review_of_their_briefings(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + 3 * DAY, window=at + DAY)
    step = planning.add_step(
        briefing=briefing,
        teller="De wethouder",
        audience="de raad",
        what="Een telefoontje",
        planned_at=at + 2 * DAY,
        at=at,
        by=cast.adviser,
    )
    for maker in (cast.adviser, cast.second_adviser, cast.region_alderman):
        told = titles(today(maker).coming, DateKind.BRIEFING)
        assert [one.split(" ")[0] for one in told] == ["Vroege", "Een", "Het"]
        assert all(SENTINEL in one for one in told)
    [hour] = [one for one in today(cast.second_adviser).coming if one.is_mine]
    assert hour.at == briefing.embargo_until
    late = titles(today(cast.adviser, 3 * DAY).late)
    assert [one.split(" ")[0] for one in late] == ["Een", "Het"]
    planning.finish_step(step=step, note="", at=now(), by=cast.adviser)
    assert titles(today(cast.adviser, 3 * DAY).late) == [
        f"Het embargo van “Titel {SENTINEL}” eindigt"
    ]


@pytest.mark.django_db
def test_nothing_is_told_of_what_was_withdrawn_or_closed(cast: Cast) -> None:
    at = now()
    gone = approved(cast, at=at, until=at + 3 * DAY)
    shut = approved(cast, at=at, until=at + 3 * DAY)
    assert len(today(cast.adviser).coming) == 2
    withdrawn(cast, gone, at=at)
    emergency.close_dossier(briefing=shut, reason="Lek", at=at, by=cast.adviser)
    assert not today(cast.adviser).coming
    assert not today(cast.adviser, 4 * DAY).late


@pytest.mark.django_db
def test_nobody_is_late_with_an_hour_while_secrecy_runs(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + 3 * DAY)
    secrecy.impose(
        briefing=briefing,
        organ=Organ.EXECUTIVE,
        ground=SecrecyGround.SUPERVISION,
        imposed_on=amsterdam_day(at) - DAY,
        given_to_council_on=None,
        at=at,
        by=cast.adviser,
    )
    assert not today(cast.adviser, 4 * DAY).late


@pytest.mark.django_db
def test_a_published_briefing_leaves_only_the_day_on_which_to_look_again(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at, until=at)
    planning.plan_review(briefing=briefing, on=amsterdam_day(at), at=at, by=cast.adviser)
    assert [one.on.on for one in today(cast.adviser).coming] == [amsterdam_day(at)]
    assert len(today(cast.adviser, DAY).late) == 1
    assert not today(cast.alderman, DAY).late


@pytest.mark.django_db
def test_a_reader_sees_nothing_of_a_briefing_under_embargo_but_what_they_are_told(
    cast: Cast,
) -> None:
    at = now()
    drafted(cast, at=at - HOUR, until=at + 3 * DAY)
    approved(cast, at=at, until=at + 3 * DAY)
    makers = {"adviser", "second_adviser", "region_alderman"}
    for name, user in cast.everyone().items():
        told = [one for one in today(user).coming if one.kind is not DateKind.DELIVERY]
        assert bool(told) == (name in makers), name


@pytest.mark.django_db
def test_an_early_reader_is_told_the_hour_once_they_accepted_the_terms(cast: Cast) -> None:
    at = now()
    briefing = approved(cast, at=at, until=at + 3 * DAY)
    reader = invited(cast, briefing, cast.alderman, at=at)
    assert not today(cast.alderman).coming
    reader.accepted_at = at
    reader.save()
    [hour] = today(cast.alderman).coming
    assert (hour.at, hour.title) == (
        briefing.embargo_until,
        "Het embargo eindigt van een oplegger die u mag lezen",
    )
    assert not today(cast.alderman, 3 * DAY).late
    reader.removed_at = at
    reader.removed_by = cast.adviser
    reader.save()
    assert not today(cast.alderman).coming


@pytest.mark.django_db
def test_an_announcement_is_told_to_whom_it_was_made_until_it_came_out(cast: Cast) -> None:
    at = now()
    briefing = published(cast, at=at - HOUR, until=at + DAY)
    planning.announce(
        briefing=briefing,
        title="Een brief",
        day=amsterdam_day(at + DAY),
        to=AnnouncedTo.COUNCILS,
        places=[municipality("GM0106")],
        at=now(),
        by=cast.adviser,
    )
    assert titles(today(cast.alderman, timedelta(seconds=5)).coming) == ["Een brief"]
    assert not today(cast.other_alderman, timedelta(seconds=5)).coming
    # It came out for who may read it.
    assert not today(cast.alderman, 2 * DAY).late


@pytest.mark.django_db
def test_an_earlier_day_tells_nothing_of_briefings(cast: Cast) -> None:
    at = now()
    approved(cast, at=at, until=at + 3 * DAY)
    assert SENTINEL in page(cast.adviser, AGENDA).words
    yesterday = (amsterdam_day(at) - DAY).isoformat()
    assert SENTINEL not in page(cast.adviser, f"{AGENDA}?on={yesterday}").words


@pytest.mark.django_db
def test_the_page_says_first_how_much_is_late_and_whose_it_is(cast: Cast) -> None:
    make_action(cast.adviser, due_on=SPRING - DAY, owner=cast.institution)
    make_action(cast.adviser, title="Een andere", due_on=SPRING + DAY)
    make_action(cast.adviser, title="Veel later", due_on=SPRING + (SOON + 1) * DAY)
    read = page(cast.alderman, AGENDA + "?on=2026-03-02")
    assert "1 zaak is te laat. De komende 90 dagen staat er 1 datum in de agenda." in read.words
    [late] = read.part("overdue").items()
    assert late.startswith("1 maart 2026 Actie: Een planbord per team")
    assert "te laat" in late
    assert late.endswith("Aan zet: Teamleider instroom.")
    assert read.part("span-1").words.startswith("Maart 2026")
    assert read.part("span-2").words.startswith("Juni 2026")
    mine = page(cast.institution, AGENDA + "?on=2026-03-02")
    assert "1 daarvan is van u." in mine.words


@pytest.mark.django_db
def test_one_kind_can_be_chosen_and_nonsense_filters_nothing(cast: Cast) -> None:
    make_action(cast.adviser, due_on=SPRING + DAY)
    make_finding(make_audit(cast.adviser), cast.adviser, due=said("2026-05"))
    on = AGENDA + "?on=2026-03-02"
    assert "span-2" in page(cast.alderman, on).html
    one = page(cast.alderman, on + "&kind=finding")
    assert "span-2" not in one.html
    assert "Herstel bevinding" in one.words
    assert "Een planbord" not in one.words
    assert "Een planbord" in page(cast.alderman, on + "&kind=nonsense").words


@pytest.mark.django_db
def test_who_may_not_see_the_overview_sees_no_agenda(cast: Cast) -> None:
    for user in (cast.council_member, cast.auditor, cast.nobody):
        client = Client()
        client.force_login(user)
        assert client.get(AGENDA).status_code == 404
        assert client.get(reverse("reports:agenda_ics", args=["jbn"])).status_code == 404


@pytest.mark.django_db
def test_more_rows_ask_no_more_queries(cast: Cast, django_assert_max_num_queries: object) -> None:
    at = now()
    supervised(cast, at=at)
    client = Client()
    client.force_login(cast.adviser)

    def fill(number: int) -> None:
        for one in range(number):
            make_action(cast.adviser, title=f"Actie {number} {one}", due_on=amsterdam_day(at + DAY))
            audit = make_audit(cast.adviser, 10 * number + one)
            make_finding(audit, cast.adviser, due=said("2030-05"))
            briefing = approved(cast, at=at, until=at + 3 * DAY, window=at + DAY)
            planning.add_step(
                briefing=briefing,
                teller="De wethouder",
                audience="de raad",
                what="Een telefoontje",
                planned_at=at + DAY,
                at=at,
                by=cast.adviser,
            )
            planning.announce(
                briefing=briefing,
                title="Een brief",
                day=amsterdam_day(at + DAY),
                to=AnnouncedTo.PUBLIC,
                places=[],
                at=now(),
                by=cast.adviser,
            )

    fill(1)
    client.get(AGENDA)
    addresses = (AGENDA, reverse("reports:agenda_ics", args=["jbn"]), OVERVIEW)
    before = []
    for address in addresses:
        with django_assert_max_num_queries(120) as asked:  # type: ignore[operator]
            client.get(address)
        before.append(len(asked))
    fill(4)
    for address, number in zip(addresses, before, strict=True):
        with django_assert_max_num_queries(number):  # type: ignore[operator]
            client.get(address)


def thing(on: ImpreciseDay, **changes: object) -> DatedThing:
    values: dict[str, object] = {"kind": DateKind.EVENT, "title": "Iets", "url": "/", **changes}
    return DatedThing(on=on, **values)  # type: ignore[arg-type]


def test_a_rough_day_is_never_made_sharper() -> None:
    month = thing(ImpreciseDay(date(2026, 3, 1), Precision.MONTH))
    quarter = thing(ImpreciseDay(date(2026, 1, 1), Precision.QUARTER))
    day = thing(ImpreciseDay(date(2026, 3, 31)))
    made = agenda([quarter, month, day], date(2026, 3, 31), NOON)
    assert not made.late
    assert made.coming == (day, month, quarter)
    assert [span.on for span in spans(made.coming)] == [
        ImpreciseDay(date(2026, 3, 1), Precision.MONTH),
        ImpreciseDay(date(2026, 1, 1), Precision.QUARTER),
    ]
    assert agenda([quarter, month, day], date(2026, 4, 1), NOON).late == (day, month, quarter)


def test_an_hour_is_late_from_that_hour_on_and_what_merely_passes_never() -> None:
    on = ImpreciseDay(SPRING)
    hour = thing(on, at=NOON)
    assert not hour.is_late(SPRING, NOON - timedelta(seconds=1))
    assert hour.is_late(SPRING, NOON)
    assert not hour.is_coming(SPRING, NOON)
    gone = agenda([thing(on, just_passes=True)], SPRING + DAY, NOON + DAY)
    assert gone.late == gone.coming == ()
