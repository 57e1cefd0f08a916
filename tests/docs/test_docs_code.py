"""Every Python block of the documents runs when it is pasted."""

import pytest
from documents import Block, all_blocks, blocks, run

from apptsdk.sandbox import Sandbox


@pytest.mark.parametrize("block", all_blocks(), ids=str)
def test_a_block_runs_when_it_is_pasted(block: Block, surroundings: Sandbox, apptsdk_sandbox: Sandbox) -> None:
    if block.reason is not None:
        pytest.skip(block.reason)
    run(block, apptsdk_sandbox=apptsdk_sandbox)


def test_nearly_every_block_is_run() -> None:
    found = all_blocks()
    assert len(found) >= 15
    assert sum(block.reason is not None for block in found) <= 1


PAGE = """# A page

```python
from apptsdk import Cliniko
{line}
```

<!-- not run: it is a sketch -->
```python
nonsense(
```
"""


def test_a_block_that_breaks_is_noticed_at_its_line(surroundings: Sandbox) -> None:
    broken, sketch = blocks("page.md", PAGE.format(line="Cliniko.from_env().appointments"))
    assert (broken.reason, sketch.reason) == (None, "it is a sketch")
    with pytest.raises(AttributeError, match="appointments") as caught:
        run(broken)
    assert [(str(entry.path), entry.lineno + 1) for entry in caught.traceback if "page.md" in str(entry.path)] == [
        ("page.md", 5)
    ]


def test_a_test_in_a_block_is_run_too(apptsdk_sandbox: Sandbox) -> None:
    (block, _) = blocks("page.md", PAGE.format(line="def test_it(apptsdk_sandbox): assert not apptsdk_sandbox.url"))
    with pytest.raises(AssertionError):
        run(block, apptsdk_sandbox=apptsdk_sandbox)
