"""What a project keeps and shows; every test runs on SQLite and on PostgreSQL."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from store_making import ASTARA, PARIS, decision, document, issue, visit

from visitmap.analysis import Journeys
from visitmap.errors import ProjectError, UsageError
from visitmap.model import Decision, Issue, Source, Visit
from visitmap.review import issue_id
from visitmap.store import Project
from visitmap.store.queue import Ordering


def filled(project: Project, *visits: Visit, issues=()) -> Project:
    """The project with one document and these visits."""
    project.add_document(document(), content=b"bytes")
    project.save_extraction("a", visits or [visit()], issues)
    return project


def ids(project: Project) -> list[str]:
    return [one.visit_id for one in project.visits()]


def test_a_document_comes_back_as_it_was(project: Project) -> None:
    """Text, source and bytes survive, whatever characters they hold."""
    strange = document("seltsam é", "a\0b\ud800 d’été 😀\r\n")
    assert project.add_document(strange, content=b"\0\xff") == "seltsam é"
    assert project.document("seltsam é") == strange
    assert project.content("seltsam é") == b"\0\xff"


def test_a_visit_comes_back_as_it_was(project: Project) -> None:
    """Every field of a visit and an issue survives."""
    filled(project, visit(), issues=[issue()])
    assert project.visits() == [visit()]
    assert project.issues() == [issue()]


def test_the_same_text_twice_is_one_document(project: Project) -> None:
    """Uploading an article again changes nothing."""
    filled(project)
    revision = project.revision
    assert project.add_document(document()) == "a"
    assert project.revision == revision


def test_another_text_of_the_same_name_gets_its_own_id(project: Project) -> None:
    """Two articles called alike do not overwrite each other."""
    filled(project)
    assert project.add_document(document("a", "Another text.")) == "a-2"
    assert project.document("a-2").doc_id == "a-2"
    assert project.document("a").text == document().text
    assert project.add_document(document("a", "Another text.")) == "a-2"


def test_a_new_version_replaces_the_text_when_asked(project: Project) -> None:
    """The old extraction goes with the old text; the id and place in the list stay."""
    filled(project)
    project.add_document(document("b"))
    assert project.add_document(document("a", "New text."), replace_text=True) == "a"
    assert [one.doc_id for one in project.documents()] == ["a", "b"]
    assert project.document("a").text == "New text."
    assert project.visits() == [] and not project.documents()[0].extracted


def test_documents_are_listed_with_counts(project: Project) -> None:
    """In the order added; rejected visits are not counted."""
    filled(project, visit("v1"), visit("v2"), visit("v3"), issues=[issue("v3")])
    project.add_document(document("b"))
    project.decide([decision("v1"), decision("v2", "reject")])
    first, second = project.documents()
    assert (first.doc_id, first.visits, first.decided, first.issues) == ("a", 2, 1, 1)
    assert (first.size, first.extracted, first.source) == (5, True, document().source)
    assert (second.doc_id, second.visits, second.extracted) == ("b", 0, False)


def test_what_is_known_of_a_document_can_be_changed(project: Project) -> None:
    """The visits follow, those decided on as well."""
    filled(project, visit("v1"), visit("v2"))
    project.decide(decision("v1"))
    project.update_document("a", date="2018-06", title="Other")
    assert project.document("a").date == "2018-06"
    assert {(one.source.title, one.source.date) for one in project.visits()} == {
        ("Other", "2018-06")
    }


@pytest.mark.parametrize(
    "change", [{"date": "4 May"}, {"language": "French"}, {"kind": "table"}], ids=str
)
def test_a_wrong_change_of_a_document_is_refused(project: Project, change) -> None:
    """The sentence names the field; nothing is changed."""
    filled(project)
    with pytest.raises(UsageError, match=next(iter(change))):
        project.update_document("a", **change)
    assert project.document("a") == document()


def test_an_unknown_document_is_named(project: Project) -> None:
    """Reading, changing, removing and extracting all say which one is missing."""
    for call in (project.document, project.content, project.remove_document):
        with pytest.raises(UsageError, match="nowhere"):
            call("nowhere")
    with pytest.raises(UsageError, match="nowhere"):
        project.update_document("nowhere", title="x")
    with pytest.raises(UsageError, match="nowhere"):
        project.save_extraction("nowhere", [])


def test_a_decision_is_applied_and_logged(project: Project) -> None:
    """Who, when and why are kept; an empty who is the project's."""
    filled(project)
    project.decide(Decision("v1", "correct", "", "", "read it", (("start", "2018-05-04"),)))
    (only,) = project.visits()
    assert (only.timespan.start, only.review) == ("2018-05-04", "corrected")
    (logged,) = project.decisions()
    assert (logged.who, logged.why, logged.when[-1]) == ("Ada", "read it", "Z")


