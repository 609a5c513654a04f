"""Answers of online geocoders, kept with the project so that each question is asked once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, MutableMapping
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select

from visitmap.store.schema import GEOCODER
from visitmap.store.shared import as_json

Session = Callable[[], AbstractContextManager[Connection]]


class GeocoderAnswers(MutableMapping[str, Any]):
    """A mapping kept in the database; a value is anything JSON can hold.

    `None` means that the service was asked and knew no place, so that it is not asked again; a
    question never asked raises KeyError. Saving an answer does not raise the project's revision.
    """

    def __init__(self, reading: Session, writing: Session) -> None:
        self._reading, self._writing = reading, writing

    def __getitem__(self, question: str) -> Any:
        with self._reading() as connection:
            query = select(GEOCODER.c.answer).where(GEOCODER.c.question == as_json(question))
            row = connection.execute(query).one_or_none()
        if row is None:
            raise KeyError(question)
        return None if row.answer is None else json.loads(row.answer)

    def __setitem__(self, question: str, answer: Any) -> None:
        key = as_json(question)
        with self._writing() as connection:
            connection.execute(delete(GEOCODER).where(GEOCODER.c.question == key))
            text = None if answer is None else as_json(answer)
            connection.execute(insert(GEOCODER).values(question=key, answer=text))

    def __delitem__(self, question: str) -> None:
        with self._writing() as connection:
            gone = delete(GEOCODER).where(GEOCODER.c.question == as_json(question))
            if not connection.execute(gone).rowcount:
                raise KeyError(question)

    def __iter__(self) -> Iterator[str]:
        with self._reading() as connection:
            questions = connection.scalars(select(GEOCODER.c.question)).all()
        return iter([json.loads(question) for question in questions])

    def __len__(self) -> int:
        with self._reading() as connection:
            return connection.scalar(select(func.count()).select_from(GEOCODER)) or 0
