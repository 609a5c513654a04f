"""Place names of a sentence as arguments: with their preposition and what the text adds to them."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import lru_cache

from visitmap.extract.pack import Pack
from visitmap.extract.people import Actor, Scene
from visitmap.extract.tokens import Token
from visitmap.gazetteer import Gazetteer
from visitmap.model import Span, Toponym

_MOST_WORDS = 6
_LONG_WORD = 5
_ELIDED = "'’ʼ`´"
# People of a town whose name its university bears.
_METROPOLIS = 500_000


@dataclass(frozen=True, slots=True)
class PlaceArgument:
    """A toponym with the preposition before it; half-open token indices including that.

    `head` is a noun between preposition and name (`camp`, `nord`, `sommet`), `inside` says that
    the name belongs to a person's office, `owner` that a genitive follows.
    """

    first: int
    last: int
    preposition: str
    toponym: Toponym
    head: str = ""
    inside: bool = False
    owner: bool = False
    is_country: bool = False
    name_first: int = 0


def place_spans(
    tokens: Sequence[Token],
    gazetteer: Gazetteer,
    pack: Pack,
    busy: Set[int] = frozenset(),
    declared: frozenset[str] = frozenset(),
) -> dict[int, int]:
    """Where names of places begin and end, longest first, as token indices.

    Known ones, and those that the text itself calls a town's: `declared` are that it has so called.
    """
    found, taken = {}, 0
    for index, token in enumerate(tokens):
        if not token.is_capitalised or index < taken or index in busy:
            continue
        if not token.text[0].isalpha():
            continue
        count = _name_at(tokens, index, gazetteer, pack)
        if not count and (token.text in declared or _is_declared(tokens, index, pack)):
            count = 1
        if count and not (busy and any(n in busy for n in range(index, index + count))):
            found[index] = index + count
        taken = index + count
    return found


def _name_at(tokens: Sequence[Token], index: int, gazetteer: Gazetteer, pack: Pack) -> int:
    """How many tokens from one on are a known name, by itself or by what stands beside it."""
    token = tokens[index]
    count = _match(tokens, index, gazetteer) if _opens(gazetteer, token.text) else 0
    last = tokens[index + count - 1].text if count else ""
    if count and not last[0].isupper() and (len(last) < _LONG_WORD or last in pack.triggers):
        count = 0  # "Paris est" and "La visite" are no names; "Terre sainte" is
    if count == 1 and token.low in pack.places["not_places"]:
        count = 0
    if count == 1 and _is_acronym(tokens, index):
        count = 0
    return count or int(_is_short_name(tokens, index, gazetteer, pack))


def _is_short_name(tokens: Sequence[Token], index: int, gazetteer: Gazetteer, pack: Pack) -> bool:
    """`in Osh`, `à Fès`: three letters are a place only behind a preposition of place."""
    token = tokens[index]
    if _is_abbreviated_country(tokens, index, gazetteer, pack.small):
        return True
    if len(token.text) != 3 or token.text.isupper() or index == 0:
        return False
    locative = tokens[index - 1].low in ("in", "to", "at", "from", "à", "en", "vers", "pour")
    return locative and bool(gazetteer.lookup(token.text, limit=1))


def declared_towns(text: str, lower: str, pack: Pack) -> frozenset[str]:
    """Names that a text introduces: `the Saudi city of Neom`, `la ville de Nassiriya`.

    `lower` is the text in lower case.
    """
    found = (match.span(1) for noun in pack.declares for match in noun.finditer(lower))
    return frozenset(text[start:end] for start, end in found if text[start].isupper())


def _is_acronym(tokens: Sequence[Token], index: int) -> bool:
    """`ASEM`, amid words that are not in capitals: an organisation's, whatever town bears it."""
    text = tokens[index].text
    beside = [tokens[n].text for n in (index - 2, index - 1, index + 1) if 0 <= n < len(tokens)]
    small = any(one[0].islower() for one in beside)
    return 2 < len(text) < 6 and text.isalpha() and text.isupper() and small


