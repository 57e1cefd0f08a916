"""NexHealth: patients are found and made; alerts and recalls are noted."""

from datetime import timedelta

import pytest
from sandbox_practice import DOWNTOWN, HARBOUR, HEADERS, LAKESIDE, NOT_FOUND, RIVERBEND, WEST

BASIC = {
    "id", "email", "first_name", "middle_name", "last_name", "name", "created_at", "updated_at", "institution_id",
    "foreign_id", "foreign_id_type", "bio", "inactive", "last_sync_time", "guarantor_id", "billing_type", "chart_id",
    "preferred_language",
}  # fmt: skip
INCLUDES = [
    "upcoming_appts", "last_visited_appointment", "children", "guarantor", "procedures", "insurance_coverages",
    "adjustments", "charges", "payments", "patient_alerts", "address", "provider",
]  # fmt: skip


def person(**other):
    bio = {"date_of_birth": "1990-05-06", "phone_number": "3125550199", **other.pop("bio", {})}
    return {"first_name": "Mona", "last_name": "Weiss", "email": "mona@example.com", **other, "bio": bio}


def body(practice, *, existing=None, **other):
    said = {"provider": {"provider_id": practice.provider()}, "patient": person(**other)}
    return said if existing is None else {**said, "return_existing_if_match": existing}


def make(practice, *, existing=None, **other):
    data = practice.made("/patients", body(practice, existing=existing, **other), location_id=DOWNTOWN)
    assert data.keys() == {"user"}
    return data["user"]


def refuse(practice, *, version="v3", existing=None, **other):
    sent = body(practice, existing=existing, **other)
    return practice.refused("POST", "/patients", json=sent, location_id=DOWNTOWN, version=version)


def names(practice, *, version="v3", location=DOWNTOWN, subdomain=RIVERBEND, **query):
    data = practice.get(
        "/patients", version=version, location_id=location, subdomain=subdomain, **{"per_page": 100, **query}
    )
    return [row["first_name"] for row in (data if version == "v3" else data["patients"])]


EVERYBODY = ["Ada", "Bruno", "Clara", "Dev", "Elin", "Farid", "Greta", "Hugo", "Iris", "Jonas"]


def test_a_list_of_v3_is_an_array_with_authorizations(grown):
    said = grown.said("GET", "/patients", location_id=DOWNTOWN, per_page=3)
    assert [row.keys() for row in said["data"]] == [BASIC | {"provider_id", "hipaa"}] * 3
    assert said["data"][0]["hipaa"]["privacy"] is True
    assert said.keys() == {"code", "description", "error", "data", "page_info"}


def test_a_list_of_v2_is_wrapped_and_counted(grown):
    said = grown.said("GET", "/patients", location_id=DOWNTOWN, per_page=3, version="v2")
    assert said.keys() == {"code", "description", "error", "data", "count"}
    assert said["data"].keys() == {"patients"}
    assert [row.keys() for row in said["data"]["patients"]] == [
        BASIC | {"provider_id", "preferred_locale", "location_ids"}
    ] * 3
    assert said["count"] == len(EVERYBODY)


