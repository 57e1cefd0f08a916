"""The cassettes that are there."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
from stories import stories_of
from systems import SYSTEMS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from stories import Story
    from system import System

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "cassettes"
LIVE = "live"
"""Where in a provider's folder recordings of the real system are."""


@attrs.frozen(slots=False)
class Cassette:
    """A cassette in its file.

    Args:
        system: Whose it is.
        story: What it tells.
        path: Where it is.
    """

    system: System
    story: Story
    path: Path

    @property
    def text(self) -> str:
        """The file."""
        return self.path.read_text("utf-8")

    @property
    def told(self) -> Any:
        """What came of it when it was recorded."""
        return json.loads(self.path.with_suffix(".told.json").read_text("utf-8"))


def _all() -> Iterator[tuple[str, Cassette]]:
    for system in SYSTEMS.values():
        stories = stories_of(system.name)
        for path in sorted((FOLDER / system.name).rglob("*.yaml")):
            if path.stem in stories:
                name = path.relative_to(FOLDER).with_suffix("").as_posix()
                yield name, Cassette(system, stories[path.stem], path)


CASSETTES = dict(_all())
"""By their names: the path below the folder."""
