"""A language's way of naming dates: `packs/<language>/dates.toml` compiled to regular expressions.

Texts are matched folded: lower case, no accents, plain apostrophes, each character for one, so that
offsets stay those of the text. The file's form is explained in `docs/dates.md`.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from visitmap.extract.pack import any_of
from visitmap.extract.tokens import lower_case

PACKS = Path(__file__).parent / "packs"

Words = Mapping[str, Mapping[str, Any]]
_PLACEHOLDER = re.compile(r"\{([a-z_][a-z_0-9]*)(?:=([a-z_]+))?\}")
_SETS_AND_SPACES = re.compile(r"\[[^\]]*\]|\\?[ ]|\\.")
_SPACE = r"(?:[ \t\r\n]{1,3})"


@dataclass(frozen=True)
class Rule:
    """One way of naming a date: the reader's name, its options, and the expression with fields."""

    read: str
    expression: str
    options: Mapping[str, Any]
    tables: Mapping[str, tuple[Mapping[str, Any], ...]]

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The expression compiled, when first needed: most rules never are."""
        return re.compile(rf"(?<!\w)(?:{self.expression})(?!\w)")

    def fields(self, match: re.Match[str]) -> dict[str, Any]:
        """The fields that took part, as values: numbers for digits, else what the table says."""
        return {
            name.rstrip("_"): self._value(name, text)
            for name, text in match.groupdict().items()
            if text is not None
        }

    def _value(self, name: str, text: str) -> Any:
        plain = " ".join(text.split())
        for table in self.tables[name]:
            if plain in table:
                return table[plain]
        digits = re.search(r"\d+", text)
        return int(digits[0]) if digits else plain


@dataclass(frozen=True, slots=True)
class DatePack:
    """What one language's file holds, compiled.

    `hint` finds the words and shapes that rules stand near to; `scans` find, for each such class,
    the dates around it, the match's `lastgroup` naming the rule; `before` are the words that bound
    a date, matched up to its start.
    """

    rules: tuple[Rule, ...]
    hint: re.Pattern[str]
    hint_words: Mapping[str, tuple[str, ...]]
    scans: Mapping[str, re.Pattern[str]]
    before: tuple[tuple[str, re.Pattern[str]], ...]
    future: re.Pattern[str]
    past: re.Pattern[str]

    def classes(self, hint: re.Match[str]) -> tuple[str, ...]:
        """The classes a hint belongs to."""
        if hint.lastgroup:
            return (hint.lastgroup,)
        return self.hint_words[" ".join(hint[0].split())]

    def is_month(self, word: str) -> bool:
        """Whether a word, or its short form with a point, names a month."""
        return any(name.startswith("month") for name in self.hint_words.get(fold(word), ()))

    def rule(self, match: re.Match[str]) -> tuple[int, Rule]:
        """The rule that a scan's match is of, with its rank."""
        rank = int((match.lastgroup or "r0")[1:])
        return rank, self.rules[rank]


def languages() -> tuple[str, ...]:
    """The languages that have a file of dates."""
    return tuple(sorted(path.parent.name for path in PACKS.glob("*/dates.toml")))


def date_pack(language: str) -> DatePack:
    """The pack of a language; raises ValueError when there is none."""
    return _date_pack(language, PACKS)


@lru_cache(maxsize=8)
def _date_pack(language: str, folder: Path) -> DatePack:
    if language not in languages():
        raise ValueError(f"no dates.toml for the language {language!r}")
    return compile_pack((folder / language / "dates.toml").read_text("utf-8"))


def compile_pack(toml: str) -> DatePack:
    """Compile the text of a `dates.toml`; raises ValueError naming the rule that is wrong."""
    data = tomllib.loads(toml)
    words = {name: _folded_keys(table) for name, table in data["words"].items()}
    patterns = _Patterns(words, data.get("shapes", {}), data.get("fragments", {}))
    rules = tuple(_rule(entry, patterns) for entry in data["rule"])
    near: dict[str, list[str]] = {}
    for rank, entry in enumerate(data["rule"]):
        for name in entry["near"]:
            near.setdefault(name, []).append(
                f"(?P<r{rank}>{patterns.without_fields(entry['pattern'])})"
            )
    hint, hint_words = patterns.hints(near)
    tense = {key: re.compile(text) for key, text in data["tense"].items()}
    return DatePack(
        rules=rules,
        hint=hint,
        hint_words=hint_words,
        scans={name: _scan(name, some) for name, some in near.items()},
        before=_before(data["before"], patterns),
        future=tense["future"],
        past=tense["past"],
    )


def fold(text: str) -> str:
    """Lower case without accents and with plain apostrophes and spaces, of the same length."""
    if text.isascii():
        return text.lower()
    return lower_case(text).translate(_FOLDS)