def _is_declared(tokens: Sequence[Token], index: int, pack: Pack) -> bool:
    nouns, of = pack.places["neutral_heads"], pack.words["of"]
    return index > 1 and tokens[index - 1].low in of and tokens[index - 2].low in nouns


def _is_abbreviated_country(
    tokens: Sequence[Token], index: int, gazetteer: Gazetteer, small: frozenset[str]
) -> bool:
    """`to the UK, Spain`, `en RDC`: initials of a country between small words and marks.

    "the UK government" is none: what follows there is a noun that they describe.
    """
    text = tokens[index].text
    if not (text.isupper() and 2 <= len(text.replace(".", "")) <= 4) or index == 0:
        return False
    before = tokens[index - 1].low
    follows = tokens[index + 1] if index + 1 < len(tokens) else None
    if before != "," and before not in small:
        return False
    if follows is not None and follows.text[0].isalpha() and follows.low not in small:
        return False
    return bool(gazetteer.country_codes(text))


@lru_cache(maxsize=20000)
def _opens(gazetteer: Gazetteer, word: str) -> bool:
    """Whether a name may begin with a word: half of those in capitals begin none."""
    return word[-1] in _ELIDED or gazetteer.opens_name(word)


def _match(tokens: Sequence[Token], index: int, gazetteer: Gazetteer) -> int:
    words: list[str] = []
    ends: list[int] = []
    at = index
    while at < len(tokens) and len(words) < _MOST_WORDS:
        text, end = tokens[at].text, at + 1
        if at > index and (tokens[at].start > tokens[at - 1].end + 1 or text in ".,;:!?()"):
            break
        while text[-1] in _ELIDED and end < len(tokens):
            text, end = text + tokens[end].text, end + 1
        words.append(text)
        ends.append(end)
        at = end
        if len(words) == 2 and not _begins(gazetteer, words[0], text):
            del words[1:]  # most words begin no name of several
            break
    count = _matched(gazetteer, tuple(words))
    return ends[count - 1] - index if count else 0


@lru_cache(maxsize=20000)
def _begins(gazetteer: Gazetteer, first: str, second: str) -> bool:
    return gazetteer.begins_name(first, second)


@lru_cache(maxsize=50000)
def _matched(gazetteer: Gazetteer, words: tuple[str, ...]) -> int:
    return gazetteer.match_at(words, 0, _MOST_WORDS)


@lru_cache(maxsize=20000)
def _lookup_kind(gazetteer: Gazetteer, name: str) -> tuple[str, str]:
    """Kind and country of what a name foremost means."""
    places = gazetteer.lookup(name, limit=1)
    return (places[0].kind, places[0].country) if places else ("", "")


def own_names(scene: Scene, pack: Pack) -> list[tuple[int, int]]:
    """The tokens of known names that are no part of another name, half-open."""
    return [
        (first, last)
        for first, last in scene.places.items()
        if _event_behind(scene, first, last, pack)
        or not _names_a_body(scene, first, last, pack)
        or _is_lecture(scene, first, pack)
    ]


def find_places(
    scene: Scene, names: Sequence[tuple[int, int]], actors: Sequence[Actor], pack: Pack
) -> list[PlaceArgument]:
    """The sentence's places in order; those that only say where another lies become its hints.

    `names` are the known ones; see `own_names`.
    """
    named = {n for a in actors if a.name_first >= 0 for n in range(a.name_first, a.last)}
    named -= {
        n
        for a in actors
        if a.name_first >= 0
        for n in range(a.name_first, a.last)
        if n in scene.places and n >= a.name_first + len(a.name.split())
    }
    found = [
        _argument(scene, first, last, actors, pack) for first, last in names if first not in named
    ]
    found += _capitals(scene, pack)
    found.sort(key=lambda one: one.name_first)
    return _contained(scene, found, pack)


def _is_lecture(scene: Scene, first: int, pack: Pack) -> bool:
    """`speaking at Oslo University`: who speaks there is in that town."""
    before = {scene.low(n) for n in range(max(0, first - _MOST_WORDS), first - 1)}
    if scene.low(first - 1) not in pack.words["at"] or before.isdisjoint(pack.words["lectures"]):
        return False
    found = scene.gazetteer.lookup(scene.tokens[first].text, limit=1)
    # Columbia's is elsewhere.
    return bool(found) and found[0].kind == "city" and found[0].population > _METROPOLIS


