"""The offline places: names in many languages, candidates with scores and reasons.

    gazetteer   the class that everything else uses
    names       when two spellings are one name; what a query string says
    index       the files on disk, mapped into memory
    options     the places a name may mean, the user's own among them
    spelling    other romanisations, and letters wrong
    demonyms    words for a country's people and things
    ranking     a score and a reason for each option
    resolution  all toponyms of one document together

The index is built by data/gazetteer/build.py; docs/places.md says how.
"""

from visitmap.gazetteer.gazetteer import Gazetteer
from visitmap.gazetteer.ranking import AMBIGUITY_MARGIN, is_doubtful, is_guess

__all__ = ["AMBIGUITY_MARGIN", "Gazetteer", "is_doubtful", "is_guess"]
