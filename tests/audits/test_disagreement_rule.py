from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audits.comparison.rules.disagreement import (
    INSPECTORATE_SCALE,
    Disagreement,
    Leaning,
    Party,
    PartyJudgement,
    disagreement,
    facts_sha256,
    of_certificate,
    of_figure,
    of_judgement,
    of_theme,
)
from audits.models.inspections import Judgement
from certification.compliance.rules.judging import Verdict as FigureVerdict
from certification.models.certificates import CertificateKind, CertificateStatus

VERDICTS = st.lists(
    st.builds(
        PartyJudgement,
        party=st.sampled_from(Party),
        about=st.sampled_from(["a", "b", "c"]),
        value=st.sampled_from(["x", "y"]),
        direction=st.sampled_from(Leaning),
    ),
    max_size=8,
)


def naive(verdicts: list[PartyJudgement]) -> bool:
    """The rule once more, by looking at every pair of parties."""

    def complains(party: Party) -> bool:
        return any(v.party == party and v.direction == Leaning.NEGATIVE for v in verdicts)

    def praises(party: Party) -> bool:
        mine = [v.direction for v in verdicts if v.party == party]
        return Leaning.POSITIVE in mine and Leaning.NEGATIVE not in mine

    return any(praises(one) and complains(other) for one in Party for other in Party)


@given(VERDICTS)
def test_the_rule_finds_what_looking_at_every_pair_finds(verdicts: list[PartyJudgement]) -> None:
    found = disagreement(verdicts)
    assert (found is not None) == naive(verdicts)
    if found:
        assert not set(found.positive) & set(found.negative)


@given(VERDICTS, st.randoms())
def test_neither_order_nor_saying_it_twice_changes_anything(
    verdicts: list[PartyJudgement], random: object
) -> None:
    mixed = verdicts + verdicts[:2]
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert disagreement(mixed) == disagreement(verdicts)


@given(VERDICTS)
def test_what_is_not_judged_changes_nothing(verdicts: list[PartyJudgement]) -> None:
    judged = [one for one in verdicts if one.direction is not Leaning.NOT_JUDGED]
    assert disagreement(judged) == disagreement(verdicts)


@given(VERDICTS)
def test_turning_every_scale_round_leaves_single_verdicts_in_disagreement(
    verdicts: list[PartyJudgement],
) -> None:
    one_each = list({one.party: one for one in verdicts}.values())
    turned = {
        Leaning.POSITIVE: Leaning.NEGATIVE,
        Leaning.NEGATIVE: Leaning.POSITIVE,
        Leaning.NOT_JUDGED: Leaning.NOT_JUDGED,
    }
    other = [replace(one, direction=turned[one.direction]) for one in one_each]
    assert (disagreement(one_each) is None) == (disagreement(other) is None)


def certificate(value: str = "certificate:granted") -> PartyJudgement:
    kind, status = value.split(":")
    return PartyJudgement(
        Party.CERTIFYING_BODY, "certificate:1", value, of_certificate(kind, status)
    )


def norm(step: str) -> PartyJudgement:
    return PartyJudgement(Party.INSPECTORATE, "norm:1", step, of_judgement(step))


def figure(verdict: str) -> PartyJudgement:
    return PartyJudgement(Party.FIGURES, "figure:plan_6w", verdict, of_figure(verdict))


def test_a_certificate_beside_mostly_fails_is_a_contradiction_between_the_bodies() -> None:
    found = disagreement([certificate(), norm("mostly_fails")])
    assert found
    assert found.between_bodies
    assert found.positive == (Party.CERTIFYING_BODY,)
    assert found.negative == (Party.INSPECTORATE,)


def test_a_certificate_while_a_measure_runs_is_one_too() -> None:
    measure = PartyJudgement(Party.INSPECTORATE, "measure:1", "heightened", Leaning.NEGATIVE)
    assert disagreement([certificate(), measure])


def test_a_norm_that_is_missed_beside_a_good_word_is_one_but_not_between_the_bodies() -> None:
    found = disagreement([norm("meets"), figure("not_met")])
    assert found
    assert not found.between_bodies


