"""A plain client for the emulated IMIassist and its flow; not in conftest.py: there may be several."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Self

import httpx

from apptsdk.sandbox import Sandbox
from apptsdk.sandbox.imiassist import IMIassist
from apptsdk.sandbox.imiassist.seed import NORTHSIDE

if TYPE_CHECKING:
    from apptsdk.sandbox.imiassist.records import Company

NOW = datetime(2026, 3, 2, 7, 30, 1, tzinfo=UTC)
START = "2026-03-03T09:00:00.000Z"
PHONE = "+447700900123"
GUEST = {"customer_id": "NHSID_77", "customer_phone": PHONE, "customer_first_name": "Zoe", "customer_last_name": "Ash"}
NOBODY = "65e2f0c4a1b2c3d4e5f60718"


class Ward:
    """The emulated companies as a plain client sees them."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.imiassist = sandbox.emulator(IMIassist)
        self.world = self.imiassist.world
        self.http = httpx.Client(timeout=5, trust_env=False, verify=False)
        self.base = sandbox.environment()["IMIASSIST_BASE_URL"]
        self.company: Company
        self.enter(NORTHSIDE)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.http.close()

    def enter(self, subdomain: str) -> None:
        """Speak as a company from now on, with the token that it has."""
        self.company = self.world.companies[subdomain]
        token = self.imiassist.token(subdomain)
        self.headers = {"X-Api-Key": self.company.api_key, "Authorization": f"Token {token}"}

    def ask(self, method: str, path: str, json: Any = None, **headers: str) -> httpx.Response:
        """Ask the API for anything; headers replace the credentials."""
        url = f"{self.base}/api/v1{path}"
        return self.http.request(method, url, json=json, headers=headers or self.headers)

    def done(self, method: str, path: str, json: Any = None, *, status: int = 200, **headers: str) -> Any:
        """Ask for something that must succeed."""
        answer = self.ask(method, path, json, **headers)
        assert answer.status_code == status, answer.text
        return answer.json() if answer.content else None

    def refused(
        self,
        method: str,
        path: str,
        json: Any = None,
        *,
        status: int = 400,
        code: str = "invalid_request",
        **headers: str,
    ) -> dict[str, str]:
        """Ask for something that must be refused and change nothing, and give what is wrong, by member."""
        before = len(self.sandbox.ledger)
        answer = self.ask(method, path, json, **headers)
        error = answer.json()["error"]
        assert (answer.status_code, error["code"]) == (status, code)
        assert error["message"]
        assert len(self.sandbox.ledger) == before
        return {one["field"]: one["message"] for one in error["details"]}

    def schedule(self, **more: Any) -> dict[str, Any]:
        """Schedule; None leaves a member out."""
        return self.done("POST", "/appointments", matter(**more), status=201)

    def denied(self, status: int = 400, code: str = "invalid_request", **more: Any) -> dict[str, str]:
        """Ask for an appointment that must be refused."""
        return self.refused("POST", "/appointments", matter(**more), status=status, code=code)

    def login(self) -> dict[str, str]:
        """Get REFRESH and ACCESS for the company's integration user."""
        said = {"email": self.company.user_email, "password": self.company.user_password}
        return self.done("POST", "/auth/login", said)

    def bearer(self) -> dict[str, str]:
        """Give the header with ACCESS."""
        return {"authorization": f"Bearer {self.login()['access']}"}

    @property
    def credentials(self) -> dict[str, str]:
        """What the flow takes in its body."""
        key, token = self.company.api_key, self.imiassist.token(self.company.subdomain)
        return {"company": self.company.subdomain, "companyDomain": self.company.domain, "key": key, "secret": token}

    def flow(self, node: str, *, path: str = "/flows/northside/bookings", **said: Any) -> httpx.Response:
        """Start the flow."""
        return self.http.post(f"{self.base}{path}", json={"node": node, **said})

    def outputs(self, node: str, **said: Any) -> dict[str, Any]:
        """Start the flow with what it must take, and give its outputs."""
        answer = self.flow(node, **said)
        assert answer.status_code == 200, answer.text
        return answer.json()


def matter(**more: Any) -> dict[str, Any]:
    """Write the body of an appointment; None leaves a member out."""
    return {name: value for name, value in {**GUEST, "start_time": START, **more}.items() if value is not None}
