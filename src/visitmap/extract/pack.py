"""A language's words, read from `packs/<language>/visits.toml` and indexed for look-up.

Languages are data: nothing here or beside it knows French or English. To add one, write its file;
docs/extraction.md says what each table holds.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from visitmap.errors import UsageError

PACKS = Path(__file__).parent / "packs"


class Tables(dict[str, frozenset[str]]):
    """A pack's lists of words; one that a language does not have is empty."""

    def __missing__(self, name: str) -> frozenset[str]:
        return frozenset()


@dataclass(frozen=True, slots=True)
class Trigger:
    """A form of a word that tells of a visit.

    `kind` names its frame; `tense` is the form's (`past`, `participle`, `present`, `future`,
    `conditional`, `infinitive`, `gerund`), empty for nouns. `reflexive` asks for a reflexive
    pronoun before it, `after` for one of these words behind it.
    """

    kind: str
    tense: str = ""
    reflexive: bool = False
    after: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Frame:
    """The arguments of a kind of trigger: prepositions, and what a bare object is."""

    kind: str
    to: frozenset[str]
    origin: frozenset[str]
    object: str = ""


class Pronoun(NamedTuple):
    """A pronoun's words, the kind of phrase it is (`Actor.kind`) and its gender."""

    words: tuple[str, ...]
    kind: str
    gender: str


@dataclass(frozen=True, eq=False)
class Pack:
    """All that extraction knows of one language."""

    language: str
    elisions: frozenset[str]
    abbreviations: frozenset[str]
    triggers: Mapping[str, tuple[Trigger, ...]]
    frames: Mapping[str, Frame]
    words: Mapping[str, frozenset[str]]
    people: Mapping[str, frozenset[str]]
    roles: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]
    places: Mapping[str, frozenset[str]]
    complement_adjective: re.Pattern[str]
    wide_regions: frozenset[str] = frozenset()
    modifiers_first: bool = False
    same_office: tuple[frozenset[str], ...] = ()
    office_country: Mapping[str, str] = field(default_factory=dict)
    reflexives: frozenset[str] = frozenset()
    strong: re.Pattern[str] = field(default=re.compile(""))
    attendance: re.Pattern[str] = field(default=re.compile("(?!)"))
    listing: re.Pattern[str] = field(default=re.compile("(?!)"))
    pronouns: Mapping[str, tuple[Pronoun, ...]] = field(default_factory=dict)
    set_phrases: Mapping[str, tuple[tuple[tuple[str, ...], int], ...]] = field(default_factory=dict)
    actor_openers: frozenset[str] = frozenset()
    small: frozenset[str] = frozenset()
    unaccented: Mapping[str, str] = field(default_factory=dict)
    declares: tuple[re.Pattern[str], ...] = ()

    @cached_property
    def nouns_of_places(self) -> frozenset[str]:
        """A summit, `including`: beside these a place is told without a word's own preposition."""
        known = self.places["events"] | self.words["including"]
        return known | {"destination", "provenance"}

    def phrases(self, table: str) -> tuple[str, ...]:
        """Those of one of the `[words]` lists that are several words."""
        known = self._phrases.get(table)
        if known is None:
            known = tuple(one for one in self.words[table] if " " in one)
            self._phrases[table] = known
        return known

    @cached_property
    def _phrases(self) -> dict[str, tuple[str, ...]]:
        return {}

    @cached_property
    def purpose_openers(self) -> tuple[str, ...]:
        """What a purpose begins with, up to its next word: `to attend `, `afin d'`."""
        openers = self.words["purpose_openers"]
        return tuple(one if one.endswith("'") else f"{one} " for one in openers)

    @cached_property
    def future_forms(self) -> frozenset[str]:
        """The forms that are a verb's future: `ira`, `sera`."""
        uses = self.triggers.items()
        return frozenset(form for form, some in uses if any(t.tense == "future" for t in some))

    @cached_property
    def names_of_bodies(self) -> frozenset[str]:
        """`university`, `accords`: behind a place's name they make it part of another name."""
        return self.places["not_before"] | self.people["bodies"]

    @cached_property
    def capitals_and_soil(self) -> frozenset[str]:
        """Nouns that name a place together with a people: `the Libyan capital`."""
        return self.places["capital_of"] | self.places["soil_of"]

    @cached_property
    def _unions(self) -> dict[tuple[str, ...], frozenset[str]]:
        return {}

    def any_word(self, *tables: str) -> frozenset[str]:
        """The words of several of the `[words]` lists."""
        known = self._unions.get(tables)
        if known is None:
            known = frozenset().union(*(self.words[table] for table in tables))
            self._unions[tables] = known
        return known

    def is_light(self, low: str) -> bool:
        """Whether a word may stand inside a group of verbs: auxiliaries, adverbs, pronouns."""
        return low in self._light or (len(low) > 4 and low.endswith(self._adverb_endings))

    @cached_property
    def _light(self) -> frozenset[str]:
        cues = ("negation", "modal_cues", "deny_cues", "cancel_cues")
        return self.any_word("auxiliaries", "adverbs", *cues)

    @cached_property
    def _adverb_endings(self) -> tuple[str, ...]:
        return tuple(self.words["adverb_endings"])

    @cached_property
    def small_modifiers(self) -> frozenset[str]:
        """Articles and adjectives that stand before a place's name."""
        return self.words["articles"] | (self.people["before_head"] - self.triggers.keys())

    @cached_property
    def pairs(self) -> list[list[str]]:
        """What stands before an office of two who have been told of: `the two`, `both`."""
        return [role_words(one) for one in self.people["pair_openers"]]

    @property
    def stays(self) -> frozenset[str]:
        """Prepositions of where somebody is."""
        return self.frames["be"].to if "be" in self.frames else frozenset()

    @cached_property
    def towns_and_sites(self) -> frozenset[str]:
        """Nouns of what has a name as a place: `city`, `province`, `airport`."""
        return self.places["neutral_heads"] | self.places["sites"]

    @cached_property
    def place_nouns(self) -> Mapping[str, tuple[tuple[str, ...], ...]]:
        """The words of nouns that `of` joins to a place's name, by their last, longest first."""
        nouns = self.places["neutral_heads"] - self.places["capital_of"]
        found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for noun in sorted(nouns | self.places["sites"] | self.places["directions"]):
            words = tuple(noun.split())
            found[words[-1]].append(words)
        return {last: tuple(sorted(some, key=len, reverse=True)) for last, some in found.items()}

    @cached_property
    def office_ends(self) -> frozenset[str]:
        """The last words of offices, behind which a name stands."""
        return frozenset(words[-1] for phrases in self.roles.values() for words, _ in phrases)

    @cached_property
    def site_words(self) -> frozenset[str]:
        """The words of nouns that say what place a name is of: `refugee camp`, `north`."""
        tables = ("sites", "neutral_heads", "directions")
        return frozenset(
            word for table in tables for phrase in self.places[table] for word in phrase.split()
        )

    def has(self, table: str, word: str) -> bool:
        """Whether a lower-case word is in one of the `[words]` lists."""
        return word in self.words.get(table, frozenset())


