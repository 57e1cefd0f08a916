"""The sandbox as a server: starting, stopping, headers, silence, the fixture."""

import logging
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime

import httpx
import pytest

import apptsdk.sandbox
from apptsdk.sandbox import Clock, Ledger, Sandbox, server
from apptsdk.sandbox.agenda import Agenda
from apptsdk.sandbox.app import App
from apptsdk.sandbox.cliniko import Cliniko
from apptsdk.sandbox.faults import Faults
from apptsdk.sandbox.http import Answer, Call
from apptsdk.sandbox.state import Requests


@pytest.fixture(autouse=True, scope="module")
def one_tls_context():
    """Make httpx's one-line calls cheap: they load every certificate each time."""
    with pytest.MonkeyPatch.context() as patch:
        context = ssl.create_default_context()
        patch.setattr(ssl, "create_default_context", lambda *_, **__: context)
        yield


def connect(sandbox):
    host, port = sandbox.url.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=5)


def test_it_starts_and_stops_at_once_even_with_hanging_requests(capfd, caplog):
    caplog.set_level(logging.INFO)
    threads = set(threading.enumerate())
    sandbox = Sandbox().start()
    sandbox.fault("hang", times=None, path="/patients")
    sandbox.fault("delay", seconds=60, path="/user")
    peers = [connect(sandbox) for _ in range(6)]
    try:
        for peer, path in zip(peers, ["patients", "patients", "user", "nothing", None, None], strict=True):
            if path:
                peer.sendall(f"GET /cliniko/v1/{path} HTTP/1.1\r\nHost: x\r\nUser-Agent: x\r\n\r\n".encode())
        peers[4].sendall(b"GET /half")
        while len(sandbox.requests) < 4:
            time.sleep(0.002)
        begun = time.monotonic()
        sandbox.close()
        assert time.monotonic() - begun < 30  # not the minute of the delay, nor the hang without an end
        assert peers[0].recv(1) == b""
    finally:
        for peer in peers:
            peer.close()
    assert set(threading.enumerate()) == threads
    assert capfd.readouterr() == ("", "")
    assert [r for r in caplog.records if r.name.startswith(("uvicorn", "asyncio"))] == []


def test_closing_twice_and_starting_twice_do_no_harm():
    sandbox = Sandbox()
    with sandbox as same:
        assert same is sandbox
        url = sandbox.url
        assert sandbox.start().url == url
    sandbox.close()
    sandbox.close()


def test_a_closed_sandbox_refuses_connections_and_can_be_started_again_with_its_world():
    sandbox = Sandbox()
    with sandbox:
        auth = (sandbox.environment()["CLINIKO_API_KEY"], "")
        url = f"{sandbox.url}/cliniko/v1/patients"
        made = httpx.post(url, auth=auth, json={"first_name": "Nia", "last_name": "Adeyemi"}).json()
    with pytest.raises(httpx.ConnectError):
        httpx.get(url)
    with sandbox:
        found = httpx.get(f"{sandbox.url}/cliniko/v1/patients/{made['id']}", auth=auth).json()
    assert (found["id"], found["first_name"]) == (made["id"], "Nia")


def test_it_says_that_it_is_not_running():
    sandbox = Sandbox()
    with pytest.raises(RuntimeError, match=r"start\(\)"):
        _ = sandbox.url
    assert repr(sandbox) == "<Sandbox, not started>"
    with sandbox:
        assert repr(sandbox) == f"<Sandbox {sandbox.url}>"


def test_a_port_that_is_taken_is_an_error_at_once():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        Sandbox(port=taken.getsockname()[1]).start()


def test_a_server_that_cannot_start_says_why(monkeypatch):
    def fail(*_, **__):
        raise RuntimeError("no such protocol")

    monkeypatch.setattr(server.uvicorn, "Config", fail)
    with pytest.raises(RuntimeError, match="no such protocol"):
        Sandbox().start()


def test_it_listens_where_it_is_told():
    with Sandbox(host="::1") as sandbox:
        assert sandbox.url.startswith("http://[::1]:")
        assert httpx.get(f"{sandbox.url}/_sandbox/health").status_code == 200
    with Sandbox(host="0.0.0.0") as sandbox:
        assert sandbox.url.startswith("http://127.0.0.1:")
        assert httpx.get(f"{sandbox.url}/_sandbox/health").status_code == 200
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with Sandbox(port=port) as sandbox:
        assert sandbox.url == f"http://127.0.0.1:{port}"


def test_garbage_on_the_line_is_answered_and_not_logged(sandbox, capfd, caplog):
    with connect(sandbox) as peer:
        peer.sendall(b"\x00\x01 nonsense\r\n\r\n")
        assert peer.recv(100).startswith(b"HTTP/1.1 400")
    assert caplog.records == []
    assert capfd.readouterr() == ("", "")


