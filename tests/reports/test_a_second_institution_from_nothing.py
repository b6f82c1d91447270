"""From an empty portal to a briefing that a council reads, for an institution of another part of
the country, through the screens and commands that people use; and beside it the north, of which
neither sees anything of the other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.forms import BoundField, Select
from django.test import Client, override_settings
from django.urls import reverse
from django.utils import timezone

from cases.models import Intake, IntakeState
from certification.compliance.actions.runs import execute_run
from certification.deliveries.tasks import import_delivery
from certification.models import ComplianceRun, KpiResult
from jbn_oversight.accounts.managing.forms import key_of
from jbn_oversight.accounts.models import Membership, Role, User
from jbn_oversight.clock import AMSTERDAM, turned_back
from jbn_oversight.organisations.models import Institution, Municipality, Region
from reports.briefings.models.briefings import Briefing
from reports.briefings.printing.tasks import render_version
from tests.factories.briefings import looked
from tests.factories.deliveries import valid_delivery
from tests.factories.people import make_cast, person

pytestmark = pytest.mark.django_db

REFERENCE = (
    "authorityname",
    "authority",
    "institutiontask",
    "municipalityregion",
    "municipality",
    "institution",
    "region",
)
NORTH = ("groningen", "drenthe", "jeugdbescherming noord", "jb noord", "eemsdelta", "emmen")
FRISIAN = ("fryslân", "fryslan", "friesland", "leeuwarden", "smallingerland", "bescherming fr")
SECRET = "Reidhintsje"
PLACES = {"GM0014": "GM0080", "GM0106": "GM0090", "GM0037": "GM1900"}
BACK = timedelta(days=3)


@pytest.fixture(autouse=True)
def _own_spool_and_no_broker(tmp_path: Path) -> Iterator[None]:
    directory = tmp_path / "spool"
    directory.mkdir()
    with (
        override_settings(SPOOL_DIR=directory),
        patch("jbn_oversight.celery.app.send_task"),
    ):
        yield


@pytest.fixture
def _nothing(db: None) -> None:
    """A portal as migrations leave it."""
    with connection.cursor() as cursor:
        for table in REFERENCE:
            cursor.execute(f"DELETE FROM organisations_{table}")


def signed_in(user: User | str) -> Client:
    client = Client()
    found = user if isinstance(user, User) else User.objects.get(email=user)
    client.force_login(found, backend="jbn_oversight.accounts.sign_in.backends.PortalBackend")
    return client


def done(answer: Any) -> None:
    """The form was taken."""
    form = answer.context["form"] if answer.status_code == 200 and answer.context else None
    assert answer.status_code == 302, form.errors if form is not None else answer.content.decode()


def filled(client: Client, url: str, **changes: object) -> Any:
    """Open a form, fill in what is given, and send it as a browser does."""
    form = client.get(url).context["form"]
    values = {bound.html_name: _shown(bound) for bound in form}
    sent = {
        name: getattr(value, "slug", value)
        for name, value in (values | changes).items()
        if value is not None
    }
    return client.post(url, sent)


def _shown(bound: BoundField) -> object:
    """What a browser shows in a field: of a list of choices the first, where none is chosen."""
    value = bound.value()
    if value is None and type(bound.field.widget) is Select:
        return str(next(iter(bound.field.widget.choices))[0])
    return value


def add(client: Client, what: str, **values: str) -> None:
    done(filled(client, reverse("organisations:add", args=[what]), **values))


def set_up(administrator: Client) -> None:
    """Municipalities, an institution with its tasks, and an authority."""
    for code, name in (
        ("GM0080", "Leeuwarden"),
        ("GM0090", "Smallingerland"),
        ("GM1900", "Súdwest-Fryslân"),
    ):
        place = {"region": "fryslan", "valid_from": "2015-01-01"}
        add(administrator, "municipalities", name=name, cbs_code=code, **place)
    add(administrator, "institutions", name="Bescherming Fryslân", code="bf", aliases="BF\nBeFr")
    tasks = reverse("organisations:add_span", args=["institutions", "bf"])
    for task in ("certified_institution", "safe_home"):
        done(filled(administrator, tasks, task=task, region="fryslan", from_on="2015-01-01"))
    add(
        administrator,
        "authorities",
        name="Waarborg Jeugd",
        abbreviation="WJ",
        from_on="2015-01-01",
        kind="certifies",
        code="waarborg",
    )


def give_role(
    administrator: Client, name: str, role: Role, place: Municipality | Region | Institution
) -> User:
    """Add a person with a role on the screen for people."""
    email = f"{name.lower().replace(' ', '.')}@fryslan.example"
    done(
        filled(
            administrator,
            reverse("accounts:account_new"),
            name=name,
            email=email,
            role=role,
            place=key_of(place),
        )
    )
    user: User = User.objects.get(email=email)
    return user


def people(administrator: Client) -> dict[str, User]:
    """Everybody who has to do with it; the clerk adds the council member."""
    region = Region.objects.get(slug="fryslan")
    town = Municipality.objects.get(cbs_code="GM0080")
    house = Institution.objects.get(code="bf")
    found = {
        "adviser": give_role(administrator, "Aukje Adviseur", Role.POLICY_ADVISER, region),
        "publisher": give_role(administrator, "Baukje Adviseur", Role.POLICY_ADVISER, region),
        "alderman": give_role(administrator, "Wytske Wethouder", Role.ALDERMAN, region),
        "manager": give_role(administrator, "Klaas Contract", Role.CONTRACT_MANAGER, region),
        "institution": give_role(administrator, "Ids Instelling", Role.INSTITUTION, house),
        "clerk": give_role(administrator, "Gerbrich Griffie", Role.CLERK, town),
    }
    new = {"name": "Rixt Raad", "email": "rixt.raad@fryslan.example", "role": "council_member"}
    done(filled(signed_in(found["clerk"]), reverse("accounts:people"), **new))
    return {**found, "council_member": User.objects.get(email=new["email"])}


def deliver(institution: Client, manager: Client, path: Path) -> None:
    """Hand over a delivery of the own municipalities, have it read and computed."""
    delivery = valid_delivery()
    for rows in delivery.rows.values():
        for row in rows:
            if "municipality" in row:
                row["municipality"] = PLACES[row["municipality"]]
            if "region" in row:
                row["region"] = "fryslan"
    file = SimpleUploadedFile("levering.zip", delivery.zip(path / "d.zip").read_bytes())
    months = {"period_from": "2025-01", "period_until": "2025-03"}
    url = reverse("certification:upload")
    assert "selected>Bescherming Fryslân" in institution.get(url).content.decode() or (
        institution.get(url).context["form"]["institution"].field.empty_label is None
    )
    done(institution.post(url, {"institution": "bf", **months, "file": file}))
    intake = Intake.objects.get()
    import_delivery(intake.pk)
    intake.refresh_from_db()
    assert intake.state == IntakeState.ACCEPTED
    assert execute_run(ComplianceRun.objects.get())
    assert KpiResult.objects.filter(institution__code="bf", scope_code="fryslan").exists()
    page = manager.get(reverse("reports:figures", args=["bf"]))
    assert page.status_code == 200
    assert "Fryslân" in page.content.decode()


def write(adviser: Client) -> Briefing:
    """Start a briefing, write its sections, say for whom it is and until when it is shut."""
    done(filled(adviser, reverse("reports:briefing_new"), title=f"Stand {SECRET}", owner="fryslan"))
    briefing = Briefing.objects.get()
    key = briefing.public_id
    for section in briefing.sections.all():
        url = reverse("reports:briefing_section", args=[key, section.public_id])
        text = f"{SECRET}: [[cijfer: contact_5wd | fryslan | 2025-01]]"
        answer = adviser.post(
            url, {"heading": section.heading, "text": text, "base": section.revision, "do": "save"}
        )
        assert answer.status_code == 302
    until = timezone.now().astimezone(AMSTERDAM) - timedelta(hours=2)
    page = reverse("reports:briefing_edit", args=[key])
    form = adviser.get(page).context["form"]
    offered = [code for code, _name in form.fields["audience"].choices]
    assert offered == ["fryslan", "GM0080", "GM0090", "GM1900"]
    done(
        filled(
            adviser,
            page,
            audience=["GM0080"],
            sender="Regio Fryslân",
            figures_as_of="2025-03",
            kpis=["contact_5wd"],
            embargo_day=f"{until:%Y-%m-%d}",
            embargo_hour=f"{until:%H:%M}",
        )
    )
    return briefing


def sign_and_publish(briefing: Briefing, who: dict[str, User]) -> None:
    """Three people: its author hands it in, the alderman signs, another adviser publishes."""
    key = [briefing.public_id]
    adviser, publisher = signed_in(who["adviser"]), signed_in(who["publisher"])
    mandate = Membership.objects.get(user=who["alderman"]).public_id
    makers = {"signatories": [mandate], "publisher": who["publisher"].public_id}
    done(filled(adviser, reverse("reports:briefing_makers", args=key), **makers))
    briefing.refresh_from_db()
    revision = {"revision": briefing.draft_revision}
    adviser.post(reverse("reports:briefing_submit", args=key), revision)
    alderman = signed_in(who["alderman"])
    signing = reverse("reports:briefing_approve", args=key)
    assert SECRET in alderman.get(signing).content.decode()
    alderman.post(signing, {**revision, **looked(alderman, signing)})
    version = briefing.latest_version()
    assert version is not None, alderman.get(reverse("reports:briefing_work", args=key)).content
    render_version(version.public_id)
    publishing = reverse("reports:briefing_publish", args=key)
    shown = looked(publisher, publishing)
    publisher.post(publishing, {"version": version.public_id, **shown})
    briefing.refresh_from_db()
    assert briefing.published_version == version


_LINK = re.compile(r'href="(/[^"#]*)"')
_LEFT = ("/static/", "/account/", "/admin/", "/language/")


def walked(client: Client, *starts: str, most: int = 25) -> dict[str, str]:
    """The pages that somebody comes to by following links, with their words in small letters."""
    found: dict[str, str] = {}
    waiting = ["/", *starts]
    while waiting and len(found) < most:
        url = waiting.pop(0)
        if url in found or url.startswith(_LEFT):
            continue
        answer = client.get(url, follow=True)
        if answer.status_code != 200 or "text/html" not in answer.headers["Content-Type"]:
            found[url] = ""
            continue
        page = answer.content.decode()
        found[url] = page.lower()
        waiting += [link.replace("&amp;", "&") for link in _LINK.findall(page)]
    return found


def said(pages: dict[str, str], words: tuple[str, ...]) -> dict[str, str]:
    """Which pages say which of the words."""
    return {url: word for url, page in pages.items() for word in words if word in page}


@pytest.mark.usefixtures("_nothing")
@pytest.mark.slow  # half a minute of printing and walking
def test_an_institution_elsewhere_gets_from_nothing_to_a_briefing_that_a_council_reads(
    tmp_path: Path,
) -> None:
    with turned_back(BACK):
        call_command(
            "add_administrator",
            "bea.heer@fryslan.example",
            "Bea Heer",
            region="fryslan",
            place_name="Fryslân",
        )
        administrator = signed_in("bea.heer@fryslan.example")
        set_up(administrator)
        who = people(administrator)
        deliver(signed_in(who["institution"]), signed_in(who["manager"]), tmp_path)
        briefing = write(signed_in(who["adviser"]))
        sign_and_publish(briefing, who)
        # The hour has not come yet for the council.
        address = reverse("reports:briefing", args=[briefing.public_id])
        assert signed_in(who["council_member"]).get(address).status_code == 404
    member = signed_in(who["council_member"])
    page = member.get(address).content.decode()
    assert SECRET in page
    assert "Gemeenten in Fryslân" in page

    # The north comes to live in the same portal.
    call_command("load_reference")
    cast = make_cast()
    for name in ("adviser", "institution", "clerk", "council_member"):
        pages = walked(signed_in(who[name]), address)
        assert len(pages) > 5, name
        assert not said(pages, NORTH), name
    for name in ("adviser", "council_member", "institution"):
        north = signed_in(getattr(cast, name))
        assert north.get(address).status_code == 404
        assert north.get(reverse("reports:figures", args=["bf"])).status_code == 404
        pages = walked(north)
        assert len(pages) > 5, name
        assert not said(pages, (*FRISIAN, SECRET.lower())), name


@pytest.mark.usefixtures("_nothing")
def test_who_sees_two_institutions_chooses_and_no_page_takes_the_first() -> None:
    call_command("load_reference")
    cast = make_cast()
    region = Region.objects.get(slug="drenthe")
    other = Institution.objects.create(code="aaa", name="Aanpak Drenthe")
    other.tasks.create(region=region, task="certified_institution", from_on="2015-01-01")
    adviser = signed_in(cast.adviser)
    choose = reverse("organisations:choose")
    assert adviser.get("/").headers["Location"].startswith(choose)
    page = adviser.get("/", follow=True).content.decode()
    assert page.index("Aanpak Drenthe") < page.index("Jeugdbescherming Noord")
    for name in ("reports:overview", "reports:figures", "audits:timeline"):
        links = adviser.get(choose, {"page": name}).content.decode()
        assert reverse(name, args=["aaa"]) in links
        assert reverse(name, args=["jbn"]) in links
    adviser.get(reverse("reports:figures", args=["jbn"]))
    page = adviser.get(reverse("reports:briefings")).content.decode()
    assert reverse("reports:overview", args=["jbn"]) in page
    assert adviser.get("/").headers["Location"] == reverse("reports:overview", args=["jbn"])
    page = adviser.get(reverse("audits:timeline", args=["jbn"])).content.decode()
    assert reverse("audits:timeline", args=["aaa"]) in page
    page = adviser.get(reverse("reports:agenda", args=["jbn"])).content.decode()
    assert reverse("reports:agenda", args=["aaa"]) in page
    form = adviser.get(reverse("reports:briefing_new")).context["form"]
    assert form["institution"].value() is None
    assert form.fields["institution"].queryset.count() == 2
    answer = adviser.post(
        reverse("reports:briefing_new"),
        {"title": "x", "owner": "drenthe", "document_type": "oplegger", "language": "nl"},
    )
    assert "institution" in answer.context["form"].errors
    manager = signed_in(cast.contract_manager)
    for name in ("certification:upload", "certification:runs"):
        field = manager.get(reverse(name)).context["form"].fields["institution"]
        assert str(field.empty_label) == "Kies een instelling"


def test_who_sees_one_institution_is_asked_nothing() -> None:
    cast = make_cast()
    adviser = signed_in(cast.adviser)
    assert adviser.get("/").headers["Location"] == reverse("reports:overview", args=["jbn"])
    page = adviser.get(reverse("reports:figures", args=["jbn"])).content.decode()
    assert reverse("organisations:choose") not in page
    assert signed_in(person("Niemand")).get(reverse("organisations:choose")).status_code == 404
