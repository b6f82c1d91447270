from __future__ import annotations

import re

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from audits.comparison.actions.reference import load_themes
from audits.comparison.reference import THEMES
from audits.models.comparison import ComparisonTheme, DisagreementNote
from certification.certificates.actions import save_by
from certification.indicators.rules.kpis import KPIS
from certification.models.certificates import CertificateKind
from jbn_oversight.accounts.models import Role, User
from tests.factories.people import Cast
from tests.reports.side_by_side_cast import (
    PAGE,
    certified,
    inspected,
    judged,
    plans_in_time,
    september,
    under,
)

pytestmark = pytest.mark.django_db

MAY_SEE = {
    Role.ALDERMAN,
    Role.POLICY_ADVISER,
    Role.CONTRACT_MANAGER,
    Role.INSTITUTION,
    Role.AUDITOR,
    Role.PRIVACY_OFFICER,
}


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def read(user: User, path: str = PAGE) -> str:
    response = signed_in(user).get(path)
    assert response.status_code == 200
    return response.content.decode()


def words(page: str) -> str:
    """The text of a page, without markup."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))


def part(page: str, key: str) -> str:
    """The text of one matter."""
    found = re.search(rf'<section[^>]*aria-labelledby="{key}">(.*?)</section>', page, re.DOTALL)
    assert found, key
    return words(found.group(1))


def seen_hash(page: str, matter: str) -> str:
    found = re.search(rf'name="explain-{matter}-seen" value="([0-9a-f]*)"', page)
    assert found, matter
    return found.group(1)


def send(user: User, matter: str, text: str, seen: str, path: str = PAGE) -> object:
    return signed_in(user).post(
        path,
        {"matter": matter, f"explain-{matter}-text": text, f"explain-{matter}-seen": seen},
    )


def test_every_role_sees_the_page_or_it_does_not_exist(cast: Cast) -> None:
    september()
    for name, user in cast.everyone().items():
        roles = {membership.role for membership in user.memberships.all()}
        expected = 200 if roles & MAY_SEE else 404
        assert signed_in(user).get(PAGE).status_code == expected, name


def test_no_council_member_and_no_clerk_finds_it(cast: Cast) -> None:
    september()
    for user in (cast.council_member, cast.other_council_member, cast.clerk):
        assert signed_in(user).get(PAGE).status_code == 404
        assert signed_in(user).post(PAGE, {"matter": "institution"}).status_code == 404


def test_in_september_a_certificate_holds_while_a_measure_runs(cast: Cast) -> None:
    september()
    whole = part(read(cast.alderman), "institution")
    assert "Certificaat, verleend" in whole
    assert "Verscherpt toezicht" in whole
    assert "Voldoet grotendeels niet" in whole
    assert "vraagt uitleg" in whole
    assert "Gunstig op de eigen schaal: Keurmerkinstituut." in whole
    assert "Ongunstig: Inspectie Gezondheidszorg en Jeugd." in whole


def test_what_came_later_does_not_stand_on_an_earlier_day(cast: Cast) -> None:
    september()
    before = part(read(cast.alderman, "/oversight/jbn/side-by-side/?on=2025-08-01"), "institution")
    assert "Certificaat" not in before
    assert "Verscherpt toezicht" in before
    assert "vraagt uitleg" not in before
    earlier = part(read(cast.alderman, "/oversight/jbn/side-by-side/?on=2025-07-01"), "institution")
    assert "erscherpt toezicht" not in earlier


def test_a_bridging_certificate_beside_a_measure_is_no_contradiction(cast: Cast) -> None:
    certified(CertificateKind.BRIDGING, "2024-12-20")
    under(inspected())
    assert "vraagt uitleg" not in part(read(cast.alderman), "institution")


def test_a_theme_shows_each_partys_own_words_its_day_and_its_source(cast: Cast) -> None:
    september()
    theme = part(read(cast.alderman), "medewerkers")
    assert "Certificaat, verleend; op dit thema staat geen open tekortkoming" in theme
    assert "Genoeg en gekwalificeerde professionals Voldoet niet" in theme
    assert "Per 16 september 2025" in theme
    assert "Per 24 juli 2025" in theme
    assert "Bron krant" in theme


def test_a_figure_stands_with_its_cases_its_norm_and_its_day(cast: Cast) -> None:
    september()
    plans_in_time(90)
    theme = part(read(cast.alderman), "zicht")
    assert "30,0%" in theme
    assert "90 van 300" in theme
    assert "norm 100%" in theme
    assert "orm niet gehaald" in theme
    assert "Per 30 september 2025" in theme


def test_a_missed_norm_beside_a_certificate_is_a_contradiction(cast: Cast) -> None:
    load_themes(by=None)
    certified()
    plans_in_time(90)
    assert "Ongunstig: de eigen cijfers." in part(read(cast.alderman), "zicht")


def test_who_sees_no_figures_sees_neither_them_nor_what_hangs_on_them(cast: Cast) -> None:
    september()
    plans_in_time(90)
    for user in (cast.auditor, cast.privacy_officer):
        page = read(user)
        assert "30,0%" not in page
        zicht = part(page, "zicht")
        assert "vraagt uitleg" not in zicht
        assert "eigen cijfers" not in zicht
        assert "vraagt uitleg" in part(page, "medewerkers")


def test_a_hidden_figure_has_no_verdict_in_the_rule(cast: Cast) -> None:
    load_themes(by=None)
    certified()
    plans_in_time(3, of=4)
    assert "eigen cijfers" not in part(read(cast.alderman), "zicht").replace("Eigen cijfers", "")


def test_no_scale_has_a_colour_that_another_has(cast: Cast) -> None:
    september()
    page = read(cast.alderman)
    for side in re.findall(r'<p class="jbn-sides__party"><strong lang="nl">.*?</ul>', page, re.S):
        assert "jbn-status" not in side


def test_an_adviser_explains_and_everybody_reads_who_when_and_why(cast: Cast) -> None:
    september()
    seen = seen_hash(read(cast.adviser), "institution")
    response = send(cast.adviser, "institution", "De inspectie keek in maart.", seen)
    assert response.status_code == 302  # type: ignore[attr-defined]
    for user in (cast.alderman, cast.auditor, cast.institution):
        whole = part(read(user), "institution")
        assert "De inspectie keek in maart." in whole
        assert "tegenspraak, uitgelegd" in whole
        assert "Daan Adviseur" in whole
        assert "vraagt uitleg" not in whole


def test_a_changed_verdict_asks_for_an_explanation_again_and_keeps_the_old_one(cast: Cast) -> None:
    report = september()
    page = read(cast.adviser)
    send(cast.adviser, "medewerkers", "Andere maand, andere norm.", seen_hash(page, "medewerkers"))
    verdict = report.verdicts.get()
    verdict.verdict = "mostly_fails"
    save_by(verdict, None)
    theme = part(read(cast.alderman), "medewerkers")
    assert "vraagt uitleg" in theme
    assert "1 eerdere uitleg" in theme
    assert "Andere maand, andere norm." in theme
    verdict.verdict = "fails"
    save_by(verdict, None)
    assert "tegenspraak, uitgelegd" in part(read(cast.alderman), "medewerkers")


def test_an_explanation_of_one_matter_explains_no_other(cast: Cast) -> None:
    september()
    page = read(cast.adviser)
    send(cast.adviser, "institution", "Uitleg.", seen_hash(page, "institution"))
    assert "vraagt uitleg" in part(read(cast.adviser), "medewerkers")


def test_explaining_verdicts_that_changed_meanwhile_is_refused_and_keeps_the_text(
    cast: Cast,
) -> None:
    report = september()
    seen = seen_hash(read(cast.adviser), "medewerkers")
    verdict = report.verdicts.get()
    verdict.verdict = "mostly_fails"
    save_by(verdict, None)
    response = send(cast.adviser, "medewerkers", "Mijn uitleg.", seen)
    page = response.content.decode()  # type: ignore[attr-defined]
    assert response.status_code == 400  # type: ignore[attr-defined]
    assert "Een oordeel is veranderd terwijl u schreef." in page
    assert "Mijn uitleg." in page
    assert not DisagreementNote.objects.exists()
    again = send(cast.adviser, "medewerkers", "Mijn uitleg.", seen_hash(page, "medewerkers"))
    assert again.status_code == 302  # type: ignore[attr-defined]


def test_explaining_what_is_no_contradiction_any_more_is_refused(cast: Cast) -> None:
    report = september()
    seen = seen_hash(read(cast.adviser), "medewerkers")
    verdict = report.verdicts.get()
    verdict.verdict = "meets"
    save_by(verdict, None)
    response = send(cast.adviser, "medewerkers", "Mijn uitleg.", seen)
    assert response.status_code == 400  # type: ignore[attr-defined]
    assert not DisagreementNote.objects.exists()


@pytest.mark.parametrize("text", ["", "   ", "x" * 2001])
def test_an_explanation_without_words_or_without_end_is_refused(cast: Cast, text: str) -> None:
    september()
    seen = seen_hash(read(cast.adviser), "institution")
    assert send(cast.adviser, "institution", text, seen).status_code == 400  # type: ignore[attr-defined]
    assert not DisagreementNote.objects.exists()


@pytest.mark.parametrize("who", ["alderman", "contract_manager", "institution", "auditor"])
def test_who_only_reads_may_not_explain(cast: Cast, who: str) -> None:
    september()
    seen = seen_hash(read(cast.adviser), "institution")
    user = getattr(cast, who)
    assert send(user, "institution", "Uitleg.", seen).status_code == 403  # type: ignore[attr-defined]
    assert "explain-institution" not in read(user)
    assert not DisagreementNote.objects.exists()


def test_a_matter_that_does_not_exist_is_not_found(cast: Cast) -> None:
    september()
    assert send(cast.adviser, "geld", "Uitleg.", "0" * 64).status_code == 404  # type: ignore[attr-defined]


def test_the_database_keeps_explanations_as_they_were(cast: Cast) -> None:
    september()
    send(cast.adviser, "institution", "Uitleg.", seen_hash(read(cast.adviser), "institution"))
    for statement in (
        "UPDATE audits_disagreementnote SET text = 'anders'",
        "DELETE FROM audits_disagreementnote",
    ):
        with (
            pytest.raises(IntegrityError, match="audits_disagreementnote_insert_only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.parametrize(
    ("field", "value", "constraint"),
    [
        ("text", "", "disagreement_note_text"),
        ("facts_sha256", "geen hash", "disagreement_note_sha256"),
    ],
)
def test_the_database_refuses_an_explanation_of_nothing(
    cast: Cast, field: str, value: str, constraint: str
) -> None:
    september()
    send(cast.adviser, "institution", "Uitleg.", seen_hash(read(cast.adviser), "institution"))
    note = DisagreementNote.objects.get()
    values = {
        "institution": note.institution,
        "facts": note.facts,
        "facts_sha256": note.facts_sha256,
        "text": "Nog een.",
        "written_at": note.written_at,
        "written_by": note.written_by,
    }
    DisagreementNote.objects.create(**values)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        DisagreementNote.objects.create(**{**values, field: value})


def test_what_waits_for_an_explanation_stands_on_the_advisers_overview_alone(cast: Cast) -> None:
    september()
    overview = "/overview/jbn/?on=2025-09-30"
    assert "tegenspraken vragen uw uitleg" in words(read(cast.adviser, overview))
    assert "uw uitleg" not in words(read(cast.alderman, overview))
    for matter in ("institution", "medewerkers"):
        send(cast.adviser, matter, "Uitleg.", seen_hash(read(cast.adviser), matter))
    assert "uw uitleg" not in words(read(cast.adviser, overview))


def test_the_shipped_themes_name_norms_and_figures_that_exist(db: None) -> None:
    assert load_themes(by=None) >= len(THEMES)
    assert load_themes(by=None) == 0
    assert 5 <= len(THEMES) <= 7
    for theme in THEMES:
        row = ComparisonTheme.objects.get(code=theme.code)
        assert row.norm_themes.count() == len(theme.norms), theme.code
        assert set(theme.kpis) <= set(KPIS)


def test_without_themes_the_page_says_what_will_stand_there(cast: Cast) -> None:
    page = words(read(cast.alderman))
    assert "Er zijn nog geen thema's" in page.replace("&#x27;", "'")


def test_a_newer_report_takes_the_place_of_an_older_one(cast: Cast) -> None:
    report = september()
    newer = inspected("meets", "2025-09-20")
    judged(newer, "professionals", "meets")
    theme = part(read(cast.alderman), "medewerkers")
    assert "Voldoet niet" not in theme.replace("Voldoet niet aan de norm", "")
    assert report.verdicts.get().verdict == "fails"


def test_the_page_asks_the_database_a_bounded_number_of_times(
    cast: Cast, django_assert_max_num_queries: object
) -> None:
    september()
    with django_assert_max_num_queries(75):  # type: ignore[operator]
        read(cast.adviser)