def test_rejected_visits_are_hidden_unless_asked_for(project: Project) -> None:
    """Nothing is deleted."""
    filled(project, visit("v1"), visit("v2"))
    project.decide(decision("v1", "reject"))
    assert ids(project) == ["v2"]
    assert [one.review for one in project.visits(include_rejected=True)] == [
        "rejected",
        "unreviewed",
    ]


def test_extracting_again_never_overwrites_a_decision(project: Project) -> None:
    """A decided visit stays as the person saw it; the others follow the extraction."""
    filled(project, visit("v1"), visit("v2"), visit("v3"))
    project.decide([decision("v1", "correct", start="2018-05-04"), decision("v2")])
    changed = [visit(name, when="2020", place=ASTARA) for name in ("v1", "v2", "v3")]
    project.save_extraction("a", changed)
    first, second, third = project.visits()
    assert (first.timespan.start, first.destination) == ("2018-05-04", PARIS)
    assert (second.timespan.start, second.destination) == ("2018-05-03", PARIS)
    assert third == visit("v3", when="2020", place=ASTARA)


def test_a_decided_visit_stays_when_extraction_no_longer_finds_it(project: Project) -> None:
    """An undecided one goes."""
    filled(project, visit("v1"), visit("v2"))
    project.decide(decision("v1"))
    project.save_extraction("a", [])
    assert ids(project) == ["v1"]


def test_removing_a_document_hides_its_visits_and_keeps_the_log(project: Project) -> None:
    """Added and extracted again, the visits come back as they were decided."""
    filled(project)
    project.decide(decision("v1", "correct", purpose="talks"))
    project.remove_document("a")
    assert project.visits() == [] and len(project.decisions()) == 1
    filled(project)
    assert project.visits()[0].purpose == "talks"


def test_a_decision_that_cannot_be_followed_saves_nothing(project: Project) -> None:
    """All of a list or none of it; the sentence says what is wrong."""
    filled(project)
    with pytest.raises(UsageError, match="32"):
        project.decide([decision("v1"), decision("v1", "correct", start="2018-05-32")])
    with pytest.raises(UsageError, match="v9"):
        project.decide([decision("v1"), decision("v9")])
    with pytest.raises(UsageError, match="bless"):
        project.decide(decision("v1", "bless"))
    assert project.decisions() == [] and project.visits() == [visit()]


def test_undo_and_redo_to_the_beginning(project: Project) -> None:
    """Each step gives what it took back; the log only grows."""
    filled(project, visit("v1"), visit("v2"))
    project.decide([decision("v1"), decision("v2")])
    project.decide(decision("v1", "correct", start="2019"))
    assert [one.action for one in project.undo()] == ["correct"]
    assert [one.visit_id for one in project.undo()] == ["v1", "v2"]
    assert project.undo() is None and not project.can_undo()
    assert project.visits() == [visit("v1"), visit("v2")]
    assert [one.visit_id for one in project.redo()] == ["v1", "v2"]
    assert len(project.redo()) == 1 and project.redo() is None and not project.can_redo()
    assert project.visits()[0].timespan.start == "2019"
    assert [one.action for one in project.decisions()] == [
        *("accept", "accept", "correct", "undo", "undo", "undo", "redo", "redo", "redo")
    ]


def test_everyone_undoes_their_own(project: Project) -> None:
    """Another's later decision stays."""
    filled(project)
    project.decide(decision("v1", "correct", who="Ada", start="2019", purpose="talks"))
    project.decide(decision("v1", "correct", who="Bob", purpose="trade"))
    project.undo("Ada")
    (only,) = project.visits()
    assert (only.timespan.start, only.purpose) == ("2018-05-03", "trade")