def _is_midst(scene: Scene, first: int, at: int, pack: Pack) -> bool:
    """`the Rebranding Africa Forum`: a place's name amid capitals that name a body."""
    if at >= len(scene.tokens) or not scene.tokens[at].is_capitalised or first < 2:
        return False
    before, known = scene.tokens[first - 1], pack.people["before_head"]
    plain = before.is_capitalised and before.low not in known and not scene.demonym(first - 1)
    unnamed = plain and first - 1 not in scene.places and first not in scene.places.values()
    return unnamed and scene.low(at) in pack.people["organisations"] and before.text[0].isalpha()


def _names_a_body(scene: Scene, first: int, last: int, pack: Pack) -> bool:
    """`Columbia University`, `Paris Accords`: the place is part of another name."""
    body = pack.names_of_bodies
    for at in range(last, min(last + _MOST_WORDS, len(scene.tokens))):
        token = scene.tokens[at]
        if at == last and _is_midst(scene, first, at, pack):
            return True
        if not token.is_capitalised or at in scene.places:
            return False
        # "Israel Radio", "Southern African Development Community"
        if token.low in body or (at > last and token.low in pack.people["organisations"]):
            return True
    return False


def _event_behind(scene: Scene, first: int, last: int, pack: Pack) -> int:
    """`the Munich Security Conference`: where the event a town gives its name to is said, or 0."""
    name = scene.text[scene.tokens[first].start : scene.tokens[last - 1].end]
    if not pack.modifiers_first or scene.low(first - 1) not in pack.words["articles"]:
        return 0  # nor does "the 1954 Geneva conference" take place
    if _lookup_kind(scene.gazetteer, name)[0] != "city":
        return 0
    for at in range(last, min(last + _MOST_MODIFIERS, len(scene.tokens) - 1) + 1):
        low = scene.low(at)
        if low in pack.places["events"]:
            return at
        if not low.isalpha() or at in scene.places or low in pack.people["bodies"] | pack.small:
            return 0
    return 0


# Words between a town's name and the event it gives it to: "International Economic".
_MOST_MODIFIERS = 3


def _argument(
    scene: Scene, first: int, last: int, actors: Sequence[Actor], pack: Pack
) -> PlaceArgument:
    tokens = scene.tokens
    name = scene.text[tokens[first].start : tokens[last - 1].end]
    kind, _ = _lookup_kind(scene.gazetteer, name)
    begin, preposition, head = before_name(scene, first, pack)
    inside = any(
        a.first <= first < a.last and a.name_first != first and a.kind != "pronoun" for a in actors
    )
    if not inside and (event := _event_behind(scene, first, last, pack)):
        toponym = Toponym(Span(tokens[first].start, tokens[last - 1].end, name), name)
        return PlaceArgument(begin, event, preposition, toponym, head, name_first=first)
    inside = inside or _describes(scene, first, last, pack) or _has_capital(scene, last, pack)
    hint = ""
    if kind != "country" and last < len(tokens):
        codes = scene.demonym(last) if tokens[last].text[0].isalpha() else ()
        hint = codes[0] if len(codes) == 1 and not tokens[last].is_capitalised else ""
    site = (
        _site_behind(scene, last, pack) if first + 1 < last else _named_by(scene, first, last, pack)
    )
    if site > last:
        whole = Span(tokens[first].start, tokens[site - 1].end, scene.written(first, site))
        town = name if kind != "site" else ""
        toponym = Toponym(whole, whole.text, kind="site", region=town)
        return PlaceArgument(begin, site, preposition, toponym, head, inside, name_first=first)
    span = Span(tokens[first].start, tokens[last - 1].end, name)
    is_country = bool(scene.gazetteer.country_codes(name)) and kind in ("country", "")
    toponym = Toponym(span, name, hint, "country" if is_country and kind == "country" else "")
    toponym = _with_site(toponym, head, pack)
    owner = scene.low(last) in ("'s",) or (scene.low(last) == "'" and name.endswith("s"))
    return PlaceArgument(
        begin, last + bool(hint), preposition, toponym, head, inside, owner, is_country, first
    )


