"""``make check`` and ``make test``: every check, in order, stopping at the first that fails.

The tests come last and in this process's place, so that the last line printed is the test runner's count.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from chromium import NoChromiumError, find_chromium

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sys.executable
BIN = Path(PYTHON).parent
CHECKS = (
    ("lint", [str(BIN / "ruff"), "check", "--quiet", "."]),
    ("format", [str(BIN / "ruff"), "format", "--check", "--quiet", "."]),
    ("types", [PYTHON, "-m", "mypy"]),
    ("layers", [PYTHON, str(BIN / "lint-imports"), "--no-logo"]),
    ("readers", [PYTHON, str(ROOT / "scripts" / "readers.py")]),
    (
        "migrations",
        # Whether models and migrations agree needs no database; Django warns that it has not found one.
        [PYTHON, "-W", "ignore::RuntimeWarning", "-m", "django", "makemigrations", "--check", "--dry-run"],
    ),
)
#: Only before everything is tested. Its last line says how many probes were made, and what differed.
LEAKCHECK = ("leaks", [PYTHON, "-W", "ignore", "-m", "proof", "leakcheck"])
#: Two processes, a file's tests in one of them; each process has a database of its own.
TESTS = {
    "quick": ["--numprocesses=2", "--dist=loadfile", "colonnade", "-m", "not browser"],
    "all": ["--numprocesses=2", "--dist=loadfile"],
}


def main(arguments: list[str]) -> int:
    """Run the checks, then become the test runner."""
    if len(arguments) != 1 or arguments[0] not in TESTS:
        print(f"checks.py {'|'.join(TESTS)}", file=sys.stderr)
        return 2
    os.chdir(ROOT)
    os.environ["DJANGO_SETTINGS_MODULE"] = "colonnade.config.settings"
    if arguments[0] == "all":
        try:
            os.environ["COLONNADE_CHROMIUM"] = find_chromium()
        except NoChromiumError as error:
            print(error, file=sys.stderr)
            return 1
        print(f"browser: {os.environ['COLONNADE_CHROMIUM']}", flush=True)
    for name, command in (*CHECKS, *([LEAKCHECK] if arguments[0] == "all" else [])):
        started = time.monotonic()
        done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False)
        print(f"{name}: {'ok' if done.returncode == 0 else 'FAILED'} ({time.monotonic() - started:.0f} s)", flush=True)
        if done.returncode != 0:
            print(done.stdout, flush=True)
            return 1
        if name == LEAKCHECK[0]:
            print(done.stdout.splitlines()[-1], flush=True)
    return os.execv(PYTHON, [PYTHON, "-m", "pytest", *TESTS[arguments[0]]])  # noqa: S606  # the last line printed is to be its own


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
