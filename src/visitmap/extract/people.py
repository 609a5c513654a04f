"""Phrases that name travellers: persons, offices, delegations, pronouns.

A phrase is built around a head (an office from the pack) with what belongs to it left and right, or
is a name with a title, a name alone, or a pronoun. Two that stand in apposition become one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from visitmap.extract.lazily import lazily
from visitmap.extract.pack import Pack
from visitmap.extract.surnames import Names
from visitmap.extract.tokens import Token
from visitmap.gazetteer import Gazetteer

_MOST_NAME_WORDS = 9
_MOST_LEFT_WORDS = 7
_MOST_COMPLEMENT_WORDS = 14
# Fewer people than that, and a name of two words is rather a person's.
_HAMLET = 20_000
_OPENING = ('"', "“", "«", "„")
_CLOSING = ('"', "”", "»", "“")


class Actor(NamedTuple):
    """A phrase for someone: half-open token indices in its sentence, and what it says.

    `kind` is `person` (has a name), `role`, `group`, `pronoun`, `first` (I, we), `relative`, or
    `bare` (one capitalised word that may be a surname). `gender` is `m`, `f`, `p` (several) or
    empty; `preposition` stands before the phrase, `owner` whether a genitive `'s` follows, `alias`
    is another name given in brackets. `each` lists the offices and country codes of those whom a
    plural stands for: "the ministers of Kenya and Uganda". `definite` has any determiner,
    `indefinite` one such as "a".
    """

    first: int
    last: int
    kind: str
    name: str = ""
    role: str = ""
    country: str = ""
    gender: str = ""
    preposition: str = ""
    owner: bool = False
    definite: bool = False
    head: str = ""
    weak: bool = False
    name_first: int = -1
    possessive: bool = False
    alias: str = ""
    each: tuple[tuple[str, str], ...] = ()
    indefinite: bool = False
    is_pair: bool = False

    @property
    def is_named(self) -> bool:
        """Whether a personal name is told."""
        return bool(self.name)


class _Lows(dict[int, str]):
    """Lower-case tokens by index; empty outside the sentence."""

    def __missing__(self, index: int) -> str:
        return ""


@dataclass(eq=False)
class Scene:
    """A sentence's tokens with what is looked up for them: known names of places, by index."""

    tokens: Sequence[Token]
    text: str
    pack: Pack
    gazetteer: Gazetteer
    places: dict[int, int]
    names: Names

    @property
    def surnames(self) -> frozenset[str]:
        """Names of the document's people, to know them where they stand alone."""
        return self.names.surnames

    @lazily
    def inside_places(self) -> frozenset[int]:
        """The tokens within names of places, but for their first."""
        names = self.places.items()
        return frozenset(n for first, last in names for n in range(first + 1, last))

    @lazily
    def is_headline(self) -> bool:
        """Whether nearly all its words begin with capitals, as an English headline's do."""
        words = [token for token in self.tokens if len(token.text) > 3 and token.text[0].isalpha()]
        capitals = sum(token.is_capitalised for token in words)
        return len(words) > 3 and capitals > 0.7 * len(words)

    @property
    def is_heading(self) -> bool:
        """Whether it is such a headline, and no sentence full of names."""
        return self.is_headline and self.tokens[-1].text not in ".»”"

    @lazily
    def low(self) -> Callable[[int], str]:
        """The lower-case token at an index; empty outside the sentence."""
        # Asked a hundred times a sentence: a look-up without a call of Python's is twice as fast.
        return _Lows(enumerate([token.low for token in self.tokens])).__getitem__

    def written(self, first: int, last: int) -> str:
        """The document's text from a token to before another."""
        return self.text[self.tokens[first].start : self.tokens[last - 1].end]

    def demonym(self, index: int) -> tuple[str, ...]:
        """The countries that a token stands for, as an adjective or noun."""
        token = self.tokens[index]
        pair = self._demonym_pair(index)
        if pair is not None:
            return pair
        if len(token.text) < 4 and token.low not in ("u.s.", "u.k."):
            return ()
        if token.low == "u.s.":
            return ("US",)
        return _demonym(self.gazetteer, token.text, self.pack.language)

    def _demonym_pair(self, index: int) -> tuple[str, ...] | None:
        """`South African`: either word stands for the country that both name; None for no pair.

        `Central American` is a pair of no country, and not one of Americans.
        """
        openers = self.pack.people["demonym_openers"]
        first = index if self.low(index) in openers else index - 1
        if self.low(first) not in openers or first + 1 >= len(self.tokens):
            return None
        if not self.tokens[first].is_capitalised or not self.tokens[first + 1].is_capitalised:
            return None
        if not _demonym(self.gazetteer, self.tokens[first + 1].text, self.pack.language):
            second = self.written(first, first + 2)
            return _demonym(self.gazetteer, second, self.pack.language) or None
        return _demonym(self.gazetteer, self.written(first, first + 2), self.pack.language)


@lru_cache(maxsize=20000)
def _demonym(gazetteer: Gazetteer, word: str, language: str) -> tuple[str, ...]:
    return gazetteer.demonym(word, language)


def find_actors(scene: Scene) -> list[Actor]:
    """All phrases for people in a sentence, in order, not overlapping."""
    found: list[Actor] = []
    openers, taken = scene.pack.actor_openers, 0
    for index, token in enumerate(scene.tokens):
        # Most words of a text begin nothing.
        if index < taken or not (token.is_capitalised or token.low in openers):
            continue
        actor = _actor_at(scene, index, taken)
        if actor is not None:
            found.append(actor)
            taken = max(actor.last, index + 1)
    return _apposed(scene, found)


def _actor_at(scene: Scene, index: int, taken: int) -> Actor | None:
    token = scene.tokens[index]
    found = None
    if token.low in scene.pack.actor_openers:
        found = _pronoun(scene, index) or _titled(scene, index, taken) or _role(scene, index, taken)
    if found is not None or not token.is_capitalised:
        return found
    return _owner_country(scene, index) or _national(scene, index) or _named(scene, index, taken)


