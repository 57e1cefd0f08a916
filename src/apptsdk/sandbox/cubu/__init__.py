"""Cubu, emulated from its pages; `GUESSES` says where they are silent.

Emulated: the token endpoint, registered applications with their roles, calendars, vacancies, appointments, customers,
Queue Up, webhooks. Not: agents and the back office.
"""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from apptsdk.sandbox.cubu import refusals
from apptsdk.sandbox.cubu.ask import Ask
from apptsdk.sandbox.cubu.deliveries import Algorithm, Delivery, Encoding
from apptsdk.sandbox.cubu.guesses import GUESSES
from apptsdk.sandbox.cubu.hooks import Hooks
from apptsdk.sandbox.cubu.knobs import ROLES, Knobs
from apptsdk.sandbox.cubu.routes import find
from apptsdk.sandbox.cubu.seed import LANGUAGES, NATIONAL_ID, fill
from apptsdk.sandbox.cubu.tokens import TENANT, App, Tokens
from apptsdk.sandbox.cubu.world import RESOURCES, World
from apptsdk.sandbox.http import Answer, Call, Refusal
from apptsdk.sandbox.vendors import Setup

if TYPE_CHECKING:
    from apptsdk.providers.cubu.catalogue import Catalogue
    from apptsdk.providers.cubu.settings import CubuSettings

__all__ = ["GUESSES", "ROLES", "Cubu", "Delivery"]

_ZONE: Final = "Asia/Jerusalem"
_TOKEN: Final = "/oauth2/v2.0/token"  # noqa: S105 - a path


