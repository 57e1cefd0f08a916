"""NexHealth: institutions, locations, providers, chairs, types, working hours, and how lists are paged."""

import pytest
from sandbox_practice import DOWNTOWN, HARBOUR, HEADERS, LAKESIDE, NOT_FOUND, RIVERBEND, WEST

LOCATION = {
    "id", "name", "institution_id", "street_address", "street_address_2", "city", "state", "zip_code", "country_code",
    "created_at", "updated_at", "latitude", "longitude", "phone_number", "foreign_id", "foreign_id_type", "email",
    "tz", "last_sync_time", "insert_appt_client", "map_by_operatory", "set_availability_by_operatory", "inactive",
    "specialty",
}  # fmt: skip
HOURS = {
    "id", "provider_id", "location_id", "operatory_id", "begin_time", "end_time", "days", "specific_date",
    "custom_recurrence", "tz_offset", "active", "source", "label",
}  # fmt: skip


def test_institutions_have_their_locations_briefly(grown):
    said = grown.said("GET", "/institutions", subdomain=None)
    found = [(row["subdomain"], [place["id"] for place in row["locations"]]) for row in said["data"]]
    assert found == [(RIVERBEND, [DOWNTOWN, WEST]), (LAKESIDE, [HARBOUR])]
    assert said["count"] == 2
    first = said["data"][0]
    assert grown.get(f"/institutions/{first['id']}", subdomain=None) == first
    assert first["locations"][0].keys() == {
        "id", "name", "street_address", "street_address_2", "city", "state", "zip_code", "phone_number", "email",
        "inactive",
    }  # fmt: skip
    assert grown.refused("GET", "/institutions/1", subdomain=None, status=404) == [NOT_FOUND]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {RIVERBEND: [DOWNTOWN, WEST], LAKESIDE: [HARBOUR]}),
        ({"subdomain": LAKESIDE}, {LAKESIDE: [HARBOUR]}),
        ({"inactive": True}, {}),
        ({"inactive": False}, {RIVERBEND: [DOWNTOWN, WEST], LAKESIDE: [HARBOUR]}),
        ({"foreign_id": "1002"}, {RIVERBEND: [WEST]}),
        ({"filter_by_subscription_feature": "online_booking"}, {RIVERBEND: [DOWNTOWN, WEST], LAKESIDE: [HARBOUR]}),
    ],
)
@pytest.mark.parametrize("version", HEADERS)
def test_locations_come_nested_in_their_institutions(grown, query, found, version):
    rows = grown.get("/locations", version=version, **{"subdomain": None, **query})
    assert {row["subdomain"]: [place["id"] for place in row["locations"]] for row in rows} == found
    assert all(row.keys() == {"id", "name", "subdomain", "locations"} for row in rows)


def test_the_locations_differ_in_what_a_booking_needs(grown):
    found = {id_: grown.get(f"/locations/{id_}", subdomain=None) for id_ in (DOWNTOWN, WEST, HARBOUR)}
    assert all(row.keys() == LOCATION for row in found.values())
    assert [row["tz"] for row in found.values()] == ["America/Chicago", "America/Denver", "America/St_Johns"]
    assert [row["map_by_operatory"] for row in found.values()] == [True, False, False]
    assert [row["insert_appt_client"] for row in found.values()] == [True, False, True]


def test_the_descriptors_of_a_location(grown):
    said = grown.said("GET", f"/locations/{DOWNTOWN}/appointment_descriptors", subdomain=None)
    assert [row["code"] for row in said["data"]] == ["D0150", "D1110", "NP"]
    kind = {"descriptor_type": "Procedure Code"}
    path = f"/locations/{DOWNTOWN}/appointment_descriptors"
    assert [row["code"] for row in grown.get(path, subdomain=None, **kind)] == ["D0150", "D1110"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"subdomain": None}, [[DOWNTOWN, WEST], [HARBOUR]]),
        ({}, [[DOWNTOWN, WEST]]),
        ({"location_ids": [WEST]}, [[DOWNTOWN, WEST]]),
        ({"subdomain": None, "location_ids": [HARBOUR]}, [[HARBOUR]]),
        ({"read_status": "green"}, [[DOWNTOWN, WEST]]),
        ({"write_status": "red"}, []),
    ],
)
def test_the_state_of_each_system_is_told(grown, query, found):
    rows = grown.get("/sync_status", **query)
    assert [[place["id"] for place in row["locations"]] for row in rows] == found
    assert all(row["emr"].keys() == {"id", "name", "display_name", "type"} for row in rows)


