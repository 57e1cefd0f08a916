"""Every output of an appointment, wherever and however it comes: what is read of it, and what stays to be looked at."""

from __future__ import annotations

import copy
import json
import pickle
from datetime import UTC, datetime

import pytest
from hypothesis import given as drawn
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from imiassist_support import (
    ANA,
    HOST_LINK,
    ID,
    LEE,
    LINK,
    MADE,
    NAMED,
    REFERENCE,
    START,
    UID,
    answer,
    passed_on,
    raw,
    settings,
)

from apptsdk import OutcomeUnknownError
from apptsdk.providers.imiassist import Appointment, AppointmentStatus, Participant, ParticipantRole, Priority
from apptsdk.providers.imiassist.names import OUTPUTS
from apptsdk.providers.imiassist.wire import scheduled

ACCOUNTED = ("response_body", "response_status_code")
"""The outputs that are the answer's own where they are not among its members."""
LEAST = {"appointment_uid": UID}
LINKS = ("meeting_link", "meeting_url", "link", "url", "video_url")
"""What the link of a participant may be called, the first first."""
few = hypothesis_settings(max_examples=25)


def values_of(made):
    """Give the outputs that do not depend on where they were found."""
    return {name: getattr(made, name) for name in OUTPUTS if name not in ACCOUNTED}


def read(body, names=None, status=201):
    """Read an answer to a request for an appointment with an external reference."""
    return scheduled(names or {}, {"external_reference_id": REFERENCE})(answer(body, status))


WHOLE = values_of(read(MADE))

# --- where -----------------------------------------------------------------------------------------------------------

PLACES = {
    "the top": MADE,
    "in capitals": {name.upper(): value for name, value in MADE.items()},
    "as the page has them": {**MADE, "Appointment_id": ID, "Appointment_uid": UID},
    "data": {"data": MADE},
    "Data": {"Data": MADE},
    "result": {"result": MADE},
    "appointment": {"APPOINTMENT": {name.title(): value for name, value in MADE.items()}},
    "a body that is passed on": {"response_body": json.dumps(MADE)},
    "a body that is passed on as an object": {"Response_Body": MADE},
    "the data of a body that is passed on": {"RESPONSE_BODY": json.dumps({"data": MADE})},
    "here and there": {
        "Appointment_Id": ID,
        "data": {"appointment_uid": UID, "Participants": json.dumps([LEE, ANA])},
        "response_body": json.dumps(MADE),
    },
    "beside empty texts": {**dict.fromkeys(MADE, ""), "data": dict.fromkeys(MADE), "result": MADE},
}


def test_all_the_outputs_are_in_the_answer_of_the_contract():
    assert set(MADE) | set(ACCOUNTED) == set(OUTPUTS)
    assert None not in WHOLE.values()


@pytest.mark.parametrize("place", PLACES)
def test_the_outputs_are_found_wherever_they_are(place, one):
    made = one.read(PLACES[place])
    assert values_of(made) == WHOLE
    assert all(map(made.was_sent, MADE))
    assert made.as_sent() == PLACES[place]
    assert made.response_status_code == 201


def test_both_facades_find_them(vendor):
    assert values_of(vendor.read(PLACES["here and there"])) == WHOLE


ORDER = ("the top", "data", "result", "appointment", "passed on")


@pytest.mark.parametrize("first", range(len(ORDER)), ids=ORDER)
def test_the_first_place_that_has_an_output_counts(first):
    titles = [None] * first + list(ORDER[first:])
    top, data, result, appointment, inner = ({"title": title, **LEAST} for title in titles)
    body = {"appointment": appointment, "result": result, "data": data, **top}
    assert read({**body, "response_body": json.dumps(inner)}).title == ORDER[first]


def spelt(name):
    """Give a name in any case."""
    return st.integers(0, 2 ** len(name) - 1).map(
        lambda ups: "".join(one.upper() if ups >> place & 1 else one for place, one in enumerate(name))
    )


