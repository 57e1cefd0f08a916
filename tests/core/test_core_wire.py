"""Answers into objects: what is read, what is kept, what is refused, and what an error says about it."""

import copy
import pickle
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from typing import ClassVar

import attrs
import pytest
from core_support import VISIT, WIRE, Floor, Room, Visit, VisitStatus, answer, ask, get_visit, list_visits
from hypothesis import given
from hypothesis import strategies as st

from apptsdk.errors import ResponseUnreadableError
from apptsdk.models import Link, Model, mark_recovered
from apptsdk.wire import Undecodable, Wire, converter, dumps, loads

MOMENT = datetime(2026, 3, 2, 22, 0, tzinfo=UTC)


def visit(**fields):
    return WIRE.structure({**VISIT, **fields}, Visit)


def paths(value, kind=Visit, where=""):
    with pytest.raises(Undecodable) as caught:
        WIRE.structure(value, kind, where)
    assert caught.value.__context__ is None
    return list(caught.value.paths)


# --- JSON ------------------------------------------------------------------------------------------------------------

NO_JSON = {
    "empty": b"",
    "HTML": b"<html>canary</html>",
    "truncated": b'{"canary": ',
    "a BOM": b"\xef\xbb\xbf{}",
    "bad UTF-8": b'{"a": "\xff"}',
    "NaN": b'{"a": NaN}',
    "Infinity": b'{"a": -Infinity}',
    "deep": b"[" * 100_000 + b"]" * 100_000,
    "deep objects": b'{"a":' * 100_000,
    "a trailing comma": b"[1,]",
    "two documents": b"{}{}",
    "single quotes": b"{'a': 1}",
}


@pytest.mark.parametrize("content", NO_JSON.values(), ids=NO_JSON)
def test_what_is_no_json_is_our_own_error(content):
    with pytest.raises(Undecodable) as caught:
        loads(content)
    assert caught.value.__context__ is None
    assert "canary" not in str(caught.value)

    error = ask(get_visit(), [answer(200, content, x_request_id="r-1")]).error
    assert type(error) is ResponseUnreadableError
    assert error.request_id == "r-1"
    assert error.__context__ is None


@pytest.mark.parametrize("content", [b"null", b"[]", b"5", b'"x"', b"true"])
def test_json_that_is_no_object_is_our_own_error(content):
    error = ask(get_visit(), [answer(200, content)]).error

    assert type(error) is ResponseUnreadableError
    assert error.paths == ("$: not an object",)
    listed = ask(list_visits().page(None), [answer(200, content)]).error
    assert type(listed) is ResponseUnreadableError


def test_of_duplicate_keys_the_last_counts():
    assert loads(b'{"a": 1, "a": 2}') == {"a": 2}


def test_plain_values_are_written():
    assert dumps({"a": None, "é": [1, True]}) == '{"a":null,"é":[1,true]}'.encode()


# --- times and dates -------------------------------------------------------------------------------------------------

TIMES = {
    "2026-03-02T22:00:00Z": MOMENT,
    "2026-03-02T22:00:00+00:00": MOMENT,
    "2026-03-02T22:00:00-00:00": MOMENT,
    "2026-03-03T07:30:00+09:30": MOMENT,
    "2026-03-03T07:30:00+0930": MOMENT,
    "2026-03-02T12:00:00-10": MOMENT,
    "2026-03-02 22:00:00Z": MOMENT,
    "2026-03-02T22:00Z": MOMENT,
    "20260302T220000Z": MOMENT,
    "2026-03-03T00:00:00Z": MOMENT + timedelta(hours=2),
    "2026-03-02T24:00:00Z": MOMENT + timedelta(hours=2),
    **{
        f"2026-03-02T22:00:00.{'123456789'[:digits]}Z": MOMENT
        + timedelta(microseconds=int("123456000"[:digits][:6].ljust(6, "0")))
        for digits in range(1, 10)
    },
    "2026-03-02T22:00:00,5Z": MOMENT + timedelta(seconds=0.5),
}