def last_names(practice, *, version="v3", **query):
    return [row["last_name"] for row in practice.get("/providers", version=version, **{"per_page": 50, **query})]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Raman", "Okafor", "Castellanos"]),
        ({"inactive": True}, ["Haddad"]),
        ({"location_id": DOWNTOWN}, ["Raman", "Okafor"]),
        ({"location_id": WEST}, ["Okafor", "Castellanos"]),
        ({"requestable": True}, ["Raman", "Okafor", "Castellanos"]),
        ({"requestable": False}, []),
        ({"requestable": False, "inactive": True}, ["Haddad"]),
        ({"location_id": WEST, "requestable": True}, ["Okafor", "Castellanos"]),
        ({"sort": "-updated_at"}, ["Castellanos", "Okafor", "Raman"]),
        ({"updated_since": "2026-01-01"}, []),
        ({"foreign_id": "1002"}, ["Okafor"]),
    ],
)
@pytest.mark.parametrize("version", HEADERS)
def test_providers_are_found(grown, query, found, version):
    assert last_names(grown, version=version, **query) == found


def test_providers_are_found_by_their_ids(grown):
    ids = [grown.provider("Okafor"), grown.provider("Raman")]
    assert last_names(grown, ids=ids) == ["Raman", "Okafor"]
    assert last_names(grown, ids=[grown.provider("Silva")]) == []


def test_a_provider_includes_locations_unless_something_else_is_asked_for(grown):
    path = f"/providers/{grown.provider('Okafor')}"
    shown = grown.get(path)
    assert [place["id"] for place in shown["locations"]] == [DOWNTOWN, WEST]
    assert shown["provider_requestables"] == [{"location_id": DOWNTOWN}, {"location_id": WEST}]
    assert "availabilities" not in shown
    more = grown.get(path, include=["availabilities", "appointment_types"])
    assert "locations" not in more
    assert [kind["name"] for kind in more["appointment_types"]] == ["New patient exam", "Cleaning"]
    assert more["availabilities"][0].keys() == HOURS | {"appointment_types"}
    old = grown.get(path, version="v2", include=["availabilities"])["availabilities"][0]
    assert old.keys() == HOURS - {"source", "label"} | {"synced", "appointment_types"}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["OP-1", "OP-2", "OP-3"]),
        ({"search_name": "chair 2"}, ["OP-2"]),
        ({"search_name": "op-"}, ["OP-1", "OP-2", "OP-3"]),
        ({"foreign_id": "1001"}, ["OP-1"]),
        ({"updated_since": "2026-03-01"}, []),
        ({"location_id": WEST}, ["WEST-A"]),
    ],
)
def test_chairs_are_found(grown, query, found):
    rows = grown.get("/operatories", **{"location_id": DOWNTOWN, "per_page": 20, **query})
    assert [row["name"] for row in rows] == found


def test_a_chair_includes_the_types_of_its_hours(grown):
    path = f"/operatories/{grown.chair()}"
    shown = grown.get(path, include=["appointment_types"])
    assert [kind["name"] for kind in shown.pop("appointment_types")] == ["New patient exam", "Cleaning"]
    assert grown.get(path) == shown
    assert shown["id"] > 2**31


def test_types_of_an_institution_belong_to_all_its_locations(grown):
    said = grown.said("GET", "/appointment_types")
    assert [row["name"] for row in said["data"]] == ["New patient exam", "Cleaning", "Emergency"]
    assert said["data"][1].keys() == {"id", "name", "parent_type", "parent_id", "minutes", "bookable_online"}
    assert {row["parent_type"] for row in said["data"]} == {"Institution"}
    assert grown.get(f"/appointment_types/{grown.kind()}") == said["data"][1]


