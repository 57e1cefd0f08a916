"""The companies, and the one place that changes them."""

from collections.abc import Mapping
from datetime import datetime
from random import Random
from typing import Any, Final

from attrs import evolve

from apptsdk.sandbox.imiassist.records import Appointment, Company, Contact, Host, Participant
from apptsdk.sandbox.state import Action, Clock, Entry, Ledger

RESOURCES: Final = frozenset({"appointments", "contacts", "participants", "transactions"})
"""The names in the ledger."""
_LINK: Final = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class World:
    """All companies.

    Args:
        clock: the sandbox's.
        ledger: the sandbox's.
        seed: the ids follow from it.
    """

    def __init__(self, clock: Clock, ledger: Ledger, seed: int) -> None:
        self.companies: dict[str, Company] = {}
        """By subdomain."""
        self.chance = Random(f"imiassist {seed}")  # noqa: S311 - a world that repeats itself
        self._clock = clock
        self._still: datetime | None = clock.now().replace(microsecond=0)
        self._ledger = ledger

    def now(self) -> datetime:
        """Tell the time in UTC; until the world begins, it is the second in which it was made."""
        return self._still or self._clock.now()

    def begin(self) -> None:
        """Let the clock run, once the world is filled: how long that took changes nothing in it."""
        self._still = None

    def id(self) -> str:
        """Make an id that nothing has: 24 hexadecimal digits that begin with the time."""
        return f"{int(self.now().timestamp()):08x}{self.chance.getrandbits(64):016x}"

    def text(self, length: int, letters: str) -> str:
        """Make a text.

        Args:
            length: how long.
            letters: of what.
        """
        return "".join(self.chance.choices(letters, k=length))

    def participant(self, company: Company, who: Contact | Host) -> Participant:
        """Make a participant, with a link of their own.

        Args:
            company: whose.
            who: a contact is a guest.
        """
        return Participant(
            id=self.id(),
            role="host" if isinstance(who, Host) else "guest",
            first_name=who.first_name,
            last_name=who.last_name,
            email=who.email,
            phone=None if isinstance(who, Host) else who.phone,
            meeting_link=f"https://{company.host}/j/{self.text(10, _LINK)}",
        )

    def meet(self, company: Company, said: Mapping[str, Any]) -> Contact:
        """Find or make a contact by the strongest key that is given, and note what is new about it.

        Args:
            company: whose.
            said: members of a contact.
        """
        key = next(((kind, said[kind]) for kind in ("customer_id", "phone", "email") if kind in said), None)
        id_ = company.known.get(key) if key else None
        contact = company.contacts[id_] if id_ else Contact(id=self.id())
        attributes = {**contact.custom_attributes, **said.get("custom_attributes", {})}
        contact = evolve(contact, **{**said, "custom_attributes": attributes})
        self.place_contact(company, contact)
        return contact

    def place_contact(self, company: Company, contact: Contact) -> None:
        """Keep a contact without writing it down.

        Args:
            company: whose.
            contact: as it is now.
        """
        self._forget(company, contact.id)
        company.contacts[contact.id] = contact
        company.known.update(dict.fromkeys(contact.keys, contact.id))

    def drop_contact(self, company: Company, id_: str) -> None:
        """Delete a contact, without writing it down; appointments keep their participants.

        Args:
            company: whose.
            id_: its id.
        """
        self._forget(company, id_)
        del company.contacts[id_]

    def _forget(self, company: Company, id_: str) -> None:
        old = company.contacts.get(id_)
        for key in old.keys if old else ():
            if company.known.get(key) == id_:
                del company.known[key]

    def next_case(self, company: Company) -> str:
        """Name a case that there is not yet.

        Args:
            company: whose.
        """
        return f"{company.prefix}-{len(company.cases) + 1}"

    def place(self, company: Company, appointment: Appointment) -> None:
        """Keep an appointment without writing it down.

        Args:
            company: whose.
            appointment: as it is now.
        """
        if appointment.id not in company.appointments:
            company.cases[appointment.case_id] = company.cases.get(appointment.case_id, 0) + 1
            company.uids[appointment.uid] = appointment.id
            if appointment.external_reference_id is not None:
                company.references[appointment.external_reference_id] = appointment.id
        company.appointments[appointment.id] = appointment

    def write(self, action: Action, resource: str, id_: str, record: Mapping[str, Any]) -> None:
        """Write down what was committed.

        Args:
            action: what happened.
            resource: to a thing of which kind.
            id_: to which.
            record: as the vendor shows it.
        """
        entry = Entry(at=self.now(), provider="imiassist", action=action, resource=resource, id=id_, record=record)
        self._ledger.add([entry])
