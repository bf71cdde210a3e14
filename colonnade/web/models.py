"""What the pages keep for themselves: where somebody is signed in. Nothing here is a record of the registry.

Not under audit: a row changes while its person reads on, and what they write carries their name in the log anyway.
"""

from typing import ClassVar, Self

from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone

from colonnade.members.models import Person


class Session(AbstractBaseSession):
    """A browser's session. The key stands here as a digest and the contents sealed: a copy of the table opens none.

    ``device`` is what the browser said of itself, shortened; ``seen_at`` is exact to a minute.
    """

    session_key = models.CharField(max_length=64, primary_key=True)
    person = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    started_at = models.DateTimeField(default=timezone.now)
    seen_at = models.DateTimeField(default=timezone.now)
    device = models.CharField(max_length=80, blank=True)

    objects: ClassVar["BaseSessionManager[Self]"] = BaseSessionManager()

    class Meta:
        ordering = ["-seen_at"]

    def __str__(self) -> str:
        return f"{self.person} {self.device}"
