"""Who writes. Every action names its actor, and the audit log keeps the name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Actor:
    """A person (``person_id``) or a part of the system (``None``), and how the log calls them."""

    label: str
    person_id: int | None = None
    request_id: str = ""


#: The command line acting for whoever runs it.
COMMAND_LINE = Actor("command line")
