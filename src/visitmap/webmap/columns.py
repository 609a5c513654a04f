"""Columns of numbers and texts as base64 of gzip of bytes: what js/data.js unpacks.

Numbers lose their minimum (and, where they rise, become differences), then lie as byte planes: all
lowest bytes first, so that gzip sees like beside like. Texts are kept once each, either as a JSON
list or, when there are many, as a stream of word numbers. docs/map-format.md tells the layout.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections import defaultdict
from collections.abc import Sequence
from itertools import count
from typing import Any

import numpy as np

_GZIP_LEVEL = 3  # on streams of words smaller than 6, and three times quicker
_GZIP_WINDOW = 16 + zlib.MAX_WBITS  # 16 asks zlib for gzip's header, with no time in it
_SAMPLE = 1 << 14
# Closes a text while the words of many are split at once; texts that hold it are kept as a list.
_CLOSE = "\0"
# Below this many bytes a list of texts packs as well as a stream of words, and is simpler to read.
_WORDS_FROM = 200_000
_ONE_BYTE, _TWO_BYTES = 192, 192 + 63 * 256

Packed = dict[str, Any]


def pack_bytes(raw: bytes) -> str:
    """Base64 of gzip, the same on every run.

    Columns without repetition (numbers drawn at random, word streams) pack smaller, and four times
    quicker, with no search for repeats; a sample from the middle decides.
    """
    strategy = zlib.Z_DEFAULT_STRATEGY
    if len(raw) > 2 * _SAMPLE:
        middle = raw[len(raw) // 2 :][:_SAMPLE]
        alone = len(_deflated(middle, zlib.Z_HUFFMAN_ONLY))
        if alone < len(_deflated(middle, zlib.Z_DEFAULT_STRATEGY)):
            strategy = zlib.Z_HUFFMAN_ONLY
    return base64.b64encode(_deflated(raw, strategy)).decode("ascii")


def _deflated(raw: bytes, strategy: int) -> bytes:
    maker = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, _GZIP_WINDOW, 9, strategy)
    return maker.compress(raw) + maker.flush()


def number_equal(values: Sequence[Any]) -> tuple[list[Any], np.ndarray]:
    """The distinct values in order of first sight, and each row's position among them."""
    size = len(values)
    # Many columns of many tables hold one value.
    if size and values[0] == values[-1] and values.count(values[0]) == size:
        return [values[0]], np.zeros(size, np.int64)
    position: dict[Any, int] = defaultdict(count().__next__)
    rows = np.fromiter(map(position.__getitem__, values), np.int64, size)
    return list(position), rows


def number_objects(values: Sequence[Any]) -> tuple[list[Any], np.ndarray]:
    """As `number_equal`, for values dear to hash: one that stands in many rows is hashed once."""
    marks = list(map(id, values))
    known = dict(zip(marks, values, strict=True))
    seen, rows = number_equal(marks)
    distinct, positions = number_equal([known[mark] for mark in seen])
    return distinct, positions[rows]


def pack_json(value: Any) -> str:
    """Base64 of gzip of compact JSON; lone surrogates become question marks."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return pack_bytes(text.encode("utf-8", "replace"))


def pack_integers(values: Sequence[int] | np.ndarray) -> Packed:
    """A column of integers of at most 32 bits; as differences where those are narrower."""
    numbers = np.asarray(values, dtype=np.int64)
    base, width = _range_of(numbers)
    packed: Packed = {"n": len(numbers)}
    if width > 0:
        steps = np.diff(numbers, prepend=0)
        step_base, step_width = _range_of(steps)
        step_width = max(step_width, 1)  # a width of 0 is read as a constant, without differences
        if step_width < width:
            numbers, base, width = steps, step_base, step_width
            packed["delta"] = True
    packed["w"] = width
    if base:
        packed["base"] = base
    if width:
        packed["z"] = pack_bytes(_planes(numbers - base, width))
    return packed


def _range_of(numbers: np.ndarray) -> tuple[int, int]:
    """What to take away from all numbers (0 where that saves no byte), and the bytes they need."""
    low, high = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, 0)
    narrowest = _bytes_for(high - low)
    if low >= 0 and _bytes_for(high) == narrowest and high > low:
        return 0, narrowest
    return low, narrowest


def _bytes_for(number: int) -> int:
    return (number.bit_length() + 7) // 8


def _planes(numbers: np.ndarray, width: int) -> bytes:
    as_bytes = numbers.astype("<u4").view(np.uint8).reshape(-1, 4)
    return np.ascontiguousarray(as_bytes[:, :width].T).tobytes()


def pack_texts(texts: Sequence[str]) -> Packed:
    """A column of texts, one a row; equal texts are stored once."""
    rows = len(texts)
    distinct, index = number_equal(texts)
    packed = _pack_words(distinct) if _is_long(distinct) else _pack_list(distinct)
    packed["n"] = rows
    if len(distinct) < rows:
        packed["index"] = pack_integers(index)
    return packed


def _is_long(texts: Sequence[str]) -> bool:
    return sum(map(len, texts)) >= _WORDS_FROM and _CLOSE not in "".join(texts)


def _pack_list(texts: Sequence[str]) -> Packed:
    return {"mode": "list", "z": pack_json(texts)}


def _pack_words(texts: Sequence[str]) -> Packed:
    """Word numbers, the most frequent word 1; 0 closes a text (an empty text is one empty word)."""
    words = f" {_CLOSE} ".join(texts).split(" ")
    words.append(_CLOSE)
    distinct, rows = number_equal(words)
    tally = np.bincount(rows)
    tally[distinct.index(_CLOSE)] = len(words) + 1  # so that it comes first and gets 0
    by_name = np.array(sorted(range(len(distinct)), key=distinct.__getitem__))
    order = by_name[np.argsort(-tally[by_name], kind="stable")]
    number = np.empty(len(distinct), np.int64)
    number[order] = np.arange(len(distinct))
    stream, vocabulary = number[rows], [distinct[at] for at in order[1:]]
    return {"mode": "words", "z": pack_bytes(_varied(stream)), "words": pack_json(vocabulary)}


def _varied(numbers: np.ndarray) -> bytes:
    """One byte below 192, two below 16,320 (the first 192 to 254), otherwise 255 and three."""
    sizes = np.where(numbers < _ONE_BYTE, 1, np.where(numbers < _TWO_BYTES, 2, 4))
    at = np.cumsum(sizes) - sizes
    out = np.zeros(int(sizes.sum()), np.uint8)
    one, two, four = sizes == 1, sizes == 2, sizes == 4
    out[at[one]] = numbers[one]
    rest = numbers[two] - _ONE_BYTE
    out[at[two]], out[at[two] + 1] = _ONE_BYTE + rest // 256, rest % 256
    out[at[four]] = 255
    for byte in range(3):
        out[at[four] + 1 + byte] = numbers[four] >> (8 * byte) & 255
    return out.tobytes()