def _named_by(scene: Scene, first: int, last: int, pack: Pack) -> int:
    """`Palazzo Venezia`: a site's noun in capitals goes before its name; else as `_site_behind`."""
    if scene.low(first) not in pack.places["site_openers"]:
        return _site_behind(scene, last, pack)
    while last < len(scene.tokens) and scene.tokens[last].is_capitalised:
        last += 1
    return last


def _site_behind(scene: Scene, last: int, pack: Pack) -> int:
    """`Union Station`, `Vienna International Airport`: where a site's capitalised noun ends."""
    at = last
    while at < len(scene.tokens) and at - last < 2 and scene.tokens[at].is_capitalised:
        if scene.low(at) in pack.places["site_nouns"]:
            return at + 1
        at += 1
    return last


def _has_capital(scene: Scene, last: int, pack: Pack) -> bool:
    """`the Belgium capital, Brussels`: the country only says whose capital is named behind."""
    if not pack.modifiers_first or scene.low(last) not in pack.places["capital_of"]:
        return False
    return last + 1 + (scene.low(last + 1) in (",", "of")) in scene.places


def _describes(scene: Scene, first: int, last: int, pack: Pack) -> bool:
    """`the Iraq war`, `the Geneva accords`: an article before, the noun it belongs to behind."""
    words, low = pack.words, scene.low(last)
    if not pack.modifiers_first or scene.low(first - 1) not in words["articles"]:
        return False
    if first - 1 in scene.places or not low.isalpha() or scene.tokens[last].is_capitalised:
        return False
    tables = ("prepositions", "conjunctions", "auxiliaries", "adverbs", "relatives")
    tables += ("clause_openers", "reporting", "light_verbs")
    if low in pack.people["not_names"] or low in pack.any_word(*tables):
        return False
    if low in pack.triggers or low.endswith(("ly", "ed", "ing")):
        return False
    if low in pack.places["lands"]:
        return True  # "to the Mediterranean nation"
    stays = low in pack.places["events"] or low in pack.towns_and_sites
    return not stays and not scene.text[scene.tokens[first].start :].startswith("United")


def _with_site(toponym: Toponym, head: str, pack: Pack) -> Toponym:
    return replace(toponym, kind="site") if head in pack.places["site_kinds"] else toponym


def before_name(scene: Scene, first: int, pack: Pack) -> tuple[int, str, str]:
    """Where the phrase around a name begins, its preposition, and a noun between the two.

    `à la ville de X`, `dans le nord de X`, `au camp de réfugiés de X`, `in southern X`.
    """
    at, head = _apposed_noun(scene, _before_capital(scene, first, pack), pack)
    for _ in range(3):
        while at > 0 and _is_modifier(scene, at - 1, pack):
            at -= 1
        low = scene.low(at - 1)
        linked = not low or low in pack.words["of"]
        noun = _nounbefore_name(scene, at, pack) if linked else None
        if noun is None:
            break
        at, head = _behind_article(scene, noun[0], pack), noun[1]
    if _is_unknown_adjective(scene, at - 1, pack):
        at -= 1
    low = scene.low(at - 1) if at > 0 else ""
    if low in pack.unaccented and scene.tokens[at - 1].is_capitalised:
        return at - 1, pack.unaccented[low], head  # "A Paris": a capital without its accent
    if low in ("du", "au", "aux", "des") or low in pack.words["prepositions"]:
        if low == "to" and scene.low(at - 2) in ("next", "close"):
            return at - 1, "near", head
        return at - 1, low, head
    fused = scene.low(at)
    if fused in ("au", "aux", "du", "des"):
        return at, fused, head
    return at, "", head


def _behind_article(scene: Scene, noun: int, pack: Pack) -> int:
    """`the northern port city of`: back over what stands between an article and a noun."""
    closed = pack.any_word("prepositions", "conjunctions", "auxiliaries", "relatives")
    for at in range(noun - 1, max(-1, noun - _MOST_WORDS), -1):
        low = scene.low(at)
        if low in pack.words["articles"] and pack.modifiers_first:
            return at + 1
        if low in closed or not low[0].isalpha() or at in scene.places:
            break
    return noun