def test_descriptors_of_a_type_need_a_location(grown):
    query = {"include": ["descriptors"]}
    assert grown.refused("GET", "/appointment_types", **query) == ["Missing parameter location_id"]
    rows = grown.get("/appointment_types", location_id=DOWNTOWN, **query)
    assert [[one["code"] for one in row["descriptors"]] for row in rows] == [["D0150", "NP"], ["D1110"], []]
    path = f"/appointment_types/{grown.kind()}/appointment_descriptors"
    assert [(row["code"], row["location_id"]) for row in grown.get(path)] == [("D1110", DOWNTOWN), ("D1110", WEST)]
    assert len(grown.get(path, location_id=WEST)) == 1


def test_types_of_a_location_need_it(grown):
    need = ["Missing parameter location_id"]
    kind = grown.kind("Consultation")
    for path in ("", f"/{kind}", f"/{kind}/appointment_descriptors"):
        assert grown.refused("GET", f"/appointment_types{path}", subdomain=LAKESIDE) == need
    assert grown.refused("DELETE", f"/appointment_types/{kind}", subdomain=LAKESIDE) == need
    rows = grown.get("/appointment_types", subdomain=LAKESIDE, location_id=HARBOUR)
    assert [(row["name"], row["parent_type"], row["parent_id"]) for row in rows] == [
        ("Consultation", "Location", HARBOUR),
        ("Follow-up", "Location", HARBOUR),
    ]


def test_a_type_is_made_changed_and_deleted(practice):
    made = practice.made("/appointment_types", {"appointment_type": {"name": "Whitening", "minutes": 45}})
    assert made == {
        "id": made["id"],
        "name": "Whitening",
        "minutes": 45,
        "parent_type": "Institution",
        "parent_id": practice.world.institution(RIVERBEND).id,
        "bookable_online": False,
    }
    path = f"/appointment_types/{made['id']}"
    change = {"appointment_type": {"minutes": 60, "bookable_online": True}}
    changed = practice.said("PATCH", path, json=change)["data"]
    assert changed == {**made, "minutes": 60, "bookable_online": True}
    assert practice.said("DELETE", path)["data"] == changed
    assert practice.refused("GET", path, status=404) == [NOT_FOUND]
    assert [action for action, _ in practice.ledger("appointment_types")] == ["create", "update", "delete"]
    assert practice.sandbox.ledger.live("appointment_types") == []


def test_a_deleted_type_leaves_the_working_hours(practice):
    practice.said("DELETE", f"/appointment_types/{practice.kind()}")
    rows = practice.get("/working_hours", location_id=WEST, include=["appointment_types"], per_page=50)
    assert {kind["name"] for row in rows for kind in row["appointment_types"]} == {"New patient exam"}


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, ["Missing parameter name", "Missing parameter minutes"]),
        ({"name": "cleaning", "minutes": 5}, ["Name has already been taken"]),
        ({"name": "X", "minutes": 0}, ["minutes is invalid"]),
        ({"name": "X", "minutes": "soon"}, ["minutes is invalid"]),
        ({"name": "X", "minutes": 5, "parent_type": "Chair"}, ["parent_type does not have a valid value"]),
        ({"name": "X", "minutes": 5, "parent_type": "Location"}, ["Missing parameter parent_id"]),
    ],
)
def test_a_type_that_cannot_be_is_refused(practice, fields, errors):
    assert practice.refused("POST", "/appointment_types", json={"appointment_type": fields}) == errors


def test_a_type_may_belong_to_a_location_and_have_descriptors(practice):
    fields = {"name": "X", "minutes": 5, "parent_type": "Location", "parent_id": WEST}
    ids = [row.id for row in practice.world.records("descriptors") if row.values["location_id"] == WEST]
    made = practice.made("/appointment_types", {"appointment_type": {**fields, "emr_appt_descriptor_ids": ids}})
    assert (made["parent_type"], made["parent_id"]) == ("Location", WEST)
    there = practice.get("/appointment_types", location_id=WEST)
    assert [row["name"] for row in there][-1] == "X"
    assert "X" not in [row["name"] for row in practice.get("/appointment_types", location_id=DOWNTOWN)]
    path = f"/appointment_types/{made['id']}"
    assert practice.refused("GET", path, location_id=DOWNTOWN, status=404) == [NOT_FOUND]
    assert [row["id"] for row in practice.get(f"{path}/appointment_descriptors")] == ids
    moved = {"appointment_type": {"parent_type": "Institution"}}
    assert practice.said("PATCH", path, json=moved)["data"]["parent_type"] == "Institution"


