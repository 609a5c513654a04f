"""What other processes do to a project in the tests: `store_worker.py TASK WHERE NUMBER`."""

import json
import os
import resource
import signal
import sys

from sqlalchemy import event
from store_making import decision, document, issue, visit

from visitmap.errors import ProjectError
from visitmap.store import Project

# Debian's "nobody": may read what everybody may, and write nowhere.
UNPRIVILEGED = 65534


def save(where: str, count: int) -> None:
    """Decide `count` times, saying each number once it is saved."""
    with Project.open(where, who="worker") as project:
        for number in range(count):
            project.decide(decision("v1", "correct", purpose=f"talk {number}"))
            print(number, flush=True)


def take_in(where: str, most: int) -> None:
    """Take in a document, killed before its first, second, … statement or commit, until it is done.

    Each time: whether it was done, and of each document taken in its id, visits and issues.
    """
    for statements in range(most):
        child = os.fork() or _take_in(where, statements)
        is_done = os.waitpid(child, 0)[1] == 0
        with Project.open(where, create=False) as project:
            taken = [one for one in project.documents() if one.doc_id != "a"]
            print(json.dumps([is_done, [(one.doc_id, one.visits, one.issues) for one in taken]]))
            for one in taken:
                project.remove_document(one.doc_id)
        if is_done:
            return


def _take_in(where: str, statements: int) -> None:
    with Project.open(where, who="worker") as project:
        engine, left = project._shared.engine, statements

        def one_more(*_: object) -> None:
            nonlocal left
            left -= 1
            if left < 0:
                os.kill(os.getpid(), signal.SIGKILL)

        event.listen(engine, "before_cursor_execute", one_more)
        event.listen(engine, "commit", one_more)
        found = [visit(f"x{number}", doc_id="x", start=number) for number in range(3)]
        project.add_extracted(document("x", "Grace"), found, [issue("x0")])
    os._exit(0)


def flood(where: str, processes: int) -> None:
    """Let as many processes open the project and decide five times each, all at once."""
    children = [os.fork() or _one_of_many(where, number) for number in range(processes)]
    failed = [child for child in children if os.waitpid(child, 0)[1] != 0]
    sys.exit(len(failed))


def _one_of_many(where: str, number: int) -> None:
    with Project.open(where, who=f"p{number}") as project:
        for step in range(5):
            project.decide(decision("v1", "correct", purpose=f"{number}.{step}"))
    os._exit(0)


def fill(where: str, kilobytes: int) -> None:
    """Decide until files may not grow any more; say how many were saved, and the sentence."""
    with Project.open(where, who="worker") as project:
        project.decide(decision("v1", "correct", purpose="first"))
        _, most = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (kilobytes * 1024, most))
        _until_refused(project)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
        project.decide(decision("v1", "correct", purpose="last"))


def crowd(where: str, _: int) -> None:
    """The same, on a disk that is really full."""
    with Project.open(where, who="worker") as project:
        _until_refused(project)


def _until_refused(project: Project) -> None:
    for number in range(10_000):
        try:
            project.decide(decision("v1", "correct", purpose=f"{number} " + "x" * 2000))
        except ProjectError as error:
            print(number)
            print(error)
            return


def look(where: str, _: int) -> None:
    """Open the project as somebody who may only read it, read it, and try to write."""
    with Project.open(where, read_only=True) as project:
        project.visits()  # loads the code, which this user may read and the next may not
    if os.geteuid() == 0:
        os.setgid(UNPRIVILEGED)
        os.setuid(UNPRIVILEGED)
    with Project.open(where, who="worker") as project:
        print(len(project.visits()), project.read_only)
        try:
            project.decide(decision("v1"))
        except ProjectError as error:
            print(error)


def prepare(where: str) -> None:
    """A project with one visit."""
    with Project.open(where, who="maker") as project:
        project.add_document(document())
        project.save_extraction("a", [visit("v1")])


if __name__ == "__main__":
    globals()[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
