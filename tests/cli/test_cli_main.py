"""The command itself: with and without its extras."""

import subprocess
import sys

import pytest

from apptsdk import __version__, cli

EXTRAS = ["typer", "rich", "starlette", "uvicorn"]


@pytest.mark.parametrize("name", EXTRAS)
def test_a_missing_extra_is_one_clear_line(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setitem(sys.modules, name, None)
    with pytest.raises(SystemExit) as caught:
        cli.main(["--version"])
    assert caught.value.code == f'The command needs {name}: pip install "apptsdk[cli,sandbox]"'


def test_without_the_extras_it_can_be_imported_and_says_so_when_it_is_called() -> None:
    code = (
        f"import sys; sys.modules.update(dict.fromkeys({EXTRAS}))\n"
        "import apptsdk.cli; print('imported', flush=True)\n"
        "apptsdk.cli.main()"
    )
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "imported\n")
    assert done.stderr == ('The command needs typer, rich, starlette, uvicorn: pip install "apptsdk[cli,sandbox]"\n')


def test_its_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        cli.main(["--version"])
    assert caught.value.code == 0
    assert capsys.readouterr().out == f"apptsdk {__version__}\n"


def test_without_a_word_it_lists_its_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main([])
    out, err = capsys.readouterr()
    assert "demo" in out + err
    assert "sandbox" in out + err


def test_an_interrupt_ends_the_demo_without_a_traceback(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("apptsdk.demo.play", interrupted)
    with pytest.raises(SystemExit) as caught:
        cli.main(["demo"])
    assert caught.value.code == 130
    assert capsys.readouterr().err == ""