def _pronoun(scene: Scene, index: int) -> Actor | None:
    for words, kind, gender in scene.pack.pronouns.get(scene.low(index), ()):
        if all(scene.low(index + n) == word for n, word in enumerate(words)):
            if [*words] in scene.pack.pairs and _head_at(scene, index + len(words)):
                return None  # "both leaders"
            return Actor(index, index + len(words), kind, gender=gender)
    return None


def _preposition(scene: Scene, first: int) -> str:
    before = scene.low(first - 1)
    if before in ("au", "aux", "du", "des"):
        return before
    return before if before in scene.pack.words["prepositions"] else ""


def _titled(scene: Scene, index: int, taken: int) -> Actor | None:
    """A title and a name: `M. Baqeri`, `Dr Rita Vassallo`."""
    people = scene.pack.people
    low = scene.low(index)
    if low in people["honorifics_m"]:
        gender = "m"
    elif low in people["honorifics_f"]:
        gender = "f"
    elif low in people["honorifics"]:
        gender = ""
    else:
        return None
    last = name_end(scene, index + 1)
    if last == index + 1:
        return None
    name = scene.written(index + 1, last)
    first = index - 1 if index > taken and scene.low(index - 1) in people["determiners"] else index
    return _closed(scene, Actor(first, last, "person", name, gender=gender, name_first=index + 1))


def _closed(scene: Scene, actor: Actor) -> Actor:
    return actor._replace(
        preposition=_preposition(scene, actor.first),
        owner=scene.low(actor.last) == "'s"
        or (scene.low(actor.last) == "'" and scene.low(actor.last - 1).endswith("s")),
    )


def name_end(scene: Scene, index: int) -> int:
    """Where a personal name that begins at a token ends; the same index when there is none."""
    last, at = index, index
    people = scene.pack.people
    while at < len(scene.tokens) and at - index < _MOST_NAME_WORDS:
        token = scene.tokens[at]
        if at > index and _head_at(scene, at) and _goes_on(scene, at):
            break
        if _is_name_word(scene, at, at == index):
            last = at = at + 1
            if _is_initial(scene, at - 1):
                at += 1
        elif token.low in people["particles"] and _joined(scene, at):
            at += 1
        else:
            break
    return last


def _runs_into_body(scene: Scene, at: int) -> bool:
    """`National Workers Alliance`: capitals that go on to an organisation's word name no person."""
    while at < len(scene.tokens) and scene.tokens[at].is_capitalised and at not in scene.places:
        if scene.low(at) in scene.pack.people["organisations"]:
            return True
        at += 1
    return False


def _is_initial(scene: Scene, at: int) -> bool:
    """`George W. Bush`: the full stop belongs to the letter, and the name goes on behind it."""
    token = scene.tokens[at]
    stop = scene.low(at + 1) == "." and at + 2 < len(scene.tokens)
    return len(token.text) == 1 and stop and scene.tokens[at + 2].is_capitalised


def _goes_on(scene: Scene, at: int) -> bool:
    """An office inside capitals, `Development Minister Birgitte Holm`: a name follows."""
    return at + 1 < len(scene.tokens) and scene.tokens[at + 1].is_capitalised


def _joined(scene: Scene, at: int) -> bool:
    """A particle goes on with a capitalised word: `von der Leyen`, `bin Salman`."""
    following = scene.tokens[at + 1 : at + 3]
    if not following:
        return False
    if scene.low(at) in ("de", "d'", "du", "des", "la", "le", "y", "i"):
        # "le président Macron de France" is no name: a place behind ends it. "Mr. de Valera" is
        # one, though a village is called so too: English has no such preposition.
        place = at + 1 in scene.places and not scene.pack.modifiers_first
        return following[0].is_capitalised and not place
    words = [one for one in following if one.is_capitalised]
    return bool(words) and (words[0] is following[0] or scene.low(at + 1) in ("der", "den", "la"))


def _is_name_word(scene: Scene, at: int, at_start: bool) -> bool:
    token = scene.tokens[at]
    if token.low[:3] in ("al-", "el-") and token.text[3:4].isupper():
        return True
    if not token.is_capitalised or not token.text[0].isalpha():
        return False
    if token.low in scene.pack.people["forms_of_address"] or (
        scene.is_headline and scene.names.is_common(token.low)
    ):
        return False
    if any(letter.isdigit() for letter in token.text):
        return False  # "G20"
    if len(token.text) == 1:
        return scene.low(at + 1) == "." or (token.text.isupper() and not at_start)
    if token.low in scene.pack.people["organisations"]:
        # "Kim Jong Un" is no "UN": a short name of an organisation stands in capitals.
        return not at_start and len(token.text) < 3 and not token.text.isupper()
    if token.low not in scene.pack.people["not_names"]:
        return True
    if at_start:
        return _is_first_name(scene, at)
    month = token.low in ("may", "june", "april", "august", "mars", "pâques", "noël")
    return month and not scene.low(at + 1)[:1].isdigit()  # "Honolulu May 25"


def _has_capital(scene: Scene, at: int) -> bool:
    """`Haddad`, and `al-Haddad` too."""
    token = scene.tokens[at]
    return token.is_capitalised or (token.low[:3] in ("al-", "el-") and token.text[3:4].isupper())


# Words of dates that are first names too.
_MONTHS_AND_NAMES = frozenset({"jan", "may", "june", "april", "august"})


def _is_first_name(scene: Scene, at: int) -> bool:
    """`Jan Eliasson`: a month's short name, and behind it no day but a name."""
    follows = scene.tokens[at + 1] if at + 1 < len(scene.tokens) else None
    name = follows is not None and follows.is_capitalised and follows.text.isalpha()
    return name and scene.low(at) in _MONTHS_AND_NAMES and at + 1 not in scene.places