def test_a_list_of_v2_includes_what_is_asked_for(grown):
    said = grown.get("/patients", location_id=DOWNTOWN, version="v2", include=["upcoming_appts"], per_page=100)
    assert all(isinstance(row["upcoming_appts"], list) for row in said["patients"])
    note = grown.said("GET", "/patients", location_id=DOWNTOWN, include=["upcoming_appts"])["description"]
    assert note == "Note that following parameters are ignored: include[]."


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, EVERYBODY),
        ({"location_strict": True}, ["Ada", "Bruno", "Clara", "Dev", "Elin", "Farid", "Greta", "Jonas"]),
        ({"location_strict": False}, EVERYBODY),
        ({"location": WEST, "location_strict": True}, ["Hugo", "Iris", "Jonas"]),
        ({"location": HARBOUR, "subdomain": LAKESIDE}, ["Kira", "Liam", "Ada"]),
        ({"name": "lindqvist"}, ["Ada", "Bruno", "Clara"]),
        ({"name": "Lind Ada"}, ["Ada"]),
        ({"name": "FARID ALI"}, ["Farid"]),
        ({"name": "nobody"}, []),
        ({"date_of_birth": "1984-03-02"}, ["Ada"]),
        ({"name": "lindqvist", "date_of_birth": "1982-11-23"}, ["Bruno"]),
        ({"email": "ADA.lindqvist.0111@example.com"}, ["Ada"]),
        ({"email": "ada"}, []),
        ({"phone_number": "3125550111"}, ["Ada", "Clara"]),
        ({"phone_number": "+13125550111"}, []),
        ({"phone_number": "3125550111", "email": "dev.malhotra.0114@example.com"}, ["Ada", "Clara", "Dev"]),
        ({"phone_number": "3125550111", "email": "dev.malhotra.0114@example.com", "name": "clara"}, ["Clara"]),
        ({"inactive": True}, ["Elin"]),
        ({"inactive": False}, [name for name in EVERYBODY if name != "Elin"]),
        ({"non_patient": True}, ["Greta"]),
        ({"non_patient": False}, [name for name in EVERYBODY if name != "Greta"]),
        ({"inactive": False, "non_patient": False, "name": "e", "location_strict": True}, ["Dev", "Farid", "Jonas"]),
        ({"sort": "-id"}, EVERYBODY[::-1]),
        ({"sort": "updated_at"}, EVERYBODY),
        ({"sort": "-updated_at"}, EVERYBODY[::-1]),
        ({"forms_syncable": True}, EVERYBODY),
        ({"new_patient": True}, []),
        ({"new_patient": False}, EVERYBODY),
        ({"updated_since": "2026-01-01"}, []),
        ({"updated_since": "2020-01-01T00:00:00Z"}, EVERYBODY),
    ],
)
@pytest.mark.parametrize("version", HEADERS)
def test_patients_are_found(grown, query, found, version):
    assert names(grown, version=version, **query) == found


def test_patients_are_found_by_the_id_of_their_system(grown):
    row = grown.world.find("patients", grown.patient("Dev"))
    assert names(grown, foreign_id=row.foreign_id) == ["Dev"]


def test_a_new_patient_is_in_nexhealth_only(practice):
    made = make(practice, bio={"city": "Springfield", "weight": 70})
    assert made.keys() == BASIC | {"preferred_locale", "location_ids"}
    wanted = {
        "name": "Mona Weiss",
        "email": "mona@example.com",
        "foreign_id": None,
        "foreign_id_type": "nex",
        "last_sync_time": None,
        "inactive": False,
        "location_ids": [DOWNTOWN],
        "created_at": "2026-03-02T22:00:00.000Z",
        "bio": {
            "date_of_birth": "1990-05-06",
            "phone_number": "3125550199",
            "gender": "Female",
            "weight": 70,
            "city": "Springfield",
            "new_patient": True,
            "non_patient": False,
        },
    }
    assert {name: made[name] for name in wanted} == wanted
    assert practice.ledger("patients") == [("create", str(made["id"]))]
    assert practice.get(f"/patients/{made['id']}")["provider_id"] == practice.provider()


def test_a_new_patient_is_listed_once_an_appointment_is_ahead(practice):
    made = make(practice)
    assert "Mona" not in names(practice)
    practice.book(patient_id=made["id"])
    assert names(practice)[-1] == "Mona"
    assert names(practice, new_patient=True) == ["Mona"]
    assert names(practice, forms_syncable=True) == EVERYBODY


@pytest.mark.parametrize("version", HEADERS)
@pytest.mark.parametrize("existing", [None, False])
def test_a_duplicate_is_refused_with_the_id_of_the_one_who_is_there(practice, version, existing):
    made = make(practice)
    (error,) = refuse(practice, version=version, existing=existing, email="other@example.com", first_name="MONA")
    assert str(made["id"]) in error


def test_v3_returns_the_one_who_is_there_if_asked_to(practice):
    made = make(practice, existing=True)
    again = practice.said("POST", "/patients", json=body(practice, existing=True), location_id=DOWNTOWN)
    assert again["data"]["user"] == made
    assert len(practice.ledger("patients")) == 1


