"""What people did: rows that the database never lets go.

A row copies what it must say later and holds no foreign key, so that nothing that happens to a
person, a place or a thing can block, change or remove it, and inserting one waits for nobody.
"""

from __future__ import annotations

from typing import ClassVar, Final

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from jbn_oversight.history import Keeping
from jbn_oversight.public_id import PublicIdField

CODES: Final = r"^[a-z0-9_.:, -]*$"
"""What a detail is made of: codes, days and numbers, so no title and no text of anybody."""


class RecordedActQuerySet(models.QuerySet["RecordedAct"]):
    """Acts."""

    def newest_first(self) -> RecordedActQuerySet:
        """In the order of the page, which an index has."""
        return self.order_by("-at", "-pk")


class RecordedAct(models.Model):
    """One act: when, by whom, agreed by whom, on what and in which place."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    """A code that a floor declares in its ``act_kinds``."""
    by_public_id = models.CharField(max_length=32, blank=True)
    """Empty where no account did it: a command on the server, or a link in a mail."""
    by_name = models.CharField(max_length=150, blank=True)
    by_role = models.CharField(max_length=200, blank=True)
    """Codes of the roles that the person held there, with a blank between."""
    agreed_public_id = models.CharField(max_length=32, blank=True)
    """The second person, where two decided."""
    agreed_name = models.CharField(max_length=150, blank=True)
    agreed_role = models.CharField(max_length=200, blank=True)
    thing = models.CharField(max_length=60)
    """The kind of thing that it was done to, as ``audits.audit``."""
    thing_id = models.CharField(max_length=64, blank=True)
    """Its identifier or code, as addresses have it. Never a title: those are content."""
    path = models.CharField(max_length=200, blank=True)
    """Where it stood in the portal, for who may open it."""
    about_public_id = models.CharField(max_length=32, blank=True)
    about_name = models.CharField(max_length=150, blank=True)
    """The person that it was done to, where it was one."""
    institution = models.CharField(max_length=50, blank=True)
    region = models.CharField(max_length=50, blank=True)
    municipality = models.CharField(max_length=6, blank=True)
    """The narrowest of the three says who sees the act; none is an act that touches all."""
    detail = models.CharField(max_length=100, blank=True)
    objects: ClassVar = RecordedActQuerySet.as_manager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("acts")
        ordering: ClassVar = ["-at", "-pk"]
        indexes: ClassVar = [
            models.Index(name="act_newest", fields=["-at", "-id"]),
            models.Index(name="act_kind", fields=["kind", "-at", "-id"]),
            models.Index(name="act_municipality", fields=["municipality", "-at", "-id"]),
            models.Index(name="act_region", fields=["region", "-at", "-id"]),
            models.Index(name="act_institution", fields=["institution", "-at", "-id"]),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(name="act_detail_is_codes", condition=Q(detail__regex=CODES)),
            models.CheckConstraint(
                name="act_thing_id_is_a_code", condition=Q(thing_id__regex=r"^[A-Za-z0-9_.-]*$")
            ),
            models.CheckConstraint(
                name="act_agreed_by_somebody_else",
                condition=Q(agreed_public_id="") | ~Q(agreed_public_id=F("by_public_id")),
            ),
            models.CheckConstraint(
                name="act_no_name_without_an_account",
                condition=Q(by_name="") | ~Q(by_public_id=""),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id