def languages(folder: Path | None = None) -> tuple[str, ...]:
    """The languages there is a pack for."""
    return _languages(folder or PACKS)


@lru_cache(maxsize=16)
def _languages(folder: Path) -> tuple[str, ...]:
    return tuple(sorted(path.parent.name for path in folder.glob("*/visits.toml")))


def load_pack(language: str, folder: Path | None = None) -> Pack:
    """The pack of a language; raises UsageError when there is none or it cannot be read."""
    return _load_pack(language, folder or PACKS)


@lru_cache(maxsize=16)
def _load_pack(language: str, folder: Path) -> Pack:
    path = folder / language / "visits.toml"
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        return _pack(table)
    except (OSError, tomllib.TOMLDecodeError, KeyError) as error:
        raise UsageError(
            f"there is no usable language pack for {language!r} ({error})",
            where=str(path),
            remedy=f"Use one of: {', '.join(languages(folder))}",
        ) from error


def _pack(table: dict[str, Any]) -> Pack:
    triggers = _triggers(table)
    people = {key: _words(value) for key, value in table["people"].items() if _is_words(value)}
    roles, pronouns = _roles(table["people"]), _pronouns(people)
    titles = {"honorifics_m", "honorifics_f", "honorifics"} & people.keys()
    return Pack(
        language=table["language"],
        elisions=_words(table["elisions"]),
        abbreviations=_words(table["abbreviations"]),
        triggers=triggers,
        frames={kind: _frame(kind, frame) for kind, frame in table["frames"].items()},
        words=Tables({key: _words(value) for key, value in table["words"].items()}),
        people=Tables(people),
        roles=roles,
        pronouns=pronouns,
        set_phrases=_set_phrases(table["words"].get("set_phrases", ()), triggers),
        actor_openers=frozenset(roles).union(pronouns, *(people[key] for key in titles)),
        small=_small(table["words"]),
        declares=_declares(table["places"].get("towns", ()), table["words"].get("of", ())),
        unaccented=_unaccented(table["words"].get("prepositions", ())),
        places=Tables(
            {key: _words(value) for key, value in table["places"].items() if _is_list(value)}
        ),
        wide_regions=_words(table["places"].get("wide_regions", ())),
        modifiers_first=table.get("modifiers_first", False),
        same_office=tuple(
            _words([*group, *map(_without_capital_accents, group)])
            for group in table["people"].get("same_office", ())
        ),
        office_country=dict(table.get("office_country", {})),
        complement_adjective=re.compile(table["people"].get("complement_adjective", "^$")),
        reflexives=_words(table.get("reflexives", ["se", "s'", "me", "m'", "nous"])),
        strong=_prefilter(triggers),
        attendance=_attendance(table["words"]),
        listing=_listing(table["words"]),
    )


