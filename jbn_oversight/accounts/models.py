"""People and their memberships. A role is held somewhere, from a day until a day."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, ClassVar, Final, cast

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from jbn_oversight.constraints import both_or_neither, dates_in_order, exactly_one_of
from jbn_oversight.history import Keeping, TrackedQuerySet
from jbn_oversight.organisations.models import (
    Dated,
    DatedQuerySet,
    Institution,
    Municipality,
    Place,
    Region,
)
from jbn_oversight.public_id import PublicIdField

if TYPE_CHECKING:
    pass


class UserQuerySet(TrackedQuerySet["User"]):
    """People."""


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Makes people; e-mail addresses are kept in lower case."""

    def create_user(self, email: str, password: str | None = None, **fields: object) -> User:
        """A person who signs in with this e-mail address; without a password nobody can yet."""
        user = cast(User, self.model(email=email.strip().lower(), **fields))
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> User:
        """The person with this e-mail address, in any case of letters."""
        return cast(User, self.get(email=(username or "").strip().lower()))


class Language(models.TextChoices):
    """Languages of the screens."""

    DUTCH = "nl", _("Dutch")
    ENGLISH = "en", _("English")


class User(AbstractBaseUser, PermissionsMixin):
    """A person with a name of their own; there are no shared accounts.

    Rights come from memberships alone. The flag ``is_superuser`` that Django brings is false
    for everybody (the database holds it) and opens nothing.
    """

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150)
    language = models.CharField(
        _("language"), max_length=2, choices=Language.choices, default=Language.DUTCH
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_demo = models.BooleanField(_("fictional person of the demonstration"), default=False)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now)
    signed_out_at = models.DateTimeField(null=True, editable=False)
    """When every session of this person was last ended by others."""
    history = HistoricalRecords(excluded_fields=["password", "last_login"])

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name", "email"]
        constraints = [
            models.CheckConstraint(name="user_email_lower", condition=Q(email=Lower("email"))),
            models.CheckConstraint(name="user_no_superuser", condition=Q(is_superuser=False)),
        ]

    def __str__(self) -> str:
        return self.name

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session is held to: it ends with the password, the address or the account."""
        said = f"{self.password}|{self.email}|{self.signed_out_at}"
        return salted_hmac("accounts.session", said, secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        """The person's name."""
        return self.name

    def get_short_name(self) -> str:
        """The person's name."""
        return self.name


class Role(models.TextChoices):
    """What somebody is, somewhere."""

    ALDERMAN = "alderman", _("alderman")
    POLICY_ADVISER = "policy_adviser", _("policy adviser")
    CONTRACT_MANAGER = "contract_manager", _("contract manager")
    COUNCIL_MEMBER = "council_member", _("council member")
    CLERK = "clerk", _("clerk")
    PRIVACY_OFFICER = "privacy_officer", _("privacy officer")
    AUDITOR = "auditor", _("auditor")
    INSTITUTION = "institution", _("institution")
    ADMINISTRATOR = "administrator", _("administrator")


IN_A_MUNICIPALITY_ONLY = (Role.COUNCIL_MEMBER, Role.CLERK)
IN_A_MUNICIPALITY_OR_REGION = (Role.ALDERMAN, Role.POLICY_ADVISER, Role.CONTRACT_MANAGER)


class MembershipQuerySet(DatedQuerySet["Membership"]):
    """Memberships."""

    def with_places(self) -> MembershipQuerySet:
        """With the organisation that each is held in, in one query."""
        return self.select_related("user", "municipality", "region", "institution")