def _role(scene: Scene, index: int, taken: int) -> Actor | None:
    head = _head_at(scene, index)
    if head is None or _is_no_office(scene, index):
        return None
    after, gender = head
    first, definite, possessive = _left(scene, index, taken)
    head_text = " ".join(scene.written(index, after).lower().replace("’", "'").split())
    if _is_adjectival(scene, head_text, after):
        return None
    end = _complements_end(scene, head_text, after, gender)
    name_first, name_last = _name_behind(scene, after, end)
    named = name_last > name_first
    last = max(end, name_last) if named and name_first >= end else name_last if named else end
    kind = "person" if named else "group" if gender in ("c", "p") else "role"
    nobody = scene.low(first - 1) in scene.pack.people["nobodies"]  # "no minister will go"
    if nobody or _says_too_little(scene, first, last, index, after, definite or named, gender):
        return None
    told = _country_told(scene, first, last, range(name_first, name_last))
    opening = _after_determiner(scene, first, index)
    return _closed(
        scene,
        Actor(
            first,
            last,
            kind,
            name=scene.written(name_first, name_last) if named else "",
            role=scene.written(opening, name_first if named else last),
            country=told or scene.pack.office_country.get(head_text, ""),
            gender={"c": "p"}.get(gender, gender) or _determiner_gender(scene, first),
            definite=definite,
            head=head_text,
            weak=head_text in scene.pack.people["weak_roles"],
            name_first=name_first if named else -1,
            possessive=possessive,
            indefinite=scene.low(first) in scene.pack.words["indefinite"],
            is_pair=_is_pair(scene, range(first, index)) and not named and gender == "p",
            each=() if named else _each(scene, first, index, after, last) if gender == "p" else (),
        ),
    )


def _is_pair(scene: Scene, before: range) -> bool:
    """`les deux présidents`, `both leaders`: two that have been told of."""
    lows = [scene.low(n) for n in range(before.start - 1, before.stop)]
    return lows in scene.pack.pairs or lows[1:] in scene.pack.pairs


def _each(
    scene: Scene, first: int, index: int, after: int, last: int
) -> tuple[tuple[str, str], ...]:
    """The offices of one country each that a plural stands for; none where it stands for one."""
    before = [n for n in range(first, index) if len(scene.demonym(n)) == 1]
    several = len(before) > 1 and scene.pack.modifiers_first and after == last
    if not several:
        return _each_of(scene, index, after, last)
    # "the Colombian and Cuban foreign ministers": what stands behind the last is of all.
    words = [*range(before[-1] + 1, index), *range(index, after)]
    office = " ".join(_singular(scene, n) if n >= index else scene.tokens[n].text for n in words)
    return tuple((f"{scene.tokens[n].text} {office}", scene.demonym(n)[0]) for n in before)


def _each_of(scene: Scene, index: int, after: int, last: int) -> tuple[tuple[str, str], ...]:
    """`foreign ministers of Kenya and Uganda`: one office for each of the countries listed."""
    inside = range(after, last)
    named = [(_linked(scene, n, after), scene.places[n]) for n in inside if n in scene.places]
    if not named:
        named = [(n, n + 1) for n in inside if len(scene.demonym(n)) == 1]
    if len(named) < 2 or named[-1][1] != last:
        return ()
    office = " ".join(
        _singular(scene, n) if n < after else scene.tokens[n].text
        for n in range(index, named[0][0])
    ).replace("' ", "'")
    found = []
    for first, end in named:
        codes = scene.demonym(first) or _code_ending(scene, first, end)
        if not codes:
            return ()
        found.append(
            (f"{office} {_of(scene, first, named[0][0])}{scene.written(first, end)}", codes[0])
        )
    return tuple(found)


def _of(scene: Scene, first: int, opening: int) -> str:
    """`of Kenya, Uganda`: the preposition is told once, and goes with each."""
    of = scene.pack.words["of"]
    told = scene.low(first) in of or scene.low(opening) not in of
    return "" if told else f"{scene.tokens[opening].text} "


def _linked(scene: Scene, at: int, after: int) -> int:
    """Where a country's name begins with its preposition and article: `de l'Ouganda`."""
    while at > after and scene.low(at - 1) in scene.pack.any_word("of", "articles"):
        at -= 1
    return at


def _code_ending(scene: Scene, first: int, end: int) -> tuple[str, ...]:
    """The country codes of the name that ends at a token."""
    name = next(n for n in range(first, end) if n in scene.places)
    return scene.gazetteer.country_codes(scene.written(name, end))


def _singular(scene: Scene, at: int) -> str:
    """A word of an office without its plural's letter, where that is an office's word too.

    A country has one minister and any number of officials: general words stay as they are.
    """
    text = scene.tokens[at].text
    if text.lower().removesuffix("s") in scene.pack.people["weak_roles"]:
        return text
    return text[:-1] if text[-1:] == "s" and text[:-1].lower() in scene.pack.roles else text


def _is_adjectival(scene: Scene, head: str, after: int) -> bool:
    """`an official visit`, `a major investor`: the office's word only describes another noun."""
    if head not in scene.pack.people["adjectival"] or after >= len(scene.tokens):
        return False
    low = scene.low(after)
    if not low.isalpha() or scene.tokens[after].is_capitalised:
        return False
    triggers = scene.pack.triggers.get(low, ())
    if triggers:
        return any(not one.tense for one in triggers)
    if head in scene.pack.people["weak_roles"] and low.endswith(("ed", "s")):
        return False  # a verb, as far as a form can tell
    tables = ("prepositions", "conjunctions", "auxiliaries", "relatives", "reporting", "adverbs")
    closed = scene.pack.any_word(*tables, "clause_openers")
    return low not in closed and head != "official"


def _head_at(scene: Scene, index: int) -> tuple[int, str] | None:
    """The longest office that begins at a token: the index after it, and its gender."""
    low = scene.low(index)
    for words, gender in scene.pack.roles.get(low, ()):
        if all(scene.low(index + n) == word for n, word in enumerate(words)):
            genders = {g for w, g in scene.pack.roles[low] if w == words}
            if len(words) == 1 and _is_present(scene, index):
                return None
            return index + len(words), gender if len(genders) == 1 else ""
    return None


