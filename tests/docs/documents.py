"""The documents, and the blocks of Python in them."""

import gc
import inspect
import re
from pathlib import Path
from textwrap import dedent
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
_BLOCK = re.compile(
    r"^ *(?:<!-- not run: (?P<reason>[^\n]+) -->\n *)?```(?:python|pycon|py)[^\n]*\n(?P<code>.*?)^ *```$",
    re.MULTILINE | re.DOTALL,
)


class Block(NamedTuple):
    """A block of Python in a document."""

    document: str
    line: int
    code: str
    reason: str | None
    """Why it is not run."""

    def __str__(self) -> str:
        return f"{self.document}:{self.line}"


def blocks(name: str, text: str) -> list[Block]:
    """Find the blocks of a document."""
    return [
        Block(name, text.count("\n", 0, found.start("code")) + 1, dedent(found["code"]), found["reason"])
        for found in _BLOCK.finditer(text)
    ]


def all_blocks() -> list[Block]:
    """Find the blocks of all documents."""
    return [block for path in DOCUMENTS for block in blocks(str(path.relative_to(ROOT)), path.read_text("utf-8"))]


def rows(text: str) -> list[list[str]]:
    """The rows of the tables in a text, without their heads."""
    found = re.sub(r"^\|.*\|\n\|[-|]+\|$", "", text, flags=re.MULTILINE)
    return [[cell.strip() for cell in line.split("|")] for line in re.findall(r"^\|(.*)\|$", found, re.MULTILINE)]


def the_catalogue() -> str:
    """Give the catalogue that Cubu's page shows."""
    (found,) = re.findall(
        r"^```toml\n(.*?)^```$", (ROOT / "docs" / "cubu.md").read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return found


def run(block: Block, **fixtures: object) -> None:
    """Run a block in a namespace of its own, and then the tests that it defines."""
    source = "\n" * (block.line - 1) + block.code  # so that a traceback names the document's own line
    names: dict[str, object] = {"__name__": "pasted"}
    exec(compile(source, block.document, "exec", dont_inherit=True), names)
    for name, value in list(names.items()):
        if name.startswith("test_") and inspect.isfunction(value):
            value(**{wanted: fixtures[wanted] for wanted in inspect.signature(value).parameters})
    names.clear()
    gc.collect()  # a client that the block left open complains now