class Membership(Dated):
    """A role of a person in one municipality, region or institution.

    It starts and ends by itself: every question about rights asks for a day.
    """

    audit: ClassVar = Keeping.TRACKED
    public_id = PublicIdField()
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=20, choices=Role.choices)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    institution = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="memberships"
    )
    added_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", editable=False
    )
    history = HistoricalRecords()
    objects: ClassVar = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user__name", "role", "from_on"]
        constraints = [
            dates_in_order("membership_dates", "from_on", "until_on"),
            exactly_one_of("membership_one_place", "municipality", "region", "institution"),
            models.CheckConstraint(
                name="membership_role_in_municipality",
                condition=~Q(role__in=IN_A_MUNICIPALITY_ONLY) | Q(municipality__isnull=False),
            ),
            models.CheckConstraint(
                name="membership_role_not_in_institution",
                condition=~Q(role__in=IN_A_MUNICIPALITY_OR_REGION) | Q(institution__isnull=True),
            ),
            models.CheckConstraint(
                name="membership_role_in_institution",
                condition=~Q(role=Role.INSTITUTION) | Q(institution__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()} · {self.place}"

    @property
    def place(self) -> Municipality | Region | Institution:
        """The organisation that the role is held in."""
        place = self.municipality or self.region or self.institution
        assert place is not None  # membership_one_place
        return place


GOOD_FOR: Final = timedelta(days=7)
"""How long a change waits, and how long the links in its mail work."""


class ChangeKind(models.TextChoices):
    """What would change."""

    ROLE = "role", _("a role")
    ADDRESS = "address", _("an e-mail address")
    REOPENING = "reopening", _("an account that opens again")


class AccountChangeQuerySet(models.QuerySet["AccountChange"]):
    """Changes that wait, or waited."""

    def waiting(self, at: datetime) -> AccountChangeQuerySet:
        """Those that are neither done nor refused, and not too old."""
        return self.filter(
            done_at__isnull=True, refused_at__isnull=True, asked_at__gt=at - GOOD_FOR
        )

    def with_all(self) -> AccountChangeQuerySet:
        """With the people and the place, in one query."""
        return self.select_related(
            "person", "asked_by", "agreed_by", "refused_by", "municipality", "region", "institution"
        )


class AccountChange(models.Model):
    """One change, asked for by one person and decided by another. Rows are never changed back."""

    audit: ClassVar = Keeping.INSERT_ONLY
    public_id = PublicIdField()
    kind = models.CharField(max_length=10, choices=ChangeKind.choices)
    person = models.ForeignKey(User, models.PROTECT, related_name="account_changes")
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    municipality = models.ForeignKey(Municipality, models.PROTECT, null=True, related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+")
    institution = models.ForeignKey(Institution, models.PROTECT, null=True, related_name="+")
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    old_address = models.EmailField(blank=True)
    new_address = models.EmailField(blank=True)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    agreed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    """When the new address was confirmed, by its link."""
    refused_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    """Nobody where it was refused by the link that the old address got."""
    refused_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    objects: ClassVar = AccountChangeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["-asked_at", "-pk"]
        constraints: ClassVar = [
            both_or_neither("account_change_agreed", "agreed_by", "agreed_at"),
            dates_in_order("account_change_dates", "from_on", "until_on", equal=False),
            models.CheckConstraint(
                name="account_change_takes_two",
                condition=Q(agreed_by__isnull=True)
                | (~Q(agreed_by=F("asked_by")) & ~Q(agreed_by=F("person"))),
            ),
            models.CheckConstraint(
                name="account_change_done_when_agreed",
                condition=Q(done_at__isnull=True)
                | (Q(agreed_at__isnull=False) & Q(refused_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="account_change_address_confirmed",
                condition=~Q(kind=ChangeKind.ADDRESS)
                | Q(done_at__isnull=True)
                | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="account_change_role_is_whole",
                condition=~Q(kind=ChangeKind.ROLE)
                | (Q(from_on__isnull=False) & ~Q(role=""))
                & (
                    Q(municipality__isnull=False)
                    | Q(region__isnull=False)
                    | Q(institution__isnull=False)
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.public_id

    @property
    def place(self) -> Place | None:
        """Where the role would be held."""
        return self.municipality or self.region or self.institution

    @property
    def outcome(self) -> str:
        """What came of it, in a word."""
        if self.done_at:
            return gettext("done")
        return gettext("refused") if self.refused_at else gettext("not done")

    def is_waiting(self, at: datetime) -> bool:
        """Whether it can still be decided. ``at`` is an aware instant."""
        over = self.done_at or self.refused_at
        return over is None and self.asked_at > at - GOOD_FOR
