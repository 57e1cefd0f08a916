"""Cliniko: what holds for available times whatever is given and taken."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox_clinic import NOW

from apptsdk.sandbox.cliniko import available, forms
from apptsdk.sandbox.cliniko.seed import seed_world
from apptsdk.sandbox.cliniko.times import iso, seconds

# The days on which clocks change in Sydney, and a usual one, each with its neighbours.
DAYS = [date(2026, 4, 5), date(2026, 10, 4), date(2026, 3, 16)]
MINUTES = st.tuples(st.integers(-24 * 60, 48 * 60), st.integers(1, 300))


def span(world, practitioner, business, day, minutes):
    begin = datetime.combine(day, time(), UTC) + timedelta(minutes=minutes[0])
    return {
        "practitioner_id": str(practitioner),
        "business_id": str(business),
        "starts_at": iso(seconds(begin)),
        "ends_at": iso(seconds(begin + timedelta(minutes=minutes[1]))),
    }


@settings(max_examples=60, deadline=None)
@given(
    day=st.sampled_from(DAYS),
    steps=st.lists(st.tuples(st.sampled_from(["give", "take"]), MINUTES), max_size=6),
    kind=st.sampled_from([0, 1, 2]),
)
@pytest.mark.parametrize("who", ["Raman", "Haddad"])
def test_giving_takes_nothing_away_and_taking_takes_what_it_overlaps(who, day, steps, kind):
    world = seed_world(now=seconds(NOW), seed=0, appointments=0)
    practitioner = next(id_ for id_, row in world.practitioners.items() if row.values["last_name"] == who)
    business, now = next(iter(world.businesses)), seconds(NOW)
    type_ = list(world.appointment_types)[kind]
    length = 60 * world.appointment_types[type_].values["duration_in_minutes"]

    def times():
        found = available.offer(world, business, practitioner, type_, now)
        return list(found.times(day - timedelta(days=1), day + timedelta(days=1)))

    before = times()
    for what, minutes in steps:
        form = forms.AVAILABLE if what == "give" else forms.UNAVAILABLE
        (row,) = form.create(world, span(world, practitioner, business, day, minutes), now)
        world.book([row])
        after = times()
        assert after == sorted(set(after))
        if what == "give":
            assert set(before) <= set(after)
            assert all(row.starts_at <= one <= row.ends_at - length for one in set(after) - set(before))
        else:
            left = [one for one in before if one >= row.ends_at or one + length <= row.starts_at]
            assert after == left
        before = after
