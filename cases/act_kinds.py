"""Acts on deliveries and on staffing returns."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from jbn_oversight.acts.act_kinds import KindOfAct

DELIVERY_ACCEPTED: Final = KindOfAct("cases.delivery_accepted", _("delivery accepted"))
DELIVERY_HELD: Final = KindOfAct("cases.delivery_held", _("delivery held"))
DELIVERY_LET_THROUGH: Final = KindOfAct(
    "cases.delivery_let_through", _("held delivery let through")
)
DELIVERY_SENT_BACK: Final = KindOfAct("cases.delivery_sent_back", _("held delivery sent back"))
RETURN_SUBMITTED: Final = KindOfAct("cases.return_submitted", _("staffing figures sent"))
RETURN_SENT_BACK: Final = KindOfAct("cases.return_sent_back", _("staffing figures given back"))
RETURN_APPROVED: Final = KindOfAct("cases.return_approved", _("staffing figures approved"))

KINDS: Final = (
    DELIVERY_ACCEPTED,
    DELIVERY_HELD,
    DELIVERY_LET_THROUGH,
    DELIVERY_SENT_BACK,
    RETURN_SUBMITTED,
    RETURN_SENT_BACK,
    RETURN_APPROVED,
)
