"""The rows of the contract tables: what a vendor's document says, and what we say of it, row by row."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from pathlib import Path


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


class Table:
    """The facts about one vendor, in one version.

    Args:
        facts: Its rows.
    """

    def __init__(self, facts: Iterable[Row]) -> None:
        self.facts = tuple(facts)
        self.by_key: Mapping[Key, Row] = {row.key: row for row in self.facts}
        self._by_place: dict[tuple[str, str], list[Row]] = defaultdict(list)
        for row in self.facts:
            self._by_place[row.about, row.where].append(row)
        self.lists: Mapping[str, Sequence[str]] = {
            where: [row.name for row in rows] for (about, where), rows in self._by_place.items() if about == "enum"
        }
        """The values that a field may have, where the vendor lists them."""
        self.places = frozenset(where for about, where in self._by_place if about == "field")
        """The objects, and the objects in them."""

    @classmethod
    def read(cls, path: Path) -> Table:
        """Read a table that `tools/contract.py` wrote."""
        header, *rows = (line.split("\t") for line in path.read_text().splitlines())
        assert (*header,) == Row._fields
        return cls(Row(*row) for row in rows)

    @classmethod
    def by_hand(cls, path: Path) -> Table:
        """Read a table that nobody has a document for: each row says where it comes from, as in `amended`."""
        return cls([]).amended(path)

    def amended(self, path: Path) -> Table:
        """Give the table of another version, from what was written down by hand.

        Such a table has one column more: where a row comes from, which is the vendor's documentation (`[doc]`), the
        vendor's page about making appointments (`[page]`) or what clients of others tell (`[client]`). A row that
        begins with a minus takes others away: that one, all of an `operation`, or all of an `object` with what is in
        it (of an `enum`, all values).
        """
        header, *lines = (line.split("\t") for line in path.read_text().splitlines())
        assert header == [*Row._fields, "source"]
        gone = [Key(about[1:], where, name) for about, where, name, *_ in lines if about.startswith("-")]
        new = [Row(*line[: len(Row._fields)]) for line in lines if not line[0].startswith("-")]
        assert all(source for *_, source in lines)
        kept = [row for row in self.facts if not any(_takes_away(key, row) for key in gone)]
        assert all(any(_takes_away(key, row) for row in self.facts) for key in gone)
        told = {row.key for row in new}
        return Table([*(row for row in kept if row.key not in told), *new])

    def named(self, about: str, where: str | None = None) -> list[Row]:
        """Pick the rows about one thing."""
        if where is not None:
            return self._by_place.get((about, where), [])
        return [row for row in self.facts if row.about == about]

    @property
    def operations(self) -> frozenset[str]:
        return frozenset(row.where for row in self.named("verb"))


def _takes_away(key: Key, row: Row) -> bool:
    match key.about:
        case "operation":
            return row.where == key.where or row.where.startswith(f"{key.where}.")
        case "object":
            return row.about in {"field", "enum"} and f"{row.where}.".startswith(f"{key.where}.")
        case "enum":
            return row.about == "enum" and row.where == key.where
        case _:
            return row.key == key


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
        whole: Tells of which rows of ours the vendor must have one.
    """

    said: Mapping[Key, Claim]
    covers: Callable[[Key], bool] = lambda key: True
    whole: Callable[[Key], bool] = lambda key: True
    _checked: dict[Row, tuple[str, ...]] = attrs.field(factory=dict, init=False)

    def disagreements(self, facts: Iterable[Row]) -> list[str]:
        """List where the facts and we differ, in either direction."""
        found: list[str] = []
        left = set(self.said)
        for row in facts:
            found += self._check(row)
            left.discard(row[:3])
        missing = [key for key in sorted(left) if self.covers(key) and self.whole(key)]
        return [*found, *(f"{' '.join(key)}: the vendor has none" for key in missing)]

    def _check(self, row: Row) -> tuple[str, ...]:
        if row not in self._checked:
            self._checked[row] = tuple(self._differences(row)) if self.covers(row.key) else ()
        return self._checked[row]

    def _differences(self, row: Row) -> Iterator[str]:
        claim = self.said.get(row.key)
        for difference in ["we have none"] if claim is None else claim.differs(row):
            yield f"{' '.join(row.key)}: {difference}"


def pinned(rows: Mapping[Key, tuple[str, bool]], *, required: bool | None = False) -> dict[Key, Claim]:
    """Claim what is written down by hand: types, and whether they may be null; and whether we require it."""
    return {key: Claim(frozenset({kind}), null, required) for key, (kind, null) in rows.items()}


def keys(about: str, names: Mapping[str, str]) -> frozenset[Key]:
    """Name several rows: the names at each place, with spaces between them."""
    return frozenset(Key(about, where, name) for where, several in names.items() for name in several.split())
