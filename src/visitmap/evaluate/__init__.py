"""Score extraction against labelled articles: precision, recall, field accuracy.

A labelled folder holds pairs `NAME.txt` and `NAME.json`; docs/extraction.md says how they look and
how a prediction counts.
"""

from visitmap.evaluate.report import Counts, Report
from visitmap.evaluate.scoring import evaluate

__all__ = ["Counts", "Report", "evaluate"]