def test_a_new_decision_ends_what_could_be_redone(project: Project) -> None:
    """As in every editor."""
    filled(project, visit("v1"), visit("v2"))
    project.decide(decision("v1"))
    project.undo()
    project.decide(decision("v2"))
    assert project.redo() is None
    assert [one.review for one in project.visits()] == ["unreviewed", "accepted"]


def test_merging_keeps_one_visit_with_all_evidence(project: Project) -> None:
    """The first one's values stand; undoing brings the others back."""
    filled(project, visit("v1"), visit("v2", start=40), visit("v3", start=80))
    before = project.visits()
    project.merge(["v2", "v1", "v3"], why="the same")
    (only,) = project.visits()
    assert only.visit_id == "v2" and [one.start for one in only.evidence] == [40, 0, 80]
    project.save_extraction("a", [visit("v1"), visit("v2", start=40), visit("v3", start=80)])
    assert ids(project) == ["v2"]
    project.undo()
    assert project.visits() == before


def test_two_people_merging_into_each_other_lose_no_visit(project: Project) -> None:
    """The merge that came first in the log holds."""
    filled(project, visit("v1"), visit("v2", start=40))
    project.merge(["v1", "v2"], who="Ada")
    project.undo("Ada")
    project.merge(["v2", "v1"], who="Bob")
    project.redo("Ada")
    assert ids(project) == ["v1"] and len(project.visits()[0].evidence) == 2


def test_splitting_makes_visits_that_can_be_decided_on(project: Project) -> None:
    """A part keeps its decisions; without the split there is no part."""
    filled(project, visit("v1"))
    project.split("v1", [{"traveller": "Ada"}, {"traveller": "Bob"}])
    first, second = project.visits()
    assert first.visit_id == "v1" and second.travellers[0].name == "Bob"
    project.decide(decision(second.visit_id, "correct", who="Bob", start="2019"))
    assert [one.timespan.start for one in project.visits()] == ["2018-05-03", "2019"]
    project.save_extraction("a", [visit("v1", when="2020")])
    assert [one.timespan.start for one in project.visits()] == ["2018-05-03", "2019"]
    project.undo("Ada")
    assert project.visits() == [visit("v1", when="2020")]
    project.redo("Ada")
    assert [one.timespan.start for one in project.visits()] == ["2018-05-03", "2019"]


def test_a_part_outlives_the_visit_it_came_from(project: Project) -> None:
    """Merging the first part away does not take the second with it."""
    filled(project, visit("v1"), visit("v2", start=40))
    project.split("v1", [{}, {"traveller": "Bob"}])
    part = next(one for one in project.visits() if one.travellers[0].name == "Bob")
    project.merge(["v2", "v1"])
    assert sorted(ids(project)) == sorted(["v2", part.visit_id])
    project.merge([part.visit_id, "v2"])
    assert ids(project) == [part.visit_id]


def test_all_the_same_are_corrected_in_one_step(project: Project) -> None:
    """A name among several travellers too; the role stays; one undo takes all back."""
    filled(project, visit("v1"), visit("v2"), visit("v3", who="Bob"))
    assert project.decide_same("traveller", "Ada", "Ada King") == 2
    assert [one.travellers[0].name for one in project.visits()] == ["Ada King", "Ada King", "Bob"]
    assert project.visits()[0].travellers[0].role == "minister"
    assert project.decide_same("traveller", "Ada", "Ada King") == 0
    assert len(project.undo()) == 2


def test_a_place_is_corrected_everywhere_with_its_point(project: Project) -> None:
    """The new id and coordinates come along."""
    filled(project, visit("v1", place=ASTARA), visit("v2", place=ASTARA), visit("v3"))
    new = {
        "destination": "Astara",
        "destination_id": "geonames:142363",
        "destination_country": "IR",
        "destination_latitude": "38.42",
        "destination_longitude": "48.87",
    }
    assert project.decide_same("destination_id", ASTARA.id, new) == 2
    first = project.visits()[0].destination
    assert (first.country, first.latitude, first.population) == ("IR", 38.42, 0)
    assert project.visits()[2].destination == PARIS


