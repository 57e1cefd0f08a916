"""Cliniko: bookings, the union of appointments and unavailable blocks."""

import pytest
from sandbox_clinic import NOT_FOUND

KINDS = ("individual_appointments", "group_appointments", "unavailable_blocks")
ALL = ("archived_at:*", "cancelled_at:*")


def everything(clinic):
    found, page = [], 1
    while more := clinic.get("/bookings", *ALL, per_page=100, page=page)["bookings"]:
        found += more
        page += 1
    return found


def kind(row):
    return row["conflicts"]["links"]["self"].split("/")[-3]


def named(row, name):
    return row[name]["links"]["self"].rpartition("/")[2] if name in row else None


def test_bookings_are_what_they_are_elsewhere_but_for_the_link_to_themselves(seeded):
    found = everything(seeded)
    assert {kind(row) for row in found} == set(KINDS)
    for row in found:
        scopes = [scope for scope in ALL if kind(row) == "individual_appointments" or scope == ALL[0]]
        own = seeded.get(f"/{kind(row)}/{row['id']}", *scopes)
        assert row == {**own, "links": {"self": f"{seeded.base}/bookings/{row['id']}"}}
        assert seeded.get(f"/bookings/{row['id']}", *ALL) == row


def test_bookings_are_all_there_once_in_the_order_of_making(seeded):
    found = everything(seeded)
    wanted = []
    for name in KINDS:
        scopes = ALL if name == "individual_appointments" else ALL[:1]
        for page in (1, 2):
            wanted += seeded.ids(f"/{name}", *scopes, per_page=100, page=page)
    assert sorted(row["id"] for row in found) == sorted(wanted)
    made = [row["created_at"] for row in found]
    assert made == sorted(made)


def test_a_booking_has_the_id_of_what_it_is(clinic):
    made = [clinic.book(), clinic.group(), clinic.made("unavailable_blocks", clinic.span())]
    assert clinic.ids("/bookings")[-3:] == [one["id"] for one in made]
    for one, name in zip(made, KINDS, strict=True):
        assert kind(clinic.get(f"/bookings/{one['id']}")) == name
    given = clinic.made("availability_blocks", clinic.span(ends_at="2026-03-16T01:00:00Z"))
    assert clinic.ask("GET", f"/bookings/{given['id']}").json() == NOT_FOUND
    assert clinic.ask("GET", "/bookings/1").json() == NOT_FOUND


@pytest.mark.parametrize(
    ("filters", "hidden"),
    [
        ([], {"archived_at", "cancelled_at"}),
        (["archived_at:*"], {"cancelled_at"}),
        (["deleted_at:*"], {"cancelled_at"}),
        (["cancelled_at:*"], {"archived_at"}),
        (list(ALL), set()),
    ],
)
def test_bookings_hide_what_is_archived_and_cancelled(seeded, filters, hidden):
    wanted = [row["id"] for row in everything(seeded) if not any(row.get(name) for name in hidden)]
    assert seeded.get("/bookings", *filters)["total_entries"] == len(wanted)
    for row in everything(seeded):
        answer = seeded.ask("GET", f"/bookings/{row['id']}", *filters)
        assert answer.status_code == (200 if row["id"] in wanted else 404)


def test_a_booking_can_be_filtered_by_what_hides_it_only(seeded):
    id_ = seeded.ids("/bookings")[0]
    for name in ("archived_at", "cancelled_at", "deleted_at"):
        assert seeded.ask("GET", f"/bookings/{id_}", f"{name}:*").status_code == 200
    assert seeded.ask("GET", f"/bookings/{id_}", "starts_at:?").json() == {"message": "starts_at is not filterable"}


@pytest.mark.parametrize(
    ("name", "link"),
    [
        ("appointment_type_id", "appointment_type"),
        ("business_id", "business"),
        ("practitioner_id", "practitioner"),
        ("repeated_from_id", "repeated_from"),
    ],
)
def test_bookings_can_be_filtered_by_what_they_belong_to(seeded, name, link):
    found = everything(seeded)
    for value in {named(row, link) for row in found} - {None}:
        wanted = [row["id"] for row in found if named(row, link) == value]
        assert seeded.ids("/bookings", *ALL, f"{name}:={value}", per_page=100) == wanted[:100]
        assert seeded.get("/bookings", *ALL, f"{name}:={value}")["total_entries"] == len(wanted) < len(found)
    missing = [row["id"] for row in found if named(row, link) is None]
    assert seeded.ids("/bookings", *ALL, f"{name}:!?", per_page=100) == missing[:100]