def test_a_peer_that_goes_away_in_its_body_is_forgotten(clinic):
    with connect(clinic.sandbox) as peer:
        peer.sendall(b"POST /cliniko/v1/patients HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc")
    assert clinic.get("/user")["role"] == "administrator"
    assert [seen.method for seen in clinic.sandbox.requests] == ["GET"]


def test_idle_connections_can_be_closed(clinic):
    with connect(clinic.sandbox) as peer:
        peer.sendall(b"GET /_sandbox/clock HTTP/1.1\r\nHost: x\r\n\r\n")
        got = b""
        while not got.endswith(b"}"):
            got += peer.recv(1 << 16)
        clinic.sandbox.disconnect()
        assert peer.recv(1) == b""


def test_closing_idle_connections_leaves_the_busy_ones(clinic):
    clinic.sandbox.fault("delay", seconds=0.1)
    answers = []
    thread = threading.Thread(target=lambda: answers.append(clinic.ask("GET", "/user").status_code))
    thread.start()
    while not clinic.sandbox.requests:
        time.sleep(0.002)
    clinic.sandbox.disconnect()
    thread.join()
    assert answers == [200]


def test_the_date_is_the_sandboxs(clinic):
    clinic.sandbox.clock.set(datetime(2031, 5, 6, 7, 8, 9, tzinfo=UTC))
    answer = clinic.ask("GET", "/user")
    assert answer.headers.get_list("date") == ["Tue, 06 May 2031 07:08:09 GMT"]
    assert "server" not in answer.headers


def test_requests_are_recorded_whole(clinic):
    clinic.http.post("/patients?a=1&a=%C3%A9&b=", content=b"\xff{", headers=[("X-Two", "1"), ("X-Two", "2")])
    clinic.ask("GET", "/patients/a%2Fb")
    first, second = clinic.sandbox.requests
    assert (first.method, first.path, first.query) == (
        "POST",
        "/cliniko/v1/patients",
        [("a", "1"), ("a", "é"), ("b", "")],
    )
    assert first.body == b"\xff{"
    assert first.headers["x-two"] == "1, 2"
    assert first.provider == "cliniko"
    assert (second.path, second.raw_path) == ("/cliniko/v1/patients/a/b", "/cliniko/v1/patients/a%2Fb")


def test_a_path_of_no_provider_says_where_they_are(sandbox):
    answer = httpx.get(f"{sandbox.url}/clinico/v1/user")
    assert answer.status_code == 404
    assert "/cliniko/v1/" in answer.text
    assert [seen.provider for seen in sandbox.requests] == [""]


def test_a_fault_of_the_sandbox_itself_is_seen(clinic, monkeypatch):
    def fail(_, __: Call):
        raise LookupError("a bug in the emulation")

    monkeypatch.setattr(Cliniko, "answer", fail)
    answer = clinic.ask("GET", "/user")
    assert answer.status_code == 500
    assert "a bug in the emulation" in answer.text