def _may_name(scene: Scene, end: int, after: int) -> bool:
    if end >= len(scene.tokens):
        return False
    if end not in scene.places or end <= after + 2:
        return True
    return _is_hamlet(scene.gazetteer, scene.written(end, scene.places[end]))


def _left(scene: Scene, index: int, taken: int) -> tuple[int, bool, bool]:
    """Where the phrase begins, whether it is definite, whether it belongs to somebody else."""
    people, first = scene.pack.people, index
    while first > taken and index - first < _MOST_LEFT_WORDS:
        low = scene.low(first - 1)
        token = scene.tokens[first - 1]
        if low in people["before_head"] or (token.text[0].isalpha() and scene.demonym(first - 1)):
            first -= 1
        elif token.text[0].isdigit() and token.text[-1].isalpha():
            first -= 1  # "le 266e pape", "the 46th president"
        elif low in ("'s", "'") and _place_ending(scene, first - 1, taken) is not None:
            return _place_ending(scene, first - 1, taken), True, False
        elif _place_ending(scene, first, taken) is not None and first > index - 3:
            first = _place_ending(scene, first, taken)
        elif low == "-" and scene.low(first).endswith("-old") and first - 2 >= taken:
            first -= 2  # "19-year-old"
        elif _is_compound(scene, first - 1) or _is_any_adjective(scene, first, index):
            first -= 1  # "a ten-member delegation", "a small party"
        elif (low in ("-", "and") and _is_inside(scene, first)) or _links_peoples(scene, first):
            first -= 1
        else:
            break
    if first > taken and scene.low(first - 1) in people["determiners"]:
        word = scene.low(first - 1)
        fused = word in ("au", "aux", "du", "des")
        return (first if fused else first - 1), True, word in people["possessive_determiners"]
    return first, False, False


def _is_compound(scene: Scene, at: int) -> bool:
    """`ten-member`, `Franco-German`: a hyphenated word before the head."""
    text = scene.tokens[at].text
    return "-" in text and text[-1].isalpha() and scene.pack.modifiers_first and text[0].islower()


def _is_any_adjective(scene: Scene, first: int, index: int) -> bool:
    """`a small party`, `une importante délégation`: one word between article and head."""
    token = scene.tokens[first - 1]
    plain = token.text.isalpha() and not token.is_capitalised and first == index
    return plain and scene.low(first - 2) in scene.pack.words["indefinite"]


def _links_peoples(scene: Scene, first: int) -> bool:
    """`British, French and German ministers`: a mark or conjunction between two nationalities."""
    joins = scene.low(first - 1) in {",", *scene.pack.words["conjunctions"]}
    if not joins or first < 2 or not scene.pack.modifiers_first:
        return False
    return bool(scene.demonym(first) and scene.demonym(first - 2))


def _is_inside(scene: Scene, first: int) -> bool:
    """`trade and development minister`: the conjunction stands between two modifiers."""
    words = scene.pack.people["before_head"]
    return scene.low(first) in words and scene.low(first - 2) in words


def _place_ending(scene: Scene, end: int, taken: int) -> int | None:
    """Where a place's name that ends before a token begins; only where modifiers come first."""
    if not scene.pack.modifiers_first:
        return None
    return next((s for s, e in scene.places.items() if e == end and s >= taken), None)


def _after_determiner(scene: Scene, first: int, index: int) -> int:
    people = scene.pack.people
    while first < index and scene.low(first) in people["determiners"]:
        numeral = scene.low(first) not in scene.pack.words["articles"]
        if numeral and scene.low(first) not in people["possessive_determiners"]:
            break
        first += 1
    return first


def _determiner_gender(scene: Scene, first: int) -> str:
    return {"le": "m", "un": "m", "la": "f", "une": "f"}.get(scene.low(first), "")


def _right(scene: Scene, at: int) -> int:
    """Where the adjectives and complements behind a head end."""
    pack, start = scene.pack, at
    openers, stops = pack.people["complement_openers"], pack.people["complement_stop"]
    while at < len(scene.tokens) and at - start < _MOST_COMPLEMENT_WORDS:
        token = scene.tokens[at]
        if token.text[0].isalpha() and _is_adjective(scene, at):
            at += 1
        elif token.low in openers and (end := _complement(scene, at, stops)) > at:
            at = end
        elif token.low == "et" and _is_adjective(scene, at + 1) and at > start:
            at += 2
        else:
            break
    return at


def _complements_end(scene: Scene, head: str, after: int, gender: str) -> int:
    """Where what belongs to an office ends, by the kind of office."""
    if _is_rank_and_name(scene, head, after):
        return after
    if head in scene.pack.people["counterparts"]:
        return _adjectives_end(scene, after)  # "son homologue du conflit": of nothing
    if head in scene.pack.people["not_sent"] and scene.low(after) in ("to", "from"):
        return after  # "accompanied the President to Houston"
    end = _right(scene, after)
    if head in scene.pack.people["posted"]:
        end = _post_end(scene, end)
    return _listed_places(scene, end) if gender == "p" and after < end else end


def _post_end(scene: Scene, end: int) -> int:
    """`l'ambassadeur de Suède à Téhéran`: where the place ends that somebody is posted to."""
    words = scene.pack.words
    if scene.low(end) not in scene.pack.frames["stay"].to:
        return end
    first = end + 1 + (scene.low(end + 1) in words["articles"])
    return scene.places.get(first, end)


def _adjectives_end(scene: Scene, at: int) -> int:
    while _is_adjective(scene, at):
        at += 1
    return at


def _is_rank_and_name(scene: Scene, head: str, after: int) -> bool:
    """`le général de Gaulle`: the particle begins a name, no complement."""
    people = scene.pack.people
    particle = head in people["ranks"] and scene.low(after) in people["particles"]
    return particle and after + 1 not in scene.places and _joined(scene, after)


