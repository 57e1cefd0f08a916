"""Cliniko: group appointments, and the places in them."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sandbox_clinic import BLANK, NOT_FOUND

PATH = "/group_appointments"
NAMES = ["Ada", "Bilal", "Carmen", "Dmitri", "Eun-ji", "Fergus", "Grace", "Hana"]
REASON = {"cancellation_reason": 30, "cancellation_note": "a cold"}


def link(clinic, *parts):
    return {"links": {"self": "/".join([clinic.base, *parts])}}


def test_a_group_is_answered_whole_and_begins_empty(clinic):
    answer = clinic.ask(
        "POST", PATH, json=clinic.span(appointment_type_id=clinic.kind("Exercise group"), notes="bring a mat")
    )
    said = answer.json()
    id_ = said["id"]
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{clinic.sandbox.url}/cliniko{PATH}/{id_}"
    assert said.pop("telehealth_url").endswith(f"/appointments/{id_}/connect")
    assert said == {
        "id": id_,
        "appointment_type": link(clinic, "appointment_types", clinic.kind("Exercise group")),
        "archived_at": None,
        "attendees": link(clinic, "group_appointments", id_, "attendees"),
        "business": link(clinic, "businesses", clinic.business()),
        "conflicts": link(clinic, "group_appointments", id_, "conflicts"),
        "created_at": "2026-03-02T22:00:00Z",
        "deleted_at": None,
        "ends_at": "2026-03-16T01:00:00Z",
        "links": {"self": f"{clinic.base}{PATH}/{id_}"},
        "max_attendees": 6,
        "notes": "bring a mat",
        "patient_ids": [],
        "practitioner": link(clinic, "practitioners", clinic.practitioner()),
        "repeat_rule": {},
        "repeats": None,
        "starts_at": "2026-03-16T00:00:00Z",
        "updated_at": "2026-03-02T22:00:00Z",
    }
    assert clinic.ledger("group_appointments") == [("create", id_)]
    assert clinic.get(f"{PATH}/{id_}")["notes"] == "bring a mat"
    assert clinic.ids(PATH)[-1] == id_


GROUP_ERRORS = [
    ({"starts_at": ...}, {"starts_at": BLANK}),
    ({"practitioner_id": "1"}, {"practitioner": BLANK}),
    ({"business_id": None}, {"business": BLANK}),
    ({"appointment_type_id": ...}, {"appointment_type": BLANK}),
    ({"appointment_type_id": "1"}, {"max_attendees": "is not a number"}),
    ({"appointment_type_id": "individual"}, {"max_attendees": "must be greater than 1"}),
    ({"max_attendees": 1}, {"max_attendees": "must be greater than 1"}),
    ({"max_attendees": 100}, {"max_attendees": "must be less than 100"}),
    ({"max_attendees": "many"}, {"max_attendees": "is not a number"}),
    ({"ends_at": "2026-03-15T00:00:00Z"}, {"ends_at": "must be after starts_at"}),
    ({"notes": {}}, {"notes": "is invalid"}),
    (
        {"repeat_rule": {"repeat_type": "Daily", "number_of_repeats": 52}},
        {"number_of_repeats": "must be less than 52"},
    ),
]


@pytest.mark.parametrize(("change", "errors"), GROUP_ERRORS)
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_what_is_wrong_with_a_group_is_said_and_nothing_is_done(clinic, method, change, errors):
    if change.get("appointment_type_id") == "individual":
        change = {"appointment_type_id": clinic.kind()}
    path = PATH
    if method == "PATCH":
        if ... in change.values():
            change = dict.fromkeys(change)
        path = f"{PATH}/{clinic.group()['id']}"
        clinic.sandbox.ledger.clear()
        body = change
    else:
        body = clinic.span(appointment_type_id=clinic.kind("Exercise group")) | change
    assert clinic.errors(method, path, {name: value for name, value in body.items() if value is not ...}) == errors
    assert len(clinic.sandbox.ledger) == 0


@pytest.mark.parametrize(
    ("said", "kept"), [({}, 6), ({"max_attendees": None}, 6), ({"max_attendees": 2}, 2), ({"max_attendees": 99}, 99)]
)
def test_the_places_are_the_types_unless_the_group_has_its_own_number(clinic, said, kept):
    assert clinic.group(**said)["max_attendees"] == kept


def test_a_later_change_of_the_type_does_not_change_the_places(clinic):
    id_ = clinic.group()["id"]
    clinic.ask("PATCH", f"/appointment_types/{clinic.kind('Exercise group')}", json={"max_attendees": 9})
    assert clinic.ask("PATCH", f"{PATH}/{id_}", json={"notes": "x"}).json()["max_attendees"] == 6
    assert clinic.group("2026-03-17T00:00:00Z")["max_attendees"] == 9


def test_places_cannot_become_fewer_than_are_taken(clinic):
    id_ = clinic.group()["id"]
    places = [clinic.attend(id_, name)["id"] for name in NAMES[:3]]
    errors = clinic.errors("PATCH", f"{PATH}/{id_}", {"max_attendees": 2})
    assert errors == {"max_attendees": "must be greater than or equal to 3"}
    clinic.ask("PATCH", f"/attendees/{places[0]}/cancel", json=REASON)
    assert clinic.ask("PATCH", f"{PATH}/{id_}", json={"max_attendees": 2}).json()["max_attendees"] == 2


def test_null_is_no_number_of_places_for_a_group_that_has_one(clinic):
    id_ = clinic.group()["id"]
    assert clinic.errors("PATCH", f"{PATH}/{id_}", {"max_attendees": None}) == {"max_attendees": "is not a number"}


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_a_group_can_be_changed_and_keeps_its_attendees(clinic, method):
    said = clinic.group()
    clinic.attend(said["id"])
    clinic.sandbox.clock.advance(timedelta(minutes=1))
    changes = {"starts_at": "2026-03-17T00:00:00Z", "ends_at": None, "notes": "later", "patient_ids": []}
    answer = clinic.ask(method, f"{PATH}/{said['id']}", json=changes)
    assert answer.status_code == 200
    assert answer.json() == {
        **said,
        "starts_at": "2026-03-17T00:00:00Z",
        "ends_at": "2026-03-17T01:00:00Z",
        "notes": "later",
        "patient_ids": [clinic.patient()],
        "updated_at": "2026-03-02T22:01:00Z",
    }
    assert clinic.ledger("group_appointments") == [("create", said["id"]), ("update", said["id"])]


def test_a_group_cannot_be_cancelled(clinic):
    answer = clinic.ask("PATCH", f"{PATH}/{clinic.group()['id']}/cancel", json=REASON)
    assert (answer.status_code, answer.headers["content-type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.parametrize(("method", "suffix"), [("POST", "/archive"), ("DELETE", "")])
def test_archiving_a_group_archives_its_attendees_in_one_commit(clinic, method, suffix):
    id_ = clinic.group()["id"]
    places = [clinic.attend(id_, name)["id"] for name in NAMES[:2]]
    clinic.sandbox.ledger.clear()
    clinic.sandbox.clock.advance(timedelta(minutes=1))
    answer = clinic.ask(method, f"{PATH}/{id_}{suffix}")
    assert (answer.status_code, answer.content) == (204, b"")
    assert clinic.ask(method, f"{PATH}/{id_}{suffix}").json() == NOT_FOUND
    found = [clinic.get(f"{PATH}/{id_}", "archived_at:*")]
    found += [clinic.get(f"/attendees/{one}", "archived_at:*") for one in places]
    for one in found:
        assert {one[name] for name in ("archived_at", "deleted_at", "updated_at")} == {"2026-03-02T22:01:00Z"}
    assert clinic.ask("GET", f"/attendees/{places[0]}").json() == NOT_FOUND
    assert [(entry.resource, entry.action, entry.id) for entry in clinic.sandbox.ledger] == [
        ("group_appointments", "archive", id_),
        *(("attendees", "archive", one) for one in places),
    ]


def test_a_groups_repeats_begin_without_attendees(clinic):
    rule = {"repeat_type": "Weekly", "number_of_repeats": 3, "repeating_interval": 1}
    said = clinic.group("2026-03-16T07:00:00Z", repeat_rule=rule)
    assert said["repeat_rule"] == rule
    assert said["repeats"] == {"links": {"self": f"{clinic.base}{PATH}?q[]=repeated_from_id:={said['id']}"}}
    clinic.attend(said["id"])
    found = clinic.http.get(f"{said['repeats']['links']['self']}&sort=starts_at").json()["group_appointments"]
    assert [one["patient_ids"] for one in found] == [[], [], []]
    for one in found:
        assert one["repeated_from"] == {"links": {"self": f"{clinic.base}{PATH}/{said['id']}"}}
        assert (one["repeat_rule"], one["repeats"], one["max_attendees"]) == ({}, None, 6)
    # Across the end of summer time on 5 April.
    zone = ZoneInfo("Australia/Sydney")
    starts = [datetime.fromisoformat(one["starts_at"]).astimezone(zone) for one in found]
    assert [f"{moment:%m-%d %H:%M}" for moment in starts] == ["03-23 18:00", "03-30 18:00", "04-06 18:00"]
    assert clinic.ledger("group_appointments") == [("create", one["id"]) for one in [said, *found]]
    assert len({entry.at for entry in clinic.sandbox.ledger}) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("appointment_type_id", lambda clinic, _: clinic.kind("Exercise group")),
        ("business_id", lambda clinic, _: clinic.business("Hillside Rooms")),
        ("practitioner_id", lambda clinic, _: clinic.practitioner("Okafor")),
        ("id", lambda _, said: said["id"]),
        ("repeated_from_id", lambda _, said: said["id"]),
    ],
)
def test_groups_can_be_filtered_by_id(clinic, name, value):
    rule = {"repeat_type": "Daily", "number_of_repeats": 1}
    where = {"practitioner_id": clinic.practitioner("Okafor"), "business_id": clinic.business("Hillside Rooms")}
    said = clinic.group(repeat_rule=rule, **where)
    first, second = clinic.sandbox.ledger.created("group_appointments")
    found = clinic.ids(PATH, f"{name}:={value(clinic, said)}")
    wanted = {"id": [first], "repeated_from_id": [second]}.get(name, [first, second])
    assert found[-len(wanted) :] == wanted
    assert (len(found) == len(wanted)) is (name != "appointment_type_id")
    assert not set(wanted) & set(clinic.ids(PATH, f"{name}:!={value(clinic, said)}"))


@pytest.mark.parametrize("name", ["archived_at", "created_at", "deleted_at", "ends_at", "starts_at", "updated_at"])
def test_groups_can_be_filtered_by_time(seeded, name):
    rows = seeded.get(PATH, "archived_at:*", per_page=100)["group_appointments"]
    moment = max(row[name] for row in rows if row[name])
    expected = [row["id"] for row in rows if row[name] and row[name] >= moment]
    assert seeded.ids(PATH, "archived_at:*", f"{name}:>={moment}") == expected
    assert len(expected) < len(rows)


def test_groups_can_be_filtered_by_patient(clinic):
    said = clinic.group()
    clinic.attend(said["id"], "Kofi")
    kofi = clinic.patient("Kofi")
    assert clinic.ids(PATH, f"patient_ids:~{kofi}") == [said["id"]]
    assert clinic.ask("GET", PATH, f"patient_id:={kofi}").json() == {"message": "patient_id is not filterable"}
    assert clinic.ask("GET", PATH, "cancelled_at:*").json() == {"message": "cancelled_at is not filterable"}


def test_a_group_takes_the_practitioners_time(clinic):
    free = clinic.times("2026-03-16")
    said = clinic.group()
    assert [time for time in free if time not in clinic.times("2026-03-16")] == ["Mon 11:00", "Mon 11:30"]
    inside = clinic.book("2026-03-16T00:30:00Z")["id"]
    assert clinic.conflict("group_appointments", said["id"])
    assert clinic.conflict("individual_appointments", inside)
    clinic.ask("POST", f"{PATH}/{said['id']}/archive")
    assert not clinic.conflict("individual_appointments", inside)
    assert "Mon 11:00" in clinic.times("2026-03-16")


def test_a_group_type_has_no_available_times_even_where_there_are_places(clinic):
    clinic.group()
    assert clinic.times("2026-03-16", kind="Exercise group") == []