def test_v2_does_not_know_how_to_return_the_one_who_is_there(practice):
    made = make(practice)
    (error,) = refuse(practice, version="v2", existing=True)
    assert str(made["id"]) in error


@pytest.mark.parametrize(
    "other",
    [{"last_name": "Weis"}, {"bio": {"date_of_birth": "1990-05-07"}}, {"bio": {"phone_number": "3125550198"}}],
)
def test_who_differs_in_name_birth_or_phone_is_somebody_else(practice, other):
    assert make(practice)["id"] != make(practice, existing=True, **other)["id"]


@pytest.mark.parametrize(
    ("phone", "kept"),
    [
        ("3125550199", "3125550199"),
        ("31255501990", "3125550199"),
        ("3125550199 ext 4", "3125550199"),
        ("+13125550199", None),
        ("13125550199", None),
        ("(312) 555-0199", None),
        ("1125550199", None),
        ("3121550199", None),
        ("312555019", None),
    ],
)
def test_a_phone_is_cut_to_ten_characters_and_must_be_north_american_then(practice, phone, kept):
    if kept:
        assert make(practice, bio={"phone_number": phone})["bio"]["phone_number"] == kept
    else:
        assert refuse(practice, bio={"phone_number": phone}) == ["User phone number is invalid"]


@pytest.mark.parametrize(
    ("email", "good"),
    [
        ("a@b.example", True),
        ("A.B+c@Example.COM", True),
        ("a@sub.example.com", True),
        ("a", False),
        ("a@b", False),
        ("a b@example.com", False),
        ("a@example.c", False),
        ("a@@example.com", False),
    ],
)
def test_an_email_must_look_like_one(practice, email, good):
    if good:
        assert make(practice, email=email)["email"] == email
    else:
        assert refuse(practice, email=email) == ["User email is invalid"]


@pytest.mark.parametrize(
    ("born", "good"),
    [("2026-03-02", True), ("2026-03-03", False), ("1896-01-01", True), ("1895-12-31", False)],
)
def test_a_birth_lies_neither_ahead_nor_130_years_back(practice, born, good):
    if good:
        assert make(practice, bio={"date_of_birth": born})["bio"]["date_of_birth"] == born
    else:
        assert refuse(practice, bio={"date_of_birth": born}) == ["User date of birth is invalid"]


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"provider": None}, ["Missing parameter provider"]),
        ({"patient": None}, ["Missing parameter patient"]),
        ({"provider": {}}, ["Missing parameter provider_id"]),
        (
            {"patient": {}},
            [f"Missing parameter {name}" for name in ("first_name", "last_name", "email", "bio")],
        ),
        (
            {"patient": person() | {"bio": {}}},
            ["Missing parameter date_of_birth", "Missing parameter phone_number"],
        ),
        ({"patient": person(first_name="")}, ["Missing parameter first_name"]),
        ({"patient": person(bio={"gender": "None"})}, ["gender does not have a valid value"]),
        ({"patient": person(bio={"date_of_birth": "when?"})}, ["date_of_birth is invalid"]),
        ({"return_existing_if_match": "perhaps"}, ["return_existing_if_match is invalid"]),
        ({"patient": person() | {"bio": "x"}}, ["bio is invalid"]),
    ],
)
def test_what_a_patient_needs_is_named(practice, change, errors):
    sent = {**body(practice), **change}
    assert practice.refused("POST", "/patients", json=sent, location_id=DOWNTOWN) == errors
    assert practice.ledger("patients") == []


def test_several_errors_come_together(practice):
    errors = refuse(practice, email="x", bio={"date_of_birth": "2030-01-01", "phone_number": "1"})
    assert errors == ["User email is invalid", "User date of birth is invalid", "User phone number is invalid"]


def test_an_unknown_provider_is_not_found(practice):
    sent = {**body(practice), "provider": {"provider_id": 5}}
    assert practice.refused("POST", "/patients", json=sent, location_id=DOWNTOWN, status=404) == [NOT_FOUND]