class _Folds(dict[int, str]):
    """Each character's plain form, worked out when first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        plain = unicodedata.normalize("NFD", character)[0] if code > 0x7F else character
        self[code] = plain
        return plain


_FOLDS = _Folds({ord("’"): "'", ord("‘"): "'", ord("ʼ"): "'", 0xA0: " ", 0x202F: " ", 0x2009: " "})


class _Patterns:
    """Templates to regular expressions: spaces, fragments and `{field=class}` filled in."""

    def __init__(
        self, words: Words, shapes: Mapping[str, str], fragments: Mapping[str, str]
    ) -> None:
        self._classes = {name: _alternatives(table) for name, table in words.items()}
        self._tables: dict[str, tuple[Mapping[str, Any], ...]] = {
            name: (table,) for name, table in words.items()
        }
        self._fragments = fragments
        # Classes that are words and nothing else, so that a word found tells its classes.
        self._plain = set(words)
        for name, shape in shapes.items():
            parts = [match[2] or match[1] for match in _PLACEHOLDER.finditer(shape)]
            self._tables[name] = tuple(table for part in parts for table in self._tables[part])
            self._classes[name] = self.without_fields(shape)
            if not _PLACEHOLDER.sub("", shape).strip("|"):
                self._plain.add(name)

    def with_fields(self, template: str) -> tuple[str, dict[str, tuple[Mapping[str, Any], ...]]]:
        """The expression whose named groups are the fields, and the tables to look them up in."""
        tables: dict[str, tuple[Mapping[str, Any], ...]] = {}

        def group(name: str, class_name: str) -> str:
            # A field may stand in several branches; groups may not share a name.
            while name in tables:
                name += "_"
            tables[name] = self._tables[class_name]
            return f"(?P<{name}>{self._classes[class_name]})"

        return self._expand(template, group), tables

    def without_fields(self, template: str) -> str:
        """The same expression with no group of its own, to stand among others."""
        return self._expand(template, lambda _, class_name: f"(?:{self._classes[class_name]})")

    def hints(self, names: Iterable[str]) -> tuple[re.Pattern[str], dict[str, tuple[str, ...]]]:
        """Where a word or shape of these classes stands, and the classes of each word."""
        words: dict[str, tuple[str, ...]] = {}
        shapes = []
        for name in names:
            if name not in self._plain:
                shapes.append(f"(?P<{name}>{self._classes[name]})")
                continue
            for word in (word for table in self._tables[name] for word in table):
                words[word] = (*words.get(word, ()), name)
        every = _spaced(_alternatives(words))
        either = "|".join([rf"(?:{every})(?!\w)", *shapes])
        return re.compile(rf"(?<!\w)(?:{either})"), words

    def _expand(self, template: str, group: Callable[[str, str], str]) -> str:
        def fill(match: re.Match[str]) -> str:
            name, class_name = match[1], match[2] or match[1]
            if class_name in self._classes:
                return group(name, class_name)
            return _PLACEHOLDER.sub(fill, _plain(self._fragments[class_name]))

        try:
            return _spaced(_PLACEHOLDER.sub(fill, _plain(template)))
        except KeyError as error:
            raise ValueError(f"unknown class {error} in the pattern {template!r}") from None


def _rule(entry: dict[str, Any], patterns: _Patterns) -> Rule:
    expression, tables = patterns.with_fields(entry["pattern"])
    options = {key: value for key, value in entry.items() if key not in ("read", "pattern")}
    return Rule(entry["read"], expression, options, tables)


def _scan(name: str, expressions: list[str]) -> re.Pattern[str]:
    try:
        return re.compile(rf"(?<!\w)(?:{'|'.join(expressions)})(?!\w)")
    except re.error as error:
        raise ValueError(f"a pattern near {name!r} is wrong: {error}") from None


def _before(
    table: Mapping[str, list[str]], patterns: _Patterns
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (name, re.compile(rf"(?<!\w)(?:{'|'.join(map(patterns.without_fields, some))})\s*$"))
        for name, some in table.items()
    )


def _folded_keys(table: Mapping[str, Any]) -> dict[str, Any]:
    return {fold(word): value for word, value in table.items()}


def _alternatives(table: Mapping[str, Any]) -> str:
    return any_of(table)


def _plain(template: str) -> str:
    """A template without accents and with plain apostrophes; case is kept, for `\\S` and `\\W`."""
    return template.translate(_FOLDS)


def _spaced(expression: str) -> str:
    """A space stands for any white space, except inside a set of characters."""
    return _SETS_AND_SPACES.sub(
        lambda match: match[0] if match[0].strip(" \\") else _SPACE, expression
    )