@pytest.mark.parametrize(("text", "moment"), TIMES.items())
def test_times_are_read_with_their_offset(text, moment):
    read = visit(starts_at=text).starts_at

    assert read == moment
    assert read.utcoffset() is not None


@pytest.mark.parametrize(("text", "moment"), TIMES.items())
def test_times_that_may_be_missing_are_read_alike(text, moment):
    assert visit(ends_at=text).ends_at == moment


@pytest.mark.parametrize("value", ["", "canary", "2026-13-02T22:00:00Z", 1772488800, True, []])
def test_what_is_no_time_is_refused_where_null_is_fine(value):
    assert paths({**VISIT, "ends_at": value}) == ["ends_at: not an ISO 8601 date-time"]
    naive = {**VISIT, "ends_at": "2026-03-02T22:00:00"}
    assert paths(naive) == ["ends_at: a date-time without its offset from UTC"]


def test_a_time_keeps_the_offset_that_was_sent():
    assert visit(starts_at="2026-03-03T07:30:00+09:30").starts_at.utcoffset() == timedelta(hours=9.5)


@pytest.mark.parametrize("text", ["2026-03-02T22:00:00", "2026-03-02", "2026-03-02T22:00:00.5"])
def test_a_time_without_an_offset_is_refused(text):
    assert paths({**VISIT, "starts_at": text}) == ["starts_at: a date-time without its offset from UTC"]


@pytest.mark.parametrize(
    "value",
    ["", "canary", "2026-13-02T22:00:00Z", "2026-02-30T22:00:00Z", "22:00", 1772488800, 1.5, True, [], {}, None],
)
def test_what_is_no_time_is_refused(value):
    assert paths({**VISIT, "starts_at": value}) == ["starts_at: not an ISO 8601 date-time"]


@given(
    st.datetimes(
        datetime(1900, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        datetime(2200, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone
        timezones=st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes))),
    )
)
def test_every_time_that_python_writes_is_read(moment):
    assert visit(starts_at=moment.isoformat()).starts_at == moment


def test_dates_are_read():
    assert visit(born="1990-05-17").born == date(1990, 5, 17)


@pytest.mark.parametrize("value", ["", "1990-02-30", "17/05/1990", "1990-05-17T00:00:00Z", 19900517, True])
def test_what_is_no_date_is_refused(value):
    assert paths({**VISIT, "born": value}) == ["born: not an ISO 8601 date"]


# --- ids and numbers -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "text"),
    [("7", "7"), (7, "7"), (2**53 + 1, str(2**53 + 1)), (2**63, str(2**63)), (-1, "-1"), ("", ""), ("a b", "a b")],
)
def test_an_id_is_a_text_whatever_it_came_as(value, text):
    assert visit(id=value).id == text


def test_an_id_above_2_to_the_53_survives_the_wire():
    body = b'{"id": 1402337715590046001, "starts_at": "2026-03-02T22:00:00Z"}'
    assert ask(get_visit(), [answer(200, body)]).get().id == "1402337715590046001"


@pytest.mark.parametrize("value", [1.0, 1.2e18, True, False, [], {}, None])
def test_what_rounds_or_is_no_id_is_refused(value):
    assert paths({**VISIT, "id": value}) == ["id: not a string"]


def test_an_id_too_large_for_any_integer_is_refused_rather_than_rounded():
    body = b'{"id": 123456789012345678901234567890, "starts_at": "2026-03-02T22:00:00Z"}'
    assert type(ask(get_visit(), [answer(200, body)]).error) is ResponseUnreadableError


