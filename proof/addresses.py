"""The addresses that the proof asks for: for every name in the URLconf what its parts are and what it can be asked.

Whoever adds a page adds a line. A part gets every kind of value that there is: of a record that everyone sees, of
records that some may not see, of one that never was. ``python -m proof addresses`` names what is missing.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from django.urls import URLPattern, URLResolver, get_resolver

from colonnade.analysis.crosstab.model import Subject
from proof import queries
from proof.appeal_addresses import OF_APPEALS, SAID
from proof.asking import NEVER, PLAIN, Address, at, records
from proof.assessment_addresses import OF_ASSESSMENTS
from proof.assistance_addresses import OF_REQUESTS, REQUEST
from proof.board_addresses import CALL, OF_THE_BOARD, PROPOSAL
from proof.coverage_addresses import OF_COVERAGE
from proof.marker_addresses import CHECK, OF_MARKERS
from proof.merging_addresses import MERGED, OF_MERGINGS
from proof.people import address
from proof.plan_addresses import OF_PLANS, PLAN
from proof.project_addresses import OF_PROJECTS
from proof.queries import Query
from proof.rate_addresses import OF_RATES
from proof.readers import CONTROL
from proof.suggestion_addresses import OF_SUGGESTIONS

PROJECT: Final = (*records("p", 0, 1, 46, 50, 52, 54, 55, 58, 60, 62, 64), *MERGED)
NEED: Final = records("n", 0, 3, 5, 6, 7, 8, 10, 12, 13, 15, 16)
EVENT: Final = records("e", 0, 2, 5, 8)
RELEASE: Final = records("l", *range(8))
VIEW: Final = (*records("w", *range(15)), "w1" + "0" * 12 + "04", "w1" + "0" * 12 + "05")
OPENING: Final = records("g", 5, 6, 7, 8, 9, 13, 14, 15)
CONSENT: Final = records("k", 5, 6, 7, 8, 9, 13, 14, 15)
PERSON: Final = (*records("h", *range(22)), "hi" + "0" * 14)
PLEDGE: Final = records("d", *range(12))
ALLOCATION: Final = records("j", *range(6))
ENTRY: Final = records("i", *range(12), *range(20, 26), *range(30, 36))
MAIL: Final = records("q", *range(4))
EXTRA: Final = records("x", 0, 1)
RESPONSE: Final = (*(f"r{place:07}{step:08}" for place in (0, 3, 5, 7, 12) for step in (0, 3)), NEVER)
STEP: Final = ("verify", "return", "contest", "claim", "nothing")
HISTORIES: Final[dict[str, tuple[str, ...]]] = {
    "project": PROJECT,
    "recommendation": NEED,
    "assessment": records("t", 0, 3, 5, 7, 8, 12, 13),
    "response": RESPONSE,
    "contribution": records("c", *range(1, 16, 2)),
    "appeal_entry": records("a", *range(1, 16, 2)),
    "event": records("e", 0, 2, 5, 8),
    "pledge": records("d", 0, 1, 2, 4),
    "intention": SAID[:4],
    "allocation": records("j", 0, 1, 3, 5),
    "entity": ("ALPHA", "OMEGA", "NOBODY"),
    "country": ("QMA", "QZZ"),
    "pillar": ("I", "IX"),
    "mandate": ("M/RES/1",),
    "person": ("h" + "0" * 15,),
    "proposal": PROPOSAL,
    "marker_check": CHECK,
    "call": CALL,
    "assistance_request": REQUEST[:6],
    "action_plan": PLAN[:6],
}
SUCCESSION: Final = ("z1" + "0" * 14, "z1" + "0" * 13 + "1", NEVER)
HELD: Final = (*range(1, 27), 999)
STATE: Final = ("QMA", "QMB", "QMC", "QZZ")
ENTITY: Final = ("ALPHA", "BETA", "GAMMA", "DELTA", "NOBODY")
REPORT: Final = ("annual", "nothing")
FIGURE: Final = (
    "projects", "projects_by_pillar", "shortfall", "needs", "needs_by_country", "budget", "contributions",
    "marker_scores", "marker_agreement", "nothing",
)  # fmt: skip
AUDIENCE: Final = ("public", "compact", "secretariat", "nobody")
INVENTORY: Final = ("wells-2019", "wells-2018", "nothing")

_SIGN_IN: Final = ((("username", "nobody@people.example"), ("password", "wrong")), (("code", "000000"),))
_BECAUSE: Final = ((("because", "It was asked for"),), ())
_PROPOSED: Final = (
    (("rows", "country"), ("audience", "public"), ("over", "every"), ("minimum_count", "3"),
     ("minimum_contributors", "2"), ("look", "1")),
    (("figure", "needs"), ("audience", "compact"), ("over", "every"), ("minimum_count", "3"),
     ("minimum_contributors", "2"), ("title", "Total"), ("reason", "Asked")),
)  # fmt: skip
_SAVED: Final = (
    (("page", "projects"), ("title", "Wells"), ("query", "q=well")),
    (("page", "needs"), ("title", "Needs"), ("query", ""), ("shared_with", "BETA")),
)
_EDITED: Final = (
    (("version", "1"), ("title", "Another well"), ("status", "ongoing")),
    (("version", "1"), ("against", "2"), ("title", "Another well"), ("status", "ongoing")),
    (("version", "99"), ("title", ""), ("status", "nothing")),
    (("version", "1"), ("title", "Wells of Hereland"), ("propose", "1")),
    (("version", "1"), ("title", "Wells of Hereland"), ("take", "pillar=I")),
)
_CLAIMED: Final = (
    (("of", PROJECT[1]), ("strength", "full"), ("says", "All of it"), ("evidence", "Seen")),
    (("of", NEED[1]), ("strength", "partial"), ("says", ""), ("evidence", ""), ("until_on", "2020-01-01")),
)
_STEPPED: Final = (
    (("strength", "partial"), ("reason", "So"), ("seen_version", "1")),
    (("strength", "full"), ("reason", ""), ("seen_version", "9"), ("says", "All"), ("evidence", "Seen")),
)
_KEPT: Final = ((("what", "whole"),), (("what", "fields"), ("fields_kept", "title"), ("document", "L/1")), ())
_OPENED: Final = (
    (("level", "compact"), ("look", "1")),
    (("level", "public"), ("fields_opened", "title"), ("look", "1")),
    (("level", "public"), ("given_by", "Ministry"), ("given_on", "2020-01-01"), ("document", "L/1"),
     ("seen_version", "1")),
    (),
)  # fmt: skip
_CAME_ABOUT: Final = (("on", "2020-01-01"), ("source", "W/9"), ("reason", ""))
_SUCCEEDED: Final = (
    (("kind", "merged"), ("predecessors", "BETA"), ("successors", "ALPHA"), *_CAME_ABOUT),
    (("kind", "merged"), ("predecessors", "NOBODY"), ("successors", "ALPHA"), *_CAME_ABOUT), (),
)  # fmt: skip
_RENAMED: Final = (
    (("entity", "DELTA"), ("abbreviation", "DEL"), ("name", "Del Office"), *_CAME_ABOUT),
    (("entity", "NOBODY"), ("abbreviation", ""), ("name", ""), *_CAME_ABOUT),
)  # fmt: skip
_ONE_ROLE: Final = (
    ("form-TOTAL_FORMS", "1"), ("form-INITIAL_FORMS", "0"),
    ("form-0-role", "board"), ("form-0-starts_on", "2020-01-01"),
)  # fmt: skip
_INVITED: Final = (
    (("name", "Somebody"), ("address", "somebody@people.example"), *_ONE_ROLE),
    (("name", "Somebody"), ("address", address(CONTROL)), *_ONE_ROLE), (),
)  # fmt: skip
_GRANTED: Final = ((("role", "board"), ("starts_on", "2020-01-01")), (("role", "state"),), ())
_LAST_DAY: Final = ((("last_day", "2020-12-31"),), (("last_day", "no day"),), ())
_EXTRA: Final = ((("role", "auditor"), ("hours", "2"), ("reason", "Water broke")), (("role", "nothing"),), ())
_LOOKED: Final = ((("role", ""),), (("role", "state"), ("country", "QMB")), (("role", "entity"), ("entity", "BETA")))
_HANDED: Final = ((("to", "8"), ("last_day", "2020-03-02"), ("note", "Mind the well")), (("to", "999"),), ())

PERIODS: Final[tuple[Query, ...]] = (
    (), (("first", "2019-01-01"), ("last", "2019-12-31")), (("first", "2030-01-01"), ("last", "2019-12-31")),
    (("first", "no day"), ("last", "")),
)  # fmt: skip
UNDER_A_PLEDGE: Final[tuple[Query, ...]] = ((), *((("pledge", one),) for one in PLEDGE[:6]))
_VOUCHED: Final = (("on", "2020-01-01"), ("document", "V/1"))
_CAME: Final = (("kind", "new"), ("contributor", "giver-0"), ("amount", "10"), ("purse", "wells|"))
_RECEIVED: Final = (
    (*_CAME, ("currency", "USD"), *_VOUCHED), (*_CAME, ("currency", "EUR"), *_VOUCHED),
    (("contributor", "nobody"), ("look", "1")), (),
)  # fmt: skip
_PLEDGED: Final = (
    (("contributor", "giver-1"), ("amount", "10"), ("currency", "USD"), ("purse", "rain|"), ("level", "public"),
     ("pledged_on", "2020-01-01")), (),
)  # fmt: skip
_EARMARKED: Final = ((("window", "wells"), ("kind", "hard"), ("title", "Deep ones")), (("window", "nothing"),), ())
_MOVED: Final = ((("purse", "wells|"), ("to_purse", "rain|"), ("amount_usd", "10"), *_VOUCHED), ())
_SIGNED: Final = ((("reference", "A/1"), ("signed_on", "2020-01-01"), ("terms", "Quietly")), ())
_ALLOCATED: Final = (
    (("project", "P-00"), ("amount_usd", "10"), ("purse", "wells|")),
    (("project", f"p{55:015}"), ("amount_usd", "10"), ("purse", "wells|")), (),
)  # fmt: skip
_APPROVED: Final = (_VOUCHED, ())
_SPENT: Final = (
    (("kind", "expenditure"), ("amount", "1"), ("currency", "USD"), *_VOUCHED), (("kind", "release"), *_VOUCHED), (),
)  # fmt: skip
_CORRECTED: Final = ((("on", "2020-01-01"), ("reason", "It was wrong")), ())

#: Name in the URLconf -> how it is asked.
ADDRESSES: Final[dict[str, Address]] = {
    "home": at(),
    "components": at(),
    "health": at(),
    "site-index": at(),
    "sitemap": at(section=("pages", "projects", "events", "countries", "entities", "strategy", "figures", "nothing")),
    "robots": at(),
    "projects": at(queries.of_list(Subject.PROJECTS)),
    "projects-csv": at(queries.of_list(Subject.PROJECTS)),
    "projects-xlsx": at(queries.of_list(Subject.PROJECTS)),
    "project": at(public_id=PROJECT),
    "edit-project": at(PLAIN, _EDITED, public_id=PROJECT),
    "publish-project": at(PLAIN, ((("version", "1"),), (("version", "9"),)), public_id=PROJECT),
    **OF_PROJECTS,
    **OF_THE_BOARD,
    **OF_MARKERS,
    **OF_ASSESSMENTS,
    **OF_APPEALS,
    **OF_RATES,
    **OF_REQUESTS,
    **OF_COVERAGE | OF_PLANS,
    **OF_SUGGESTIONS,
    **OF_MERGINGS,
    "needs": at(queries.of_list(Subject.NEEDS)),
    "needs-csv": at(queries.of_list(Subject.NEEDS)),
    "needs-xlsx": at(queries.of_list(Subject.NEEDS)),
    "needs-waiting": at(),
    "need": at(public_id=NEED),
    "keep-need": at(PLAIN, _KEPT, public_id=NEED),
    "claim-for-need": at(PLAIN, _CLAIMED, public_id=NEED),
    "claim-for-project": at(PLAIN, _CLAIMED, public_id=PROJECT),
    "response": at(public_id=RESPONSE),
    "response-step": at(PLAIN, _STEPPED, public_id=RESPONSE, step=STEP),
    "open-need": at(PLAIN, _OPENED, public_id=NEED),
    "opening": at(public_id=OPENING),
    "approve-opening": at(PLAIN, public_id=OPENING),
    "refuse-opening": at(PLAIN, public_id=OPENING),
    "take-back-opening": at(PLAIN, public_id=OPENING),
    "withdraw-consent": at(PLAIN, public_id=CONSENT),
    "events": at(queries.of_list(Subject.EVENTS)),
    "events-csv": at(queries.of_list(Subject.EVENTS)),
    "events-xlsx": at(queries.of_list(Subject.EVENTS)),
    "events-calendar": at(queries.of_calendar()),
    "events-feed": at(queries.of_calendar()),
    "event": at(public_id=EVENT),
    "event-file": at(public_id=EVENT),
    "explore": at(queries.of_explore()),
    "explore-chart": at(queries.of_explore()),
    "explore-picture": at(queries.of_explore()),
    "explore-csv": at(queries.of_explore()),
    "explore-workbook": at(queries.of_explore()),
    "search": at(queries.of_search()),
    "figures": at(queries.LIBRARY),
    "glossary": at(queries.LIBRARY),
    "figure": at(queries.of_figure(), key=FIGURE),
    "figure-file": at(queries.of_figure(), key=FIGURE, ending=("json", "csv", "x")),
    "figure-records": at(queries.of_figure(), key=FIGURE),
    "figure-download": at(queries.of_figure(), key=FIGURE),
    "reports": at(),
    "report-style": at(),
    "report": at(name=REPORT),
    "report-file": at(name=REPORT, file=("report.html", "report.docx", "report.pdf", "report.xlsx", "figures.json")),
    "report-chart": at(name=REPORT, number=(1, 9)),
    "report-number": at(name=REPORT, tag=("projects", "projects_by_pillar/pillar=I/projects", "nothing")),
    "report-for": at(name=REPORT, audience=AUDIENCE, inventory=INVENTORY),
    "report-for-number": at(name=REPORT, audience=AUDIENCE, inventory=INVENTORY, tag=("projects", "nothing")),
    "report-compare": at(queries.COMPARED, name=REPORT),
    "report-compare-file": at(queries.COMPARED, name=REPORT),
    "report-compare-figure": at(queries.COMPARED, name=REPORT, figure=FIGURE),
    "report-compare-records": at(queries.COMPARED, name=REPORT, figure=FIGURE),
    "releases": at(),
    "propose-release": at(forms=_PROPOSED),
    "release": at(public_id=RELEASE),
    "approve-release": at(forms=((("seen", "0" * 64),), ()), public_id=RELEASE),
    "refuse-release": at(forms=_BECAUSE, public_id=RELEASE),
    "withdraw-release": at(forms=_BECAUSE, public_id=RELEASE),
    "money": at(),
    "seed-round": at(code=("2019", "1900")),
    "contributor-report": at(code=("giver-0", "giver-1", "giver-3", "nobody"), kind=("docx", "pdf", "x")),
    "fund": at(),
    "fund-statement": at(PERIODS),
    "fund-statement-csv": at(PERIODS),
    "fund-statement-xlsx": at(PERIODS),
    "fund-entries": at(queries.of_entries()),
    "fund-entry": at(PLAIN, public_id=ENTRY),
    "correct-entry": at(PLAIN, _CORRECTED, public_id=ENTRY),
    "record-receipt": at(UNDER_A_PLEDGE, _RECEIVED),
    "open-earmark": at(PLAIN, _EARMARKED),
    "move-money": at(PLAIN, _MOVED),
    "close-books": at(PLAIN, ((("until", "2019-01-31"),), (("until", "no day"),))),
    "fund-pledges": at(),
    "record-pledge": at(PLAIN, _PLEDGED),
    "pledge": at(public_id=PLEDGE),
    "sign-agreement": at(PLAIN, _SIGNED, public_id=PLEDGE),
    "acknowledge-pledge": at(PLAIN, ((),), public_id=PLEDGE),
    "withdraw-pledge": at(PLAIN, _BECAUSE, public_id=PLEDGE),
    "fund-allocations": at(),
    "propose-allocation": at(PLAIN, _ALLOCATED),
    "allocation": at(public_id=ALLOCATION),
    "approve-allocation": at(PLAIN, _APPROVED, public_id=ALLOCATION),
    "refuse-allocation": at(PLAIN, _BECAUSE, public_id=ALLOCATION),
    "take-back-allocation": at(PLAIN, public_id=ALLOCATION),
    "spend-allocation": at(PLAIN, _SPENT, public_id=ALLOCATION),
    "contributor-page": at(code=("giver-0", "giver-1", "giver-2", "giver-3", "nobody")),
    "countries": at(queries.PLACES),
    "countries-file": at(queries.PLACES),
    "country": at(queries.PLACES, code=STATE),
    "country-brief": at(code=STATE, kind=("pdf", "docx", "x")),
    "region": at(code=("N", "S", "X")),
    "strategy": at(),
    "pillar": at(code=("I", "II", "IX")),
    "area": at(code=("area-0", "area-9")),
    "theme": at(code=("theme-0", "theme-9")),
    "group": at(code=("wells", "nothing")),
    "programme": at(code=("deep-wells", "nothing")),
    "mandate": at(code=("M/RES/1", "M/RES/9")),
    "instrument": at(number=(1, 9)),
    "entities": at(queries.PLACES),
    "entities-file": at(queries.PLACES),
    "entity": at(queries.PLACES, code=ENTITY),
    "entity-successions": at(),
    "record-succession": at(PLAIN, _SUCCEEDED),
    "rename-entity": at(((), (("entity", "GAMMA"),), (("entity", "NOBODY"),)), _RENAMED),
    "withdraw-succession": at(PLAIN, public_id=SUCCESSION),
    "library": at(queries.LIBRARY),
    "library-csv": at(queries.LIBRARY),
    "library-oversight": at(queries.LIBRARY),
    "library-oversight-csv": at(queries.LIBRARY),
    "library-submissions": at(queries.LIBRARY),
    "library-submissions-csv": at(queries.LIBRARY),
    "record": at(kind=("recommendation", "contribution", "seed_award", "project", "x"),
                 identifier=(*NEED, *records("c", *range(1, 16)), "s" * 16)),
    "changes": at(queries.of_changes()),
    "changes-csv": at(queries.of_changes()),
    "seal": at(position=(1, 2, 9999)),
    "record-history": Address(queries=queries.OF_HISTORY, listed=tuple(
        {"kind": kind, "identifier": one} for kind, identifiers in HISTORIES.items() for one in identifiers
    )),
    "saved-views": at(PLAIN),
    "save-view": at(PLAIN, _SAVED),
    "saved-view": at(PLAIN, public_id=VIEW),
    "rename-view": at(PLAIN, ((("title", "Another"),), ()), public_id=VIEW),
    "end-view": at(PLAIN, public_id=VIEW),
    "people": at(queries.of_people()),
    "invite-person": at(PLAIN, _INVITED),
    "mails": at(queries.of_mails()),
    "send-mail-again": at(PLAIN, public_id=MAIL),
    "person": at(PLAIN, public_id=PERSON),
    "invite-again": at(PLAIN, public_id=PERSON),
    "grant-role": at(PLAIN, _GRANTED, public_id=PERSON),
    "end-role": at(PLAIN, _LAST_DAY, public_id=PERSON[:3], role=(1, 2, 999)),
    "withdraw-person": at(PLAIN, public_id=PERSON),
    "let-in-person": at(PLAIN, public_id=PERSON),
    "forget-factors": at(PLAIN, public_id=PERSON),
    "end-sessions-of": at(PLAIN, public_id=PERSON),
    "extra-access": at(),
    "take-extra-access": at(PLAIN, _EXTRA),
    "extra-access-page": at(public_id=EXTRA),
    "end-extra-access": at(PLAIN, public_id=EXTRA),
    "look": at(PLAIN, _LOOKED),
    "stop-looking": at(PLAIN),
    "standing": at(),
    "readers": at(queries.ADDRESSED),
    "handing-over": at(),
    "hand-over": at(PLAIN, _HANDED, key=HELD),
    # A secret that works is shown to nobody but whom it was sent to, so that none is asked for.
    "invitation": at(PLAIN, ((("new_password1", "long enough to sign in"),), ()), secret=("0" * 64, "x" * 43)),
    "sign-in": at(PLAIN, _SIGN_IN),
    "account_login": at(PLAIN, _SIGN_IN),
    "mfa_authenticate": at(PLAIN, _SIGN_IN),
    "passkey-sign-in": at(PLAIN, _SIGN_IN),
    "openid_connect_login": at(PLAIN, provider_id=("nobody",)),
    "openid_connect_callback": at(PLAIN, provider_id=("nobody",)),
    "socialaccount_login_cancelled": at(PLAIN),
    "forgotten": at(PLAIN, ((("email", "nobody@people.example"),), (("email", address(CONTROL)),), ())),
    "forgotten-sent": at(PLAIN),
    "reset-password": at(PLAIN, uidb64=("MQ", "MTE", "OTk"), token=("x-y", "set-password")),
    "sign-out": at(PLAIN),
    "step-in": at(PLAIN, ((("person", "1"),), ())),
    "confirm": at(PLAIN, ((("password", "wrong"),), (("held", "x"),))),
    "security": at(PLAIN),
    "add-code-app": at(PLAIN, _SIGN_IN),
    "add-passkey": at(PLAIN, _SIGN_IN),
    "recovery-codes": at(PLAIN),
    "remove-factor": at(PLAIN, pk=(1, 2, 999)),
    "change-password": at(PLAIN, ((("old_password", "wrong"), ("new_password1", "x"), ("new_password2", "y")),)),
    "end-session": at(PLAIN, ((("session", "0" * 64),), (("all", "1"),))),
    "set_language": at(PLAIN, ((("language", "fr"),), (("language", "xx"), ("next", "/needs/")))),
}  # fmt: skip


class Unprobed(LookupError):
    """The URLconf has names that the proof does not ask for."""


def names_in_the_urlconf() -> list[str]:
    """Every name, in the order of the table of addresses; a pattern without one under its route."""
    return list(dict.fromkeys(name for name in _names(get_resolver())))


def _names(resolver: URLResolver, before: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _names(entry, route)
        elif isinstance(entry, URLPattern):
            yield entry.name or f"(without a name: /{route})"


def missing(names: Sequence[str] | None = None, known: Mapping[str, Address] | None = None) -> list[str]:
    """Names without a line in the table."""
    table = ADDRESSES if known is None else known
    return [name for name in (names_in_the_urlconf() if names is None else names) if name not in table]


def insist() -> None:
    """Every name has its line.

    :raises Unprobed: with the lines to add.
    """
    if lines := [f'    "{name}": at(),' for name in missing()]:
        raise Unprobed(
            "pages that nothing asks for; add to ADDRESSES in proof/addresses.py (with the values of their parts):\n"
            + "\n".join(lines)
        )