def _before_capital(scene: Scene, first: int, pack: Pack) -> int:
    """`dans la capitale nigériane, Abuja`, `in the capital, Abuja`: where the phrase begins."""
    at, nouns = first - 1, pack.places["capital_of"] | pack.places["towns"]
    if scene.low(at) != ",":
        return first
    capital = next((n for n in range(at - 1, at - 5, -1) if scene.low(n) in nouns), -1)
    if capital < 1 or any(scene.tokens[n].is_capitalised for n in range(capital + 1, at)):
        return first
    begin = capital
    while begin > 1 and capital - begin < _MOST_WORDS:
        token = scene.tokens[begin - 1]
        if token.low in pack.words["prepositions"] or token.text[0] in ",;:.":
            break
        if scene.low(begin) in pack.words["articles"]:
            break  # "visited the commercial capital, X"
        begin -= 1  # "to the country's new administrative capital, X"
    return begin


def _is_unknown_adjective(scene: Scene, at: int, pack: Pack) -> bool:
    """`in snowbound Kiev`: a small word between a preposition and a name."""
    if not pack.modifiers_first or at < 1 or scene.low(at - 1) not in ("in", "to", "into", "from"):
        return False
    low, tables = scene.low(at), ("prepositions", "conjunctions", "auxiliaries", "articles")
    if not low.isalpha() or scene.tokens[at].is_capitalised or low in pack.triggers:
        return False
    return low not in pack.any_word(*tables, "possessives")


def _apposed_noun(scene: Scene, first: int, pack: Pack) -> tuple[int, str]:
    """`la capitale économique mauritanienne Nouadhibou`: where a noun beside the name begins.

    With the noun where it is a site's: `l'aéroport international Boumediene`.
    """
    if pack.modifiers_first:
        return first, ""
    known, at = pack.towns_and_sites, first - 1
    while at > 0 and scene.low(at) not in known and _is_adjective(scene, at, pack):
        at -= 1
    if at < 0 or scene.low(at) not in known:
        return first, ""
    return at, scene.low(at) if scene.low(at) not in pack.places["neutral_heads"] else ""


def _is_adjective(scene: Scene, at: int, pack: Pack) -> bool:
    low = scene.low(at)
    return bool(scene.demonym(at) or (low.isalpha() and pack.complement_adjective.search(low)))


def _is_modifier(scene: Scene, at: int, pack: Pack) -> bool:
    low = scene.low(at)
    if low in ("au", "aux", "du", "des"):
        return False
    if low in pack.small_modifiers or low in pack.places["directions"]:
        return True
    token = scene.tokens[at]
    compound = "-" in token.text and token.text[0].islower()  # "the world-famous"
    return pack.modifiers_first and token.text[0].isalpha() and bool(scene.demonym(at) or compound)


def _nounbefore_name(scene: Scene, at: int, pack: Pack) -> tuple[int, str] | None:
    """A noun of place before `de`: its first token and the noun, longest phrase first."""
    while not pack.modifiers_first and at > 2 and _is_adjective(scene, at - 2, pack):
        if scene.low(at - 2) in pack.towns_and_sites:
            break
        at -= 1  # "l'île italienne de"
    told = scene.low(at - 3) in pack.places["neutral_heads"]
    if not pack.modifiers_first and told and _is_plain(scene, at - 2, pack):
        at -= 1  # "la ville sainte de"
    at = _before_own_name(scene, at, pack)
    for words in pack.place_nouns.get(scene.low(at - 2), ()):
        begin = at - 1 - len(words)
        if begin >= 0 and all(scene.low(begin + n) == word for n, word in enumerate(words)):
            return begin, " ".join(words)
    return None


def _is_plain(scene: Scene, at: int, pack: Pack) -> bool:
    """A small word that neither joins nor acts: it describes what stands before it."""
    closed = pack.any_word("prepositions", "conjunctions", "auxiliaries", "relatives", "articles")
    low = scene.low(at)
    small = low.isalpha() and not scene.tokens[at].is_capitalised
    return small and low not in closed and low not in pack.triggers


