"""The account that the sandbox begins with, made up and always the same for the same seed, clock and size."""

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from itertools import count
from random import Random
from typing import Any
from zoneinfo import ZoneInfo

from apptsdk.sandbox.cliniko import inputs
from apptsdk.sandbox.cliniko.records import Appointment, Hours, Record, RepeatRule, weekday
from apptsdk.sandbox.cliniko.seed_diary import fill
from apptsdk.sandbox.cliniko.times import LABELS, local, wall
from apptsdk.sandbox.cliniko.world import World

_ACCOUNT_ZONE = "Australia/Sydney"
_MINUTE, _HOUR, _DAY = 60, 3600, 86_400
_AGE = 400 * _DAY
_SERIES = 3
_SOON = 600  # of many appointments, all but these are past
_FULL = {1: 0.2, -1: 0.9}  # the share of the hours that is taken, ahead and behind

_BUSINESSES: tuple[dict[str, Any], ...] = (
    {"business_name": "Riverbend Clinic", "city": "Sydney", "state": "NSW", "post_code": "2000"},
    {"business_name": "Hillside Rooms", "city": "Adelaide", "state": "SA", "post_code": "5000"},
    {"business_name": "Island Practice", "city": "Lord Howe", "state": "NSW", "post_code": "2898"},
    {"business_name": "Old Wharf Clinic", "city": "Perth", "state": "WA", "post_code": "6000"},
)
_SYDNEY, _ADELAIDE, _LORD_HOWE, _PERTH = range(4)

_TYPES: tuple[dict[str, Any], ...] = (
    {"name": "Standard consultation", "duration_in_minutes": 30, "category": "Consultations"},
    {"name": "Initial consultation", "duration_in_minutes": 60, "category": "Consultations"},
    {"name": "Extended consultation", "duration_in_minutes": 45, "online_bookings_lead_time_hours": 24},
    {"name": "Video review", "duration_in_minutes": 30, "telehealth_enabled": True},
    {"name": "Exercise group", "duration_in_minutes": 60, "max_attendees": 6, "category": "Groups"},
    {"name": "Report writing", "duration_in_minutes": 30, "show_in_online_bookings": False},
    {"name": "Assessment 2019", "duration_in_minutes": 60},
)
_ARCHIVED_TYPE = 6

_WEEKDAYS = (0, 1, 2, 3, 4)
_WHOLE = ("09:00-17:00",)
_SPLIT = ("08:00-12:00", "13:30-18:00")
_NIGHT = ("00:00-06:00",)  # the hours in which clocks are put forward and back, on Sundays

_PRACTITIONERS: tuple[tuple[dict[str, Any], dict[tuple[int, Sequence[int]], tuple[str, ...]]], ...] = (
    ({"first_name": "Priya", "last_name": "Raman", "title": "Dr"}, {(_SYDNEY, _WEEKDAYS): _WHOLE}),
    (
        {"first_name": "Tom", "last_name": "Okafor", "title": "Mr"},
        {(_SYDNEY, (0, 2, 4)): _SPLIT, (_ADELAIDE, (1, 3)): ("09:00-15:00",)},
    ),
    (
        {"first_name": "Mei", "last_name": "Castellanos", "title": "Ms"},
        {(_LORD_HOWE, (*_WEEKDAYS, 5)): _WHOLE, (_LORD_HOWE, (6,)): _NIGHT},
    ),
    (
        {"first_name": "Noor", "last_name": "Haddad", "title": "Dr"},
        {(_SYDNEY, (5,)): ("10:00-14:00",), (_SYDNEY, (6,)): _NIGHT, (_ADELAIDE, (0, 4)): _SPLIT},
    ),
    (
        {"first_name": "Jonas", "last_name": "Bergqvist", "title": "Mr", "show_in_online_bookings": False},
        {(_SYDNEY, _WEEKDAYS): _WHOLE},
    ),
    ({"first_name": "Ottilie", "last_name": "Brandt", "title": "Dr", "active": False}, {(_SYDNEY, (0,)): _WHOLE}),
)