def _listed_places(scene: Scene, end: int) -> int:
    """`ministers of Poland, the Czech Republic and Slovenia`: the end behind the last country."""
    last = end
    if end not in scene.places.values():
        return end
    while True:
        at = last
        while at < last + 4 and (
            scene.low(at) == ","
            or scene.low(at) in scene.pack.any_word("conjunctions", "articles", "of")
        ):
            at += 1
        follows = scene.places.get(at) if at > last else None
        if follows is None or not scene.gazetteer.country_codes(scene.written(at, follows)):
            return last
        last = follows


def _is_adjective(scene: Scene, at: int) -> bool:
    if at >= len(scene.tokens):
        return False
    token = scene.tokens[at]
    if token.low in scene.pack.people["adjectives"]:
        return True
    if token.is_capitalised and not scene.pack.modifiers_first:
        return False
    if not scene.pack.modifiers_first and token.low in scene.pack.people["adjectives_behind"]:
        return True
    return bool(scene.demonym(at)) and not (token.is_capitalised and at in scene.places)


def _complement(scene: Scene, at: int, stops: frozenset[str]) -> int:
    """`de la Défense`, `of the U.S. state of Georgia`: the index after the complement, or `at`."""
    articles, pack, opener = scene.pack.words["articles"], scene.pack, scene.low(at)
    first = at + 1
    if _is_other_person(scene, first):
        return at  # "a spokesman for President X": two people
    if opener in ("to", "from") or (opener == "pour" and first + 1 in scene.places):
        # "envoy to Iran", "envoyé spécial pour le Darfour"
        return scene.places.get(first + (scene.low(first) in articles), at)
    if _says_where(scene, opener, first):
        return at
    if scene.low(first) in pack.people["possessive_determiners"]:
        return at  # "membres de son parti"
    while scene.low(first) in articles:
        first += 1
    end = first
    while scene.low(end) in pack.people["before_head"]:
        end += 1  # "of Foreign Affairs": these words are the complement, or stand before its noun
    while end < len(scene.tokens) and end - first < 6:
        token = scene.tokens[end]
        joins = token.low in pack.words["conjunctions"]
        if not token.text[0].isalpha() or (token.low in stops and end > first and not joins):
            break
        behind = _one_more(scene, end, first)
        if behind == end:
            break
        end = behind
    return end if end > first else at


def _says_where(scene: Scene, opener: str, first: int) -> bool:
    """`le ministre à l'aéroport`, `en visite`: where somebody is, and not of what minister."""
    portfolio = scene.low(first) in ("l'", "la", "affaires", "charge")
    if opener in ("à", "aux", "en", "pour") and not portfolio:
        return True
    return opener == "à" and scene.low(first + 1) in scene.pack.places["sites"]


def _is_other_person(scene: Scene, first: int) -> bool:
    """Whether an office with a name begins at a token: somebody else's phrase."""
    people, at = scene.pack.people, first
    while scene.low(at) in scene.pack.words["articles"] or scene.low(at) in people["before_head"]:
        at += 1
    while at < len(scene.tokens) and scene.tokens[at].text[0].isalpha() and scene.demonym(at):
        at += 1
    body = at
    while body - at < 2 and scene.tokens[body : body + 1] and scene.tokens[body].is_capitalised:
        body += 1  # "of the chief African Union mediator X"
    heads = [_head_at(scene, at), _head_at(scene, body) if body > at else None]
    return any(
        one is not None and one[1] not in ("c", "p") and name_end(scene, one[0]) > one[0]
        for one in heads
    )


def _one_more(scene: Scene, end: int, first: int) -> int:
    """The index after the next word of a complement that began at `first`, or `end` itself."""
    token, pack = scene.tokens[end], scene.pack
    if end > first and token.is_capitalised and _ends_complement(scene, end - 1):
        return end  # "ministre de la Défense russe Choïgou"
    if end in scene.places:
        # "President of Nepal Bidya …": a name follows that is also some village's.
        return end if end in scene.places.values() else scene.places[end]
    if end == first:
        return end + 1
    if token.low in ("au", "aux"):
        return end
    if token.low in pack.words["stop_nouns_listed"] and end > first:
        return end + 1  # "leaders of six Central American countries"
    if token.is_capitalised or pack.complement_adjective.search(token.low):
        trigger = token.low in pack.triggers and not scene.demonym(end)
        return end if trigger or _is_start_of_name(scene, end) else end + 1
    if token.low not in pack.words["conjunctions"] or end + 1 == len(scene.tokens):
        return end
    skip = end + 1 + (scene.low(end + 1) in ("de", "du", "des", "d'"))
    skip += scene.low(skip) in pack.words["articles"]
    follows = scene.tokens[skip] if skip < len(scene.tokens) else None
    if follows is None or not follows.is_capitalised:
        return end
    portfolio = follows.low in pack.people["before_head"]  # "Maritime Affairs and Investment Luhut"
    return end if _is_start_of_name(scene, skip) and not portfolio else skip + 1


def _ends_complement(scene: Scene, at: int) -> bool:
    """Where adjectives stand behind, a people's or a party's in small letters is the last."""
    if scene.pack.modifiers_first or scene.tokens[at].is_capitalised:
        return False
    if scene.demonym(at):
        return True
    several = at + 2 < len(scene.tokens) and scene.tokens[at + 2].is_capitalised
    return several and scene.low(at) in scene.pack.people["adjectives_behind"]


def _is_start_of_name(scene: Scene, at: int) -> bool:
    """Two capitalised words behind a complement begin a person's name, not more of it."""
    if at in scene.places or not scene.tokens[at].is_capitalised:
        return False
    if scene.demonym(at) or scene.tokens[at].low in scene.pack.people["organisations"]:
        return False
    following = at + 1 < len(scene.tokens) and scene.tokens[at + 1].is_capitalised
    if following and _runs_into_body(scene, at):
        return False  # "of the NPC Standing Committee"
    return following and scene.low(at - 1) not in ("of", "the")