READ = {
    "decimal text": ("price", "10.10", Decimal("10.10")),
    "decimal integer": ("price", 10, Decimal(10)),
    "decimal float": ("price", 0.1, Decimal("0.1")),
    "float": ("score", 1.5, 1.5),
    "float from an integer": ("score", 2, 2.0),
    "integer": ("seats", 3, 3),
    "boolean": ("online", False, False),
    "tuple": ("tags", ["a", "b"], ("a", "b")),
    "empty tuple": ("tags", [], ()),
    "mapping": ("attributes", {"a": [1]}, {"a": [1]}),
    "enum": ("status", "Booked", VisitStatus.BOOKED),
    "model": ("room", {"id": 4}, Room(id="4")),
    "models": ("rooms", [{"id": 4}, {"id": "5"}], (Room(id="4"), Room(id="5"))),
}
NOT_READ = {
    "decimal words": ("price", "canary", "not a decimal"),
    "decimal NaN": ("price", "NaN", "not a decimal"),
    "decimal infinity": ("price", "-Infinity", "not a decimal"),
    "decimal boolean": ("price", True, "not a decimal"),
    "float text": ("score", "1.5", "not a number"),
    "float boolean": ("score", True, "not a number"),
    "integer float": ("seats", 3.0, "not an integer"),
    "integer text": ("seats", "3", "not an integer"),
    "integer boolean": ("seats", True, "not an integer"),
    "boolean integer": ("online", 1, "not a boolean"),
    "boolean text": ("online", "true", "not a boolean"),
    "text boolean": ("notes", True, "not a string"),
    "text list": ("notes", ["canary"], "not a string"),
    "tuple text": ("tags", "canary", "not an array"),
    "tuple object": ("tags", {"a": 1}, "not an array"),
    "mapping list": ("attributes", [], "not an object"),
    "enum integer": ("status", 1, "not a string"),
    "enum null in a model": ("room", {"id": 1, "floor": "up"}, None),
    "model text": ("room", "canary", "not an object"),
    "models object": ("rooms", {}, "not an array"),
}


@pytest.mark.parametrize(("field", "value", "read"), READ.values(), ids=READ)
def test_values_of_each_type_are_read(field, value, read):
    got = getattr(visit(**{field: value}), field)

    assert got == read
    assert type(got) is type(read)


@pytest.mark.parametrize(("field", "value", "why"), NOT_READ.values(), ids=NOT_READ)
def test_values_of_another_type_are_refused_with_their_path(field, value, why):
    said = paths({**VISIT, field: value})

    assert said == [f"{field}: {why}" if why else "room.floor: not an integer"]
    assert "canary" not in "".join(said)


@pytest.mark.parametrize("field", [field.name for field in attrs.fields(Visit) if field.init and field.default is None])
def test_every_optional_field_may_be_null_or_absent(field):
    null, absent = visit(**{field: None}), visit()

    assert getattr(null, field) is getattr(absent, field) is None
    assert null.was_sent(field)
    assert not absent.was_sent(field)


@pytest.mark.parametrize("field", ["id", "starts_at"])
def test_a_required_field_that_is_missing_is_named(field):
    assert paths({name: value for name, value in VISIT.items() if name != field}) == [f"{field}: missing"]


# --- links -----------------------------------------------------------------------------------------------------------

URL = "https://api.acme.example/v1/patients/1402337715590046001?x=%2F"


@pytest.mark.parametrize("value", [{"links": {"self": URL}}, {"self": URL}])
def test_a_link_is_kept_to_the_letter_and_knows_its_id(value):
    link = visit(patient=value).patient

    assert link == URL
    assert type(link) is Link
    assert link.id == "1402337715590046001"
    assert repr(link) == f"Link({URL!r})"
    assert pickle.loads(pickle.dumps(link)) == link


@pytest.mark.parametrize(
    "value", [URL, {}, {"links": {}}, {"links": None}, {"links": {"self": None}}, {"self": 5}, [], 5]
)
def test_what_is_no_link_is_refused(value):
    assert paths({**VISIT, "patient": value}) == ["patient: not a link object"]


# --- enums -----------------------------------------------------------------------------------------------------------


