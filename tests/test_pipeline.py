"""The whole path on the real seed article, and what happens to doubt on the way."""

import json
from pathlib import Path

import pytest

from visitmap.documents import document_from_text
from visitmap.errors import ServiceError
from visitmap.geocode import Fallback
from visitmap.model import Candidate, Document, Place, Source, Visit
from visitmap.pipeline import run, run_document
from visitmap.webmap import render_html


def one(visits: list[Visit], word: str) -> Visit:
    """The only visit of a traveller whose name or role contains a word."""
    found = [v for v in visits if any(word in f"{t.name} {t.role}" for t in v.travellers)]
    assert len(found) == 1, f"{word}: {[(v.travellers, v.destination.name) for v in found]}"
    return found[0]


def dated(visits: list[Visit]) -> list[Visit]:
    """The visits without the counted, undated one."""
    return [visit for visit in visits if visit.certainty > 0.25]


def test_the_seed_yields_its_visits_and_no_others(seed_visits: list[Visit]) -> None:
    """Six visits, and at most one more: the counted statement, with low certainty."""
    assert len(dated(seed_visits)) == 6
    assert len(seed_visits) <= 7


@pytest.mark.parametrize(
    ("who", "place", "country", "start", "status", "kind"),
    [
        ("Baqeri", "Bakou", "AZ", "2018-03-28/..", "planned", "city"),
        ("Hatami", "Bakou", "AZ", "XXXX-02", "happened", "city"),
        ("élégation", "Bakou", "AZ", "2017-10", "happened", "city"),
        ("Netanyahu", "Azerbaïdjan", "AZ", "2016", "happened", "country"),
        ("Aliyev", "Iran", "IR", "2017-03", "happened", "country"),
        ("Rohani", "Bakou", "AZ", "2018-03-28", "happened", "city"),
    ],
)
def test_each_visit_of_the_seed_says_who_where_when(
    seed_visits: list[Visit],
    who: str,
    place: str,
    country: str,
    start: str,
    status: str,
    kind: str,
) -> None:
    """The visits that a careful reader finds, with dates only as exact as the text."""
    visit = one(dated(seed_visits), who)
    assert (visit.destination.name, visit.destination.country) == (place, country)
    assert (visit.timespan.start, visit.status) == (start, status)
    assert visit.destination.kind == kind
    assert visit.destination.is_resolved


def test_the_planned_visit_lasts_two_days_from_an_implied_origin(seed_visits: list[Visit]) -> None:
    """Baqeri's stay is two days; Tehran is implied by his office, not stated."""
    visit = one(dated(seed_visits), "Baqeri")
    assert visit.timespan.duration_days == 2
    assert visit.origin is not None
    assert (visit.origin.name, visit.origin_basis) == ("Téhéran", "implied")
    assert visit.travellers[0].country == "IR"
    assert "état-major" in visit.travellers[0].role


@pytest.mark.parametrize(("who", "origin"), [("Aliyev", "Bakou"), ("Rohani", "Téhéran")])
def test_an_office_implies_the_origin(seed_visits: list[Visit], who: str, origin: str) -> None:
    """A president comes from his capital unless the text says otherwise."""
    visit = one(dated(seed_visits), who)
    assert visit.origin is not None
    assert (visit.origin.name, visit.origin_basis) == (origin, "implied")


def test_two_sentences_on_one_visit_are_two_pieces_of_evidence(seed_visits: list[Visit]) -> None:
    """Rohani's stay is told twice, and its purpose stands in the second sentence."""
    visit = one(dated(seed_visits), "Rohani")
    assert len(visit.evidence) >= 2
    assert "Pendant son séjour" in " ".join(piece.quote for piece in visit.evidence)
    for word in ("Azarmash", "Astara Railways", "centrale électrique"):
        assert word in visit.purpose


def test_a_document_date_settles_the_february(seeds: Path) -> None:
    """With a document of January 2019, "en février" is that of 2018."""
    visits, _ = run([seeds], document_date="2019-01")
    assert one(dated(visits), "Hatami").timespan.start == "2018-02"


def test_every_quote_is_exactly_in_the_text(seed_visits: list[Visit], seed_text: str) -> None:
    """Quotes and the words of each field are the characters at their offsets."""
    pieces = [piece for visit in seed_visits for piece in visit.evidence]
    assert pieces
    for piece in pieces:
        assert seed_text[piece.start : piece.end] == piece.quote
        for _, span in piece.fields:
            assert seed_text[span.start : span.end] == span.text


