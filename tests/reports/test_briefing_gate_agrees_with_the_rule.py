"""The gate in SQL gives the same four answers as the pure rule, on a real PostgreSQL.

Every combination of facts that the database lets exist, for readers with every kind of
mandate, at every boundary and a microsecond to either side of it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import product

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import models

from jbn_oversight.accounts.models import Role, User
from jbn_oversight.embargo import Answer, EmbargoFacts, Term, answer, overdue
from reports.briefings.gate.selectors.prepared import answered
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.parts import AudienceMember
from reports.briefings.models.readers import EarlyReader
from reports.briefings.models.secrecy import Secrecy
from reports.briefings.models.versions import BriefingVersion
from tests.factories.people import institution, membership, municipality, person, region

pytestmark = pytest.mark.django_db

# Around the night in which winter time starts: 26 October 2025, 02:00 comes twice.
APPROVED = datetime(2025, 10, 20, 8, tzinfo=UTC)
WINDOW = datetime(2025, 10, 24, 22, tzinfo=UTC)
HOUR = datetime(2025, 10, 26, 1, 30, tzinfo=UTC)
MIDNIGHT = datetime(2025, 10, 25, 22, tzinfo=UTC)
CHANGE_DAY = date(2025, 10, 26)
LONG_AGO = date(2020, 1, 1)
TICK = timedelta(microseconds=1)
INSTANTS = [
    moment + offset
    for moment in (APPROVED, WINDOW, MIDNIGHT, HOUR - timedelta(hours=1), HOUR)
    for offset in (-TICK, timedelta(0), timedelta(seconds=1))
] + [datetime(2024, 1, 1, tzinfo=UTC), datetime(2030, 1, 1, tzinfo=UTC)]


@dataclass(frozen=True)
class Reader:
    user: User
    early: tuple[Term, ...]
    """Mandates as council member of Assen, in which all of them were invited."""
    audience: tuple[Term, ...]
    """Mandates in a reading role in Assen or in the region."""
    mandate: str = ""
    """The first one of those ``early``, by which they were invited."""


def readers() -> dict[str, Reader]:
    assen, emmen, drenthe = municipality("GM0106"), municipality("GM0114"), region("drenthe")
    always, ended, coming = (
        Term(LONG_AGO),
        Term(LONG_AGO, CHANGE_DAY),
        Term(CHANGE_DAY),
    )
    stories: dict[str, tuple[list[tuple[Role, object, Term]], tuple[Term, ...]]] = {
        "member": ([(Role.COUNCIL_MEMBER, assen, always)], (always,)),
        "mandate ends at the midnight": ([(Role.COUNCIL_MEMBER, assen, ended)], (ended,)),
        "mandate starts at the midnight": ([(Role.COUNCIL_MEMBER, assen, coming)], (coming,)),
        "given again at the midnight": (
            [(Role.COUNCIL_MEMBER, assen, ended), (Role.COUNCIL_MEMBER, assen, coming)],
            (ended,),
        ),
        "named anew after the midnight": (
            [(Role.COUNCIL_MEMBER, assen, coming), (Role.COUNCIL_MEMBER, assen, ended)],
            (coming,),
        ),
        "became clerk": ([(Role.CLERK, assen, always)], ()),
        "moved to another council": ([(Role.COUNCIL_MEMBER, emmen, always)], ()),
        "adviser of the region": ([(Role.POLICY_ADVISER, drenthe, always)], ()),
        "administrator": ([(Role.ADMINISTRATOR, assen, always)], ()),
        "contract manager": ([(Role.CONTRACT_MANAGER, assen, always)], ()),
        "member, and administrator too": (
            [(Role.COUNCIL_MEMBER, assen, always), (Role.ADMINISTRATOR, drenthe, always)],
            (always,),
        ),
        "nobody": ([], ()),
    }
    reading = {Role.COUNCIL_MEMBER, Role.CLERK, Role.POLICY_ADVISER, Role.ALDERMAN}
    found = {}
    for name, (mandates, early) in stories.items():
        user = person(name, f"{name.replace(' ', '-').replace(',', '')}@test.example")
        held = []
        for role, place, term in mandates:
            row = membership(user, role, place, from_on=term.from_on, until_on=term.until_on)  # type: ignore[arg-type]
            held.append(row.public_id)
        in_audience = [
            term for role, place, term in mandates if role in reading and place in (assen, drenthe)
        ]
        audience = tuple(sorted(in_audience, key=lambda term: term.from_on))
        found[name] = Reader(user, early, audience, held[0] if early else "")
    gone = person("left the portal")
    left = membership(gone, Role.COUNCIL_MEMBER, assen)
    gone.is_active = False
    gone.save()
    found["left the portal"] = Reader(gone, (), (), left.public_id)
    return found


def all_facts() -> list[tuple[EmbargoFacts, bool]]:
    """Every combination that the database lets exist, with and without an audience."""
    found = []
    for approved, window, hour, published, withdrawn, closed, secret in product(
        (None, APPROVED),
        (None, WINDOW),
        (None, HOUR),
        (None, APPROVED),
        (None, HOUR),
        (None, HOUR),
        (False, True),
    ):
        if approved and not (window and hour):
            continue
        if (published and not approved) or (closed and withdrawn):
            continue
        if secret and (closed or withdrawn):
            continue
        for invited, accepted, removed in (
            (None, None, None),
            (APPROVED, None, None),
            (APPROVED, WINDOW, None),
            (APPROVED, WINDOW, HOUR),
        ):
            facts = EmbargoFacts(
                approved_at=approved,
                window_opens_at=window,
                embargo_until=hour,
                published_at=published,
                withdrawn_at=withdrawn,
                closed_at=closed,
                is_secret=secret,
                invited_at=invited,
                accepted_at=accepted,
                removed_at=removed,
            )
            found += [(facts, False), (facts, True)]
    return found


def store(people: list[Reader]) -> list[tuple[Briefing, EmbargoFacts, bool]]:
    author, approver, publisher = person("author"), person("approver"), person("publisher")
    assen, drenthe = municipality("GM0106"), region("drenthe")
    stored = []
    for facts, has_audience in all_facts():
        briefing = Briefing(
            institution=institution(),
            region=drenthe,
            title="Title",
            author=author,
            publisher=publisher,
            created_at=APPROVED - timedelta(days=1),
            window_opens_at=facts.window_opens_at,
            embargo_until=facts.embargo_until,
            approved_at=facts.approved_at,
            approved_by=approver if facts.approved_at else None,
            withdrawn_at=facts.withdrawn_at,
            withdrawn_by=author if facts.withdrawn_at else None,
            withdrawal_reason="leak" if facts.withdrawn_at else "",
            closed_at=facts.closed_at,
            closed_by=author if facts.closed_at else None,
            closing_reason="leak" if facts.closed_at else "",
        )
        stored.append((briefing, facts, has_audience))
    models.QuerySet[Briefing](Briefing).bulk_create([row[0] for row in stored])
    for briefing, facts, has_audience in stored:
        if facts.approved_at:
            version = BriefingVersion.objects.create(
                briefing=briefing,
                number=1,
                draft_revision=1,
                content={},
                author=author,
                approved_at=facts.approved_at,
                approved_by=approver,
            )
            if facts.published_at:
                models.QuerySet[Briefing](Briefing).filter(pk=briefing.pk).update(
                    published_at=facts.published_at,
                    published_by=publisher,
                    published_version=version,
                )
        if facts.is_secret:
            Secrecy.objects.create(
                briefing=briefing,
                organ="executive",
                ground="2d",
                imposed_on=LONG_AGO,
                recorded_at=APPROVED,
                recorded_by=author,
            )
        if has_audience:
            for place in ({"municipality": assen}, {"region": drenthe}):
                AudienceMember.objects.create(
                    briefing=briefing, added_at=APPROVED, added_by=author, **place
                )
    models.QuerySet[EarlyReader](EarlyReader).bulk_create(
        [
            EarlyReader(
                briefing=briefing,
                user=reader.user,
                role=Role.COUNCIL_MEMBER,
                municipality=assen,
                mandate=reader.mandate,
                invited_at=facts.invited_at,
                invited_by=author,
                accepted_at=facts.accepted_at,
                removed_at=facts.removed_at,
                removed_by=author if facts.removed_at else None,
            )
            for briefing, facts, _ in stored
            if facts.invited_at is not None
            for reader in people
        ]
    )
    return stored


def answers(user: User, at: datetime) -> dict[int, str]:
    return {row.pk: row.answer for row in Briefing.objects.with_answer(user, at)}


def test_the_query_and_the_rule_give_the_same_answer_everywhere() -> None:
    cast = readers()
    stored = store(list(cast.values()))
    seen: set[Answer] = set()
    for name, reader in cast.items():
        for at in INSTANTS:
            in_sql = answers(reader.user, at)
            for briefing, facts, has_audience in stored:
                whole = replace(
                    facts,
                    early_terms=reader.early,
                    audience_terms=reader.audience if has_audience else (),
                )
                expected = answer(whole, at)
                seen.add(expected)
                assert in_sql[briefing.pk] == expected.value, (name, at, whole)
    assert seen == set(Answer)


def test_the_question_about_one_briefing_gets_the_same_answer() -> None:
    cast = readers()
    stored = store(list(cast.values()))[::11]
    for name, reader in cast.items():
        for at in INSTANTS:
            rows = Briefing.objects.with_answer(reader.user, at)
            all_at_once = {row.pk: (row.answer, row.reads_version_id) for row in rows}
            for briefing, facts, _ in stored:
                one = answered(reader.user, at, briefing.public_id)
                assert one is not None
                got = (one.answer, one.reads_version_id)
                assert got == all_at_once[briefing.pk], (name, at, facts)
    nobody = answered(AnonymousUser(), HOUR, stored[0][0].public_id)
    assert nobody is not None
    assert nobody.answer == Answer.NONE.value
    assert answered(cast["member"].user, HOUR, "no such briefing") is None


def test_the_gates_let_through_what_their_answers_say() -> None:
    member = readers()["member"]
    reader = member.user
    store([member])
    for at in (WINDOW, HOUR):
        shown = answers(reader, at)
        visible = set(Briefing.objects.visible_to(reader, at).values_list("pk", flat=True))
        known = set(Briefing.objects.known_to(reader, at).values_list("pk", flat=True))
        assert visible == {pk for pk, word in shown.items() if word in ("within", "after")}
        assert known == {pk for pk, word in shown.items() if word != "none"}


def test_the_facts_read_from_the_database_are_the_facts_stored() -> None:
    cast = readers()
    stored = store(list(cast.values()))
    for name, reader in cast.items():
        for briefing, facts, has_audience in stored[::5]:
            briefing.refresh_from_db()
            expected = replace(
                facts,
                early_terms=reader.early if facts.invited_at else (),
                audience_terms=reader.audience if has_audience else (),
            )
            found = briefing.embargo_facts(reader.user)
            # The rule asks for any of the terms, in whatever order.
            in_order = sorted(found.audience_terms, key=lambda term: term.from_on)
            assert replace(found, audience_terms=tuple(in_order)) == expected, name


def test_nobody_signed_in_gets_nothing_at_any_hour() -> None:
    store([])
    for at in INSTANTS:
        assert not Briefing.objects.visible_to(AnonymousUser(), at).exists()
        assert not Briefing.objects.known_to(AnonymousUser(), at).exists()
        assert not Briefing.objects.worked_on_by(AnonymousUser(), at).exists()


def test_the_alarm_in_sql_is_the_alarm_of_the_rule() -> None:
    stored = store([])
    for at in INSTANTS:
        in_sql = set(Briefing.objects.overdue(at).values_list("pk", flat=True))
        assert in_sql == {briefing.pk for briefing, facts, _ in stored if overdue(facts, at)}