@st.composite
def answers(draw):
    """Spread the outputs over the places of an answer, each in a case of its own."""
    places = {place: {} for place in ORDER}
    for name, value in MADE.items():
        people = json.dumps(value) if name == "participants" and draw(st.booleans()) else value
        places[draw(st.sampled_from(ORDER))][draw(spelt(name))] = people
    for place in filter(None, places.values()):  # what is not the vendor's counts beside an id alone
        place[draw(spelt("appointment_id"))] = ID
    body = places["the top"]
    for place in ORDER[1:4]:
        if places[place]:
            body[draw(spelt(place))] = places[place]
    inner = places["passed on"]
    if inner:
        body[draw(spelt("response_body"))] = json.dumps(inner) if draw(st.booleans()) else inner
    return body


@few
@drawn(answers())
def test_the_outputs_are_found_however_they_are_spelt_and_spread(body):
    made = read(body)
    assert values_of(made) == WHOLE
    assert made.as_sent() == body


THEIRS = {name: f"x_{name}" for name in MADE if name not in {"participants", "title"}} | {"title": "heading"}


@few
@drawn(st.data())
def test_the_outputs_are_found_by_names_of_another_system(data):
    body = {data.draw(spelt(THEIRS.get(name, name))): value for name, value in MADE.items()}
    made = read(body, THEIRS)
    assert values_of(made) == WHOLE
    assert made.unknown == {}


def test_a_renamed_output_is_found_under_our_name_too_and_theirs_comes_first():
    names = {"title": "heading", "appointment_id": "ref"}
    made = read({"title": "ours", "ref": ID}, names)
    assert (made.title, made.appointment_id) == ("ours", ID)
    assert read({"appointment_id": ID}, names).appointment_id == ID
    assert read({"title": "ours", "data": {"heading": "theirs", "ref": ID}, "ref": ID}, names).title == "theirs"


def test_an_object_names_the_appointment_by_our_name_too():
    assert read(MADE, {"appointment_id": "ref", "appointment_uid": "friendly"}).title == MADE["title"]


def test_what_stands_beside_no_id_is_not_the_appointments():
    made = read({"title": "A flow's own", "status": "ok", "data": {**LEAST, "duration": 30}})
    assert (made.title, made.status, made.duration) == (None, None, 30)
    assert made.as_sent()["title"] == "A flow's own"


# --- what ------------------------------------------------------------------------------------------------------------

READ = {
    "an id alone": ({"appointment_id": ID}, {"appointment_id": ID, "appointment_uid": None, "id": ID}),
    "a uid alone": (LEAST, {"appointment_id": None, "appointment_uid": UID, "id": UID}),
    "an id that is a number": ({"appointment_id": 2**60}, {"appointment_id": str(2**60)}),
    "an empty id": ({"appointment_id": "", **LEAST}, {"appointment_id": None, "id": UID}),
    "an id that is none": ({"appointment_id": {"id": ID}, **LEAST}, {"appointment_id": None, "id": UID}),
    "minutes as text": ({**LEAST, "duration": "30"}, {"duration": 30}),
    "minutes as words": ({**LEAST, "duration": "half an hour"}, {"duration": None}),
    "minutes as a fraction": ({**LEAST, "duration": 30.5}, {"duration": None}),
    "minutes as a bool": ({**LEAST, "duration": True}, {"duration": None}),
    "minutes in other digits": ({**LEAST, "duration": "３０"}, {"duration": None}),  # noqa: RUF001 - the point
    "no minutes": ({**LEAST, "duration": ""}, {"duration": None}),
    "a start with an offset": (
        {**LEAST, "start_time": "2026-03-02T14:30:00+05:30"},
        {"start_time": START},
    ),
    "a start without one": ({**LEAST, "start_time": "2026-03-02T09:00:00"}, {"start_time": None}),
    "a start that is none": ({**LEAST, "start_time": "soon", "title": "T"}, {"start_time": None, "title": "T"}),
    "a start as a number": ({**LEAST, "start_time": 1772442000}, {"start_time": None}),
    "an end to the microsecond": (
        {**LEAST, "end_time": "2026-03-02T09:30:00.000001Z"},
        {"end_time": datetime(2026, 3, 2, 9, 30, 0, 1, tzinfo=UTC)},
    ),
    "a priority to come": ({**LEAST, "priority": "URGENT"}, {"priority": Priority("URGENT")}),
    "a status to come": ({**LEAST, "status": "AUTO_CLOSED"}, {"status": AppointmentStatus("AUTO_CLOSED")}),
    "a status that is a number": ({**LEAST, "status": 5}, {"status": None}),
    "a title that is a list": ({**LEAST, "title": ["x"], "case_id": "NS-1"}, {"title": None, "case_id": "NS-1"}),
    "a case that is a number": ({**LEAST, "case_id": 45}, {"case_id": "45"}),
    "no external reference": (LEAST, {"external_reference_id": REFERENCE}),
    "a null for it": ({**LEAST, "external_reference_id": None}, {"external_reference_id": REFERENCE}),
    "an empty text for it": ({**LEAST, "external_reference_id": ""}, {"external_reference_id": REFERENCE}),
    "it in small letters": ({**LEAST, "external_reference_id": "pas-1001"}, {"external_reference_id": "pas-1001"}),
}