def test_an_enum_value_that_nobody_has_seen_is_kept():
    status = visit(status="Teleported").status

    assert status == "Teleported"
    assert status.value == status.name == str(status) == "Teleported"
    assert isinstance(status, VisitStatus)
    assert not status.is_known
    assert VisitStatus.BOOKED.is_known
    assert status == VisitStatus("Teleported")
    assert hash(status) == hash(VisitStatus("Teleported")) == hash("Teleported")
    assert status != VisitStatus.BOOKED
    assert status not in VisitStatus.__members__.values()
    assert VisitStatus.BOOKED == "Booked"
    assert VisitStatus.BOOKED != 5


def test_a_number_that_nobody_has_seen_is_kept():
    floor = visit(room={"id": "4", "floor": 13}).room.floor

    assert floor == 13
    assert isinstance(floor, Floor)
    assert floor.name == "13"
    assert not floor.is_known
    assert Floor.GROUND.is_known
    assert hash(floor) == hash(13)
    assert floor == Floor(13)
    assert Floor.GROUND != "0"


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
@pytest.mark.parametrize("member", [VisitStatus.BOOKED, VisitStatus("Teleported"), Floor.FIRST, Floor(13)])
def test_members_copy_and_pickle(member, twin):
    other = twin(member)

    assert other == member
    assert type(other) is type(member)
    assert other.is_known is member.is_known


@pytest.mark.parametrize(
    ("kind", "value"), [(VisitStatus, 5), (VisitStatus, None), (Floor, "1"), (Floor, 1.5), (Floor, None)]
)
def test_an_open_enum_is_open_to_its_own_kind_only(kind, value):
    with pytest.raises(ValueError, match="is not a valid"):
        kind(value)


# --- what was sent ---------------------------------------------------------------------------------------------------


def test_unknown_members_are_kept():
    sent = {**VISIT, "future": {"a": [1, None]}, "room": {"id": "4", "lamp": True}}
    read = WIRE.structure(sent, Visit)

    assert read.unknown == {"future": {"a": [1, None]}}
    assert read.room.unknown == {"lamp": True}
    assert read.as_sent() == sent
    assert read.was_sent("id")
    assert not read.was_sent("notes")


def test_what_was_sent_takes_no_part_in_equality():
    assert visit(future=1) == visit() == Visit(id="7", starts_at=MOMENT)
    assert hash(visit(future=1)) == hash(visit())


def test_a_change_of_the_copy_does_not_reach_the_model():
    read = visit()
    read.as_sent()["id"] = "8"

    assert read.as_sent()["id"] == "7"


def test_asking_about_a_field_that_is_none_is_an_error():
    with pytest.raises(AttributeError):
        visit().was_sent("nonsense")


def test_a_model_made_by_hand_was_never_sent():
    made = Visit(id="7", starts_at=MOMENT)

    assert not made.was_sent("id")
    assert made.as_sent() == made.unknown == {}


@pytest.mark.parametrize("twin", [copy.copy, copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])
def test_models_pickle_and_copy_whole(twin):
    sent = {**VISIT, "status": "Teleported", "future": 1, "patient": {"self": URL}, "rooms": [{"id": 4, "floor": 13}]}
    read = mark_recovered(WIRE.structure(sent, Visit))
    other = twin(read)

    assert other == read
    assert other.recovered
    assert other.as_sent() == sent
    assert other.status == "Teleported"


def test_a_recovered_twin_leaves_the_first_alone():
    read = visit()

    assert mark_recovered(read).recovered
    assert not read.recovered
    assert mark_recovered(read) == read


def test_a_model_is_frozen():
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        visit().id = "8"


def test_a_model_shows_what_it_is_and_nothing_about_a_person():
    shown = repr(visit(notes="canary", room={"id": "4"}))

    assert shown == "<Visit id='7' starts_at=2026-03-02T22:00:00+00:00>"
    assert repr(Room(id="4")) == "<Room id='4'>"


