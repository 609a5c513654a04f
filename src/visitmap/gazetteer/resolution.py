"""All toponyms of a document together: what the text names, and what lies near what.

A name has one sense in a document. First each name is judged by itself and by the countries and
regions that the text names; then, twice, by where the others most likely are.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, field

from visitmap.gazetteer.demonyms import Demonyms
from visitmap.gazetteer.index import COUNTRY, EARTH_RADIUS_KM, NO_ROW, REGION
from visitmap.gazetteer.names import fold, fold_token
from visitmap.gazetteer.options import Facts, Option, Options
from visitmap.gazetteer.ranking import (
    CLOSE_KM,
    NO_SUPPORT,
    WIDE_KM,
    Judged,
    Scene,
    Support,
    answers,
    features,
    features_of_support,
    options_for,
    probabilities,
    weigh,
)
from visitmap.model import Candidate, Toponym

_ROUNDS = 2
# Options of a name that are compared with the rest of the document.
_COMPARED = 20
# Options of all names together that are compared with each other: no article comes near it.
_MOST_COMPARED = 600
# A text longer than this is scanned around its toponyms' beginning only.
_LONGEST_SCAN = 400_000
_WORD = re.compile(r"[^\W\d_]+(?:[-'’.][^\W\d_]+)*\.?")
_BESIDE = re.compile(r"\s*[,(]\s*|['’]s\s+|\s*-\s*|\s+in\s+|,?\s+en\s+|,?\s+au\s+|,?\s+aux\s+")
_FAR = 80
_NEARBY = 40.0
# A place is named in a reason when it is at least this likely itself.
_LIKELY = 0.3


@dataclass(frozen=True, slots=True)
class Hint:
    """A country or region that the text names: where, and which."""

    start: int
    end: int
    country: str
    region: int = NO_ROW


@dataclass(slots=True)
class Sense:
    """One name of a document: its toponyms, what surrounds it, and its options."""

    toponyms: list[Toponym]
    scene: Scene
    options: list[Option]
    facts: list[Facts]
    tongues: list[int]
    supports: list[Support]
    shares: list[float] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)

    @property
    def first(self) -> Toponym:
        """The toponym that speaks for the name."""
        return self.toponyms[0]

    def features(self) -> list[dict[str, float]]:
        """What speaks for and against each option."""
        supports = map(features_of_support, self.supports)
        return [own | told for own, told in zip(self._own_features(), supports, strict=True)]

    def _own_features(self) -> list[dict[str, float]]:
        """The same, but for what the other names say."""
        parts = zip(self.options, self.facts, self.tongues, strict=True)
        return [
            features(option, facts, self.first, self.scene, tongue)
            for option, facts, tongue in parts
        ]

    def judge(self) -> None:
        """Work out the shares anew from the supports; all else stays as it was at first."""
        if not self.scores:
            self.scores = [weigh(one) for one in self._own_features()]
        supports = map(features_of_support, self.supports)
        pairs = zip(supports, self.scores, strict=True)
        self.shares = probabilities([weigh(found, score) for found, score in pairs])

    def judged(self) -> list[Judged]:
        """The options with their shares."""
        return [
            Judged(*parts)
            for parts in zip(self.options, self.facts, self.supports, self.shares, strict=True)
        ]

    def keep_best(self, count: int) -> None:
        """Forget all but the likeliest options."""
        best = sorted(range(len(self.options)), key=lambda n: -self.shares[n])[:count]
        self.options = [self.options[n] for n in best]
        self.facts = [self.facts[n] for n in best]
        self.tongues = [self.tongues[n] for n in best]
        self.supports = [self.supports[n] for n in best]
        self.shares = [self.shares[n] for n in best]
        self.scores = [self.scores[n] for n in best]


def resolve_document(
    options: Options,
    demonyms: Demonyms,
    toponyms: Sequence[Toponym],
    travellers: Sequence[Sequence[str]],
    *,
    language: str,
    text: str,
) -> list[list[Candidate]]:
    """Candidates for each toponym, in the given order."""
    senses = document_senses(options, demonyms, toponyms, travellers, language=language, text=text)
    found = {
        key: answers(options, sense.judged(), sense.first, sense.scene)
        for key, sense in senses.items()
    }
    return [found[key_of(toponym)] for toponym in toponyms]


def document_senses(
    options: Options,
    demonyms: Demonyms,
    toponyms: Sequence[Toponym],
    travellers: Sequence[Sequence[str]],
    *,
    language: str,
    text: str,
) -> dict[tuple[str, str, str], Sense]:
    """The names of a document, judged; what `resolve_document` and the fitting both use."""
    hints = Hints(scan(options, demonyms, text[:_LONGEST_SCAN], language), text)
    groups: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for number, toponym in enumerate(toponyms):
        groups[key_of(toponym)].append(number)
    senses = {}
    for key, numbers in groups.items():
        own = [toponyms[number] for number in numbers]
        scene = _scene(options, own, hints, text, language)
        scene.travellers = frozenset(code for n in numbers for code in travellers[n])
        _discount_home(scene)
        senses[key] = _sense(options, demonyms, own, scene)
    for some in _neighbours(list(senses.values())):
        _support_each_other(some)
    return senses


# What is left of a country's word when it is only said of where the traveller comes from.
_HOME_SHARE = 0.5


def _discount_home(scene: Scene) -> None:
    """`the American president returned to Belfast`: his country says little of where he went."""
    for code in scene.travellers & scene.beside_countries.keys():
        if scene.beside_countries[code] < 1.0:
            scene.beside_countries[code] *= _HOME_SHARE


def key_of(toponym: Toponym) -> tuple[str, str, str]:
    """What a document's toponyms share when they are one name."""
    return fold(toponym.name), toponym.country, toponym.kind