@pytest.mark.parametrize("what", READ)
def test_an_output_is_read_as_far_as_it_can_be(what):
    body, expected = READ[what]
    made = read(body)
    assert {name: getattr(made, name) for name in expected} == expected
    assert made.as_sent() == body
    assert made.response_body == json.dumps(body)


@pytest.mark.parametrize(
    "body",
    [
        raw(b"", 201),
        raw(b"", 204),
        raw(b"OK"),
        raw(b"<html>"),
        raw(b'{"appointment_id": "65e2f0'),
        answer(None),
        answer(5),
        answer([MADE]),
        answer({}),
        answer({"status": "queued"}, 202),
        answer({"message": "Your request was received.", "transaction_id": "t-1"}),
        answer({"appointment_id": None, "appointment_uid": ""}),
        answer({"appointment_id": {"id": ID}}),
        answer({"appointment_id": [ID], "appointment_uid": True}),
        answer({"participants": [LEE, ANA], "title": "T"}),
        answer({"meta": MADE}),
        answer({**NAMED, "external_reference_id": "PAS-1002"}),
        answer({**NAMED, "error": "It failed."}),
        answer({"data": {**NAMED, "error": {"code": "x"}}}),
        answer({**NAMED, "response_status_code": "soon"}),
        passed_on("201", ""),
        passed_on("201", "<html>"),
        passed_on(None, {"transaction_id": "t-1"}),
    ],
    ids=repr,
)
def test_an_answer_that_names_no_appointment_leaves_the_outcome_unknown(body, one):
    one.answers(body)
    with pytest.raises(OutcomeUnknownError, match="PAS-1001") as caught:
        one.schedule(external_reference_id=REFERENCE)
    assert type(caught.value.__cause__).__name__ == "ResponseUnreadableError"
    assert len(one.seen) == 1


def test_a_webhook_that_only_acknowledges_is_no_success_in_either_facade(vendor):
    vendor.answers(answer({"queued": True}, 202))
    with pytest.raises(OutcomeUnknownError, match="PAS-1001") as caught:
        vendor.schedule(external_reference_id=REFERENCE)
    assert caught.value.__cause__.paths == ("$: neither appointment_id nor appointment_uid",)


def test_the_names_that_were_looked_for_are_theirs(one):
    given = settings(field_names={"appointment_id": "ref", "appointment_uid": "friendly"})
    one.answers(answer({}))
    with pytest.raises(OutcomeUnknownError) as caught:
        one.schedule(given)
    assert "neither ref nor friendly" in str(caught.value.__cause__)


# --- the answer itself -----------------------------------------------------------------------------------------------


def test_the_body_and_the_status_are_http_s_where_no_flow_passes_on_others(vendor):
    vendor.answers(raw(json.dumps(MADE, indent=1).encode(), 201))
    made = vendor.schedule()
    assert (made.response_status_code, made.response_body) == (201, json.dumps(MADE, indent=1))
    assert not made.was_sent("response_body")
    assert not made.was_sent("response_status_code")


BODIES = {
    "a text": ("created", "created"),
    "JSON as text": (json.dumps(MADE), json.dumps(MADE)),
    "an object": ({"a": 1}, '{"a": 1}'),
    "a number": (5, "5"),
    "nothing": ("", None),
    "null": (None, None),
}


