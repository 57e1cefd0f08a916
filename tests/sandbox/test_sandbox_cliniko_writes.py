"""Cliniko: every write is one commit, whatever becomes of its answer; and a large world is light."""

import time

import httpx
import pytest
from sandbox_clinic import NOW, Clinic

from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.cliniko import Cliniko

REASON = {"cancellation_reason": 50}
RULE = {"repeat_type": "Weekly", "number_of_repeats": 2}


def group(clinic):
    return clinic.group()["id"]


def place(clinic):
    return clinic.attend(group(clinic))["id"]


def block(clinic):
    return clinic.made("unavailable_blocks", clinic.span())["id"]


def kind(clinic):
    return clinic.made("unavailable_block_types", {"name": "Travel"})["id"]


def case(clinic):
    return clinic.made("patient_cases", {"name": "Hip", "patient_id": clinic.patient()})["id"]


def group_body(clinic, **other):
    return clinic.span(appointment_type_id=clinic.kind("Exercise group"), **other)


# What it does, where, to what, with which body, and which rows it changes.
WRITES = {
    "make a group": ("POST", "/group_appointments", None, group_body, ["create"]),
    "make a series of groups": (
        "POST",
        "/group_appointments",
        None,
        lambda clinic: group_body(clinic, repeat_rule=RULE),
        ["create"] * 3,
    ),
    "change a group": ("PATCH", "/group_appointments/{}", group, lambda _: {"notes": "x"}, ["update"]),
    "archive a group": ("POST", "/group_appointments/{}/archive", group, lambda _: None, ["archive"]),
    "give a place": (
        "POST",
        "/attendees",
        None,
        lambda clinic: {"booking_id": group(clinic), "patient_id": clinic.patient()},
        ["create"],
    ),
    "change a place": ("PATCH", "/attendees/{}", place, lambda _: {"arrived": True}, ["update"]),
    "cancel a place": ("PATCH", "/attendees/{}/cancel", place, lambda _: REASON, ["cancel"]),
    "archive a place": ("POST", "/attendees/{}/archive", place, lambda _: None, ["archive"]),
    "take time": ("POST", "/unavailable_blocks", None, lambda clinic: clinic.span(repeat_rule=RULE), ["create"] * 3),
    "move a block": ("PATCH", "/unavailable_blocks/{}", block, lambda _: {"notes": "x"}, ["update"]),
    "archive a block": ("POST", "/unavailable_blocks/{}/archive", block, lambda _: None, ["archive"]),
    "give time": (
        "POST",
        "/availability_blocks",
        None,
        lambda clinic: clinic.span(ends_at="2026-03-16T01:00:00Z", repeat_rule=RULE),
        ["create"] * 3,
    ),
    "make a type of blocks": ("POST", "/unavailable_block_types", None, lambda _: {"name": "Travel"}, ["create"]),
    "change a type of blocks": ("PATCH", "/unavailable_block_types/{}", kind, lambda _: {"name": "x"}, ["update"]),
    "archive a type of blocks": ("POST", "/unavailable_block_types/{}/archive", kind, lambda _: None, ["archive"]),
    "open a case": (
        "POST",
        "/patient_cases",
        None,
        lambda clinic: {"name": "Hip", "patient_id": clinic.patient()},
        ["create"],
    ),
    "change a case": ("PATCH", "/patient_cases/{}", case, lambda _: {"closed": True}, ["update"]),
    "archive a case": ("POST", "/patient_cases/{}/archive", case, lambda _: None, ["archive"]),
}


def write(clinic, name):
    """Prepare a write; gives how to send it, and what it must leave in the ledger."""
    method, path, target, body, actions = WRITES[name]
    id_ = target(clinic) if target else None
    said = body(clinic)
    clinic.sandbox.ledger.clear()
    resource = path.split("/")[1]

    def send():
        with httpx.Client(base_url=clinic.base, auth=(clinic.key, ""), trust_env=False, verify=False) as http:
            return http.request(method, path.format(id_), json=said)

    return send, [(resource, action) for action in actions], id_


