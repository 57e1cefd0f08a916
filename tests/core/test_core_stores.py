"""Token stores: in memory, and in a file that only its owner can read."""

import os
import stat
import threading

import pytest
from core_support import WALL, account, answer, ask, get_visit
from test_core_auth import minted, token

from apptsdk.auth import Bearer
from apptsdk.errors import ConfigurationError
from apptsdk.tokens import FileTokenStore, MemoryTokenStore, Token

TOKEN = Token("canary-token", WALL + 3600, 3600.0)
posix = pytest.mark.skipif(os.name != "posix", reason="modes are POSIX's")


@pytest.fixture(params=[MemoryTokenStore, FileTokenStore])
def store(request, tmp_path):
    return request.param() if request.param is MemoryTokenStore else request.param(tmp_path / "tokens.json")


def test_a_token_is_kept_under_its_key(store):
    assert store.get("a") is None
    store.set("a", TOKEN)
    store.set("b", Token("other"))

    assert store.get("a") == TOKEN
    assert store.get("b") == Token("other")
    assert store.get("c") is None
    assert "canary" not in repr(store)


def test_an_api_key_is_kept_with_its_token(store):
    together = Token("canary-token", WALL + 3600, 3600.0, "canary-key")
    store.set("a", together)
    store.set("b", TOKEN)

    assert store.get("a") == together
    assert store.get("a").secrets == ("canary-token", "canary-key")
    assert store.get("b").key is None
    assert store.get("b").secrets == ("canary-token",)
    assert "canary" not in repr(store.get("a"))


ODD_KEYS = ["null", '""', "5", "[]", '"a b"', '"a\\r\\nEvil: 1"', '"cl\u00e9"']


@pytest.mark.parametrize("key", ODD_KEYS)
def test_what_is_no_key_in_the_file_is_none(tmp_path, key):
    file = tmp_path / "tokens.json"
    file.write_text(f'{{"a": {{"value": "t", "key": {key}}}}}', encoding="utf-8")
    file.chmod(0o600)

    assert FileTokenStore(file).get("a") == Token("t")


@posix
def test_the_file_is_its_owners_alone(tmp_path):
    file = tmp_path / "tokens.json"
    FileTokenStore(file).set("a", TOKEN)

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["tokens.json"]


@posix
@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o620, 0o610])
def test_a_file_that_others_can_open_is_refused(tmp_path, mode):
    file = tmp_path / "tokens.json"
    store = FileTokenStore(file)
    store.set("a", TOKEN)
    file.chmod(mode)

    for use in (lambda: store.get("a"), lambda: store.set("a", TOKEN)):
        with pytest.raises(ConfigurationError, match="chmod 600"):
            use()


DAMAGED = [
    b"",
    b"{",
    b"[]",
    b"null",
    b"\xff\xfe",
    b'{"a": 5}',
    b'{"a": {}}',
    b'{"a": {"value": 5}}',
    b'{"a": {"value": ""}}',
    b'{"a": {"value": "x\\r\\nEvil: 1"}}',
    b"[" * 100_000,
]


@pytest.mark.parametrize("content", DAMAGED)
def test_a_damaged_file_is_an_empty_one(tmp_path, content):
    file = tmp_path / "tokens.json"
    file.write_bytes(content)
    file.chmod(0o600)
    store = FileTokenStore(file)

    assert store.get("a") is None
    store.set("a", TOKEN)
    assert store.get("a") == TOKEN


def test_odd_times_in_the_file_say_nothing(tmp_path):
    file = tmp_path / "tokens.json"
    file.write_text('{"a": {"value": "t", "expires_at": "NaN", "lifetime": []}}')
    file.chmod(0o600)

    assert FileTokenStore(file).get("a") == Token("t")


def test_a_write_that_fails_leaves_the_old_file_and_no_litter(tmp_path):
    file = tmp_path / "tokens.json"
    store = FileTokenStore(file)
    store.set("a", TOKEN)
    with pytest.raises(TypeError):
        store.set("b", Token("t", expires_at=object()))

    assert store.get("a") == TOKEN
    assert [path.name for path in tmp_path.iterdir()] == ["tokens.json"]


def test_threads_do_not_lose_each_others_tokens(tmp_path):
    store = FileTokenStore(tmp_path / "tokens.json")
    threads = [threading.Thread(target=store.set, args=(str(number), Token(f"t{number}"))) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert [store.get(str(number)) for number in range(20)] == [Token(f"t{number}") for number in range(20)]


def test_a_second_client_uses_the_kept_token(tmp_path):
    file = tmp_path / "tokens.json"
    first = ask(get_visit(), [token("t1"), answer()], at=account(Bearer(minted(store=FileTokenStore(file)))))
    second = ask(get_visit(), [answer()], at=account(Bearer(minted(store=FileTokenStore(file)))))

    assert len(first.sent) == 2
    assert [request.headers["Authorization"] for request in second.sent] == ["Bearer t1"]


NO_FILES = {"a missing folder": "no/such/tokens.json", "a folder": ".", "a file in a file": "taken/tokens.json"}


@pytest.mark.parametrize("path", NO_FILES.values(), ids=NO_FILES)
def test_a_path_that_can_be_no_file_is_refused_before_a_token_is_lost(tmp_path, path):
    (tmp_path / "taken").write_text("{}")
    with pytest.raises(ConfigurationError, match="cannot be a file for tokens"):
        FileTokenStore(tmp_path / path)


def test_a_tilde_is_the_users_folder(tmp_path, monkeypatch):
    for name in ("HOME", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
    store = FileTokenStore("~/tokens.json")
    store.set("a", TOKEN)

    assert store.path == tmp_path / "tokens.json"
    assert FileTokenStore(tmp_path / "tokens.json").get("a") == TOKEN


class OutOfOrder(MemoryTokenStore):
    """A store that cannot be asked."""

    def __init__(self, error):
        super().__init__()
        self.error = error

    def get(self, key):
        raise self.error


def test_a_store_that_cannot_be_asked_costs_a_token_and_says_so(caplog):
    store = OutOfOrder(OSError("canary"))
    done = ask(get_visit(), [token("t1"), answer()], at=account(Bearer(minted(store=store))))

    assert [request.headers.get("Authorization") for request in done.sent] == [None, "Bearer t1"]
    assert MemoryTokenStore.get(store, "acme").value == "t1"
    warnings = [record.getMessage() for record in caplog.records if record.levelname == "WARNING"]
    assert warnings == ["the token store raised OSError: a token is minted anew"]
    assert [lock.released for lock in done.locks] == [1]


def test_a_store_that_is_set_up_wrongly_says_so_itself():
    done = ask(get_visit(), [], at=account(Bearer(minted(store=OutOfOrder(ConfigurationError("chmod 600"))))))

    assert type(done.error) is ConfigurationError
    assert str(done.error) == "chmod 600"
    assert [lock.released for lock in done.locks] == [1]


def test_a_store_that_gives_something_else_than_a_token_gives_none():
    class Odd(MemoryTokenStore):
        def get(self, key):
            return "t9"

    done = ask(get_visit(), [token("t1"), answer()], at=account(Bearer(minted(store=Odd()))))
    assert done.sent[-1].headers["Authorization"] == "Bearer t1"
