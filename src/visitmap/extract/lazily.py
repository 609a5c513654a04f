"""Attributes that are worked out when first asked for, and then kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeVar, overload

Value = TypeVar("Value")


class lazily(Generic[Value]):  # noqa: N801 - read as the decorator that it is
    """`functools.cached_property` without its lock, which Python 3.11 takes each time.

    A sentence has a dozen of them, and nobody else reads the same document.
    """

    def __init__(self, find: Callable[[Any], Value]) -> None:
        self._find = find
        self.__doc__ = find.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type) -> lazily[Value]: ...

    @overload
    def __get__(self, instance: object, owner: type) -> Value: ...

    def __get__(self, instance: object | None, owner: type) -> Value | lazily[Value]:
        if instance is None:
            return self
        value = self._find(instance)
        vars(instance)[self._name] = value  # asked for first from now on: this is not called again
        return value
