"""The passwords of the two logins, made at random for each checkout."""

import json
import secrets
from dataclasses import asdict, dataclass
from urllib.parse import quote

from colonnade.config.private_postgres.account import ServerAccount
from colonnade.config.private_postgres.state import PORT, StateFolder

DATABASE = "colonnade"
OWNER = "colonnade_owner"
APP = "colonnade_app"
#: What the application reads as (:func:`colonnade.core.reading.reader_role` of its login). It has no password.
READER = "colonnade_reader"
#: Exists because a cluster must have one. It has no password and may not sign in.
SUPERUSER = "colonnade_superuser"


@dataclass(frozen=True, slots=True)
class Credentials:
    """What the owner's and the application's login sign in with; letters, digits, ``-`` and ``_`` only."""

    owner: str
    app: str


def read_credentials(state: StateFolder) -> Credentials | None:
    """The passwords of this folder, or ``None`` when there are none yet (or no longer)."""
    try:
        return Credentials(**json.loads(state.credentials.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def make_credentials(state: StateFolder, account: ServerAccount) -> Credentials:
    """New passwords, written where only the keeper can read them."""
    made = Credentials(owner=secrets.token_urlsafe(32), app=secrets.token_urlsafe(32))
    state.write_private(state.credentials, json.dumps(asdict(made)), account)
    return made


def url(login: str, password: str, socket_dir: str) -> str:
    """The libpq address of the database for a login, over the Unix socket in ``socket_dir``."""
    return f"postgresql://{login}:{quote(password, safe='')}@/{DATABASE}?host={quote(socket_dir, safe='')}&port={PORT}"
