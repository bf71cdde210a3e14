"""``python3 scripts/environment.py runtime|dev COMMAND...``: make ``.venv`` right, then become the command.

Needs Python 3.11 and its standard library only. Does nothing when nothing changed: a stamp in ``.venv`` holds a
fingerprint of the pinned requirements, of the project's metadata and of the interpreter. A checkout that was moved
or copied, an interpreter that is gone, an installation that was cut short: all are mended by the next call.
"""

import ctypes
import fcntl
import hashlib
import json
import os
import signal
import subprocess
import sys
import tomllib
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "colonnade-stamp.json"
STATE = ROOT / ".colonnade"
PINS = {"runtime": ["runtime.txt"], "dev": ["runtime.txt", "dev.txt"]}
#: Settings of the caller's that would lead pip or Python out of the environment.
MISLEADING = (
    "PYTHONPATH",
    "PYTHONHOME",
    "VIRTUAL_ENV",
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
    "PIP_REQUIRE_VIRTUALENV",
)
_PR_SET_PDEATHSIG = 1


def main(arguments: list[str]) -> int:
    """Prepare, then run the command in this process's place."""
    if len(arguments) < 2 or arguments[0] not in PINS:
        print(__doc__, file=sys.stderr)
        return 2
    os.chdir(ROOT)
    for name in MISLEADING:
        os.environ.pop(name, None)
    try:
        prepare(PINS[arguments[0]])
    except PermissionError as error:
        print(
            f"{error.filename} belongs to another account. Run as the account that made it, or give it over: "
            f"sudo chown -R {os.getuid()} .venv .colonnade",
            file=sys.stderr,
        )
        return 2
    except subprocess.CalledProcessError as error:
        print(f"Could not prepare .venv: {' '.join(map(str, error.cmd))} failed.", file=sys.stderr)
        return 2
    end_with_parent()
    os.environ["PATH"] = f"{VENV / 'bin'}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return os.execv(arguments[1], arguments[1:])  # noqa: S606  # so that signals to make's child reach it


def prepare(pins: list[str]) -> None:
    """Bring ``.venv`` up to date with the pinned requirements; one process of a checkout at a time."""
    STATE.mkdir(mode=0o711, exist_ok=True)
    with (STATE / "environment.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        stamp = read_stamp()
        if not runs(PYTHON) or stamp.get("interpreter", interpreter(PYTHON)) != interpreter(PYTHON):
            say("Making .venv")
            venv.create(VENV, clear=True, symlinks=True, with_pip=True)
            stamp = {}
        if stamp.get("root", str(ROOT)) != str(ROOT):
            say("This checkout has moved: mending .venv")
            move_scripts(stamp["root"])
            stamp.pop("project", None)
        stamp |= {"root": str(ROOT), "interpreter": interpreter(PYTHON)}
        for name in pins:
            install_pins(name, stamp)
        install_project(stamp)


def read_stamp() -> dict[str, str]:
    """What was installed when; empty when ``.venv`` is not whole."""
    try:
        stamp: dict[str, str] = json.loads(STAMP.read_text())
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return {}
    return stamp


def write_stamp(stamp: dict[str, str]) -> None:
    """Note what is installed, in one step."""
    draft = STAMP.with_suffix(".draft")
    draft.write_text(json.dumps(stamp, indent=1))
    draft.replace(STAMP)


def runs(python: Path) -> bool:
    """Whether the environment's interpreter starts, is recent enough and has pip."""
    probe = "import sys, pip; sys.exit(sys.version_info < (3, 11))"
    try:
        return subprocess.run([python, "-c", probe], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def interpreter(python: Path) -> str:
    """The interpreter behind the environment: its real path and version."""
    return f"{python.resolve()} {subprocess.check_output([python, '-V'], text=True).strip()}"


def install_pins(name: str, stamp: dict[str, str]) -> None:
    """Install a file of pinned requirements unless it is installed already. Only wheels: nothing is compiled."""
    pins = ROOT / "requirements" / name
    fingerprint = hashlib.sha256(pins.read_bytes()).hexdigest()
    if stamp.get(name) == fingerprint:
        return
    say(f"Installing requirements/{name} (the first time takes a minute)")
    pip("install", "--require-hashes", "--only-binary", ":all:", "--requirement", str(pins))
    stamp[name] = fingerprint
    write_stamp(stamp)


def install_project(stamp: dict[str, str]) -> None:
    """Install the checkout itself, editable, with the pinned setuptools and no network."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    parts = [project["project"], project["build-system"], project["tool"]["setuptools"]]
    fingerprint = hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()
    if stamp.get("project") == fingerprint:
        return
    pip("install", "--no-index", "--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    stamp["project"] = fingerprint
    write_stamp(stamp)


def pip(*arguments: str) -> None:
    """Run the environment's pip."""
    quiet = ("--quiet", "--no-input", "--disable-pip-version-check", "--no-warn-script-location")
    subprocess.run([PYTHON, "-m", "pip", arguments[0], *quiet, *arguments[1:]], check=True)


def move_scripts(old_root: str) -> None:
    """Write the commands in ``.venv/bin`` for where the environment lies now: each names its interpreter's path.

    ``python -m venv`` of the same interpreter writes the activation scripts anew; the commands of packages are ours
    to mend.
    """
    base = subprocess.check_output([PYTHON, "-c", "import sys; print(sys._base_executable)"], text=True).strip()
    subprocess.run([base, "-m", "venv", "--without-pip", VENV], check=True)
    header = f"#!{PYTHON}\n"
    if len(header) > 127 or " " in header:  # too much for the kernel's reading of it
        header = f"#!/bin/sh\n'''exec' \"{PYTHON}\" \"$0\" \"$@\"\n' '''\n"
    old = f"{old_root}/.venv/bin/python".encode()
    for script in PYTHON.parent.iterdir():
        if script.is_symlink() or not script.is_file():
            continue
        text = script.read_bytes()
        if not text.startswith(b"#!") or old not in text[:1000].split(b"\nimport", 1)[0]:
            continue
        lines = text.split(b"\n", 3)
        body = b"\n".join(lines[3:] if lines[0] == b"#!/bin/sh" else lines[1:])
        script.write_bytes(header.encode() + body)


def end_with_parent() -> None:
    """Ask the kernel to end the command when make is killed outright, so that it leaves nothing running (Linux)."""
    parent = os.getppid()
    if sys.platform == "linux" and parent != 1:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(signal.SIGTERM), 0, 0, 0)


def say(line: str) -> None:
    """Progress, apart from what the command prints."""
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
