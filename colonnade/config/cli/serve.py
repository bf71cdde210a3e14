"""``colonnade serve``: the pages, on this machine."""

import argparse
import socket
from typing import Any

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger

from colonnade.audit.sealing import watch_in_background
from colonnade.config.cli.audit import publisher
from colonnade.config.cli.grammar import command
from colonnade.config.database import connect_settings
from colonnade.config.deployment import refuse_unsafe_start
from colonnade.config.logs import ACCESS_LINE, DiscreetFormatter
from colonnade.web.people.post import watch_outbox_in_background

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
    """Serve until stopped. :raises UnsafeSettings: in production, where a setting is unsafe."""
    connect_settings()
    refuse_unsafe_start()
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


class DiscreetLogger(Logger):
    """Gunicorn's logger: what it says of a request that failed is formatted like everything else."""

    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        for handler in self.error_log.handlers:
            handler.setFormatter(DiscreetFormatter())


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


def _watch(_worker: object) -> None:
    """Threads of every worker look whether events wait to be sealed, and whether mails are due; one of them acts."""
    watch_in_background(publish=publisher())
    watch_outbox_in_background()


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
            "logger_class": DiscreetLogger,
            "accesslog": "-",
            "access_log_format": ACCESS_LINE,
            "proc_name": "colonnade",
            "post_worker_init": _watch,
        }
    ).run()
