"""Cliniko: patient cases, and the bookings that belong to them."""

from datetime import timedelta

import pytest
from sandbox_clinic import BLANK, NOT_FOUND

PATH = "/patient_cases"


def link(clinic, *parts):
    return {"links": {"self": "/".join([clinic.base, *parts])}}


def create(clinic, **other):
    return clinic.made("patient_cases", {"name": "Hip", "patient_id": clinic.patient(), **other})


def names(clinic, path=PATH, *filters, **query):
    return [row["name"] for row in clinic.get(path, *filters, **query)["patient_cases"]]


def test_a_case_needs_a_name_and_a_patient_only(clinic):
    patient = clinic.patient()
    answer = clinic.ask("POST", PATH, json={"name": "Hip", "patient_id": int(patient)})
    said = answer.json()
    id_ = said["id"]
    assert answer.status_code == 201
    assert answer.headers["location"] == f"{clinic.sandbox.url}/cliniko{PATH}/{id_}"
    assert said == {
        "id": id_,
        "archived_at": None,
        "attendee_ids": [],
        "attendees": link(clinic, "patient_cases", id_, "attendees"),
        "bookings": link(clinic, "patient_cases", id_, "bookings"),
        "closed": False,
        "closed_at": None,
        "created_at": "2026-03-02T22:00:00Z",
        "expiry_date": None,
        "include_cancelled_attendees": False,
        "include_dna_attendees": False,
        "invoices": link(clinic, "patient_cases", id_, "invoices"),
        "issue_date": None,
        "links": {"self": f"{clinic.base}{PATH}/{id_}"},
        "max_invoiceable_amount": None,
        "max_sessions": None,
        "name": "Hip",
        "notes": None,
        "patient": link(clinic, "patients", patient),
        "patient_attachments": link(clinic, "patient_cases", id_, "patient_attachments"),
        "referral": False,
        "referral_type": None,
        "updated_at": "2026-03-02T22:00:00Z",
    }
    assert clinic.get(f"{PATH}/{id_}") == said
    assert clinic.ledger("patient_cases") == [("create", id_)]


def test_what_a_case_is_given_is_kept(clinic):
    body = {
        "expiry_date": "2027-01-31",
        "include_cancelled_attendees": True,
        "include_dna_attendees": True,
        "issue_date": "2026-02-28",
        "max_invoiceable_amount": "1250.50",
        "max_sessions": 200,
        "notes": "mornings",
        "referral": True,
        "referral_type": "dva",
    }
    said = create(clinic, **body, contact_id="7", patient_attachment_ids=["9"])
    assert {**said, **body} == said
    assert said["contact"] == link(clinic, "contacts", "7")
    assert "patient_attachment_ids" not in said


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"name": None}, {"name": BLANK}),
        ({"name": ""}, {"name": BLANK}),
        ({"patient_id": None}, {"patient": BLANK}),
        ({"patient_id": "1"}, {"patient": BLANK}),
        ({"patient_id": "x"}, {"patient": BLANK}),
        ({"patient_id": "archived"}, {"patient": BLANK}),
        ({"closed": "yes"}, {"closed": "is not included in the list"}),
        ({"expiry_date": "soon"}, {"expiry_date": "is invalid"}),
        ({"issue_date": "2026-02-30"}, {"issue_date": "is invalid"}),
        ({"max_sessions": 0}, {"max_sessions": "must be greater than or equal to 1"}),
        ({"max_sessions": 201}, {"max_sessions": "must be less than or equal to 200"}),
        ({"max_sessions": "few"}, {"max_sessions": "is not a number"}),
        ({"max_invoiceable_amount": "0"}, {"max_invoiceable_amount": "must be greater than 0"}),
        ({"max_invoiceable_amount": "much"}, {"max_invoiceable_amount": "is not a number"}),
        ({"max_invoiceable_amount": "Infinity"}, {"max_invoiceable_amount": "is not a number"}),
        ({"referral_type": "friend"}, {"referral_type": "is not included in the list"}),
        ({"referral": 1}, {"referral": "is not included in the list"}),
        ({"contact_id": "x"}, {"contact_id": "is invalid"}),
        ({"attendee_ids": "7"}, {"attendee_ids": "is invalid"}),
        ({"attendee_ids": ["7"]}, {"attendees": "is invalid"}),
        ({"attendee_ids": ["another"]}, {"attendees": "is invalid"}),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_what_is_wrong_with_a_case_is_said_and_nothing_is_done(clinic, method, change, errors):
    path, body = PATH, {"name": "Hip", "patient_id": clinic.patient()}
    if method == "PATCH":
        path, body = f"{PATH}/{create(clinic)['id']}", {}
    group = clinic.group()["id"]
    theirs = clinic.attend(group, "Bilal")["id"]
    clinic.sandbox.ledger.clear()
    ((name, value),) = change.items()
    value = {"archived": clinic.patient("Lena")}.get(value, value) if isinstance(value, str) else value
    value = [theirs] if value == ["another"] else value
    assert clinic.errors(method, path, {**body, name: value}) == errors
    assert len(clinic.sandbox.ledger) == 0
    assert "patient_case" not in clinic.get(f"/attendees/{theirs}")


