"""The providers: a fifth one is a folder, and a line here."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

PROVIDERS: Final[Mapping[str, str]] = {
    "cliniko": "Cliniko",
    "nexhealth": "NexHealth",
    "cubu": "Cubu",
    "imiassist": "IMIassist",
}
"""Their names, and how their classes are called."""
