"""Work that outlives a request: the row is the queue, and a message only says "look".

Uploads, compliance runs, notices and other mail are jobs (``models.Job``): each kind is
a table of its room, with the room's words and states. Printings and personal copies ask their own
rows what is missing, and use the heartbeat, the pause and the turns from here (docs/adr/0032).

=======================================================  =========================================
promise                                                  kept by
=======================================================  =========================================
whatever is committed is done, even without a message    ``JobQuerySet.due``, which sweepers ask
no message goes before its row, none carries an hour     ``nudge``
two messages, or a message and a sweep, do it once       ``claim`` and ``claim_next``
a killed worker's job is followed within 90 seconds      ``held`` beats, ``LEASE`` runs out
a worker that comes back writes nothing                  ``write`` asks for its own attempt
what kills its workers stops, and a person looks         ``is_worn_out``, ``sweep``
no transaction is open while the network is spoken to    ``claim_next``: durable, short
one import or run at a time for an institution           ``institution_turn``
one kind of work does not keep the others waiting        ``for_a_while``
what goes wrong is logged without what a row holds       ``log_failure``, ``quietly``
=======================================================  =========================================
"""