@pytest.mark.parametrize("what", BODIES)
def test_the_body_is_the_one_that_a_flow_passes_on(what, one):
    given, expected = BODIES[what]
    sent = answer({**LEAST, "Response_BODY": given, "response_STATUS_code": "201"})
    made = one.read(sent)
    assert made.response_body == (sent.text if expected is None else expected)
    assert made.response_status_code == 201
    assert expected is None or made.was_sent("response_body")
    assert made.was_sent("response_status_code")


# --- participants ----------------------------------------------------------------------------------------------------

PEOPLE = {
    "an array": ([LEE, ANA], [None, None]),
    "the array as text": (json.dumps([LEE, ANA]), [None, None]),
    "an array of texts": ([json.dumps(LEE), json.dumps(ANA)], [None, None]),
    "an object": ({"host": LEE, "guest": ANA}, ["host", "guest"]),
    "an object by numbers": ({"1": LEE, "2": ANA}, ["1", "2"]),
    "an object by ids": (
        {one["participant_id"]: one for one in (LEE, ANA)},
        [LEE["participant_id"], ANA["participant_id"]],
    ),
    "the object as text": (json.dumps({"a": LEE, "b": ANA}), ["a", "b"]),
    "an object of texts": ({"a": json.dumps(LEE), "b": json.dumps(ANA)}, ["a", "b"]),
    "in capitals": ([{name.upper(): value for name, value in one.items()} for one in (LEE, ANA)], [None, None]),
}


@pytest.mark.parametrize("shape", PEOPLE)
def test_participants_are_read_in_any_shape(shape, one):
    given, keys = PEOPLE[shape]
    made = one.read({**NAMED, "participants": given})
    host, guest = made.participants
    assert [person.key for person in (host, guest)] == keys
    assert (host.role, guest.role) == (ParticipantRole.HOST, ParticipantRole.GUEST)
    for person, sent in ((host, LEE), (guest, ANA)):
        assert {name: getattr(person, name) for name in sent} == sent
    assert (made.host, made.guests, made.join_url) == (host, (guest,), LINK)
    assert made.as_sent()["participants"] == given
    assert made.was_sent("participants")


@pytest.mark.parametrize("given", [ANA, json.dumps(ANA), [ANA]], ids=["an object", "a text", "an array"])
def test_one_participant_needs_no_array(given, one):
    made = one.read({**NAMED, "participants": given})
    assert [(person.first_name, person.role) for person in made.participants] == [("Ana", "guest")]
    assert (made.host, made.join_url) == (None, LINK)


@pytest.mark.parametrize(
    "given",
    [
        {"host": {"link": HOST_LINK}, "guest": {"link": LINK}},
        {"host": HOST_LINK, "guest": LINK},
        {"HOST": HOST_LINK, "Primary_Guest": LINK},
        {"host": {"url": HOST_LINK, "role": ""}, "primary guest": {"video_url": LINK, "role": None}},
    ],
)
def test_the_key_of_a_participant_says_the_role_where_nothing_else_does(given):
    made = read({**NAMED, "participants": given})
    assert [person.role for person in made.participants] == ["host", "guest"]
    assert [person.key for person in made.participants] == list(given)
    assert (made.host.meeting_link, made.join_url) == (HOST_LINK, LINK)


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        ("host", "host"),
        ("Host", "host"),
        ("GUEST", "guest"),
        ("Primary Guest", "guest"),
        ("primary_guest", "guest"),
        ("interpreter", "interpreter"),
        ("", None),
        (None, None),
    ],
)
def test_a_role_is_read_however_it_is_written(role, expected):
    (person,) = read({**NAMED, "participants": [{**ANA, "role": role}]}).participants
    assert person.role == expected
    assert person.role is None or person.role.is_known == (expected in {"host", "guest"})


@pytest.mark.parametrize("name", LINKS)
def test_a_link_may_have_one_of_five_names(name, one):
    person = {**{key: value for key, value in ANA.items() if key != "meeting_link"}, name.title(): LINK}
    made = one.read({**NAMED, "participants": [person]})
    assert made.join_url == made.participants[0].meeting_link == LINK
    assert made.participants[0].unknown == {}