@pytest.mark.parametrize(
    "name", ["archived_at", "cancelled_at", "created_at", "deleted_at", "ends_at", "starts_at", "updated_at"]
)
def test_bookings_can_be_filtered_and_sorted_by_time(seeded, name):
    moments = sorted(row[name] for row in everything(seeded) if row.get(name))
    middle = moments[len(moments) // 2]
    wanted = [moment for moment in moments if moment > middle]
    said = seeded.get("/bookings", *ALL, f"{name}:>{middle}", sort=name, per_page=100)
    assert [row[name] for row in said["bookings"]] == wanted
    assert wanted


def test_bookings_can_be_filtered_by_patient(clinic):
    mine, group = clinic.book()["id"], clinic.group()["id"]
    other = clinic.book(patient_id=clinic.patient("Bilal"))["id"]
    place = clinic.attend(group)["id"]
    found = clinic.ids("/bookings", f"patient_ids:~{clinic.patient()}")
    assert found[-2:] == [mine, group]
    assert other not in found
    clinic.ask("PATCH", f"/attendees/{place}/cancel", json={"cancellation_reason": 50})
    assert group not in clinic.ids("/bookings", f"patient_ids:~{clinic.patient()}")
    assert clinic.ask("GET", "/bookings", "patient_id:=1").json() == {"message": "patient_id is not filterable"}


@pytest.mark.parametrize(
    ("filters", "kinds"),
    [
        (["did_not_arrive:=true"], {"individual_appointments"}),
        (["did_not_arrive:=false"], {"individual_appointments"}),
        (["email_reminder_sent:=false"], {"individual_appointments"}),
        (["sms_reminder_sent:!=true"], {"individual_appointments"}),
        (["email_reminder_sent:=true"], set()),
        (["sms_reminder_sent:=true"], set()),
        (["invoice_status:=10,20"], set()),
        (["invoice_status:!?"], set(KINDS)),
        (["treatment_note_status:>=10"], set()),
        (["treatment_note_status:!?"], set(KINDS)),
    ],
)
def test_what_only_individual_appointments_have_finds_nothing_else(seeded, filters, kinds):
    found = seeded.get("/bookings", *ALL, *filters, per_page=100, sort="starts_at:desc")["bookings"]
    assert {kind(row) for row in found} == kinds
    if filters[0].startswith("did_not_arrive"):
        assert {row["did_not_arrive"] for row in found} == {filters[0].endswith("true")}


@pytest.mark.parametrize(
    "one", ["did_not_arrive:=1", "invoice_status:=open", "patient_ids:=1", "starts_at:=2026-03-16T00:00:00Z"]
)
def test_a_filter_that_makes_no_sense_is_refused(seeded, one):
    assert seeded.ask("GET", "/bookings", one).status_code == 400


def test_bookings_cannot_be_written(clinic):
    id_ = clinic.ids("/bookings")[0]
    for method, path in [
        ("POST", ""),
        ("PATCH", f"/{id_}"),
        ("DELETE", f"/{id_}"),
        ("POST", f"/{id_}/archive"),
        ("PATCH", f"/{id_}/cancel"),
        ("GET", f"/{id_}/conflicts"),
    ]:
        assert clinic.ask(method, f"/bookings{path}").headers["content-type"] == "text/html; charset=utf-8"


def test_the_latest_booking_of_a_patient_is_there(seeded):
    links = [row["latest_booking"] for row in seeded.get("/patients")["patients"] if "latest_booking" in row]
    assert len(links) > 5
    for link in links:
        assert seeded.http.get(link["links"]["self"]).status_code == 200


def test_bookings_come_in_pages(seeded):
    said = seeded.get("/bookings", per_page=100)
    seen = [row["id"] for row in said["bookings"]]
    while "next" in said["links"]:
        said = seeded.http.get(said["links"]["next"]).json()
        seen += [row["id"] for row in said["bookings"]]
    assert len(seen) == len(set(seen)) == said["total_entries"] > 100
