"""What is stored, signed or printed of figures keeps its bytes, whatever classes carry it.

Production holds hashes of frozen texts, of protected tables and of deliveries of figures. The
hashes here were taken from the portal as it was when it first held them; a change that makes
one of these fail makes every version that was signed, and every outcome that was worked out
ahead of time, another one.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from cases.staffing.rules import QUANTITIES, ROLES
from certification.compliance.actions.computing import _lines
from certification.compliance.rules.counting import compute
from certification.compliance.rules.judging import Bound, NormRule, State
from reports.briefings.document.rules.content import fingerprint, freeze
from reports.documents.rules import DocumentSection, Text
from reports.figures.actions.releases import record_release
from reports.figures.models import Protection, ReleasedCell
from reports.figures.rules import protection
from reports.figures.selectors.figures import Audience, FigureScope, FigureTable, figures
from reports.figures.selectors.release import Release
from reports.figures.tasks import protect_figures
from reports.side_by_side.selectors.figures import verdicts_of
from tests.certification.small_worlds import MONTHS, STAFFED, given_of, regions_of
from tests.certification.test_boundaries_of_clocks_and_stocks import WORLD, measure, spell
from tests.factories import documents
from tests.factories.people import institution
from tests.factories.results import (
    ASSEN,
    DRENTHE,
    EMMEN,
    GRONINGEN,
    RECORDED_AT,
    SEPTEMBER,
    WHOLE,
    result,
    run,
)

AUGUST = SEPTEMBER.replace(month=8)
LATER = RECORDED_AT + timedelta(days=10)
REGIONS = (WHOLE, GRONINGEN, DRENTHE)
PLACES = (*REGIONS, ASSEN, EMMEN)
KPIS = (
    "contact_5wd",
    "plan_6w",
    "running_youths",
    "caseload",
    "waiting_youths",
    "waiting_median_days",
    "turnover_12m",
    "absence",
    "vt_triage_5wd",
)


def digest(told: object) -> str:
    """Of its words."""
    return hashlib.sha256(str(told).encode()).hexdigest()[:16]


def counted() -> None:
    """Figures of every unit and state, of two months, with small numbers among them."""
    by = run()
    rows: tuple[tuple[FigureScope, int, int, int, int], ...] = (
        (ASSEN, 155, 250, 3, 31),
        (EMMEN, 40, 61, 0, 8),
        (DRENTHE, 350, 700, 7, 112),
        (GRONINGEN, 600, 1400, 12, 288),
        (WHOLE, 950, 2100, 19, 400),
    )
    for month in (AUGUST, SEPTEMBER):
        for place, met, due, aside, running in rows:
            result(by, "contact_5wd", place, met, due, month=month, norm=80, aside=aside)
            result(by, "running_youths", place, running, month=month, norm=300)
    for place, number in ((ASSEN, 2), (EMMEN, 7), (DRENTHE, 9), (GRONINGEN, 31), (WHOLE, 40)):
        result(by, "waiting_youths", place, number)
        result(by, "plan_6w", place, number, number + 3, norm=66.6667, approximate=True, aside=1)
    for place, spells, days in ((GRONINGEN, 30, 41), (DRENTHE, 8, 12), (WHOLE, 38, 40)):
        result(by, "waiting_median_days", place, None, spells, value=days)
    for place, youths, workers in ((GRONINGEN, 288, 20.25), (DRENTHE, 112, 3.5), (WHOLE, 400, 0)):
        result(by, "caseload", place, youths, workers, norm=12)
    result(by, "turnover_12m", WHOLE, 12.5, 130.125)
    result(by, "absence", WHOLE, None, None, state=State.NOT_KNOWN)
    result(by, "absence", DRENTHE, 200, 10000)
    result(by, "vt_triage_5wd", GRONINGEN, None, None, state=State.NOT_DELIVERED)
    result(by, "waiting_median_days", WHOLE, None, 44, month=AUGUST, state=State.NOT_REACHED)


def read(audience: Audience) -> FigureTable:
    """All of it, as an audience may see it."""
    return figures(
        institution=institution(),
        kpis=KPIS,
        scopes=REGIONS if audience is Audience.PROTECTED else PLACES,
        months=(AUGUST, SEPTEMBER),
        audience=audience,
    )


def quoted(table: FigureTable) -> list:  # type: ignore[type-arg]
    """Every figure of the table, in the order of indicators, places and months."""
    return [
        table.get(kpi, place, month).quoted(f"Cijfer {kpi}", f"Plaats {place.code}")
        for kpi in KPIS
        for place in PLACES
        for month in table.months
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("short_document", "bcec6c8a45d16bf2"),
        ("ordinary_document", "c7ec15b16140cebd"),
        ("document_of_parts", "99eedab2e22abe5a"),
        ("odd_document", "0d1a6a985d6e2fa2"),
    ],
)
def test_a_frozen_document_keeps_its_hash(name: str, expected: str) -> None:
    assert fingerprint(freeze(getattr(documents, name)()))[:16] == expected


def test_a_run_writes_the_same_lines_into_the_table_of_results() -> None:
    world = replace(
        WORLD,
        months=MONTHS,
        regions=regions_of(MONTHS[2]),
        measures=[
            measure(
                case_key=f"k{number}",
                youth_key=f"y{number % 9}",
                municipality=("GM0014", "GM0037", "GM0106")[number % 3],
                ordered_on=f"2025-0{1 + number % 4}-0{1 + number % 7}",
                notified_on=f"2025-0{1 + number % 4}-1{number % 7}" if number % 5 else None,
                worker_assigned_on=f"2025-05-0{1 + number % 9}" if number % 2 else None,
                first_contact_on=f"2025-05-0{1 + number % 9}" if number % 2 else None,
            )
            for number in range(60)
        ],
        waiting=[
            spell(case_key=f"k{number}", entered_on=f"2025-0{2 + number % 4}-03", left_on=None)
            for number in range(0, 40, 2)
        ],
        safe_home=[],
        staffing=[
            {
                "region": region,
                "period": month,
                "role": role,
                **dict.fromkeys(QUANTITIES, Decimal("12.250")),
                "internal_leavers": None,
            }
            for region in ("drenthe", "groningen")
            for month in STAFFED
            for role in ROLES
            if (region, month) != ("drenthe", STAFFED[0])
        ],
    )
    norms = [
        NormRule("contact_5wd", "", Decimal("80.0000"), Bound.AT_LEAST, STAFFED[0], None),
        NormRule("caseload", "", Decimal("12.5000"), Bound.AT_MOST, STAFFED[0], None),
    ]
    since = {"unallocated_youths", "worker_changes_3"}
    results = compute(given_of(world, norms=norms)).results
    lines = list(_lines(row for row in results if row.kpi not in since))
    assert (len(lines), digest("\n".join(lines))) == (529, "c4520964802f420c")


@pytest.fixture
def _forgetful() -> None:
    protection.forget()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("council", "expected"), [(True, "7a9379f84d4d37a4"), (False, "f3492702a3bb781e")]
)
def test_tables_that_are_protected_together_keep_their_digests(
    council: bool, expected: str
) -> None:
    counted()
    release = Release(institution(), None, council=council, exact=frozenset({DRENTHE}))
    rows = release.read(KPIS, (AUGUST, SEPTEMBER), REGIONS, apart=False)
    told = sorted(one.digest() for one in release.tables(rows, KPIS))
    assert digest(told) == expected


@pytest.mark.django_db
@pytest.mark.usefixtures("_forgetful")
def test_what_was_protected_ahead_is_found_under_the_same_keys() -> None:
    counted()
    protect_figures()
    keys = sorted(Protection.objects.values_list("key", flat=True))
    assert (len(keys), digest(keys)) == (6, "c489b8cfa255ecaa")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("audience", "expected"),
    [
        (Audience.EXACT, "febb9622ae14f230"),
        (Audience.PROTECTED, "57d7e2e56c8ff6e6"),
        (Audience.COUNCIL, "c5c4e8ba4a8de405"),
    ],
)
def test_figures_of_an_audience_are_frozen_to_the_same_hash(
    audience: Audience, expected: str
) -> None:
    counted()
    every = quoted(read(audience))
    document = replace(
        documents.short_document(),
        sections=(DocumentSection("Cijfers", (Text("", tuple(every)),)),),
    )
    assert fingerprint(freeze(document))[:16] == expected


@pytest.mark.django_db
def test_a_release_is_remembered_by_the_same_cells_and_told_again_in_the_same_tables() -> None:
    counted()
    every = quoted(read(Audience.COUNCIL))
    record_release(key="version-1", institution=institution(), quoted=every, at=RECORDED_AT)
    fields = ("series", "month", "scope", "scope_code", "count", "shown", "rounding")
    cells = sorted(map(str, ReleasedCell.objects.values_list(*fields)))
    by = run(at=LATER)
    by.results.model.objects.filter(kpi="running_youths", scope_code="drenthe").update(
        superseded_at=LATER
    )
    result(by, "running_youths", DRENTHE, 113)
    release = Release(institution(), None, council=True, exact=frozenset())
    rows = release.read(KPIS, (AUGUST, SEPTEMBER), REGIONS, apart=False)
    told = sorted(one.digest() for one in release.tables(rows, KPIS))
    assert (len(cells), digest(cells), digest(told)) == (66, "5f1cad51fae8dd8b", "85dda6099a0bc024")


@pytest.mark.django_db
def test_what_figures_say_of_their_norms_is_noted_in_the_same_words() -> None:
    counted()
    said = [one.value for one in verdicts_of(read(Audience.PROTECTED), KPIS, WHOLE)]
    assert said == ["not_met:80", "met:66.6667"]
