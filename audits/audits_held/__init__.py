"""Audits by the certifying body: frameworks, what was found, and what re-audits made of it."""
