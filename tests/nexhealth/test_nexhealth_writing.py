"""Waiting until what was accepted is written: when it asks, when it gives up, and what it says then."""

from __future__ import annotations

import pickle
from datetime import UTC, date, datetime, timedelta

import anyio
import attrs
import pytest
from harness import World
from nexhealth_support import APPOINTMENT, BOTH, NOW, WRITTEN, FakeClock, Vendor, answer, raw, refusal, settings

from apptsdk import (
    ApptError,
    NotFoundError,
    NotWrittenError,
    Quota,
    ServerError,
    Timeout,
)
from apptsdk.operation import Instant
from apptsdk.providers.nexhealth import Appointment, Patient, WriteState
from apptsdk.providers.nexhealth.wire import WIRE

PENDING = answer(APPOINTMENT)
DONE = answer({**APPOINTMENT, **WRITTEN})
VERB = "appointments.wait_until_written"
LOOPS = ("asyncio", "trio")


def wait(seconds=120.0):
    return lambda c: c.call(VERB, APPOINTMENT["id"], timeout=timedelta(seconds=seconds))


# --- the state -------------------------------------------------------------------------------------------------------

LEFT_OUT = object()
STATES = {
    "nothing yet": ({"foreign_id": None, "foreign_id_type": "nex"}, WriteState.PENDING),
    "a blank id": ({"foreign_id": "", "foreign_id_type": "nex"}, WriteState.PENDING),
    "an id of NexHealth's own": ({"foreign_id": "771", "foreign_id_type": "nex"}, WriteState.PENDING),
    "no id and no word": ({"foreign_id": None, "foreign_id_type": None}, WriteState.PENDING),
    "no id of a system": ({"foreign_id": None, "foreign_id_type": "msg-dentrix-DataSource-1"}, WriteState.PENDING),
    "an id of a system": (WRITTEN, WriteState.WRITTEN),
    "an id of nowhere": ({"foreign_id": "771", "foreign_id_type": None}, WriteState.UNKNOWN),
    "an id of a blank": ({"foreign_id": "771", "foreign_id_type": ""}, WriteState.UNKNOWN),
    "not said": ({"foreign_id": LEFT_OUT, "foreign_id_type": LEFT_OUT}, WriteState.UNKNOWN),
    "only no id": ({"foreign_id": None, "foreign_id_type": LEFT_OUT}, WriteState.PENDING),
    "only when": (
        {"foreign_id": LEFT_OUT, "foreign_id_type": LEFT_OUT, "last_sync_time": "2031-04-01T15:00:00Z"},
        WriteState.WRITTEN,
    ),
    "an id, and when": (
        {"foreign_id": "771", "foreign_id_type": None, "last_sync_time": "2031-04-01T15:00:00Z"},
        WriteState.WRITTEN,
    ),
    "when, and NexHealth's own all the same": (
        {"foreign_id": None, "foreign_id_type": "nex", "last_sync_time": "2031-04-01T15:00:00Z"},
        WriteState.PENDING,
    ),
    "only NexHealth": ({"foreign_id": LEFT_OUT, "foreign_id_type": "nex"}, WriteState.PENDING),
}


@pytest.mark.parametrize("name", STATES)
@pytest.mark.parametrize("kind", [Appointment, Patient])
def test_the_state_follows_from_what_points_into_the_practices_own_system(kind, name):
    fields, state = STATES[name]
    row = {key: value for key, value in {**APPOINTMENT, **fields}.items() if value is not LEFT_OUT}
    assert WIRE.structure(row, kind).write_state is state


# --- asking ----------------------------------------------------------------------------------------------------------


def test_what_is_written_already_is_given_at_once(vendor):
    vendor.answers(DONE)
    found = vendor.tell(wait())
    assert found.write_state is WriteState.WRITTEN
    assert vendor.clock.slept == []
    assert [(one.method, one.path) for one in vendor.seen] == [("GET", f"/appointments/{APPOINTMENT['id']}")]


def test_it_asks_less_and_less_often(vendor):
    vendor.answers(*[PENDING] * 8, DONE)
    assert vendor.tell(wait(300)).foreign_id == "771"
    assert vendor.clock.slept == [1, 2, 4, 8, 16, 30, 30, 30]
    assert len(vendor.feed.requests) == 9


def test_the_last_look_is_at_the_very_end_and_then_it_says_so(vendor):
    vendor.answers(always=PENDING)
    with pytest.raises(
        NotWrittenError, match=r"^Appointment 1600000123 was not written within 60 s; it may still be\.$"
    ) as one:
        vendor.tell(wait(60))
    assert vendor.clock.slept == [1, 2, 4, 8, 16, 29]
    assert not one.value.final
    assert isinstance(one.value, ApptError)
    assert one.value.appointment.id == APPOINTMENT["id"]
    assert (one.value.provider, one.value.operation) == ("nexhealth", f"nexhealth.{VERB}")