class Cubu(Knobs):
    """The emulation of Cubu; its attributes are what a test can turn.

    Args:
        setup: what it shares with the sandbox.
    """

    name = "cubu"
    base = "/cubu"

    def __init__(self, setup: Setup) -> None:
        super().__init__()
        self.world = World(setup.clock, setup.ledger, setup.seed)
        """Its services, customers and cases."""
        fill(self.world, setup.appointments)
        setup.ledger.know(RESOURCES)
        self._tokens = Tokens(setup.seed)
        self._app = self._tokens.register(frozenset(ROLES))
        self._hooks = Hooks(self.world, self, setup.agenda)
        self.world.before_book = self._hooks.before_book
        self.world.after_book = self._hooks.after_book
        self.world.after_queue_up = self._hooks.after_queue_up

    def register(self, roles: Iterable[str] = ()) -> dict[str, str]:
        """Register another application; an organization has at most five, and one is there from the beginning.

        Args:
            roles: what it is allowed: some of `ROLES`.

        Returns:
            What of a client's settings is different for it.

        Raises:
            ValueError: there is no such role, or there are five applications.
        """
        wanted = frozenset(roles)
        if unknown := sorted(wanted - set(ROLES)):
            raise ValueError(f"roles must be of {', '.join(ROLES)}, not {unknown[0]!r}")
        return _credentials(self._tokens.register(wanted))

    def webhook(
        self,
        url: str | None,
        *,
        key: str | None = None,
        encoding: Encoding = "base64",
        algorithm: Algorithm = "sha256",
    ) -> None:
        """Say whom to tell of what happens from now on, instead of whomever it was before.

        Each call is a POST to `[url]/service/actions/afterBookAppointment` or `.../afterQueueUp`.

        Args:
            url: the base of the URLs, such as `http://127.0.0.1:8000/cubu`; None for nobody.
            key: signs the calls; None for no authorization.
            encoding: of the signature: `base64` or `hex`.
            algorithm: of the HMAC: `sha1`, `sha256`, `sha384` or `sha512`.

        Raises:
            ValueError: one of them cannot be.
        """
        self._hooks.webhook(url, key=key, encoding=encoding, algorithm=algorithm)

    @property
    def deliveries(self) -> Sequence[Delivery]:
        """The webhooks, in the order of what they tell."""
        return self._hooks.deliveries

    @property
    def deliver_anywhere(self) -> bool:
        """Whether webhooks may leave this machine; can be changed."""
        return self._hooks.deliver_anywhere

    @deliver_anywhere.setter
    def deliver_anywhere(self, anywhere: bool) -> None:
        self._hooks.deliver_anywhere = anywhere

    def _where(self, url: str) -> dict[str, str]:
        return {"time_zone": _ZONE, "base_url": f"{url}{self.base}", "token_url": f"{url}{self.base}/{TENANT}{_TOKEN}"}

    def settings(self, url: str) -> "CubuSettings":
        """Give a client's settings, with a catalogue of all that is there.

        Args:
            url: the sandbox's address.
        """
        from apptsdk.providers.cubu.settings import CubuSettings  # noqa: PLC0415 - the sandbox works without it

        app, where = self._app, self._where(url)
        return CubuSettings(
            tenant_id=TENANT,
            client_id=app.client_id,
            client_secret=app.secret,
            application_id=app.application_id,
            time_zone=_ZONE,
            catalogue=self._catalogue(),
            base_url=where["base_url"],
            token_url=where["token_url"],
        )

    def _catalogue(self) -> "Catalogue":
        from apptsdk.providers.cubu.catalogue import (  # noqa: PLC0415 - the sandbox works without it
            Catalogue,
            CatalogueFieldType,
            CatalogueService,
            CatalogueServiceType,
            CatalogueTag,
        )
        from apptsdk.providers.cubu.models.shared import Channel  # noqa: PLC0415

        world = self.world
        return Catalogue(
            services=tuple(
                CatalogueService(id=one.id, name=one.name, time_zone=one.zone.key) for one in world.services.values()
            ),
            service_types=tuple(
                CatalogueServiceType(
                    id=one.id,
                    name=one.name,
                    duration=timedelta(minutes=one.duration),
                    channels=tuple(map(Channel, one.channels)),
                )
                for one in world.service_types.values()
            ),
            field_types=tuple(
                CatalogueFieldType(id=one.id, name=one.name, slug=one.slug) for one in world.field_types.values()
            ),
            tags=tuple(CatalogueTag(id=one.id, name=one.name) for one in world.tags.values()),
            languages=LANGUAGES,
            customer_key=NATIONAL_ID,
        )

    def environment(self, url: str) -> dict[str, str]:
        """Give a client's environment variables; a catalogue is not among them.

        Args:
            url: the sandbox's address.
        """
        where = {**_credentials(self._app), **self._where(url)}
        return {f"CUBU_{name.upper()}": value for name, value in where.items()}

    def stamp(self) -> tuple[tuple[str, str], ...]:
        """Give the headers of every answer: none are known."""
        return ()

    def answer(self, call: Call) -> Answer:
        """Handle a call.

        Args:
            call: the call.
        """
        try:
            return self._answer(call)
        except Refusal as refusal:
            return refusal.answer

    def _answer(self, call: Call) -> Answer:
        _, first, *_ = call.path.split("/")
        rest, now = call.path.removeprefix(f"/{first}"), self.world.now()
        if (call.method, rest) == ("POST", _TOKEN):
            return self._tokens.grant(first, call, now, self.token_life, self.scope)
        route, params = find(self, call.method, rest)
        app = self._tokens.of(call.headers.get("authorization", ""), now)
        if app is None:
            raise refusals.unauthorized()
        if first.lower() != app.application_id:
            raise refusals.forbidden("The token is another application's.")
        if route.role not in app.roles:
            raise refusals.forbidden(f"The application has not the role {route.role}.")
        return route.handler(Ask(world=self.world, knobs=self, call=call, params=params))


def _credentials(app: App) -> dict[str, str]:
    return {
        "tenant_id": TENANT,
        "client_id": app.client_id,
        "client_secret": app.secret,
        "application_id": app.application_id,
    }