def _sense(options: Options, demonyms: Demonyms, toponyms: list[Toponym], scene: Scene) -> Sense:
    offered = options_for(options, demonyms, toponyms[0])
    facts = [options.facts(option.row) for option in offered]
    tongues = [
        options.tongue(option, one, scene.language)
        for option, one in zip(offered, facts, strict=True)
    ]
    sense = Sense(toponyms, scene, offered, facts, tongues, [NO_SUPPORT] * len(offered))
    sense.judge()
    sense.keep_best(_COMPARED)
    return sense


def scan(options: Options, demonyms: Demonyms, text: str, language: str) -> list[Hint]:
    """The countries and first-level regions that a text names, by name or by demonym."""
    words, found, taken = list(_WORD.finditer(text)), [], 0
    # Most words of a text are small, and no people's; and they come again and again.
    small = {one for one in {word[0] for word in words} if one[0].islower()}
    small -= {one for one in small if demonyms.codes(one, language)}
    for number, word in enumerate(words):
        if number < taken or word[0] in small:
            continue
        hints, count = _hints_at(options, demonyms, words, number, language)
        found += hints
        taken = number + count
    return found


def _hints_at(
    options: Options,
    demonyms: Demonyms,
    words: list[re.Match[str]],
    number: int,
    language: str,
) -> tuple[list[Hint], int]:
    """The hints that begin at a word, and how many words they take."""
    start = words[number].start()
    for code in demonyms.codes(words[number][0], language):
        return [Hint(start, words[number].end(), code)], 1
    folded = [fold_token(word[0]) for word in words[number : number + 2]]
    if len(folded) > 1 and options.begins(" ".join(folded)):
        folded += [fold_token(word[0]) for word in words[number + 2 : number + 4]]
    else:
        folded = folded[:1]
    for count in range(len(folded), 0, -1):
        name = " ".join(folded[:count])
        hint = options.territory(name) if len(name) > 3 or count > 1 else None
        if hint is not None:
            end = words[number + count - 1].end()
            facts = options.facts(hint)
            region = hint if facts.kind == REGION else NO_ROW
            return [Hint(start, end, facts.country, region)], count
    row = options.abbreviated(words[number][0])
    if row is not None:
        return [Hint(start, words[number].end(), options.facts(row).country, row)], 1
    return [], 1


