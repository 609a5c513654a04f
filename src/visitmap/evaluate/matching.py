"""When a predicted traveller, place or date counts as the labelled one.

The rules are those of docs/extraction.md, section "How we score"; both sides are plain text here,
because labelled sets are files of people's own.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from visitmap.timespan import Bounds, bounds

NEAR_KM = 50.0


def _words(text: str) -> set[str]:
    return set(text.split())


_LETTERS = str.maketrans({"’": "'", "ı": "i", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ß": "ss"})
# Little words that never tell two names apart.
_LITTLE = _words(
    """
    le la les l un une des du de d a au aux en et the of for and an s to son sa ses his
    her their its
    """
)
_TITLES = _words(
    """
    m mm mme mlle mr mrs ms dr prof professor professeur sir lord lady sheikh cheikh
    monsieur madame excellence sem hon honorable excellency general marechal marshal
    colonel col lieutenant captain capitaine amiral admiral archbishop archeveque bishop
    pope pape viscount dame son his her
    """
)
_ROLES = _words(
    """
    ministre minister president presidente presidents presidentes premier premiere
    chancelier chanceliere chancellor roi reine king queen prince princesse princess
    emir sultan duc duke duchesse duchess secretaire secretary gouverneur governor maire
    mayor depute deputes senateur senator ambassadeur ambassador envoye emissaire envoy
    representant representative delegation mission delegue chef head leader leaders
    dirigeant dirigeants commissaire commissioner porte parole spokesman spokeswoman
    speaker ministers ministres delegates members parlementaires parliamentarians
    deputies couple counterpart homologue businessman coordinator mediateur mediator
    directeur directrice director chief vice general presidentiel militaire officier
    princier dame petroliers elus chefs hommes duchesses grande team observers archduke
    archduchess
    """
)
_FIRST = {"premier", "premiere", "prime"}
_WEAK = {"chief", "vice", "general", "premier", "great", "grand"}
_TITLED = re.compile(
    r"^(?:la |le |l['’]|the )?[\w-]+ (?!(?:of|de|du|des|d)\b)"
    r"[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+)*$"
)
# Territories with a code of their own, which do not conflict with their state.
_STATE_OF = dict(
    pair.split(":")
    for pair in _words(
        """
    RE:FR YT:FR GP:FR MQ:FR GF:FR NC:FR PF:FR PM:FR WF:FR BL:FR MF:FR PR:US GU:US
    VI:US AS:US HK:CN MO:CN GL:DK FO:DK JE:GB GG:GB IM:GB GI:GB BM:GB FK:GB AX:FI
    SJ:NO CW:NL AW:NL SX:NL
    """
    )
)
_QUALIFIERS = re.compile(r"[~?%]")


def plain(text: str | None) -> str:
    """Lower case without accents and marks; single spaces.

    >>> plain("Le Président N’Dri")
    'le president n dri'
    """
    lowered = unicodedata.normalize("NFKD", (text or "").lower().translate(_LETTERS))
    letters = "".join(one for one in lowered if not unicodedata.combining(one))
    return " ".join(re.sub(r"[^a-z0-9]+", " ", letters).split())


def _words(text: str | None) -> list[str]:
    return [word for word in plain(text).split() if word not in _LITTLE]


def _name_words(text: str) -> list[str]:
    return [word for word in _words(text) if word not in _TITLES and word not in _ROLES]


def _stem(word: str) -> str:
    return word if word.endswith(("ess", "esse")) else word.rstrip("s").rstrip("e")


def same_traveller(gold: str, said: str) -> bool:
    """Whether a predicted name or office is the labelled traveller."""
    if not plain(gold) or not plain(said):
        return False
    if plain(gold) == plain(said) or _words(gold) == _words(said):
        return True
    gold_role = bool(_ROLES & set(_words(gold)))
    said_role = bool(_ROLES & set(_words(said)))
    one, two = _name_words(gold), _name_words(said)
    if not gold_role and one and two:
        return _same_person(one, two)
    if gold_role and said_role and _same_office(_words(gold), _words(said), one, two):
        return True
    titled = gold_role and not said_role and one and two and _TITLED.match(gold.strip())
    return bool(titled) and one[-1] == two[-1]


def _same_person(one: list[str], two: list[str]) -> bool:
    if one[-1] == two[-1]:
        return True
    first, second = set(one), set(two)
    inside = first <= second or second <= first
    return inside and any(len(word) >= 3 for word in first & second)


def _same_office(gold: list[str], said: list[str], one: list[str], two: list[str]) -> bool:
    """The same head, and no qualifier that says otherwise."""
    if bool(_FIRST & set(gold)) != bool(_FIRST & set(said)):
        return False
    heads = {_stem(word) for word in gold if word in _ROLES}
    others = {_stem(word) for word in said if word in _ROLES}
    strong, strong_others = heads - _WEAK, others - _WEAK
    weak = (not strong or not strong_others) and bool(heads & others)
    if not (_FIRST & set(gold) or strong & strong_others or weak):
        return False
    return not one or not two or any(_alike(a, b) for a in one for b in two)


def _alike(one: str, two: str) -> bool:
    return one == two or (min(len(one), len(two)) >= 5 and one[:5] == two[:5])


def same_country(one: str | None, two: str | None) -> bool | None:
    """Whether two country codes agree; None when either is not told."""
    if not one or not two:
        return None
    one, two = one.upper(), two.upper()
    return one == two or _STATE_OF.get(one) == two or _STATE_OF.get(two) == one


def same_place_name(one: str | None, two: str | None) -> bool:
    """Equal names, little words and brackets aside."""
    if not plain(one):
        return False
    bare = [" ".join(_words(re.sub(r"\s*\(.*?\)", "", text or ""))) for text in (one, two)]
    return _words(one) == _words(two) or (bool(bare[0]) and bare[0] == bare[1])


def distance_km(latitude: float, longitude: float, latitude_2: float, longitude_2: float) -> float:
    """Great-circle distance (haversine), earth's diameter 12742 km."""
    half = math.pi / 360
    rise = math.sin((latitude_2 - latitude) * half) ** 2
    run = math.sin((longitude_2 - longitude) * half) ** 2
    run *= math.cos(latitude * 2 * half) * math.cos(latitude_2 * 2 * half)
    return 12742 * math.asin(math.sqrt(min(1.0, rise + run)))


