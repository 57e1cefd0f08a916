"""Cliniko: filters, order and pages."""

import socket
import time
from urllib.parse import parse_qsl, urlsplit

import httpx
import pytest
from props import sandbox_of
from sandbox_clinic import NOW, Clinic

from apptsdk.sandbox.cliniko import Cliniko

APPOINTMENTS = "/individual_appointments"


def rows(clinic, path, *filters, **query):
    said = clinic.get(path, *filters, per_page=100, **query)
    return next(value for value in said.values() if isinstance(value, list))


def everything(clinic, path=APPOINTMENTS):
    found, page = [], 1
    scopes = ("archived_at:*", "cancelled_at:*") if path == APPOINTMENTS else ("archived_at:*",)
    while more := clinic.get(path, *scopes, per_page=100, page=page)[path.strip("/")]:
        found += more
        page += 1
    return found


def link(row, name):
    return row[name]["links"]["self"].rsplit("/", 1)[1]


def live(row):
    return row["archived_at"] is None and row.get("cancelled_at") is None


def test_the_world_has_something_to_hide(seeded):
    found = everything(seeded)
    assert len(found) == 140
    assert any(row["archived_at"] for row in found)
    assert any(row["cancelled_at"] for row in found)
    assert sum(map(live, found)) > 90


@pytest.mark.parametrize(
    ("filters", "keeps"),
    [
        ([], live),
        (["archived_at:*"], lambda row: row["cancelled_at"] is None),
        (["deleted_at:*"], lambda row: row["cancelled_at"] is None),
        (["cancelled_at:*"], lambda row: row["archived_at"] is None),
        (["archived_at:*", "cancelled_at:*"], lambda _: True),
        (["archived_at:?"], lambda row: row["archived_at"] is not None and row["cancelled_at"] is None),
        (["cancelled_at:?"], lambda row: row["cancelled_at"] is not None and row["archived_at"] is None),
        (["cancelled_at:!?"], live),
        (["cancelled_at:>2026-02-10T00:00:00Z"], lambda row: (row["cancelled_at"] or "") > "2026-02-10T00:00:00Z"),
        (["starts_at:>=2026-03-03T22:00:00Z"], lambda row: live(row) and row["starts_at"] >= "2026-03-03T22:00:00Z"),
        (["starts_at:>2026-03-03T22:00:00Z"], lambda row: live(row) and row["starts_at"] > "2026-03-03T22:00:00Z"),
        (["starts_at:<=2026-03-03T22:00:00Z"], lambda row: live(row) and row["starts_at"] <= "2026-03-03T22:00:00Z"),
        (["starts_at:<2026-03-03T22:00:00Z"], lambda row: live(row) and row["starts_at"] < "2026-03-03T22:00:00Z"),
        (["starts_at:<2026-03-04T08:30:00+10:30"], lambda row: live(row) and row["starts_at"] < "2026-03-03T22:00:00Z"),
        (["starts_at:<2026-03-04T09:00:00"], lambda row: live(row) and row["starts_at"] < "2026-03-03T22:00:00Z"),
        (["did_not_arrive:=true"], lambda row: live(row) and row["did_not_arrive"]),
        (["did_not_arrive:!=true"], lambda row: live(row) and not row["did_not_arrive"]),
        (["repeated_from_id:?"], lambda row: live(row) and "repeated_from" in row),
        (["repeated_from_id:!?"], lambda row: live(row) and "repeated_from" not in row),
    ],
)
def test_filters_keep_what_they_should(seeded, filters, keeps):
    wanted = [row["id"] for row in everything(seeded) if keeps(row)]
    found = [row["id"] for page in (1, 2) for row in rows(seeded, APPOINTMENTS, *filters, page=page)]
    assert found == wanted
    assert wanted
    assert filters[:2] == ["archived_at:*", "cancelled_at:*"] or len(wanted) < 140


