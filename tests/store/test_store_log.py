"""What is in force after any sequence of decisions, undos and redos."""

from hypothesis import given
from hypothesis import strategies as st
from store_making import decision

from visitmap.model import Decision
from visitmap.store.log import Entry, Log

STEPS = st.lists(
    st.tuples(st.sampled_from("AB"), st.sampled_from(["decide", "both", "undo", "redo"])),
    max_size=30,
)


def entries(steps: list[tuple[str, str]]) -> list[Entry]:
    """A log as a project writes it: undo and redo only where there is something to turn."""
    log, found = Log(), []

    def add(batch: int, kind: str, made: Decision, target: int | None = None) -> None:
        entry = Entry(len(found) + 1, batch, kind, made, target, f"s{len(found)}")
        found.append(entry)
        log.append(entry)

    for batch, (who, kind) in enumerate(steps, start=1):
        if kind in ("undo", "redo"):
            target = log.to_undo(who) if kind == "undo" else log.to_redo(who)
            if target is not None:
                add(batch, kind, decision("", kind, who), target)
            continue
        for visit_id in ("v1", "v2") if kind == "both" else (f"v{batch % 3}",):
            add(batch, "decide", decision(visit_id, "correct", who, purpose=f"{batch}"))
    return found


def model(log: list[Entry]) -> set[int]:
    """Which entries are in force, by the plainest means: a switch for every batch."""
    on: dict[int, bool] = {}
    for entry in log:
        on[entry.target if entry.target is not None else entry.batch] = entry.kind != "undo"
    return {entry.seq for entry in log if entry.kind == "decide" and on[entry.batch]}


@given(STEPS)
def test_in_force_is_what_was_decided_and_not_undone(steps) -> None:
    """By visit, in the order decided."""
    written = entries(steps)
    by_visit = Log(written).by_visit
    assert {one.seq for listed in by_visit.values() for one in listed} == model(written)
    for visit_id, listed in by_visit.items():
        assert listed and [one.seq for one in listed] == sorted(one.seq for one in listed)
        assert {one.decision.visit_id for one in listed} == {visit_id}


@given(STEPS, st.sampled_from("AB"))
def test_undoing_to_the_beginning_and_redoing_gives_the_same(steps, who: str) -> None:
    """And at the beginning nothing of that person's is in force."""
    written = entries(steps)
    before = Log(written).by_visit
    undone = entries([*steps, *[(who, "undo")] * 40])
    assert Log(undone).to_undo(who) is None
    assert who not in {
        one.decision.who for listed in Log(undone).by_visit.values() for one in listed
    }
    count = len(undone) - len(written)
    again = entries([*steps, *[(who, "undo")] * count, *[(who, "redo")] * count])
    assert Log(again).by_visit == before


@given(STEPS)
def test_nothing_ever_leaves_the_log(steps) -> None:
    """Each entry shows, an undo once for every visit it concerned."""
    written = entries(steps)
    shown = Log(written).decisions()
    sizes = {entry.batch: 0 for entry in written}
    for entry in written:
        sizes[entry.batch] += entry.kind == "decide"
    assert len(shown) == sum(
        1 if entry.kind == "decide" else sizes[entry.target] for entry in written
    )
