"""``make audit``: which of the pinned requirements have known weaknesses, as far as the network can tell.

Ends with 0 where none is known, 1 where one is, and 2 where it could not ask: it never says that all is well without
having asked. It is no part of ``make test``, which must say the same tomorrow as today.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PINS = ("runtime.txt", "dev.txt")
FINE, FOUND, COULD_NOT_ASK = 0, 1, 2
#: A pinned file needs no resolving: nothing is installed, and what is asked about is what is written there.
OPTIONS = ("--require-hashes", "--disable-pip", "--format", "json", "--progress-spinner", "off", "--timeout", "15")


def main() -> int:
    """Ask about every pinned file; the worst status counts."""
    return max(audit(ROOT / "requirements" / name) for name in PINS)


def audit(pins: Path) -> int:
    """Ask about one pinned file, and say what came of it."""
    command = [sys.executable, "-m", "pip_audit", "--requirement", str(pins), *OPTIONS]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError, TypeError):
        print(f"{pins.name}: could not ask: {last_line(done.stderr)}", file=sys.stderr)
        return COULD_NOT_ASK
    skipped = [f"{one['name']} ({one['skip_reason']})" for one in packages if "skip_reason" in one]
    weak = [(one, each) for one in packages for each in one.get("vulns", [])]
    for one, each in weak:
        mended = ", ".join(each["fix_versions"]) or "no version yet"
        print(f"{pins.name}: {one['name']} {one['version']}: {each['id']}, mended in {mended}")
    if skipped or not packages:
        print(f"{pins.name}: could not ask about {', '.join(skipped) or 'anything'}", file=sys.stderr)
    print(f"{pins.name}: {len(packages) - len(skipped)} packages asked about, {len(weak)} known weaknesses")
    if weak:
        return FOUND
    return COULD_NOT_ASK if skipped or not packages else FINE


def last_line(text: str) -> str:
    """What a program said last, without the trace before it."""
    lines = [line for line in text.strip().splitlines() if line.strip()]
    return lines[-1][:300] if lines else "pip-audit said nothing"


if __name__ == "__main__":
    sys.exit(main())
