"""NexHealth: what holds for slots whatever is booked and however they are asked for."""

from datetime import date, datetime, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sandbox_practice import WEST

FIRST = date(2026, 3, 3)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    day=st.integers(0, 60).map(lambda days: FIRST + timedelta(days=days)),
    length=st.integers(5, 120),
    interval=st.integers(5, 120),
    pick=st.integers(0, 1000),
)
def test_slots_lie_in_the_hours_and_over_nothing_and_can_be_booked(practice, day, length, interval, pick):
    query = {"pids": [practice.provider("Castellanos")], "location": WEST, "slot_length": length}
    query["slot_interval"] = interval
    (group,) = practice.groups(day.isoformat(), days=2, **query)
    spans = [(datetime.fromisoformat(one["time"]), datetime.fromisoformat(one["end_time"])) for one in group["slots"]]
    assert spans == sorted(set(spans))
    rows = [row for row in practice.world.records("appointments") if row.live and row.location == WEST]
    for begin, end in spans:
        assert end - begin == timedelta(minutes=length)
        assert begin.date() in {day, day + timedelta(days=1)}
        assert all(row.ends_at <= begin or row.starts_at >= end for row in rows)
    if spans:
        begin, end = spans[pick % len(spans)]
        fields = {"provider_id": practice.provider("Castellanos"), "operatory_id": None, "appointment_type_id": None}
        practice.book(begin.isoformat(), end_time=end.isoformat(), location=WEST, **fields)
        (again,) = practice.groups(day.isoformat(), days=2, **query)
        assert all(
            datetime.fromisoformat(one["end_time"]) <= begin or datetime.fromisoformat(one["time"]) >= end
            for one in again["slots"]
        )
    else:
        assert group["next_available_date"] > (day + timedelta(days=1)).isoformat()
