"""The form in which a re-audit judges all findings of earlier audits at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audits.audits_held.actions.findings import ReviewJudgement
from audits.audits_held.forms.audits import WORDS
from audits.audits_held.rules.findings import FindingState, Judged, choices_in
from audits.audits_held.selectors.pages import ToJudge, title_of
from audits.forms.imprecise_days import SaidForm, SourceField
from audits.models.findings import Finding, ReviewOutcome
from certification.models.sources import Source
from jbn_oversight.accounts.models import User
from jbn_oversight.refusals import RefusedError

STATE_WORDS: Final[dict[FindingState, str | Promise]] = {
    FindingState.OPEN: gettext_lazy("open until this audit"),
    FindingState.CLOSED: gettext_lazy("closed before this audit"),
    FindingState.REOPENED: gettext_lazy("opened again before this audit"),
}


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """One finding with its two fields."""

    finding: Finding
    heading: str
    state_words: str | Promise
    judged: forms.BoundField
    remark: forms.BoundField


class AuditReviewForm(SaidForm):
    """For each finding what the re-audit made of it, with a remark; nothing where it is silent."""

    source = SourceField(label=gettext_lazy("Source of these judgements"))

    def __init__(
        self, data: Any = None, *, lines: Sequence[ToJudge], report: str, at: datetime
    ) -> None:
        super().__init__(data, at=at, initial={"source": report})
        self._lines = lines
        labels = dict(ReviewOutcome.choices)
        for line in lines:
            judged, remark = self._names(line.finding)
            known = line.review
            offered = choices_in(line.state)
            if known and Judged(known.outcome) not in offered:
                # What was recorded stays to be seen, so that it can be taken back.
                offered = (*offered, Judged(known.outcome))
            self.fields[judged] = forms.ChoiceField(
                label=_("Judged"),
                required=False,
                initial=known.outcome if known else "",
                choices=[
                    ("", _("the report does not say")),
                    *((each.value, labels[each.value]) for each in offered),
                ],
                widget=forms.RadioSelect,
            )
            self.fields[remark] = forms.CharField(
                label=_("Remark"),
                required=False,
                max_length=2000,
                initial=known.remark if known else "",
                widget=forms.Textarea(attrs={"rows": "2", "lang": "nl"}),
                validators=WORDS,
            )

    @staticmethod
    def _names(finding: Finding) -> tuple[str, str]:
        return f"judged-{finding.public_id}", f"remark-{finding.public_id}"

    def clean(self) -> dict[str, Any]:
        """A remark stands beside a judgement."""
        cleaned = super().clean() or self.cleaned_data
        for line in self._lines:
            judged, remark = self._names(line.finding)
            if cleaned.get(remark) and not cleaned.get(judged) and judged not in self.errors:
                self.add_error(judged, _("Say what was judged, or empty the remark."))
        return cleaned

    def judged_lines(self) -> list[ReviewLine]:
        """Every finding with its fields, in order of audit and number."""
        lines = []
        for line in self._lines:
            judged, remark = self._names(line.finding)
            found_in = line.finding.found_in
            parts = (
                line.finding.reference,
                str(line.finding.category or ""),
                title_of(found_in) if found_in else "",
            )
            lines.append(
                ReviewLine(
                    finding=line.finding,
                    heading=" · ".join(part for part in parts if part),
                    state_words=STATE_WORDS[line.state],
                    judged=self[judged],
                    remark=self[remark],
                )
            )
        return lines

    def judgements(self) -> dict[Finding, ReviewJudgement]:
        """What was filled in, for every finding that is or was judged here."""
        said: dict[Finding, ReviewJudgement] = {}
        for line in self._lines:
            judged, remark = (self.cleaned_data.get(name, "") for name in self._names(line.finding))
            if judged or line.review:
                said[line.finding] = ReviewJudgement(Judged(judged) if judged else None, remark)
        return said

    def refuse(self, error: RefusedError) -> None:
        """The sentence at the finding that it is about."""
        name = f"judged-{error.field}"
        self.add_error(name if name in self.fields else None, error.sentence)

    def source_said(self, by: User) -> Source:
        """The paper that holds the judgements."""
        source = self.source_of("source", by)
        assert source is not None  # the field is required
        return source
