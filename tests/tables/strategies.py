"""Random visits for property tests: everything that the words of the model allow."""

from hypothesis import strategies as st

from visitmap.model import Evidence, Place, Source, Span, Traveller, Visit
from visitmap.timespan import Timespan

# Not surrogates (no file holds them), not control characters that XML cannot hold.
TEXT = st.text(st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co")), max_size=12)
NASTY = st.sampled_from(
    [
        "=1+1",
        "'=1",
        "-5",
        "+33",
        "@x",
        "a;b",
        "a\\;b",
        "\\",
        "; ",
        " x ",
        'é"q',
        "a,b",
        "l\nm",
        "''",
    ]
)
WORDS = TEXT | NASTY
NAMES = WORDS.filter(bool)
COUNTRIES = st.sampled_from(["", "FR", "IR", "AZ"])
EDTF = st.sampled_from(
    ["", "2018", "2018-03", "2018-03-28", "2018-03-28/..", "2019-01~", "XXXX-02", "201X", "2018-21"]
)


def degrees(most: int) -> st.SearchStrategy[float]:
    """Degrees to a tenth of a millimetre: a spreadsheet keeps 15 digits, not a float's 17."""
    return st.floats(-most, most).map(lambda value: round(value, 9) + 0.0)


@st.composite
def places(draw: st.DrawFn) -> Place:
    """A place, resolved or not."""
    point = draw(st.none() | st.tuples(degrees(90), degrees(180)))
    latitude, longitude = point or (None, None)
    kind = draw(st.sampled_from(["city", "site", "region", "country"]))
    more = (draw(WORDS), draw(st.integers(0, 9)), draw(st.sampled_from([0.0, 2.5])))
    return Place(draw(WORDS), draw(WORDS), latitude, longitude, draw(COUNTRIES), kind, *more)


def evidence() -> st.SearchStrategy[Evidence]:
    """A quote, with or without the words of its fields."""
    spans = st.builds(Span, st.integers(0, 9), st.integers(0, 9), WORDS)
    fields = st.lists(st.tuples(WORDS, spans), max_size=2).map(tuple)
    return st.builds(Evidence, WORDS, st.integers(0, 99), st.integers(0, 99), WORDS, fields)


def sources() -> st.SearchStrategy[Source]:
    """A source, of an article or a table."""
    kinds = st.sampled_from(["article", "table"])
    basis = st.sampled_from(["given", "metadata", "dateline", "text", ""])
    return st.builds(Source, WORDS, WORDS, WORDS, EDTF, basis, WORDS, WORDS, kinds)


def timespans() -> st.SearchStrategy[Timespan]:
    """A timespan that the words allow."""
    ends = st.sampled_from(["", "2020", "2020-01-05"])
    return st.builds(Timespan, EDTF, ends, st.none() | st.integers(1, 400))


EXTRA = st.lists(
    st.tuples(st.sampled_from(["note", "Objet", "=x", "Ref (2)"]), WORDS),
    max_size=3,
    unique_by=lambda pair: pair[0],
).map(tuple)


def visits() -> st.SearchStrategy[Visit]:
    """A visit with anything in it that the words allow."""
    return st.builds(
        Visit,
        visit_id=NAMES,
        travellers=st.lists(st.builds(Traveller, WORDS, WORDS, COUNTRIES), max_size=3).map(tuple),
        destination=places(),
        timespan=timespans(),
        status=st.sampled_from(["planned", "ongoing", "happened", "cancelled", "denied"]),
        origin=st.none() | places(),
        origin_basis=st.sampled_from(["stated", "implied", ""]),
        trip_id=WORDS,
        purpose=WORDS,
        hosts=st.lists(WORDS, max_size=2).map(tuple),
        certainty=st.integers(0, 10**6).map(lambda n: n / 10**6),
        review=st.sampled_from(["unreviewed", "accepted", "corrected", "rejected"]),
        evidence=st.lists(evidence(), max_size=2).map(tuple),
        source=st.none() | sources(),
        extra=EXTRA,
    )
