"""The vendors' systems on this machine: `from apptsdk.sandbox import Sandbox`.

The names are loaded on first use, because the pytest plugin of this package is imported by every run of pytest, and
must cost nothing there. Starlette and uvicorn come with `pip install "apptsdk[sandbox]"`.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from apptsdk.sandbox.faults import KINDS, Fault
    from apptsdk.sandbox.service import Sandbox
    from apptsdk.sandbox.state import Clock, Entry, Ledger, Seen
    from apptsdk.sandbox.vendors import guesses

__all__ = ["KINDS", "Clock", "Entry", "Fault", "Ledger", "Sandbox", "Seen", "guesses"]

_HOME = {
    "KINDS": "faults",
    "Clock": "state",
    "Entry": "state",
    "Fault": "faults",
    "Ledger": "state",
    "Sandbox": "service",
    "Seen": "state",
    "guesses": "vendors",
}


def __getattr__(name: str) -> object:
    """Load a public name where it lives."""
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    try:
        module = import_module(f"{__name__}.{_HOME[name]}")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in {"h11", "starlette", "uvicorn"}:
            raise
        raise ImportError(
            f'the sandbox needs {error.name}, which is not installed: pip install "apptsdk[sandbox]"', name=error.name
        ) from error
    found: object = getattr(module, name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """Name what is public."""
    return sorted(__all__)