@pytest.mark.parametrize("first", range(len(LINKS)), ids=LINKS)
@pytest.mark.parametrize("nothing", [None, ""])
def test_the_first_name_that_has_a_link_counts(first, nothing):
    links = {name: f"https://x.example/{name}" if place >= first else nothing for place, name in enumerate(LINKS)}
    made = read({**NAMED, "participants": [{"role": "guest", **dict(reversed(links.items()))}]})
    assert made.join_url == f"https://x.example/{LINKS[first]}"


def test_links_and_members_of_participants_can_be_renamed():
    names = {"participant_id": "personRef", "first_name": "givenName", "meeting_link": "door", "role": "as"}
    person = {"PersonRef": "p1", "givenName": "Ana", "door": LINK, "url": HOST_LINK, "as": "guest", "shoe": 38}
    made = read({**NAMED, "participants": [person]}, names)
    (guest,) = made.participants
    assert (guest.participant_id, guest.first_name, guest.role, guest.meeting_link) == ("p1", "Ana", "guest", LINK)
    assert (made.join_url, guest.unknown) == (LINK, {"shoe": 38})


NOBODY = {
    "nothing": (None, None),
    "an empty text": ("", None),
    "no one": ([], ()),
    "no one as text": ("[]", ()),
    "no one in an object": ({}, ()),
}


@pytest.mark.parametrize("what", NOBODY)
def test_nobody_and_nothing_are_two_things(what):
    given, expected = NOBODY[what]
    made = read({**NAMED, "participants": given})
    assert made.participants == expected
    assert (made.host, made.guests, made.join_url) == (None, (), None)


RUBBISH = {"a number": 5, "a bool": True, "a text": "see your mail", "a number as text": "5"}


@pytest.mark.parametrize("what", RUBBISH)
def test_participants_that_cannot_be_read_are_none_and_stay_to_be_looked_at(what, one):
    made = one.read({**NAMED, "participants": RUBBISH[what]})
    assert made.participants is None
    assert made.was_sent("participants")
    assert made.as_sent()["participants"] == RUBBISH[what]
    assert (made.appointment_id, made.host, made.guests, made.join_url) == (ID, None, (), None)


@pytest.mark.parametrize("member", ["phone", "email", "role", "participant_id"])
def test_one_member_that_cannot_be_read_costs_no_link(member):
    made = read({**NAMED, "participants": [LEE, {**ANA, "role": "guest", member: {"is": ["odd"]}}]})
    assert [person.meeting_link for person in made.participants] == [HOST_LINK, LINK]
    assert getattr(made.participants[1], member) is None


def test_a_single_participant_may_have_attributes_of_its_own():
    made = read({**NAMED, "participants": {**ANA, "custom_attributes": {"age": 41}}})
    assert [person.first_name for person in made.participants] == ["Ana"]
    assert made.join_url == LINK
    assert made.participants[0].unknown == {"custom_attributes": {"age": 41}}


# --- who -------------------------------------------------------------------------------------------------------------


def people(*roles):
    sent = [{"role": role, "meeting_link": f"https://x.example/{place}"} for place, role in enumerate(roles)]
    return read({**NAMED, "participants": sent})


@pytest.mark.parametrize(
    ("roles", "host", "guests", "join_url"),
    [
        (("host", "guest"), 0, [1], 1),
        (("guest", "host"), 1, [0], 0),
        (("host", "host", "guest", "guest"), 0, [2, 3], 2),
        (("guest",), None, [0], 0),
        (("host",), 0, [], None),
        (("host", "interpreter"), 0, [], None),
        ((None, "interpreter"), None, [], None),
        ((), None, [], None),
    ],
)
def test_a_customer_gets_a_guest_s_link_and_never_a_host_s(roles, host, guests, join_url):
    made = people(*roles)
    assert made.host is (None if host is None else made.participants[host])
    assert made.guests == tuple(made.participants[place] for place in guests)
    assert made.join_url == (None if join_url is None else f"https://x.example/{join_url}")


def test_a_guest_without_a_link_has_none_though_the_host_has_one():
    made = read({**NAMED, "participants": [LEE, {**ANA, "meeting_link": None}]})
    assert made.join_url is None
    assert made.guests[0].meeting_link is None


# --- objects ---------------------------------------------------------------------------------------------------------