def test_days_and_times_are_shown_as_they_are_written():
    @attrs.frozen(kw_only=True, repr=False)
    class Shift(Model):
        shown = ("day", "begins", "length", "name")
        day: date
        begins: datetime | None = None
        length: timedelta = timedelta(hours=8)
        name: str = "a"

    east = datetime(2026, 3, 2, 9, 30, tzinfo=timezone(timedelta(hours=2)))

    assert repr(Shift(day=date(2026, 3, 2), begins=east)) == (
        "<Shift day=2026-03-02 begins=2026-03-02T09:30:00+02:00 length=datetime.timedelta(seconds=28800) name='a'>"
    )
    assert repr(Shift(day=date(2026, 3, 2))).startswith("<Shift day=2026-03-02 begins=None")


def test_a_model_may_show_nothing():
    @attrs.frozen(kw_only=True, repr=False)
    class Secret(Model):
        shown = ()
        name: str

    assert repr(Secret(name="canary")) == "<Secret>"


# --- paths -----------------------------------------------------------------------------------------------------------


def test_every_wrong_field_is_named_with_its_path():
    wrong = {"id": 1.5, "starts_at": "canary", "rooms": [{"id": "1"}, {"id": None, "floor": "canary"}, "canary"]}
    said = paths(wrong)

    assert set(said) == {
        "id: not a string",
        "starts_at: not an ISO 8601 date-time",
        "rooms[1].id: not a string",
        "rooms[1].floor: not an integer",
        "rooms[2]: not an object",
    }


def test_a_list_names_the_item():
    body = {"visits": [VISIT, {**VISIT, "starts_at": "canary"}]}
    error = ask(list_visits().page(None), [answer(200, body)]).error

    assert error.paths == ("visits[1].starts_at: not an ISO 8601 date-time",)
    assert str(error) == (
        "acme.visits.list: the answer does not decode: visits[1].starts_at: not an ISO 8601 date-time"
    )


def test_a_thousand_wrong_items_make_a_short_error():
    error = ask(list_visits().page(None), [answer(200, {"visits": [{}] * 1000})]).error

    assert len(error.paths) == 20
    assert len(str(error)) < 600


def test_a_provider_adds_its_own_hooks_to_both_converters():
    def adapt(converter):
        def upper(value, _):
            if not isinstance(value, str):
                raise TypeError(f"canary: {value!r}")
            return value.upper()

        converter.register_structure_hook(str, upper)

    wire = Wire(adapt)
    assert wire.structure({"id": "a"}, Room).id == "A"
    with pytest.raises(Undecodable) as caught:
        wire.structure({"id": 5}, Room)
    assert caught.value.paths == ("id: TypeError",)
    with pytest.raises(Undecodable) as caught:
        wire.structure(5, str, "name")
    assert caught.value.paths == ("name: TypeError",)


@attrs.frozen(kw_only=True, repr=False)
class Counter(Model):
    id: str
    number: int
    days: tuple[date, ...] | None = None


def numbered():
    """Refuse a number below one and every day, in the words of a provider's own hooks."""

    def adapt(converter):
        def above(value, _):
            if value < 1:
                raise Undecodable("not above zero")
            return value

        def never(value, _):
            raise Undecodable("not a day", "neither a night")

        converter.register_structure_hook(int, above)
        converter.register_structure_hook(date, never)

    return Wire(adapt)


def test_what_a_providers_hook_refuses_is_a_path_with_its_words():
    wrong = {"id": "7", "number": 0, "days": ["canary", "canary"]}
    with pytest.raises(Undecodable) as caught:
        numbered().all_of(Counter, [{"id": "6", "number": 5}, wrong], "counters")

    assert caught.value.paths == (
        "counters[1].number: not above zero",
        "counters[1].days[0]: not a day; neither a night",
        "counters[1].days[1]: not a day; neither a night",
    )
    assert caught.value.__context__ is None


def test_what_it_refuses_on_its_own_is_a_path_too():
    for where, path in (("", "$"), ("number", "number")):
        with pytest.raises(Undecodable) as caught:
            numbered().structure(0, int, where)
        assert caught.value.paths == (f"{path}: not above zero",)


