"""Acts on briefings. Each is told to who may know of the briefing, and to nobody else.

The right leaves administrators out, who see no briefing; the gate leaves out what is secret.
"""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_lazy as _

from jbn_oversight.acts.act_kinds import KindOfAct
from reports.briefings.decisions.models import ActKind
from reports.briefings.gate.selectors.known import acts_on_known_briefings
from reports.rights import SEE_LOGS

_WORDS: Final = {
    **dict(ActKind.choices),
    "version": _("version"),
    "passed": _("all went well"),
    "failed": _("something went wrong"),
    "in_error": _("published in error"),
}


def _kind(code: str, label: object) -> KindOfAct:
    return KindOfAct(
        f"briefings.{code}",
        label,  # type: ignore[arg-type]
        right=SEE_LOGS,
        visible=acts_on_known_briefings,
        path="/briefings/{key}/",
        opens="reports.see_briefings",
        words=_WORDS,
    )


STARTED: Final = _kind("started", _("briefing started"))
MAKERS_NAMED: Final = _kind("makers_named", _("makers of a briefing named"))
SUBMITTED: Final = _kind("submitted", _("briefing submitted for approval"))
GIVEN_BACK: Final = _kind("given_back", _("briefing given back"))
SIGNED: Final = _kind("signed", _("briefing signed"))
APPROVED: Final = _kind("approved", _("briefing approved as a version"))
FIGURES_RELEASED: Final = _kind("figures_released", _("figures of a briefing released"))
TEXT_SET_ASIDE: Final = _kind("text_set_aside", _("text of one place set aside"))
PUBLISHED: Final = _kind("published", _("briefing published"))
PROPOSED: Final = _kind("proposed", _("proposed for a briefing"))
CANCELLED: Final = _kind("cancelled", _("proposal for a briefing cancelled"))
HOUR_MOVED: Final = _kind("hour_moved", _("hour of a briefing moved"))
WITHDRAWN: Final = _kind("withdrawn", _("briefing withdrawn"))
CLOSED: Final = _kind("closed", _("briefing closed in an emergency"))
REOPENED: Final = _kind("reopened", _("briefing opened again"))
SECRECY_IMPOSED: Final = _kind("secrecy_imposed", _("secrecy recorded"))
SECRECY_GIVEN: Final = _kind("secrecy_given", _("secrecy given to the council"))
SECRECY_LIFTED: Final = _kind("secrecy_lifted", _("secrecy recorded as lifted"))
READERS_ASKED: Final = _kind("readers_asked", _("early readers proposed"))
READERS_REFUSED: Final = _kind("readers_refused", _("proposed early readers refused"))
READER_ADDED: Final = _kind("reader_added", _("early reader added"))
READER_REMOVED: Final = _kind("reader_removed", _("early reader removed"))
RULE_RECORDED: Final = _kind("rule_recorded", _("rule for passing on recorded"))
RULE_ENDED: Final = _kind("rule_ended", _("rule for passing on ended"))
FACT_CHECK_SENT: Final = _kind("fact_check_sent", _("fact check sent"))
FACT_CHECK_ENDED: Final = _kind("fact_check_ended", _("fact check ended"))
PARTY_ASKED: Final = _kind("party_asked", _("person proposed for the press release"))
PARTY_NAMED: Final = _kind("party_named", _("person let into the press release"))
PARTY_REMOVED: Final = _kind("party_removed", _("person taken from the press release"))
PRESS_AGREED: Final = _kind("press_agreed", _("press release agreed with"))
BREACH_RECORDED: Final = _kind("breach_recorded", _("breach recorded"))
BREACH_STEP: Final = _kind("breach_step", _("step after a breach recorded"))
ANSWER_GIVEN: Final = _kind("answer_given", _("answer to a question given out"))
REHEARSED: Final = _kind("rehearsed", _("release rehearsed"))
ANNOUNCED: Final = _kind("announced", _("briefing announced"))
ANNOUNCEMENT_MOVED: Final = _kind("announcement_moved", _("announcement moved"))
ANNOUNCEMENT_CANCELLED: Final = _kind("announcement_cancelled", _("announcement cancelled"))

KINDS: Final = (
    STARTED,
    MAKERS_NAMED,
    SUBMITTED,
    GIVEN_BACK,
    SIGNED,
    APPROVED,
    FIGURES_RELEASED,
    TEXT_SET_ASIDE,
    PUBLISHED,
    PROPOSED,
    CANCELLED,
    HOUR_MOVED,
    WITHDRAWN,
    CLOSED,
    REOPENED,
    SECRECY_IMPOSED,
    SECRECY_GIVEN,
    SECRECY_LIFTED,
    READERS_ASKED,
    READERS_REFUSED,
    READER_ADDED,
    READER_REMOVED,
    RULE_RECORDED,
    RULE_ENDED,
    FACT_CHECK_SENT,
    FACT_CHECK_ENDED,
    PARTY_ASKED,
    PARTY_NAMED,
    PARTY_REMOVED,
    PRESS_AGREED,
    BREACH_RECORDED,
    BREACH_STEP,
    ANSWER_GIVEN,
    REHEARSED,
    ANNOUNCED,
    ANNOUNCEMENT_MOVED,
    ANNOUNCEMENT_CANCELLED,
)