def test_what_is_written_at_the_last_moment_is_given(vendor):
    vendor.answers(*[PENDING] * 6, DONE)
    assert vendor.tell(wait(60)).write_state is WriteState.WRITTEN
    assert sum(vendor.clock.slept) == 60


@pytest.mark.parametrize("seconds", [0.001, 0.5, 1, 3, 1000])
def test_the_timeout_is_kept_whatever_it_is(seconds, vendor):
    vendor.answers(always=PENDING)
    with pytest.raises(NotWrittenError, match=f"within {seconds:g} s"):
        vendor.tell(wait(seconds))
    assert sum(vendor.clock.slept) == pytest.approx(seconds)
    assert max(vendor.clock.slept) <= 30


def test_two_minutes_are_waited_unless_told_otherwise(vendor):
    vendor.answers(always=PENDING)
    with pytest.raises(NotWrittenError, match="within 120 s"):
        vendor.tell(lambda c: c.call(VERB, 1))
    assert sum(vendor.clock.slept) == 120


def test_its_own_timeout_may_be_longer_than_the_clients(vendor):
    vendor.answers(*[PENDING] * 13, DONE)
    assert vendor.tell(wait(400), timeout=Timeout(attempt=1, total=5)).write_state is WriteState.WRITTEN
    assert sum(vendor.clock.slept) > 200


def test_a_look_that_fails_is_repeated_within_it(vendor):
    vendor.answers(PENDING, raw(b"", 503), raw(b"", 429), DONE)
    assert vendor.tell(wait(60)).write_state is WriteState.WRITTEN
    assert len(vendor.feed.requests) == 4


def test_where_looks_keep_failing_what_was_seen_last_is_told_and_why(vendor):
    vendor.answers(PENDING, always=raw(b"", 500))
    with pytest.raises(NotWrittenError, match="within 60 s") as caught:
        vendor.tell(wait(60))
    assert isinstance(caught.value.__cause__, ServerError)
    assert caught.value.appointment.id == APPOINTMENT["id"]
    assert sum(vendor.clock.slept) <= 60 + 10


def test_where_no_look_succeeds_its_error_is_raised(vendor):
    vendor.answers(always=raw(b"", 500))
    with pytest.raises(ServerError):
        vendor.tell(wait(30))
    assert len(vendor.feed.requests) > 4


def test_it_goes_by_the_vendors_clock_whatever_the_local_one_says():
    class Ahead(FakeClock):
        def now(self):
            instant = super().now()
            return Instant(instant.monotonic, instant.wall + 3600)

    vendor = Vendor(World("sync"), Ahead())
    row = {**APPOINTMENT, "start_time": (NOW + timedelta(minutes=30)).isoformat()}
    date_ = [("date", "Mon, 02 Mar 2026 22:00:00 GMT")]
    vendor.answers(answer(row, headers=date_), answer({**row, **WRITTEN}, headers=date_))
    assert vendor.tell(wait()).write_state is WriteState.WRITTEN


def test_what_does_not_exist_is_not_waited_for(vendor):
    vendor.answers(refusal("Resource not found", status=404))
    with pytest.raises(NotFoundError):
        vendor.tell(wait())
    assert vendor.clock.slept == []


HOPELESS = {
    "was cancelled before it was written": {"cancelled": True},
    "was not written before it began, and will not be": {"start_time": "2026-03-02T22:00:00.000Z"},
    "cannot be waited for: the vendor does not say whether it is written": {
        "foreign_id": "771",
        "foreign_id_type": None,
    },
}


@pytest.mark.parametrize("why", HOPELESS)
@pytest.mark.parametrize("after", [0, 2])
def test_what_will_never_be_written_is_not_waited_for(after, why, vendor):
    vendor.answers(*[PENDING] * after, answer({**APPOINTMENT, **HOPELESS[why]}))
    with pytest.raises(NotWrittenError, match=f"^Appointment 1600000123 {why}") as caught:
        vendor.tell(wait())
    assert caught.value.appointment.as_sent() == {**APPOINTMENT, **HOPELESS[why]}
    assert caught.value.final
    assert len(vendor.feed.requests) == after + 1


def test_what_begins_meanwhile_is_not_waited_for_any_longer(vendor):
    begins = NOW + timedelta(seconds=10)
    vendor.answers(always=answer({**APPOINTMENT, "start_time": begins.isoformat()}))
    with pytest.raises(NotWrittenError, match="before it began"):
        vendor.tell(wait(600))
    assert sum(vendor.clock.slept) == 15


def test_what_is_written_and_cancelled_or_past_is_written(vendor):
    vendor.answers(answer({**APPOINTMENT, **WRITTEN, "cancelled": True, "start_time": "2020-01-01T00:00:00Z"}))
    assert vendor.tell(wait()).cancelled is True


