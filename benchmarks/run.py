"""Measure what the SDK costs, as ratios against the libraries beneath it, and fail where a budget is passed.

    python benchmarks/run.py [name ...]

Every figure is the median of seven runs, in which ours and the bare one take turns.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import statistics
import subprocess
import sys
import time
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import httpx
import orjson
from peer import CUBU_CALENDAR, DELAY, GUID, IMIASSIST_ANSWER, IMIASSIST_FLOW_ANSWER, NEXHEALTH_PAGE, PAGE, peer

from apptsdk import AsyncCliniko, Cliniko, ClinikoSettings, CubuSettings, IMIassistSettings, Quota
from apptsdk.http import Headers, Response
from apptsdk.operation import Operation
from apptsdk.providers.cliniko.models import IndividualAppointment
from apptsdk.providers.cliniko.wire import page_of
from apptsdk.providers.cubu.operations.appointments import list as cubu_list
from apptsdk.providers.imiassist.models import AppointmentSchedule
from apptsdk.providers.imiassist.operations.appointments import schedule as imiassist_schedule
from apptsdk.providers.nexhealth import wire as nexhealth
from apptsdk.providers.nexhealth.models import Appointment

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

RUNS = 7
HERE = Path(__file__).parent
HEADERS = {"Accept": "application/json", "User-Agent": "bench (dev@example.com)", "Authorization": "Basic a2V5Og=="}


def settings(url: str) -> ClinikoSettings:
    """Sign in to the peer."""
    return ClinikoSettings(api_key="key", app_name="bench", contact_email="dev@example.com", base_url=url)


def ratio(ours: Callable[[], float], bare: Callable[[], float]) -> tuple[float, float]:
    """Take turns, and give the median of the ratios and our own median in seconds."""
    ours(), bare()
    pairs = [(ours(), bare()) for _ in range(RUNS)]
    return statistics.median(a / b for a, b in pairs), statistics.median(a for a, _ in pairs)


def timed(work: Callable[[], object], times: int) -> float:
    """Seconds for one of so many calls."""
    began = time.perf_counter()
    for _ in range(times):
        work()
    return (time.perf_counter() - began) / times


# --- import and construction -----------------------------------------------------------------------------------------

OURS = {
    "Cliniko": """
from apptsdk import Cliniko, ClinikoSettings
Cliniko(ClinikoSettings(api_key="key", app_name="bench", contact_email="dev@example.com"))
""",
    "Cubu": """
from apptsdk import Cubu, CubuSettings
Cubu(CubuSettings(tenant_id="tenant", client_id="client", client_secret="secret", application_id="bench"))
""",
    "IMIassist": """
from apptsdk import IMIassist, IMIassistSettings
IMIassist(IMIassistSettings(subdomain="bench", api_key="key", token="token"))
""",
    "NexHealth": """
