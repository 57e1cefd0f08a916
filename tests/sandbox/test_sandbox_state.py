"""The clock and the ledger."""

import threading
from datetime import UTC, datetime, timedelta, timezone

import pytest

from apptsdk.sandbox import Clock, Entry, Ledger
from apptsdk.sandbox.state import Requests, Seen

START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def test_the_clock_starts_at_the_real_time():
    assert abs(Clock().now() - datetime.now(UTC)) < timedelta(seconds=2)


def test_the_clock_ticks_from_where_it_was_set():
    clock = Clock(START)
    first = clock.now()
    assert START <= first <= clock.now() < START + timedelta(seconds=5)
    assert clock.now().tzinfo is UTC
    clock.set(START + timedelta(days=1))
    assert clock.now() >= START + timedelta(days=1)
    assert not clock.frozen


def test_a_frozen_clock_moves_only_when_told():
    clock = Clock(START)
    clock.freeze()
    at = clock.now()
    assert clock.now() == at
    clock.advance(timedelta(minutes=5))
    assert clock.now() == at + timedelta(minutes=5)
    clock.set(START)
    assert clock.frozen
    assert clock.now() == START


def test_a_frozen_clock_can_tick_again():
    clock = Clock(START)
    clock.freeze()
    clock.set(START)
    clock.resume()
    assert START <= clock.now() < START + timedelta(seconds=5)
    assert not clock.frozen


def test_the_clock_goes_back():
    clock = Clock(START)
    clock.advance(timedelta(days=-2))
    assert clock.now() < START


def test_the_clock_speaks_utc_whatever_it_is_told():
    clock = Clock(datetime(2026, 3, 2, 9, tzinfo=timezone(timedelta(hours=10))))
    clock.freeze()
    assert clock.now().isoformat().startswith("2026-03-01T23:00:")
    assert clock.now().utcoffset() == timedelta(0)


@pytest.mark.parametrize("act", [Clock, lambda now: Clock(START).set(now)])
def test_a_naive_time_is_refused_with_the_fix(act):
    with pytest.raises(ValueError, match="tzinfo=UTC"):
        act(datetime(2026, 3, 2))  # noqa: DTZ001 - that is what is refused


def entry(action, id_, resource="patients"):
    record = {"first_name": "Secretperson"}
    return Entry(at=START, provider="cliniko", action=action, resource=resource, id=id_, record=record)


def test_the_ledger_tells_what_was_made_and_what_of_it_lives():
    ledger = Ledger()
    ledger.add([entry("create", "1"), entry("create", "2"), entry("create", "3"), entry("create", "9", "businesses")])
    ledger.add([entry("update", "1"), entry("archive", "2"), entry("cancel", "3"), entry("archive", "77")])
    assert ledger.created("patients") == ["1", "2", "3"]
    assert ledger.live("patients") == ["1"]
    assert ledger.live("businesses") == ["9"]
    ledger.add([entry("unarchive", "2")])
    assert ledger.live("patients") == ["1", "2"]
    assert len(ledger) == len(list(ledger)) == 9


def test_what_the_world_began_with_is_never_live_in_the_ledger():
    ledger = Ledger()
    ledger.add([entry("archive", "1"), entry("unarchive", "1")])
    assert ledger.live("patients") == []


def test_a_cleared_ledger_is_empty():
    ledger = Ledger()
    ledger.add([entry("create", "1")])
    ledger.clear()
    assert list(ledger) == []
    assert ledger.created("patients") == []


def test_no_repr_shows_personal_data():
    ledger = Ledger()
    ledger.add([entry("create", "1")])
    seen = Seen(
        method="GET",
        path="/cliniko/v1/patients/1",
        query=[("q", "Secretperson")],
        headers={"x": "Secretperson"},
        body=b"Secretperson",
        raw_path="/Secretperson",
        provider="cliniko",
    )
    assert "Secretperson" not in repr(ledger) + repr(list(ledger)) + repr(seen)
    assert "id='1'" in repr(list(ledger))
    assert "path='/cliniko/v1/patients/1'" in repr(seen)


@pytest.mark.parametrize("ask", [Ledger.created, Ledger.live])
def test_a_ledger_that_knows_the_resources_refuses_any_other(ask):
    ledger = Ledger()
    assert ask(ledger, "nonsense") == []
    ledger.know(["patients"])
    ledger.know(["bookings"])
    assert ask(ledger, "patients") == ask(ledger, "bookings") == []
    with pytest.raises(ValueError, match=r"^resource must be one of bookings, patients, not 'nonsense'$"):
        ask(ledger, "nonsense")


def test_the_ledger_of_a_sandbox_knows_the_vendors_resources(clinic):
    booked = clinic.book()["id"]
    assert clinic.sandbox.ledger.live("individual_appointments") == [booked]
    assert clinic.sandbox.ledger.created("daily_availabilities") == []
    with pytest.raises(ValueError, match=r"individual_appointments, .*, not 'individual_appointment'"):
        clinic.sandbox.ledger.created("individual_appointment")


def test_an_entry_cannot_be_changed():
    with pytest.raises(AttributeError):
        entry("create", "1").id = "2"


def test_the_ledger_takes_entries_from_many_threads():
    ledger = Ledger()
    threads = [
        threading.Thread(target=lambda n=n: [ledger.add([entry("create", f"{n}-{i}")]) for i in range(50)])
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(ledger.created("patients"))) == 400


def test_only_the_latest_requests_are_kept():
    requests = Requests(keep=3)
    for n in range(5):
        requests.add(Seen(method=str(n), path="", query=[], headers={}, body=b"", raw_path="", provider=""))
    assert [seen.method for seen in requests] == ["2", "3", "4"]
    requests.clear()
    assert requests == []