def _set_phrases(
    phrases: Iterable[str], triggers: Mapping[str, tuple[Trigger, ...]]
) -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    """Phrases that tell of no visit, by the trigger's form in them: words, and where that is."""
    found: dict[str, list[tuple[tuple[str, ...], int]]] = defaultdict(list)
    for phrase in phrases:
        words = tuple(role_words(phrase))
        for at, word in enumerate(words):
            if word in triggers:
                found[word].append((words, at))
    return {word: tuple(all_) for word, all_ in found.items()}


def _unaccented(words: Iterable[str]) -> dict[str, str]:
    """Words that have accents, by how they are written without."""
    return {_plain(word): word for word in words if _plain(word) != word}


def _plain(word: str) -> str:
    """Without accents, as many write capitals."""
    return "".join(one for one in unicodedata.normalize("NFD", word) if one.isascii())


def _declares(nouns: Iterable[str], of: Iterable[str]) -> tuple[re.Pattern[str], ...]:
    """In lower case each town's noun, `of`, and one word: its name, if it has a capital.

    One search a noun, which begins with its letters: `re` finds these much faster than any of them.
    """
    behind = rf"\s+{any_of(of)}\s?([^\W\d_][\w’'-]{{2,}})"
    return tuple(re.compile(rf"{one}(?<!\w{one}){behind}") for one in map(re.escape, nouns))


def _small(words: Mapping[str, Iterable[str]]) -> frozenset[str]:
    """Articles, prepositions, conjunctions and auxiliaries: words that name nothing."""
    tables = ("articles", "prepositions", "conjunctions", "auxiliaries", "relatives")
    return frozenset().union(*(_words(words.get(table, ())) for table in tables))


def _is_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _words(values: Iterable[str]) -> frozenset[str]:
    return frozenset(value.lower().replace("’", "'") for value in values)


def _frame(kind: str, table: Mapping[str, Any]) -> Frame:
    return Frame(
        kind, _words(table.get("to", ())), _words(table.get("from", ())), table.get("object", "")
    )


def _triggers(table: Mapping[str, Any]) -> dict[str, tuple[Trigger, ...]]:
    found: dict[str, list[Trigger]] = defaultdict(list)
    for group in table["verbs"]:
        for form, tense in _forms(group["words"], table["paradigms"]):
            found[form].append(
                Trigger(
                    group["kind"],
                    tense,
                    group.get("reflexive", False),
                    _words(group.get("after", ())),
                )
            )
    for group in table["nouns"]:
        for word in _words(group["words"]):
            found[word].append(Trigger(group["kind"], after=_words(group.get("after", ()))))
    return {form: tuple(dict.fromkeys(triggers)) for form, triggers in found.items()}


