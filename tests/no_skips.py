"""A test that skips itself fails: what proves a promise is proved or says what is missing.

Also one that is expected to fail: a promise that is not kept must not look like one that is.
"""

from __future__ import annotations

from collections.abc import Generator

import pytest

SENTENCE = (
    "This test did not run: {reason}\n"
    "Nothing here may be skipped. What a test needs stands in deploy/packages.txt, and make test "
    "and make test-all install it; a test that needs something else starts it itself."
)


def _failed(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.outcome != "skipped":
        return
    told = report.longrepr
    reason = told[-1] if isinstance(told, tuple) else getattr(report, "wasxfail", str(told))
    report.outcome = "failed"
    report.longrepr = SENTENCE.format(reason=str(reason).removeprefix("Skipped: "))
    if hasattr(report, "wasxfail"):
        del report.wasxfail


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    _failed(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    report = yield
    _failed(report)
    return report