def test_an_empty_case_lacks_two_things(clinic):
    assert clinic.errors("POST", PATH, {}) == {"name": BLANK, "patient": BLANK}


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_a_case_can_be_changed(clinic, method):
    said = create(clinic, notes="x")
    clinic.sandbox.clock.advance(timedelta(minutes=1))
    answer = clinic.ask(method, f"{PATH}/{said['id']}", json={"name": "Knee", "max_sessions": 3})
    assert answer.status_code == 200
    assert answer.json() == {**said, "name": "Knee", "max_sessions": 3, "updated_at": "2026-03-02T22:01:00Z"}
    assert clinic.ledger("patient_cases") == [("create", said["id"]), ("update", said["id"])]


def test_closing_a_case_notes_when_and_opening_forgets_it(clinic):
    id_ = create(clinic)["id"]

    def close(closed):
        said = clinic.ask("PATCH", f"{PATH}/{id_}", json={"closed": closed}).json()
        clinic.sandbox.clock.advance(timedelta(minutes=1))
        return said["closed"], said["closed_at"]

    assert close(True) == (True, "2026-03-02T22:00:00Z")
    assert close(True) == (True, "2026-03-02T22:00:00Z")
    assert close(False) == (False, None)
    assert close(True) == (True, "2026-03-02T22:03:00Z")
    assert close(None) == (False, None)
    assert create(clinic, closed=True)["closed_at"] == "2026-03-02T22:05:00Z"


def test_archiving_a_case_hides_it(clinic):
    id_ = create(clinic)["id"]
    assert clinic.ask("POST", f"{PATH}/{id_}/archive").status_code == 204
    for method, suffix in [
        ("GET", ""),
        ("PATCH", ""),
        ("POST", "/archive"),
        ("GET", "/attendees"),
        ("GET", "/bookings"),
    ]:
        assert clinic.ask(method, f"{PATH}/{id_}{suffix}", json={}).json() == NOT_FOUND
    assert clinic.get(f"{PATH}/{id_}", "archived_at:?")["archived_at"] == "2026-03-02T22:00:00Z"
    assert clinic.ask("DELETE", f"{PATH}/{id_}").headers["content-type"] == "text/html; charset=utf-8"
    assert clinic.ledger("patient_cases") == [("create", id_), ("archive", id_)]


def test_active_cases_are_neither_closed_nor_archived_nor_expired(clinic):
    assert names(clinic) == ["Knee after surgery", "Shoulder", "Back, last year", "Ankle 2024"]
    assert names(clinic, f"{PATH}/active") == ["Knee after surgery", "Shoulder"]
    assert names(clinic, f"{PATH}/active", "archived_at:*") == ["Knee after surgery", "Shoulder"]
    create(clinic, name="Today", expiry_date="2026-03-03")  # still Monday in UTC
    create(clinic, name="Yesterday", expiry_date="2026-03-02")
    assert names(clinic, f"{PATH}/active") == ["Knee after surgery", "Shoulder", "Today"]
    assert names(clinic, f"{PATH}/active", f"patient_id:={clinic.patient()}") == ["Knee after surgery", "Today"]
    clinic.sandbox.clock.advance(timedelta(days=1))
    create(clinic, name="Another")
    assert names(clinic, f"{PATH}/active") == ["Knee after surgery", "Shoulder", "Another"]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (["archived_at:?"], ["Entered twice"]),
        (["closed_at:?"], ["Ankle 2024"]),
        (["closed_at:>2026-03-01T00:00:00Z"], []),
        (["expiry_date:<2026-03-03"], ["Back, last year"]),
        (["expiry_date:!?"], ["Shoulder"]),
        (["issue_date:>2026-01-01"], []),
        (["issue_date:=****-**-15"], ["Knee after surgery", "Shoulder", "Back, last year", "Ankle 2024"]),
        (["name:~SHOULD"], ["Shoulder"]),
        (["name:~~%last%"], ["Back, last year"]),
        (["name:=shoulder"], ["Shoulder"]),
        (["referral_type:=medicare"], ["Knee after surgery"]),
        (["referral_type:?"], ["Knee after surgery", "Back, last year"]),
        (["updated_at:>2026-01-01T00:00:00Z"], []),
        (["created_at:<2020-01-01T00:00:00Z"], []),
    ],
)
def test_cases_can_be_filtered(seeded, filters, found):
    assert names(seeded, PATH, *filters) == found


def test_cases_can_be_filtered_by_id_and_patient(clinic):
    case, patient = clinic.case("Shoulder"), clinic.patient("Bilal")
    assert clinic.ids(PATH, f"patient_id:={patient}") == clinic.ids(PATH, f"id:={case}") == [case]
    assert clinic.ask("GET", PATH, "closed:=true").json() == {"message": "closed is not filterable"}
    assert clinic.ask("GET", f"{PATH}/{case}", "closed_at:?").status_code == 400


