"""A score and a reason for each place that a name may mean.

Each option gets features (how prominent it is, what is named beside it, what lies near); their
weighted sums become probabilities by a softmax in which "none of these" has its share too. The
weights are fitted by bench/gazetteer/fit.py on half of two labelled corpora, and so is the curve
that makes the probability true (docs/places.md).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from visitmap.gazetteer.demonyms import Demonyms
from visitmap.gazetteer.index import (
    AIRPORT,
    CITY,
    COUNTRY,
    DISTRICT,
    EARTH_RADIUS_KM,
    KINDS,
    NO_ROW,
    REGION,
    SITE,
)
from visitmap.gazetteer.options import Facts, Option, Options
from visitmap.gazetteer.weights import CALIBRATION, NONE_OF_THESE, WEIGHTS
from visitmap.model import Candidate, Place, Toponym

# Below this lead of the best candidate over the next, a person decides; see docs/places.md.
AMBIGUITY_MARGIN = 0.35
# Candidates this near to each other, in one country, are one place under two headings.
SAME_PLACE_KM = 75.0
# More degrees of latitude than these kilometres: most namesakes are farther apart.
_SAME_PLACE_DEGREES = 0.7
# A town stands for the region around it unless it is this much less likely.
_TOWN_SHARE = 0.1


@dataclass(slots=True)
class Scene:
    """What surrounds a toponym.

    `asked_…` are countries and regions that the place must lie in; the next four map a country's
    code, or a region's row, to how strongly it speaks (0 to 1): near the name, or anywhere in the
    text. `near` has the points of other places;
    `is_qualifier` says that the name itself follows another and a comma ("Albany, New York").
    """

    language: str = ""
    asked_countries: set[str] = field(default_factory=set)
    asked_regions: dict[int, float] = field(default_factory=dict)
    beside_countries: dict[str, float] = field(default_factory=dict)
    beside_regions: dict[int, float] = field(default_factory=dict)
    text_countries: Mapping[str, float] = field(default_factory=dict)
    text_regions: Mapping[int, float] = field(default_factory=dict)
    travellers: frozenset[str] = frozenset()
    is_qualifier: bool = False
    near: list[Place] = field(default_factory=list)

    @classmethod
    def of(
        cls,
        options: Options,
        language: str,
        countries: Iterable[str],
        near: Iterable[Place],
        qualifiers: Iterable[str],
    ) -> Scene:
        """A scene for a name that stands alone, from what the caller knows of it."""
        scene = cls(language, {code.upper() for code in countries})
        for qualifier in qualifiers:
            scene.add_qualifier(options, qualifier)
        scene.near = [place for place in near if place.is_resolved]
        return scene

    def add_qualifier(self, options: Options, qualifier: str) -> None:
        """Ask for the country or region that `qualifier` names."""
        for option in options.of(qualifier):
            facts = options.facts(option.row)
            if facts.kind == COUNTRY:
                self.asked_countries.add(facts.country)
            elif facts.kind in (REGION, DISTRICT):
                self.asked_regions[option.row] = 1.0


@dataclass(frozen=True, slots=True)
class Support:
    """How much the other places of a document speak for an option; filled by `resolution`."""

    close: float = 0.0
    wide: float = 0.0
    local: float = 0.0
    district: float = 0.0
    region: float = 0.0
    country: float = 0.0
    nearest: tuple[str, float] | None = None


NO_SUPPORT = Support()


def features(
    option: Option, facts: Facts, toponym: Toponym, scene: Scene, tongue: int
) -> dict[str, float]:
    """What speaks for and against an option, by the names of `WEIGHTS`; absent ones are 0."""
    return (
        _features_of_place(option, facts)
        | _features_of_scene(facts, scene)
        | _features_of_name(option, facts, toponym, scene, tongue)
    )


def features_of_support(support: Support) -> dict[str, float]:
    """What the other places of a document say of an option, by the names of `WEIGHTS`."""
    return {
        "close": support.close,
        "wide": support.wide,
        "local": support.local,
        "district support": support.district,
        "region support": support.region,
        "country support": support.country,
    }


def _features_of_place(option: Option, facts: Facts) -> dict[str, float]:
    return {
        KINDS[facts.kind]: 1.0,
        "population": math.log10(facts.population + 1) if facts.kind != COUNTRY else 0.0,
        "capital": float(facts.capital),
        "primary": float(option.primary),
        "sideline": float(option.sideline),
        "eponymous": float(option.eponymous),
        "unlikeness": 1.0 - option.likeness,
        "demonym": float(option.how == "demonym"),
    }


def _features_of_scene(facts: Facts, scene: Scene) -> dict[str, float]:
    country = scene.beside_countries.get(facts.country, 0.0)
    region = _of_regions(scene.beside_regions, facts)
    in_text = scene.text_countries.get(facts.country, 0.0)
    return {
        "beside country": country,
        "beside region": region,
        "directly beside": float(max(country, region) >= 1.0),
        "text country": in_text,
        "text region": _of_regions(scene.text_regions, facts),
        "capital of named country": in_text * facts.capital,
        "traveller": float(facts.country in scene.travellers),
        "as qualifier": float(scene.is_qualifier and facts.kind in (COUNTRY, REGION)),
    }


def _features_of_name(
    option: Option, facts: Facts, toponym: Toponym, scene: Scene, tongue: int
) -> dict[str, float]:
    # A user's own place was put there to be taken.
    is_asked = option.row < 0 or facts.country in scene.asked_countries
    return {
        "asked": float(is_asked or _of_regions(scene.asked_regions, facts) > 0),
        "own tongue": float(tongue > 0),
        "other tongue": float(tongue < 0),
        "other kind": float(bool(toponym.kind) and toponym.kind != _coarse(facts.kind)),
        "code": float(facts.kind == AIRPORT and _is_code(toponym.name)),
        "called airport": float(facts.kind == AIRPORT and _says_airport(option.name)),
    }


def _says_airport(folded: str) -> bool:
    """Whether the words that led to a place have `airport` among them: few names are surer."""
    return bool({"airport", "aeroport"} & set(folded.split()))


def _is_code(name: str) -> bool:
    return len(name) == 3 and name.isascii() and name.isupper()


def _of_regions(regions: Mapping[int, float], facts: Facts) -> float:
    """How strongly the regions that hold the place speak; a region does not hold itself."""
    if not regions:
        return 0.0
    return max(regions.get(facts.admin1, 0.0), regions.get(facts.admin2, 0.0))


def _coarse(kind: int) -> str:
    return {DISTRICT: "region", AIRPORT: "site"}.get(kind, KINDS[kind])


def weigh(found: Mapping[str, float], score: float = 0.0) -> float:
    """A score with the weighted sum of features added."""
    for name, value in found.items():
        if value:
            score += WEIGHTS[name] * value
    return score


def probabilities(scores: Sequence[float]) -> list[float]:
    """Scores as probabilities; what is missing to 1 is that none of the options is meant."""
    top = max([*scores, NONE_OF_THESE])
    parts = [math.exp(score - top) for score in scores]
    whole = sum(parts) + math.exp(NONE_OF_THESE - top)
    return [part / whole for part in parts]


def calibrated(probability: float) -> float:
    """The share of right answers among those of that probability, on labelled documents."""
    slope, shift = CALIBRATION
    clipped = min(max(probability, 1e-6), 1 - 1e-6)
    return 1 / (1 + math.exp(-(slope * math.log(clipped / (1 - clipped)) + shift)))


def options_for(options: Options, demonyms: Demonyms, toponym: Toponym) -> list[Option]:
    """The options of a toponym, the countries it is a demonym of among them."""
    found = options.of(toponym.name)
    if any(option.how for option in found) or not found:
        codes = demonyms.codes(toponym.name)
        if codes:
            return [options.country_option(code) for code in codes]
    known = {option.row for option in found}
    adjectives = [options.country_option(code) for code in demonyms.codes(toponym.name)]
    return found + [option for option in adjectives if option.row not in known]


@dataclass(slots=True)
class Judged:
    """An option with its features' verdict: the probability that it is meant."""

    option: Option
    facts: Facts
    support: Support
    share: float