@pytest.mark.parametrize(
    "fields",
    [
        {"parent_type": "Location", "parent_id": HARBOUR},
        {"parent_type": "Institution", "parent_id": 1},
        {"emr_appt_descriptor_ids": [1]},
    ],
)
def test_a_type_cannot_belong_to_somebody_else(practice, fields):
    sent = {"appointment_type": {"name": "X", "minutes": 5, **fields}}
    assert practice.refused("POST", "/appointment_types", json=sent, status=404) == [NOT_FOUND]


def test_a_type_of_a_scoped_practice_says_its_location_in_the_body(practice):
    kind = {"name": "X", "minutes": 5, "parent_type": "Location", "parent_id": HARBOUR}
    lakeside = {"subdomain": LAKESIDE}
    errors = practice.refused("POST", "/appointment_types", json={"appointment_type": kind}, **lakeside)
    assert errors == ["Missing parameter location_id"]
    sent = {"location_id": HARBOUR, "appointment_type": kind}
    assert practice.made("/appointment_types", sent, **lakeside)["parent_id"] == HARBOUR
    foreign = {"location_id": DOWNTOWN, "appointment_type": {**kind, "name": "Y"}}
    assert practice.ask("POST", "/appointment_types", json=foreign, **lakeside).status_code == 403


def hours(practice, **query):
    return practice.get("/working_hours", **{"location_id": WEST, "per_page": 50, **query})


def test_working_hours_of_both_versions(grown):
    (row,) = hours(grown, provider_id=grown.provider("Castellanos"), label_id=grown.label("Hygiene"))
    assert row == {
        "id": row["id"],
        "provider_id": grown.provider("Castellanos"),
        "location_id": WEST,
        "operatory_id": None,
        "begin_time": "09:00",
        "end_time": "17:00",
        "days": ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
        "specific_date": None,
        "custom_recurrence": None,
        "tz_offset": "-0700",
        "active": True,
        "source": "manual",
        "label": {"id": grown.label("Hygiene"), "location_id": None, "name": "Hygiene"},
    }
    old = grown.get(f"/availabilities/{row['id']}", version="v2")
    assert old == {**{name: row[name] for name in HOURS - {"source", "label"}}, "synced": False}
    shown = grown.get(f"/working_hours/{row['id']}", include=["appointment_types"])
    assert [kind["name"] for kind in shown.pop("appointment_types")] == ["Cleaning"]
    assert shown == row


@pytest.mark.parametrize(
    ("query", "many"),
    [
        ({}, 5),
        ({"active": False}, 1),
        ({"ignore_past_dates": True}, 4),
        ({"source": "synced"}, 0),
        ({"location_id": DOWNTOWN, "source": "synced"}, 1),
        ({"location_id": DOWNTOWN, "source": "manual"}, 4),
        ({"location_id": DOWNTOWN}, 5),
    ],
)
def test_working_hours_are_found(grown, query, many):
    assert len(hours(grown, **query)) == many


def test_working_hours_are_found_by_provider_and_chair(grown):
    found = hours(grown, location_id=DOWNTOWN, operatory_id=grown.chair("OP-2"), provider_id=grown.provider())
    assert [row["days"] for row in found] == [["Tuesday", "Thursday"]]
    said = grown.said("GET", "/availabilities", version="v2", location_id=WEST, per_page=2)
    assert (len(said["data"]), said["count"]) == (2, 5)


NEW = {"begin_time": "18:00", "end_time": "20:00"}


def new(practice, **fields):
    return {"provider_id": practice.provider("Castellanos"), **NEW, **fields}


