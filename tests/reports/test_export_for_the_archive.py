"""A published version as one file: its parts, MDTO, DiWoo and hashes, the same each time."""

from __future__ import annotations

import hashlib
import io
import zipfile
from datetime import timedelta
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from django.urls import reverse

from jbn_oversight.accounts.models import User
from reports.briefings.archive.exports import export
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.kinds import WooCategory
from reports.briefings.models.versions import BriefingVersion
from tests.factories.briefings import ATTACHED, PRINTED, SENTINEL, now, published
from tests.factories.people import Cast

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
MDTO = "{https://www.nationaalarchief.nl/mdto}"
DIWOO = "{https://standaarden.overheid.nl/diwoo/metadata/}"

# In the order of MDTO's schema; with a star what may come more than once.
ORDER = (
    *("identificatie", "naam", "aggregatieniveau", "classificatie", "omschrijving"),
    *("dekkingInTijd", "dekkingInRuimte", "taal", "event", "waardering", "bewaartermijn"),
    *("informatiecategorie", "isOnderdeelVan", "heeftRepresentatie"),
    *("gerelateerdInformatieobject", "archiefvormer", "activiteit", "beperkingGebruik"),
)
OF_A_FILE = (
    *("identificatie", "naam", "omvang", "bestandsformaat", "checksum", "isRepresentatieVan"),
)


@pytest.fixture
def briefing(cast: Cast) -> Briefing:
    briefing = published(cast, at=now() - 2 * DAY, until=now() - DAY, attachment=True)
    briefing.woo_category = WooCategory.COUNCIL_PAPERS
    briefing.save()
    return briefing


@pytest.fixture
def version(briefing: Briefing) -> BriefingVersion:
    version = briefing.latest_version()
    assert version is not None
    return version


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def names(element: ET.Element) -> list[str]:
    return [child.tag.removeprefix(MDTO) for child in element]


def text(element: ET.Element, path: str) -> str:
    return element.findtext("/".join(MDTO + part for part in path.split("/"))) or ""


def test_the_file_holds_every_part_and_a_hash_of_each(version: BriefingVersion) -> None:
    inside = unpacked(export(version))
    assert inside["oplegger.pdf"] == PRINTED
    assert inside["bijlage-1.pdf"] == ATTACHED
    lines = inside["manifest.sha256"].decode().splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    assert set(listed) == set(inside) - {"manifest.sha256"}
    for name, digest in listed.items():
        assert hashlib.sha256(inside[name]).hexdigest() == digest


def test_the_same_version_gives_the_same_bytes(version: BriefingVersion) -> None:
    assert export(version) == export(BriefingVersion.objects.get(pk=version.pk))


def test_the_information_object_has_the_elements_of_mdto_in_their_order(
    version: BriefingVersion,
) -> None:
    top = ET.fromstring(unpacked(export(version))["mdto.xml"])
    assert top.tag == f"{MDTO}MDTO"
    (record,) = list(top)
    assert record.tag == f"{MDTO}informatieobject"
    found = names(record)
    assert found == sorted(found, key=ORDER.index)
    assert {"identificatie", "naam", "waardering", "archiefvormer", "beperkingGebruik"} <= set(
        found
    )
    assert text(record, "identificatie/identificatieKenmerk") == version.public_id
    assert text(record, "naam") == f"Titel {SENTINEL}"
    kinds = [text(event, "eventType/begripLabel") for event in record.iter(f"{MDTO}event")]
    assert kinds[0] == "Creatie"
    assert kinds[-1] == "Publicatie"
    assert "Accordering" in kinds
    limits = [
        text(one, "beperkingGebruikNadereBeschrijving")
        for one in record.iter(f"{MDTO}beperkingGebruik")
    ]
    assert any("embargo" in words for words in limits)