# Numbers that the Australian regulator keeps free for fiction.
_PATIENTS: tuple[dict[str, Any], ...] = (
    {"first_name": "Ada", "last_name": "Park", "email": "ada.park@example.com", "phone": "0491 570 006"},
    {"first_name": "Bilal", "last_name": "Osei", "email": "bilal.osei@example.com", "phone": "0491 570 156"},
    {"first_name": "Carmen", "last_name": "Vidal", "email": "", "phone": "0491 570 157"},
    {"first_name": "Dmitri", "last_name": "Aalto", "email": "d.aalto@example.com", "phone": "0491 570 158"},
    {"first_name": "Eun-ji", "last_name": "Han", "email": "eunji@example.com", "phone": "0491 570 159"},
    {"first_name": "Fergus", "last_name": "O'Neill", "email": "fergus@example.com", "phone": "0491 570 110"},
    {"first_name": "Grace", "last_name": "Nakamura", "email": "grace.n@example.com", "phone": "(02) 5550 0123"},
    {"first_name": "Hana", "last_name": "Novák", "email": "hana.novak@example.com", "phone": "0491 570 313"},
    {"first_name": "Idris", "last_name": "Bello", "email": "idris@example.com", "phone": "0491 570 737"},
    {"first_name": "Juno", "last_name": "Park", "email": "juno.park@example.com", "phone": "0491 571 266"},
    {"first_name": "Kofi", "last_name": "Lindqvist", "email": "kofi.l@example.com", "phone": "0491 571 491"},
    {"first_name": "Lena", "last_name": "Archer", "email": "lena.archer@example.com", "phone": "0491 571 804"},
)
_ARCHIVED_PATIENT = 11

_BLOCK_TYPES: tuple[dict[str, Any], ...] = (
    {"name": "Lunch", "duration_in_minutes": 60},
    {"name": "Meeting", "duration_in_minutes": 45, "color": "#F0B429"},
    {"name": "Public holiday", "duration_in_minutes": 1439, "system_controlled": True},
    {"name": "Inventory 2019", "duration_in_minutes": 120},
)
_CLOSED, _ARCHIVED_CASE = "Ankle 2024", "Entered twice"
# Each with the patient, and the days until it expires.
_CASES: tuple[tuple[dict[str, Any], int, int | None], ...] = (
    (
        {
            "name": "Knee after surgery",
            "max_sessions": 10,
            "max_invoiceable_amount": "1250.00",
            "referral": True,
            "referral_type": "medicare",
        },
        0,
        165,
    ),
    ({"name": "Shoulder", "notes": "Wants mornings"}, 1, None),
    ({"name": "Back, last year", "referral": True, "referral_type": "dva"}, 0, -30),
    ({"name": _CLOSED}, 2, 20),
    ({"name": _ARCHIVED_CASE}, 3, None),
)

# What a record says where its creator said nothing.
NEW_TYPE: dict[str, Any] = {
    **dict.fromkeys(inputs.TYPE),
    "add_deposit_to_account_credit": False,
    "appointment_confirmation_template_ids": [],
    "appointment_follow_up_template_ids": [],
    "appointment_reminder_template_ids": [],
    "color": "#1E7FBF",
    "duration_in_minutes": 30,
    "max_attendees": 1,
    "online_payments_enabled": False,
    "practitioner_ids": [],
    "show_in_online_bookings": True,
    "telehealth_enabled": False,
}
del NEW_TYPE["business_ids"]
NEW_BUSINESS: dict[str, Any] = {
    **dict.fromkeys(inputs.BUSINESS),
    "appointment_reminders_enabled": True,
    "appointment_type_ids": [],
    "country": "Australia",
    "country_code": "AU",
    "show_in_online_bookings": True,
    "time_zone": "Sydney",
    "time_zone_identifier": _ACCOUNT_ZONE,
}
NEW_PATIENT: dict[str, Any] = {
    **dict.fromkeys(inputs.PATIENT),
    "accepted_sms_marketing": True,
    "custom_fields": {"sections": []},
    "gender": None,
    "invoice_extra_information": "",
    "merged_at": None,
    "notes": "",
    "patient_phone_numbers": [],
    "receives_cancellation_emails": True,
    "receives_confirmation_emails": True,
    "reminder_type": "SMS & Email",
}
del NEW_PATIENT["unsubscribe_sms_marketing"]
NEW_BLOCK_TYPE: dict[str, Any] = {
    **dict.fromkeys(inputs.BLOCK_TYPE),
    "color": "#9AA5B1",
    "duration_in_minutes": 30,
    "system_controlled": False,
}
NEW_CASE: dict[str, Any] = {
    **dict.fromkeys(inputs.CASE),
    "closed_at": None,
    "include_cancelled_attendees": False,
    "include_dna_attendees": False,
    "referral": False,
}
for _name in ("attendee_ids", "closed", "patient_attachment_ids"):
    del NEW_CASE[_name]