class Hints:
    """The hints of a document in the order of its text, each with its name folded."""

    def __init__(self, found: Sequence[Hint], text: str) -> None:
        self._found = found
        self._names = [fold(text[one.start : one.end]) for one in found]
        self._starts = [one.start for one in found]
        self._longest = max((one.end - one.start for one in found), default=0)
        self._numbers: dict[str, list[int]] = defaultdict(list)
        for number, name in enumerate(self._names):
            self._numbers[name].append(number)
        self._countries = Counter(one.country for one in found)
        self._regions = Counter(one.region for one in found if one.region != NO_ROW)

    def shares(self, names: Set[str]) -> tuple[dict[str, float], dict[int, float]]:
        """How strongly the hints of other names speak for each country and each region."""
        own = [self._found[number] for name in names for number in self._numbers.get(name, ())]
        countries = self._countries - Counter(one.country for one in own)
        regions = self._regions - Counter(one.region for one in own if one.region != NO_ROW)
        return _shares(countries), _shares(regions)

    def near(self, toponym: Toponym, names: Set[str]) -> Iterator[Hint]:
        """The hints of other names that stand not far from a toponym."""
        span = toponym.span
        first = bisect_left(self._starts, span.start - _FAR - self._longest)
        last = bisect_right(self._starts, span.end + _FAR)
        for number in range(first, last):
            if self._names[number] not in names:
                yield self._found[number]


def _scene(
    options: Options, toponyms: list[Toponym], hints: Hints, text: str, language: str
) -> Scene:
    scene = Scene(language)
    first = toponyms[0]
    if first.country:
        scene.asked_countries.add(first.country)
    if first.region:
        scene.add_qualifier(options, first.region)
    scene.is_qualifier = any(_follows_comma(toponym, text) for toponym in toponyms)
    names = {fold(toponym.name) for toponym in toponyms}
    scene.text_countries, scene.text_regions = hints.shares(names)
    for toponym in toponyms:
        for hint in hints.near(toponym, names):
            strength = _strength(toponym, hint, text)
            if strength > 0:
                _strengthen(scene, hint, strength)
    return scene


def _follows_comma(toponym: Toponym, text: str) -> bool:
    before = text[max(0, toponym.span.start - 3) : toponym.span.start]
    return len(before) == 3 and before[0].isalpha() and before[1:] == ", "


def _shares(counts: Counter) -> dict:
    """How strongly each value speaks by its number: most for the first mentions."""
    total = counts.total()
    return {value: (count / total) ** 0.5 for value, count in counts.items()}


def _strength(toponym: Toponym, hint: Hint, text: str) -> float:
    """1 directly beside the toponym, less with each letter between, 0 when far."""
    before, after = toponym.span.start - hint.end, hint.start - toponym.span.end
    if 0 <= after <= _FAR:
        between = text[toponym.span.end : hint.start]
        return 1.0 if _BESIDE.fullmatch(between) else 0.5 * math.exp(-after / _NEARBY)
    if 0 <= before <= _FAR:
        between = text[hint.end : toponym.span.start]
        return 1.0 if between in ("'s ", "’s ") else 0.5 * math.exp(-before / _NEARBY)
    return 0.0


def _strengthen(scene: Scene, hint: Hint, strength: float) -> None:
    if hint.region != NO_ROW:
        known = scene.beside_regions.get(hint.region, 0.0)
        scene.beside_regions[hint.region] = max(known, strength)
    else:
        known = scene.beside_countries.get(hint.country, 0.0)
        scene.beside_countries[hint.country] = max(known, strength)


def _neighbours(senses: list[Sense]) -> Iterator[list[Sense]]:
    """The names that are compared with each other: all, but for very long texts.

    Each option is compared with each, so that a book's names take only those near to them.
    """
    if sum(len(one.options) for one in senses) <= _MOST_COMPARED:
        yield senses
        return
    some, count = [], 0
    for sense in sorted(senses, key=lambda one: one.first.span.start):
        if some and count + len(sense.options) > _MOST_COMPARED:
            yield some
            some, count = [], 0
        some.append(sense)
        count += len(sense.options)
    yield some