def _before_own_name(scene: Scene, at: int, pack: Pack) -> int:
    """`l'aéroport Félix Houphouët-Boigny de X`: back over the site's own name to its noun."""
    last = at - 2
    while last > 0 and at - 2 - last < _MOST_WORDS and scene.tokens[last].is_capitalised:
        last -= 1
    named = last < at - 2 and last >= 0 and scene.low(last) in pack.places["named_sites"]
    return last + 2 if named else at


def _capitals(scene: Scene, pack: Pack) -> list[PlaceArgument]:
    """`la capitale libyenne`, `the Libyan capital`: the city itself, unless it is named beside."""
    found = []
    for index, token in enumerate(scene.tokens):
        if token.low in pack.places["soil_of"]:
            found += _soil(scene, index, pack)
        if token.low not in pack.places["capital_of"]:
            continue
        side = next(
            (n for n in (index + 1, index - 1) if 0 <= n < len(scene.tokens) and scene.demonym(n)),
            None,
        )
        if side is None:
            continue
        codes = scene.demonym(side)
        capital = scene.gazetteer.capital(codes[0], pack.language)
        if capital is None or _is_named_beside(scene, min(index, side), max(index, side) + 1):
            continue
        first, last = min(index, side), max(index, side) + 1
        begin, preposition, _ = before_name(scene, first, pack)
        span = Span(
            scene.tokens[first].start, scene.tokens[last - 1].end, scene.written(first, last)
        )
        toponym = Toponym(span, capital.name, codes[0], "city")
        found.append(PlaceArgument(begin, last, preposition, toponym, name_first=first))
    return found


def _soil(scene: Scene, index: int, pack: Pack) -> list[PlaceArgument]:
    """`le sol ivoirien`, `on Iranian soil`: the country itself."""
    side = index - 1 if pack.modifiers_first else index + 1
    codes = scene.demonym(side) if 0 <= side < len(scene.tokens) else ()
    if len(codes) != 1:
        return []
    first, last = min(index, side), max(index, side) + 1
    begin, preposition, _ = before_name(scene, first, pack)
    span = Span(scene.tokens[first].start, scene.tokens[last - 1].end, scene.written(first, last))
    country = scene.gazetteer.country(codes[0], pack.language)
    if country is None:
        return []
    toponym = Toponym(span, country.name, codes[0], "country")
    return [PlaceArgument(begin, last, preposition, toponym, is_country=True, name_first=first)]


def _is_named_beside(scene: Scene, first: int, last: int) -> bool:
    """The capital's name stands in apposition: `Bakou, capitale azerbaïdjanaise`."""
    before = set(scene.places.values())
    article = first - 1 if scene.low(first - 1) in ("la", "the") else first
    if scene.low(article - 1) == "," and article - 1 in before:
        return True
    behind = last + (scene.low(last) in (",", "of"))
    return behind in scene.places


def _contained(scene: Scene, places: list[PlaceArgument], pack: Pack) -> list[PlaceArgument]:
    """Turn `X, en Y`, `X, Y` and `X (Y)` into X with the hint Y."""
    found: list[PlaceArgument] = []
    for place in places:
        previous = found[-1] if found else None
        if previous is not None and place.head and previous.last == _noun_of(scene, place):
            # "in the Black Sea city of Trabzon": the first only says which city's coast.
            found[-1] = replace(place, first=previous.first, preposition=previous.preposition)
        elif previous is not None and _is_memorial(previous, place, pack):
            # "au Mémorial national du Canada à Vimy": the country is the site's, the town where
            found[-1] = replace(place, first=previous.first, preposition=previous.preposition)
        elif previous is not None and _holds_in_brackets(scene, previous, place):
            # "en Belgique (Bruxelles)": the town is where it is
            code = scene.gazetteer.country_codes(previous.toponym.name)[0]
            toponym = replace(place.toponym, country=place.toponym.country or code)
            found[-1] = replace(
                place,
                first=previous.first,
                last=place.last + 1,
                preposition=previous.preposition,
                toponym=toponym,
            )
        elif previous is not None and _is_site_of_town(previous, place, pack):
            found[-1] = replace(place, first=previous.first, preposition=previous.preposition)
        elif previous is not None and _holds(scene, previous, place, pack):
            code = ""
            codes = scene.gazetteer.country_codes(place.toponym.name) if place.is_country else ()
            code = codes[0] if codes else _lookup_kind(scene.gazetteer, place.toponym.name)[1]
            found[-1] = replace(
                previous,
                last=place.last,
                toponym=replace(
                    previous.toponym,
                    country=previous.toponym.country or code,
                    region="" if place.is_country else place.toponym.name,
                ),
            )
        else:
            found.append(place)
    return found