def test_what_it_takes_is_read():
    assert numbered().structure({"id": "7", "number": 5}, Counter).number == 5


def test_a_value_that_reads_only_the_second_time_is_unreadable():
    calls = []

    def adapt(converter):
        def once(value, _):
            calls.append(value)
            if len(calls) == 1:
                raise ValueError
            return value

        converter.register_structure_hook(str, once)

    with pytest.raises(Undecodable) as caught:
        Wire(adapt).structure("a", str, "name")
    assert caught.value.paths == ("name: unreadable",)


@pytest.mark.parametrize(
    ("kind", "good", "bad"),
    [
        (bool, True, 1),
        (int, 5, True),
        (float, 1.5, "1.5"),
        (str, "x", 1.5),
        (Decimal, Decimal(5), "x"),
        (date, date(1990, 5, 17), "x"),
        (Room, Room(id="4"), []),
    ],
)
def test_each_kind_is_read_where_it_must_be_there(kind, good, bad):
    sent = {"id": "4"} if kind is Room else str(good) if kind in {Decimal, date} else good

    assert WIRE.structure(sent, kind) == good
    for wrong in (bad, None):
        with pytest.raises(Undecodable):
            WIRE.structure(wrong, kind)


def test_a_plain_value_is_read_and_refused_at_its_place():
    assert WIRE.structure(5, int) == 5
    assert paths("5", int, "total") == ["total: not an integer"]
    assert paths("5", int) == ["$: not an integer"]


def test_a_union_of_two_kinds_is_nobodys_to_guess():
    @attrs.frozen(kw_only=True, repr=False)
    class Odd(Model):
        value: int | str

    with pytest.raises(Undecodable):
        WIRE.structure({"value": []}, Odd)


@attrs.frozen(kw_only=True, repr=False)
class Anything(Model):
    id: str
    value: object = attrs.field(default=None, hash=False)
    values: tuple[object, ...] | None = attrs.field(default=None, hash=False)
    must: object = attrs.field(default="made by hand", hash=False)


ANY_JSON = [None, True, 0, 1.5, "x", "2026-03-02T22:00:00Z", [], [1, [None, {"a": "b"}]], {}, {"a": {"b": [1]}}]


@pytest.mark.parametrize("value", ANY_JSON, ids=repr)
def test_what_a_field_may_be_anything_is_kept_as_it_was_sent(value):
    found = WIRE.structure({"id": "7", "value": value, "values": [value, value], "must": value}, Anything)

    assert [found.value, *found.values, found.must] == [value] * 4
    assert {type(one) for one in (found.value, *found.values, found.must)} == {type(value)}
    assert found.as_sent()["value"] == value
    assert WIRE.structure(value, object) == value
    assert WIRE.all_of(object, [value, 1]) == (value, 1)


def test_what_may_be_anything_may_be_absent_and_its_neighbours_are_still_checked():
    assert WIRE.structure({"id": "7"}, Anything).must == "made by hand"
    assert paths({"id": 1.5, "value": {"a": 1}, "values": {}}, Anything) == ["id: not a string", "values: not an array"]


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats(allow_nan=False) | st.text() | st.integers(-(2**63), 2**63),
        lambda inner: st.lists(inner) | st.dictionaries(st.sampled_from(["id", "starts_at", "rooms", "x"]), inner),
    )
)
def test_any_json_is_read_or_is_our_own_error(value):
    try:
        read = WIRE.structure(value, Visit)
    except Undecodable as error:
        read = error
    if isinstance(read, Undecodable):
        assert read.paths
    else:
        assert read.as_sent() == value


# --- the fast readers ------------------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, repr=False)
class Ticket(Model):
    """A field of each kind, once as it must be there and once as it may be."""

    sent_as = {"class_": "class", "kept_in": "in-a-room"}  # noqa: RUF012 - nobody changes it

    id: str
    seats: int
    open: bool
    at: datetime
    class_: str
    price: Decimal
    room: Room
    born: date | None = None
    code: str | None = None
    count: int | None = None
    done: bool | None = None
    ends: datetime | None = None
    floor: Floor | None = None
    kept_in: Room | None = None
    kind: VisitStatus | None = None
    patient: Link | None = None
    rooms: tuple[Room, ...] | None = None
    score: float | None = None
    tags: tuple[str, ...] | None = None
    extra: Mapping[str, object] | None = attrs.field(default=None, hash=False)


