"""Bookings: how the vendor's union without a discriminator is told apart, and what is said of what is none of it."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apptsdk import ResponseUnreadableError
from apptsdk.http import Headers, Response
from apptsdk.operation import Page
from apptsdk.providers.cliniko import GroupAppointment, IndividualAppointment, UnavailableBlock
from apptsdk.providers.cliniko.operations import bookings
from apptsdk.providers.cliniko.queries import AppointmentQuery, WithCancelled
from apptsdk.wire import Undecodable

BASE = "https://api.au2.cliniko.com/v1"
ONE = "1402337715590046001"


def link(path):
    return {"links": {"self": f"{BASE}/{path}"}}


def conflicts(kind):
    return {"conflicts": link(f"{kind}/{ONE}/conflicts")}


TIMES = {"id": ONE, "starts_at": "2026-02-10T00:00:00Z", "ends_at": "2026-02-10T00:45:00Z"}
COMMON = {**TIMES, "business": link("businesses/2"), "practitioner": link("practitioners/3"), **link(f"bookings/{ONE}")}
TYPED = {"appointment_type": link("appointment_types/4"), "attendees": link(f"bookings/{ONE}/attendees")}
INDIVIDUAL = {**COMMON, **TYPED, "patient": link("patients/5"), "patient_name": "Ada Park", "cancelled_at": None}
GROUP = {**COMMON, **TYPED, "patient_ids": ["5", "6"], "max_attendees": 6}
BLOCK = {**COMMON, "unavailable_block_type": link("unavailable_block_types/7")}

BY_LINK = {
    "group_appointments": GroupAppointment,
    "individual_appointments": IndividualAppointment,
    "unavailable_blocks": UnavailableBlock,
}
PATHS = {kind: path for path, kind in BY_LINK.items()}
BY_FIELDS = {
    "a group": (GROUP, GroupAppointment),
    "a group by its patients": ({**COMMON, **TYPED, "patient_ids": None}, GroupAppointment),
    "a group by its places": ({**TIMES, "max_attendees": 2}, GroupAppointment),
    "one patient": (INDIVIDUAL, IndividualAppointment),
    "one patient by the link": ({**TIMES, "patient": link("patients/5")}, IndividualAppointment),
    "one patient by the name": ({**COMMON, **TYPED, "patient_name": None}, IndividualAppointment),
    "a block": (BLOCK, UnavailableBlock),
    "a block without a type": (COMMON, UnavailableBlock),
    "times alone": (TIMES, UnavailableBlock),
    "what a group and one patient have": ({**TIMES, "patient_ids": [], "patient_name": "Ada"}, GroupAppointment),
}
# Links that say nothing: then the fields tell.
NO_LINKS = {
    "none": {},
    "null": {"conflicts": None},
    "a text": {"conflicts": f"{BASE}/group_appointments/1/conflicts"},
    "an array": {"conflicts": []},
    "an empty object": {"conflicts": {}},
    "no links in it": {"conflicts": {"exist": True}},
    "null links": {"conflicts": {"links": None}},
    "links in an array": {"conflicts": {"links": ["group_appointments"]}},
    "no self": {"conflicts": {"links": {"next": f"{BASE}/group_appointments/1/conflicts"}}},
    "a null self": {"conflicts": {"links": {"self": None}}},
    "a self that is an object": {"conflicts": {"links": {"self": {"href": "/group_appointments/1"}}}},
    "an empty self": {"conflicts": {"links": {"self": ""}}},
    "an unknown path": {"conflicts": link("bookings/1/conflicts")},
    "a kind to come": {"conflicts": link("recurring_appointments/1/conflicts")},
    "almost a kind": {"conflicts": link("group_appointments_archive/1/conflicts")},
    "a kind in another spelling": {"conflicts": link("Group_Appointments/1/conflicts")},
    "a kind in the query": {"conflicts": link("conflicts?of=/group_appointments/1")},
    "a kind for a host": {"conflicts": {"links": {"self": "https://group_appointments.example/1"}}},
    "no URL": {"conflicts": {"links": {"self": "http://[::1/bookings"}}},
}


def answer(value):
    return Response(200, Headers(), json.dumps(value).encode())


def read(item):
    return bookings.get(ONE, WithCancelled()).read(answer(item))


def read_list(*items):
    page = bookings.list(AppointmentQuery()).page(None).read(answer({"bookings": items, "links": {}}))
    assert isinstance(page, Page)
    return page.items


@pytest.mark.parametrize("kind", BY_LINK)
@pytest.mark.parametrize("fields", [INDIVIDUAL, GROUP, BLOCK, TIMES], ids=["individual", "group", "block", "bare"])
def test_the_path_of_the_conflicts_tells_the_kind_whatever_the_fields(kind, fields):
    made = read({**fields, **conflicts(kind)})
    assert type(made) is BY_LINK[kind]
    assert read_list({**fields, **conflicts(kind)}) == (made,)


@pytest.mark.parametrize(
    "url",
    [
        "https://api.au2.cliniko.com/v1/unavailable_blocks/1/conflicts?x=/group_appointments/1",
        "/v1/unavailable_blocks/1/conflicts",
        "unavailable_blocks/1/conflicts",
        "https://unavailable_blocks.example/v1/group_appointments/../unavailable_blocks/1",
    ],
)
def test_the_last_kind_in_the_path_counts_and_no_query(url):
    assert type(read({**GROUP, "conflicts": {"links": {"self": url}}})) is UnavailableBlock


@pytest.mark.parametrize("missing", NO_LINKS)
@pytest.mark.parametrize("name", BY_FIELDS)
def test_without_a_telling_link_the_fields_tell_the_kind(name, missing):
    fields, kind = BY_FIELDS[name]
    odd = NO_LINKS[missing]
    item = {**fields, **odd}
    assert bookings._kind(item) == PATHS[kind]
    if odd.get("conflicts") is None:
        made = read(item)
        assert type(made) is kind
        assert (made.id, made.conflicts) == (ONE, None)


UNREADABLE = {
    "neither an appointment nor an unavailable block": {**COMMON, **TYPED},
    "neither an appointment nor an unavailable block ": {**TIMES, "attendees": None},
    "neither an appointment nor an unavailable block  ": {**TIMES, **TYPED, "conflicts": link("recalls/1/conflicts")},
    "not an object": None,
    "not an object ": "group_appointments",
    "not an object  ": [GROUP],
    ".id: missing": {},
    ".starts_at: missing": {"id": ONE, "ends_at": TIMES["ends_at"], **conflicts("group_appointments")},
    ".ends_at: not an ISO 8601 date-time": {**GROUP, "ends_at": "later"},
    ".patient_ids: not an array": {**GROUP, "patient_ids": "5"},
    ".max_attendees: not an integer": {**GROUP, "max_attendees": "6"},
    ".patient: not a link object": {**INDIVIDUAL, "patient": 5},
    ".unavailable_block_type: not a link object": {**BLOCK, "unavailable_block_type": "7"},
    ".conflicts: not a link object": {**BLOCK, "conflicts": {"exist": True}},
}


@pytest.mark.parametrize("what", UNREADABLE)
def test_what_is_none_of_the_three_or_a_broken_one_says_where(what):
    item = UNREADABLE[what]
    with pytest.raises(Undecodable) as caught:
        read_list(INDIVIDUAL, item, GROUP)
    path = what.strip() if what.startswith(".") else f": {what.strip()}"
    assert any(line.startswith(f"bookings[1]{path}") for line in caught.value.paths), caught.value.paths
    with pytest.raises(Undecodable) as caught:
        read(item)
    path = what.strip().removeprefix(".") if what.startswith(".") else f"$: {what.strip()}"
    assert any(line.startswith(path) for line in caught.value.paths), caught.value.paths


@pytest.mark.parametrize("body", [{}, {"bookings": None}, {"bookings": {}}, {"individual_appointments": [INDIVIDUAL]}])
def test_a_page_without_bookings_is_unreadable(body):
    with pytest.raises(Undecodable) as caught:
        bookings.list(AppointmentQuery()).page(None).read(answer(body))
    assert caught.value.paths == ("bookings: not an array",)


def test_every_kind_keeps_all_that_was_sent():
    sent = {**GROUP, **conflicts("group_appointments"), "colour": {"a": [1, None]}}
    made = read(sent)
    assert made.unknown == {"colour": {"a": [1, None]}}
    assert made.as_sent() == sent
    assert made.links.id == made.id
    assert "/bookings/" in str(made.links)
    assert read(deepcopy(sent)) == made


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*GROUP, *INDIVIDUAL]), inner),
    max_leaves=8,
)


@given(st.lists(JSON, max_size=3))
def test_whatever_is_sent_reads_as_one_of_the_three_or_is_unreadable_at_a_path(items):
    try:
        made = read_list(*items)
    except Undecodable as problem:
        paths, made = problem.paths, ()
    else:
        paths = ()
    assert all(path.startswith("bookings[") for path in paths)
    assert all(type(one) in PATHS for one in made)
    assert len(made) == (0 if paths else len(items))


def test_a_list_of_all_three_is_read_in_every_world(clinic):
    kinds = {"unavailable_blocks": BLOCK, "individual_appointments": INDIVIDUAL, "group_appointments": GROUP}
    items = [{**fields, **conflicts(kind)} for kind, fields in kinds.items()]
    clinic.sandbox.fault("status", status=200, path="/bookings", body={"bookings": items, "links": {}})
    clinic.sandbox.fault("status", status=200, path="/bookings/*", body=GROUP)
    clinic.sandbox.fault("status", status=200, path="/bookings", body={"bookings": [*items, {**COMMON, **TYPED}]})

    async def story(c):
        found = await c.collect(c.list("bookings.list"))
        assert [type(one) for one in found] == [BY_LINK[kind] for kind in kinds]
        assert type(await c.call("bookings.get", ONE)) is GroupAppointment
        with pytest.raises(ResponseUnreadableError, match=r"bookings\[3\]: neither") as caught:
            await c.collect(c.list("bookings.list"))
        assert caught.value.operation == "cliniko.bookings.list"

    clinic.tell(story)
