"""Record sources and certificates. Recording the same fact twice changes nothing."""

from __future__ import annotations

from django.db import models, transaction

from certification.imprecise_days import ImpreciseDay
from certification.models.certificates import (
    Certificate,
    CertificateCondition,
    CertificateKind,
    CertificateStatus,
)
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.organisations.models import Authority, Institution

Said = tuple[ImpreciseDay, Source] | None
"""A roughly known day and the source that names it."""


def day_columns(stem: str, day: ImpreciseDay | None) -> dict[str, object]:
    """The two columns of a roughly known day."""
    return {
        f"{stem}_on": day.on if day else None,
        f"{stem}_precision": day.precision.value if day else "",
    }


def said_columns(stem: str, said: Said) -> dict[str, object]:
    """The three columns of a roughly known day and its source."""
    day, source = said or (None, None)
    return {**day_columns(stem, day), f"{stem}_source": source}


def save_by(row: models.Model, by: User | None) -> None:
    """Save a tracked row, with the person in its history; None is the portal itself."""
    vars(row)["_history_user"] = by
    row.save()


def get_or_create_source(
    *,
    code: str,
    publisher: str,
    title: str,
    url: str,
    published: ImpreciseDay | None,
    by: User | None,
) -> Source:
    """The source with that code, made where it is not there yet."""
    found = Source.objects.filter(code=code).first()
    if found:
        return found
    row = Source(
        code=code, publisher=publisher, title=title, url=url, **day_columns("published", published)
    )
    save_by(row, by)
    return row


@transaction.atomic
def record_certificate(
    *,
    institution: Institution,
    authority: Authority,
    kind: CertificateKind,
    decided: tuple[ImpreciseDay, Source],
    starts: Said = None,
    ends: Said = None,
    months: int | None = None,
    improvement_plausible: bool | None = None,
    no_fundamental_shortcomings: bool | None = None,
    remark: str = "",
    by: User | None,
) -> Certificate:
    """A granted certificate. Raises IntegrityError for days that contradict each other."""
    found = Certificate.objects.filter(
        institution=institution, authority=authority, kind=kind, decided_on=decided[0].on
    ).first()
    if found:
        return found
    row = Certificate(
        institution=institution,
        authority=authority,
        kind=kind,
        status=CertificateStatus.GRANTED,
        months=months,
        improvement_plausible=improvement_plausible,
        no_fundamental_shortcomings=no_fundamental_shortcomings,
        remark=remark,
        **said_columns("decided", decided),
        **said_columns("starts", starts),
        **said_columns("ends", ends),
    )
    save_by(row, by)
    return row


@transaction.atomic
def record_condition(
    *,
    certificate: Certificate,
    text: str,
    source: Source,
    due: ImpreciseDay | None = None,
    met: Said = None,
    by: User | None,
) -> CertificateCondition:
    """A condition of a certificate, and since when it is met."""
    found = CertificateCondition.objects.filter(certificate=certificate, text=text).first()
    if found:
        return found
    row = CertificateCondition(
        certificate=certificate,
        text=text,
        source=source,
        **day_columns("due", due),
        **said_columns("met", met),
    )
    save_by(row, by)
    return row
