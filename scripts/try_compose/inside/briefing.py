"""Inside a container of the portal: a briefing, signed, with its hour a moment from now.

Prints its public id and its version's. Signing asks for an hour five minutes ahead, so it was
signed that long ago.
"""

import os
import sys
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jbn_oversight.settings")
sys.path.insert(0, str(Path.cwd()))
django.setup()

from jbn_oversight.accounts.models import Membership, User  # noqa: E402
from jbn_oversight.clock import utc_now  # noqa: E402
from jbn_oversight.organisations.models import Institution, Municipality, Region  # noqa: E402
from reports.briefings.makers import actions as makers  # noqa: E402
from reports.briefings.printing.actions.renderings import nudge  # noqa: E402
from reports.briefings.signing import actions as signing  # noqa: E402
from reports.briefings.signing.selectors.checklist import SOONEST  # noqa: E402
from reports.briefings.writing.actions import drafts as drafting  # noqa: E402

people = {
    user.email.partition("@")[0]: user
    for user in User.objects.filter(email__endswith="@try.example")
}
until = (utc_now() + timedelta(seconds=60)).replace(microsecond=0)
signed = until - SOONEST - timedelta(seconds=1)
briefing = drafting.start(
    institution=Institution.objects.get(code="jbn"),
    owner=Region.objects.get(slug="drenthe"),
    title="Proefoplegger",
    language="nl",
    at=signed,
    by=people["writer"],
)
briefing = drafting.edit(
    briefing=briefing,
    draft=drafting.DraftFields(
        title="Proefoplegger",
        subject="Een proef",
        addressees="De raad van Assen",
        sender="De wethouder",
        status_line="Ter kennisname",
        contact="Afdeling Jeugd",
        window_opens_at=None,
        embargo_until=until,
        public_page=False,
        sections=(("Kop", "Tekst van de proef."), ("Risico's", "Geen.")),
        audience=frozenset({Municipality.objects.get(cbs_code="GM0106")}),
    ),
    revision=briefing.draft_revision,
    at=signed,
    by=people["writer"],
)
makers.name_makers(
    briefing=briefing,
    signatories=[Membership.objects.get(user=people["signer"])],
    publisher=people["publisher"],
    co_writers=[],
    at=signed,
    by=people["writer"],
)
briefing.refresh_from_db()
revision = briefing.draft_revision
signing.submit(briefing=briefing, revision=revision, at=signed, by=people["writer"])
version = signing.approve(briefing=briefing, revision=revision, at=signed, by=people["signer"])
nudge(version)
print(briefing.public_id, version.public_id)
