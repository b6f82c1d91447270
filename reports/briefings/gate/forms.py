"""Fields that choose people and mandates by name, for the forms of makers."""

from __future__ import annotations

from typing import Any

from django import forms

from jbn_oversight.accounts.models import Membership, User


def day_input() -> forms.DateInput:
    """A day as browsers ask for it."""
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def hour_input() -> forms.TimeInput:
    """An hour and its minutes, in Amsterdam."""
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


class PersonField(forms.ModelChoiceField[User]):
    """Chooses one person."""

    def label_from_instance(self, obj: Any) -> str:
        """A person's name and address, as two can share a name."""
        return f"{obj.name} ({obj.email})"


class PeopleField(forms.ModelMultipleChoiceField[User]):
    """Chooses people."""

    def label_from_instance(self, obj: Any) -> str:
        """A person's name and address, as two can share a name."""
        return f"{obj.name} ({obj.email})"


class MandateField(forms.ModelChoiceField[Membership]):
    """Chooses one mandate: a person in a role at a place."""

    def label_from_instance(self, obj: Any) -> str:
        """Who, in which role, where."""
        return f"{obj.user.name}, {obj.get_role_display()}, {obj.place}"


class MandatesField(forms.ModelMultipleChoiceField[Membership]):
    """Chooses mandates: people in a role at a place."""

    def label_from_instance(self, obj: Any) -> str:
        """Who, in which role, where."""
        return f"{obj.user.name}, {obj.get_role_display()}, {obj.place}"


class SignatoriesField(forms.ModelMultipleChoiceField[Membership]):
    """Chooses mandates by the place on whose behalf somebody signs."""

    def label_from_instance(self, obj: Any) -> str:
        """On whose behalf, and who."""
        return f"{obj.place}: {obj.user.name} ({obj.user.email})"