def rank(options: Options, demonyms: Demonyms, toponym: Toponym, scene: Scene) -> list[Candidate]:
    """Candidates for one toponym that stands alone, best first."""
    _add_hints(options, toponym, scene)
    judged, scores = [], []
    for option in options_for(options, demonyms, toponym):
        facts = options.facts(option.row)
        support = _support_of_points(scene, facts)
        tongue = options.tongue(option, facts, scene.language)
        score = weigh(features(option, facts, toponym, scene, tongue))
        scores.append(weigh(features_of_support(support), score))
        judged.append(Judged(option, facts, support, 0.0))
    for one, share in zip(judged, probabilities(scores), strict=True):
        one.share = share
    return answers(options, judged, toponym, scene)


def answers(
    options: Options, judged: Sequence[Judged], toponym: Toponym, scene: Scene
) -> list[Candidate]:
    """Judged options as candidates, best first; see `settled`."""
    found = []
    for score, one in settled(judged, toponym):
        reason = "; ".join(_reasons(options, one, scene))
        found.append(Candidate(options.place(one.option.row), round(score, 4), reason))
    return found


def settled(judged: Sequence[Judged], toponym: Toponym) -> list[tuple[float, Judged]]:
    """Options with their scores, best first: a place under several headings counts as one.

    A town and the region around it often share a name. The town stands for both, and its score is
    that either is meant; the region keeps its own.
    """
    left = sorted(judged, key=lambda one: (-one.share, one.option.row))
    found: list[tuple[float, Judged]] = []
    while left:
        same = [one for one in left if _is_same(left[0].facts, one.facts)]
        leader = _leader(same, toponym)
        found.append((calibrated(sum(one.share for one in same)), leader))
        found += [(one.share, one) for one in same if one is not leader]
        left = [one for one in left if not any(one is other for other in same)]
    return sorted(found, key=lambda pair: -pair[0])


