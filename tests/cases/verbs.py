"""A verb as the cases see it: what it asks, and what it leaves in the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cases import Case


READ_BACK = {"the answer is garbled": "recovered"}
"""How a change ends otherwise whose fields are read back where its answer does not tell."""


@attrs.frozen
class Verb:
    """A verb.

    Args:
        method: The method of its request, as a fault matches it.
        path: Its path, likewise.
        resource: Its resource in the ledger.
        action: Its mark there.
        gives: Whether it has an answer although its cases end in `"done"`: then that is no None.
        once: Whether a second time leaves no second mark.
        listed: Whether what was made can be found in a list again; without it a lost answer stays an unknown outcome.
        named: Whether an unknown outcome names the reference that was sent, by which it can be undone.
        look: The method and the path by which it is found again, where that is no GET of the same path.
        ends: How cases end that end otherwise here, by their names.
    """

    method: str
    path: str
    resource: str = ""
    action: str = ""
    gives: bool = False
    once: bool = False
    listed: bool = True
    named: bool = False
    look: tuple[str, str] | None = None
    ends: Mapping[str, str] = attrs.field(factory=dict)

    def end_of(self, case: Case) -> str:
        """Say how a case ends here."""
        lost = case.ends == "recovered" and not self.listed
        return self.ends.get(case.name, "OutcomeUnknownError" if lost else case.ends)
