"""Columns unpack to what was packed, by a reader written from docs/map-format.md."""

import base64
import gzip
import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from visitmap.webmap.columns import (
    number_objects,
    pack_bytes,
    pack_integers,
    pack_json,
    pack_texts,
)


def unpack_bytes(packed):
    return gzip.decompress(base64.b64decode(packed))


def unpack_integers(column):
    """As js/data.js reads a column."""
    count, width, base = column["n"], column["w"], column.get("base", 0)
    if width == 0:
        assert not column.get("delta"), "a constant needs no differences"
        return [base] * count
    planes = np.frombuffer(unpack_bytes(column["z"]), np.uint8).reshape(width, count)
    values = sum(planes[k].astype(np.int64) << (8 * k) for k in range(width)) + base
    return (np.cumsum(values) if column.get("delta") else values).tolist()


def unpack_texts(packed):
    """As js/data.js reads texts."""
    if packed["mode"] == "list":
        distinct = json.loads(unpack_bytes(packed["z"]))
    else:
        distinct = list(words_of(packed))
    rows = unpack_integers(packed["index"]) if "index" in packed else range(packed["n"])
    return [distinct[row] for row in rows]


def words_of(packed):
    stream, words = unpack_bytes(packed["z"]), json.loads(unpack_bytes(packed["words"]))
    at, text = 0, []
    while at < len(stream):
        first = stream[at]
        if first < 192:
            number, size = first, 1
        elif first < 255:
            number, size = 192 + (first - 192) * 256 + stream[at + 1], 2
        else:
            number, size = int.from_bytes(stream[at + 1 : at + 4], "little"), 4
        at += size
        if number:
            text.append(words[number - 1])
        else:
            yield " ".join(text)
            text = []


@given(st.lists(st.integers(-(2**31), 2**31 - 1)))
def test_integers_survive(numbers):
    assert unpack_integers(pack_integers(numbers)) == numbers


@given(st.integers(-800_000, 3_000_000), st.lists(st.integers(0, 90), min_size=3))
def test_rising_days_survive(first, steps):
    days = (first + np.cumsum(steps)).tolist()
    assert unpack_integers(pack_integers(days)) == days


def test_a_rising_column_needs_one_byte_a_step():
    """Days in order cost a byte, though they need three."""
    column = pack_integers(list(range(0, 700_000, 7)))
    assert column["w"] <= 1


def test_constants_cost_nothing():
    assert pack_integers([7] * 1000) == {"n": 1000, "w": 0, "base": 7}


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]))))
def test_texts_survive(texts):
    assert unpack_texts(pack_texts(texts)) == texts


@pytest.mark.parametrize("words", [3, 400, 20_000])
def test_many_texts_become_a_stream_of_words(words):
    """One, two and four bytes a word; empty texts and double spaces come back as they were."""
    rng = np.random.default_rng(1)
    vocabulary = [f"w{k}" for k in range(words)]
    drawn = rng.integers(0, words, (6000, 16))
    texts = [" ".join(vocabulary[k] for k in row) for row in drawn]
    texts += ["", " ", "a  b", "end ", *vocabulary]
    packed = pack_texts(texts)
    assert packed["mode"] == "words"
    assert unpack_texts(packed) == texts


def test_a_text_with_the_closing_word_is_kept_as_it_is():
    """A NUL in a text must not close it."""
    texts = [f"{k} \0 x" * 10 for k in range(5000)]
    assert unpack_texts(pack_texts(texts)) == texts


def test_lone_surrogates_do_not_break_the_page():
    assert unpack_bytes(pack_json(["a\ud800b"])) == b'["a?b"]'


@given(st.binary(max_size=200))
def test_bytes_survive_and_pack_alike_each_time(raw):
    assert unpack_bytes(pack_bytes(raw)) == raw
    assert pack_bytes(raw) == pack_bytes(raw)


def test_large_columns_choose_the_smaller_packing():
    """Random bytes do not pay for a search for repeats; repeated ones do."""
    noise = np.random.default_rng(0).integers(0, 200, 200_000).astype(np.uint8).tobytes()
    pattern = bytes(range(256)) * 800
    assert unpack_bytes(pack_bytes(noise)) == noise
    assert len(pack_bytes(pattern)) < 5000


def test_equal_objects_get_one_number():
    """Two equal values that are different objects count as one."""
    first, again = ("a", 1), ("a", *[1])
    distinct, rows = number_objects([first, None, again, first])
    assert distinct == [("a", 1), None]
    assert rows.tolist() == [0, 1, 0, 0]