@pytest.mark.parametrize("name", ["patient", "practitioner", "business", "appointment_type"])
@pytest.mark.parametrize(
    ("operator", "keeps"),
    [
        ("={0}", lambda id_, a, _b: id_ == a),
        ("={0},{1}", lambda id_, a, b: id_ in {a, b}),
        ("!={0}", lambda id_, a, _b: id_ != a),
        (">{0}", lambda id_, a, _b: int(id_) > int(a)),
        ("<={0}", lambda id_, a, _b: int(id_) <= int(a)),
    ],
)
def test_ids_filter_as_numbers(seeded, name, operator, keeps):
    all_ = [row for row in everything(seeded) if live(row)]
    first, second = sorted({link(row, name) for row in all_})[:2]
    wanted = [row["id"] for row in all_ if keeps(link(row, name), first, second)]
    found = seeded.ids(APPOINTMENTS, f"{name}_id:{operator.format(first, second)}", per_page=100)
    assert found == wanted[:100]
    assert 0 < len(wanted) < len(all_)


def test_filters_are_and(seeded):
    business = seeded.business()
    both = rows(seeded, APPOINTMENTS, f"business_id:={business}", "starts_at:>2026-03-03T00:00:00Z")
    assert both
    assert all(link(row, "business") == business and row["starts_at"] > "2026-03-03T00:00:00Z" for row in both)


@pytest.mark.parametrize(
    ("path", "text", "names"),
    [
        ("/patients", "last_name:=park", ["Ada", "Juno"]),
        ("/patients", "last_name:!=Park", "all but Ada Juno"),
        ("/patients", "first_name:~AN", ["Hana"]),
        ("/patients", "first_name:~~h%a", ["Hana"]),
        ("/patients", "first_name:~~h", []),
        ("/patients", "last_name:~.", []),
        ("/patients", "email:=", ["Carmen"]),
        ("/patients", "email:?", "all but"),
        ("/patients", "email:!?", []),
        ("/patients", "preferred_first_name:!?", "all but"),
        ("/patients", "preferred_first_name:!=x", []),
        ("/patients", "date_of_birth:=1950-01-03", ["Ada"]),
        ("/patients", "date_of_birth:=****-05-**", ["Eun-ji"]),
        ("/patients", "date_of_birth:=195*-**-**", ["Ada", "Bilal", "Carmen"]),
        ("/patients", "date_of_birth:<1954-02-05", ["Ada"]),
        ("/patients", "date_of_birth:<=1954-02-05", ["Ada", "Bilal"]),
        ("/patients", "date_of_birth:>1986-10-21", ["Kofi"]),
        ("/patients", "accepted_privacy_policy:=true", []),
        ("/patients", "archived_at:?", ["Lena"]),
    ],
)
def test_patients_filter_by_text_and_date(seeded, path, text, names):
    found = [row["first_name"] for row in rows(seeded, path, text)]
    if isinstance(names, str):
        everybody = [row["first_name"] for row in rows(seeded, path)]
        names = [name for name in everybody if name not in names.split()]
        assert names
    assert found == names


def test_arrays_filter_by_a_member(clinic):
    kind, other = clinic.kind(), clinic.kind("Exercise group")
    clinic.ask("PATCH", f"/businesses/{clinic.business('Hillside Rooms')}", json={"appointment_type_ids": [kind]})
    assert len(clinic.ids("/businesses", f"appointment_type_ids:~{kind}")) == 3
    assert len(clinic.ids("/businesses", f"appointment_type_ids:~{other}")) == 2
    assert clinic.ids("/businesses", f"appointment_type_ids:~{kind[:5]}") == []


