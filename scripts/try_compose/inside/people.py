"""Inside a container of the portal: the people of the story. Reads a password, writes nothing."""

import os
import sys
from datetime import date
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jbn_oversight.settings")
sys.path.insert(0, str(Path.cwd()))
django.setup()

from jbn_oversight.accounts.actions import add_membership  # noqa: E402
from jbn_oversight.accounts.models import Role  # noqa: E402
from jbn_oversight.organisations.models import Municipality, Region  # noqa: E402

PASSWORD = os.environ["TRY_PASSWORD"]
DRENTHE = Region.objects.get(slug="drenthe")
ASSEN = Municipality.objects.get(cbs_code="GM0106")
for name, role, place in (
    ("manager", Role.CONTRACT_MANAGER, DRENTHE),
    ("writer", Role.POLICY_ADVISER, DRENTHE),
    ("signer", Role.ALDERMAN, DRENTHE),
    ("publisher", Role.POLICY_ADVISER, DRENTHE),
    ("council", Role.COUNCIL_MEMBER, ASSEN),
):
    membership = add_membership(
        email=f"{name}@try.example",
        name=f"Fictieve {name}",
        role=role,
        place=place,
        from_on=date(2022, 3, 30),
        until_on=None,
        by=None,
    )
    membership.user.set_password(PASSWORD)
    membership.user.save()