@pytest.mark.parametrize("version", HEADERS)
def test_one_patient_is_the_data_itself(grown, version):
    shown = grown.get(f"/patients/{grown.patient()}", version=version)
    more = {"hipaa"} if version == "v3" else {"preferred_locale"}
    assert shown.keys() == BASIC | {"provider_id", "location_ids"} | more
    assert shown["name"] == "Ada Lindqvist"


def test_one_patient_includes_what_is_asked_for(grown):
    path = f"/patients/{grown.patient()}"
    shown = grown.get(path, include=INCLUDES)
    assert shown.keys() == grown.get(path).keys() | set(INCLUDES)
    assert [child["first_name"] for child in shown["children"]] == ["Clara"]
    assert shown["guarantor"] is None
    assert shown["provider"]["last_name"] == "Raman"
    assert [alert["note"] for alert in shown["patient_alerts"]] == ["Allergic to latex"]
    assert shown["address"] == {
        "line_1": "5 Quarry Lane",
        "line_2": "",
        "postal_code": "62701",
        "city": "Springfield",
        "region": "IL",
    }
    nothing = [shown[name] for name in ("insurance_coverages", "adjustments", "charges", "payments")]
    assert nothing == [[], [], [], []]
    clara = grown.get(f"/patients/{grown.patient('Clara')}", include=["guarantor"])
    assert clara["guarantor"]["first_name"] == "Ada"


def test_a_patients_appointments_are_those_ahead_and_the_last_one_visited(practice):
    dev = practice.patient("Dev")
    rows = [row for row in practice.world.records("appointments") if row.patient == dev]
    for row in rows:
        row.cancelled = True
    path = f"/patients/{dev}"
    ask = {"include": ["upcoming_appts", "last_visited_appointment"]}
    shown = practice.get(path, **ask)
    assert (shown["upcoming_appts"], shown["last_visited_appointment"]) == ([], None)
    later = practice.book("2026-04-15T14:00:00Z", patient_id=dev)
    made = practice.book(patient_id=dev)
    practice.book("2028-04-11T14:00:00Z", patient_id=dev)
    shown = practice.get(path, **ask)
    assert [one["id"] for one in shown["upcoming_appts"]] == [made["id"], later["id"]]
    assert shown["upcoming_appts"][0].keys() == {
        "id", "provider_id", "provider_name", "start_time", "end_time", "location_id", "confirmed",
    }  # fmt: skip
    practice.write(made["id"])
    practice.said("PATCH", f"/appointments/{made['id']}", json={"appt": {"checkin_at": "2026-04-14T14:00:00Z"}})
    practice.sandbox.clock.advance(timedelta(days=45))
    practice.token = practice.mint()
    assert practice.get(path, **ask)["last_visited_appointment"]["id"] == made["id"]


def test_the_seed_has_procedures_for_some_patients(grown):
    rows = [grown.get(f"/patients/{row.id}", include=["procedures"], subdomain=RIVERBEND)["procedures"]
            for row in grown.world.records("patients", grown.world.institution(RIVERBEND).id)]  # fmt: skip
    found = [one for procedures in rows for one in procedures]
    assert found[0]["treatment_plan_ids"] == []
    assert found[0]["body_site"] == {"tooth": ["14"], "surface": "O"}


def alerts(practice, **query):
    return practice.get(f"/patients/{practice.patient()}/alerts", **query)


def test_disabled_alerts_are_hidden_unless_asked_for(grown):
    assert [one["note"] for one in alerts(grown)] == ["Allergic to latex"]
    assert len(alerts(grown, include_disabled=True)) == 2
    assert alerts(grown)[0].keys() == {"id", "patient_id", "note", "disabled_at", "created_at", "updated_at"}