def test_a_vendor_handles_one_call_at_a_time():
    inside, most = [], []

    class Vendor:
        def answer(self, call):
            inside.append(call)
            most.append(len(inside))
            time.sleep(0.005)
            inside.remove(call)
            return Answer(200)

    app = App({}, Agenda(Clock()), Ledger(), Faults(), Requests())
    threads = [threading.Thread(target=app._handle, args=(Vendor(), n)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [1] * 4


def test_the_environment_finds_the_emulation(sandbox):
    environment = sandbox.environment()
    assert environment == {
        "CLINIKO_API_KEY": environment["CLINIKO_API_KEY"],
        "CLINIKO_APP_NAME": "apptsdk sandbox",
        "CLINIKO_CONTACT_EMAIL": "sandbox@example.com",
        "CLINIKO_BASE_URL": f"{sandbox.url}/cliniko/v1",
        "CUBU_TENANT_ID": environment["CUBU_TENANT_ID"],
        "CUBU_CLIENT_ID": environment["CUBU_CLIENT_ID"],
        "CUBU_CLIENT_SECRET": environment["CUBU_CLIENT_SECRET"],
        "CUBU_APPLICATION_ID": environment["CUBU_APPLICATION_ID"],
        "CUBU_TIME_ZONE": "Asia/Jerusalem",
        "CUBU_BASE_URL": f"{sandbox.url}/cubu",
        "CUBU_TOKEN_URL": f"{sandbox.url}/cubu/{environment['CUBU_TENANT_ID']}/oauth2/v2.0/token",
        "IMIASSIST_SUBDOMAIN": "northside",
        "IMIASSIST_DOMAIN": "eclinic.org.uk",
        "IMIASSIST_API_KEY": environment["IMIASSIST_API_KEY"],
        "IMIASSIST_TOKEN": environment["IMIASSIST_TOKEN"],
        "IMIASSIST_BASE_URL": f"{sandbox.url}/imiassist",
        "NEXHEALTH_API_KEY": environment["NEXHEALTH_API_KEY"],
        "NEXHEALTH_SUBDOMAIN": "riverbend-dental",
        "NEXHEALTH_LOCATION_ID": "41",
        "NEXHEALTH_BASE_URL": f"{sandbox.url}/nexhealth",
    }
    assert environment["CLINIKO_API_KEY"].endswith("-au1")


def test_the_settings_say_the_same_as_the_environment(sandbox):
    cliniko = pytest.importorskip("apptsdk.providers.cliniko")
    if not hasattr(cliniko, "ClinikoSettings"):
        pytest.skip("the client is not there yet")
    settings, environment = sandbox.cliniko, sandbox.environment()
    assert isinstance(settings, cliniko.ClinikoSettings)
    assert str(settings.base_url) == environment["CLINIKO_BASE_URL"]
    assert settings.app_name == environment["CLINIKO_APP_NAME"]


def test_an_emulation_can_be_reached_into(sandbox):
    assert isinstance(sandbox.emulator(Cliniko), Cliniko)
    places = ("cliniko.Cliniko", "cubu.Cubu", "imiassist.IMIassist", "nexhealth.NexHealth")
    has = re.escape(f"no int, but {', '.join(f'apptsdk.sandbox.{one}' for one in places)}") + "$"
    with pytest.raises(LookupError, match=has):
        sandbox.emulator(int)


@pytest.mark.parametrize("name", ["Cliniko", "AsyncCliniko", "NexHealth", "AsyncNexHealth"])
def test_a_client_in_an_emulations_place_is_told_which_class_is_meant(sandbox, name):
    place = f"apptsdk.sandbox.{name.removeprefix('Async').lower()}.{name.removeprefix('Async')}"
    with pytest.raises(LookupError, match=f"^this {name} is the client; give the emulation's class, {place}$"):
        sandbox.emulator(getattr(apptsdk, name))


def test_the_fixture_gives_a_running_sandbox(apptsdk_sandbox):
    said = httpx.get(f"{apptsdk_sandbox.url}/_sandbox/health").json()
    assert said == {"status": "ok", "providers": ["cliniko", "cubu", "imiassist", "nexhealth"]}


def test_the_plugin_imports_no_server():
    code = "import sys, apptsdk.sandbox.pytest_plugin; print([m for m in sys.modules if m in {'starlette', 'uvicorn'}])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("missing", ["starlette", "uvicorn", "h11"])
def test_without_the_extra_the_import_says_how_to_get_it(missing):
    code = f"import sys; sys.modules[{missing!r}] = None; from apptsdk.sandbox import Sandbox"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert 'pip install "apptsdk[sandbox]"' in done.stderr.splitlines()[-1]
    assert done.stderr.splitlines()[-1].startswith("ImportError: ")


def test_the_missing_extra_is_told_from_other_missing_modules(monkeypatch):
    def fail(name):
        raise ModuleNotFoundError(name=name)

    monkeypatch.delitem(vars(apptsdk.sandbox), "Sandbox", raising=False)
    monkeypatch.setattr(apptsdk.sandbox, "import_module", lambda _: fail("starlette.requests"))
    with pytest.raises(ImportError, match=r"apptsdk\[sandbox\]"):
        _ = apptsdk.sandbox.Sandbox
    monkeypatch.setattr(apptsdk.sandbox, "import_module", lambda _: fail("attrs"))
    with pytest.raises(ModuleNotFoundError) as raised:
        _ = apptsdk.sandbox.Sandbox
    assert raised.value.name == "attrs"


def test_the_public_names_are_loaded_on_first_use():
    for name in dir(apptsdk.sandbox):
        assert getattr(apptsdk.sandbox, name) is not None
    with pytest.raises(AttributeError, match="Sandpit"):
        _ = apptsdk.sandbox.Sandpit


def test_the_guesses_are_sentences():
    for guesses in apptsdk.sandbox.guesses().values():
        assert len(guesses) > 20
        assert all(text.endswith(".") for text in guesses.values())


def test_an_answer_does_not_wait_for_an_acknowledgement(clinic):
    clinic.get("/user")
    connections = clinic.sandbox._server._state.connections
    sockets = [connection.transport.get_extra_info("socket") for connection in connections]
    # Without it Nagle and a delayed ACK cost every small answer 0.04 s.
    assert [bool(s.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)) for s in sockets] == [True]