def test_each_file_is_described_with_size_kind_and_hash(version: BriefingVersion) -> None:
    inside = unpacked(export(version))
    described = [name for name in inside if name.startswith("mdto/")]
    assert sorted(described) == ["mdto/bijlage-1.pdf.xml", "mdto/oplegger.pdf.xml"]
    (file,) = list(ET.fromstring(inside["mdto/oplegger.pdf.xml"]))
    assert file.tag == f"{MDTO}bestand"
    assert names(file) == list(OF_A_FILE)
    assert text(file, "omvang") == str(len(PRINTED))
    assert text(file, "bestandsformaat/begripCode") == "application/pdf"
    assert text(file, "checksum/checksumWaarde") == hashlib.sha256(PRINTED).hexdigest()
    assert text(file, "checksum/checksumAlgoritme/begripLabel") == "SHA-256"
    reference = "isRepresentatieVan/verwijzingIdentificatie/identificatieKenmerk"
    assert text(file, reference) == version.public_id


def test_the_woo_category_is_told_by_its_term_and_address(version: BriefingVersion) -> None:
    top = ET.fromstring(unpacked(export(version))["diwoo.xml"])
    (category,) = top.iter(f"{DIWOO}informatiecategorie")
    assert category.text == "Vergaderstukken decentrale overheden"
    assert str(category.get("resource")).endswith("/c_db4862c3")
    (inside,) = list(top)
    for wanted in ("publisher", "titelcollectie", "classificatiecollectie", "documenthandelingen"):
        assert inside.find(DIWOO + wanted) is not None


def test_without_one_of_the_seventeen_categories_nothing_is_claimed(
    briefing: Briefing, version: BriefingVersion
) -> None:
    briefing.woo_category = WooCategory.OWN_MOTION
    briefing.save()
    version.refresh_from_db()
    assert "diwoo.xml" not in unpacked(export(version))


@pytest.mark.parametrize("who", ["adviser", "region_alderman", "privacy_officer"])
def test_makers_and_the_privacy_officer_download_it(
    client: Client, cast: Cast, briefing: Briefing, version: BriefingVersion, who: str
) -> None:
    client.force_login(getattr(cast, who))
    url = reverse("reports:briefing_export", args=[briefing.public_id, version.public_id])
    response = client.get(url)
    assert response.status_code == 200
    assert response["Cache-Control"] == "no-store, private"
    assert SENTINEL not in str(response.headers)
    assert "mdto.xml" in unpacked(response.content)


@pytest.mark.parametrize("who", ["council_member", "clerk", "auditor", "administrator", "nobody"])
def test_nobody_else_does(
    client: Client, cast: Cast, briefing: Briefing, version: BriefingVersion, who: str
) -> None:
    client.force_login(getattr(cast, who))
    url = reverse("reports:briefing_export", args=[briefing.public_id, version.public_id])
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("how", ["not yet", "withdrawn", "closed"])
def test_what_is_not_out_is_not_there(client: Client, cast: Cast, how: str) -> None:
    until = now() + DAY if how == "not yet" else now() - DAY
    briefing = published(cast, at=now() - 2 * DAY, until=until)
    version = briefing.latest_version()
    assert version is not None
    if how != "not yet":
        setattr(briefing, f"{how}_at", now())
        setattr(briefing, f"{how}_by", cast.adviser)
        reason = "withdrawal_reason" if how == "withdrawn" else "closing_reason"
        setattr(briefing, reason, "Fout.")
        briefing.save()
    url = reverse("reports:briefing_export", args=[briefing.public_id, version.public_id])
    people: list[User] = [cast.adviser, cast.privacy_officer]
    for somebody in people:
        client.force_login(somebody)
        assert client.get(url).status_code == 404
    client.force_login(cast.privacy_officer)
    assert SENTINEL not in client.get(reverse("reports:records")).content.decode()


def test_the_list_of_records_names_what_is_out(
    client: Client, cast: Cast, briefing: Briefing
) -> None:
    client.force_login(cast.privacy_officer)
    assert f"Titel {SENTINEL}" in client.get(reverse("reports:records")).content.decode()
    client.force_login(cast.auditor)
    assert client.get(reverse("reports:records")).status_code == 403
