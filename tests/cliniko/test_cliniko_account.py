"""Stories of the account in every world: cases, types of blocks, hours, services, users, and who may see settings."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from props import NOW, props

from apptsdk import NotFoundError, PermissionDeniedError, ValidationError
from apptsdk.providers.cliniko import PatientTerm, ReferralType, UserRole
from apptsdk.sandbox.cliniko import Cliniko as Emulation


async def ids(c, verb, **kwargs):
    return [row.id for row in await c.collect(c.list(verb, **kwargs))]


def test_a_case_is_opened_changed_closed_and_archived(clinic):
    async def story(c):
        case = await c.call(
            "patient_cases.create",
            name="Knee",
            patient_id=props().patients[0],
            expiry_date=date(2026, 3, 3),
            max_invoiceable_amount=Decimal("500.50"),
            max_sessions=5,
            referral=True,
            referral_type=ReferralType.MEDICARE,
        )
        assert (case.name, case.patient.id, case.expiry_date) == ("Knee", props().patients[0], date(2026, 3, 3))
        assert (case.max_invoiceable_amount, case.referral_type) == (Decimal("500.50"), ReferralType.MEDICARE)
        assert case.id in await ids(c, "patient_cases.list", active=True)

        made = await c.call(
            "individual_appointments.create",
            **{**clinic.ids, "patient_id": props().patients[0]},
            starts_at=NOW + timedelta(days=70),
            patient_case_id=case.id,
        )
        assert made.patient_case.id == case.id
        (attendee,) = await ids(c, "attendees.list", q=[c.client.attendees.F.patient_case_id == case.id])
        assert (await c.call("patient_cases.get", case.id)).attendee_ids == (attendee,)

        changed = await c.call("patient_cases.update", case.id, max_sessions=None, notes="wants mornings")
        assert (changed.max_sessions, changed.notes, changed.referral_type) == (
            None,
            "wants mornings",
            ReferralType.MEDICARE,
        )
        closed = await c.call("patient_cases.update", case.id, closed=True)
        assert (closed.closed_at, closed.notes) == (NOW, "wants mornings")
        assert case.id not in await ids(c, "patient_cases.list", active=True)
        assert case.id in await ids(c, "patient_cases.list")
        assert (await c.call("patient_cases.update", case.id, closed=False)).closed_at is None
        assert await c.call("patient_cases.archive", case.id) is None
        assert case.id not in await ids(c, "patient_cases.list")
        assert case.id in await ids(c, "patient_cases.list", include_archived=True)
        with pytest.raises(NotFoundError):
            await c.call("patient_cases.get", case.id)

    clinic.tell(story)


def test_active_cases_are_some_of_all_and_can_be_filtered_too(clinic):
    async def story(c):
        every, active = await ids(c, "patient_cases.list"), await ids(c, "patient_cases.list", active=True)
        assert set(active) < set(every)
        fields = c.client.patient_cases.F
        some = await ids(c, "patient_cases.list", active=True, q=[fields.name.contains("knee")])
        assert len(some) == 1
        assert set(some) < set(active)

    clinic.tell(story)
    assert [seen.path.rsplit("/", 1)[-1] for seen in clinic.seen()] == ["patient_cases", "active", "active"]


def test_a_type_of_blocks_is_made_changed_and_archived_unless_it_is_the_vendors_own(clinic):
    async def story(c):
        kind = await c.call("unavailable_block_types.create", name="Training", color="#abc", duration_in_minutes=90)
        assert (kind.name, kind.color, kind.duration_in_minutes, kind.system_controlled) == (
            "Training",
            "#abc",
            90,
            False,
        )
        changed = await c.call("unavailable_block_types.update", kind.id, duration_in_minutes=45)
        assert (changed.name, changed.color, changed.duration_in_minutes) == ("Training", "#abc", 45)
        block = await c.call(
            "unavailable_blocks.create",
            **props().place,
            starts_at=NOW + timedelta(days=70),
            unavailable_block_type_id=kind.id,
        )
        assert block.unavailable_block_type.id == kind.id
        assert await c.call("unavailable_block_types.archive", kind.id) is None
        assert (await c.call("unavailable_block_types.get", kind.id, include_archived=True)).archived_at == NOW
        rows = await c.collect(c.list("unavailable_block_types.list"))
        assert kind.id not in [row.id for row in rows]
        own = next(row for row in rows if row.system_controlled)
        with pytest.raises(ValidationError):
            await c.call("unavailable_block_types.update", own.id, name="Mine")

    clinic.tell(story)


def test_weekly_hours_are_listed_by_business_by_practitioner_and_by_both(clinic):
    business, practitioner = props().businesses[1], props().practitioners[1]

    async def story(c):
        rows = await c.collect(c.list("daily_availabilities.list", per_page=9))
        there = [row.id for row in rows if row.business.id == business]
        theirs = [row.id for row in rows if row.practitioner.id == practitioner]
        both = [number for number in there if number in theirs]
        assert 0 < len(both) < min(len(there), len(theirs))
        assert await ids(c, "daily_availabilities.list", business_id=business) == there
        assert await ids(c, "daily_availabilities.list", practitioner_id=practitioner) == theirs
        clinic.sandbox.requests.clear()
        found = await ids(c, "daily_availabilities.list", business_id=business, practitioner_id=practitioner)
        assert found == both
        (seen,) = clinic.seen()
        assert seen.path.endswith(f"/businesses/{business}/daily_availabilities")
        assert ("q[]", f"practitioner_id:={practitioner}") in seen.query
        assert await c.call("daily_availabilities.get", both[0]) == next(row for row in rows if row.id == both[0])

    clinic.tell(story)


def test_services_say_what_is_offered_where_and_by_whom(clinic):
    business = props().businesses[0]

    async def story(c):
        rows = await c.collect(c.list("services.list", per_page=5))
        offers = {(row.business.id, row.appointment_type.id) for row in rows}
        assert len(offers) == len(rows)
        assert {number for number, _ in offers} == set(props().businesses)
        there = await c.collect(c.list("services.list", business_id=business))
        assert there == [row for row in rows if row.business.id == business]
        assert {link.id for row in there for link in row.practitioners} <= set(props().practitioners)
        assert any(row.practitioners for row in there)

    clinic.tell(story)


def test_users_are_listed_and_the_keys_own_is_among_them(clinic):
    async def story(c):
        own = await c.call("user")
        rows = await c.collect(c.list("users.list"))
        assert own in rows
        assert await c.call("users.get", rows[1].id) == rows[1]
        assert {row.role for row in rows} == {UserRole.ADMINISTRATOR, UserRole.PRACTITIONER}
        later = await ids(c, "users.list", q=[c.client.users.F.id > rows[2].id])
        assert later == [row.id for row in rows[3:]]

    clinic.tell(story)


def test_only_some_roles_may_see_all_settings_and_everybody_the_public_ones(clinic):
    async def story(c):
        everything = await c.call("settings.get")
        public = await c.call("settings.public")
        assert everything.account.first_name
        assert everything.account.compliance.hipaa_compliance_conflict_messages == ()
        assert everything.online_bookings.practitioner_order == tuple(public.online_bookings.practitioner_order)
        assert everything.terminology == public.terminology
        assert public.terminology.patient is PatientTerm.PATIENT
        assert everything.unknown == public.unknown == {}
        assert {section["name"] for section in public.patient_custom_fields_definition["sections"]} == {"Sports"}
        clinic.sandbox.emulator(Emulation).role = "receptionist"
        with pytest.raises(PermissionDeniedError) as caught:
            await c.call("settings.get")
        assert (caught.value.status, caught.value.operation) == (403, "cliniko.settings.get")
        assert await c.call("settings.public") == public

    clinic.tell(story)
