"""Small files of activities, written by hand for the tests, and where the published ones lie."""

import subprocess
import sys
from pathlib import Path

from colonnade.exchange.iati.activity import Activity
from colonnade.exchange.iati.reading import Reading, read_file

ROOT = Path(__file__).resolve().parents[4]
SHARED = ROOT.parent / "shared" / "data" / "iati"
PACK = ROOT / "strategies" / "ungcts"

_MEASURE = """
import resource, sys
from pathlib import Path
from colonnade.exchange.iati.reading import read_activities
from colonnade.exchange.iati.values import Notes
for activity in read_activities(Path(sys.argv[1]), Notes("")):
    pass
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024)
"""

TITLE = '<title><narrative xml:lang="en">Clinics for the north</narrative></title>'
ORGANISATION = '<reporting-org ref="XM-TEST-1" type="40"><narrative>Agency of Tests</narrative></reporting-org>'


def activity_xml(body: str = "", *, identifier: str = "XM-TEST-1-A", attributes: str = 'default-currency="EUR"') -> str:
    """An activity with identifier, publisher, title and ``body``."""
    head = f"<iati-identifier>{identifier}</iati-identifier>{ORGANISATION}"
    title = "" if body.startswith("<title>") else TITLE
    return f"<iati-activity {attributes}>{head}{title}{body}</iati-activity>"


def file_of(folder: Path, *activities: str, name: str = "made.xml", root: str = 'version="2.03"') -> Path:
    """A file with ``activities``, each on a line of its own."""
    path = folder / name
    path.write_text(f"<iati-activities {root}>\n" + "\n".join(activities) + "\n</iati-activities>", encoding="utf-8")
    return path


def reading_of(folder: Path, *activities: str, name: str = "made.xml", root: str = 'version="2.03"') -> Reading:
    """What the reader makes of a file with ``activities``."""
    return read_file(file_of(folder, *activities, name=name, root=root))


def one(folder: Path, body: str = "", **options: str) -> tuple[Activity, list[str]]:
    """The activity that ``body`` makes, and the messages noted about it."""
    reading = reading_of(folder, activity_xml(body, **options))
    (activity,) = reading.activities
    return activity, [problem.message.removeprefix(f"{activity.identifier}: ") for problem in reading.problems]


def peak_memory(path: Path) -> int:
    """The most memory, in bytes, that a process of its own needs to stream the file."""
    ran = subprocess.run([sys.executable, "-c", _MEASURE, path], capture_output=True, text=True, cwd=ROOT, check=True)
    return int(ran.stdout)
