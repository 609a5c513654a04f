"""Who is meant: names, offices and pronouns of one document resolved to its people.

Phrases come in the order of the text. A name is known again by its surname, in any romanisation; an
office by its head and its country; a pronoun by gender and nearness, subjects first.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import takewhile

from visitmap.extract.people import Actor
from visitmap.model import Span, Traveller, name_keys, same_name

# Where the surname is told first.
_SURNAME_FIRST = frozenset({"CN", "HK", "KH", "KP", "KR", "SG", "TW", "VN"})
# A pronoun does not reach further back than this many sentences, an office not as far either.
_PRONOUN_REACH = 4
_OFFICE_REACH = 2


@dataclass(eq=False)
class Person:
    """Someone of the document: the fullest name, the first office told, where last spoken of."""

    name: str = ""
    role: str = ""
    country: str = ""
    gender: str = ""
    is_group: bool = False
    heads: set[str] = field(default_factory=set)
    aliases: set[str] = field(default_factory=set)
    sentence: int = -1
    was_subject: int = -1
    order: int = 0
    members: tuple[Person, ...] = ()
    number: int = -1

    @property
    def traveller(self) -> Traveller:
        """As the model has it: a person without a name goes by the office."""
        name, role = " ".join(self.name.split()), " ".join(self.role.split())
        return Traveller(name or role, role, self.country)


class Discourse:
    """The people of one document, in the order they are met."""

    def __init__(self, offices: tuple[frozenset[str], ...] = ()) -> None:
        self.offices = offices
        self.counterparts: frozenset[str] = frozenset()
        self.general: frozenset[str] = frozenset()
        self.tellers: frozenset[str] = frozenset()
        self.people: list[Person] = []
        # In a long text they are many: by a word of their names, by office, latest spoken of last.
        self._by_word: dict[str, dict[int, Person]] = defaultdict(dict)
        self._by_head: dict[str, dict[int, Person]] = defaultdict(dict)
        self._touched: dict[int, Person] = {}
        self._clock = 0
        self.speaker: Person | None = None
        self.party: tuple[Person, ...] = ()
        self._party_told = -1
        self.last_subjects: list[Person] = []
        self.interview = False

    def meet(self, actor: Actor, sentence: int, text: str) -> Person | None:
        """The person that a phrase stands for, new or known; None for a pronoun nobody fits."""
        if actor.kind == "pronoun":
            return self._pronoun(actor, sentence)
        if actor.kind == "first":
            return self.speaker or self._pronoun(actor._replace(gender=""), sentence)
        if actor.kind == "relative":
            return None
        if actor.kind == "group" and (
            (actor.definite and "couple" in actor.head.split()) or actor.is_pair
        ):
            pair = self._pair_told(sentence) if actor.is_pair else self._pair(sentence)
            if pair is not None:
                return pair
        person = self._known(actor, sentence) or self._new(actor)
        self._tell(person, actor)
        if self.interview and self.speaker is None and person.name:
            self.speaker = person
        self._touch(person, sentence)
        return person

    def _touch(self, person: Person, sentence: int) -> None:
        self._clock += 1
        person.sentence, person.order = sentence, self._clock
        if person.number >= 0:
            self._touched.pop(person.number, None)
            self._touched[person.number] = person

    def _near(self, sentence: int, reach: int) -> list[Person]:
        """Who was spoken of in a sentence or in so many before it."""
        latest = reversed(self._touched.values())
        near = takewhile(lambda one: sentence - one.sentence <= reach, latest)
        return [one for one in near if one.sentence <= sentence]

    def subject(self, people: list[Person], sentence: int) -> None:
        """Note who a sentence is about; pronouns go there first."""
        for person in people:
            person.was_subject = sentence
            self._touch(person, sentence)
        if people:
            self.last_subjects = people

    def travel(self, people: tuple[Person, ...], sentence: int) -> None:
        """Note who travelled together: whom a later `they` means."""
        if len(people) > 1:
            self.party, self._party_told = people, sentence

    def _known(self, actor: Actor, sentence: int) -> Person | None:
        if actor.each:
            return None  # "the ministers of Kenya and Uganda": nobody told of before
        if actor.is_named:
            named = self._by_name(actor, sentence)
            return named or self._cataphora(actor)
        return self._by_role(actor, sentence)

    def _by_name(self, actor: Actor, sentence: int) -> Person | None:
        # Two names of one person share a word.
        words = (self._by_word.get(word, {}) for word in name_keys(actor.name))
        known = {number: person for some in words for number, person in some.items()}
        for person in reversed(_in_order(known)):
            if not _bears(person, actor.name) or _stand_apart(person, actor, sentence):
                continue
            if person.gender and actor.gender and person.gender != actor.gender:
                continue
            return person
        return None

    def _cataphora(self, actor: Actor) -> Person | None:
        """A title line spoke of the office only; now the name comes with the same office."""
        if not (actor.role and actor.head and actor.country):
            return None
        anyone = actor.head in self.counterparts
        held = self.people if anyone else _in_order(self._by_head.get(actor.head, {}))
        for person in reversed(held):
            unnamed = not person.name and not person.is_group and person.role
            if unnamed and person.country == actor.country:
                return person
        return None

    def _by_role(self, actor: Actor, sentence: int) -> Person | None:
        if not (actor.definite or actor.kind == "role") or actor.possessive:
            return None
        fitting = [
            person
            for person in self._in_office(actor.head)
            if (not actor.country or not person.country or actor.country == person.country)
            and (not actor.gender or not person.gender or actor.gender == person.gender)
            and (actor.country or actor.definite or person.role == actor.role)
            and (actor.kind == "group") == person.is_group
            # Two offices of one sentence, one of them of a country, are two people's.
            and not (actor.country and not person.country and person.sentence == sentence)
        ]
        if not fitting:
            return self._without_office(actor, sentence) or self._of_country(actor, sentence)
        # An office in passing ("joined by the minister of transport") is not who the text is about.
        return max(
            fitting,
            key=lambda one: (one.was_subject == sentence, one.was_subject >= 0, one.order),
            default=None,
        )

    def _of_country(self, actor: Actor, sentence: int) -> Person | None:
        """`le diplomate russe`: a general word, for the one person of that country just told of."""
        if (
            not (actor.definite and actor.country and actor.head in self.general)
            or actor.indefinite
        ):
            return None
        near = [
            person
            for person in self.people
            if person.country == actor.country and person.name and not person.is_group
            if 0 < sentence - person.sentence <= _OFFICE_REACH
        ]
        return near[0] if len(near) == 1 else None

    def _without_office(self, actor: Actor, sentence: int) -> Person | None:
        """`Anna Holm ne viendra pas. La présidente danoise …`: a headline leaves the office out.

        Only for the one person just spoken of as a subject who has a name and no office yet.
        """
        if not actor.definite or actor.kind != "role" or actor.weak or actor.preposition:
            return None
        near = [p for p in self._near(sentence - 1, _OFFICE_REACH - 1) if p.name]
        alone = [p for p in near if p.was_subject >= 0]
        if len(near) != 1 or not alone or alone[0].role or alone[0].is_group:
            return None
        person = alone[0]
        if person.country and actor.country and person.country != actor.country:
            return None
        if person.gender and actor.gender and person.gender != actor.gender:
            return None
        return person

    def _in_office(self, head: str) -> list[Person]:
        """Who holds an office: `the pontiff` is a pope, `le chef du gouvernement` a chancellor."""
        heads = {head}.union(*(group for group in self.offices if head in group))
        holders = (self._by_head.get(one, {}) for one in heads)
        known = {number: person for some in holders for number, person in some.items()}
        return _in_order(known)

    def _new(self, actor: Actor) -> Person:
        members = tuple(self._member(actor, role, code) for role, code in actor.each)
        number = len(self.people)
        person = Person(is_group=actor.kind == "group", members=members, number=number)
        self.people.append(person)
        return person

    def _member(self, actor: Actor, role: str, country: str) -> Person:
        """One of those a plural stands for: the only one told of with that office and country."""
        head = actor.head.removesuffix("s")
        known = [
            one
            for one in self.people
            if one.country == country and one.name and not one.is_group and head in one.heads
        ]
        return known[0] if len(known) == 1 else Person(role=role, country=country)

    def _tell(self, person: Person, actor: Actor) -> None:
        if len(actor.name.split()) > len(person.name.split()):
            person.name = actor.name
        if actor.role and (
            not person.role
            or (
                (len(actor.role) > len(person.role) and not person.country)
                and actor.head in person.heads
            )
        ):
            person.role = actor.role
        person.country = person.country or actor.country
        person.gender = person.gender or actor.gender
        if actor.alias:
            person.aliases.add(actor.alias)
        if actor.head:
            person.heads |= {actor.head, actor.head.split()[0]}
        self._index(person)

    def _index(self, person: Person) -> None:
        for name in (person.name, *person.aliases):
            for word in name_keys(name):
                self._by_word[word][person.number] = person
        for head in person.heads:
            self._by_head[head][person.number] = person

    def _pronoun(self, actor: Actor, sentence: int) -> Person | None:
        near = self._near(sentence, _PRONOUN_REACH)
        fitting = [person for person in near if _agrees(person, actor.gender)]
        if actor.gender == "p" and self._is_party(fitting, sentence):
            return Person(is_group=True, gender="p", members=self.party)
        if actor.gender == "p" and not fitting:
            return self._pair(sentence)
        return max(
            fitting,
            key=lambda one: (
                not one.heads or not one.heads <= self.tellers,
                one.was_subject,
                one.order if one.was_subject < 0 else 0,
                one.order,
            ),
            default=None,
        )

    def _is_party(self, groups: list[Person], sentence: int) -> bool:
        """Whether those who travelled together are nearer than any group."""
        told = self._party_told
        near = bool(self.party) and 0 <= sentence - told <= _PRONOUN_REACH
        return near and all(one.sentence <= told for one in groups)

    def _pair(self, sentence: int) -> Person | None:
        """The two people spoken of last, for `ils`, `the couple`, `les deux hommes`."""
        near = [p for p in self._near(sentence, _PRONOUN_REACH) if p.name]
        pair = sorted(near, key=lambda one: one.order)[-2:]
        if len(pair) < 2:
            return None
        return Person(is_group=True, gender="p", members=tuple(pair))

    def _pair_told(self, sentence: int) -> Person | None:
        """`les deux présidents`: those who came together, or the only two told of."""
        near = 0 <= sentence - self._party_told <= _OFFICE_REACH
        if near and len(self.party) == 2:
            return Person(is_group=True, gender="p", members=self.party)
        named = [p for p in self._near(sentence, _OFFICE_REACH) if p.name and not p.is_group]
        return self._pair(sentence) if len(named) == 2 else None

    def recent(self, sentence: int, several: bool = False) -> Person | None:
        """Whom a possessive or an unspoken subject points to."""
        return self._pronoun(Actor(0, 0, "pronoun", gender="p" if several else ""), sentence)


def _in_order(known: dict[int, Person]) -> list[Person]:
    """People by their numbers, as they were met."""
    return [known[number] for number in sorted(known)]


def _bears(person: Person, name: str) -> bool:
    """Whether a person goes by a name, or by another that the text gave."""
    if any(one and same_name(one, name) for one in (person.name, *person.aliases)):
        return True
    # "Sheikh Tamim bin Hamad al-Thani", then "Sheikh Tamim".
    full = person.name.split()
    if len(full) > 1 and person.country in _SURNAME_FIRST and full[0] == name:
        return True  # "Li Keqiang", then "M. Li"
    return " " not in name and len(full) > 2 and len(name) > 3 and full[0] == name


def _stand_apart(person: Person, actor: Actor, sentence: int) -> bool:
    """`President Joko Widodo and First Lady Iriana Joko Widodo`: one sentence, two offices."""
    told = person.sentence == sentence and actor.role and person.role
    return bool(told and actor.name != person.name and actor.head not in person.heads)


def _agrees(person: Person, gender: str) -> bool:
    if gender == "p":
        return person.gender == "p" or person.is_group
    if person.is_group or person.gender == "p":
        return not gender
    return not gender or not person.gender or person.gender == gender


def span_of(text: str, start: int, end: int) -> Span:
    """A stretch of the text as a `Span`."""
    return Span(start, end, text[start:end])


__all__ = ["Discourse", "Person", "name_keys", "span_of"]
