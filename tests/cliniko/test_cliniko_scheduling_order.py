"""Who keeps a time that several take at once: every order in which a booking and a move can meet, step by step."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

import attrs
import pytest
from props import props

from apptsdk.errors import SlotUnavailableError
from apptsdk.models import Link
from apptsdk.operation import Instant, Now, Operation, Page, Pause, Remembered
from apptsdk.providers.cliniko import AppointmentType, IndividualAppointment
from apptsdk.providers.cliniko.scheduling import scheduling
from apptsdk.shared import AppointmentRef, Customer, Host, Location, Service, Slot
from apptsdk.verbs import Booking

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
WANTED, ELSEWHERE = NOON + timedelta(days=8), NOON + timedelta(days=9)
BUSINESS, PRACTITIONER, KIND = props().triple
TYPE = AppointmentType(id=KIND, name="Standard consultation", duration_in_minutes=30, max_attendees=1)
LINKS = {
    name: Link(f"https://api.au1.cliniko.com/v1/x/{number}")
    for name, number in (("business", BUSINESS), ("practitioner", PRACTITIONER), ("appointment_type", KIND))
}
SLOT = Slot(
    provider="cliniko",
    start=WANTED,
    service=Service(id=KIND),
    host=Host(id=PRACTITIONER),
    location=Location(id=BUSINESS),
)
STANDING = ("5", "6")


class Clinic:
    """A practitioner's calendar, which stamps what is written in whole seconds.

    Args:
        step: Says how many seconds pass with a request.
    """

    def __init__(self, step):
        self.step = step
        self.clock = 0.0
        self.rows = {}
        for number, days in zip(STANDING, (9, 10), strict=True):
            self.write(number, NOON + timedelta(days=days), created=NOON - timedelta(days=3))

    def write(self, number, start, created=None):
        now = NOON + timedelta(seconds=int(self.clock))
        known = self.rows.get(number)
        self.rows[number] = IndividualAppointment(
            id=number,
            starts_at=start,
            ends_at=start + timedelta(minutes=30),
            created_at=known.created_at if known else created or now,
            updated_at=created or now,
            **LINKS,
        )
        return self.rows[number]

    def answer(self, asked):
        self.clock += self.step()
        match asked.name.split(".")[1:]:
            case ["bookings", "list"]:
                return Page(tuple(self.rows.values()))
            case [_, "create"]:
                return self.write(str(max(map(int, self.rows)) + 1), datetime.fromisoformat(asked.body["starts_at"]))
            case [_, "update"]:
                number = asked.path.rpartition("/")[2]
                return self.write(number, datetime.fromisoformat(asked.body["starts_at"]))
            case [_, "cancel"]:
                del self.rows[asked.path.split("/")[-2]]
                return None
            case _:
                return self.rows[asked.path.rpartition("/")[2]]

    @property
    def there(self):
        """Who has the time in the end."""
        return [one.id for one in self.rows.values() if one.starts_at == WANTED]


class Contender:
    """A verb that goes on by one request, or one pause, at a time."""

    def __init__(self, clinic, work):
        self.clinic = clinic
        self.script = work.script()
        self.end = None
        self.due = None
        self.asked = None
        self.go(None)

    def go(self, answer):
        """Go on until something is asked that others can notice."""
        while True:
            try:
                self.asked = self.script.send(answer)
            except StopIteration as stop:
                self.end = stop.value.id
                return
            except SlotUnavailableError:
                self.end = "gave way"
                return
            match self.asked:
                case Now():
                    answer = Instant(self.clinic.clock, 0.0)
                case Remembered(work=Operation(name="cliniko.appointment_types.get")):
                    answer = TYPE
                case Remembered():
                    answer = None
                case Pause(seconds):
                    self.due = self.clinic.clock + seconds
                    return
                case _:
                    return

    def step(self):
        if isinstance(self.asked, Pause):
            self.clinic.clock = max(self.clinic.clock, self.due)
            self.go(None)
        else:
            self.go(self.clinic.answer(self.asked))


def book():
    return scheduling.booked(None, SLOT, Booking(customer=Customer(id=props().patients[0])))


def move(number):
    return scheduling.moved(None, AppointmentRef("cliniko", number), SLOT, None, None)


@attrs.frozen
class Meeting:
    """How it went.

    Args:
        there: Who has the time in the end.
        ends: What each was told, in the order in which they were given.
        turns: Who took each step while there was a choice.
    """

    there: list
    ends: list
    turns: list

    @property
    def fair(self):
        """Whether one has the time, and was told so, and all others were told otherwise."""
        told = sorted([*self.there, *["gave way"] * (len(self.ends) - 1)])
        return len(self.there) == 1 and sorted(self.ends) == told


def meet(step, works, turn):
    """Let them take steps until all are done.

    Args:
        step: Says how long a request takes, in seconds.
        works: Makes what they do.
        turn: Says whose turn it is, of so many who are not done.
    """
    clinic = Clinic(step)
    contenders = [Contender(clinic, work()) for work in works]
    turns = []
    while going := [one for one in contenders if one.end is None]:
        chosen = 0
        if len(going) > 1:
            chosen = turn(len(going), len(turns))
            turns.append(chosen)
        going[chosen].step()
    return Meeting(clinic.there, [one.end for one in contenders], turns)


def follow(*turns):
    """Take given turns, and then the first one's."""
    return lambda _, index: turns[index] if index < len(turns) else 0


def all_meetings(step, works):
    """Let two meet in every order there is."""
    first = []
    while True:
        done = meet(lambda: step, works, follow(*first))
        yield done
        first = done.turns
        while first and first[-1]:
            first.pop()
        if not first:
            return
        first[-1] = 1


PAIRS = {
    "a booking and a move": (book, lambda: move("5")),
    "two bookings": (book, book),
    "two moves": (lambda: move("5"), lambda: move("6")),
}


@pytest.mark.parametrize("step", [0.0, 0.3, 1.1])
@pytest.mark.parametrize("works", PAIRS.values(), ids=PAIRS)
def test_of_two_who_take_one_time_exactly_one_has_it_in_whatever_order_they_write_and_look(works, step):
    done = list(all_meetings(step, works))
    assert len(done) > 50
    assert [one.turns for one in done if not one.fair] == []


def test_of_four_who_take_one_time_exactly_one_has_it():
    works = (book, book, lambda: move("5"), lambda: move("6"))
    chance = random.Random(7)
    done = [
        meet(lambda: chance.choice((0.0, 0.4, 1.1)), works, lambda count, _: chance.randrange(count))
        for _ in range(500)
    ]
    assert [one.turns for one in done if not one.fair] == []


def test_who_was_there_first_stays_whichever_it_is():
    look = (1, 0, 1)  # the move reads its appointment first
    book_and_move = PAIRS["a booking and a move"]
    assert meet(lambda: 1.1, book_and_move, follow(*look, 0, *[1] * 9)).ends == ["7", "gave way"]
    assert meet(lambda: 1.1, book_and_move, follow(*look, 1, *[0] * 9)).ends == ["gave way", "5"]