def _forms(
    words: Iterable[str], paradigms: Mapping[str, Mapping[str, list[str]]]
) -> Iterator[tuple[str, str]]:
    for word in words:
        stem, _, paradigm = word.partition("+")
        for tense, endings in paradigms[paradigm].items():
            for ending in endings:
                yield (stem + ending).lower(), tense


def _roles(people: Mapping[str, Any]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """Role heads by their first word: the words of each, longest first, and its gender."""
    found: dict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
    genders = {"roles_m": "m", "roles_f": "f", "roles": "", "roles_p": "p", "collectives": "c"}
    for key, gender in genders.items():
        for phrase in people.get(key, ()):
            for spelled in {phrase, _without_capital_accents(phrase)}:
                words = tuple(role_words(spelled))
                found[words[0]].append((words, gender))
    return {
        first: tuple(sorted(set(phrases), key=lambda one: (-len(one[0]), one[1])))
        for first, phrases in found.items()
    }


def _without_capital_accents(phrase: str) -> str:
    """`chef de l'état` as many write it, `chef de l'Etat`: a capital that lost its accent."""
    return re.sub(r"\bé", "e", phrase)


def role_words(phrase: str) -> list[str]:
    """A phrase of a pack as the tokens it has in a text."""
    return re.findall(r"[^\W\d_]+'(?=\w)|[^\s']+", phrase.lower().replace("’", "'"))


def _pronouns(people: Mapping[str, frozenset[str]]) -> dict[str, tuple[Pronoun, ...]]:
    """The pronouns by their first word, in the order in which they are tried."""
    found: dict[str, list[Pronoun]] = defaultdict(list)
    for table, kind, gender in (
        ("pronouns_m", "pronoun", "m"),
        ("pronouns_f", "pronoun", "f"),
        ("pronouns_p", "pronoun", "p"),
        ("pronouns_1", "first", ""),
        ("pronouns_we", "first", "p"),
        ("relative", "relative", ""),
    ):
        for phrase in sorted(people.get(table, ()), key=len, reverse=True):
            words = tuple(phrase.split())
            found[words[0]].append(Pronoun(words, kind, gender))
    return {first: tuple(all_) for first, all_ in found.items()}


def _listing(words: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """A quick search for `countries are`, behind which a tour's stops may be listed."""
    heads, forms = words.get("stop_nouns_listed", ()), words.get("be_forms", ())
    if not heads or not forms:
        return re.compile("(?!)")
    return re.compile(rf"(?<!\w)(?i:{any_of(heads)}) (?:\w+ ){{0,5}}?(?:{any_of(forms)})(?!\w)")


def _attendance(words: Mapping[str, Iterable[str]]) -> re.Pattern[str]:
    """A quick search for the words that name a gathering's guests."""
    tables = ("present_cues", "absent_cues", "represented_cues", "sent_cues")
    cues = {word for table in (*tables, "stay_away") for word in words.get(table, ())}
    if not cues:
        return re.compile("(?!)")
    return re.compile(rf"{first_letters(cues)}(?<!\w){any_of(cues)}(?!\w)", re.I)


def _prefilter(triggers: Mapping[str, tuple[Trigger, ...]]) -> re.Pattern[str]:
    """A quick search in lower case for words of visits; forms of `to be` need a place behind."""
    strong = {form for form, all_ in triggers.items() if any(t.kind != "be" for t in all_)}
    return re.compile(rf"(?<!\w){any_of(form for form in strong if form[0].isalpha())}(?!\w)")


def any_of(words: Iterable[str]) -> str:
    """An expression for one of many words, the longest that stands there, letter by letter.

    `re` tries plain alternatives one after another: for some hundred words this is 25 times faster.
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return _branches(tree) or "(?!)"


def _branches(node: Mapping[str, Any]) -> str:
    parts = [re.escape(letter) + _branches(node[letter]) for letter in sorted(node) if letter]
    if not parts:
        return ""
    if len(parts) == 1 and "" not in node:
        return parts[0]  # a chain of letters needs no groups, which take long to compile
    return f"(?:{'|'.join(parts)}){'?' if '' in node else ''}"


def first_letters(words: Iterable[str]) -> str:
    """One of the letters that words begin with, asked first: `re` passes over the others faster."""
    letters = {letter for word in words for letter in (word[0], word[0].upper())}
    return f"(?=[{''.join(map(re.escape, sorted(letters)))}])"