def test_working_hours_are_made_changed_and_deleted(practice):
    body = new(practice, days=["Friday", "Thursday"], appointment_type_ids=[practice.kind()])
    made = practice.made("/working_hours", {"working_hour": body}, location_id=WEST)
    assert made.keys() == HOURS
    assert (made["days"], made["active"], made["source"], made["label"]) == (
        ["Thursday", "Friday"], True, "manual", None,
    )  # fmt: skip
    path = f"/working_hours/{made['id']}"
    change = {"working_hour": {"specific_date": "2026-04-16", "end_time": "19:00"}}
    changed = practice.said("PATCH", path, json=change)["data"]
    assert changed == {**made, "days": [], "specific_date": "2026-04-16", "end_time": "19:00"}
    kinds = practice.said("PATCH", path, json={"working_hour": {"appointment_type_ids": []}})["data"]
    assert kinds == {**changed, "appointment_types": []}
    rule = {"num": 2, "unit": "week", "ref": "2026-04-17"}
    again = practice.said("PATCH", path, json={"working_hour": {"custom_recurrence": rule, "active": False}})["data"]
    assert again == {**changed, "specific_date": None, "custom_recurrence": rule, "active": False}
    answer = practice.ask("DELETE", path)
    assert (answer.status_code, answer.content) == (204, b"")
    assert practice.refused("GET", path, status=404) == [NOT_FOUND]
    assert [action for action, _ in practice.ledger("working_hours")] == ["create", *["update"] * 3, "delete"]


def test_v2_calls_them_availabilities(practice):
    body = {"availability": new(practice, specific_date="2026-04-16")}
    made = practice.made("/availabilities", body, location_id=WEST, version="v2")
    assert made.keys() == HOURS - {"source", "label"} | {"synced"}
    path = f"/availabilities/{made['id']}"
    change = {"availability": {"end_time": "21:00"}}
    assert practice.said("PATCH", path, json=change, version="v2")["data"]["end_time"] == "21:00"
    assert practice.ask("DELETE", path, version="v2").status_code == 204
    wrong = {"working_hour": new(practice, specific_date="2026-04-16")}
    errors = practice.refused("POST", "/availabilities", json=wrong, location_id=WEST, version="v2")
    assert errors == ["Missing parameter availability"]


RULE = {"num": 1, "unit": "week", "ref": "2026-04-17"}
ONE = ["Exactly one of days, specific_date, custom_recurrence must be provided"]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        ({}, ONE),
        ({"days": []}, ONE),
        ({"days": ["Friday"], "specific_date": "2026-04-17"}, ONE),
        ({"days": ["Friday"], "custom_recurrence": RULE}, ONE),
        ({"days": ["Friyay"]}, ["days does not have a valid value"]),
        ({"days": "Friday"}, ["days does not have a valid value"]),
        ({"specific_date": "someday"}, ["specific_date is invalid"]),
        ({"custom_recurrence": {"num": 1}}, ["Missing parameter unit", "Missing parameter ref"]),
        ({"custom_recurrence": {**RULE, "num": 0}}, ["num is invalid"]),
        ({"custom_recurrence": {**RULE, "unit": "year"}}, ["unit does not have a valid value"]),
        ({"custom_recurrence": 3}, ["custom_recurrence is invalid"]),
        ({"days": ["Friday"], "begin_time": None}, ["Missing parameter begin_time"]),
        ({"days": ["Friday"], "provider_id": None}, ["Missing parameter provider_id"]),
        ({"days": ["Friday"], "begin_time": "25:00"}, ["begin_time is invalid"]),
        ({"days": ["Friday"], "begin_time": "9am"}, ["begin_time is invalid"]),
        ({"days": ["Friday"], "begin_time": "20:00"}, ["end_time must be after begin_time"]),
        ({"days": ["Friday"], "begin_time": "21:00"}, ["end_time must be after begin_time"]),
    ],
)
def test_working_hours_that_cannot_be_are_refused(practice, fields, errors):
    body = {"working_hour": new(practice, **fields)}
    assert practice.refused("POST", "/working_hours", json=body, location_id=WEST) == errors


def test_an_hour_without_its_zero_and_midnight_are_read(practice):
    body = {"working_hour": new(practice, days=["Saturday"], begin_time="9:00", end_time="24:00")}
    made = practice.made("/working_hours", body, location_id=WEST)
    assert (made["begin_time"], made["end_time"]) == ("09:00", "24:00")
    slots = practice.slots("2026-04-18", location=WEST, pids=[practice.provider("Castellanos")], slot_length=60)
    assert (slots[0], slots[-1]) == ("09:00", "23:00")


def test_a_change_has_at_most_one_kind_of_days(practice):
    row = hours(practice)[0]
    change = {"working_hour": {"days": ["Monday"], "specific_date": "2026-04-17"}}
    errors = practice.refused("PATCH", f"/working_hours/{row['id']}", json=change)
    assert errors == ["At most one of days, specific_date, custom_recurrence can be provided"]