def committed(clinic):
    return [(entry.resource, entry.action) for entry in clinic.sandbox.ledger]


@pytest.mark.parametrize("name", WRITES)
def test_a_write_is_one_commit_that_shows_what_the_vendor_shows(clinic, name):
    send, wanted, id_ = write(clinic, name)
    clinic.sandbox.clock.resume()  # so that two commits would have two times
    answer = send()
    assert answer.is_success
    entries = list(clinic.sandbox.ledger)
    assert committed(clinic) == wanted
    assert len({entry.at for entry in entries}) == 1
    assert all(entry.record["id"] == entry.id for entry in entries)
    assert len({entry.id for entry in entries}) == len(entries)
    if answer.status_code == 204:
        assert entries[0].id == id_
    else:
        assert entries[0].record == answer.json()


@pytest.mark.parametrize("name", WRITES)
@pytest.mark.parametrize(
    ("fault", "done"),
    [
        ({"kind": "drop_before"}, False),
        ({"kind": "drop_after"}, True),
        ({"kind": "truncate"}, True),
        ({"kind": "status", "status": 503}, False),
        ({"kind": "status", "status": 503, "commit": True}, True),
    ],
    ids=lambda one: "-".join(map(str, one.values())) if isinstance(one, dict) else "",
)
def test_a_fault_lets_a_write_happen_wholly_or_not_at_all(clinic, name, fault, done):
    send, wanted, _ = write(clinic, name)
    clinic.sandbox.fault(**fault)
    try:
        answer = send()
    except httpx.TransportError:
        answer = None
    # An answer without a body cannot be cut short.
    assert answer is None or answer.status_code in {204, 503}
    assert committed(clinic) == (wanted if done else [])


def test_a_large_world_keeps_no_attendees_of_individual_appointments():
    began = time.process_time()
    with Sandbox(now=NOW, appointments=20_000, rate_limit=None) as sandbox:
        made = time.process_time() - began
        clinic = Clinic(sandbox)
        with clinic.http:
            world = sandbox.emulator(Cliniko)._account.world
            assert len(world.attendees._own) < 50
            scopes = ("archived_at:*", "cancelled_at:*")
            groups = clinic.get("/group_appointments", "archived_at:*")["total_entries"]
            blocks = clinic.get("/unavailable_blocks", "archived_at:*")["total_entries"]
            assert clinic.get("/bookings", *scopes)["total_entries"] == 20_000 + groups + blocks
            assert clinic.get("/attendees", *scopes)["total_entries"] == 20_000 + len(world.attendees._own)
            last = clinic.get("/attendees", *scopes, per_page=100, page=200)["attendees"]
            assert len(last) == 100
            case = clinic.case()
            clinic.book(patient_case_id=case)
            assert len(clinic.get(f"/patient_cases/{case}")["attendee_ids"]) == 3
    # An answer that goes through all of them for each takes minutes.
    assert time.process_time() - began < 10 * made


def test_an_empty_diary_is_empty():
    with Sandbox(now=NOW, appointments=0, rate_limit=None) as sandbox:
        clinic = Clinic(sandbox)
        with clinic.http:
            for resource in ("bookings", "attendees", "availability_blocks"):
                assert clinic.ids(f"/{resource}") == []
            assert clinic.ids("/patient_cases")
            assert clinic.ids("/unavailable_block_types")


def test_the_same_seed_makes_the_same_diary():
    def world(seed):
        with Sandbox(now=NOW, seed=seed, rate_limit=None) as sandbox:
            clinic = Clinic(sandbox)
            with clinic.http:
                paths = (
                    "/bookings",
                    "/attendees",
                    "/availability_blocks",
                    "/patient_cases",
                    "/unavailable_block_types",
                )
                text = repr([clinic.get(path, per_page=100) for path in paths])
                return text.replace(clinic.base, "")

    assert world(1) == world(1)
    assert world(1) != world(2)
