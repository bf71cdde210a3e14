"""Titles, descriptions and recommendations, put together from a topic's phrases. English only, and invented."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from colonnade.packs.illustrative.vocabulary import Topic

#: Patterns by scope. ``{place}`` is a State or a region; where no scope was reported, no words tell of one.
TITLES = {
    "national": (
        "Strengthening {subject} in {place}",
        "Support to {place} for {subject}",
        "{Subject} in {place}",
        "Building the capacity of {audience} in {place} to {ability}",
        "Enabling {audience} in {place} to {ability}",
        "Advancing {subject} in {place}",
        "Training {audience} in {place} to {ability}",
    ),
    "regional": (
        "{Subject} in the {place}",
        "Regional programme on {subject} in the {place}",
        "Strengthening {subject} among States of the {place}",
        "Enabling {audience} across the {place} to {ability}",
        "{place}: joint action on {subject}",
    ),
    "global": (
        "Global programme on {subject}",
        "{Subject}: a global initiative",
        "Global support for {subject}",
        "Helping {audience} to {ability}",
        "{Subject}: good practices",
        "{Subject}: standards, tools and training",
    ),
    "": (
        "Support programme on {subject}",
        "Advice and training on {subject}",
        "Helping {audience} to {ability}",
        "Training {audience} to {ability}",
        "Advancing {subject}",
        "{Subject}: standards, tools and training",
    ),
}
TAILS = (
    "",
    "",
    "",
    ", phase II",
    ", phase III",
    ": follow-up",
    ": a pilot",
    ": national ownership",
    ": from plan to practice",
)
OPENINGS = (
    "The project helps {audience}{whose} to {ability}.",
    "Through the project, {audience}{whose} learn to {ability}.",
    "The project works on {subject}{where}, together with {audience}.",
)
ASKED_FOR = ("At the request of the authorities, the project strengthens {subject}{where}.",)
MIDDLES = (
    "It offers {first}, {second} and {third}.",
    "It begins with {first}; {second} and {third} follow.",
    "Planned activities are {first}, {second} and {third}.",
    "It combines {first} and {second}.",
)
ENDINGS = (
    "It is to leave behind {legacy}.",
    "When it ends, there should be {legacy}.",
    "Its benefits are to be sustained by {legacy}.",
    "An evaluation will ask whether it has led to {legacy}.",
)
#: The same once a project is completed: nothing is still planned then.
COMPLETED_OPENINGS = (
    "The project helped {audience}{whose} to {ability}.",
    "Through the project, {audience}{whose} learned to {ability}.",
    "The project worked on {subject}{where}, together with {audience}.",
)
COMPLETED_ASKED_FOR = ("At the request of the authorities, the project strengthened {subject}{where}.",)
COMPLETED_MIDDLES = (
    "It offered {first}, {second} and {third}.",
    "It began with {first}; {second} and {third} followed.",
    "Its activities were {first}, {second} and {third}.",
    "It combined {first} and {second}.",
)
COMPLETED_ENDINGS = (
    "It left behind {legacy}.",
    "Its benefits are sustained by {legacy}.",
    "What remains of it: {legacy}.",
    "An evaluation asked whether it had led to {legacy}.",
)
FINDINGS = (
    "The assessment found that {gap}. It recommends that {state} {need}.",
    "The assessment found that {gap}. {state} is asked to {need}.",
    "One finding of the assessment was that {gap}. {state} should {need}.",
)
WHERE = {"national": " in {place}", "regional": " in the {place}", "global": " worldwide", "": ""}
WHOSE = {"national": " in {place}", "regional": " across the {place}", "global": " in all regions", "": ""}


def capital(text: str) -> str:
    """The text with a capital first letter; the rest as it is."""
    return text[:1].upper() + text[1:]


@dataclass(slots=True)
class Writer:
    """Writes titles that never repeat, and the texts that go with them."""

    rng: random.Random
    used: set[str] = field(default_factory=set)

    def project(self, topic: Topic, scope: str, place: str, status: str) -> tuple[str, str]:
        """The title and description of a project, about the same things; no two titles are the same."""
        patterns = TITLES[scope]
        for attempt in range(400):
            words = self._words(topic, place)
            tail = "" if attempt < 8 else self.rng.choice(TAILS)
            title = self.rng.choice(patterns).format(**words) + tail
            if title not in self.used:
                self.used.add(title)
                return title, self._description(topic, scope, status == "completed", words)
        raise ValueError(f"the phrases of topic {topic.key} are exhausted")

    def _description(self, topic: Topic, scope: str, completed: bool, words: dict[str, str]) -> str:
        """Three sentences: whom it helps, what it does, what stays; of a completed project, in the past."""
        place = words["place"]
        placed = {**words, "where": WHERE[scope].format(place=place), "whose": WHOSE[scope].format(place=place)}
        activities = self._some(topic.activities, 3)
        openings = list(COMPLETED_OPENINGS if completed else OPENINGS)
        if place:
            openings += COMPLETED_ASKED_FOR if completed else ASKED_FOR
        middles = COMPLETED_MIDDLES if completed else MIDDLES
        endings = COMPLETED_ENDINGS if completed else ENDINGS
        opening = self.rng.choice(openings).format(**placed)
        middle = self.rng.choice(middles).format(first=activities[0], second=activities[1], third=activities[2])
        ending = self.rng.choice(endings).format(legacy=self.rng.choice(topic.legacies))
        return f"{opening} {middle} {ending}"

    def recommendation(self, topic: Topic, state: str, seen: set[str]) -> tuple[str, str]:
        """The title and text of a need that ``state`` was not told before."""
        fresh = [need for need in topic.needs if need not in seen]
        need = self.rng.choice(fresh or list(topic.needs))
        seen.add(need)
        gap = self.rng.choice(_closest(need, topic.gaps))
        text = self.rng.choice(FINDINGS).format(gap=gap, state=state, need=need)
        return f"{state}: {need}", text

    def _words(self, topic: Topic, place: str) -> dict[str, str]:
        subject, audience = self.rng.choice(topic.subjects), self.rng.choice(topic.audiences)
        return {
            "subject": subject,
            "Subject": capital(subject),
            "audience": audience,
            "Audience": capital(audience),
            "ability": self.rng.choice(topic.abilities),
            "place": place,
        }

    def _some(self, phrases: Sequence[str], number: int) -> list[str]:
        chosen = list(phrases)
        self.rng.shuffle(chosen)
        return (chosen * number)[:number]


def _closest(need: str, gaps: Sequence[str]) -> list[str]:
    """Those of ``gaps`` that share most words with ``need``: what is asked for should answer what was found."""
    shared = {gap: len(_stems(gap) & _stems(need)) for gap in gaps}
    most = max(shared.values())
    return [gap for gap in gaps if shared[gap] == most]


def _stems(text: str) -> set[str]:
    """The beginnings of the longer words, so that ``trained`` meets ``training``."""
    return {word[:5].lower() for word in text.split() if len(word) > 4}