def _is_no_office(scene: Scene, index: int) -> bool:
    """Whether an office's word is a body's name, a verb or a journey here."""
    other = _is_institution(scene, index) or _is_verb(scene, index)
    return other or _is_errand(scene, index)


def _is_verb(scene: Scene, index: int) -> bool:
    """`will head for`, `to head to`: an office's word that is a verb here."""
    verb = any(one.tense for one in scene.pack.triggers.get(scene.low(index), ()))
    return verb and scene.low(index - 1) in scene.pack.words["before_infinitive"]


def _is_present(scene: Scene, index: int) -> bool:
    """`Holm heads to Rome`: who does so stands before the word."""
    pack = scene.pack
    if index == 0 or scene.low(index + 1) not in {"to", *pack.words["bound_for"]}:
        return False
    return any(one.tense == "present" for one in pack.triggers.get(scene.low(index), ()))


def _is_errand(scene: Scene, index: int) -> bool:
    """`a trade mission to Vietnam`: a journey, and not those who make it."""
    triggers, behind = scene.pack.triggers.get(scene.low(index), ()), scene.low(index + 1)
    return any(not one.tense and behind in one.after for one in triggers)


def _is_institution(scene: Scene, index: int) -> bool:
    """`la Commission conjointe`: a collective's word in capitals names a body, not who travels."""
    token = scene.tokens[index]
    return index > 0 and token.is_capitalised and token.low in scene.pack.people["organisations"]


def _name_behind(scene: Scene, after: int, end: int) -> tuple[int, int]:
    """Tokens of the name behind an office that ends at `end`, its head at `after`; half-open."""
    titles = ("honorifics_m", "honorifics_f", "honorifics")
    if any(scene.low(end) in scene.pack.people[one] for one in titles):
        end += 1  # "Secretary General Mr. Kofi Annan"
    first = last = end
    if _may_name(scene, end, after):
        last = name_end(scene, end)
        last = end if last == end + 1 and scene.demonym(end) else last  # "président Burundais"
    if last == first and end > after and scene.tokens[after].is_capitalised:
        first, last = after, name_end(scene, after)
        if last == after or (after in scene.places and scene.places[after] >= last):
            first = last = end
    return (end, end) if last > first and _runs_into_body(scene, last) else (first, last)


def _says_too_little(
    scene: Scene, first: int, last: int, index: int, after: int, definite: bool, gender: str
) -> bool:
    """A head with nothing around it is an adjective or a general word: `militaire`, `officials`."""
    if definite and gender != "p":
        return False
    bare = first == index or scene.low(first) in scene.pack.people["predicative"]
    return bare and last == after


def _country_told(scene: Scene, first: int, last: int, name: range) -> str:
    """The country of an office's words, or behind its holder's name: `President X of Egypt`."""
    told = _country(scene, [n for n in range(first, last) if n not in name])
    return told or (_country_behind(scene, last)[0] if name and last == name.stop else "")


def _country(scene: Scene, inside: Sequence[int]) -> str:
    """The country that an office's words tell, by demonym first and by name second."""
    for n in inside:
        codes = scene.demonym(n)
        if codes:
            return codes[0] if len(codes) == 1 else ""
    for n in inside:
        if n in scene.places:
            codes = scene.gazetteer.country_codes(scene.written(n, scene.places[n]))
            if codes:
                return codes[0]
    return ""


def _national(scene: Scene, index: int) -> Actor | None:
    """`le Français François Hollande`, `Frenchman Jean Monnet`: a people's noun and a name."""
    codes = scene.demonym(index) if scene.tokens[index].is_capitalised else ()
    last = name_end(scene, index + 1) if len(codes) == 1 else index + 1
    if last < index + 3 or index + 1 in scene.places or _holds_office(scene, index + 1, last):
        return None
    if _is_other_name(scene, index + 1, last, range(index + 1, last)):
        return None
    article = index > 0 and scene.low(index - 1) in scene.pack.words["articles"]
    name = scene.written(index + 1, last)
    return _closed(
        scene, Actor(index - article, last, "person", name, country=codes[0], name_first=index + 1)
    )


def _holds_office(scene: Scene, first: int, last: int) -> bool:
    """Whether an office's words are among those of a name."""
    before = scene.pack.people["before_head"]
    return any(_head_at(scene, n) or scene.low(n) in before for n in range(first, last))


def _owner_country(scene: Scene, index: int) -> Actor | None:
    """`El Salvador's Ana Lucia Mejia`: a name behind a country's genitive."""
    end = scene.places.get(index)
    if end is None or scene.low(end) != "'s":
        return None
    codes = scene.gazetteer.country_codes(scene.written(index, end))
    last = name_end(scene, end + 1)
    if not codes or last < end + 3 or _head_at(scene, end + 1) is not None:
        return None
    name = scene.written(end + 1, last)
    return _closed(scene, Actor(index, last, "person", name, country=codes[0], name_first=end + 1))


def _named(scene: Scene, index: int, taken: int) -> Actor | None:
    """A name alone; one capitalised word is a person only where the document knows the surname."""
    if index in scene.inside_places:
        return None
    if index in scene.places and _is_place_here(scene, index):
        return None
    unnamed = index == 0 and (scene.low(0) in scene.pack.people["not_names"] or _is_gerund(scene))
    if unnamed and not _is_first_name(scene, 0):
        return None
    last = name_end(scene, index)
    if last == index or not scene.tokens[index].is_capitalised:
        return None
    if _is_thing(scene, index, last):
        return None
    words = [n for n in range(index, last) if _has_capital(scene, n)]
    if index in scene.places and scene.tokens[index].text.isupper() and len(words) > 1:
        return None  # a dateline that lost its dash: "WASHINGTON Christopher Steele …"
    if _is_other_name(scene, index, last, words):
        return None
    kind = "person" if len(words) > 1 else "bare"
    if len(words) == 1 and scene.low(index) in scene.surnames:
        kind = "person"
    elif len(words) == 1 and _is_no_surname(scene, index):
        return None
    name = scene.written(index, last)
    country, end = _country_behind(scene, last) if kind == "person" else ("", last)
    return _closed(scene, Actor(index, end, kind, name, country=country, name_first=index))


