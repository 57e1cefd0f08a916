"""Whatever can be made is found again after its answer was lost, by what was sent; and nothing else is taken for it."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from makings import ENDS, RESOURCES, STARTS, as_json, making, other_making
from props import props

from apptsdk import BookingAttempt, OutcomeUnknownError
from apptsdk.providers.cliniko.operations.client import _finders

every = pytest.mark.parametrize("resource", RESOURCES)


def lose(clinic, resource, kind="drop_after"):
    clinic.sandbox.fault(kind, method="POST", path=f"/{resource}")


async def create(c, resource):
    return await c.call(f"{resource}.create", **making(resource))


async def create_elsewhere(c, resource, fields):
    """Make something without the SDK's knowing of it."""
    return (await c.call("request", "POST", f"/{resource}", json=as_json(fields))).json()


def closed(name, moment):
    return [f"{name}:>={moment:%Y-%m-%dT%H:%M:%SZ}", f"{name}:<={moment:%Y-%m-%dT%H:%M:%SZ}"]


def looked_for():
    """Give the conditions of each look: for every field of what was sent by which the vendor can filter."""
    made, times = props(), [*closed("starts_at", STARTS), *closed("ends_at", ENDS)]
    place = [f"{name}:={number}" for name, number in made.place.items()]
    return {
        "appointment_types": [],
        "attendees": [f"booking_id:={made.group_appointments[2]}", f"patient_id:={made.patients[0]}"],
        "availability_blocks": [*place, *closed("starts_at", STARTS)],
        "businesses": [],
        "group_appointments": [f"appointment_type_id:={made.group_type}", *place, *times],
        "individual_appointments": [*(f"{name}:={number}" for name, number in made.ids.items()), *times],
        "patient_cases": ["name:=Knee", f"patient_id:={made.patients[0]}"],
        "patients": ["date_of_birth:=1990-05-17", "email:=a@p.example", "first_name:=Adaline", "last_name:=Parkinson"],
        "unavailable_block_types": [],
        "unavailable_blocks": [*place, *times, f"unavailable_block_type_id:={made.unavailable_block_types[1]}"],
    }


HIDDEN = {
    "attendees": ("archived_at:*", "cancelled_at:*"),
    "availability_blocks": (),
    "individual_appointments": ("archived_at:*", "cancelled_at:*"),
}


@every
def test_the_look_asks_for_what_was_sent_and_for_the_newest_first(resource, clinic):
    lose(clinic, resource)
    made = clinic.tell(lambda c: create(c, resource))
    assert made.recovered
    assert clinic.sandbox.ledger.created(resource) == [made.id]
    (post,), (look,) = clinic.seen("POST"), clinic.seen("GET")
    assert post.path == look.path == f"/cliniko/v1/{resource}"
    assert sorted(text for name, text in look.query if name == "q[]") == sorted(
        [*looked_for()[resource], *HIDDEN.get(resource, ("archived_at:*",))]
    )
    assert [pair for pair in look.query if pair[0] != "q[]"] == [("sort", "created_at:desc"), ("per_page", "100")]


@every
def test_an_attempt_resolves_later_in_another_process(resource, clinic):
    lose(clinic, resource)
    clinic.sandbox.fault("status", method="GET", path=f"/{resource}", status=404, times=6)
    with pytest.raises(OutcomeUnknownError, match="It could not be looked for") as caught:
        clinic.tell(lambda c: create(c, resource))
    text = caught.value.attempt.to_json()
    clinic.watch.pass_by(500)

    async def story(c):
        attempt = BookingAttempt.from_json(text)
        assert attempt == caught.value.attempt
        return await c.resolve(attempt), await c.call("resolve", attempt)

    one, same = clinic.tell(story)
    assert one == same
    assert one.recovered
    assert type(one).__name__ == type(clinic.tell(lambda c: c.call(f"{resource}.get", one.id))).__name__
    assert clinic.sandbox.ledger.created(resource) == [one.id]
    assert len(clinic.seen("POST")) == 1


@every
def test_an_attempt_that_made_nothing_resolves_to_none(resource, clinic):
    lose(clinic, resource, "drop_before")

    async def story(c):
        with pytest.raises(OutcomeUnknownError) as caught:
            await create(c, resource)
        return caught.value.candidates, await c.resolve(caught.value.attempt)

    assert clinic.tell(story) == ((), None)
    assert len(clinic.sandbox.ledger) == 0


@every
def test_what_somebody_else_made_otherwise_at_the_same_time_is_not_taken(resource, clinic):
    async def story(c):
        stranger = await create_elsewhere(c, resource, other_making(resource))
        lose(clinic, resource, "drop_before")
        with pytest.raises(OutcomeUnknownError, match="It was not found at the provider") as caught:
            await create(c, resource)
        assert caught.value.candidates == ()
        assert await c.resolve(caught.value.attempt) is None
        lose(clinic, resource)
        made = await create(c, resource)
        assert made.recovered
        return stranger["id"], made.id

    assert list(clinic.tell(story)) == clinic.sandbox.ledger.created(resource)