def test_issues_close_with_their_visit(project: Project) -> None:
    """And open again when the decision is undone."""
    filled(project, visit("v1"), issues=[issue("v1")])
    project.decide(decision("v1"))
    assert project.issues() == [] and project.issues(open_only=False) == [issue("v1")]
    project.undo()
    assert project.issues() == [issue("v1")]


def test_an_issue_without_a_visit_can_be_settled(project: Project) -> None:
    """A mentioned place is nobody's visit, and still somebody's decision."""
    alone = issue("")
    filled(project, visit("v1"), issues=[alone])
    project.decide(decision(issue_id(alone), "correct", destination="Astara"))
    assert project.issues() == []
    project.undo()
    assert project.issues() == [alone]
    with pytest.raises(UsageError, match="no such issue"):
        project.decide(decision("issue:none"))


def test_the_queue_begins_with_what_most_needs_a_person(project: Project) -> None:
    """Errors, doubts, low certainty, the rest; deferred at the end; decided not at all."""
    filled(
        project,
        visit("sure", place=PARIS),
        visit("vague", certainty=0.3),
        visit("doubted", place=ASTARA),
        visit("later", place=ASTARA),
        visit("done", who="Bob"),
        issues=[issue("doubted"), issue("later", "place-unknown"), issue("")],
    )
    project.decide([decision("later", "defer"), decision("done")])
    place = issue_id(issue(""))
    assert [tuple(one) for one in project.queue()] == [
        ("doubted", ("place-ambiguous",)),
        (place, ("place-ambiguous",)),
        ("vague", ("certainty-low",)),
        ("sure", ()),
        ("later", ("place-unknown", "deferred")),
    ]
    assert project.progress() == (1, 5)
    assert project.issues_of("doubted") == [issue("doubted")]
    assert project.issues_of(place) == [issue("")]


def test_the_queue_kept_from_before_is_the_queue_worked_out_afresh(where: str) -> None:
    """Whatever is decided, undone, merged, split or extracted again."""
    places = (PARIS, ASTARA, replace(PARIS, name="Lyon", id="geonames:2996944"))
    with Project.open(where, who="Ada", combine=pairs, check=Journeys) as project:
        filled(
            project,
            *(
                visit(f"v{n}", who=f"P{n % 3}", place=places[n % 3], certainty=n / 20, start=40 * n)
                for n in range(20)
            ),
            issues=[issue(f"v{n}") for n in range(0, 20, 4)] + [issue("")],
        )
        steps = [
            lambda: project.decide(decision("v4")),
            lambda: project.decide(decision("v6", "reject")),
            lambda: project.decide(decision("v12", "defer")),
            lambda: project.merge(["v0", "v2", "v8"]),
            lambda: project.decide(decision(issue_id(issue("")), "defer")),
            lambda: project.split("v10", [{"traveller": "P0"}, {"traveller": "P9"}]),
            lambda: project.undo(),
            lambda: project.undo(),
            lambda: project.redo(),
            lambda: project.save_extraction("a", [visit("v3"), visit("v7", start=80)]),
        ]
        for step in steps:
            step()
            with project._reading() as connection:
                fresh = Ordering().of(project._shared.view(connection))
            assert project.queue() == fresh


def test_a_journey_that_cannot_be_becomes_an_issue_and_goes_when_corrected(where: str) -> None:
    """Of two visits in one day too far apart, the later is asked about first."""
    far = replace(PARIS, name="Wellington", id="geonames:2179537", latitude=-41.3, longitude=174.8)
    with Project.open(where, who="Ada", check=Journeys) as project:
        filled(project, visit("v1", certainty=0.9), visit("v2", place=far, start=40))
        assert [one.code for one in project.issues()] == ["journey-impossible"]
        first = project.queue()[0]
        assert first.reasons == ("journey-impossible",)
        other = {"v1": "v2", "v2": "v1"}[first.visit_id]
        project.decide(decision(other, "correct", start="2018-06-03"))
        assert project.issues() == []
        project.undo()
        assert project.queue()[0].reasons == ("journey-impossible",)