@pytest.mark.parametrize(
    ("path", "text", "message"),
    [
        ("/patients", "phone:=1", "phone is not filterable"),
        ("/patients", "nonsense", "nonsense is not filterable"),
        ("/patients", "", " is not filterable"),
        ("/patients", "patient_phone_numbers.number:~1", "patient_phone_numbers.number is not filterable"),
        (APPOINTMENTS, "notes:~x", "notes is not filterable"),
        (APPOINTMENTS, "patient_id:=abc", "Filter value for patient_id must be a number"),
        (APPOINTMENTS, "patient_id:=1,,2", "Filter value for patient_id must be a number"),
        (APPOINTMENTS, "patient_id:!=1,2", "Filter value for patient_id must be a number"),
        (APPOINTMENTS, "patient_id:= 1", "Filter value for patient_id must be a number"),
        (APPOINTMENTS, "patient_id:>", "Filter value for patient_id must be a number"),
        (APPOINTMENTS, "patient_id:~1", "Filter operator ~ cannot be used for patient_id"),
        (APPOINTMENTS, "patient_id:1", "Filter operator missing cannot be used for patient_id"),
        (APPOINTMENTS, "patient_id:like:1", "Filter operator missing cannot be used for patient_id"),
        (APPOINTMENTS, "starts_at:=2026-03-02T00:00:00Z", "Filter operator = cannot be used for starts_at"),
        (APPOINTMENTS, "starts_at:!=2026-03-02T00:00:00Z", "Filter operator != cannot be used for starts_at"),
        (APPOINTMENTS, "starts_at:>tomorrow", "Filter value for starts_at must be a date-time"),
        (APPOINTMENTS, "starts_at:>2026-02-30T00:00:00Z", "Filter value for starts_at must be a date-time"),
        (APPOINTMENTS, "did_not_arrive:=yes", "Filter value for did_not_arrive must be true or false"),
        (APPOINTMENTS, "did_not_arrive:?", "Filter operator ? cannot be used for did_not_arrive"),
        ("/patients", "date_of_birth:=01.02.2000", "Filter value for date_of_birth must be a date"),
        ("/patients", "date_of_birth:=*-*-*", "Filter value for date_of_birth must be a date"),
        ("/patients", "date_of_birth:>****-05-**", "Filter value for date_of_birth must be a date"),
        ("/patients", "date_of_birth:<2026-02-30", "Filter value for date_of_birth must be a date"),
        ("/patients", "date_of_birth:*", "Filter operator * cannot be used for date_of_birth"),
        ("/patients", "last_name:>a", "Filter operator > cannot be used for last_name"),
        ("/patients", "deleted_at:*", "deleted_at is not filterable"),
        ("/practitioners", "archived_at:*", "archived_at is not filterable"),
        ("/businesses", "appointment_type_ids:=1", "Filter operator = cannot be used for appointment_type_ids"),
        ("/users", "role:=administrator", "role is not filterable"),
    ],
)
def test_a_filter_that_cannot_be_is_a_400(seeded, path, text, message):
    answer = seeded.ask("GET", path, text)
    assert (answer.status_code, answer.json()) == (400, {"message": message})


def test_of_several_plain_q_only_the_last_is_heard(seeded):
    answer = seeded.http.get("/patients?q=first_name:=Ada&q=last_name:=Park")
    assert [row["first_name"] for row in answer.json()["patients"]] == ["Ada", "Juno"]
    answer = seeded.http.get("/patients?q=nonsense&q=first_name:=Juno&q[]=last_name:=Park")
    assert [row["first_name"] for row in answer.json()["patients"]] == ["Juno"]


@pytest.mark.parametrize(
    "query", ["q[0]=last_name:=Park", "filter=last_name:=Park", "last_name=Park", "Q[]=x:=1", "search=x"]
)
def test_a_filter_under_another_name_is_ignored(seeded, query):
    assert seeded.http.get(f"/patients?{query}").json()["total_entries"] == 11


def test_the_brackets_may_be_encoded_or_not(seeded):
    for name in ("q[]", "q%5B%5D"):
        assert seeded.http.get(f"/patients?{name}=last_name%3A%3DPark").json()["total_entries"] == 2


def test_one_record_has_the_same_scope_as_the_list(seeded):
    cancelled = seeded.ids(APPOINTMENTS, "cancelled_at:?")[0]
    archived = seeded.ids(APPOINTMENTS, "archived_at:?")[0]
    alive = seeded.ids(APPOINTMENTS)[0]
    for id_, filters, status in [
        (alive, [], 200),
        (alive, ["cancelled_at:?"], 404),
        (cancelled, [], 404),
        (cancelled, ["archived_at:*"], 404),
        (cancelled, ["cancelled_at:*"], 200),
        (cancelled, ["cancelled_at:?", "archived_at:*", "deleted_at:!?"], 200),
        (archived, ["cancelled_at:*"], 404),
        (archived, ["deleted_at:*"], 200),
        (alive, ["starts_at:?"], 400),
    ]:
        assert seeded.ask("GET", f"{APPOINTMENTS}/{id_}", *filters).status_code == status, (id_, filters)


