"""The surroundings in which a document's code runs."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from documents import the_catalogue

from apptsdk.sandbox import Sandbox


@pytest.fixture
def surroundings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Sandbox]:
    """A sandbox to which the environment leads, with the catalogue that Cubu's page shows."""
    logger = logging.getLogger("apptsdk")
    level = logger.level
    path = tmp_path / "cubu.toml"
    path.write_text(the_catalogue(), "utf-8")
    with Sandbox() as sandbox:
        for name, value in (sandbox.environment() | {"CUBU_CATALOGUE": str(path)}).items():
            monkeypatch.setenv(name, value)
        yield sandbox
    logger.setLevel(level)
