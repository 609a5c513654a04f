"""What an evaluation found: every figure with its n, as a value and as a table."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Counts:
    """True positives, false positives, false negatives, and what follows from them."""

    tp: int = 0
    fp: int = 0
    fn: int = 0

    @property
    def precision(self) -> float:
        """Share of the found that are right; 0 when nothing was found."""
        return self.tp / (self.tp + self.fp) if self.tp + self.fp else 0.0

    @property
    def recall(self) -> float:
        """Share of the labelled that were found."""
        return self.tp / (self.tp + self.fn) if self.tp + self.fn else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_dict(self) -> dict[str, Any]:
        """Counts and shares, rounded to four places."""
        shares = {key: round(getattr(self, key), 4) for key in ("precision", "recall", "f1")}
        return {"tp": self.tp, "fp": self.fp, "fn": self.fn, **shares}


@dataclass(slots=True)
class Report:
    """The result of `evaluate`; `attributes` are over matched core visits.

    `errors` are lines for a person: what was missed, what was wrong, and where.
    """

    documents: int = 0
    predictions: int = 0
    visits: dict[str, Counts] = field(default_factory=dict)
    attributes: dict[str, list[float]] = field(default_factory=dict)
    hard_negatives: dict[str, int] = field(default_factory=dict)
    hard_negative_spans: int = 0
    co_traveller_duplicates: int = 0
    certainties: list[tuple[float, bool]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """Every figure and its n, ready for JSON."""
        return {
            "documents": self.documents,
            "predictions": self.predictions,
            "visits": {key: counts.as_dict() for key, counts in sorted(self.visits.items())},
            "attributes": {
                key: {"accuracy": round(sum(found) / len(found), 4), "n": len(found)}
                for key, found in self.attributes.items()
            },
            "hard_negatives": {
                "false_positives": sum(self.hard_negatives.values()),
                "spans": self.hard_negative_spans,
                "by_kind": self.hard_negatives,
            },
            "ignored": {"co_traveller_duplicates": self.co_traveller_duplicates},
            "calibration": self.calibration(),
        }

    def calibration(self) -> list[dict[str, Any]]:
        """Stated certainty against the share that was right, in five bands with their n."""
        table = []
        for low in (0.0, 0.2, 0.4, 0.6, 0.8):
            inside = [
                (said, right)
                for said, right in self.certainties
                if low <= min(said, 0.999) < low + 0.2
            ]
            if inside:
                said = sum(one for one, _ in inside) / len(inside)
                right = sum(one for _, one in inside) / len(inside)
                row = {"from": low, "stated": round(said, 3), "right": round(right, 3)}
                table.append({**row, "n": len(inside)})
        return table

    def __str__(self) -> str:
        lines = [f"{self.documents} documents, {self.predictions} visits found"]
        for key, one in sorted(self.visits.items()):
            lines.append(
                f"{key:4} precision {one.precision:.3f}  recall {one.recall:.3f}  F1 {one.f1:.3f}"
                f"  (right {one.tp}, wrong {one.fp}, missed {one.fn})"
            )
        for key, found in self.attributes.items():
            lines.append(f"  {key:24} {sum(found) / len(found):.3f}  (n = {len(found)})")
        wrong = sum(self.hard_negatives.values())
        lines.append(f"hard negatives taken for visits: {wrong} of {self.hard_negative_spans}")
        for row in self.calibration():
            lines.append(
                f"  stated {row['stated']:.2f}  right {row['right']:.2f}  (n = {row['n']})"
            )
        return "\n".join(lines)
