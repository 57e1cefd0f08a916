"""Read 100,000 appointments from a sandbox in another process, and print by how many MB this process grew."""

from __future__ import annotations

import multiprocessing
import resource
import sys
from typing import TYPE_CHECKING

from apptsdk import Cliniko, ClinikoSettings
from apptsdk.sandbox import Sandbox

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

APPOINTMENTS = 100_000


def serve(pipe: Connection) -> None:
    """Serve until the pipe closes."""
    with Sandbox(appointments=APPOINTMENTS, rate_limit=None) as sandbox:
        pipe.send(sandbox.environment())
        pipe.recv()


def peak() -> float:
    """The largest size of this process so far, in MB."""
    size = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return size / (1024 * 1024 if sys.platform == "darwin" else 1024)


def main() -> int:
    """Read them all."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    with Cliniko(ClinikoSettings.from_env(ours.recv()), pace=()) as cliniko:
        items = iter(cliniko.individual_appointments.list(include_cancelled=True, include_archived=True))
        for _ in range(300):
            next(items)
        before, count = peak(), 300
        for _ in items:
            count += 1
        after = peak()
    ours.send(None)
    process.join()
    if count < APPOINTMENTS:
        print(f"only {count} appointments were read", file=sys.stderr)
        return 1
    print(f"{after - before:.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
