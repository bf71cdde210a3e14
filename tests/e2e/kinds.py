"""The kinds of pages: the names in the table of addresses, each with an example found by following links.

An example is found as a reader finds it: from the first page, link by link. So a kind of page that no page links to
shows as missing, and so does a link that leads nowhere. Nothing here knows a record of the demonstration.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from django.urls import Resolver404, URLPattern, URLResolver, get_resolver, resolve
from lxml import html
from playwright.sync_api import APIRequestContext

from colonnade.web.records.cards import FINDERS
from colonnade.web.shared.record_addresses import OWN_PAGES

#: Names of addresses that are sent to, not read: their answer is another page.
SENT_TO: Final = {
    *("sign-out", "step-in", "set_language", "save-view", "rename-view", "end-view"),
    *("invite-again", "grant-role", "end-role", "withdraw-person", "let-in-person", "forget-factors"),
    *("end-sessions-of", "send-mail-again", "end-extra-access"),
    *("approve-release", "refuse-release", "withdraw-release", "openid_connect_login", "remove-factor", "end-session"),
    *("approve-opening", "refuse-opening", "take-back-opening", "withdraw-consent"),
    *("stop-looking", "withdraw-succession"),
    *("claim-suggestion", "dismiss-suggestion", "take-back-dismissal"),
    *("approve-allocation", "refuse-allocation", "take-back-allocation"),
    *("amend-proposal", "end-plan"),
    *("open-call", "close-call", "draw-reviewers", "confirm-condition", "accept-report", "withdraw-result"),
}
_A_CALL: Final = "there once a meeting was planned: test_the_board.py looks at it"
_A_PROPOSAL: Final = "there once a proposal came so far: test_the_board.py looks at it"
_A_SAMPLE: Final = "there once a sample was drawn: test_markers.py looks at it"
_OF_A_DONOR: Final = "there once a donor said something: test_the_appeal.py looks at it"
_A_STEP: Final = "a step of a draft, or one that is not taken back: test_the_appeal.py looks at it"
#: Kinds that the reader of the walk does not reach, and why. Journeys of those who do look at them.
OF_OTHERS: Final = {
    **dict.fromkeys(("marker-check", "check-marker", "answer-marker-check"), _A_SAMPLE),
    **dict.fromkeys(
        ("propose-merging", "merging"), "there once a second record was named: test_merging.py looks at it"
    ),
    "plan-consent": "offered while a State's consent is not there: test_plans.py gives each",
    "answer-request": "a focal point's, for their entity: test_requests.py looks at it",
    "plan-lead": "a focal point's, for their entity: test_plans.py looks at it",
    "confirm-plan-consent": "there once somebody recorded a consent: test_plans.py looks at it",
    "keep-need": "the State's and its assessor's alone",
    "response": "there where a project answers: test_from_call_to_donor.py looks at it",
    "response-step": "offered to those whose step it is: test_from_call_to_donor.py takes each",
    "opening": "there once somebody proposed to open a need",
    "apply": "a focal point's, where a call is open",
    "write-proposal": "its applicants' alone",
    "send-proposal": "its applicants' alone",
    "withdraw-proposal": "its applicants' alone",
    "import-proposal": "its applicants' alone",
    **dict.fromkeys(
        ("board-meeting", "set-agenda", "record-attendance", "record-vote", "record-recommendation"), _A_CALL
    ),
    **dict.fromkeys(("screen-proposal", "answer-question"), _A_PROPOSAL),
    **dict.fromkeys(("show-to-others", "pledge-to-appeal", "state-plan", "acknowledge-pledge"), _OF_A_DONOR),
    **dict.fromkeys(("launch-appeal", "close-appeal"), _A_STEP),
    **dict.fromkeys(("excuse-reviewer", "declare-conflict", "score-proposal", "close-scoring"), _A_PROPOSAL),
    **dict.fromkeys(
        ("decide-proposal", "close-project", "publish-result", "raise-objection", "answer-objection"), _A_PROPOSAL
    ),
    **dict.fromkeys(("report-condition", "send-report", "return-report"), _A_PROPOSAL),
}
#: Names of pages that are there once something has happened that no demonstration begins with: test_coming_and_going.py
#: makes it happen, and looks at them.
ONCE_IT_HAPPENED: Final = {"extra-access-page"}
#: Names of pages that the administrator of people reaches, and the officer does not.
ADMINISTERED: Final = {"people", "person", "invite-person", "mails"}
#: Names of addresses that lead on to a page of another kind.
LEAD_ON: Final = {
    *("saved-view", "report-number", "report-for-number"),
    *("account_login", "openid_connect_callback", "socialaccount_login_cancelled"),
}
#: Names of addresses that answer only in the middle of something that a walk does not begin: a password was right, a
#: code app or a release is there, a letter was sent. test_coming_and_going.py and test_a_second_person.py look at them;
#: a passkey's answer leads on to another page.
UNDER_WAY: Final = {"mfa_authenticate", "passkey-sign-in", "reset-password", "recovery-codes", "release"}
#: Names of addresses that answer with a file, though their route does not end in a type.
FILES: Final = {"report-file"}
NO_PAGE_TO_WALK_TO: Final = SENT_TO | LEAD_ON | UNDER_WAY | FILES | ONCE_IT_HAPPENED | OF_OTHERS.keys()
#: Kinds that links do not reach, with an address to begin from and why.
OFF_THE_WAY: Final = {
    "sign-in": "/people/sign-in/",  # whoever is signed in has no link to it
    "invitation": "/people/invitation/used-up/",  # the link of a mail
    "forgotten": "/people/sign-in/forgotten/",  # linked from there
    "forgotten-sent": "/people/sign-in/forgotten/sent/",  # comes after a form was sent
    "confirm": "/people/confirm/",  # comes before what is guarded
    "search": "/search/?q=trianing",  # reached by typing
    "not-here": "/nowhere/",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request came to: the text is that of a page, and empty for a file; ``address`` is where it led."""

    status: int
    text: str
    address: str


