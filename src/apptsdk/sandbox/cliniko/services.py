"""Services: which type is offered where and by whom."""

from attrs import frozen

from apptsdk.sandbox.cliniko.rendering import Shown, link
from apptsdk.sandbox.cliniko.world import World


@frozen
class Service:
    """A type that a business offers."""

    business: int
    appointment_type: int
    practitioners: tuple[int, ...]


def services(world: World, at: int | None) -> list[Service]:
    """Find the services.

    Args:
        world: the account.
        at: the id of the only business that counts, None for all.

    Returns:
        What is offered, without what is archived and who is inactive.
    """
    types = [row for row in world.appointment_types.values() if row.archived_at is None]
    active = [row.id for row in world.practitioners.values() if row.values["active"]]
    return [
        Service(
            place.id,
            kind.id,
            tuple(id_ for id_ in active if str(id_) in kind.values["practitioner_ids"] and works(world, id_, place.id)),
        )
        for place in world.businesses.values()
        if place.archived_at is None and at in {None, place.id}
        for kind in types
        if str(kind.id) in place.values["appointment_type_ids"]
    ]


def works(world: World, practitioner: int, business: int) -> bool:
    """Tell whether a practitioner has weekly hours at a business.

    Args:
        world: the account.
        practitioner: an id.
        business: an id.
    """
    return any(hours.business == business for hours in world.hours.get(practitioner, ()))


def service(one: Service, url: str) -> Shown:
    """Show a service, which has no id.

    Args:
        one: the service.
        url: the base of every link.
    """
    return {
        "appointment_type": link(f"{url}/appointment_types/{one.appointment_type}"),
        "business": link(f"{url}/businesses/{one.business}"),
        "practitioners": [link(f"{url}/practitioners/{id_}") for id_ in one.practitioners],
    }