@pytest.mark.parametrize(
    ("resource", "found"),
    [
        ("patients", {"first_name": "Lena"}),
        ("businesses", {"city": "Perth"}),
        ("appointment_types", {"name": "Assessment 2019"}),
    ],
)
def test_archived_records_are_hidden_until_asked_for(seeded, resource, found):
    id_ = seeded.find(resource, **found)
    assert id_ not in seeded.ids(f"/{resource}")
    assert seeded.ask("GET", f"/{resource}/{id_}").status_code == 404
    one = seeded.get(f"/{resource}/{id_}", "archived_at:*")
    assert one["archived_at"]
    assert one.get("deleted_at", one["archived_at"]) == one["archived_at"]
    assert seeded.ids(f"/{resource}", "archived_at:?") == [id_]


@pytest.mark.parametrize(
    ("query", "key", "reverse"),
    [
        ({}, "created_at", False),
        ({"order": "desc"}, "created_at", True),
        ({"sort": "starts_at"}, "starts_at", False),
        ({"sort": "starts_at:desc"}, "starts_at", True),
        ({"sort": "starts_at", "order": "desc"}, "starts_at", True),
        ({"sort": "starts_at:asc", "order": "desc"}, "starts_at", False),
        ({"sort": "id:desc"}, "id", True),
    ],
)
def test_lists_can_be_sorted(seeded, query, key, reverse):
    found = [row[key] for row in rows(seeded, APPOINTMENTS, **query)]
    assert found == sorted(found, reverse=reverse)
    assert len(set(found)) > 50


def test_lists_can_be_sorted_by_several_columns(seeded):
    found = [
        (row["last_name"], row["first_name"]) for row in rows(seeded, "/patients", sort="last_name:desc,first_name")
    ]
    assert found.index(("Park", "Ada")) + 1 == found.index(("Park", "Juno"))
    assert [last for last, _ in found] == sorted((last for last, _ in found), reverse=True)


@pytest.mark.parametrize(("direction", "place"), [("asc", -1), ("desc", 0)])
def test_nulls_come_last_and_first_when_descending(seeded, direction, place):
    found = rows(seeded, "/appointment_types", sort=f"category:{direction}")
    assert found[place]["category"] is None
    assert found[-1 - place]["category"] is not None


@pytest.mark.parametrize(
    "query", [{"sort": "shoe_size"}, {"sort": "starts_at:up"}, {"order": "up"}, {"sort": "starts_at,"}]
)
def test_an_unknown_column_or_direction_is_a_400(seeded, query):
    answer = seeded.ask("GET", APPOINTMENTS, **query)
    assert answer.status_code == 400
    assert "is not sortable" in answer.json()["message"]