@pytest.mark.parametrize(
    ("fields", "overlap"),
    [
        ({"days": ["Monday"], "begin_time": "16:00"}, True),
        ({"days": ["Monday"], "begin_time": "17:00"}, False),
        ({"days": ["Saturday"], "begin_time": "09:00"}, False),
        ({"specific_date": "2026-04-15", "begin_time": "09:00", "end_time": "10:00"}, True),
        ({"specific_date": "2026-04-18", "begin_time": "09:00", "end_time": "10:00"}, False),
        ({"custom_recurrence": {**RULE, "num": 9}, "begin_time": "16:59"}, True),
        ({"custom_recurrence": {**RULE, "ref": "2026-04-18"}, "begin_time": "16:59"}, False),
        ({"days": ["Monday"], "begin_time": "16:00", "active": False}, False),
        ({"days": ["Monday"], "begin_time": "18:30"}, False),
    ],
)
def test_working_hours_of_a_provider_may_not_overlap(practice, fields, overlap):
    sent = {"json": {"working_hour": new(practice, **fields)}, "location_id": WEST}
    if overlap:
        assert practice.refused("POST", "/working_hours", **sent) == ["The provider has an overlapping schedule"]
    else:
        assert practice.said("POST", "/working_hours", status=201, **sent)["data"]["provider_id"]


def test_a_change_may_not_overlap_either_but_overlaps_itself(practice):
    rows = {row["begin_time"]: row["id"] for row in hours(practice, location_id=DOWNTOWN) if len(row["days"]) == 5}
    path = f"/working_hours/{rows['09:00']}"
    errors = practice.refused("PATCH", path, json={"working_hour": {"end_time": "13:30"}})
    assert errors == ["The provider has an overlapping schedule"]
    assert practice.said("PATCH", path, json={"working_hour": {"end_time": "12:30"}})["data"]["end_time"] == "12:30"


def test_a_location_that_books_by_chair_needs_one_for_hours(practice):
    fields = {"provider_id": practice.provider(), "days": ["Saturday"]}
    sent = {"json": {"working_hour": new(practice, **fields)}, "location_id": DOWNTOWN}
    assert practice.refused("POST", "/working_hours", **sent) == ["Missing parameter operatory_id"]


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"provider_id": 5}, 404),
        ({"operatory_id": 5}, 404),
        ({"operatory_id": "OP-1"}, 404),
        ({"appointment_type_ids": [5]}, 404),
        ({"provider_id": "Raman"}, 400),
    ],
)
def test_hours_of_what_is_unknown_are_refused(practice, fields, status):
    named = {"OP-1": practice.chair(), "Raman": practice.provider()}
    found = {name: named.get(value, value) if isinstance(value, str) else value for name, value in fields.items()}
    body = {"working_hour": new(practice, days=["Saturday"], **found)}
    assert practice.ask("POST", "/working_hours", json=body, location_id=WEST).status_code == status


def test_synced_hours_are_changed_in_the_practices_system_only(practice):
    (row,) = hours(practice, location_id=DOWNTOWN, source="synced")
    error = ["Synced working hours can only be changed in the EHR"]
    change = {"working_hour": {"end_time": "11:00"}}
    assert practice.refused("PATCH", f"/working_hours/{row['id']}", json=change) == error
    assert practice.refused("DELETE", f"/working_hours/{row['id']}") == error


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["New patients", "Hygiene"]),
        ({"location_id": DOWNTOWN}, ["New patients", "Hygiene"]),
        ({"location_id": WEST}, ["Hygiene"]),
        ({"search_name": "PAT"}, ["New patients"]),
        ({"active": False}, []),
        ({"subdomain": LAKESIDE}, ["Everyone"]),
    ],
)
def test_labels_of_hours_are_found(grown, query, found):
    rows = grown.get("/working_hour_labels", **query)
    assert [row["name"] for row in rows] == found
    assert all(row.keys() == {"id", "location_id", "name"} for row in rows)


PAGED = {"location_id": DOWNTOWN}