@every
def test_what_somebody_else_made_alike_at_the_same_time_makes_it_doubtful(resource, clinic):
    async def story(c):
        twin = await create_elsewhere(c, resource, making(resource))
        lose(clinic, resource)
        with pytest.raises(OutcomeUnknownError, match="2 objects could be the one") as caught:
            await create(c, resource)
        with pytest.raises(OutcomeUnknownError, match=r"2 objects could be what .* made") as again:
            await c.resolve(caught.value.attempt)
        return twin["id"], caught.value, again.value

    twin, first, second = clinic.tell(story)
    for error in (first, second):
        assert {one.id for one in error.candidates} == set(clinic.sandbox.ledger.created(resource))
        assert error.attempt.operation == f"cliniko.{resource}.create"
    assert twin in {one.id for one in first.candidates}


@every
def test_every_clue_is_compared_though_the_vendor_ignores_the_filters(resource, clinic):
    """All rows of the answer are like what was lost but for one field, and one is the one."""

    async def story(c):
        row = await create_elsewhere(c, resource, making(resource))
        strangers = [{**row, "id": str(index), **altered(row, name)} for index, name in enumerate(clues(resource), 1)]
        assert len(strangers) >= 2
        body = {resource: [*strangers, row], "links": {}}
        clinic.sandbox.fault("status", method="GET", path=f"/{resource}", status=200, body=body, times=None)
        lose(clinic, resource, "drop_before")
        made = await create(c, resource)
        return row, made

    row, made = clinic.tell(story)
    assert made.recovered
    assert made.id == row["id"]


@every
def test_what_was_made_long_before_or_after_is_not_taken(resource, clinic):
    async def story(c):
        row = await create_elsewhere(c, resource, making(resource))
        began = datetime.fromisoformat(row["created_at"])
        moments = [began + timedelta(seconds=by) for by in (-3600, -11, 15 * 60 + 1, 3600)]
        rows = [{**row, "created_at": f"{moment:%Y-%m-%dT%H:%M:%SZ}"} for moment in moments]
        rows += [{**row, "created_at": None}, {name: value for name, value in row.items() if name != "created_at"}]
        body = {resource: rows, "links": {}}
        clinic.sandbox.fault("status", method="GET", path=f"/{resource}", status=200, body=body, times=None)
        lose(clinic, resource, "drop_before")
        with pytest.raises(OutcomeUnknownError, match="It was not found at the provider") as caught:
            await create(c, resource)
        assert caught.value.candidates == ()

    clinic.tell(story)


def clues(resource):
    finder = _finders()[f"cliniko.{resource}.create"]
    found = finder.__self__.clues
    assert set(found) == set(making(resource)), "the making must have every clue, and no more"
    return found


def altered(row, clue):
    """Change one field of a row as the vendor shows it."""
    field = clue.removesuffix("_id")
    value = row[field]
    if isinstance(value, dict):
        return {field: {"links": {"self": value["links"]["self"] + "9"}}}
    if clue.endswith("_at"):
        return {field: f"{datetime.fromisoformat(value) + timedelta(seconds=1):%Y-%m-%dT%H:%M:%SZ}"}
    if clue == "date_of_birth":
        return {field: "1990-05-18"}
    return {field: value + 1 if isinstance(value, int) else value.upper() + "x"}


# What somebody else made has what was left out here: it is not what was lost.
RICHER = {
    "businesses": ("address_1",),
    "patients": ("date_of_birth", "email"),
    "unavailable_blocks": ("unavailable_block_type_id",),
}


@pytest.mark.parametrize("resource", RICHER)
def test_what_was_left_out_must_be_empty_in_what_is_found(resource, clinic):
    poorer = {name: value for name, value in making(resource).items() if name not in RICHER[resource]}

    async def story(c):
        await create_elsewhere(c, resource, making(resource))
        lose(clinic, resource, "drop_before")
        with pytest.raises(OutcomeUnknownError, match="It was not found at the provider"):
            await c.call(f"{resource}.create", **poorer)
        lose(clinic, resource)
        return await c.call(f"{resource}.create", **poorer)

    made = clinic.tell(story)
    assert made.recovered
    assert clinic.sandbox.ledger.created(resource)[1:] == [made.id]


@pytest.mark.parametrize("resource", sorted({*RESOURCES} - {"availability_blocks"}))  # nothing hides one of these
def test_what_was_made_and_hidden_since_was_made_all_the_same(resource, clinic):
    lose(clinic, resource)
    clinic.sandbox.fault("status", method="GET", path=f"/{resource}", status=404, times=6)

    async def story(c):
        with pytest.raises(OutcomeUnknownError) as caught:
            await create(c, resource)
        (number,) = clinic.sandbox.ledger.created(resource)
        if resource == "individual_appointments":
            await c.call(f"{resource}.cancel", number, reason=50)
        else:
            await c.call(f"{resource}.archive", number)
        return number, await c.resolve(caught.value.attempt)

    number, found = clinic.tell(story)
    assert found.id == number