def _is_gerund(scene: Scene) -> bool:
    """`Visiting Minsk, X said`: a sentence begins with what somebody does."""
    return any(one.tense == "gerund" for one in scene.pack.triggers.get(scene.low(0), ()))


def _is_no_surname(scene: Scene, index: int) -> bool:
    """One capitalised word: of visits, of an office (`South Asian Affairs`), or too short."""
    low = scene.low(index)
    known = low in scene.pack.triggers or low in scene.pack.people["before_head"]
    return known or len(scene.tokens[index].text) < 3


def _country_behind(scene: Scene, at: int) -> tuple[str, int]:
    """`Adama Barrow de Gambie`, `Orsi (Uruguay)`: whose country's, and where that ends."""
    bracket = scene.low(at) == "("
    first = at + 1
    while scene.low(first) in scene.pack.words["articles"]:
        first += 1
    end = scene.places.get(first)
    if end is None or not (bracket or scene.low(at) in scene.pack.words["linked_to"]):
        return "", at
    codes = scene.gazetteer.country_codes(scene.written(first, end))
    if not codes or (bracket and scene.low(end) != ")"):
        return "", at
    return codes[0], end + bracket


def _is_thing(scene: Scene, index: int, last: int) -> bool:
    """An article before a name, or quotation marks around it, say that it is a thing's."""
    at = index - 1
    if index and scene.low(at) in scene.pack.words["ships"] and scene.tokens[at].text.isupper():
        return True
    if index and scene.low(at) in scene.pack.words["vessels"]:
        return True  # "the British cruiser Curlew"
    locative = scene.pack.stays
    while at > 0 and index - at < 4 and scene.tokens[at].is_capitalised and not _head_at(scene, at):
        if at in scene.places and scene.low(at - 2) in locative:
            return _is_title(scene, index, last)  # "received at the Élysée Anna Holm"
        at -= 1  # "the Dixie Clipper": its second word is no name either
    article = index and scene.tokens[at].text in scene.pack.words["name_breakers"]
    return bool(article) or _is_title(scene, index, last) or _is_of_site(scene, index)


def _is_of_site(scene: Scene, index: int) -> bool:
    """`l'aéroport Félix Houphouët-Boigny`: behind a site's noun, a name is the site's."""
    pack, at = scene.pack, index - 1
    while at > 0 and (
        scene.tokens[at].is_capitalised or pack.complement_adjective.search(scene.low(at))
    ):
        at -= 1
    small = at >= 0 and not scene.tokens[at].is_capitalised
    return small and not pack.modifiers_first and scene.low(at) in pack.places["named_sites"]


def _is_title(scene: Scene, index: int, last: int) -> bool:
    """`who wrote "The Silent Sea," is …`: a name in quotation marks of its own is a work's."""
    first, articles = index - 1, scene.pack.words["articles"]
    while index - first < _MOST_NAME_WORDS and (
        scene.low(first) in articles or (first >= 0 and scene.tokens[first].is_capitalised)
    ):
        first -= 1
    behind = last
    while behind - last < _MOST_NAME_WORDS and (
        scene.low(behind) in (",", ".", "!", "?")
        or (behind < len(scene.tokens) and scene.tokens[behind].is_capitalised)
    ):
        behind += 1
    return scene.low(first) in _OPENING and scene.low(behind) in _CLOSING


def _is_other_name(scene: Scene, index: int, last: int, words: Sequence[int]) -> bool:
    """Whether capitals name an office, a headline's word, an organisation or a people."""
    if any(_head_at(scene, n) for n in range(index + 1, min(last + 1, len(scene.tokens)))):
        return True
    if len(words) > 1 and scene.low(last) in scene.pack.people["named_after"]:
        return True  # "the Great Lakes region", "the Rogers plan"
    if all(len(scene.tokens[n].text) == 1 for n in words) or _has_ship(scene, words):
        return True  # "N. Z. P.", "HMS Hood"
    if all(scene.names.is_common(scene.low(n)) for n in words):
        return True  # "Refugee Camps" of a headline, told as "refugee camps" below it
    if all(scene.tokens[n].text.isupper() and len(scene.tokens[n].text) > 3 for n in words):
        return True
    if scene.low(last) in scene.pack.people["organisations"] and scene.tokens[last].is_capitalised:
        return True
    return any(scene.demonym(n) for n in words)


def _has_ship(scene: Scene, words: Sequence[int]) -> bool:
    ships = scene.pack.words["ships"]
    return any(scene.low(n) in ships and scene.tokens[n].text.isupper() for n in words)


def _is_place_here(scene: Scene, index: int) -> bool:
    """Whether a known place's name is meant as one: not when a longer name or a surname stands."""
    end = scene.places[index]
    token = scene.tokens[index]
    follows = scene.tokens[end] if end < len(scene.tokens) else None
    if end - index == 1 and _is_beside_a_name(scene, index):
        return False
    if end - index > 1 and _is_hamlet_in_apposition(scene, index, end):
        return False
    if end - index == 1 and token.low in scene.surnames and scene.low(end) == "'s":
        return False  # "Sadat's visit"
    if end - index == 1 and token.low in scene.surnames:
        return _preposition(scene, index) not in ("", "de", "of", "by", "par", "with", "avec")
    if follows is not None and follows.is_capitalised and _is_name_word(scene, end, False):
        known = scene.gazetteer.country_codes(scene.written(index, end))
        name = name_end(scene, end) > end + 1  # "a rencontré à Moscou Vladimir Poutine"
        place = bool(known) or _head_at(scene, end) is not None or end - index > 1 or name
        return place and _preposition(scene, index) in scene.pack.frames["go"].to
    return True


