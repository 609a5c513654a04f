"""A sentence with everything found in it, and the visits that its words propose."""

from __future__ import annotations

from dataclasses import dataclass, field

from visitmap.extract.lazily import lazily
from visitmap.extract.pack import Pack, Trigger
from visitmap.extract.people import Actor, Scene, find_actors
from visitmap.extract.toponyms import PlaceArgument, before_name, find_places, own_names


@dataclass(frozen=True, slots=True)
class Word:
    """A trigger at its place in the sentence."""

    index: int
    trigger: Trigger
    passive: bool = False

    @property
    def kind(self) -> str:
        """The kind of its frame."""
        return self.trigger.kind


@dataclass
class Proposal:
    """A visit as one word of one sentence tells it, in phrases."""

    word: Word
    actors: tuple[Actor, ...] = ()
    destinations: list[PlaceArgument] = field(default_factory=list)
    origin: PlaceArgument | None = None
    hosts: tuple[Actor, ...] = ()
    possessive: str = ""
    there: str = ""
    shared: bool = False
    right: int = 0
    left: int = 0
    is_partner: bool = False
    undated: bool = False
    of_others: bool = False
    told_as: Proposal | None = None

    @property
    def is_aside(self) -> bool:
        """`came from Rome, where he met X`: on a day of its own, not on that of the sentence."""
        return self.word.kind == "seen" and self.left > 0


@dataclass
class Reading:
    """A sentence with everything found in it.

    People and places are looked for when first asked after: most sentences tell of no visit. Those
    that end before the offset `body` are a dateline's and none of the sentence's. `lows` are its
    words in lower case.
    """

    scene: Scene
    dates: dict[int, int]
    lows: frozenset[str]
    body: int = 0
    words: list[Word] = field(default_factory=list)
    subjects: dict[int, tuple[Actor, ...]] = field(default_factory=dict)
    possessives: dict[int, str] = field(default_factory=dict)
    proposed: list[Proposal] | None = None

    @lazily
    def actors(self) -> list[Actor]:
        """The phrases for people, in order."""
        tokens = self.scene.tokens
        return [one for one in find_actors(self.scene) if tokens[one.last - 1].end > self.body]

    @lazily
    def actor_at(self) -> dict[int, Actor]:
        """The phrases for people by token."""
        return {n: a for a in self.actors for n in range(a.first, a.last)}

    @lazily
    def phrases(self) -> list[tuple[tuple[int, str, str], int]]:
        """Of every known name: what stands before it (see `before_name`), and where it ends."""
        return [(before_name(self.scene, first, self.pack), last) for first, last in self.names]

    @lazily
    def names(self) -> list[tuple[int, int]]:
        """The tokens of the known names of places, half-open; people may have some of them."""
        return own_names(self.scene, self.pack)

    @lazily
    def places(self) -> list[PlaceArgument]:
        """The places, in order."""
        tokens = self.scene.tokens
        found = find_places(self.scene, self.names, self.actors, self.pack)
        return [one for one in found if tokens[one.last - 1].end > self.body]

    @lazily
    def place_at(self) -> dict[int, PlaceArgument]:
        """The places by token."""
        return {n: p for p in self.places for n in range(p.first, p.last)}

    @lazily
    def pack(self) -> Pack:
        """The language's words."""
        return self.scene.pack
