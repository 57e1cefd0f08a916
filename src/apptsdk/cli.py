"""The command `apptsdk`: a demo, and a sandbox to work against. Needs the extras `[cli,sandbox]`."""

import os
import shlex
import signal
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from time import sleep
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Final, NoReturn

from apptsdk import __version__
from apptsdk.urls import is_loopback

if TYPE_CHECKING:
    from typer import Typer

    from apptsdk.sandbox import Sandbox

_EXTRAS: Final = ("typer", "rich", "starlette", "uvicorn")
_NEAREST: Final = {"//0.0.0.0:": "//127.0.0.1:", "//[::]:": "//[::1]:"}
"""What a client on this machine says for a server that listens everywhere."""
_WINDOWS: Final = os.name == "nt"
_A_WHILE: Final = 3600.0


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command.

    Args:
        arguments: The command line's words; by default those of this process.

    Raises:
        SystemExit: Always: with 0, or with something else where it failed.
    """
    missing = [name for name in _EXTRAS if find_spec(name) is None]
    if missing:
        raise SystemExit(f'The command needs {", ".join(missing)}: pip install "apptsdk[cli,sandbox]"')
    commands()(args=None if arguments is None else [*arguments], prog_name="apptsdk")


def commands() -> "Typer":
    """Make the commands.

    Returns:
        Typer's application.
    """
    import typer  # noqa: PLC0415 - an extra, so this module can be imported without it

    app = typer.Typer(add_completion=False, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)

    def show_version(wanted: bool) -> None:
        if wanted:
            print(f"apptsdk {__version__}")
            raise typer.Exit

    @app.callback()
    def _options(
        *,
        version: Annotated[
            bool, typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and exit.")
        ] = False,
    ) -> None:
        """Find, book, move and cancel appointments: the SDK's demo and its sandbox."""

    @app.command()
    def demo() -> None:
        """Book, move and cancel at four vendors, in the sandbox."""
        _demo()

    @app.command()
    def sandbox(
        *,
        port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen; 0 for any free port.")] = 0,
        host: Annotated[str, typer.Option(help="On which address to listen.")] = "127.0.0.1",
        rate_limit: Annotated[
            str,
            typer.Option(
                metavar="N|none",
                help="Requests a minute before Cliniko answers 429; none takes off NexHealth's limits too.",
            ),
        ] = "200",
        appointments: Annotated[int, typer.Option(min=0, help="How many appointments each vendor has at first.")] = 12,
    ) -> None:
        """Serve a made-up clinic (Cliniko), dental practice (NexHealth), public office (Cubu) and hospital (IMIassist).

        Until Ctrl-C. It prints the environment variables that lead clients to it.
        """
        if rate_limit == "none":
            limit = None
        elif rate_limit.isascii() and rate_limit.isdigit() and int(rate_limit):
            limit = int(rate_limit)
        else:
            raise typer.BadParameter("give a number above 0, or none.", param_hint="'--rate-limit'")
        _serve(host, port, limit, appointments)

    return app


def _demo() -> None:
    from apptsdk.demo import DemoError, play  # noqa: PLC0415 - it needs the extras
    from apptsdk.errors import ApptError  # noqa: PLC0415 - so that --version is quick

    try:
        play()
    except (ApptError, DemoError) as error:
        raise SystemExit(f"The demo failed: {error}") from None
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _serve(host: str, port: int, rate_limit: int | None, appointments: int) -> None:
    from apptsdk.sandbox import Sandbox  # noqa: PLC0415 - it needs the extras

    # SIGINT too: a shell starts background jobs with it ignored.
    before = [(number, signal.signal(number, _interrupt)) for number in (signal.SIGINT, signal.SIGTERM)]
    sandbox = Sandbox(host=host, port=port, rate_limit=rate_limit, appointments=appointments)
    try:
        _start(sandbox, host, port)
        announce(sandbox, host)
        while True:
            sleep(_A_WHILE)
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
    finally:
        sandbox.close()
        for number, handler in before:
            signal.signal(number, handler)


def _interrupt(number: int, frame: FrameType | None) -> NoReturn:
    del number, frame
    raise KeyboardInterrupt


def _start(sandbox: "Sandbox", host: str, port: int) -> None:
    try:
        sandbox.start()
    except OSError as error:
        raise SystemExit(f"Cannot listen on {host}, port {port}: {error.strerror or error}.") from None


def announce(sandbox: "Sandbox", host: str) -> None:
    """Print the variables to standard output, for a shell, and all else to standard error, for people.

    Args:
        sandbox: What is served.
        host: Where it was told to listen.
    """
    print(f"The sandbox answers at {sandbox.url} until Ctrl-C. These lead clients to it:\n", file=sys.stderr)
    lines = "\n".join(_assignment(name, value) for name, value in sandbox.environment().items())
    for everywhere, here in _NEAREST.items():
        lines = lines.replace(everywhere, here)
    print(lines, flush=True)
    print(
        "\nThen, in Python: Cliniko.from_env(), Cubu.from_env(), IMIassist.from_env(), NexHealth.from_env(). Cubu\n"
        "lists nowhere what its ids mean: a file of them for this sandbox is in docs/cubu.md, and CUBU_CATALOGUE is\n"
        "its path.",
        file=sys.stderr,
    )
    if not is_loopback(host):
        print(
            "\nWhoever reaches this machine can use it; nothing in it is protected. The SDK speaks plain http to its "
            "own\nmachine only: from another one, use a tunnel (ssh -L).",
            file=sys.stderr,
        )


def _assignment(name: str, value: str) -> str:
    if _WINDOWS:
        return "$env:{} = '{}'".format(name, value.replace("'", "''"))
    return f"export {name}={shlex.quote(value)}"


if __name__ == "__main__":
    main()
