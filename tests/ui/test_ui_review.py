"""Reviewing: what waits comes neediest first, and what is decided is in the project at once."""

from dataclasses import replace

import pytest
from ui_known import ASTARA_IR, BAKU, HOSTILE, button, known_issues, known_visits, said

from visitmap.model import Issue, Place, Traveller
from visitmap.timespan import Timespan
from visitmap.ui.components.bulk_table import decisions
from visitmap.ui.components.merging import alike
from visitmap.ui.review_queue import item

FIRST, SECOND = f"{1:016x}", f"{2:016x}"


@pytest.fixture
def review(app, project):
    """The review page, one by one."""
    return app("review")


def test_the_neediest_comes_first_and_places_wait_as_well(project):
    """A doubted visit, then a place nobody travelled to, then the rest."""
    waiting = [item(project, one) for one in project.queue()]
    assert waiting[0].item_id == SECOND
    assert waiting[1].visit is None
    assert len(waiting) == 4


def test_what_an_issue_says_is_not_said_twice(project):
    """A place that no gazetteer knows has no point: once is enough."""
    visit = replace(known_visits()[1], destination=Place("Zzyzx"), certainty=0.9)
    issue = Issue("place-unknown", "", visit_id=SECOND, toponym="Zzyzx")
    project.save_extraction("article", [visit], [issue])
    (waiting,) = [item(project, one) for one in project.queue()]
    assert [one.code for one in waiting.issues] == ["place-unknown"]
    assert waiting.own_reasons == ()


def test_accepting_is_saved_and_the_next_one_shows(review, project):
    """One press: the decision is on disk with the name of who decided."""
    button(review, "decide_accept").click().run()
    assert project.visit(SECOND).review == "accepted"
    assert [(one.action, one.who) for one in project.decisions()] == [("accept", "Ada")]


def test_why_is_kept_with_the_decision(review, project):
    """The reason typed goes into the log, and the field is empty for the next one."""
    review.text_input(key="why").set_value("a second source says no").run()
    button(review, "decide_reject").click().run()
    assert project.decisions()[-1].why == "a second source says no"
    assert review.text_input(key="why").value == ""


def test_undo_and_redo_to_the_beginning(review, project):
    """Every decision can be taken back, and brought back."""
    button(review, "decide_reject").click().run()
    button(review, "decide_accept").click().run()
    for _ in range(2):
        review.button(key="do_undo").click().run()
    assert project.progress() == (0, 3)
    assert review.button(key="do_undo").disabled
    for _ in range(2):
        review.button(key="do_redo").click().run()
    assert project.visit(SECOND).review == "rejected"
    assert review.button(key="do_redo").disabled


def test_choosing_a_candidate_corrects_the_place(review, project):
    """The second of the two towns of that name, with its coordinates."""
    button(review, "decide_candidate_2").click().run()
    place = project.visit(SECOND).destination
    assert (place.id, place.country, place.latitude) == (ASTARA_IR.id, "IR", ASTARA_IR.latitude)


def test_a_place_that_is_only_mentioned_can_be_decided(review, project):
    """It leaves the queue, and its issue is settled."""
    review.button(key="do_next").click().run()
    button(review, "decide_candidate_1").click().run()
    assert not any(one.visit_id.startswith("issue:") for one in project.queue())


def test_correcting_dates_speaks_edtf(review, project):
    """What is typed is explained in words before it is saved."""
    review.button(key="do_correct").click().run()
    field = f"correct_{SECOND}_start"
    review.text_input(key=field).set_value("2017-09/..").run()
    assert any("From 1 September 2017 on" in text for text in said(review))
    review.button(key=f"correct_{SECOND}_save").click().run()
    assert project.visit(SECOND).timespan.start == "2017-09/.."


def test_a_date_that_is_none_saves_nothing(review, project):
    """The reader is told how to write it; the button has nothing to save."""
    review.button(key="do_correct").click().run()
    review.text_input(key=f"correct_{SECOND}_start").set_value("last spring").run()
    assert "not a date we can read" in review.error[0].value
    assert review.button(key=f"correct_{SECOND}_save").disabled


def test_renaming_everybody_of_that_name(review, project):
    """One correction for all visits of the traveller."""
    review.button(key="do_correct").click().run()
    review.text_input(key=f"correct_{SECOND}_traveller").set_value("Hassan Rouhani").run()
    review.button(key=f"correct_{SECOND}_all").click().run()
    names = [one.travellers[0].name for one in project.visits()]
    assert names.count("Hassan Rouhani") == 2


