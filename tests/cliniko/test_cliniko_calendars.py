"""Stories of calendars in every world: a class that fills up, blocks that take time away and give it, what repeats."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from makings import making
from props import NOW, props

from apptsdk import NotFoundError, ValidationError
from apptsdk.providers.cliniko import (
    CancellationReason,
    GroupAppointment,
    IndividualAppointment,
    RepeatRuleInput,
    RepeatType,
    UnavailableBlock,
)

SYDNEY = ZoneInfo("Australia/Sydney")
TUESDAY, SATURDAY = date(2026, 5, 12), date(2026, 5, 16)
WEEKLY = RepeatRuleInput(repeat_type=RepeatType.WEEKLY, number_of_repeats=2)


def at(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute), SYDNEY)


async def starts(c, clinic, day):
    """Give the local hours at which the first practitioner can be booked."""
    found = await c.collect(c.list("available_times.list", *clinic.triple, from_=day, to=day))
    return [one.appointment_start.astimezone(SYDNEY).strftime("%H:%M") for one in found]


def local(row):
    return row.starts_at.astimezone(SYDNEY).replace(tzinfo=None)


def halves(first, last):
    """Give every half hour of a day, from one to before another."""
    return [f"{half // 2:02}:{half % 2 * 30:02}" for half in range(2 * first, 2 * last)]


async def make_class(c, **other):
    made = props()
    fields = {"appointment_type_id": made.group_type, **made.place, "starts_at": at(TUESDAY, 18), **other}
    return await c.call("group_appointments.create", **fields)


def test_a_class_fills_up_and_a_place_that_is_given_back_goes_to_the_next(clinic):
    ann, bob, cleo = props().patients[:3]

    async def story(c):
        group = await make_class(c, max_attendees=2, notes="Bring a mat")
        assert (group.max_attendees, group.patient_ids, group.notes) == (2, (), "Bring a mat")
        assert group.ends_at - group.starts_at == timedelta(hours=1)
        first = await c.call("attendees.create", booking_id=group.id, patient_id=ann, notes="knee")
        second = await c.call("attendees.create", booking_id=group.id, patient_id=bob)
        assert (first.booking.id, first.patient.id, first.notes, first.arrived) == (group.id, ann, "knee", None)
        with pytest.raises(ValidationError) as caught:
            await c.call("attendees.create", booking_id=group.id, patient_id=cleo)
        assert set(caught.value.fields) == {"base"}

        of_group = [c.client.attendees.F.booking_id == group.id]
        listed = await c.collect(c.list("attendees.list", q=of_group))
        assert [one.id for one in listed] == [first.id, second.id]
        reason = CancellationReason.CONDITION_WORSE
        assert await c.call("attendees.cancel", second.id, reason=reason, note="a cold") is None
        with pytest.raises(NotFoundError):
            await c.call("attendees.cancel", second.id, reason=reason)
        with pytest.raises(NotFoundError):
            await c.call("attendees.get", second.id)
        gone = await c.call("attendees.get", second.id, include_cancelled=True)
        assert (gone.cancellation_reason, gone.cancellation_note, gone.cancelled_at) == (reason, "a cold", NOW)

        third = await c.call("attendees.create", booking_id=group.id, patient_id=cleo)
        assert (await c.call("group_appointments.get", group.id)).patient_ids == (ann, cleo)
        assert [one.id for one in await c.collect(c.list("attendees.list", q=of_group))] == [first.id, third.id]
        everyone = await c.collect(c.list("attendees.list", q=of_group, include_cancelled=True))
        assert [one.id for one in everyone] == [first.id, second.id, third.id]
        assert await c.call("attendees.archive", third.id) is None
        assert (await c.call("group_appointments.get", group.id)).patient_ids == (ann,)
        return first, second, third

    made = clinic.tell(story)
    assert clinic.sandbox.ledger.created("attendees") == [one.id for one in made]
    assert clinic.sandbox.ledger.live("attendees") == [made[0].id]


def test_a_patient_leaves_the_rest_of_a_series_of_classes(clinic):
    async def story(c):
        first = await make_class(c, repeat_rule=WEEKLY)
        q = [c.client.group_appointments.F.repeated_from_id == first.id]
        series = [first, *await c.collect(c.list("group_appointments.list", q=q))]
        assert len(series) == 3
        places = [
            await c.call("attendees.create", booking_id=group.id, patient_id=props().patients[0]) for group in series
        ]
        reason = CancellationReason.AWAY
        assert await c.call("attendees.cancel", places[1].id, reason=reason, apply_to_repeats=True) is None
        q = [c.client.attendees.F.booking_id.is_in([group.id for group in series])]
        assert [one.id for one in await c.collect(c.list("attendees.list", q=q))] == [places[0].id]
        everyone = await c.collect(c.list("attendees.list", q=q, include_cancelled=True))
        assert [one.cancellation_reason for one in everyone] == [None, reason, reason]

    clinic.tell(story)


def test_a_class_changes_field_by_field_and_is_archived(clinic):
    async def story(c):
        group = await make_class(c, ends_at=at(TUESDAY, 20), notes="Bring a mat")
        changed = await c.call("group_appointments.update", group.id, max_attendees=9)
        assert (changed.max_attendees, changed.notes, changed.ends_at) == (9, "Bring a mat", group.ends_at)
        changed = await c.call("group_appointments.update", group.id, notes=None, ends_at=None)
        assert (changed.max_attendees, changed.notes) == (9, None)
        assert changed.ends_at - changed.starts_at == timedelta(hours=1)
        assert changed.was_sent("notes")
        assert await c.call("group_appointments.conflicts", group.id) is False
        other = await make_class(c, starts_at=at(TUESDAY, 18, 30))
        assert await c.call("group_appointments.conflicts", group.id) is True
        assert await c.call("group_appointments.archive", other.id) is None
        assert await c.call("group_appointments.conflicts", group.id) is False
        with pytest.raises(NotFoundError):
            await c.call("group_appointments.get", other.id)
        with pytest.raises(NotFoundError):
            await c.call("group_appointments.archive", other.id)
        hidden = await c.call("group_appointments.get", other.id, include_archived=True)
        assert hidden.archived_at == NOW
        listed = [one.id for one in await c.collect(c.list("group_appointments.list"))]
        assert group.id in listed
        assert other.id not in listed

    clinic.tell(story)


def test_an_individual_appointment_has_one_attendee_who_came_or_did_not(clinic):
    async def story(c):
        (attendee,) = await c.collect(c.list("attendees.list", q=[c.client.attendees.F.booking_id == clinic.standing]))
        appointment = await c.call("individual_appointments.get", clinic.standing)
        assert attendee.patient.id == appointment.patient.id
        assert (await c.call("attendees.update", attendee.id, arrived=False)).arrived is False
        assert (await c.call("individual_appointments.get", clinic.standing)).did_not_arrive is True
        changed = await c.call("attendees.update", attendee.id, notes="late")
        assert (changed.arrived, changed.notes) == (False, "late")
        changed = await c.call("attendees.update", attendee.id, arrived=None)
        assert (changed.arrived, changed.notes) == (None, "late")
        assert (await c.call("individual_appointments.get", clinic.standing)).did_not_arrive is None
        with pytest.raises(ValidationError, match="individual"):
            await c.call("attendees.cancel", attendee.id, reason=CancellationReason.OTHER)

    clinic.tell(story)


def test_an_unavailable_block_takes_times_away_and_archiving_it_brings_them_back(clinic):
    async def story(c):
        assert await starts(c, clinic, TUESDAY) == halves(9, 17)
        block = await c.call(
            "unavailable_blocks.create",
            **props().place,
            starts_at=at(TUESDAY, 9, 45),
            ends_at=at(TUESDAY, 12),
            notes="training",
            unavailable_block_type_id=props().unavailable_block_types[1],
        )
        assert (block.notes, block.unavailable_block_type.id) == ("training", props().unavailable_block_types[1])
        assert await starts(c, clinic, TUESDAY) == ["09:00", *halves(12, 17)]
        moved = await c.call("unavailable_blocks.update", block.id, ends_at=at(TUESDAY, 10), notes=None)
        assert (moved.starts_at, moved.ends_at, moved.notes) == (block.starts_at, at(TUESDAY, 10), None)
        assert await starts(c, clinic, TUESDAY) == ["09:00", *halves(10, 17)]
        assert await c.call("unavailable_blocks.conflicts", block.id) is False
        await c.call("individual_appointments.create", **{**clinic.ids, "starts_at": at(TUESDAY, 9, 30)})
        assert await c.call("unavailable_blocks.conflicts", block.id) is True
        assert await c.call("unavailable_blocks.archive", block.id) is None
        assert await starts(c, clinic, TUESDAY) == ["09:00", *halves(10, 17)]
        hidden = await c.call("unavailable_blocks.get", block.id, include_archived=True)
        assert hidden.archived_at == hidden.deleted_at == NOW

    clinic.tell(story)


def test_an_availability_block_gives_times_beside_the_weekly_hours(clinic):
    async def story(c):
        week = await c.collect(c.list("daily_availabilities.list", **props().place))
        assert len(week) == 5
        assert {hours.starts_at for day in week for hours in day.availabilities} == {time(9)}
        assert await starts(c, clinic, SATURDAY) == []
        block = await c.call(
            "availability_blocks.create", **props().place, starts_at=at(SATURDAY, 9), ends_at=at(SATURDAY, 11, 15)
        )
        assert await starts(c, clinic, SATURDAY) == halves(9, 11)
        assert await c.call("availability_blocks.get", block.id) == block
        fields = c.client.availability_blocks.F
        q = [fields.starts_at >= at(SATURDAY, 0), fields.practitioner_id == props().place["practitioner_id"]]
        assert await c.collect(c.list("availability_blocks.list", q=q)) == [block]
        with pytest.raises(ValidationError) as caught:
            await c.call(
                "availability_blocks.create", **props().place, starts_at=at(SATURDAY, 9), ends_at=at(SATURDAY, 8)
            )
        assert set(caught.value.fields) == {"ends_at"}

    clinic.tell(story)


@pytest.mark.parametrize("resource", ["group_appointments", "unavailable_blocks", "individual_appointments"])
def test_what_repeats_is_made_at_once_and_its_occurrences_are_found(resource, clinic):
    async def story(c):
        first = await c.call(f"{resource}.create", **making(resource), repeat_rule=WEEKLY)
        assert (first.repeat_rule.repeat_type, first.repeat_rule.number_of_repeats) == (RepeatType.WEEKLY, 2)
        fields = getattr(c.client, resource).F
        later = await c.collect(c.list(f"{resource}.list", q=[fields.repeated_from_id == first.id]))
        begins = local(first)
        assert [local(one) for one in later] == [begins + timedelta(weeks=1), begins + timedelta(weeks=2)]
        assert [one.repeated_from.id for one in later] == [first.id, first.id]
        assert first.repeated_from is None
        assert f"repeated_from_id:={first.id}" in str(first.repeats)

    clinic.tell(story)
    assert len(clinic.sandbox.ledger.created(resource)) == 3


def test_bookings_are_what_stands_in_the_three_calendars(clinic):
    archived, hidden = {"include_archived": True}, {"include_archived": True, "include_cancelled": True}
    kinds = {
        "group_appointments": (GroupAppointment, archived),
        "individual_appointments": (IndividualAppointment, hidden),
        "unavailable_blocks": (UnavailableBlock, archived),
    }

    async def story(c):
        found = await c.collect(c.list("bookings.list", **hidden, per_page=7))
        for resource, (kind, own) in kinds.items():
            rows = {row.id: row for row in await c.collect(c.list(f"{resource}.list", **own))}
            same = {row.id: row for row in found if type(row) is kind}
            assert same.keys() == rows.keys()
            for number, row in rows.items():
                assert f"/bookings/{number}" in same[number].links
                assert f"/{resource}/{number}" in row.links
                assert same[number].conflicts == row.conflicts
                assert same[number].starts_at == row.starts_at
        assert {type(row) for row in found} == {kind for kind, _ in kinds.values()}
        assert len({row.id for row in found}) == len(found)
        ordered = await c.collect(c.list("bookings.list", sort=["starts_at"], per_page=3))
        moments = [row.starts_at for row in ordered]
        assert moments == sorted(moments)
        for one in ordered[:2]:
            assert await c.call("bookings.get", one.id) == one
        cancelled = next(row for row in found if getattr(row, "cancelled_at", None))
        with pytest.raises(NotFoundError):
            await c.call("bookings.get", cancelled.id)
        assert (await c.call("bookings.get", cancelled.id, include_cancelled=True)).id == cancelled.id

    clinic.tell(story)