def test_a_deferred_visit_still_follows_the_extraction(project: Project) -> None:
    """To put off is not to decide."""
    filled(project)
    project.decide(decision("v1", "defer"))
    project.save_extraction("a", [visit("v1", when="2020")])
    assert project.visits()[0].timespan.start == "2020"
    project.save_extraction("a", [])
    assert project.visits() == []


def test_every_write_raises_the_revision(project: Project) -> None:
    """So that a page can tell with one number whether anything changed."""
    seen = [project.revision]
    steps = [
        lambda: project.add_document(document()),
        lambda: project.save_extraction("a", [visit()]),
        lambda: project.update_document("a", title="x"),
        lambda: project.decide(decision("v1")),
        lambda: project.undo(),
        lambda: project.redo(),
        lambda: project.remove_document("a"),
    ]
    for step in steps:
        step()
        seen.append(project.revision)
    assert seen == sorted(set(seen))


def test_the_same_extraction_again_leaves_the_revision(project: Project) -> None:
    """Unchanged data need not be sent again."""
    filled(project, visit(), issues=[issue()])
    revision = project.revision
    assert project.save_extraction("a", [visit()], [issue()]) == revision
    assert project.revision == revision


def test_two_projects_see_each_others_decisions(project: Project, where: str) -> None:
    """On the next call, in the same process, and with the decoded state shared or not."""
    filled(project, visit("v1"), visit("v2"))
    # Another `combine` keeps a state of its own, as another process would.
    with Project.open(where, who="Bob", combine=lambda found, tables: (found, [])) as other:
        other.decide(decision("v1"))
        project.decide(decision("v2", "reject"))
        assert [one.review for one in project.visits(include_rejected=True)] == [
            "accepted",
            "rejected",
        ]
        assert other.visits(include_rejected=True) == project.visits(include_rejected=True)
        assert [one.who for one in other.decisions()] == ["Bob", "Ada"]


def test_everything_is_there_after_closing(where: str) -> None:
    """What one session decided, the next one finds, undo included."""
    with Project.open(where, who="Ada") as project:
        filled(project).decide(decision("v1"))
    with Project.open(where, who="Ada", create=False) as project:
        assert project.visits()[0].review == "accepted"
        assert len(project.undo()) == 1


def test_geocoder_answers_are_kept(project: Project, where: str) -> None:
    """An answer, and that there was none; a question never asked is a KeyError."""
    project.geocoder_answers["photon:Astara\0"] = [{"lat": 38.4}]
    project.geocoder_answers["photon:Nowhere"] = None
    with Project.open(where, read_only=True) as other:
        assert dict(other.geocoder_answers) == {
            "photon:Astara\0": [{"lat": 38.4}],
            "photon:Nowhere": None,
        }
        with pytest.raises(KeyError):
            other.geocoder_answers["never"]
    del project.geocoder_answers["photon:Nowhere"]
    assert len(project.geocoder_answers) == 1


def test_a_read_only_project_is_read_and_not_written(project: Project, where: str) -> None:
    """Every write is refused in a sentence; what others write is seen."""
    filled(project)
    with Project.open(where, read_only=True) as other:
        assert other.visits() == [visit()]
        for write in (
            lambda: other.decide(decision("v1")),
            lambda: other.undo("Ada"),
            lambda: other.remove_document("a"),
        ):
            with pytest.raises(ProjectError, match="read-only"):
                write()
        project.decide(decision("v1"))
        assert other.visits()[0].review == "accepted"


def test_a_table_is_evidence_of_articles_the_project_does_not_have(project: Project) -> None:
    """Its decided visits stay while the table does, and are counted with it."""
    rows = replace(document("trips", ""), source=Source("trips", kind="table"))
    project.add_document(rows, content=b"a,b")
    project.save_extraction("trips", [visit("v1", doc_id="elsewhere")])
    project.decide(decision("v1"))
    (only,) = project.visits()
    assert (only.evidence[0].doc_id, only.review) == ("elsewhere", "accepted")
    assert project.documents()[0].visits == 1
    project.remove_document("trips")
    assert project.visits() == []


