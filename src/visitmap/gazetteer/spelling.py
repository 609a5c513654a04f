"""Other spellings of a name that the index does not have: rewritten by rule, then fuzzy.

Rules come first because they are exact: the usual differences between French and English
romanisations, and the generic words around a name. The fuzzy search is bounded: only names that
share the first letters and nearly the length are compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import marisa_trie
from rapidfuzz import process
from rapidfuzz.distance import OSA

# Folded spellings that languages write differently for one sound; each is tried on its own.
_RULES = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        ("tch", "ch"),
        ("ch", "sh"),
        ("sh", "ch"),
        ("ou", "u"),
        ("dj", "j"),
        ("j", "dj"),
        ("gu(?=[ei])", "g"),
        ("q", "k"),
        ("k", "q"),
        ("kh", "h"),
        ("v", "w"),
        ("w", "v"),
        ("y", "i"),
        ("i", "y"),
        ("e$", ""),
        ("ss", "s"),
        ("ei", "e"),
        ("aï|ai", "ay"),
    )
)
_GENERIC = re.compile(
    r"^(?:the |la |le |les |l |el |al |ville de |city of |province d[eu] |provincia de |"
    r"region d[eu] |gouvernorat d[eu] |governorate of |province of |state of |district of |"
    r"oblast d[eu] |oblast of |region of |republic of |republique d[eu] |etat d[eu] |"
    r"comte d[eu] |departement d[eu] |ile d[eu] |island of |iles )"
    r"|(?: province| governorate| oblast| region| district| prefecture| islands?| state| city)$"
    r"|(?: township| metropolitan area| suburbs?)$"
)
_ARTICLES = ("la ", "le ", "les ", "the ", "al ", "el ")
_LONGEST_FUZZY = 40
_BLOCK_LETTERS = 2
_LARGEST_BLOCK = 40_000


def variants(folded: str) -> Iterator[str]:
    """Spellings to look up in turn when `folded` itself is unknown; exact rules only."""
    bare = _GENERIC.sub("", folded)
    if bare and bare != folded:
        yield bare
    for article in _ARTICLES:
        yield article + folded


def romanisations(folded: str) -> Iterator[str]:
    """The name as other languages would romanise it, by one rule or by two."""
    once = [one for rule, to in _RULES if (one := rule.sub(to, folded)) != folded]
    yield from once
    for one in once:
        yield from (two for rule, to in _RULES if (two := rule.sub(to, one)) not in (one, folded))


def allowed_edits(folded: str) -> int:
    """How many letters may be wrong: none in short names, where another name is always near."""
    length = len(folded)
    return 0 if length < 5 or length > _LONGEST_FUZZY else 1 if length < 9 else 2


def similar(names: marisa_trie.Trie, folded: str) -> list[tuple[str, float]]:
    """Known names within the allowed edits, nearest first, with likeness from 0 to 1."""
    edits = allowed_edits(folded)
    if not edits:
        return []
    block = [
        name
        for name in _block(names, folded[:_BLOCK_LETTERS])
        if abs(len(name) - len(folded)) <= edits
    ]
    found = process.extract(
        folded, block, scorer=OSA.distance, score_cutoff=edits, limit=5, processor=None
    )
    return [(name, 1 - distance / len(folded)) for name, distance, _ in found]


def _block(names: marisa_trie.Trie, prefix: str) -> list[str]:
    block: list[str] = names.keys(prefix)
    return block if len(block) <= _LARGEST_BLOCK else []