def seed_world(*, now: int, seed: int, appointments: int) -> World:
    """Make the account.

    Args:
        now: the time, in seconds since 1970.
        seed: what decides where it is left to chance.
        appointments: how many there are.

    Returns:
        The account.
    """
    world = World(ZoneInfo(_ACCOUNT_ZONE))
    maker = _Maker(world, now)
    maker.people()
    maker.places()
    maker.practitioners()
    world.book(maker.appointments(Random(seed), appointments))  # noqa: S311 - chance that must repeat itself
    maker.kinds_of_blocks()
    maker.cases()
    if appointments:
        fill(world, now)
    for booked in world.individual_appointments.values():
        if booked.live:
            world.patients[booked.patient].values["latest_booking_id"] = booked.id
    return world


class _Maker:
    def __init__(self, world: World, now: int) -> None:
        self.world = world
        self.now = now
        self.born = now - _AGE

    def _add(self, table: dict[int, Record], values: dict[str, Any], *, archived: bool = False) -> int:
        id_ = self.world.next_id()
        gone = self.born + _DAY if archived else None
        table[id_] = Record(id_, self.born, gone or self.born, values, archived_at=gone)
        return id_

    def people(self) -> None:
        """Make the patients, and the user to whom the key belongs."""
        self._user("Robin", "Sato", role="administrator")
        for index, said in enumerate(_PATIENTS):
            values = {**NEW_PATIENT, **said, "date_of_birth": f"{1950 + 4 * index}-{index + 1:02}-{2 * index + 3:02}"}
            values["patient_phone_numbers"] = [inputs.phone(values.pop("phone"), "Mobile")]
            self._add(self.world.patients, values, archived=index == _ARCHIVED_PATIENT)

    def _user(self, first_name: str, last_name: str, *, role: str, active: bool = True) -> int:
        values: dict[str, Any] = {
            "active": active,
            "email": f"{first_name}.{last_name}@example.com".lower(),
            "first_name": first_name,
            "last_name": last_name,
            "phone_numbers": [],
            "role": role,
            "time_zone": "Sydney",
            "time_zone_identifier": _ACCOUNT_ZONE,
            "title": None,
            "user_active": active,
        }
        return self._add(self.world.users, values)

    def places(self) -> None:
        """Make the appointment types and the businesses."""
        for index, said in enumerate(_TYPES):
            self._add(self.world.appointment_types, {**NEW_TYPE, **said}, archived=index == _ARCHIVED_TYPE)
        offered = [str(id_) for id_ in self.world.appointment_types]
        for index, said in enumerate(_BUSINESSES):
            name = said["business_name"]
            values = {
                **NEW_BUSINESS,
                **said,
                "address_1": f"{index + 1} Example Street",
                "appointment_type_ids": offered,
            }
            values |= {"display_name": name, "time_zone": said["city"]}
            values["time_zone_identifier"] = LABELS[said["city"]]
            self._add(self.world.businesses, values, archived=index == _PERTH)

    def practitioners(self) -> None:
        """Make the practitioners and their weekly hours."""
        businesses, types = list(self.world.businesses), list(self.world.appointment_types.values())
        for said, week in _PRACTITIONERS:
            active = said.get("active", True)
            name = f"{said['title']} {said['first_name']} {said['last_name']}"
            values = {
                "active": active,
                "default_appointment_type_id": types[0].id,
                "description": None,
                "designation": "Physiotherapist",
                "display_name": name,
                "label": name,
                "show_in_online_bookings": True,
                **said,
                "user_id": self._user(said["first_name"], said["last_name"], role="practitioner", active=active),
            }
            id_ = self._add(self.world.practitioners, values)
            for kind in types:
                kind.values["practitioner_ids"] = [*kind.values["practitioner_ids"], str(id_)]
            for (business, days), stretches in week.items():
                self._hours(id_, businesses[business], days, stretches)

    def _hours(self, practitioner: int, business: int, days: Sequence[int], stretches: tuple[str, ...]) -> None:
        pairs = [stretch.split("-") for stretch in stretches]
        for day in days:
            known = self.world.hours.setdefault(practitioner, [])
            known += [Hours(business, day, *map(time.fromisoformat, pair)) for pair in pairs]
            values = {
                "availabilities": [{"starts_at": opens, "ends_at": closes} for opens, closes in pairs],
                "business_id": business,
                "day_of_week": weekday(date(2024, 1, 1) + timedelta(days=day)),  # a Monday
                "practitioner_id": practitioner,
            }
            self._add(self.world.daily_availabilities, values)

    def kinds_of_blocks(self) -> None:
        """Make the types of unavailable blocks."""
        for said in _BLOCK_TYPES:
            self._add(self.world.unavailable_block_types, {**NEW_BLOCK_TYPE, **said}, archived="2019" in said["name"])

    def cases(self) -> None:
        """Make the patients' cases: two that are worked on, one expired, one closed, one archived."""
        patients, today = list(self.world.patients), wall(self.now, self.world.zone).date()
        for said, patient, expires in _CASES:
            values = {**NEW_CASE, **said, "patient_id": patients[patient]}
            values["issue_date"] = (today - timedelta(days=200)).isoformat()
            values["expiry_date"] = None if expires is None else (today + timedelta(days=expires)).isoformat()
            if said["name"] == _CLOSED:
                values["closed_at"] = self.born + 2 * _DAY
            self._add(self.world.patient_cases, values, archived=said["name"] == _ARCHIVED_CASE)

    def appointments(self, chance: Random, wanted: int) -> Iterator[Appointment]:
        """Make the appointments: some to come, some past, some cancelled, one archived, one series."""
        types, patients = list(self.world.appointment_types), list(self.world.patients)[:_ARCHIVED_PATIENT]
        series = _SERIES if wanted > 2 * _SERIES else 0
        ahead, behind = self._places(chance, 1), self._places(chance, -1)
        chosen = sorted(next(ahead if i % 3 < 2 and i < _SOON else behind) for i in range(wanted - series))  # noqa: PLR2004
        for index, (starts_at, business, practitioner, hour) in enumerate(chosen):
            past = starts_at < self.now
            minutes, kind = (60, types[1]) if hour and index % 4 == 1 else (30, types[3 * (index % 6 == 2)])  # noqa: PLR2004
            made = min(starts_at - 14 * _DAY, self.now - (wanted - index) * _MINUTE)
            missed = past and index % 7 == 0
            row = Appointment(
                self.world.next_id(),
                made,
                made,
                starts_at=starts_at,
                ends_at=starts_at + minutes * _MINUTE,
                appointment_type=kind,
                business=business,
                practitioner=practitioner,
                patient=chance.choice(patients),
                did_not_arrive=missed,
                patient_arrived=past and not missed,
            )
            if index % 5 == 3:  # noqa: PLR2004 - every fifth
                row.cancelled_at = row.updated_at = min(made + _DAY, self.now)
                row.cancellation_reason, row.cancellation_note = 50, "Called the front desk"
                row.did_not_arrive = row.patient_arrived = False
            elif index % 50 == 7:  # noqa: PLR2004 - one of fifty
                row.archived_at = row.updated_at = min(made + _DAY, self.now)
            yield row
        if series:
            yield from self._series(types[0], patients[0])

    def _places(self, chance: Random, way: int) -> Iterator[tuple[int, int, int, bool]]:
        """Draw free places: whole hours of the weekly hours, day by day away from today."""
        zones = {id_: self.world.zone_of(id_) for id_ in self.world.businesses}
        bookable = [id_ for id_, row in self.world.practitioners.items() if row.values["active"]]
        today = wall(self.now, self.world.zone).date()
        share = _FULL[way]
        for step in count(1):
            day = today + timedelta(days=way * step)
            for practitioner in bookable:
                for hours in self.world.hours[practitioner]:
                    if hours.weekday != day.weekday():
                        continue
                    begin = local(day, hours.opens, zones[hours.business])
                    end = local(day, hours.closes, zones[hours.business])
                    for starts_at in range(begin, end - _HOUR + 1, _HOUR):
                        if chance.random() < share:
                            # The half hour after noon is where the series is.
                            yield starts_at, hours.business, practitioner, (starts_at - begin) != 3 * _HOUR

    def _series(self, kind: int, patient: int) -> Iterator[Appointment]:
        practitioner, business = next(iter(self.world.practitioners)), next(iter(self.world.businesses))
        zone = self.world.zone_of(business)
        day = wall(self.now, zone).date() + timedelta(days=1)
        while day.weekday() not in _WEEKDAYS:
            day += timedelta(days=1)
        first: int | None = None
        for week in range(_SERIES):
            starts_at = local(day + timedelta(weeks=week), time(12, 30), zone)
            id_ = self.world.next_id()
            yield Appointment(
                id_,
                self.now - _MINUTE,
                self.now - _MINUTE,
                starts_at=starts_at,
                ends_at=starts_at + 30 * _MINUTE,
                appointment_type=kind,
                business=business,
                practitioner=practitioner,
                patient=patient,
                repeated_from=first,
                repeat_rule=None if first else RepeatRule("Weekly", _SERIES - 1, 1),
            )
            first = first or id_
