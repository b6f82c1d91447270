"""Whatever changes a briefing: one transaction each, the row locked, ``by`` last."""
