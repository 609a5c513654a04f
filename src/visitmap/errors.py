"""What can go wrong with the surroundings, named for what the caller can do about it.

Bad *data* is never an exception here: it becomes an `Issue` and the rest goes on. These errors are
for the environment: a file that cannot be read, an output that cannot be written, a service that
refuses. Every message is one sentence that says what, where, and what to do next.
"""


class VisitMapError(Exception):
    """The base of all errors this package raises on purpose.

    `what` happened, `where` (a file, a line, an address; may be empty), and the `remedy`.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(self._sentence())

    def _sentence(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. {self.remedy}" if self.remedy else head


class InputError(VisitMapError):
    """An input cannot be read: give another one, or repair it."""


class UsageError(VisitMapError):
    """An option or argument has no meaning here: call again, corrected."""


class ChangedError(UsageError):
    """Something is no longer what it was when it was looked at: look again.

    `who` changed it, as far as that is known.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "", who: str = "") -> None:
        self.who = who
        super().__init__(what, where=where, remedy=remedy)


class OutputError(VisitMapError):
    """An output cannot be written; what was there before is untouched."""


class ServiceError(VisitMapError):
    """An online service did not answer usefully: try again later, or stay offline."""

    def __init__(
        self, what: str, *, where: str = "", remedy: str = "", retry_after: float | None = None
    ) -> None:
        self.retry_after_seconds = retry_after
        super().__init__(what, where=where, remedy=remedy)


class ProjectError(VisitMapError):
    """A project database cannot be used as asked; nothing in it was changed."""
