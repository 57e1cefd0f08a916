"""The rows of the contract tables: what a vendor's document says, and what we say of it, row by row."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

TABLE = Path(__file__).parent / "cliniko.tsv"


class Key(NamedTuple):
    """What a row is about."""

    about: str
    where: str
    name: str


class Row(NamedTuple):
    """A fact of the vendor's."""

    about: str
    where: str
    name: str
    type: str
    null: str = ""
    why: str = ""

    @property
    def key(self) -> Key:
        return Key(self.about, self.where, self.name)


HEADER, *FACTS = (Row(*line.split("\t")) for line in TABLE.read_text().splitlines())


@attrs.frozen
class Claim:
    """What we say of a row: which types it may be of, and the rest; None where we know nothing of it."""

    types: frozenset[str]
    null: bool | None = False
    required: bool | None = False

    def differs(self, row: Row) -> Iterator[str]:
        """Say where a row is something else."""
        if row.type not in self.types:
            yield f"it is {' or '.join(sorted(self.types)) or 'nothing'}, and the vendor's is {row.type}"
        if self.null is not None and self.null != (row.null == "null"):
            yield f"null: we say {self.null}, and the vendor says {row.null or 'no'}"
        if self.required is not None and self.required != bool(row.why):
            yield f"required: we say {self.required}, and the table says {row.why or 'no'}"


@attrs.define
class Claims:
    """A whole table of ours.

    Args:
        said: By what each is about.
        covers: Tells of which rows we speak at all: of those we know every one.
    """

    said: Mapping[Key, Claim]
    covers: Callable[[Key], bool] = lambda key: True
    _checked: dict[Row, tuple[str, ...]] = attrs.field(factory=dict, init=False)

    def disagreements(self, facts: Iterable[Row]) -> list[str]:
        """List where the facts and we differ, in either direction."""
        found: list[str] = []
        left = set(self.said)
        for row in facts:
            found += self._check(row)
            left.discard(row[:3])
        found += [f"{' '.join(key)}: the vendor has none" for key in sorted(left) if self.covers(key)]
        return found

    def _check(self, row: Row) -> tuple[str, ...]:
        if row not in self._checked:
            self._checked[row] = tuple(self._differences(row)) if self.covers(row.key) else ()
        return self._checked[row]

    def _differences(self, row: Row) -> Iterator[str]:
        claim = self.said.get(row.key)
        for difference in ["we have none"] if claim is None else claim.differs(row):
            yield f"{' '.join(row.key)}: {difference}"


def pinned(rows: Mapping[Key, tuple[str, bool]]) -> dict[Key, Claim]:
    """Claim what is written down by hand: types, and whether they may be null."""
    return {
        key: Claim(frozenset({kind}), null, None if key.about == "field" else False)
        for key, (kind, null) in rows.items()
    }


def named(about: str, where: str | None = None) -> list[Row]:
    """Pick the rows about one thing."""
    return [row for row in FACTS if row.about == about and where in {None, row.where}]


LISTS: Mapping[str, Sequence[str]] = {
    row.where: [one.name for one in named("enum", row.where)] for row in named("enum")
}
"""The values that a field may have, where the vendor lists them."""
