"""``colonnade serve``: the pages, on this machine."""

import argparse
import socket
from typing import Any

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

from colonnade.config.cli.grammar import command
from colonnade.config.database import connect_settings

HOST = "127.0.0.1"
FIRST_PORT = 8000
PORTS_TRIED = 50


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command."""
    parser = command(commands, "serve", "serve the pages on this machine", run)
    add_port(parser)


def add_port(parser: argparse.ArgumentParser) -> None:
    """``--port``: which port to listen on."""
    parser.add_argument("--port", type=int, help=f"the port (default: the first free one from {FIRST_PORT})")


def run(arguments: argparse.Namespace) -> int:
    """Serve until stopped."""
    port = arguments.port or free_port()
    print(f"Serving on http://{HOST}:{port}/  (Ctrl-C stops it)", flush=True)
    serve(port)
    return 0


def free_port() -> int:
    """The first port from :data:`FIRST_PORT` on that nobody listens on: several checkouts can serve side by side."""
    for port in range(FIRST_PORT, FIRST_PORT + PORTS_TRIED):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((HOST, port))
            except OSError:
                continue
            return port
    raise FileExistsError(f"no free port between {FIRST_PORT} and {FIRST_PORT + PORTS_TRIED - 1}; name one with --port")


class _Server(BaseApplication):
    """Gunicorn run from here, so that the database's lease is held by this process and its workers."""

    def __init__(self, options: dict[str, Any]) -> None:
        self.options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.options.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        return get_wsgi_application()


def serve(port: int) -> None:
    """Serve on ``port`` until SIGINT or SIGTERM; workers end with the server, however it ends."""
    connect_settings()
    call_command("collectstatic", interactive=False, verbosity=0)
    _Server(
        {
            "bind": f"{HOST}:{port}",
            "workers": 2,
            "threads": 4,
            "worker_class": "gthread",
            "timeout": 60,
            "graceful_timeout": 5,
            "loglevel": "warning",
            "proc_name": "colonnade",
        }
    ).run()