def test_astara_is_left_to_the_reader(seed_issues, seed_visits: list[Visit]) -> None:
    """Both towns are candidates of an issue, and no visit goes to either."""
    issue = next(issue for issue in seed_issues if issue.toponym == "Astara")
    assert issue.code == "place-ambiguous"
    assert issue.visit_id == ""
    assert {one.place.country for one in issue.candidates[:2]} == {"IR", "AZ"}
    assert not any("Astara" in visit.destination.name for visit in seed_visits)


def test_the_statement_of_several_visits_is_doubtful_or_an_issue(seed_result) -> None:
    """ "à plusieurs reprises" never becomes several dated visits."""
    visits, issues = seed_result
    counted = [visit for visit in visits if visit.certainty <= 0.25]
    assert all(not visit.timespan.is_dated for visit in counted)
    assert counted or any(issue.code == "visits-counted" for issue in issues)


def test_ids_stay_the_same_from_run_to_run(seeds: Path, seed_visits: list[Visit]) -> None:
    """Decisions refer to visits by id, so the same article gives the same ids."""
    again, _ = run([seeds])
    assert [visit.visit_id for visit in again] == [visit.visit_id for visit in seed_visits]
    assert len({visit.visit_id for visit in again}) == len(again)


def test_an_article_without_a_visit_gives_an_empty_list() -> None:
    """No visit is an answer, not an error."""
    text = "Le Parlement a adopté jeudi la loi de finances. Le texte entrera en vigueur en mai."
    visits, _ = run_document(document_from_text(text, doc_id="loi", language="fr"))
    assert visits == []


def test_documents_tables_and_folders_go_the_same_way(tmp_path: Path, seeds: Path) -> None:
    """A visit table written from an article reads back as the same visits."""
    from visitmap.api import export

    visits, _ = run([seeds])
    export(visits, tmp_path / "visits.csv")
    again, _ = run([tmp_path / "visits.csv"])
    assert [v.visit_id for v in again] == [v.visit_id for v in visits]
    assert [v.timespan for v in again] == [v.timespan for v in visits]


def test_a_corpus_goes_on_after_a_bad_line(tmp_path: Path) -> None:
    """A line that is not JSON becomes an issue with its number; the others are read."""
    text = "Le président français Emmanuel Macron s’est rendu à Berlin le 3 mars 2018."
    line = json.dumps({"id": "a", "text": text, "language": "fr"}, ensure_ascii=False)
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text(f"{line}\nnot json\n", "utf-8")
    visits, issues = run([corpus])
    assert [visit.destination.name for visit in visits] == ["Berlin"]
    assert any(issue.where.endswith(":2") for issue in issues)


class OneTown:
    """A service that knows one town, or fails."""

    def __init__(self, error: str = "") -> None:
        self.asked: list[str] = []
        self.error = error

    def candidates(self, name: str, **_: object) -> list[Candidate]:
        """The town, for every name."""
        self.asked.append(name)
        if self.error:
            raise ServiceError(self.error)
        return [Candidate(Place(name, "osm:node/1", 40.5, 48.5, "AZ"), 0.6, "answer")]


LOST = Document("Ada Berg travelled to Qzvlaburg on 12 March 2019.", Source("lost", language="en"))


def test_only_what_the_gazetteer_lacks_is_asked_online() -> None:
    """An unknown town is asked for; a known one, and a run without a service, ask nobody."""
    service = OneTown()
    visits, issues = run(
        [LOST, Document("Ada Berg travelled to Baku.", Source("known", language="en"))],
        fallback=Fallback(service),
    )
    assert service.asked == ["Qzvlaburg"]
    assert {one.destination.id for one in visits} == {"osm:node/1", "geonames:587084"}
    assert "OpenStreetMap contributors" in render_html(visits, issues)
    alone, doubts = run([LOST])
    assert not alone[0].destination.is_resolved
    assert "place-unknown" in {one.code for one in doubts}


def test_a_town_of_a_like_name_is_offered_and_not_taken() -> None:
    """A name with letters wrong is a known town's when that is likely, else one that we lack."""
    like = Document("Ada Berg travelled to Mulungushi.", Source("like", language="en"))
    visits, issues = run([like])
    assert (visits[0].destination.name, visits[0].destination.is_resolved) == ("Mulungushi", False)
    unknown = next(one for one in issues if one.code == "place-unknown")
    assert [one.place.name for one in unknown.candidates] == ["Muling"]
    wrong, _ = run([Document("Ada Berg travelled to Wellignton.", Source("w", language="en"))])
    assert wrong[0].destination.name == "Wellington"


def test_a_service_that_fails_is_told_once_and_stops_nothing() -> None:
    """The visits stay, their places open; one issue says what did not answer."""
    visits, issues = run([LOST, LOST], fallback=Fallback(OneTown("it did not answer")))
    assert visits and not visits[0].destination.is_resolved
    assert [one.code for one in issues].count("geocoder-failed") == 1