def _is_hamlet_in_apposition(scene: Scene, index: int, end: int) -> bool:
    """`le président espagnol, Pedro Sanchez`: a village's name behind an office is a person's."""
    if scene.low(index - 1) != "," or not index > 2:
        return False
    office = any(_head_at(scene, n) for n in range(max(0, index - 9), index - 1))
    return office and _is_hamlet(scene.gazetteer, scene.written(index, end))


@lru_cache(maxsize=20000)
def _is_hamlet(gazetteer: Gazetteer, name: str) -> bool:
    """Whether a name foremost means a place of so few people that it seldom is in the news."""
    found = gazetteer.lookup(name, limit=1)
    return bool(found) and found[0].kind == "city" and found[0].population < _HAMLET


def _is_beside_a_name(scene: Scene, index: int) -> bool:
    """`Hartmann and Lorenzini had met`: beside a surname, a little place's name is one too."""
    if scene.low(index - 1) not in scene.pack.words["conjunctions"] or index < 2:
        return False
    other = scene.tokens[index - 2]
    if not other.is_capitalised or other.low in scene.pack.people["not_names"]:
        return False
    if index - 2 in scene.places or index - 1 in scene.places.values() or scene.demonym(index - 2):
        return False
    if _preposition(scene, index - 2) in scene.pack.frames["go"].to:
        return False
    return not scene.gazetteer.country_codes(scene.tokens[index].text)


def _apposed(scene: Scene, actors: list[Actor]) -> list[Actor]:
    """Join an office and a name that stand in apposition, in either order."""
    found: list[Actor] = []
    for actor in actors:
        previous = found[-1] if found else None
        if len(found) > 1 and _describes_first(scene, found[-2], found[-1], actor):
            role = scene.written(found[-1].first, actor.last)
            found[-2:] = [found[-2]._replace(last=actor.last, role=role, head=actor.head)]
        elif previous is not None and _are_apposed(scene, previous, actor):
            found[-1] = _joined_actor(scene, previous, actor)
            if len(found) > 1 and _are_apposed(scene, found[-2], found[-1]):
                found[-2:] = [_joined_actor(scene, found[-2], found[-1])]
        elif actor.kind != "bare" or not actor.weak:
            found.append(actor)
    return found


def _describes_first(scene: Scene, one: Actor, owner: Actor, office: Actor) -> bool:
    """`Jan Eliasson, Ban Ki-moon's envoy,`: the office is the first one's, under the second."""
    named = one.is_named and owner.is_named and not office.is_named and not one.role
    between = actor_gap(scene, one, owner) == [","] and actor_gap(scene, owner, office) == ["'s"]
    return named and between and office.kind == "role" and scene.low(office.last) == ","


def _is_alias(scene: Scene, one: Actor, two: Actor) -> bool:
    """`Joko Widodo (Jokowi)`: one word in brackets right behind a name is another name for it."""
    inside = actor_gap(scene, one, two) == ["("] and scene.low(two.last) == ")"
    return inside and one.is_named and two.is_named and not two.role


_APPOSED = ([","], ["'s"], [], ["("], ["—"], ["–"])


def _are_apposed(scene: Scene, one: Actor, two: Actor) -> bool:
    """Whether two phrases side by side are one person's."""
    if _is_alias(scene, one, two):
        return True
    if not {one.kind, two.kind} <= {"person", "role", "group", "bare"}:
        return False
    gap = actor_gap(scene, one, two)
    if gap in (["et"], ["and"]) and not one.is_named and two.is_named and one.role:
        return _holds_both(one, two)
    if gap not in _APPOSED or (one.owner and gap != ["'s"]) or one.kind == "group":
        return False
    if not one.is_named and not two.is_named:
        # "his brother, the Duke of X"
        kin = one.possessive and one.weak and not two.possessive
        return kin and two.definite and bool(two.role) and gap == [","]
    if gap == ["'s"] or (one.is_named and two.is_named):
        return False
    apart = scene.pack.words["asides"] | scene.pack.stays
    if one.kind == "bare" and one.preposition in apart:
        return False  # "selon Libération, le président", "after a stop in Shannon, the minister"
    if one.is_named and one.preposition and scene.low(two.last) in scene.pack.words["finite"]:
        return False  # "reçu par le roi X, le ministre Y a dit"
    if one.is_named:
        listed = scene.low(two.last) in scene.pack.words["conjunctions"] and two.definite
        return not listed and not two.possessive and two.kind == "role"
    return gap != [] or bool(one.role)


def _holds_both(one: Actor, two: Actor) -> bool:
    """`minister of trade and minister of labour X`, but not `the Shah and Empress Farah`."""
    apart = one.gender and two.gender and one.gender != two.gender
    return bool(two.role) and not two.definite and one.kind == "role" and not apart


def actor_gap(scene: Scene, one: Actor, two: Actor) -> list[str]:
    """The tokens between two phrases, without an abbreviation in brackets."""
    first = one.last
    if scene.low(first) == "(" and scene.low(first + 2) == ")" and first + 3 <= two.first:
        first += 3 * scene.tokens[first + 1].text.isupper()
    return [scene.low(n) for n in range(first, two.first)]


def _joined_actor(scene: Scene, one: Actor, two: Actor) -> Actor:
    named = one if one.is_named else two
    last = two.last
    alias = two.name if one.is_named and two.is_named else ""
    closing = scene.low(last) == ")" and scene.low(one.last) == "("
    ranks = scene.pack.people["ranks"]
    better = two if two.role and (not one.role or one.head in ranks or one.possessive) else one
    return named._replace(
        first=one.first,
        last=last + closing,
        kind="person" if named.is_named else "role",
        role=better.role,
        country=one.country or two.country,
        gender=one.gender or two.gender,
        preposition=one.preposition,
        owner=two.owner,
        definite=one.definite or two.definite,
        head=better.head,
        weak=False,
        possessive=one.possessive,
        alias=alias,
    )
