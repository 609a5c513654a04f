"""What the gazetteer lacks, asked of an online service when somebody wants that."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from visitmap.errors import ServiceError
from visitmap.model import Candidate, Issue

if TYPE_CHECKING:
    from visitmap.geocode.online import OnlineGeocoder


class Fallback:
    """An online geocoder that never stops a run: a failure leaves the place open and is told once.

    Only names that have no candidate in the gazetteer are asked for. `problems` are the issues of
    this run so far: what the service did not answer, and why.
    """

    def __init__(self, geocoder: OnlineGeocoder) -> None:
        self._geocoder = geocoder
        self.problems: list[Issue] = []

    def candidates(
        self, name: str, *, language: str = "", countries: Iterable[str] = ()
    ) -> list[Candidate]:
        """The service's candidates, best first; empty when there are none or it fails."""
        try:
            return self._geocoder.candidates(name, language=language, countries=countries)
        except ServiceError as error:
            self._note(str(error))
            return []

    def _note(self, message: str) -> None:
        if all(one.message != message for one in self.problems):
            self.problems.append(
                Issue(
                    "geocoder-failed",
                    message,
                    remedy="Run it again later: answers that came are kept and not asked twice",
                    severity="doubt",
                )
            )