PATIENT = "https://api.acme.example/v1/patients/31"
ROOM = {"id": "4", "floor": 1}
GOOD = {
    "id": "7",
    "seats": 2,
    "open": True,
    "at": "2026-03-02T22:00:00Z",
    "class": "first",
    "price": "1.50",
    "room": ROOM,
    "born": "1990-05-17",
    "code": "A1",
    "count": 0,
    "done": False,
    "ends": "2026-03-03T09:00:00+11:00",
    "floor": 7,
    "in-a-room": {"id": "9"},
    "kind": "Nobody has seen it",
    "patient": {"links": {"self": PATIENT}},
    "rooms": [ROOM, {"id": "5"}],
    "score": 1,
    "tags": ["a", "b"],
    "extra": {"a": [1]},
}
VALUES = [
    *(None, True, False, 0, 1, 2**63, -0.0, 1.5, "", "x", "7", "1.5", "NaN", "2026-03-02", "2026-03-02T22:00:00Z"),
    *("2026-03-02T22:00:00", "20260302T220000Z", [], [1], ["a"], [None], [[]], {}, ROOM, {"id": None}, [ROOM]),
    *(
        [ROOM, {}],
        {"self": PATIENT},
        {"self": 5},
        {"links": {"self": PATIENT}},
        {"links": {"self": None}},
        {"links": None},
    ),
]
ABSENT = object()


def blank_is_none(converter):
    """Read blank texts as None where an optional number or date is expected, as a provider does."""

    def tolerant(inner):
        return lambda value, kind: None if value == "" else inner(value, kind)

    hooks = {kind | None: tolerant(converter.get_structure_hook(kind | None)) for kind in (bool, int, date, datetime)}
    converter.register_structure_hook_factory(lambda kind: kind in hooks, lambda kind: hooks[kind])


def loud(converter):
    """Read every text in capitals, and every number as its double."""
    converter.register_structure_hook(str, lambda value, _: value.upper())
    converter.register_structure_hook(int, lambda value, _: value * 2)


ADAPTED = {"no hooks": None, "hooks for what is optional": blank_is_none, "hooks for all": loud}


def ways(adapt):
    """The fast way, and that of cattrs."""
    made = converter(), converter(detailed=True)
    for one in made:
        if adapt is not None:
            adapt(one)
    return made


WAYS = {name: ways(adapt) for name, adapt in ADAPTED.items()}


def read_by(way, value):
    """Read a ticket; returns its fields with their types, or None where it is refused."""
    try:
        ticket = way.structure(value, Ticket)
    except Exception:  # noqa: BLE001 - each way has its own
        return None
    assert ticket.as_sent() == value
    fields = [getattr(ticket, name) for name in attrs.fields_dict(Ticket)]
    return [(type(field), field, str(field)) for field in fields], (ticket.rooms or (ticket,))[0].as_sent()


@pytest.mark.parametrize("name", WAYS)
@given(st.dictionaries(st.sampled_from([*GOOD, "unknown"]), st.sampled_from([*VALUES, ABSENT]), max_size=4))
def test_the_fast_way_reads_and_refuses_what_that_of_cattrs_does(name, odd):
    value = {key: item for key, item in {**GOOD, **odd}.items() if item is not ABSENT}
    fast, slow = WAYS[name]

    assert read_by(fast, value) == read_by(slow, value)


@pytest.mark.parametrize("name", WAYS)
@pytest.mark.parametrize("odd", [*VALUES, ABSENT], ids=lambda odd: "absent" if odd is ABSENT else repr(odd))
def test_the_two_ways_agree_on_every_value_at_every_place(name, odd):
    fast, slow = WAYS[name]
    for key in GOOD:
        value = {**GOOD, key: odd} if odd is not ABSENT else {other: GOOD[other] for other in GOOD if other != key}
        assert read_by(fast, value) == read_by(slow, value), key


