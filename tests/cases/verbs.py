"""A verb as the cases see it: what it asks, and what it leaves in the ledger."""

from __future__ import annotations

import attrs


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
    """

    method: str
    path: str
    resource: str = ""
    action: str = ""
    gives: bool = False
    once: bool = False
    listed: bool = True
