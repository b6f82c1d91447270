"""The row lock that every change of a briefing starts with, and the order of all locks.

Anyone who locks, or writes a row that points at a briefing and that somebody else may write too,
takes what it needs of this list from the top down, in one transaction, and several of one kind
by their keys:

1. ``Dossier`` (shutting a dossier, choosing one)
2. ``Briefing``, by ``locked``
3. ``BriefingVersion``, then ``VersionVariant`` (printing, publishing, setting aside)
4. everything that depends on these: acts, readers, ``Rendering``, ``ReleaseNotice``
5. a person (``User``, by who chooses how often to be told), ``GatheredMail``
6. ``Notice``, of which the ground knows nothing but who is told: whoever notes about rows above
   holds these already

Also an INSERT locks: a unique key makes it wait for anyone who wrote the same row and has not
committed, and at its commit a foreign key asks for the row that it points at, which waits for
``locked``. So a row that two may write (a notice of a release) is written by who holds the
briefing, never beside it. Printing takes 3 without 2 and asks for 2 no more after that; sending
takes single rows of 6, or one of 5 and then its own of 6, and nothing else. A row of the log of
acts stands outside: it points at nothing and shares no key, so it waits for nobody and nobody
waits for it.
"""

from __future__ import annotations

from reports.briefings.models.briefings import Briefing


def locked(briefing: Briefing) -> Briefing:
    """The briefing as it is now, held until the end of the transaction.

    Anyone who changes anything about a briefing waits here, so two acts never see each other
    half done.
    """
    rows = Briefing.objects.select_for_update(of=("self",))
    return rows.select_related("region", "municipality", "institution").get(pk=briefing.pk)