# --- what belongs to a case


@pytest.mark.parametrize("resource", ["individual_appointments", "attendees"])
@pytest.mark.parametrize(
    ("name", "errors"),
    [
        ("none", {"patient_case": "must exist"}),
        ("Entered twice", {"base": "Case has been archived."}),
        ("Shoulder", {"patient_case": "is invalid"}),
    ],
)
def test_a_case_must_be_there_and_the_patients(clinic, resource, name, errors):
    case = "77" if name == "none" else clinic.case(name)
    body = clinic.booking() if resource != "attendees" else {"patient_id": clinic.patient()}
    id_ = clinic.book()["id"]
    if resource == "attendees":
        body["booking_id"] = clinic.group()["id"]
        (id_,) = clinic.ids("/attendees", f"booking_id:={id_}")
    clinic.sandbox.ledger.clear()
    assert clinic.errors("POST", f"/{resource}", {**body, "patient_case_id": case}) == errors
    assert clinic.errors("PATCH", f"/{resource}/{id_}", {"patient_case_id": case}) == errors
    assert len(clinic.sandbox.ledger) == 0


@pytest.mark.parametrize("name", ["Ankle 2024", "Back, last year"])
def test_a_closed_or_expired_case_is_taken(clinic, name):
    case = clinic.case(name)
    patient = clinic.patient("Carmen" if name == "Ankle 2024" else "Ada")
    assert clinic.book(patient_id=patient, patient_case_id=case)["patient_case"] == link(clinic, "patient_cases", case)


def members(clinic, case):
    said = clinic.get(f"{PATH}/{case}")["attendee_ids"]
    assert sorted(clinic.ids(f"{PATH}/{case}/attendees", per_page=100)) == sorted(said)
    return said


def test_a_case_knows_its_attendees_and_bookings(clinic):
    case = create(clinic)["id"]
    booking = clinic.book(patient_case_id=case)["id"]
    group = clinic.group()["id"]
    place = clinic.attend(group, patient_case_id=case)["id"]
    clinic.attend(group, "Bilal")
    (mine,) = clinic.ids("/attendees", f"booking_id:={booking}")
    assert members(clinic, case) == [mine, place]
    assert clinic.ids(f"{PATH}/{case}/bookings") == [booking, group]
    assert clinic.get(f"{PATH}/{case}/bookings", f"id:={group}")["bookings"][0]["max_attendees"] == 6
    clinic.ask("PATCH", f"/individual_appointments/{booking}", json={"patient_case_id": None})
    assert members(clinic, case) == [place]
    assert clinic.ids(f"{PATH}/{case}/bookings") == [group]
    clinic.ask("PATCH", f"/attendees/{mine}", json={"patient_case_id": case})
    assert members(clinic, case) == [mine, place]
    clinic.ask("PATCH", f"/attendees/{place}/cancel", json={"cancellation_reason": 50})
    assert members(clinic, case) == [mine]
    assert clinic.ids(f"{PATH}/{case}/bookings") == [booking]
    clinic.ask("POST", f"/individual_appointments/{booking}/archive")
    assert members(clinic, case) == []


def test_the_repeats_of_an_appointment_belong_to_its_case(clinic):
    case = create(clinic)["id"]
    clinic.book(patient_case_id=case, repeat_rule={"repeat_type": "Daily", "number_of_repeats": 2})
    assert len(members(clinic, case)) == 3


def test_a_case_can_be_given_its_attendees(clinic):
    first, second = create(clinic)["id"], create(clinic, name="Knee")["id"]
    booking = clinic.book()["id"]
    (mine,) = clinic.ids("/attendees", f"booking_id:={booking}")
    place = clinic.attend(clinic.group()["id"])["id"]
    clinic.sandbox.clock.advance(timedelta(minutes=1))
    said = clinic.ask("PATCH", f"{PATH}/{first}", json={"attendee_ids": [mine, place]}).json()
    assert said["attendee_ids"] == members(clinic, first) == [mine, place]
    assert clinic.get(f"/attendees/{place}")["updated_at"] == "2026-03-02T22:01:00Z"
    assert clinic.get(f"/individual_appointments/{booking}")["patient_case"] == link(clinic, "patient_cases", first)
    clinic.ask("PATCH", f"{PATH}/{second}", json={"attendee_ids": [place]})
    assert (members(clinic, first), members(clinic, second)) == ([mine], [place])
    clinic.ask("PATCH", f"{PATH}/{first}", json={"attendee_ids": None})
    assert members(clinic, first) == []
    assert create(clinic, attendee_ids=[mine])["attendee_ids"] == [mine]


def test_the_seed_has_a_case_with_attendees(clinic):
    case = clinic.case()
    assert len(members(clinic, case)) == 2
    assert clinic.get(f"{PATH}/{case}")["max_invoiceable_amount"] == "1250.00"