#: Milliseconds: the first who asks for a file of a report waits for its build.
BUILDING: Final = 180_000

Fetch = Callable[[str], Answer]


@dataclass(frozen=True, slots=True)
class Link:
    """An address, and the page it was found on."""

    address: str
    on: str


@dataclass(slots=True)
class Walk:
    """What following links from the first page found: an example of each kind, and links that led nowhere."""

    examples: dict[str, Link] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)


def fetching(requests: APIRequestContext, site: str) -> Fetch:
    """Fetch from ``site`` with the cookies of a browser window."""

    def fetch(path: str) -> Answer:
        got = requests.get(site + path, timeout=BUILDING)
        is_page = got.headers.get("content-type", "").startswith("text/html")
        return Answer(got.status, got.text() if is_page else "", got.url.removeprefix(site))

    return fetch


def kinds_of_pages() -> list[str]:
    """The name of every address that answers with a page of its own, in the order of the table of addresses.

    Plain records have one address and a kind of page each: ``record recommendation``.
    """
    found: list[str] = []
    for name, route in _named(get_resolver()):
        if name in NO_PAGE_TO_WALK_TO or "." in route.rsplit("/", 1)[-1] or ".<" in route:
            continue
        if name == "record":
            found.extend(f"record {kind}" for kind in FINDERS if kind not in OWN_PAGES)
        else:
            found.append(name)
    return list(dict.fromkeys([*found, "not-here"]))


def _named(resolver: URLResolver, before: str = "") -> Iterator[tuple[str, str]]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _named(entry, route)
        elif isinstance(entry, URLPattern) and entry.name:
            yield entry.name, route


def kind_of(path: str) -> str:
    """The kind of the page at a path of this site; raises ``Resolver404`` where there is none."""
    match = resolve(unquote(urlsplit(path).path))
    if match.url_name == "record":
        return f"record {match.kwargs['kind']}"
    return match.url_name or ""


def walk(fetch: Fetch, start: str = "/") -> Walk:
    """Follow links from ``start``, the first and the last of each kind on a page, until no new kind comes up.

    At most two pages of a kind are opened: another may lead to what the first does not. One file of a kind is fetched
    too, so that a link to one that cannot be made is found.
    """
    found = Walk({kind: Link(address, "") for kind, address in OFF_THE_WAY.items()})
    most = dict.fromkeys(kinds_of_pages(), 2)
    opened: Counter[str] = Counter()
    taken = {start, OFF_THE_WAY["search"]}
    waiting = deque(taken)
    while waiting:
        page = waiting.popleft()
        answer = fetch(page)
        if answer.status != 200:
            found.broken.append(f"{page} answers {answer.status}")
        if not answer.text:
            continue
        found.examples.setdefault(kind_of(answer.address), Link(answer.address, page))
        for kind, targets in _by_kind(answer, found.broken).items():
            for target in (targets[0], targets[-1]):
                if target not in taken and opened[kind] < most.get(kind, 1):
                    opened[kind] += 1
                    taken.add(target)
                    waiting.append(target)
                    found.examples.setdefault(kind, Link(target, page))
    return found


def _by_kind(answer: Answer, broken: list[str]) -> dict[str, list[str]]:
    """The addresses that a page leads to, by kind; those that are none are added to ``broken``."""
    found: dict[str, list[str]] = {}
    for target in _links(answer.text, answer.address):
        try:
            found.setdefault(kind_of(target), []).append(target)
        except Resolver404:
            broken.append(f"{target} on {answer.address} is no address")
    return found


def _links(text: str, page: str) -> list[str]:
    """Addresses that the anchors of a page lead to on this site, without fragments."""
    anchors = html.fromstring(text).iter("a")
    targets = (urldefrag(urljoin(page, href)).url for anchor in anchors if (href := anchor.get("href")))
    return [target for target in dict.fromkeys(targets) if target.startswith("/") and not target.startswith("/static/")]
