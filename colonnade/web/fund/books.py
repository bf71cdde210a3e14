"""Views of the journal: entries with their lines; what came in, and what is corrected."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from colonnade.core.fields import shown
from colonnade.core.reading import reading_as
from colonnade.core.viewer import Viewer
from colonnade.funding.access import why_not_correct, why_not_keep_books
from colonnade.funding.actions import (
    FundRefused,
    Voucher,
    correct_entry,
    open_earmark,
    record_in_kind,
    record_receipt,
    refund_contributor,
)
from colonnade.funding.fields import WORDS
from colonnade.funding.models import AccountChoice, Contributor, Earmark, Entry, Posting, Window
from colonnade.funding.queries import (
    NO_EARMARK,
    Asked,
    SeenEntry,
    closed_until,
    entries,
    entry_called,
    lines_of,
    names_for,
    pledge_called,
    projects_of,
    turnover,
)
from colonnade.funding.queries.measures import MEASURES, weighed, weight_of
from colonnade.funding.queries.promised import seen as seen_pledges
from colonnade.portfolio.models import Project
from colonnade.web.fund.amounts import COUNTED, to_the_cent
from colonnade.web.fund.forms import CorrectForm, EarmarkForm, ReceiptForm
from colonnade.web.fund.keeping import form_page, insist_on_keeper, note_shown
from colonnade.web.fund.purses import earmark_title, value_of
from colonnade.web.fund.views import crumbs
from colonnade.web.shared.days import short_day
from colonnade.web.shared.facts import Fact, Line, facts
from colonnade.web.shared.numbers import CellView, HeaderView, TableView
from colonnade.web.shared.pages import Crumb, page_number, pages_of
from colonnade.web.shared.record_addresses import PROJECT, record_address
from colonnade.web.shared.requests import ViewerRequest, actor_of, person_of
from colonnade.web.shared.stepping_up import confirmed_recently

PAGE_SIZE: Final = 50


@require_safe
def entries_page(request: ViewerRequest) -> HttpResponse:
    """The entries that the reader may see and that the address asks for, the latest first."""
    asked = _asked(request.GET)
    number = page_number(request.GET)
    with reading_as(request.viewer):
        weighs = bool(asked.measure or asked.account)
        rows, whole = weighed(request.viewer, asked) if weighs else (entries(request.viewer, asked), None)
        total = rows.count()
        pages = pages_of(number, PAGE_SIZE, total, request.GET)
        found = list(rows[(number - 1) * PAGE_SIZE : number * PAGE_SIZE])
        table = entries_table(request.viewer, found, whole=whole) if found else None
    context = {
        "table": table,
        "pages": pages,
        "total": total,
        "said": _said(asked),
        "keeps": why_not_keep_books(request.viewer) is None,
        "illustrative": any(entry.provenance == "illustrative" for entry in found),
        "crumbs": crumbs(Crumb(_("Entries"))),
    }
    return render(request, "fund/entries.html", context)


@require_safe
def entry(request: ViewerRequest, public_id: str) -> HttpResponse:
    """An entry with its lines: debits and credits, each in its own currency and in dollars."""
    seen = _entry(request, public_id)
    note_shown(request, seen.entry, "fund-entry")
    context = {
        "entry": seen.entry,
        "facts": _facts(request, seen),
        "lines": _lines_table(seen.lines),
        "why_not": why_not_correct(request.viewer, seen.entry, corrected=seen.corrected_by is not None),
        "keeps": why_not_keep_books(request.viewer) is None,
        "illustrative": seen.entry.provenance == "illustrative",
        "crumbs": crumbs(Crumb(_("Entries"), reverse("fund-entries")), Crumb(_title(seen.entry))),
    }
    return render(request, "fund/entry.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed_recently
def correct(request: ViewerRequest, public_id: str) -> HttpResponse:
    """Turn an entry round by another."""
    insist_on_keeper(request)
    seen = _entry(request, public_id)
    closed = closed_until(seen.entry.on)
    form = CorrectForm(request.POST or None, initial={"on": timezone.localdate() if closed else seen.entry.on})

    def write() -> str:
        made = correct_entry(
            entry=seen.entry,
            reason=form.cleaned_data["reason"],
            on=form.cleaned_data["on"],
            person=person_of(request),
            actor=actor_of(request),
        )
        return reverse("fund-entry", args=[made.public_id])

    return form_page(
        request,
        form,
        _("Correct an entry"),
        _("Turn it round"),
        write,
        _("The entry is turned round. Record anew what is right."),
        lead=f"{_title(seen.entry)}: USD {to_the_cent(seen.usd)}",
        why_not=why_not_correct(request.viewer, seen.entry, corrected=seen.corrected_by is not None),
        notice=_("The entry stays as it is. Another with the same lines the other way round stands beside it.")
        + " "
        + _which_periods(seen.entry.on, closed),
        steps=[Crumb(_("Entries"), reverse("fund-entries"))],
    )


def _which_periods(on: date, closed: date | None) -> str:
    """Whose statements a correction changes, by the day that it is given."""
    day = short_day(on)
    if closed is not None:
        return _(
            "The books are closed up to %(closed)s: statements of %(year)s keep the entry of %(day)s, and the period of"
            " the day of the correction has the same amounts the other way round."
        ) % {"closed": short_day(closed), "year": on.year, "day": day}
    return _(
        "Dated %(day)s, as the entry is, it takes the entry out of statements of %(year)s, and of no other year. Dated"
        " later, statements up to then keep the entry, and the period of that day has the amounts the other way round."
    ) % {"day": day, "year": on.year}


@require_http_methods(["GET", "HEAD", "POST"])
def receive(request: ViewerRequest) -> HttpResponse:
    """Record what came in, in any currency: the rate of its month is shown before it is recorded."""
    insist_on_keeper(request)
    form = ReceiptForm(request.POST or None, initial=_prefilled(request))

    def write() -> str:
        typed = form.cleaned_data
        purse = form.chosen
        pledge = pledge_called(request.viewer, typed["pledge"]) if typed["pledge"] else None
        if typed["pledge"] and pledge is None:
            raise FundRefused(_("There is no such pledge."))
        asked: dict[str, Any] = {
            "contributor": typed["contributor"],
            "amount": typed["amount"],
            "currency": typed["currency"],
            "voucher": Voucher(typed["on"], typed["document"], typed["narrative"]),
            "window": purse.window,
            "earmark": purse.earmark,
            "person": person_of(request),
            "actor": actor_of(request),
        }
        match typed["kind"]:
            case "in_kind":
                made = record_in_kind(**asked)
            case "refund":
                made = refund_contributor(**asked)
            case kind:
                because = typed["beyond_because"] if typed["beyond"] else ""
                made = record_receipt(**asked, pledge=pledge, new_money=kind == "new", beyond_because=because)
        return reverse("fund-entry", args=[made.public_id])

    return form_page(
        request,
        form,
        _("Record what came in, or went back"),
        _("Record it"),
        write,
        _("It is recorded."),
        look=_("Look what it comes to"),
        counted_on="on",
        steps=[Crumb(_("Entries"), reverse("fund-entries"))],
    )


@require_http_methods(["GET", "HEAD", "POST"])
def earmark(request: ViewerRequest) -> HttpResponse:
    """Name what money of a window can be kept for."""
    insist_on_keeper(request)
    form = EarmarkForm(request.POST or None, windows=[(one.code, str(one)) for one in Window.objects.all()])

    def write() -> str:
        typed = form.cleaned_data
        open_earmark(
            window=Window.objects.get(code=typed["window"]),
            kind=typed["kind"],
            title=typed["title"],
            programme=typed["programme"],
            person=person_of(request),
            actor=actor_of(request),
        )
        return reverse("fund")

    title = _("Open an earmark")
    return form_page(request, form, title, _("Open it"), write, _("The earmark is open."))


def _entry(request: ViewerRequest, public_id: str) -> SeenEntry:
    found = entry_called(request.viewer, public_id)
    if found is None:
        raise Http404
    return found


def _prefilled(request: ViewerRequest) -> dict[str, object]:
    """A receipt under a pledge that the address names begins with what is outstanding of the pledge."""
    found = pledge_called(request.viewer, request.GET.get("pledge", ""))
    today: dict[str, object] = {"on": timezone.localdate(), "currency": "USD", "kind": "new"}
    if found is None:
        return today
    (one,) = seen_pledges(request.viewer, [found], timezone.localdate())
    return {
        **today,
        "pledge": found.public_id,
        "contributor": found.contributor.code,
        "amount": one.left or None,
        "currency": found.currency,
        "purse": value_of(found.window, found.earmark),
    }


def _asked(query: QueryDict) -> Asked:
    """What the address asks for. A day, a kind or an account that is none is not there."""
    kind, account, measure = query.get("kind", ""), query.get("account", ""), query.get("of", "")
    if (
        (kind and kind not in Entry.Kind.values)
        or (account and account not in AccountChoice.values)
        or (measure and measure not in MEASURES)
    ):
        raise Http404
    return Asked(
        first=_day(query.get("first", "")),
        last=_day(query.get("last", "")),
        window=query.get("window", ""),
        earmark=query.get("earmark", ""),
        account=account,
        kind=kind,
        contributor=query.get("contributor", ""),
        measure=measure,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise Http404 from error


def _said(asked: Asked) -> list[Fact]:
    """What was asked for, in words."""
    window = Window.objects.filter(code=asked.window).first() if asked.window else None
    named = Earmark.objects.filter(public_id=asked.earmark).first() if asked.earmark else None
    giver = Contributor.objects.filter(code=asked.contributor).first() if asked.contributor else None
    return facts(
        (_("From"), asked.first),
        (_("Until"), asked.last),
        (_("Window"), str(window) if window else asked.window),
        (_("Earmark"), earmark_title(named) if named or asked.earmark == NO_EARMARK else asked.earmark),
        (_("What is counted"), str(COUNTED[asked.measure]) if asked.measure else ""),
        (_("Account"), str(AccountChoice(asked.account).label) if asked.account else ""),
        (_("Kind"), str(Entry.Kind(asked.kind).label) if asked.kind else ""),
        (_("Contributor"), str(giver) if giver else asked.contributor),
    )


def entries_table(viewer: Viewer, found: list[Entry], *, whole: Decimal | None = None) -> TableView:
    """Entries, each with what it came to; where they are weighed, with what each adds or takes, and the ``whole``."""
    lines = lines_of(viewer, found)
    projects = projects_of(viewer, found)
    header = (
        HeaderView(_("Day")),
        HeaderView(_("What")),
        HeaderView(_("Whom it concerns")),
        HeaderView(_("Window")),
        HeaderView(_("Document")),
        HeaderView(_("US dollars"), numeric=True),
    )
    rows = []
    for one in found:
        href = reverse("fund-entry", args=[one.public_id])
        own = lines.get(one.pk, ())
        rows.append(
            (
                CellView(short_day(one.on), href, header=True),
                CellView(str(one.get_kind_display())),
                _concerned(one, projects.get(one.for_project_id or 0)),
                CellView(", ".join(dict.fromkeys(str(line.window) for line in own))),
                CellView(str(shown(viewer, one, "document", WORDS))),
                CellView(to_the_cent(turnover(own) if whole is None else weight_of(one)), href, numeric=True),
            )
        )
    if whole is None:
        return TableView(_("Entries, the latest first"), header, tuple(rows))
    totals = (
        CellView(_("Total of all of them"), header=True),
        *([CellView("")] * 4),
        CellView(to_the_cent(whole), numeric=True),
    )
    note = _("Each amount is what the entry adds to the number that was opened, or, below zero, takes from it.")
    return TableView(_("Entries behind the number, the latest first"), header, tuple(rows), totals, note)


def _concerned(one: Entry, project: Project | None) -> CellView:
    if one.contributor is not None:
        return CellView(one.contributor.name, record_address("contributor", one.contributor.code))
    if project is not None:
        return CellView(project.title, record_address(PROJECT, project.public_id))
    return CellView(one.entity.abbreviation, record_address("entity", one.entity.code)) if one.entity else CellView("–")


def _title(one: Entry) -> str:
    return f"{one.get_kind_display()}, {short_day(one.on)}"


def _facts(request: ViewerRequest, seen: SeenEntry) -> list[Fact]:
    one = seen.entry
    giver, entity, project = one.contributor, one.entity, seen.project
    return facts(
        (_("Day"), one.on),
        (_("Kind"), str(one.get_kind_display())),
        (_("US dollars"), to_the_cent(seen.usd)),
        (_("What happened"), str(shown(request.viewer, one, "narrative", WORDS))),
        (_("Document"), str(shown(request.viewer, one, "document", WORDS))),
        (_("Contributor"), Line(giver.name, record_address("contributor", giver.code)) if giver else ""),
        (_("Project"), Line(project.title, record_address(PROJECT, project.public_id)) if project else ""),
        (_("Entity"), Line(entity.abbreviation, record_address("entity", entity.code)) if entity else ""),
        (_("Recorded by"), names_for(request.viewer, [one.recorded_by_id]).get(one.recorded_by_id, "")),
        (_("Corrects"), _leading_to(seen.corrects)),
        (_("Corrected by"), _leading_to(seen.corrected_by)),
    )


def _leading_to(one: Entry | None) -> Line | str:
    return Line(_title(one), reverse("fund-entry", args=[one.public_id])) if one else ""


def _lines_table(lines: tuple[Posting, ...]) -> TableView:
    header = (
        HeaderView(_("Account")),
        HeaderView(_("Window")),
        HeaderView(_("Earmark")),
        HeaderView(_("As it came"), numeric=True),
        HeaderView(_("Rate")),
        HeaderView(_("Debit (US dollars)"), numeric=True),
        HeaderView(_("Credit (US dollars)"), numeric=True),
    )
    rows = tuple(
        (
            CellView(str(line.get_account_display()), header=True),
            CellView(str(line.window)),
            CellView(earmark_title(line.earmark)),
            CellView(f"{line.currency} {to_the_cent(abs(line.amount))}", numeric=True),
            CellView(_rate(line)),
            CellView(to_the_cent(line.usd) if line.usd > 0 else "", numeric=True),
            CellView(to_the_cent(-line.usd) if line.usd < 0 else "", numeric=True),
        )
        for line in lines
    )
    debits, credits_ = (sum(abs(line.usd) for line in lines if (line.usd > 0) == side) for side in (True, False))
    totals = (
        CellView(_("Total"), header=True),
        *([CellView("")] * 4),
        CellView(f"{debits:,.2f}", numeric=True),
        CellView(f"{credits_:,.2f}", numeric=True),
    )
    return TableView(_("Lines: debits and credits are the same"), header, rows, totals)


def _rate(line: Posting) -> str:
    if line.rate is None or line.rate_on is None:
        return "–"
    return f"{line.rate.normalize():f} ({line.rate_source}, {short_day(line.rate_on)})"