def _support_each_other(senses: list[Sense]) -> None:
    """Give every option the support of the other names' likely places, then judge anew; twice."""
    import numpy as np  # Only here: it takes longer to load than the whole index.

    owner = np.array([n for n, sense in enumerate(senses) for _ in sense.options], dtype=int)
    if len(senses) < 2 or not len(owner):
        return
    facts = [one for sense in senses for one in sense.facts]
    others = owner[:, None] != owner[None, :]
    distances = _distances(np, facts)
    nearness = _nearness(np, senses, facts, distances)
    sameness = _sameness(np, facts)
    for _ in range(_ROUNDS):
        shares = np.array([share for sense in senses for share in sense.shares])
        weight = np.where(others, shares[None, :], 0.0)
        sums = [(weight * one).sum(axis=1) for one in (*nearness, *sameness)]
        table = [np.log1p(one) for one in sums[:-1]] + [sums[-1] / max(1, len(senses) - 1)]
        _judge_all(senses, np.stack(table, axis=1).tolist(),
                   _nearest(np, senses, facts, distances, weight))  # fmt: skip


def _judge_all(senses: list[Sense], table: list[list[float]], nearest: list) -> None:
    """Give each option its line of the table of supports, and judge the names."""
    numbers = iter(range(len(table)))
    for sense in senses:
        own = [next(numbers) for _ in sense.options]
        sense.supports = [Support(*table[n], nearest=nearest[n]) for n in own]
        sense.judge()


def _nearness(np, senses, facts, distances):
    """How close options lie to each other, in the same part of the world, and close in both."""
    placed = np.array([one.kind != COUNTRY for one in facts])  # A country has no distance.
    both = placed[None, :] & placed[:, None]
    close = np.exp(-distances / CLOSE_KM) * both
    wide = np.exp(-distances / WIDE_KM) * both
    return close, wide, close * _text_closeness(np, senses)


def _sameness(np, facts):
    """Which options share the district, the region, the country."""
    return (
        _equal(np, [one.admin2 if one.admin2 != NO_ROW else None for one in facts]),
        _equal(np, [_own_region(one) for one in facts]),
        _equal(np, [one.country or None for one in facts]),
    )


def _own_region(facts: Facts) -> int | None:
    if facts.kind == REGION:
        return facts.row
    return facts.admin1 if facts.admin1 != NO_ROW else None


def _equal(np, values: list):
    """Which pairs of values are equal; None equals nothing."""
    codes: dict = {}
    numbers = np.array(
        [
            -1 - n if value is None else codes.setdefault(value, len(codes))
            for n, value in enumerate(values)
        ]
    )
    return numbers[:, None] == numbers[None, :]


def _distances(np, facts: list[Facts]):
    """Great-circle distances in km between all pairs (haversine)."""
    latitude = np.radians([one.latitude for one in facts])
    longitude = np.radians([one.longitude for one in facts])
    across = (
        np.sin((latitude[:, None] - latitude[None, :]) / 2) ** 2
        + np.cos(latitude)[:, None]
        * np.cos(latitude)[None, :]
        * np.sin((longitude[:, None] - longitude[None, :]) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.sqrt(np.clip(across, 0, 1)))


def _text_closeness(np, senses: list[Sense]):
    """1 for names that stand together in the text, falling with the letters between."""
    starts = [sorted(toponym.span.start for toponym in sense.toponyms) for sense in senses]
    every = np.array([start for some in starts for start in some])
    firsts = np.cumsum([0, *map(len, starts[:-1])])
    gaps = [np.minimum.reduceat(_gaps(np, np.array(one), every), firsts) for one in starts]
    table = np.array([[math.exp(-gap / 200) for gap in line.tolist()] for line in gaps])
    owner = [n for n, sense in enumerate(senses) for _ in sense.options]
    return table[np.ix_(owner, owner)]


def _gaps(np, ours, every):
    """How far each of all offsets is from the nearest of some sorted ones."""
    behind = np.searchsorted(ours, every)
    before = np.abs(every - ours[np.maximum(behind - 1, 0)])
    return np.minimum(before, np.abs(ours[np.minimum(behind, len(ours) - 1)] - every))


def _nearest(np, senses, facts, distances, weight):
    """For each option the nearest likely place of another name, and how far it is."""
    names = [sense.first.span.text or sense.first.name for sense in senses for _ in sense.options]
    placed = np.array([one.kind != COUNTRY for one in facts])
    likely = (weight > _LIKELY) & placed[None, :]
    masked = np.where(likely, distances, np.inf)
    best = masked.argmin(axis=1)
    return [
        (names[other], float(masked[n, other]))
        if np.isfinite(masked[n, other]) and facts[n].kind != COUNTRY
        else None
        for n, other in enumerate(best)
    ]