from apptsdk import NexHealth, NexHealthSettings
NexHealth(NexHealthSettings(api_key="key", subdomain="bench"))
""",
}
BARE = "import httpx, attrs, cattrs, orjson, tenacity; httpx.Client()"


def imported(code: str) -> float:
    """Seconds for an interpreter that does that and nothing else."""
    return timed(lambda: subprocess.run([sys.executable, "-c", code], check=True), 1)  # noqa: S603 - our own code


def extra(code: str, nothing: float) -> float:
    """Seconds more than an interpreter needs by itself."""
    return imported(code) - nothing


def bench_import() -> list[tuple[str, float, float]]:
    """One provider imported and constructed, against the libraries imported and a bare client constructed."""
    nothing = statistics.median(imported("") for _ in range(RUNS))
    rows = []
    for client, code in OURS.items():
        found, _ = ratio(partial(extra, code, nothing), partial(extra, BARE, nothing))
        rows.append((f"import and construct {client} / the libraries and httpx.Client()", found, 1.2))
    return rows


# --- a call ----------------------------------------------------------------------------------------------------------

CALLS = 600
PACE = [Quota(1_000_000, per=60.0)]  # counted like the provider's own, and never reached


def bench_call() -> list[tuple[str, float, float]]:
    """A call over loopback, against the same call on bare httpx, its JSON read."""
    rows = []
    with peer() as url:
        with Cliniko(settings(url), pace=PACE) as cliniko, httpx.Client(headers=HEADERS) as client:
            found, _ = ratio(
                lambda: timed(lambda: cliniko.individual_appointments.get("1"), CALLS),
                lambda: timed(lambda: client.get(f"{url}/individual_appointments/1").json(), CALLS),
            )
            rows.append(("call, sync / httpx.Client", found, 1.3))
        for connections in (1, 16, 50):
            found = asyncio.run(async_ratio(url, connections))
            rows.append((f"call, async, {connections} connections / httpx.AsyncClient", found, 1.3))
    return rows


async def async_ratio(url: str, connections: int) -> float:
    """The same for tasks."""
    async with AsyncCliniko(settings(url), pace=PACE) as cliniko, httpx.AsyncClient(headers=HEADERS) as client:

        async def ours() -> None:
            await cliniko.individual_appointments.get("1")

        async def bare() -> None:
            (await client.get(f"{url}/individual_appointments/1")).json()

        pairs = [(await spread(ours, connections), await spread(bare, connections)) for _ in range(RUNS + 1)]
        return statistics.median(a / b for a, b in pairs[1:])


async def spread(work: Callable[[], Awaitable[None]], connections: int) -> float:
    """Seconds for all calls, by so many tasks at once."""

    async def some() -> None:
        for _ in range(CALLS // connections):
            await work()

    began = time.perf_counter()
    await asyncio.gather(*(some() for _ in range(connections)))
    return time.perf_counter() - began


# --- fetching ahead --------------------------------------------------------------------------------------------------


def bench_prefetch() -> list[tuple[str, float, float]]:
    """A list whose every page takes as long to come as its reader works on it, against the same without prefetch."""
    with peer() as url:
        with Cliniko(settings(url), pace=PACE) as cliniko:

            def read(prefetch: int) -> None:
                for _ in cliniko.individual_appointments.list(prefetch=prefetch).pages():
                    time.sleep(DELAY)

            found, _ = ratio(lambda: timed(lambda: read(1), 1), lambda: timed(lambda: read(0), 1))
        return [
            ("20 pages, sync, prefetch=1 / prefetch=0", found, 0.7),
            ("20 pages, async, prefetch=1 / prefetch=0", asyncio.run(async_prefetch(url)), 0.7),
        ]


async def async_prefetch(url: str) -> float:
    """The same for tasks."""
    async with AsyncCliniko(settings(url), pace=PACE) as cliniko:

        async def read(prefetch: int) -> float:
            began = time.perf_counter()
            async for _ in cliniko.individual_appointments.list(prefetch=prefetch).pages():
                await asyncio.sleep(DELAY)
            return time.perf_counter() - began

        pairs = [(await read(1), await read(0)) for _ in range(RUNS + 1)]
        return statistics.median(a / b for a, b in pairs[1:])


# --- decoding --------------------------------------------------------------------------------------------------------


def bench_decode() -> list[tuple[str, float, float]]:
    """A page of 100 full appointments, against reading its JSON."""
    rows = []
    pages = {
        "Cliniko": (PAGE, page_of(IndividualAppointment, "individual_appointments"), 6.5),
        # More fields than Cliniko's, and half of the text: what is read in it costs as much, and JSON reads faster.
        "NexHealth": (NEXHEALTH_PAGE, nexhealth_page, 7.5),
        # Five objects a row, and times that are shown in the service's zone.
        "Cubu": (CUBU_CALENDAR, cubu_calendar(), 8.5),
    }
    for client, (page, read, budget) in pages.items():
        response = Response(200, Headers(), page)
        gc.collect()
        gc.freeze()  # what other measurements left behind is not what a page costs
        ours, bare = partial(read, response), partial(orjson.loads, page)
        found, _ = ratio(partial(timed, ours, 50), partial(timed, bare, 50))
        rows.append((f"{client}: page of 100 appointments / orjson.loads", found, budget))
    # Each appointment is an answer of its own here, whose few names are looked for in any case and in several places.
    read = imiassist_reader()
    for shape, texts, budget in (("", [IMIASSIST_ANSWER], 52.0), (" of a flow", IMIASSIST_FLOW_ANSWER, 34.0)):
        response = Response(201, Headers(), texts[0])
        ours, bare = partial(read, response), partial(loaded, texts)
        found, _ = ratio(partial(timed, ours, 1000), partial(timed, bare, 1000))
        rows.append((f"IMIassist: an answer{shape} / orjson.loads", found, budget))
    return rows


def loaded(texts: list[bytes]) -> None:
    """Read JSON, and the JSON that was a text in it."""
    for text in texts:
        orjson.loads(text)


def imiassist_reader() -> Callable[[Response], None]:
    """Make what reads an answer as a call does: the status that counts, and the appointment."""
    settings = IMIassistSettings(subdomain="bench", api_key="key", token="token")  # noqa: S106 - no secret
    status = settings.account().service.status
    asked = AppointmentSchedule(start_time=datetime(2026, 3, 2, 9, tzinfo=UTC), external_reference_id="PAS-1001")
    made = imiassist_schedule(settings.scope_of_calls, asked)
    assert status is not None  # noqa: S101 - a flow passes it on

    def read(response: Response) -> None:
        status(response)
        made.read(response)

    return read


def nexhealth_page(response: Response) -> object:
    """Read a page as a call does: the envelope's say about faults and remarks, and the rows."""
    assert not nexhealth.is_fault(response)  # noqa: S101 - part of what is measured
    assert not list(nexhealth.notes(response))  # noqa: S101 - the same
    return nexhealth.page_of(Appointment, "https://nexhealth.info/appointments?per_page=100")(response)


def cubu_calendar() -> Callable[[Response], object]:
    """Make what reads a calendar's appointments as a call does: with the zone by which each is due."""
    settings = CubuSettings(
        tenant_id="tenant",
        client_id="client",
        client_secret="secret",  # noqa: S106 - no secret
        application_id="bench",
        time_zone="Asia/Jerusalem",
    )
    listed = cubu_list(settings.scope_of_calls, f"{GUID}/2026-03-02/0").page(None)
    assert isinstance(listed, Operation)  # noqa: S101 - one request lists a calendar
    return listed.read


# --- memory ----------------------------------------------------------------------------------------------------------


def bench_memory() -> list[tuple[str, float, float]]:
    """The growth of the process while it reads 100,000 appointments, in pages of 100 (one page is 0.15 MB of JSON)."""
    answer = subprocess.run(  # noqa: S603 - our own file
        [sys.executable, str(HERE / "memory.py")], check=True, capture_output=True, text=True
    )
    return [("growth over 100,000 appointments, MB", float(answer.stdout), 8.0)]


BENCHES = {
    "import": bench_import,
    "call": bench_call,
    "prefetch": bench_prefetch,
    "decode": bench_decode,
    "memory": bench_memory,
}


def main() -> int:
    """Measure, print, and tell whether every budget holds."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", choices=[[], *BENCHES])
    names = parser.parse_args().names or list(BENCHES)
    failed = False
    for name in names:
        for what, found, budget in BENCHES[name]():
            over = found > budget
            failed |= over
            print(f"{what:<72} {found:6.2f}  budget {budget:4.1f}{'  OVER' if over else ''}", flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