def _is_same(one: Facts, other: Facts) -> bool:
    if one.country != other.country or abs(one.latitude - other.latitude) > _SAME_PLACE_DEGREES:
        return False
    gap = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
    return gap <= SAME_PLACE_KM


def _leader(same: Sequence[Judged], toponym: Toponym) -> Judged:
    best = same[0]
    if best.facts.kind not in (REGION, DISTRICT) or toponym.kind == "region":
        return best
    towns = (
        one
        for one in same
        if one.facts.kind == CITY and one.share >= best.share * _TOWN_SHARE and one.option.row >= 0
    )
    return next(towns, best)


def _add_hints(options: Options, toponym: Toponym, scene: Scene) -> None:
    if toponym.country:
        scene.asked_countries.add(toponym.country)
    if toponym.region:
        scene.add_qualifier(options, toponym.region)


def _support_of_points(scene: Scene, facts: Facts) -> Support:
    """Support by given places; a country has no distance."""
    if not scene.near or facts.kind == COUNTRY:
        return NO_SUPPORT
    gaps = [
        (distance_km(facts.latitude, facts.longitude, place.latitude, place.longitude), place)
        for place in scene.near
    ]
    gap, nearest = min(gaps, key=lambda pair: pair[0])
    close = sum(closeness(one, CLOSE_KM) for one, _ in gaps)
    wide = sum(closeness(one, WIDE_KM) for one, _ in gaps)
    country = sum(place.country == facts.country for place in scene.near) / len(scene.near)
    return Support(
        math.log1p(close), math.log1p(wide), country=country, nearest=(nearest.name, gap)
    )


# How far "near" reaches, twice: within a district, and within a part of the world.
CLOSE_KM = 60.0
WIDE_KM = 400.0
# A distance is told as a reason up to here.
_TOLD_KM = 150.0


def closeness(distance: float, scale: float) -> float:
    """1 at the same point, falling to 0 with distance."""
    return math.exp(-distance / scale)


def distance_km(latitude: float, longitude: float, other: float, other_longitude: float) -> float:
    """Great-circle distance between two points given in degrees (haversine)."""
    first, second = math.radians(latitude), math.radians(other)
    across = math.sin((second - first) / 2) ** 2 + math.cos(first) * math.cos(second) * (
        math.sin(math.radians(other_longitude - longitude) / 2) ** 2
    )
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(across)))


