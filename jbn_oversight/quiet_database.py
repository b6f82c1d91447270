"""What PostgreSQL may write in its log: how the server does, and nothing of what was asked of it.

A statement that fails stands in PostgreSQL's log with its values, and the error's own words often
repeat one ("invalid input syntax", "syntax error at or near"): with them a briefing, or a child's
data, lies where nobody guards it. The portal logs the kind of each error and its place, which is
enough to fix it; the server's log keeps starts, stops, refused sign-ins, checkpoints and crashes.

One list for the embedded server, for the containers (``docker-compose.yml`` is held against it by
a test) and for the check that a server of one's own gets. No Django here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

SETTINGS: Final[Mapping[str, str]] = {
    # Of messages that clients also get, none: their words repeat values. LOG stands above ERROR
    # in this setting, so that the server still says how it does.
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",  # no DETAIL ("Failing row contains"), HINT, QUERY or CONTEXT
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_min_duration_statement": "-1",
    "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0",
    "log_lock_waits": "off",
    "log_temp_files": "-1",
    "log_replication_commands": "off",
    "debug_print_parse": "off",
    "debug_print_rewritten": "off",
    "debug_print_plan": "off",
    # Other formats print DETAIL whatever the verbosity says.
    "log_destination": "stderr",
}
ENOUGH: Final[Mapping[str, frozenset[str]]] = {
    "log_min_messages": frozenset({"log", "fatal", "panic"}),
    "log_destination": frozenset({"stderr", "syslog", "eventlog", "stderr,syslog"}),
}
"""Other values that print no more."""
LIBRARIES: Final = ("shared_preload_libraries", "session_preload_libraries")
TELLING: Final = ("auto_explain", "pgaudit")
"""Libraries that write statements in the log."""
ASKED: Final = (*SETTINGS, *LIBRARIES)


def arguments() -> list[str]:
    """The settings as PostgreSQL's command takes them."""
    return [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]


def statements() -> list[str]:
    """The settings as an administrator of a server gives them, for good."""
    changes = [f"ALTER SYSTEM SET {name} = '{value}'" for name, value in SETTINGS.items()]
    return [*changes, "SELECT pg_reload_conf()"]


def telling(found: Iterable[tuple[str, str]]) -> list[str]:
    """Of a server's settings, as ``pg_settings`` names them, those that print what was asked."""
    wrong = []
    for name, value in found:
        if name in LIBRARIES:
            if any(library in value for library in TELLING):
                wrong.append(name)
        elif value not in ENOUGH.get(name, frozenset({SETTINGS[name]})):
            wrong.append(name)
    return sorted(wrong)
