"""For the demonstration: two made-up papers in the register, one of them under embargo."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import translation

from audits.documents.actions.documents import Embargo, add_document
from audits.documents.actions.passages import add_passage
from audits.forms.imprecise_days import new_source
from audits.rules.registers import Register, RegisterColumn
from certification.imprecise_days import ImpreciseDay
from certification.models.documents import Document, DocumentKind
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Institution
from reports.demo.public_facts import FACTS
from reports.registers.exports import printed

_SENDER: Final = "Fictieve afzender"
_OPEN: Final = "Fictieve brief: voortgang op de voorwaarden"
_SHUT: Final = "Fictief conceptrapport: hertoets van twee bevindingen"
_QUOTE: Final = "Fictief: het wekelijkse overleg over wachtende kinderen is ingevoerd."
_ON: Final = date(2025, 9, 1)
_EMBARGO: Final = timedelta(days=30)


@transaction.atomic
def load_papers(*, people: Mapping[str, User], at: datetime) -> bool:
    """Add both papers; False where they are there already. ``at`` is an aware instant."""
    if Document.objects.filter(source__publisher=_SENDER).exists():
        return False
    institution = Institution.objects.get(code=FACTS.institution)
    by, other = people["adviseur.drenthe"], people["contract.drenthe"]
    alderman = people["wethouder.drenthe"].memberships.get()
    embargo = Embargo(until=at + _EMBARGO, releaser=other, window_opens_at=at, readers=(alderman,))
    for title, sealed in ((_OPEN, None), (_SHUT, embargo)):
        version = add_document(
            institution=institution,
            kind=DocumentKind.REPORT if sealed else DocumentKind.LETTER,
            source=new_source(publisher=_SENDER, title=title, url="", published=None, by=by),
            data=_paper(title, institution),
            dated=ImpreciseDay(_ON),
            embargo=sealed,
            at=at,
            by=by,
        )
        if sealed is None:
            add_passage(version=version, place="regel 1", quote=_QUOTE, at=at, by=by)
    return True


def _paper(title: str, institution: Institution) -> bytes:
    rows = (("1", _QUOTE), ("2", "Fictief: de voorraad zaken zonder plan neemt af."))
    columns = (RegisterColumn("Regel"), RegisterColumn("Tekst", long=True))
    with translation.override("nl"):
        return printed(Register(title, _ON, columns, rows), institution.name).data
