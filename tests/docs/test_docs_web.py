"""The page about web services gives every error a status."""

import inspect
from typing import Any

from documents import ROOT, blocks

import apptsdk
from apptsdk import ApptError

PAGE = ROOT / "docs" / "web-services.md"


def test_every_public_error_has_a_status() -> None:
    (block,) = blocks(PAGE.name, PAGE.read_text("utf-8"))
    names: dict[str, Any] = {"__name__": "pasted"}
    exec(compile(block.code, block.document, "exec", dont_inherit=True), names)
    public = (getattr(apptsdk, name) for name in apptsdk.__all__)
    errors = {one for one in public if inspect.isclass(one) and issubclass(one, ApptError)}
    assert set(names["STATUSES"]) == errors
    assert set(names["STATUSES"].values()) == {401, 404, 409, 422, 500, 502, 503, 504}
