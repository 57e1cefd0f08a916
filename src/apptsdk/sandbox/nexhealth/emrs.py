"""The practices' own systems, and what each of them can do."""

from attrs import frozen


@frozen(kw_only=True)
class Emr:
    """A system that a practice runs."""

    id: int
    name: str
    display_name: str
    type: str
    """`cloud` or `onprem`."""
    source: str
    """The `foreign_id_type` of what is in it."""
    moves: bool
    """Whether an appointment's time, chair and note can be changed."""
    shares: bool
    """Whether several appointments may have one time."""

    def shown(self) -> dict[str, object]:
        """Show it."""
        return {"id": self.id, "name": self.name, "display_name": self.display_name, "type": self.type}


# https://docs.nexhealth.com/reference/patchappointmentsid and .../getavailableslots name who can do what.
DENTRIX = Emr(
    id=3,
    name="dentrix",
    display_name="Dentrix",
    type="onprem",
    source="msg-dentrix-DataSource-100",
    moves=True,
    shares=False,
)
NEXTGEN = Emr(
    id=27,
    name="nextgen",
    display_name="NextGen",
    type="cloud",
    source="msg-nextgen-DataSource-101",
    moves=False,
    shares=True,
)
EMRS = {emr.source: emr for emr in (DENTRIX, NEXTGEN)}
