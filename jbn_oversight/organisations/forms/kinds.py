"""The four kinds of organisations as their screens know them: words, forms, dated rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final

from django.db import models
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from jbn_oversight.organisations.forms.organisations import (
    AuthorityForm,
    AuthorityNameForm,
    InstitutionForm,
    InstitutionTaskForm,
    KeptForm,
    MunicipalityForm,
    MunicipalityRegionForm,
    RegionForm,
)
from jbn_oversight.organisations.models import (
    Authority,
    AuthorityName,
    Institution,
    InstitutionTask,
    Municipality,
    MunicipalityRegion,
    Region,
)


@dataclass(frozen=True, slots=True)
class Spans:
    """What holds of an organisation from a day until a day."""

    model: Any
    owner: str
    """The field of the row that names the organisation."""
    form: type[KeptForm[Any]]
    heading: Promise
    add: Promise
    change: Promise
    column: Promise
    says: Callable[[Any], str]
    """What a row says, without its days."""
    none: Promise


@dataclass(frozen=True, slots=True)
class OrganisationKind:
    """One kind of organisation."""

    code: str
    model: type[models.Model]
    key: str
    """The field that stands in addresses."""
    form: type[KeptForm[Any]]
    heading: Promise
    lead: Promise
    add: Promise
    none: Promise
    spans: Spans | None = None

    def name(self, row: Any, on: date) -> str:
        """What a row is called on the (Amsterdam) day."""
        return row.name_on(on) if isinstance(row, Authority) else str(row)


def _task(row: InstitutionTask) -> str:
    return f"{capfirst(row.get_task_display())}, {row.region.name}"


def _named(row: AuthorityName) -> str:
    return f"{row.name} ({row.abbreviation})" if row.abbreviation else row.name


KINDS: Final[Mapping[str, OrganisationKind]] = MappingProxyType(
    {
        kind.code: kind
        for kind in (
            OrganisationKind(
                "regions",
                Region,
                "slug",
                RegionForm,
                _("Regions"),
                _("In a region, municipalities buy and oversee youth protection together."),
                _("Add a region"),
                _("There is no region yet. Begin here: municipalities and tasks need one."),
            ),
            OrganisationKind(
                "municipalities",
                Municipality,
                "cbs_code",
                MunicipalityForm,
                _("Municipalities"),
                _("Every municipality belongs to one region at a time."),
                _("Add a municipality"),
                _("There is no municipality yet. First add its region, then add it here."),
                Spans(
                    MunicipalityRegion,
                    "municipality",
                    MunicipalityRegionForm,
                    _("Which region it belongs to"),
                    _("Give it another region"),
                    _("Change the region or its days"),
                    _("Region"),
                    lambda row: str(row.region),
                    _("It belongs to no region. It then counts in no figure."),
                ),
            ),
            OrganisationKind(
                "institutions",
                Institution,
                "code",
                InstitutionForm,
                _("Institutions"),
                _("Institutions are overseen in the regions where they have a task."),
                _("Add an institution"),
                _("There is no institution yet. Add it here, then say what it does where."),
                Spans(
                    InstitutionTask,
                    "institution",
                    InstitutionTaskForm,
                    _("What it does, and where"),
                    _("Add a task"),
                    _("Change the task or its days"),
                    _("Task"),
                    _task,
                    _("It has no task yet. Until it has one, nobody sees its pages."),
                ),
            ),
            OrganisationKind(
                "authorities",
                Authority,
                "code",
                AuthorityForm,
                _("Authorities"),
                _("Authorities certify, inspect or guard. Each keeps its earlier names."),
                _("Add an authority"),
                _("There is no authority yet. Certificates and inspections need one."),
                Spans(
                    AuthorityName,
                    "authority",
                    AuthorityNameForm,
                    _("What it is called"),
                    _("Add a name"),
                    _("Change the name or its days"),
                    _("Name"),
                    _named,
                    _("It has no name yet. Pages call it by its code."),
                ),
            ),
        )
    }
)
