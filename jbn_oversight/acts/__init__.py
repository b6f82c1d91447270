"""The log of acts: who did what, on what, where and when. For people; no rule reads it."""