def place_quality(
    gold: Mapping[str, Any], said: Mapping[str, Any], alternatives: Iterable[Any] = ()
) -> int:
    """How well a predicted place is the labelled one: 0 not at all, 3 best.

    Both have `name, country, lat, lon`; the labelled one also `granularity`.
    """
    agree = same_country(gold["country"], said["country"])
    near = _is_near(gold, said)
    names = same_place_name(gold["name"], said["name"])
    if gold.get("granularity") == "country":
        if agree:
            return 3 if names or near else 1
        if agree is None and names:
            return 3
    elif agree is not False:
        far = near is False and gold.get("granularity") in ("city", "site")
        if near or (names and not far):
            return 3
    return 2 if any(_is_alternative(one, said, agree) for one in alternatives) else 0


def _is_near(gold: Mapping[str, Any], said: Mapping[str, Any]) -> bool | None:
    points = [gold.get("lat"), gold.get("lon"), said.get("lat"), said.get("lon")]
    if points[2] is None or points[3] is None:
        return None
    if points[0] is None or points[1] is None:
        return False
    return distance_km(*points) <= NEAR_KM


def _is_alternative(one: Any, said: Mapping[str, Any], agree: bool | None) -> bool:
    if isinstance(one, Mapping):
        return place_quality(one, said) > 0
    return bool(one) and same_place_name(one, said["name"]) and agree is not False


def same_date(gold: str | None, said: str | None, alternatives: Iterable[str | None] = ()) -> bool:
    """The same EDTF once qualifiers are dropped; nothing told equals nothing told."""
    if said and level(said) is None:
        return False
    return any(_canonical(one) == _canonical(said) for one in (gold, *alternatives))


def _canonical(edtf: str | None) -> str:
    sides = _QUALIFIERS.sub("", edtf or "").split("/")
    return "/".join(side or ".." for side in sides) if len(sides) > 1 else sides[0]


def compatible_date(
    gold: str | None, said: str | None, alternatives: Iterable[str | None] = ()
) -> bool:
    """Equal, or overlapping with precisions that differ by one level at most."""
    alternatives = list(alternatives)
    if same_date(gold, said, alternatives):
        return True
    if not said or level(said) is None:
        return False
    return any(
        one and _overlap(one, said) and abs((level(one) or 0) - (level(said) or 0)) <= 1
        for one in (gold, *alternatives)
    )


def level(edtf: str) -> int | None:
    """0 a day, 1 up to 45 days, 2 up to 400 days, 3 wider or open; None when it is no EDTF."""
    try:
        found = _concrete(_QUALIFIERS.sub("", edtf), 2000)
    except ValueError:
        return None
    if found.earliest is None or found.latest is None:
        return 3
    days = (found.latest - found.earliest).days + 1
    return 0 if days <= 1 else 1 if days <= 45 else 2 if days <= 400 else 3


def _concrete(edtf: str, year: int) -> Bounds:
    return bounds(edtf.replace("XXXX", f"{year:04d}"))


def _overlap(one: str, two: str) -> bool:
    """Whether both may mean a common day, in some common year when the year is not told."""
    years = [(2000, 2000)]
    if "XXXX" in one and "XXXX" in two:
        years = [(2000, 2000), (2000, 2001), (2001, 2000)]
    elif "XXXX" in one or "XXXX" in two:
        dated = bounds(two if "XXXX" in one else one)
        if dated.earliest is None or dated.latest is None:
            return True
        first, last = dated.earliest.year - 1, dated.latest.year + 1
        if last - first > 20:
            return True
        years = [(year, year) for year in range(first, last + 1)]
    return any(_meet(_safe(one, a), _safe(two, b)) for a, b in years)


def _safe(edtf: str, year: int) -> Bounds | None:
    try:
        return _concrete(edtf, year)
    except ValueError:  # 29 February of a common year
        return None


def _meet(one: Bounds | None, two: Bounds | None) -> bool:
    if one is None or two is None:
        return False
    least, most = date.min + timedelta(1), date.max
    return (one.earliest or least) <= (two.latest or most) and (two.earliest or least) <= (
        one.latest or most
    )