def test_pages_are_linked_and_carry_the_other_parameters(seeded):
    query = {"per_page": "20", "sort": "starts_at:desc", "unknown": "é &"}
    said = seeded.get(APPOINTMENTS, "starts_at:>2020-01-01T00:00:00Z", "cancelled_at:*", **query)
    seen, total = [row["id"] for row in said["individual_appointments"]], said["total_entries"]
    assert "previous" not in said["links"]
    pages = 1
    while "next" in said["links"]:
        url = said["links"]["next"]
        assert url.startswith(f"{seeded.base}{APPOINTMENTS}?")
        pages += 1
        pairs = parse_qsl(urlsplit(url).query)
        assert sorted(pairs) == sorted(
            [
                *query.items(),
                ("page", str(pages)),
                ("q[]", "starts_at:>2020-01-01T00:00:00Z"),
                ("q[]", "cancelled_at:*"),
            ]
        )
        before, said = said, seeded.http.get(url).json()
        assert said["links"]["previous"] == before["links"]["self"]
        assert said["links"]["self"] == url
        seen += [row["id"] for row in said["individual_appointments"]]
    assert pages == -(-total // 20) > 3
    assert len(seen) == len(set(seen)) == total


def test_the_first_page_is_called_so(seeded):
    said = seeded.get("/businesses")
    assert said["links"] == {"self": f"{seeded.base}/businesses?page=1"}
    assert said["total_entries"] == 3


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 50),
        ({"per_page": 100}, 100),
        ({"per_page": 101}, 100),
        ({"per_page": 10**30}, 50),
        ({"per_page": 0}, 1),
        ({"per_page": -5}, 50),
        ({"per_page": "many"}, 50),
        ({"page": 0}, 50),
        ({"page": "x"}, 50),
        ({"page": 99}, 0),
    ],
)
def test_odd_page_numbers_are_put_right(seeded, query, count):
    said = seeded.get(APPOINTMENTS, **query)
    assert len(said["individual_appointments"]) == count
    assert said["total_entries"] > 100


def test_a_page_beyond_the_end_is_empty_and_has_no_next(seeded):
    said = seeded.get("/businesses", page=3)
    assert said["businesses"] == []
    assert "next" not in said["links"]
    assert said["links"]["previous"].endswith("?page=2")


def test_a_page_that_is_exactly_full_has_no_next(seeded):
    assert "next" not in seeded.get("/businesses", per_page=3)["links"]
    assert "next" in seeded.get("/businesses", per_page=2)["links"]


def test_links_lead_where_the_caller_came_from(seeded):
    host = seeded.sandbox.url.replace("127.0.0.1", "localhost").removeprefix("http://")
    said = seeded.http.get("/businesses?per_page=1", headers={"Host": host}).json()
    assert said["links"]["next"].startswith(f"http://{host}/cliniko/v1/businesses?")


def test_links_of_a_caller_who_names_no_host_lead_to_the_sandbox(seeded):
    host, port = seeded.sandbox.url.removeprefix("http://").split(":")
    auth = httpx.BasicAuth(seeded.key, "")._auth_header
    with socket.create_connection((host, int(port)), timeout=5) as peer:
        peer.sendall(f"GET /cliniko/v1/user HTTP/1.0\r\nUser-Agent: x\r\nAuthorization: {auth}\r\n\r\n".encode())
        got = b""
        while piece := peer.recv(1 << 16):
            got += piece
    assert f'"self":"{seeded.base}/users/'.encode() in got


def test_a_write_is_seen_by_the_next_list(clinic):
    before = clinic.get(APPOINTMENTS)["total_entries"]
    booked = clinic.book()
    assert clinic.get(APPOINTMENTS)["total_entries"] == before + 1
    clinic.ask("PATCH", f"{APPOINTMENTS}/{booked['id']}/cancel", json={"cancellation_reason": 50})
    assert clinic.get(APPOINTMENTS)["total_entries"] == before


def test_the_lists_of_many_filters_do_not_pile_up(clinic):
    for n in range(40):
        clinic.get("/patients", f"id:>{n}")
    assert len(clinic.sandbox.emulator(Cliniko)._account._lists) == 16


def test_a_page_of_a_large_world_costs_what_one_of_a_small_world_does():
    def least(appointments):
        with sandbox_of("cliniko", now=NOW, appointments=appointments, rate_limit=None) as sandbox:
            clinic = Clinic(sandbox)
            spent = []
            with clinic.http:
                for page in [1, 2, 3, 4, 5] * 4:
                    begun = time.process_time()
                    said = clinic.get(APPOINTMENTS, "archived_at:*", "cancelled_at:*", per_page=100, page=page)
                    spent.append(time.process_time() - begun)
                    assert said["total_entries"] == appointments
                    assert len(said["individual_appointments"]) == 100
            return min(spent)

    # Scanning all rows for each page would cost many times as much. (A ratio: the machine may be slow, or busy.)
    assert least(20_000) / least(500) < 4