def test_what_was_sent_is_told_from_what_was_not():
    made = read({**NAMED, "Title": "T"})
    assert [name for name in OUTPUTS if made.was_sent(name)] == ["appointment_id", "appointment_uid", "title"]
    assert made.external_reference_id == REFERENCE  # by ourselves
    with pytest.raises(AttributeError, match="shoe"):
        made.was_sent("shoe")


def test_a_null_is_told_from_what_was_left_out():
    made = read({**NAMED, "title": None, "participants": [{**ANA, "email": None}]})
    assert made.title is None
    assert made.was_sent("title")
    assert not made.was_sent("duration")
    assert made.participants[0].was_sent("email")


def test_members_that_nobody_knows_are_kept():
    made = read({**MADE, "room": 7, "participants": [{**ANA, "shoe": 38}]})
    assert made.unknown == {"room": 7}
    assert made.participants[0].unknown == {"shoe": 38}
    assert read({"data": {**MADE, "room": 7}}).unknown["data"]["room"] == 7


def test_an_output_that_is_found_under_our_name_is_not_unknown():
    made = read({**NAMED, "Title": "T"}, {"title": "heading"})
    assert (made.title, made.unknown) == ("T", {})


def test_a_participant_is_given_as_it_was_sent():
    sent = {"personRef": "p1", "Role": "Primary Guest", "URL": LINK, "phone": None}
    made = read({**NAMED, "participants": [sent]}, {"participant_id": "personRef"})
    assert made.participants[0].as_sent() == sent


@pytest.mark.parametrize("place", ["the top", "here and there"])
def test_an_appointment_pickles_and_copies(place, one):
    made = one.read(PLACES[place])
    for twin in (pickle.loads(pickle.dumps(made)), copy.copy(made), copy.deepcopy(made)):
        assert twin == made
        assert hash(twin) == hash(made)
        assert (twin.as_sent(), twin.unknown) == (made.as_sent(), made.unknown)
        assert twin.was_sent("title")
        assert twin.participants[1].as_sent() == made.participants[1].as_sent()
        assert twin.join_url == LINK


def test_the_same_appointment_by_another_way_is_equal_but_for_the_answer():
    first, second = read(MADE), read(PLACES["in capitals"])
    assert first != second  # the answers' bodies differ
    assert values_of(first) == values_of(second)


def test_a_repr_shows_ids_and_no_person_and_no_link(one):
    made = one.read({**MADE, "title": "Review with Ana Roe"})
    assert repr(made) == str(made) == f"<Appointment appointment_id='{ID}' appointment_uid='{UID}'>"
    for person in made.participants:
        assert repr(person) == f"<Participant participant_id={person.participant_id!r} role={person.role!r}>"
    shown = repr(made) + repr(made.participants)
    for hush in ("Ana", "Roe", "Lee", "@", "447700", "https", REFERENCE, "/j/"):
        assert hush not in shown


def test_objects_can_be_made_by_hand():
    guest = Participant(role=ParticipantRole.GUEST, meeting_link=LINK)
    made = Appointment(response_body="", response_status_code=201, appointment_uid=UID, participants=(guest,))
    assert (made.id, made.join_url, made.as_sent(), made.unknown) == (UID, LINK, {}, {})
    assert not made.was_sent("appointment_uid")


@pytest.mark.parametrize(
    ("kind", "members"),
    [
        (Priority, {"LOW", "MEDIUM", "HIGH"}),
        (AppointmentStatus, {"OPEN", "CLOSED", "ESCALATED", "PATIENT_DNA", "CANCELLED"}),
        (ParticipantRole, {"host", "guest"}),
    ],
)
def test_words_of_the_vendor_are_open(kind, members):
    assert {member.value for member in kind} == members
    later = kind("later")
    assert (later, later.is_known) == ("later", False)
    assert pickle.loads(pickle.dumps(later)) == later


@pytest.mark.parametrize("value", ["$(n2.id)", "{{id}}", "null", "None", "undefined", "<b>", "a/b", " ", 0, -1, True])
def test_what_is_no_id_is_no_appointment(value, vendor):
    """A flow whose variable nobody filled in answers its name, or nothing."""
    vendor.answers(answer({"appointment_id": value, "response_status_code": "201"}))
    with pytest.raises(OutcomeUnknownError, match="neither appointment_id nor appointment_uid"):
        vendor.tell(lambda c: c.call("appointments.schedule", start_time=START))