def test_merging_with_one_of_those_that_resemble_it(review, project):
    """The visit looked at takes over the other's sentence; the other is gone, and comes back."""
    assert alike(project.visit(SECOND), project.visits()) == []
    third = replace(known_visits()[1], visit_id=f"{9:016x}", destination=BAKU)
    project.save_extraction("article", [*known_visits(), third], known_issues())
    review.run()
    review.button(key="do_merge").click().run()
    button(review, "decide_merge_1").click().run()
    assert len(project.visit(SECOND).evidence) == 1, "one sentence, said twice"
    assert project.visit(third.visit_id) is None
    assert project.decisions()[-1].action == "merge"
    review.button(key="do_undo").click().run()
    assert project.visit(third.visit_id) == third


def test_splitting_by_person(review, project):
    """Two people read as one visit become two visits; with one person nothing is offered."""
    assert "do_split" not in [one.key for one in review.button]
    both = replace(known_visits()[1], travellers=(Traveller("Ada"), Traveller("Grace")))
    project.save_extraction("article", [both])
    review.run()
    review.button(key="do_split").click().run()
    button(review, "decide_split_1").click().run()
    names = [[one.name for one in visit.travellers] for visit in project.visits()]
    assert names == [["Ada"], ["Grace"]]


def test_visits_on_other_days_are_not_offered_for_merging():
    """The same person in the same town in another year is another visit."""
    first = known_visits()[0]
    later = replace(first, visit_id="later", timespan=Timespan("2019-03-28"))
    about_then = replace(first, visit_id="then", timespan=Timespan("2018-03"))
    assert alike(first, [first, later, about_then]) == [about_then]


def test_a_visit_named_in_the_address_is_looked_at_first(app, project):
    """As the map's card leads there."""
    at = app("review", visit=f"{1:016x}")
    assert any("28 March 2018" in text for text in said(at))


def test_a_decision_on_a_visit_that_went_away_is_a_sentence(review, project):
    """Somebody else removed the source meanwhile: nothing is saved, nothing breaks."""
    project.remove_document("article")
    button(review, "decide_accept").click().run()
    assert not review.exception
    assert "Reload" in review.error[0].value


def test_a_decision_made_elsewhere_shows_on_the_next_interaction(review, project):
    """Two people in one project see each other's decisions."""
    from visitmap.model import Decision

    project.decide(Decision(SECOND, "accept", "Grace", ""))
    review.run()
    assert SECOND not in [one.visit_id for one in project.queue()]
    assert any(
        "1 of 3" in str(one.value) or "1 of 3" in one.proto.text for one in review.get("progress")
    )


def test_nobody_decides_over_what_another_decided_meanwhile(review, project):
    """What Grace rejected while Ada looked at it is shown as it is now; nothing is saved."""
    from visitmap.model import Decision

    project.decide(Decision(SECOND, "reject", "Grace", ""))
    button(review, "decide_accept").click().run()
    assert "Grace changed this meanwhile" in review.warning[0].value
    assert project.visit(SECOND).review == "rejected"
    button(review, "decide_accept").click().run()
    assert [(one.action, one.who) for one in project.decisions()] == [
        *(("reject", "Grace"), ("accept", "Ada"))
    ]


def test_the_next_one_is_one_that_still_waits(review, project):
    """Who works down the same queue as a colleague is not led to what they decided."""
    from visitmap.model import Decision

    waiting = [one.visit_id for one in project.queue()]
    project.decide(Decision(waiting[2], "accept", "Grace", ""))
    button(review, "decide_accept").click().run()
    button(review, "decide_reject").click().run()
    decided = [one.visit_id for one in project.decisions()]
    assert decided == [waiting[2], waiting[0], waiting[1]]
    assert waiting[3] in [one.visit_id for one in project.queue()]


def test_what_was_said_for_all_of_one_name_is_not_said_for_the_next(review, project):
    """The switch is the item's own."""
    key = f"all_same_{SECOND}"
    review.toggle(key=key).set_value(True).run()
    button(review, "decide_defer").click().run()
    assert key not in [one.key for one in review.toggle]
    assert not any(one.value for one in review.toggle)


def test_the_log_tells_who_did_what(review, project):
    """Newest first, in words."""
    button(review, "decide_accept").click().run()
    review.segmented_control(key="review_view").set_value("log").run()
    table = review.dataframe[0].value
    assert table.iloc[0]["who"] == "Ada"
    assert table.iloc[0]["action"] == "accepted"
    assert "Astara" in table.iloc[0]["visit"]


def test_the_whole_table_is_edited_in_bulk(project):
    """Cells that changed become one correction a row; what did not change becomes none."""
    visits = project.visits()
    edits = {0: {"traveller": "H. Rohani", "start": visits[0].timespan.start}, 1: {"ticked": True}}
    found = decisions(visits, edits)
    assert [(one.visit_id, one.changes) for one in found] == [
        (visits[0].visit_id, (("traveller", "H. Rohani"),))
    ]


def test_the_bulk_table_opens_with_hostile_words(review):
    """The table holds them as they are."""
    review.segmented_control(key="review_view").set_value("table").run()
    assert not review.exception
    assert HOSTILE in set(review.data_editor[0].value["traveller"])
