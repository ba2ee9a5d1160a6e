"""What a check hands back: `CheckResult` with a verdict for the whole, for each single claim and for each figure. See DESIGN.md, Verdict."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ingest.document import Citation

SUPPORTED, CONTRADICTED, NOT_MENTIONED = "supported", "contradicted", "not_mentioned"
TURNED = "口径不符:原文的升降方向相反"  # a reason
NAMES = {SUPPORTED: "相符", CONTRADICTED: "不符", NOT_MENTIONED: "未提及"}
_WORST = {CONTRADICTED: 2, NOT_MENTIONED: 1, SUPPORTED: 0}


def worst(verdicts: Iterable[str]) -> str:
    """The verdict of a whole from those of its parts; not_mentioned where there is none.

    >>> worst(["supported", "not_mentioned"]), worst([])
    ('not_mentioned', 'not_mentioned')
    """
    return max(verdicts, key=_WORST.__getitem__, default=NOT_MENTIONED)


@dataclass(frozen=True)
class FigureVerdict:
    """One figure of a claim: `claim[start:end] == text`. source: the report's figure as written; both it and citation None where not mentioned."""

    text: str
    start: int
    end: int
    verdict: str
    reason: str
    source: str | None = None
    citation: Citation | None = None


@dataclass(frozen=True)
class ClaimVerdict:
    """A single claim of a draft: `draft[start:end]`, its verdict, why, and the sentences that decide it."""

    start: int
    end: int
    verdict: str
    reason: str
    figures: tuple[FigureVerdict, ...] = ()
    citations: tuple[Citation, ...] = ()

    def moved(self, by: int) -> ClaimVerdict:
        """The claim as it stands so many characters further on in a draft."""
        return replace(self, start=self.start + by, end=self.end + by, figures=tuple(replace(f, start=f.start + by, end=f.end + by) for f in self.figures))


@dataclass(frozen=True)
class CheckResult:
    """A draft checked."""

    claim: str
    claims: tuple[ClaimVerdict, ...]

    @property
    def verdict(self) -> str:
        return worst(c.verdict for c in self.claims)

    @property
    def figures(self) -> tuple[FigureVerdict, ...]:
        return tuple(f for c in self.claims for f in c.figures)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """Every sentence cited, once each, in the order of the claims."""
        return tuple(dict.fromkeys(c for part in self.claims for c in (*(f.citation for f in part.figures if f.citation), *part.citations)))

    def to_dict(self, id: object = None) -> dict:
        """The Verdict of DESIGN.md; a citation's label is its place in `citations`."""
        labels = {c: i for i, c in enumerate(self.citations, 1)}
        return {
            "id": id, "claim": self.claim, "verdict": self.verdict,
            "claims": [{"start": c.start, "end": c.end, "verdict": c.verdict, "reason": c.reason} for c in self.claims],
            "figures": [{"text": f.text, "start": f.start, "end": f.end, "verdict": f.verdict, "source": f.source, "reason": f.reason,
                         "citation": f.citation.to_dict(labels[f.citation]) if f.citation else None} for f in self.figures],
            "citations": [c.to_dict(labels[c]) for c in self.citations],
        }
