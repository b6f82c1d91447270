"""The portal's environment: the only reader of ``os.environ``, and the list of what it reads.

Every variable stands in ``VARIABLES`` with what it means; the compose file is held against
this list by a test, so neither can know a variable that the other does not.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from jbn_oversight.directory_lock import alone_in

BASE_DIR: Final = Path(__file__).resolve().parent.parent

VARIABLES: Final[Mapping[str, str]] = {
    "ALLOWED_HOSTS": "host names the portal answers to, separated by commas",
    "BRIEFING_MISSES_ALARM": "misses on briefing addresses, by one source in a day, for an alarm",
    "BRIEFING_READERS_ALONE": "early readers whom one person may add in a day without a second",
    "CLOCK_KEPT_BY": "kernel (default), or host where the host of a virtual machine keeps it right",
    "DATABASE_PASSWORD": "password of the database as it is; for one inside DATABASE_URL: empty",
    "DATABASE_URL": "postgresql://user:password@host:port/name; empty starts the embedded server",
    "DATA_DIR": "directory of everything the portal keeps: database, files, spool, broker",
    "DEFAULT_FROM_EMAIL": "sender of the portal's mail",
    "DEMO": "1 for a demonstration: fictional people may sign in and every page says so",
    "DEMO_DAY": "day on which the demonstration's dashboards open, YYYY-MM-DD",
    "EMAIL_HOST": "mail server; empty writes mail to files in DATA_DIR",
    "EMAIL_HOST_PASSWORD": "password at the mail server",
    "EMAIL_HOST_USER": "account at the mail server",
    "EMAIL_PORT": "port of the mail server",
    "EMAIL_SECURITY": "starttls (default), tls from the first byte, or none",
    "EMAIL_TIMEOUT": "seconds that the mail server gets for each answer",
    "EQUATED_DAYS_ARE_WORKING_DAYS": "0 where days equated by decree do not count as working days",
    "FILES_INTERNAL_PATH": "nginx location that serves DATA_DIR/files after the portal's check",
    "HTTPS": "1 where the portal is reached over https (secure cookies, HSTS, redirect)",
    "PLAN_CLOCK_START": "notified_on (default), family_plan_waived_on or first_contact_on",
    "PUBLIC_ADDRESS": "address of the portal as its users type it, https://host",
    "REDIS_URL": "redis://host:port/number; empty uses a broker of files in DATA_DIR",
    "SECRET_KEY": "Django's secret; empty makes one in DATA_DIR",
    "TRUSTED_PROXIES": "number of proxies in front whose forwarded address may be believed",
}


class MisconfiguredError(Exception):
    """A variable holds something the portal cannot use; the message never holds the value."""


@dataclass(frozen=True, slots=True)
class Environment:
    """The variables, read once. Values come from ``source``, which tests may give."""

    source: Mapping[str, str]

    def text(self, name: str, default: str = "") -> str:
        """The variable as text, without surrounding spaces; ``default`` where it is empty."""
        if name not in VARIABLES:
            raise MisconfiguredError(f"{name} is not in the list of variables in env.py.")
        return self.source.get(name, "").strip() or default

    def secret(self, name: str) -> str:
        """The variable to the letter: a space may be part of a password."""
        self.text(name)
        return self.source.get(name, "")

    def flag(self, name: str, default: str = "") -> bool:
        """True for 1, true, yes, on; False for 0, false, no, off; ``default`` for empty."""
        value = self.text(name, default).lower()
        if value in {"1", "true", "yes", "on"}:
            return True
        if value in {"", "0", "false", "no", "off"}:
            return False
        raise MisconfiguredError(f"{name} must be 1 or 0.")

    def number(self, name: str, default: int) -> int:
        """A whole number, zero or more."""
        value = self.text(name, str(default))
        if not value.isdecimal():
            raise MisconfiguredError(f"{name} must be a whole number.")
        return int(value)

    def choice(self, name: str, options: tuple[str, ...]) -> str:
        """One of the options, the first where the variable is empty."""
        value = self.text(name, options[0]).lower()
        if value not in options:
            raise MisconfiguredError(f"{name} must be one of: {', '.join(options)}.")
        return value

    def port(self, name: str, default: int) -> int:
        """The number of a port."""
        value = self.number(name, default)
        if not 0 < value < 65536:
            raise MisconfiguredError(f"{name} must be a port: a number from 1 to 65535.")
        return value

    def day(self, name: str, default: str) -> date:
        """A day, written as YYYY-MM-DD."""
        try:
            return date.fromisoformat(self.text(name, default))
        except ValueError:
            raise MisconfiguredError(f"{name} must be a day: YYYY-MM-DD.") from None

    def redis_url(self) -> str:
        """``REDIS_URL``, refused where its readers would take it for another address."""
        url = self.text("REDIS_URL")
        if url:
            _address("REDIS_URL", url, ("unix", "rediss", "redis"))
        return url

    def words(self, name: str, default: str = "") -> list[str]:
        """The parts of a comma-separated list."""
        return [part.strip() for part in self.text(name, default).split(",") if part.strip()]

    def data_dir(self) -> Path:
        """``DATA_DIR`` as an absolute path; ``.data`` in the project where it is empty."""
        return Path(self.text("DATA_DIR", str(BASE_DIR / ".data"))).expanduser().resolve()

    def secret_key(self) -> str:
        """``SECRET_KEY``, or one made once and kept in ``DATA_DIR``, readable by its owner only."""
        if key := self.text("SECRET_KEY"):
            return key
        path = self.data_dir() / "secret_key"
        with alone_in(path.parent):
            if not (path.exists() and path.read_text().strip()):
                # Anyone who is killed here leaves no half a key that every later start would take.
                new = path.with_suffix(".new")
                new.unlink(missing_ok=True)
                with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT, 0o600), "w") as file:
                    file.write(secrets.token_urlsafe(64))
                new.replace(path)
            return path.read_text().strip()


def environment() -> Environment:
    """The process's environment."""
    return Environment(os.environ)


def database_settings(url: str, password: str = "") -> dict[str, object]:
    """Django's connection settings for a ``postgresql://`` URL (host may be a socket directory).

    ``password`` stands in for the one in the address, and is taken as it is. What the address
    says behind its question mark (``sslmode=verify-full``) goes to PostgreSQL's own client.
    Raises ``MisconfiguredError`` for another scheme and for what is no address.
    """
    parts = _address("DATABASE_URL", url, ("postgres", "postgresql"))
    query = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": password or unquote(parts.password or ""),
        "HOST": query.pop("host", "") or (parts.hostname or ""),
        "PORT": str(parts.port or ""),
        # A server that says nothing at all must not hold every page for minutes.
        "OPTIONS": {"connect_timeout": "10", **query},
    }


def _address(name: str, url: str, schemes: tuple[str, ...]) -> SplitResult:
    """The parts of an address. Python's own words for a wrong one would repeat its password."""
    no_address = MisconfiguredError(
        f"{name} is not an address. In its password, write each of / # ? % @ : and spaces as a"
        " percent sign and its number: / is %2F."
    )
    try:
        parts = urlsplit(url)
        _number = parts.port
    except ValueError:
        raise no_address from None
    if parts.scheme not in schemes:
        raise MisconfiguredError(f"{name} must start with {schemes[-1]}://.")
    # What stands behind a / # or ? in a password: the rest of the password, then the host.
    if parts.fragment or "@" in parts.path + parts.query:
        raise no_address
    return parts