def walk(practice, name, per_page, start=None):
    seen, cursor = [], start
    while True:
        query = {name: cursor} if cursor else {}
        said = practice.said("GET", "/patients", per_page=per_page, **PAGED, **query)
        ids = [row["id"] for row in said["data"]]
        seen = seen + ids if name == "end_cursor" else ids + seen
        info = said["page_info"]
        cursor = info[name]
        if not info["has_next_page" if name == "end_cursor" else "has_previous_page"]:
            return seen, info


@pytest.mark.parametrize("size", [1, 3, 5, 10, 11, 1000])
def test_cursors_lead_through_a_list_and_back(grown, size):
    whole = [row["id"] for row in grown.get("/patients", per_page=1000, **PAGED)]
    forth, last = walk(grown, "end_cursor", size)
    assert forth == whole
    back, first = walk(grown, "start_cursor", size, last["start_cursor"])
    assert back == whole[: len(back)]
    assert len(back) == len(whole) - (len(whole) % size or min(size, len(whole)))
    assert first["has_previous_page"] is False


def test_a_page_has_five_entries_unless_said_otherwise(grown):
    said = grown.said("GET", "/patients", **PAGED)
    assert len(said["data"]) == 5
    info = said["page_info"]
    assert (info["has_previous_page"], info["has_next_page"]) == (False, True)
    empty = grown.said("GET", "/patients", start_cursor="", end_cursor="", **PAGED)
    assert empty == said
    assert len(grown.get("/patients", version="v2", **PAGED)["patients"]) == 5


def test_an_empty_list_has_no_cursors(grown):
    info = grown.said("GET", "/patients", name="nobody", **PAGED)["page_info"]
    assert info == {"has_previous_page": False, "has_next_page": False, "start_cursor": None, "end_cursor": None}


@pytest.mark.parametrize("cursor", ["x", "%", "e30", "WzFd", "WyJhIiwiYiJd", "bnVsbA", "ü"])
def test_a_cursor_of_somebody_else_is_refused(grown, cursor):
    assert grown.refused("GET", "/patients", end_cursor=cursor, **PAGED) == ["Invalid cursor"]


def test_only_one_cursor_may_be_given(grown):
    info = grown.said("GET", "/patients", **PAGED)["page_info"]
    query = {"start_cursor": info["start_cursor"], "end_cursor": info["end_cursor"]}
    (error,) = grown.refused("GET", "/patients", **query, **PAGED)
    assert error == "Only one of start_cursor and end_cursor may be given"


def test_a_cursor_survives_what_comes_and_goes_before_it(practice):
    rows = practice.said("GET", "/working_hours", location_id=WEST, per_page=2)
    rest = practice.get("/working_hours", location_id=WEST, end_cursor=rows["page_info"]["end_cursor"])
    practice.ask("DELETE", f"/working_hours/{rows['data'][0]['id']}")
    after = {"location_id": WEST, "end_cursor": rows["page_info"]["end_cursor"]}
    assert practice.get("/working_hours", **after) == rest
    practice.ask("DELETE", f"/working_hours/{rows['data'][1]['id']}")
    # Its own row is gone, too: the list goes on where that would be.
    assert practice.get("/working_hours", **after) == rest


@pytest.mark.parametrize("size", [0, -1])
@pytest.mark.parametrize("version", HEADERS)
def test_a_page_cannot_be_empty(grown, size, version):
    errors = grown.refused("GET", "/patients", per_page=size, version=version, **PAGED)
    assert errors == ["per_page must be greater than 0"]
    assert grown.refused("GET", "/patients", version="v2", page=size, **PAGED) == ["page must be greater than 0"]


def test_numbered_pages_come_with_the_total(grown):
    pages = [
        grown.said("GET", "/patients", version="v2", page=page, per_page=4, **PAGED)
        for page in (1, 2, 3, 4)
    ]  # fmt: skip
    assert [len(said["data"]["patients"]) for said in pages] == [4, 4, 2, 0]
    assert {said["count"] for said in pages} == {10}
    assert len({row["id"] for said in pages for row in said["data"]["patients"]}) == 10


@pytest.mark.parametrize(("version", "most"), [("v2", 300), ("v3", 1000)])
def test_a_page_has_a_largest_size(grown, version, most):
    from apptsdk.sandbox.nexhealth import paging  # noqa: PLC0415

    assert paging.LONGEST[version] == most
    assert grown.said("GET", "/patients", per_page=most + 1, version=version, **PAGED)["data"]
