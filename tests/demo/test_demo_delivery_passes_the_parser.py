from __future__ import annotations

from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cases.counting.rules.columns import UNKNOWN
from cases.deliveries.imports import ParsedDelivery, read_delivery
from cases.deliveries.imports.messages import NOBODY_AND_NO_LIST
from jbn_oversight.clock import months_between
from jbn_oversight.organisations.rules import OversightScope
from reports.demo.delivery import demo_delivery, write_folder, write_zip
from reports.demo.delivery.shape import DRENTHE, GRONINGEN, MUNICIPALITIES


def scope(first: date, last: date) -> OversightScope:
    places = {code: region for region, codes in MUNICIPALITIES.items() for code in codes}
    return OversightScope(
        institution="jbn",
        municipalities=tuple(sorted(places)),
        regions=(DRENTHE, GRONINGEN),
        regions_by_month={
            (code, month): region
            for code, region in places.items()
            for month in months_between(first, last)
        },
        safe_home_regions=frozenset({GRONINGEN}),
    )


def parsed(seed: int, *, until: date, months: int, scale: float, as_zip: bool) -> ParsedDelivery:
    delivery = demo_delivery(seed, until=until, months=months, scale=scale)
    with TemporaryDirectory() as folder:
        path = Path(folder) / ("delivery.zip" if as_zip else "delivery")
        (write_zip if as_zip else write_folder)(delivery, path)
        return read_delivery(
            path,
            scope=scope(delivery.period_from, delivery.period_until),
            period_from=delivery.period_from,
            period_until=delivery.period_until,
        )


@pytest.mark.parametrize("seed", [1, 2])
def test_the_whole_demonstration_is_read_and_only_who_has_nobody_yet_is_remarked(
    seed: int,
) -> None:
    delivery = parsed(seed, until=date(2025, 9, 1), months=36, scale=1.0, as_zip=True)
    (warning,) = delivery.warnings
    assert warning.message.msgid == NOBODY_AND_NO_LIST.msgid
    assert 0 < int(warning.message.params["count"]) < 30
    measures = delivery.facts.measures
    for known in (~np.isnat(measures.order_ends_on), measures.workers_so_far != UNKNOWN):
        assert 0.2 < known.mean() < 1
    assert (measures.workers_so_far >= 3).any()
    assert len(delivery.facts.measures.youth) > 2500


@settings(max_examples=15, deadline=None)
@given(
    seed=st.integers(0, 10**9),
    until=st.dates(date(2019, 1, 1), date(2026, 10, 31)),
    months=st.integers(1, 12),
    scale=st.sampled_from([0.02, 0.1, 0.3]),
    as_zip=st.booleans(),
)
def test_no_seed_period_or_size_makes_a_delivery_that_is_refused(
    seed: int, until: date, months: int, scale: float, as_zip: bool
) -> None:
    parsed(seed, until=until, months=months, scale=scale, as_zip=as_zip)


def test_folder_and_zip_have_the_same_identity() -> None:
    one, other = (
        parsed(4, until=date(2025, 9, 1), months=2, scale=0.1, as_zip=as_zip)
        for as_zip in (False, True)
    )
    assert one.sha256 == other.sha256
