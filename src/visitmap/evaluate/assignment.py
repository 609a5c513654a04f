"""The best one-to-one matching of rows and columns (Hungarian method with potentials, O(n³))."""

from __future__ import annotations

from collections.abc import Sequence

_FAR = float("inf")


def best_pairs(weights: Sequence[Sequence[float]]) -> dict[int, int]:
    """Row to column with the largest total weight; pairs of weight 0 are left out.

    >>> best_pairs([[5, 4], [4, 0]])
    {0: 1, 1: 0}
    """
    rows, columns = len(weights), len(weights[0]) if weights else 0
    size = max(rows, columns)
    if not rows or not columns:
        return {}

    def cost(row: int, column: int) -> float:
        return -weights[row][column] if row < rows and column < columns else 0.0

    owner = [0] * (size + 1)
    row_price, column_price = [0.0] * (size + 1), [0.0] * (size + 1)
    for row in range(1, size + 1):
        owner[0] = row
        _augment(cost, owner, row_price, column_price, size)
    pairs = {owner[column] - 1: column - 1 for column in range(1, size + 1)}
    return {
        row: column
        for row, column in sorted(pairs.items())
        if row < rows and column < columns and weights[row][column] > 0
    }


def _augment(cost, owner, row_price, column_price, size) -> None:
    """Find a place for the row waiting in column 0, along the cheapest path."""
    back, slack, used = [0] * (size + 1), [_FAR] * (size + 1), [False] * (size + 1)
    column = 0
    while True:
        used[column] = True
        row, step, following = owner[column], _FAR, 0
        for other in range(1, size + 1):
            if used[other]:
                continue
            reduced = cost(row - 1, other - 1) - row_price[row] - column_price[other]
            if reduced < slack[other]:
                slack[other], back[other] = reduced, column
            if slack[other] < step:
                step, following = slack[other], other
        for other in range(size + 1):
            if used[other]:
                row_price[owner[other]] += step
                column_price[other] -= step
            else:
                slack[other] -= step
        column = following
        if owner[column] == 0:
            break
    while column:
        owner[column] = owner[back[column]]
        column = back[column]
