"""Every address of the portal, read from its URL configuration and filled with real keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product

from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils.regex_helper import normalize

from audits.models.findings import Cause, FindingCategory
from audits.models.inspections import SupervisionMeasure
from audits.models.plans import EvidenceVersion, Plan
from audits.models.studies import Recommendation, Study
from audits.models.timeline import Contradiction, TimelineEvent
from audits.registers.selectors import names
from certification.models import DocumentVersion, Passage, WeighingPoint
from jbn_oversight.accounts.models import User
from reports.briefings.decisions.models import ActKind
from reports.briefings.models.briefings import Briefing
from reports.briefings.models.questions import Question, QuestionAnswer
from reports.briefings.models.readers import EarlyReader, ReaderProposal
from reports.briefings.public_pages.selectors import public_page_of

Values = Mapping[str, tuple[str, ...]]


class UnfilledError(AssertionError):
    """An address has a part for which the crawl knows no value."""


@dataclass(frozen=True)
class Pattern:
    """One address of the URL configuration, with the names of its parts."""

    form: str
    """With ``%(name)s`` for each part."""
    parts: tuple[str, ...]
    callback: object

    def filled(self, values: Values) -> Iterator[str]:
        """The addresses with every combination of values. Raises UnfilledError."""
        for part in self.parts:
            if not values.get(part):
                raise UnfilledError(
                    f"{self.form}: say in tests/reports/crawl.py what stands for {part!r}"
                )
        for chosen in product(*(values[part] for part in self.parts)):
            url = "/" + self.form % dict(zip(self.parts, chosen, strict=True))
            assert resolve(url).func == self.callback, f"{url} is another page"
            yield url


def patterns() -> list[Pattern]:
    """All addresses there are, included apps and the admin too."""
    found = []
    for regex, pattern in _walk(get_resolver(), ""):
        form, parts = normalize(regex)[0]
        found.append(Pattern(form, tuple(parts), pattern.callback))
    assert len(found) > 50
    return found


def _walk(resolver: URLResolver, prefix: str) -> Iterator[tuple[str, URLPattern]]:
    for one in resolver.url_patterns:
        regex = prefix + one.pattern.regex.pattern.removeprefix("^")
        if isinstance(one, URLResolver):
            yield from _walk(one, regex)
        else:
            yield regex, one


def general_values() -> dict[str, tuple[str, ...]]:
    """What stands for the parts that have nothing to do with a briefing."""
    somebody = str(User.objects.order_by("pk").values_list("pk", flat=True)[0])
    return {
        "institution": ("jbn",),
        "institution_code": ("jbn",),
        "code": ("contact_5wd", "jbn"),
        "slug": ("drenthe",),
        "region": ("drenthe",),
        "month": ("2025-09",),
        "uidb36": ("1",),
        "key": ("set-password",),
        "app_label": ("statutory_days",),
        "person_id": ("eeeeeeeeeeeeeeeeeeeeee",),
        "role_id": ("ffffffffffffffffffffff",),
        "change_id": ("gggggggggggggggggggggg",),
        "token": ("hhhhhhhhhhhhhhhhhhhhhh",),
        "kind_code": ("regions", "municipalities", "institutions", "authorities"),
        "organisation_key": ("drenthe", "GM0106", "jbn", "kmi"),
        "span_number": ("1",),
        "_0": (somebody,),
        "_1": ("1",),
        "public_id": ("AAAAAAAAAAAAAAAAAAAAAA",),
        "version_id": ("BBBBBBBBBBBBBBBBBBBBBB",),
        "attachment_id": ("CCCCCCCCCCCCCCCCCCCCCC",),
        "reader_id": ("DDDDDDDDDDDDDDDDDDDDDD",),
        "section_id": ("SSSSSSSSSSSSSSSSSSSSSS",),
        "comment_id": ("GGGGGGGGGGGGGGGGGGGGGG",),
        "text_id": ("EEEEEEEEEEEEEEEEEEEEEE",),
        "question_id": ("FFFFFFFFFFFFFFFFFFFFFF",),
        "reply_id": ("PPPPPPPPPPPPPPPPPPPPPP",),
        "proposal_id": ("GGGGGGGGGGGGGGGGGGGGGG",),
        "page_key": ("HHHHHHHHHHHHHHHHHHHHHH",),
        "check_id": ("IIIIIIIIIIIIIIIIIIIIII",),
        "answer_id": ("JJJJJJJJJJJJJJJJJJJJJJ",),
        # The link of a fact check stands nowhere; those that work are in tests of their own.
        "link": ("KKKKKKKKKKKKKKKKKKKKKKKKKKKKKKKK",),
        "step_id": ("LLLLLLLLLLLLLLLLLLLLLL",),
        "party_id": ("MMMMMMMMMMMMMMMMMMMMMM",),
        "rule_id": ("NNNNNNNNNNNNNNNNNNNNNN",),
        "told_id": ("OOOOOOOOOOOOOOOOOOOOOO",),
        "certificate_id": ("QQQQQQQQQQQQQQQQQQQQQQ",),
        "point_id": ("RRRRRRRRRRRRRRRRRRRRRR",),
        "condition_id": ("TTTTTTTTTTTTTTTTTTTTTT",),
        "decision_id": ("UUUUUUUUUUUUUUUUUUUUUU",),
        "event_code": ("bestuurder-maart",),
        "contradiction_code": ("c12-bestuurder",),
        "theme_code": ("medewerkers",),
        "audit_id": ("VVVVVVVVVVVVVVVVVVVVVV",),
        "inspection_id": ("WWWWWWWWWWWWWWWWWWWWWW",),
        "inspected_id": ("XXXXXXXXXXXXXXXXXXXXXX",),
        "measure_id": ("YYYYYYYYYYYYYYYYYYYYYY",),
        "message_number": ("1",),
        "visit_number": ("1",),
        "claim_number": ("1",),
        "finding_id": ("WWWWWWWWWWWWWWWWWWWWWW",),
        "cause_id": ("XXXXXXXXXXXXXXXXXXXXXX",),
        "category_code": ("tekortkoming",),
        "register": ("documents",),
        "action_id": ("aaaaaaaaaaaaaaaaaaaaaa",),
        "plan_id": ("bbbbbbbbbbbbbbbbbbbbbb",),
        "study_id": ("cccccccccccccccccccccc",),
        "recommendation_id": ("dddddddddddddddddddddd",),
        "document_id": ("VVVVVVVVVVVVVVVVVVVVVV",),
        "paper_id": ("WWWWWWWWWWWWWWWWWWWWWW",),
        "passage_id": ("XXXXXXXXXXXXXXXXXXXXXX",),
        "municipality_code": ("GM0106",),
        "act_id": ("IIIIIIIIIIIIIIIIIIIIII",),
        "breach_id": ("JJJJJJJJJJJJJJJJJJJJJJ",),
        "act_kind": ("postpone",),
        "content_type_id": (str(ContentType.objects.get_for_model(Briefing).pk),),
        "object_id": (somebody,),
        "url": ("reports/briefing/",),
    }


def supervision_values() -> dict[str, tuple[str, ...]]:
    """The keys of one row of each kind in a world of ``supervised``; those in one address belong
    together."""
    at_jbn = {"institution__code": "jbn"}
    values = general_values()
    cause = Cause.objects.filter(finding__found_in__isnull=False).order_by("pk")[0]
    point = WeighingPoint.objects.order_by("pk")[0]
    measure = SupervisionMeasure.objects.filter(inspected__institution__code="jbn")[0]
    inspection = measure.inspected.inspection
    evidence = EvidenceVersion.objects.order_by("pk")[0]
    papers = DocumentVersion.objects.order_by("pk")
    found = {
        "certificate_id": point.certificate,
        "point_id": point,
        "condition_id": point.certificate.conditions.order_by("pk")[0],
        "decision_id": point.certificate.decisions.order_by("pk")[0],
        "audit_id": cause.finding.found_in,
        "finding_id": cause.finding,
        "cause_id": cause,
        "measure_id": measure,
        "action_id": evidence.evidence.action,
        "plan_id": Plan.objects.filter(**at_jbn)[0],
        "study_id": Study.objects.filter(**at_jbn)[0],
        "recommendation_id": Recommendation.objects.filter(study__isnull=False)[0],
    }
    values.update({part: (key_of(row),) for part, row in found.items()})
    values |= {
        "inspection_id": (measure.inspected.public_id,),
        "inspected_id": (inspection.institutions.filter(institution=None)[0].public_id,),
        "message_number": (str(inspection.messages.order_by("pk")[0].pk),),
        "visit_number": (str(measure.visits.order_by("pk")[0].pk),),
        "claim_number": (str(measure.claims.order_by("pk")[0].pk),),
        "version_id": (evidence.public_id,),
        "category_code": (FindingCategory.objects.filter(authority__code="kmi")[0].code,),
        "event_code": (TimelineEvent.objects.filter(**at_jbn)[0].code,),
        "contradiction_code": (Contradiction.objects.filter(**at_jbn)[0].code,),
        "document_id": tuple(dict.fromkeys(one.document.public_id for one in papers)),
        "paper_id": tuple(one.public_id for one in papers),
        "register": names(),
        "passage_id": tuple(Passage.objects.order_by("pk").values_list("public_id", flat=True)),
    }
    return values


def key_of(row: object) -> str:
    """How an address names the row."""
    return str(getattr(row, "public_id", None) or row.pk)  # type: ignore[attr-defined]


def values_of(briefing: Briefing) -> dict[str, tuple[str, ...]]:
    """The keys of one briefing and of everything in it, old and new."""
    attachments = list(briefing.attachments.select_related("stored"))
    versions = list(briefing.versions.prefetch_related("attachments"))
    readers = EarlyReader.objects.filter(briefing=briefing)
    values = general_values()
    own = {
        "public_id": (briefing.public_id,),
        "version_id": tuple(version.public_id for version in versions),
        "attachment_id": (
            *(one.public_id for one in attachments),
            *(one.stored.public_id for one in attachments),
            *(one.public_id for version in versions for one in version.attachments.all()),
        ),
        "reader_id": tuple(readers.values_list("public_id", flat=True)),
        "section_id": tuple(briefing.sections.values_list("public_id", flat=True)),
        "comment_id": tuple(briefing.comments.values_list("public_id", flat=True)),
        "text_id": tuple(
            variant.public_id for version in versions for variant in version.variants.all()
        ),
        "question_id": tuple(
            Question.objects.filter(briefing=briefing).values_list("public_id", flat=True)
        ),
        "reply_id": tuple(
            QuestionAnswer.objects.filter(question__briefing=briefing).values_list(
                "public_id", flat=True
            )
        ),
        "proposal_id": tuple(
            ReaderProposal.objects.filter(briefing=briefing).values_list("public_id", flat=True)
        ),
        "check_id": tuple(briefing.fact_checks.values_list("public_id", flat=True)),
        "step_id": tuple(briefing.plan_steps.values_list("public_id", flat=True)),
        "party_id": tuple(briefing.press_parties.values_list("public_id", flat=True)),
        "rule_id": tuple(briefing.sharing_rules.values_list("public_id", flat=True)),
        "page_key": (public_page_of(briefing).key,),
        "act_kind": tuple(ActKind.values),
        "act_id": tuple(briefing.acts.values_list("public_id", flat=True)),
        "breach_id": tuple(briefing.breaches.values_list("public_id", flat=True)),
        "object_id": (str(briefing.pk),),
    }
    values.update({part: keys for part, keys in own.items() if keys})
    return values
