"""A slot that was found and then edited: each field is honoured, or refused before anything is made."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from portable_places import FURTHER, MINUTE, PLACES, cliniko
from portable_stage import SYNC
from props import props

from apptsdk import ApptError, Host, Location, Service
from apptsdk.sandbox.cubu import seed as cubu
from apptsdk.sandbox.imiassist import seed as imiassist

if TYPE_CHECKING:
    from collections.abc import Mapping

PARTS = ("service", "host", "location")


@cache
def others(provider: str) -> Mapping[str, Any]:
    """Give another service, host and location that the provider has."""
    ids = {
        "cliniko": lambda: (cliniko(1, 0)["service"], props().practitioners[1], cliniko(0, 1)["location"]),
        "nexhealth": lambda: ("870014", "248113072", "42"),
        "cubu": lambda: (cubu.RENEWAL, "6e9f1b04-3a52-4c8d-8b70-c4d2e1f0a902", cubu.PASSPORT_OFFICE),
        "imiassist": lambda: (imiassist.PHYSIO_REVIEW, imiassist.SAM_OTTER, imiassist.PHYSIOTHERAPY),
    }[provider]()
    return {name: kind(id=one) for name, kind, one in zip(PARTS, (Service, Host, Location), ids, strict=True)}


@pytest.mark.filterwarnings("ignore:Location 42 takes no bookings:apptsdk.ProviderWarning")
@pytest.mark.parametrize("facade", [SYNC], ids=str)
@pytest.mark.parametrize("place", [*PLACES, *FURTHER], ids=str)
@pytest.mark.parametrize("kept", ["whole", "without native", "by hand"])
def test_every_field_of_a_slot_that_was_edited_is_honoured_or_refused(stage, kept):
    async def story(stage, tell):
        found, other = stage.slots(2)
        given, more = stage.place.by_hand(found) if kept == "by hand" else (found, {})
        given = given if kept == "whole" else attrs.evolve(given, native=None)
        edits = {
            **others(stage.place.provider),
            "start": other.start,
            "end": found.start + 5 * MINUTE,
        }
        honoured = set[str]()
        for name, value in edits.items():
            changes = {name: value, **({"end": other.end} if name == "start" else {})}
            edited = attrs.evolve(given, **changes)
            before = len(stage.live)
            try:
                made = await stage.book(tell, edited, **more)
            except (ValueError, ApptError):
                assert (name, len(stage.live)) == (name, before)
                continue
            told = getattr(made, name)
            assert (name, getattr(told, "id", told)) == (name, getattr(value, "id", value))
            honoured.add(name)
            await tell.call("cancel", made)
        assert ("start" in honoured) is (given.ref is None)

    stage.tell(story)