# How the reason for a name with wrong letters begins.
_NEARLY = "spelled nearly like"
# A name with wrong letters is rather one that we lack than a place less sure than this.
_GUESS = 0.35


def is_guess(candidates: Sequence[Candidate]) -> bool:
    """Whether the best is only a town of a like name, and the text's own is rather not known."""
    best = candidates[0] if candidates else None
    like = best is not None and best.reason.startswith(_NEARLY) and best.score < _GUESS
    return like and best is not None and best.place.kind != "country"


def _reasons(options: Options, one: Judged, scene: Scene) -> list[str]:
    found = _reasons_of_name(options, one.option) + _reasons_of_scene(options, one.facts, scene)
    nearest = one.support.nearest
    if nearest is not None and nearest[1] <= _TOLD_KM:
        found.append(f"{nearest[1]:.0f} km from {nearest[0]}, also in the text")
    return [*found[:3], *_reasons_of_place(options, one.facts)]


def _reasons_of_name(options: Options, option: Option) -> list[str]:
    if option.row < 0:
        return ["from your own list of places"]
    if option.how == "fuzzy":
        return [f"{_NEARLY} {options.place(option.row).name}"]
    if option.how == "romanisation":
        return [f"another romanisation of {options.place(option.row).name}"]
    note = options.note(option.name, option.row)
    if note is None:
        return []
    until, today = note
    today = options.place(option.row).name if today == "*" else today
    return [f"a name of the past{f' (until {until})' if until else ''}, today {today}"]


def _reasons_of_scene(options: Options, facts: Facts, scene: Scene) -> list[str]:
    found = []
    named = {row for row, strength in scene.beside_regions.items() if strength >= 1.0}
    named |= scene.asked_regions.keys()
    region = next((row for row in (facts.admin2, facts.admin1) if row in named), NO_ROW)
    if region != NO_ROW:
        found.append(f"named beside {options.place(region).name}")
    elif facts.kind != COUNTRY and (
        facts.country in scene.asked_countries or scene.beside_countries.get(facts.country, 0) >= 1
    ):
        found.append(f"named beside {_country(options, facts)}")
    elif facts.kind != COUNTRY and scene.text_countries.get(facts.country, 0) > 0:
        found.append(f"{_country(options, facts)} is named in the text")
    if facts.country in scene.travellers:
        found.append("the traveller's own country")
    return found


def _country(options: Options, facts: Facts) -> str:
    place = options.country(facts.country, "en")
    return place.name if place else facts.country


def _reasons_of_place(options: Options, facts: Facts) -> list[str]:
    country = _country(options, facts)
    if facts.kind == COUNTRY:
        return ["a country's name"]
    if facts.capital:
        return [f"capital of {country}"]
    if facts.kind in (REGION, DISTRICT):
        return [f"region of {country}" if country else "region of several countries"]
    what = {CITY: "place", SITE: "site", AIRPORT: "airport"}[facts.kind]
    if facts.population:
        return [f"{what} of {facts.population:,} people in {country}"]
    return [f"{what} in {country}" if country else what]


def is_doubtful(candidates: Sequence[Candidate]) -> bool:
    """Whether a person should choose: the best leads the next other place by too little.

    Two headings of one place (a city and the district around it) are not in doubt.
    """
    if len(candidates) < 2:
        return bool(candidates) and candidates[0].score < AMBIGUITY_MARGIN
    best = candidates[0]
    rival = next((one for one in candidates[1:] if not _same_place(best.place, one.place)), None)
    return rival is not None and best.score - rival.score < AMBIGUITY_MARGIN


def _same_place(one: Place, other: Place) -> bool:
    if one.country != other.country:
        return False
    if None in (one.latitude, one.longitude, other.latitude, other.longitude):
        return one.id == other.id
    gap = distance_km(one.latitude, one.longitude, other.latitude, other.longitude)
    return gap <= SAME_PLACE_KM