def test_evidence_is_of_the_document_it_was_saved_under(project: Project) -> None:
    """An article that got another id keeps its evidence to itself."""
    filled(project)
    project.add_document(document("a", "Another text."))
    project.save_extraction("a-2", [visit("v2", doc_id="a")])
    assert project.visits()[1].evidence[0].doc_id == "a-2"
    assert project.visits()[1].source.doc_id == "a-2"


def same_place(found: Sequence[Visit], tables: object = ()) -> tuple[list[Visit], list[Issue]]:
    """Joins visits to one place, as `merge.merge_visits` would: the first stands."""
    joined: dict[str, Visit] = {}
    for one in found:
        first = joined.get(one.destination.id)
        evidence = (*first.evidence, *one.evidence) if first else one.evidence
        joined[one.destination.id] = replace(first or one, evidence=evidence)
    return list(joined.values()), []


def pairs(found: Sequence[Visit], tables: object = ()) -> tuple[list[Visit], list[Issue]]:
    """Joins every odd visit into the even one before it."""
    joined: dict[int, Visit] = {}
    for one in found:
        number = int(one.visit_id[1:]) // 2
        first = joined.get(number)
        evidence = (*first.evidence, *one.evidence) if first else one.evidence
        joined[number] = replace(first or one, evidence=evidence)
    return list(joined.values()), []


@pytest.fixture
def joining(where: str) -> Iterator[Project]:
    """A project that joins visits to one place, with two articles that tell of one."""
    with Project.open(where, who="Ada", combine=same_place) as opened:
        for name in ("a", "b"):
            opened.add_document(document(name, f"{name}: Ada went to Paris."))
        opened.save_extraction("a", [visit("v1")])
        opened.save_extraction("b", [visit("v2", doc_id="b"), visit("v3", place=ASTARA)])
        yield opened


def sources_of(project: Project) -> list[tuple[str, str]]:
    """Each visit's id and the documents of its evidence."""
    return [
        (one.visit_id, "".join(piece.doc_id for piece in one.evidence)) for one in project.visits()
    ]


def test_two_articles_that_tell_of_one_visit_are_its_evidence(joining: Project) -> None:
    """Before and after a decision, in whichever order the articles come."""
    assert sources_of(joining) == [("v1", "ab"), ("v3", "b")]
    joining.decide(decision("v1"))
    assert sources_of(joining) == [("v1", "ab"), ("v3", "b")]
    joining.add_document(document("c", "c"))
    joining.save_extraction("c", [visit("v4", doc_id="c")])
    assert sources_of(joining) == [("v1", "abc"), ("v3", "b")]
    joining.undo()
    assert sources_of(joining) == [("v1", "abc"), ("v3", "b")]


def test_a_corrected_visit_keeps_the_evidence_it_was_corrected_with(joining: Project) -> None:
    """Though its new place would not be joined with the other article's any more."""
    joining.decide(decision("v1", "correct", destination="Pau", destination_id="x"))
    assert sources_of(joining) == [("v1", "ab"), ("v3", "b")]
    joining.save_extraction("a", [visit("v1", when="2020")])
    assert sources_of(joining) == [("v1", "ab"), ("v3", "b")]


def test_rejecting_a_visit_rejects_what_was_seen_and_nothing_later(joining: Project) -> None:
    """An article added afterwards is news."""
    joining.decide(decision("v1", "reject"))
    assert sources_of(joining) == [("v3", "b")]
    joining.add_document(document("c", "c"))
    joining.save_extraction("c", [visit("v4", doc_id="c")])
    assert sources_of(joining) == [("v4", "c"), ("v3", "b")]


def test_removing_one_of_two_articles_leaves_the_visit_the_other(joining: Project) -> None:
    """Its evidence goes with the article."""
    joining.decide(decision("v1"))
    joining.remove_document("a")
    assert sources_of(joining) == [("v1", "b"), ("v3", "b")]


def test_an_issue_follows_its_visit_into_the_one_it_was_joined_to(joining: Project) -> None:
    """And is settled with it."""
    joining.save_extraction("b", [visit("v2", doc_id="b")], [issue("v2", doc_id="b")])
    assert [one.visit_id for one in joining.issues()] == ["v1"]
    joining.decide(decision("v1"))
    assert joining.issues() == []
