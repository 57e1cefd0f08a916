"""The practices that the sandbox begins with, made up and always the same for the same seed, clock and size."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any

from attrs import frozen

from apptsdk.sandbox.nexhealth.emrs import DENTRIX, NEXTGEN, Emr
from apptsdk.sandbox.nexhealth.records import Record, Row
from apptsdk.sandbox.nexhealth.seed_diary import book
from apptsdk.sandbox.nexhealth.times import iso
from apptsdk.sandbox.nexhealth.world import World

SUBDOMAIN, LOCATION = "riverbend-dental", 41
_AGE = timedelta(days=400)
_PRIVACY = ("authorization", "privacy", "consent")
_PRIVACY_DATES = tuple(f"{name}_date" for name in _PRIVACY)
_WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")

_PRACTICES: tuple[dict[str, Any], ...] = (
    {"name": "Riverbend Dental", "subdomain": SUBDOMAIN, "phone_number": "3125550100", "emrs": ["dentrix"]},
    {
        "name": "Lakeside Dental",
        "subdomain": "lakeside",
        "phone_number": "7095550100",
        "emrs": ["nextgen"],
        "country_code": "CA",
        "appointment_types_location_scoped": True,
    },
)
_RIVERBEND, _LAKESIDE = range(2)

# By practice, id and system.
_LOCATIONS: tuple[tuple[int, int, Emr, dict[str, Any]], ...] = (
    (
        _RIVERBEND,
        LOCATION,
        DENTRIX,
        {
            "name": "Riverbend Downtown",
            "street_address": "12 Mill Street",
            "city": "Chicago",
            "state": "IL",
            "zip_code": "60601",
            "tz": "America/Chicago",
            "map_by_operatory": True,
            "set_availability_by_operatory": True,
            "latitude": 41.8858,
            "longitude": -87.6229,
        },
    ),
    (
        _RIVERBEND,
        42,
        DENTRIX,
        {
            "name": "Riverbend West",
            "street_address": "400 Orchard Road",
            "street_address_2": "Floor 2",
            "city": "Denver",
            "state": "CO",
            "zip_code": "80202",
            "tz": "America/Denver",
            "insert_appt_client": False,
        },
    ),
    (
        _LAKESIDE,
        7,
        NEXTGEN,
        {
            "name": "Lakeside",
            "street_address": "3 Harbour Lane",
            "city": "St. John's",
            "state": "NL",
            "zip_code": "A1C 1A1",
            "country_code": "CA",
            "tz": "America/St_Johns",
        },
    ),
)


@frozen
class _Hours:
    """Working hours of the seed."""

    location: int
    chair: int | None
    begin: str
    end: str
    types: tuple[str, ...] = ()
    days: Sequence[str] = ()
    date: int | None = None
    """In so many days from the first Monday after the start."""
    every: tuple[int, str, int] | None = None
    """Number, unit, and in how many days from that Monday it begins."""
    label: int | None = None
    source: str = "manual"
    active: bool = True


_DOCTOR = ("New patient exam", "Cleaning")

# By practice: the name, where they are, and their hours.
_PROVIDERS: tuple[tuple[int, dict[str, Any], tuple[int, ...], tuple[_Hours, ...]], ...] = (
    (
        _RIVERBEND,
        {"first_name": "Priya", "last_name": "Raman", "display_name": "Dr. Priya Raman", "npi": "1003000126"},
        (41,),
        (
            _Hours(41, 0, "09:00", "12:00", _DOCTOR, _WEEK),
            _Hours(41, 0, "13:00", "17:00", _DOCTOR, _WEEK),
            _Hours(41, 1, "13:00", "17:00", ("Cleaning",), ("Tuesday", "Thursday")),
        ),
    ),
    (
        _RIVERBEND,
        {"first_name": "Tom", "last_name": "Okafor", "display_name": "Dr. Tom Okafor", "specialty_code": "1223G0001X"},
        (41, 42),
        (
            _Hours(41, 1, "08:00", "12:00", _DOCTOR[:1], ("Monday", "Wednesday"), label=0, source="synced"),
            _Hours(41, 1, "13:00", "15:00", (), ("Wednesday",)),
            _Hours(42, None, "10:00", "14:00", _DOCTOR, every=(2, "week", 5)),
            _Hours(42, None, "10:00", "12:00", _DOCTOR, date=12),
            _Hours(42, None, "10:00", "12:00", _DOCTOR, date=-40),
        ),
    ),
    (
        _RIVERBEND,
        {"first_name": "Mei", "last_name": "Castellanos", "display_name": "Mei Castellanos, RDH"},
        (42,),
        (
            _Hours(42, None, "09:00", "17:00", ("Cleaning",), _WEEK, label=1),
            # In which clocks are put forward and back.
            _Hours(42, None, "00:00", "06:00", ("Cleaning",), ("Sunday",)),
            _Hours(42, None, "18:00", "20:00", ("Cleaning",), ("Monday",), active=False),
        ),
    ),
    (
        _RIVERBEND,
        {"first_name": "Noor", "last_name": "Haddad", "display_name": "Dr. Noor Haddad", "inactive": True},
        (41,),
        (),
    ),
    (
        _LAKESIDE,
        {"first_name": "Ana", "last_name": "Silva", "display_name": "Dr. Ana Silva"},
        (7,),
        (
            _Hours(7, None, "08:30", "16:30", ("Consultation", "Follow-up"), _WEEK),
            _Hours(7, None, "09:00", "12:00", ("Consultation",), date=5),
        ),
    ),
    # Has no hours, and so never a slot.
    (_LAKESIDE, {"first_name": "Ben", "last_name": "Ito", "display_name": "Dr. Ben Ito"}, (7,), ()),
)

_CHAIRS: tuple[tuple[int, str, dict[str, Any]], ...] = (
    (41, "OP-1", {"display_name": "Chair 1"}),
    (41, "OP-2", {"display_name": "Chair 2"}),
    (41, "OP-3", {"display_name": "Chair 3", "active": False, "bookable_online": False}),
    (42, "WEST-A", {}),
    (7, "ROOM-1", {}),
)
_LABELS: tuple[tuple[int, str, int | None], ...] = (
    (_RIVERBEND, "New patients", 41),
    (_RIVERBEND, "Hygiene", None),
    (_LAKESIDE, "Everyone", None),
)
_DESCRIPTORS: tuple[tuple[int, str, str, str], ...] = (
    (41, "Procedure Code", "D0150", "Comprehensive exam"),
    (41, "Procedure Code", "D1110", "Adult cleaning"),
    (41, "Appointment Type", "NP", "New patient"),
    (42, "Procedure Code", "D1110", "Adult cleaning"),
    (7, "Procedure Code", "01101", "Exam"),
)
# By practice: name, minutes, whether online, the location whose own it is, and the places of its descriptors above.
_TYPES: tuple[tuple[int, str, int, bool, int | None, tuple[int, ...]], ...] = (
    (_RIVERBEND, "New patient exam", 60, True, None, (0, 2)),
    (_RIVERBEND, "Cleaning", 30, True, None, (1, 3)),
    (_RIVERBEND, "Emergency", 15, False, None, ()),
    (_LAKESIDE, "Consultation", 30, True, 7, (4,)),
    (_LAKESIDE, "Follow-up", 20, True, 7, ()),
)

_PEOPLE: tuple[tuple[int, str, str, str, str, dict[str, Any]], ...] = (
    (_RIVERBEND, "Ada", "Lindqvist", "1984-03-02", "3125550111", {}),
    (_RIVERBEND, "Bruno", "Lindqvist", "1982-11-23", "3125550112", {}),
    (_RIVERBEND, "Clara", "Lindqvist", "2016-06-30", "3125550111", {"guarantor": 0}),
    (_RIVERBEND, "Dev", "Malhotra", "1971-01-15", "3125550114", {"preferred_language": "es"}),
    (_RIVERBEND, "Elin", "O'Hara", "1993-09-09", "7735550115", {"inactive": True}),
    (_RIVERBEND, "Farid", "Nasser", "1958-12-01", "7735550116", {"middle_name": "Ali", "chart_id": "017407"}),
    (_RIVERBEND, "Greta", "Zimmer", "2001-07-04", "7735550117", {"non_patient": True}),
    (_RIVERBEND, "Hugo", "Petit", "1965-05-05", "3035550118", {"locations": (42,)}),
    (_RIVERBEND, "Iris", "Kwan", "1999-02-28", "3035550119", {"locations": (42,)}),
    (_RIVERBEND, "Jonas", "Berg", "1977-08-17", "3035550120", {"locations": (41, 42)}),
    (_LAKESIDE, "Kira", "Novak", "1988-04-21", "7095550121", {}),
    (_LAKESIDE, "Liam", "Byrne", "1990-10-10", "7095550122", {}),
    (_LAKESIDE, "Ada", "Lindqvist", "1984-03-02", "7095550123", {}),
)


def fill(world: World, *, seed: int, appointments: int) -> None:
    """Fill a world.

    Args:
        world: an empty one.
        seed: what looks like chance follows from it.
        appointments: how many of them, in all locations together; blocks on the schedule not counted.
    """
    sower = _Sower(world)
    sower.practices()
    sower.people()
    sower.hours()
    sower.rest()
    book(world, now=sower.now, chance=Random(seed), many=appointments)  # noqa: S311 - made-up appointments


class _Sower:
    def __init__(self, world: World) -> None:
        self.world = world
        self.now = world.now().replace(microsecond=0)
        self.begun = self.now - _AGE
        self.practice: list[int] = []
        self.at: dict[int, int] = {}
        self.chairs: list[int] = []
        self.labels: list[int] = []
        self.descriptors: list[int] = []
        self.types: dict[str, int] = {}
        self.providers: list[int] = []
        self.patients: list[int] = []
        today = self.now.date()
        self.monday: date = today + timedelta(days=7 - today.weekday())

    def keep(
        self, kind: str, institution: int, values: dict[str, Any], source: str | None = None, id_: int | None = None
    ) -> int:
        """Keep a record that the practice's system has, if it has a source."""
        made = self.world.next_id(kind) if id_ is None else id_
        number = len(self.world.tables[kind]) + 1
        row: Row = Record(
            id=made,
            institution=institution or made,
            created_at=self.begun,
            updated_at=self.begun + timedelta(hours=number),
            values=values,
        )
        if source is not None:
            row.foreign_id, row.foreign_id_type, row.last_sync_time = str(1000 + number), source, row.updated_at
        self.world.add(kind, row)
        return made

    def source(self, location: int) -> str:
        """Find the source of a location's system."""
        source: str = self.world.tables["locations"][location].foreign_id_type
        return source

    def practices(self) -> None:
        """Make institutions, locations, chairs, labels, descriptors and types."""
        for values in _PRACTICES:
            usual = {
                "country_code": "US",
                "appointment_types_location_scoped": False,
                "is_sync_notifications": True,
                "notify_insert_fails": True,
                "read_status": "green",
                "write_status": "green",
            }
            self.practice.append(self.keep("institutions", 0, {**usual, **values}))
        for which, id_, emr, values in _LOCATIONS:
            usual = {
                "street_address_2": None,
                "country_code": "US",
                "latitude": None,
                "longitude": None,
                "phone_number": f"312555{1000 + id_:04}",
                "email": f"desk-{id_}@example.com",
                "insert_appt_client": True,
                "map_by_operatory": False,
                "set_availability_by_operatory": False,
                "inactive": False,
                "specialty": {"id": 1, "name": "General dentistry"},
            }
            self.keep("locations", self.practice[which], {**usual, **values}, emr.source, id_)
            self.at[id_] = self.practice[which]
        for place, name, values in _CHAIRS:
            usual = {"display_name": None, "active": True, "bookable_online": True}
            made = {"name": name, "location_id": place, **usual, **values}
            self.chairs.append(self.keep("operatories", self.at[place], made, self.source(place)))
        for which, name, where in _LABELS:
            self.labels.append(
                self.keep(
                    "working_hour_labels",
                    self.practice[which],
                    {"name": name, "location_id": where, "active": True},
                )
            )
        for place, kind, code, name in _DESCRIPTORS:
            made = {"descriptor_type": kind, "code": code, "name": name, "location_id": place}
            source = self.source(place)
            self.descriptors.append(
                self.keep("descriptors", self.at[place], {**made, "data": {}, "active": True}, source)
            )
        for which, name, minutes, online, own, found in _TYPES:
            parent = {"parent_type": "Institution", "parent_id": self.practice[which]}
            if own is not None:
                parent = {"parent_type": "Location", "parent_id": own}
            self.types[name] = self.keep(
                "appointment_types",
                self.practice[which],
                {
                    "name": name,
                    "minutes": minutes,
                    "bookable_online": online,
                    **parent,
                    "descriptor_ids": [self.descriptors[one] for one in found],
                },
            )

    def people(self) -> None:
        """Make providers and patients."""
        for which, values, places, _ in _PROVIDERS:
            usual: dict[str, Any] = {
                "email": f"{values['first_name'].lower()}@example.com",
                "middle_name": None,
                "bio": {},
                "inactive": False,
                "npi": None,
                "tin": None,
                "state_license": None,
                "specialty_code": None,
            }
            made = {**usual, **values, "location_ids": list(places)}
            made["requestable"] = [] if made["inactive"] else list(places)
            self.providers.append(self.keep("providers", self.practice[which], made, self.source(places[0])))
        for which, first, last, born, phone, other in _PEOPLE:
            places = other.get("locations", (41,) if which == _RIVERBEND else (7,))
            mail = f"{first}.{last}.{phone[-4:]}@example.com".lower().replace("'", "")
            bio = {
                "date_of_birth": born,
                "phone_number": phone,
                "cell_phone_number": phone,
                "home_phone_number": "",
                "work_phone_number": "",
                "gender": "Female" if first.endswith("a") else "Male",
                "street_address": "5 Quarry Lane",
                "address_line_1": "5 Quarry Lane",
                "address_line_2": "",
                "city": "Springfield",
                "state": "IL" if which == _RIVERBEND else "NL",
                "zip_code": "62701",
                "new_patient": False,
                "non_patient": other.get("non_patient", False),
            }
            guarantor, day = other.get("guarantor"), self.begun.date().isoformat()
            person: dict[str, Any] = {
                "first_name": first,
                "middle_name": other.get("middle_name"),
                "last_name": last,
                "email": mail,
                "bio": bio,
                "inactive": other.get("inactive", False),
                "guarantor_id": None if guarantor is None else self.patients[guarantor],
                "billing_type": "Standard Billing" if which == _RIVERBEND else None,
                "chart_id": other.get("chart_id"),
                "preferred_language": other.get("preferred_language"),
                "preferred_locale": other.get("preferred_language"),
                "location_ids": list(places),
                "provider_id": self.providers[0 if which == _RIVERBEND else 4],
                "hipaa": {**dict.fromkeys(_PRIVACY, True), **dict.fromkeys(_PRIVACY_DATES, day)},
            }
            self.patients.append(self.keep("patients", self.practice[which], person, self.source(places[0])))

    def hours(self) -> None:
        """Make working hours."""
        for provider, (which, _, _, all_hours) in zip(self.providers, _PROVIDERS, strict=True):
            for one in all_hours:
                every = one.every
                values = {
                    "provider_id": provider,
                    "location_id": one.location,
                    "operatory_id": None if one.chair is None else self.chairs[one.chair],
                    "begin_time": one.begin,
                    "end_time": one.end,
                    "days": list(one.days),
                    "specific_date": None if one.date is None else self.day(one.date),
                    "custom_recurrence": every and {"num": every[0], "unit": every[1], "ref": self.day(every[2])},
                    "active": one.active,
                    "source": one.source,
                    "label_id": None if one.label is None else self.labels[one.label],
                    "appointment_type_ids": [self.types[name] for name in one.types],
                }
                source = self.source(one.location) if one.source == "synced" else None
                self.keep("working_hours", self.practice[which], values, source)

    def day(self, days: int) -> str:
        """Write a date."""
        return (self.monday + timedelta(days=days)).isoformat()

    def rest(self) -> None:
        """Make alerts, and recalls with their types."""
        riverbend = self.practice[_RIVERBEND]
        for note, disabled in (("Allergic to latex", None), ("Owes for the last visit", iso(self.begun))):
            values = {"patient_id": self.patients[0], "note": note, "disabled_at": disabled}
            self.keep("patient_alerts", riverbend, values)
        kinds: list[int] = []
        for place, name, number in ((41, "PROPHY", 6), (41, "PERIO", 3), (7, "CHECK", 12)):
            values = {
                "name": name,
                "description": f"Every {number} months",
                "interval_num": number,
                "interval_unit": "M",
                "location_id": place,
            }
            kinds.append(self.keep("recall_types", self.at[place], values, self.source(place)))
        for patient, kind, due in ((0, 0, 30), (1, 0, -10), (3, 1, 90), (10, 2, 60)):
            place = 41 if kind < len(kinds) - 1 else 7
            recall = {
                "patient_id": self.patients[patient],
                "recall_id": kinds[kind],
                "date_due": self.day(due),
                "appointment_id": None,
                "location_id": place,
            }
            self.keep("patient_recalls", self.at[place], recall, self.source(place))
