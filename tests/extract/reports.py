"""What a report tells, as the tests of reports compare it."""

from visitmap.model import Document, Source
from visitmap.pipeline import run_document

# Language, the document's date, text; then traveller, destination, start (EDTF) and status.
Report = tuple[str, str, str, list[tuple[str, str, str, str]]]


def told(report: Report) -> set[tuple[str, str, str, str]]:
    """Every traveller of every visit found: who, where to, when (EDTF) and how sure."""
    language, date, text, _ = report
    found, _ = run_document(Document(text, Source("d", date=date, language=language)))
    return {
        (traveller.name, visit.destination.name, visit.timespan.start, visit.status)
        for visit in found
        for traveller in visit.travellers
    }