def test_an_alert_is_noted_disabled_and_enabled_again(practice):
    path = f"/patients/{practice.patient()}/alerts"
    made = practice.made(path, {"patient_alert": {"note": "Prefers texts"}})
    assert (made["note"], made["patient_id"], made["disabled_at"]) == ("Prefers texts", practice.patient(), None)
    one = f"{path}/{made['id']}"
    assert practice.get(one) == made
    off = practice.said("PATCH", one, json={"patient_alert": {"disabled": True}})["data"]
    assert off["disabled_at"] == "2026-03-02T22:00:00.000Z"
    assert made["id"] not in [row["id"] for row in alerts(practice)]
    same = practice.said("PATCH", one, json={"patient_alert": {"disabled": True}})["data"]
    assert same == off
    on = practice.said("PATCH", one, json={"patient_alert": {"disabled": False}})["data"]
    assert on["disabled_at"] is None
    assert practice.ledger("patient_alerts") == [
        ("create", str(made["id"])),
        ("update", str(made["id"])),
        ("update", str(made["id"])),
    ]


def test_an_alert_needs_a_note(practice):
    path = f"/patients/{practice.patient()}/alerts"
    assert practice.refused("POST", path, json={}) == ["Missing parameter patient_alert"]
    assert practice.refused("POST", path, json={"patient_alert": {"note": " "[:0]}}) == ["Missing parameter note"]


def test_another_patients_alert_is_not_found(practice):
    (alert,) = alerts(practice)
    path = f"/patients/{practice.patient('Bruno')}/alerts/{alert['id']}"
    assert practice.refused("GET", path, status=404) == [NOT_FOUND]
    assert practice.refused("PATCH", path, json={"patient_alert": {}}, status=404) == [NOT_FOUND]
    assert practice.refused("GET", "/patients/1/alerts", status=404) == [NOT_FOUND]


RECALL = {
    "id", "appointment_id", "date_due", "foreign_id", "foreign_id_type", "recall_id", "recall_type", "patient_id",
    "created_at", "updated_at",
}  # fmt: skip


def recalls(practice, **query):
    rows = practice.get("/patient_recalls", location_id=DOWNTOWN, **{"per_page": 100, **query})
    return [row["date_due"] for row in rows]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["2026-04-08", "2026-02-27", "2026-06-07"]),
        ({"sort": "date_due"}, ["2026-02-27", "2026-04-08", "2026-06-07"]),
        ({"sort": "-date_due"}, ["2026-06-07", "2026-04-08", "2026-02-27"]),
        ({"due_after": "2026-04-08"}, ["2026-04-08", "2026-06-07"]),
        ({"due_after": "2026-04-09T00:00:00-0500"}, ["2026-06-07"]),
        ({"updated_since": "2026-01-01"}, []),
        ({"patient_id": 1}, []),
        ({"foreign_id": "none"}, []),
    ],
)
def test_recalls_are_found(grown, query, found):
    assert recalls(grown, **query) == found


def test_a_recall_names_its_patient_and_its_type(grown):
    (row,) = grown.get("/patient_recalls", location_id=DOWNTOWN, patient_id=grown.patient("Dev"))
    assert row.keys() == RECALL
    assert row["recall_type"]["name"] == "PERIO"
    assert row["recall_type"].keys() == {"id", "name", "description", "interval_num", "interval_unit"}
    assert grown.get(f"/patient_recalls/{row['id']}") == row
    assert len(recalls(grown, recall_id=row["recall_id"])) == 1
    assert recalls(grown, foreign_id=row["foreign_id"]) == [row["date_due"]]
    counted = grown.said("GET", "/patient_recalls", version="v2", location_id=DOWNTOWN, per_page=1)
    assert (len(counted["data"]), counted["count"]) == (1, 3)


def test_types_of_recalls_belong_to_a_location(grown):
    said = grown.said("GET", "/recall_types", location_id=DOWNTOWN)
    assert ([row["name"] for row in said["data"]], said["count"]) == (["PROPHY", "PERIO"], 2)
    first = said["data"][0]
    assert grown.get(f"/recall_types/{first['id']}") == first
    assert grown.get("/recall_types", location_id=DOWNTOWN, foreign_id=first["foreign_id"]) == [first]
    assert grown.get("/recall_types", location_id=DOWNTOWN, updated_since="2026-03-01") == []