BAD = {
    "no timedelta": ((5,), {"timeout": 60}, TypeError, r"^timeout must be a timedelta, such as timedelta\(minutes=2\)"),
    "nothing": ((5,), {"timeout": None}, TypeError, "timeout must be a timedelta"),
    "no time": ((5,), {"timeout": timedelta(0)}, ValueError, r"^timeout must be above zero\.$"),
    "less": ((5,), {"timeout": timedelta(seconds=-1)}, ValueError, "above zero"),
    "a bad id": (("x",), {}, ValueError, "^id is not a NexHealth id"),
    "the appointment itself": ((WIRE.structure(APPOINTMENT, Appointment),), {}, TypeError, r"Pass its \.id"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_argument_is_refused_before_anything_is_asked(name, vendor):
    args, kwargs, kind, why = BAD[name]
    with pytest.raises(kind, match=why):
        vendor.tell(lambda c: c.call(VERB, *args, **kwargs))
    assert vendor.feed.requests == []


@pytest.mark.parametrize("loop", LOOPS)
def test_a_cancelled_wait_ends_at_once_and_asks_no_more(loop):
    waiting = anyio.Event()

    class Stuck(FakeClock):
        async def asleep(self, seconds):
            waiting.set()
            await anyio.sleep_forever()

    vendor = Vendor(World(loop), Stuck())
    vendor.answers(always=PENDING)

    async def story(c):
        async with anyio.create_task_group() as group:
            group.start_soon(wait(), c)
            await waiting.wait()
            group.cancel_scope.cancel()
        return "done"

    assert vendor.tell(story) == "done"
    assert len(vendor.feed.requests) == 1


def test_the_error_goes_to_another_process_and_back(vendor):
    vendor.answers(always=PENDING)
    with pytest.raises(NotWrittenError) as caught:
        vendor.tell(wait(1))
    twin = pickle.loads(pickle.dumps(caught.value))
    assert (str(twin), twin.operation) == (str(caught.value), caught.value.operation)
    assert twin.appointment == caught.value.appointment
    assert twin.final is caught.value.final is False


def test_a_wait_keeps_to_the_pace_like_any_other_call(vendor):
    vendor.answers(always=PENDING)
    moments = []
    vendor.feed.always = lambda _: moments.append(vendor.clock.now().monotonic) or PENDING
    with pytest.raises(NotWrittenError):
        vendor.tell(wait(12), pace=[Quota(1, per=10)], timeout=Timeout(5, 50))
    assert len(moments) == 2
    assert moments[1] - moments[0] >= 10


# --- at the sandbox --------------------------------------------------------------------------------------------------


async def booked(c, practice):
    window = {"start_date": date(2026, 3, 10), "days": 3, "provider_ids": [practice.provider]}
    slot = await c.first(c.list("available_slots.list", **window))
    return await c.call(
        "appointments.create",
        patient_id=practice.patient,
        provider_id=practice.provider,
        operatory_id=slot.operatory_id,
        start_time=slot.time,
        end_time=slot.time + timedelta(minutes=15),
    )


@pytest.mark.parametrize("name", BOTH)
def test_an_accepted_booking_is_written_after_a_while(name, practice):
    practice.emulation.write_after = timedelta(seconds=20)

    async def story(c):
        made = await booked(c, practice)
        assert made.write_state is WriteState.PENDING
        written = await c.call(VERB, made.id)
        assert written.write_state is WriteState.WRITTEN
        assert written.last_sync_time is not None
        assert written.id == made.id

    practice.tell(story, attrs.evolve(practice.sandbox.nexhealth, api_version=name))
    assert 20 <= sum(practice.watch.slept) <= 31


def test_a_practice_that_cannot_be_written_to_is_waited_for_again(practice):
    practice.emulation.sync(write_status="red")

    async def story(c):
        made = await booked(c, practice)
        with pytest.raises(NotWrittenError) as caught:
            await c.call(VERB, made.id, timeout=timedelta(seconds=30))
        assert caught.value.appointment.id == made.id
        practice.emulation.sync(write_status="green")
        return await c.call(VERB, made.id, timeout=timedelta(minutes=30))

    assert practice.tell(story).write_state is WriteState.WRITTEN


def test_a_booking_that_is_cancelled_is_not_waited_for(practice):
    async def story(c):
        made = await booked(c, practice)
        await c.call("appointments.cancel", made.id)
        with pytest.raises(NotWrittenError, match="was cancelled before it was written"):
            await c.call(VERB, made.id)

    practice.tell(story)


def test_the_clock_of_the_feed_is_that_of_the_tests():
    assert datetime.fromtimestamp(FakeClock().now().wall, UTC) == NOW
    assert settings().version.name == "v3.0.0"


def test_what_is_not_written_is_no_timeout_of_pythons():
    appointment = WIRE.structure(APPOINTMENT, Appointment)
    error = NotWrittenError("Not written.", appointment=appointment, provider="nexhealth", operation=VERB)

    assert isinstance(error, ApptError)
    assert not isinstance(error, TimeoutError)  # who waits again after any timeout would wait for ever for some of them
    assert (error.appointment, error.provider, error.final) == (appointment, "nexhealth", False)