def test_two_bodies_that_agree_against_the_figures_do_not_contradict_each_other() -> None:
    found = disagreement([certificate(), norm("meets"), figure("not_met")])
    assert found
    assert not found.between_bodies


@pytest.mark.parametrize(
    "verdicts",
    [
        [],
        [certificate()],
        [certificate(), norm("mostly_meets"), figure("met")],
        [certificate(), norm("not_judged"), norm("unknown")],
        [certificate("bridging:granted"), norm("fails")],
        [certificate("certificate:withdrawn"), norm("fails"), figure("not_met")],
        [certificate(), figure("few_cases"), figure("no_norm")],
    ],
)
def test_where_nobody_stands_against_anybody_there_is_none(verdicts: list[PartyJudgement]) -> None:
    assert disagreement(verdicts) is None


def test_one_shortcoming_among_praise_makes_a_party_negative() -> None:
    assert disagreement([certificate(), norm("meets"), replace(norm("fails"), about="norm:2")])
    only_one_party = [norm("meets"), replace(norm("fails"), about="norm:2")]
    assert disagreement(only_one_party) is None


def test_another_verdict_gives_another_hash_and_the_same_ones_the_same() -> None:
    def of(*verdicts: PartyJudgement) -> Disagreement:
        found = disagreement(verdicts)
        assert found
        return found

    first = of(certificate(), norm("fails"))
    assert first.sha256 == of(norm("fails"), certificate()).sha256
    assert first.sha256 == facts_sha256(list(reversed(first.facts)))
    others = {
        of(certificate(), norm("mostly_fails")).sha256,
        of(certificate("provisional:granted"), norm("fails")).sha256,
        of(certificate(), norm("fails"), figure("met")).sha256,
        of(certificate(), replace(norm("fails"), about="norm:2")).sha256,
    }
    assert len(others | {first.sha256}) == 5


def test_the_hash_of_the_worked_facts_stays_the_same_over_releases() -> None:
    facts = [
        {"party": "inspectorate", "about": "norm:1", "value": "fails"},
        {"party": "certifying_body", "about": "certificate:1", "value": "certificate:granted"},
    ]
    text = (
        '[["certifying_body","certificate:1","certificate:granted"],'
        '["inspectorate","norm:1","fails"]]'
    )
    assert facts_sha256(facts) == hashlib.sha256(text.encode()).hexdigest()


def test_every_step_of_the_inspectorate_has_a_direction() -> None:
    assert set(INSPECTORATE_SCALE) == set(Judgement.values)


def test_every_kind_and_state_of_a_certificate_has_a_direction() -> None:
    directions = {
        (kind, status): of_certificate(kind, status)
        for kind in CertificateKind.values
        for status in CertificateStatus.values
    }
    positive = {key for key, says in directions.items() if says is Leaning.POSITIVE}
    assert positive == {("certificate", "granted"), ("provisional", "granted")}
    negative = {status for (_k, status), says in directions.items() if says is Leaning.NEGATIVE}
    assert negative == {"suspended", "restricted", "withdrawn", "not_renewed"}


def test_only_met_and_not_met_say_something_of_a_figure() -> None:
    says = {verdict: of_figure(verdict.value) for verdict in FigureVerdict}
    assert says.pop(FigureVerdict.MET) is Leaning.POSITIVE
    assert says.pop(FigureVerdict.NOT_MET) is Leaning.NEGATIVE
    assert set(says.values()) == {Leaning.NOT_JUDGED}


@pytest.mark.parametrize(
    ("certificate_says", "open_shortcomings", "expected"),
    [
        (Leaning.POSITIVE, 0, Leaning.POSITIVE),
        (Leaning.POSITIVE, 1, Leaning.NEGATIVE),
        (Leaning.NOT_JUDGED, 0, Leaning.NOT_JUDGED),
        (Leaning.NOT_JUDGED, 2, Leaning.NEGATIVE),
        (Leaning.NEGATIVE, 0, Leaning.NOT_JUDGED),
    ],
)
def test_open_shortcomings_come_before_the_certificate(
    certificate_says: Leaning, open_shortcomings: int, expected: Leaning
) -> None:
    assert of_theme(certificate_says, open_shortcomings) is expected
