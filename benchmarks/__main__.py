"""``python -m benchmarks [NAME ...]``: run all benchmarks, or those named, each in a process of its own."""

import os
import platform
import subprocess
import sys

ALL = (
    "report_formats",
    "large_portfolio",
    "crosstab",
    "explore",
    "edits",
    "sealing",
    "books",
    "allocation",
    "matching",
    "overlap",
    "pages",
)


def main() -> int:
    """Run them in turn; the exit status tells whether all of them could run."""
    print(f"{platform.machine()}, {os.cpu_count()} processors, Python {platform.python_version()}", flush=True)
    names = sys.argv[1:] or ALL
    return max(subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode for name in names)


if __name__ == "__main__":
    sys.exit(main())