@pytest.mark.parametrize("value", [None, [], "x", 5, [GOOD]])
def test_neither_way_takes_what_is_no_object(value):
    assert [read_by(way, value) for way in WAYS["no hooks"]] == [None, None]


def test_the_good_ones_are_read_at_all():
    assert all(read_by(way, GOOD) for way in WAYS["no hooks"])
    assert WIRE.structure(GOOD, Ticket).class_ == "first"
    assert WIRE.structure(GOOD, Ticket).kept_in == Room(id="9")
    assert WAYS["hooks for what is optional"][0].structure({**GOOD, "count": ""}, Ticket).count is None
    assert WAYS["hooks for all"][0].structure(GOOD, Ticket).seats == 4


def test_an_answer_that_is_all_brackets_is_refused_before_it_fills_the_memory():
    with pytest.raises(Undecodable, match="more arrays and objects"):
        loads(b"[" + b"[]," * 300_000 + b"[]]")


# --- shapes that nobody publishes ------------------------------------------------------------------------------------


@attrs.frozen(kw_only=True, repr=False)
class Loose(Model):
    sent_as: ClassVar[Mapping[str, str]] = {"number": "no"}

    number: str
    seats: int | None = None
    starts_at: datetime | None = None
    rooms: tuple[Room, ...] | None = None


WHOLE = {"no": "7", "seats": 4, "starts_at": "2026-03-02T22:00:00Z", "rooms": [{"id": "1"}], "color": "red"}


def test_an_object_of_an_unpublished_shape_is_read_like_any_other_where_all_fits():
    made = WIRE.whole(WHOLE, Loose)

    assert made == WIRE.structure(WHOLE, Loose)
    assert (made.number, made.seats, made.starts_at, made.rooms) == ("7", 4, MOMENT, (Room(id="1"),))
    assert made.unknown == {"color": "red"}


ODD_MEMBERS = {"seats": "four", "starts_at": "soon", "rooms": [{"id": ["1"]}]}


@pytest.mark.parametrize(
    "names", [["seats"], ["starts_at"], ["rooms"], ["seats", "rooms"], [*ODD_MEMBERS]], ids=",".join
)
def test_what_does_not_fit_reads_as_none_and_the_rest_is_read(names):
    body = {**WHOLE, **{name: ODD_MEMBERS[name] for name in names}}
    made, good = WIRE.whole(body, Loose), WIRE.structure(WHOLE, Loose)

    for name in ODD_MEMBERS:
        assert getattr(made, name) == (None if name in names else getattr(good, name))
    assert made.number == "7"
    assert made.as_sent() == body
    assert all(made.was_sent(name) for name in names)
    assert made.unknown == {"color": "red"}


WITHOUT = {"nothing": {}, "another": {"seats": 4}, "no text": {**WHOLE, "no": ["7"]}, "null": {**WHOLE, "no": None}}


@pytest.mark.parametrize("body", WITHOUT.values(), ids=WITHOUT)
def test_a_required_member_is_required_of_an_unpublished_shape_too(body):
    with pytest.raises(Undecodable, match="number: "):
        WIRE.whole(body, Loose)


@pytest.mark.parametrize("body", [None, [], "x", 5, True])
def test_an_unpublished_shape_is_an_object_at_least(body):
    with pytest.raises(Undecodable):
        WIRE.whole(body, Loose)


@given(st.dictionaries(st.sampled_from([*WHOLE, "x"]), st.none() | st.integers() | st.text(max_size=5), max_size=6))
def test_whatever_stands_beside_it_a_good_id_is_read(body):
    made = WIRE.whole({**body, "no": "7"}, Loose)

    assert made.number == "7"
    assert made.as_sent() == {**body, "no": "7"}
