"""Which of the supported languages a text is in; empty when none of them, or undecidable."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from py3langid.langid import LanguageIdentifier

SUPPORTED = ("en", "fr")
# Compared with the supported ones, so that a German article is not taken for an English one. Fewer
# labels decide better on short texts than the model's full list.
_OTHERS = ("ar", "ca", "da", "de", "es", "fa", "it", "ja", "nl", "pl", "pt", "ro", "ru", "sv")
_OTHERS += ("tr", "zh")
_SLICE = 600
_SURE_OF_ANOTHER = 0.8
_BETTER_THAN_CHANCE = 0.1


def detect_language(text: str) -> str:
    """The ISO 639-1 code of a supported language, or empty.

    Three slices of the text are looked at, so that the time does not grow with its length and one
    quotation in another language does not decide.
    """
    ranking = _identifier().rank(_sample(text))
    best, probability = ranking[0]
    if best not in SUPPORTED and probability >= _SURE_OF_ANOTHER:
        return ""
    best, probability = next(pair for pair in ranking if pair[0] in SUPPORTED)
    return best if probability > _BETTER_THAN_CHANCE else ""


def language_code(tag: str) -> str:
    """The supported language that a tag like `fr-CA` or `en_GB` names, or empty."""
    code = tag.strip().lower().replace("_", "-").split("-")[0]
    return code if code in SUPPORTED else ""


@lru_cache(maxsize=1)
def _identifier() -> LanguageIdentifier:
    # Loading takes about a second: only the first document of unknown language pays it.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    identifier.set_languages([*SUPPORTED, *_OTHERS])
    return identifier


def _sample(text: str) -> str:
    if len(text) <= 3 * _SLICE:
        return text
    middle = len(text) // 2
    return "\n".join((text[:_SLICE], text[middle : middle + _SLICE], text[-_SLICE:]))