def _is_site_of_town(site: PlaceArgument, town: PlaceArgument, pack: Pack) -> bool:
    """`au palais de la Zarzuela à Madrid`: a village that bears the site's name is not meant."""
    sites = pack.places["sites"] - pack.places["neutral_heads"]
    headed = site.head in sites and not site.is_country and not site.inside
    follows = site.last == town.first and not town.is_country and not town.inside
    return headed and follows and town.preposition in pack.stays


def _is_memorial(country: PlaceArgument, town: PlaceArgument, pack: Pack) -> bool:
    """Whether a country only belongs to a site's name, whose town follows at once."""
    sites = pack.places["sites"] - pack.places["neutral_heads"]
    site = country.is_country and country.head in sites and not country.inside
    follows = country.last == town.first and not town.is_country
    return site and follows and town.preposition in pack.stays


def _holds_in_brackets(scene: Scene, country: PlaceArgument, town: PlaceArgument) -> bool:
    """`Belgique (Bruxelles)`: a country, and in brackets one town of it."""
    if not country.is_country or country.inside or not country.preposition or town.is_country:
        return False
    if country.last + 1 != town.name_first or scene.low(country.last) != "(":
        return False
    codes = scene.gazetteer.country_codes(country.toponym.name)
    inside = {one.country for one in scene.gazetteer.lookup(town.toponym.name, limit=10)}
    return scene.low(town.last) == ")" and bool(codes) and codes[0] in inside


def _noun_of(scene: Scene, place: PlaceArgument) -> int:
    """Where the noun stands that a place's name belongs to: `city of Trabzon`; -1 for none."""
    at = place.name_first - 2
    return at if at >= 0 and scene.low(at) == place.head.split()[-1] else -1


def _is_site(place: PlaceArgument, pack: Pack) -> bool:
    """An airport, a palace: its town may follow, `at Heathrow Airport in London`."""
    name = place.toponym.name.lower()
    sites = pack.places["sites"] - pack.places["neutral_heads"]
    named = any(name.startswith(f"{one} ") or name.endswith(f" {one}") for one in sites)
    return named or bool({place.head, *name.split()} & sites)


def _holds(scene: Scene, inner: PlaceArgument, outer: PlaceArgument, pack: Pack) -> bool:
    gap = [scene.low(n) for n in range(inner.last, outer.first)]
    adjoins = gap == [] and outer.preposition in ("en", "au", "aux") and outer.is_country
    if gap == [] and outer.preposition in ("in", "à", "at", "en") and _is_site(inner, pack):
        return not outer.inside
    if gap == [","] and _is_site(inner, pack) and not outer.preposition and not outer.is_country:
        return not outer.inside  # "Andrews Air Force Base, Washington"
    if gap not in ([","], ["("], [",", "la"], [",", "le"]) and not adjoins:
        return False
    kind, country = _lookup_kind(scene.gazetteer, outer.toponym.name)
    if inner.is_country or kind not in ("country", "region"):
        return False
    if outer.preposition not in ("", "en", "au", "aux", "dans", "in", "de", "du", "d'"):
        return False
    if outer.preposition == "" and scene.low(outer.last) in pack.words["conjunctions"]:
        return False
    inner_countries = {
        place.country for place in scene.gazetteer.lookup(inner.toponym.name, limit=40)
    }
    return not inner_countries or country in inner_countries
