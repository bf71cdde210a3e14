"""The pages as ``colonnade serve`` serves them: a process of its own, over a given database, in a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from django.conf import settings

from colonnade.config.database import DatabaseUrls

PATIENCE: Final = 60.0


class NotServed(RuntimeError):
    """The server ended, or never answered."""


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers on ``port`` of this machine; ``pid`` is that of its first process."""

    pid: int
    port: int
    log: Path

    def said(self, lines: int = 15) -> str:
        """The last lines that it wrote."""
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


@contextmanager
def served(urls: DatabaseUrls) -> Iterator[Server]:
    """Serve the database at ``urls`` from a new state folder; nothing of it is left afterwards.

    Raises :class:`NotServed` with what the server wrote.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory(prefix="colonnade-bench-") as state:
        environment = {
            **os.environ,
            "COLONNADE_STATE": state,
            "COLONNADE_SECRET_KEY": settings.SECRET_KEY,  # sessions made here are good there
            "DATABASE_URL": urls.app,
            "DATABASE_OWNER_URL": urls.owner,
        }
        log = Path(state) / "serve.log"
        with log.open("w") as stream:
            process = subprocess.Popen(
                [sys.executable, "-m", "colonnade.config.cli", "serve", "--port", str(port)],
                cwd=settings.ROOT,
                env=environment,
                stdout=stream,
                stderr=subprocess.STDOUT,
                process_group=0,
            )
        server = Server(process.pid, port, log)
        try:
            _wait_for(server, process)
            yield server
        finally:
            _end(process)


def _wait_for(server: Server, process: "subprocess.Popen[bytes]") -> None:
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE and process.poll() is None:
        try:
            with urlopen(f"http://127.0.0.1:{server.port}/people/sign-in/", timeout=PATIENCE):
                return
        except HTTPError as answer:
            raise NotServed(f"the server answers {answer.code}: {server.said()}") from answer
        except URLError:
            time.sleep(0.1)
    raise NotServed(f"the pages are not served: {server.said()}")


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(timeout=15)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)  # the group that was made for it, and nothing else
        process.wait()
